"""Makes the pictures in `screenshots/` from the demo: `python -m tests.screenshots`.

They come out the same, byte for byte, whenever they are made: the clock stands still, and each stage takes a
time of its own. All else is what the app shows of real runs over the registries of the demo.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from unittest import mock

from textual.widgets import Input, TextArea

from regdoctor.demo import Demo
from regdoctor.diagnosis import Diagnosis
from regdoctor.explain import explain
from regdoctor.model import (
    CheckFinished,
    CheckResult,
    Finished,
    ImageFinished,
    ImageResult,
    NetworkCalled,
    Report,
    SetFinished,
    SetResult,
    named,
)
from regdoctor.settings import Settings, Target
from regdoctor.tui.app import RegdoctorApp
from regdoctor.tui.screens.explain import ExplainScreen, Explanation
from regdoctor.tui.screens.main import MainScreen
from regdoctor.tui.screens.what_if import WhatIfScreen
from regdoctor.tui.signs import UNICODE

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from regdoctor.model import Event

FOLDER = Path(__file__).parent.parent / "screenshots"
Result = TypeVar("Result", SetResult, ImageResult)
PATIENCE = 60.0
"""Seconds after which a picture must have come about."""
NOW = 1_790_000_000.0
"""The moment at which the clock stands: after the demo's certificates were made, long before their end."""
TOOK = {
    "name": 0.2,
    "value": 0.4,
    "dns": 3,
    "tcp": 11,
    "tls": 24,
    "registry": 17,
    "exchange": 190,
    "login": 36,
}
STILL = 4
"""How often in a row a picture must look the same."""
SILENCE = 1500.0
"""Milliseconds from which on a stage has run into its deadline."""

LOG = """\
[2026-09-21 14:13:20] Start: Run: docker pull registry.example.com/team/app:7
Error response from daemon: Get "https://registry.example.com/v2/": x509: certificate
has expired or is not yet valid: current time 2026-09-21T14:13:20Z is after 2026-09-19
[2026-09-21 14:13:21] Error: Command failed: docker pull registry.example.com/team/app:7
"""


def timed(check: CheckResult) -> CheckResult:
    """A stage that took as long as it always does in a picture."""
    if check.status == "skipped":
        return check
    length = 2000.0 if check.duration_ms >= SILENCE else float(TOOK.get(check.name, 40))
    return check.but(duration_ms=length)


def timeless(result: Result) -> Result:
    """A result with the times of a picture."""
    return result.but(checks=tuple(map(timed, result.checks)))


class Still:
    """A diagnosis whose times are those of a picture."""

    def __init__(self, diagnosis: Diagnosis) -> None:
        self._diagnosis = diagnosis

    def run(self) -> Iterator[Event]:
        """Its events."""
        for event in self._diagnosis.run():
            yield self._still(event)

    def waiting_for(self) -> tuple[str, ...]:
        """Nothing: that would depend on the machine."""
        return ()

    def cancel(self) -> None:
        """End."""
        self._diagnosis.cancel()

    def _still(self, event: Event) -> Event:
        match event:
            case CheckFinished():
                return event.but(result=timed(event.result))
            case SetFinished():
                return event.but(result=timeless(event.result))
            case ImageFinished():
                return event.but(result=timeless(event.result))
            case NetworkCalled():
                return event.but(call=event.call.but(duration_ms=20.0))
            case Finished():
                return event.but(report=self._report(event.report))
        return event

    def _report(self, report: Report) -> Report:
        return report.but(
            duration_ms=2600,
            sets=tuple(map(timeless, report.sets)),
            images=tuple(map(timeless, report.images)),
        )


class Replay:
    """A run that is over, told once more at once."""

    def __init__(self, events: tuple[Event, ...]) -> None:
        self._events = events

    def run(self) -> Iterator[Event]:
        """Its events."""
        yield from self._events

    def waiting_for(self) -> tuple[str, ...]:
        """Nothing."""
        return ()

    def cancel(self) -> None:
        """It is over already."""


class Studio:
    """The demo, run once, and the app over what came of it."""

    def __init__(self, demo: Demo) -> None:
        self._demo = demo
        self._settings = demo.settings(Settings())
        self._events = tuple(Still(Diagnosis(demo.variables, self._settings, demo.environ)).run())

    def app(self, *, theme: str = "textual-dark") -> RegdoctorApp:
        """The app; trials are run for real."""

        def diagnose(target: Target) -> Still | Replay:
            if not target.values:
                return Replay(self._events)
            settings = self._demo.aimed(self._settings, target)
            return Still(Diagnosis(named(target.values), settings, self._demo.environ))

        app = RegdoctorApp(diagnose, explain, title="regdoctor demo", signs=UNICODE)
        app.theme = theme
        return app


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Let the app work until something is so."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await pilot.pause(0.02)
    await pilot.pause(0.1)


