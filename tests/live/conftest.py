"""Shows, after the tests of vendors, which causes were provoked at which registries."""

from __future__ import annotations

import pytest

from regdoctor.registries import registries
from tests.live.provoked import CELL, SIGNS, table


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    cells: dict[tuple[str, str], str] = {}
    for outcome, sign in SIGNS.items():
        for report in terminalreporter.stats.get(outcome, []):
            for name, cell in getattr(report, "user_properties", ()):
                if name == CELL:
                    cells[cell] = sign
    if not cells:
        return
    terminalreporter.section("causes × registries")
    for line in table(cells, [registry.id for registry in registries()]):
        terminalreporter.line(line)
    terminalreporter.line("✓ provoked and recognised   x known to be judged wrongly   ✗ failed   · none")
