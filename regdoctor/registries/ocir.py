"""Oracle Cloud Infrastructure Registry."""

from __future__ import annotations

from regdoctor.registries.registry import Registry

OCIR = Registry(
    id="ocir",
    name="Oracle Cloud Infrastructure Registry",
    identifier="OCIR",
    hosts=(r"[a-z0-9-]+\.ocir\.io", r"ocir\.[a-z0-9-]+\.oci\.oraclecloud\.com"),
    own_realm_only=True,
    realms=(r"\.ocir\.io(/|$)", r"/20180419/docker/token$"),
    credential="auth token",
    documentation="https://docs.oracle.com/iaas/Content/Registry/Concepts/registryprerequisites.htm",
)
