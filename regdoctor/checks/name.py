"""Is every part of the set there, under a name that Codespaces can hold?"""

from __future__ import annotations

from itertools import islice

from regdoctor.checks.case import LOGIN, NETWORK, Case, Outcome
from regdoctor.discovery import allowed_identifier, is_allowed, with_names
from regdoctor.model import PARTS, Fix, variable_name, worst
from regdoctor.registries.judgement import user_for

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regdoctor.model import Finding, Part

NAME = "name"
_FEW = 10
"""Sets that a sentence names."""


def check(case: Case) -> Outcome:
    """Judge the names of a set's variables."""
    secret_set = case.secret_set
    missing = [part for part in PARTS if secret_set.variable(part) is None]
    findings: list[Finding] = []
    for miss in secret_set.near_misses:
        wanted = with_names(miss)
        findings.append(
            case.finding(
                miss.cause,
                evidence=(f"{miss.variable}: {miss.why}",),
                fixes=(Fix("rename", miss.variable, to=wanted),) if miss.part in missing else (),
                severity=None if miss.part in missing else "info",
                misnamed=miss.variable,
                to=wanted,
            )
        )
    unexplained = [part for part in missing if all(miss.part != part for miss in secret_set.near_misses)]
    if unexplained:
        names = [variable_name(secret_set.id, part) for part in unexplained]
        findings.append(
            case.finding(
                "set-incomplete",
                evidence=tuple(f"{name} is not set" for name in names),
                fixes=_additions(case, unexplained),
                variable=names[0],
            )
        )
    findings += _not_allowed(case) or _unusual(case)
    if others := _others(case):
        findings.append(case.finding("set-duplicate-server", other=others))
    findings += _kept(case)
    there = len(PARTS) - len(missing)
    stops = ((*NETWORK, *LOGIN) if "server" in missing else LOGIN) if missing else ()
    return Outcome(
        worst(tuple(findings)), detail=f"{there} of 3 variables", findings=tuple(findings), stops=stops
    )


def _others(case: Case) -> str:
    """The sets for the same registry: the first of them, and how many there are besides."""
    more = len(case.sharing) - 1 - _FEW
    return ", ".join(islice(case.twins, _FEW)) + (f" and {more} more" if more > 0 else "")


def _kept(case: Case) -> list[Finding]:
    """What the files of the codespace hold of the set, and the environment does not."""
    findings = []
    names = case.secret_set.variables
    unseen = [each for each in case.kept.unseen if each.name in names]
    if unseen:
        # This process is given secrets, as others of the files show: these may be new.
        new = ("codespace-restart-needed",) if case.kept.same or case.kept.changed else ()
        findings.append(
            case.finding(
                "secret-not-visible",
                evidence=tuple(
                    f"{each.name} is not in this environment; {each.file} has it" for each in unseen
                ),
                also_possible=new,
            )
        )
    changed = [each for each in case.kept.changed if each.name in names]
    if changed:
        evidence = tuple(f"{each.name} has another value here than in {each.file}" for each in changed)
        findings.append(case.finding("codespace-restart-needed", evidence=evidence))
    return findings


def _additions(case: Case, parts: list[Part]) -> tuple[Fix, ...]:
    """What adds the missing parts; a user name that goes with the password's kind is known."""
    names = [variable_name(case.secret_set.id, part) for part in parts]
    right = user_for(case.registry, case.values.credential.kind)
    if parts == ["user"] and right is not None:
        return (Fix("set", names[0], value=right),)
    return tuple(Fix("add", name) for name in names)


def _unusual(case: Case) -> list[Finding]:
    """The documentation wants the identifier ECR for the one set of that registry; others work as well."""
    recommended = case.registry.recommended_identifier
    if recommended is None or case.secret_set.id == recommended or not case.only_one:
        return []
    fixes = tuple(
        Fix("rename", case.secret_set.name_of(part), to=variable_name(recommended, part))
        for part in PARTS
        if case.secret_set.variable(part) is not None
    )
    return [case.finding("ecr-name-unusual", severity="info", fixes=fixes)]


def _not_allowed(case: Case) -> list[Finding]:
    secret_set = case.secret_set
    names = [secret_set.name_of(part) for part in PARTS if secret_set.variable(part) is not None]
    if all(map(is_allowed, names)):
        return []
    identifier = allowed_identifier(secret_set.id)
    fixes = tuple(
        Fix("rename", secret_set.name_of(part), to=variable_name(identifier, part))
        for part in PARTS
        if secret_set.variable(part) is not None
    )
    return [case.finding("name-not-allowed", fixes=fixes, misnamed=names[0], to=fixes[0].to or "")]
