"""The report in a job of GitHub Actions: annotations, then the whole of it in the log.

<https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>
"""

from __future__ import annotations

from regdoctor.report.log import command, inert
from regdoctor.report.subjects import subjects
from regdoctor.report.text import lay_out
from regdoctor.secret import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from regdoctor.model import Finding, Report
    from regdoctor.report.subjects import Subject

ANNOTATIONS = 10
"""Annotations of a kind that GitHub keeps of one step (`_maxCountPerIssueType` in its runner)."""
_MESSAGE = 4000
"""Characters of an annotation: the runner cuts at 4,096."""
SUMMARY = 1 << 20
"""Bytes that GitHub takes of a step's summary; of a longer one, nothing."""


def render(report: Report, *, trace: bool = False) -> str:
    """Commands that annotate, and the report for people in a group that a reader of the log opens.

    A secret is not even named to have it masked: none is printed.
    """
    lines = [*_annotations(report), command("group", "regdoctor report")]
    lines += (inert(line.text) for line in lay_out(report, trace=trace))
    return "\n".join([*lines, command("endgroup", "")]) + "\n"


def _annotations(report: Report) -> Iterator[str]:
    """The errors and the warnings, the verdicts first: of each kind so many that none is dropped unseen."""
    for severity in ("error", "warning"):
        found = _found(report, severity)
        keep = ANNOTATIONS if len(found) <= ANNOTATIONS else ANNOTATIONS - 1
        for subject, finding in found[:keep]:
            yield _annotation(subject, finding)
        if found[keep:]:
            rest = f"{len(found) - keep} more are told in the log and in the summary of this job"
            yield command(severity, f"{rest}: GitHub shows {ANNOTATIONS} of a step.", title="regdoctor")


def _found(report: Report, severity: str) -> list[tuple[Subject, Finding]]:
    """What was found of one severity; the same of several images is told once."""
    seen: set[Finding] = set()
    ranked: list[tuple[int, Subject, Finding]] = []
    for subject in subjects(report):
        for at, finding in enumerate(subject.findings):
            alike = finding.but(location=None)
            if finding.severity == severity and (subject.kind != "image" or alike not in seen):
                ranked.append((min(at, 1), subject, finding))
            seen.add(alike)
    return [(subject, finding) for _, subject, finding in sorted(ranked, key=lambda each: each[0])]


def _annotation(subject: Subject, finding: Finding) -> str:
    place = subject.place_of(finding)
    title = visible(f"{subject.name}: {finding.title}" if subject.name else finding.title, 250)
    told = [visible(finding.explanation)]
    for number, step in enumerate(finding.remediation, 1):
        told.append(f"{number}. {visible(step.text)}")
        told += [f"   {visible(each)}" for each in (step.command, step.url) if each]
    message = "\n".join(told)
    if len(message) > _MESSAGE:
        message = message[:_MESSAGE].rpartition("\n")[0] + "\n…"
    return command(
        finding.severity,
        message,
        file=visible(place.file) if place else None,
        line=place.line if place else None,
        col=place.column if place else None,
        title=title,
    )
