"""Why GitHub Container registry refuses an image to a codespace, by GitHub's own rules. Pure."""

from __future__ import annotations

import re

from regdoctor.causes import packages as causes
from regdoctor.causes.cause import finding as say
from regdoctor.codespace.facts import is_repository

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from regdoctor.causes.cause import Cause
    from regdoctor.codespace.facts import Package, Repository
    from regdoctor.model import Finding

HOST = "ghcr.io"


def explain_denied(
    host: str,
    repository: str,
    package: Package | None,
    workspace_repositories: Mapping[str, object],
    environ: Mapping[str, str],
    codespaces_repository: Repository | None = None,
) -> Finding | None:
    """What a refusal by ghcr.io means in a codespace that pulls without a set of its own; None where it means
    nothing that is known here: outside a codespace, at another registry, and for a public package, which is
    open to everybody, so that the refusal is that of a login.

    `repository` is the image's path (octo/app of ghcr.io/octo/app:1). `workspace_repositories` is what
    devcontainer.json has under customizations.codespaces.repositories, as it stands there. `package` and
    `codespaces_repository` are what GitHub's API told, if anything. All names in the result were checked.
    """
    ours = environ.get("GITHUB_REPOSITORY", "")
    owner, _, name = repository.partition("/")
    if environ.get("CODESPACES") != "true" or host != HOST or not is_repository(ours):
        return None
    if not name or not re.fullmatch(r"[a-z0-9._/-]{1,255}", repository):
        return None
    if package is not None and package.visibility == "public":
        return None
    is_public = codespaces_repository is not None and codespaces_repository.visibility == "public"
    same_owner = owner.lower() == ours.partition("/")[0].lower()
    cause = _cause(package, ours, is_public, same_owner, asks_for_packages(workspace_repositories, owner))
    found = say(
        cause,
        {"repository": repository, "owner": owner},
        evidence=_evidence(package, ours, is_public, repository),
        # The API hides a package that the token may not see just as the registry does.
        also_possible=("repository-not-found",) if package is None else (),
    )
    page = _settings_page(owner, name, package, codespaces_repository if same_owner else None)
    if page is None:
        return found
    steps = (
        step.but(url=page) if "Package settings" in step.text and "package" in (step.url or "") else step
        for step in found.remediation
    )
    return found.but(remediation=tuple(steps))


def asks_for_packages(workspace_repositories: Mapping[str, object], owner: str) -> bool:
    """Whether a workspace asks for the packages of one of an owner's repositories."""
    for name, wanted in workspace_repositories.items():
        permissions = wanted.get("permissions") if isinstance(wanted, dict) else None
        packages = permissions.get("packages") if isinstance(permissions, dict) else permissions
        whose = str(name).partition("/")[0]
        if packages in ("read", "write", "read-all", "write-all") and whose.lower() == owner.lower():
            return True
    return False


def _cause(package: Package | None, ours: str, is_public: bool, same_owner: bool, asked_for: bool) -> Cause:
    linked = package.repository.lower() if package is not None and package.repository else None
    if linked == ours.lower():
        return causes.NOT_INHERITED
    if not same_owner:
        return causes.OF_ANOTHER_OWNER
    if is_public and package is not None:
        return causes.PUBLIC_REPOSITORY
    if asked_for:
        return causes.ASKED_FOR
    if package is None:
        return causes.NOT_LINKED
    if package.visibility == "internal":
        return causes.INTERNAL
    return causes.OF_ANOTHER_REPOSITORY if linked else causes.OF_NO_REPOSITORY


def _evidence(package: Package | None, ours: str, is_public: bool, repository: str) -> tuple[str, ...]:
    told = [f"this codespace belongs to {ours}" + (", which is public" if is_public else "")]
    if package is not None:
        if package.visibility is not None:
            told.append(f"GitHub's API says that the package {repository} is {package.visibility}")
        where = f"linked to {package.repository}" if package.repository else "linked to no repository"
        told.append(f"GitHub's API says that it is {where}")
    return tuple(told)


def _settings_page(owner: str, name: str, package: Package | None, ours: Repository | None) -> str | None:
    """The page of the package's settings; None where it is not known whether its owner is an organisation."""
    kind = (package.owner_kind if package else None) or (ours.owner_kind if ours else None)
    if kind is None:
        return None
    place = "orgs" if kind == "Organization" else "users"
    return f"https://github.com/{place}/{owner}/packages/container/{name.replace('/', '%2F')}/settings"
