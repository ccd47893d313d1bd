"""What the lines around a failure tell of it: what it is about, and what was going on."""

from __future__ import annotations

import functools

from regdoctor.explain.subjects import hints_at_images, is_of_others, runs_others, speaks_of_images
from regdoctor.regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BEFORE, _AFTER = 6, 2
"""Lines around a failure that tell what it is about."""
_OTHERS = 3
"""Lines before one that may be of another program, as it is then."""
_WRAPPED = 40
"""Characters from which on a line may have been wrapped."""
_TERMINALS = range(60, 301)
"""Columns of terminals, which break a line in the midst of a word."""
_BROKEN = 40
"""Lines of a block up to which such breaks are looked at: more are the same line, again and again."""
_SEAM = 100
"""Characters before and behind a break."""

_CLIENT = r"(?<![\w'`./-])(?:docker|docker[ -]compose|podman|nerdctl|buildah|crane|oras)"
_STARTS = (
    (
        "push",
        ("push", "to upload", ": preparing", "already exists"),
        regex(
            r"the push refers to|[0-9a-f]{12}: (?:preparing|layer already exists)|push status stream"
            r"|(?:failed|unable) to upload"
            rf"|{_CLIENT}(?: image| manifest)? push\b"
            r"|(?:failed to|error|trying to|could not|cannot|unable to) push\b"
            r"|\bpushing (?:image|manifest|layer|blob|to|\S{1,200}[:/]\S)"
        ),
    ),
    ("login", ("login",), regex(rf"{_CLIENT} login\b|login attempt to")),
    (
        "pull",
        ("pull", " run", "/manifests/", "find image", "load metadata"),
        regex(
            rf"{_CLIENT}(?: image)? (?:pull|run)\b|: pulling from |\bpulling (?:image|from)\b"
            r"|(?:failed to|error|trying to|could not|cannot|unable to) pull\b"
            r"|unable to find image|/manifests/|load metadata for"
        ),
    ),
)
"""What begins a push, a login or a pull, in the words of clients and of their logs: some words, of which
one is always there, and the pattern."""
GOING_ON = 60
"""Lines up to which what has begun still goes on."""


class Context:
    """The lines of a block, as they are looked through; what they tell is found out once for each."""

    def __init__(self, lowers: Sequence[str], widths: Sequence[int], pasted: bool) -> None:
        """`widths` are those of the lines as they were written.

        A text that somebody `pasted` speaks of images and registries, unless it says otherwise.
        """
        self.lowers = lowers
        self._broken = _broken(widths)
        self._pasted = pasted
        self._of_images: dict[int, bool] = {}
        self._going_on: list[tuple[int, str]] = []
        self._unwrapped: dict[int, str] = {}

    def is_of_images(self, at: int) -> bool:
        """Whether the line at an index, or one close by, speaks of images and registries."""
        known = self._of_images.get(at)
        if known is None:
            known = self._of_images[at] = not is_of_others(self.lowers[at]) and (
                (self._pasted and not self._is_among_others(at))
                or any(map(speaks_of_images, self.lowers[max(0, at - _BEFORE) : at + _AFTER + 1]))
                or bool(self.going_on(at))
            )
        return known

    def is_close_to_images(self, at: int) -> bool:
        """Whether the line at an index, in words that may mean images, is no other program's: for a guess."""
        lower = self.lowers[at]
        if hints_at_images(lower):
            return not is_of_others(lower)
        around = self.lowers[max(0, at - _BEFORE) : at + _AFTER + 1]
        near = any(map(hints_at_images, around)) or bool(self.going_on(at))
        return near and not is_of_others(lower) and not self._is_among_others(at)

    def _is_among_others(self, at: int) -> bool:
        """Whether the lines around one are of other programs, and it says nothing of images itself."""
        before = self.lowers[max(0, at - _OTHERS) : at]
        others = any(map(is_of_others, (*before, *self.lowers[at + 1 : at + 2])))
        return (others or any(map(runs_others, before))) and not speaks_of_images(self.lowers[at])

    def going_on(self, at: int) -> str:
        """What was going on at the line at an index: push, pull or login, by the nearest line that tells."""
        while len(self._going_on) <= at:
            index = len(self._going_on)
            begun = begun_in(self.lowers[index])
            self._going_on.append((index, begun) if begun or not index else self._going_on[-1])
        since, what = self._going_on[at]
        return what if at - since < GOING_ON else ""

    def unwrapped(self, at: int) -> str:
        """The line at an index and its neighbours as one, where the text may have been wrapped."""
        known = self._unwrapped.get(at)
        if known is None:
            lines = self.lowers[max(0, at - 1) : at + 3]
            wrapped = max(map(len, lines)) >= _WRAPPED
            known = self._unwrapped[at] = " ".join(lines)[:4000] if wrapped else ""
        return known

    def is_in_the_next_line(self, words: str, at: int) -> bool:
        """Whether words are not in the line at an index, but whole in the next."""
        return words not in self.lowers[at] and words in self.lowers[min(at + 1, len(self.lowers) - 1)]

    def mended(self, at: int) -> str:
        """The line at an index and those that a terminal broke off from it, if it did."""
        if at not in self._broken:
            return ""
        first, last = at, at + 1
        while first - 1 in self._broken and at - first < 4:
            first -= 1
        while last in self._broken and last - at < 8:
            last += 1
        return "".join(self.lowers[first : last + 1])

    def seams(self) -> Iterator[tuple[int, str]]:
        """The words at each place where a terminal may have broken a line, by its index."""
        for at in sorted(self._broken):
            yield at, self.lowers[at][-_SEAM:] + self.lowers[at + 1][:_SEAM]


def _broken(widths: Sequence[int]) -> frozenset[int]:
    """The indices of the lines that are as long as the longest, as all are that a terminal breaks."""
    widest = max(widths)
    if widest not in _TERMINALS:
        return frozenset()
    full = [at for at, width in enumerate(widths[:-1]) if width == widest]
    return frozenset(full if len(full) <= _BROKEN else ())


@functools.lru_cache(512)
def begun_in(lower: str) -> str:
    """What a line begins, the last where there are several: push, pull or login, or nothing."""
    last, begun = -1, ""
    for what, words, pattern in _STARTS:
        if any(word in lower for word in words):
            for match in pattern.finditer(lower):
                if match.start() > last:
                    last, begun = match.start(), what
    return begun


_DOING = (
    ("push", regex(r"\b(?:push(?:es|ed|ing)?|upload(?:s|ed|ing)?|write access)\b")),
    ("login", regex(r"\b(?:log(?:ging)? ?in|sign(?:ing)? ?in|authenticat\w{1,4})\b")),
    ("pull", regex(r"\b(?:pull(?:s|ed|ing)?|fetch(?:es|ed|ing)?|download(?:s|ed|ing)?|manifests?)\b")),
)
"""Words of any program for what it does."""


def doing(lower: str) -> str:
    """What a line speaks of, in any words: a push, a login or a pull, or nothing."""
    return next((what for what, pattern in _DOING if pattern.search(lower)), "")
