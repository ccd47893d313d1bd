"""What merely follows from a failure that is told elsewhere."""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature

CONSEQUENCES: tuple[Signature, ...] = (
    Signature(
        "pull-denied",
        "back-off pulling image",
        "",
        ("tag-not-found", "no-credentials-sent", "repository-not-found"),
        level="consequence",
        apart="kubectl describe pod shows the reason under Events.",
        program="kubelet",
    ),
    Signature(
        "registry-unavailable",
        "command failed: docker",
        r"command failed: docker (inspect --type image|pull)",
        ("docker-not-running", "tag-not-found", "pull-denied", "docker-permission-denied"),
        level="consequence",
        apart="The lines above tell why; if there are none, docker pull with the same image does.",
        program="dev container CLI",
    ),
    Signature(
        "pull-denied",
        "errimagepull",
        r"(error|reason|status|waiting|failed|warning)\W{1,4}(\w{1,20} )?errimagepull|\b\d{1,3}/\d{1,3} (init:)?errimagepull\b",
        ("tag-not-found", "no-credentials-sent", "repository-not-found"),
        level="consequence",
        apart="kubectl describe pod shows the reason under Events.",
        program="kubelet",
    ),
    Signature(
        "pull-denied",
        "imagepullbackoff",
        r"(error|reason|status|waiting|failed|warning)\W{1,4}(\w{1,20} )?imagepullbackoff|\b\d{1,3}/\d{1,3} (init:)?imagepullbackoff\b",
        ("tag-not-found", "no-credentials-sent", "repository-not-found"),
        level="consequence",
        apart="kubectl describe pod shows the reason under Events.",
        program="kubelet",
    ),
    Signature(
        "pull-denied",
        "docker pull failed with exit code",
        "",
        ("rate-limited", "registry-unavailable", "no-credentials-sent"),
        level="consequence",
        apart="The lines above tell why.",
        program="Actions",
    ),
    Signature(
        "bad-credentials",
        "login did not succeed",
        r"error: login did not succeed",
        level="consequence",
        sure=False,
        program="older docker",
    ),
    Signature(
        "tag-not-found",
        "no such image",
        r"no such image: \S",
        ("pull-denied",),
        level="consequence",
        apart="The image is not here and was not pulled: the lines around tell why.",
        program="Engine, podman",
    ),
    Signature(
        "tag-not-found",
        "image not known",
        "",
        ("pull-denied",),
        level="consequence",
        apart="The image is not here and was not pulled: the lines around tell why.",
        program="Engine, podman",
    ),
)
"""In the order of the table: the more telling first."""