async def chosen(pilot: Pilot[None], set_id: str) -> None:
    """Wait for the demo's end, and go to a set."""
    app = pilot.app
    assert isinstance(app, RegdoctorApp)
    await until(pilot, lambda: app.board.found and not app.board.busy)
    for _ in range([state.id for state in app.board.sets].index(set_id)):
        await pilot.press("down")
    await until(pilot, lambda: isinstance(app.screen, MainScreen) and app.screen.chosen == f"set:{set_id}")


async def overview(pilot: Pilot[None]) -> None:
    """All sets, one of them mended."""
    await chosen(pilot, "ACR_WRONG_USER")


async def mend(pilot: Pilot[None]) -> None:
    """What mends a failure, as one reads it."""
    await chosen(pilot, "LOGIN_TOKEN_EXPIRED")
    await pilot.press("n")
    await pilot.pause(0.2)


async def what_if(pilot: Pilot[None]) -> None:
    """A mend that is tried in memory."""
    await chosen(pilot, "ACR_WRONG_USER")
    await pilot.press("a")

    def is_tried() -> bool:
        screen = pilot.app.screen
        return isinstance(screen, WhatIfScreen) and bool(screen.board.sets) and not screen.board.busy

    await until(pilot, is_tried)


async def explained(pilot: Pilot[None]) -> None:
    """A pasted log and its cause."""
    await chosen(pilot, "ACR_WRONG_USER")
    await pilot.press("e")
    await until(pilot, lambda: isinstance(pilot.app.screen, ExplainScreen))
    area = pilot.app.screen.query_one(TextArea)
    area.insert(LOG)
    await until(pilot, lambda: bool(pilot.app.screen.query_one(Explanation).found))


async def as_it_is(pilot: Pilot[None]) -> None:
    """Nothing but what stands there at the end of a run."""
    app = pilot.app
    assert isinstance(app, RegdoctorApp)
    await until(pilot, lambda: app.board.found and not app.board.busy)


def empty_app() -> RegdoctorApp:
    """The app where there is no secret set."""
    settings = Settings(engine="direct")
    return RegdoctorApp(
        lambda target: Still(Diagnosis({}, settings, {"CODESPACES": "true"})), explain, signs=UNICODE
    )


Act = Callable[["Pilot[None]"], Awaitable[None]]
Scene = tuple[Callable[[Studio], RegdoctorApp], tuple[int, int], Act]

SCENES: dict[str, Scene] = {
    "overview": (Studio.app, (104, 34), overview),
    "mend": (Studio.app, (104, 34), mend),
    "what-if": (Studio.app, (120, 36), what_if),
    "explain": (Studio.app, (104, 34), explained),
    "narrow": (Studio.app, (80, 24), overview),
    "light": (lambda studio: studio.app(theme="textual-light"), (104, 34), overview),
    "empty": (lambda studio: empty_app(), (80, 24), as_it_is),
}
"""Each picture: its app, its size in columns and lines, and what happens before it is taken."""


async def taken(app: RegdoctorApp, size: tuple[int, int], act: Act) -> str:
    """One picture, when nothing moves any more."""
    async with app.run_test(size=size) as pilot:
        await act(pilot)
        for field in app.screen.query("Input, TextArea"):
            assert isinstance(field, Input | TextArea)
            # Not `cursor_blink`: with that off, a line that was kept without its cursor is shown again.
            field._pause_blink(visible=True)
        seen, times = "", 0
        async with asyncio.timeout(PATIENCE):
            while times < STILL:
                await pilot.pause(0.1)
                now = app.export_screenshot(title=app.title)
                times = times + 1 if now == seen and app.screen.query("FooterKey") else 0
                seen = now
        return seen


def pictures() -> dict[str, str]:
    """Every picture by its name, as SVG."""
    plain = {"TERM": "xterm-256color", "XDG_CONFIG_HOME": os.devnull}
    with mock.patch("time.time", lambda: NOW), mock.patch.dict(os.environ, plain), Demo() as demo:
        os.environ.pop("NO_COLOR", None)
        studio = Studio(demo)
        return {
            name: asyncio.run(taken(make(studio), size, act)) for name, (make, size, act) in SCENES.items()
        }


def main() -> None:
    """Write every picture."""
    FOLDER.mkdir(exist_ok=True)
    for name, picture in pictures().items():
        (FOLDER / f"{name}.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
