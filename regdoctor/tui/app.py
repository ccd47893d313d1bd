"""The app: it starts runs, folds what they tell into the board, and owns the keys that work everywhere."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import constants
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.reactive import reactive
from textual.scrollbar import ScrollBar

from regdoctor.crash import crash_report
from regdoctor.probes.refusals import Refusals
from regdoctor.probes.silence import silence_logs
from regdoctor.settings import Target
from regdoctor.signals import leave_at_once, tell_of_hang_up, tell_of_signals
from regdoctor.tui.board import Board
from regdoctor.tui.commands import Commands
from regdoctor.tui.resending import ask_first, refused_in
from regdoctor.tui.run import Run, Runs
from regdoctor.tui.screens.main import MainScreen
from regdoctor.tui.signs import signs_of_terminal
from regdoctor.tui.styles import style_sheet
from regdoctor.tui.theme import keep_theme, kept_theme
from regdoctor.tui.widgets.plain import PlainScrollBar, use_plain_toggles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import RenderableType
    from textual.screen import Screen
    from textual.theme import Theme
    from textual.timer import Timer

    from regdoctor.model import Report
    from regdoctor.tui.run import Diagnose
    from regdoctor.tui.screens.explain import Explain
    from regdoctor.tui.signs import Signs


_LEAVE = "Leave, also while a run is going on"
_INSTEAD = "`regdoctor report` does the same diagnosis without the app."


class RegdoctorApp(App[None]):
    """Shows diagnoses while they happen; `report` is what is known when it ends."""

    CSS = style_sheet("app")
    COMMANDS = {Commands}  # noqa: RUF012 - as the base class declares it
    # The base class declares these without ClassVar.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "e",
            "explain",
            "Explain a text",
            show=False,
            id="app.explain",
            tooltip="Paste a failure, see its cause",
        ),
        Binding("s", "save", "Save", show=False, id="app.save", tooltip="Save the report to a file"),
        Binding(
            "t", "calls", "Trace", show=False, id="app.calls", tooltip="Show every network call of the run"
        ),
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
        diagnose: Diagnose,
        explain: Explain,
        *,
        title: str = "regdoctor",
        notice: str | None = None,
        signs: Signs | None = None,
        refusals: Refusals | None = None,
    ) -> None:
        """`refusals` are what `diagnose` notes down and does not send again unless a target says so."""
        # Textual would write every key to a file, those of a password included, and asyncio whom it serves.
        constants.LOG_FILE, constants.DEBUG = None, False  # type: ignore[misc]
        silence_logs()
        # With colours of its own, Textual renders NO_COLOR as shades of grey; this way it sends none at all.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.devtools = None
        self.title = title
        self._signs = signs or signs_of_terminal(os.environ)
        self._diagnose = diagnose
        self._explain = explain
        self._refusals = refusals or Refusals()
        self._runs = Runs(diagnose, self.post_message)
        self._clock: Timer | None = None
        self._images: tuple[str, ...] = ()
        """Those that were named by hand."""
        self.ended_by: int | None = None
        """The exit code, where a signal has ended the app."""
        self.set_reactive(RegdoctorApp.notice, notice)
        if (theme := kept_theme(os.environ)) in self.available_themes:
            self.set_reactive(RegdoctorApp.theme, theme)

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

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """What the themes in the terminal's own colours lack: without it, to choose one breaks the app."""
        return {"foreground-disabled": "ansi_bright_black"}

    def get_key_display(self, binding: Binding) -> str:
        """The name of a key; arrows have none but their own in a plain terminal."""
        shown = super().get_key_display(binding)
        return shown if shown.isascii() or not self._signs.ascii_only else binding.key.title()

    async def run_async(self, **options: Any) -> None:
        """Run, and heed signals from before the terminal is taken until it is given back."""
        self._heed_signals()
        if (terminal := sys.__stdin__) is not None and terminal.isatty():
            tell_of_hang_up(terminal.fileno(), self._teller())
        await super().run_async(**options)

    def _heed_signals(self) -> None:
        tell_of_signals(self._teller())

    def _teller(self) -> Callable[[int], None]:
        loop = asyncio.get_running_loop()

        def tell(code: int) -> None:
            with suppress(RuntimeError):  # the app has just been left
                loop.call_soon_threadsafe(self._end, code)

        return tell

    def _end(self, code: int) -> None:
        self.ended_by = code
        self.exit()

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """Lend the terminal to something else: meanwhile there is nothing to restore."""
        with super().suspend():
            leave_at_once()
            try:
                yield
            finally:
                self._heed_signals()

    def on_mount(self) -> None:
        """Start the first run when the first frame is drawn: both are busy with imports."""
        if self._signs.ascii_only:
            self.add_class("-ascii")
            ScrollBar.renderer = PlainScrollBar
            use_plain_toggles()
        self.app_resume_signal.subscribe(self, self._repaint)
        self.theme_changed_signal.subscribe(self, self._keep_theme)
        self._clock = self.set_interval(1.0, self._look_at_clock, pause=True)
        self.call_after_refresh(self.start_run, Target())

    def start_run(self, target: Target) -> None:
        """Examine a target."""
        self.fault = None
        self.board = self.board.begun(self._runs.start(target), target, time.time())
        if self._clock:
            self._clock.resume()

    def on_main_screen_run_wanted(self, event: MainScreen.RunWanted) -> None:
        """Do as the user wants; images that were named by hand are asked for again with everything."""
        target = event.target
        self._images = tuple(dict.fromkeys((*self._images, *target.images)))
        if target.everything:
            target = target.but(images=self._images)
        held = refused_in(target, self.board, self._refusals)
        ask_first(self, held, self._signs, lambda again: self.start_run(target.but(resend=again)))

    def on_main_screen_cancel_wanted(self) -> None:
        """Have the runs end with what they know."""
        self._runs.cancel()

    def on_main_screen_trial_wanted(self, event: MainScreen.TrialWanted) -> None:
        """Open the page on which values are tried."""
        from regdoctor.tui.screens.what_if import WhatIfScreen

        screen = WhatIfScreen(
            event.state, self._diagnose, self._signs, mended=event.mended, refusals=self._refusals
        )
        self.push_screen(screen)

    def on_run_progressed(self, message: Run.Progressed) -> None:
        """Fold a run's events into the board, all in one repaint."""
        self.board = self.board.after(message.run.number, *message.run.take())
        self._forget_ended_runs()

    def on_run_failed(self, message: Run.Failed) -> None:
        """Say that a run broke off; what is known stays."""
        if message.run.number not in self.board.runs:
            return
        self.fault = f"A fault in regdoctor ended the run: {message.what}. R starts it again."
        self.board = self.board.ended(message.run.number)
        self._forget_ended_runs()

    def pop_screen(self) -> AwaitComplete:
        """Close a page; a key that comes twice while a page is closing closes nothing more."""
        return super().pop_screen() if len(self.screen_stack) > 1 else AwaitComplete()

    def action_command_palette(self) -> None:
        """Offer every action, with words that every terminal can show."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder="What is to be done?"))

    def action_help(self) -> None:
        """Show every key that works on this screen."""
        from regdoctor.tui.screens.help import HelpScreen, sections_of

        self.push_screen(HelpScreen(sections_of(self.screen, self.get_key_display)))

    def action_explain(self) -> None:
        """Open the page on which a text is explained."""
        from regdoctor.tui.screens.explain import ExplainScreen

        self.push_screen(ExplainScreen(self._explain, self._signs))

    def action_save(self) -> None:
        """Ask for a form and a file."""
        from regdoctor.tui.screens.save import SaveScreen

        if self.report is not None:
            self.push_screen(SaveScreen(self.report))

    def action_calls(self) -> None:
        """Open the page of the network calls."""
        from regdoctor.tui.screens.calls import CallsScreen

        self.push_screen(CallsScreen(self._signs).data_bind(RegdoctorApp.board))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A page is not opened over another one."""
        if action in ("explain", "save", "calls"):
            pages = (
                screen for screen in reversed(self.screen_stack) if not isinstance(screen, CommandPalette)
            )
            return isinstance(next(pages, None), MainScreen)
        return True

    def _look_at_clock(self) -> None:
        self.waiting = self._runs.waiting_for()

    def _forget_ended_runs(self) -> None:
        if not self._runs.keep(self.board.runs) and self._clock:
            self._clock.pause()
            self.waiting = ()

    def _repaint(self, _: object) -> None:
        # After Ctrl+Z and fg some terminals, tmux among them, stay empty until they are told everything.
        self.refresh(layout=True)

    def _keep_theme(self, theme: Theme) -> None:
        keep_theme(theme.name)

    def _log(self, *_: object, **__: object) -> None:
        # Textual's developer tools would be told every key, those of a password included.
        return

    def _fatal_error(self) -> None:
        # Textual's own crash screen prints the variables of every frame, credentials included.
        self.bell()
        self.panic()

    def panic(self, *_: RenderableType) -> None:
        """End with the place of the failure; what Textual has to show of it may hold anything."""
        self._return_code = 1
        error = self._exception
        told = (
            crash_report(error)
            if error is not None
            else "regdoctor crashed: the terminal was not to be read."
        )
        self._exit_renderables.append(Text(f"{told}\n{_INSTEAD}", overflow="fold"))
        self._close_messages_no_wait()
