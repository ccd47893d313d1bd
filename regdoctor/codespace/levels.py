"""The secrets that GitHub lists at its levels, put beside those that are here. Pure.

A secret can be stored for an account, a repository and an organisation. The lowest level counts, of which
GitHub's documentation says that the repository is lower than the organisation, and nothing of the account:
https://docs.github.com/codespaces/managing-codespaces-for-your-organization/managing-development-environment-secrets-for-your-repository-or-organization
"""

from __future__ import annotations

from regdoctor.causes import CAUSES
from regdoctor.causes.cause import finding as say
from regdoctor.codespace.facts import SITE
from regdoctor.model import PARTS, Step, variable_name
from regdoctor.names import read_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from regdoctor.codespace.facts import Level, Repository, StoredSecret, Told
    from regdoctor.model import Finding, SecretSet

_WHERE: dict[Level, str] = {
    "user": "your own account",
    "repository": "the repository",
    "organization": "the organisation",
}


def explain_set(
    secret_set: SecretSet, told: Told, started: str | None = None, known: tuple[str, ...] = ()
) -> tuple[Finding, ...]:
    """What the levels tell of a set that fails or lacks a part; nothing where they tell nothing.

    `started` is when the codespace started, in the form of `StoredSecret.updated_at`. The variables in
    `known` are compared with what Codespaces keeps already.
    """
    missing = [variable_name(secret_set.id, part) for part in PARTS if secret_set.variable(part) is None]
    if missing:
        return _withheld(secret_set.id, missing, told)
    return (*_changed_since(secret_set, told, started, known), *_in_conflict(secret_set, told))


def explain_absence(told: Told) -> tuple[Finding, ...]:
    """What the levels tell of a codespace without any set: those that are stored, and withheld."""
    identifiers: dict[str, list[str]] = {}
    for secret in told.secrets:
        name = read_name(secret.name)
        if name is not None and secret.name == variable_name(name.identifier, name.part):
            identifiers.setdefault(name.identifier, []).append(secret.name)
    found: list[Finding] = []
    for identifier, names in sorted(identifiers.items()):
        # What is stored may be meant for another repository, so that is for the reader to say.
        found += (each.but(severity="warning") for each in _withheld(identifier, names, told))
    return tuple(found)


def _withheld(identifier: str, names: Iterable[str], told: Told) -> tuple[Finding, ...]:
    """Variables that are not here although GitHub lists secrets of these names."""
    not_granted: list[StoredSecret] = []
    not_yet_here: list[StoredSecret] = []
    for name in dict.fromkeys(names):
        listed = [secret for secret in told.secrets if secret.name == name]
        granted = [secret for secret in listed if secret.granted]
        if granted:
            not_yet_here += granted[:1]
        elif listed and all(secret.granted is False for secret in listed):
            not_granted += listed
    found = []
    if not_granted:
        ours = _ours(told.repository)
        evidence = tuple(f"{_listed(secret)}, and not open to {ours}" for secret in not_granted)
        steps = _how_to_grant(not_granted, told.repository)
        finding = say(CAUSES["secret-not-granted"], {"id": identifier}, evidence=evidence)
        found.append(finding.but(remediation=(*steps, *finding.remediation[-2:])) if steps else finding)
    may_write = told.repository.may_write if told.repository else None
    if not_yet_here and may_write is not False:
        evidence = tuple(f"{_listed(secret)}, and is not here" for secret in not_yet_here)
        # Where no file was read, another process of the codespace may well have them.
        more = ("secret-not-visible",)
        cause = CAUSES["codespace-restart-needed"]
        found.append(say(cause, {"id": identifier}, evidence=evidence, also_possible=more))
    return tuple(found)


def _changed_since(
    secret_set: SecretSet, told: Told, started: str | None, known: tuple[str, ...]
) -> tuple[Finding, ...]:
    """A set with a secret that was changed after the codespace took over its secrets."""
    names = {secret_set.name_of(part) for part in PARTS} - {*known}
    evidence = tuple(
        f"{_listed(secret)}; this codespace started at {started}"
        for secret in told.secrets
        if secret.name in names and secret.granted and started and (secret.updated_at or "") > started
    )
    if not evidence:
        return ()
    return (say(CAUSES["codespace-restart-needed"], {"id": secret_set.id}, evidence=evidence),)


def _in_conflict(secret_set: SecretSet, told: Told) -> tuple[Finding, ...]:
    """A set whose parts GitHub lists several times, or at several levels."""
    places = {
        name: [secret for secret in told.secrets if secret.name == name and secret.granted]
        for name in (secret_set.name_of(part) for part in PARTS)
    }
    facts = {"id": secret_set.id}
    shadowed = {name: listed for name, listed in places.items() if len(listed) > 1}
    if shadowed:
        facts["variable"] = next(iter(shadowed))
        evidence = tuple(_listed(secret) for listed in shadowed.values() for secret in listed)
        return (say(CAUSES["secret-shadowed"], facts, evidence=evidence),)
    levels = {secret.level for listed in places.values() for secret in listed}
    if len(levels) > 1:
        evidence = tuple(_listed(secret) for listed in places.values() for secret in listed)
        return (say(CAUSES["set-mixed-levels"], facts, evidence=evidence),)
    return ()


def _listed(secret: StoredSecret) -> str:
    changed = f" (last changed {secret.updated_at})" if secret.updated_at else ""
    return f"GitHub lists {secret.name} for {_WHERE[secret.level]}{changed}"


def _ours(repository: Repository | None) -> str:
    return repository.full_name if repository else "this repository"


def _how_to_grant(secrets: list[StoredSecret], repository: Repository | None) -> tuple[Step, ...]:
    """The page and the command for each level at which secrets are withheld."""
    if repository is None:
        return ()
    owner = repository.full_name.partition("/")[0]
    steps = []
    for level in dict.fromkeys(secret.level for secret in secrets):
        name = next(secret.name for secret in secrets if secret.level == level)
        others = ", ".join(secret.name for secret in secrets if secret.level == level and secret.name != name)
        place, page, who = (
            (
                f"/orgs/{owner}",
                f"https://{SITE}/organizations/{owner}/settings/secrets/codespaces",
                "An owner",
            )
            if level == "organization"
            else ("/user", f"https://{SITE}/settings/codespaces", "You")
        )
        all_of_it = f"{name}, and likewise {others}" if others else name
        steps.append(
            Step(
                f"{who} can let Repository access take in {repository.full_name}: edit {all_of_it}.", url=page
            )
        )
        selected = all(secret.policy == "selected" for secret in secrets if secret.level == level)
        if repository.id is not None and selected:
            steps.append(
                Step(
                    "Or do it from your own computer, by a token that may change secrets; for one secret:",
                    command=f"gh api -X PUT {place}/codespaces/secrets/{name}/repositories/{repository.id}",
                )
            )
    return tuple(steps)
