"""What the README says is so."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from regdoctor.arguments import PARSERS, report_parser
from regdoctor.causes import CAUSES
from regdoctor.report.formats import FORMATS
from tests.bench.__main__ import ROWS
from tests.protections import PROTECTIONS, Protection
from tests.readme import renewed

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def commands_in(text: str) -> list[str]:
    """The calls of regdoctor in the fenced blocks and code spans of a text."""
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    spans = re.findall(r"`(regdoctor [^`]*)`", text)
    calls = [part.strip() for line in (*lines, *spans) for part in line.split("&&")]
    return [call for call in calls if re.match(r"(\S*/)?regdoctor(\s|$)", call)]


def accepts(call: str) -> None:
    """Parse a call as the program would; a wrong one raises."""
    words = shlex.split(call)[1:]
    if words and words[0] in PARSERS:
        PARSERS[words[0]]().parse_args(words[1:])
    else:
        assert words in ([], ["--version"], ["--help"])


def test_the_readme_shows_the_two_commands() -> None:
    first, second = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)[0], "\ntests/run\n"
    assert "regdoctor demo" in first
    assert second in README
    assert (ROOT / "tests/run").stat().st_mode & 0o100


@pytest.mark.parametrize("call", commands_in(README))
def test_every_command_of_the_readme_is_one_that_the_program_takes(call: str) -> None:
    accepts(call)


def test_every_option_of_the_readme_exists() -> None:
    known = {option for action in report_parser()._actions for option in action.option_strings}
    for option in re.findall(r"^\| `(--[a-z-]+)", README, re.MULTILINE):
        assert option in known


def test_the_forms_of_the_readme_are_those_of_the_program() -> None:
    table = README.partition("| `--format` |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(FORMATS)


def test_every_file_that_the_readme_names_is_there() -> None:
    for path in re.findall(r"\((screenshots/[^)]+)\)", README):
        assert (ROOT / path).is_file()


@pytest.mark.parametrize("cause", CAUSES.values(), ids=lambda cause: cause.id)
def test_every_call_of_regdoctor_in_a_remedy_is_one_that_the_program_takes(cause: object) -> None:
    from regdoctor.causes.cause import Cause, finding

    assert isinstance(cause, Cause)
    for step in finding(cause, {}).remediation:
        if step.command and step.command.startswith("regdoctor "):
            accepts(step.command)


def test_the_keys_of_the_readme_do_what_it_says() -> None:
    from textual.binding import Binding

    from regdoctor.tui.app import RegdoctorApp
    from regdoctor.tui.screens.main import MainScreen
    from regdoctor.tui.screens.reading import ReadingScreen

    owners = (RegdoctorApp, MainScreen, ReadingScreen)
    bindings = [each for owner in owners for each in owner.BINDINGS if isinstance(each, Binding)]
    actions = {each.key: each.action for each in bindings}
    table = README.partition("| key |")[2].partition("\n\n")[0]
    told = re.findall(r"`([^`])`", table)
    names = {"/": "slash", "?": "question_mark"}
    assert [actions[names.get(key, key)] for key in told] == [
        *(
            "go_to",
            "next_problem(1)",
            "next_problem(-1)",
            "filter",
            "what_if",
            "mend",
            "run_again",
            "run_all",
        ),
        *("cancel", "check_image", "explain", "copy_command", "show_commands", "open_page", "calls", "save"),
        "help",
    ]


def test_the_tables_of_the_readme_are_those_of_the_code() -> None:
    assert renewed(README) == README, "python -m tests.readme renews them"


@pytest.mark.parametrize("protection", PROTECTIONS, ids=lambda each: each.promise)
def test_a_promise_names_a_test_and_the_code_without_which_it_would_fail(protection: Protection) -> None:
    path, _, name = protection.test.partition("::")
    assert f"def {name}(" in (ROOT / path).read_text()
    assert (ROOT / protection.file).read_text().count(protection.code) == 1


def test_the_figures_of_the_readme_are_those_that_the_bench_measures() -> None:
    table = README.partition("<!-- bench -->")[2].partition("<!-- end -->")[0]
    rows = [line.split(" | ")[0].removeprefix("| ") for line in table.splitlines() if " | " in line]
    assert rows[2:] == [row.what for row in ROWS]
