"""Owns what is remembered of many cases: how many there were, how they failed, and which took longest."""

from __future__ import annotations

import heapq
import json
import traceback
from dataclasses import dataclass, field

from tests.fuzz.parser import LIMIT, Parser, TooSlowError, check, seconds

_SLOWEST = 20
_SUSPECTS = 200
"""Cases over the limit that are kept, to be looked at again: as a rule they have one reason."""


@dataclass
class Outcome:
    """What came of many cases of one parser."""

    cases: int = 0
    crashes: dict[str, bytes] = field(default_factory=dict)
    """By what was raised and where, the smallest case."""
    slowest: list[tuple[float, bytes]] = field(default_factory=list)
    """The longest in this process, which may be slower than others: a heap."""
    suspects: list[bytes] = field(default_factory=list)

    def run(self, parser: Parser, case: bytes) -> None:
        """Read one case more."""
        self.cases += 1
        try:
            spent = seconds(parser, case)
        except Exception as error:
            self._note(_place(error), case)
            return
        if spent > LIMIT and len(self.suspects) < _SUSPECTS:
            self.suspects.append(case)
        if len(self.slowest) < _SLOWEST:
            heapq.heappush(self.slowest, (spent, case))
        else:
            heapq.heappushpop(self.slowest, (spent, case))

    def judge(self, parser: Parser) -> float:
        """Read again what took longest: the longest time, in this process. What takes too long is a crash."""
        longest = 0.0
        for case in {*self.suspects, *(case for _, case in self.slowest)}:
            try:
                longest = max(longest, check(parser, case))
            except TooSlowError as error:
                self._note("TooSlowError", case)
                longest = max(longest, error.seconds)
            except Exception as error:
                self._note(_place(error), case)
        return longest

    def _note(self, what: str, case: bytes) -> None:
        if what not in self.crashes or len(case) < len(self.crashes[what]):
            self.crashes[what] = case

    def dump(self) -> str:
        """All of it as a text."""
        return json.dumps(
            {
                "cases": self.cases,
                "crashes": {what: case.hex() for what, case in self.crashes.items()},
                "slowest": [(spent, case.hex()) for spent, case in self.slowest],
                "suspects": [case.hex() for case in self.suspects],
            }
        )

    @classmethod
    def load(cls, text: str) -> Outcome:
        """What was dumped."""
        told = json.loads(text)
        return cls(
            told["cases"],
            {what: bytes.fromhex(case) for what, case in told["crashes"].items()},
            [(spent, bytes.fromhex(case)) for spent, case in told["slowest"]],
            [bytes.fromhex(case) for case in told["suspects"]],
        )


def _place(error: Exception) -> str:
    """What was raised, and by which line of regdoctor, or else of the promise that was not kept."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/regdoctor/" in frame.filename and "/tests/" not in frame.filename]
    last = (own or frames)[-1]
    return f"{type(error).__name__} at {last.filename.rpartition('/')[2]}:{last.lineno}"
