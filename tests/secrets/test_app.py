"""The app over every kind of credential, walked through: no page, copy or file of it gives one away."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Checkbox, DataTable, Input, OptionList, RadioButton, Static, TextArea

from regdoctor import cli
from regdoctor.arguments import report_parser
from regdoctor.probes.deadline import Deadline
from regdoctor.probes.refusals import Refusals
from regdoctor.report.formats import FORMATS
from regdoctor.secret import MASK
from regdoctor.tui.app import RegdoctorApp
from regdoctor.tui.board import SetState
from regdoctor.tui.screens.explain import Explanation
from regdoctor.tui.screens.main import MainScreen
from regdoctor.tui.widgets.prose import Prose
from regdoctor.tui.widgets.set_list import SetList
from tests.lab.certificates import Authority
from tests.secrets.scene import Scene, raised
from tests.secrets.traces import Credential, traces
from tests.tui.scripted import shown, until, until_done

if TYPE_CHECKING:
    from textual.pilot import Pilot

SIZE = (140, 50)
SHOWN_AS_TYPED = ("explain: pasted", "typed image")
"""What the user types stands in the field that it is typed into."""


@pytest.fixture
def scene(tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    with raised(tmp_path / "scene", authority, "app", small=True) as scene:
        for name, value in scene.environ.items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(scene.folder)
        yield scene


@pytest.fixture
def app(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> RegdoctorApp:
    """The app as the command line opens it."""
    opened: list[RegdoctorApp] = []
    monkeypatch.setattr(RegdoctorApp, "run", lambda opening: opened.append(opening))
    options = report_parser().parse_args(scene.options)
    deadline, refusals = Deadline.after(options.timeout), Refusals()
    variables, redactor, diagnose = cli._prepared(options, scene.environ, deadline, refusals)
    cli._open_app(diagnose, variables, options, refusals, redactor, "regdoctor")
    return opened[0]


def everything_on(app: RegdoctorApp) -> str:
    """All that a screen holds, in sight or not, but for what is typed into its fields."""
    parts = [shown(app), app.export_screenshot()]
    for widget in app.screen.walk_children():
        if isinstance(widget, Prose):
            parts += [line.content.plain for line in widget.lines(120)]
        elif isinstance(widget, OptionList):
            parts += [str(option.prompt) for option in widget.options]
        elif isinstance(widget, DataTable):
            parts += [str(cell) for row in map(widget.get_row_at, range(widget.row_count)) for cell in row]
        elif isinstance(widget, Static):
            parts.append(str(widget.render()))
        elif isinstance(widget, Input):
            parts.append(f"{widget.placeholder} {widget.value if not widget.password else ''}")
    return "\n".join(parts)


def assert_silent(scene: Scene, text: str) -> None:
    hidden = [each for each in scene.maker.made if not each.name.startswith(SHOWN_AS_TYPED)]
    assert traces(hidden, text) == {}


async def chosen(pilot: Pilot[None], app: RegdoctorApp, key: str) -> None:
    app.screen.query_one(SetList).choose(key)
    await until(pilot, lambda: isinstance(app.screen, MainScreen) and app.screen.chosen == key)


async def on_page(pilot: Pilot[None], app: RegdoctorApp, name: str) -> None:
    await until(pilot, lambda: type(app.screen).__name__ == name)
    await pilot.pause()


async def test_no_row_and_no_page_shows_a_credential(
    scene: Scene, app: RegdoctorApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copied: list[str] = []
    async with app.run_test(size=SIZE) as pilot:
        monkeypatch.setattr(app, "copy_to_clipboard", copied.append)
        while not app.board.found or app.board.busy:  # also what is shown on the way
            await asyncio.sleep(0.05)
            await pilot.pause()
            assert_silent(scene, shown(app))
        entries = app.board.entries
        assert len(entries) > 20
        for entry in entries:
            await chosen(pilot, app, entry.key)
            page = everything_on(app)
            assert_silent(scene, page)
            copied += app.screen.commands() + app.screen.pages()  # type: ignore[attr-defined]
        assert MASK in page
        for key, name in (("t", "CallsScreen"), ("g", "GoToScreen"), ("question_mark", "HelpScreen")):
            await pilot.press(key)
            await on_page(pilot, app, name)
            assert_silent(scene, everything_on(app))
            await pilot.press("escape")
            await on_page(pilot, app, "MainScreen")
        await pilot.press("ctrl+p")
        await on_page(pilot, app, "CommandPalette")
        assert_silent(scene, everything_on(app))
    assert copied
    assert_silent(scene, "\n".join(copied))


async def test_values_that_are_tried_are_as_secret_as_the_stored_ones(
    scene: Scene, app: RegdoctorApp
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await until_done(pilot, app)
        tried = 0
        for state in [each for each in app.board.sets if each.id in ("NEAR", "REFUSES", "ADMITS")]:
            await chosen(pilot, app, f"set:{state.id}")
            await pilot.press("w")
            await on_page(pilot, app, "WhatIfScreen")
            assert_silent(scene, everything_on(app))
            for value in ("first", "second"):  # the registry repeats the one before
                field = app.screen.query_one("#password", Input)
                field.focus()
                field.value = scene.maker.word(f"typed for {state.id}: {value}")
                scene.own(state.id, field.value)
                await pilot.press("enter")
                await until(pilot, lambda: _is_tried(app))
                assert_silent(scene, everything_on(app))
                tried += 1
            await pilot.press("escape")
            await on_page(pilot, app, "MainScreen")
            assert_silent(scene, everything_on(app))
        assert tried >= 4


def _is_tried(app: RegdoctorApp) -> bool:
    board = app.screen.board  # type: ignore[attr-defined]
    return bool(board.sets) and not board.busy and isinstance(board.sets[0], SetState) and board.sets[0].known


async def test_no_saved_report_gives_a_credential_away(
    scene: Scene, app: RegdoctorApp, tmp_path: Path
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await until_done(pilot, app)
        for form in FORMATS:
            await pilot.press("s")
            await on_page(pilot, app, "SaveScreen")
            app.screen.query_one(f"#form-{form}", RadioButton).value = True
            app.screen.query_one("#trace", Checkbox).value = True
            path = tmp_path / f"saved.{form}"
            app.screen.query_one(Input).value = str(path)
            await pilot.pause()
            await pilot.press("ctrl+s")
            await on_page(pilot, app, "MainScreen")
            written = path.read_text("utf-8")
            assert MASK in written
            assert_silent(scene, written + everything_on(app))


async def test_what_is_typed_or_pasted_is_not_shown_anywhere_else(scene: Scene, app: RegdoctorApp) -> None:
    pasted = "\n".join(
        each.value for each in scene.maker.made if each.value in "\n".join(scene.environ.values())
    )
    async with app.run_test(size=SIZE) as pilot:
        await until_done(pilot, app)
        await pilot.press("e")
        await on_page(pilot, app, "ExplainScreen")
        explanation = app.screen.query_one(Explanation)
        for value in pasted.splitlines():
            line = f"Error response from daemon: Get https://ghcr.io/v2/: denied: {value} was refused"
            app.screen.query_one(TextArea).text = line
            await until(pilot, lambda: bool(explanation.found))
            told = "\n".join(line.content.plain for line in explanation.lines(120))
            assert MASK in told
            assert_silent(scene, told)
            explanation.found = None
        await pilot.press("escape")
        await on_page(pilot, app, "MainScreen")
        await pilot.press("i")
        await on_page(pilot, app, "AskImageScreen")
        password = scene.maker.word("typed image")
        app.screen.query_one(Input).value = f"octocat:{password}@registry.example.com/team/app:1"
        await pilot.press("enter")
        await on_page(pilot, app, "MainScreen")
        await until(pilot, lambda: not app.board.busy and f"octocat:{MASK}@" in everything_on(app))
        assert traces([Credential("typed image", password)], everything_on(app)) == {}


async def test_a_page_is_opened_without_any_credential(
    scene: Scene, app: RegdoctorApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    record, program = tmp_path / "record", tmp_path / "browser"
    program.write_text(
        f"#!{sys.executable} -SE\nimport json, os, sys\n"
        f"open({str(record)!r}, 'w').write(json.dumps([sys.argv, dict(os.environ)]))\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(program))
    async with app.run_test(size=SIZE) as pilot:
        await until_done(pilot, app)
        pages = app.screen.pages()  # type: ignore[attr-defined]
        assert pages
        app.screen._open(pages[0])  # type: ignore[attr-defined]
        await until(pilot, lambda: record.exists() and record.stat().st_size > 0)
    arguments, environ = json.loads(record.read_text())
    assert arguments[1:] == [pages[0]]
    own = [each for each in scene.maker.made if each.name.startswith(("proxy", "plain proxy"))]
    assert traces([each for each in scene.maker.made if each not in own], json.dumps(environ)) == {}
    assert "PATH" in environ
    assert_silent(scene, " ".join(arguments))


async def test_a_crash_in_a_run_shows_nothing_of_what_it_held(
    scene: Scene, app: RegdoctorApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = " ".join(each.value for each in scene.maker.made)

    def broken(*_: object, **__: object) -> object:
        raise RuntimeError(words) from OSError(5, words)

    monkeypatch.setattr("regdoctor.diagnosis.Diagnosis.run", broken)
    monkeypatch.setattr(app, "_explain", broken)
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "RuntimeError" in shown(app))
        assert_silent(scene, everything_on(app))
        await pilot.press("e")
        await on_page(pilot, app, "ExplainScreen")
        app.screen.query_one(TextArea).text = "denied"
        await until(pilot, lambda: bool(app.screen.query_one(Explanation).failure))
        assert_silent(scene, everything_on(app))
