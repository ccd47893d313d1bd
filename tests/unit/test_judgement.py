"""What each registry's own rules make of a user name and a password, before and after a refusal."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdoctor.causes import CAUSES
from regdoctor.causes.cause import STAND_INS
from regdoctor.checks import answers
from regdoctor.checks.case import Case
from regdoctor.discovery import discover
from regdoctor.probes.deadline import Deadline
from regdoctor.probes.world import World
from regdoctor.registries import PLAIN, Registry, recognise, registries
from regdoctor.registries.credentials import credential_of, is_form
from regdoctor.registries.judgement import Refusal, Trouble, Values, is_email, is_guid, takes, troubles
from regdoctor.secret import Redactor, Secret
from tests.unit.examples import (
    ACR_PASSWORD,
    AWS_KEY_ID,
    AWS_SECRET,
    AWS_TEMPORARY_ID,
    CLASSIC,
    CLIENT_SECRET,
    DOCKER_TOKEN,
    END,
    EXAMPLES,
    FINE_GRAINED,
    GOOGLE_KEY,
    GOOGLE_TOKEN,
    MIXED,
    OTHERS,
    ROBOT_TOKEN,
    UUID,
    acr_token,
    ecr_token,
    in_base64,
    jwt,
)
from tests.unit.support import OFFLINE, PASSWORD, a_set, diagnose, only_set, secrets

BY_ID = {registry.id: registry for registry in registries()}
KINDS = EXAMPLES | OTHERS

HUB, GHCR, LEGACY = "index.docker.io", "ghcr.io", "docker.pkg.github.com"
ACR, ECR, ECR_PUBLIC = (
    "mycompany.azurecr.io",
    "123456789012.dkr.ecr.eu-west-1.amazonaws.com",
    "public.ecr.aws",
)
GCR, GAR, QUAY, GITLAB = "gcr.io", "europe-west1-docker.pkg.dev", "quay.io", "registry.gitlab.com"
REDHAT, DIGITALOCEAN, OCIR, ICR = (
    "registry.redhat.io",
    "registry.digitalocean.com",
    "fra.ocir.io",
    "us.icr.io",
)
ALIBABA, SCALEWAY, JFROG = "registry.cn-hangzhou.aliyuncs.com", "rg.fr-par.scw.cloud", "octo.jfrog.io"
OWN = "registry.example.com"
"""A host of no vendor's."""
IDENTITY_USER = "00000000-0000-0000-0000-000000000000"
EMAIL = "mona@example.com"


def values_of(host: str, user: str, password: str, **more: object) -> Values:
    return Values(host, user, password, credential_of(user, password)).but(**more)


def judged(host: str, user: str, password: str, **more: object) -> tuple[Trouble, ...]:
    """What the registry of a host finds; each trouble can be put into words."""
    found = troubles(recognise(host), values_of(host, user, password, **more))
    for trouble in found:
        assert_sayable(trouble, password)
    return found


def assert_sayable(trouble: Trouble, password: str) -> None:
    """Fail unless a trouble names known causes and facts, and a mend that can be made; without the secret."""
    assert {trouble.cause, *trouble.also_possible} <= {*CAUSES}
    assert trouble.cause not in trouble.also_possible
    assert {name for name, _ in trouble.facts} <= {*STAND_INS}
    assert (trouble.mend == "set") is (trouble.right is not None)
    said = " ".join((*trouble.evidence, *(fact for _, fact in trouble.facts), trouble.right or ""))
    assert len(password) < 8 or password not in said


def severity_of(trouble: Trouble) -> str:
    return trouble.severity or CAUSES[trouble.cause].severity


def short(found: tuple[Trouble, ...]) -> list[tuple[str, str, str | None, str | None, str]]:
    """Cause, part, mend, right value and severity of each trouble."""
    return [
        (trouble.cause, trouble.part, trouble.mend, trouble.right, severity_of(trouble)) for trouble in found
    ]


# Good pairs

