"""The causes that a text shows, for people, for programs and for a ticket."""

from __future__ import annotations

from regdoctor.report.json_report import SCHEMA_VERSION, finding_object
from regdoctor.report.text import WIDTH, Line, finding_lines
from regdoctor.secret import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regdoctor.explain import Explained
    from regdoctor.model import Finding

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
    import json

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
    return json.dumps({"schema_version": SCHEMA_VERSION, "findings": findings}, indent=2) + "\n"


def as_markdown(found: Sequence[Explained]) -> str:
    """For an issue or a chat."""
    if not found:
        return f"{NOTHING}\n"
    return "\n".join(_section(each) for each in found)


def _section(each: Explained) -> str:
    finding = each.finding
    lines = [f"### {_plain(finding.title)} (`{finding.cause}`)", "", _plain(_heading(each)), ""]
    lines += [_plain(finding.explanation), ""]
    for evidence in finding.evidence:
        lines += _fenced(evidence)
    if finding.also_possible:
        lines += [f"Also possible: {', '.join(f'`{cause}`' for cause in finding.also_possible)}", ""]
    lines += _steps(finding)
    return "\n".join(lines)


def _steps(finding: Finding) -> list[str]:
    lines = []
    for number, step in enumerate(finding.remediation, 1):
        link = f" ([page]({step.url}))" if step.url else ""
        lines.append(f"{number}. {_plain(step.text)}{link}")
        if step.command:
            lines += ["", *(f"   {line}".rstrip() for line in _fenced(step.command))]
    return [*lines, ""]


def _fenced(text: str) -> list[str]:
    """A text from outside as code: a fence longer than any run of backticks in it."""
    fence = "```"
    while fence in text:
        fence += "`"
    return [fence, text, fence, ""]


def _plain(text: str) -> str:
    """A text in which nothing is markup."""
    for character in "\\`*_[]<>#|":
        text = text.replace(character, f"\\{character}")
    return text


def _heading(each: Explained) -> str:
    if each.finding.cause == _UNKNOWN:
        return f"line {each.line} tells of a failure, and it fits no cause that is known here"
    sure = "" if each.confidence == "high" else "most likely: "
    return f"{sure}{each.finding.cause}, {_place(each)}"


def _place(each: Explained) -> str:
    host = "" if each.host is None else f", {visible(each.host, 200)}"
    return f"line {each.line}{host}"
