"""Docker Hub.

Facts: https://docs.docker.com/docker-hub/ and docker/cli (cli/config/configfile, internal/registry)."""

from __future__ import annotations

from regdoctor.registries.registry import Registry

DOCKERHUB = Registry(
    id="dockerhub",
    name="Docker Hub",
    identifier="DOCKERHUB",
    hosts=(r"(index\.)?docker\.io",),
    aliases=(
        r"registry-1\.docker\.io",
        r"(hub|www|app|login|auth|registry|registry\.hub|cloud)\.docker\.(com|io)",
        r"docker\.com",
    ),
    right_server="https://index.docker.io/v1/",
    accepted_servers=("docker.io",),
    login_host="registry-1.docker.io",
    token_hosts=(r"auth\.docker\.io",),
    realms=(r"^https://auth\.docker\.io/", r"^registry\.docker\.io$"),
    credential="personal access token with the permission Read-only or more",
    credential_page="https://app.docker.com/settings/personal-access-tokens",
    documentation="https://docs.docker.com/security/access-tokens/",
)
