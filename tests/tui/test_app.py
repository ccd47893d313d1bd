"""The app as its user meets it, over diagnoses by script."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING

import pytest
from textual.binding import Binding
from textual.command import CommandPalette
from textual.widgets import Footer

from regdoctor.explain import explain
from regdoctor.model import CheckFinished, CheckStarted, Finished, SetFinished, SetsFound
from regdoctor.settings import Target
from regdoctor.tui.app import RegdoctorApp
from regdoctor.tui.screens.help import HelpScreen
from regdoctor.tui.screens.main import MainScreen
from regdoctor.tui.screens.reading import ReadingScreen
from regdoctor.tui.signs import ASCII
from regdoctor.tui.widgets.detail import Detail
from regdoctor.tui.widgets.set_list import SetList
from tests.tui.scripted import (
    Doctor,
    Scripted,
    app_of,
    blank,
    checks,
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
    from collections.abc import Iterator

SMALL, LARGE = (80, 24), (120, 40)


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Silence, until it is set or the test is over."""
    event = threading.Event()
    yield event
    event.set()


async def test_rows_appear_at_once_in_the_order_of_the_sets(gate: threading.Event) -> None:
    app = app_of(Scripted(SetsFound((blank("B"), blank("A"))), gate))
    async with app.run_test(size=SMALL) as pilot:
        await until_shown(pilot, "· waiting B", "· waiting A")
        text = shown(app)
        assert text.index("waiting B") < text.index("waiting A")


@pytest.mark.parametrize("key", ["pageup", "pagedown", "home", "end", "up", "down"])
async def test_every_key_works_where_there_is_no_room_for_a_row(key: str) -> None:
    app = app_of(Scripted(*story(well("ACR"), well("GHCR"))))
    async with app.run_test(size=(80, 5)) as pilot:
        await until(pilot, lambda: app.screen.query_one(SetList).option_count == 2)
        await pilot.press(key)
        assert app.screen.query_one(SetList).size.height == 0


async def test_rows_fill_in_while_other_sets_wait(gate: threading.Event) -> None:
    sets = SetsFound((blank("A"), blank("B"), blank("C")))
    app = app_of(Scripted(sets, SetFinished(ill("B")), CheckStarted("C", "tls", "host.example.com"), gate))
    async with app.run_test(size=SMALL) as pilot:
        await until_shown(pilot, "✗ error   B", "▸ running C", "tls of host.example.com", "1 of 3")
        assert "· waiting A" in shown(app)


