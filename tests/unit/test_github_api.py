"""What GitHub's API tells of a token, and what that means beside the registry's answer."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdoctor.address import is_host
from regdoctor.causes import CAUSES
from regdoctor.registries import recognise
from regdoctor.registries.credentials import credential_of
from regdoctor.registries.github import API
from regdoctor.registries.judgement import Refusal, Trouble, Values
from regdoctor.registries.registry import TokenFacts
from tests.unit.examples import CLASSIC, EXAMPLES
from tests.unit.test_registries import HOSTS

CHRISTMAS = 1_798_106_400
"""2026-12-24 10:00:00 UTC."""
EXPIRY = "github-authentication-token-expiration"
SCOPES = "x-oauth-scopes"
REFUSED = Refusal("bad-credentials", "denied: denied", ("token-expired",))


def read(status: int = 200, body: object = None, **headers: str) -> TokenFacts | None:
    """Facts from an answer; a body that is no text is sent as JSON, and underscores stand for dashes."""
    text = body if isinstance(body, str) else json.dumps({"login": "octocat"} if body is None else body)
    return API.read(status, {name.replace("_", "-"): value for name, value in headers.items()}, text)


def facts_of(status: int = 200, body: object = None, **headers: str) -> TokenFacts:
    """The same where the answer does say something."""
    facts = read(status, body, **headers)
    assert facts is not None
    return facts


def values_of(user: str = "octocat", token: str = CLASSIC) -> Values:
    return Values("ghcr.io", user, token, credential_of(user, token))


def weighed(facts: TokenFacts, refusal: Refusal | None = None, **more: str) -> tuple[Trouble, ...]:
    found = API.weigh(facts, values_of(**more), refusal)
    assert {cause for trouble in found for cause in (trouble.cause, *trouble.also_possible)} <= {*CAUSES}
    return found


def severity_of(trouble: Trouble) -> str:
    return trouble.severity or CAUSES[trouble.cause].severity


# Where it is asked


@pytest.mark.parametrize(
    ("registry", "host", "path"),
    [
        ("ghcr.io", "api.github.com", "/user"),
        ("docker.pkg.github.com", "api.github.com", "/user"),
        ("npm.pkg.github.com", "api.github.com", "/user"),
        ("containers.octo.ghe.com", "api.octo.ghe.com", "/user"),
        ("containers.github.example.com", "github.example.com", "/api/v3/user"),
        ("docker.github.example.com", "github.example.com", "/api/v3/user"),
        ("containers.mygithub.corp.example", "mygithub.corp.example", "/api/v3/user"),
    ],
)
def test_the_api_is_asked_at_the_host_that_belongs_to_the_registry(
    registry: str, host: str, path: str
) -> None:
    assert (API.host_of(registry), API.path_of(registry)) == (host, path)


def test_every_host_of_githubs_has_its_own_api() -> None:
    for vendor, host in HOSTS:
        if vendor in ("ghcr", "github-packages"):
            api = recognise(host).token_api
            assert api is not None
            asked = api.host_of(host)
            assert is_host(asked)
            assert asked == "api.github.com" or asked.removeprefix("api.") in host


def test_a_token_is_not_sent_to_github_from_anybody_elses_host() -> None:
    for host in ("github.example.com", "ghcr.io.example.com", "octo.ghe.com.example.com", "ghe.com.example"):
        assert not API.host_of(f"containers.{host}").startswith("api.")


def test_only_the_registries_of_github_have_it() -> None:
    assert {vendor for vendor, host in HOSTS if recognise(host).token_api} == {"ghcr", "github-packages"}


def test_no_header_of_its_own_carries_the_token() -> None:
    assert "authorization" not in {name.lower() for name, _ in API.headers}


# What it says


@pytest.mark.parametrize(
    ("header", "scopes"),
    [
        ("read:packages", ("read:packages",)),
        ("repo, read:packages", ("repo", "read:packages")),
        ("repo,read:packages", ("repo", "read:packages")),
        ("repo read:packages", ("repo", "read:packages")),
        ("  repo ,\tread:packages , ", ("repo", "read:packages")),
        ("", ()),
        (" ", ()),
        (",,", ()),
    ],
)
def test_scopes_are_read_from_their_header(header: str, scopes: tuple[str, ...]) -> None:
    assert facts_of(x_oauth_scopes=header).scopes == scopes


def test_no_header_of_scopes_says_nothing_of_them() -> None:
    assert facts_of().scopes is None


@pytest.mark.parametrize(
    ("header", "moment"),
    [
        ("2026-12-24 10:00:00 UTC", CHRISTMAS),
        (" 2026-12-24 10:00:00 UTC ", CHRISTMAS),
        ("2026-12-24 10:00:00 +0000", CHRISTMAS),
        ("2026-12-24 11:00:00 +0100", CHRISTMAS),
        ("2026-12-24 06:30:00 -0330", CHRISTMAS),
        ("2026-12-24 02:00:00 -0800", CHRISTMAS),
        ("2028-02-29 00:00:00 UTC", 1_835_395_200),
        ("9999-12-31 23:59:59 UTC", 253_402_300_799),
    ],
)
def test_the_expiry_is_read_from_its_header(header: str, moment: int) -> None:
    assert facts_of(github_authentication_token_expiration=header).expires_at == moment


@pytest.mark.parametrize(
    "header",
    [
        "",
        "never",
        "2026-12-24",
        "2026-12-24T10:00:00Z",
        "2026-12-24 10:00:00",
        "2026-12-24 10:00:00 CET",
        "2026-13-24 10:00:00 UTC",
        "2026-02-30 10:00:00 UTC",
        "2026-12-24 25:00:00 UTC",
        "0000-01-01 00:00:00 UTC",
        "99999-12-24 10:00:00 UTC",
        "-2026-12-24 10:00:00 UTC",
        "2026-12-24 10:00:00 UTC; x",
        "2026-12-24 10:00:00 +1",
        "1798106400",
        "9" * 100_000,
        "2026-12-24 10:00:00 UTC\n2026-12-24 10:00:00 UTC",
    ],
)
def test_an_expiry_that_makes_no_sense_is_none(header: str) -> None:
    assert facts_of(github_authentication_token_expiration=header).expires_at is None


@pytest.mark.parametrize("login", ["octocat", "Mona-Lisa", "mona_octocorp", "dependabot[bot]", "a" * 39])
def test_the_owner_is_the_login(login: str) -> None:
    assert facts_of(body={"login": login}).owner == login


@pytest.mark.parametrize(
    "login",
    [
        None,
        7,
        True,
        [],
        {"login": "octocat"},
        "",
        " octocat",
        "octo cat",
        "octocat\n",
        "octo\x1b[2Jcat",
        "<script>",
        "octocat[bot][bot]",
        "../../x",
        "octocat@example.com",
        "\u202eoctocat",
        "a" * 101,
        "x" * (1 << 20),
        CLASSIC + "=",
    ],
)
def test_what_can_be_no_login_is_no_owner(login: object) -> None:
    assert facts_of(body={"login": login}).owner is None


def test_a_token_that_is_not_known_is_dead() -> None:
    facts = facts_of(401, {"message": "Bad credentials", "status": "401"})
    assert facts == TokenFacts(dead=True, words="Bad credentials")
    assert facts_of(401, {}) == TokenFacts(dead=True)
    assert facts_of(401, {"message": {"deep": 1}}) == TokenFacts(dead=True)


def test_single_sign_on_is_asked_for_by_its_header() -> None:
    wanted = "required; url=https://github.com/orgs/octo/sso?authorization_request=A1"
    facts = facts_of(
        403, {"message": "Resource protected by organization SAML enforcement."}, x_github_sso=wanted
    )
    assert facts.sign_on == wanted
    assert facts.words.startswith("Resource protected")


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (403, {}),
        (403, {"x_github_sso": "partial-results; organizations=21955855"}),
        (403, {"x_github_sso": ""}),
        (403, {"x_ratelimit_remaining": "0"}),
    ],
)
def test_a_refusal_that_is_not_about_the_token_says_nothing(status: int, headers: dict[str, str]) -> None:
    assert read(status, {"message": "API rate limit exceeded"}, **headers) is None


def test_what_an_organisation_leaves_out_is_no_demand_to_sign_on() -> None:
    assert facts_of(x_github_sso="partial-results; organizations=21955855").sign_on is None


@pytest.mark.parametrize("status", [0, 100, 204, 301, 302, 304, 400, 404, 407, 429, 500, 502, 503])
def test_any_other_status_says_nothing(status: int) -> None:
    assert read(status, x_oauth_scopes="repo") is None


BODIES = {
    "nothing": "",
    "words": "Unauthorized",
    "a web page": "<!DOCTYPE html><title>Sign in</title>",
    "an array": '[{"login": "octocat"}]',
    "a text": '"octocat"',
    "a number": "7",
    "null": "null",
    "half of it": '{"login": "octo',
    "a megabyte": "x" * (1 << 20),
    "deep arrays": "[" * 200_000,
    "deep objects": '{"login":' * 200_000,
    "an endless number": '{"id": ' + "1" * 100_000 + "}",
    "no number": '{"id": 1e',
    "a lone half of a character": '"\ud83d"',
}


@pytest.mark.parametrize("status", [200, 401, 403])
@pytest.mark.parametrize("body", BODIES.values(), ids=list(BODIES))
def test_what_is_no_answer_of_the_api_says_nothing(status: int, body: str) -> None:
    start = time.perf_counter()
    assert read(status, body, x_github_sso="required") is None
    assert time.perf_counter() - start < 2.0


@given(
    status=st.sampled_from([200, 401, 403]),
    body=st.one_of(
        st.text(), st.dictionaries(st.sampled_from(["login", "message"]), st.text()).map(json.dumps)
    ),
    headers=st.dictionaries(st.sampled_from([SCOPES, EXPIRY, "x-github-sso"]), st.text()),
    refused=st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_no_answer_breaks_the_reading(status: int, body: str, headers: dict[str, str], refused: bool) -> None:
    facts = API.read(status, headers, body)
    if facts is not None:
        API.weigh(facts, values_of(), REFUSED if refused else None)


# What it means


@pytest.mark.parametrize(
    "scopes",
    [None, ("read:packages",), ("write:packages",), ("repo", "read:packages"), ("write:packages", "gist")],
)
@pytest.mark.parametrize("refusal", [None, REFUSED])
def test_a_token_that_may_read_packages_lacks_nothing(
    scopes: tuple[str, ...] | None, refusal: Refusal | None
) -> None:
    assert weighed(TokenFacts(owner="octocat", scopes=scopes), refusal) == ()


@pytest.mark.parametrize(
    ("scopes", "listed"),
    [
        (("repo",), "repo"),
        (("repo", "workflow"), "repo, workflow"),
        (("delete:packages",), "delete:packages"),
        (("read:package",), "read:package"),
        ((), "none"),
    ],
)
@pytest.mark.parametrize("refusal", [None, REFUSED])
def test_a_classic_token_without_the_scope_lacks_it_though_the_login_may_be_taken(
    scopes: tuple[str, ...], listed: str, refusal: Refusal | None
) -> None:
    (trouble,) = weighed(TokenFacts(owner="octocat", scopes=scopes), refusal)
    assert (trouble.cause, severity_of(trouble)) == ("missing-scope", "error")
    assert dict(trouble.facts) == {"scopes": listed}
    assert listed in trouble.evidence[0]


def test_an_oauth_token_without_any_scope_listed_is_left_alone() -> None:
    token = EXAMPLES["github-oauth-token"]
    assert weighed(TokenFacts(owner="octocat", scopes=()), token=token) == ()
    (trouble,) = weighed(TokenFacts(owner="octocat", scopes=("repo", "gist")), token=token)
    assert trouble.cause == "missing-scope"


def test_a_dead_token_explains_a_refusal_and_is_no_matter_without_one() -> None:
    facts = TokenFacts(dead=True, words="Bad credentials")
    (trouble,) = weighed(facts, REFUSED)
    assert trouble.cause == "bad-credentials"
    assert {*trouble.also_possible} == {"token-expired", "token-revoked"}
    assert trouble.evidence[0].endswith(": Bad credentials")
    assert weighed(facts) == ()
    (silent,) = weighed(TokenFacts(dead=True), REFUSED)
    assert silent.evidence[0].endswith("either")


def test_single_sign_on_needs_no_new_token() -> None:
    (trouble,) = weighed(TokenFacts(sign_on="required; url=https://github.com/orgs/octo/sso"), REFUSED)
    assert (trouble.cause, trouble.mend) == ("sso-not-authorized", None)
    assert "required; url=" in trouble.evidence[0]


@pytest.mark.parametrize("user", ["octocat", "OCTOCAT", "Octocat"])
def test_the_owners_name_in_any_case_is_right(user: str) -> None:
    assert weighed(TokenFacts(owner="OctoCat"), REFUSED, user=user) == ()


def test_another_users_token_is_the_likely_reason_of_a_refusal_and_a_remark_without_one() -> None:
    facts = TokenFacts(owner="octocat", scopes=("read:packages",))
    (trouble,) = weighed(facts, REFUSED, user="mona")
    assert (trouble.cause, trouble.part, trouble.mend, trouble.right) == (
        "user-wrong-form",
        "user",
        "set",
        "octocat",
    )
    assert severity_of(trouble) == "error"
    assert "bad-credentials" in trouble.also_possible
    (remark,) = weighed(facts, user="mona")
    assert severity_of(remark) == "info"


def test_all_that_is_wrong_with_a_token_is_told() -> None:
    found = weighed(TokenFacts(owner="octocat", scopes=("repo",)), REFUSED, user="mona")
    assert [trouble.cause for trouble in found] == ["missing-scope", "user-wrong-form"]
