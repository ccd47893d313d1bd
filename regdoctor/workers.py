"""The threads of a run: so many things at a time, some of which have to wait for others."""

from __future__ import annotations

import threading
from collections import deque

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from regdoctor.probes.deadline import Deadline

    Work = Callable[[], None]


class Workers:
    """Does what is handed in, in its order, but never more than `limit` things at once.

    What has not begun at the deadline is not begun any more.
    """

    def __init__(self, limit: int, deadline: Deadline) -> None:
        self._limit = limit
        self._deadline = deadline
        self._lock = threading.Lock()
        self._ready: deque[Work] = deque()
        self._parked: list[tuple[set[str], Work]] = []
        self._done: set[str] = set()
        self._running = 0

    def submit(self, work: Work, after: Iterable[str] = ()) -> None:
        """Have something done, once everything that it comes after is said to be done. It must not raise."""
        with self._lock:
            missing = set(after) - self._done
            if missing:
                self._parked.append((missing, work))
            else:
                self._begin(work)

    def done(self, name: str) -> None:
        """Say that something is done, which others may be waiting for."""
        with self._lock:
            self._done.add(name)
            parked, self._parked = self._parked, []
            for missing, work in parked:
                missing.discard(name)
                if missing:
                    self._parked.append((missing, work))
                else:
                    self._begin(work)

    def _begin(self, work: Work) -> None:
        self._ready.append(work)
        if self._running < self._limit:
            self._running += 1
            in_thread(self._run)

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._ready or self._deadline.passed:
                    self._running -= 1
                    return
                work = self._ready.popleft()
            work()


def in_thread(work: Work) -> None:
    """Begin something that nobody waits for."""
    # Only daemon threads keep nobody waiting who wants to leave.
    threading.Thread(target=work, daemon=True, name="regdoctor-work").start()
