"""Words of GitHub: its Container registry, the older GitHub Packages, and its API."""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature
from regdoctor.causes.signatures.wording import GITHUB, NOT_SENT, REFUSED

_GHCR = ("ghcr",)
_LINK = (
    "Package settings shows who can use the package: if this repository is not in the list, it has "
    "to be added; if it is, the token lacks the scope."
)
_PACKAGE = (
    "A token that opens another private package of the same owner is good: then this one is not open to it. "
    "Settings > Developer settings shows whether the token has expired and which scopes it has."
)

GITHUB_PACKAGES: tuple[Signature, ...] = (
    Signature(
        "token-expired",
        "user cannot be authenticated with the token provided",
        "",
        ("bad-credentials",),
        apart="Settings > Developer settings shows whether the token has expired; if it is not in the list, it was deleted or belongs to someone else.",
    ),
    Signature(
        "missing-scope",
        "could not be authenticated by the github packages service",
        "",
        ("bad-credentials", "registry-retired"),
        apart=_PACKAGE,
    ),
    Signature(
        "package-not-linked",
        "permission_denied",
        r"permission_denied: (read|write|create|delete)_package",
        ("missing-scope", "push-denied"),
        apart=_LINK,
    ),
    Signature(
        "package-not-linked",
        "permission_denied: the requested installation does not exist",
        "",
        ("missing-scope",),
        apart=_LINK,
    ),
    Signature("token-kind-unsupported", "credential type is not supported for registry"),
    Signature(
        "missing-scope",
        "installation not allowed to",
        r"installation not allowed to (create|write)",
        also_possible=("package-not-linked",),
        apart=_LINK,
    ),
    Signature(
        "missing-scope",
        "has not been granted the required scopes",
        vendor="ghcr",
    ),
    Signature("repository-not-found", "not_found: owner not found", vendor="ghcr"),
    Signature(
        "invalid-reference",
        "only supported with a tag of the format :owner/:repo_name/:image_name",
        vendor="github-packages",
    ),
    Signature(
        "missing-scope",
        "resource not accessible by",
        r"resource not accessible by (integration|personal access token)",
        common=True,
    ),
    Signature(
        "bad-credentials",
        "invalid token",
        r"\binvalid token\b",
        ("token-expired", "wrong-server-name"),
        GITHUB,
        apart=REFUSED,
    ),
    Signature(
        "package-not-linked",
        "403 forbidden",
        r"(put|post|patch) (request to )?\S{1,300} 403 forbidden|failed to (push|solve|copy).{0,300}403 forbidden",
        ("push-denied", "missing-scope"),
        _GHCR,
        level="symptom",
        apart=_LINK,
    ),
    Signature(
        "bad-credentials",
        "403 forbidden",
        r"ghcr\.io/token\S{0,300} 403 forbidden",
        ("token-expired", "package-not-linked", "pull-denied"),
        _GHCR,
        level="symptom",
        apart=_PACKAGE,
    ),
    Signature(
        "no-credentials-sent",
        "failed to fetch anonymous token",
        r"failed to fetch anonymous token: .{0,400}(401|403)",
        ("pull-denied", "repository-not-found", "package-not-linked"),
        _GHCR,
        apart=NOT_SENT,
    ),
    Signature(
        "pull-denied",
        "denied",
        r"(error response from daemon|unknown|error|failed to authorize|failed to copy): denied\W{0,3}$",
        ("package-not-linked", "bad-credentials", "token-kind-unsupported"),
        _GHCR,
        level="symptom",
        apart=_PACKAGE,
    ),
    Signature(
        "no-credentials-sent",
        "unauthorized",
        r"(daemon|/manifests/\S{1,200}): unauthorized\W{0,3}$",
        ("sso-not-authorized", "pull-denied", "missing-scope", "bad-credentials"),
        _GHCR,
        apart=_PACKAGE,
    ),
)
"""In the order of the table: the more telling first."""
