"""Getting to the row that one wants: by its letters, by its problem, by words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from regdoctor.tui.board import ImageState
from regdoctor.tui.screens.go_to import GoToScreen, labels
from regdoctor.tui.screens.main import MainScreen
from regdoctor.tui.widgets.detail import Detail
from regdoctor.tui.widgets.filter_bar import FilterBar
from regdoctor.tui.widgets.set_list import SetList
from tests.tui.scripted import (
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
    from regdoctor.tui.app import RegdoctorApp

SMALL = (80, 24)


def chosen(app: RegdoctorApp) -> str | None:
    """The key of the row whose detail is shown."""
    return app.screen.chosen if isinstance(app.screen, MainScreen) else None


@pytest.mark.parametrize("count", [0, 1, 26, 27, 200, 700])
def test_labels_are_as_short_as_they_can_be_and_none_begins_another(count: int) -> None:
    made = labels(count)
    assert len(set(made)) == count
    assert {len(label) for label in made} <= {1 if count <= 26 else 2 if count <= 676 else 3}


async def test_typing_the_letters_of_a_row_shows_its_mend() -> None:
    sets = [ill(f"SET{number:02}") for number in range(30)]
    app = app_of(Scripted(*story(*sets)))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await until_shown(pilot, "g Go to")
        await pilot.press("g")
        await until_shown(pilot, "aa  ✗ SET00", "bd  ✗ SET29")
        await pilot.press("b", "d")
        await until_shown(pilot, "✗ error   SET29", "What to do", "1. Store the new password.")
        assert app.screen.query_one(Detail).has_focus


async def test_a_letter_that_begins_no_label_changes_nothing() -> None:
    app = app_of(Scripted(*story(ill("A"), ill("B"))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("g", "z", "escape")
        await until(pilot, lambda: isinstance(app.screen, MainScreen))
        await pilot.press("g", "z", "b")
        await until(pilot, lambda: chosen(app) == "set:B")


async def test_a_slip_in_a_label_can_be_taken_back() -> None:
    app = app_of(Scripted(*story(*(ill(f"SET{number:02}") for number in range(30)))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("g", "b", "backspace", "a", "c")
        await until(pilot, lambda: chosen(app) == "set:SET02")
        assert not isinstance(app.screen, GoToScreen)


async def test_every_row_is_on_the_page_at_once_while_there_is_room() -> None:
    app = app_of(
        Scripted(*story(*(ill(f"SET{number:02}") for number in range(50)), others=(finding("Stray"),)))
    )
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("g")
        await until_shown(pilot, *(f"SET{number:02}" for number in range(50)), "Stray")


async def test_the_next_problem_is_found_from_wherever_one_is() -> None:
    app = app_of(
        Scripted(*story(well("A"), ill("B"), well("C"), ill("D"), others=(finding("Stray", "info"),)))
    )
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)

        async def is_shown(set_id: str) -> None:
            await until(pilot, lambda: chosen(app) == f"set:{set_id}")

        for key, set_id in (("n", "B"), ("n", "D"), ("n", "B"), ("N", "D"), ("N", "B")):
            await pilot.press(key)
            await is_shown(set_id)
        assert app.screen.query_one(Detail).has_focus


async def test_without_a_problem_there_is_nowhere_to_go() -> None:
    app = app_of(Scripted(*story(well("A"), well("B"))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("down", "n")
        await pilot.pause()
        assert app.screen.query_one(SetList).has_focus
        await until_shown(pilot, "B · vendor not known")


async def test_only_rows_that_speak_of_the_words_are_shown() -> None:
    app = app_of(Scripted(*story(well("ACR_ONE"), ill("ACR_TWO"), ill("GHCR"), others=(finding("Stray"),))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("slash", *"acr error")
        await until_shown(pilot, "✗ error   ACR_TWO", "only: acr error")
        assert "ACR_ONE" not in shown(app)
        assert "GHCR" not in shown(app)
        assert "Stray" not in shown(app)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: app.screen.query_one(Detail).has_focus)
        await until_shown(pilot, "ACR_TWO · vendor not known")
        await pilot.press("escape", "slash", "escape")
        await until_shown(pilot, "ACR_ONE", "ACR_TWO", "GHCR", "Stray")
        assert not app.screen.query_one(FilterBar).display


async def test_words_that_no_row_speaks_of_leave_an_empty_list_and_nothing_breaks() -> None:
    app = app_of(Scripted(*story(well("A"), ill("B"))))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("slash", *"zzz", "enter", "n", "j", "g", "escape")
        await until_shown(pilot, "only: zzz")
        await pilot.press("slash", "escape")
        await until_shown(pilot, "✓ ok      A", "✗ error   B")


def test_what_a_row_of_an_image_speaks_of_can_be_looked_for() -> None:
    from regdoctor.model import Image, ImageResult
    from regdoctor.tui.board import Entry
    from regdoctor.tui.phrases import matches

    state = ImageState(
        ImageResult(Image("ghcr.io/octo/app:1", ".devcontainer/devcontainer.json")), known=True
    )
    entry = Entry("image:x", state)
    assert matches(entry, "ghcr octo")
    assert matches(entry, "devcontainer.json")
    assert not matches(entry, "acr")
