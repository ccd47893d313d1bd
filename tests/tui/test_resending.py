"""A credential that a registry has refused which locks accounts is sent once more only if that is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from regdoctor.address import endpoint_of
from regdoctor.demo import Demo
from regdoctor.model import Fix
from regdoctor.probes.refusals import Refusals, Refused, Sent
from regdoctor.secret import Secret
from regdoctor.settings import Target
from regdoctor.tui.resending import AGAIN, NOT_AGAIN
from regdoctor.tui.screens.choice import ChoiceScreen
from regdoctor.tui.screens.main import MainScreen
from regdoctor.tui.screens.what_if import WhatIfScreen
from regdoctor.tui.widgets.set_list import SetList
from tests.tui.demo_app import demo_app
from tests.tui.scripted import (
    Doctor,
    Scripted,
    app_of,
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
    from textual.pilot import Pilot

    from regdoctor.tui.app import RegdoctorApp

SMALL = (80, 24)
HUB = Refused("Docker Hub", "locks an account for a while after several failed logins", 1.0)
JFROG = Refused("JFrog Artifactory", "may lock the account", 1.0)
PASSWORD = "invented-passphrase"
"""What the made-up sets hold."""
KEYS = "Enter or its number takes one, Esc none."


def refusing(
    *hosts: str, refused: Refused = HUB, password: str = PASSWORD, into: Refusals | None = None
) -> Refusals:
    """That the password was refused at some hosts."""
    refusals = into or Refusals()
    for host in hosts:
        refusals.note(Sent(endpoint_of(host), "mona", Secret(password)), refused, {})
    return refusals


def asked(app: RegdoctorApp) -> list[Target]:
    """The targets of the runs after the first."""
    doctor = app._diagnose
    assert isinstance(doctor, Doctor)
    return doctor.asked[1:]


async def until_asked(pilot: Pilot[None], app: RegdoctorApp) -> str:
    """Wait for the question; what stands in its frame then, as one line."""
    await until(pilot, lambda: isinstance(app.screen, ChoiceScreen) and "│ 2  " in shown(app))
    framed = [line.split("│")[1] for line in shown(app).splitlines() if line.count("│") == 2]
    return " ".join(" ".join(framed).split())


@pytest.mark.parametrize(("key", "again"), [("enter", False), ("1", False), ("2", True)])
async def test_running_a_refused_set_again_asks_first(key: str, again: bool) -> None:
    app = app_of(
        Scripted(*story(ill("A"))), Scripted(*story(ill("A"))), refusals=refusing("registry.example.com")
    )
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("r")
        words = await until_asked(pilot, app)
        assert "Docker Hub locks an account for a while after several failed logins" in words
        assert f"It has refused: A. {KEYS}" in words
        assert f"1 {NOT_AGAIN}" in words
        assert f"2 {AGAIN}" in words
        assert asked(app) == []
        await pilot.press(key)
        await until(pilot, lambda: bool(asked(app)))
        await until_done(pilot, app)
        assert asked(app) == [Target(only=("A",), resend=again)]


async def test_nothing_is_run_where_neither_is_wanted() -> None:
    app = app_of(Scripted(*story(ill("A"))), refusals=refusing("registry.example.com"))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        before = shown(app)
        for key in ("r", "R"):
            await pilot.press(key)
            await until_asked(pilot, app)
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, MainScreen))
        assert asked(app) == []
        assert shown(app) == before


async def test_running_all_again_asks_once_for_all() -> None:
    # All of them are made up for one registry.
    names = ("A", "B", "C", "D", "E", "F")
    results = [ill(name) for name in names]
    app = app_of(
        Scripted(*story(*results)), Scripted(*story(*results)), refusals=refusing("registry.example.com")
    )
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("R")
        words = await until_asked(pilot, app)
        assert "It has refused: A, B, C and 3 others." in words
        await pilot.press("1")
        await until(pilot, lambda: bool(asked(app)))
        await until_done(pilot, app)
        assert isinstance(app.screen, MainScreen)
        assert asked(app) == [Target()]


async def test_each_registry_is_named_with_what_it_does() -> None:
    refusals = refusing("registry.example.com")
    stored = Refused(JFROG.registry, JFROG.locks, 1.0, "docker's login for art.example.com")
    refusing("art.example.com", refused=stored, into=refusals)
    app = app_of(Scripted(*story(ill("A"))), Scripted(*story(ill("A"))), refusals=refusals)
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("R")
        words = await until_asked(pilot, app)
        assert "failed logins. It has refused: A. JFrog Artifactory may lock the account. " in words
        assert "It has refused: docker's login for art.example.com. " in words
        await pilot.press("escape", "r")
        assert "JFrog" not in await until_asked(pilot, app), "a set does not send docker's login"


@pytest.mark.parametrize(
    "refusals",
    [Refusals(), refusing("other.example.com"), refusing("registry.example.com", password="another")],
    ids=["nothing", "another registry", "another password"],
)
@pytest.mark.parametrize("key", ["r", "R"])
async def test_what_was_not_refused_is_run_again_without_a_question(refusals: Refusals, key: str) -> None:
    app = app_of(Scripted(*story(well("A"))), Scripted(*story(well("A"))), refusals=refusals)
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press(key)
        await until(pilot, lambda: bool(asked(app)))
        assert isinstance(app.screen, MainScreen)
        assert not asked(app)[0].resend


async def test_a_mend_that_was_refused_counts_as_well() -> None:
    fix = Fix("set", "A_CONTAINER_REGISTRY_SERVER", value="other.example.com")
    app = app_of(
        Scripted(*story(ill("A", finding().but(fixes=(fix,))))), refusals=refusing("other.example.com")
    )
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("r")
        assert "It has refused: A." in await until_asked(pilot, app)


async def test_an_image_is_asked_for_without_a_question_and_sends_nothing_again() -> None:
    app = app_of(Scripted(*story(ill("A"))), Scripted(), refusals=refusing("registry.example.com"))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("i", *"registry.example.com/app:1", "enter")
        await until(pilot, lambda: bool(asked(app)))
        assert asked(app) == [Target(images=("registry.example.com/app:1",), images_alone=True)]


# Other values


async def into_trial(pilot: Pilot[None], app: RegdoctorApp, key: str = "w") -> None:
    await until_done(pilot, app)
    await pilot.press(key)
    await until(pilot, lambda: any(isinstance(screen, WhatIfScreen) for screen in app.screen_stack))


async def test_the_same_values_are_tried_only_if_that_is_wanted() -> None:
    app = app_of(
        Scripted(*story(ill("A"))), Scripted(*story(ill("A"))), refusals=refusing("registry.example.com")
    )
    async with app.run_test(size=SMALL) as pilot:
        await into_trial(pilot, app)
        await pilot.press("enter")
        assert f"It has refused: A. {KEYS}" in await until_asked(pilot, app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, WhatIfScreen))
        assert asked(app) == []
        await pilot.press("enter")
        await until_asked(pilot, app)
        await pilot.press("2")
        await until_shown(pilot, "now     ✗ error")
        assert asked(app)[0].resend


async def test_another_password_is_tried_without_a_question() -> None:
    app = app_of(
        Scripted(*story(ill("A"))), Scripted(*story(well("A"))), refusals=refusing("registry.example.com")
    )
    async with app.run_test(size=SMALL) as pilot:
        await into_trial(pilot, app)
        app.screen.query_one("#password", Input).focus()
        await pilot.pause()
        await pilot.press(*"another-one", "enter")
        await until_shown(pilot, "now     ✓ ok")
        assert not asked(app)[0].resend


@pytest.mark.parametrize(
    ("server", "asks"), [("https://registry.example.com", True), ("other.example.com", False)]
)
async def test_a_mend_asks_where_it_leaves_the_credential_as_it_was_refused(server: str, asks: bool) -> None:
    fix = Fix("set", "A_CONTAINER_REGISTRY_SERVER", value=server)
    app = app_of(
        Scripted(*story(ill("A", finding().but(fixes=(fix,))))),
        Scripted(*story(ill("A"))),
        refusals=refusing("registry.example.com"),
    )
    async with app.run_test(size=SMALL) as pilot:
        await into_trial(pilot, app, "a")
        if asks:
            assert KEYS in await until_asked(pilot, app)
            assert asked(app) == []
            await pilot.press("1")
        await until_shown(pilot, "now     ✗ error")
        assert [target.resend for target in asked(app)] == [False]


# Counted by a registry


LOCKED = "LOGIN_ACCOUNT_LOCKED"


async def test_a_registry_that_locks_gets_the_credential_as_often_as_the_user_says() -> None:
    def logins() -> int:
        return sum(request.credential == "basic" for request in demo.requests(LOCKED))

    with Demo() as demo:
        app = demo_app(demo)
        async with app.run_test(size=SMALL) as pilot:
            await until_done(pilot, app)
            assert logins() == 1
            app.screen.query_one(SetList).choose(f"set:{LOCKED}")
            await pilot.pause()
            for choice, sent in (("1", 1), ("2", 2), ("1", 2)):
                await pilot.press("r")
                await until_asked(pilot, app)
                await pilot.press(choice)
                await until(pilot, lambda: isinstance(app.screen, MainScreen))
                await until_done(pilot, app)
                assert logins() == sent
            await pilot.press("R")
            assert LOCKED in await until_asked(pilot, app)
