"""What is wrong in a workspace's configuration, and what cannot be told from it, as findings."""

from __future__ import annotations

from regdoctor.causes import CAUSES
from regdoctor.causes.cause import finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from regdoctor.model import Finding, Location, Severity

FAULTS = 100
"""Findings of a workspace that are told."""


class Faults:
    """The findings of one workspace, each once."""

    def __init__(self, clean: Callable[[str], str]) -> None:
        self._clean = clean
        self._found: dict[tuple[Location, str], Finding] = {}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings in the order in which they were made."""
        return tuple(self._found.values())

    def error(self, location: Location, problem: str) -> None:
        """The official tools refuse it."""
        self._add("devcontainer-config-invalid", location, problem, "error")

    def warning(self, location: Location, problem: str) -> None:
        """The official tools pass over it."""
        self._add("devcontainer-config-invalid", location, problem, "warning")

    def unknown(self, location: Location, problem: str) -> None:
        """It may be in order, but the name of an image cannot be told from it here."""
        self._add("image-name-unknown", location, problem, None)

    def _add(self, cause: str, location: Location, problem: str, severity: Severity | None) -> None:
        if (location, problem) in self._found or len(self._found) >= FAULTS:
            return
        place = f"{location.file}:{location.line}:{location.column}"
        said = finding(CAUSES[cause], {}, evidence=(self._clean(f"{place}: {problem}"),), severity=severity)
        self._found[location, problem] = said.but(location=location)


def listed(names: tuple[str, ...]) -> str:
    """Names in a sentence, each once."""
    return ", ".join(dict.fromkeys(names))
