"""What the form of the three values gives away, without a network."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdoctor.healing import apply_fixes
from regdoctor.model import Finding, Fix, SetResult
from regdoctor.secret import MASK
from tests.unit.examples import (
    ACR_PASSWORD,
    AWS_KEY_ID,
    AWS_SECRET,
    CLASSIC,
    CLIENT_SECRET,
    DOCKER_TOKEN,
    EXAMPLES,
    GOOGLE_FIELDS,
    GOOGLE_KEY,
    GOOGLE_TOKEN,
    MIXED,
    ROBOT_TOKEN,
    UUID,
    acr_token,
    ecr_token,
    ends_in,
    in_base64,
)
from tests.unit.support import PASSWORD, a_set, assert_hidden, diagnose, only_set, secrets, windows

SERVER = "TEAM_CONTAINER_REGISTRY_SERVER"
USER = "TEAM_CONTAINER_REGISTRY_USER"
SECRET = "TEAM_CONTAINER_REGISTRY_PASSWORD"

IDENTITY_USER = "00000000-0000-0000-0000-000000000000"
ECR = "123456789012.dkr.ecr.eu-central-1.amazonaws.com"


SECRETS_OF_THE_KEY = [GOOGLE_FIELDS[name] for name in ("private_key_id", "client_email", "client_id")] + [
    line for line in GOOGLE_FIELDS["private_key"].splitlines() if "-----" not in line
]
"""What of a key file must not be shown: its field names and the addresses of Google are no secrets."""


def judged(
    server: str = "registry.example.com", user: str = "octocat", password: str = PASSWORD
) -> SetResult:
    """The result of a set of these values; no run of eight characters of the password is shown."""
    report = diagnose(a_set(server, user, password))
    result = only_set(report)
    # What stands in the server or the user openly is no secret of the password's.
    if len(password) >= 8 and password not in server + user:
        for secret in SECRETS_OF_THE_KEY if password == GOOGLE_KEY else (password,):
            assert_hidden(report, secret)
    assert all(check.status != "crashed" for check in result.checks)
    return result


def only_finding(result: SetResult, cause: str) -> Finding:
    """The one finding of a set, of this cause."""
    assert [finding.cause for finding in result.findings] == [cause]
    return result.findings[0]


# Healthy values

HEALTHY = {
    "Docker Hub by its long name": (
        "https://index.docker.io/v1/",
        "octocat",
        DOCKER_TOKEN,
    ),
    "Docker Hub by its short name": ("docker.io", "octo-org", EXAMPLES["docker-organization-token"]),
    "Docker Hub, a token of the old kind": ("docker.io", "octocat", UUID),
    "GHCR": ("ghcr.io", "octocat", CLASSIC),
    "ACR, admin user": ("mycompany.azurecr.io", "mycompany", ACR_PASSWORD),
    "ACR, unique label": ("mycompany-d5e6f7.azurecr.io", "mycompany", ACR_PASSWORD),
    "ACR, service principal": (
        "mycompany.azurecr.io",
        UUID,
        CLIENT_SECRET,
    ),
    "GHCR on GHE.com": ("containers.octo.ghe.com", "octocat", CLASSIC),
    "GHCR on a server of one's own": ("containers.github.example.com", "octocat", CLASSIC),
    "GHCR, a token of a command line": ("ghcr.io", "octocat", EXAMPLES["github-oauth-token"]),
    "GAR": ("europe-west1-docker.pkg.dev", "_json_key", GOOGLE_KEY),
    "GAR, base64": ("docker.us-central1.rep.pkg.dev", "_json_key_base64", in_base64(GOOGLE_KEY)),
    "GitLab": ("registry.gitlab.com", "octocat", "glpat-Xy7Kd2mQzX9vTnWb5Yc0"),
    "GitLab, deploy token": (
        "registry.gitlab.example.com:5050",
        "gitlab+deploy-token-12",
        "gldt-Xy7Kd2mQzX9vTnWb5",
    ),
    "Quay": ("quay.io", "octo+robot", ROBOT_TOKEN),
    "Quay, application token": ("quay.io", "$app", EXAMPLES["quay-app-token"]),
    "Quay, OAuth token": ("quay.io", "$oauthtoken", MIXED),
    "IBM": ("de.icr.io", "iamapikey", "Xy7Kd2mQzX9vTnWb5Yc0HsJf3GpQa6Ee1Ru4UiOoXy7K"),
    "Oracle": (
        "fra.ocir.io",
        "mytenancy/oracleidentitycloudservice/mona@example.com",
        "K:2>x(Zq;9vT]nWb5Yc0",
    ),
    "JFrog": (
        "acme.jfrog.io",
        "mona@example.com",
        "cmVmdGtuOjAxOjE3NjY3NjQ0MDA6" + "Xy7Kd2mQzX9vTnWb5Yc0HsJf3GpQa6Ee",
    ),
    "Harbor": ("harbor.example.com", "robot$ci+puller", "Xy7Kd2mQzX9vTnWb5Yc0HsJf3GpQa6Ee"),
    "DigitalOcean": ("registry.digitalocean.com", "mona@example.com", EXAMPLES["digitalocean-token"]),
    "Alibaba": ("registry.cn-hangzhou.aliyuncs.com", "mona@1234567890", PASSWORD),
    "Scaleway": ("rg.fr-par.scw.cloud", "nologin", UUID),
    "Red Hat": ("registry.redhat.io", "11009103|mona-robot", ends_in(9999 * 86400)),
    "a registry on a port": ("registry.example.com:5000", "octocat", PASSWORD),
    "this machine by address": ("127.0.0.1:5000", "octocat", PASSWORD),
    "this machine by IPv6": ("[::1]:5000", "octocat", PASSWORD),
    "this machine by name": ("localhost:5000", "octocat", PASSWORD),
    "a single label and a port": ("registry:5000", "octocat", PASSWORD),
    "an address": ("192.0.2.7", "octocat", PASSWORD),
    "an international name": ("xn--bcher-kva.example", "octocat", PASSWORD),
}


@pytest.mark.parametrize("values", HEALTHY.values(), ids=list(HEALTHY))
def test_healthy_values_raise_nothing(values: tuple[str, str, str]) -> None:
    result = judged(*values)
    assert [(finding.cause, finding.severity) for finding in result.findings] == []
    assert result.status == "ok"
    assert (result.secret_set.shown_server, result.secret_set.shown_user) == values[:2]


SHORT_LIVED = {
    "GHCR, a codespace's token": ("ghcr.io", "octocat", EXAMPLES["github-app-user-token"]),
    "GHCR, a workflow's token": ("ghcr.io", "octocat", EXAMPLES["github-installation-token"]),
    "ACR, identity token": ("mycompany.azurecr.io", IDENTITY_USER, acr_token(exp=int(time.time()) + 10_800)),
    "GAR, access token": ("us-docker.pkg.dev", "oauth2accesstoken", GOOGLE_TOKEN),
    "GAR, access token by its other name": ("us-docker.pkg.dev", "_token", GOOGLE_TOKEN),
    "ECR Public, token": ("public.ecr.aws", "AWS", ecr_token(int(time.time()) + 43_000)),
    "GitLab, a job's token": ("registry.gitlab.com", "gitlab-ci-token", EXAMPLES["gitlab-job-token"]),
    "IBM, a bearer's token": ("de.icr.io", "iambearer", ends_in(3000)),
    "Oracle, a bearer's token": ("fra.ocir.io", "BEARER_TOKEN", PASSWORD),
    "Alibaba, a temporary user": ("registry.cn-hangzhou.aliyuncs.com", "cr_temp_user", PASSWORD),
}
"""Good values that will not be good for long."""


@pytest.mark.parametrize("values", SHORT_LIVED.values(), ids=list(SHORT_LIVED))
def test_a_credential_that_ends_soon_is_good_with_a_warning(values: tuple[str, str, str]) -> None:
    finding = only_finding(judged(*values), "credential-expires-soon")
    assert finding.severity == "warning"
    assert "{" not in finding.title


def test_a_key_for_a_retired_registry_is_good_with_a_remark() -> None:
    result = judged("eu.gcr.io", "_json_key", GOOGLE_KEY)
    finding = only_finding(result, "registry-retired")
    assert finding.severity == "info"
    assert "europe-docker.pkg.dev" in finding.explanation
    assert result.status == "ok"


def test_healthy_values_of_ecr_raise_nothing() -> None:
    variables = a_set(ECR, AWS_KEY_ID, AWS_SECRET, "ECR")
    report = diagnose(variables)
    assert only_set(report).findings == ()
    assert only_set(report).secret_set.shown_user == AWS_KEY_ID
    credential = only_set(report).credential
    assert credential is not None
    assert credential.kind == "aws-access-key"


@pytest.mark.parametrize(
    "password",
    [
        "correct:horse:battery",
        "it's 5 o\"clock",
        "pässwörtchen-übergröße",
        "密码密码密码密码密码",
        "-leading-dash",
        "p<a>ss",
        "a<b>c<d>e",
        "0123456789abcdef" * 2,
        "DEADBEEFDEADBEEFDEADBEEFDEADBEEF",
        "two words",
        "$ecret and %41 and \\n",
        "${notclosed",
        "pa{}ss",
        "#hash!bang",
        "hunter2",
        "x",
        "true",
        "12345678",
        "c2VjcmV0cGFzc3dvcmQ=",
        "'half quoted",
        'quoted half"',
        "here",
        "🐙🐙🐙🐙🐙🐙🐙🐙",
    ],
)
def test_an_unusual_password_raises_nothing(password: str) -> None:
    assert judged(password=password).findings == ()


def test_a_password_of_the_largest_size_raises_nothing() -> None:
    start = time.perf_counter()
    assert judged(password="aB3$" * (12 << 10)).findings == ()
    assert time.perf_counter() - start < 10.0


# Faults of any value


@pytest.mark.parametrize("variable", [SERVER, USER, SECRET])
@pytest.mark.parametrize("value", ["", " ", "\n", "\t \r\n"])
def test_an_empty_value_is_an_error(variable: str, value: str) -> None:
    result = only_set(diagnose({**a_set(), variable: value}))
    finding = only_finding(result, "value-empty")
    assert finding.severity == "error"
    assert finding.fixes == (Fix("replace", variable),)
    assert variable in finding.title


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("", "\n", "a line end"),
        ("", "\r\n", "a line end"),
        ("", "\n\n", "line ends"),
        ("", " ", "a space"),
        (" ", "", "a space"),
        ("\t", "", "a tab"),
        ("  ", "\n", "a line end"),
    ],
)
@pytest.mark.parametrize(
    ("variable", "value", "severity"),
    [(SERVER, "registry.example.com", "error"), (USER, "octocat", "warning"), (SECRET, PASSWORD, "warning")],
)
def test_spaces_around_a_value_are_found(
    variable: str, value: str, severity: str, before: str, after: str, words: str
) -> None:
    report = diagnose({**a_set(), variable: before + value + after})
    finding = only_finding(only_set(report), "value-whitespace")
    assert finding.severity == severity
    assert finding.fixes == (Fix("transform", variable, how="strip"),)
    assert words in finding.evidence[0]
    assert_hidden(report, PASSWORD)


@pytest.mark.parametrize("quotes", ['""', "''", "``", "“”", "‘’", "«»"])
@pytest.mark.parametrize(
    ("variable", "value"), [(SERVER, "registry.example.com"), (USER, "octocat"), (SECRET, PASSWORD)]
)
def test_a_quoted_value_is_an_error_that_can_be_undone(variable: str, value: str, quotes: str) -> None:
    variables = {**a_set(), variable: quotes[0] + value + quotes[1]}
    report = diagnose(variables)
    finding = only_finding(only_set(report), "value-quoted")
    assert finding.severity == "error"
    assert finding.fixes == (Fix("transform", variable, how="unquote"),)
    assert apply_fixes(secrets(variables), finding.fixes)[variable].reveal() == value
    assert_hidden(report, PASSWORD)


PLACEHOLDERS = [
    "acr-user-here",
    "<PERSONAL_ACCESS_TOKEN>",
    "<your token>",
    "${{ secrets.X }}",
    "${{secrets.ACR_PASSWORD}}",
    "{{ password }}",
    "${ACR_PASSWORD}",
    "$GITHUB_TOKEN",
    "%PASSWORD%",
    "changeme",
    "CHANGE_ME",
    "change-it",
    "replace me",
    "REPLACE_WITH_YOUR_TOKEN",
    "your-password",
    "YOUR_USERNAME",
    "your_username",
    "my-token",
    "mypassword",
    "YOUR_PERSONAL_ACCESS_TOKEN",
    "your-github-username",
    "your-token-here",
    "[your password]",
    "xxxxxxxx",
    "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "********",
    "...",
    "…",
    "TODO",
    "TBD",
    "null",
    "undefined",
    "none",
    "personal access token",
    "  changeme  ",
]


@pytest.mark.parametrize("text", PLACEHOLDERS)
@pytest.mark.parametrize("variable", [USER, SECRET])
def test_the_text_of_an_example_is_a_placeholder(variable: str, text: str) -> None:
    report = diagnose({**a_set(), variable: text})
    finding = only_finding(only_set(report), "value-placeholder")
    assert finding.severity == "error"
    assert finding.fixes == (Fix("replace", variable),)
    assert variable in finding.title


@pytest.mark.parametrize(
    "server",
    [
        "<registry name>.azurecr.io",
        "<aws_account_id>.dkr.ecr.<region>.amazonaws.com",
        "{registry}.azurecr.io",
        "<REGISTRY>",
        "your-registry",
        "${{ secrets.SERVER }}",
        "https://<registry name>.azurecr.io",
        "<your-domain>:5000",
    ],
)
def test_a_gap_in_a_server_is_a_placeholder(server: str) -> None:
    finding = only_finding(judged(server=server), "value-placeholder")
    assert finding.fixes == (Fix("replace", SERVER),)


def test_the_keys_of_the_documentation_of_aws_are_placeholders() -> None:
    variables = a_set(
        "123456789012.dkr.ecr.us-east-1.amazonaws.com",
        "AKIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "ECR",
    )
    assert "value-placeholder" in [finding.cause for finding in only_set(diagnose(variables)).findings]


INVISIBLE = [
    "\u200b",
    "\u200c",
    "\u200d",
    "\u200e",
    "\u202c",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\u00a0",
    "\x00",
    "\x1b",
]
by_code_point = [f"U+{ord(character):04X}" for character in INVISIBLE]


@pytest.mark.parametrize("character", INVISIBLE, ids=by_code_point)
@pytest.mark.parametrize(("variable", "value"), [(USER, "octocat"), (SECRET, PASSWORD)])
def test_an_invisible_character_at_an_end_is_found_and_can_be_stripped(
    variable: str, value: str, character: str
) -> None:
    for text in (value + character, character + value, value + character + "\n"):
        variables = {**a_set(), variable: text}
        report = diagnose(variables)
        finding = only_finding(only_set(report), "value-unprintable")
        assert finding.severity == "error"
        assert finding.fixes == (Fix("transform", variable, how="strip"),)
        assert apply_fixes(secrets(variables), finding.fixes)[variable].reveal() == value
        assert f"{ord(character):x}" in finding.evidence[0]
        assert_hidden(report, PASSWORD)


@pytest.mark.parametrize("character", INVISIBLE, ids=by_code_point)
def test_an_invisible_character_inside_a_value_takes_a_new_one(character: str) -> None:
    result = judged(password=PASSWORD[:9] + character + PASSWORD[9:])
    assert only_finding(result, "value-unprintable").fixes == (Fix("replace", SECRET),)


def test_a_line_end_inside_a_password_is_found() -> None:
    assert only_finding(judged(password=f"{PASSWORD}\nsecond line"), "value-unprintable").severity == "error"


# The server


@pytest.mark.parametrize(
    ("server", "right"),
    [
        ("https://mycompany.azurecr.io", "mycompany.azurecr.io"),
        ("http://mycompany.azurecr.io", "mycompany.azurecr.io"),
        ("https://registry.example.com:5000", "registry.example.com:5000"),
        ("HTTPS://GHCR.IO", "ghcr.io"),
        ("oci://ghcr.io", "ghcr.io"),
        ("docker://registry.example.com", "registry.example.com"),
    ],
)
def test_a_scheme_is_a_warning_with_the_right_value(server: str, right: str) -> None:
    finding = only_finding(judged(server=server), "server-has-scheme")
    assert finding.severity == "warning"
    assert finding.fixes == (Fix("set", SERVER, value=right),)


@pytest.mark.parametrize(
    ("server", "right"),
    [
        ("mycompany.azurecr.io/app", "mycompany.azurecr.io"),
        ("mycompany.azurecr.io/", "mycompany.azurecr.io"),
        ("ghcr.io/octo-org/app:latest", "ghcr.io"),
        ("registry.example.com:5000/v2/", "registry.example.com:5000"),
        ("docker.io/octocat", "https://index.docker.io/v1/"),
        ("registry.example.com?x=1", "registry.example.com"),
    ],
)
def test_a_path_is_a_warning_with_the_right_value(server: str, right: str) -> None:
    finding = only_finding(judged(server=server), "server-has-path")
    assert finding.severity == "warning"
    assert finding.fixes == (Fix("set", SERVER, value=right),)


def test_an_images_path_at_google_is_a_warning_with_the_right_value() -> None:
    result = judged("europe-west1-docker.pkg.dev/project/repository", "_json_key", GOOGLE_KEY)
    finding = only_finding(result, "server-has-path")
    assert finding.severity == "warning"
    assert finding.fixes == (Fix("set", SERVER, value="europe-west1-docker.pkg.dev"),)


def test_a_scheme_and_a_path_are_both_told_with_one_cure() -> None:
    result = judged(server="https://mycompany.azurecr.io/app")
    assert [finding.cause for finding in result.findings] == ["server-has-scheme", "server-has-path"]
    assert {fix for finding in result.findings for fix in finding.fixes} == {
        Fix("set", SERVER, value="mycompany.azurecr.io")
    }


@pytest.mark.parametrize(
    ("server", "right"),
    [
        ("hub.docker.com", "https://index.docker.io/v1/"),
        ("registry.hub.docker.com", "https://index.docker.io/v1/"),
        ("www.docker.com", "https://index.docker.io/v1/"),
        ("github.com", "ghcr.io"),
        ("gitlab.com", "registry.gitlab.com"),
        ("gallery.ecr.aws", "public.ecr.aws"),
    ],
)
def test_another_host_of_the_vendor_is_an_error_with_the_right_value(server: str, right: str) -> None:
    result = judged(server=server)
    assert result.findings[0].cause == "server-alias"
    assert result.findings[0].severity == "error"
    assert result.findings[0].fixes == (Fix("set", SERVER, value=right),)


@pytest.mark.parametrize(
    ("server", "right"),
    [
        ("registry-1.docker.io", "https://index.docker.io/v1/"),
        ("GHCR.IO", "ghcr.io"),
        ("Registry.Example.com", "registry.example.com"),
        ("ghcr.io:443", "ghcr.io"),
    ],
)
def test_another_spelling_of_the_host_is_no_error(server: str, right: str) -> None:
    finding = only_finding(judged(server=server), "server-alias")
    assert finding.severity in ("warning", "info")
    assert finding.fixes == (Fix("set", SERVER, value=right),)


@pytest.mark.parametrize(
    "server", ["docker.io", "index.docker.io", "https://index.docker.io/v1", "index.docker.io/v1/"]
)
def test_a_name_of_docker_hub_that_works_is_no_error(server: str) -> None:
    findings = judged(server=server).findings
    assert {finding.cause for finding in findings} <= {"server-alias", "server-has-scheme"}
    assert {finding.severity for finding in findings} <= (
        {"info"} if server == "docker.io" else {"info", "warning"}
    )


@pytest.mark.parametrize(
    "server",
    [
        "my company",
        "mycompany",
        "https://",
        "://ghcr.io",
        "ghcr.io:99999",
        "ghcr.io:0",
        "-ghcr.io",
        "ghcr..io",
        "999.1.2.3",
        "registry.example.com, ghcr.io",
        "@",
        "[::1",
        "a" * 64 + ".example.com",
    ],
)
def test_what_is_no_host_is_an_error(server: str) -> None:
    finding = only_finding(judged(server=server), "server-invalid")
    assert finding.severity == "error"
    assert finding.fixes == (Fix("replace", SERVER),)


def test_a_host_in_the_place_of_the_user_is_swapped_back() -> None:
    finding = judged(server="octocat", user="ghcr.io").findings[0]
    assert finding.cause == "server-invalid"
    assert finding.fixes == (Fix("transform", SERVER, how="swap", other=USER),)


@pytest.mark.parametrize("scheme", ["", "https://"])
def test_a_login_in_the_server_is_found_and_hidden(scheme: str) -> None:
    report = diagnose(a_set(f"{scheme}mona:maple+finch+38@registry.example.com"))
    result = only_set(report)
    finding = only_finding(result, "server-has-credentials")
    assert finding.severity == "error"
    assert finding.fixes == (Fix("set", SERVER, value="registry.example.com"),)
    assert result.secret_set.shown_server == MASK
    assert_hidden(report, "maple+finch+38")
    assert_hidden(report, PASSWORD)


def test_a_token_in_the_place_of_the_server_is_hidden() -> None:
    report = diagnose(a_set(CLASSIC))
    assert only_set(report).secret_set.shown_server == MASK
    assert only_set(report).status == "error"
    assert_hidden(report, CLASSIC)


# The user


def test_a_colon_in_the_user_is_an_error() -> None:
    finding = only_finding(judged(user="octo:cat"), "user-wrong-form")
    assert finding.severity == "error"


@pytest.mark.parametrize(
    "user",
    ["octocat", "mona@example.com", "octo+robot", "robot$ci", "AWS", "_token", "a/b", "tenancy/user", "ö"],
)
def test_an_unusual_user_raises_nothing(user: str) -> None:
    assert judged(user=user).findings == ()


def test_a_user_that_equals_the_password_is_hidden() -> None:
    report = diagnose(a_set(user=PASSWORD))
    assert only_set(report).secret_set.shown_user == MASK
    assert_hidden(report, PASSWORD)


@pytest.mark.parametrize("token", [CLASSIC, DOCKER_TOKEN, ACR_PASSWORD, "Xy7Kd2mQzX9vTnWb5Yc0HsJf"])
def test_swapped_values_are_found_and_swapped_back(token: str) -> None:
    report = diagnose(a_set("ghcr.io", token, "octocat"))
    result = only_set(report)
    finding = only_finding(result, "user-password-swapped")
    assert finding.severity == "error"
    assert finding.fixes == (Fix("transform", USER, how="swap", other=SECRET),)
    assert result.secret_set.shown_user == MASK
    assert_hidden(report, token)


def test_a_long_user_with_a_long_password_is_not_taken_for_swapped() -> None:
    assert judged(user="a-rather-long-user-name-of-mine", password="short").findings == ()


# The password


@pytest.mark.parametrize(
    ("expires_in", "cause", "severity"),
    [(-3600, "token-expired", "error"), (3600, "credential-expires-soon", "warning")],
)
def test_a_token_that_says_when_it_ends_is_believed(expires_in: float, cause: str, severity: str) -> None:
    result = judged(password=ends_in(expires_in))
    assert only_finding(result, cause).severity == severity
    assert result.credential is not None
    assert result.credential.kind == "jwt"
    assert abs((result.credential.expires_at or 0) - time.time() - expires_in) < 5


def test_no_value_is_judged_where_the_variable_is_missing() -> None:
    variables = {name: value for name, value in a_set().items() if name != SECRET}
    result = only_set(diagnose(variables))
    assert [finding.cause for finding in result.findings] == ["set-incomplete"]
    assert result.credential is None


def test_an_unusable_password_is_not_sent_anywhere() -> None:
    result = judged(password="changeme")
    reasons = {check.name: check.reason for check in result.checks}
    assert reasons["login"] is not None
    assert {check.name for check in result.checks if check.status == "skipped"} >= {"login", "engine"}


@given(
    server=st.text(max_size=30),
    user=st.text(max_size=30),
    password=st.text(
        st.characters(exclude_characters="*", exclude_categories=["Cs"]), min_size=8, max_size=40
    ),
)
@settings(max_examples=80, deadline=None)
def test_no_values_break_the_checks(server: str, user: str, password: str) -> None:
    result = only_set(diagnose(a_set(server, user, password)))
    assert all(check.status != "crashed" for check in result.checks)
    # What stands openly in the server or the user is no secret of the password's.
    said = [line for finding in result.findings for line in finding.evidence]
    assert password in server + user or all(
        window not in line for line in said for window in windows(password)
    )
