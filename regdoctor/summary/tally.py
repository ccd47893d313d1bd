"""What many reports add up to."""

from __future__ import annotations

from regdoctor.causes import CAUSES
from regdoctor.causes.cause import finding
from regdoctor.model import SEVERITIES
from regdoctor.record import Record
from regdoctor.secret import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from regdoctor.model import Severity, Verdict
    from regdoctor.summary.reading import Digest, Sighting

EXAMPLES = 5
"""Places that are named of each cause."""
_REFUSALS = 20
"""Files that are named of those that hold no report."""
_CAUSES = 1000
"""Causes that are told apart. regdoctor knows far fewer, so what comes after these was made up."""


class Place(Record):
    """Where a cause was found."""

    file: str
    repository: str | None
    set_id: str | None
    image: str | None


class CauseTally:
    """One cause in many reports."""

    def __init__(self, sighting: Sighting) -> None:
        known = CAUSES.get(sighting.cause)
        self.cause = sighting.cause
        self.title = finding(known, {}).title if known else sighting.title
        self.severities: dict[Severity, int] = dict.fromkeys(reversed(SEVERITIES), 0)
        self.registries: dict[str, int] = {}
        """How often in sets, by the kind of registry."""
        self.reports = 0
        self.places: list[Place] = []
        """The first ones, each of another report where there are several."""

    @property
    def findings(self) -> int:
        """How often it was found."""
        return sum(self.severities.values())

    @property
    def severity(self) -> Severity:
        """The gravest with which it was found."""
        return next(severity for severity, count in self.severities.items() if count)

    def add(self, sighting: Sighting) -> None:
        """Count it once more."""
        self.severities[sighting.severity] += 1
        if sighting.registry is not None:
            self.registries[sighting.registry] = self.registries.get(sighting.registry, 0) + 1


class Tally:
    """The sum of many reports, in a memory that does not grow with their number."""

    def __init__(self) -> None:
        self.reports: dict[Verdict, int] = {"ok": 0, "warning": 0, "error": 0}
        """How many reports, by the worst that was found."""
        self.statuses: dict[Verdict, int] = {"ok": 0, "warning": 0, "error": 0}
        """How many sets and images."""
        self.refused = 0
        self.refusals: list[tuple[str, str]] = []
        """The first files that were refused, and why."""
        self._causes: dict[str, CauseTally] = {}

    @property
    def read(self) -> int:
        """How many reports were read."""
        return sum(self.reports.values())

    @property
    def causes(self) -> list[CauseTally]:
        """The gravest first, of these what was found in most reports."""
        return sorted(
            self._causes.values(),
            key=lambda each: (-SEVERITIES.index(each.severity), -each.reports, -each.findings, each.cause),
        )

    def holds(self, severities: Iterable[Severity]) -> bool:
        """Whether something of one of these severities was found."""
        return any(each.severities[severity] for each in self._causes.values() for severity in severities)

    def complaints(self) -> Iterator[str]:
        """A line for each file that was refused, and one for those that are too many to be named."""
        for file, why in self.refusals:
            yield f"{visible(file, 300)} {why}"
        if self.refused > len(self.refusals):
            yield f"{self.refused - len(self.refusals)} files more hold no report"

    def add(self, file: str, digest: Digest) -> None:
        """Add a report."""
        worst = max((SEVERITIES.index(each.severity) for each in digest.sightings), default=0)
        self.reports[("ok", "warning", "error")[worst]] += 1
        for status in digest.statuses:
            self.statuses[status] += 1
        seen: dict[str, Sighting] = {}
        for sighting in digest.sightings:
            cause = self._cause(sighting)
            cause.add(sighting)
            gravest = seen.setdefault(cause.cause, sighting)
            if SEVERITIES.index(sighting.severity) > SEVERITIES.index(gravest.severity):
                seen[cause.cause] = sighting
        for name, gravest in seen.items():
            cause = self._causes[name]
            cause.reports += 1
            if len(cause.places) < EXAMPLES:
                cause.places.append(Place(file, digest.repository, gravest.set_id, gravest.image))

    def refuse(self, file: str, why: str) -> None:
        """Note a file that holds no report."""
        self.refused += 1
        if len(self.refusals) < _REFUSALS:
            self.refusals.append((file, why))

    def _cause(self, sighting: Sighting) -> CauseTally:
        if sighting.cause not in self._causes and len(self._causes) >= _CAUSES:
            sighting = sighting.but(cause="unknown")
        return self._causes.setdefault(sighting.cause, CauseTally(sighting))
