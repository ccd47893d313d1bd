"""The report as GitHub's Markdown: for an issue, a comment or the summary of a job."""

from __future__ import annotations

from regdoctor import __version__
from regdoctor.model import SetResult
from regdoctor.record import Record
from regdoctor.report.log import inert
from regdoctor.report.markup import (
    apart,
    cell_code,
    code,
    details,
    fenced,
    finding_body,
    html_code,
    table,
    words,
)
from regdoctor.report.subjects import subjects
from regdoctor.report.text import NO_SETS, counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from regdoctor.model import CheckResult, Docker, Finding, ImageResult, Location, Report
    from regdoctor.report.markup import Code
    from regdoctor.report.subjects import Subject

    Result = SetResult | ImageResult

COMMENT = 65_536
"""Characters that GitHub takes of an issue or a comment."""
SIGNS = {"ok": "✅", "warning": "⚠️", "error": "❌", "info": "ℹ️", "skipped": "➖", "crashed": "💥"}

_URGENT = {"error": 0, "warning": 1, "info": 3, "ok": 3}
"""How soon a row or a finding is given up where there is no room: the highest first."""
_FURTHER, _CHECKS, _CALLS, _LATE_ROW = 2, 4, 5, 6
_ROWS = 150
"""Rows after which a table gives way to what explains the rows before."""
_ROOM_TO_SAY_SO = 1000
"""Bytes kept for the sentence that tells what was left out."""


class Part(Record):
    """A stretch of a page that is left out as a whole where there is no room for it."""

    name: str
    """What goes with it, in Markdown."""
    lines: tuple[str, ...]
    rank: int


def render(report: Report, *, trace: bool = False, limit: int = COMMENT) -> str:
    """The report in at most `limit` bytes, and so characters; it says itself what there was no room for."""
    return fitted(_head(report), list(_parts(report, trace)), limit)


def fitted(head: Sequence[str], parts: Sequence[Part], limit: int) -> str:
    """A page of at most `limit` bytes: its head, and of its parts those of the lowest ranks."""
    head, parts = _inert(head), [part.but(lines=_inert(part.lines)) for part in parts]
    left = limit - _ROOM_TO_SAY_SO - _size(head)
    kept: set[int] = set()
    for at in sorted(range(len(parts)), key=lambda at: parts[at].rank):
        size = _size(parts[at].lines)
        if size <= left:
            kept.add(at)
            left -= size
    lines = [*head, *(line for at, part in enumerate(parts) if at in kept for line in part.lines)]
    cut = list(dict.fromkeys(part.name for at, part in enumerate(parts) if at not in kept))
    if cut:
        said = f"Left out, since there is room for {limit:,} bytes here: "
        named = said + ", ".join(cut[:3]) + (f" and {len(cut) - 3} more" if len(cut) > 3 else "")
        short = named if _size([named]) < _ROOM_TO_SAY_SO else said + counted(len(cut), "part")
        lines += ["", f"{short}."]
    return "\n".join(lines) + "\n"


def _inert(lines: Iterable[str]) -> tuple[str, ...]:
    """Lines that are no commands where they are printed in a job, before they come to its summary."""
    return tuple(map(inert, lines))


def _size(lines: Iterable[str]) -> int:
    return sum(len(line.encode()) + 1 for line in lines)


def _head(report: Report) -> Sequence[str]:
    ranked = [finding.severity for result in report.results for finding in result.findings]
    ranked += [finding.severity for finding in report.findings]
    worst = next((severity for severity in ("error", "warning") if severity in ranked), "ok")
    if worst == "ok" and any(map(_is_unproved, report.results)):
        worst = "skipped"
    lines = [f"## {SIGNS[worst]} regdoctor: {_verdict(report)}", "", _where(report)]
    return lines if report.results else [*lines, "", *fenced(NO_SETS.rstrip("\n"))]


def _verdict(report: Report) -> str:
    if not report.results:
        return "no secret set was found"
    statuses = [result.status for result in report.results]
    errors, warnings = statuses.count("error"), statuses.count("warning")
    unproved = sum(map(_is_unproved, report.results))
    said = [counted(errors, "error")] if errors else []
    said += [counted(warnings, "warning")] if warnings else []
    said += [f"{well} ok"] if (well := statuses.count("ok") - unproved) else []
    return ", ".join([*said, f"{unproved} without a fault, and not proved"] if unproved else said)


def _where(report: Report) -> str:
    environment = report.environment
    parts = [f"regdoctor {__version__}"]
    if environment.recovery_container or environment.codespace:
        parts.append("recovery container" if environment.recovery_container else "codespace")
    if environment.repository:
        parts.append(code(environment.repository))
    parts += _engine(environment.docker)
    parts += [counted(len(report.sets), "set")] if report.sets else []
    parts += [counted(len(report.images), "image")] if report.images else []
    return " · ".join([*parts, f"{report.duration_ms / 1000:.1f} s"])


def _engine(docker: Docker) -> list[str]:
    if docker.status == "ok":
        return [f"Docker Engine {code(docker.version)}" if docker.version else "Docker Engine"]
    return [] if docker.status == "not-asked" else [f"Docker Engine {docker.status.replace('-', ' ')}"]


