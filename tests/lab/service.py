"""Owns the lab's long-running children: a log file, an early end noticed, a clean stop.

A child gets a session of its own, and TERM from the kernel when the thread that started it ends: a killed
test run leaves no daemon behind. So start services in a thread that lives as long as they do.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from tests.lab.programs import program
from tests.lab.waiting import wait_for

T = TypeVar("T")

STOP_SECONDS = 10.0


class Service:
    """One child process; `launch` is put before its command (to run it in a namespace)."""

    def __init__(
        self,
        command: Sequence[str],
        folder: str,
        environment: Mapping[str, str],
        launch: Sequence[str] = (),
    ) -> None:
        self.name = os.path.basename(command[0])
        self.out_file = os.path.join(folder, "stdout.log")
        self.err_file = os.path.join(folder, "stderr.log")
        with open(self.out_file, "wb") as out, open(self.err_file, "wb") as err:
            self.process = subprocess.Popen(
                [*launch, program("setpriv"), "--pdeathsig", "TERM", "--", *command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                env=dict(environment),
                cwd=folder,
                start_new_session=True,
            )

    def out(self) -> str:
        return _read(self.out_file)

    def err(self) -> str:
        return _read(self.err_file)

    def wait_until(self, what: str, condition: Callable[[], T | None], seconds: float) -> T:
        """Waits for a sign of life; RuntimeError, with its log, when the service ends before it."""

        def still_running() -> T | None:
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.name} ended with {self.process.returncode}\n{self._tail()}")
            return condition()

        return wait_for(f"{self.name}: {what}", still_running, seconds, self._tail)

    def stop(self) -> None:
        """Asks it to end, and ends what is left of its process group."""
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(STOP_SECONDS)

    def _tail(self) -> str:
        return (self.out() + self.err())[-3000:]


def _read(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()
