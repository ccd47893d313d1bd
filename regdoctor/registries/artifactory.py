"""JFrog Artifactory."""

from __future__ import annotations

from regdoctor.registries.registry import Registry

ARTIFACTORY = Registry(
    id="artifactory",
    name="JFrog Artifactory",
    identifier="JFROG",
    hosts=(r"[a-z0-9][a-z0-9-]*\.jfrog\.io",),
    own_realm_only=True,
    realms=(r"(?i)artifactory", r"/api/docker/[^/]+/v2/token$"),
    headers=(r"x-jfrog-version:", r"x-artifactory-id:", r"server: artifactory"),
    takes_any=True,
    credential="identity token or access token",
    documentation="https://jfrog.com/help/r/jfrog-artifactory-documentation/docker-registry",
)
