"""The first line: the program, and where it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from regdoctor.tui.phrases import place_of

if TYPE_CHECKING:
    from regdoctor.model import Environment
    from regdoctor.tui.signs import Signs


class TitleBar(Static):
    """The program's name on the left, the surroundings on the right."""

    environment: reactive[Environment | None] = reactive(None)

    def __init__(self, title: str, signs: Signs) -> None:
        super().__init__(markup=False)
        self._title = title
        self._signs = signs

    def render(self) -> Content:
        """One line over the full width."""
        title = self._signs.text(self._title, 40)
        width = self.content_size.width
        room = width - len(title) - 2
        where = self._where()
        if len(where) > room:
            where = self._signs.fit(where, room) if room > 12 else ""
        gap = max(0, width - len(title) - len(where))
        return Content.assemble((title, "bold"), " " * gap, (where, "$foreground-muted"))

    def _where(self) -> str:
        environment = self.environment
        if environment is None:
            return ""
        facts = (
            [self._signs.text(place, 120)] if (place := place_of(environment, self._signs.between)) else []
        )
        if environment.docker.status == "ok":
            facts.append(f"Docker {self._signs.text(environment.docker.version, 40)}".rstrip())
        return self._signs.between.join(facts)
