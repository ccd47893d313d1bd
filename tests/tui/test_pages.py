"""The other pages: a text explained, the report saved, the network calls, the palette and the theme."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.command import CommandPalette
from textual.widgets import DataTable, Input, TextArea

from regdoctor.explain import explain
from regdoctor.model import (
    Call,
    CheckResult,
    Finished,
    Fix,
    NetworkCalled,
    SetFinished,
    SetResult,
    SetsFound,
    Step,
)
from regdoctor.report.formats import FORMATS
from regdoctor.tui.app import RegdoctorApp
from regdoctor.tui.commands import Commands
from regdoctor.tui.screens.calls import CallsScreen
from regdoctor.tui.screens.explain import ExplainScreen
from regdoctor.tui.screens.main import MainScreen
from regdoctor.tui.screens.save import SaveScreen
from regdoctor.tui.signs import ASCII
from tests.tui.scripted import (
    Doctor,
    Scripted,
    app_of,
    blank,
    finding,
    ill,
    report,
    shown,
    story,
    until,
    until_done,
    until_shown,
    well,
)

if TYPE_CHECKING:
    from textual.pilot import Pilot

SMALL = (80, 24)
LOG = """\
#12 [internal] load metadata for ghcr.io/octo/app:1
Error: Get "https://registry.example.com/v2/": x509: certificate has expired or is not yet valid
"""


async def test_a_pasted_text_is_explained_without_another_key() -> None:
    app = app_of(Scripted(*story(well("A"))))
    async with app.run_test(size=(80, 50)) as pilot:
        await until_done(pilot, app)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, ExplainScreen))
        app.screen.query_one(TextArea).insert(LOG)
        await until_shown(pilot, "line 2 · confidence", "registry.example.com", "expired", "What to do")
        await pilot.press("ctrl+l")
        await until_shown(pilot, "The cause will stand here.")
        app.screen.query_one(TextArea).insert("All is well.")
        await until_shown(pilot, "This text tells of no failure.")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, MainScreen))


async def test_an_explanation_that_fails_is_told() -> None:
    app = app_of(Scripted(*story(well("A"))))

    def broken(stream: object) -> tuple[()]:
        raise RuntimeError("planted words")

    app._explain = broken
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("e", *"denied")
        await until_shown(pilot, "a fault in regdoctor: RuntimeError")
        assert "planted" not in shown(app)


async def test_the_steps_of_an_explanation_can_be_copied() -> None:
    app = app_of(Scripted(*story(well("A"))))
    async with app.run_test(size=(80, 50)) as pilot:
        await until_done(pilot, app)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, ExplainScreen))
        app.screen.query_one(TextArea).insert("bash: docker: command not found")
        await until_shown(pilot, "What to do")
        await pilot.press("tab")
        await until_shown(pilot, "o Open")


@pytest.mark.parametrize("form", FORMATS)
async def test_the_report_is_saved_in_every_form(form: str, tmp_path: Path) -> None:
    app = app_of(Scripted(*story(ill("A"), well("B"))))
    path = tmp_path / "report.txt"
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await until_done(pilot, app)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SaveScreen))
        app.screen.query_one(Input).value = str(path)
        await pilot.click(f"RadioButton#form-{form}")
        await pilot.pause()
        saved = Path(app.screen.query_one(Input).value)
        assert saved.suffix == f".{FORMATS[form][1]}"
        app.screen.query_one(Input).focus()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MainScreen))
        text = saved.read_text()
        assert "bad-credentials" in text
        assert "invented-passphrase" not in text
        if form == "json":
            assert [found["id"] for found in json.loads(text)["sets"]] == ["A", "B"]


async def test_a_file_that_is_there_is_replaced_only_when_that_is_said_twice(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("precious")
    app = app_of(Scripted(*story(ill("A"))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SaveScreen))
        app.screen.query_one(Input).value = str(path)
        await pilot.press("enter")
        await until_shown(pilot, "Save once more to replace it")
        assert path.read_text() == "precious"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MainScreen))
        assert "bad-credentials" in path.read_text()


async def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    app = app_of(Scripted(*story(ill("A"))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SaveScreen))
        app.screen.query_one(Input).value = str(tmp_path / "no" / "folder.txt")
        await pilot.press("enter")
        await until_shown(pilot, "No such file or directory.")
        app.screen.query_one(Input).value = " "
        await pilot.press("enter")
        await until_shown(pilot, "Name a file.")


async def test_a_ticket_gets_no_names(tmp_path: Path) -> None:
    app = app_of(Scripted(*story(ill("A"))))
    path = tmp_path / "report.txt"
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("s")
        await until(pilot, lambda: isinstance(app.screen, SaveScreen))
        app.screen.query_one(Input).value = str(path)
        await pilot.click("#anonymize")
        await pilot.click("#save")
        await until(pilot, lambda: isinstance(app.screen, MainScreen))
        assert "registry.example.com" not in path.read_text()


async def test_every_network_call_is_listed_as_it_comes() -> None:
    calls = [Call("GET", f"host{number}.example.com", "401", 12.3) for number in range(3)]
    app = app_of(
        Scripted(
            SetsFound((blank("A"),)),
            *map(NetworkCalled, calls),
            SetFinished(well("A")),
            Finished(report(well("A"))),
        )
    )
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, CallsScreen))
        await until_shown(pilot, "3 network calls", "host2.example.com", "GET     401     12 ms")
        app.board = app.board.but(calls=(*calls, Call("TLS", "later.example.com", "ok", 3.0)))
        await until_shown(pilot, "later.example.com", "4 network calls")
        app.board = app.board.but(calls=())
        await until(pilot, lambda: app.screen.query_one(DataTable).row_count == 0)
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, MainScreen))


async def test_the_palette_has_every_action_that_works_here() -> None:
    app = app_of(Scripted(*story(ill("A"))))
    async with app.run_test(size=(100, 60)) as pilot:
        await until_done(pilot, app)
        offered = {
            binding.binding.tooltip
            for binding in app.screen.active_bindings.values()
            if binding.enabled and binding.binding.id and binding.binding.tooltip
        }
        assert "Paste a failure, see its cause" in offered
        main = app.screen
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))
        found = {hit.help async for hit in Commands(main).discover()}
        assert found >= offered - {"Open the command palette"}
        assert "Choose other colours" in found


async def test_an_action_can_be_run_from_the_palette() -> None:
    app = app_of(Scripted(*story(ill("A"))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("ctrl+p", *"what if")
        await until_shown(pilot, "Test the chosen set with other values")
        await pilot.press("enter", "enter")
        await until_shown(pilot, "What if A had other values?")


async def test_the_theme_that_was_chosen_is_kept_and_nothing_else_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    app = app_of(Scripted(*story(ill("A"))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        assert list(tmp_path.rglob("*")) == []
        app.theme = "textual-light"
        await pilot.pause()
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.read_text() for path in kept] == ["textual-light\n"]
    assert app_of(Scripted()).theme == "textual-light"
    kept[0].write_text("no such theme")
    assert app_of(Scripted()).theme == "textual-dark"


async def test_without_a_home_the_theme_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/proc/nowhere")
    app = app_of(Scripted(*story(ill("A", finding()))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        app.theme = "textual-light"
        await pilot.pause()
        await until_shown(pilot, "✗ error   A")


PAGES: dict[str, tuple[str, ...]] = {
    "go to": ("g",),
    "filter": ("slash", "a"),
    "what if": ("w", "enter"),
    "image": ("i",),
    "explain": ("e", *"denied"),
    "commands": ("y",),
    "save": ("s",),
    "calls": ("t",),
    "help": ("question_mark",),
    "palette": ("ctrl+p",),
}
"""The keys that lead from the overview to each page."""


def two_commands(text: str) -> SetResult:
    """A set with a text of a registry's in everything that is shown of it, and more than one command."""
    hostile = finding(text).but(
        explanation=text,
        evidence=(text,),
        also_possible=(text,),
        remediation=(
            Step(text, command=text, url=text),
            Step("Two.", command="second", url="https://example.com"),
        ),
        fixes=(Fix("set", "A_CONTAINER_REGISTRY_SERVER", value=text),),
    )
    found = blank("A", text)
    return found.but(
        findings=(hostile,),
        registry=text,
        secret_set=found.secret_set.but(shown_server=text, shown_user=text),
        checks=(CheckResult("dns", "error", 1.0, detail=text, reason=text),),
    )


