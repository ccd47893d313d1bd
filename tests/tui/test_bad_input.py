"""What the app is given and cannot use: its own files, its environment, keys that come twice."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from regdoctor.tui.background import Done
from regdoctor.tui.screens.help import HelpScreen
from regdoctor.tui.screens.save import SaveScreen
from regdoctor.tui.theme import keep_theme, kept_theme
from tests.tui.scripted import Scripted, app_of, ill, story, until, until_done, until_shown, well

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL = (80, 24)


@pytest.fixture
def theme_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the theme, in a configuration of its own; it is not there yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "regdoctor").mkdir()
    return tmp_path / "regdoctor" / "theme"


def fifo(path: Path) -> None:
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.mkdir()


def loop(path: Path) -> None:
    path.symlink_to(path)


def binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 100)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def test_a_theme_to_be_written_to_a_pipe_is_not_waited_for(theme_file: Path) -> None:
    os.mkfifo(theme_file)
    writer = os.open(theme_file, os.O_RDWR)
    try:
        assert not kept_theme(os.environ)
    finally:
        os.close(writer)


@pytest.mark.parametrize("make", [fifo, folder, loop, binary, endless])
def test_a_theme_that_cannot_be_read_is_none(theme_file: Path, make: Callable[[Path], None]) -> None:
    make(theme_file)
    started = time.monotonic()
    assert app_of(Scripted()).theme == "textual-dark"
    keep_theme("nord")
    assert time.monotonic() - started < 5, "it waited for a pipe"


def test_no_folder_is_made_of_a_home_that_is_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What older releases answer where HOME is not set and the user is in no list of users.
    monkeypatch.setattr("platformdirs.user_config_dir", lambda *_, **__: "~/.config/regdoctor")
    monkeypatch.chdir(tmp_path)
    keep_theme("nord")
    assert kept_theme(os.environ) is None
    assert list(tmp_path.iterdir()) == []


async def test_every_theme_can_be_chosen() -> None:
    app = app_of(Scripted(*story(well("A"), ill("B"))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("g")
        for theme in app.available_themes:
            app.theme = theme
            await pilot.pause()
            assert app.is_running, theme


async def test_a_page_that_is_closed_twice_is_closed_once() -> None:
    app = app_of(Scripted(*story(ill("A"))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("question_mark")
        app.pop_screen()
        app.pop_screen()
        await until_shown(pilot, "✗ error   A")


async def test_a_report_that_is_saved_behind_another_page_closes_none() -> None:
    app = app_of(Scripted(*story(ill("A"))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("s")
        page = app.screen
        assert isinstance(page, SaveScreen)
        await pilot.press("escape", "question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        page.on_done(Done("report.txt"))
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)


async def test_without_a_current_folder_a_report_needs_a_whole_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    app = app_of(Scripted(*story(ill("A"))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        gone.rmdir()
        await pilot.press("s", "enter")
        await until_shown(pilot, "The current folder is gone.")
    assert app.return_code in (0, None)
