"""The verdict on the chosen row, and what else was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive

from regdoctor.model import Finding
from regdoctor.tui.board import Guide, ImageState, SetState
from regdoctor.tui.finding_text import STEPS, finding_blocks, first_steps, guide_blocks, step_blocks
from regdoctor.tui.phrases import outcome
from regdoctor.tui.widgets.prose import Block, Prose, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regdoctor.model import Step
    from regdoctor.tui.board import State, Subject
    from regdoctor.tui.signs import Signs


class Verdict(Prose):
    """The most important finding in full, the others after it."""

    subject: reactive[Subject | None] = reactive(None, layout=True)
    further: reactive[tuple[Step, ...]] = reactive((), layout=True)
    """What is to be done once all is well."""

    def __init__(self, signs: Signs) -> None:
        super().__init__()
        self._signs = signs

    def blocks(self) -> tuple[Block, ...]:
        """Nothing is judged before a run has ended."""
        match self.subject:
            case SetState() | ImageState():
                return tuple(self._of_state(self.subject))
            case Finding():
                return tuple(finding_blocks(self.subject, None, self._signs))
            case Guide():
                return tuple(guide_blocks(self._signs))
        return ()

    def end_of_first_step(self) -> int:
        """How many lines it takes to read as far as the first step that mends the failure; 0 without one."""
        blocks = self.blocks()
        span = first_steps(blocks)
        if span is None:
            return 0
        lines = wrapped(blocks[: span[1]], self.content_size.width)
        return len(lines) - 1  # without the empty one that follows the step

    def _of_state(self, state: State) -> Iterator[Block]:
        if state.busy or not state.known:
            words = "The verdict comes when the checks are done." if state.busy else "Not examined."
            yield Block(Content.styled(words, "$foreground-muted"))
            return
        if self.further:
            sign, style = self._signs.mark("ok")
            text = Content.styled("These values work. Nothing is stored yet.", "bold")
            yield Block(text, before=Content.styled(f"{sign}  ", style), gap=True)
            yield Block(Content.styled(STEPS, "bold $foreground-muted"))
            for number, step in enumerate(self.further, 1):
                yield from step_blocks(number, step, self._signs)
        elif state.result.status == "ok":
            sign, style = self._signs.label("ok")
            text = Content.styled(outcome(state.result), "bold")
            yield Block(text, before=Content.styled(f"{sign}  ", style), gap=True)
        set_id = state.id if isinstance(state, SetState) else state.result.set_id
        for finding in state.result.findings:
            yield from finding_blocks(finding, set_id, self._signs)
