"""Owns the pseudo-terminal: a program that sits in front of a terminal of its own, which can be looked at."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

_SIZE = struct.pack("HHHH", 24, 80, 0, 0)


class Terminal:
    """A program in a terminal of 80×24."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str]) -> None:
        self._command = list(command)
        self._environ = dict(environ)
        self.output = b""
        """All that was written to the terminal so far."""

    def __enter__(self) -> Self:
        self._master, self._slave = pty.openpty()
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, _SIZE)
        self.modes_before = self.modes()
        slave = self._slave
        self.program = subprocess.Popen(
            self._command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=self._environ,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0) and None,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.program.kill()
        self.program.wait()
        for each in (self._master, self._slave):
            with contextlib.suppress(OSError):
                os.close(each)

    def modes(self) -> list[Any]:
        """How the terminal treats what is typed: whether it echoes it, and makes signals of it."""
        return termios.tcgetattr(self._slave)

    @property
    def echoes(self) -> bool:
        """Whether what is typed can be seen."""
        return bool(self.modes()[3] & termios.ECHO)

    def type(self, keys: bytes) -> None:
        os.write(self._master, keys)

    def read(self, seconds: float) -> None:
        """Take what is written, for some time or until the program has ended."""
        end = time.monotonic() + seconds
        while True:
            readable, _, _ = select.select([self._master], [], [], 0.02)
            if readable:
                self.output += os.read(self._master, 65536)
            elif self.program.poll() is not None or time.monotonic() > end:
                return
            if time.monotonic() > end:
                return

    def read_until(self, text: bytes, seconds: float = 20.0) -> None:
        """Take what is written until some text is."""
        end = time.monotonic() + seconds
        while text not in self.output:
            if time.monotonic() > end or self.program.poll() is not None:
                raise AssertionError(f"{text!r} was not written: {self.output[-2000:]!r}")
            self.read(0.05)

    def signal(self, number: signal.Signals) -> None:
        self.program.send_signal(number)

    def ended(self, seconds: float) -> int:
        """The exit code of the program, which has to end in time."""
        self.read(seconds)
        return self.program.wait(0.1)

    def hang_up(self) -> None:
        """Close the terminal, as a window is closed."""
        os.close(self._slave)
        os.close(self._master)
