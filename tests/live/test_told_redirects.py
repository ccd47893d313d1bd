"""No redirect carries a credential: hosts listen wherever one leads, and say who was told it."""

from __future__ import annotations

import pytest

from regdoctor.checks.pull_case import Claim
from regdoctor.secret import Secret
from tests.lab import handlers
from tests.lab.certificates import Authority
from tests.lab.handlers import Bearer
from tests.lab.scripted import Answer, Handler, Request
from tests.lab.shelf import Shelf, guarded
from tests.lab.town import Town, welcoming
from tests.live.pulling import ask, docker_has
from tests.live.running import (
    NOBODYS,
    look_in,
    verdict,
)

GOOD, EVIL = "registry.good.test", "evil.test"
USER, PASSWORD = "alice", NOBODYS
SECOND = "Wq8-tnr5-jjbe-61zu"


ELSEWHERE = [
    f"https://{EVIL}/token",
    f"http://{EVIL}/token",
    f"http://{GOOD}/token",
    f"https://{GOOD}:8443/token",
    f"//{EVIL}/token",
]
STATUSES = (301, 302, 303, 307, 308)


def elsewhere(handler: Handler) -> dict[str, Handler]:
    return dict.fromkeys((EVIL, f"{EVIL}:80", f"{GOOD}:80", f"{GOOD}:8443"), handler)


def test_a_path_of_another_host_is_not_looked_for_at_this_one(authority: Authority) -> None:
    door = handlers.basic({USER: PASSWORD})

    def registry(request: Request) -> Answer:
        away = request.path == "/v2/" and not request.authorization
        return Answer(307, {"Location": f"https://{EVIL}/other/"}) if away else door(request)

    with Town(authority, {GOOD: registry, EVIL: welcoming}) as town:
        result = look_in(town, GOOD, USER, PASSWORD)
        assert verdict(result) == "not-a-registry"
        assert [request.path for request in town.requests(GOOD)] == ["/v2/"]
        assert town.requests(EVIL) == []


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("location", [*ELSEWHERE, "/other-token"])
def test_a_redirect_of_a_token_service_is_told_nothing(
    authority: Authority, location: str, status: int
) -> None:
    desk = Bearer({USER: PASSWORD}, realm=f"https://{GOOD}/token")

    def registry(request: Request) -> Answer:
        return Answer(status, {"Location": location}) if request.path == "/token" else desk(request)

    with Town(authority, {GOOD: registry, **elsewhere(welcoming)}) as town:
        result = look_in(town, GOOD, USER, PASSWORD)
        assert verdict(result) == "not-a-registry"
        assert location in " ".join(result.findings[0].evidence)
        assert town.told(PASSWORD) == [GOOD]


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("location", ELSEWHERE)
def test_a_redirect_of_the_registry_itself_is_told_nothing(
    authority: Authority, location: str, status: int
) -> None:
    door = handlers.basic({USER: PASSWORD})

    def registry(request: Request) -> Answer:
        return Answer(status, {"Location": location}) if request.authorization else door(request)

    with Town(authority, {GOOD: registry, **elsewhere(welcoming)}) as town:
        result = look_in(town, GOOD, USER, PASSWORD)
        assert verdict(result) == "not-a-registry"
        assert town.told(PASSWORD) == [GOOD]


@pytest.mark.parametrize("status", (307, 308))
def test_an_identity_token_is_not_posted_to_where_a_redirect_leads(authority: Authority, status: int) -> None:
    desk = Bearer({}, realm=f"https://{GOOD}/token")

    def registry(request: Request) -> Answer:
        if request.path == "/token":
            return Answer(status, {"Location": f"https://{EVIL}/token"})
        return desk(request)

    claim = Claim(None, "docker's entry", "<token>", identity_token=Secret(SECOND))
    with Town(authority, {GOOD: registry, EVIL: welcoming}) as town:
        pull = ask(f"{GOOD}/octo/app:1", claim, ca_file=town.ca_file, overrides=town.overrides)
        assert pull.result.status == "error"
        assert town.told(SECOND) == [GOOD]
        assert town.requests(EVIL) == []


class Storehouse:
    """A registry with tokens whose images, or layers, are sent on to somewhere else."""

    def __init__(self, location: str, kind: str) -> None:
        self.shelf = Shelf("octo/app")
        self.shelf.image("1")
        self._desk = Bearer({USER: PASSWORD}, realm=f"https://{GOOD}/token")
        self._location, self._kind = location, kind

    @property
    def tokens(self) -> tuple[str, ...]:
        return tuple(self._desk.issued)

    def __call__(self, request: Request) -> Answer:
        if f"/{self._kind}/" in request.path and request.bearer:
            return Answer(307, {"Location": self._location.format(path=request.path)})
        return guarded(self._desk, self.shelf)(request)

    def stored(self, request: Request) -> Answer:
        """What the place has to which it sends."""
        return self.shelf(request) or Answer(404)


@pytest.mark.parametrize("kind", ["manifests", "blobs"])
@pytest.mark.parametrize(
    "place", [f"https://{EVIL}{{path}}", f"https://{GOOD}:8443{{path}}", f"//{EVIL}{{path}}"]
)
def test_neither_password_nor_token_goes_to_a_storage(authority: Authority, place: str, kind: str) -> None:
    house = Storehouse(place, kind)
    with Town(authority, {GOOD: house, **elsewhere(house.stored)}) as town:
        pull = ask(
            f"{GOOD}/octo/app:1",
            docker_has(USER, PASSWORD),
            ca_file=town.ca_file,
            overrides=town.overrides,
        )
        assert (pull.verdict, pull.result.proved) == (None, True), pull.result.findings
        assert town.requests(f"{GOOD}:8443") or town.requests(EVIL)
        assert set(town.told(PASSWORD, *house.tokens)) == {GOOD}
        assert all("authorization" not in each.headers for each in town.requests(EVIL))


@pytest.mark.parametrize("kind", ["manifests", "blobs"])
@pytest.mark.parametrize(
    "place",
    [
        f"http://{GOOD}{{path}}",
        f"http://{EVIL}{{path}}",
        "https://169.254.169.254{path}",
        "https://localhost{path}",
    ],
)
def test_a_redirect_to_plain_http_or_into_the_machine_is_not_followed(
    authority: Authority, place: str, kind: str
) -> None:
    house = Storehouse(place, kind)
    inside = dict.fromkeys(("169.254.169.254", "localhost"), house.stored)
    with Town(authority, {GOOD: house, **elsewhere(house.stored), **inside}) as town:
        ask(
            f"{GOOD}/octo/app:1",
            docker_has(USER, PASSWORD),
            ca_file=town.ca_file,
            overrides=town.overrides,
        )
        assert not any(town.requests(each) for each in (EVIL, f"{EVIL}:80", f"{GOOD}:80", *inside))


def test_a_token_does_not_come_back_with_a_redirect(authority: Authority) -> None:
    """Who was sent away and is sent back comes as nobody."""
    house = Storehouse(f"https://{EVIL}{{path}}", "manifests")
    back = handlers.redirecting(f"https://{GOOD}/v2/octo/app/back/1")
    with Town(authority, {GOOD: house, EVIL: back}) as town:
        ask(
            f"{GOOD}/octo/app:1",
            docker_has(USER, PASSWORD),
            ca_file=town.ca_file,
            overrides=town.overrides,
        )
        returned = [each for each in town.requests(GOOD) if "/back/" in each.path]
        assert [each.authorization for each in returned] == [None]
