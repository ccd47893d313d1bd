"""Which credential a pull of an image would use: a set's, docker's own, the codespace's, or none."""

from __future__ import annotations

from regdoctor.checks.case import login_endpoint
from regdoctor.checks.pull_case import Claim, pull_endpoint
from regdoctor.model import PARTS
from regdoctor.reference import read_reference
from regdoctor.secret import Secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from regdoctor.model import Image, SecretSet
    from regdoctor.probes.deadline import Deadline
    from regdoctor.probes.world import World

_OWN_HOST = "ghcr.io"
"""The one registry where a codespace is let in by its own token.

https://docs.github.com/codespaces/reference/allowing-your-codespace-to-access-a-private-registry
"""


def sets_for(image: Image, sets: Iterable[SecretSet]) -> tuple[SecretSet, ...]:
    """The sets that log in where an image is pulled from. One that lacks a part never reaches docker."""
    reference = read_reference(image.reference)
    endpoint = pull_endpoint(reference.domain) if reference else None
    return tuple(
        found
        for found in sets
        if endpoint is not None
        and login_endpoint(found.text("server")) == endpoint
        and all(found.text(part) for part in PARTS)
    )


def claim_without_set(image: Image, world: World, deadline: Deadline) -> Claim:
    """The credential of a pull from a registry for which there is no set."""
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
    if token and reference.domain == _OWN_HOST and environ.get("CODESPACES") == "true":
        world.redactor.add(Secret(token))
        user = environ.get("GITHUB_USER") or "codespace"
        return Claim(source="this codespace's own token", user=user, password=Secret(token))
    return Claim()
