"""Red Hat Ecosystem Catalog registries."""

from __future__ import annotations

from regdoctor.registries.registry import Registry

REDHAT = Registry(
    id="redhat",
    name="Red Hat Ecosystem Catalog",
    identifier="REDHAT",
    server_form="registry.redhat.io",
    hosts=(r"registry\.(redhat\.io|connect\.redhat\.com|access\.redhat\.com|stage\.redhat\.io)",),
    right_server="registry.redhat.io",
    token_hosts=(r"(sso|registry)\.redhat\.(com|io)",),
    realms=(r"/auth/realms/rhcc/",),
    takes=("jwt",),
    credential="token of a registry service account",
    credential_page="https://access.redhat.com/terms-based-registry/",
    documentation="https://access.redhat.com/RegistryAuthentication",
)
