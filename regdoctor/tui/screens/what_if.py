"""Other values for a set are tested, in memory: nothing is stored."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Footer, Input, Static

from regdoctor.model import PARTS, Variable, named, variable_name
from regdoctor.probes.refusals import Refusals
from regdoctor.secret import Secret, visible
from regdoctor.settings import Target
from regdoctor.tui.board import Board, SetState
from regdoctor.tui.finding_text import steps_of
from regdoctor.tui.phrases import credential_name, one_line, outcome
from regdoctor.tui.resending import ask_first, refused_of, with_fixes
from regdoctor.tui.run import Run
from regdoctor.tui.screens.reading import ReadingScreen
from regdoctor.tui.styles import style_sheet
from regdoctor.tui.widgets.detail import Detail
from regdoctor.tui.widgets.prose import Block, Prose

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from regdoctor.model import Part, SecretSet, Step
    from regdoctor.tui.run import Diagnose
    from regdoctor.tui.signs import Signs


def _shown(found: SecretSet, part: Part) -> str | None:
    """A part as it may stand in a field; None where it may not be seen, or would act on the terminal."""
    if part == "password":
        return None
    shown = found.shown_server if part == "server" else found.shown_user
    return shown if shown == found.text(part) == visible(found.text(part)) else None


class Field(Input):
    """A value. What is masked is not copied either."""

    HELP_TITLE = "In the fields"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Test", key_display="Enter", id="field.test", tooltip="Test these values"),
    ]

    def action_copy(self) -> None:
        """Copy what can be seen."""
        if not self.password:
            super().action_copy()

    def action_cut(self) -> None:
        """Cut what can be seen."""
        if not self.password:
            super().action_cut()


class Comparison(Prose):
    """The verdict on the stored values, and below it that on the others."""

    stored: reactive[SetState | None] = reactive(None, layout=True)
    trial: reactive[SetState | None] = reactive(None, layout=True)
    fault: reactive[str | None] = reactive(None, layout=True)

    def __init__(self, signs: Signs) -> None:
        super().__init__()
        self._signs = signs

    def blocks(self) -> tuple[Block, ...]:
        """A line for each."""
        return (self._block("stored", self.stored), self._block("now", self.trial))

    def _block(self, name: str, state: SetState | None) -> Block:
        before = Content.styled(name.ljust(8), "$foreground-muted")
        if self.fault and name == "now":
            return Block(Content(self._signs.text(self.fault, 300)), before=before)
        if state is None:
            return Block(Content.styled("Enter tests these values.", "$foreground-muted"), before=before)
        words = one_line(state)
        if not state.busy and state.result.proved and state.result.findings:
            words = f"{outcome(state.result)}; {words}"
        words = self._signs.text(words, 200)
        return Block(Content(words), before=Content.assemble(before, self._signs.label(state.mark, 10)))


class WhatIfScreen(ReadingScreen):
    """Three fields above, the two verdicts, and what was seen on the way below."""

    CSS = style_sheet("pages")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back", id="what-if.back", tooltip="Back to the overview"),
        # At once: what is typed right after it, a password perhaps, must not land in the field before.
        Binding(
            "tab",
            "app.focus_next",
            "Next field",
            id="what-if.next",
            tooltip="To the next field",
            priority=True,
        ),
        Binding(
            "shift+tab",
            "app.focus_previous",
            "Field before",
            show=False,
            id="what-if.previous",
            tooltip="To the field before",
            priority=True,
        ),
        Binding(
            "ctrl+r", "restore", "As stored", id="what-if.restore", tooltip="Take the stored values again"
        ),
    ]
    AUTO_FOCUS = "Field"

    board: reactive[Board] = reactive(Board(), bindings=True)
    """What is known of the values in the fields."""

    def __init__(
        self,
        state: SetState,
        diagnose: Diagnose,
        signs: Signs,
        *,
        mended: bool = False,
        refusals: Refusals | None = None,
    ) -> None:
        super().__init__(signs)
        self._refusals = refusals or Refusals()
        self._stored = state
        self._begin_mended = mended
        self._base = with_fixes(state) if mended else state.result.secret_set
        self._diagnose = diagnose
        self._run: Run | None = None
        self._number = 0

    def compose(self) -> ComposeResult:
        """A wide terminal shows both runs side by side."""
        found = self._stored.result.secret_set
        yield Static(
            f"What if {self._signs.text(found.id, 40)} had other values? Nothing is stored.",
            classes="intro",
            markup=False,
        )
        for part in PARTS:
            with Horizontal(classes="field"):
                yield Static(part.capitalize(), classes="name")
                yield Field(id=part, password=part == "password", compact=True)
                yield Static(f"stored: {self._note(part)}", classes="note", markup=False)
        yield Comparison(self._signs)
        with Horizontal(id="body"):
            yield Detail(self._signs, id="stored")
            yield Detail(self._signs, id="trial")
        with Container(id="foot"):
            yield Footer()

    def on_mount(self) -> None:
        """Show what is stored; begin at once where a mend is to be tried."""
        self.query_one(Comparison).stored = self._stored
        self.query_one("#stored", Detail).subject = self._stored
        self._fill()
        if self._begin_mended:
            self.action_test()

    def on_unmount(self) -> None:
        """Nobody listens any more."""
        if self._run is not None:
            self._run.silence()

    def steps(self) -> tuple[Step, ...]:
        """Those of the values in the fields; before they were tested, those of the stored ones."""
        details = self.query("#trial").results(Detail)
        further = next((detail.further for detail in details), ())
        return (*further, *steps_of(self._trial or self._stored))

    def on_input_submitted(self) -> None:
        """Enter tests."""
        self.action_test()

    def on_detail_left(self) -> None:
        """Go back to the values."""
        self.query(Field).first().focus()

    def on_run_progressed(self, message: Run.Progressed) -> None:
        """Fold the run's events into what is known."""
        message.stop()  # the app would take the events for those of a run of its own
        if message.run is not self._run:
            return
        self.board = self.board.after(message.run.number, *message.run.take())

    def on_run_failed(self, message: Run.Failed) -> None:
        """Say that it broke off."""
        message.stop()
        if message.run is self._run:
            self.query_one(Comparison).fault = f"A fault in regdoctor ended the run: {message.what}."

    def watch_board(self) -> None:
        """Show the trial."""
        trial = self._trial
        self.query_one(Comparison).trial = trial
        detail = self.query_one("#trial", Detail)
        detail.subject = trial
        detail.further = self._how_to_store(trial)

    def action_test(self) -> None:
        """Examine the values in the fields."""
        from regdoctor.discovery import discover

        values = self._values()
        held = refused_of(discover(named(values)).sets, self._refusals)
        ask_first(self.app, held, self._signs, lambda again: self._test(Target(values=values, resend=again)))

    def _test(self, target: Target) -> None:
        if self._run is not None:
            self._run.silence()
        self._number += 1
        self._run = Run(self._number, target, self._diagnose, self.post_message)
        self.query_one(Comparison).fault = None
        self.board = Board().begun(self._number, Target(), time.time())
        self._run.start()

    def action_restore(self) -> None:
        """Take the stored values again."""
        self._base = self._stored.result.secret_set
        self._fill()

    @property
    def _trial(self) -> SetState | None:
        return self.board.sets[0] if self.board.sets else None

    def _fill(self) -> None:
        for part in PARTS:
            field = self.query_one(f"#{part}", Field)
            shown = _shown(self._base, part)
            field.value = shown or ""
            kept = "as stored" if self._base is self._stored.result.secret_set else "as fixed"
            field.placeholder = kept if shown is None and self._base.variable(part) else ""

    def _values(self) -> tuple[Variable, ...]:
        """The three variables as they would be stored; what cannot be seen stays unless one types."""
        values = []
        for part in PARTS:
            typed = self.query_one(f"#{part}", Field).value
            kept = self._base.text(part) if _shown(self._base, part) is None else ""
            if value := typed or kept:
                values.append(Variable(variable_name(self._base.id, part), Secret(value)))
        return tuple(values)

    def _note(self, part: Part) -> str:
        result = self._stored.result
        found = result.secret_set
        if found.variable(part) is None:
            return "nothing"
        if part == "password":
            return credential_name(result.credential) if result.credential else "a password"
        return self._signs.text(found.shown_server if part == "server" else found.shown_user, 200)

    def _how_to_store(self, trial: SetState | None) -> tuple[Step, ...]:
        from regdoctor.report.storing import steps_to_store

        if trial is None or trial.busy or not trial.result.proved or trial.result.status == "error":
            return ()
        return steps_to_store(trial.result.secret_set)
