"""How the program ends when it is told to: by Ctrl+C, by SIGTERM, or by a terminal that goes away."""

from __future__ import annotations

import _thread
import contextlib
import os
import signal
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType
    from typing import NoReturn

INTERRUPTED, TERMINATED = 130, 143
CODES = {
    getattr(signal, name): code
    for name, code in (("SIGINT", INTERRUPTED), ("SIGTERM", TERMINATED), ("SIGHUP", TERMINATED))
    if hasattr(signal, name)
}
"""The signals, and the exit code that each leads to."""

PATIENCE = 0.8
"""Seconds in which what is known has to be told."""
_IN_ORDER = 2.0
"""Seconds in which somebody who was told of a signal has to end."""


class Terminated(BaseException):
    """The program was told to end, otherwise than by Ctrl+C."""


def leave_at_once() -> None:
    """Have a signal end the program without a word, as nothing is known yet.

    Not by an exception: raised in the midst of an import, one may come out as another, and with a traceback.
    """
    _on_signals(_leave)


@contextlib.contextmanager
def broken_off_by_signals() -> Iterator[None]:
    """Have a signal break off what is done in this context, by KeyboardInterrupt or `Terminated`.

    What is known can then be told, for which there is little time: further signals do nothing, as many come
    twice. Where none came, they do afterwards what they did before.
    """
    before = {number: signal.getsignal(number) for number in CODES}
    broken_off = False
    _on_signals(_break_off)
    try:
        yield
    except (KeyboardInterrupt, Terminated):
        broken_off = True
        raise
    finally:
        if not broken_off:
            for number, handler in before.items():
                _handle(number, handler)


def tell_of_signals(tell: Callable[[int], object]) -> None:
    """Have the exit code of a signal told to somebody who ends in order, as a terminal has to be restored."""

    def handle(number: int, frame: FrameType | None) -> None:
        end_within(_IN_ORDER, CODES[number])
        tell(CODES[number])

    _on_signals(handle)


def tell_of_hang_up(terminal: int, tell: Callable[[int], object]) -> None:
    """Have the same told when a terminal goes away without a signal.

    None comes to a program that ignores it, or whose controlling terminal this is not. What reads from a
    terminal that is gone is told of an end again and again.
    """
    import select

    if not hasattr(select, "poll"):
        return  # another system, which has other ways

    def wait() -> None:
        poller = select.poll()
        poller.register(terminal, 0)  # nothing but a hang-up, which is always told
        if any(event & select.POLLHUP for _, event in poller.poll()):
            end_within(_IN_ORDER, TERMINATED)
            tell(TERMINATED)

    _thread.start_new_thread(wait, ())


def end_within(seconds: float, code: int) -> None:
    """End the program soon, whatever it is doing then: it may hang in a pipe that nobody reads."""

    def end() -> None:
        time.sleep(seconds)
        os._exit(code)

    # A signal may come while a thread is being started: unlike that of `threading`, this way takes no lock.
    _thread.start_new_thread(end, ())


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    os._exit(CODES[number])


def _break_off(number: int, frame: FrameType | None) -> NoReturn:
    _on_signals(_unheard)
    end_within(PATIENCE, CODES[number])
    raise KeyboardInterrupt if number == signal.SIGINT else Terminated


def _unheard(number: int, frame: FrameType | None) -> None:
    # Not SIG_IGN: of a second signal at the same moment, the interpreter would complain.
    return


def _on_signals(handler: object) -> None:
    for number in CODES:
        # What whoever started the program has it ignore, as nohup does, stays ignored.
        if signal.getsignal(number) is not signal.SIG_IGN:
            _handle(number, handler)


def _handle(number: int, handler: object) -> None:
    with contextlib.suppress(ValueError):  # only the main thread is told of signals
        signal.signal(number, handler)  # type: ignore[arg-type]  # it was one before
