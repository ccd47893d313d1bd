"""The overview and the detail of the chosen row."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message
from textual.reactive import reactive
from textual.widget import MountError
from textual.widgets import Footer

from regdoctor.settings import Target
from regdoctor.tui.board import Board, SetState
from regdoctor.tui.finding_text import steps_of
from regdoctor.tui.screens.reading import ReadingScreen
from regdoctor.tui.widgets.detail import Detail
from regdoctor.tui.widgets.notice_bar import NoticeBar
from regdoctor.tui.widgets.set_list import SetList
from regdoctor.tui.widgets.summary_bar import SummaryBar
from regdoctor.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import DescendantFocus

    from regdoctor.model import Environment, Step
    from regdoctor.tui.board import Subject
    from regdoctor.tui.signs import Signs
    from regdoctor.tui.widgets.filter_bar import FilterBar


_DEPENDENT = ("run_again", "mend", "run_all", "cancel", "go_to", "copy_command", "open_page")
"""Actions of which one is there and gone again; the others go with one of them."""


class MainScreen(ReadingScreen):
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
        Binding(
            "a", "mend", "Fix", id="set.mend", tooltip="Apply the fix to the chosen set in memory, and test"
        ),
        Binding("w", "what_if", "What if", id="set.what-if", tooltip="Test the chosen set with other values"),
        Binding("r", "run_again", "Run again", id="run.chosen", tooltip="Test the chosen set again"),
        Binding(
            "R",
            "run_all",
            "Run all",
            show=False,
            id="run.all",
            tooltip="Look for the sets and examine all again",
        ),
        Binding(
            "x", "cancel", "Cancel", id="run.cancel", tooltip="End what is going on, and keep what is known"
        ),
        Binding(
            "i",
            "check_image",
            "Check an image",
            show=False,
            id="image.check",
            tooltip="Ask whether an image can be pulled",
        ),
        Binding("g", "go_to", "Go to", id="list.go-to", tooltip="Go to any row by its letters"),
        Binding(
            "n", "next_problem(1)", "Next problem", show=False, id="list.next", tooltip="To the next problem"
        ),
        Binding(
            "N",
            "next_problem(-1)",
            "Problem before",
            show=False,
            id="list.before",
            tooltip="To the problem before",
        ),
        Binding(
            "slash",
            "filter",
            "Filter",
            show=False,
            id="list.filter",
            tooltip="Show rows that speak of some words",
        ),
    ]
    AUTO_FOCUS = "SetList"

    board: reactive[Board] = reactive(Board())
    waiting: reactive[tuple[str, ...]] = reactive(())
    notice: reactive[str | None] = reactive(None)
    fault: reactive[str | None] = reactive(None)
    needle: reactive[str] = reactive("")
    """Only rows that speak of these words are shown."""
    chosen: reactive[str | None] = reactive(None)
    """The key of the chosen row."""
    subject: reactive[Subject | None] = reactive(None)
    """What that row is about."""
    offered: reactive[tuple[bool, ...]] = reactive((), bindings=True)
    """Which of the keys that depend on something work: a footer drawn anew for every row costs too much."""
    environment: reactive[Environment | None] = reactive(None)
    alone: reactive[bool] = reactive(False)
    """There is nothing to choose from."""

    @dataclass
    class RunWanted(Message):
        """The user wants to see something examined."""

        target: Target

    class CancelWanted(Message):
        """The user does not want to wait any longer."""

    @dataclass
    class TrialWanted(Message):
        """The user wants to try other values for a set."""

        state: SetState
        mended: bool
        """With its fixes applied, and at once."""

    def __init__(self, title: str, signs: Signs) -> None:
        super().__init__(signs)
        self._title_text = title
        self._list = SetList(signs)
        self._wanted_image: str | None = None
        """Its row is to be chosen as soon as it is there."""

    def compose(self) -> ComposeResult:
        """The footer's place is kept free: it costs most and comes after the first frame."""
        yield TitleBar(self._title_text, self._signs).data_bind(MainScreen.environment)
        yield NoticeBar(self._signs).data_bind(MainScreen.notice, MainScreen.fault)
        yield SummaryBar(self._signs).data_bind(MainScreen.board, MainScreen.waiting, MainScreen.needle)
        with Container(id="body"):
            yield self._list.data_bind(MainScreen.board, MainScreen.needle)
            yield Detail(self._signs).data_bind(MainScreen.subject, MainScreen.alone)
        yield Container(id="foot")

    def on_mount(self) -> None:
        """Complete the screen once it can be seen."""
        self.call_after_refresh(self._complete)

    def steps(self) -> tuple[Step, ...]:
        """Those of the chosen row."""
        return steps_of(self._current)

    @property
    def _current(self) -> Subject | None:
        """What the keys are about: the row under the cursor, even before word of it has come here."""
        option = self._list.highlighted_option
        return self.board.subject(option.id) if option is not None else self.subject

    def watch_board(self, board: Board) -> None:
        """Follow what is known, with the same row chosen."""
        self.environment = board.environment
        self.alone = board.found and not board.states and not board.findings
        self.set_class(self.alone, "-empty")
        self._choose(self.chosen)
        wanted = (entry.key for entry in board.entries if entry.key == f"image:{self._wanted_image}")
        if self._wanted_image is not None and (key := next(wanted, None)):
            self._wanted_image = None
            self.call_after_refresh(self._read, key)  # the list gets the row just now

    def on_set_list_chosen(self, event: SetList.Chosen) -> None:
        """Show what the row is about."""
        self._choose(event.key)

    def on_set_list_opened(self) -> None:
        """Go to the detail."""
        self.query_one(Detail).focus()

    def on_detail_left(self) -> None:
        """Go back to the overview."""
        self._list.focus()

    def on_filter_bar_wanted(self, event: FilterBar.Wanted) -> None:
        """Show the rows that speak of the words."""
        self.needle = event.needle

    def on_filter_bar_done(self) -> None:
        """Go to the rows."""
        self._list.focus()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Give a small terminal's lines to what is being read."""
        self.set_class(isinstance(event.widget, Detail), "-reading")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what has an object, and what is not being done already."""
        subject = self._current
        idle_set = isinstance(subject, SetState) and not subject.busy
        match action:
            case "run_again" | "what_if":
                return idle_set
            case "mend":
                return isinstance(subject, SetState) and subject.can_be_mended
            case "run_all":
                return not self.board.full_run_busy
            case "cancel":
                return self.board.busy
            case "go_to" | "filter" | "next_problem":
                return not self.alone
        return super().check_action(action, parameters)

    def action_run_again(self) -> None:
        """Examine the chosen set once more."""
        if isinstance(subject := self._current, SetState):
            self.post_message(self.RunWanted(Target(only=(subject.id,))))

    def action_run_all(self) -> None:
        """Examine everything once more."""
        self.post_message(self.RunWanted(Target()))

    def action_cancel(self) -> None:
        """Wait no longer."""
        self.post_message(self.CancelWanted())

    def action_what_if(self) -> None:
        """Try other values."""
        if isinstance(subject := self._current, SetState):
            self.post_message(self.TrialWanted(subject, mended=False))

    def action_mend(self) -> None:
        """Try the fixes that are proposed."""
        if isinstance(subject := self._current, SetState):
            self.post_message(self.TrialWanted(subject, mended=True))

    def action_check_image(self) -> None:
        """Ask for the image's name."""
        from regdoctor.tui.screens.ask_image import AskImageScreen

        self.app.push_screen(AskImageScreen(), self._check_image)

    def action_go_to(self) -> None:
        """Ask for a row by its letters."""
        from regdoctor.tui.screens.go_to import GoToScreen

        self.app.push_screen(GoToScreen(self._list.entries, self._signs), self._read)

    def action_next_problem(self, direction: int) -> None:
        """Read about the next row with a problem; after the last comes the first."""
        entries = self._list.entries
        keys = [entry.key for entry in entries]
        at = keys.index(self.chosen) if self.chosen in keys else -1
        rounds = (entries[(at + direction * (step + 1)) % len(entries)] for step in range(len(entries)))
        self._read(next((entry.key for entry in rounds if entry.is_problem), None))

    async def action_filter(self) -> None:
        """Type what is looked for."""
        from regdoctor.tui.widgets.filter_bar import FilterBar

        if not self.query(FilterBar):
            await self.mount(FilterBar(), before="#body")
        self.query_one(FilterBar).begin()

    def _check_image(self, reference: str | None) -> None:
        if reference is not None:
            self._wanted_image = reference
            self.post_message(self.RunWanted(Target(images=(reference,), images_alone=True)))

    def _read(self, key: str | None) -> None:
        """Choose a row, and show its mend."""
        if key is not None:
            self._list.choose(key)
            self._choose(key)
            detail = self.query_one(Detail)
            detail.focus()
            detail.show_first_step()

    def _choose(self, key: str | None) -> None:
        subject = self.board.subject(key)
        if subject is None and (entries := self.board.entries):
            key, subject = entries[0].key, entries[0].subject
        self.subject = subject
        self.chosen = key
        self.offered = tuple(bool(self.check_action(action, ())) for action in _DEPENDENT)

    async def _complete(self) -> None:
        # The app may have been left before its second frame.
        with suppress(MountError):
            await self.query_one("#foot").mount(Footer())
            self.refresh_bindings()  # the footer draws nothing before it is told to
