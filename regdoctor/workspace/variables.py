"""Values of variables, and their places in devcontainer.json and in Compose files."""

from __future__ import annotations

import re

from regdoctor.regex import regex
from regdoctor.registries.credentials import looks_secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regdoctor.workspace.tree import Node

LENGTH = 1 << 16
"""Characters of a text that are kept when variables were put in."""

_SECRET_NAME = regex(r"TOKEN|PASSW|SECRET|CREDENTIAL|APIKEY|(?:^|_)(?:KEY|PAT|PWD|AUTH)(?:_|$)", re.I)


VARIABLES_IN_VARIABLES = 20
"""Levels of defaults within defaults that are read."""


class InterpolationError(Exception):
    """A text whose variables are not written as they have to be. Its words tell what is wrong."""


class Environment:
    """The variables that a configuration may name. A credential is never among them.

    A name of an image is sent to a registry, so a configuration could give a credential away by its name.
    """

    def __init__(self, *layers: Mapping[str, str]) -> None:
        """The first layer that has a variable decides."""
        self._layers = layers
        self._secret: dict[str, bool] = {}
        """Which values are credentials by their form: the same may be named any number of times."""

    def get(self, name: str) -> str | None:
        """The value of a variable; None where it has none, or is none to be shown."""
        if _SECRET_NAME.search(name):
            return None
        value = next((layer[name] for layer in self._layers if name in layer), None)
        if value is None:
            return None
        if value not in self._secret:
            self._secret[value] = looks_secret(value)
        return None if self._secret[value] else value

    def over(self, values: Mapping[str, str]) -> Environment:
        """These variables, and under them others."""
        below = Environment(*self._layers, values)
        below._secret = self._secret
        return below


def put_in(node: Node, expand: Callable[[Node, str], tuple[str, tuple[str, ...]]]) -> Node:
    """The same tree with the variables of its texts replaced."""
    value = node.value
    if isinstance(value, str):
        if "$" not in value:
            return node
        text, missing = expand(node, value)
        return node.with_value(text[:LENGTH], missing)
    if isinstance(value, dict):
        return node.with_value({key: put_in(below, expand) for key, below in value.items()})
    if isinstance(value, list):
        return node.with_value([put_in(below, expand) for below in value])
    return node


def pieces_of(text: str) -> list[tuple[str, str | None]]:
    """The text before each `${…}` and what the braces hold; the rest, and None."""
    pieces: list[tuple[str, str | None]] = []
    at = 0
    while (start := text.find("${", at)) >= 0 and (end := text.find("}", start)) >= 0:
        pieces.append((text[at:start], text[start + 2 : end]))
        at = end + 1
    pieces.append((text[at:], None))
    return pieces


_NAME = regex(r"[A-Za-z_][A-Za-z0-9_]*")
_OUTSIDE, _IN_BRACES = regex(r"\$"), regex(r"[${}]")
_OPERATORS = (":-", ":?", ":+", "-", "?", "+")


def compose_text(text: str, environment: Environment) -> tuple[str, tuple[str, ...]]:
    """A text of a Compose file with its variables replaced, and those that have neither value nor default.

    <https://github.com/compose-spec/compose-spec/blob/main/12-interpolation.md>
    Raises `InterpolationError`.
    """
    return _Template(text, environment).whole()


class _Template:
    def __init__(self, text: str, environment: Environment) -> None:
        self._text = text
        self._environment = environment
        self._room = LENGTH
        """Characters of values that may still be put in: no more of the text is kept."""

    def whole(self) -> tuple[str, tuple[str, ...]]:
        text, missing, _ = self._read(0, 0)
        return text, missing

    def _read(self, at: int, depth: int) -> tuple[str, tuple[str, ...], int]:
        """From here to the end, or to the brace that closes a variable: the text, what it lacks, where."""
        if depth > VARIABLES_IN_VARIABLES:
            raise InterpolationError("it has too many variables within variables")
        marks = _IN_BRACES if depth else _OUTSIDE
        pieces: list[str] = []
        missing: list[str] = []
        opened = 0
        while (mark := marks.search(self._text, at)) is not None:
            pieces.append(self._text[at : mark.start()])
            at = mark.end()
            if mark[0] == "{" or (mark[0] == "}" and opened):
                opened += 1 if mark[0] == "{" else -1
                pieces.append(mark[0])
                continue
            if mark[0] == "}":
                return "".join(pieces), tuple(missing), at
            value, lacking, at = self._variable(at, depth)
            pieces.append(value)
            missing += lacking
        if depth:
            raise InterpolationError("a ${ in it is never closed")
        return "".join((*pieces, self._text[at:])), tuple(missing), len(self._text)

    def _variable(self, at: int, depth: int) -> tuple[str, tuple[str, ...], int]:
        """What stands for the variable whose dollar sign has been passed; what it lacks; where it ends."""
        text = self._text
        if text.startswith("$", at):
            return "$", (), at + 1
        braced = text.startswith("{", at)
        match = _NAME.match(text, at + braced)
        if match is None:
            if not braced:
                return "$", (), at
            raise InterpolationError("a ${ in it names no variable; where the sign is meant, write $$")
        name, at = match[0], match.end()
        value = self._environment.get(name)
        lacking = () if value is not None else (name,)
        if not braced:
            return self._fitting(value), lacking, at
        operator = next((mark for mark in _OPERATORS if text.startswith(mark, at)), "")
        word, lacking_in_word, end = self._read(at + len(operator), depth + 1)
        if word and not operator:
            raise InterpolationError(f"what follows {name} in its braces makes no sense")
        there = value is not None and bool(value or not operator.startswith(":"))
        if operator.endswith("+"):
            return (word, lacking_in_word, end) if there else ("", (), end)
        if there or not operator:
            return self._fitting(value), lacking, end
        return (word, lacking_in_word, end) if operator.endswith("-") else ("", (name,), end)

    def _fitting(self, value: str | None) -> str:
        """As much of a value as may still be put in."""
        put_in = (value or "")[: self._room]
        self._room -= len(put_in)
        return put_in
