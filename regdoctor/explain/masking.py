"""Credentials in a pasted text, found by their form or by what stands before them."""

from __future__ import annotations

import re

from regdoctor.regex import regex
from regdoctor.registries.credentials import FORMS
from regdoctor.secret import MASK

_BEFORE = regex(
    r"((?:^|\s)(?:-p|--password|--pass|--token|--creds|-u \S{1,200} -p)[ =]+"
    r"|(?:password|passwd|token|secret|api_?key|access_?key|identitytoken|registrytoken|\bauth)[\"']{0,2}\s{0,3}[:=]\s{0,3}[\"']?"
    r"|authorization[\"']?: ?[\"']?(?:(?:basic|bearer) )?"
    r"|(?:basic|bearer) (?=[A-Za-z0-9+/._=-]{16}))"
    r"([^\s\"',;]{1,4000})",
    re.IGNORECASE,
)
_IN_ADDRESS = regex(r"(://[^\s/:@]{1,200}:)[^\s/@]{1,500}(@)")
_OF_A_FORM = tuple(
    (form.needle, regex(rf"(?<![A-Za-z0-9]){form.pattern}"))
    for form in FORMS
    if form.needle and form.needle not in ("gl", "do")
)


def masked(text: str) -> str:
    """The text with a mask in the place of everything that is, or follows the name of, a credential."""
    text = _IN_ADDRESS.sub(rf"\1{MASK}\2", text)
    text = _BEFORE.sub(rf"\1{MASK}", text)
    for needle, pattern in _OF_A_FORM:
        if needle in text:
            text = pattern.sub(MASK, text)
    return text
