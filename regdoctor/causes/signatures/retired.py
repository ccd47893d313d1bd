"""Words about the registries that are gone, of which any failure means the same."""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature

_GONE = (
    r"(.{1,100}\.)?bintray\.io|registry\.[a-z-]{2,10}\.bluemix\.net|registry\.bluemix\.net|registry\.centos\.org"
    r"|registry\.docker-cn\.com|dockerhub\.azk8s\.cn|gcr\.azk8s\.cn|quay\.azk8s\.cn|k8s\.gcr\.io|docker\.pkg\.github\.com"
)
"""Registries that were shut down, frozen or replaced."""
_GONE_APART = (
    "The registry of this name was shut down or replaced: if its successor has the image, that is it; a "
    "failure of the network looks the same here."
)

RETIRED: tuple[Signature, ...] = (
    *(
        Signature(
            "registry-retired",
            needle,
            pattern,
            ("registry-unavailable", *also),
            apart=_GONE_APART,
            host=_GONE,
        )
        for needle, pattern, also in (
            ("forbidden", r"\b403\b.{0,80}forbidden", ()),
            ("no such host", "", ("dns-failure",)),
            (
                "unexpected",
                r"unexpected (http )?status.{0,300}\b(401|403|404|410|50\d)\b",
                ("no-credentials-sent",),
            ),
            ("not found", r"(manifest (for|unknown)|/\S{1,200}: |/\S{1,200} )not found", ("tag-not-found",)),
            ("410 gone", "", ()),
        )
    ),
    Signature(
        "no-credentials-sent",
        "no basic auth credentials",
        "",
        ("registry-retired", "package-not-linked"),
        apart="docker kept no login for this host; GitHub has replaced it by ghcr.io, where the image is now.",
        host=r"docker\.pkg\.github\.com",
    ),
)
"""In the order of the table: the more telling first."""
