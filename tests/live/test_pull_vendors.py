"""What each vendor says of an image that may not be pulled, and what is made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from regdoctor.registries import registries
from tests.lab import handlers, vendors
from tests.lab.certificates import Authority
from tests.lab.handlers import MANIFEST_TYPE
from tests.lab.scripted import Answer, Request
from tests.lab.shelf import INDEX_TYPE, Shelf
from tests.lab.vendors import Vendor
from tests.lab.vendors.github import SSO_REQUIRED
from tests.lab.vendors.vendor import ALPHANUMERIC, Aside, made_up
from tests.live.provoked import ACCOUNT, carries, door, ecr, host_of, leaks, secret_parts
from tests.live.pulling import NOBODY, Pull, ask, docker_has

REPOSITORY = "octo/app"
OWN = "its own"
NOBODYS = "nobody's"
Making = Callable[[Authority], Vendor]


def refusing(status: int, code: str, message: str) -> Aside:
    """Says this of the manifest, to whomever it would be shown."""
    return of_manifests(handlers.error(status, code, message))


def of_manifests(answer: Answer) -> Aside:
    return lambda request: answer if "/manifests/" in request.path and request.authorization else None


def of_tokens(answer: Answer) -> Aside:
    """Says this in place of a token for the repository."""

    def aside(request: Request) -> Answer | None:
        asked = [*request.query.get("scope", []), *request.form().get("scope", [])]
        return answer if any(REPOSITORY in scope for scope in asked) else None

    return aside


def ecr_with_a_token(authority: Authority) -> Vendor:
    vendor = ecr(authority)
    vendor.user, vendor.password = vendor.pairs["token"]
    return vendor


def ghcr_in_a_codespace(authority: Authority) -> Vendor:
    return vendors.ghcr(authority, token="ghu_" + made_up(36, ALPHANUMERIC))


@dataclass(frozen=True)
class Situation:
    """A vendor's answer to a pull, and what has to be said of it."""

    registry: str
    name: str
    vendor: Making
    aside: Aside
    cause: str
    also: tuple[str, ...] = ()
    claim: str = OWN
    hides: bool = True
    """The answer leaves open what exists, which is said."""


DENIED = handlers.error(403, "DENIED", "denied")
REQUIRED = handlers.error(401, "UNAUTHORIZED", "authentication required")

