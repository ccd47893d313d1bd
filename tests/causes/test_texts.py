"""The words of every cause, with and without facts."""

from __future__ import annotations

import re

import pytest

from regdoctor.causes import CAUSES, codespaces, families, images, network, packages
from regdoctor.causes.cause import STAND_INS, Cause, facts_in, finding
from regdoctor.causes.steps import RESTART
from regdoctor.model import SEVERITIES

IDS = {
    "Names": [
        "set-incomplete",
        "name-near-miss",
        "name-no-identifier",
        "name-not-allowed",
        "set-duplicate-server",
    ],
    "Values": [
        "value-empty",
        "value-whitespace",
        "value-quoted",
        "value-placeholder",
        "value-unprintable",
        "server-has-scheme",
        "server-has-path",
        "server-alias",
        "server-invalid",
        "server-has-credentials",
        "user-wrong-form",
        "user-password-swapped",
        "token-kind-unsupported",
        "registry-retired",
        "ecr-name-unusual",
    ],
    "Network": [
        "dns-not-found",
        "dns-failure",
        "tcp-refused",
        "tcp-timeout",
        "tcp-reset",
        "network-unreachable",
        "proxy-error",
        "proxy-auth-required",
        "tls-unknown-ca",
        "tls-expired",
        "tls-not-yet-valid",
        "tls-hostname-mismatch",
        "tls-plain-http",
        "tls-protocol",
        "tls-timeout",
        "tls-client-cert",
        "clock-skew",
        "redirect-blob-blocked",
        "timeout-overall",
        "registry-unavailable",
        "not-a-registry",
        "mtu-blackhole",
        "rate-limited",
        "realm-not-trusted",
    ],
    "Authentication": [
        "bad-credentials",
        "token-expired",
        "token-revoked",
        "missing-scope",
        "sso-not-authorized",
        "account-locked",
        "firewall-denied",
        "credential-not-tested",
        "credential-expires-soon",
        "no-credentials-sent",
        "wrong-server-name",
    ],
    "Cloud credentials": [
        "admin-user-disabled",
        "azure-token-error",
        "aws-invalid-access-key",
        "aws-signature-mismatch",
        "aws-session-token",
        "aws-expired-token",
        "aws-access-denied",
        "aws-wrong-region",
        "aws-no-credentials",
        "ecr-token-expired",
        "gcp-bad-json-key",
        "gcp-permission-denied",
        "gcp-api-disabled",
        "gcp-not-configured",
    ],
    "Images": [
        "pull-denied",
        "package-not-linked",
        "repository-not-found",
        "tag-not-found",
        "push-denied",
        "quota-exceeded",
        "image-platform-mismatch",
        "invalid-reference",
        "request-too-large",
        "disk-full",
    ],
    "Docker": [
        "docker-not-installed",
        "docker-not-running",
        "docker-permission-denied",
        "docker-api-mismatch",
        "client-library-incompatible",
        "not-a-tty",
    ],
    "Docker configuration": [
        "credential-helper-missing",
        "credential-helper-error",
        "config-json-invalid",
        "config-stale-credentials",
        "config-permission",
        "devcontainer-config-invalid",
        "image-name-unknown",
    ],
    "Codespaces": [
        "secret-not-visible",
        "secrets-not-injected",
        "secret-not-granted",
        "secret-shadowed",
        "set-mixed-levels",
        "codespace-restart-needed",
    ],
    "In regdoctor itself": [
        "internal-error",
        "package-missing",
        "unknown",
    ],
}

