"""AWS ECR Public."""

from __future__ import annotations

from regdoctor.registries.registry import Registry

ECR_PUBLIC = Registry(
    id="ecr-public",
    name="AWS ECR Public",
    identifier="ECR_PUBLIC",
    hosts=(r"public\.ecr\.aws", r"ecr-public\.aws\.com"),
    aliases=(r"gallery\.ecr\.aws",),
    right_server="public.ecr.aws",
    realms=(r"^https://public\.ecr\.aws/", r"^public\.ecr\.aws$"),
    credential="token from aws ecr-public get-login-password",
    credential_page="https://console.aws.amazon.com/iam/home#/users",
    documentation="https://docs.aws.amazon.com/AmazonECR/latest/public/public-registry-auth.html",
)
