"""Words of clusters: kubelet, CRI-O, crictl, Swarm, minikube and Amazon ECS."""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature

CLUSTERS: tuple[Signature, ...] = (
    # kubelet, CRI-O, Swarm, ECS
    Signature(
        "no-credentials-sent",
        "unable to retrieve some image pull secrets",
        sure=False,
        program="kubelet",
    ),
    Signature(
        "tag-not-found",
        "is not present with pull policy of never",
        sure=False,
        program="kubelet",
    ),
    Signature(
        "tag-not-found",
        "errimageneverpull",
        r"(error|reason|status|waiting|failed|warning)\W{1,4}(\w{1,20} )?errimageneverpull|\b\d{1,3}/\d{1,3} (init:)?errimageneverpull\b",
        level="consequence",
        sure=False,
        program="kubelet",
    ),
    Signature(
        "registry-unavailable",
        "registryunavailable",
        r"(error|reason|status|waiting|failed)\W{1,4}registryunavailable",
        ("tcp-timeout", "dns-failure"),
        level="consequence",
        apart="kubectl describe pod shows the reason under Events.",
        program="kubelet",
    ),
    Signature(
        "invalid-reference",
        "returns ambiguous list",
        r"short name mode is enforcing, but image name \S{1,200} returns ambiguous list",
        program="CRI-O",
    ),
    Signature(
        "pull-denied",
        "signature was required",
        r"a signature was required, but no signature exists",
        program="podman, skopeo",
    ),
    Signature(
        "pull-denied",
        "could not be accessed on a registry",
        r"image \S{1,200} could not be accessed on a registry to record its digest",
        ("no-credentials-sent", "repository-not-found"),
        level="consequence",
        apart="If docker service create went without --with-registry-auth, the nodes have no login.",
        program="Swarm",
    ),
    Signature(
        "tag-not-found",
        "no such manifest:",
        "",
        ("pull-denied", "no-credentials-sent", "repository-not-found"),
        apart="docker manifest says the same of what may not be read: docker pull with the same name tells which.",
        program="docker manifest",
    ),
    Signature(
        "aws-access-denied",
        "unable to pull secrets or registry auth",
        r"resourceinitializationerror: unable to pull secrets or registry auth",
        ("tcp-timeout", "aws-no-credentials"),
        level="symptom",
        apart="If the words behind it tell of a connection, the task has no way to ECR: an address of its own, a NAT gateway or an endpoint; otherwise its execution role lacks the right.",
        vendor="ecr",
        program="Amazon ECS",
    ),
    Signature(
        "tcp-timeout",
        "is having trouble accessing",
        r"this (vm|container) is having trouble accessing https://",
        ("proxy-error", "dns-failure", "tls-unknown-ca"),
        level="symptom",
        apart="minikube ssh and curl from in there show what stops it; behind a proxy, minikube needs HTTPS_PROXY.",
        program="minikube",
    ),
    Signature(
        "docker-api-mismatch",
        "cri v1",
        r"validate cri v1 (runtime|image) api for endpoint.{0,300}unimplemented",
        ("docker-not-running",),
        apart="containerd answers, and does not speak this version of the interface: its cri plugin is disabled or older.",
        program="crictl, kubeadm",
    ),
)
"""In the order of the table: the more telling first."""
