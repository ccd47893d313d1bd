"""The log of a codespace's creation, and what it adds to a report.

Codespaces keeps it where `gh codespace logs` reads it (cli/cli, pkg/cmd/codespace/logs.go).
"""

from __future__ import annotations

import io

from regdoctor.explain.surroundings import known_to
from regdoctor.explain.verdicts import explain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from regdoctor.model import Finding, Severity, Variables
    from regdoctor.probes.deadline import Deadline

PATH = "/workspaces/.codespaces/.persistedshare/creation.log"

_TAIL = 2 << 20
"""Bytes at the log's end that are looked through, which takes a second or less: the failure is there."""
_MOST = 1 << 30
"""Bytes of whatever is named as a log that are read at all."""
_CHUNK = 1 << 18


class CreationLog:
    """A log, which is read when somebody asks, and once."""

    def __init__(self, path: str, variables: Variables, *, failed: bool) -> None:
        """`failed` says that this machine is what a failed creation left; else the log tells of the past."""
        self.path = path
        self._variables = variables
        self._failed = failed
        self._told: tuple[Finding, ...] | None = None

    def findings(self, deadline: Deadline, clean: Callable[[str], str]) -> tuple[Finding, ...]:
        """What it tells of failures, as findings of no set; `clean` takes known secrets out of what is shown.

        Raises `OSError`, and TimeoutError at the deadline; a pipe can keep it waiting beyond that.
        """
        if self._told is None:
            servers, _ = known_to(self._variables, {})
            with open(self.path, "rb", buffering=0) as stream:
                end, before = _end_of(stream, deadline)
            told = explain(_Before(deadline, end), servers=servers, clean=clean, first=before + 1)
            if deadline.passed:
                raise TimeoutError
            self._told = tuple(
                self._of_the_past(each.finding, leads=each is told[0])
                for each in told
                if each.finding.cause != "unknown"
            )
        return self._told

    def _of_the_past(self, found: Finding, *, leads: bool) -> Finding:
        severity: Severity = "info"
        if self._failed:
            severity = "error" if leads else "warning"
        evidence = tuple(f"the creation log, {words}" for words in found.evidence)
        return found.but(severity=severity, evidence=evidence)


def _end_of(stream: BinaryIO, deadline: Deadline) -> tuple[bytes, int]:
    """The last bytes of a stream, from the start of a line on, and the number of lines before them."""
    end, lines, read = bytearray(), 0, 0
    while read < _MOST and (chunk := stream.read(_CHUNK)):
        if deadline.passed:
            raise TimeoutError
        read += len(chunk)
        end += chunk
        if len(end) >= 2 * _TAIL:
            lines += _cut(end)
    lines += _cut(end)
    return bytes(end), lines


def _cut(end: bytearray) -> int:
    """Take away what is not looked through; the number of lines that were."""
    at = max(0, len(end) - _TAIL)
    if at:
        at = end.find(b"\n", at) + 1 or at
    lines = end.count(b"\n", 0, at)
    del end[:at]
    return lines


class _Before:
    """Bytes that come to their end at a deadline."""

    def __init__(self, deadline: Deadline, content: bytes) -> None:
        self._deadline = deadline
        self._stream = io.BytesIO(content)

    def read(self, size: int = 1 << 16, /) -> bytes:
        return b"" if self._deadline.passed else self._stream.read(size)
