"""What AWS's two registries share: access keys, the tokens made of them, and the region in the host.

Facts: https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html. Keys and users:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html.
"""

from __future__ import annotations

import re

from regdoctor.registries.credentials import is_access_key_id, is_form
from regdoctor.registries.judgement import Trouble, Values, wrong_kind, wrong_user

USER = "AWS"
"""The user name that goes with a token."""

_API = re.compile(
    r"(vpce-[a-z0-9-]+\.)?(api\.)?ecr(-public)?(-fips)?\.[a-z]{2,4}(-[a-z]+)+-\d{1,2}\."
    r"((vpce\.)?amazonaws\.(com(\.cn)?|eu)|api\.(aws|amazonwebservices\.(com\.cn|eu))|sc2s\.sgov\.gov"
    r"|c2s\.ic\.gov|api\.aws\.(hci\.)?ic\.gov|api\.aws\.scloud|csp\.hci\.ic\.gov|(api\.)?cloud(-aws)?\.adc-e\.uk)"
)
"""The hosts of ECR's own API (botocore, data/ecr*/endpoint-rule-set-1.json and data/partitions.json), and
those in a private network (https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html). Others
in the same domains belong to AWS's customers."""

TAKEN = ("ecr-token", "aws-access-key", "aws-temporary-key")


def is_api(host: str) -> bool:
    """Whether a host is one of ECR's own API."""
    return _API.fullmatch(host) is not None


def judge(values: Values) -> tuple[Trouble, ...]:
    """What is wrong with a user name and a password for a registry of AWS."""
    kind = values.credential.kind
    if kind == "aws-temporary-key":
        evidence = (f"{values.user} begins with ASIA: a temporary key",)
        return (
            Trouble("aws-session-token", part="user", evidence=evidence, facts=(("key_id", values.user),)),
        )
    if is_form(kind):
        return ()
    if is_access_key_id(values.password):
        return (_key_id_as_password(values),)
    if values.user == USER and re.fullmatch(r"[A-Za-z0-9/+]{40}", values.password):
        problem = "a name that goes with a token, while the password has the length of a secret access key"
        return (wrong_user(values, None, problem),)
    if values.user == USER:
        return ()
    if values.user.upper() == USER:
        return (wrong_user(values, USER, "a name in the wrong case", evidence=()),)
    problem = "neither the id of an access key nor the word AWS, which goes with a token"
    return (wrong_user(values, None, problem),)


def _key_id_as_password(values: Values) -> Trouble:
    evidence = ("the password has the form of an access key's id",)
    if re.fullmatch(r"[A-Za-z0-9/+]{40}", values.user):
        return Trouble("user-password-swapped", part="user", mend="swap", evidence=evidence)
    return wrong_kind("the id of an access key, without its secret").but(evidence=evidence)
