"""Where the report goes, and in which form."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Checkbox, Input, RadioButton, RadioSet, Static

from regdoctor.tui.background import Done, in_background
from regdoctor.tui.styles import style_sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from regdoctor.model import Report


class SaveScreen(ModalScreen[None]):
    """Writes what is known now."""

    CSS = style_sheet("pages")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close", id="save.close"),
        Binding("ctrl+s", "save", "Save", id="save.save"),
        Binding("ctrl+c", "app.quit", "Quit", show=False, id="save.quit"),
    ]
    AUTO_FOCUS = "Input"

    def __init__(self, report: Report) -> None:
        from regdoctor.report.formats import FORMATS

        super().__init__()
        self._report = report
        self._endings = {form: ending for form, (_, ending) in FORMATS.items()}
        self._form = next(iter(FORMATS))
        self._replace: str | None = None
        """The file that is there already, and may be replaced: the user was told."""

    def compose(self) -> ComposeResult:
        """File, form and the two things that can be asked of a report."""
        with Vertical(classes="dialog"):
            yield Static("Save the report. Enter saves, Esc closes.", markup=False)
            yield Input(f"regdoctor-report.{self._endings[self._form]}", placeholder="file", compact=True)
            with RadioSet(compact=True):
                for form in self._endings:
                    yield RadioButton(form, value=form == self._form, name=form, id=f"form-{form}")
            yield Checkbox("with every network call", id="trace", compact=True)
            yield Checkbox("names replaced, for a public ticket", id="anonymize", compact=True)
            yield Static(id="said", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Save", variant="primary", id="save", compact=True)
                yield Button("Close", id="close", compact=True)

    def on_radio_set_changed(self, event: RadioSet.Changed) -> None:
        """Take another form, and the ending that files of it have."""
        before, self._form = self._form, event.pressed.name or self._form
        file = self.query_one(Input)
        stem, dot, ending = file.value.rpartition(".")
        if dot and ending == self._endings[before]:
            file.value = f"{stem}.{self._endings[self._form]}"

    def on_input_submitted(self) -> None:
        """Enter saves."""
        self.action_save()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """A click does as the keys do."""
        if event.button.id == "save":
            self.action_save()
        else:
            self.dismiss()

    def on_done(self, message: Done) -> None:
        """Say how it went."""
        path = str(message.task)
        if message.failure is None:
            self.app.notify(f"Saved {path}", markup=False)
            if self.is_current:  # it may have been closed while the file was written
                self.dismiss()
            return
        there = os.path.isfile(path) and self._replace != path
        self._replace = path if there else None
        why = "it is there already. Save once more to replace it" if there else message.failure
        self.query_one("#said", Static).update(f"{path}: {why}.")

    def action_save(self) -> None:
        """Write the file, in the background: a disk may wait."""
        typed = self.query_one(Input).value.strip()
        if not typed:
            self.query_one("#said", Static).update("Name a file.")
            return
        try:
            path = os.path.abspath(os.path.expanduser(typed))
        except OSError:
            self.query_one("#said", Static).update("The current folder is gone. Name a file with its folder.")
            return
        trace, anonymize = (self.query_one(f"#{name}", Checkbox).value for name in ("trace", "anonymize"))
        mode = "w" if path == self._replace else "x"
        in_background(path, lambda: self._write(path, mode, trace, anonymize), self.post_message)

    def _write(self, path: str, mode: str, trace: bool, anonymize: bool) -> None:
        from regdoctor.report.anonymous import anonymized
        from regdoctor.report.formats import render

        report = anonymized(self._report) if anonymize else self._report
        with open(path, mode, encoding="utf-8", errors="backslashreplace") as file:
            file.write(render(report, self._form, trace=trace))
