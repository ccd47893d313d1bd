"""Oracle Cloud Infrastructure Registry.

Facts: https://docs.oracle.com/iaas/Content/Registry/Tasks/registrypushingimagesusingthedockercli.htm
(the user is <namespace>/<user>, the password an auth token).
"""

from __future__ import annotations

from regdoctor.registries.judgement import Refusal, Trouble, Values, wrong_user
from regdoctor.registries.registry import Registry

_PROBLEM = "a name without the tenancy's namespace and a slash before it"


def _judge(values: Values) -> tuple[Trouble, ...]:
    if "/" in values.user or values.user == "BEARER_TOKEN":
        return ()
    return (wrong_user(values, None, _PROBLEM, severity="warning"),)


def _reread(refusal: Refusal, values: Values) -> tuple[Refusal, Trouble | None]:
    if refusal.cause == "bad-credentials" and _judge(values):
        return refusal, wrong_user(values, None, _PROBLEM, also_possible=("bad-credentials",))
    return refusal, None


OCIR = Registry(
    id="ocir",
    name="Oracle Cloud Infrastructure Registry",
    identifier="OCIR",
    server_form="<region>.ocir.io",
    hosts=(r"[a-z0-9-]+\.ocir\.io", r"ocir\.[a-z0-9-]+\.oci\.oraclecloud\.com"),
    own_realm_only=True,
    realms=(r"\.ocir\.io(/|$)", r"/20180419/docker/token$"),
    takes=("jwt",),
    lifetimes=(("BEARER_TOKEN", "within an hour of its creation"),),
    judge=_judge,
    reread=_reread,
    credential="auth token",
    documentation="https://docs.oracle.com/iaas/Content/Registry/Concepts/registryprerequisites.htm",
)
