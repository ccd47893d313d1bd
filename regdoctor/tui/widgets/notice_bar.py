"""A sentence that the user must not miss, under the title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

if TYPE_CHECKING:
    from regdoctor.tui.signs import Signs


class NoticeBar(Static):
    """What is to be known of all that is shown below; takes no room while there is nothing."""

    notice: reactive[str | None] = reactive(None, layout=True)
    fault: reactive[str | None] = reactive(None, layout=True)
    """A failure of ours; it is more urgent than the notice."""

    def __init__(self, signs: Signs) -> None:
        super().__init__(markup=False)
        self._signs = signs

    def watch_notice(self) -> None:
        """Take room only where there is something to say."""
        self.display = bool(self.fault or self.notice)

    def watch_fault(self) -> None:
        """Look urgent where it is."""
        self.set_class(bool(self.fault), "-fault")
        self.watch_notice()

    def render(self) -> Content:
        """The sentence, whole."""
        if self.fault:
            sign, style = self._signs.mark("error")
            return Content.assemble((f"{sign} ", style), self._signs.text(self.fault, 300))
        return Content(self._signs.text(self.notice, 300))
