"""Every key there is, read from the bindings themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import ModalScreen
from textual.widgets import Static

from regdoctor.record import Record
from regdoctor.tui.styles import style_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from textual.app import ComposeResult
    from textual.binding import ActiveBinding
    from textual.screen import Screen


class HelpLine(Record):
    """An action, and the keys that do it."""

    keys: tuple[str, ...]
    does: str


class HelpSection(Record):
    """The keys that work in one place."""

    title: str
    lines: tuple[HelpLine, ...]


def sections_of(screen: Screen[object], display: Callable[[Binding], str]) -> tuple[HelpSection, ...]:
    """The keys of everything on a screen that has keys, each place under the title that it gives itself."""
    places: dict[str, DOMNode] = {"Everywhere": screen.app, "On this page": screen}
    for widget in screen.query("*"):
        title = getattr(widget, "HELP_TITLE", None)
        if isinstance(title, str):
            places.setdefault(title, widget)
    active = tuple(screen.active_bindings.values())
    sections = (section(title, node, display, active) for title, node in places.items())
    return tuple(each for each in sections if each.lines)


def section(
    title: str, node: DOMNode, display: Callable[[Binding], str], active: Iterable[ActiveBinding] = ()
) -> HelpSection:
    """The keys of a widget, a screen or the app, those that it inherits or was given later included."""
    keys: dict[str, list[str]] = {}
    does: dict[str, str] = {}
    own = list(_bindings(type(node)))
    known = {binding.key for binding in own}
    later = [each.binding for each in active if each.node is node and each.binding.key not in known]
    for binding in (*own, *later):
        if binding.action.startswith("screen."):
            continue  # offered here, and told where it belongs
        shown = display(binding)
        if shown not in keys.setdefault(binding.action, []):
            keys[binding.action].append(shown)
        does.setdefault(binding.action, binding.tooltip or binding.description)
    lines = tuple(HelpLine(tuple(keys[action]), does[action]) for action in keys if does[action])
    return HelpSection(title, lines)


def _bindings(kind: type[DOMNode]) -> Iterator[Binding]:
    """The bindings of a class, then those that it inherits and does not replace."""
    taken: set[str] = set()
    for base in kind.__mro__:
        if "BINDINGS" not in vars(base):
            continue
        own = list(Binding.make_bindings(vars(base)["BINDINGS"]))
        yield from (binding for binding in own if binding.key not in taken)
        taken.update(binding.key for binding in own)
        if not getattr(base, "_inherit_bindings", True):
            return


class HelpScreen(ModalScreen[None]):
    """Lies over the app until it is dismissed."""

    CSS = style_sheet("pages")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "dismiss", "Close help", id="help.close"),
        Binding("ctrl+c", "app.quit", "Quit", show=False, id="help.quit"),
    ]

    def __init__(self, sections: Iterable[HelpSection]) -> None:
        super().__init__()
        self._sections = tuple(sections)

    def compose(self) -> ComposeResult:
        """One block for each place, the keys in a column."""
        with VerticalScroll(id="help"):
            yield Static("Keys. Esc closes this page.", classes="intro", markup=False)
            for part in self._sections:
                yield Static(part.title, classes="label", markup=False)
                yield Static(_table(part, self._column), classes="keys")

    @property
    def _column(self) -> int:
        return max(len(" ".join(line.keys)) for part in self._sections for line in part.lines) + 2


def _table(part: HelpSection, column: int) -> Content:
    return Content("\n").join(
        Content.assemble((" ".join(line.keys).ljust(column), "bold $text-accent"), line.does)
        for line in part.lines
    )
