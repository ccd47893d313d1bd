"""Text with hanging indents in one widget: quick to replace, and copied as it was before it was wrapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from regdoctor.record import Record

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.selection import Selection

_ROOM = 12
"""The fewest columns that a text is wrapped to, however much stands before it."""


class Block(Record):
    """A paragraph."""

    text: Content
    before: Content = Content("")
    """Stands before the first line; the further ones begin below the text, not below this."""
    bar: bool = False
    """What stands before the text is repeated on every line."""
    band: str = ""
    """A style that fills the lines up to the right edge."""
    gap: bool = False
    """An empty line follows."""


class Line(Record):
    """A line as it is drawn."""

    content: Content
    indent: int = 0
    """Columns that are no text."""
    joint: str = "\n"
    """What stood between this line and the next one before the text was wrapped."""


def wrapped(blocks: tuple[Block, ...], width: int) -> list[Line]:
    """The lines of some paragraphs."""
    lines: list[Line] = []
    for block in blocks:
        lines += _wrapped(block, width)
        if block.gap:
            lines.append(Line(Content("")))
    return lines


def _wrapped(block: Block, width: int) -> list[Line]:
    indent = block.before.cell_length
    room = max(_ROOM, width - indent)
    pieces = block.text.wrap(room) or [Content("")]
    whole, end = block.text.plain, 0
    lines: list[Line] = []
    for number, piece in enumerate(pieces):
        before = block.before if number == 0 or block.bar else Content(" " * indent)
        start = whole.find(piece.plain, end)
        if lines and start >= 0:
            lines[-1] = lines[-1].but(joint=whole[end:start])
        end = max(end, start + len(piece.plain))
        if block.band:
            piece = piece.pad_right(room - piece.cell_length).stylize(block.band)
        lines.append(Line(before + piece, indent))
    return lines


class Prose(Widget):
    """Draws the paragraphs that a subclass names."""

    _drawn: tuple[tuple[Block, ...], int, list[Line]] | None = None

    def blocks(self) -> tuple[Block, ...]:
        """The paragraphs."""
        raise NotImplementedError

    def lines(self, width: int) -> list[Line]:
        """The paragraphs as lines of a width."""
        blocks = self.blocks()
        if self._drawn is None or self._drawn[:2] != (blocks, width):
            self._drawn = (blocks, width, wrapped(blocks, width))
        return self._drawn[2]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text takes at a width."""
        return len(self.lines(width))

    def render(self) -> Content:
        """The text."""
        return Content("\n").join([line.content for line in self.lines(self.content_size.width)])

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text without indents, its wrapped lines joined again: a command stays one line."""
        lines = self.lines(self.content_size.width)
        top = selection.start.y if selection.start else 0
        bottom = selection.end.y if selection.end else len(lines) - 1
        copied: list[str] = []
        for y in range(top, min(bottom, len(lines) - 1) + 1):
            left = selection.start.x if selection.start and y == top else 0
            right = selection.end.x if selection.end and y == bottom else None
            copied.append(lines[y].content.plain[max(left, lines[y].indent) : right].rstrip())
            if y < bottom:
                copied.append(lines[y].joint)
        return "".join(copied), "\n"
