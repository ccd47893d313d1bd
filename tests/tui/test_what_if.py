"""Other values for a set, and the mend that is proposed, are tested in memory."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from regdoctor.model import CheckStarted, Fix, SetResult, SetsFound, named
from regdoctor.tui.screens.main import MainScreen
from regdoctor.tui.screens.what_if import WhatIfScreen
from tests.tui.scripted import (
    Doctor,
    Scripted,
    app_of,
    blank,
    finding,
    ill,
    shown,
    story,
    until,
    until_done,
    until_shown,
    well,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from regdoctor.tui.app import RegdoctorApp

SMALL, LARGE = (80, 24), (120, 40)
STORED = "invented-passphrase"


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def tried(app: RegdoctorApp, at: int = -1) -> dict[str, str]:
    """The values of a trial, in clear."""
    doctor = app._diagnose
    assert isinstance(doctor, Doctor)
    return {
        name.removeprefix("A_CONTAINER_REGISTRY_"): value.reveal()
        for name, value in named(doctor.asked[at].values).items()
    }


async def into_trial(pilot: Pilot[None], app: RegdoctorApp, key: str = "w") -> None:
    await until_done(pilot, app)
    await pilot.press(key)
    await until(pilot, lambda: isinstance(app.screen, WhatIfScreen))


async def typed(pilot: Pilot[None], app: RegdoctorApp, field: str, text: str) -> None:
    found = app.screen.query_one(f"#{field}", Input)
    found.focus()
    await pilot.pause()
    await pilot.press("end", "ctrl+u", *text)


def with_fix(*fixes: Fix) -> SetResult:
    return ill("A", finding().but(fixes=fixes))


async def test_the_stored_values_stand_beside_the_fields() -> None:
    app = app_of(Scripted(*story(ill("A"))))
    async with app.run_test(size=SMALL) as pilot:
        await into_trial(pilot, app)
        await until_shown(
            pilot,
            "What if A had other values? Nothing is stored.",
            "stored: registry.example.com",
            "stored: mona",
            "stored  ✗ error   User name or password refused",
            "Enter tests these values.",
            "Enter Test",
            "esc Back",
        )
        assert STORED not in shown(app)


async def test_other_values_are_tested_and_both_verdicts_stand_there() -> None:
    app = app_of(Scripted(*story(ill("A"))), Scripted(*story(well("A"))))
    async with app.run_test(size=SMALL) as pilot:
        await into_trial(pilot, app)
        await typed(pilot, app, "user", "octocat")
        await pilot.press("enter")
        await until_shown(pilot, "stored  ✗ error", "now     ✓ ok      Login works", "These values work.")
        assert tried(app) == {"SERVER": "registry.example.com", "USER": "octocat", "PASSWORD": STORED}
        await until_shown(pilot, "gh secret set A_CONTAINER_REGISTRY_SERVER --app codespaces")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, MainScreen))
        await until_shown(pilot, "✗ error   A")
        assert app.report is not None
        assert app.report.sets[0].secret_set.text("user") == "mona", "the trial stays a trial"


async def test_a_password_that_is_typed_is_masked_and_goes_into_the_trial_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = app_of(Scripted(*story(ill("A"))), Scripted(*story(ill("A"))))
    copied: list[str] = []
    async with app.run_test(size=SMALL) as pilot:
        monkeypatch.setattr(app, "copy_to_clipboard", copied.append)
        await into_trial(pilot, app)
        await typed(pilot, app, "password", "Planted-4711")
        await pilot.press("ctrl+a", "ctrl+c", "ctrl+x")
        await until(pilot, lambda: app.screen.query_one("#password", Input).value == "Planted-4711")
        assert "Planted" not in shown(app)
        assert copied == []
        await pilot.press("enter")
        await until_shown(pilot, "now     ✗ error")
        assert tried(app)["PASSWORD"] == "Planted-4711"
        assert "Planted" not in shown(app)


async def test_a_mend_is_applied_and_tested_at_once() -> None:
    fix = Fix("set", "A_CONTAINER_REGISTRY_SERVER", value="other.example.com")
    app = app_of(Scripted(*story(with_fix(fix))), Scripted(*story(well("A"))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await until_shown(pilot, "a Fix")
        await into_trial(pilot, app, "a")
        await until_shown(pilot, "other.example.com", "now     ✓ ok      Login works")
        assert tried(app) == {"SERVER": "other.example.com", "USER": "mona", "PASSWORD": STORED}


async def test_a_mend_of_the_password_is_tested_without_being_shown() -> None:
    fix = Fix("transform", "A_CONTAINER_REGISTRY_PASSWORD", how="strip")
    padded = with_fix(fix)
    spaced = blank("A").secret_set.password
    assert spaced is not None
    secret = padded.secret_set.but(password=spaced.but(value=type(spaced.value)(f"  {STORED}\n")))
    app = app_of(Scripted(*story(padded.but(secret_set=secret))), Scripted(*story(well("A"))))
    async with app.run_test(size=SMALL) as pilot:
        await into_trial(pilot, app, "a")
        await until_shown(pilot, "as fixed", "Login works")
        assert tried(app)["PASSWORD"] == STORED
        assert STORED not in shown(app)


async def test_a_set_whose_mend_needs_the_user_offers_no_mend() -> None:
    app = app_of(Scripted(*story(with_fix(Fix("replace", "A_CONTAINER_REGISTRY_PASSWORD")))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        assert "a" not in app.screen.active_bindings


async def test_a_value_that_may_not_be_seen_is_kept_but_not_shown() -> None:
    result = ill("A")
    server = result.secret_set.server
    assert server is not None
    value = type(server.value)("https://mona:Planted-4711@registry.example.com")
    hidden = result.secret_set.but(server=server.but(value=value), shown_server="***")
    app = app_of(Scripted(*story(result.but(secret_set=hidden))), Scripted(*story(ill("A"))))
    async with app.run_test(size=SMALL) as pilot:
        await into_trial(pilot, app)
        await until_shown(pilot, "stored: ***", "as stored")
        assert "Planted" not in shown(app)
        await pilot.press("enter")
        await until_shown(pilot, "now     ✗ error")
        assert tried(app)["SERVER"] == "https://mona:Planted-4711@registry.example.com"


async def test_the_stored_values_come_back() -> None:
    app = app_of(Scripted(*story(ill("A"))))
    async with app.run_test(size=SMALL) as pilot:
        await into_trial(pilot, app)
        await typed(pilot, app, "server", "elsewhere.example.com")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: app.screen.query_one("#server", Input).value == "registry.example.com")


async def test_a_trial_that_is_left_is_ended_and_heard_no_more(gate: threading.Event) -> None:
    trial = Scripted(SetsFound((blank("A"),)), CheckStarted("A", "tls", "registry.example.com"), gate)
    app = app_of(Scripted(*story(ill("A"))), trial)
    async with app.run_test(size=SMALL) as pilot:
        await into_trial(pilot, app)
        await pilot.press("enter")
        await until_shown(pilot, "now     ▸ running tls of registry.example.com")
        await pilot.press("escape")
        await until(pilot, trial.cancelled.is_set)


async def test_a_new_trial_takes_the_place_of_one_that_waits(gate: threading.Event) -> None:
    first = Scripted(SetsFound((blank("A"),)), CheckStarted("A", "tls"), gate, *story(ill("A"))[1:])
    app = app_of(Scripted(*story(ill("A"))), first, Scripted(*story(well("A"))))
    async with app.run_test(size=SMALL) as pilot:
        await into_trial(pilot, app)
        await pilot.press("enter")
        await until_shown(pilot, "now     ▸ running")
        await pilot.press("enter")
        await until_shown(pilot, "now     ✓ ok")
        gate.set()
        await pilot.pause(0.1)
        assert "now     ✓ ok" in shown(app)
        assert first.cancelled.is_set()


async def test_a_fault_of_ours_in_a_trial_is_told_there() -> None:
    app = app_of(Scripted(*story(ill("A"))), Scripted(RuntimeError("planted words")))
    async with app.run_test(size=SMALL) as pilot:
        await into_trial(pilot, app)
        await pilot.press("enter")
        await until_shown(pilot, "now     A fault in regdoctor ended the run: RuntimeError")
        assert "planted" not in shown(app)


async def test_a_wide_terminal_shows_both_runs_in_full() -> None:
    app = app_of(Scripted(*story(ill("A"))), Scripted(*story(well("A"))))
    async with app.run_test(size=LARGE) as pilot:
        await into_trial(pilot, app)
        await pilot.press("enter")
        await until_shown(pilot, "now     ✓ ok", "│ ✗ error   login", "│ ✓ ok      login")
