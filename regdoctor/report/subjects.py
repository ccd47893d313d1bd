"""What a report speaks of: each set and image with its findings, then the findings of neither."""

from __future__ import annotations

from regdoctor.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from regdoctor.model import Finding, Location, Report


class Subject(Record):
    """A set, an image, or the codespace around them."""

    kind: Literal["set", "image", "codespace"]
    name: str
    """A set's identifier, an image's reference; empty for the codespace."""
    findings: tuple[Finding, ...]
    """Most important first."""
    locations: tuple[Location, ...] = ()
    """Where the workspace asks for it; for a set, for its images."""

    def place_of(self, finding: Finding) -> Location | None:
        """Where in the workspace a finding of it belongs."""
        return finding.location or next(iter(self.locations), None)


def subjects(report: Report) -> Iterator[Subject]:
    """Every subject in order; an image whose set tells all that was found lends the set its place."""
    for result in report.sets:
        images = [image for image in report.images if image.set_id == result.secret_set.id]
        places = [image.image.location for image in images if report.is_told_by_its_set(image)]
        places += [image.image.location for image in images]
        known = tuple(dict.fromkeys(place for place in places if place is not None))
        yield Subject("set", result.secret_set.id, result.findings, known)
    for image in report.images:
        if not report.is_told_by_its_set(image):
            place = image.image.location
            yield Subject("image", image.image.reference, image.findings, () if place is None else (place,))
    yield Subject("codespace", "", report.findings)
