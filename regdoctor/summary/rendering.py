"""A summary of many reports, for people, for programs and for the summary of a job."""

from __future__ import annotations

import textwrap

from regdoctor import __version__
from regdoctor.report.json_report import SCHEMA_VERSION, json_text
from regdoctor.report.text import ASCII_SIGNS, STYLES, UNICODE_SIGNS, WIDTH, Line, counted
from regdoctor.secret import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from regdoctor.summary.tally import CauseTally, Place, Tally


def as_json(tally: Tally) -> str:
    """One JSON object, ending in a line end."""
    summary: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "regdoctor_version": __version__,
        "reports": {"read": tally.read, **tally.reports},
        "summary": tally.statuses,
        "causes": [_cause(each) for each in tally.causes],
        "refused": {
            "files": tally.refused,
            "examples": [{"file": file, "reason": why} for file, why in tally.refusals],
        },
    }
    return json_text(summary)


def _cause(each: CauseTally) -> dict[str, Any]:
    return {
        "cause": each.cause,
        "severity": each.severity,
        "title": each.title,
        "findings": each.findings,
        "reports": each.reports,
        "severities": each.severities,
        "registries": each.registries,
        "examples": [
            {"file": place.file, "repository": place.repository, "set": place.set_id, "image": place.image}
            for place in each.places
        ],
    }


def as_text(tally: Tally, *, ascii_only: bool = False) -> Iterator[Line]:
    """The summary for people: readable at 80 columns."""
    signs = ASCII_SIGNS if ascii_only else UNICODE_SIGNS
    yield Line(_heading(tally), "bold")
    yield Line(_results(tally))
    for each in tally.causes:
        yield Line("")
        title = f"{signs[each.severity]} {each.title}  [{each.cause}]"
        for line in textwrap.wrap(title, WIDTH, subsequent_indent="  ", break_on_hyphens=False):
            yield Line(line, f"bold {STYLES[each.severity]}")
        yield Line(f"  {_frequency(each)}")
        for place in each.places:
            yield Line(f"    {_where(place)}", "dim")
        if more := _more(each):
            yield Line(f"    {more}", "dim")


def as_markdown(tally: Tally) -> str:
    """The summary for a job's page, or for an issue."""
    from regdoctor.report.markdown import COMMENT, SIGNS, Part, fitted
    from regdoctor.report.markup import cell_code, code, details, html_code, table, words

    worst = next((each.severity for each in tally.causes if each.severity != "info"), "ok")
    parts = []
    if tally.causes:
        heads = table(("", "Cause", "Found", "Registries"), ())
        parts.append(Part("the table", ("", *heads), 0))
    for at, each in enumerate(tally.causes):
        registries = ", ".join(f"{cell_code(name)} {count}" for name, count in _by_count(each))
        cause = f"**{cell_code(each.cause)}**<br>{words(each.title, cell_code)}"
        cells = (SIGNS[each.severity], cause, _times(each), registries)
        parts.append(Part("rows of the table", (f"| {' | '.join(cells)} |",), 2 * at))
    for at, each in enumerate(tally.causes):
        lines = [
            f"- {' · '.join(f'{label}{code(text)}' for label, text in _names(place))}"
            for place in each.places
        ]
        lines += [f"- {more}"] if (more := _more(each)) else []
        summary = f"{SIGNS[each.severity]} {html_code(each.cause)}: where"
        parts.append(Part(f"where {code(each.cause)} was found", ("", *details(summary, lines)), 2 * at + 1))
    head = [f"## {SIGNS[worst]} regdoctor: {_heading(tally)}", "", f"{_results(tally)}."]
    return fitted(head, parts, COMMENT)


def _heading(tally: Tally) -> str:
    counts = _counts(tally.reports["error"], tally.reports["warning"], tally.reports["ok"])
    refused = f"; {counted(tally.refused, 'file')} could not be read" if tally.refused else ""
    return f"{counted(tally.read, 'report')}: {counts}{refused}"


def _results(tally: Tally) -> str:
    counts = _counts(tally.statuses["error"], tally.statuses["warning"], tally.statuses["ok"])
    return f"Sets and images: {counts}" if any(tally.statuses.values()) else "No sets and no images"


def _counts(errors: int, warnings: int, well: int) -> str:
    said = [f"{errors} with errors"] if errors else []
    said += [f"{warnings} with warnings"] if warnings else []
    return ", ".join([*said, f"{well} ok"] if well or not said else said)


def _frequency(each: CauseTally) -> str:
    registries = ", ".join(f"{name} {count}" for name, count in _by_count(each))
    return f"{_times(each)}{f': {registries}' if registries else ''}"


def _times(each: CauseTally) -> str:
    if each.findings == each.reports:
        return f"in {counted(each.reports, 'report')}"
    return f"{each.findings} times in {counted(each.reports, 'report')}"


def _by_count(each: CauseTally) -> list[tuple[str, int]]:
    return sorted(each.registries.items(), key=lambda pair: (-pair[1], pair[0]))


def _more(each: CauseTally) -> str:
    left = each.reports - len(each.places)
    return f"and in {counted(left, 'more report')}" if left > 0 else ""


def _where(place: Place) -> str:
    return "  ".join(f"{label}{visible(text, 200)}" for label, text in _names(place))


def _names(place: Place) -> Iterator[tuple[str, str]]:
    """What tells a place, each with the word before it."""
    if place.repository:
        yield "", place.repository
    if place.set_id:
        yield "set ", place.set_id
    if place.image:
        yield "image ", place.image
    yield "", "standard input" if place.file == "-" else place.file
