"""IBM Cloud Container Registry.

Facts: https://cloud.ibm.com/docs/Registry?topic=Registry-registry_access.
"""

from __future__ import annotations

from regdoctor.registries.judgement import Refusal, Trouble, Values, wrong_user
from regdoctor.registries.registry import Registry

_PROBLEM = "a name other than iamapikey, the one that goes with an API key"
_USERS = ("iamapikey", "iambearer", "iamrefresh", "cp", "token")
_REGIONS = {"ng": "us.icr.io", "eu-de": "de.icr.io", "eu-gb": "uk.icr.io", "au-syd": "au.icr.io"}
"""The parts of the old names and the hosts that replaced them."""


def _right_host(host: str) -> str | None:
    return _REGIONS.get(host.split(".")[1], "icr.io")


def _judge(values: Values) -> tuple[Trouble, ...]:
    if values.user in _USERS:
        return ()
    return (wrong_user(values, None, _PROBLEM, severity="warning"),)


def _reread(refusal: Refusal, values: Values) -> tuple[Refusal, Trouble | None]:
    if refusal.cause == "bad-credentials" and values.user not in _USERS:
        # An API key has no form of its own, but no other user name goes with one.
        return refusal, wrong_user(
            values, "iamapikey", _PROBLEM, also_possible=("bad-credentials",), evidence=()
        )
    return refusal, None


ICR = Registry(
    id="icr",
    name="IBM Cloud Container Registry",
    identifier="ICR",
    hosts=(r"((private|us|uk|de|es|au|jp2?|ca2?|br|in2?|cp)\.)*icr\.io",),
    aliases=(r"registry(\.(ng|eu-de|eu-gb|au-syd))?\.bluemix\.net",),
    right_host=_right_host,
    realms=(r"icr\.io/oauth/token$",),
    takes=("jwt",),
    lifetimes=(("iambearer", "within an hour of its creation"),),
    judge=_judge,
    reread=_reread,
    credential="API key, with the user iamapikey",
    credential_page="https://cloud.ibm.com/iam/apikeys",
    documentation="https://cloud.ibm.com/docs/Registry",
)
