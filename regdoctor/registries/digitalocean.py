"""DigitalOcean Container Registry."""

from __future__ import annotations

from regdoctor.registries.registry import Registry

DIGITALOCEAN = Registry(
    id="digitalocean",
    name="DigitalOcean Container Registry",
    identifier="DIGITALOCEAN",
    hosts=(r"registry\.digitalocean\.com",),
    right_server="registry.digitalocean.com",
    token_hosts=(r"api\.digitalocean\.com",),
    realms=(r"^https://api\.digitalocean\.com/",),
    takes=("digitalocean-token", "jwt"),
    credential="personal access token",
    credential_page="https://cloud.digitalocean.com/account/api/tokens",
    documentation="https://docs.digitalocean.com/reference/doctl/reference/registry/login/",
)
