"""Which credential a pull of an image would use: a set's, docker's own, the codespace's, or none."""

from __future__ import annotations

from regdoctor.checks.case import login_endpoint
from regdoctor.checks.pull_case import CODESPACES_OWN, NO_CREDENTIAL, Claim, pull_endpoint
from regdoctor.codespace.facts import api_host
from regdoctor.model import PARTS, variable_name
from regdoctor.reference import read_reference
from regdoctor.secret import Secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from regdoctor.model import Image, SecretSet
    from regdoctor.probes.deadline import Deadline
    from regdoctor.probes.world import World

OWN_HOST = "ghcr.io"
"""The one registry where a codespace of github.com is let in by its own token.

https://docs.github.com/codespaces/reference/allowing-your-codespace-to-access-a-private-registry
"""


def has_token_of_its_own(environ: Mapping[str, str]) -> bool:
    """Whether this is a codespace whose token is for `OWN_HOST`: that of another GitHub is not."""
    return api_host(environ) is not None


def sets_for(image: Image, sets: Iterable[SecretSet]) -> tuple[SecretSet, ...]:
    """The sets that log in where an image is pulled from. One that lacks a part never reaches docker."""
    return tuple(found for found in _of_its_registry(image, sets) if not _lacking(found))


def _of_its_registry(image: Image, sets: Iterable[SecretSet]) -> tuple[SecretSet, ...]:
    """The sets whose server is the registry of an image."""
    reference = read_reference(image.reference)
    endpoint = pull_endpoint(reference.domain) if reference else None
    return tuple(
        found for found in sets if endpoint is not None and login_endpoint(found.text("server")) == endpoint
    )


def _lacking(found: SecretSet) -> list[str]:
    """The variables that a set lacks, or that are empty."""
    return [variable_name(found.id, part) for part in PARTS if not found.text(part)]


def claim_without_set(image: Image, sets: Iterable[SecretSet], world: World, deadline: Deadline) -> Claim:
    """The credential of a pull from a registry for which none of the sets is whole."""
    reference = read_reference(image.reference)
    if reference is None:
        return Claim()
    login = world.docker.login_for(reference.domain, deadline)
    if login is not None and (login.password or login.identity_token):
        return Claim(
            source=f"docker's login for {reference.domain} in {login.source}",
            user=login.user,
            password=login.password or None,
            identity_token=login.identity_token or None,
        )
    environ = world.environ
    token = environ.get("GITHUB_TOKEN", "")
    if token and reference.domain == OWN_HOST and has_token_of_its_own(environ):
        world.redactor.add(Secret(token))
        user = environ.get("GITHUB_USER") or "codespace"
        return Claim(source=CODESPACES_OWN, user=user, password=Secret(token))
    for found in _of_its_registry(image, sets):
        lacking = " and ".join(_lacking(found))
        source = f"{NO_CREDENTIAL}, as the set {found.id} for its registry lacks {lacking}"
        return Claim(source=source, hindered_by=("set-incomplete",))
    if (cause := world.docker.hindrance(reference.domain)) is not None:
        source = f"{NO_CREDENTIAL}, as docker cannot get at the logins that it keeps: {cause}"
        return Claim(source=source, hindered_by=(cause,))
    return Claim()
