"""GitHub Packages: the registries of other ecosystems, and the Docker registry that ghcr.io replaced.

Facts: https://docs.github.com/packages/working-with-a-github-packages-registry/
migrating-to-the-container-registry-from-the-docker-registry and
https://github.blog/changelog/2025-01-23-legacy-docker-registry-closing-down/.
The registries for npm and the like hold no images: nothing can be pulled there by docker.
"""

from __future__ import annotations

from regdoctor.registries import github
from regdoctor.registries.registry import Hiding, Registry

GITHUB_PACKAGES = Registry(
    id="github-packages",
    name="GitHub Packages",
    identifier="GHCR",
    hosts=(r"docker\.pkg\.github\.com",),
    aliases=(r"(npm|maven|nuget|rubygems)\.pkg\.github\.com",),
    right_server="ghcr.io",
    replaced=((r"docker\.pkg\.github\.com", "ghcr.io"),),
    realms=(r"^GitHub Package Registry$",),
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
        "GitHub hides private packages: it says the same of one that the login cannot read and of one that "
        "does not exist. The owner's list of packages on GitHub, opened by somebody who can read the "
        "package, tells which it is.",
    ),
    reread_pull=github.reread_pull,
    documentation=(
        "https://docs.github.com/packages/working-with-a-github-packages-registry/"
        "migrating-to-the-container-registry-from-the-docker-registry"
    ),
)
