"""When this codespace was started: the age of its first process.

https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html (starttime) and proc_stat.5.html (btime).
"""

from __future__ import annotations

import os
import time


def started_at(proc: str = "/proc") -> float | None:
    """Seconds since the epoch; None where the system does not tell."""
    try:
        with open(f"{proc}/1/stat", encoding="ascii", errors="replace") as stream:
            # The program's name stands in parentheses and may hold anything: counted from behind it.
            ticks = int(stream.read(4096).rpartition(")")[2].split()[19])
        with open(f"{proc}/stat", encoding="ascii", errors="replace") as stream:
            booted = next(int(line.split()[1]) for line in stream if line.startswith("btime "))
        return booted + ticks / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, StopIteration):
        return None


def as_github_says(moment: float | None) -> str | None:
    """A moment in the form of a secret's `updated_at`, with which it can be compared."""
    return None if moment is None else time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(moment))
