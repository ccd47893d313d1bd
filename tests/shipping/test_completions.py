"""The words of the command line, completed by the shells themselves."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from regdoctor.arguments import PARSERS, SHELLS
from regdoctor.causes import CAUSES
from regdoctor.report.formats import FORMATS
from tests.completions import FOLDER, script
from tests.lab.programs import plain_environment, program, require
from tests.lab.terminal import Terminal

ASKED = {
    "regdoctor repo": {"report"},
    "regdoctor completions z": {"zsh"},
    "regdoctor --off": {"--offline"},
    "regdoctor report --env": {"--env-file"},
    "regdoctor report --fail-on ": {"error", "warning", "never"},
    "regdoctor report --format ": {*FORMATS},
    "regdoctor causes tls-cl": {"tls-client-cert"},
    "regdoctor report --only ": {"BLUE", "GREEN"},
    "regdoctor explain bu": {"build.log"},
    "regdoctor report --workspace some": {"somewhere/"},
}
"""What somebody has typed, and what it may become."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder to complete names in."""
    (tmp_path / "build.log").touch()
    (tmp_path / "somewhere").mkdir()
    (tmp_path / "something").touch()
    return tmp_path


def environ(home: Path) -> dict[str, str]:
    found = plain_environment(
        str(home), BLUE_CONTAINER_REGISTRY_SERVER="x", GREEN_CONTAINER_REGISTRY_SERVER="y"
    )
    return {**found, "PATH": f"{os.path.dirname(sys.executable)}:{found['PATH']}"}


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_what_the_parsers_say(shell: str) -> None:
    assert (FOLDER / f"regdoctor.{shell}").read_text() == script(shell), "again: python -m tests.completions"


@pytest.mark.parametrize("shell", SHELLS)
def test_the_command_prints_the_script_with_every_cause_and_form(shell: str) -> None:
    command = [sys.executable, "-m", "regdoctor", "completions", shell]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    expected = script(shell).replace("@CAUSES@", " ".join(CAUSES)).replace("@FORMATS@", " ".join(FORMATS))
    assert (done.stdout, done.stderr) == (expected, "")
    assert "@CAUSES@" in script(shell)
    assert "@FORMATS@" in script(shell)


def test_every_command_can_be_completed() -> None:
    for shell in SHELLS:
        assert all(name in (FOLDER / f"regdoctor.{shell}").read_text() for name in PARSERS)


def test_fish_completes(place: Path) -> None:
    require("fish")
    for typed, expected in ASKED.items():
        command = f"regdoctor completions fish | source; complete --do-complete '{typed}'"
        done = subprocess.run(
            [program("fish"), "--no-config", "--command", command],
            env=environ(place),
            cwd=place,
            capture_output=True,
            text=True,
            check=False,
        )
        assert {line.partition("\t")[0] for line in done.stdout.splitlines()} == expected, typed
        assert done.stderr == ""


@pytest.fixture(params=["bash", "zsh"])
def terminal(
    request: pytest.FixtureRequest, place: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Terminal]:
    """A shell that has read the script as its user's file has it read."""
    require("tmux", request.param)
    line = f'eval "$(regdoctor completions {request.param})"'
    if request.param == "bash":
        shell = f"bash --noprofile --rcfile {place}/rc"
        (place / "rc").write_text(f"{line}\nbind 'set show-all-if-ambiguous on'\nPS1='ready> '\n")
    else:
        shell = "zsh --no-globalrcs"
        (place / ".zshrc").write_text(f"autoload -U compinit && compinit -u -D\n{line}\nPS1='ready> '\n")
    folder = str(tmp_path_factory.mktemp("t"))
    terminal = Terminal(folder, shell, cwd=str(place), environ=environ(place))
    try:
        terminal.until("ready>")
        yield terminal
    finally:
        terminal.close()


def test_the_tab_key_completes(terminal: Terminal) -> None:
    for typed, expected in ASKED.items():
        terminal.type("C-l")
        terminal.type("-l", typed)
        terminal.until(typed.rstrip())
        terminal.type("Tab")
        if len(expected) == 1:
            (word,) = expected
            terminal.until(f"{typed.rpartition(' ')[0]} {word}")
        else:
            terminal.until(*expected)
        terminal.type("C-c")
        terminal.until("ready>")
