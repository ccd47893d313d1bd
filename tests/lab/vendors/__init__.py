"""Scripted registries that answer as each vendor does, under the vendors' own host names.

Each answer names its source beside it: a page or source file of the vendor's, or a public thread
(owner/repository#number) where it was observed; what nobody has shown is called assumed.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.lab.certificates import Authority
from tests.lab.vendors.azure import acr
from tests.lab.vendors.docker_hub import docker_hub
from tests.lab.vendors.github import ghcr, ghe, ghes, github_packages
from tests.lab.vendors.gitlab import gitlab, gitlab_self_managed
from tests.lab.vendors.google import gar, gcr, google_json_key
from tests.lab.vendors.others import (
    alibaba,
    artifactory,
    digitalocean,
    harbor,
    icr,
    nexus,
    ocir,
    redhat,
    scaleway,
)
from tests.lab.vendors.quay import quay
from tests.lab.vendors.vendor import Vendor

HEALTHY: tuple[Callable[[Authority], Vendor], ...] = (
    docker_hub,
    ghcr,
    ghe,
    ghes,
    github_packages,
    acr,
    gar,
    gcr,
    quay,
    gitlab,
    gitlab_self_managed,
    harbor,
    artifactory,
    nexus,
    redhat,
    digitalocean,
    ocir,
    icr,
    alibaba,
    scaleway,
)
"""Every vendor, as it is where nothing is wrong."""

__all__ = [
    "HEALTHY",
    "Vendor",
    "acr",
    "alibaba",
    "artifactory",
    "digitalocean",
    "docker_hub",
    "gar",
    "gcr",
    "ghcr",
    "ghe",
    "ghes",
    "github_packages",
    "gitlab",
    "gitlab_self_managed",
    "google_json_key",
    "harbor",
    "icr",
    "nexus",
    "ocir",
    "quay",
    "redhat",
    "scaleway",
]
