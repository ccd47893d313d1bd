"""A text is pasted, and its cause is named. Nothing is sent anywhere."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Footer, Static, TextArea

from regdoctor.tui.background import Done, in_background
from regdoctor.tui.finding_text import finding_blocks
from regdoctor.tui.phrases import registry_name
from regdoctor.tui.screens.reading import ReadingScreen
from regdoctor.tui.styles import style_sheet
from regdoctor.tui.widgets.prose import Block, Prose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.app import ComposeResult
    from textual.timer import Timer

    from regdoctor.explain import Explained
    from regdoctor.model import Step
    from regdoctor.tui.signs import Signs

    Explain = Callable[[BinaryIO], Sequence[Explained]]
    """What names the causes that a text shows."""

LONGEST = 1 << 20
"""Characters of a pasted text that are looked at; `regdoctor explain FILE` takes any length."""

_PAUSE = 0.2
"""Seconds without a change after which the text is read."""


class Explanation(Prose):
    """The causes that were found, the most telling first."""

    found: reactive[tuple[Explained, ...] | None] = reactive(None, layout=True)
    """None while nothing was pasted."""
    failure: reactive[str | None] = reactive(None, layout=True)

    def __init__(self, signs: Signs) -> None:
        super().__init__()
        self._signs = signs

    def blocks(self) -> tuple[Block, ...]:
        """Each cause in full."""
        if self.failure:
            return (Block(Content(self._signs.text(self.failure))),)
        if self.found is None:
            return (Block(Content.styled("The cause will stand here.", "$foreground-muted")),)
        if not self.found:
            return (Block(Content("This text tells of no failure.")),)
        return tuple(self._told(self.found))

    def _told(self, found: tuple[Explained, ...]) -> Iterator[Block]:
        for each in found:
            facts = [f"line {each.line}", f"confidence {each.confidence}"]
            if each.registry:
                facts.append(registry_name(each.registry))
            if each.host:
                facts.append(each.host)
            words = self._signs.between.join(self._signs.text(fact, 200) for fact in facts)
            yield Block(Content.styled(words, "$foreground-muted"))
            yield from finding_blocks(each.finding, None, self._signs)


class Answer(VerticalScroll):
    """Where the explanation is read."""

    HELP_TITLE = "In the explanation"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", "Scroll down", show=False, id="answer.down", tooltip="One line down"),
        Binding("k", "scroll_up", "Scroll up", show=False, id="answer.up", tooltip="One line up"),
        Binding("space", "page_down", "Page down", show=False, id="answer.page", tooltip="One page down"),
        Binding("y", "screen.copy_command", "Copy", id="answer.copy"),
        Binding("o", "screen.open_page", "Open", id="answer.open"),
    ]


class ExplainScreen(ReadingScreen):
    """The text above, what it shows below."""

    CSS = style_sheet("pages")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back", id="explain.back", tooltip="Back to the overview"),
        Binding(
            "tab", "app.focus_next", "Other pane", id="explain.next", tooltip="To the text, or to its cause"
        ),
        Binding("ctrl+l", "clear", "Clear", id="explain.clear", tooltip="Take another text"),
    ]

    def __init__(self, explain: Explain, signs: Signs) -> None:
        super().__init__(signs)
        self._explain = explain
        self._pause: Timer | None = None
        self._latest = 0

    def compose(self) -> ComposeResult:
        """The footer stands where the overview's does."""
        yield Static(
            "Paste the failure: a message, a log. Nothing is sent anywhere.", classes="intro", markup=False
        )
        yield TextArea(tab_behavior="focus", soft_wrap=False, compact=True, highlight_cursor_line=False)
        with Answer():
            yield Explanation(self._signs)
        with Container(id="foot"):
            yield Footer()

    def steps(self) -> tuple[Step, ...]:
        """Those of every cause that was found."""
        explanations = self.query(Explanation)
        found = explanations.first().found if explanations else None
        return tuple(step for each in found or () for step in each.finding.remediation)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Read the text once it stays as it is."""
        event.stop()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(_PAUSE, self._read)

    def on_done(self, message: Done) -> None:
        """Show what was found, unless the text has changed since."""
        if message.task != self._latest:
            return
        explanation = self.query_one(Explanation)
        explanation.failure = message.failure
        explanation.found = None if message.failure else message.result  # type: ignore[assignment]  # see _read
        self.query_one(Answer).scroll_home(animate=False)
        self.refresh_bindings()

    def action_clear(self) -> None:
        """Take another text."""
        self.query_one(TextArea).clear()
        self.query_one(TextArea).focus()

    def _read(self) -> None:
        text = self.query_one(TextArea).text[:LONGEST]
        self._latest += 1
        if not text.strip():
            self.on_done(Done(self._latest))
            return
        stream = io.BytesIO(text.encode("utf-8", "replace"))
        in_background(self._latest, lambda: tuple(self._explain(stream)), self.post_message)
