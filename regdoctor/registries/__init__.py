"""The registries that regdoctor knows, one file each, and how one is recognised."""

from __future__ import annotations

import functools
import importlib

from regdoctor.address import read_address
from regdoctor.registries.plain import PLAIN
from regdoctor.registries.registry import Registry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "PLAIN",
    "Registry",
    "may_be_asked",
    "recognise",
    "recognise_answer",
    "recognise_server",
    "registries",
    "registry_of",
    "server_forms",
]

_KNOWN: dict[str, tuple[str, ...]] = {
    "dockerhub": ("docker",),
    "ghcr": ("ghcr.io", "github", ".ghe.com"),
    "github_packages": (".pkg.github.com",),
    "acr": (".azurecr.",),
    "ecr": ("ecr",),
    "ecr_public": ("ecr",),
    "gcr": ("gcr.io",),
    "gar": (".pkg.dev",),
    "quay": ("quay.io",),
    "gitlab": ("gitlab", "registry.git"),
    "artifactory": (".jfrog.io",),
    "harbor": (),
    "nexus": (),
    "redhat": (".redhat.",),
    "digitalocean": (".digitalocean.",),
    "ocir": ("ocir",),
    "icr": ("icr.io", ".bluemix."),
    "alibaba": (".aliyuncs.",),
    "scaleway": (".scw.cloud",),
    "plain": (),
}
"""The registries, in the order in which they are asked whether a host is theirs: the module of each, and the
words of which every host of its own has one. Only then is it loaded."""


@functools.cache
def _load(module: str) -> Registry:
    registry: Registry = getattr(importlib.import_module(f"regdoctor.registries.{module}"), module.upper())
    return registry


def registries() -> tuple[Registry, ...]:
    """All of them."""
    return tuple(map(_load, _KNOWN))


def registry_of(registry_id: str) -> Registry:
    """The registry that an id is of; a plain one where there is none."""
    module = registry_id.replace("-", "_")
    return _load(module) if module in _KNOWN else PLAIN


def server_forms() -> tuple[tuple[str, str], ...]:
    """The registries of which it can be said how their server value looks, and how it does."""
    return tuple((registry.name, registry.server_form) for registry in registries() if registry.server_form)


@functools.lru_cache(512)
def recognise(host: str) -> Registry:
    """The registry that a host belongs to; a plain one where no vendor is known."""
    host = host.removesuffix(".")
    for module, words in _KNOWN.items():
        if any(word in host for word in words):
            registry = _load(module)
            if registry.is_login_host(host) or registry.is_alias(host):
                return registry
    return PLAIN


def recognise_answer(
    challenges: Iterable[tuple[str, str]], headers: Iterable[tuple[str, str]] = ()
) -> Registry:
    """The registry that an answer gives away: by realm and service of its challenges, or by its headers."""
    asked = tuple(challenges)
    told = [f"{name}: {value}" for name, value in headers]
    for registry in registries():
        if any(registry.has_challenge(*pair) for pair in asked):
            return registry
    for registry in registries():
        if any(map(registry.has_header, told)):
            return registry
    return PLAIN


def may_be_asked(helper: str, host: str) -> bool:
    """Whether a credential helper of docker may be asked for a host.

    One that would answer with its own vendor's credential for any host may not, but for that vendor's.
    """
    homes = [registry for registry in registries() if helper in registry.helpers]
    return not homes or recognise(host) in homes


def recognise_server(server: str) -> Registry:
    """The registry that a server value means, however it is written."""
    address = read_address(server.strip())
    return recognise(address.host.lower()) if address else PLAIN
