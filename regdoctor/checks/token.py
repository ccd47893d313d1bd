"""What a token service is asked for, and what it answers.

https://distribution.github.io/distribution/spec/auth/token/ and, for identity tokens,
https://distribution.github.io/distribution/spec/auth/oauth/.
"""

from __future__ import annotations

import base64
import json
from urllib.parse import urlencode, urlsplit

from regdoctor.address import Endpoint, endpoint_of, is_host, is_ip_address, normal_host
from regdoctor.probes.failure import ProbeFailure
from regdoctor.record import Record
from regdoctor.secret import Secret, to_bytes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regdoctor.challenge import Challenge
    from regdoctor.checks.case import Case
    from regdoctor.probes.http import Response

_CLIENT = ("client_id", "regdoctor")


class Handed(Record):
    """What a token service handed out."""

    response: Response
    asked: str
    """The host that gave the response."""
    token: Secret | None = None
    """None where it refused, or its answer holds no token."""

    @property
    def header(self) -> dict[str, str]:
        """What a request to the registry carries."""
        return {"Authorization": f"Bearer {self.token.reveal()}"} if self.token else {}


def ask_for_token(case: Case, challenge: Challenge, scope: str | None = None) -> Handed:
    """Ask for a token as docker does. Whether the realm may have the credential was judged before.

    Raises `ProbeFailure`.
    """
    asked, realm = _endpoint(challenge), urlsplit(challenge.realm)
    service = [("service", challenge.service)] if challenge.service else []
    wanted = [*service, *([("scope", scope)] if scope else [])]
    separator = "&" if realm.query else ""
    path, body = f"{realm.path or '/'}?{realm.query}", None
    if case.identity_token is not None:
        token = case.identity_token.reveal()
        form = [("grant_type", "refresh_token"), ("refresh_token", token), _CLIENT, *wanted]
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        path, body = path.removesuffix("?"), urlencode(form, errors="surrogateescape").encode()
    else:
        account = [] if case.anonymous else [("account", case.user)]
        headers = {} if case.anonymous else basic(case)
        path += separator + urlencode([*account, _CLIENT, *wanted], errors="surrogateescape")
    plain, method = realm.scheme == "http", "GET" if body is None else "POST"
    response = case.world.ask(asked, path, headers, case.deadline, method=method, body=body, plain_http=plain)
    handed = _token_in(response) if response.status == 200 else None
    if handed is not None:
        case.world.redactor.add(handed)
    return Handed(response, asked.authority, handed)


def basic(case: Case) -> dict[str, str]:
    """User and password as HTTP carries them."""
    pair = to_bytes(case.user) + b":" + to_bytes(case.password.reveal())
    return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}


def _endpoint(challenge: Challenge) -> Endpoint:
    """The host of a realm. One that cannot be read is possible where nothing secret would be sent."""
    try:
        realm = urlsplit(challenge.realm)
        host, port = normal_host(realm.hostname or ""), realm.port
    except (ValueError, UnicodeError):
        host, port = "", None
    if not (is_host(host) or is_ip_address(host)):
        raise ProbeFailure("not-a-registry", f"it names {challenge.realm or 'no host'} for tokens")
    return endpoint_of(host, port or (80 if realm.scheme == "http" else 443))


def _token_in(response: Response) -> Secret | None:
    try:
        answer = json.loads(response.body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(answer, dict):
        return None
    token = answer.get("token") or answer.get("access_token")
    # Whatever else stands there cannot be put into a header.
    return Secret(token) if isinstance(token, str) and token.isascii() and token.isprintable() else None
