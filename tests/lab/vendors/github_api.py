"""Owns the scripted API of github.com, as far as it tells of codespaces, their secrets, and packages.

Bodies as docs.github.com/rest has them: repos, codespaces/secrets, codespaces/repository-secrets,
codespaces/organization-secrets and packages; only the fields that matter, and a few beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.lab.certificates import Authority
from tests.lab.scripted import Answer, Request
from tests.lab.vendors.vendor import Vendor, made_up

HOST = "api.github.com"
REFUSED = "Resource not accessible by integration"
"""What a codespace's own token is told (github/vscode-github-actions#198)."""

Answers = Mapping[str, Any]
"""Path (without its query) → the body, or a status instead."""


def repository(
    name: str = "octo/app",
    *,
    number: int = 1296269,
    visibility: str = "private",
    push: bool = True,
    fork: bool = False,
    kind: str = "User",
) -> dict[str, Any]:
    """What `GET /repos/{owner}/{repo}` answers."""
    owner, _, short = name.partition("/")
    return {
        "id": number,
        "name": short,
        "full_name": name,
        "private": visibility != "public",
        "visibility": visibility,
        "fork": fork,
        "owner": {"login": owner, "type": kind},
        "permissions": {"admin": False, "push": push, "pull": True},
    }


def secrets(
    *names: str, visibility: str | None = None, changed: str = "2026-01-10T14:59:22Z"
) -> dict[str, Any]:
    """A list of secrets; those of a repository have no visibility."""
    policy = {} if visibility is None else {"visibility": visibility}
    listed = [{"name": name, "created_at": changed, "updated_at": changed, **policy} for name in names]
    return {"total_count": len(names), "secrets": listed}


def selected(*names: str, total: int | None = None) -> dict[str, Any]:
    """The repositories that a secret is given to."""
    count = len(names) if total is None else total
    return {"total_count": count, "repositories": [{"id": 1, "full_name": name} for name in names]}


def package(
    visibility: str = "private", linked: str | None = None, kind: str = "Organization"
) -> dict[str, Any]:
    """What `GET /orgs/{org}/packages/container/{name}` answers."""
    body: dict[str, Any] = {
        "id": 197,
        "name": "app",
        "package_type": "container",
        "visibility": visibility,
        "owner": {"login": "octo", "type": kind},
    }
    return body if linked is None else {**body, "repository": {"id": 2, "full_name": linked}}


def github_api(
    authority: Authority, answers: Answers, *, token: str | None = None, delay: float = 0.0
) -> Vendor:
    """Knows one token; whoever shows another is not known, and a path that is not scripted is not found."""
    known = token or "ghp_" + made_up(36)

    def handler(request: Request) -> Answer:
        if request.bearer != known:
            return _message(401, "Bad credentials")
        answer = answers.get(request.path, 404)
        if isinstance(answer, int):
            return _message(answer, REFUSED if answer == 403 else "Not Found")
        return Answer(body=answer, delay=delay)

    return Vendor(authority, HOST, {HOST: handler}, {"token": ("octocat", known)}, wrong="ghp_" + made_up(36))


def _message(status: int, text: str) -> Answer:
    return Answer(status, body={"message": text, "documentation_url": "https://docs.github.com/rest"})
