"""Every network call of the latest run, as they come, and the facts about the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import DataTable, Footer, Static

from regdoctor import __version__
from regdoctor.tui.board import Board
from regdoctor.tui.phrases import duration, moment, place_of
from regdoctor.tui.styles import style_sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from regdoctor.tui.signs import Signs


class CallsScreen(Screen[None]):
    """Method, host, status and duration; a call carries nothing else."""

    CSS = style_sheet("pages")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,t", "dismiss", "Back", id="calls.back", tooltip="Back to the overview"),
        Binding("j", "move('down')", "Down", show=False, id="calls.down", tooltip="One line down"),
        Binding("k", "move('up')", "Up", show=False, id="calls.up", tooltip="One line up"),
    ]

    board: reactive[Board] = reactive(Board())

    def __init__(self, signs: Signs) -> None:
        super().__init__()
        self._signs = signs
        self._shown = 0

    def compose(self) -> ComposeResult:
        """The facts above, the calls below."""
        yield Static(id="about", markup=False)
        yield DataTable(cursor_type="row", zebra_stripes=False)
        with Container(id="foot"):
            yield Footer()

    def on_mount(self) -> None:
        """Lay the table out."""
        self.query_one(DataTable).add_columns("method", "status", "duration", "host")
        self.watch_board(self.board)

    def watch_board(self, board: Board) -> None:
        """Add what has come since."""
        tables = self.query(DataTable)
        if not tables or not tables.first().columns:
            return
        table = tables.first()
        if len(board.calls) < self._shown:
            table.clear()
            self._shown = 0
        at_end = table.cursor_row >= table.row_count - 1
        for call in board.calls[self._shown :]:
            cells = (call.method, call.status, duration(call.duration_ms), call.host)
            table.add_row(*(Text(self._signs.text(cell, 200)) for cell in cells))
        self._shown = len(board.calls)
        if at_end and table.row_count:
            table.move_cursor(row=table.row_count - 1)
        self.query_one("#about", Static).update(self._about(board))

    def action_move(self, direction: str) -> None:
        """Move as the arrows do."""
        table = self.query_one(DataTable)
        (table.action_cursor_down if direction == "down" else table.action_cursor_up)()

    def _about(self, board: Board) -> str:
        environment = board.environment
        facts = [f"regdoctor {__version__}"]
        if board.started_at:
            facts.append(f"started {moment(board.started_at)}")
        if board.duration_ms:
            facts.append(f"took {duration(board.duration_ms)}")
        if environment is not None:
            docker = environment.docker
            facts.append(" ".join(("Docker Engine", docker.status, docker.version or "")).rstrip())
            facts.append(place_of(environment))
        facts.append(f"{len(board.calls)} network calls")
        return self._signs.between.join(self._signs.text(fact, 100) for fact in facts)
