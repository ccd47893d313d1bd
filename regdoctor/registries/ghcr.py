"""GitHub Container registry, on github.com, GHE.com and GitHub Enterprise Server."""

from __future__ import annotations

from regdoctor.registries.registry import Registry

GHCR = Registry(
    id="ghcr",
    name="GitHub Container registry",
    identifier="GHCR",
    hosts=(r"ghcr\.io", r"containers\.[a-z0-9-]+\.ghe\.com", r"containers\.(?=.*github)[a-z0-9.-]+"),
    aliases=(r"(www\.)?github\.com", r"www\.ghcr\.io"),
    right_server="ghcr.io",
    realms=(r"^https://ghcr\.io/", r"^ghcr\.io$"),
    credential="personal access token (classic) with the scope read:packages",
    credential_page="https://github.com/settings/tokens",
    documentation=(
        "https://docs.github.com/packages/working-with-a-github-packages-registry/"
        "working-with-the-container-registry"
    ),
)
