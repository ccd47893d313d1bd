"""To which token service a credential goes: hosts listen wherever a realm might lead, and remember."""

from __future__ import annotations

import json

import pytest

from tests.lab import handlers
from tests.lab.certificates import Authority
from tests.lab.handlers import Bearer
from tests.lab.town import Town, asked_to_log_in, at, naming, recording_engine, welcoming
from tests.live.running import (
    NOBODYS,
    check_of,
    look_in,
    verdict,
)

GOOD, EVIL = "registry.good.test", "evil.test"
USER, PASSWORD = "alice", NOBODYS
SECOND = "Wq8-tnr5-jjbe-61zu"


@pytest.mark.parametrize(
    ("server", "realm", "asked"),
    [
        (GOOD, f"https://{GOOD}/token", GOOD),
        (GOOD, f"https://{GOOD.upper()}./token", GOOD),
        (GOOD, "https://auth.good.test/token?tenant=1", "auth.good.test"),
        (GOOD, f"https://{GOOD}:8443/token", f"{GOOD}:8443"),
        ("docker.io", "https://auth.docker.io/token", "auth.docker.io"),
        ("rg.fr-par.scw.cloud", "https://api.scaleway.com/token", "api.scaleway.com"),
        (
            "registry.cn-hangzhou.aliyuncs.com",
            "https://dockerauth.cn-hangzhou.aliyuncs.com/token",
            "dockerauth.cn-hangzhou.aliyuncs.com",
        ),
    ],
)
def test_a_realm_that_deserves_it_is_told_once(
    authority: Authority, server: str, realm: str, asked: str
) -> None:
    desk = Bearer({USER: PASSWORD}, realm=realm)
    hosts = {"registry-1.docker.io" if server == "docker.io" else server: desk, asked: desk}
    with Town(authority, hosts) as town:
        result = look_in(town, server, USER, PASSWORD)
        assert (verdict(result), result.proved) == (None, True), result.findings
        assert town.told(PASSWORD) == [asked]


LEADING_ASTRAY = [
    f"https://{EVIL}/token",
    f"https://{EVIL.upper()}/token",
    f"https://{EVIL}./token",
    f"HTTPS://{EVIL}:443/token",
    f"https://{GOOD}@{EVIL}/token",
    f"https://{GOOD}:443@{EVIL}/token",
    f"https://ghcr.io@{EVIL}/token",
    f"https://user:password@{GOOD}/token",
    f"https://@{GOOD}/token",
    f"https://{EVIL}\\\\@{GOOD}/token",
    f"https://{GOOD}\\\\@{EVIL}/token",
    f"https://{EVIL}\\\\.{GOOD}/token",
    f"https://{EVIL}#@{GOOD}/token",
    f"https://{EVIL}?@{GOOD}/token",
    f"https://{EVIL}/@{GOOD}/token",
    f"https://{EVIL} {GOOD}/token",
    f"https://{EVIL}\t{GOOD}/token",
    f"https://{EVIL}\t/token",
    f"\t https://{EVIL}/token",
    f"https://{GOOD}\x01.{EVIL}/token",
    f"https://{GOOD}.{EVIL}/token",
    f"https://{EVIL}%2f{GOOD}/token",
    f"https://{GOOD}%2e{EVIL}/token",
    f"https://{EVIL}%00.{GOOD}/token",
    f"//{EVIL}/token",
    f"https:{EVIL}/token",
    f"https:/{EVIL}/token",
    f"https:///{EVIL}/token",
    f"https:\\\\\\\\{EVIL}/token",
    f"http://{EVIL}/token",
    f"http://{GOOD}/token",
    f"HTTP://{GOOD}/token",
    f"ftp://{GOOD}/token",
    "https://registry.xn--god-jce.test/token",
    "https://registry.go\xf6d.test/token",
    "https://evil.test\xa0/token",
    "https://192.0.2.7/token",
    "https://[2001:db8::7]/token",
    "https://[::ffff:192.0.2.7]/token",
    "https://169.254.169.254/token",
    "https://127.0.0.1/token",
    "https://localhost/token",
    "http://localhost/token",
    "https://[::1]/token",
]


@pytest.mark.parametrize("realm", LEADING_ASTRAY)
def test_a_realm_that_leads_astray_is_told_nothing(authority: Authority, realm: str) -> None:
    strangers = [
        *(EVIL, f"{GOOD}.{EVIL}", f"{EVIL}.{GOOD}", "registry.xn--god-jce.test", "localhost", "127.0.0.1"),
        *("192.0.2.7", "169.254.169.254", f"{EVIL}:80", f"{GOOD}:80", "localhost:80"),
    ]
    with Town(authority, {GOOD: naming(realm), **dict.fromkeys(strangers, welcoming)}) as town:
        result = look_in(town, GOOD, USER, PASSWORD)
        assert verdict(result) == "realm-not-trusted"
        assert check_of(result, "login").status == "error"
        assert len(result.findings[0].evidence) == 2
        assert town.told(PASSWORD) == []
        assert not any(town.requests(stranger) for stranger in strangers)


