"""The characters that the app draws with, and how text from outside is made fit to be drawn."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len, set_cell_size

from regdoctor.record import Record
from regdoctor.secret import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

Mark = Literal["ok", "warning", "error", "info", "skipped", "crashed", "running", "waiting"]
"""Everything that a row, a stage or a finding can be."""

WORDS: dict[Mark, str] = {
    "ok": "ok",
    "warning": "warning",
    "error": "error",
    "info": "note",
    "skipped": "skipped",
    "crashed": "crashed",
    "running": "running",
    "waiting": "waiting",
}
"""The word beside a sign: no status is told by its colour or its shape alone."""

STYLES: dict[Mark, str] = {
    "ok": "$text-success",
    "warning": "$text-warning",
    "error": "$text-error",
    "info": "$text-primary",
    "skipped": "$foreground-muted",
    "crashed": "$text-error",
    "running": "$text-accent",
    "waiting": "$foreground-muted",
}

_POOR_TERMINALS = frozenset(("dumb", "linux"))
"""Terminals whose fonts lack the signs, whatever their encoding."""


class Signs(Record):
    """One way of drawing."""

    marks: Mapping[Mark, str]
    ellipsis: str
    between: str
    """Stands between facts on one line."""
    then: str
    """Stands between stages."""
    done: str
    """A part of a progress bar that is full."""
    left: str
    """A part of a progress bar that is empty."""
    bar: str
    """Stands before what is quoted."""
    ascii_only: bool = False

    def text(self, outside: str | None, limit: int = 2000) -> str:
        """A text from outside as it can be shown: literal, on one line, of bounded length."""
        shown = visible(outside or "", limit)
        if self.ascii_only and not shown.isascii():
            shown = shown.replace("…", "...").encode("ascii", "backslashreplace").decode()
        return shown

    def fit(self, text: str, width: int) -> str:
        """A text cut or padded to exactly so many columns."""
        if cell_len(text) <= width:
            return set_cell_size(text, width)
        room = width - cell_len(self.ellipsis)
        return set_cell_size(text, room) + self.ellipsis if room > 0 else set_cell_size(text, width)

    def mark(self, mark: Mark) -> tuple[str, str]:
        """A sign with its style, as `Content.assemble` takes it."""
        return self.marks[mark], STYLES[mark]

    def label(self, mark: Mark, width: int = 0) -> tuple[str, str]:
        """A sign with its word and its style, padded to a width."""
        return f"{self.marks[mark]} {WORDS[mark]}".ljust(width), STYLES[mark]


UNICODE = Signs(
    marks={
        "ok": "✓",
        "warning": "!",
        "error": "✗",
        "info": "i",
        "skipped": "–",
        "crashed": "✗",
        "running": "▸",
        "waiting": "·",
    },
    ellipsis="…",
    between=" · ",
    then=" › ",
    done="━",
    left="─",
    bar="│",
)

ASCII = Signs(
    marks={
        "ok": "+",
        "warning": "!",
        "error": "x",
        "info": "i",
        "skipped": "-",
        "crashed": "x",
        "running": ">",
        "waiting": ".",
    },
    ellipsis="...",
    between=", ",
    then=" | ",
    done="#",
    left="-",
    bar="|",
    ascii_only=True,
)


def signs_for(encodings: tuple[str | None, ...], term: str) -> Signs:
    """The signs that a terminal can show; an encoding that is not known is no objection."""
    plain = any(
        encoding is not None and encoding.lower().replace("-", "") != "utf8" for encoding in encodings
    )
    return ASCII if plain or term in _POOR_TERMINALS else UNICODE


def signs_of_terminal(environ: Mapping[str, str]) -> Signs:
    """The signs for the terminal of this process.

    Textual draws on stderr; stdout tells what the locale is where stderr is redirected. Python has already
    made UTF-8 of the locale C, which is what a container without any locale is in.
    """
    streams = (sys.__stdout__, sys.__stderr__)
    return signs_for(tuple(getattr(stream, "encoding", None) for stream in streams), environ.get("TERM", ""))
