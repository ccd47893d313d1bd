"""What every test of the app starts from: a terminal of which nothing is said."""

from __future__ import annotations

import pytest
from textual.scrollbar import ScrollBar
from textual.widgets import RadioButton
from textual.widgets._toggle_button import ToggleButton


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    # A plain terminal changes these for the whole process.
    monkeypatch.setattr(ScrollBar, "renderer", ScrollBar.renderer)
    monkeypatch.setattr(ToggleButton, "BUTTON_LEFT", ToggleButton.BUTTON_LEFT)
    monkeypatch.setattr(ToggleButton, "BUTTON_RIGHT", ToggleButton.BUTTON_RIGHT)
    monkeypatch.setattr(RadioButton, "BUTTON_INNER", RadioButton.BUTTON_INNER)
    for name in ("NO_COLOR", "COLORTERM", "TEXTUAL", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "no-configuration"))
