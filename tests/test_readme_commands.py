"""The commands of the README, each run as it stands there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from regdoctor import __version__
from tests.lab import handlers
from tests.lab.interpreter import PACKAGES
from tests.lab.programs import plain_environment, require
from tests.lab.pseudo_terminal import Terminal as Typed
from tests.lab.scripted import Answer, ScriptedRegistry
from tests.lab.terminal import Terminal
from tests.live.running import NO_ENGINE, NOBODYS, variables_of
from tests.schema import validate

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
FIRST, *REST = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
LINES = [line.split(" #")[0].strip() for block in REST for line in block.splitlines()]
BIN = Path(sys.executable).parent
TRIED = "regdoctor try ghcr.io --user octocat"
SAID = {
    "regdoctor": ("TEAM", "0 errors"),
    "regdoctor report": ("TEAM", "0 errors"),
    "regdoctor explain build.log": ("tls-unknown-ca", "line 2"),
    "regdoctor causes": ("bad-credentials", "server-has-path"),
    "regdoctor causes server-has-path": ("server-has-path",),
    "regdoctor report --format github": ("::group::",),
    "regdoctor report --format json --output report.json": (),
    "regdoctor report --schema": ('"$schema"',),
    "regdoctor summarize reports/*.json": ("2 reports",),
}
"""What each of them prints, where the registry of a set takes its password and no other can be reached."""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "build.log").write_text(
        '#1 load\nError response from daemon: Get "https://registry.example.com/v2/": tls: failed to verify '
        "certificate: x509: certificate signed by unknown authority\n"
    )
    return plain_environment(
        str(tmp_path), PATH=f"{BIN}:{os.defpath}", DOCKER_HOST=NO_ENGINE, HTTPS_PROXY="http://127.0.0.1:1"
    )


def shell(command: str, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", command],
        cwd=environ["HOME"],
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_these_are_all() -> None:
    assert set(LINES) - {"tests/run", TRIED} == set(SAID)


@pytest.mark.parametrize("command", SAID)
def test_a_command_says_what_the_readme_says_of_it(
    command: str, environ: dict[str, str], tmp_path: Path
) -> None:
    with ScriptedRegistry(handlers.basic({"octocat": NOBODYS})) as registry:
        environ |= variables_of(registry.address, "octocat", NOBODYS, "TEAM")
        (tmp_path / "reports").mkdir()
        for number in range(2):
            shell(f"regdoctor report --format json --output reports/{number}.json", environ)
        done = shell(command, environ)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    for words in SAID[command]:
        assert words in done.stdout
    if "report.json" in command:
        validate(json.loads((tmp_path / "report.json").read_text()))


def test_values_are_tried_with_a_password_that_is_asked_for(environ: dict[str, str]) -> None:
    assert TRIED in LINES
    with Typed(["bash", "-c", TRIED], environ | {"TERM": "xterm"}) as terminal:
        terminal.read_until(b"assword")
        terminal.type(f"{NOBODYS}\n".encode())
        assert terminal.ended(10) == 1
    assert b"proxy-error" in terminal.output
    assert NOBODYS.encode() not in terminal.output


def test_where_all_is_well_a_codespace_says_one_line(environ: dict[str, str]) -> None:
    (told,) = re.findall(r'"postAttachCommand": "(.*)"', README)
    with ScriptedRegistry(handlers.basic({"octocat": NOBODYS})) as registry:
        done = shell(told, environ | variables_of(registry.address, "octocat", NOBODYS, "TEAM"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1
    with ScriptedRegistry(lambda request: Answer(401)) as registry:
        done = shell(told, environ | variables_of(registry.address, "octocat", NOBODYS, "TEAM"))
    assert done.returncode == 1
    assert done.stdout.count("\n") > 5


def test_the_wheel_is_called_as_the_readme_calls_it() -> None:
    assert f"./regdoctor-{__version__}-py3-none-any.whl`" in README


def test_the_first_command_ends_in_the_demo(tmp_path: Path) -> None:
    require("tmux")
    (command,) = FIRST.splitlines()
    clone = tmp_path / "clone"
    clone.mkdir()
    for name in ("pyproject.toml", "README.md", "regdoctor", ".github"):
        copied = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copied(ROOT / name, clone / name)
    # What it depends on, and what builds it, is taken from here, as no test asks for anything from afar.
    environ = plain_environment(
        str(tmp_path),
        PIP_NO_DEPS="1",
        PIP_NO_BUILD_ISOLATION="0",
        PIP_NO_INDEX="1",
        PYTHONPATH=PACKAGES,
        PATH=f"{Path(sys.executable).resolve().parent}:{os.defpath}",
    )
    terminal = Terminal(str(tmp_path), cwd=str(clone), environ=environ)
    try:
        terminal.type(command, "Enter")
        terminal.until("regdoctor demo", "errors", "checked in", "Run again")
        terminal.type("q")
        terminal.until("Successfully installed")
    finally:
        terminal.tmux("kill-server")
    assert (clone / ".venv/bin/regdoctor").exists()