GOOD: tuple[tuple[str, str, str], ...] = (
    (HUB, "octocat", DOCKER_TOKEN),
    (HUB, "octo-org", EXAMPLES["docker-organization-token"]),
    (HUB, "octocat", PASSWORD),
    (HUB, "octocat", UUID),
    (HUB, "octocat", ROBOT_TOKEN),
    (GHCR, "octocat", CLASSIC),
    (GHCR, "octocat", EXAMPLES["github-oauth-token"]),
    (GHCR, "octocat", "0123456789abcdef0123456789abcdef01234567"),
    (GHCR, "mona_octocorp", CLASSIC),
    (LEGACY, "octocat", CLASSIC),
    (ACR, "mycompany", ACR_PASSWORD),
    (ACR, "mycompany", "Xy7Kd2mQzX9vTnWb5Yc0HsJf3GpQa6E="),
    (ACR, "pull-token", ACR_PASSWORD),
    (ACR, UUID, CLIENT_SECRET),
    (ACR, UUID, PASSWORD),
    (ACR, UUID, UUID),
    (ACR, IDENTITY_USER, acr_token(ACR)),
    (ACR, IDENTITY_USER, acr_token(ACR.upper())),
    (ACR, IDENTITY_USER, acr_token(aud=None)),
    (ECR, AWS_KEY_ID, AWS_SECRET),
    (ECR, "AWS", ecr_token()),
    (ECR, "AWS", PASSWORD),
    (ECR_PUBLIC, AWS_KEY_ID, AWS_SECRET),
    (ECR_PUBLIC, "AWS", ecr_token()),
    (GCR, "_json_key", GOOGLE_KEY),
    (GAR, "_json_key", GOOGLE_KEY),
    (GAR, "_json_key_base64", in_base64(GOOGLE_KEY)),
    (GAR, "oauth2accesstoken", MIXED),
    (GAR, "_dcgcr_2_1_22_token", MIXED),
    (QUAY, "octo+robot", ROBOT_TOKEN),
    (QUAY, "$app", EXAMPLES["quay-app-token"]),
    (QUAY, "$oauthtoken", MIXED),
    (QUAY, "$token", MIXED),
    (QUAY, EMAIL, PASSWORD),
    (QUAY, "octo+robot", jwt({"exp": END})),
    (QUAY, "app", PASSWORD),
    (GITLAB, "octocat", EXAMPLES["gitlab-access-token"]),
    (GITLAB, "gitlab+deploy-token-7", EXAMPLES["gitlab-deploy-token"]),
    (GITLAB, EMAIL, PASSWORD),
    ("gitlab.example.com", "octocat", "corp-Xy7Kd2mQzX9vTnWb5Yc0"),
    (REDHAT, "11009103|octo-puller", jwt({"exp": END})),
    (REDHAT, EMAIL, PASSWORD),
    (DIGITALOCEAN, EMAIL, EXAMPLES["digitalocean-token"]),
    (DIGITALOCEAN, EXAMPLES["digitalocean-token"], EXAMPLES["digitalocean-token"]),
    (DIGITALOCEAN, "octo", jwt({"exp": END})),
    (OCIR, "axaxnpcrorw5/mona", "K:2>x(Zq;9vT]nWb5Yc0"),
    (OCIR, f"axaxnpcrorw5/oracleidentitycloudservice/{EMAIL}", "K:2>x(Zq;9vT]nWb5Yc0"),
    (OCIR, "BEARER_TOKEN", jwt({"exp": END})),
    (ICR, "iamapikey", "Xy7Kd2mQzX9vTnWb5Yc0HsJf3GpQa6Ee1Ru4UiOoXy7K"),
    (ICR, "iambearer", jwt({"exp": END})),
    (ICR, "iamrefresh", MIXED),
    ("cp.icr.io", "cp", jwt({"iss": "IBM Marketplace"})),
    (ALIBABA, "mona@1234567890", PASSWORD),
    (ALIBABA, "mona", PASSWORD),
    (SCALEWAY, "nologin", UUID),
    (SCALEWAY, "octo", UUID),
    (JFROG, EMAIL, EXAMPLES["jfrog-reference-token"]),
    (JFROG, EMAIL, EXAMPLES["jfrog-api-key"]),
    (JFROG, "octocat", jwt({"exp": END})),
    (OWN, EMAIL, PASSWORD),
)


@pytest.mark.parametrize(("host", "user", "password"), GOOD)
def test_a_good_pair_is_passed_without_a_word(host: str, user: str, password: str) -> None:
    assert judged(host, user, password) == ()


