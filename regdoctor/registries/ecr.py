"""AWS Elastic Container Registry, private, in all partitions.

The host grammar is that of awslabs/amazon-ecr-credential-helper (ecr-login/api/client.go)."""

from __future__ import annotations

from regdoctor.registries.registry import Registry

ECR = Registry(
    id="ecr",
    name="AWS Elastic Container Registry",
    identifier="ECR",
    hosts=(
        r"\d{12}\.dkr[.-]ecr(-fips)?\.[a-z0-9][a-z0-9-]*\."
        r"(amazonaws\.(com(\.cn)?|eu)|on\.(aws|amazonwebservices\.com\.cn)|sc2s\.sgov\.gov|c2s\.ic\.gov"
        r"|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)",
    ),
    aliases=(
        r"([^.]*\.)?dkr[.-]ecr(-fips)?\.[a-z0-9-]+\.(amazonaws\.(com(\.cn)?|eu)|on\.aws)",
        r"(api\.)?ecr(-fips)?\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|api\.aws)",
    ),
    own_realm_only=True,
    realms=(r"^ecr\.amazonaws\.com",),
    credential="access key and its secret",
    credential_page="https://console.aws.amazon.com/iam/home#/users",
    documentation="https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html",
)