SITUATIONS = (
    # docker/hub-feedback#378
    Situation(
        "dockerhub",
        "private or missing",
        vendors.docker_hub,
        refusing(401, "UNAUTHORIZED", "authentication required"),
        "pull-denied",
        ("repository-not-found",),
    ),
    Situation(
        "dockerhub",
        "private, without a login",
        vendors.docker_hub,
        refusing(401, "UNAUTHORIZED", "authentication required"),
        "no-credentials-sent",
        ("repository-not-found",),
        NOBODYS,
    ),
    Situation(
        "dockerhub",
        "limit reached",
        vendors.docker_hub,
        refusing(429, "TOOMANYREQUESTS", "You have reached your pull rate limit."),
        "rate-limited",
        hides=False,
    ),
    # openai/tunnel-client#75, IronSecCo/ironclaw#583: the token itself is refused
    Situation(
        "ghcr",
        "private, without a login",
        vendors.ghcr,
        of_tokens(REQUIRED),
        "no-credentials-sent",
        ("repository-not-found",),
        NOBODYS,
    ),
    Situation(
        "ghcr",
        "not linked, with the codespace's own token",
        ghcr_in_a_codespace,
        of_tokens(DENIED),
        "package-not-linked",
        ("pull-denied", "repository-not-found"),
    ),
    Situation(
        "ghcr",
        "closed to a classic token",
        vendors.ghcr,
        of_tokens(DENIED),
        "pull-denied",
        ("sso-not-authorized", "repository-not-found"),
    ),
    # kedacore/http-add-on#48
    Situation(
        "ghcr",
        "not linked, in its own words",
        vendors.ghcr,
        refusing(403, "DENIED", "permission_denied: read_package"),
        "package-not-linked",
    ),
    Situation(
        "ghcr",
        "missing",
        vendors.ghcr,
        refusing(404, "NAME_UNKNOWN", "repository name not known to registry"),
        "repository-not-found",
        ("pull-denied",),
    ),
    Situation(
        "github-packages",
        "closed",
        vendors.github_packages,
        refusing(403, "DENIED", "denied"),
        "pull-denied",
        ("repository-not-found",),
    ),
    # Azure/acr#841
    Situation(
        "acr",
        "no role",
        vendors.acr,
        of_tokens(
            handlers.error(
                401,
                "UNAUTHORIZED",
                "authentication required, visit https://aka.ms/acr/authorization for more information.",
            )
        ),
        "pull-denied",
        ("repository-not-found",),
    ),
    Situation(
        "acr",
        "missing",
        vendors.acr,
        refusing(404, "NAME_UNKNOWN", "repository name not known to registry"),
        "repository-not-found",
        hides=False,
    ),
    Situation(
        "acr",
        "network rules",
        vendors.acr,
        refusing(403, "DENIED", "client with IP '203.0.113.5' is not allowed access."),
        "firewall-denied",
        hides=False,
    ),
    # aws-actions/amazon-ecr-login#4, everything2/everything2#2562
    Situation(
        "ecr",
        "missing",
        ecr_with_a_token,
        refusing(
            404,
            "NAME_UNKNOWN",
            f"The repository with name '{REPOSITORY}' does not exist in the registry with id '{ACCOUNT}'",
        ),
        "repository-not-found",
        hides=False,
    ),
    Situation(
        "ecr",
        "no permission",
        ecr_with_a_token,
        refusing(
            403,
            "DENIED",
            f"User: arn:aws:iam::{ACCOUNT}:user/ci is not authorized to perform: ecr:BatchGetImage on "
            f"resource: arn:aws:ecr:us-east-1:{ACCOUNT}:repository/{REPOSITORY} because no identity-based "
            "policy allows "
            "the ecr:BatchGetImage action",
        ),
        "pull-denied",
        ("aws-access-denied",),
        hides=False,
    ),
    # terraform-google-modules/terraform-google-kubernetes-engine#1779
    Situation(
        "gar",
        "no role or missing",
        vendors.gar,
        refusing(
            403,
            "DENIED",
            'Permission "artifactregistry.repositories.downloadArtifacts" denied on resource '
            '"projects/octo/locations/europe-west1/repositories/app" (or it may not exist)',
        ),
        "gcp-permission-denied",
        ("repository-not-found",),
    ),
    # RafikFarhad/push-to-gcr-github-action#48
    Situation(
        "gar",
        "without a login",
        vendors.gar,
        refusing(
            403,
            "DENIED",
            'Unauthenticated request. Unauthenticated requests do not have permission "artifactregistry.'
            'repositories.downloadArtifacts" on resource "projects/octo" (or it may not exist)',
        ),
        "no-credentials-sent",
        ("repository-not-found",),
        NOBODYS,
    ),
    # google/kf#484
    Situation(
        "gcr",
        "no role or missing",
        vendors.gcr,
        refusing(
            403,
            "DENIED",
            "You don't have the needed permissions to perform this operation, and you may have "
            "invalid credentials.",
        ),
        "gcp-permission-denied",
        ("repository-not-found",),
    ),
    # quay/quay endpoints/v2/errors.py
    Situation(
        "quay",
        "private or missing",
        vendors.quay,
        refusing(401, "UNAUTHORIZED", "access to the requested resource is not authorized"),
        "pull-denied",
        ("repository-not-found",),
    ),
    Situation(
        "quay",
        "namespace disabled",
        vendors.quay,
        refusing(405, "DENIED", "Namespace octo has been disabled. Please contact a system administrator."),
        "account-locked",
        hides=False,
    ),
    # gitlabhq/gitlabhq app/services/auth/container_registry_authentication_service.rb
    Situation(
        "gitlab",
        "closed",
        vendors.gitlab,
        of_tokens(handlers.error(403, "DENIED", "access forbidden")),
        "pull-denied",
        ("repository-not-found",),
    ),
    # goharbor/harbor#15410
    Situation(
        "harbor",
        "closed",
        vendors.harbor,
        refusing(401, "UNAUTHORIZED", f"unauthorized to access repository: {REPOSITORY}, action: pull"),
        "pull-denied",
        ("repository-not-found",),
    ),
    Situation(
        "harbor",
        "without a login",
        vendors.harbor,
        refusing(401, "UNAUTHORIZED", f"unauthorized to access repository: {REPOSITORY}, action: pull"),
        "no-credentials-sent",
        ("repository-not-found",),
        NOBODYS,
    ),
    Situation(
        "harbor",
        "no such project",
        vendors.harbor,
        refusing(404, "NOT_FOUND", "project octo not found"),
        "repository-not-found",
        ("pull-denied",),
    ),
    # kubernetes/kubernetes#65958; jfrog.com/help "hide-existence-of-unauthorized-resources"
    Situation(
        "artifactory",
        "closed",
        vendors.artifactory,
        refusing(403, "DENIED", "The client does not have permission for manifest"),
        "pull-denied",
        ("repository-not-found",),
    ),
    Situation(
        "artifactory",
        "hidden",
        vendors.artifactory,
        lambda request: (
            handlers.error(404, "MANIFEST_UNKNOWN", "The named manifest is not known to the registry.")
            if REPOSITORY in request.path
            else None
        ),
        "tag-not-found",
        ("repository-not-found", "pull-denied"),
    ),
    # docker/login-action#586
    Situation(
        "nexus",
        "closed",
        vendors.nexus,
        refusing(401, "UNAUTHORIZED", "access to the requested resource is not authorized"),
        "pull-denied",
        ("repository-not-found",),
    ),
    # redhat-actions/buildah-build#19
    Situation(
        "redhat",
        "closed",
        vendors.redhat,
        refusing(
            401,
            "UNAUTHORIZED",
            "Please login to the Red Hat Registry using your Customer Portal credentials.",
        ),
        "pull-denied",
        ("repository-not-found",),
    ),
    Situation(
        "digitalocean",
        "no registry's name in the path",
        vendors.digitalocean,
        of_tokens(Answer(401, body={"id": "unauthorized", "message": "Unable to authenticate you."})),
        "pull-denied",
        ("repository-not-found",),
    ),
    Situation(
        "ocir",
        "closed",
        vendors.ocir,
        refusing(403, "DENIED", "Anonymous users are only allowed read access on public repos"),
        "pull-denied",
        ("repository-not-found",),
    ),
    # ibm-cloud-docs/Registry ts_scope.md, ts_quota.md
    Situation(
        "icr",
        "traffic used up",
        vendors.icr,
        refusing(403, "DENIED", "Your account has exceeded its pull traffic quota for the current month."),
        "quota-exceeded",
        hides=False,
    ),
    Situation(
        "icr",
        "no role",
        vendors.icr,
        refusing(403, "DENIED", "Insufficient scope"),
        "pull-denied",
        ("firewall-denied", "repository-not-found"),
    ),
    Situation(
        "alibaba",
        "closed or missing",
        vendors.alibaba,
        refusing(401, "UNAUTHORIZED", "authentication required"),
        "pull-denied",
        ("repository-not-found",),
    ),
    Situation(
        "scaleway",
        "private or missing",
        vendors.scaleway,
        of_tokens(Answer(404, body={"message": "resource is not found", "type": "not_found"})),
        "repository-not-found",
        ("pull-denied",),
    ),
)


