"""The app: it starts runs, folds what they tell into the board, and owns the keys that work everywhere."""

from __future__ import annotations

import os
import time
from pkgutil import get_data
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import App
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.scrollbar import ScrollBar

from regdoctor.tui.board import Board
from regdoctor.tui.crash import crash_report
from regdoctor.tui.run import Run
from regdoctor.tui.screens.main import MainScreen
from regdoctor.tui.signs import signs_of_terminal
from regdoctor.tui.widgets.plain_scroll_bar import PlainScrollBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen
    from textual.timer import Timer

    from regdoctor.model import Report
    from regdoctor.tui.run import Examiner
    from regdoctor.tui.signs import Signs


_LEAVE = "Leave, also while a run is going on"


class RegdoctorApp(App[None]):
    """Shows diagnoses while they happen; `report` is what is known when it ends."""

    CSS = (get_data("regdoctor.tui", "app.tcss") or b"").decode()
    """Read as a resource: `CSS_PATH` finds nothing where the package lies in a zip file."""
    # The base class declares these without ClassVar.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "Help", id="app.help", tooltip="Show every key"),
        Binding("f1", "help", "Help", show=False, id="app.help.f1", tooltip="Show every key"),
        Binding("q", "quit", "Quit", id="app.quit", tooltip=_LEAVE),
        Binding("ctrl+c", "quit", "Quit", show=False, id="app.quit.ctrl-c", tooltip=_LEAVE),
        Binding(
            "ctrl+z",
            "suspend_process",
            "Suspend",
            show=False,
            id="app.suspend",
            tooltip="Back to the shell; fg returns",
        ),
    ]

    board: reactive[Board] = reactive(Board())
    waiting: reactive[tuple[str, ...]] = reactive(())
    notice: reactive[str | None] = reactive(None)
    """What is to be known all the time."""
    fault: reactive[str | None] = reactive(None)
    """A failure of ours in the latest run."""

    def __init__(
        self,
        diagnose: Callable[[tuple[str, ...]], Examiner],
        *,
        title: str = "regdoctor",
        notice: str | None = None,
        signs: Signs | None = None,
    ) -> None:
        # With colours of its own, Textual renders NO_COLOR as shades of grey; this way it sends none at all.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.title = title
        self._signs = signs or signs_of_terminal(os.environ)
        self._diagnose = diagnose
        self._runs: dict[int, Run] = {}
        self._last_run = 0
        self._clock: Timer | None = None
        self.set_reactive(RegdoctorApp.notice, notice)

    @property
    def report(self) -> Report | None:
        """The latest result of each set; None before anything is known."""
        return self.board.report

    def get_default_screen(self) -> Screen[None]:
        """The one screen that is always there."""
        screen = MainScreen(self.title, self._signs)
        return screen.data_bind(
            RegdoctorApp.board, RegdoctorApp.waiting, RegdoctorApp.notice, RegdoctorApp.fault
        )

    def get_key_display(self, binding: Binding) -> str:
        """The name of a key; arrows have none but their own in a plain terminal."""
        shown = super().get_key_display(binding)
        return shown if shown.isascii() or not self._signs.ascii_only else binding.key.title()

    def on_mount(self) -> None:
        """Start the first run when the first frame is drawn: both are busy with imports."""
        if self._signs.ascii_only:
            self.add_class("-ascii")
            ScrollBar.renderer = PlainScrollBar
        self.app_resume_signal.subscribe(self, self._repaint)
        self._clock = self.set_interval(1.0, self._look_at_clock, pause=True)
        self.call_after_refresh(self.start_run, ())

    def start_run(self, only: tuple[str, ...]) -> None:
        """Examine some sets, or all where none is named."""
        self._last_run += 1
        run = Run(self._last_run, only, self._diagnose, self.post_message)
        if not only:
            for other in self._runs.values():
                other.silence()
            self._runs.clear()
        self._runs[run.number] = run
        self.fault = None
        self.board = self.board.begun(run.number, only, time.time())
        if self._clock:
            self._clock.resume()
        run.start()

    def on_main_screen_run_wanted(self, event: MainScreen.RunWanted) -> None:
        """Do as the user wants."""
        self.start_run(event.only)

    def on_run_progressed(self, message: Run.Progressed) -> None:
        """Fold a run's events into the board, all in one repaint."""
        board = self.board
        for event in message.run.take():
            board = board.after(message.run.number, event)
        self.board = board
        self._forget_ended_runs()

    def on_run_failed(self, message: Run.Failed) -> None:
        """Say that a run broke off; what is known stays."""
        if message.run.number not in self.board.runs:
            return
        self.fault = f"A fault in regdoctor ended the run: {message.what}. R starts it again."
        self.board = self.board.ended(message.run.number)
        self._forget_ended_runs()

    def action_help(self) -> None:
        """Show every key."""
        from regdoctor.tui.screens.help import HelpScreen, section
        from regdoctor.tui.widgets.detail import Detail
        from regdoctor.tui.widgets.set_list import SetList

        screen = self.screen
        places = (
            ("Everywhere", self),
            ("In both panes", screen),
            ("In the overview", screen.query_one(SetList)),
            ("In the details", screen.query_one(Detail)),
        )
        active = tuple(screen.active_bindings.values())
        self.push_screen(
            HelpScreen(section(title, node, self.get_key_display, active) for title, node in places)
        )

    def _look_at_clock(self) -> None:
        self.waiting = tuple(phrase for run in self._runs.values() for phrase in run.waiting_for())

    def _forget_ended_runs(self) -> None:
        self._runs = {number: run for number, run in self._runs.items() if number in self.board.runs}
        if not self._runs and self._clock:
            self._clock.pause()
            self.waiting = ()

    def _repaint(self, _: object) -> None:
        # After Ctrl+Z and fg some terminals, tmux among them, stay empty until they are told everything.
        self.refresh(layout=True)

    def _fatal_error(self) -> None:
        # Textual's own crash screen prints the variables of every frame, credentials included.
        self.bell()
        error = self._exception
        if error is not None:
            self._exit_renderables.append(Text(crash_report(error), overflow="fold"))
        self._close_messages_no_wait()
