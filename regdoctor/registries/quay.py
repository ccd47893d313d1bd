"""Quay.io."""

from __future__ import annotations

from regdoctor.registries.registry import Registry

QUAY = Registry(
    id="quay",
    name="Quay",
    identifier="QUAY",
    hosts=(r"quay\.io",),
    right_server="quay.io",
    realms=(r"^https://quay\.io/", r"^quay\.io$", r"/v2/auth$"),
    credential="token of a robot account",
    credential_page="https://quay.io/organization/",
    documentation="https://docs.quay.io/glossary/robot-accounts.html",
)
