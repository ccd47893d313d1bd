"""Everything about the chosen row, to be read and scrolled."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.reactive import reactive

from regdoctor.tui.board import ImageState, SetState
from regdoctor.tui.widgets.facts import Facts
from regdoctor.tui.widgets.heading import Heading
from regdoctor.tui.widgets.stage_line import StageLine
from regdoctor.tui.widgets.stage_table import StageTable
from regdoctor.tui.widgets.verdict import Verdict

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from regdoctor.model import Step
    from regdoctor.tui.board import Subject
    from regdoctor.tui.signs import Signs


class Detail(VerticalScroll):
    """A set or an image with its stages and its verdict, or one finding."""

    HELP_TITLE = "In the details"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", id="detail.back", tooltip="Back to the overview"),
        Binding("j", "scroll_down", "Scroll down", show=False, id="detail.down", tooltip="One line down"),
        Binding("k", "scroll_up", "Scroll up", show=False, id="detail.up", tooltip="One line up"),
        Binding("space", "page_down", "Page down", show=False, id="detail.page", tooltip="One page down"),
        Binding("y", "screen.copy_command", "Copy", id="detail.copy"),
        Binding("o", "screen.open_page", "Open", id="detail.open"),
    ]

    subject: reactive[Subject | None] = reactive(None)
    further: reactive[tuple[Step, ...]] = reactive(())
    """What is to be done once all is well."""
    alone: reactive[bool] = reactive(False, bindings=True)
    """There is no overview to go back to."""

    class Left(Message):
        """The user has read enough."""

    def __init__(self, signs: Signs, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self._signs = signs

    def compose(self) -> ComposeResult:
        """The stages in brief, the verdict, then what each stage found."""
        yield Heading(self._signs).data_bind(Detail.subject)
        yield StageLine(self._signs).data_bind(Detail.subject)
        yield Verdict(self._signs).data_bind(Detail.subject, Detail.further)
        yield StageTable(self._signs).data_bind(Detail.subject)
        yield Facts(self._signs).data_bind(Detail.subject)

    def watch_subject(self, before: Subject | None, subject: Subject | None) -> None:
        """Begin at the top of another subject; stay put while one changes."""
        self.set_class(not isinstance(subject, SetState | ImageState), "-no-set")
        same = (
            isinstance(before, SetState | ImageState)
            and type(before) is type(subject)
            and before.id == subject.id
        )
        if not same and before != subject:
            self.scroll_home(animate=False)

    def show_first_step(self) -> None:
        """Scroll as far as the first step of the mend, and no farther."""
        self.call_after_refresh(self._show_first_step)

    def _show_first_step(self) -> None:
        verdict = self.query_one(Verdict)
        last = verdict.virtual_region.y + verdict.end_of_first_step()
        self.scroll_to(y=max(0, last - self.scrollable_content_region.height), animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nobody can leave where there is nowhere to go."""
        return not (action == "leave" and self.alone)

    def action_leave(self) -> None:
        """Tell the screen."""
        self.post_message(self.Left())
