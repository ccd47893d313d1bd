"""The lines of one row of the overview, laid out for a width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from regdoctor.model import Finding
from regdoctor.record import Record
from regdoctor.tui.board import ImageState, SetState
from regdoctor.tui.phrases import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regdoctor.tui.board import Entry, State
    from regdoctor.tui.signs import Signs

STATUS = 10
"""Columns of the longest sign with its word, and a space."""

_ONE_LINE_FROM = 72
"""From this width on, a row is one line; below, its verdict takes a second one."""

_VERDICT = 30
"""Columns that the verdict gets before the facts get theirs in full."""

_ID = 20
_ID_AT_LEAST = 8
_REGISTRY = 15
_SERVER = (12, 30)
"""The fewest columns into which it is squeezed, and the most that it takes."""

_GAP = 2


class Columns(Record):
    """How wide each fact of a set is drawn; none takes more than the sets at hand need."""

    width: int
    id: int = 0
    registry: int = 0
    server: int = 0

    @property
    def one_line(self) -> bool:
        """Whether a row is one line."""
        return self.width >= _ONE_LINE_FROM


def columns_for(entries: tuple[Entry, ...], width: int) -> Columns:
    """The columns that fit the sets of an overview; the registry goes first where room is short."""
    states = [entry.subject for entry in entries if isinstance(entry.subject, SetState)]
    spare = max(_ID_AT_LEAST, width - STATUS - _GAP - _SERVER[0])
    identifier = min(_ID, spare, _longest(state.id for state in states))
    registry = min(_REGISTRY, _longest(state.result.registry for state in states))
    server = min(_SERVER[1], _longest(state.result.secret_set.shown_server or "" for state in states))
    room = max(0, width - STATUS - identifier - _GAP)
    if width >= _ONE_LINE_FROM:
        room = max(_SERVER[0], room - _VERDICT - _GAP)
    if server + registry + _GAP > room:
        registry = 0
    return Columns(width, identifier, registry, min(server, room))


def _longest(texts: Iterable[str]) -> int:
    return max(map(cell_len, texts), default=0)


def row(entry: Entry, columns: Columns, signs: Signs) -> Content:
    """A row: status, identifier, registry, server, verdict."""
    match entry.subject:
        case SetState():
            return _set_row(entry.subject, columns, signs)
        case ImageState():
            return _image_row(entry.subject, columns, signs)
        case Finding():
            title = signs.text(entry.subject.title, 300)
            room = columns.width - STATUS
            return Content.assemble(signs.label(entry.subject.severity, STATUS), signs.fit(title, room))
        case _:
            text = "No secret set was found: how to name one"
            mark = f"{signs.marks['waiting']} none".ljust(STATUS)
            return Content.assemble(mark, signs.fit(text, columns.width - STATUS))


def _set_row(state: SetState, columns: Columns, signs: Signs) -> Content:
    server = signs.text(state.result.secret_set.shown_server or "no server", 200)
    facts = [(signs.fit(signs.text(state.id, 60), columns.id), "bold")]
    if columns.registry:
        registry = signs.text(state.result.registry, 60)
        facts.append((signs.fit(registry, columns.registry), "$foreground-muted"))
    facts.append((signs.fit(server, columns.server), "" if columns.one_line else "$foreground-muted"))
    between = " " * _GAP
    first = Content.styled(*signs.label(state.mark, STATUS))
    first += Content(between).join([Content.styled(*fact) for fact in facts])
    return _with_verdict(first, state, columns, signs)


def _image_row(state: ImageState, columns: Columns, signs: Signs) -> Content:
    room = columns.width - STATUS
    if columns.one_line:
        room = min(
            max(_SERVER[0], room - _VERDICT - _GAP), columns.id + columns.registry + columns.server + _GAP
        )
    reference = signs.fit(signs.text(state.id, 300), max(_SERVER[0], room))
    first = Content.assemble(signs.label(state.mark, STATUS), (reference, "bold"))
    return _with_verdict(first, state, columns, signs)


def _with_verdict(first: Content, state: State, columns: Columns, signs: Signs) -> Content:
    """A row's facts, and what is known of them beside or below."""
    taken = first.cell_length + _GAP if columns.one_line else STATUS
    verdict = signs.fit(signs.text(one_line(state), 300), max(0, columns.width - taken))
    calm = state.busy or state.result.status == "ok"
    return Content.assemble(
        first,
        " " * _GAP if columns.one_line else "\n" + " " * STATUS,
        (verdict, "$foreground-muted" if calm else ""),
    )
