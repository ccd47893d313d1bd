"""Credentials in a text that nobody has told of, found by their form or by what stands before them."""

from __future__ import annotations

import functools
import re

from regdoctor.regex import regex
from regdoctor.registries.credentials import FORMS
from regdoctor.secret import MASK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMED = regex(
    r"((?:^|\s)(?:-p|--password|--pass|--token|--creds|-u \S{1,200} -p)[ =]+"
    r"|(?:password|passwd|token|secret|api_?key|access_?key|identitytoken|registrytoken|\bauth)[\"']{0,2}\s{0,3}[:=]\s{0,3}[\"']?"
    r"|authorization[\"']?: ?[\"']?(?:(?:basic|bearer) )?"
    r"|(?:basic|bearer) (?=[A-Za-z0-9+/._=-]{16}))"
    r"([^\s\"',;]{1,4000})",
    re.IGNORECASE,
)
_DIGEST = r"(?!sha\d{3}:)"
"""After the @ of an image's name stands its digest."""
_IN_ADDRESSES = (
    regex(rf"(://[^\s/:@]{{0,200}}:)[^\s/]{{1,500}}(@{_DIGEST})"),
    # user:password@host without a scheme, as it stands where an image is named
    regex(
        rf"(?<![^\s\"'=(\[/])([\w.%+$-]{{1,200}}:)[^\s/@\"']{{1,500}}(@{_DIGEST}(?=[A-Za-z0-9-]+[.:/]))",
        re.ASCII,
    ),
)
_NEEDLES = {"azure-client-secret": "Q~", "acr-password": "+ACR"}
"""What stands within the credentials that do not begin all alike."""
_PUBLIC = frozenset(
    ("google-json-key", "google-json-key-base64", "pem", "quay-robot-token", "quay-app-token")
)
"""Forms that are too common to be looked for in a text, or that are longer than what is shown of one."""
_PRIVATE_KEY = regex(r"(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----).*", re.DOTALL)


def masked(text: str) -> str:
    """The text with a mask in the place of everything that has the form of a credential."""
    for needle, pattern in _forms():
        if needle in text:
            text = re.sub(pattern, MASK, text)
    if "@" in text:
        for address in _IN_ADDRESSES:
            text = address.sub(rf"\1{MASK}\2", text)
    return _PRIVATE_KEY.sub(rf"\1{MASK}", text) if "PRIVATE KEY-----" in text else text


def credentials_in(text: str) -> Iterator[str]:
    """Everything in a text that has the form of a credential, wherever it stands."""
    for needle, pattern in _forms():
        if needle in text:
            yield from (match[0] for match in re.finditer(pattern, text))


def masked_in_log(text: str) -> str:
    """The same for a text that may show how a program was called and what it was given."""
    return masked(_NAMED.sub(rf"\1{MASK}", text))


@functools.cache
def _forms() -> tuple[tuple[str, str], ...]:
    """What has to be in a text for a form to be looked for, and its pattern."""
    # Web tokens may be chained by what they may hold themselves, and each would be read to the end.
    before = {"jwt": "A-Za-z0-9_-"}
    return tuple(
        (form.needle or _NEEDLES[form.kind], f"(?<![{before.get(form.kind, 'A-Za-z0-9')}]){form.pattern}")
        for form in FORMS
        if form.kind not in _PUBLIC
    )