async def test_a_slow_run_tells_what_it_waits_for(
    gate: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("regdoctor.tui.run.PATIENCE", 0.0)
    waiting = ("A: tls", "B: login")
    app = app_of(Scripted(SetsFound((blank("A"), blank("B"))), gate, waiting=waiting))
    async with app.run_test(size=SMALL) as pilot:
        await until_shown(pilot, "0 of 2 · waiting for A: tls and 1 more")
        gate.set()


async def test_the_chosen_row_is_told_in_full() -> None:
    app = app_of(Scripted(*story(well("A"), ill("B", finding(verified=True), finding("And a hint", "info")))))
    async with app.run_test(size=(80, 60)) as pilot:
        await until_done(pilot, app)
        await until_shown(pilot, "Login works")
        await pilot.press("j")
        await until_shown(
            pilot,
            "server registry.example.com · user mona",
            "✓ ok      dns          3 ms  192.0.2.7",
            "✗ error   login       40 ms",
            "– skipped engine: login failed",
            "✗ error  User name or password refused by the registry",
            "HTTP 401",
            "tried: it works",
            "1. Store the new password.",
            "i note  And a hint",
        )
        await pilot.press("k")
        await until(pilot, lambda: "HTTP 401" not in shown(app))


async def test_the_detail_follows_the_run(gate: threading.Event) -> None:
    app = app_of(
        Scripted(
            SetsFound((blank("A"),)), CheckFinished("A", checks()[1]), CheckStarted("A", "login"), gate,
            SetFinished(ill("A")), Finished(report(ill("A"))),
        )
    )  # fmt: skip
    async with app.run_test(size=SMALL) as pilot:
        await until_shown(pilot, "✓ dns 3 ms › ▸ login", "The verdict comes when the checks are done")
        gate.set()
        await until_shown(pilot, "✗ error  User name or password refused")


async def test_findings_of_no_set_stand_below_a_heading_and_can_be_read() -> None:
    others = (finding("Docker is not installed here", "info"),)
    app = app_of(Scripted(*story(well("A"), others=others)))
    async with app.run_test(size=SMALL) as pilot:
        await until_shown(pilot, "Outside the sets", "i note    Docker is not installed here")
        await pilot.press("down")
        await until_shown(pilot, "i note  Docker is not installed here", "What to do")
        assert "user mona" not in shown(app)


async def test_one_set_is_run_again_and_the_others_keep_their_results(gate: threading.Event) -> None:
    again = Scripted(SetsFound((blank("B"),)), CheckStarted("B", "tls"), gate, *story(well("B"))[1:])
    app = app_of(Scripted(*story(ill("A"), ill("B"), others=(finding("Docker sleeps", "info"),))), again)
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("j", "r")
        await until_shown(pilot, "▸ running B", "✗ error   A")
        gate.set()
        await until_shown(pilot, "✓ ok      B", "✗ error   A", "Docker sleeps")
        assert app.report is not None
        assert [result.status for result in app.report.sets] == ["error", "ok"]
        assert [found.title for found in app.report.findings] == ["Docker sleeps"]
        doctor = app._diagnose
        assert isinstance(doctor, Doctor)
        assert doctor.asked == [Target(), Target(only=("B",))]


async def test_all_sets_are_run_again_with_the_same_row_chosen() -> None:
    app = app_of(Scripted(*story(ill("A"), ill("B"))), Scripted(*story(well("A"), well("B"))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("j", "R")
        await until_shown(pilot, "✓ ok      A", "✓ ok      B", "✓ ok  Login works")
        assert isinstance(app.screen, MainScreen)
        assert app.screen.chosen == "set:B"


async def test_what_an_older_run_says_is_not_heard(gate: threading.Event) -> None:
    late = (SetFinished(ill("A")), Finished(report(ill("A"))))
    app = app_of(
        Scripted(*story(well("A"))), Scripted(*story(well("A"))[:1], gate, *late), Scripted(*story(well("A")))
    )
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("r")
        await until(pilot, lambda: app.board.busy)
        await pilot.press("R")
        await until_done(pilot, app)
        gate.set()
        await asyncio.sleep(0.1)
        await pilot.pause()
        assert app.report is not None
        assert app.report.sets[0].status == "ok"
        assert "✓ ok      A" in shown(app)


async def test_a_run_is_not_offered_where_it_makes_no_sense(gate: threading.Event) -> None:
    others = (finding("Docker sleeps", "info"),)
    app = app_of(Scripted(SetsFound((blank("A"),)), gate, *story(well("A"), others=others)[1:]))
    async with app.run_test(size=SMALL) as pilot:
        await until_shown(pilot, "· waiting A")

        def offered() -> tuple[bool, ...]:
            return tuple(key in app.screen.active_bindings for key in ("r", "w", "R", "x"))

        await until(pilot, lambda: offered() == (False, False, False, True))
        gate.set()
        await until_done(pilot, app)
        assert offered() == (True, True, True, False)
        await pilot.press("down")
        await pilot.pause()
        assert offered() == (False, False, True, False)


async def test_enter_leads_to_the_detail_and_escape_back() -> None:
    app = app_of(Scripted(*story(ill("A"), well("B"))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        detail = app.screen.query_one(Detail)
        before = detail.size.height
        await pilot.press("enter")
        await until(pilot, lambda: detail.has_focus)
        await pilot.press("j")
        await until(pilot, lambda: detail.scroll_y > 0 or detail.max_scroll_y == 0)
        assert detail.size.height >= before
        await pilot.press("escape")
        await until(pilot, lambda: app.screen.query_one(SetList).has_focus)
        await pilot.press("tab")
        await until(pilot, lambda: detail.has_focus)


async def test_reading_in_a_small_terminal_keeps_the_chosen_row_in_sight() -> None:
    app = app_of(Scripted(*story(*(ill(f"SET{number}") for number in range(12)))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press(*"jjjjjj", "enter")
        await until(pilot, lambda: app.screen.query_one(SetList).size.height == 3)
        await until_shown(pilot, "✗ error   SET6", "SET6 · ")


async def test_everything_of_a_set_can_be_scrolled_to_in_a_small_terminal() -> None:
    app = app_of(Scripted(*story(ill("A"))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("enter", "end")
        await until_shown(pilot, "2. Stop this codespace", "✓ ok      dns          3 ms  192.0.2.7")


async def test_the_footer_and_the_help_come_from_the_bindings() -> None:
    app = app_of(Scripted(*story(ill("A"))))
    async with app.run_test(size=(100, 100)) as pilot:
        await until_done(pilot, app)
        assert app.screen.query_one(Footer)
        await until_shown(
            pilot, "Enter Details", "w What if", "r Run again", "g Go to", "? Help", "q Quit", "^p palette"
        )
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        text = " ".join(shown(app).split())
        assert "^p Open the command palette" in text
        for owner in (RegdoctorApp, ReadingScreen, MainScreen, SetList, Detail):
            for binding in owner.BINDINGS:
                assert isinstance(binding, Binding)
                assert binding.id, binding
                if binding.action.startswith("screen."):
                    continue  # the screen's own key, offered where it is of use
                assert binding.tooltip, binding
                assert binding.tooltip in text, binding
                assert app.get_key_display(binding) in text, binding
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, MainScreen))
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))


async def test_the_palette_stays() -> None:
    app = app_of(Scripted(*story(ill("A"))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))


async def test_a_click_chooses_a_row_and_stays_in_the_overview() -> None:
    app = app_of(Scripted(*story(ill("A"), well("B"))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.click(SetList, offset=(5, 1))
        await until_shown(pilot, "✓ ok  Login works")
        assert app.screen.query_one(SetList).has_focus


async def test_no_two_bindings_share_an_id() -> None:
    owners = (RegdoctorApp, MainScreen, SetList, Detail, HelpScreen)
    ids = [binding.id for owner in owners for binding in owner.BINDINGS if isinstance(binding, Binding)]
    assert len(ids) == len(set(ids))


async def test_the_first_visit_teaches_how_a_set_is_named() -> None:
    app = app_of(Scripted(*story()))
    async with app.run_test(size=SMALL) as pilot:
        await until_shown(
            pilot,
            "No secret set was found",
            "<ID>_CONTAINER_REGISTRY_PASSWORD",
            "gh secret set <ID>_CONTAINER_REGISTRY_SERVER --app codespaces",
            "https://github.com/settings/codespaces",
        )
        await pilot.press("end")
        await until_shown(pilot, "regdoctor demo")
        assert "Back" not in shown(app)
        assert app.report is not None
        assert app.report.sets == ()


async def test_findings_without_a_set_stand_beside_the_lesson() -> None:
    app = app_of(Scripted(*story(others=(finding("ACR_REGISTRY_USER is not quite the right name"),))))
    async with app.run_test(size=SMALL) as pilot:
        await until_shown(pilot, "· none", "✗ error   ACR_REGISTRY_USER is not quite", "✗ 1 other")
        await pilot.press("down")
        await until_shown(pilot, "✗ error  ACR_REGISTRY_USER is not quite the right name")


async def test_hostile_text_is_shown_and_not_obeyed() -> None:
    for text in ("[red]x[/red]", "[/x]", "\x1b[31mred", "y" * 1_000_000, "\n\n\u202eabc"):
        hostile = finding(text).but(explanation=text, evidence=(text,), also_possible=(text,))
        server = blank("A", text).but(findings=(hostile,), registry=text)
        server = server.but(checks=tuple(check.but(detail=text, reason=text) for check in checks()))
        app = app_of(Scripted(*story(server, others=(hostile,)), waiting=(text,)), notice=text)
        app.title = text
        async with app.run_test(size=LARGE) as pilot:
            await until_done(pilot, app)
            await pilot.press("down", "up", "enter", "pagedown", "question_mark", "escape")
            await pilot.pause()
            drawn = shown(app)
            assert "\x1b" not in drawn
            assert "\u202e" not in drawn
            if text.startswith("["):
                assert text in drawn
    assert app.return_code in (0, None)


async def test_a_fault_of_ours_in_a_run_becomes_a_notice_and_the_app_goes_on() -> None:
    planted = "hunter2-hunter2"
    broken = Scripted(SetsFound((blank("A"),)), ValueError(planted))
    app = app_of(broken, Scripted(*story(well("A"))), notice="Made-up registries")
    async with app.run_test(size=SMALL) as pilot:
        await until_shown(
            pilot, "A fault in regdoctor ended the run: ValueError at scripted.py", "– skipped A"
        )
        assert planted not in shown(app)
        await pilot.press("R")
        await until_shown(pilot, "✓ ok      A", "Made-up registries")
        assert "A fault" not in shown(app)


async def test_a_diagnosis_that_cannot_even_be_made_is_told_too() -> None:
    def diagnose(target: Target) -> Scripted:
        raise OSError("no such file")

    app = RegdoctorApp(diagnose, explain)
    async with app.run_test(size=SMALL) as pilot:
        await until_shown(pilot, "A fault in regdoctor ended the run: OSError")
        assert app.report is None


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
async def test_leaving_does_not_wait_for_a_silent_network(gate: threading.Event, key: str) -> None:
    app = app_of(Scripted(SetsFound((blank("A"), blank("B"))), SetFinished(ill("A")), gate))
    async with app.run_test(size=SMALL) as pilot:
        await until_shown(pilot, "✗ error   A")
        start = time.monotonic()
        await pilot.press(key)
    assert time.monotonic() - start < 1.0
    left = [thread for thread in threading.enumerate() if "regdoctor" in thread.name]
    assert all(thread.daemon for thread in left)
    assert app.report is not None
    assert [result.status for result in app.report.sets] == ["error", "ok"]


async def test_the_layout_follows_the_size_of_the_terminal() -> None:
    app = app_of(Scripted(*story(ill("A"), well("B"))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        sets, detail = app.screen.query_one(SetList), app.screen.query_one(Detail)
        assert detail.region.y >= sets.region.bottom
        await pilot.resize_terminal(*LARGE)
        await until(pilot, lambda: detail.region.x >= sets.region.right)
        await until_shown(pilot, "✗ error   A", "User name or password refused by the registry", "192.0.2.7")
        await pilot.resize_terminal(*SMALL)
        await until(pilot, lambda: detail.region.y >= sets.region.bottom and detail.region.x == 0)
        await until_shown(pilot, "✗ error   A", "✓ name <1 ms › ✓ dns 3 ms")
        for size in ((40, 12), (20, 6), (300, 100)):
            await pilot.resize_terminal(*size)
            await pilot.pause()


async def test_a_terminal_without_unicode_gets_ascii_alone() -> None:
    app = RegdoctorApp(
        Doctor(Scripted(*story(ill("A"), well("B"), others=(finding(),)))), explain, signs=ASCII
    )
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await until_shown(pilot, "x error", "+ ok")
        assert shown(app).isascii()
        await pilot.press("enter", "pagedown")
        await pilot.pause()
        assert shown(app).isascii()
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        assert shown(app).isascii()


async def test_two_hundred_sets_are_redrawn_without_delay() -> None:
    app = app_of(Scripted(*story(*(ill(f"SET{number:03}") for number in range(200)))))
    async with app.run_test(size=LARGE) as pilot:
        start = time.monotonic()
        await until_done(pilot, app)
        assert time.monotonic() - start < 5.0
        await pilot.press("end")
        await until_shown(pilot, "SET199", "✗ 200 errors")
