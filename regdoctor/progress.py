"""What a run says of itself on standard error while a report is in the making."""

from __future__ import annotations

import contextlib
import sys
import threading

from regdoctor.model import CheckStarted, ImageFinished, ImagesFound, SetFinished
from regdoctor.output import is_terminal, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regdoctor.diagnosis import Diagnosis
    from regdoctor.model import Event

_SLOW = 5.0
"""Seconds after which a run says what it waits for."""


class Progress:
    """How far a run is, on a terminal; and what keeps it, wherever it goes."""

    def __init__(self, diagnosis: Diagnosis) -> None:
        self._diagnosis = diagnosis
        self._live = is_terminal(sys.stderr)
        self._done: set[object] = set()
        self._images = 0
        self._timer = threading.Timer(_SLOW, self._name_the_slow)
        self._timer.daemon = True

    def __enter__(self) -> Progress:
        if not self._diagnosis.settings.offline:
            self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self._live:
            _redraw("")

    def show(self, event: Event) -> None:
        """Redraw the one line that a terminal shows."""
        if isinstance(event, SetFinished):
            self._done.add(event.result.secret_set.id)
        elif isinstance(event, ImageFinished):
            self._done.add(event.result.image)
        elif isinstance(event, ImagesFound):
            self._images = len(event.images)
        if self._live and isinstance(event, CheckStarted | SetFinished | ImagesFound | ImageFinished):
            doing = ", ".join(self._diagnosis.waiting_for())[:50]
            all_of_them = len(self._diagnosis.sets) + self._images
            what = "sets and images" if self._images else "sets"
            _redraw(f"{len(self._done)} of {all_of_them} {what} checked  {doing}")

    def _name_the_slow(self) -> None:
        waiting = self._diagnosis.waiting_for()
        if waiting:
            if self._live:
                _redraw("")
            say(f"regdoctor: still waiting for {', '.join(waiting)[:400]}")


def _redraw(line: str) -> None:
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()
