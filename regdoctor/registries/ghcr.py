"""GitHub Container registry, on github.com, GHE.com and GitHub Enterprise Server.

Facts: https://docs.github.com/packages/working-with-a-github-packages-registry/working-with-the-container-registry.
"""

from __future__ import annotations

from regdoctor.registries import github
from regdoctor.registries.registry import Hiding, Registry

GHCR = Registry(
    id="ghcr",
    name="GitHub Container registry",
    identifier="GHCR",
    server_form="ghcr.io",
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
    locks=github.LOCKS,
    credential="personal access token (classic) with the scope read:packages",
    credential_page=github.PAGE,
    site=github.site_of,
    hiding=Hiding(
        (401, 403, 404),
        "GitHub hides private packages: it refuses one that the login cannot read in the same words as one "
        "that does not exist. The owner's list of packages on GitHub, opened by somebody who can read the "
        "package, tells which it is.",
    ),
    reread_pull=github.reread_pull,
    documentation=(
        "https://docs.github.com/packages/working-with-a-github-packages-registry/"
        "working-with-the-container-registry"
    ),
)
