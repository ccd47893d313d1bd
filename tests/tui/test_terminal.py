"""The app in a real terminal of 80×24, from start to end."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.lab.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

if shutil.which("tmux") is None and not os.environ.get("CI"):
    pytest.skip("tmux is not installed", allow_module_level=True)


class AppTerminal(Terminal):
    """A terminal in which the app can be started."""

    def start(self, *, setting: str = "") -> None:
        """Start the app."""
        self.type("PS1='shell> '", "Enter")
        self.until("\nshell>")
        self.type(f"clear; {setting} {sys.executable} -m tests.tui.terminal_app", "Enter")
        self.until("✓ 1 ok", "✗ 1 error", "q Quit")


@pytest.fixture
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppTerminal]:
    terminal = AppTerminal(str(tmp_path_factory.mktemp("t")), cwd=ROOT)
    try:
        yield terminal
    finally:
        terminal.close()


def test_a_session_from_start_to_end(terminal: AppTerminal) -> None:
    terminal.start()
    lines = terminal.until("✓ ok      ACR", "✗ error   GHCR").splitlines()
    assert len(lines) == 24
    assert max(map(len, lines)) <= 80
    terminal.type("j")
    terminal.until("✗ error  User name or password refused", "✓ name <1 ms › ✓ dns 3 ms")
    terminal.type("Enter")
    terminal.until("esc Back")
    terminal.type("End")
    terminal.until("2. Stop this codespace")
    terminal.type("Escape")
    terminal.until("Enter Details")
    terminal.type("?")
    terminal.until("Show every key", "Test the chosen set again")
    terminal.type("Escape")
    terminal.until("✗ error   GHCR", without="Show every key")
    terminal.type("r")
    terminal.until("▸ running GHCR", "tls of ghcr.example.com", "✓ ok      ACR")
    start = time.monotonic()
    terminal.type("q")
    terminal.until("left with ACR=ok GHCR=error", "shell>", without="▸ running")
    assert time.monotonic() - start < 3.0, "the silent registry kept the process"


def test_other_values_are_tried_and_the_report_is_saved(terminal: AppTerminal, tmp_path: Path) -> None:
    terminal.start()
    terminal.type("j", "w")
    terminal.until("What if GHCR had other values?", "stored  ✗ error", "Enter Test")
    terminal.type("Tab", "octocat", "Tab", "a-new-password", "Enter")
    screen = terminal.until("now     ✓ ok      Login works", "These values work.")
    assert "a-new-password" not in screen
    terminal.type("Escape")
    terminal.until("✗ error   GHCR", "w What if")
    terminal.type("s")
    terminal.until("Save the report.")
    terminal.until("regdoctor-report.txt")
    terminal.type("C-u")
    terminal.until("│ file ")
    terminal.type(str(tmp_path / "report.txt"))
    terminal.until("report.txt")
    terminal.type("Enter")
    terminal.until("q Quit", without="Save the report.")
    terminal.until("Saved")
    report = (tmp_path / "report.txt").read_text()
    assert "GHCR" in report
    assert "password" in report
    assert "a-new-password" not in report


def test_a_command_reaches_the_clipboard_and_the_shell(terminal: AppTerminal) -> None:
    terminal.start()
    terminal.type("j", "y")
    terminal.until("Copied.")
    command = "gh secret set ACR_CONTAINER_REGISTRY_PASSWORD --app codespaces"
    assert terminal.tmux("show-buffer") == command
    terminal.type("Y")
    screen = terminal.until("Enter brings regdoctor back.", without="q Quit")
    assert command in screen.splitlines()
    terminal.type("Enter")
    terminal.until("✓ ok      ACR", "✗ error   GHCR", "q Quit")


def test_a_text_that_is_pasted_is_explained(terminal: AppTerminal) -> None:
    terminal.start()
    terminal.type("e")
    terminal.until("Paste the failure")
    terminal.tmux("set-buffer", "$ docker ps\nbash: docker: command not found\n")
    terminal.tmux("paste-buffer", "-p")
    terminal.until("line 2 · confidence")


def test_the_layout_follows_the_terminal_at_any_moment(terminal: AppTerminal) -> None:
    terminal.start()
    terminal.tmux("resize-window", "-x", "130", "-y", "40")
    lines = terminal.until("✗ error   GHCR", "│ ACR · vendor not known").splitlines()
    assert max(map(len, lines)) > 100
    terminal.type("j", "w")
    terminal.until("What if GHCR", "│ GHCR · vendor not known")
    for width, height in (("20", "5"), ("1", "1"), ("300", "90"), ("80", "24")):
        terminal.tmux("resize-window", "-x", width, "-y", height)
        time.sleep(0.1)
    terminal.until("What if GHCR had other values?", "stored  ✗ error", "Enter Test")
    terminal.type("Escape")
    terminal.until("✓ ok      ACR", "✗ error   GHCR", "q Quit")


def test_the_screen_is_drawn_again_after_a_visit_to_the_shell(terminal: AppTerminal) -> None:
    terminal.start()
    terminal.type("C-z")
    terminal.until("Stopped", without="q Quit")
    terminal.type("fg", "Enter")
    terminal.until("✓ ok      ACR", "✗ error   GHCR", "q Quit", "regdoctor")
    terminal.type("C-c")
    terminal.until("left with ACR=ok GHCR=error", without="q Quit")


def test_no_color_means_none(terminal: AppTerminal) -> None:
    terminal.start()
    assert terminal.colours()
    terminal.type("q")
    terminal.until("left with")
    terminal.start(setting="NO_COLOR=1")
    assert terminal.colours() == []
