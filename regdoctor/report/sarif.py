"""The report as SARIF 2.1.0, which GitHub's code scanning and many editors read.

<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html> and what GitHub asks of it:
<https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support>.
"""

from __future__ import annotations

from urllib.parse import quote

from regdoctor import __version__
from regdoctor.causes import CAUSES
from regdoctor.causes.cause import finding as say
from regdoctor.model import Location
from regdoctor.report.json_report import as_object, finding_object, instant, json_text
from regdoctor.report.markup import apart, finding_body, words
from regdoctor.report.subjects import subjects
from regdoctor.secret import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from regdoctor.model import Finding, Report
    from regdoctor.report.subjects import Subject

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_SOURCE_ROOT = "%SRCROOT%"
_SHORT = 1000
"""Characters of a description: GitHub takes 1,024."""


def render(report: Report, *, trace: bool = False) -> str:
    """The report as one SARIF log: a rule for each cause that was found, a result for each finding."""
    found = [(subject, finding) for subject in subjects(report) for finding in subject.findings]
    rules = {finding.cause: finding for _, finding in found}
    order = list(rules)
    prints: dict[str, int] = {}
    run = {
        "tool": {
            "driver": {
                "name": "regdoctor",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(finding) for finding in rules.values()],
            }
        },
        "automationDetails": {"id": "regdoctor/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_SOURCE_ROOT: {"description": {"text": "The folder of the workspace."}}},
        "invocations": [_invocation(report, trace)],
        "results": [
            _result(subject, finding, order.index(finding.cause), prints) for subject, finding in found
        ],
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(found: Finding) -> dict[str, Any]:
    """A cause in general words: those of a result are about one set."""
    cause = CAUSES.get(found.cause)
    general = say(cause, {}) if cause else found
    rule: dict[str, Any] = {
        "id": general.cause,
        "name": "".join(word.capitalize() for word in general.cause.split("-")),
        "shortDescription": {"text": _plain(f"{general.title}.", _SHORT)},
        "fullDescription": {"text": _plain(general.explanation, _SHORT)},
        "help": {
            "text": "\n".join(_told(general)),
            "markdown": "\n".join(finding_body(general)),
        },
        "defaultConfiguration": {"level": _LEVELS[general.severity]},
        "properties": {"tags": [cause.family if cause else "Other"], "precision": "high"},
    }
    url = next((step.url for step in general.remediation if step.url), None)
    return rule if url is None else {**rule, "helpUri": url}


def _result(subject: Subject, finding: Finding, index: int, prints: dict[str, int]) -> dict[str, Any]:
    told = finding_object(finding)
    name = f"{subject.kind} {subject.name}".strip()
    return {
        "ruleId": finding.cause,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {
            "text": "\n".join([f"{_plain(finding.title)}.", "", *_told(finding)]),
            "markdown": "\n".join(apart([f"**{words(finding.title)}**"], finding_body(finding))),
        },
        "locations": [_location(subject, finding)],
        "partialFingerprints": {"primaryLocationLineHash": _fingerprint(subject, finding, prints)},
        "properties": {
            "subject": visible(name),
            "verified": finding.verified,
            "alsoPossible": told["also_possible"],
            "fixes": told["fixes"],
        },
    }


def _told(finding: Finding) -> Iterator[str]:
    """A finding in plain text."""
    yield _plain(finding.explanation)
    for heading, lines in (
        ("Seen:", [f"- {_plain(evidence)}" for evidence in finding.evidence]),
        ("What to do:", list(_steps(finding))),
    ):
        if lines:
            yield ""
            yield heading
            yield from lines


def _steps(finding: Finding) -> Iterator[str]:
    for number, step in enumerate(finding.remediation, 1):
        yield f"{number}. {_plain(step.text)}"
        yield from (f"   {_plain(each)}" for each in (step.command, step.url) if each)


def _plain(text: str, limit: int = 2000) -> str:
    """A text in which nothing is a link: SARIF reads those of Markdown even where it reads no Markdown."""
    return visible(text, limit).replace("](", "] (")


def _location(subject: Subject, finding: Finding) -> dict[str, Any]:
    """Where it is to be mended: in a file, or else in what is no file.

    GitHub refuses a log with a result that has no file, so the variable or the image stands for one, as
    images do in the logs of their scanners.
    """
    place = subject.place_of(finding)
    variable = next((fix.variable for fix in finding.fixes), None)
    thing = variable or subject.name or subject.kind
    artifact = {"uri": quote(thing, errors="replace")}
    if place is not None:
        artifact = {"uri": quote(place.file, errors="replace"), "uriBaseId": _SOURCE_ROOT}
    else:
        place = Location("", 1)
    logical = {"name": visible(subject.name or subject.kind), "kind": "resource"}
    if variable:
        logical["fullyQualifiedName"] = visible(variable)
    return {
        "physicalLocation": {
            "artifactLocation": artifact,
            "region": {"startLine": place.line, "startColumn": place.column},
        },
        "logicalLocations": [logical],
    }


def _fingerprint(subject: Subject, finding: Finding, prints: dict[str, int]) -> str:
    """The same for a cause of a subject in every run, whatever was seen and wherever it stands."""
    import hashlib

    file = finding.location.file if finding.location else ""
    same = "\0".join((finding.cause, subject.kind, subject.name, file))
    digest = hashlib.sha256(same.encode("utf-8", "backslashreplace")).hexdigest()[:16]
    prints[digest] = prints.get(digest, 0) + 1
    return f"{digest}:{prints[digest]}"


def _invocation(report: Report, trace: bool) -> dict[str, Any]:
    told = as_object(report, trace=trace)
    crashed = [
        finding
        for result in report.results
        for check in result.checks
        if check.status == "crashed"
        for finding in check.findings
    ]
    return {
        "executionSuccessful": not crashed,
        "startTimeUtc": instant(report.started_at),
        "endTimeUtc": instant(report.started_at + report.duration_ms / 1000),
        "toolExecutionNotifications": [
            {"level": "error", "message": {"text": "\n".join(_told(finding))}} for finding in crashed
        ],
        "properties": {key: told[key] for key in ("environment", "summary", "trace") if key in told},
    }
