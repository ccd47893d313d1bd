"""Owns what is fuzzed: a parser, the cases that it is given, and the processor time that it takes for one."""

from __future__ import annotations

import contextlib
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType
from typing import TypeVar

from hypothesis import strategies as st

LIMIT = 0.05
"""Seconds of processor time that a parser may take for one case."""
SHORT = 1024
"""Bytes of a case in which credentials are told to the redactor, which learns them in many forms."""
_PATIENCE = 2.0
"""Seconds of processor time after which a case is broken off."""
_NOISE = (
    *("a", "0", " ", "\n", "\r", "\t", "\0", "\\", '"', "'", "\x1b[31m", "\u202e", "\u200b", "\ud800"),
    *("\u00df", "\uff0e", "\u2028", "\x85", "99999999999999999999", "-1", "\U0001f600", "{}", "%s"),
)
"""What may mean something to any parser."""
_TIMES = 5
"""How often a case that took too long is read again: the machine may have been busy with something else."""


Text = TypeVar("Text", str, bytes)


@dataclass(frozen=True)
class Parser:
    """A parser, by the real code that reads with it."""

    name: str
    read: Callable[[bytes], None]
    """Reads one case, without any network; an exception is a crash, and so is a promise that is not kept."""
    grammar: st.SearchStrategy[str]
    """What people and programs write, more or less."""
    words: tuple[str, ...]
    """What has a meaning for the parser; other cases are made of this."""
    code: tuple[str, ...]
    """The modules of regdoctor in which new ways are looked for; what they call is run all the same."""
    largest: int = 4096
    """Bytes of a case: so many take some milliseconds, unless something in them is read again and again."""

    @property
    def well_formed(self) -> st.SearchStrategy[bytes]:
        """The grammar's texts alone."""
        return self.grammar.map(_encoded)

    @property
    def cases(self) -> st.SearchStrategy[bytes]:
        """Well-formed texts, damaged ones, heaps of words, endless repetitions, and noise."""
        return _cases(self.grammar, self.words, self.largest)


def _cases(grammar: st.SearchStrategy[str], words: tuple[str, ...], largest: int) -> st.SearchStrategy[bytes]:
    pieces = st.sampled_from((*words, *_NOISE))
    heaps = st.lists(pieces, max_size=6).map("".join)
    places = st.integers(0, 1 << 16)
    lengths = st.sampled_from((largest, 100, largest // 2))
    texts = st.one_of(
        grammar,
        heaps,
        st.builds(_damaged, grammar, places, places, heaps),
        st.builds(stretched, grammar, places, places, st.just(""), lengths),
        st.builds(stretched, grammar | heaps, places, places, pieces | heaps, lengths),
    )
    return st.one_of(texts.map(lambda text: _encoded(text)[:largest]), st.binary(max_size=40))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _damaged(text: str, start: int, end: int, piece: str) -> str:
    start, end = sorted((start % (len(text) + 1), end % (len(text) + 1)))
    return text[:start] + piece + text[end:]


def stretched(text: Text, start: int, end: int, piece: Text, length: int) -> Text:
    """A text with a piece in it, or else a part of itself, again and again."""
    start, end = sorted((start % (len(text) + 1), end % (len(text) + 1)))
    piece = piece or text[start:end] or text[:1]
    return text[:start] + piece * (length // max(1, len(piece)) + 1) + text[end:]


class TooSlowError(AssertionError):
    """A case took more processor time than it may."""

    def __init__(self, parser: Parser, case: bytes, spent: float) -> None:
        longer = "more than " if spent >= _PATIENCE else ""
        super().__init__(f"{parser.name} took {longer}{spent * 1000:.0f} ms for {len(case)} bytes")
        self.seconds = spent


class _BrokenOff(BaseException):  # so that nothing that is read takes it for a failure of its own
    pass


def check(parser: Parser, case: bytes) -> float:
    """Read a case; the processor time that it took. Raises `TooSlowError`, and what the parser raises."""
    spent = seconds(parser, case)
    if spent > LIMIT:
        spent = least_seconds(parser, case)
    if spent > LIMIT:
        raise TooSlowError(parser, case, spent)
    return spent


def seconds(parser: Parser, case: bytes) -> float:
    """The processor time that a case takes, up to where it is broken off."""
    start = time.thread_time()
    try:
        with _patience():
            parser.read(case)
    except _BrokenOff:
        return _PATIENCE
    return time.thread_time() - start


def least_seconds(parser: Parser, case: bytes) -> float:
    """The least that a case takes of several times, each as if it were the first."""
    least = _PATIENCE
    for _ in range(_TIMES):
        _forget()
        spent = seconds(parser, case)
        least = min(least, spent)
        if least <= LIMIT or spent >= _PATIENCE:
            break
    return least


def _forget() -> None:
    """Empty the caches that texts have filled: those with a bound. Others keep what is the program's own."""
    for name, module in list(sys.modules.items()):
        if name.startswith("regdoctor."):
            for each in list(vars(module).values()):
                parameters = getattr(each, "cache_parameters", None)
                if parameters is not None and parameters()["maxsize"] is not None:
                    each.cache_clear()


@contextlib.contextmanager
def _patience() -> Iterator[None]:
    def break_off(number: int, frame: FrameType | None) -> None:
        raise _BrokenOff

    before = signal.signal(signal.SIGPROF, break_off)
    signal.setitimer(signal.ITIMER_PROF, _PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
