"""Many reports in one: which causes, where, how often."""

from __future__ import annotations

from regdoctor.summary.reading import NoReportError, read_report
from regdoctor.summary.tally import Tally

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

__all__ = ["Tally", "tally_of"]


def tally_of(files: Iterable[str], standard_input: BinaryIO | None) -> Tally:
    """The reports of these files, added up one after the other: no two are in memory at the same time.

    `-` is the standard input. A file that holds no report is noted, and takes nothing away from the others.
    """
    tally = Tally()
    for name in files:
        try:
            if name == "-" and standard_input is not None:
                tally.add(name, read_report(standard_input))
                continue
            with open(name, "rb") as file:
                tally.add(name, read_report(file))
        except NoReportError as error:
            tally.refuse(name, str(error))
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or "this is no file name"
            tally.refuse(name, f"cannot be read: {why}")
    return tally
