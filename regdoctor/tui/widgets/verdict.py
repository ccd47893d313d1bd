"""The verdict on the chosen row, and what else was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive

from regdoctor.model import Finding
from regdoctor.tui.board import Guide, SetState
from regdoctor.tui.finding_text import finding_blocks, guide_blocks
from regdoctor.tui.phrases import outcome
from regdoctor.tui.widgets.prose import Block, Prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regdoctor.tui.board import Subject
    from regdoctor.tui.signs import Signs


class Verdict(Prose):
    """The most important finding in full, the others after it."""

    subject: reactive[Subject | None] = reactive(None, layout=True)

    def __init__(self, signs: Signs) -> None:
        super().__init__()
        self._signs = signs

    def blocks(self) -> tuple[Block, ...]:
        """Nothing is judged before a run has ended."""
        match self.subject:
            case SetState():
                return tuple(self._of_set(self.subject))
            case Finding():
                return tuple(finding_blocks(self.subject, None, self._signs))
            case Guide():
                return tuple(guide_blocks(self._signs))
        return ()

    def _of_set(self, state: SetState) -> Iterator[Block]:
        if state.busy or not state.known:
            words = "The verdict comes when the checks are done." if state.busy else "Not examined."
            yield Block(Content.styled(words, "$foreground-muted"))
            return
        if state.result.status == "ok":
            sign, style = self._signs.label("ok")
            text = Content.styled(outcome(state.result), "bold")
            yield Block(text, before=Content.styled(f"{sign}  ", style), gap=True)
        for finding in state.result.findings:
            yield from finding_blocks(finding, state.id, self._signs)
