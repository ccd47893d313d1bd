"""Whole processes, timed in turns so that a noisy moment meets all of them alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.lab.interpreter import new_environment

ROOT = Path(__file__).parent.parent.parent
ROUNDS = 7
"""How often each process is run; what is told are medians. One round more warms the caches."""


@dataclass(frozen=True)
class Process:
    """A command, its environment beside PATH, and what it reads."""

    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    stdin: str = ""


def measure(*processes: Process, rounds: int = ROUNDS) -> list[float]:
    """Seconds of wall time of each process."""
    return _medians(run, processes, rounds)


def measure_memory(*processes: Process, rounds: int = ROUNDS) -> list[float]:
    """Megabytes that each process has at its peak."""
    return _medians(_run_for_memory, processes, rounds)


def _medians(figure: Callable[[Process], float], processes: tuple[Process, ...], rounds: int) -> list[float]:
    measured: list[list[float]] = [[] for _ in processes]
    for _ in range(rounds + 1):
        for process, found in zip(processes, measured, strict=True):
            found.append(figure(process))
    return [statistics.median(found[1:]) for found in measured]


def run(process: Process) -> float:
    """Seconds of one run; raises `RuntimeError` if it fails."""
    start = time.perf_counter()
    _run(process.command, process)
    return time.perf_counter() - start


_WEIGHED = """
import os, sys
pid = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(pid, 0)
with open(sys.argv[1], "w") as file:
    file.write(str(used.ru_maxrss))
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""Runs a command for its peak. A process begins with the peak of its parent, so that this one is small."""


def _run_for_memory(process: Process) -> float:
    with tempfile.NamedTemporaryFile() as told:
        _run([sys.executable, "-I", "-S", "-c", _WEIGHED, told.name, *process.command], process)
        return int(Path(told.name).read_text()) / 1024


def _run(command: Sequence[str], process: Process) -> None:
    done = subprocess.run(
        command,
        env={"PATH": os.environ["PATH"], "HOME": tempfile.gettempdir(), **process.environment},
        input=process.stdin.encode(),
        cwd=tempfile.gettempdir(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        words = done.stdout.decode("utf-8", "replace")[-2000:]
        raise RuntimeError(f"{process.command} ended with {done.returncode}:\n{words}")


@contextmanager
def installed() -> Iterator[tuple[str, str]]:
    """regdoctor as a user installs it, compiled: the Python of its environment, and its console script.

    What it depends on is taken from the environment of this process.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        python = str(new_environment(Path(folder)))
        pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps"]
        subprocess.run([*pip, "--disable-pip-version-check", str(ROOT)], check=True)
        yield python, os.path.join(folder, "bin", "regdoctor")
