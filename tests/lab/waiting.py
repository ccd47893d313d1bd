"""Owns waiting: every wait of the lab goes through here and has a deadline."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_for(
    what: str, condition: Callable[[], T | None], seconds: float, details: Callable[[], str] = lambda: ""
) -> T:
    """Asks until the answer is neither None nor False; TimeoutError, with the details, after the deadline."""
    deadline = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer is not None and answer is not False:
            return answer
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds:g} s\n{details()}".rstrip())
        time.sleep(0.01)
