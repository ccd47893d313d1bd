"""The reference: every cause, or one with its full explanation."""

from __future__ import annotations

import textwrap

from regdoctor.causes import CAUSES, families
from regdoctor.causes.cause import finding
from regdoctor.report.text import WIDTH, Line, finding_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from regdoctor.causes.cause import Cause


def list_of_causes() -> Iterator[Line]:
    """Every cause under its heading: id and title."""
    width = max(map(len, CAUSES))
    for number, (family, causes) in enumerate(families()):
        if number:
            yield Line("")
        yield Line(family, "bold")
        for cause in causes:
            title = finding(cause, {}).title
            first, rest = f"  {cause.id:<{width}}  ", " " * (width + 4)
            for line in textwrap.wrap(title, WIDTH, initial_indent=first, subsequent_indent=rest):
                yield Line(line)


def cause_in_full(cause: Cause, *, ascii_only: bool = False) -> Iterator[Line]:
    """One cause with its explanation and its steps."""
    lines = finding_lines(finding(cause, {}), ascii_only=ascii_only)
    next(lines)
    yield from lines
