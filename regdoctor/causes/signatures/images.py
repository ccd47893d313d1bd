"""Words about an image at a registry: the right to it, and whether it is there."""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature
from regdoctor.causes.signatures.wording import NOT_SENT, PULL, PUSH

_HIDDEN = ("repository-not-found", "no-credentials-sent", "wrong-server-name")
_BAKED = (
    "A name without an account is looked for in library/ at Docker Hub: it is an image that was never built "
    "here, a stage that the Dockerfile does not have, or a private repository without its account."
)
_TAGS = "Where the registry's pages list the repository, the tag is missing; where they do not, the repository is."

IMAGES: tuple[Signature, ...] = (
    # Too large, or too much
    Signature(
        "request-too-large",
        "413",
        r"413 (request entity|payload|content) too large|error parsing http 413|status( code)?:? ?413|unexpected status.{0,300}\b413\b",
        common=True,
    ),
    Signature("request-too-large", "client intended to send too large body", program="nginx"),
    Signature(
        "request-too-large",
        "request body too large",
        r"http: request body too large",
        program="Go",
        common=True,
    ),
    # A repository that is not there
    Signature("repository-not-found", "name unknown", r"(?<!\w)name unknown\b", ("pull-denied",), apart=PULL),
    Signature("repository-not-found", "name_unknown", "", ("pull-denied",), apart=PULL),
    Signature(
        "repository-not-found", "repository name not known to registry", "", ("pull-denied",), apart=PULL
    ),
    Signature(
        "repository-not-found",
        "not found",
        r"(repository|docker\.io)\S{0,3} ?\S{0,200} not found: does not exist or no (pull )?access",
        _HIDDEN[1:],
        apart=PULL,
        program="Engine 17",
    ),
    Signature(
        "repository-not-found",
        "error: image",
        r"error: image \S{1,200} not found\b",
        ("tag-not-found", "pull-denied"),
        apart=_TAGS,
        program="Engine before 17",
    ),
    Signature(
        "repository-not-found",
        "trying to pull repository",
        r"status 404 trying to pull repository",
        ("registry-retired",),
        apart="Docker Hub has given up the old interface: a docker that still asks by it finds nothing.",
        program="Engine before 1.8",
    ),
    Signature(
        "pull-denied",
        "trying to pull repository",
        r"status 40[13] trying to pull repository",
        ("repository-not-found", "no-credentials-sent"),
        apart=PULL,
        program="Engine before 17",
    ),
    Signature(
        "repository-not-found",
        "repository not found",
        r"(unknown|error|denied|failed|404)\b.{0,80}repository not found",
        ("pull-denied",),
        common=True,
        apart=PULL,
    ),
    # The right to push
    Signature(
        "push-denied",
        "push access denied",
        "",
        ("no-credentials-sent", "repository-not-found"),
        apart=PUSH,
        program="containerd",
    ),
    Signature(
        "push-denied",
        "checking push permission",
        r"checking push permission.{0,500}(401|403|unauthorized|denied|not authorized)",
        ("no-credentials-sent", "repository-not-found"),
        apart=PUSH,
        program="kaniko",
    ),
    Signature(
        "push-denied",
        "trying to reuse blob",
        r"trying to reuse blob \S{1,100} at destination.{0,500}(unauthorized|authentication required|denied|not authorized)",
        ("no-credentials-sent", "bad-credentials", "repository-not-found"),
        apart=PUSH,
        program="podman, skopeo",
    ),
    Signature(
        "push-denied",
        "/blobs/uploads/",
        r"/blobs/uploads/.{0,200}(unauthorized|denied|not authorized|\b40[13]\b)",
        ("no-credentials-sent", "bad-credentials", "repository-not-found"),
        apart=PUSH,
        program="podman, go-containerregistry",
    ),
    Signature(
        "push-denied",
        "failed to push",
        r"failed to push (?!some refs)\S{1,300}(unexpected status.{0,400}\b40[13]\b|.{0,300}(denied|unauthorized|insufficient_scope|not authorized))",
        ("no-credentials-sent", "bad-credentials", "repository-not-found"),
        apart=PUSH,
        program="BuildKit",
    ),
    Signature(
        "push-denied",
        "uploading manifest",
        r"uploading manifest .{0,300}(unauthorized|denied|not authorized)",
        ("no-credentials-sent", "bad-credentials"),
        apart=PUSH,
        program="podman, skopeo",
    ),
    Signature(
        "push-denied",
        "access to the requested resource is not authorized",
        "",
        ("no-credentials-sent", "bad-credentials", "repository-not-found"),
        apart=PUSH,
        during=("push",),
        program="Quay, Nexus",
    ),
    Signature(
        "push-denied",
        "insufficient_scope",
        r"insufficient_scope: authorization failed",
        ("no-credentials-sent", "bad-credentials", "repository-not-found"),
        apart=PUSH,
        during=("push",),
        program="containerd, nerdctl",
    ),
    Signature("tag-not-found", "an image does not exist locally with the tag", program="docker push"),
    Signature("tag-not-found", "tag does not exist", r"tag does not exist: \S", program="docker push"),
    # The right to pull
    Signature(
        "repository-not-found",
        "pull access denied for",
        r"pull access denied for [^/ ,]{1,200}, repository does not exist",
        ("pull-denied", "no-credentials-sent", "wrong-server-name"),
        apart=_BAKED,
        program="Engine",
    ),
    Signature(
        "pull-denied",
        "pull access denied",
        "",
        (*_HIDDEN, "quota-exceeded", "ecr-token-expired"),
        apart=PULL,
        program="Engine, containerd",
    ),
    Signature(
        "pull-denied",
        "reading manifest",
        r"reading manifest .{0,300}(requested access to the resource is denied|access to the requested resource is not authorized|denied)",
        _HIDDEN,
        apart=PULL,
        program="podman, skopeo",
    ),
    Signature(
        "pull-denied",
        "requested access to the resource is denied",
        r"(pull|fetch|initializing source|getting image|reading|/manifests/|get \"?https?://).{0,600}requested access to the resource is denied",
        ("push-denied", *_HIDDEN),
        apart=PULL,
        program="podman, go-containerregistry",
    ),
    Signature(
        "push-denied",
        "requested access to the resource is denied",
        "",
        ("pull-denied", "no-credentials-sent", "repository-not-found"),
        apart=f"docker push says these words alone; of a pull, docker says pull access denied before them. {PUSH}",
        program="docker push",
    ),
    Signature(
        "pull-denied",
        "access to the requested resource is not authorized",
        "",
        ("no-credentials-sent", "push-denied", "repository-not-found"),
        apart=PULL,
        program="Quay, Nexus",
    ),
    Signature(
        "pull-denied",
        "insufficient_scope",
        r"insufficient_scope: authorization failed",
        _HIDDEN,
        apart=PULL,
        program="containerd",
    ),
    Signature(
        "pull-denied",
        "is rejected by policy",
        r"(source image rejected|running image \S{1,300}) ?(: .{0,300})?is rejected by policy",
        sure=False,
        program="podman, skopeo",
    ),
    Signature(
        "pull-denied",
        "denied by policy",
        r"source \S{0,300} ?(not allowed|denied) by policy|could not resolve image due to policy",
        sure=False,
        program="BuildKit",
    ),
    # A tag that is not there
    Signature("tag-not-found", "manifest unknown", "", ("repository-not-found",), apart=_TAGS),
    Signature(
        "tag-not-found", "manifest_unknown", r"\bmanifest_unknown\b", ("repository-not-found",), apart=_TAGS
    ),
    Signature(
        "tag-not-found",
        "manifest for",
        r"manifest for \S{1,300} not found",
        ("repository-not-found",),
        apart=_TAGS,
        program="Engine",
    ),
    Signature(
        "tag-not-found",
        "not found in repository",
        r"tag \S{1,200} not found in repository",
        program="Engine before 17",
    ),
    Signature(
        "tag-not-found",
        ": not found",
        r"(failed to resolve (reference|source metadata|image)|failed to load metadata for|pulling image|failed to pull( and unpack)? image|error response from daemon|failed to solve|failed to copy)\W.{0,500}: not found\b",
        ("repository-not-found",),
        apart=_TAGS,
        program="containerd, BuildKit",
    ),
    Signature(
        "tag-not-found",
        ": not found",
        r"(^|\s|\")[a-z0-9.-]{1,100}\.[a-z]{2,10}(:\d{1,5})?/\S{1,200}: not found\W{0,3}$",
        ("repository-not-found",),
        apart=_TAGS,
        program="containerd, BuildKit",
    ),
    Signature(
        "tag-not-found",
        "/manifests/",
        r"/manifests/[^/\s]{1,200} .{0,60}\b404\b|404 \(?not found\)?.{0,60}/manifests/",
        ("repository-not-found",),
        level="symptom",
        apart=_TAGS,
    ),
    Signature(
        "tag-not-found",
        "[manifests",
        r"\[manifests \S{1,200}\]: 404",
        ("repository-not-found",),
        level="symptom",
        apart=_TAGS,
        program="containerd",
    ),
    Signature("tag-not-found", "image manifest does not exist for tag or digest", program="Engine"),
    # No login was sent
    Signature(
        "no-credentials-sent",
        "no basic auth credentials",
        r"no basic auth credentials(?! to send)",
        ("wrong-server-name", "ecr-token-expired"),
        apart=NOT_SENT,
        program="docker CLI",
    ),
    Signature(
        "no-credentials-sent",
        "missing username or",
        r"because missing username or secret|missing username or password for (basic|bearer) auth",
        ("wrong-server-name",),
        apart=NOT_SENT,
        program="containerd, oras",
    ),
    Signature(
        "no-credentials-sent",
        "basic credential not found",
        "",
        ("wrong-server-name",),
        apart=NOT_SENT,
        program="oras",
    ),
    Signature(
        "no-credentials-sent",
        "not logged in",
        r"(error: |fata.{0,40}|level=\w{1,10} msg=.)not logged in(to)?\b",
        common=True,
        apart=NOT_SENT,
        program="podman",
    ),
    Signature(
        "no-credentials-sent",
        "failed to fetch anonymous token",
        r"failed to fetch anonymous token.{0,800}\b40[0134]\b",
        ("repository-not-found", "pull-denied"),
        apart="Nothing was sent: where the image is public, its name is wrong; where it is private, a login for this host is missing.",
        program="containerd, BuildKit",
    ),
)
"""In the order of the table: the more telling first."""
