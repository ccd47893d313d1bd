"""The app when it breaks, or is watched by the tools of Textual: nothing that it holds is shown."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.secrets.credentials import Maker
from tests.secrets.program import environment, run
from tests.secrets.traces import traces

SECONDS = 60.0
BROKEN = """
import asyncio, threading
from textual.widgets import Static
from regdoctor import cli
from regdoctor.tui.app import RegdoctorApp
from tests.tui.scripted import Scripted, ill, story

WORDS = {words!r}

class Loud(RuntimeError):
    def __rich__(self):
        return WORDS

def fail(*_, kind=RuntimeError):
    passphrase = WORDS
    held = {{"password": passphrase}}
    try:
        raise KeyError(passphrase)
    except KeyError as before:
        raise kind(passphrase) from before

class Bad(Static):
    def render(self):
        fail()

class Broken(RegdoctorApp):
    def start_run(self, target):
        {how}

def open_app(*_):
    app = Broken(lambda target: Scripted(*story(ill("A"))), lambda stream: ())
    app.run(headless=True)
    return app.return_code

cli._dispatch = open_app
print("code", cli.run([]))
"""
WAYS = {
    "in a handler": "fail()",
    "with a face of its own": "fail(kind=Loud)",
    "in a widget": "self.screen.mount(Bad())",
    "in a timer": "self.set_timer(0.01, fail)",
    "later": "self.call_later(fail)",
    "after the next frame": "self.call_after_refresh(fail)",
    "in a worker": "self.run_worker(asyncio.to_thread(fail))",
    "in a thread of a worker": "self.run_worker(fail, thread=True)",
    "in a task": "self.task = asyncio.create_task(asyncio.to_thread(fail)); self.set_timer(0.3, self.exit)",
    "in a callback of the loop": "asyncio.get_running_loop().call_soon(fail); self.set_timer(0.3, self.exit)",
    "in a thread": "threading.Thread(target=fail).start(); self.set_timer(0.3, self.exit)",
    "in a style": "self.screen.styles.width = WORDS",
    "in markup": "self.screen.mount(Static('[' + WORDS + '=')); self.set_timer(0.3, self.exit)",
    "in an action": "self.call_later(self.run_action, 'fail(' + repr(WORDS)); self.set_timer(0.3, self.exit)",
    "in a query": "self.screen.query_one('#' + 'x' * 9 + ' ' + WORDS)",
    "in the reader of the terminal": "self.panic(WORDS)",
}


@pytest.fixture
def make(request: pytest.FixtureRequest) -> Maker:
    return Maker(request.node.name)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "run"
    made.mkdir()
    return made


@pytest.mark.parametrize("how", WAYS.values(), ids=WAYS.keys())
@pytest.mark.parametrize("tools", ["", "debug,devtools"])
def test_a_crash_shows_nothing_that_the_app_held(make: Maker, folder: Path, how: str, tools: str) -> None:
    words = f"{make.word('word')} {make.github('token')} {make.password('password')}"
    environ = {"TEXTUAL": tools, "TEXTUAL_LOG": str(folder / "log"), "TEXTUAL_DEBUG": "1"} if tools else {}
    program = ("-c", BROKEN.format(words=words, how=how))
    ended = run(folder, environ=environ, program=program, python=("-X", "dev") if tools else ())
    assert b"code" in ended.stdout, ended.stderr[-2000:]
    assert ended.files == []
    assert traces(make.made, ended.stdout + b"\n" + ended.stderr) == {}
    assert b"Traceback (most" not in ended.stderr
    if "exit" not in how:
        assert b"regdoctor crashed" in ended.stderr
        assert b"code 0" not in ended.stdout


TYPING = """
import asyncio, sys
from regdoctor.tui.app import RegdoctorApp
from tests.tui.scripted import Scripted, ill, story

app = RegdoctorApp(lambda target: Scripted(*story(ill("A"))), lambda stream: ())
app.run()
"""


class Terminal:
    """A terminal of 100×40, in which the program is typed into."""

    def __init__(self, folder: Path, environ: dict[str, str]) -> None:
        self.output = b""
        self._master, slave = pty.openpty()
        termios.tcsetwinsize(slave, (40, 100))
        self.process = subprocess.Popen(
            [sys.executable, "-c", TYPING],
            cwd=folder,
            env={**environment(folder, environ), "TERM": "xterm-256color"},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)

    def type(self, text: str) -> None:
        os.write(self._master, text.encode())

    def until(self, text: str, times: int = 1) -> None:
        """Read until some words have been drawn, so often, whatever colours they have."""
        limit = time.monotonic() + SECONDS
        while self.drawn.count(text) < times:
            if time.monotonic() > limit or not self.read(0.1):
                raise AssertionError(f"{text!r} not shown: {self.output[-3000:]!r}")

    @property
    def drawn(self) -> str:
        """What has been drawn, without the escape sequences."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.output.decode("utf-8", "replace"))

    def read(self, seconds: float) -> bool:
        """Read for a while; whether the program is still there."""
        if select.select([self._master], [], [], seconds)[0]:
            try:
                self.output += os.read(self._master, 1 << 16)
            except OSError:  # the other side was closed
                return False
        return self.process.poll() is None

    def close(self) -> None:
        limit = time.monotonic() + SECONDS
        while self.read(0.05) and time.monotonic() < limit:
            pass
        self.process.kill()
        self.process.wait()
        with contextlib.suppress(OSError):
            os.close(self._master)


@pytest.mark.parametrize(
    "tools",
    [
        {},
        {"TEXTUAL": "debug"},
        {"TEXTUAL": "debug,devtools", "TEXTUAL_LOG": "{folder}/log", "TEXTUAL_DEBUG": "1"},
        {"PYTHONDEVMODE": "1", "PYTHONASYNCIODEBUG": "1", "LOUD": "1"},
    ],
    ids=["alone", "debug", "logged", "loud"],
)
def test_a_password_that_is_typed_is_neither_shown_nor_written(
    make: Maker, folder: Path, tools: dict[str, str]
) -> None:
    word, pasted = make.word("typed"), make.word("pasted")
    environ = {name: value.format(folder=folder) for name, value in tools.items()}
    terminal = Terminal(folder, environ)
    try:
        terminal.until("Run again")
        terminal.type("w")
        terminal.until("Enter tests these values.")
        terminal.type("\t\t")
        terminal.type(word)
        terminal.type(f"\x1b[200~{pasted}\x1b[201~")
        terminal.until("•", len(word + pasted))
        terminal.type("\x03\x11")
    finally:
        terminal.close()
    written = [path for path in folder.rglob("*") if path.is_file()]
    assert written == []
    assert traces(make.made, terminal.output) == {}
    assert terminal.process.returncode == 0
