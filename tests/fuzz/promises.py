"""Owns what every parser promises of what it has read, whatever that was."""

from __future__ import annotations

from collections.abc import Iterable

from regdoctor.causes import CAUSES
from regdoctor.model import Finding
from regdoctor.secret import invisible_in

LONGEST = 20_100
"""Characters of a line that is shown, if each of them has to be spelt out."""


def fit_to_be_shown(*texts: str) -> None:
    """No character in them acts on a terminal, and they have an end."""
    for text in texts:
        assert not invisible_in(text), f"acts: {text[:200]!r}"
        assert len(text) <= LONGEST, f"has no end: {text[:200]!r}"


def told_well(findings: Iterable[Finding]) -> None:
    """Every finding is of a known cause, its evidence is fit to be shown, and none is about a crash."""
    for found in findings:
        assert found.cause in CAUSES and found.cause != "internal-error", found.evidence
        assert {*found.also_possible} <= CAUSES.keys(), found.also_possible
        fit_to_be_shown(*found.evidence)
