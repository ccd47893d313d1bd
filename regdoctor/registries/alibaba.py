"""Alibaba Cloud Container Registry."""

from __future__ import annotations

from regdoctor.registries.registry import Registry

ALIBABA = Registry(
    id="alibaba",
    name="Alibaba Cloud Container Registry",
    identifier="ALIBABA",
    hosts=(
        r"registry(-vpc|-internal)?\.[a-z0-9-]+\.aliyuncs\.com",
        r"crpi-[a-z0-9]+(-vpc)?\.[a-z0-9-]+\.personal\.cr\.aliyuncs\.com",
        r"[a-z0-9-]+-registry(-vpc)?\.[a-z0-9-]+\.cr\.aliyuncs\.com",
    ),
    token_hosts=(r"dockerauth[a-z0-9.-]*\.aliyuncs\.com",),
    own_realm_only=True,
    realms=(r"^https://dockerauth[a-z0-9.-]*\.aliyuncs\.com/", r"^registry\.aliyuncs\.com:"),
    credential="registry password set in the console",
)
