"""Words of a Dockerfile: quotes, escapes and variables, as BuildKit's shell lexer takes them."""

from __future__ import annotations

import re

from regdoctor.regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    Known = tuple[str, tuple[str, ...]]
    """A value, and the variables that it depends on and whose values are not known here."""

LEVELS = 20
"""Levels of variables within variables that are read."""

LENGTH = 4096
"""Characters of a word; no name of an image comes near."""

MISSING = 20
"""Names of variables without a value that are told of a word."""

_NAME = regex(r"[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-]")
_OPERATOR = regex(r":?[-+?]")
_QUOTED = r"""(?:[^\s'"{e}]|{e}.|'[^']*'|"(?:{e}.|[^"{e}])*"|['"{e}])+"""
_SHELL_WORDS = {escape: regex(_QUOTED.format(e=re.escape(escape)), re.DOTALL) for escape in "\\`"}


_CLOSED = {
    escape: regex(
        rf"""{re.escape(escape)}.|'[^']*'|"(?:{re.escape(escape)}.|[^"{re.escape(escape)}])*\"""", re.DOTALL
    )
    for escape in "\\`"
}


class WordError(Exception):
    """A word that a build refuses. Its words tell why."""


class UnusualWordError(Exception):
    """A word that a build may take, in a form that is not worked out here."""


def shell_words(text: str, escape: str) -> list[tuple[int, str]]:
    """The words of a text, quotes and all, and where they begin; blanks in quotes part nothing."""
    return [(match.start(), match[0]) for match in _SHELL_WORDS[escape].finditer(text)]


def quotes_are_closed(text: str, escape: str) -> bool:
    """Whether every quote in a text has its other half."""
    rest = _CLOSED[escape].sub("", text)
    return "'" not in rest and '"' not in rest


def expand(word: str, escape: str, values: Mapping[str, Known]) -> Known:
    """A word without its quotes, its variables replaced: one that is not set is empty.

    <https://docs.docker.com/reference/dockerfile/#environment-replacement>
    Raises `WordError`, `UnusualWordError`.
    """
    if len(word) > LENGTH:
        raise UnusualWordError(f"it is longer than {LENGTH} characters")
    text, missing, _ = _Lexer(word, escape, values).read(0, 0)
    if len(text) > LENGTH:
        raise UnusualWordError(f"it is longer than {LENGTH} characters")
    return text, missing


class _Lexer:
    def __init__(self, text: str, escape: str, values: Mapping[str, Known]) -> None:
        self._text = text
        self._escape = escape
        self._values = values

    def read(self, at: int, depth: int) -> tuple[str, tuple[str, ...], int]:
        """From here to the end, or to the brace that closes a variable: the text, what it lacks, where."""
        if depth > LEVELS:
            raise UnusualWordError("it has too many variables within variables")
        text = self._text
        pieces: list[str] = []
        length = 0
        missing: dict[str, None] = {}
        quoted = False
        while at < len(text):
            mark = text[at]
            at += 1
            if mark == "'" and not quoted:
                end = text.find("'", at)
                if end < 0:
                    raise WordError("a quote in it is never closed")
                pieces.append(text[at:end])
                at = end + 1
            elif mark == '"':
                quoted = not quoted
            elif mark == self._escape:
                escaped = text[at : at + 1]
                keeps = quoted and escaped not in ('"', "$", self._escape)
                pieces.append(mark + escaped if keeps else escaped)
                at += 1
            elif mark == "$":
                value, lacking, at = self._variable(at, depth)
                pieces.append(value)
                length += len(value)
                if length > LENGTH:
                    raise UnusualWordError(f"it is longer than {LENGTH} characters")
                if len(missing) < MISSING:
                    missing.update(dict.fromkeys(lacking))
            elif mark == "}" and depth and not quoted:
                return "".join(pieces), tuple(missing)[:MISSING], at
            else:
                pieces.append(mark)
        if quoted:
            raise WordError("a quote in it is never closed")
        if depth:
            raise WordError("a ${ in it is never closed")
        return "".join(pieces), tuple(missing)[:MISSING], at

    def _variable(self, at: int, depth: int) -> tuple[str, tuple[str, ...], int]:
        text = self._text
        braced = text.startswith("{", at)
        match = _NAME.match(text, at + braced)
        if match is None:
            if braced:
                raise WordError("a ${ in it names no variable")
            return "$", (), at
        name, at = match[0], match.end()
        value, missing = self._values.get(name, ("", ()))
        if not braced:
            return value, missing, at
        if text.startswith("}", at):
            return value, missing, at + 1
        operator = _OPERATOR.match(text, at)
        if operator is None:
            if text[at : at + 1] in ("#", "%", "/"):
                raise UnusualWordError(f"a part is cut out of {name} by a pattern")
            raise WordError(f"what follows {name} in its braces makes no sense")
        word, lacking, end = self.read(operator.end(), depth + 1)
        # a value that is not known may be there or not; a default is what the file itself expects
        there = bool(value) if operator[0].startswith(":") else name in self._values
        there = there and not missing
        if operator[0].endswith("+"):
            return (word, lacking, end) if there or missing else ("", (), end)
        if there:
            return value, (), end
        if operator[0].endswith("-"):
            return word, lacking, end
        if missing:
            return "", missing, end
        raise WordError(f"{name} has no value, and the file demands one")
