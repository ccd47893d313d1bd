"""The report in a job of GitHub Actions: its annotations, its log and its page."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from regdoctor.model import Environment, Location, Report, SetResult
from regdoctor.report.github import render
from tests.report.everything import EVERYTHING, EXPIRES, IGNORED, INVALID, REFUSED, a_set
from tests.report.hostile import WORDS, hostile
from tests.report.runner import Command, commands_in
from tests.unit.support import PASSWORD, run_program, windows
from tests.unit.support import a_set as variables_of


def notes_of(report: Report) -> list[Command]:
    return [each for each in commands_in(render(report)) if each.name not in ("group", "endgroup")]


def many(errors: int, warnings: int) -> Report:
    """Sets with one finding each."""
    findings = [REFUSED] * errors + [EXPIRES] * warnings
    sets = (
        SetResult(a_set(f"SET_{at}", "ghcr.io", "mona"), "ghcr", findings=(finding,))
        for at, finding in enumerate(findings)
    )
    return Report(0.0, 1, Environment(), tuple(sets))


def test_an_error_is_annotated_where_it_stands() -> None:
    found = next(each for each in notes_of(EVERYTHING) if INVALID.title in each.properties["title"])
    assert found.name == "error"
    assert found.properties == {
        "file": ".devcontainer/devcontainer.json",
        "line": "7",
        "col": "3",
        "title": INVALID.title,
    }
    assert found.data == "The official tools refuse it.\n1. Mend the line that is named."


def test_the_steps_are_told_with_their_commands() -> None:
    (found,) = (each for each in notes_of(EVERYTHING) if REFUSED.title in each.properties["title"])
    assert found.properties["title"] == f"ACR: {REFUSED.title}"
    assert found.properties["line"] == "2"
    assert "\n   az acr token create --name 'acr-user'\n" in found.data


def test_information_is_no_annotation() -> None:
    assert notes_of(many(0, 0).but(findings=(IGNORED, REFUSED.but(severity="info")))) == []


def test_the_same_of_two_images_is_annotated_once() -> None:
    titles = [each.properties["title"] for each in notes_of(EVERYTHING)]
    assert [title for title in titles if "not allowed to pull" in title] == [
        "ghcr.io/octo-org/app:1: This login is not allowed to pull octo-org/app"
    ]


@pytest.mark.parametrize(("found", "shown"), [(9, 9), (10, 10), (11, 10), (300, 10)])
def test_no_more_are_made_than_github_shows_and_the_last_one_says_so(found: int, shown: int) -> None:
    made = notes_of(many(found, found))
    assert [each.name for each in made] == ["error"] * shown + ["warning"] * shown
    last = made[shown - 1]
    assert (last.data.startswith(f"{found - 9} more are told")) is (found > 10)


def test_verdicts_come_before_what_else_was_found() -> None:
    names = [
        each.properties["title"].split(":")[0] for each in notes_of(EVERYTHING) if each.name == "warning"
    ]
    assert names.index("GHCR") < names.index("ACR")


def test_the_log_holds_the_whole_report_in_a_group() -> None:
    text = render(EVERYTHING, trace=True)
    group = text.partition("::group::regdoctor report\n")[2]
    for part in (REFUSED.explanation[:40], "Network calls", "5 sets and 4 images"):
        assert part in group
    assert group.endswith("\n::endgroup::\n")


def test_a_long_story_is_cut_as_the_runner_would() -> None:
    long = REFUSED.but(explanation="word " * 2000)
    (found,) = notes_of(many(0, 0).but(findings=(long,)))
    assert len(found.data) <= 4096


@pytest.mark.parametrize("word", WORDS)
def test_nothing_from_outside_is_a_command(word: str) -> None:
    text = render(hostile(word), trace=True)
    assert {each.name for each in commands_in(text)} == {"error", "warning", "group", "endgroup"}
    assert {key for each in commands_in(text) for key in each.properties} <= {"file", "line", "col", "title"}
    assert not set("\x1b\r\x00\u202e\u2066\u200b") & set(text)


def test_a_file_of_any_name_is_named() -> None:
    odd = INVALID.but(location=Location("a,b:c%d ::x", 1))
    (found,) = notes_of(many(0, 0).but(findings=(odd,)))
    assert found.properties["file"] == "a,b:c%d ::x"


# The page of the job

FAULTY = variables_of(password=f'"{PASSWORD}"')
OFFLINE = ("report", "--offline", "--format", "github")


def test_the_report_is_appended_to_the_page_of_the_job(tmp_path: Path) -> None:
    page = tmp_path / "summary.md"
    page.write_text("What the step before wrote.\n")
    done = run_program(*OFFLINE, variables={**FAULTY, "GITHUB_STEP_SUMMARY": str(page)})
    assert done.returncode == 1
    text = page.read_text()
    assert text.startswith("What the step before wrote.\n## ❌ regdoctor")
    assert "value-quoted" in text
    shown = text + done.stdout.decode()
    assert "add-mask" not in shown
    assert [window for window in windows(PASSWORD) if window in shown] == []


def test_without_a_page_there_are_the_annotations_alone(tmp_path: Path) -> None:
    done = run_program(*OFFLINE, variables=FAULTY)
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.startswith(b"::error title=TEAM%3A ")


def test_other_forms_leave_the_page_alone(tmp_path: Path) -> None:
    page = tmp_path / "summary.md"
    run_program("report", "--offline", variables={**FAULTY, "GITHUB_STEP_SUMMARY": str(page)})
    assert not page.exists()


@pytest.mark.parametrize("place", ["/dev/null/summary", "/", "/dev/full"])
def test_a_page_that_cannot_be_written_is_told_by_the_exit_code(place: str) -> None:
    done = run_program(*OFFLINE, variables={**FAULTY, "GITHUB_STEP_SUMMARY": place})
    assert done.returncode == 3
    assert b"::error" in done.stdout
    assert done.stderr.decode().count("\n") == 1
    assert place in done.stderr.decode()


def test_a_page_from_which_nobody_reads_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = run_program(*OFFLINE, variables={**FAULTY, "GITHUB_STEP_SUMMARY": str(tmp_path / "pipe")})
    assert done.returncode == 3
    assert b"::error" in done.stdout


def test_a_page_that_is_full_stays_as_it_is(tmp_path: Path) -> None:
    page = tmp_path / "summary.md"
    page.write_bytes(b"x" * ((1 << 20) - 100))
    done = run_program(*OFFLINE, variables={**FAULTY, "GITHUB_STEP_SUMMARY": str(page)})
    assert done.returncode == 3
    assert b"it has room for 100 bytes more" in done.stderr
    assert page.stat().st_size == (1 << 20) - 100


@pytest.mark.parametrize("form", ["text", "json", "markdown", "junit", "sarif"])
def test_no_form_is_a_command_where_it_is_printed_in_a_job(form: str) -> None:
    hostile_set = variables_of("::add-mask::x", "##[add-mask]x ::stop-commands::y", identifier="TEAM")
    variables = {**hostile_set, "GITHUB_ACTIONS": "true"}
    done = run_program("report", "--offline", "--format", form, variables=variables)
    assert b"TEAM" in done.stdout
    assert commands_in(done.stdout.decode()) == []