async def each_page(pilot: Pilot[None], app: RegdoctorApp) -> AsyncIterator[str]:
    """What each page looks like; from each one a way leads back to the overview."""
    await until_done(pilot, app)
    for page, keys in PAGES.items():
        await pilot.press(*keys)
        await pilot.pause(0.1)
        yield shown(app)
        for _ in range(3):
            if page == "filter" or not isinstance(app.screen, MainScreen):
                await pilot.press("escape")
                await pilot.pause()
        assert isinstance(app.screen, MainScreen), page


@pytest.mark.parametrize(
    "text", ["[red]x[/red]", "[/x]", "\x1b[31mred", "\n\n\u202eabc", "y" * 200_000], ids=range(5)
)
async def test_hostile_text_is_harmless_on_every_page(text: str) -> None:
    result = two_commands(text)
    run = Scripted(*story(result)[:-1], NetworkCalled(Call(text, text, text, 1.0)), Finished(report(result)))
    app = app_of(run, Scripted(*story(result)))
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        async for drawn in each_page(pilot, app):
            assert "\x1b" not in drawn
            assert "\u202e" not in drawn
    assert app.return_code in (0, None)


async def test_every_page_is_plain_in_a_terminal_without_unicode() -> None:
    run = Scripted(*story(two_commands("registry.example.com")), NetworkCalled(Call("GET", "a", "200", 1.0)))
    app = RegdoctorApp(Doctor(run, Scripted(*story(well("A")))), explain, signs=ASCII)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        async for drawn in each_page(pilot, app):
            assert {character for character in drawn if not character.isascii()} == set()


async def test_a_notice_is_plain_in_a_terminal_without_unicode() -> None:
    app = RegdoctorApp(Doctor(Scripted(*story(ill("A")))), explain, signs=ASCII)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await until_done(pilot, app)
        await pilot.press("y")
        await until_shown(pilot, "Copied.")
        assert shown(app).isascii()
