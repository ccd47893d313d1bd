"""Sonatype Nexus Repository: always on a host of its own, so recognised from its challenge."""

from __future__ import annotations

from regdoctor.registries.registry import Registry

NEXUS = Registry(
    id="nexus",
    name="Sonatype Nexus Repository",
    identifier="NEXUS",
    realms=(r"(?i)sonatype nexus",),
    headers=(r"server: nexus",),
    takes_any=True,
    credential="password or user token",
    documentation="https://help.sonatype.com/en/docker-registry.html",
)
