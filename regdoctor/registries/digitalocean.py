"""DigitalOcean Container Registry."""

from __future__ import annotations

from regdoctor.registries.registry import Hiding, Registry

DIGITALOCEAN = Registry(
    id="digitalocean",
    name="DigitalOcean Container Registry",
    identifier="DIGITALOCEAN",
    server_form="registry.digitalocean.com",
    hosts=(r"registry\.digitalocean\.com",),
    right_server="registry.digitalocean.com",
    token_hosts=(r"api\.digitalocean\.com",),
    realms=(r"^https://api\.digitalocean\.com/",),
    takes=("digitalocean-token", "jwt"),
    credential="personal access token",
    credential_page="https://cloud.digitalocean.com/account/api/tokens",
    hiding=Hiding(
        (401, 403),
        "DigitalOcean refuses in the same words whether the first part of the path is not your registry's "
        "name or the repository is closed to the login. The registry's page in the control panel tells which "
        "it is.",
    ),
    documentation="https://docs.digitalocean.com/reference/doctl/reference/registry/login/",
)
