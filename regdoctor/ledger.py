"""What is known of a run up to now: its events, added up."""

from __future__ import annotations

from regdoctor.checks.case import PULL
from regdoctor.examination import CHECKS, findings_of
from regdoctor.model import (
    SEVERITIES,
    CheckFinished,
    CheckResult,
    CheckStarted,
    ImageFinished,
    ImagesFound,
    ImageStarted,
    MendStarted,
    SetFinished,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from regdoctor.model import Event, Finding, Image, ImageResult, SetResult

    Blame = Callable[[SetResult | ImageResult, str | None], Finding]
    """Says why a result is not whole, by what it was busy with."""


class Ledger:
    """The results of sets and images. Only the thread that hands out the events writes to it."""

    def __init__(self, sets: Iterable[SetResult], ignore: tuple[str, ...]) -> None:
        """`ignore` are the findings that count as information: CAUSE or CAUSE@ID."""
        self._sets = {result.secret_set.id: result for result in sets}
        self._images: dict[Image, ImageResult] = {}
        self._ignore = ignore
        self._open_sets = set(self._sets)
        self._open_images: set[Image] = set()
        self._doing: dict[str, str] = {}
        self._asking: dict[Image, str] = {}

    @property
    def complete(self) -> bool:
        """Whether every result that it has begun is whole."""
        return not self._open_sets and not self._open_images

    def sets(self) -> tuple[SetResult, ...]:
        """The sets, in the order in which they are shown."""
        return tuple(
            result.but(findings=self.weighed(result.findings, result.secret_set.id))
            for result in self._sets.values()
        )

    def images(self) -> tuple[ImageResult, ...]:
        """The images, in the order in which they are shown."""
        return tuple(
            result.but(findings=self.weighed(result.findings, result.set_id))
            for result in self._images.values()
        )

    def weighed(self, findings: tuple[Finding, ...], set_id: str | None = None) -> tuple[Finding, ...]:
        """Findings, most important first; those that are to be ignored are information."""
        return ordered(tuple(self._ignored(finding, set_id) for finding in findings))

    def waiting_for(self) -> tuple[str, ...]:
        """What is not whole yet and what it is busy with, one phrase each: "ACR: tls"."""
        sets = [f"{each}: {check}" for each, check in self._doing.items() if each in self._open_sets]
        images = [each.reference for each in self._asking if each in self._open_images]
        return (*sorted(sets), *sorted(f"{reference}: {PULL}" for reference in images))

    def note(self, event: Event) -> None:
        """Add what an event tells."""
        if isinstance(event, CheckStarted):
            self._doing[event.set_id] = event.check
        elif isinstance(event, CheckFinished):
            result = self._sets[event.set_id]
            others = tuple(check for check in result.checks if check.name != event.result.name)
            self._sets[event.set_id] = result.but(checks=(*others, event.result))
            self._doing.pop(event.set_id, None)
        elif isinstance(event, MendStarted):
            self._doing[event.set_id] = "mend"
        elif isinstance(event, SetFinished):
            self._sets[event.result.secret_set.id] = event.result
            self._open_sets.discard(event.result.secret_set.id)
        elif isinstance(event, ImagesFound):
            self._images = {result.image: result for result in event.images}
            self._open_images = set(self._images)
        elif isinstance(event, ImageStarted):
            self._asking[event.image] = event.host or ""
        elif isinstance(event, ImageFinished):
            self._images[event.result.image] = event.result
            self._open_images.discard(event.result.image)

    def break_off(self, reason: str, blame: Blame | None = None) -> Iterator[Event]:
        """End what is not whole, with all that is known of it; `blame` adds a finding to each."""
        for set_id in [each for each in self._sets if each in self._open_sets]:
            result = self._sets[set_id]
            checks = _completed(result.checks, CHECKS, reason)
            told = (blame(result, self._doing.get(set_id)),) if blame else ()
            self._sets[set_id] = result.but(checks=checks, findings=ordered((*findings_of(checks), *told)))
            yield SetFinished(self._sets[set_id])
        for image in [each for each in self._images if each in self._open_images]:
            asked = self._images[image]
            busy = PULL if image in self._asking else None
            told = (blame(asked, busy),) if blame else ()
            checks = _completed(asked.checks, (PULL,), reason)
            self._images[image] = asked.but(checks=checks, findings=told)
            yield ImageFinished(self._images[image])
        self._open_sets.clear()
        self._open_images.clear()

    def _ignored(self, finding: Finding, set_id: str | None) -> Finding:
        named = (finding.cause, f"{finding.cause}@{set_id}")
        return finding.but(severity="info") if any(name in self._ignore for name in named) else finding


def _completed(
    checks: tuple[CheckResult, ...], names: tuple[str, ...], reason: str
) -> tuple[CheckResult, ...]:
    """Checks in their order, with those that are missing as skipped."""
    ended = {check.name for check in checks}
    missing = [CheckResult(name, "skipped", reason=reason) for name in names if name not in ended]
    return tuple(sorted((*checks, *missing), key=lambda check: names.index(check.name)))


def ordered(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Most important first: by severity, then what was proved to be the cause, then as they were found."""
    return tuple(
        sorted(findings, key=lambda finding: (-SEVERITIES.index(finding.severity), not finding.verified))
    )
