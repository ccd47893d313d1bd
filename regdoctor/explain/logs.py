"""A text of any size and origin, as lines in which words can be looked for.

Colours and other escape sequences are taken away, JSON's escapes are undone, white space is made single, and
letters are made small: no signature depends on them.
"""

from __future__ import annotations

import codecs
import re

from regdoctor.record import Record
from regdoctor.regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import SupportsRead

CHUNK = 1 << 16
"""Bytes that are read at once."""
LINES = 400
"""Lines in a block."""
PIECE = 8192
"""Characters of a line that are looked at together; a longer one is taken in pieces."""
OVERLAP = 512
"""Characters that two pieces of a line share, so that no words are cut in two."""
CARRIED = 4
"""Lines that two blocks share, for failures that were wrapped over several lines."""

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
"""PowerShell writes what is redirected into a file as UTF-16."""

_ESCAPE_SEQUENCE = regex(
    r"\x1b(?:\[[0-9;:?]{0,64}[ -/]{0,4}[@-~]|\][^\x07\x1b]{0,512}(?:\x07|\x1b\\)|[@-Z\\-_])"
)
_JSON_ESCAPE = regex(r"\\{1,8}(?:u([0-9a-fA-F]{4})|([\"'/`]|[nrt](?![a-z]{2})))")


_BEFORE = regex(
    r"(?:[\[(]?\d{4}-\d\d-\d\d[t ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:z|[+-]\d\d:?\d\d)?[\])]?:? "
    r"|#\d{1,4} (?:\d{1,6}\.\d{1,4} )?|##?\[\w{1,12}\]|::(?:error|warning|notice)[^:]{0,200}::"
    r"|>{1,3} |stderr: )"
)
"""What stands before a program's words: the time, the number of a build's step, the sign of an annotation."""
_AFTER = regex(r" \d{1,4}\.\d{1,2}s$")
"""What stands behind them: how long a step took."""


class Line(Record):
    """A line of a text, or a piece of a long one."""

    number: int
    """Counted from 1, as an editor does."""
    text: str
    """As it can be shown, in its own letters."""

    @property
    def lower(self) -> str:
        """As it is looked through: in small letters, and without what others put before it."""
        lower = self.text.lower()
        for _ in range(4):
            match = _BEFORE.match(lower)
            if match is None:
                break
            lower = lower[match.end() :].lstrip()
        return _AFTER.sub("", lower) if lower.endswith("s") else lower


def blocks_of(stream: SupportsRead[bytes], first: int = 1) -> Iterator[tuple[Line, ...]]:
    """The text in blocks of lines; each begins with the last lines of the one before.

    `first` is the number of its first line.
    """
    block: list[Line] = []
    fresh = 0
    for line in _lines(stream, first):
        block.append(line)
        fresh += 1
        if fresh >= LINES:
            yield tuple(block)
            block, fresh = block[-CARRIED:], 0
    if fresh:
        yield tuple(block)


def _lines(stream: SupportsRead[bytes], number: int) -> Iterator[Line]:
    rest = ""
    for text in _decoded(stream):
        parts = (rest + text).split("\n")
        rest = parts.pop()
        for part in parts:
            yield from _pieces(number, part)
            number += 1
        if len(rest) > PIECE * 8:
            # One endless line: what is known of it is looked at, and its end is kept for the next piece.
            yield from _pieces(number, rest)
            rest = rest[-OVERLAP:]
    if rest:
        yield from _pieces(number, rest)


def _decoded(stream: SupportsRead[bytes]) -> Iterator[str]:
    first = stream.read(CHUNK)
    encoding = next((name for bom, name in _BOMS if first.startswith(bom)), "utf-8")
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    chunk = first
    while chunk:
        yield decoder.decode(chunk)
        chunk = stream.read(CHUNK)
    yield decoder.decode(b"", final=True)


def _pieces(number: int, raw: str) -> Iterator[Line]:
    for part in raw.split("\r"):
        text = plain(part)
        if len(text) <= PIECE:
            if text:
                yield Line(number, text)
            continue
        for at in range(0, len(text) - OVERLAP, PIECE - OVERLAP):
            yield Line(number, text[at : at + PIECE])


def plain(text: str) -> str:
    """A line without colours, escapes and double spaces."""
    if "\x1b" in text:
        text = _ESCAPE_SEQUENCE.sub("", text)
    if "\\" in text:
        text = _JSON_ESCAPE.sub(_unescaped, text)
    return " ".join(text.split())


def _unescaped(match: re.Match[str]) -> str:
    if match[1] is not None:
        character = chr(int(match[1], 16))
        return character if character.isprintable() else " "
    return " " if match[2] in "nrt" else match[2]
