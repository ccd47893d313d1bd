"""Azure Container Registry, in all clouds.

Facts: https://learn.microsoft.com/azure/container-registry/container-registry-authentication."""

from __future__ import annotations

from regdoctor.registries.registry import Registry

ACR = Registry(
    id="acr",
    name="Azure Container Registry",
    identifier="ACR",
    hosts=(r"[a-z0-9-]+(\.[a-z0-9]+\.geo)?\.azurecr\.(io|cn|us)",),
    aliases=(r"[a-z0-9-]+\.[a-z0-9]+\.data\.azurecr\.(io|cn|us)",),
    own_realm_only=True,
    realms=(r"^https://[a-z0-9.-]+\.azurecr\.(io|cn|us)/", r"\.azurecr\.(io|cn|us)$"),
    credential="password of the admin user, a service principal or a token",
    credential_page="https://portal.azure.com/#browse/Microsoft.ContainerRegistry%2Fregistries",
    documentation="https://learn.microsoft.com/azure/container-registry/container-registry-authentication",
)
