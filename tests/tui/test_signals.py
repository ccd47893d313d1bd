"""A signal ends the app and gives the terminal back, whatever the app is doing."""

from __future__ import annotations

import signal
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.lab.peers import silent
from tests.lab.programs import plain_environment
from tests.lab.pseudo_terminal import Terminal
from tests.live.running import NO_ENGINE, NOBODYS, variables_of

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = (sys.executable, "-m", "regdoctor")
TAKEN, GIVEN_BACK = b"\x1b[?1049h", b"\x1b[?1049l"
"""How a terminal is told to show another screen, and the one before."""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    around = plain_environment(str(tmp_path), DOCKER_HOST=NO_ENGINE, TERM="xterm-256color")
    return around | variables_of("127.0.0.1:1", "octocat", NOBODYS, "TEAM")


def assert_restored(terminal: Terminal) -> None:
    assert terminal.modes() == terminal.modes_before
    assert terminal.output.count(TAKEN) == terminal.output.count(GIVEN_BACK)
    assert b"Traceback" not in terminal.output
    assert NOBODYS.encode() not in terminal.output


SIGNALS = {"SIGTERM": 143, "SIGHUP": 143, "SIGINT": 130}


@pytest.mark.parametrize(("name", "code"), SIGNALS.items())
def test_a_signal_ends_the_app_and_restores_the_terminal(
    environ: dict[str, str], name: str, code: int
) -> None:
    with Terminal([*PROGRAM, "--no-images"], environ) as terminal:
        terminal.read_until(b"Run again")
        terminal.signal(signal.Signals[name])
        assert terminal.ended(2) == code
        assert TAKEN in terminal.output
        assert_restored(terminal)


def test_a_silent_registry_does_not_keep_it(environ: dict[str, str]) -> None:
    with silent() as peer:
        variables = variables_of(peer.address, "octocat", NOBODYS, "TEAM")
        with Terminal([*PROGRAM, "--no-images"], environ | variables) as terminal:
            terminal.read_until(b"running")
            terminal.signal(signal.SIGTERM)
            assert terminal.ended(2) == 143
            assert_restored(terminal)


def test_a_terminal_that_goes_away_ends_it(environ: dict[str, str]) -> None:
    with Terminal([*PROGRAM, "--no-images"], environ) as terminal:
        terminal.read_until(b"Run again")
        terminal.hang_up()
        assert terminal.program.wait(2.5) == 143


def test_a_terminal_that_goes_away_ends_it_though_no_signal_says_so(environ: dict[str, str]) -> None:
    deaf = ("sh", "-c", 'trap "" HUP; exec "$@"', "sh")
    with Terminal([*deaf, *PROGRAM, "--no-images"], environ) as terminal:
        terminal.read_until(b"Run again")
        terminal.hang_up()
        assert terminal.program.wait(2.5) == 143


def test_a_terminal_that_takes_nothing_more_does_not_keep_it(environ: dict[str, str]) -> None:
    with Terminal([*PROGRAM, "--no-images"], environ) as terminal:
        terminal.read_until(b"Run again")
        for _ in range(200):
            # Every move of the cursor has the app write, and nobody reads it.
            terminal.type(b"?\x1b[B\x1b")
            time.sleep(0.005)
        terminal.signal(signal.SIGTERM)
        assert terminal.program.wait(4) == 143


def test_while_the_shell_has_the_terminal_ctrl_c_ends_it(environ: dict[str, str]) -> None:
    with Terminal([*PROGRAM, "--no-images"], environ) as terminal:
        terminal.read_until(b"Run again")
        terminal.read(0.5)
        terminal.type(b"Y")
        terminal.read_until(b"Enter brings regdoctor back.")
        terminal.type(b"\x03")
        assert terminal.ended(1) == 130
        assert_restored(terminal)


def test_a_signal_after_a_visit_to_the_shell_still_restores_the_terminal(environ: dict[str, str]) -> None:
    with Terminal([*PROGRAM, "--no-images"], environ) as terminal:
        terminal.read_until(b"Run again")
        terminal.read(0.5)
        terminal.type(b"Y")
        terminal.read_until(b"Enter brings regdoctor back.")
        before = len(terminal.output)
        terminal.type(b"\n")
        while TAKEN not in terminal.output[before:]:
            terminal.read(0.1)
        terminal.read(0.3)
        terminal.signal(signal.SIGTERM)
        assert terminal.ended(2) == 143
        assert_restored(terminal)


def test_ctrl_c_at_any_moment_of_the_start_ends_it(environ: dict[str, str]) -> None:
    """The program is told by a signal as long as the terminal is as it was, and by a key from then on."""
    starting = "import sys; print('!', flush=True); sys.argv = ['regdoctor', '--no-images']\n"
    starting += "from regdoctor.__main__ import process; process()"
    taken = 0
    for at in range(10):
        with Terminal([sys.executable, "-c", starting], environ) as terminal:
            terminal.read_until(b"!")
            terminal.read(0.02 + 0.07 * at)
            terminal.type(b"\x03")
            # As a key, it leaves with the report's own code: the registry refused the connection.
            assert terminal.ended(2) in (130, 0, 1)
            assert_restored(terminal)
            taken += TAKEN in terminal.output
    assert taken < 10, "it was always too late to be at the start"


def test_the_demo_ends_and_hangs_up_its_registries(environ: dict[str, str]) -> None:
    with Terminal([*PROGRAM, "demo"], environ) as terminal:
        terminal.read_until(b"ACR_ADMIN_OFF")
        terminal.signal(signal.SIGTERM)
        assert terminal.ended(3) == 143
        assert_restored(terminal)


def test_a_report_in_front_of_a_terminal_leaves_it_as_it_was(environ: dict[str, str]) -> None:
    with silent() as peer:
        variables = variables_of(peer.address, "octocat", NOBODYS, "TEAM")
        with Terminal([*PROGRAM, "report"], environ | variables) as terminal:
            terminal.read_until(b"0 of 1 sets checked")
            terminal.type(b"\x03")
            assert terminal.ended(1) == 130
            assert b"interrupted" in terminal.output
            assert_restored(terminal)


def test_it_is_seen_where_standard_error_leads_elsewhere(environ: dict[str, str], tmp_path: Path) -> None:
    elsewhere = ("sh", "-c", f'exec "$@" 2>{tmp_path}/notices', "sh")
    with Terminal([*elsewhere, *PROGRAM, "--no-images"], environ) as terminal:
        terminal.read_until(b"Run again")
        terminal.type(b"q")
        assert terminal.ended(2) == 1
        assert_restored(terminal)
    assert (tmp_path / "notices").read_bytes() == b""
