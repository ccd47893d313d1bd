"""Google Container Registry, shut down on 2025-03-18: its names are served by Artifact Registry."""

from __future__ import annotations

from regdoctor.registries.registry import Registry

GCR = Registry(
    id="gcr",
    name="Google Container Registry",
    identifier="GCR",
    hosts=(r"((us|eu|asia|marketplace|mirror|launcher)\.)?gcr\.io",),
    realms=(r"^https://([a-z]+\.)?gcr\.io/", r"^([a-z]+\.)?gcr\.io$"),
    credential="key file of a service account",
    credential_page="https://console.cloud.google.com/iam-admin/serviceaccounts",
    documentation="https://cloud.google.com/artifact-registry/docs/transition/transition-from-gcr",
)