def visit(vendor: Vendor, claim: str = OWN, version: str = "1.0") -> Pull:
    """What is said of an image at a vendor that is running."""
    host = "docker.io" if "docker.io" in vendor.server else vendor.server
    owner = docker_has(vendor.user, vendor.password) if claim == OWN else NOBODY
    return ask(f"{host}/{REPOSITORY}:{version}", owner, ca_file=vendor.ca_file, overrides=vendor.overrides)


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda each: f"{each.registry}: {each.name}")
def test_a_vendors_refusal_of_an_image_is_understood(situation: Situation, authority: Authority) -> None:
    with situation.vendor(authority).telling(situation.aside) as vendor:
        pull = visit(vendor, situation.claim)
    assert (pull.verdict, pull.result.status, pull.result.proved) == (situation.cause, "error", False), (
        pull.evidence
    )
    assert set(situation.also) <= set(pull.also_possible)
    assert situation.cause not in pull.also_possible
    (registry,) = [each for each in registries() if each.id == situation.registry]
    words = registry.hiding.words if registry.hiding else "\0"
    assert (words in pull.result.findings[0].explanation) is situation.hides
    hosts = {host_of(request) for request in vendor.all_requests if carries(request, vendor.password)}
    assert hosts <= {*vendor.hosts, "api.github.com"}
    assert leaks(repr(pull.result), secret_parts(vendor.password)) == []


@pytest.mark.parametrize("vendor", vendors.HEALTHY)
def test_an_image_that_is_there_is_pulled_from_every_vendor(vendor: Making, authority: Authority) -> None:
    shelf = Shelf(REPOSITORY)
    shelf.index("1.0", {"linux/amd64": shelf.image(), "linux/arm64": shelf.image(architecture="arm64")})
    with vendor(authority).telling(lambda request: shelf(request) if request.authorization else None) as here:
        pull = visit(here)
    assert (pull.verdict, pull.result.proved) == (None, True), pull.evidence


def test_the_vendors_of_the_table_are_all_that_are_known() -> None:
    told = {situation.registry for situation in SITUATIONS}
    # of ECR Public no refusal is known that its login would not meet; a registry of nobody's is test_pull's
    assert told | {"ecr-public", "other"} == {registry.id for registry in registries()}


def test_a_token_that_lacks_a_scope_is_why_a_package_is_closed(authority: Authority) -> None:
    with vendors.ghcr(authority, scopes="repo, gist").telling(of_tokens(DENIED)) as vendor:
        pull = visit(vendor)
    assert pull.verdict == "missing-scope"
    assert "pull-denied" in pull.also_possible
    assert "ghcr.io answered HTTP 403" in pull.evidence
    assert "repo, gist" in pull.evidence


