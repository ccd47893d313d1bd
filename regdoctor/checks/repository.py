"""One repository of a registry, asked as docker asks when it pulls, with a bound on what is received."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from regdoctor.address import Endpoint, endpoint_of, is_host, is_inward, is_ip_address, normal_host
from regdoctor.checks.token import ask_for_token, basic
from regdoctor.probes.failure import ProbeFailure
from regdoctor.record import Record
from regdoctor.registries.credentials import claims_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from regdoctor.checks.pull_case import PullCase
    from regdoctor.checks.token import Handed
    from regdoctor.probes.http import Response

BUDGET = 20 << 10
"""Bytes of all bodies that are read of an image. With two handshakes, headers and what a socket reads ahead,
less than 64 KB are received."""
_WORDS = 1 << 10
"""Bytes that are read of any answer, so that a refusal can say why."""
_REDIRECTS = 5
REDIRECTING = (301, 302, 303, 307, 308)


def no_login(case: PullCase) -> str | None:
    """Why a pull says nothing of who asks; None where it does."""
    if case.anonymous:
        return "the pull sends no credential"
    if not case.challenges:
        return "the registry asks for no credential"
    if case.identity_token is not None and all(each.scheme != "bearer" for each in case.challenges):
        return "docker has a token for a token service, and the registry names none"
    return None


class Answer(Record):
    """What came in the end, and from where."""

    response: Response
    host: Endpoint
    followed: bool = False
    """It came from another host than the registry's."""

    @property
    def text(self) -> str:
        """The body as text."""
        return self.response.text


class Repository:
    """A repository, and the right to it that a pull would have."""

    def __init__(self, case: PullCase) -> None:
        assert case.reference is not None
        self._case = case
        self.name = case.reference.repository
        self._header: dict[str, str] = {}
        self._left = BUDGET
        self.sent = False
        """Something was sent that says who asks."""
        self.granted: tuple[str, ...] | None = None
        """The actions that the token opens, where it can be read."""

    def admit(self) -> Handed | None:
        """Get what the requests have to carry: a token for this repository, or the password itself.

        The token service's answer, where it hands out none. Raises `ProbeFailure`.
        """
        case = self._case
        schemes = {challenge.scheme: challenge for challenge in reversed(case.challenges)}
        bearer = schemes.get("bearer")
        self.sent = no_login(case) is None
        if bearer is None:
            self._header = basic(case) if self.sent else {}
            return None
        scope = f"repository:{self.name}:pull"
        key = (scope, case.host.endpoint, case.user, case.password, case.identity_token)
        try:
            handed = case.world.logins.once(key, case.deadline, lambda: ask_for_token(case, bearer, scope))
        except TimeoutError:
            raise ProbeFailure("timeout-overall") from None
        if handed.token is None:
            return handed
        self._header = handed.header
        self.granted = _actions(claims_of(handed.token.reveal()), self.name)
        return None

    def manifest(self, version: str, accept: str, *, method: str = "GET", most: int) -> Answer:
        """The manifest under a tag or a digest."""
        return self._ask(f"manifests/{version}", {"Accept": accept}, method, most)

    def tags(self, count: int, most: int, after: str = "") -> Answer:
        """The first tags in their order, or those that come after one."""
        last = f"&last={after}" if after else ""
        return self._ask(f"tags/list?n={count}{last}", {}, "GET", most)

    def blob(self, digest: str, most: int) -> Answer:
        """The first bytes of a layer or a configuration. Who serves them is asked by GET: addresses that were
        signed for a download take no HEAD."""
        return self._ask(f"blobs/{digest}", {"Range": f"bytes=0-{most - 1}"}, "GET", most)

    def _ask(self, path: str, headers: Mapping[str, str], method: str, most: int) -> Answer:
        """One request, and those that it is sent on to, over HTTPS and without the right to the images."""
        case, here = self._case, self._case.host
        endpoint, plain = here.endpoint, here.plain_http
        path = f"/v2/{self.name}/{path}"
        carried = {**self._header, **headers}
        for _ in range(_REDIRECTS):
            limit = max(min(most, self._left), _WORDS)
            try:
                response = case.world.ask(
                    endpoint, path, carried, case.stage(), method=method, plain_http=plain, limit=limit
                )
            except ProbeFailure as failure:
                if endpoint == here.endpoint:
                    raise
                raise _beyond(failure, here.endpoint, endpoint) from None
            self._left -= len(response.body)
            location = response.header("location") if response.status in REDIRECTING else None
            scheme = "http" if plain else "https"
            target = location and _target(f"{scheme}://{endpoint.authority}{path}", location)
            if not target or (is_inward(target[0].host) and not here.endpoint.loopback):
                break
            last, (endpoint, path, plain) = endpoint, target
            if endpoint != last:
                # The right to the repository stays with the registry.
                carried = dict(headers)
        return Answer(response, endpoint, endpoint != here.endpoint)


def _target(here: str, location: str) -> tuple[Endpoint, str, bool] | None:
    """Where a redirect leads, and whether in plain HTTP, which is followed on this machine alone."""
    try:
        parts = urlsplit(urljoin(here, location))
        host = normal_host(parts.hostname or "")
        port = parts.port
    except (ValueError, UnicodeError):
        return None
    if not (is_host(host) or is_ip_address(host)) or port == 0:
        return None
    plain = parts.scheme == "http"
    endpoint = endpoint_of(host, port or (80 if plain else 443))
    if parts.scheme != "https" and not (plain and endpoint.loopback):
        return None
    return endpoint, f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}", plain


def _beyond(failure: ProbeFailure, registry: Endpoint, storage: Endpoint) -> ProbeFailure:
    """A failure at the host that the registry sent on to."""
    return ProbeFailure(
        "redirect-blob-blocked",
        f"{registry.authority} sends on to {storage.authority}",
        *failure.evidence,
        also_possible=(failure.cause,),
        facts={"host": registry.authority},
    )


def _actions(claims: dict[str, object], repository: str) -> tuple[str, ...] | None:
    """The actions on a repository that a token opens; None where it does not say."""
    access = claims.get("access")
    if not isinstance(access, list):
        return None
    return tuple(
        action
        for entry in access
        if isinstance(entry, dict)
        and entry.get("name") == repository
        and isinstance(entry.get("actions"), list)
        for action in entry["actions"]
        if isinstance(action, str)
    )
