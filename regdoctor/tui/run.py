"""A diagnosis on its way, consumed in a thread of its own, so that the app never waits for the network."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from textual.message import Message

from regdoctor.crash import kind_and_place
from regdoctor.settings import Target

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from regdoctor.model import Event

PATIENCE = 5.0
"""Seconds of a run after which it is said what it waits for."""


class Examiner(Protocol):
    """What the app needs of a `Diagnosis`."""

    def run(self) -> Iterator[Event]:
        """Everything that happens, as it happens."""
        ...

    def waiting_for(self) -> tuple[str, ...]:
        """What the unfinished sets are busy with."""
        ...

    def cancel(self) -> None:
        """Have `run` come to its end with what is known."""
        ...


if TYPE_CHECKING:
    Diagnose = Callable[[Target], Examiner]
    """What makes a diagnosis of a target."""


class Run:
    """One run over a target."""

    @dataclass
    class Progressed(Message):
        """Something happened in a run; its events wait in `run.take()`."""

        run: Run

    @dataclass
    class Failed(Message):
        """A run broke off by a fault of ours."""

        run: Run
        what: str

    def __init__(
        self, number: int, target: Target, diagnose: Diagnose, post: Callable[[Message], object]
    ) -> None:
        self.number = number
        self.target = target
        self._diagnose = diagnose
        self._post = post
        self._diagnosis: Examiner | None = None
        self._began = time.monotonic()
        self._events: list[Event] = []
        self._lock = threading.Lock()
        self._silent = threading.Event()
        self._cancelled = threading.Event()

    def start(self) -> None:
        """Begin, in the background."""
        # Only a daemon thread lets the process end while a peer stays silent.
        threading.Thread(target=self._consume, daemon=True, name=f"regdoctor-run-{self.number}").start()

    def take(self) -> tuple[Event, ...]:
        """The events since the last time. Many come as one, so that a flood costs few repaints."""
        with self._lock:
            events = tuple(self._events)
            self._events.clear()
        return events

    def waiting_for(self) -> tuple[str, ...]:
        """What it waits for, once that takes longer than one likes to wait."""
        if self._diagnosis is None or time.monotonic() - self._began < PATIENCE:
            return ()
        return self._diagnosis.waiting_for()

    def cancel(self) -> None:
        """Have it end soon, with what it knows."""
        self._cancelled.set()
        if self._diagnosis is not None:
            self._diagnosis.cancel()

    def silence(self) -> None:
        """Have it end unheard; nobody wants to know any more."""
        self._silent.set()
        self.cancel()

    def _consume(self) -> None:
        try:
            self._diagnosis = self._diagnose(self.target)
            if self._cancelled.is_set():
                self._diagnosis.cancel()
            for event in self._diagnosis.run():
                self._hand_over(event)
        except Exception as error:  # whatever broke, the app stays and says so
            self._tell(Run.Failed(self, kind_and_place(error)))

    def _hand_over(self, event: Event) -> None:
        with self._lock:
            self._events.append(event)
            first = len(self._events) == 1
        if first:
            self._tell(Run.Progressed(self))

    def _tell(self, message: Message) -> None:
        if self._silent.is_set():
            return
        try:
            self._post(message)
        except RuntimeError:
            # The app's event loop is closed: it was left between the test above and here.
            self._silent.set()


class Runs:
    """The runs that are going on: one over all sets at the most, and any number over single ones."""

    def __init__(self, diagnose: Diagnose, post: Callable[[Message], object]) -> None:
        self._diagnose = diagnose
        self._post = post
        self._going_on: dict[int, Run] = {}
        self._last = 0

    def start(self, target: Target) -> int:
        """Begin a run; one over everything takes the place of all others. The result is its number."""
        if target.everything:
            for other in self._going_on.values():
                other.silence()
            self._going_on.clear()
        self._last += 1
        run = self._going_on[self._last] = Run(self._last, target, self._diagnose, self._post)
        run.start()
        return run.number

    def cancel(self) -> None:
        """Have all end soon."""
        for run in self._going_on.values():
            run.cancel()

    def keep(self, numbers: Collection[int]) -> bool:
        """Forget the runs that have ended; whether any is left."""
        self._going_on = {number: run for number, run in self._going_on.items() if number in numbers}
        return bool(self._going_on)

    def waiting_for(self) -> tuple[str, ...]:
        """What they wait for."""
        return tuple(phrase for run in self._going_on.values() for phrase in run.waiting_for())
