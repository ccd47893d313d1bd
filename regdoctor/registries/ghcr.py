"""GitHub Container registry, on github.com, GHE.com and GitHub Enterprise Server.

Facts: https://docs.github.com/packages/working-with-a-github-packages-registry/working-with-the-container-registry.
"""

from __future__ import annotations

from regdoctor.registries import github
from regdoctor.registries.registry import Registry

GHCR = Registry(
    id="ghcr",
    name="GitHub Container registry",
    identifier="GHCR",
    hosts=(
        r"ghcr\.io",
        r"containers\.[a-z0-9-]+\.ghe\.com",
        r"(containers|docker)\.(?!pkg\.github\.com$)(?=.*github)[a-z0-9.-]+",
    ),
    aliases=(r"(www\.)?github\.com", r"www\.ghcr\.io"),
    right_server="ghcr.io",
    realms=(r"^https://ghcr\.io/", r"^ghcr\.io$", r"^https://containers\.[a-z0-9-]+\.ghe\.com/"),
    takes=github.TAKEN,
    lifetimes=github.LIFETIMES,
    judge=github.judge,
    token_api=github.API,
    credential="personal access token (classic) with the scope read:packages",
    credential_page=github.PAGE,
    site=github.site_of,
    documentation=(
        "https://docs.github.com/packages/working-with-a-github-packages-registry/"
        "working-with-the-container-registry"
    ),
)
