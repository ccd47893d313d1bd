"""Sets and near misses in the names of variables."""

from __future__ import annotations

import itertools
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdoctor.discovery import (
    allowed_identifier,
    discover,
    is_allowed,
    secrets_in,
    suggested_identifier,
)
from regdoctor.model import PARTS, Finding, Fix
from regdoctor.names import spelling_distance
from regdoctor.secret import MASK
from tests.unit.support import (
    PASSWORD,
    a_set,
    all_findings,
    assert_hidden,
    causes_in,
    diagnose,
    only_set,
    rendered,
    secrets,
)

SERVER = "ACR_CONTAINER_REGISTRY_SERVER"
USER = "ACR_CONTAINER_REGISTRY_USER"
SECRET = "ACR_CONTAINER_REGISTRY_PASSWORD"
ACR = a_set("mycompany.azurecr.io", "acr-user", PASSWORD, "ACR")


def misspelt(right: str, wrong: str) -> dict[str, str]:
    """The ACR set with one name replaced."""
    variables = dict(ACR)
    variables[wrong] = variables.pop(right)
    return variables


def assert_names(finding: Finding, variable: str, wanted: str) -> None:
    """A finding about a name says which one it is and which one it should be."""
    assert Fix("rename", variable, to=wanted) in finding.fixes
    for name in (variable, wanted):
        assert name in finding.title + finding.explanation
        assert any(name in f"{step.text} {step.command}" for step in finding.remediation)


# Sets


@pytest.mark.parametrize(
    "identifier",
    [
        "ACR",
        "A",
        "_",
        "_A",
        "A_",
        "MY_TEAM_2",
        "X9",
        "A__B",
        "CONTAINER",
        "REGISTRY",
        "A_CONTAINER_REGISTRY_B",
    ],
)
def test_three_variables_with_one_identifier_are_a_set(identifier: str) -> None:
    found = discover(secrets(a_set(identifier=identifier)))
    assert [secret_set.id for secret_set in found.sets] == [identifier]
    assert found.near_misses == ()
    (secret_set,) = found.sets
    assert [secret_set.name_of(part) for part in PARTS] == list(a_set(identifier=identifier))
    assert secret_set.text("user") == "octocat"


def test_an_identifier_with_underscores_raises_no_finding() -> None:
    assert causes_in(diagnose(a_set(identifier="MY_TEAM_2"))) == []


def test_sets_stand_in_the_order_of_their_identifiers() -> None:
    variables = {
        **a_set("b.example.com", identifier="B"),
        **a_set("a.example.com", identifier="A"),
        **a_set("c.example.com", identifier="A_C"),
    }
    assert [found.id for found in discover(secrets(variables)).sets] == ["A", "A_C", "B"]


def test_no_variables_are_no_sets() -> None:
    assert discover({}).sets == ()
    assert discover({}).near_misses == ()


# A part is missing


@pytest.mark.parametrize("missing", list(ACR))
def test_a_missing_part_is_named_and_can_be_added(missing: str) -> None:
    variables = {name: value for name, value in ACR.items() if name != missing}
    result = only_set(diagnose(variables))
    assert result.status == "error"
    assert [finding.cause for finding in result.findings] == ["set-incomplete"]
    (finding,) = result.findings
    assert finding.fixes == (Fix("add", missing),)
    assert missing in finding.title


@pytest.mark.parametrize("kept", list(ACR))
def test_two_missing_parts_are_both_named(kept: str) -> None:
    (finding,) = only_set(diagnose({kept: ACR[kept]})).findings
    assert finding.cause == "set-incomplete"
    assert {fix.variable for fix in finding.fixes} == set(ACR) - {kept}
    assert all(fix.action == "add" for fix in finding.fixes)


def test_an_incomplete_set_beside_a_complete_one_is_a_set_of_its_own() -> None:
    report = diagnose({**ACR, "HUB_CONTAINER_REGISTRY_SERVER": "docker.io"})
    assert {result.secret_set.id: result.status for result in report.sets} == {"ACR": "ok", "HUB": "error"}


# No identifier


@pytest.mark.parametrize("part", ["SERVER", "USER", "PASSWORD"])
def test_a_part_without_an_identifier_is_told_so(part: str) -> None:
    report = diagnose({f"CONTAINER_REGISTRY_{part}": "ghcr.io"})
    assert causes_in(report) == ["name-no-identifier"]
    assert report.sets == ()
    (fix,) = report.findings[0].fixes
    assert fix.variable == f"CONTAINER_REGISTRY_{part}"
    assert fix.to is not None
    assert_names(report.findings[0], fix.variable, fix.to)


