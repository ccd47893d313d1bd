"""The overview: a row for each set, then one for each finding of no set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from regdoctor.tui.board import Board
from regdoctor.tui.phrases import matches
from regdoctor.tui.widgets.row import Columns, columns_for, row

if TYPE_CHECKING:
    from regdoctor.tui.board import Entry
    from regdoctor.tui.signs import Signs

_HEADINGS = {"image": "Images", "finding": "Outside the sets"}


class SetList(OptionList):
    """Rows that stay where they are while what they say changes."""

    HELP_TITLE = "In the overview"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "open",
            "Details",
            key_display="Enter",
            id="list.details",
            tooltip="Read all that is known of the chosen row",
        ),
        Binding("j", "cursor_down", "Down", show=False, id="list.down", tooltip="Choose the next row"),
        Binding("k", "cursor_up", "Up", show=False, id="list.up", tooltip="Choose the row before"),
    ]

    board: reactive[Board] = reactive(Board())
    needle: reactive[str] = reactive("")
    """Only rows that speak of these words are shown."""

    @dataclass
    class Chosen(Message):
        """Another row was chosen."""

        key: str

    class Opened(Message):
        """The user wants to read about the chosen row."""

    def __init__(self, signs: Signs) -> None:
        super().__init__(markup=False, compact=True)
        self._signs = signs
        self._entries: tuple[Entry, ...] = ()
        self._columns = Columns(0)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The rows that are shown."""
        return self._entries

    def watch_board(self) -> None:
        """Redraw what has changed."""
        entries = self.board.entries
        if self.needle:
            entries = tuple(entry for entry in entries if matches(entry, self.needle))
        self._show(entries)

    def watch_needle(self) -> None:
        """Show what is looked for."""
        self.watch_board()

    def choose(self, key: str) -> None:
        """Make a row the chosen one."""
        keys = [option.id for option in self.options]
        if key in keys:
            self.highlighted = keys.index(key)

    def on_resize(self) -> None:
        """Lay the rows out for the new width, the chosen one in sight."""
        self._show(self._entries)
        self.call_after_refresh(self.scroll_to_highlight)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tell which row it is by its key."""
        event.stop()
        if event.option_id is not None:
            self.post_message(self.Chosen(event.option_id))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click chooses a row, as the arrows do, and leaves the focus here."""
        event.stop()

    def action_page_up(self) -> None:
        """Move by a page, of which a terminal of a few lines has no room for any."""
        if self.scrollable_content_region.area:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """The other way."""
        if self.scrollable_content_region.area:
            super().action_page_down()  # type: ignore[no-untyped-call]

    def action_open(self) -> None:
        """The user wants to read."""
        self.post_message(self.Opened())

    def _show(self, entries: tuple[Entry, ...]) -> None:
        before, columns_before = self._entries, self._columns
        self._entries, self._columns = entries, columns_for(entries, self._room)
        if [entry.key for entry in before] != [entry.key for entry in entries]:
            self._rebuild()
            return
        for old, new in zip(before, entries, strict=True):
            if old != new or columns_before != self._columns:
                self.replace_option_prompt(new.key, row(new, self._columns, self._signs))

    def _rebuild(self) -> None:
        chosen = self.highlighted_option.id if self.highlighted_option else None
        scrolled = self.scroll_y
        options: list[Option] = []
        kinds: set[str] = set()
        for entry in self._entries:
            heading = _HEADINGS.get(entry.kind)
            if heading is not None and entry.kind not in kinds:
                options.append(Option(Content.styled(heading, "$foreground-muted"), disabled=True))
            kinds.add(entry.kind)
            options.append(Option(row(entry, self._columns, self._signs), id=entry.key))
        self.set_options(options)
        keys = [option.id for option in options]
        if keys:
            self.highlighted = keys.index(chosen) if chosen is not None and chosen in keys else 0
            self.scroll_to(y=scrolled, animate=False)

    @property
    def _room(self) -> int:
        padding = self.get_component_styles("option-list--option").padding
        return max(0, self.scrollable_content_region.width - padding.width)
