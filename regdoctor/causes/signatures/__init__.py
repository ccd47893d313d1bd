"""The words by which programs and registries give a cause away."""

from __future__ import annotations

from regdoctor.causes.signatures.general import GENERAL
from regdoctor.causes.signatures.signature import LEVELS, Signature
from regdoctor.causes.signatures.table import SIGNATURES

__all__ = ["GENERAL", "LEVELS", "SIGNATURES", "Signature", "recognise"]


def recognise(text: str, registry: str = "", during: str = "") -> Signature | None:
    """The signature that a text bears, if any: of those that tell most, the first.

    `registry` is the id of the one that speaks, and `during` what was asked of it: without that, words that mean
    something only at a push or a pull are left out.
    """
    lower = " ".join(text.lower().split())
    fitting = (
        each
        for each in SIGNATURES
        if (not each.during or during in each.during) and each.is_said_by(registry) and each.fits(lower)
    )
    return min(fitting, key=lambda each: LEVELS.index(each.level), default=None)
