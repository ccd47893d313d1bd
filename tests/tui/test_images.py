"""Images in the overview: found in the workspace, or named by hand."""

from __future__ import annotations

from regdoctor.model import (
    CheckResult,
    Finished,
    Image,
    ImageFinished,
    ImageResult,
    ImagesFound,
    ImageStarted,
    Location,
    SetsFound,
)
from regdoctor.settings import Target
from regdoctor.tui.board import Board
from tests.tui.scripted import (
    Doctor,
    Scripted,
    app_of,
    blank,
    finding,
    report,
    shown,
    story,
    until,
    until_done,
    until_shown,
    well,
)

SMALL, LARGE = (80, 24), (120, 40)
FILE = ".devcontainer/devcontainer.json"
APP = Image("ghcr.io/octo/app:1", FILE, Location(FILE, 4))
BASE = Image("mcr.microsoft.com/devcontainers/base:1", FILE)
MAY = ImageResult(
    APP, "GHCR", True, (CheckResult("registry", "ok", 9.0), CheckResult("pull", "ok", 30.0, "linux/amd64"))
)
MAY_NOT = ImageResult(
    BASE, None, False, (CheckResult("pull", "error", 30.0),), (finding("Not for this account"),)
)


def run_with(*results: ImageResult) -> Scripted:
    """A run over a set and some images."""
    first, *others, last = story(well("GHCR"))
    found = ImagesFound(tuple(result.but(checks=(), findings=(), proved=False) for result in results))
    assert isinstance(last, Finished)
    return Scripted(first, found, *others, *map(ImageFinished, results), last)


def test_an_image_waits_is_asked_for_and_known() -> None:
    board = Board().begun(1, Target(), 5.0).after(1, SetsFound((blank("GHCR"),)))
    board = board.after(1, ImagesFound((ImageResult(APP, "GHCR"), ImageResult(BASE))))
    assert [entry.key for entry in board.entries] == [
        "set:GHCR",
        "image:ghcr.io/octo/app:1",
        "image:mcr.microsoft.com/devcontainers/base:1",
    ]
    assert [state.mark for state in board.images] == ["waiting", "waiting"]
    board = board.after(1, ImageStarted(APP, "ghcr.io"))
    assert [state.mark for state in board.images] == ["running", "waiting"]
    board = board.after(1, ImageFinished(MAY))
    assert [state.mark for state in board.images] == ["ok", "waiting"]
    assert board.report is not None
    assert [result.proved for result in board.report.images] == [True, False]


def test_the_same_image_for_two_platforms_has_two_rows() -> None:
    arm = Image(APP.reference, FILE, platform="linux/arm64")
    board = Board().begun(1, Target(), 5.0).after(1, SetsFound(()))
    board = board.after(1, ImagesFound((ImageResult(APP), ImageResult(arm))))
    board = board.after(1, ImageFinished(ImageResult(arm, proved=True)))
    assert [state.known for state in board.images] == [False, True]


def test_an_image_that_is_asked_for_by_hand_joins_the_others() -> None:
    board = Board().begun(1, Target(), 5.0)
    for event in run_with(MAY).steps:
        board = board.after(1, event)  # type: ignore[arg-type]  # no silence among them
    asked = Image("ghcr.io/octo/other:2", "--image")
    board = board.begun(2, Target(images=(asked.reference,), images_alone=True), 6.0)
    board = board.after(2, SetsFound((blank("GHCR"),))).after(2, ImagesFound((ImageResult(asked),)))
    assert [(state.id, state.busy) for state in board.images] == [
        (APP.reference, False),
        (asked.reference, True),
    ]
    assert [state.busy for state in board.sets] == [False]
    board = board.after(2, ImageFinished(ImageResult(asked))).after(2, Finished(report(well("GHCR"))))
    assert not board.busy


async def test_images_stand_below_the_sets_and_can_be_read() -> None:
    app = app_of(run_with(MAY, MAY_NOT))
    async with app.run_test(size=LARGE) as pilot:
        await until_done(pilot, app)
        await until_shown(
            pilot, "Images", "✓ ok      ghcr.io/octo/app:1", "✗ error   mcr.microsoft.com", "✓ 2 ok  "
        )
        await pilot.press("j")
        await until_shown(
            pilot, f"named in {FILE}, line 4", "set GHCR", "✓ ok      pull", "✓ ok  Can be pulled"
        )
        await pilot.press("j")
        await until_shown(pilot, "pulled without a set", "Not for this account", "What to do")


async def test_an_image_is_asked_for_by_its_name() -> None:
    asked = Image("ghcr.io/octo/other:2", "--image")
    answer = ImageResult(asked, "GHCR", True)
    alone = Scripted(
        SetsFound(()),
        ImagesFound((ImageResult(asked),)),
        ImageFinished(answer),
        Finished(report(well("GHCR"))),
    )
    app = app_of(run_with(MAY), alone, run_with(MAY, answer))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("i", *asked.reference, "enter")
        await until_shown(pilot, "✓ ok      ghcr.io/octo/other:2", "✓ ok  Can be pulled")
        assert "ghcr.io/octo/other:2\n" in shown(app).replace(" ", "\n")
        await until_done(pilot, app)
        await pilot.press("R")
        await until_done(pilot, app)
        doctor = app._diagnose
        assert isinstance(doctor, Doctor)
        await until(pilot, lambda: len(doctor.asked) == 3)
        assert doctor.asked[1] == Target(images=(asked.reference,), images_alone=True)
        assert doctor.asked[2] == Target(images=(asked.reference,))


async def test_no_name_is_no_question() -> None:
    app = app_of(run_with(MAY))
    async with app.run_test(size=SMALL) as pilot:
        await until_done(pilot, app)
        await pilot.press("i", "space", "enter")
        await pilot.press("i", "escape")
        await pilot.pause()
        doctor = app._diagnose
        assert isinstance(doctor, Doctor)
        assert doctor.asked == [Target()]
