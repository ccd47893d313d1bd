"""An image is named by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from regdoctor.tui.styles import style_sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult


class AskImageScreen(ModalScreen[str | None]):
    """Ends with the name that was typed, or with None."""

    CSS = style_sheet("pages")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close", id="ask-image.close"),
        Binding("ctrl+c", "app.quit", "Quit", show=False, id="ask-image.quit"),
    ]

    def compose(self) -> ComposeResult:
        """One field."""
        with Vertical(classes="dialog"):
            yield Static("Can this image be pulled? Enter asks its registry, Esc closes.", markup=False)
            yield Input(placeholder="for example ghcr.io/octo-org/octo-app:1", compact=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """It is named."""
        self.dismiss(event.value.strip() or None)