@pytest.mark.parametrize(
    ("server", "identifier"),
    [
        ("ghcr.io", "GHCR"),
        ("mycompany.azurecr.io", "ACR"),
        ("docker.io", "DOCKERHUB"),
        ("123456789012.dkr.ecr.us-east-1.amazonaws.com", "ECR"),
        ("registry.example.com", "REGISTRY"),
        ("not a host", "REGISTRY"),
    ],
)
def test_the_server_suggests_the_identifier(server: str, identifier: str) -> None:
    nameless = {f"CONTAINER_REGISTRY_{part.upper()}": "x" for part in PARTS}
    report = diagnose(
        {**nameless, "CONTAINER_REGISTRY_SERVER": server, "CONTAINER_REGISTRY_PASSWORD": PASSWORD}
    )
    assert {finding.cause for finding in report.findings} == {"name-no-identifier"}
    assert {fix.to for finding in report.findings for fix in finding.fixes} == {
        f"{identifier}_CONTAINER_REGISTRY_{part.upper()}" for part in PARTS
    }
    assert suggested_identifier(server) == identifier
    assert_hidden(report, PASSWORD)


def test_an_identifier_that_is_taken_is_not_suggested() -> None:
    assert suggested_identifier("ghcr.io", ("GHCR", "GHCR_2")) == "GHCR_3"


@pytest.mark.parametrize(
    "name", ["_CONTAINER_REGISTRY_USER", "container_registry_user", "CONTAINER_REGISTRY_USERNAME"]
)
def test_a_misspelt_part_without_an_identifier_is_found(name: str) -> None:
    assert causes_in(diagnose({name: "octocat"})) == ["name-no-identifier"]


# Near misses


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (SERVER, "ACR_CONTAINER_REGSITRY_SERVER"),
        (SERVER, "ACR_CONTANER_REGISTRY_SERVER"),
        (SERVER, "ACR_CONTAINER_REGISTRY_SEVER"),
        (SERVER, "ACR_CONTAINER_REGISTRY_URL"),
        (SERVER, "ACR_CONTAINER_REGISTRY_HOST"),
        (SERVER, "ACR_CONTAINER_REGISTRY_LOGIN_SERVER"),
        (SERVER, "ACR_CONTAINER_REGISTRYSERVER"),
        (SERVER, "acr_container_registry_server"),
        (SERVER, "Acr_Container_Registry_Server"),
        (SERVER, "ACR-CONTAINER-REGISTRY-SERVER"),
        (SERVER, "ACR_CONTAINER_REGISTRY__SERVER"),
        (USER, "ACR_CONTAINERREGISTRY_USER"),
        (USER, "ACRCONTAINER_REGISTRY_USER"),
        (USER, "ACR_CONTAINER_REGISTRY_USERNAME"),
        (USER, "ACR_CONTAINER_REGISTRY_USER_NAME"),
        (USER, "ACR_CONTAINER_REGISTRY_LOGIN"),
        (USER, "ACR_CONTAINER_REGISTRY_USR"),
        (USER, "acr_CONTAINER_REGISTRY_USER"),
        (USER, "ACR_CONTAINER_REGISTRY_user"),
        (SECRET, "ACR_CONTAINER_REGISTRY_PASS"),
        (SECRET, "ACR_CONTAINER_REGISTRY_PWD"),
        (SECRET, "ACR_CONTAINER_REGISTRY_TOKEN"),
        (SECRET, "ACR_CONTAINER_REGISTRY_ACCESS_TOKEN"),
        (SECRET, "ACR_CONTAINER_REGISTRY_PAT"),
        (SECRET, "ACR_CONTAINER_REGISTRY_SECRET"),
        (SECRET, "ACR_CONTAINER_REGISTRY_PASSOWRD"),
        (SECRET, "ACR_CONTAINER_REGISTRY_PASSWRD"),
        (SECRET, "ACR_CONTAINTER_REGISTRY_PASSWORD"),
    ],
)
def test_a_misspelt_part_is_found_and_told_its_name(right: str, wrong: str) -> None:
    report = diagnose(misspelt(right, wrong))
    result = only_set(report)
    assert (result.secret_set.id, result.status) == ("ACR", "error")
    assert causes_in(report) == ["name-near-miss"]
    assert_names(result.findings[0], wrong, right)
    assert any(wrong in line for line in result.findings[0].evidence)
    assert_hidden(report, PASSWORD)


