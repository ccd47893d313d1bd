"""Scaleway Container Registry."""

from __future__ import annotations

from regdoctor.registries.registry import Registry

SCALEWAY = Registry(
    id="scaleway",
    name="Scaleway Container Registry",
    identifier="SCALEWAY",
    hosts=(r"rg\.[a-z]+-[a-z]+\.scw\.cloud",),
    token_hosts=(r"api\.scaleway\.com",),
    own_realm_only=True,
    realms=(r"^https://api\.scaleway\.com/",),
    credential="secret key of an API key",
    credential_page="https://console.scaleway.com/iam/api-keys",
)
