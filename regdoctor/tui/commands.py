"""The command palette: every action that works here and now, and every row."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.app import App
from textual.command import DiscoveryHit, Hit, Provider
from textual.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.binding import ActiveBinding
    from textual.command import Hits

_OWN = ("command_palette",)
"""The palette does not offer itself."""


class Commands(Provider):
    """Made from the bindings themselves, so that none is missing."""

    async def discover(self) -> Hits:
        """Everything there is, before anything was typed."""
        for binding in self._bindings():
            run = partial(self.app.run_action, binding.binding.action, binding.node)
            yield DiscoveryHit(binding.binding.description, run, help=_help(binding))
        yield DiscoveryHit("Theme", self.app.action_change_theme, help="Choose other colours")

    async def search(self, query: str) -> Hits:
        """What speaks of the words that were typed."""
        matcher = self.matcher(query)
        hits: list[tuple[str, Callable[[], object], str]] = [
            (
                each.binding.description,
                partial(self.app.run_action, each.binding.action, each.node),
                _help(each),
            )
            for each in self._bindings()
        ]
        hits.append(("Theme", self.app.action_change_theme, "Choose other colours"))
        for name, run, help_text in hits:
            score = max(matcher.match(name), matcher.match(help_text) * 0.9)
            if score > 0:
                yield Hit(score, matcher.highlight(name), run, text=name, help=help_text)

    def _bindings(self) -> Iterator[ActiveBinding]:
        seen: set[tuple[int, str]] = set()
        # What the page can do comes first, what its parts can do last.
        order = (Screen, App)
        for binding in sorted(
            self.screen.active_bindings.values(),
            key=lambda each: next((at for at, kind in enumerate(order) if isinstance(each.node, kind)), 2),
        ):
            action = binding.binding.action
            if (id(binding.node), action) in seen or action in _OWN or not binding.enabled:
                continue
            if binding.binding.id is None or action.startswith("screen."):
                continue  # Textual's own moving about, and what is offered a second time
            seen.add((id(binding.node), action))
            yield binding


def _help(binding: ActiveBinding) -> str:
    return binding.tooltip or binding.binding.description
