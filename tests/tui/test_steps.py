"""What a step names is copied, shown for selection, and opened."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from regdoctor.model import Step
from regdoctor.tui.browser import open_page, opener
from tests.tui.scripted import Scripted, app_of, finding, ill, shown, story, until_done, until_shown, well

if TYPE_CHECKING:
    from regdoctor.model import SetResult

SMALL = (80, 24)
COMMAND = "gh secret set ACR_CONTAINER_REGISTRY_PASSWORD --app codespaces"
PAGE = "https://github.com/settings/codespaces"


def with_steps(*steps: Step) -> SetResult:
    return ill("A", finding().but(remediation=steps))


async def test_the_only_command_is_copied_at_once() -> None:
    app = app_of(Scripted(*story(ill("A"))))
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await until_done(pilot, app)
        await pilot.press("y")
        await until_shown(pilot, "Copied.", "Y shows it")
        assert app.clipboard == COMMAND


async def test_of_several_commands_one_is_chosen() -> None:
    app = app_of(
        Scripted(*story(with_steps(Step("One.", command="first"), Step("Two.", command="second [x]"))))
    )
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("y")
        await until_shown(pilot, "Copy which command?", "1  first", "2  second [x]")
        await pilot.press("2")
        await pilot.pause()
        assert app.clipboard == "second [x]"
        await pilot.press("y", "j", "k", "enter")
        await pilot.pause()
        assert app.clipboard == "first"
        await pilot.press("y", "9", "escape")
        await pilot.pause()
        assert app.clipboard == "first"


async def test_nothing_is_offered_where_no_step_names_a_command_or_a_page() -> None:
    app = app_of(Scripted(*story(well("A"), with_steps(Step("Wait.")).but(secret_set=well("B").secret_set))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        for key in ("y", "Y", "o"):
            assert key not in app.screen.active_bindings
        await pilot.press("down")
        await pilot.pause()
        for key in ("y", "Y", "o"):
            assert key not in app.screen.active_bindings


async def test_a_terminal_that_cannot_be_lent_is_told_so() -> None:
    app = app_of(Scripted(*story(ill("A"))))
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await until_done(pilot, app)
        await pilot.press("Y")
        await until_shown(pilot, "cannot be lent")


async def test_a_page_is_opened_by_the_browser_that_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho noise\nenv > {opened}.env\necho "$1" > {opened}\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    monkeypatch.setenv("ACR_CONTAINER_REGISTRY_PASSWORD", "planted-4711")
    app = app_of(Scripted(*story(ill("A"))))
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await until_done(pilot, app)
        await pilot.press("o")
        await until_shown(pilot, "Opened", PAGE[:30])
        limit = time.monotonic() + 10
        while not opened.exists() and time.monotonic() < limit:
            await pilot.pause(0.02)
        assert opened.read_text().strip() == PAGE
        assert "planted" not in Path(f"{opened}.env").read_text()
        assert "noise" not in shown(app)


async def test_without_a_browser_the_page_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    app = app_of(Scripted(*story(ill("A"))))
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await until_done(pilot, app)
        await pilot.press("o")
        await until_shown(pilot, "No browser is at hand", PAGE[:30])


@pytest.mark.parametrize(
    ("environ", "platform", "command"),
    [
        ({"BROWSER": "/helper/open.sh"}, "linux", ("/helper/open.sh",)),
        ({"BROWSER": f"firefox --new-tab %s{os.pathsep}lynx"}, "linux", ("firefox", "--new-tab", "%s")),
        ({"BROWSER": "'unclosed"}, "linux", ()),
        ({"DISPLAY": ":0"}, "linux", ("xdg-open",)),
        ({"WAYLAND_DISPLAY": "w"}, "linux", ("xdg-open",)),
        ({}, "linux", ()),
        ({}, "darwin", ("open",)),
    ],
)
def test_the_browser_is_never_one_that_draws_in_this_terminal(
    environ: dict[str, str], platform: str, command: tuple[str, ...]
) -> None:
    assert opener(environ, platform) == command


def test_a_browser_that_is_not_there_is_none() -> None:
    assert not open_page(PAGE, {"BROWSER": "/nonexistent/browser", "PATH": "/nonexistent"})
