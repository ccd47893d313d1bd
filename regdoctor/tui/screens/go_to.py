"""Every row on one page, each with a short label: typing it goes there."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from regdoctor.model import Finding
from regdoctor.tui.board import Entry, ImageState, SetState
from regdoctor.tui.styles import style_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.events import Key

    from regdoctor.tui.signs import Signs

_NARROWEST = 20
"""Columns that one row takes at least."""


def labels(count: int) -> tuple[str, ...]:
    """That many labels, as short as they can be; none begins with another one."""
    letters = string.ascii_lowercase
    length = 1
    while len(letters) ** length < count:
        length += 1
    return tuple(_label(number, length) for number in range(count))


def _label(number: int, length: int) -> str:
    letters = string.ascii_lowercase
    label = ""
    for _ in range(length):
        number, at = divmod(number, len(letters))
        label = letters[at] + label
    return label


def name_of(entry: Entry) -> str:
    """A row in a few words."""
    match entry.subject:
        case SetState() | ImageState():
            return entry.subject.id
        case Finding():
            return entry.subject.title
    return "How to name a set"


class GoToScreen(ModalScreen[str | None]):
    """Ends with the key of the row whose label was typed, or with None."""

    CSS = style_sheet("pages")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close", id="go-to.close"),
        Binding("backspace", "correct", "Correct", show=False, id="go-to.correct"),
        Binding("ctrl+c", "app.quit", "Quit", show=False, id="go-to.quit"),
    ]

    def __init__(self, entries: Iterable[Entry], signs: Signs) -> None:
        super().__init__()
        self._entries = tuple(entries)
        self._labels = labels(len(self._entries))
        self._signs = signs
        self._typed = ""

    def compose(self) -> ComposeResult:
        """As many columns as fit."""
        with Vertical(classes="dialog page"):
            yield Static("Go to: type the letters before a name. Esc closes this page.", markup=False)
            with VerticalScroll(can_focus=False):
                yield Static(id="rows")

    def on_mount(self) -> None:
        """Draw for the size that it has got."""
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        """Draw for another size."""
        self.call_after_refresh(self._draw)

    def on_key(self, event: Key) -> None:
        """Take the next letter of a label."""
        letter = (event.character or "").lower()
        if len(letter) != 1 or letter not in string.ascii_lowercase:
            return
        event.stop()
        if any(label.startswith(self._typed + letter) for label in self._labels):
            self._typed += letter
        if self._typed in self._labels:
            self.dismiss(self._entries[self._labels.index(self._typed)].key)
            return
        self._draw()

    def action_correct(self) -> None:
        """Take the last letter back."""
        self._typed = self._typed[:-1]
        self._draw()

    def _draw(self) -> None:
        rows = self.query_one("#rows", Static)
        size, count = rows.container_size, len(self._entries)
        most = max(1, size.width // _NARROWEST)
        # As few columns as bring all rows into sight, so that the names are whole where they can be.
        columns = min(most, max(1, -(-count // max(1, size.height))))
        lines, width = -(-count // columns), size.width // columns - 1
        cells = [self._cell(*each, width) for each in zip(self._entries, self._labels, strict=True)]
        rows.update(Content("\n").join(Content(" ").join(cells[line::lines]) for line in range(lines)))

    def _cell(self, entry: Entry, label: str, width: int) -> Content:
        signs = self._signs
        possible = label.startswith(self._typed)
        sign, style = signs.mark(entry.mark)
        name = signs.fit(signs.text(name_of(entry), 100), width - len(label) - 4)
        if not possible:
            return Content.styled(f"{label}  {sign} {name}", "$foreground-disabled")
        return Content.assemble((label, "bold $text-accent"), "  ", (sign, style), f" {name}")
