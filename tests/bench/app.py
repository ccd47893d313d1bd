"""The app: when its first frame stands, and how soon a key shows while all checks run.

`python -m tests.bench.app` prints both.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time

from textual import events

from regdoctor.diagnosis import Diagnosis
from regdoctor.explain import explain
from regdoctor.tui.app import RegdoctorApp
from regdoctor.tui.widgets.detail import Detail
from regdoctor.tui.widgets.set_list import SetList
from tests.bench.registries import Registries, registries

ROUNDS = 7
LIMIT = 1.3

BARE = """
from textual.app import App
from textual.widgets import DataTable

class Bare(App[None]):
    def compose(self):
        yield DataTable()

    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("status", "set", "server")
        for number in range(3):
            table.add_row("ok", f"SET{number}", "registry.example.test")
        self.call_after_refresh(self.exit)

Bare().run(headless=True)
"""

OURS = """
import os
for number in range(3):
    os.environ[f"SET{number}_CONTAINER_REGISTRY_SERVER"] = f"registry{number}.example.test"
    os.environ[f"SET{number}_CONTAINER_REGISTRY_USER"] = "octocat"
    os.environ[f"SET{number}_CONTAINER_REGISTRY_PASSWORD"] = "bench-Passphrase-4711"
from regdoctor import cli
from regdoctor.tui import app

class Ours(app.RegdoctorApp):
    def on_mount(self):
        self.call_after_refresh(self.exit)
        super().on_mount()

app.RegdoctorApp = Ours
Ours.run = lambda self, run=Ours.run: run(self, headless=True)
cli.has_terminal = lambda: True
cli.run(["--engine", "direct", "--no-images"])
"""


def first_paint() -> float:
    """How many times as long as a bare Textual app with one table the app takes to its first frame."""
    times: dict[str, list[float]] = {BARE: [], OURS: []}
    for _ in range(ROUNDS + 1):
        for script, measured in times.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
            measured.append(time.perf_counter() - start)
    # The first round compiled what was not compiled.
    bare, ours = (statistics.median(measured[1:]) for measured in times.values())
    return ours / bare


async def key_effects(lab: Registries, sets: int, seconds: float) -> list[float]:
    """Milliseconds from keys to their effect on the screen, for as long as a run goes on."""
    settings = lab.settings()
    app = RegdoctorApp(lambda target: Diagnosis(lab.variables(sets), settings, {}), explain)
    found: list[float] = []
    async with app.run_test(size=(120, 40)):
        limit = time.perf_counter() + seconds
        while time.perf_counter() < limit and (not app.board.found or app.board.busy):
            if app.board.found:
                found.append(await _effect(app))
            await asyncio.sleep(0.02)
    return found


async def _effect(app: RegdoctorApp) -> float:
    """One key, from being pressed until the row it chooses is drawn, in the list and in the detail."""
    rows, detail = app.screen.query_one(SetList), app.screen.query_one(Detail)
    count = len(rows.entries)
    before = rows.highlighted
    key = "down" if count > 1 and before != rows.option_count - 1 else "home" if count > 1 else "end"
    drawn = asyncio.Event()
    start = time.perf_counter()
    app.post_message(events.Key(key, None))
    while count > 1 and (rows.highlighted == before or not _agree(app, rows, detail)):
        await asyncio.sleep(0.001)
    app.screen.call_after_refresh(drawn.set)
    await drawn.wait()
    return (time.perf_counter() - start) * 1000


def _agree(app: RegdoctorApp, rows: SetList, detail: Detail) -> bool:
    """Whether the detail is about the row under the cursor."""
    option = rows.highlighted_option
    subject = app.board.subject(option.id) if option else None
    shown = detail.subject
    return type(shown) is type(subject) and getattr(shown, "id", 0) == getattr(subject, "id", 0)


def main() -> None:
    """Measure and print."""
    print(f"first paint, 3 sets: {first_paint():.2f} x a bare app with one table (at most {LIMIT})")
    print("key to screen while all checks run, ms: median, 95 of 100, worst (at most 100)")
    for delay in (0.0, 3.0):
        for sets in (1, 12, 200):
            with tempfile.TemporaryDirectory() as folder, registries(folder, min(sets, 20), delay) as lab:
                found = asyncio.run(key_effects(lab, sets, 10.0)) or [0.0]
            found.sort()
            figures = (statistics.median(found), found[int(len(found) * 0.95)], found[-1])
            shown = " ".join(f"{figure:7.1f}" for figure in figures)
            print(f"  {sets:>3} sets, {delay:g} s a request: {shown}   ({len(found)} keys)")


if __name__ == "__main__":
    main()
