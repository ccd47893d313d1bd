"""Harbor: always on a host of its own, so recognised from its challenge."""

from __future__ import annotations

from regdoctor.registries.registry import Registry

HARBOR = Registry(
    id="harbor",
    name="Harbor",
    identifier="HARBOR",
    realms=(r"/service/token$", r"^harbor-registry$"),
    credential="secret of a robot account, or the CLI secret of a user",
    documentation="https://goharbor.io/docs/latest/working-with-projects/project-configuration/create-robot-accounts/",
)
