"""A JSON report, read again: what a summary needs of it.

The file comes from outside, so nothing in it is taken on trust.
"""

from __future__ import annotations

import json
import re

from regdoctor.model import SEVERITIES
from regdoctor.record import Record
from regdoctor.registries import PLAIN, registry_of
from regdoctor.report.json_report import SCHEMA_VERSION
from regdoctor.secret import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, BinaryIO

    from regdoctor.model import Severity, Verdict

LARGEST = 32 << 20
"""Bytes of a file that are read: a hundred times what a report of 200 sets has."""
_PIECE = 1 << 16
_CAUSE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){0,9}")
_STATUSES: tuple[Verdict, ...] = ("ok", "warning", "error")


class NoReportError(Exception):
    """A file holds no report; says why, in words that go on from its name."""


class Sighting(Record):
    """A cause, found once."""

    cause: str
    severity: Severity
    title: str
    set_id: str | None = None
    image: str | None = None
    registry: str | None = None
    """Of a set alone."""


class Digest(Record):
    """What a summary takes of a report."""

    repository: str | None
    statuses: tuple[Verdict, ...]
    """Those of its sets and images."""
    sightings: tuple[Sighting, ...]


def read_report(stream: BinaryIO) -> Digest:
    """Read a report; raises `NoReportError` where it is none that can be understood."""
    try:
        found = json.loads(_bytes_of(stream))
    except (ValueError, RecursionError):
        raise NoReportError("is no JSON") from None
    _check_kind(found)
    sets, images = _objects(found, "sets"), _objects(found, "images")
    return Digest(
        _name(_object(found, "environment"), "repository"),
        tuple(_status(each) for each in (*sets, *images)),
        tuple(_sightings(found, sets, images)),
    )


def _bytes_of(stream: BinaryIO) -> bytes:
    # Piece by piece: one read of the most that is taken would reserve as much for every file.
    pieces, size = [], 0
    while piece := stream.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST:
            raise NoReportError(f"is larger than {LARGEST >> 20} MiB, which no report is")
    return b"".join(pieces)


def _check_kind(found: Any) -> None:
    if not isinstance(found, dict) or "schema_version" not in found:
        raise NoReportError("is no report: `regdoctor report --format json` prints one")
    version = found["schema_version"]
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise NoReportError(f"is of schema_version {version:.3g}, which a newer regdoctor reads")
    if version != SCHEMA_VERSION:
        raise NoReportError("has a schema_version that no report has")
    if "causes" in found:
        raise NoReportError("is a summary already: name the reports that it was made from")
    if "sets" not in found:
        raise NoReportError("is no report; if `regdoctor explain` printed it, it tells of a text alone")


def _sightings(found: Any, sets: list[Any], images: list[Any]) -> Iterator[Sighting]:
    told: dict[str | None, list[Any]] = {}
    for each in sets:
        name = _name(each, "id")
        told[name] = findings = _objects(each, "findings")
        registry = each.get("registry")
        known = registry_of(registry).id if isinstance(registry, str) else PLAIN.id
        yield from (_sighting(finding).but(set_id=name, registry=known) for finding in findings)
    for each in images:
        name, set_id = _name(each, "reference"), _name(each, "set")
        # An image that was not asked for the sake of its set carries the set's findings: they count once.
        of_the_set = told.get(set_id, [])
        own = [finding for finding in _objects(each, "findings") if finding not in of_the_set]
        yield from (_sighting(finding).but(set_id=set_id, image=name) for finding in own)
    yield from map(_sighting, _objects(found, "findings"))


def _sighting(finding: Any) -> Sighting:
    cause, severity, title = (finding.get(key) for key in ("cause", "severity", "title"))
    if not isinstance(cause, str) or len(cause) > 64 or not _CAUSE.fullmatch(cause):
        raise _misfit("cause", cause)
    if severity not in SEVERITIES:
        raise _misfit("severity", severity)
    if not isinstance(title, str):
        raise _misfit("title", title)
    return Sighting(cause, severity, visible(title, 200))


def _object(holder: Any, key: str) -> Any:
    value = holder.get(key)
    if not isinstance(value, dict):
        raise _misfit(key, value)
    return value


def _objects(holder: Any, key: str) -> list[Any]:
    value = holder.get(key)
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise _misfit(key, value)
    return value


def _name(holder: Any, key: str) -> str | None:
    """A name, cut where it is longer than any name."""
    value = holder.get(key)
    if value is not None and not isinstance(value, str):
        raise _misfit(key, value)
    return visible(value, 300) if value else None


def _status(holder: Any) -> Verdict:
    for status in _STATUSES:
        if holder.get("status") == status:
            return status
    raise _misfit("status", holder.get("status"))


def _misfit(key: str, value: object) -> NoReportError:
    shown = visible(repr(value)[:60]) if isinstance(value, str | int | float) else type(value).__name__
    return NoReportError(f"is no report: {shown} is no {key}")
