"""What a token service is asked for, and what it answers.

https://distribution.github.io/distribution/spec/auth/token/ and, for identity tokens,
https://distribution.github.io/distribution/spec/auth/oauth/.
"""

from __future__ import annotations

import base64
import json
import re
from itertools import islice
from urllib.parse import urlencode, urlsplit

from regdoctor.address import Endpoint, endpoint_of, is_host, is_ip_address, normal_host
from regdoctor.probes.failure import ProbeFailure
from regdoctor.record import Record
from regdoctor.regex import regex
from regdoctor.secret import Secret, to_bytes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from regdoctor.challenge import Challenge
    from regdoctor.checks.case import Case
    from regdoctor.probes.http import Response

_CLIENT = ("client_id", "regdoctor")
_LONGEST = 16 << 10
"""Characters of a token; no server takes a header that is longer."""
_SHOWN = 4 << 10
"""Characters of what is no token, but may hold one, that are searched for in texts: none that is shown has
more."""
_MOST = 8
"""Tokens of one answer that are searched for; real ones hold up to four."""
_OF_SECRETS = regex(r"token(?!_type)|secret|passw|credential|jwt|key", re.IGNORECASE)
"""Names of what an answer hands out that is to be shown to nobody."""


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
    response = case.world.ask(
        asked,
        path,
        headers,
        case.deadline,
        method=method,
        body=body,
        plain_http=plain,
        once=not case.anonymous,
    )
    handed = None
    if response.status == 200:
        answer = _answer_in(response)
        for secret in islice(_secrets_in(answer), _MOST):
            case.world.redactor.add(secret)
        handed = _token_in(answer)
    return Handed(response, asked.authority, handed)


def basic(case: Case) -> dict[str, str]:
    """User and password as HTTP carries them."""
    pair = to_bytes(case.user) + b":" + to_bytes(case.password.reveal())
    encoded = base64.b64encode(pair).decode()
    # A password too short to be known in base64 by itself is known together with its user.
    case.world.redactor.add(Secret(encoded))
    return {"Authorization": f"Basic {encoded}"}


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


def _answer_in(response: Response) -> object:
    """What an answer holds; its text, where it is no JSON."""
    try:
        return json.loads(response.body)
    except (ValueError, RecursionError):
        return response.text


def _secrets_in(answer: object) -> Iterator[Secret]:
    """Every token in an answer, whether it can be used or not: none is to be shown."""
    waiting: list[tuple[str, object]] = [("token", answer)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.items()
        elif isinstance(value, list):
            waiting += ((name, each) for each in value)
        elif isinstance(value, str) and _OF_SECRETS.search(name) and not re.search(r"\s", value.strip()):
            secret = value.strip()
            yield Secret(secret if len(secret) <= _LONGEST else secret[:_SHOWN])


def _token_in(answer: object) -> Secret | None:
    if not isinstance(answer, dict):
        return None
    token = answer.get("token") or answer.get("access_token")
    # Whatever else stands there cannot be put into a header.
    if not isinstance(token, str) or not 0 < len(token) <= _LONGEST:
        return None
    return Secret(token) if token.isascii() and token.isprintable() else None