def test_two_misspelt_parts_are_two_findings() -> None:
    variables = {
        "ACR_CONTAINER_REGISTRY_SERVER": "mycompany.azurecr.io",
        "ACR_CONTAINER_REGISTRY_USERNAME": "acr-user",
        "ACR_CONTAINER_REGISTRY_TOKEN": PASSWORD,
    }
    result = only_set(diagnose(variables))
    assert [finding.cause for finding in result.findings] == ["name-near-miss", "name-near-miss"]
    assert {fix.to for finding in result.findings for fix in finding.fixes} == {USER, SECRET}


def test_a_second_spelling_of_a_part_that_is_there_is_no_fault() -> None:
    result = only_set(diagnose({**ACR, "ACR_CONTAINER_REGISTRY_USERNAME": "acr-user"}))
    assert result.status == "ok"
    assert [(finding.cause, finding.severity) for finding in result.findings] in (
        [],
        [("name-near-miss", "info")],
    )


def test_a_near_miss_of_a_set_that_is_nowhere_stands_at_the_top() -> None:
    report = diagnose({**ACR, "HUB_CONTAINER_REGISTRY_USERNAME": "octocat"})
    assert only_set(report).findings == ()
    assert [finding.cause for finding in report.findings] == ["name-near-miss"]
    assert_names(report.findings[0], "HUB_CONTAINER_REGISTRY_USERNAME", "HUB_CONTAINER_REGISTRY_USER")


def test_a_part_under_another_identifier_belongs_to_the_set_that_lacks_it() -> None:
    report = diagnose(misspelt(USER, "AZURE_CONTAINER_REGISTRY_USER"))
    assert only_set(report).secret_set.id == "ACR"
    assert causes_in(report) == ["name-near-miss"]
    assert_names(only_set(report).findings[0], "AZURE_CONTAINER_REGISTRY_USER", USER)


def test_a_part_under_another_identifier_is_found_beside_a_complete_set() -> None:
    report = diagnose(
        {**a_set("ghcr.io", identifier="GHCR"), **misspelt(SECRET, "AZURE_CONTAINER_REGISTRY_PASSWORD")}
    )
    by_id = {result.secret_set.id: result for result in report.sets}
    assert by_id.keys() == {"ACR", "GHCR"}
    assert by_id["GHCR"].findings == ()
    assert_names(by_id["ACR"].findings[0], "AZURE_CONTAINER_REGISTRY_PASSWORD", SECRET)


@pytest.mark.parametrize("kept", list(ACR))
def test_a_misspelt_identifier_is_found_whichever_part_has_it(kept: str) -> None:
    report = diagnose(misspelt(kept, kept.replace("ACR_", "ARC_", 1)))
    assert only_set(report).secret_set.id == "ACR"
    assert_names(only_set(report).findings[0], kept.replace("ACR_", "ARC_", 1), kept)


def test_three_strangers_are_not_forced_into_one_set() -> None:
    variables = {**a_set("a.example.com", identifier="ALPHA"), **a_set("b.example.com", identifier="OMEGA")}
    del variables["ALPHA_CONTAINER_REGISTRY_USER"], variables["OMEGA_CONTAINER_REGISTRY_USER"]
    report = diagnose(variables)
    assert [result.secret_set.id for result in report.sets] == ["ALPHA", "OMEGA"]
    assert causes_in(report) == ["set-incomplete", "set-incomplete"]


def test_a_short_name_completes_a_set_but_is_only_a_guess() -> None:
    report = diagnose(misspelt(SECRET, "ACR_PASSWORD"))
    assert causes_in(report) == ["name-near-miss"]
    assert_names(only_set(report).findings[0], "ACR_PASSWORD", SECRET)
    assert [miss.certain for miss in only_set(report).secret_set.near_misses] == [False]


@pytest.mark.parametrize("prefix", ["", "MY_"])
def test_a_near_miss_never_shows_the_value_it_holds(prefix: str) -> None:
    for word in ("PASS", "TOKEN", "PAT"):
        assert_hidden(diagnose({f"{prefix}CONTAINER_REGISTRY_{word}": PASSWORD}), PASSWORD)


# Names that Codespaces cannot hold


