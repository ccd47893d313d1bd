"""What every screen offers on which steps are read: copy a command, open a page."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, ClassVar

from textual.app import SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.screen import Screen

from regdoctor.tui.browser import open_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdoctor.model import Step
    from regdoctor.tui.signs import Signs


class ReadingScreen(Screen[None]):
    """Subclasses name the steps that are in front of the reader."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "y",
            "copy_command",
            "Copy a command",
            show=False,
            id="read.copy",
            tooltip="Copy a step's command to the clipboard",
        ),
        Binding(
            "Y",
            "show_commands",
            "Show the commands",
            show=False,
            id="read.show",
            tooltip="Print the commands in the shell, to be selected",
        ),
        Binding(
            "o",
            "open_page",
            "Open a page",
            show=False,
            id="read.open",
            tooltip="Open a step's page in the browser",
        ),
    ]

    def __init__(self, signs: Signs) -> None:
        super().__init__()
        self._signs = signs

    def steps(self) -> tuple[Step, ...]:
        """The steps that are in front of the reader."""
        raise NotImplementedError

    def commands(self) -> tuple[str, ...]:
        """Their commands, each once."""
        return tuple(dict.fromkeys(step.command for step in self.steps() if step.command))

    def pages(self) -> tuple[str, ...]:
        """Their pages, each once."""
        return tuple(dict.fromkeys(step.url for step in self.steps() if step.url))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what there is."""
        if action in ("copy_command", "show_commands"):
            return bool(self.commands())
        return bool(self.pages()) if action == "open_page" else True

    def action_copy_command(self) -> None:
        """Copy the command, or ask which."""
        self._ask_which("Copy which command?", self.commands(), self._copy)

    def action_open_page(self) -> None:
        """Open the page, or ask which."""
        self._ask_which("Open which page?", self.pages(), self._open)

    def action_show_commands(self) -> None:
        """Leave the screen to the shell for a moment: text there can be selected in every terminal."""
        try:
            with self.app.suspend():
                out, keys = sys.__stdout__, sys.__stdin__
                assert out is not None
                assert keys is not None
                out.write("\n".join(("", *self.commands(), "", "Enter brings regdoctor back. ")))
                out.flush()
                keys.readline()
        except SuspendNotSupported:
            self._say("This terminal cannot be lent to the shell. In most, Shift and the mouse select text.")

    def _ask_which(self, question: str, texts: tuple[str, ...], take: Callable[[str | None], None]) -> None:
        from regdoctor.tui.screens.choice import ChoiceScreen

        if len(texts) == 1:
            take(texts[0])
        else:
            self.app.push_screen(ChoiceScreen(question, texts, self._signs), take)

    def _copy(self, command: str | None) -> None:
        if command is not None:
            self.app.copy_to_clipboard(command)
            self._say("Copied. If your terminal did not take it, Y shows it to be selected.")

    def _open(self, url: str | None) -> None:
        if url is not None:
            opened = open_page(url, os.environ)
            self._say(f"Opened {url}" if opened else f"No browser is at hand here. The page is {url}")

    def _say(self, text: str) -> None:
        self.notify(self._signs.text(text), markup=False)