FACTS = {
    "id": "DOCKERHUB",
    "holder": "set DOCKERHUB",
    "selection": "--only DOCKERHUB",
    "variable": "DOCKERHUB_CONTAINER_REGISTRY_PASSWORD",
    "misnamed": "DOCKERHUB_CONTAINER_REGISTRY_USERNAME",
    "to": "DOCKERHUB_CONTAINER_REGISTRY_USER",
    "other": "HUB",
    "server_variable": "DOCKERHUB_CONTAINER_REGISTRY_SERVER",
    "user_variable": "DOCKERHUB_CONTAINER_REGISTRY_USER",
    "password_variable": "DOCKERHUB_CONTAINER_REGISTRY_PASSWORD",
    "server": "https://mycompany.azurecr.io/app",
    "user": "octocat",
    "right_server": "mycompany.azurecr.io",
    "host": "mycompany.azurecr.io",
    "address": "mycompany.azurecr.io",
    "port": "443",
    "registry": "Azure Container Registry",
    "credential": "personal access token (classic) with read:packages",
    "credential_page": "https://github.com/settings/tokens",
    "documentation": "https://docs.docker.com/security/access-tokens/",
    "problem": "a space at its end",
    "status": "HTTP 503",
    "seconds": "20",
    "when": "3 days ago",
    "proxy": "proxy.example.com:3128",
    "proxy_variable": "https_proxy",
    "realm": "http://auth.example.com",
    "words": "unauthorized: incorrect username or password",
    "right_user": "_json_key_base64",
    "kind": "a fine-grained GitHub token",
    "action": "ecr-public:GetAuthorizationToken",
    "region": "eu-central-1",
    "account": "123456789012",
    "key_id": "AKIAIOSFODNN7EXAMPLE",
    "owner": "hubot",
    "scopes": "repo, gist",
    "replacement": "europe-docker.pkg.dev",
    "repository": "octocat/app",
    "image": "mycompany.azurecr.io/octocat/app:1.0",
    "tag": "1.0",
    "platform": "linux/arm64",
    "helper": "docker-credential-desktop",
    "file": "/home/codespace/.docker/config.json",
    "line": "line 3",
}

VARIANTS: tuple[Cause, ...] = (
    *network.VARIANTS,
    *images.VARIANTS,
    *packages.VARIANTS,
    *codespaces.VARIANTS,
)
"""Causes in other words, for where more is known than that it is this cause."""

every_cause = pytest.mark.parametrize("cause", [*CAUSES.values(), *VARIANTS], ids=lambda cause: cause.id)
with_and_without_facts = pytest.mark.parametrize("facts", [{}, FACTS], ids=["stand-ins", "facts"])


def texts_of(cause: Cause) -> list[str]:
    parts = [part for step in cause.steps for part in (step.text, step.command, step.url)]
    return [cause.title, cause.explanation, *(part for part in parts if part is not None)]


def test_every_cause_exists_exactly_once() -> None:
    found = [cause.id for _, causes in families() for cause in causes]
    assert len(found) == len(set(found))
    assert {cause for ids in IDS.values() for cause in ids} <= set(found)


def test_a_variant_is_of_a_cause_and_says_something_else() -> None:
    said = [(cause.title, cause.explanation) for cause in (*CAUSES.values(), *VARIANTS)]
    assert len(said) == len(set(said))
    assert {variant.id for variant in VARIANTS} <= CAUSES.keys()
    assert all(variant.family == CAUSES[variant.id].family for variant in VARIANTS)


def test_every_cause_stands_under_its_heading_in_order() -> None:
    assert [heading for heading, _ in families()] == list(IDS)
    for heading, causes in families():
        assert [cause.id for cause in causes if cause.id in IDS[heading]] == IDS[heading]


def test_the_example_facts_are_those_that_texts_may_name() -> None:
    assert FACTS.keys() == STAND_INS.keys()


def test_every_family_has_a_heading_and_its_causes_carry_it() -> None:
    headings = [heading for heading, _ in families()]
    assert len(headings) == len(set(headings))
    assert all(cause.family == heading for heading, causes in families() for cause in causes)


def test_causes_of_the_cloud_follow_those_of_the_login() -> None:
    headings = [heading for heading, _ in families()]
    assert headings[headings.index("Authentication") + 1] == "Cloud credentials"


