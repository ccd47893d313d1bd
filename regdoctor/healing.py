"""Fixes applied in memory: a finding's cure, as the user would carry it out. Pure."""

from __future__ import annotations

import base64

from regdoctor.secret import Secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from regdoctor.model import Finding, Fix, Variables

TRYABLE = ("set", "rename", "transform", "remove")
"""What needs nothing from the user."""

_UNSEEN = " \t\r\n\v\f\ufeff\u200b\u200c\u200d\u2060\u00a0\u202f\u2007"
_QUOTES = "\"'`“”‘’«»"


def can_be_tried(finding: Finding, guesses: frozenset[str]) -> bool:
    """Whether all of a finding's fixes can be applied; `guesses` are variables not to be sent anywhere."""
    return bool(finding.fixes) and all(
        fix.action in TRYABLE and fix.variable not in guesses for fix in finding.fixes
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
        return value.strip(_UNSEEN)
    if how == "unquote":
        return value.strip(_UNSEEN).removeprefix(value.strip(_UNSEEN)[:1]).rstrip(_QUOTES)
    if how == "decode":
        try:
            return base64.b64decode("".join(value.split()), validate=True).decode()
        except ValueError:
            return value
    return value
