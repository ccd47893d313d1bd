"""Everything about the chosen row, to be read and scrolled."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.reactive import reactive

from regdoctor.tui.board import SetState
from regdoctor.tui.widgets.heading import Heading
from regdoctor.tui.widgets.stage_line import StageLine
from regdoctor.tui.widgets.stage_table import StageTable
from regdoctor.tui.widgets.verdict import Verdict

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from regdoctor.tui.board import Subject
    from regdoctor.tui.signs import Signs


class Detail(VerticalScroll):
    """A set with its stages and its verdict, or one finding."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", id="detail.back", tooltip="Back to the overview"),
        Binding("j", "scroll_down", "Scroll down", show=False, id="detail.down", tooltip="One line down"),
        Binding("k", "scroll_up", "Scroll up", show=False, id="detail.up", tooltip="One line up"),
        Binding("space", "page_down", "Page down", show=False, id="detail.page", tooltip="One page down"),
    ]

    subject: reactive[Subject | None] = reactive(None)
    alone: reactive[bool] = reactive(False, bindings=True)
    """There is no overview to go back to."""

    class Left(Message):
        """The user has read enough."""

    def __init__(self, signs: Signs) -> None:
        super().__init__()
        self._signs = signs

    def compose(self) -> ComposeResult:
        """A terminal with few lines shows the stages in brief, and their table after the verdict."""
        yield Heading(self._signs).data_bind(Detail.subject)
        yield StageLine(self._signs).data_bind(Detail.subject)
        yield StageTable(self._signs, classes="first").data_bind(Detail.subject)
        yield Verdict(self._signs).data_bind(Detail.subject)
        yield StageTable(self._signs, classes="last").data_bind(Detail.subject)

    def watch_subject(self, before: Subject | None, subject: Subject | None) -> None:
        """Begin at the top of another subject; stay put while one changes."""
        self.set_class(not isinstance(subject, SetState), "-no-set")
        same_set = isinstance(before, SetState) and isinstance(subject, SetState) and before.id == subject.id
        if not same_set and before != subject:
            self.scroll_home(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nobody can leave where there is nowhere to go."""
        return not (action == "leave" and self.alone)

    def action_leave(self) -> None:
        """Tell the screen."""
        self.post_message(self.Left())
