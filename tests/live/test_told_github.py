"""Where GitHub's tokens go: to the registry, and once to the API of its own host."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from tests.lab import handlers
from tests.lab.certificates import Authority
from tests.lab.handlers import Bearer
from tests.lab.scripted import Answer, Handler
from tests.lab.town import Town, welcoming
from tests.live.running import (
    NOBODYS,
    look_in,
)

GOOD, EVIL = "registry.good.test", "evil.test"
USER, PASSWORD = "alice", NOBODYS
SECOND = "Wq8-tnr5-jjbe-61zu"


CLASSIC = "ghp_Kxq7vnt2zzpd93wfLq8mRt4Yb6Ws1Ze5Hu0J"


@pytest.fixture
def github(authority: Authority) -> Iterator[Town]:
    desk = Bearer({USER: CLASSIC}, realm="https://ghcr.io/token")
    hosts: Mapping[str, Handler] = {
        "ghcr.io": desk,
        "api.github.com": handlers.always(Answer(200, {"X-OAuth-Scopes": "read:packages"}, {"login": USER})),
        "containers.octo.ghe.com": Bearer({USER: CLASSIC}, realm="https://containers.octo.ghe.com/token"),
        "api.octo.ghe.com": handlers.always(
            Answer(200, {"X-OAuth-Scopes": "read:packages"}, {"login": USER})
        ),
        "github.com": welcoming,
        EVIL: welcoming,
        "api.evil.test": welcoming,
    }
    with Town(authority, hosts) as town:
        yield town


NAMED_BY_VARIABLES = {
    "CODESPACES": "true",
    "GITHUB_REPOSITORY": "octo/app",
    "GITHUB_API_URL": "https://api.evil.test",
    "GITHUB_SERVER_URL": f"https://{EVIL}",
    "GITHUB_GRAPHQL_URL": f"https://{EVIL}/graphql",
    "GITHUB_TOKEN": SECOND,
    "REGDOCTOR_TOKEN": SECOND,
}


@pytest.mark.parametrize("environ", [{}, NAMED_BY_VARIABLES], ids=["plain", "variables"])
@pytest.mark.parametrize(
    ("server", "api"), [("ghcr.io", "api.github.com"), ("containers.octo.ghe.com", "api.octo.ghe.com")]
)
def test_a_token_of_github_goes_once_to_the_api_of_its_own_host(
    github: Town, server: str, api: str, environ: Mapping[str, str]
) -> None:
    result = look_in(github, server, USER, CLASSIC, environ=environ)
    assert result.proved, result.findings
    assert sorted(github.told(CLASSIC)) == sorted([server, api])
    assert github.told(SECOND) == []


def test_the_codespace_s_own_token_goes_to_no_host_that_a_variable_names(github: Town) -> None:
    result = look_in(github, "ghcr.io", USER, "ghp_" + "0" * 36, environ=NAMED_BY_VARIABLES)
    assert result.status == "error"
    assert github.told(SECOND) == []


def test_a_token_of_github_goes_to_no_api_for_somebody_else_s_registry(authority: Authority) -> None:
    """One that calls itself GitHub's by its challenge."""
    realm = f"https://{GOOD}/token"
    desk = Bearer({USER: CLASSIC}, realm=realm, service="ghcr.io")
    strangers = ("api.github.com", "github.com", "ghcr.io", f"api.{GOOD}")
    with Town(authority, {GOOD: desk, **dict.fromkeys(strangers, welcoming)}) as town:
        assert look_in(town, GOOD, USER, CLASSIC).proved
        assert set(town.told(CLASSIC)) == {GOOD}
