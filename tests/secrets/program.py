"""Owns running the program under the eyes of a witness: what it printed, wrote, started and connected to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SECONDS = 90


PLAIN = frozenset(
    (
        *("PATH", "HOME", "TMPDIR", "LANG", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONFAULTHANDLER"),
        *("DOCKER_HOST", "WITNESS", "LC_CTYPE"),
    )
)
"""The variables that every run has."""


@dataclass(frozen=True)
class Run:
    """One run, as an onlooker sees it."""

    code: int
    stdout: bytes
    stderr: bytes
    events: list[tuple[str, list[Any]]]
    """What the witness noted: the names of audit events and their arguments."""
    folder: Path
    given: frozenset[Path] = field(default_factory=frozenset)
    """The files that were there before."""

    @property
    def files(self) -> list[Path]:
        """The files that were not there before the run."""
        return [path for path in self.folder.rglob("*") if path.is_file() and path not in self.given]

    @property
    def opened_to_write(self) -> list[str]:
        """The files that were opened to be written to."""
        return [str(arguments[0]) for event, arguments in self.events if event == "open"]

    @property
    def started(self) -> list[list[Any]]:
        """The programs that were started: path, arguments, folder, environment."""
        return [arguments for event, arguments in self.events if event == "subprocess.Popen"]

    @property
    def everything(self) -> bytes:
        """All that left the program, but what went to a peer: printed, written, noted by the witness."""
        written = [path.read_bytes() for path in self.files]
        noted = "\n".join(f"{event} {arguments}" for event, arguments in self.events)
        noted += "\n".join(str(each) for _, arguments in self.events for each in _flat(arguments))
        return b"\n".join((self.stdout, self.stderr, *written, noted.encode("utf-8", "backslashreplace")))


def environment(folder: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """A plain environment with a witness in it."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TMPDIR": str(home),
        "LANG": "C.UTF-8",
        "PYTHONPATH": f"{HERE / 'witness'}{os.pathsep}{ROOT}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONFAULTHANDLER": "1",
        "DOCKER_HOST": "unix:///nonexistent.sock",
        **environ,
    }


def run(
    folder: Path,
    *arguments: str,
    environ: Mapping[str, str],
    python: Sequence[str] = (),
    program: Sequence[str] = ("-m", "regdoctor"),
    stdin: bytes | None = None,
    during: Callable[[subprocess.Popen[bytes]], None] = lambda process: None,
    **streams: Any,
) -> Run:
    """Run the program to its end, in a folder of its own, whose files are searched afterwards."""
    log = folder.parent / f"{folder.name}.witness"
    log.unlink(missing_ok=True)
    complete = {**environment(folder, environ), "WITNESS": str(log)}
    given = frozenset(path for path in folder.rglob("*") if path.is_file())
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    process = subprocess.Popen(
        [sys.executable, *python, *program, *arguments],
        cwd=folder,
        env=complete,
        stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
        **streams,
    )
    try:
        during(process)
        out, err = process.communicate(stdin, timeout=SECONDS)
    finally:
        process.kill()
    lines = log.read_text("utf-8").splitlines() if log.exists() else []
    events = [(event, arguments) for event, arguments in map(json.loads, lines)]
    return Run(process.returncode, out or b"", err or b"", events, folder, given)


def _flat(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [each for pair in value.items() for part in pair for each in _flat(part)]
    if isinstance(value, list):
        return [each for part in value for each in _flat(part)]
    return [value]