@pytest.mark.parametrize(
    ("identifier", "wanted"),
    [
        ("GITHUB", "GH"),
        ("GITHUB_ACR", "GH_ACR"),
        ("1ACR", "R1ACR"),
        ("MY-ACR", "MY_ACR"),
        ("MY.ACR", "MY_ACR"),
    ],
)
def test_a_name_that_codespaces_cannot_hold_is_told_so(identifier: str, wanted: str) -> None:
    result = only_set(diagnose(a_set(identifier=identifier)))
    assert [finding.cause for finding in result.findings] == ["name-not-allowed"]
    (finding,) = result.findings
    assert set(finding.fixes) == {
        Fix("rename", name, to=right)
        for name, right in zip(a_set(identifier=identifier), a_set(identifier=wanted), strict=True)
    }
    assert next(iter(a_set(identifier=identifier))) in finding.title + finding.explanation
    assert all(is_allowed(fix.to or "") for fix in finding.fixes)


@pytest.mark.parametrize("name", [USER, "_X", "A1", "GITHUBX", "MY_GITHUB_X"])
def test_these_names_can_be_held(name: str) -> None:
    assert is_allowed(name)


@pytest.mark.parametrize("name", ["GITHUB_X", "1A", "A-B", "A B", "", "a", "Ä", "A\n"])
def test_these_names_cannot_be_held(name: str) -> None:
    assert not is_allowed(name)


@given(st.text(max_size=20))
@settings(deadline=None)
def test_the_nearest_identifier_can_always_be_held(identifier: str) -> None:
    assert is_allowed(f"{allowed_identifier(identifier)}_CONTAINER_REGISTRY_USER")


# Two sets for one registry

ONE_REGISTRY = {
    "Docker Hub": [
        "docker.io",
        "index.docker.io",
        "https://index.docker.io/v1/",
        "registry-1.docker.io",
        "DOCKER.IO",
        "index.docker.io/v1/",
    ],
    "GHCR": [
        "ghcr.io",
        "GHCR.IO",
        "ghcr.io:443",
        "https://ghcr.io",
        "https://ghcr.io/octo-org",
        "ghcr.io.",
        " ghcr.io",
    ],
    "a plain registry": ["registry.example.com", "Registry.Example.COM", "registry.example.com:443"],
    "a port": ["registry.example.com:5000", "https://registry.example.com:5000/"],
}


@pytest.mark.parametrize(
    ("one", "other"),
    [pair for servers in ONE_REGISTRY.values() for pair in itertools.combinations(servers, 2)],
)
def test_two_sets_for_one_registry_are_found_under_all_its_names(one: str, other: str) -> None:
    report = diagnose({**a_set(one, identifier="ONE"), **a_set(other, identifier="TWO")})
    for result, twin in zip(report.sets, ("TWO", "ONE"), strict=True):
        found = [finding for finding in result.findings if finding.cause == "set-duplicate-server"]
        assert len(found) == 1
        assert twin in found[0].title + found[0].explanation


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("one.azurecr.io", "two.azurecr.io"),
        ("registry.example.com", "registry.example.com:5000"),
        ("docker.io", "ghcr.io"),
        ("ghcr.io", "docker.pkg.github.com"),
        ("not a host", "not a host"),
        ("127.0.0.1:5000", "localhost:5000"),
    ],
)
def test_different_registries_are_no_duplicates(one: str, other: str) -> None:
    report = diagnose({**a_set(one, identifier="ONE"), **a_set(other, identifier="TWO")})
    assert "set-duplicate-server" not in causes_in(report)


# What is not meant

