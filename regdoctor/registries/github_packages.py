"""GitHub Packages: the registries of other ecosystems, and the Docker registry that ghcr.io replaced."""

from __future__ import annotations

from regdoctor.registries.registry import Registry

GITHUB_PACKAGES = Registry(
    id="github-packages",
    name="GitHub Packages",
    identifier="GHCR",
    hosts=(r"docker\.pkg\.github\.com", r"(npm|maven|nuget|rubygems)\.pkg\.github\.com"),
    credential="personal access token (classic) with the scope read:packages",
    credential_page="https://github.com/settings/tokens",
    documentation=(
        "https://docs.github.com/packages/working-with-a-github-packages-registry/"
        "migrating-to-the-container-registry-from-the-docker-registry"
    ),
)
