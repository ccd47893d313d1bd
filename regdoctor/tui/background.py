"""Work that may wait, off the thread that draws."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from regdoctor.crash import kind_and_place

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class Done(Message):
    """Work in the background has ended."""

    task: object
    """What it was started for."""
    result: object = None
    failure: str | None = None
    """In words, where it could not be done."""


def in_background(task: object, work: Callable[[], object], post: Callable[[Message], object]) -> None:
    """Do something in a daemon thread, the one kind that keeps nobody from leaving, and post `Done`."""

    def run() -> None:
        try:
            done = Done(task, work())
        except OSError as error:
            done = Done(task, failure=error.strerror or type(error).__name__)
        except Exception as error:  # a fault of ours costs this one answer
            done = Done(task, failure=f"a fault in regdoctor: {kind_and_place(error)}")
        try:
            post(done)
        except RuntimeError:
            return  # the app was left meanwhile

    threading.Thread(target=run, daemon=True, name="regdoctor-background").start()
