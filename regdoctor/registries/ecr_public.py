"""AWS ECR Public. Its tokens come from one region only.

Facts: https://docs.aws.amazon.com/AmazonECR/latest/public/public-registry-auth.html.
"""

from __future__ import annotations

from regdoctor.registries import aws
from regdoctor.registries.registry import Exchange, Registry

_EXCHANGE = Exchange("ecr-public", "us-east-1")

ECR_PUBLIC = Registry(
    id="ecr-public",
    name="AWS ECR Public",
    identifier="ECR_PUBLIC",
    server_form="public.ecr.aws",
    hosts=(r"public\.ecr\.aws", r"ecr-public\.aws\.com"),
    aliases=(r"gallery\.ecr\.aws",),
    right_server="public.ecr.aws",
    realms=(r"^https://public\.ecr\.aws/", r"^public\.ecr\.aws$"),
    takes=aws.TAKEN,
    users=(("ecr-token", aws.USER),),
    expired="ecr-token-expired",
    judge=aws.judge,
    exchange=lambda host: _EXCHANGE,
    credential="access key and its secret",
    credential_page="https://console.aws.amazon.com/iam/home#/users",
    documentation="https://docs.aws.amazon.com/AmazonECR/latest/public/public-registry-auth.html",
)