@pytest.mark.parametrize("vendor", ["artifactory", "harbor", "nexus", "other"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_registry_whose_users_choose_their_passwords_takes_any(vendor: str, kind: str) -> None:
    for user in ("octocat", "robot$ci+puller", "admin", EMAIL, "AWS", "_json_key"):
        assert troubles(BY_ID[vendor], values_of(OWN, user, KINDS[kind])) == ()


LETTERS_AND_DIGITS = string.ascii_letters + string.digits
LOGIN = st.from_regex(r"[a-z][a-z0-9]{3,15}(-[a-z0-9]{2,6})?", fullmatch=True)
# A password that its owner chose begins with no vendor's prefix.
CHOSEN = st.text(LETTERS_AND_DIGITS + "!#%&()*+,-./:;=?@_~", min_size=12, max_size=40).map(
    lambda text: f"Qu4rtz-{text}"
)


def mixed(
    prefix: str, size: int, alphabet: str = LETTERS_AND_DIGITS, suffix: str = ""
) -> st.SearchStrategy[str]:
    """Tokens as a generator makes them."""
    return st.text(alphabet, min_size=size, max_size=size).map(lambda text: prefix + text + suffix)


UPPER = string.ascii_uppercase + string.digits
LABEL = st.from_regex(r"[a-z0-9]{5,12}(-[a-z0-9]{6})?", fullmatch=True)
PAIRS: dict[str, st.SearchStrategy[tuple[str, str, str]]] = {
    "Docker Hub": st.tuples(
        st.sampled_from(["docker.io", "https://index.docker.io/v1/"]),
        LOGIN,
        st.one_of(CHOSEN, mixed("dckr_pat_", 27), mixed("dckr_oat_", 32), st.uuids().map(str)),
    ),
    "GHCR": st.tuples(
        st.sampled_from([GHCR, "containers.octo.ghe.com", "containers.github.example.com"]),
        LOGIN,
        st.one_of(mixed("ghp_", 36), mixed("gho_", 36), mixed("", 40, "0123456789abcdef")),
    ),
    "ACR": st.tuples(
        LABEL.map(lambda label: f"{label}.azurecr.io"),
        st.one_of(LOGIN, st.uuids().map(str)),
        st.one_of(CHOSEN, mixed("", 42, suffix="+ACRDx2Kf9"), mixed("abC8Q~", 34), mixed("", 32)),
    ),
    "ECR": st.tuples(st.just(ECR), mixed("AKIA", 16, UPPER), mixed("", 40, LETTERS_AND_DIGITS + "/+")),
    "Google": st.tuples(
        st.just(GAR),
        st.just("_json_key"),
        mixed("", 40, "0123456789abcdef").map(
            lambda number: GOOGLE_KEY.replace("4f9d0b7c2e6a81530c9e7d4ab26f815379d0c4e1", number)
        ),
    ),
    "Quay": st.tuples(st.just(QUAY), LOGIN.map(lambda name: f"octo+{name}"), mixed("", 64, UPPER)),
    "GitLab": st.tuples(
        st.sampled_from([GITLAB, "registry.gitlab.example.com", "gitlab.example.com:5050"]),
        LOGIN,
        st.one_of(
            CHOSEN, mixed("glpat-", 20), mixed("gldt-", 20), mixed("glpat-", 30, suffix=".01.0w1abc2de")
        ),
    ),
    "Red Hat": st.tuples(
        st.just(REDHAT),
        LOGIN.map(lambda name: f"11009103|{name}"),
        mixed("eyJhbGciOiJSUzUxMiJ9.eyJzdWIiOiJh", 60),
    ),
    "DigitalOcean": st.tuples(
        st.just(DIGITALOCEAN), st.just(EMAIL), mixed("dop_v1_", 64, "0123456789abcdef")
    ),
    "Oracle": st.tuples(st.just(OCIR), LOGIN.map(lambda name: f"axaxnpcrorw5/{name}"), CHOSEN),
    "IBM": st.tuples(st.just(ICR), st.just("iamapikey"), mixed("", 44, LETTERS_AND_DIGITS + "-_")),
    "Alibaba": st.tuples(st.just(ALIBABA), LOGIN.map(lambda name: f"{name}@1234567890"), CHOSEN),
    "Scaleway": st.tuples(st.just(SCALEWAY), st.just("nologin"), st.uuids().map(str)),
    "Artifactory": st.tuples(
        st.just(JFROG), st.just(EMAIL), st.one_of(CHOSEN, mixed("cmVmd", 59), mixed("AKCp", 69))
    ),
    "any registry": st.tuples(
        st.just(OWN),
        st.one_of(LOGIN, LOGIN.map(lambda name: f"robot$ci+{name}")),
        st.one_of(CHOSEN, mixed("", 32), mixed("ghp_", 36), mixed("", 64, UPPER), st.uuids().map(str)),
    ),
}


@pytest.mark.parametrize("registry", PAIRS)
def test_no_good_pair_raises_a_false_alarm(registry: str) -> None:
    @given(PAIRS[registry])
    @settings(max_examples=25, deadline=None, derandomize=True)
    def none_is_raised(pair: tuple[str, str, str]) -> None:
        server, user, password = pair
        result = only_set(diagnose(a_set(server, user, password, "TEAM")))
        loud = [finding for finding in result.findings if finding.severity != "info"]
        # What looks like the text of an example may be asked about: a generator hardly ever makes it.
        assert [finding.cause for finding in loud if finding.cause != "value-placeholder"] == []

    none_is_raised()


# Kinds of credential

TAKEN: dict[str, set[str]] = {
    HUB: {"docker-access-token", "docker-organization-token"},
    GHCR: {
        "github-classic-token",
        "github-oauth-token",
        "github-app-user-token",
        "github-installation-token",
    },
    LEGACY: {
        "github-classic-token",
        "github-oauth-token",
        "github-app-user-token",
        "github-installation-token",
    },
    ACR: {"acr-identity-token", "acr-password", "azure-client-secret"},
    ECR: {"ecr-token"},
    ECR_PUBLIC: {"ecr-token"},
    GCR: {"google-json-key", "google-json-key-base64", "google-access-token"},
    GAR: {"google-json-key", "google-json-key-base64", "google-access-token"},
    QUAY: {"jwt"},
    GITLAB: {"gitlab-access-token", "gitlab-deploy-token", "gitlab-job-token", "jwt"},
    REDHAT: {"jwt"},
    DIGITALOCEAN: {"digitalocean-token", "jwt"},
    OCIR: {"jwt"},
    ICR: {"jwt"},
    ALIBABA: set(),
    SCALEWAY: set(),
}
"""The kinds with a form of their own that each registry takes; what has none may be a password anywhere."""


@pytest.mark.parametrize("host", TAKEN)
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_that_a_registry_never_takes_is_an_error(host: str, kind: str) -> None:
    if kind in TAKEN[host] or not is_form(kind):
        assert takes(recognise(host), kind)
        return
    (trouble,) = judged(host, "octocat", KINDS[kind])
    assert short((trouble,)) == [("token-kind-unsupported", "password", "replace", None, "error")]
    assert dict(trouble.facts)["kind"].startswith(("a ", "an ", "the "))


@pytest.mark.parametrize("host", [*(host for host in TAKEN if host not in (ECR, ECR_PUBLIC)), OWN, JFROG])
@pytest.mark.parametrize("key", [AWS_KEY_ID, AWS_TEMPORARY_ID])
def test_the_secret_of_a_key_of_aws_is_nobody_elses_password(host: str, key: str) -> None:
    assert short(judged(host, key, AWS_SECRET)) == [
        ("token-kind-unsupported", "password", "replace", None, "error")
    ]


@pytest.mark.parametrize("host", [HUB, GHCR, ACR, GITLAB, ICR, ALIBABA, SCALEWAY, REDHAT, OWN])
@pytest.mark.parametrize("password", [ROBOT_TOKEN, EXAMPLES["quay-app-token"], "A" * 64, "7" * 120])
def test_a_password_that_only_resembles_a_token_is_not_refused(host: str, password: str) -> None:
    user = {ICR: "iamapikey"}.get(host, "octocat")
    assert judged(host, user, password) == ()


@pytest.mark.parametrize(
    "password",
    ["ghp_short", "xghp_" + MIXED, "dckr_pat_", "ya29", "eyJhbGciOiJub25lIn0", "{not json", "AIza", "glpat"],
)
def test_the_beginning_of_a_token_makes_no_token(password: str) -> None:
    for host in (HUB, GHCR, ACR, GITLAB, OWN):
        assert judged(host, "octocat", password) == ()


# Users that go with a kind


@pytest.mark.parametrize(
    ("host", "user", "password", "right"),
    [
        (ACR, "mycompany", acr_token(ACR), IDENTITY_USER),
        (ACR, UUID, acr_token(ACR), IDENTITY_USER),
        (ACR, EMAIL, acr_token(ACR), IDENTITY_USER),
        (ECR, AWS_KEY_ID, ecr_token(), "AWS"),
        (ECR, "aws", ecr_token(), "AWS"),
        (ECR, "octocat", ecr_token(), "AWS"),
        (ECR_PUBLIC, "aws", ecr_token(), "AWS"),
        (ECR, "Aws", PASSWORD, "AWS"),
        (GCR, "octocat", GOOGLE_KEY, "_json_key"),
        (GCR, "_json_key_base64", GOOGLE_KEY, "_json_key"),
        (GAR, "oauth2accesstoken", GOOGLE_KEY, "_json_key"),
        (GAR, "_JSON_KEY", GOOGLE_KEY, "_json_key"),
        (GAR, "puller@octo.iam.gserviceaccount.com", GOOGLE_KEY, "_json_key"),
        (GAR, "octocat", GOOGLE_KEY[:400], "_json_key"),
        (GAR, "_json_key", in_base64(GOOGLE_KEY), "_json_key_base64"),
        (GAR, "octocat", in_base64(GOOGLE_KEY), "_json_key_base64"),
        (GAR, "_json_key", GOOGLE_TOKEN, "oauth2accesstoken"),
        (GCR, "octocat", GOOGLE_TOKEN, "oauth2accesstoken"),
    ],
)
def test_a_credential_that_goes_with_one_user_sets_that_user(
    host: str, user: str, password: str, right: str
) -> None:
    (trouble,) = judged(host, user, password)
    assert short((trouble,)) == [("user-wrong-form", "user", "set", right, "error")]
    assert dict(trouble.facts)["right_user"] == right


@pytest.mark.parametrize("user", ["_token", "oauth2accesstoken", "_dcgcr_2_1_22_token"])
def test_each_user_that_google_has_for_a_token_is_taken(user: str) -> None:
    assert short(judged(GAR, user, GOOGLE_TOKEN)) == [
        ("credential-expires-soon", "password", "replace", None, "warning")
    ]


@pytest.mark.parametrize(
    ("host", "user", "password", "severity", "words"),
    [
        (HUB, EMAIL, PASSWORD, "warning", "an e-mail address"),
        (HUB, EMAIL, DOCKER_TOKEN, "warning", "an e-mail address"),
        (GHCR, EMAIL, CLASSIC, "warning", "an e-mail address"),
        (LEGACY, EMAIL, CLASSIC, "warning", "an e-mail address"),
        (ACR, EMAIL, PASSWORD, "warning", "an e-mail address"),
        (ACR, IDENTITY_USER, PASSWORD, "error", "the user name for an identity token"),
        (ACR, IDENTITY_USER, ACR_PASSWORD, "error", "the user name for an identity token"),
        (ACR, IDENTITY_USER, CLIENT_SECRET, "error", "the user name for an identity token"),
        (ECR, "AWS", AWS_SECRET, "error", "the length of a secret access key"),
        (ECR, "octocat", PASSWORD, "error", "neither the id of an access key nor the word AWS"),
        (ECR, "octocat", AWS_SECRET, "error", "neither the id of an access key nor the word AWS"),
        (ECR, AWS_KEY_ID.lower(), AWS_SECRET, "error", "neither the id of an access key nor the word AWS"),
        (ECR, "octocat", ROBOT_TOKEN, "error", "neither the id of an access key nor the word AWS"),
        (GCR, "octocat", PASSWORD, "error", "neither _json_key nor"),
        (GAR, EMAIL, PASSWORD, "error", "neither _json_key nor"),
        (GAR, "octocat", ROBOT_TOKEN, "error", "neither _json_key nor"),
        (OCIR, "mona", PASSWORD, "warning", "without the tenancy's namespace"),
        (OCIR, EMAIL, PASSWORD, "warning", "without the tenancy's namespace"),
        (ICR, "mona", MIXED, "warning", "other than iamapikey"),
        (ICR, "IAMAPIKEY", MIXED, "warning", "other than iamapikey"),
        (ICR, EMAIL, MIXED, "warning", "other than iamapikey"),
        (ALIBABA, "LTAI5tQ7Zr2LmX7vKd0TnW", PASSWORD, "warning", "the id of an AccessKey"),
    ],
)
def test_a_user_that_does_not_fit_is_told(
    host: str, user: str, password: str, severity: str, words: str
) -> None:
    (trouble,) = judged(host, user, password)
    assert short((trouble,)) == [("user-wrong-form", "user", "replace", None, severity)]
    assert words in dict(trouble.facts)["problem"]


def test_a_dollar_sign_that_a_shell_took_away_is_put_back() -> None:
    assert short(judged(QUAY, "oauthtoken", MIXED)) == [
        ("user-wrong-form", "user", "set", "$oauthtoken", "warning")
    ]


@pytest.mark.parametrize(
    ("host", "user", "password", "expected"),
    [
        (ECR, AWS_TEMPORARY_ID, AWS_SECRET, ("aws-session-token", "user", "replace", None, "error")),
        (ECR_PUBLIC, AWS_TEMPORARY_ID, AWS_SECRET, ("aws-session-token", "user", "replace", None, "error")),
        (ECR, AWS_SECRET, AWS_KEY_ID, ("user-password-swapped", "user", "swap", None, "error")),
        (ECR, "AWS", AWS_KEY_ID, ("token-kind-unsupported", "password", "replace", None, "error")),
        (ECR, "octocat", AWS_TEMPORARY_ID, ("token-kind-unsupported", "password", "replace", None, "error")),
        (
            SCALEWAY,
            "nologin",
            "SCWXY7KD2MQZX9VTNWB5",
            ("token-kind-unsupported", "password", "replace", None, "error"),
        ),
        (
            "other.azurecr.io",
            IDENTITY_USER,
            acr_token(ACR),
            ("azure-token-error", "password", "replace", None, "error"),
        ),
        (GAR, "_json_key", PASSWORD, ("gcp-bad-json-key", "password", "replace", None, "error")),
        (GAR, "_json_key", GOOGLE_KEY[:-3], ("gcp-bad-json-key", "password", "replace", None, "error")),
        (
            GCR,
            "_json_key_base64",
            in_base64(in_base64(GOOGLE_KEY)),
            ("gcp-bad-json-key", "password", "replace", None, "error"),
        ),
    ],
)
def test_other_faults_are_told_by_their_form(
    host: str, user: str, password: str, expected: tuple[str, str, str, None, str]
) -> None:
    assert short(judged(host, user, password)) == [expected]


def test_the_id_of_a_temporary_key_is_named_for_it_is_no_secret() -> None:
    (trouble,) = judged(ECR, AWS_TEMPORARY_ID, AWS_SECRET)
    assert dict(trouble.facts) == {"key_id": AWS_TEMPORARY_ID}


def test_a_token_of_azure_says_itself_for_which_registry_it_is() -> None:
    (trouble,) = judged("other.azurecr.io", IDENTITY_USER, acr_token(ACR))
    assert trouble.evidence == (f"the token itself says that it is for {ACR}",)


@pytest.mark.parametrize("audience", [None, 7, True, [ACR], {"a": 1}])
def test_a_token_of_azure_with_a_strange_audience_is_left_to_the_registry(audience: object) -> None:
    assert judged(ACR, IDENTITY_USER, acr_token(aud=audience)) == ()


# Lifetimes


@pytest.mark.parametrize(
    ("host", "user", "password", "when"),
    [
        (GHCR, "octocat", EXAMPLES["github-app-user-token"], "with the codespace or within eight hours"),
        (GHCR, "octocat", EXAMPLES["github-installation-token"], "within an hour"),
        (LEGACY, "octocat", EXAMPLES["github-installation-token"], "within an hour"),
        (GCR, "oauth2accesstoken", GOOGLE_TOKEN, "within an hour of its creation"),
        (GITLAB, "gitlab-ci-token", EXAMPLES["gitlab-job-token"], "with the job that it was made for"),
        (ICR, "iambearer", MIXED, "within an hour of its creation"),
        (OCIR, "BEARER_TOKEN", MIXED, "within an hour of its creation"),
        (ALIBABA, "cr_temp_user", PASSWORD, "within an hour of its creation"),
    ],
)
def test_what_ends_soon_by_its_nature_is_a_warning_and_a_remark_in_a_workflow(
    host: str, user: str, password: str, when: str
) -> None:
    (trouble,) = judged(host, user, password)
    assert short((trouble,)) == [("credential-expires-soon", "password", "replace", None, "warning")]
    assert dict(trouble.facts)["when"].endswith(when)
    (remark,) = judged(host, user, password, in_workflow=True)
    assert severity_of(remark) == "info"


@pytest.mark.parametrize(
    ("host", "user"), [(ICR, "iambearer"), (OCIR, "BEARER_TOKEN"), (REDHAT, "1|x"), (QUAY, "octo+robot")]
)
def test_a_token_that_says_when_it_ends_is_left_to_its_own_words(host: str, user: str) -> None:
    assert judged(host, user, jwt({"exp": END})) == ()


def test_a_codespaces_own_token_is_told_once_and_asks_for_nothing() -> None:
    for token in (EXAMPLES["github-app-user-token"], EXAMPLES["github-installation-token"], MIXED):
        (trouble,) = judged(GHCR, "octocat", token, own_token=True)
        assert short((trouble,)) == [("credential-expires-soon", "password", None, None, "warning")]
        assert "without any set" in trouble.evidence[0]


def test_a_workflows_own_token_ends_after_the_workflow() -> None:
    token = EXAMPLES["github-installation-token"]
    (trouble,) = judged(GHCR, "octocat", token, own_token=True, in_workflow=True)
    assert severity_of(trouble) == "info"


def test_two_faults_of_one_pair_are_both_told() -> None:
    found = judged(GHCR, EMAIL, EXAMPLES["github-app-user-token"])
    assert [trouble.cause for trouble in found] == ["user-wrong-form", "credential-expires-soon"]


@given(user=st.text(max_size=30), password=st.text(max_size=60), host=st.sampled_from([*TAKEN, OWN, JFROG]))
@settings(max_examples=150, deadline=None)
def test_no_pair_breaks_the_judgement(host: str, user: str, password: str) -> None:
    judged(host, user, password)


# Hosts of AWS


@pytest.mark.parametrize(
    ("host", "mend", "right", "account"),
    [
        (
            "1234-5678-9012.dkr.ecr.eu-west-1.amazonaws.com",
            "set",
            "123456789012.dkr.ecr.eu-west-1.amazonaws.com",
            "1234-5678-9012",
        ),
        ("none.dkr.ecr.eu-west-1.amazonaws.com", "replace", None, "none"),
        ("12345678901.dkr.ecr.eu-west-1.amazonaws.com", "replace", None, "12345678901"),
        ("dkr.ecr.eu-west-1.amazonaws.com", "replace", None, "no account"),
        ("api.ecr.eu-west-1.amazonaws.com", "replace", None, "no account"),
        ("ecr.eu-west-1.api.aws", "replace", None, "no account"),
    ],
)
def test_a_host_of_aws_without_a_proper_account_is_an_error(
    host: str, mend: str, right: str | None, account: str
) -> None:
    trouble = recognise(host).judge_host(host)
    assert trouble is not None
    assert_sayable(trouble, PASSWORD)
    assert short((trouble,)) == [("aws-wrong-region", "server", mend, right, "error")]
    assert dict(trouble.facts) == {"account": account}
    assert "an account has 12 digits" in trouble.evidence[0]


@pytest.mark.parametrize("host", [*TAKEN, OWN, JFROG])
def test_a_proper_host_is_judged_without_a_word(host: str) -> None:
    assert recognise(host).judge_host(host) is None


def test_a_region_that_nobody_knows_is_the_likely_fault_of_a_host_without_an_address() -> None:
    host = "123456789012.dkr.ecr.eu-wets-1.amazonaws.com"
    trouble = recognise(host).absent(host)
    assert trouble is not None
    assert_sayable(trouble, PASSWORD)
    assert short((trouble,)) == [("aws-wrong-region", "server", "replace", None, "error")]
    assert dict(trouble.facts) == {"region": "eu-wets-1"}
    assert {"dns-not-found", "dns-failure"} == {*trouble.also_possible}


@pytest.mark.parametrize("host", [*TAKEN, OWN, "none.dkr.ecr.eu-west-1.amazonaws.com"])
def test_any_other_host_without_an_address_is_a_missing_name(host: str) -> None:
    assert recognise(host).absent(host) is None


# After a refusal

REFUSED = Refusal("bad-credentials", "unauthorized: authentication required")


def reread(
    vendor: str, refusal: Refusal, host: str, user: str, password: str, **more: object
) -> tuple[Refusal, Trouble | None]:
    """A refusal in the light of a registry's rules; what comes of it can be put into words."""
    told, trouble = BY_ID[vendor].reread(refusal, values_of(host, user, password, **more))
    assert {told.cause, *told.also_possible} <= {*CAUSES}
    assert told.cause not in told.also_possible
    if trouble is not None:
        assert_sayable(trouble, password)
        assert severity_of(trouble) == "error"
    return told, trouble


@pytest.mark.parametrize(
    ("vendor", "host", "user", "password", "also"),
    [
        ("dockerhub", HUB, "octocat", PASSWORD, ("token-kind-unsupported",)),
        ("dockerhub", HUB, "octocat", DOCKER_TOKEN, ("token-expired", "token-revoked")),
        ("dockerhub", HUB, "octo", EXAMPLES["docker-organization-token"], ("token-expired", "token-revoked")),
        ("acr", ACR, "mycompany", ACR_PASSWORD, ("admin-user-disabled",)),
        ("acr", "mycompany-a1b2.azurecr.io", "MyCompany", PASSWORD, ("admin-user-disabled",)),
        ("acr", ACR, UUID, CLIENT_SECRET, ("token-expired",)),
        ("acr", ACR, "pull-token", ACR_PASSWORD, ()),
        ("acr", ACR, IDENTITY_USER, acr_token(ACR), ()),
        ("ecr", ECR, "AWS", ecr_token(), ("aws-wrong-region",)),
        ("ecr", ECR, AWS_KEY_ID, AWS_SECRET, ()),
        ("gar", GAR, "_json_key", GOOGLE_KEY, ("token-revoked",)),
        ("gcr", GCR, "_json_key_base64", in_base64(GOOGLE_KEY), ("token-revoked",)),
        ("harbor", OWN, "robot$ci+puller", PASSWORD, ("token-expired",)),
        ("harbor", OWN, "mona", PASSWORD, ()),
        ("quay", QUAY, "octo+robot", ROBOT_TOKEN, ()),
        ("gitlab", GITLAB, "octocat", PASSWORD, ()),
        ("icr", ICR, "iamapikey", MIXED, ()),
        ("ocir", OCIR, "axaxnpcrorw5/mona", PASSWORD, ()),
        ("ghcr", GHCR, "octocat", CLASSIC, ()),
        ("other", OWN, "octocat", PASSWORD, ()),
    ],
)
def test_a_refusal_leaves_open_what_a_registry_does_not_say(
    vendor: str, host: str, user: str, password: str, also: tuple[str, ...]
) -> None:
    assert reread(vendor, REFUSED, host, user, password) == (REFUSED.but(also_possible=also), None)


@pytest.mark.parametrize(
    ("vendor", "host", "user", "password", "expected", "also"),
    [
        ("dockerhub", HUB, EMAIL, PASSWORD, ("user-wrong-form", "user", "replace", None), "bad-credentials"),
        (
            "dockerhub",
            HUB,
            EMAIL,
            DOCKER_TOKEN,
            ("user-wrong-form", "user", "replace", None),
            "bad-credentials",
        ),
        ("acr", ACR, UUID, UUID, ("token-kind-unsupported", "password", "replace", None), "token-expired"),
        (
            "acr",
            ACR,
            UUID,
            UUID.upper(),
            ("token-kind-unsupported", "password", "replace", None),
            "bad-credentials",
        ),
        (
            "gar",
            GAR,
            "oauth2accesstoken",
            GOOGLE_TOKEN,
            ("token-expired", "password", "replace", None),
            "bad-credentials",
        ),
        ("quay", QUAY, "app", MIXED, ("user-wrong-form", "user", "set", "$app"), "bad-credentials"),
        ("quay", QUAY, "token", MIXED, ("user-wrong-form", "user", "set", "$token"), "bad-credentials"),
        (
            "quay",
            QUAY,
            "oauthtoken",
            MIXED,
            ("user-wrong-form", "user", "set", "$oauthtoken"),
            "bad-credentials",
        ),
        ("harbor", OWN, "robot", PASSWORD, ("user-wrong-form", "user", "replace", None), "bad-credentials"),
        (
            "harbor",
            OWN,
            "robot+puller",
            PASSWORD,
            ("user-wrong-form", "user", "replace", None),
            "token-expired",
        ),
        ("icr", ICR, "mona", MIXED, ("user-wrong-form", "user", "set", "iamapikey"), "bad-credentials"),
        ("icr", ICR, EMAIL, MIXED, ("user-wrong-form", "user", "set", "iamapikey"), "bad-credentials"),
        ("ocir", OCIR, "mona", PASSWORD, ("user-wrong-form", "user", "replace", None), "bad-credentials"),
    ],
)
def test_a_refusal_makes_a_suspicion_the_verdict(
    vendor: str,
    host: str,
    user: str,
    password: str,
    expected: tuple[str, str, str | None, str | None],
    also: str,
) -> None:
    _, trouble = reread(vendor, REFUSED, host, user, password)
    assert trouble is not None
    assert (trouble.cause, trouble.part, trouble.mend, trouble.right) == expected
    assert also in trouble.also_possible


def test_an_admin_user_that_is_not_known_is_switched_off() -> None:
    words = "unauthorized: aad access token with sp failed client id must be guid"
    refusal = Refusal("azure-token-error", words)
    _, trouble = reread("acr", refusal, ACR, "MyCompany", ACR_PASSWORD)
    assert trouble is not None
    assert (trouble.cause, trouble.mend) == ("admin-user-disabled", None)
    assert reread("acr", refusal, ACR, "pull-token", ACR_PASSWORD) == (refusal, None)
    other = refusal.but(words="AADSTS700016: Application not found in the directory")
    assert reread("acr", other, ACR, "mycompany", ACR_PASSWORD) == (other, None)


def test_a_whole_client_secret_that_azure_calls_invalid_has_most_likely_expired() -> None:
    refusal = Refusal("bad-credentials", "unauthorized: Invalid clientid or client secret.")
    _, trouble = reread("acr", refusal, ACR, UUID, CLIENT_SECRET)
    assert trouble is not None
    assert trouble.cause == "token-expired"
    assert {*trouble.also_possible} == {"bad-credentials", "token-revoked"}
    # One that is not whole may just be mistyped.
    assert reread("acr", refusal, ACR, UUID, CLIENT_SECRET[:-9])[1] is None


def test_a_key_of_another_account_than_the_servers_is_told_with_both() -> None:
    _, trouble = reread("ecr", REFUSED, ECR, AWS_KEY_ID, AWS_SECRET, account="210987654321")
    assert trouble is not None
    assert (trouble.cause, trouble.part) == ("aws-wrong-region", "server")
    assert "account 210987654321" in trouble.evidence[0]
    assert "account 123456789012" in trouble.evidence[0]
    assert reread("ecr", REFUSED, ECR, AWS_KEY_ID, AWS_SECRET, account="123456789012") == (REFUSED, None)


@pytest.mark.parametrize(
    ("vendor", "host", "user", "password"),
    [
        ("dockerhub", HUB, "octocat", PASSWORD),
        ("dockerhub", HUB, "octocat", DOCKER_TOKEN),
        ("dockerhub", HUB, EMAIL, PASSWORD),
        ("acr", ACR, "mycompany", ACR_PASSWORD),
        ("acr", ACR, UUID, CLIENT_SECRET),
        ("acr", ACR, UUID, UUID),
        ("ecr", ECR, "AWS", ecr_token()),
        ("gar", GAR, "_json_key", GOOGLE_KEY),
        ("gar", GAR, "oauth2accesstoken", GOOGLE_TOKEN),
        ("quay", QUAY, "app", MIXED),
        ("harbor", OWN, "robot$ci+puller", PASSWORD),
        ("harbor", OWN, "robot", PASSWORD),
        ("icr", ICR, "mona", MIXED),
        ("ocir", OCIR, "mona", PASSWORD),
    ],
)
def test_what_is_possible_already_is_not_said_twice(vendor: str, host: str, user: str, password: str) -> None:
    words = ("token-expired", "token-revoked", "token-kind-unsupported", "admin-user-disabled")
    refusal = REFUSED.but(also_possible=(*words, "aws-wrong-region"))
    (found,) = discover(secrets(a_set(host, user, password))).sets
    case = Case(found, None, OFFLINE, World(OFFLINE, {}, Redactor([Secret(password)])), Deadline.after(5))
    case.registry = BY_ID[vendor]
    finding = answers.reread(case, refusal, (), {})
    assert [finding.cause, *finding.also_possible] == [
        *dict.fromkeys((finding.cause, *finding.also_possible))
    ]


@pytest.mark.parametrize("kind", ["gitlab-access-token", "gitlab-deploy-token", "gitlab-job-token"])
def test_gitlabs_advice_to_take_a_token_means_less_where_there_is_one(kind: str) -> None:
    refusal = Refusal("token-kind-unsupported", "HTTP Basic: Access denied. … use a personal access token")
    told, trouble = reread("gitlab", refusal, GITLAB, "octocat", EXAMPLES[kind])
    assert trouble is None
    assert told.cause == "bad-credentials"
    assert {*told.also_possible} == {"token-expired", "missing-scope"}
    assert reread("gitlab", refusal, GITLAB, "octocat", PASSWORD) == (refusal, None)


@pytest.mark.parametrize(
    "cause", ["account-locked", "rate-limited", "registry-unavailable", "firewall-denied", "not-a-registry"]
)
@pytest.mark.parametrize("registry", registries(), ids=lambda registry: registry.id)
def test_a_refusal_for_another_reason_stays_what_it_is(registry: Registry, cause: str) -> None:
    refusal = Refusal(cause, "no")
    for user, password in (
        (EMAIL, PASSWORD),
        (UUID, UUID),
        ("robot", PASSWORD),
        ("oauth2accesstoken", GOOGLE_TOKEN),
    ):
        assert registry.reread(refusal, values_of(OWN, user, password)) == (refusal, None)


@given(user=st.text(max_size=30), password=st.text(max_size=60), words=st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_no_refusal_breaks_the_rules(user: str, password: str, words: str) -> None:
    for registry in registries():
        for cause in ("bad-credentials", "azure-token-error", "token-kind-unsupported"):
            reread(registry.id, Refusal(cause, words), ECR, user, password)


# Small words


@pytest.mark.parametrize("user", [EMAIL, "a@b.c", "mona+x@sub.example.co.uk", "a@..c", "a@b..c"])
def test_an_email_address_is_known(user: str) -> None:
    assert is_email(user)


@pytest.mark.parametrize(
    "user",
    ["", "mona", "mona@1234567890", "@example.com", "mona@", "a b@c.d", "a@b@c.d", "a@.c", "a@b.", "a@b.c "],
)
def test_other_names_are_no_email_addresses(user: str) -> None:
    assert not is_email(user)


def test_a_guid_is_known_in_either_case() -> None:
    assert is_guid(UUID)
    assert is_guid(UUID.upper())
    assert not is_guid(UUID[:-1])
    assert not is_guid(f"{{{UUID}}}")
    assert not is_guid(UUID.replace("-", ""))


def test_a_plain_registry_has_no_rules() -> None:
    assert PLAIN.judge(values_of(OWN, EMAIL, PASSWORD)) == ()
    assert PLAIN.judge_host(OWN) is None
    assert FINE_GRAINED not in PLAIN.takes
