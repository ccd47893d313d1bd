"""A finding's fixes, applied in memory as the user would apply them, and tried again."""

from __future__ import annotations

from regdoctor.checks.value import QUOTES
from regdoctor.discovery import discover, secrets_in
from regdoctor.model import worst
from regdoctor.record import Record
from regdoctor.secret import Secret, strip_unseen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Protocol

    from regdoctor.checks.case import Case
    from regdoctor.codespace.kept import Kept
    from regdoctor.model import CheckResult, Finding, Fix, SecretSet, Variables

    class Examine(Protocol):
        """Runs the checks of a set."""

        def __call__(self, found: SecretSet, *, as_given: bool = False, quiet: bool = False) -> Examined: ...


TRYABLE = ("set", "rename", "transform", "remove")
"""What needs nothing from the user."""


_SOFT = frozenset(("value-quoted", "value-unprintable"))
"""Suspicions that a login can refute: quotes and unseen characters may belong to a password."""


class Examined(Record):
    """A set after its checks."""

    case: Case
    checks: tuple[CheckResult, ...]
    findings: tuple[Finding, ...]


class Healer:
    """Tries the fixes of a set: at most one login more than without them."""

    def __init__(self, examine: Examine, on_new_secret: Callable[[Secret], None]) -> None:
        self._examine = examine
        self._on_new_secret = on_new_secret

    def is_worth_trying(self, examined: Examined) -> bool:
        """Whether the fixes at hand could make the set pass: no error may be left without one."""
        found = examined.case.secret_set
        errors = [finding for finding in examined.findings if finding.severity == "error"]
        tryable = [finding for finding in examined.findings if can_be_tried(found, finding)]
        explained = {cause for finding in tryable for cause in finding.also_possible}
        return bool(tryable) and all(finding in tryable or finding.cause in explained for finding in errors)

    def heal(self, examined: Examined) -> Examined:
        """Try the fixes; where they do not help, try whether there was anything to fix."""
        found, findings = examined.case.secret_set, examined.findings
        tried = [finding for finding in findings if can_be_tried(found, finding)]
        mended = self.try_fixes(found.variables, tuple(fix for finding in tried for fix in finding.fixes))
        if mended is not None and worst(mended) != "error":
            proved = tuple(
                finding.but(verified=True) if finding in tried else finding for finding in findings
            )
            return examined.but(findings=proved)
        if {finding.cause for finding in findings if finding.severity == "error"} <= _SOFT:
            as_given = self._examine(found, as_given=True)
            if as_given.case.proved:
                return as_given
        more = tuple(
            finding.but(evidence=(*finding.evidence, "this was tried with the other faults fixed"))
            for finding in mended or ()
            if finding.severity == "error" and all(finding.cause != known.cause for known in findings)
        )
        return examined.but(findings=(*findings, *more))

    def renew(self, examined: Examined, kept: Kept) -> Examined:
        """Try a set that fails with the values that a new start would give it: one login more at most."""
        own = examined.case.secret_set.variables
        newer = kept.renewing(own)
        if newer == own or worst(examined.findings) != "error":
            return examined
        told = self.try_fixes(newer, ())
        if told is None:
            return examined
        works = worst(told) != "error"
        seen = "it works" if works else told[0].title
        return examined.but(findings=tuple(_renewed(each, works, seen) for each in examined.findings))

    def try_fixes(self, variables: Variables, fixes: tuple[Fix, ...]) -> tuple[Finding, ...] | None:
        """The findings of the set that the fixes make; None where they make none that can be judged."""
        fixed = apply_fixes(variables, fixes)
        found = discover(fixed)
        sets = found.sets
        if len(sets) != 1:
            return None
        for secret in secrets_in(found, fixed):
            self._on_new_secret(secret)
        mended = self._examine(sets[0], quiet=True)
        judged = mended.case.proved or worst(mended.findings) == "error"
        return mended.findings if judged else None


def _renewed(finding: Finding, works: bool, seen: str) -> Finding:
    """A finding of the old values, now that the newer ones were tried."""
    if finding.cause == "codespace-restart-needed":
        evidence = (*finding.evidence, f"with the values that Codespaces keeps now: {seen}")
        return finding.but(evidence=evidence, severity="error" if works else finding.severity)
    # What is wrong with values that are replaced already is of no more weight.
    return finding.but(severity="info") if works and finding.severity == "error" else finding


def can_be_tried(found: SecretSet, finding: Finding) -> bool:
    """Whether a finding has fixes that need nothing from the user and send no guess anywhere."""
    guesses = {miss.variable for miss in found.near_misses if not miss.certain}
    return (
        finding.severity != "info"
        and bool(finding.fixes)
        and all(fix.action in TRYABLE and fix.variable not in guesses for fix in finding.fixes)
    )


def apply_fixes(variables: Variables, fixes: Iterable[Fix]) -> Variables:
    """The variables as they would be with the fixes made. Those that no longer apply change nothing."""
    mended = dict(variables)
    for fix in fixes:
        if fix.action == "set" and fix.value is not None:
            mended[fix.variable] = Secret(fix.value)
        elif fix.variable not in mended:
            continue
        elif fix.action == "rename" and fix.to is not None:
            mended[fix.to] = mended.pop(fix.variable)
        elif fix.action == "remove":
            del mended[fix.variable]
        elif fix.how == "swap" and fix.other in mended:
            assert fix.other is not None
            mended[fix.variable], mended[fix.other] = mended[fix.other], mended[fix.variable]
        elif fix.action == "transform":
            mended[fix.variable] = Secret(_transformed(mended[fix.variable].reveal(), fix.how))
    return mended


def _transformed(value: str, how: str | None) -> str:
    if how == "strip":
        return strip_unseen(value)
    if how == "unquote":
        bare = strip_unseen(value)
        return bare[1:-1] if len(bare) > 1 and QUOTES.get(bare[0]) == bare[-1] else value
    if how == "decode":
        import base64

        try:
            return base64.b64decode("".join(value.split()), validate=True).decode()
        except ValueError:
            return value
    return value
