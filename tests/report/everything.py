"""One report that holds every kind of thing, the same in every run."""

from __future__ import annotations

from regdoctor.causes.cause import Cause
from regdoctor.model import (
    Call,
    CheckResult,
    Credential,
    Docker,
    Environment,
    Finding,
    Fix,
    Image,
    ImageResult,
    Location,
    Report,
    SecretSet,
    SetResult,
    Step,
    Variable,
    variable_name,
)
from regdoctor.secret import Secret

HOSTILE = (
    "``` | <img src=x onerror=y> @octocat octo/app#12 [click](https://evil.example) ::add-mask::x ##[error]y"
)
"""Words of a registry that would like to be more than words."""


def a_set(name: str, server: str | None, user: str | None) -> SecretSet:
    """A set as it is shown; a part that is None is missing."""
    return SecretSet(
        name,
        None if server is None else Variable(variable_name(name, "server"), Secret(server)),
        None if user is None else Variable(variable_name(name, "user"), Secret(user)),
        Variable(variable_name(name, "password"), Secret("x" * 12)),
        shown_server=server,
        shown_user=user,
    )


REFUSED = Finding(
    "bad-credentials",
    "error",
    "User name or password refused by Azure Container Registry",
    "The registry mycompany.azurecr.io was reached, and it refused the login of acr-user.",
    evidence=(
        "mycompany.azurecr.io answered HTTP 401 Unauthorized",
        f"its words: {HOSTILE}",
        "::stop-commands::these words begin a line",
    ),
    also_possible=("token-expired", "token-revoked"),
    remediation=(
        Step(
            "Make a new password for the user acr-user.",
            "az acr token create --name 'acr-user'",
            "https://learn.microsoft.com/azure/container-registry/container-registry-authentication",
        ),
        Step("Store it as ACR_CONTAINER_REGISTRY_PASSWORD.", url="https://github.com/settings/codespaces"),
        Step("Stop this codespace and start it again."),
    ),
    fixes=(Fix("replace", "ACR_CONTAINER_REGISTRY_PASSWORD"),),
)
PATH = Finding(
    "server-has-path",
    "warning",
    "ACR_CONTAINER_REGISTRY_SERVER holds more than a host name",
    "A login is made to a whole registry, so /app is left out.",
    evidence=("the value is mycompany.azurecr.io/app",),
    remediation=(
        Step("Store the host alone.", "gh secret set ACR_CONTAINER_REGISTRY_SERVER --app codespaces"),
    ),
    fixes=(Fix("set", "ACR_CONTAINER_REGISTRY_SERVER", value="mycompany.azurecr.io"),),
)
SWAPPED = Finding(
    "user-password-swapped",
    "error",
    "User and password of set SWAPPED look swapped",
    "The user is a token, and the password is a name.",
    remediation=(Step("Store each in the place of the other."),),
    fixes=(
        Fix(
            "transform",
            "SWAPPED_CONTAINER_REGISTRY_USER",
            how="swap",
            other="SWAPPED_CONTAINER_REGISTRY_PASSWORD",
        ),
        Fix("rename", "SWAPPED_PASSWORD", to="SWAPPED_CONTAINER_REGISTRY_PASSWORD"),
    ),
    verified=True,
)
EXPIRES = Finding(
    "credential-expires-soon",
    "warning",
    "The token of set GHCR expires in 2 days",
    "From then on the login fails.",
    remediation=(Step("Make a new token.", url="https://github.com/settings/tokens"),),
)
IGNORED = Finding(
    "config-stale-credentials",
    "info",
    "Docker keeps another login for ghcr.io",
    "It was left there by hand.",
    remediation=(Step("Log out.", "docker logout ghcr.io"),),
)
CRASHED = Finding(
    "internal-error",
    "error",
    "A check of regdoctor itself crashed",
    "This is a fault of regdoctor, not of the set.",
    evidence=("KeyError at tls.py:41 in the check tls",),
    remediation=(Step("Report it, with this text."),),
)
DENIED = Finding(
    "pull-denied",
    "error",
    "This login is not allowed to pull octo-org/app",
    "The login is fine, and this repository is not open to it.",
    evidence=("ghcr.io answered HTTP 403 Forbidden",),
    remediation=(Step("Give this repository access to the package."),),
    location=Location(".devcontainer/Docker file", 3, 6),
)
INVALID = Finding(
    "devcontainer-config-invalid",
    "error",
    "The dev container's configuration has a fault",
    "The official tools refuse it.",
    evidence=(".devcontainer/devcontainer.json:7:3: a comma is missing",),
    remediation=(Step("Mend the line that is named."),),
    location=Location(".devcontainer/devcontainer.json", 7, 3),
)
NAMELESS = Finding(
    "name-no-identifier",
    "warning",
    "CONTAINER_REGISTRY_USER has no identifier before it",
    "It belongs to no set.",
    remediation=(Step("Give it a name that begins with an identifier."),),
    fixes=(Fix("remove", "CONTAINER_REGISTRY_USER"), Fix("add", "TEAM_CONTAINER_REGISTRY_USER")),
)
NO_ENGINE = Finding(
    "docker-not-installed",
    "info",
    "There is no Docker Engine here",
    "regdoctor logged in by itself.",
    remediation=(Step("Nothing has to be done."),),
)