@pytest.mark.parametrize(
    ("cause", "facts", "said"),
    [
        # What a problem is, and the user that is right, where it is known.
        ("user-wrong-form", {"problem": "a colon"}, "_USER holds a colon. What"),
        (
            "user-wrong-form",
            {"problem": "a name in the wrong case", "right_user": "AWS", "registry": "AWS ECR Public"},
            "What AWS ECR Public takes with this credential is AWS.",
        ),
        ("user-wrong-form", {"right_user": "AWS"}, "Store AWS as <ID>_CONTAINER_REGISTRY_USER"),
        (
            "user-wrong-form",
            {},
            "What the registry takes with this credential is the user that belongs to it.",
        ),
        ("token-kind-unsupported", {}, "Wrong kind of password: a credential of another kind"),
        (
            "token-kind-unsupported",
            {"registry": "Docker Hub", "kind": "a GitHub token (classic)"},
            "Wrong kind of password: a GitHub token (classic)",
        ),
        ("registry-retired", {"replacement": "ghcr.io"}, "Images now belong in ghcr.io."),
        ("missing-scope", {"scopes": "repo, gist"}, "known to have: repo, gist."),
        # Times to come, times past, and those of which only the nature of a token tells.
        ("credential-expires-soon", {"when": "in 40 min"}, "This one expires in 40 min."),
        (
            "credential-expires-soon",
            {"when": "within an hour of its creation"},
            "This one expires within an hour of its creation.",
        ),
        ("token-expired", {"when": "3 h ago"}, "It expired 3 h ago, so"),
        ("ecr-token-expired", {"when": "3 h ago"}, "this one expired 3 h ago."),
        (
            "gcp-bad-json-key",
            {"problem": "a key file that lacks private_key"},
            "holds is a key file that lacks",
        ),
        (
            "aws-access-denied",
            {"action": "sts:GetServiceBearerToken"},
            "not allowed to do sts:GetServiceBearer",
        ),
        ("aws-access-denied", {}, "policy/AmazonEC2ContainerRegistryReadOnly"),
        ("aws-wrong-region", {"region": "eu-south-2"}, "eu-south-2 is switched off for the account"),
        ("aws-invalid-access-key", {}, "AWS does not know the access key, the id of"),
        ("admin-user-disabled", {}, "az acr update --name '<NAME>' --admin-enabled true"),
        # What an image is called, and what docker is told to do.
        ("pull-denied", {"repository": "octocat/app"}, "not allowed to pull octocat/app"),
        ("tag-not-found", {"repository": "octocat/app", "tag": "2.0"}, "No tag 2.0 in octocat/app"),
        ("tag-not-found", {}, "No tag <TAG> in the repository"),
        ("repository-not-found", {}, "No such repository at the registry"),
        ("image-platform-mismatch", {}, "The image is not built for this machine's platform"),
        ("image-platform-mismatch", {"image": "app:1"}, "docker buildx imagetools inspect 'app:1'"),
        ("credential-helper-missing", {"helper": "docker-credential-pass"}, "find docker-credential-pass"),
        ("config-json-invalid", {"file": "/root/.docker/config.json"}, "jq empty /root/.docker/config.json"),
        ("config-json-invalid", {"line": "line 7"}, "at or shortly before line 7."),
        (
            "config-stale-credentials",
            {"right_server": "https://index.docker.io/v1/"},
            'docker logout "https://index.docker.io/v1/"',
        ),
        ("gcp-api-disabled", {}, "gcloud services enable artifactregistry.googleapis.com"),
    ],
)
def test_facts_find_their_place(cause: str, facts: dict[str, str], said: str) -> None:
    told = finding(CAUSES[cause], facts)
    parts = [part or "" for step in told.remediation for part in (step.text, step.command)]
    assert said in "\n".join((told.title, told.explanation, *parts))


@every_cause
def test_a_value_for_the_reader_to_fill_in_is_quoted_for_the_shell(cause: Cause) -> None:
    # Without quotes the shell takes the angle brackets for files.
    for step in cause.steps:
        for before in re.findall(r"(.)<[A-Z_]+>", step.command or ""):
            assert before in "':"


