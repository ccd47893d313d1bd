"""Where one types what the overview is to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class FilterBar(Input):
    """Takes room only while something is looked for."""

    HELP_TITLE = "In the filter"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear", "Show all rows", id="filter.clear", tooltip="Show every row again"),
        Binding("enter", "done", "To the rows", id="filter.done", tooltip="Back to the overview"),
        Binding("down", "done", "To the rows", show=False, id="filter.down", tooltip="Back to the overview"),
    ]

    @dataclass
    class Wanted(Message):
        """Rows that speak of some words are wanted."""

        needle: str

    class Done(Message):
        """The rows are wanted, not the words."""

    def __init__(self) -> None:
        super().__init__(placeholder="rows that speak of: error, a name, a host …", compact=True)
        self.display = False

    def begin(self) -> None:
        """Come into sight."""
        self.display = True
        self.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what is looked for."""
        event.stop()
        self.post_message(self.Wanted(event.value))

    def action_clear(self) -> None:
        """Look for nothing any more."""
        self.value = ""
        self.display = False
        self.post_message(self.Done())

    def action_done(self) -> None:
        """Go to what was found."""
        self.display = bool(self.value)
        self.post_message(self.Done())