STRANGERS = tuple(
    re.findall(
        r"\S+",
        """
_ ACTION_NAME AWS_ACCESS_KEY_ID AWS_DEFAULT_REGION AWS_ECR_REGISTRY AWS_SECRET_ACCESS_KEY
AWS_SESSION_TOKEN AZURE_CLIENT_ID AZURE_CLIENT_SECRET AZURE_CONTAINER_APPS_ENVIRONMENT_ID
AZURE_CONTAINER_ENVIRONMENT_NAME AZURE_CONTAINER_REGISTRY_ENDPOINT
AZURE_CONTAINER_REGISTRY_MANAGED_IDENTITY_ID AZURE_CONTAINER_REGISTRY_NAME
AZURE_CONTAINER_REGISTRY_RESOURCE_GROUP AZURE_ENV_NAME AZURE_LOCATION AZURE_STORAGE_ACCOUNT_NAME
AZURE_SUBSCRIPTION_ID AZURE_TENANT_ID BROWSER CI CI_DEPENDENCY_PROXY_PASSWORD CI_DEPENDENCY_PROXY_SERVER
CI_DEPENDENCY_PROXY_USER CI_DEPLOY_PASSWORD CI_DEPLOY_USER CI_JOB_TOKEN CI_PROJECT_URL CI_REGISTRY
CI_REGISTRY_IMAGE CI_REGISTRY_PASSWORD CI_REGISTRY_USER CI_SERVER_HOST CI_SERVER_URL
CLOUDENV_ENVIRONMENT_ID CODESPACES CODESPACES_RECOVERY_CONTAINER CODESPACE_NAME CODESPACE_VSCODE_FOLDER
COLORTERM CONTAINER_APP_NAME CONTAINER_HOST CONTAINER_NAME CONTAINER_REGISTRY ContainerVersion
DATABASE_HOST DATABASE_PASSWORD DATABASE_URL DATABASE_USER DOCKERHUB_TOKEN DOCKERHUB_USERNAME
DOCKER_BUILDKIT DOCKER_CONFIG DOCKER_HOST DOCKER_PASSWORD DOCKER_REGISTRY_SERVER_PASSWORD
DOCKER_REGISTRY_SERVER_URL DOCKER_REGISTRY_SERVER_USERNAME DOCKER_USERNAME GITHUB_API_URL
GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN GITHUB_CODESPACE_TOKEN GITHUB_GRAPHQL_URL GITHUB_REPOSITORY
GITHUB_SERVER_URL GITHUB_TOKEN GITHUB_USER GIT_ASKPASS GIT_COMMITTER_EMAIL GIT_COMMITTER_NAME HOME
HOSTNAME IMAGE_REGISTRY INTERNAL_VSCODE_SERVER_URL LANG LESS LOGNAME LS_COLORS MAIL NODE_EXTRA_CA_CERTS
NPM_CONFIG_REGISTRY NPM_TOKEN NVM_DIR OLDPWD ORYX_ENV_TYPE PATH PGHOST PGPASSWORD PGUSER PIP_INDEX_URL PWD
REGISTRY_AUTH_FILE REGISTRY_HTTP_SECRET REGISTRY_LOGIN_SERVER REGISTRY_PASSWORD REGISTRY_URL
REGISTRY_USERNAME RepositoryName SCHEMA_REGISTRY_URL SERVICE_WEB_ENDPOINT_URL SERVICE_WEB_IMAGE_NAME SHELL
SHLVL SSH_AUTH_SOCK TERM TERM_PROGRAM TESTCONTAINERS_HOST_OVERRIDE USER USERNAME VSCODE_GIT_ASKPASS_NODE
VSCODE_IPC_HOOK_CLI WINDOWS_REGISTRY_USER WSL_DISTRO_NAME npm_config_registry
""",
    )
)


def test_the_strangers_are_many() -> None:
    assert len(set(STRANGERS)) == len(STRANGERS) >= 80


@pytest.mark.parametrize("name", STRANGERS)
def test_a_variable_of_another_program_raises_nothing(name: str) -> None:
    found = discover(secrets({name: "value"}))
    assert (found.sets, found.near_misses) == ((), ())


def test_variables_of_other_programs_raise_nothing_together() -> None:
    report = diagnose(dict.fromkeys(STRANGERS, "value"))
    assert (report.sets, report.findings) == ((), ())


def test_variables_of_other_programs_do_not_touch_a_set_that_is_whole() -> None:
    report = diagnose({**dict.fromkeys(STRANGERS, "value"), **a_set(identifier="CI"), **ACR})
    assert causes_in(report) == []


@pytest.mark.parametrize("missing", ["SERVER", "USER", "PASSWORD"])
def test_variables_of_other_programs_do_not_fill_a_gap(missing: str) -> None:
    variables = {**dict.fromkeys(STRANGERS, "value"), **ACR}
    del variables[f"ACR_CONTAINER_REGISTRY_{missing}"]
    assert causes_in(diagnose(variables)) == ["set-incomplete"]


# Anything at all

fragments = st.lists(
    st.sampled_from(
        [
            "ACR",
            "GHCR",
            "_",
            "__",
            "-",
            "CONTAINER",
            "REGISTRY",
            "CONTAINERREGISTRY",
            "REGSITRY",
            "SERVER",
            "USER",
            "PASSWORD",
            "USERNAME",
            "TOKEN",
            "URL",
            "GITHUB",
            "1",
            "ä",
            "container",
            "registry_user",
            " ",
            "ß",
            "İ",
            "_CONTAINER_REGISTRY_",
            "_CONTAINER_REGISTRY_SERVER",
            "_CONTAINER_REGISTRY_USER",
        ]
    ),
    max_size=6,
).map("".join)
anything = st.text(st.characters(exclude_characters="\0"), max_size=40)
values = st.one_of(
    anything,
    st.sampled_from(
        ["ghcr.io", "docker.io", "[::1]:5000", "https://u:p@h/x", "a.azurecr.io", "ghp_" + "a1" * 18]
    ),
)


