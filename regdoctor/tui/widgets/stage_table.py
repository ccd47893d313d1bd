"""The stages of a set, one line each, with what they found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive

from regdoctor.tui.widgets.prose import Block, Prose
from regdoctor.tui.widgets.stages import stages_of

if TYPE_CHECKING:
    from regdoctor.tui.board import Subject
    from regdoctor.tui.signs import Signs
    from regdoctor.tui.widgets.stages import Stage

_STATUS = 10
_NAME = 9
_DURATION = 8


class StageTable(Prose):
    """Sign and word, name, duration, and the detail or the reason of each stage."""

    subject: reactive[Subject | None] = reactive(None, layout=True)

    def __init__(self, signs: Signs) -> None:
        super().__init__()
        self._signs = signs

    def blocks(self) -> tuple[Block, ...]:
        """A paragraph for each stage."""
        return tuple(map(self._block, stages_of(self.subject, self._signs)))

    def _block(self, stage: Stage) -> Block:
        label = self._signs.label(stage.mark, _STATUS)
        if stage.mark == "skipped":
            text = f"{stage.name}: {stage.words}" if stage.words else stage.name
            return Block(Content.styled(text, "$foreground-muted"), before=Content.styled(*label))
        length = (f"{stage.duration:>{_DURATION}}  ", "$foreground-muted")
        return Block(Content(stage.words), before=Content.assemble(label, stage.name.ljust(_NAME), length))
