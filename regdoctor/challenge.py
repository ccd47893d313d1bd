"""The WWW-Authenticate header, read as registries write it.

RFC 9110, section 11.6.1, and https://distribution.github.io/distribution/spec/auth/token/. Several
challenges may stand in one header or in several; IBM's registry leaves the quotes out.
"""

from __future__ import annotations

import re

from regdoctor.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"
_SCHEME = re.compile(rf"\s*,?\s*({_WORD})(?=\s|,|$)(?!\s*=)")
_REST = re.compile(rf"{_WORD}|.", re.DOTALL)
"""What is passed over where nothing can be read: a whole word, so that it is looked at once."""
_PARAMETER = re.compile(rf'\s*,?\s*({_WORD})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))')

LIMIT = 8192
"""Characters of a header that are read; real challenges have a few hundred."""
MOST = 16
"""Challenges, and headers of them, that are read; real registries have one or two."""


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
    found: list[Challenge] = []
    for header in tuple(headers)[:MOST]:
        at, text = 0, " ".join(header[:LIMIT].split())
        while at < len(text):
            if parameter := _PARAMETER.match(text, at):
                if found:
                    value = parameter[3] if parameter[2] is None else re.sub(r"\\(.)", r"\1", parameter[2])
                    last = found[-1]
                    found[-1] = last.but(parameters=(*last.parameters, (parameter[1].lower(), value)))
                at = parameter.end()
            elif scheme := _SCHEME.match(text, at):
                found.append(Challenge(scheme[1].lower()))
                at = scheme.end()
            else:
                rest = _REST.match(text, at)
                assert rest is not None  # it takes anything
                at = rest.end()
            if len(found) == MOST:
                return tuple(found)
    return tuple(found)


def is_too_much(headers: Iterable[str]) -> bool:
    """Whether these headers may hold more than is read of them: then something stands where nobody looks."""
    told = tuple(headers)
    if len(told) > MOST or any(len(header) > LIMIT for header in told):
        return True
    return len(read_challenges(told)) >= MOST