@pytest.mark.parametrize(
    "vendor",
    [
        lambda authority: vendors.ghcr(authority, dead=True),
        lambda authority: vendors.ghcr(authority, sso=SSO_REQUIRED),
        lambda authority: vendors.docker_hub(authority, locked=True),
        lambda authority: vendors.docker_hub(authority, expired=True),
        lambda authority: vendors.acr(authority, firewall=True),
        lambda authority: vendors.acr(authority, admin_disabled=True),
        lambda authority: vendors.gar(authority, deleted_key=True),
        lambda authority: door(authority, answer=Answer(404)),
        lambda authority: door(authority, answer=Answer(503)),
    ],
)
def test_where_docker_has_the_login_nobody_is_sent_to_a_set(vendor: Making, authority: Authority) -> None:
    with vendor(authority) as here:
        pull = visit(here)
    (finding,) = pull.result.findings
    assert (finding.severity, finding.fixes) == ("error", ())
    assert finding.remediation
    shown = repr(finding)
    assert "CONTAINER_REGISTRY" not in shown
    assert "<ID>" not in shown
    assert "gh secret set" not in shown
    assert "set " not in finding.title


def test_a_login_that_is_good_is_not_to_be_forgotten(authority: Authority) -> None:
    with vendors.quay(authority).telling(of_manifests(REQUIRED)) as vendor:
        (finding,) = visit(vendor).result.findings
    assert finding.cause == "pull-denied"
    assert "whose login was accepted" in finding.evidence[-1]
    commands = [step.command or "" for step in finding.remediation]
    assert not any("logout" in command or "CONTAINER_REGISTRY" in command for command in commands)
    assert any("ask the owner of the repository" in step.text for step in finding.remediation)


def test_docker_is_told_to_forget_a_login_under_its_own_name_for_docker_hub(authority: Authority) -> None:
    with vendors.docker_hub(authority, expired=True) as vendor:
        (finding,) = visit(vendor).result.findings
    assert 'docker logout "https://index.docker.io/v1/"' in [step.command for step in finding.remediation]


# Docker Hub counts


def limited(kind: str, remaining: int | None) -> Callable[[Request], Answer | None]:
    """The limit in the headers of an image or an index that is there."""
    shelf = Shelf(REPOSITORY)
    image = shelf.image("1.0")
    if kind == INDEX_TYPE:
        shelf.index("1.0", {"linux/amd64": image})

    def aside(request: Request) -> Answer | None:
        answer = shelf(request) if request.authorization else None
        if answer is None or remaining is None:
            return answer
        told = {"ratelimit-limit": "100;w=21600", "ratelimit-remaining": f"{remaining};w=21600"}
        return Answer(answer.status, {**dict(answer.headers), **told}, answer.body)

    return aside


def asked(vendor: Vendor) -> list[str]:
    """The methods by which the image was asked for."""
    return [each.method for each in vendor.all_requests if f"{REPOSITORY}/manifests" in each.path]


def test_a_single_image_costs_no_pull_at_docker_hub(authority: Authority) -> None:
    with vendors.docker_hub(authority).telling(limited(MANIFEST_TYPE, 76)) as vendor:
        pull = visit(vendor)
    assert (pull.verdict, pull.result.proved, asked(vendor)) == (None, True, ["HEAD"])
    assert "76 of 100 pulls left in 6 h" in (pull.row("pull").detail or "")


def test_an_index_at_docker_hub_is_read_for_its_platforms(authority: Authority) -> None:
    with vendors.docker_hub(authority).telling(limited(INDEX_TYPE, None)) as vendor:
        pull = visit(vendor)
    assert (pull.verdict, pull.result.proved) == (None, True)
    assert asked(vendor)[:2] == ["HEAD", "GET"]


def test_no_pull_is_tried_at_docker_hub_when_none_is_left(authority: Authority) -> None:
    with vendors.docker_hub(authority).telling(limited(INDEX_TYPE, 0)) as vendor:
        pull = visit(vendor)
    assert (pull.verdict, pull.result.status, asked(vendor)) == ("rate-limited", "error", ["HEAD"])
    assert "0 of 100 pulls left" in pull.evidence


def test_why_docker_hub_refuses_is_asked_by_get(authority: Authority) -> None:
    with vendors.docker_hub(authority).telling(refusing(401, "UNAUTHORIZED", "of all words these")) as vendor:
        pull = visit(vendor)
    assert asked(vendor) == ["HEAD", "GET"]
    assert "of all words these" in pull.evidence
