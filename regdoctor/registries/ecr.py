"""AWS Elastic Container Registry, private, in all partitions.

The host grammar is that of awslabs/amazon-ecr-credential-helper (ecr-login/api/client.go). Answers:
https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors-docker.html.
"""

from __future__ import annotations

import re

from regdoctor.regex import regex
from regdoctor.registries import aws
from regdoctor.registries.judgement import Refusal, Trouble, Values
from regdoctor.registries.registry import Exchange, Registry

_SUFFIX = (
    r"(amazonaws\.(com(\.cn)?|eu)|on\.(aws|amazonwebservices\.com\.cn)|sc2s\.sgov\.gov|c2s\.ic\.gov"
    r"|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)"
)
_HOST_PATTERN = (
    r"(?P<account>\d{12})\.dkr(?P<joint>[.-])ecr(?P<fips>-fips)?\.(?P<region>[a-z0-9][a-z0-9-]*)\." + _SUFFIX
)
_HOST = regex(_HOST_PATTERN)


# fmt: off
_REGIONS = frozenset((
    "af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3",
    "ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4",
    "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-central-1", "ca-west-1", "eu-central-1",
    "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3",
    "il-central-1", "me-central-1", "me-south-1", "me-west-1", "mx-central-1", "sa-east-1", "sa-west-1",
    "us-east-1", "us-east-2", "us-west-1", "us-west-2", "us-gov-east-1", "us-gov-west-1", "cn-north-1",
    "cn-northwest-1", "eusc-de-east-1", "us-iso-east-1", "us-iso-west-1", "us-isob-east-1",
    "us-isob-west-1", "eu-isoe-west-1", "us-isof-east-1", "us-isof-south-1",
))
# fmt: on
"""The regions in botocore's own list (data/partitions.json). New ones come: being unknown proves nothing."""


def _exchange(host: str) -> Exchange | None:
    match = _HOST.fullmatch(host)
    if match is None:
        return None
    return Exchange(
        "ecr",
        match["region"],
        match["account"],
        fips=match["fips"] is not None,
        dual_stack=match["joint"] == "-",
    )


def _right_host(host: str) -> str | None:
    """The host that was meant, where an account is written with dashes, as the console shows it."""
    account, dot, rest = host.partition(".")
    bare = account.replace("-", "")
    return f"{bare}{dot}{rest}" if _HOST.fullmatch(f"{bare}{dot}{rest}") else None


def _judge_host(host: str) -> Trouble | None:
    """A host without an account, or with one that is none: it resolves, and answers 400 to everybody."""
    if _HOST.fullmatch(host):
        return None
    match = re.fullmatch(r"([^.]*)\.dkr[.-].*", host)
    account, right = match[1] if match else "", _right_host(host)
    return Trouble(
        "aws-wrong-region",
        part="server",
        mend="set" if right else "replace",
        right=right,
        evidence=(f"the account in it is {account or 'missing'}, and an account has 12 digits",),
        facts=(("account", account or "no account"),),
    )


def _absent(host: str) -> Trouble | None:
    """AWS has a name for every account in each of its regions: where there is none, there is no region."""
    here = _exchange(host)
    if here is None or here.region in _REGIONS:
        return None
    return Trouble(
        "aws-wrong-region",
        part="server",
        evidence=(f"{here.region} is no region of AWS that is known here",),
        also_possible=("dns-not-found", "dns-failure"),
        facts=(("region", here.region),),
    )


def _reread(refusal: Refusal, values: Values) -> tuple[Refusal, Trouble | None]:
    here = _exchange(values.host)
    if refusal.cause != "bad-credentials" or here is None:
        return refusal, None
    if values.account is not None and values.account != here.account:
        evidence = (
            f"the key belongs to account {values.account}, the server names account {here.account}",
            "another account's registry takes a login where its account exists and admits this one",
        )
        return refusal, Trouble(
            "aws-wrong-region",
            part="server",
            evidence=evidence,
            also_possible=("bad-credentials",),
            facts=(("account", here.account or ""), ("region", here.region)),
        )
    if values.credential.kind == "ecr-token":
        # A token is good for one region, and for the accounts that its owner may use.
        return refusal.but(also_possible=_with(refusal.also_possible, "aws-wrong-region")), None
    return refusal, None


def _with(causes: tuple[str, ...], more: str) -> tuple[str, ...]:
    return causes if more in causes else (*causes, more)


ECR = Registry(
    id="ecr",
    name="AWS Elastic Container Registry",
    identifier="ECR",
    recommended_identifier="ECR",
    server_form="<account>.dkr.ecr.<region>.amazonaws.com",
    hosts=(_HOST_PATTERN,),
    aliases=(
        rf"([^.]*\.)?dkr[.-]ecr(-fips)?\.[a-z0-9-]+\.{_SUFFIX}",
        r"(api\.)?ecr(-fips)?\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|api\.aws)",
    ),
    right_host=_right_host,
    judge_host=_judge_host,
    own_realm_only=True,
    realms=(r"^ecr\.amazonaws\.com",),
    takes=aws.TAKEN,
    users=(("ecr-token", aws.USER),),
    expired="ecr-token-expired",
    absent=_absent,
    judge=aws.judge,
    reread=_reread,
    exchange=_exchange,
    credential="access key and its secret",
    credential_page="https://console.aws.amazon.com/iam/home#/users",
    hiding=None,
    documentation="https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html",
)
