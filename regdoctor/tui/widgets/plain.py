"""What a terminal without block characters gets in place of Textual's own drawing."""

from __future__ import annotations

from typing import ClassVar

from textual.scrollbar import ScrollBarRender


class PlainScrollBar(ScrollBarRender):
    """Moves by whole cells."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "]
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "]


def use_plain_toggles() -> None:
    """Have check boxes and radio buttons drawn with brackets."""
    from textual.widgets import RadioButton
    from textual.widgets._toggle_button import ToggleButton

    ToggleButton.BUTTON_LEFT, ToggleButton.BUTTON_RIGHT = "[", "]"
    RadioButton.BUTTON_INNER = "*"
