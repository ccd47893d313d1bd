"""What a signature is: words that mean one cause, and who says them."""

from __future__ import annotations

import functools
import re

from regdoctor.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Level = Literal["cause", "symptom", "general", "consequence"]

LEVELS: tuple[Level, ...] = ("cause", "symptom", "general", "consequence")
"""How much words tell. `cause`: what went wrong, in the words of the one who knows. `symptom`: a status or a
general word with a most likely cause. `general`: words that no program is known for, but that mean
one. `consequence`: what follows from a failure told elsewhere; it is the answer only where nothing better stands
in the text."""


class Signature(Record):
    """Words that mean one cause."""

    cause: str
    needle: str
    """Lower-case words that are in every such text; looked for before the pattern is. None in what is general."""
    pattern: str = ""
    """Where the needle alone does not decide: searched in lower-case text. Nothing in it may repeat without
    a bound, so that no text makes it slow."""
    also_possible: tuple[str, ...] = ()
    registries: tuple[str, ...] = ()
    """The registries whose words they are; any, if empty."""
    vendor: str = ""
    """The registry that alone says it: it speaks where the text names none."""
    level: Level = "cause"
    sure: bool = True
    """The words admit this one cause. Never so where others are possible."""
    apart: str = ""
    """A sentence on what tells the causes apart, where more than one is possible."""
    program: str = ""
    """Who says it, for those who maintain the entry."""
    common: bool = False
    """Programs say it of other things too: in a log it counts only where the text around it speaks of images
    and registries."""
    during: tuple[str, ...] = ()
    """What was going on when the words were said, as the lines before them tell: push, pull or login; anything,
    if empty."""
    host: str = ""
    """A pattern of the hosts of which the words mean this, matched whole; any, if empty."""

    def fits(self, lower: str) -> bool:
        """Whether a text, in lower case and with single spaces, bears it."""
        return self.find(lower) is not None

    def find(self, lower: str) -> tuple[int, int] | None:
        """Where in a text its words begin and end, if they are there."""
        at = lower.find(self.needle)
        if at < 0:
            return None
        if not self.pattern:
            return at, at + len(self.needle)
        match = _compiled(self.pattern).search(lower)
        return match.span() if match else None

    def is_said_by(self, registry: str, host: str | None = None) -> bool:
        """Whether the words can be those of a registry, or be meant of its host."""
        if self.host:
            name = (host or "").partition(":")[0]
            return _compiled(self.host).fullmatch(name) is not None
        return not self.registries or registry in self.registries


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled once: there are about as many patterns as `re` keeps, and more than that it would forget."""
    return re.compile(pattern)
