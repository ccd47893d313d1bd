"""What GitHub's API answers about a codespace, its repository, its secrets and a package. Pure.

Facts: https://docs.github.com/rest/codespaces/secrets, /repository-secrets and /organization-secrets,
https://docs.github.com/rest/repos/repos#get-a-repository,
https://docs.github.com/rest/packages/packages#get-a-package-for-an-organization and
https://docs.github.com/rest/codespaces/codespaces#get-a-codespace-for-the-authenticated-user.
An answer comes from outside: what has not the form that is documented there tells nothing.
"""

from __future__ import annotations

import re

from regdoctor.names import read_name
from regdoctor.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    from regdoctor.secret import Secret

    Level = Literal["user", "repository", "organization"]
    Visibility = Literal["public", "internal", "private"]

SITE = "github.com"
API_HOST = "api.github.com"

TOKENS = ("REGDOCTOR_TOKEN", "GITHUB_TOKEN", "GITHUB_CODESPACE_TOKEN")
"""The variables that may hold a token for the API. The first is offered to users: one that may list secrets
and read packages, which a codespace's own token as a rule may not."""


class Repository(Record):
    """A repository, as far as the API told."""

    full_name: str
    id: int | None = None
    visibility: Visibility | None = None
    fork: bool = False
    may_write: bool | None = None
    """Whether the token's user may push to it."""
    owner_kind: str | None = None
    """User or Organization."""


class Package(Record):
    """A package of GitHub's registry."""

    visibility: Visibility | None = None
    repository: str | None = None
    """The repository that it is linked to, as owner/name; None where it is linked to none."""
    owner_kind: str | None = None
    """User or Organization."""


class StoredSecret(Record):
    """A Codespaces secret, of which the API tells everything but the value."""

    name: str
    level: Level
    policy: str = "all"
    """Which repositories are given it: all, private or selected."""
    updated_at: str | None = None
    granted: bool | None = None
    """Whether this codespace's repository is given it; None where that was not told."""


class Told(Record):
    """All that the API told of a codespace. What it did not tell is None or empty."""

    repository: Repository | None = None
    prebuilt: bool | None = None
    """Whether the codespace was made from a prebuild."""
    secrets: tuple[StoredSecret, ...] = ()
    """Those for registries."""


def api_host(environ: Mapping[str, str]) -> str | None:
    """The API's host in a codespace of github.com; None elsewhere.

    A token goes to no host that an environment variable alone names, so a codespace of any other GitHub
    asks nothing.
    """
    if environ.get("CODESPACES") != "true":
        return None
    named = {environ.get(name, "").rstrip("/") for name in ("GITHUB_SERVER_URL", "GITHUB_API_URL")}
    return API_HOST if named <= {"", f"https://{SITE}", f"https://{API_HOST}"} else None


def token_of(environ: Mapping[str, str]) -> Secret | None:
    """The token to ask with, if there is one that a header can carry."""
    from regdoctor.secret import Secret

    for name in TOKENS:
        value = environ.get(name, "").strip()
        if re.fullmatch(r"[\x21-\x7e]{1,1000}", value):
            return Secret(value)
    return None


def is_repository(name: object) -> bool:
    """Whether a value can be the name of a repository, owner/name."""
    return isinstance(name, str) and re.fullmatch(r"[\w-]{1,100}/[\w.-]{1,100}", name, re.ASCII) is not None


def read_repository(answer: object) -> Repository | None:
    """A repository, from the API's answer about it."""
    if not isinstance(answer, dict) or not is_repository(answer.get("full_name")):
        return None
    permissions, number = answer.get("permissions"), answer.get("id")
    may_write = permissions.get("push") if isinstance(permissions, dict) else None
    visibility = _visibility(answer.get("visibility"))
    if visibility is None and isinstance(answer.get("private"), bool):
        visibility = "private" if answer["private"] else "public"
    return Repository(
        full_name=answer["full_name"],
        id=number if isinstance(number, int) and not isinstance(number, bool) else None,
        visibility=visibility,
        fork=answer.get("fork") is True,
        may_write=may_write if isinstance(may_write, bool) else None,
        owner_kind=_owner_kind(answer),
    )


def read_package(answer: object) -> Package | None:
    """A package, from the API's answer about it."""
    if not isinstance(answer, dict) or not isinstance(answer.get("package_type"), str):
        return None
    linked = answer.get("repository")
    name = linked.get("full_name") if isinstance(linked, dict) else None
    return Package(
        visibility=_visibility(answer.get("visibility")),
        repository=name if is_repository(name) else None,
        owner_kind=_owner_kind(answer),
    )


def read_prebuilt(answer: object) -> bool | None:
    """Whether a codespace was made from a prebuild."""
    prebuilt = answer.get("prebuild") if isinstance(answer, dict) else None
    return prebuilt if isinstance(prebuilt, bool) else None


def read_secrets(answer: object, level: Level) -> tuple[StoredSecret, ...]:
    """The secrets for registries in a list of one level."""
    listed = answer.get("secrets") if isinstance(answer, dict) else None
    found = []
    for each in listed if isinstance(listed, list) else ():
        name = each.get("name") if isinstance(each, dict) else None
        if not isinstance(name, str) or not re.fullmatch(r"\w{1,200}", name, re.ASCII):
            continue
        if read_name(name) is None:
            continue
        policy = each.get("visibility", "all")
        found.append(
            StoredSecret(
                name.upper(),
                level,
                policy if policy in ("all", "private", "selected") else "unknown",
                _moment(each.get("updated_at")),
                # What is stored with a repository is for that one.
                True if level == "repository" else None,
            )
        )
    return tuple(found)


def read_selected(answer: object, repository: str) -> bool | None:
    """Whether a repository is among those that a secret is given to; None where the list is not whole."""
    listed = answer.get("repositories") if isinstance(answer, dict) else None
    if not isinstance(answer, dict) or not isinstance(listed, list):
        return None
    names = [each.get("full_name") for each in listed if isinstance(each, dict)]
    if any(isinstance(name, str) and name.lower() == repository.lower() for name in names):
        return True
    return False if answer.get("total_count") == len(names) else None


def by_policy(secret: StoredSecret, repository: Repository | None) -> StoredSecret:
    """A secret, with what its policy says of a repository, as far as that is enough to know."""
    if secret.granted is not None or secret.policy == "all":
        return secret.but(granted=secret.granted is not False)
    if secret.policy == "private" and repository is not None and repository.visibility is not None:
        return secret.but(granted=repository.visibility != "public")
    return secret


def _visibility(value: object) -> Visibility | None:
    known: tuple[Visibility, ...] = ("public", "internal", "private")
    return next((each for each in known if each == value), None)


def _owner_kind(answer: dict[str, object]) -> str | None:
    owner = answer.get("owner")
    kind = owner.get("type") if isinstance(owner, dict) else None
    return kind if kind in ("User", "Organization") else None


def _moment(value: object) -> str | None:
    """A time as it is shown, "2026-01-31 12:00 UTC", from the forms that GitHub writes."""
    if not isinstance(value, str):
        return None
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d{1,9})?(?:Z|\+00:00)", value, re.ASCII)
    return f"{match[1]} {match[2]} UTC" if match else None
