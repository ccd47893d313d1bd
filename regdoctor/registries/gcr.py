"""Google Container Registry, shut down on 2025-03-18: its names are served by Artifact Registry, where a
project has a repository for them.

Facts: https://cloud.google.com/artifact-registry/docs/transition/transition-from-gcr and
https://kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement/.
"""

from __future__ import annotations

from regdoctor.registries.google import complete
from regdoctor.registries.registry import Registry

GCR = complete(
    Registry(
        id="gcr",
        name="Google Container Registry",
        identifier="GCR",
        hosts=(r"((us|eu|asia|k8s|marketplace|mirror|launcher)\.)?gcr\.io",),
        replaced=(
            (r"(us\.)?gcr\.io", "us-docker.pkg.dev"),
            (r"eu\.gcr\.io", "europe-docker.pkg.dev"),
            (r"asia\.gcr\.io", "asia-docker.pkg.dev"),
            (r"k8s\.gcr\.io", "registry.k8s.io"),
        ),
        realms=(r"^https://([a-z]+\.)?gcr\.io/", r"^([a-z]+\.)?gcr\.io$"),
        credential="JSON key file of a service account",
        credential_page="https://console.cloud.google.com/iam-admin/serviceaccounts",
        documentation="https://cloud.google.com/artifact-registry/docs/transition/transition-from-gcr",
    )
)
