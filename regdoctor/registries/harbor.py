"""Harbor, on any host.

Facts: https://goharbor.io/docs/latest/working-with-projects/project-configuration/create-robot-accounts/ (the
prefix robot$ is the default; a project's robot is robot$project+name).
"""

from __future__ import annotations

import re

from regdoctor.registries.judgement import Refusal, Trouble, Values, wrong_user
from regdoctor.registries.registry import Hiding, Registry


def _reread(refusal: Refusal, values: Values) -> tuple[Refusal, Trouble | None]:
    if refusal.cause == "bad-credentials" and re.fullmatch(r"robot(\+[a-z0-9._-]+)?", values.user):
        problem = (
            "a robot account's name that lost its dollar sign: most likely a shell took it for a variable"
        )
        return refusal, wrong_user(values, None, problem, also_possible=("bad-credentials", "token-expired"))
    if refusal.cause == "bad-credentials" and values.user.startswith("robot$"):
        return refusal.but(also_possible=(*refusal.also_possible, "token-expired")), None
    return refusal, None


HARBOR = Registry(
    id="harbor",
    name="Harbor",
    identifier="HARBOR",
    realms=(r"/service/token$", r"^harbor-registry$"),
    takes_any=True,
    reread=_reread,
    credential="secret of a robot account, or the CLI secret of a user",
    hiding=Hiding(
        (401, 403, 404),
        "Harbor says the same of a repository that does not exist and of one in a private project that the "
        "login does not belong to. The project's page, opened by one of its members, tells which it is.",
    ),
    documentation=(
        "https://goharbor.io/docs/latest/working-with-projects/project-configuration/create-robot-accounts/"
    ),
)
