"""Google Artifact Registry.

Facts: https://cloud.google.com/artifact-registry/docs/docker/authentication; the host names are those of
GoogleCloudPlatform/docker-credential-gcr (config/const.go).
"""

from __future__ import annotations

import re

from regdoctor.registries.google import complete
from regdoctor.registries.registry import Registry


def _right_host(host: str) -> str | None:
    location = re.match(r"([a-z]+(-[a-z]+\d+)?)-[a-z]+\.pkg\.dev$", host)
    return f"{location[1]}-docker.pkg.dev" if location else None


GAR = complete(
    Registry(
        id="gar",
        name="Google Artifact Registry",
        identifier="GAR",
        server_form="<region>-docker.pkg.dev",
        hosts=(r"[a-z]+(-[a-z]+\d+)?-docker\.pkg\.dev", r"docker\.[a-z]+-[a-z]+\d+\.rep\.pkg\.dev"),
        aliases=(r"[a-z]+(-[a-z]+\d+)?-(maven|npm|python|go|apt|yum|generic|kfp)\.pkg\.dev",),
        right_host=_right_host,
        own_realm_only=True,
        realms=(r"\.pkg\.dev(/|$)",),
        credential="JSON key file of a service account with the role Artifact Registry Reader",
        credential_page="https://console.cloud.google.com/iam-admin/serviceaccounts",
        documentation="https://cloud.google.com/artifact-registry/docs/docker/authentication",
    )
)
