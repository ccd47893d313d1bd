"""JSON with comments, read as the dev container CLI reads it: what can be made sense of is.

The CLI parses by `jsonc-parser`, which goes on after a mistake and whose list of mistakes it does not look
at. No package for Python forgives the same, or tells where a value stands.
"""

from __future__ import annotations

import re

from regdoctor.record import Record
from regdoctor.regex import regex
from regdoctor.workspace.tree import DEPTH, Lines, Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from regdoctor.workspace.tree import Value

SLIPS = 20
"""Mistakes of one file that are told."""

_BLANKS = regex(r"[ \t\r\n]*")
_COMMENT = regex(r"[^\r\n]*")
_NUMBER = regex(r"-?(?:0|[1-9][0-9]*)(?:(\.)(?![0-9])|(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)")
_WORD = regex(r"[^\]}{\[\":,/ \t\r\n]+")
_PLAIN = regex(r'[^"\\\x00-\x1f]*')
_HEX = regex(r"[0-9A-Fa-f]{0,4}")
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_LITERALS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


class Slip(Record):
    """A mistake that is passed over."""

    place: tuple[int, int]
    problem: str


class TooDeepError(Exception):
    """More levels than are read. Its argument is the place."""


def parse_jsonc(text: str, file: str) -> tuple[Node | None, tuple[Slip, ...]]:
    """The value of a text, None where it has none, and the mistakes in it.

    Raises `TooDeepError`.
    """
    parser = _Parser(text, file)
    return parser.document(), tuple(parser.slips)


class _Parser:
    """`_kind` is that of the token at hand: a mark, string, number, literal or end."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._lines = Lines(text)
        self._at = 1 if text.startswith("\ufeff") else 0
        self._start = 0
        self._kind = ""
        self._value: str | float | bool | None = None
        self._depth = 0
        self.slips: list[Slip] = []

    def document(self) -> Node | None:
        self._next()
        if self._kind == "end":
            self._slip("there is nothing in the file")
            return None
        node = self._read_value()
        if node is None:
            self._slip("a value is expected here")
        elif self._kind != "end":
            self._slip("the value has ended, and something follows it")
        return node

    def _slip(self, problem: str, at: int | None = None) -> None:
        if len(self.slips) >= SLIPS:
            return
        place = self._lines.place(self._start if at is None else at)
        if not (self.slips and self.slips[-1].place == place):
            self.slips.append(Slip(place, problem))

    def _node(self, value: Value, at: int) -> Node:
        return Node(value, self._file, self._lines.place(at))

    def _skip_to(self, *marks: str) -> None:
        while self._kind != "end" and self._kind not in marks:
            self._next()

    def _read_value(self) -> Node | None:
        start = self._start
        if self._kind in ("string", "number", "literal"):
            node = self._node(self._value, start)
            self._next()
            return node
        if self._kind not in ("{", "["):
            return None
        self._depth += 1
        if self._depth > DEPTH:
            raise TooDeepError(self._lines.place(start))
        node = self._object(start) if self._kind == "{" else self._array(start)
        self._depth -= 1
        return node

    def _array(self, start: int) -> Node:
        found: list[Node] = []
        for _ in self._elements("]", start):
            value = self._read_value()
            if value is not None:
                found.append(value)
            else:
                self._slip("a value is expected here")
                self._skip_to("]", ",")
        return self._node(found, start)

    def _object(self, start: int) -> Node:
        found: dict[str, Node] = {}
        for _ in self._elements("}", start):
            if self._kind != "string":
                self._slip("a name in double quotes is expected here")
                self._skip_to("}", ",")
                continue
            name, at = str(self._value), self._start
            self._next()
            if self._kind != ":":
                self._slip("a colon is expected here")
                self._skip_to("}", ",")
                continue
            self._next()
            value = self._read_value()
            if value is None:
                self._slip("a value is expected here")
                self._skip_to("}", ",")
                continue
            if name in found:
                self._slip("the same name stands here for a second time, and the last one counts", at)
            value.key_place = self._lines.place(at)
            found[name] = value
        return self._node(found, start)

    def _elements(self, end: str, start: int) -> Iterator[None]:
        """Stops at every element; whoever reads it leaves the token after it."""
        self._next()
        needs_comma = False
        while self._kind not in (end, "end"):
            if self._kind == ",":
                if not needs_comma:
                    self._slip("there is a comma too many")
                self._next()
                if self._kind == end:
                    break
            elif needs_comma:
                self._slip("a comma is missing before this")
            yield
            needs_comma = True
        if self._kind == "end":
            self._slip(f"what begins here is never closed by {end}", start)
        self._next()

    def _next(self) -> None:
        """To the next token, past blanks, comments and what is none."""
        text = self._text
        while True:
            match = _BLANKS.match(text, self._at)
            assert match is not None
            self._start = self._at = match.end()
            if self._at >= len(text):
                self._kind, self._value = "end", None
                return
            first = text[self._at]
            if first in "{}[]:,":
                self._kind, self._value = first, None
                self._at += 1
                return
            if first == '"':
                self._kind, self._value = "string", self._string()
                return
            if text.startswith("//", self._at):
                match = _COMMENT.match(text, self._at)
                assert match is not None
                self._at = match.end()
            elif text.startswith("/*", self._at):
                end = text.find("*/", self._at + 2)
                if end < 0:
                    self._slip("this comment is never closed")
                self._at = len(text) if end < 0 else end + 2
            elif (match := _NUMBER.match(text, self._at)) is not None:
                self._kind, self._value = "number", self._number(match)
                return
            else:
                word = _WORD.match(text, self._at) if first not in "-/" else None
                self._at = word.end() if word else self._at + 1
                if word and word[0] in _LITERALS:
                    self._kind, self._value = "literal", _LITERALS[word[0]]
                    return
                self._slip("this is no JSON")

    def _number(self, match: re.Match[str]) -> float:
        self._at = match.end()
        if match[1]:
            self._slip("a digit is missing after the point")
        elif self._text[self._at : self._at + 1] in ("e", "E") and not {"e", "E"} & set(match[0]):
            self._at += 2 if self._text[self._at + 1 : self._at + 2] in ("+", "-") else 1
            self._slip("a digit is missing in the exponent")
        return float(match[0])

    def _string(self) -> str:
        text = self._text
        pieces: list[str] = []
        self._at += 1
        paired = False
        while True:
            match = _PLAIN.match(text, self._at)
            assert match is not None
            pieces.append(match[0])
            self._at = match.end()
            mark = text[self._at : self._at + 1]
            if mark == '"':
                self._at += 1
                break
            if mark in ("", "\n", "\r"):
                self._slip("this text lacks its closing quote")
                break
            self._at += 1
            if mark != "\\":
                self._slip("there is a control character in this text")
                pieces.append(mark)
                continue
            escaped = text[self._at : self._at + 1]
            self._at += 1
            if escaped == "u":
                digits = _HEX.match(text, self._at)
                assert digits is not None
                self._at = digits.end()
                if len(digits[0]) == 4:
                    pieces.append(chr(int(digits[0], 16)))
                    paired = paired or "\ud800" <= pieces[-1] <= "\udfff"
                else:
                    self._slip("\\u takes four digits")
            elif escaped in _ESCAPES:
                pieces.append(_ESCAPES[escaped])
            elif escaped:
                self._slip(f"there is no escape \\{escaped}", self._at - 2)
        whole = "".join(pieces)
        return whole.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") if paired else whole
