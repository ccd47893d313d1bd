"""The causes that a text shows, for people, for programs and for a ticket."""

from __future__ import annotations

from regdoctor.report.json_report import SCHEMA_VERSION, finding_object, json_text
from regdoctor.report.text import WIDTH, Line, finding_lines
from regdoctor.secret import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regdoctor.explain import Explained

NOTHING = "This text tells of no failure that has to do with a registry or with anything else."
_UNKNOWN = "unknown"


def as_text(found: Sequence[Explained], *, ascii_only: bool = False, width: int = WIDTH) -> Iterator[Line]:
    """What one would paste into a ticket: the cause, the line, why, and what to do."""
    if not found:
        yield Line(NOTHING)
        return
    first, *others = found
    yield Line(_heading(first), "bold")
    yield from finding_lines(first.finding, ascii_only=ascii_only, width=width)
    if others:
        yield Line("")
        yield Line("The text shows more than that:", "bold")
        for other in others:
            yield Line(f"  {_place(other)}  {other.finding.title}  [{other.finding.cause}]")
        yield Line("  Explain one of them with: regdoctor causes ID")


def as_json(found: Sequence[Explained]) -> str:
    """One JSON object, ending in a line end."""
    findings = [
        {
            **finding_object(each.finding),
            "registry": each.registry,
            "host": None if each.host is None else visible(each.host),
            "line": each.line,
            "confidence": each.confidence,
        }
        for each in found
    ]
    return json_text({"schema_version": SCHEMA_VERSION, "findings": findings})


def as_markdown(found: Sequence[Explained]) -> str:
    """For an issue or a chat."""
    from regdoctor.report.markdown import COMMENT, Part, fitted
    from regdoctor.report.markup import apart, code, finding_body, words

    parts = []
    for at, each in enumerate(found):
        finding = each.finding
        lines = apart(
            [f"### {words(finding.title)} ({code(finding.cause)})"],
            [words(_heading(each))],
            finding_body(finding),
        )
        parts.append(Part(code(finding.cause), tuple(apart([""] if at else (), lines)), at))
    return fitted([] if found else [NOTHING], parts, COMMENT)


def _heading(each: Explained) -> str:
    if each.finding.cause == _UNKNOWN:
        return f"line {each.line} tells of a failure, and it fits no cause that is known here"
    sure = "" if each.confidence == "high" else "most likely: "
    return f"{sure}{each.finding.cause}, {_place(each)}"


def _place(each: Explained) -> str:
    host = "" if each.host is None else f", {visible(each.host, 200)}"
    return f"line {each.line}{host}"
