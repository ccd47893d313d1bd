"""How many sets are well, and how far the run has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from regdoctor.model import SEVERITIES
from regdoctor.tui.board import Board
from regdoctor.tui.phrases import duration, number_of
from regdoctor.tui.signs import STYLES

if TYPE_CHECKING:
    from regdoctor.tui.signs import Mark, Signs

_BAR = 8
"""Columns of the progress bar."""

_GAP = 2


class SummaryBar(Static):
    """The counts on the left; the run's progress, or what it waits for, on the right."""

    board: reactive[Board] = reactive(Board())
    waiting: reactive[tuple[str, ...]] = reactive(())
    needle: reactive[str] = reactive("")
    """Only rows that speak of these words are shown."""

    def __init__(self, signs: Signs) -> None:
        super().__init__(markup=False)
        self._signs = signs

    def render(self) -> Content:
        """One line over the full width."""
        counts, activity = self._counts(), self._activity()
        width = self.content_size.width
        room = width - counts.cell_length - _GAP
        if activity.cell_length > room:
            activity = Content.styled(self._signs.fit(activity.plain, max(room, 0)), "$text-accent")
        return counts.pad_right(max(0, width - counts.cell_length - activity.cell_length)) + activity

    def _counts(self) -> Content:
        board = self.board
        if not board.found:
            return Content("Looking for secrets" if board.busy else "")
        if not board.sets:
            parts: list[tuple[str, str]] = [("no secret set", "bold")]
        else:
            parts = [self._count("ok", "ok"), self._count("warning"), self._count("error")]
        if board.findings:
            mark: Mark = max((found.severity for found in board.findings), key=SEVERITIES.index)
            where = "outside the sets" if board.sets else "other"
            parts.append((f"{self._signs.marks[mark]} {len(board.findings)} {where}", STYLES[mark]))
        if self.needle:
            parts.append((f"only: {self._signs.text(self.needle, 30)}", "$text-accent"))
        return Content("  ").join([Content.styled(*part) for part in parts])

    def _count(self, mark: Mark, word: str | None = None) -> tuple[str, str]:
        count = sum(state.known and state.result.status == mark for state in self.board.states)
        words = f"{count} {word}" if word else number_of(count, mark)
        return f"{self._signs.marks[mark]} {words}", STYLES[mark] if count else "$foreground-muted"

    def _activity(self) -> Content:
        board, signs = self.board, self._signs
        if not board.busy:
            if board.duration_ms and board.states:
                return Content.styled(f"checked in {duration(board.duration_ms)}", "$foreground-muted")
            return Content("")
        total = len(board.states)
        progress = f"{board.done} of {total}" if total else ""
        if self.waiting:
            first, more = signs.text(self.waiting[0], 60), len(self.waiting) - 1
            waits = f"waiting for {first} and {more} more" if more else f"waiting for {first}"
            return Content.styled(f"{progress}{signs.between}{waits}" if progress else waits, "$text-accent")
        full = _BAR * board.done // total if total else 0
        return Content.assemble(
            (signs.done * full, "$text-accent"),
            (signs.left * (_BAR - full), "$foreground-muted"),
            (f" {progress}" if total else " running", "$text-accent"),
        )
