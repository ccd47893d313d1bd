"""The registries that regdoctor knows, one file each, and how one is recognised."""

from __future__ import annotations

from functools import lru_cache

from regdoctor.address import read_address
from regdoctor.registries.acr import ACR
from regdoctor.registries.alibaba import ALIBABA
from regdoctor.registries.artifactory import ARTIFACTORY
from regdoctor.registries.digitalocean import DIGITALOCEAN
from regdoctor.registries.dockerhub import DOCKERHUB
from regdoctor.registries.ecr import ECR
from regdoctor.registries.ecr_public import ECR_PUBLIC
from regdoctor.registries.gar import GAR
from regdoctor.registries.gcr import GCR
from regdoctor.registries.ghcr import GHCR
from regdoctor.registries.github_packages import GITHUB_PACKAGES
from regdoctor.registries.gitlab import GITLAB
from regdoctor.registries.harbor import HARBOR
from regdoctor.registries.icr import ICR
from regdoctor.registries.nexus import NEXUS
from regdoctor.registries.ocir import OCIR
from regdoctor.registries.plain import PLAIN
from regdoctor.registries.quay import QUAY
from regdoctor.registries.redhat import REDHAT
from regdoctor.registries.registry import Registry
from regdoctor.registries.scaleway import SCALEWAY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "PLAIN",
    "REGISTRIES",
    "Registry",
    "may_be_asked",
    "recognise",
    "recognise_answer",
    "recognise_server",
    "server_forms",
]

REGISTRIES: tuple[Registry, ...] = (
    DOCKERHUB,
    GHCR,
    GITHUB_PACKAGES,
    ACR,
    ECR,
    ECR_PUBLIC,
    GCR,
    GAR,
    QUAY,
    GITLAB,
    ARTIFACTORY,
    HARBOR,
    NEXUS,
    REDHAT,
    DIGITALOCEAN,
    OCIR,
    ICR,
    ALIBABA,
    SCALEWAY,
    PLAIN,
)
"""In the order in which they are asked whether a host is theirs."""


def server_forms() -> tuple[tuple[str, str], ...]:
    """The registries of which it can be said how their server value looks, and how it does."""
    return tuple((registry.name, registry.server_form) for registry in REGISTRIES if registry.server_form)


@lru_cache(maxsize=1024)
def recognise(host: str) -> Registry:
    """The registry that a host belongs to; a plain one where no vendor is known."""
    host = host.removesuffix(".")
    for registry in REGISTRIES:
        if registry.is_login_host(host) or registry.is_alias(host):
            return registry
    return PLAIN


def recognise_answer(
    challenges: Iterable[tuple[str, str]], headers: Iterable[tuple[str, str]] = ()
) -> Registry:
    """The registry that an answer gives away: by realm and service of its challenges, or by its headers."""
    asked = tuple(challenges)
    told = [f"{name}: {value}" for name, value in headers]
    for registry in REGISTRIES:
        if any(registry.has_challenge(*pair) for pair in asked):
            return registry
    for registry in REGISTRIES:
        if any(map(registry.has_header, told)):
            return registry
    return PLAIN


def may_be_asked(helper: str, host: str) -> bool:
    """Whether a credential helper of docker may be asked for a host.

    One that would answer with its own vendor's credential for any host may not, but for that vendor's.
    """
    homes = [registry for registry in REGISTRIES if helper in registry.helpers]
    return not homes or recognise(host) in homes


def recognise_server(server: str) -> Registry:
    """The registry that a server value means, however it is written."""
    address = read_address(server.strip())
    return recognise(address.host.lower()) if address else PLAIN