@pytest.mark.parametrize(
    ("server", "neighbour"),
    [
        ("mine.azurecr.io", "evil.azurecr.io"),
        ("mine.eastus.geo.azurecr.io", "evil.azurecr.io"),
        ("team-a.github.io", "team-b.github.io"),
        ("registry.one.co.uk", "two.co.uk"),
        ("registry.one.co.uk", "co.uk"),
        ("one.blob.core.windows.net", "two.blob.core.windows.net"),
        ("one.jfrog.io", "two.jfrog.io"),
        ("rg.fr-par.scw.cloud", "evil.scw.cloud"),
        ("rg.fr-par.scw.cloud", "auth.docker.io"),
        ("registry.cn-hangzhou.aliyuncs.com", "dockerauth-evil.oss-cn-hangzhou.aliyuncs.com"),
        ("registry.cn-hangzhou.aliyuncs.com", "dockerauth.oss-cn-hangzhou.aliyuncs.com"),
        ("registry.cn-hangzhou.aliyuncs.com", "dockerauth.evil.oss-cn-hangzhou.aliyuncs.com"),
        ("registry-1.docker.io", "hub.docker.com.evil.test"),
        (GOOD, "auth.docker.io"),
        (GOOD, "api.scaleway.com"),
        (GOOD, "sso.redhat.com"),
        (GOOD, "dockerauth.cn-hangzhou.aliyuncs.com"),
    ],
)
def test_a_neighbour_under_the_same_suffix_and_another_s_vendor_are_told_nothing(
    authority: Authority, server: str, neighbour: str
) -> None:
    realm = naming(f"https://{neighbour}/token")
    with Town(authority, {server: realm, neighbour: welcoming}) as town:
        result = look_in(town, server, USER, PASSWORD)
        assert verdict(result) == "realm-not-trusted", result.findings
        assert town.requests(neighbour) == []
        assert town.told(PASSWORD) == []


@pytest.mark.parametrize(
    ("server", "other"), [("straße.test", "strasse.test"), ("re\u200dgistry.good.test", GOOD)]
)
def test_a_name_of_two_meanings_is_none(authority: Authority, server: str, other: str) -> None:
    """Docker would ask for another one than the one that Python makes of it."""
    with Town(authority, {other: handlers.basic({USER: PASSWORD})}) as town:
        result = look_in(town, server, USER, PASSWORD)
        assert result.status == "error"
        assert town.requests(other) == []


def test_a_name_in_other_letters_is_one_with_its_form_in_ascii(authority: Authority) -> None:
    desk = Bearer({USER: PASSWORD}, realm="https://AUTH.xn--bcher-kva.test./token")
    places = ("registry.xn--bcher-kva.test", "auth.xn--bcher-kva.test")
    with Town(authority, dict.fromkeys(places, desk)) as town:
        assert look_in(town, "registry.bücher.test", USER, PASSWORD).proved
        assert town.told(PASSWORD) == [places[1]]


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("in_one", [True, False], ids=["in one challenge", "in two challenges"])
def test_of_two_realms_both_have_to_deserve_it(authority: Authority, first: int, in_one: bool) -> None:
    """Docker takes the last of two realms in a challenge, and of two challenges both."""
    realms = [f"https://{GOOD}/token", f"https://{EVIL}/token"]
    one, two = realms[first], realms[1 - first]
    registry = naming(f'{one}",realm="{two}') if in_one else naming(one, two)
    with Town(authority, {GOOD: registry, EVIL: welcoming}) as town, recording_engine() as engine:
        result = look_in(town, GOOD, USER, PASSWORD, engine="docker", environ=at(engine))
        assert verdict(result) == "realm-not-trusted"
        assert town.requests(EVIL) == []
        assert asked_to_log_in(engine) == 0


def test_a_realm_s_own_query_is_kept_and_nothing_secret_is_added_to_it(authority: Authority) -> None:
    realm = "https://auth.good.test/token?password=theirs&account=theirs"
    desk = Bearer({USER: PASSWORD}, realm=realm)
    with Town(authority, {GOOD: desk, "auth.good.test": desk}) as town:
        result = look_in(town, GOOD, USER, PASSWORD)
        assert result.proved
        (request,) = town.requests("auth.good.test")
        assert request.query["password"] == ["theirs"]
        assert PASSWORD not in json.dumps(request.query)
        assert request.basic == (USER, PASSWORD)
