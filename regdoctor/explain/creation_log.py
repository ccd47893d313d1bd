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

        Raises `OSError`, and TimeoutError where it has no end before the deadline. A pipe may keep it waiting
        for longer, and so may a look through what was read, which then serves the next who asks.
        """
        if self._told is None:
            servers, _ = known_to(self._variables, {})
            with open(self.path, "rb", buffering=0) as stream:
                end, before = _end_of(stream, deadline)
            told = explain(io.BytesIO(end), servers=servers, clean=clean, first=before + 1)
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
    """The last bytes of a stream, and the number of lines that end before them."""
    end, lines = bytearray(), 0
    while chunk := stream.read(_CHUNK):
        if deadline.passed:
            raise TimeoutError
        end += chunk
        if len(end) >= 2 * _TAIL:
            lines += _cut(end)
    lines += _cut(end)
    return bytes(end), lines


def _cut(end: bytearray) -> int:
    """Take away what is not looked through; the number of lines that were."""
    at = max(0, len(end) - _TAIL)
    lines = end.count(b"\n", 0, at)
    del end[:at]
    return lines
