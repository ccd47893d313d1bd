"""Every cause of failure that regdoctor knows, in its own words."""

from __future__ import annotations

from regdoctor.causes import (
    authentication,
    cloud,
    codespaces,
    configuration,
    docker,
    general,
    images,
    names,
    network,
    packages,
    values,
)
from regdoctor.causes.cause import Cause

FAMILIES: tuple[tuple[str, tuple[Cause, ...]], ...] = tuple(
    (module.FAMILY, module.CAUSES)
    for module in (
        names,
        values,
        network,
        authentication,
        cloud,
        images,
        docker,
        configuration,
        codespaces,
        general,
    )
)
"""The causes under their headings, in the order in which a reader meets them."""

CAUSES: dict[str, Cause] = {cause.id: cause for _, causes in FAMILIES for cause in causes}

VARIANTS: tuple[Cause, ...] = (
    *network.VARIANTS,
    *images.VARIANTS,
    *packages.VARIANTS,
    *codespaces.VARIANTS,
)
"""Causes in other words, for where more is known than that it is this cause."""
