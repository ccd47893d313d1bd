"""Any other registry."""

from __future__ import annotations

from regdoctor.registries.registry import Registry

PLAIN = Registry(
    id="other",
    name="the registry",
    identifier="REGISTRY",
    takes_any=True,
)
