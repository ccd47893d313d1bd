"""How long something may still take, and how to stop waiting for what knows no deadline."""

from __future__ import annotations

import threading
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    Result = TypeVar("Result")


class Deadline:
    """A moment after which nobody waits any more. Seconds throughout."""

    def __init__(self, at: float, cut: threading.Event | None = None) -> None:
        self._at = at
        self._cut = cut or threading.Event()
        """Shared with the deadlines that were made from this one."""

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """The moment so many seconds from now."""
        return cls(time.monotonic() + seconds)

    def left(self) -> float:
        """Seconds left; never negative."""
        return 0.0 if self._cut.is_set() else max(0.0, self._at - time.monotonic())

    def cut(self) -> None:
        """Let the moment be now, for whatever was made from this deadline too."""
        self._cut.set()

    @property
    def passed(self) -> bool:
        """Whether it is too late."""
        return self.left() <= 0

    def within(self, seconds: float) -> Deadline:
        """This deadline, or one so many seconds from now if that is sooner."""
        return Deadline(min(self._at, time.monotonic() + seconds), self._cut)


def run_within(deadline: Deadline, work: Callable[[], Result]) -> Result:
    """The result of a blocking call that has no deadline of its own; TimeoutError when time is up.

    The call goes on in a daemon thread, which is the only kind that does not keep the process from ending.
    """
    outcome: list[tuple[bool, Result | BaseException]] = []

    def run() -> None:
        try:
            outcome.append((True, work()))
        except BaseException as error:  # handed over to the waiting thread below
            outcome.append((False, error))

    thread = threading.Thread(target=run, daemon=True, name="regdoctor-probe")
    thread.start()
    thread.join(deadline.left())
    if not outcome:
        raise TimeoutError
    succeeded, value = outcome[0]
    if succeeded:
        return value  # type: ignore[return-value]  # the flag says which of the two it is
    assert isinstance(value, BaseException)
    raise value
