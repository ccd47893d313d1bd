"""The stages of a set in as few lines as possible: how far it came, at one look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from regdoctor.tui.widgets.stages import stages_of

if TYPE_CHECKING:
    from textual.geometry import Size

    from regdoctor.tui.board import Subject
    from regdoctor.tui.signs import Signs
    from regdoctor.tui.widgets.stages import Stage


class StageLine(Widget):
    """Sign, name and duration of each stage, one after the other; no stage is torn apart."""

    subject: reactive[Subject | None] = reactive(None, layout=True)

    def __init__(self, signs: Signs) -> None:
        super().__init__()
        self._signs = signs

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the stages take at a width."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The stages as a chain."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for stage in stages_of(self.subject, self._signs):
            piece = self._piece(stage)
            if lines and lines[-1].cell_length + len(self._signs.then) + piece.cell_length <= width:
                lines[-1] = Content.assemble(lines[-1], (self._signs.then, "$foreground-muted"), piece)
            else:
                lines.append(piece)
        return lines

    def _piece(self, stage: Stage) -> Content:
        after = " skipped" if stage.mark == "skipped" else f" {stage.duration}" if stage.duration else ""
        return Content.assemble(
            self._signs.mark(stage.mark),
            f" {stage.name}",
            (after, "$foreground-muted"),
        )
