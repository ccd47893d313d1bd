"""Google Artifact Registry."""

from __future__ import annotations

from regdoctor.registries.registry import Registry

GAR = Registry(
    id="gar",
    name="Google Artifact Registry",
    identifier="GAR",
    hosts=(r"[a-z]+(-[a-z]+\d+)?-docker\.pkg\.dev", r"docker\.[a-z]+-[a-z]+\d+\.rep\.pkg\.dev"),
    aliases=(
        r"[a-z0-9-]+-(maven|npm|python|go|apt|yum|generic|kfp)\.pkg\.dev",
        r"(artifactregistry|containerregistry)\.googleapis\.com",
    ),
    own_realm_only=True,
    realms=(r"\.pkg\.dev(/|$)",),
    credential="key file of a service account with the role Artifact Registry Reader",
    credential_page="https://console.cloud.google.com/iam-admin/serviceaccounts",
    documentation="https://cloud.google.com/artifact-registry/docs/docker/authentication",
)
