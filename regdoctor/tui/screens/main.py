"""The overview and the detail of the chosen row."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import MountError
from textual.widgets import Footer

from regdoctor.tui.board import Board, SetState
from regdoctor.tui.widgets.detail import Detail
from regdoctor.tui.widgets.notice_bar import NoticeBar
from regdoctor.tui.widgets.set_list import SetList
from regdoctor.tui.widgets.summary_bar import SummaryBar
from regdoctor.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import DescendantFocus

    from regdoctor.model import Environment
    from regdoctor.tui.board import Subject
    from regdoctor.tui.signs import Signs


class MainScreen(Screen[None]):
    """Boards come from the app; what the user chooses is kept here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "tab", "app.focus_next", "Next pane", show=False, id="pane.next", tooltip="To the other pane"
        ),
        Binding(
            "shift+tab",
            "app.focus_previous",
            "Previous pane",
            show=False,
            id="pane.previous",
            tooltip="To the other pane",
        ),
        Binding("r", "run_again", "Run again", id="run.chosen", tooltip="Examine the chosen set once more"),
        Binding("R", "run_all", "Run all", id="run.all", tooltip="Look for the sets and examine all again"),
    ]
    AUTO_FOCUS = "SetList"

    board: reactive[Board] = reactive(Board())
    waiting: reactive[tuple[str, ...]] = reactive(())
    notice: reactive[str | None] = reactive(None)
    fault: reactive[str | None] = reactive(None)
    chosen: reactive[str | None] = reactive(None)
    """The key of the chosen row."""
    subject: reactive[Subject | None] = reactive(None)
    """What that row is about."""
    environment: reactive[Environment | None] = reactive(None)
    alone: reactive[bool] = reactive(False)
    """There is nothing to choose from."""
    can_run_again: reactive[bool] = reactive(False, bindings=True)
    """The chosen row is a set that no run is at work on."""
    can_run_all: reactive[bool] = reactive(False, bindings=True)

    @dataclass
    class RunWanted(Message):
        """The user wants to see some sets examined again, or all where none is named."""

        only: tuple[str, ...]

    def __init__(self, title: str, signs: Signs) -> None:
        super().__init__()
        self._title_text = title
        self._signs = signs

    def compose(self) -> ComposeResult:
        """The footer's place is kept free: it costs most and comes after the first frame."""
        yield TitleBar(self._title_text, self._signs).data_bind(MainScreen.environment)
        yield NoticeBar(self._signs).data_bind(MainScreen.notice, MainScreen.fault)
        yield SummaryBar(self._signs).data_bind(MainScreen.board, MainScreen.waiting)
        with Container(id="body"):
            yield SetList(self._signs).data_bind(MainScreen.board)
            yield Detail(self._signs).data_bind(MainScreen.subject, MainScreen.alone)
        yield Container(id="foot")

    def on_mount(self) -> None:
        """Complete the screen once it can be seen."""
        self.call_after_refresh(self._complete)

    def watch_board(self, board: Board) -> None:
        """Follow what is known, with the same row chosen."""
        self.environment = board.environment
        self.alone = board.found and not board.sets and not board.findings
        self.set_class(self.alone, "-empty")
        self._choose(self.chosen)

    def on_set_list_chosen(self, event: SetList.Chosen) -> None:
        """Show what the row is about."""
        self._choose(event.key)

    def on_set_list_opened(self) -> None:
        """Go to the detail."""
        self.query_one(Detail).focus()

    def on_detail_left(self) -> None:
        """Go back to the overview."""
        self.query_one(SetList).focus()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Give a small terminal's lines to what is being read."""
        self.set_class(isinstance(event.widget, Detail), "-reading")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey out what has no object or is being done already."""
        if action == "run_again":
            return True if self.can_run_again else None
        if action == "run_all":
            return True if self.can_run_all else None
        return True

    def action_run_again(self) -> None:
        """Examine the chosen set once more."""
        if isinstance(self.subject, SetState):
            self.post_message(self.RunWanted((self.subject.id,)))

    def action_run_all(self) -> None:
        """Examine all sets once more."""
        self.post_message(self.RunWanted(()))

    def _choose(self, key: str | None) -> None:
        entries = self.board.entries
        if entries and key not in {entry.key for entry in entries}:
            key = entries[0].key
        self.subject = subject = self.board.subject(key)
        self.chosen = key
        self.can_run_again = isinstance(subject, SetState) and not subject.busy
        self.can_run_all = not self.board.full_run_busy

    async def _complete(self) -> None:
        # The app may have been left before its second frame.
        with suppress(MountError):
            await self.query_one("#foot").mount(Footer())
