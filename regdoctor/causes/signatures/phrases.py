"""Phrases that people and programs share, and the entries made of them: guesses, told with little confidence."""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature

CANNOT = r"\b(?:unable to|fail(?:ed|ure|s)?(?: to)?|error|can ?not|can't|could(?: not|n't)|did(?: not|n't))\b"
NOT = r"(?:is|are|was|were|has|have|does|do|did|could|can|be)?(?: ?not|n't)"
"""Any of the verbs that may stand before it, and that it is not so."""
LOGIN_WORD = r"(?<![a-z])(?:credentials?|user ?names?|passwords?|(?:access |api |auth |bearer )?tokens?|api[ _-]?keys?|logins?|user/pass|pat)\b"
NOT_THERE = (
    r"(?:not (?:be )?found|not exist|n't exist|is missing|was deleted|not available|no longer exists)\b"
)
NO_SUCH = rf"(?:\bno such|\bunknown|\bmissing|{CANNOT} (?:to )?(?:find|locate)(?: the| an?| any)?)"


def status(codes: str, words: str) -> str:
    """A status of HTTP in the forms in which programs write it, by itself or before its words."""
    return (
        r"(?:(?<![\w.])(?:http(?:[ _-]?(?:status|code|error))?|status(?:[ _-]?code)?|code"
        r"|response(?:[ _-]?(?:code|status))?|rc|error|returned|got|received|answered|responded|said|failed)"
        rf"[\"']?(?: (?:is|was|of|code|with|an?|http|status)){{0,2}}[ :=\"'(\[]{{1,4}}(?:{codes})(?![\d.]|ms\b)"
        rf"|\((?:{codes})\)|(?<![\w.:/-])(?:{codes})[ :-]{{1,2}}\W?(?:{words}))"
    )


def symptom(
    cause: str,
    pattern: str,
    *also: str,
    apart: str = "",
    during: tuple[str, ...] = (),
    follows: bool = False,
) -> Signature:
    """A guess, by a pattern; `follows` where the words merely follow from a failure told elsewhere."""
    return Signature(
        cause,
        "",
        pattern,
        also,
        level="consequence" if follows else "general",
        sure=False,
        apart=apart,
        during=during,
    )
