"""One of several texts is to be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from regdoctor.tui.styles import style_sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from regdoctor.tui.signs import Signs


class ChoiceScreen(ModalScreen[str | None]):
    """Ends with the chosen text, or with None."""

    CSS = style_sheet("pages")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Close", id="choice.close"),
        Binding("j", "cursor('down')", "Down", show=False, id="choice.down"),
        Binding("k", "cursor('up')", "Up", show=False, id="choice.up"),
        *(
            Binding(str(number), f"take({number - 1})", f"Take {number}", show=False, id=f"choice.{number}")
            for number in range(1, 10)
        ),
        Binding("ctrl+c", "app.quit", "Quit", show=False, id="choice.quit"),
    ]

    def __init__(self, question: str, texts: tuple[str, ...], signs: Signs) -> None:
        super().__init__()
        self._question = question
        self._texts = texts
        self._signs = signs

    def compose(self) -> ComposeResult:
        """The question, and the texts whole."""
        with Vertical(classes="dialog"):
            yield Static(f"{self._question} Enter or its number takes one, Esc none.", markup=False)
            yield OptionList(
                *(
                    Option(Content.assemble((f"{number}  ", "bold"), self._signs.text(text)))
                    for number, text in enumerate(self._texts, 1)
                ),
                markup=False,
                compact=True,
            )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """It is chosen."""
        self.action_take(event.option_index)

    def action_take(self, index: int) -> None:
        """Choose by number; one that is not there is nothing."""
        if index < len(self._texts):
            self.dismiss(self._texts[index])

    def action_cursor(self, direction: str) -> None:
        """Move as the arrows do."""
        options = self.query_one(OptionList)
        (options.action_cursor_down if direction == "down" else options.action_cursor_up)()