def _checks(*ended: tuple[str, str, float, str | None, Finding | None]) -> tuple[CheckResult, ...]:
    return tuple(
        CheckResult(
            name,
            status,  # type: ignore[arg-type]
            duration,
            None if status == "skipped" else said,
            said if status == "skipped" else None,
            findings=() if finding is None else (finding,),
        )
        for name, status, duration, said, finding in ended
    )


SETS = (
    SetResult(
        a_set("ACR", "mycompany.azurecr.io/app", "acr-user"),
        "acr",
        Credential("acr-password"),
        False,
        _checks(
            ("name", "ok", 0.1, "3 of 3 variables", None),
            ("value", "warning", 0.4, None, PATH),
            ("dns", "ok", 3.1, "20.1.2.3", None),
            ("tcp", "ok", 12.4, "connected to 20.1.2.3", None),
            ("tls", "ok", 30.6, "TLS 1.3, 200 days left", None),
            ("registry", "ok", 25.0, "Bearer, tokens from https://mycompany.azurecr.io/oauth2/token", None),
            ("exchange", "skipped", 0.0, "there is no cloud key to exchange", None),
            ("login", "error", 41.2, None, REFUSED),
            ("engine", "skipped", 0.0, "login failed", None),
        ),
        (REFUSED, PATH),
    ),
    SetResult(
        a_set("GHCR", "ghcr.io", "octocat"),
        "ghcr",
        Credential("github-classic-token", 1_770_000_000),
        True,
        _checks(("value", "warning", 0.4, None, EXPIRES), ("login", "ok", 88.0, "octocat is accepted", None)),
        (EXPIRES, IGNORED),
    ),
    SetResult(
        a_set("HUB", "https://index.docker.io/v1/", "octocat"),
        "dockerhub",
        Credential("docker-access-token"),
        True,
        _checks(("name", "ok", 0.1, None, None), ("login", "ok", 61.0, "octocat is accepted", None)),
    ),
    SetResult(
        a_set("SWAPPED", "quay.io", "***"),
        "quay",
        Credential("password"),
        False,
        _checks(("value", "error", 0.2, None, SWAPPED), ("dns", "skipped", 0.0, "value failed", None)),
        (SWAPPED,),
    ),
    SetResult(
        a_set("TLS", "registry.example.com", None),
        "other",
        Credential("password"),
        False,
        _checks(("tls", "crashed", 1.0, None, CRASHED), ("login", "skipped", 0.0, "tls failed", None)),
        (CRASHED,),
    ),
)
DOCKERFILE = ".devcontainer/Docker file"
IMAGES = (
    ImageResult(
        Image("ghcr.io/octo-org/base:1", DOCKERFILE, Location(DOCKERFILE, 1, 6)),
        "GHCR",
        True,
        _checks(("pull", "ok", 66.0, "the manifest is there", None)),
    ),
    ImageResult(
        Image("mycompany.azurecr.io/app:2", DOCKERFILE, Location(DOCKERFILE, 2, 13)),
        "ACR",
        False,
        _checks(("pull", "skipped", 0.0, "its set could not log in", None)),
        (REFUSED, PATH),
    ),
    ImageResult(
        Image("ghcr.io/octo-org/app:1", DOCKERFILE, Location(DOCKERFILE, 3, 6)),
        "GHCR",
        False,
        _checks(("pull", "error", 70.0, None, DENIED)),
        (DENIED,),
    ),
    ImageResult(
        Image("ghcr.io/octo-org/app:2", "--image"),
        "GHCR",
        False,
        _checks(("pull", "error", 71.0, None, DENIED)),
        (DENIED.but(location=None),),
    ),
)
CALLS = (
    Call("TCP", "ghcr.io:443", "ok", 11.0),
    Call("GET", "ghcr.io", "401", 20.4),
    Call("GET", "ghcr.io", "200", 30.6),
)

EVERYTHING = Report(
    started_at=1_769_860_800.0,
    duration_ms=412,
    environment=Environment(True, False, "octo-org/app", Docker("ok", "28.2.2")),
    sets=SETS,
    images=IMAGES,
    findings=(INVALID, NAMELESS, NO_ENGINE),
    calls=CALLS,
)
"""Started at 2026-01-31T12:00:00Z."""

CAUSES = {
    cause.id: cause
    for cause in (
        Cause(
            "bad-credentials",
            "Authentication",
            "User name or password refused by {registry}",
            "The registry was reached, and it refused the login.",
            (Step("Make a new password.", url="https://github.com/settings/codespaces"),),
        ),
        Cause(
            "pull-denied",
            "Images",
            "This login is not allowed to pull {repository}",
            "The login is fine, and the repository is not open to it.",
            (Step("Ask for access."),),
        ),
    )
}
"""Stand in for the causes of the program, whose wording is no business of these tests."""
