"""The WWW-Authenticate header, read as registries write it.

RFC 9110, section 11.6.1, and https://distribution.github.io/distribution/spec/auth/token/. Several
challenges may stand in one header or in several; IBM's registry leaves the quotes out.
"""

from __future__ import annotations

import re

from regdoctor.record import Record
from regdoctor.regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

# What a word is followed by decides about the whole of it: no shorter one is tried.
_WORD = r"[A-Za-z0-9!#$%&'*+.^_`|~-]++"
_SCHEME = regex(rf"\s*,?\s*({_WORD})(?=\s|,|$)(?!\s*=)")
_PARAMETER = regex(rf'\s*,?\s*({_WORD})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))')
_NONSENSE = regex(rf"\s*,?\s*(?:{_WORD}|.)")

LIMIT = 8192
"""Characters of all headers that are read; real challenges have a few hundred each."""
MOST = 16
"""Challenges that are told of."""


class Challenge(Record):
    """One way in which a registry lets itself be convinced."""

    scheme: str
    """Lower-case: basic, bearer, …"""
    parameters: tuple[tuple[str, str], ...] = ()

    def parameter(self, name: str) -> str:
        """A parameter's value; empty where it is missing."""
        return next((value for key, value in self.parameters if key == name), "")

    @property
    def realm(self) -> str:
        """Bearer: the URL of the token service. Basic: a label."""
        return self.parameter("realm")

    @property
    def service(self) -> str:
        """The name under which the token service knows the registry."""
        return self.parameter("service")


def read_challenges(headers: Iterable[str]) -> tuple[Challenge, ...]:
    """Every challenge of these headers, in order; what cannot be read is passed over."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    left = LIMIT
    for header in headers:
        at, text = 0, " ".join(header[:left].split())
        left -= len(text)
        while at < len(text) and len(found) <= MOST:
            if parameter := _PARAMETER.match(text, at):
                if found:
                    value = parameter[3] if parameter[2] is None else re.sub(r"\\(.)", r"\1", parameter[2])
                    found[-1][1].append((parameter[1].lower(), value))
                at = parameter.end()
            elif scheme := _SCHEME.match(text, at):
                found.append((scheme[1].lower(), []))
                at = scheme.end()
            else:
                nonsense = _NONSENSE.match(text, at)
                assert nonsense is not None
                at = nonsense.end()
    return tuple(Challenge(scheme, tuple(parameters)) for scheme, parameters in found[:MOST])


def is_too_much(headers: Iterable[str]) -> bool:
    """Whether these headers may hold more than is read of them: then something stands where nobody looks."""
    told = tuple(headers)
    return sum(map(len, told)) > LIMIT or len(read_challenges(told)) >= MOST