@every_cause
def test_what_a_log_may_have_named_is_quoted_for_the_shell(cause: Cause) -> None:
    # Names of images come from outside as well; nothing in them may be run.
    for step in cause.steps:
        for before, after in re.findall(
            r"(.)\{(?:image|repository|tag|helper|line)\}(.?)", step.command or ""
        ):
            assert before == after == "'"


@every_cause
def test_texts_name_only_known_facts(cause: Cause) -> None:
    assert {fact for text in texts_of(cause) for fact in facts_in(text)} <= STAND_INS.keys()


@every_cause
def test_the_severity_is_one_of_the_three(cause: Cause) -> None:
    assert cause.severity in SEVERITIES


@every_cause
@with_and_without_facts
def test_a_title_is_one_short_line_without_a_full_stop(cause: Cause, facts: dict[str, str]) -> None:
    title = finding(cause, facts).title
    assert 0 < len(title) <= 75
    assert "\n" not in title
    assert not title.endswith(".")
    # The facts speak of "the registry" in lower case, so none of those may come first.
    assert title[0] == "<" or title[0].isupper()


@every_cause
def test_a_title_names_one_variable_at_most(cause: Cause) -> None:
    variables = {"variable", "misnamed", "to", "server_variable", "user_variable", "password_variable"}
    assert len(facts_in(cause.title) & variables) <= 1


@every_cause
@with_and_without_facts
def test_an_explanation_has_two_to_four_sentences(cause: Cause, facts: dict[str, str]) -> None:
    explanation = finding(cause, facts).explanation
    assert 2 <= len(re.findall(r"[.?!](?:\s|$)", explanation)) <= 4
    assert explanation.endswith(".")


@every_cause
def test_there_is_a_step_and_one_of_them_can_be_followed_at_once(cause: Cause) -> None:
    assert cause.steps
    assert any(step.command or step.url for step in cause.steps)


@every_cause
@with_and_without_facts
def test_steps_are_sentences(cause: Cause, facts: dict[str, str]) -> None:
    for step in finding(cause, facts).remediation:
        assert step.text[0].isupper()
        assert step.text.endswith(".")


@every_cause
def test_no_command_carries_a_password(cause: Cause) -> None:
    for step in cause.steps:
        for flag in ("-p ", "--password ", "password="):
            assert flag not in (step.command or "").lower()


@every_cause
def test_only_a_server_is_given_to_a_command_as_a_value(cause: Cause) -> None:
    # User names may hold $ and passwords are secrets: the command asks for those.
    for step in cause.steps:
        if "--body" in (step.command or ""):
            assert step.command == 'gh secret set {server_variable} --app codespaces --body "{right_server}"'


@every_cause
@with_and_without_facts
def test_every_url_is_https(cause: Cause, facts: dict[str, str]) -> None:
    urls = [step.url for step in finding(cause, facts).remediation if step.url is not None]
    assert all(re.fullmatch(r"https://[^\s{}]+", url) for url in urls)


@every_cause
def test_a_url_names_no_other_facts_than_the_pages_of_the_registry(cause: Cause) -> None:
    for step in cause.steps:
        assert facts_in(step.url or "") <= {"credential_page", "documentation"}


@every_cause
@with_and_without_facts
def test_every_text_fills_without_leaving_braces(cause: Cause, facts: dict[str, str]) -> None:
    said = finding(cause, facts)
    steps = [part for step in said.remediation for part in (step.text, step.command or "", step.url or "")]
    assert not any("{" in text or "}" in text for text in (said.title, said.explanation, *steps))


@every_cause
def test_a_changed_secret_is_followed_by_a_restart(cause: Cause) -> None:
    commands = [step.command or "" for step in cause.steps]
    if any(command.startswith("gh secret set") or "gh secret delete" in command for command in commands):
        assert cause.steps[-1] == RESTART


@every_cause
def test_texts_hold_no_stray_spaces(cause: Cause) -> None:
    for text in texts_of(cause):
        assert text == text.strip()
        assert "  " not in text