def _parts(report: Report, trace: bool) -> Iterator[Part]:
    yield from _overview(report)
    twins: dict[tuple[Finding, ...], str] = {}
    for subject in subjects(report):
        why = tuple(finding.but(location=None) for finding in subject.findings)
        twin = twins.get(why) if subject.kind == "image" else None
        for at, finding in enumerate(subject.findings):
            if finding.severity != "info" and twin is None:
                yield _explained(subject, finding, further=at > 0)
        if twin is not None and any(finding.severity != "info" for finding in why):
            name = code(subject.name)
            yield Part(name, ("", f"{name}: for the same reason as {twin}."), _FURTHER)
        elif why:
            twins.setdefault(why, code(subject.name))
    yield from _remarks(report)
    yield from _checks(report)
    if trace:
        calls = [
            f"{call.duration_ms:7.0f} ms  {call.method:<7} {call.host}  {call.status}"
            for call in report.calls
        ]
        lines = details(f"Network calls ({len(calls)})", fenced("\n".join(calls) or "none"))
        yield Part("the network calls", ("", *lines), _CALLS)


def _overview(report: Report) -> Iterator[Part]:
    """A table of all that there is; each row is a part, so that a long table is cut and not dropped."""
    rows = [(result.status, _subject(result), _fate(result)) for result in report.results]
    rows += [(each.severity, "", _title(each)) for each in report.findings if each.severity != "info"]
    if not rows:
        return
    yield Part("the table", ("", *table(("", "Set or image", "Result"), ())), 0)
    shown = [SIGNS["skipped" if _is_unproved(result) else result.status] for result in report.results]
    shown += [SIGNS[status] for status, _, _ in rows[len(shown) :]]
    for number, (status, subject, said) in enumerate(rows):
        rank = _URGENT[status] if number < _ROWS else _LATE_ROW
        yield Part("rows of the table", (f"| {shown[number]} | {subject} | {said} |",), rank)


def _is_unproved(result: Result) -> bool:
    """Whether no fault was found, and nothing shown either: that is no success."""
    return result.status == "ok" and not result.proved


def _name(result: Result, as_code: Code) -> str:
    return as_code(result.secret_set.id if isinstance(result, SetResult) else result.image.reference)


def _subject(result: Result) -> str:
    """A set and what it logs in to, or an image and who asks for it, in a cell."""
    if isinstance(result, SetResult):
        found = result.secret_set
        server = "no server" if found.shown_server is None else cell_code(found.shown_server)
        more = server if found.shown_user is None else f"{server} as {cell_code(found.shown_user)}"
    else:
        more = f"asked for by {cell_code(_place(result.image.location) or result.image.source)}"
        more += f", with {cell_code(result.set_id)}" if result.set_id else ""
    return f"**{_name(result, cell_code)}**<br>{more}"


def _fate(result: Result) -> str:
    """How a set or an image fared, in a cell."""
    if isinstance(result, SetResult):
        said = "logged in" if result.proved else "not logged in"
    else:
        said = "can be pulled" if result.proved else "not pulled"
    return said if result.status == "ok" else f"{said}<br>{_title(result.findings[0])}"


def _title(finding: Finding) -> str:
    return words(finding.title, cell_code)


def _place(location: Location | None) -> str:
    return "" if location is None else f"{location.file}:{location.line}"


def _explained(subject: Subject, finding: Finding, *, further: bool) -> Part:
    """A finding that is to be mended; what comes after the verdict is there to be opened."""
    # That an image of a set is asked for somewhere does not say that the set is mended there.
    place = _place(finding.location if subject.kind == "set" else subject.place_of(finding))
    where = [f"In {code(place)}"] if place else []
    body = tuple(apart(where, finding_body(finding)))
    sign, name = SIGNS[finding.severity], subject.name
    part = f"{code(name)}: {code(finding.cause)}" if name else code(finding.cause)
    if further:
        label = f"{html_code(name)}: " if name else ""
        summary = f"{sign} {label}{words(finding.title, html_code)} ({html_code(finding.cause)})"
        return Part(part, ("", *details(summary, body)), max(_FURTHER, _URGENT[finding.severity]))
    label = f"{code(name)}: " if name else ""
    heading = f"### {sign} {label}{words(finding.title)} ({code(finding.cause)})"
    return Part(part, ("", heading, "", *body), _URGENT[finding.severity])


def _remarks(report: Report) -> Iterator[Part]:
    """What is no fault, a line each."""
    said = [
        f"- {f'{code(subject.name)}: ' if subject.name else ''}{words(finding.title)} ({code(finding.cause)})"
        for subject in subjects(report)
        for finding in subject.findings
        if finding.severity == "info"
    ]
    if said:
        yield Part("the remarks", ("", *details(f"Remarks ({len(said)})", said)), _CHECKS)


def _fact(check: CheckResult) -> str:
    met = check.findings[0].title if check.findings else ""
    return check.reason or check.detail or met


def _checks(report: Report) -> Iterator[Part]:
    """How each check ended, to be opened."""
    for result in report.results:
        checks = [check for check in result.checks if check.needed]
        if not checks:
            continue
        signs = " ".join(SIGNS[check.status] for check in checks)
        rows = (
            (
                f"{SIGNS[check.status]} {check.name}",
                f"{check.duration_ms:.0f} ms" if check.duration_ms >= 1 else "",
                words(_fact(check), cell_code),
            )
            for check in checks
        )
        lines = details(f"{_name(result, html_code)} {signs}", table(("Check", "Time", "Fact"), rows))
        yield Part(f"the checks of {_name(result, code)}", ("", *lines), _CHECKS)