@given(st.dictionaries(st.one_of(fragments, anything), values, max_size=8))
@settings(max_examples=120, deadline=None)
def test_no_names_and_values_break_a_diagnosis(variables: dict[str, str]) -> None:
    report = diagnose(variables)
    assert "internal-error" not in causes_in(report)
    assert all(check.status != "crashed" for result in report.sets for check in result.checks)
    assert {finding.severity for finding in all_findings(report)} <= {"info", "warning", "error"}
    rendered(report)


@given(st.dictionaries(fragments, values, max_size=8))
@settings(max_examples=120, deadline=None)
def test_a_variable_belongs_to_one_set_or_finding_at_most(variables: dict[str, str]) -> None:
    found = discover(secrets(variables))
    used = [part.name for one in found.sets for part in (one.server, one.user, one.password) if part]
    missed = [miss.variable for one in found.sets for miss in one.near_misses if miss.certain]
    orphaned = [miss.variable for miss in found.near_misses]
    assert len(used) == len(set(used))
    assert len(missed + orphaned) == len(set(missed + orphaned))
    assert not set(used) & set(missed + orphaned)
    assert {*used, *missed, *orphaned} <= variables.keys()


@pytest.mark.parametrize(
    ("names", "seconds"),
    [
        ([f"VARIABLE_{number}_OF_SOME_PROGRAM" for number in range(10_000)], 20.0),
        ([f"SERVICE_{number}_CONTAINER_NAME" for number in range(10_000)], 20.0),
        ([f"S{number // 3}_CONTAINER_REGISTRY_{PARTS[number % 3].upper()}" for number in range(9_999)], 20.0),
        # A tenth of ten thousand in a tenth of the time.
        ([f"SERVICE_{number}_REGISTRY_USERNAME" for number in range(1_000)], 10.0),
        ([f"S{number}_CONTAINER_REGISTRY_USERNAME" for number in range(1_000)], 10.0),
    ],
    ids=["strangers", "containers", "sets", "users of registries", "near misses"],
)
def test_ten_thousand_variables_are_read_in_bounded_time(names: list[str], seconds: float) -> None:
    variables = secrets(dict.fromkeys(names, "value"))
    start = time.perf_counter()
    discover(variables)
    assert time.perf_counter() - start < seconds


def test_many_incomplete_sets_are_read_in_bounded_time() -> None:
    # Codespaces holds a hundred secrets of each owner.
    names = [f"SERVICE_{number}_CONTAINER_REGISTRY_{PARTS[number % 3].upper()}" for number in range(60)]
    start = time.perf_counter()
    discover(secrets(dict.fromkeys(names, "value")))
    assert time.perf_counter() - start < 5.0


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("", "", 0),
        ("USER", "USER", 0),
        ("USR", "USER", 1),
        ("SUER", "USER", 1),
        ("", "AB", 2),
        ("PASSWROD", "PASSWORD", 1),
    ],
)
def test_the_distance_of_two_spellings_counts_slips(one: str, other: str, distance: int) -> None:
    assert spelling_distance(one, other) == spelling_distance(other, one) == distance


@pytest.mark.parametrize(
    ("value", "password"),
    [
        ("octocat:hunter2hunter2@ghcr.io", "hunter2hunter2"),
        ("https://octocat:hunter2hunter2@ghcr.io/octo", "hunter2hunter2"),
        ("ghcr.io/octo octocat:hunter2@hunter2@ghcr.io", "hunter2@hunter2"),
    ],
)
def test_a_server_that_holds_a_password_is_masked_and_its_password_known(value: str, password: str) -> None:
    variables = secrets({"ACR_CONTAINER_REGISTRY_SERVER": value})
    found = discover(variables)
    assert found.sets[0].shown_server == MASK
    assert password in [secret.reveal() for secret in secrets_in(found, variables)]


@pytest.mark.parametrize("value", ["octocat@ghcr.io", ":x@ghcr.io", "a:@ghcr.io", "a: b@ghcr.io"])
def test_a_server_without_a_password_is_shown(value: str) -> None:
    assert discover(secrets({"ACR_CONTAINER_REGISTRY_SERVER": value})).sets[0].shown_server == value
