"""The report as JUnit's XML, which the viewers of test results read: one suite for each set and image.

There is no standard; what Jenkins takes is written down in the schema of its xUnit plugin, junit-10.xsd.
"""

from __future__ import annotations

import re
import time
from xml.etree import ElementTree

from regdoctor import __version__
from regdoctor.model import CheckResult, SetResult
from regdoctor.report.log import inert
from regdoctor.report.text import finding_lines
from regdoctor.secret import escaped, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

    from regdoctor.model import Finding, ImageResult, Report

    Result = SetResult | ImageResult

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 may hold, not even escaped: <https://www.w3.org/TR/xml/#charsets>."""


def render(report: Report, *, trace: bool = False) -> str:
    """The report as one XML document.

    A check that found an error has failed, one that crashed is in error. One that found no more than a
    warning has passed, and tells it in its output.
    """
    suites = [_suite_of(result, report) for result in report.results]
    if report.findings or trace or not suites:
        suites.append(_suite_of_codespace(report, trace))
    root = ElementTree.Element("testsuites", name=f"regdoctor {__version__}")
    started_at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(report.started_at))
    for suite in suites:
        suite.set("timestamp", started_at)
        _count(suite)
        root.append(suite)
    for kind in ("tests", "failures", "errors"):
        root.set(kind, str(sum(int(suite.get(kind, 0)) for suite in suites)))
    root.set("time", _seconds(report.duration_ms))
    ElementTree.indent(root)
    # Plain ASCII, so that it is what its first line says wherever it is printed.
    document = ElementTree.tostring(root).decode("ascii").replace("##[", "##&#91;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{document}\n'


def _suite_of(result: Result, report: Report) -> Element:
    suite = _suite(_name(result))
    properties = ElementTree.SubElement(suite, "properties")
    for name, value in _facts(result).items():
        if value is not None:
            ElementTree.SubElement(properties, "property", name=name, value=_clean(value))
    if isinstance(result, SetResult):
        left = list(result.findings)
        for check in result.checks:
            causes = {finding.cause for finding in check.findings}
            own = [finding for finding in left if finding.cause in causes]
            left = [finding for finding in left if finding not in own]
            if not own and result.status == "error" and check.status == "error":
                # What it met was seen more clearly by another check, which tells it.
                own = [result.findings[0]]
            _add_check(suite, check, own)
        for finding in left:
            _add_finding(suite, finding)
        return suite
    *before, last = result.checks or (CheckResult("pull", "skipped", reason="not asked"),)
    for check in before:
        _add_check(suite, check, ())
    # Whatever was found about an image is a reason why it cannot be pulled.
    told = f"The set {result.set_id} tells the rest." if report.is_told_by_its_set(result) else ""
    _add_check(suite, last, result.findings, told)
    return suite


def _name(result: Result) -> str:
    if isinstance(result, SetResult):
        return f"set {result.secret_set.id}"
    return f"image {result.image.reference}"


def _facts(result: Result) -> dict[str, str | None]:
    proved = "true" if result.proved else "false"
    if not isinstance(result, SetResult):
        return {"source": result.image.source, "set": result.set_id, "proved": proved}
    return {
        "server": result.secret_set.shown_server,
        "user": result.secret_set.shown_user,
        "registry": result.registry,
        "credential": result.credential.kind if result.credential else None,
        "proved": proved,
    }


def _suite_of_codespace(report: Report, trace: bool) -> Element:
    """What belongs to no set and no image, and the network calls of all."""
    suite = _suite("codespace")
    if not report.results:
        ElementTree.SubElement(_case(suite, "sets", 0), "skipped", message="no secret set was found")
    for finding in report.findings:
        _add_finding(suite, finding)
    if trace:
        calls = [
            f"{call.duration_ms:.0f} ms {call.method} {call.host} {call.status}" for call in report.calls
        ]
        ElementTree.SubElement(suite, "system-out").text = _clean_lines(["Network calls:", *calls])
    return suite


def _add_check(suite: Element, check: CheckResult, findings: Iterable[Finding], instead: str = "") -> None:
    """A check as a case; `instead` stands for what is told elsewhere."""
    case = _case(suite, check.name, check.duration_ms)
    failed = _add_failure(case, findings, crashed=check.status == "crashed", instead=instead)
    if not failed and check.status == "skipped":
        ElementTree.SubElement(case, "skipped", message=_clean(check.reason or ""))
    _add_output(case, () if instead else findings, check.detail)


def _add_finding(suite: Element, finding: Finding) -> None:
    """A finding of no check as a case."""
    case = _case(suite, finding.cause, 0)
    _add_failure(case, [finding])
    _add_output(case, [finding])


def _add_failure(
    case: Element, findings: Iterable[Finding], *, crashed: bool = False, instead: str = ""
) -> bool:
    """One failure for all that is an error: most viewers show no second one."""
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        first = errors[0]
        failure = ElementTree.SubElement(
            case, "error" if crashed else "failure", message=_clean(first.title), type=first.cause
        )
        failure.text = instead or _clean_lines(_told(errors))
    return bool(errors)


def _add_output(case: Element, findings: Iterable[Finding], detail: str | None = None) -> None:
    said = [detail] if detail else []
    said += _told(finding for finding in findings if finding.severity != "error")
    if said:
        ElementTree.SubElement(case, "system-out").text = _clean_lines(said)


def _told(findings: Iterable[Finding]) -> list[str]:
    return [line.text for finding in findings for line in finding_lines(finding, width=100, ascii_only=True)]


def _suite(name: str) -> Element:
    return ElementTree.Element("testsuite", name=_clean(name))


def _case(suite: Element, name: str, duration_ms: float) -> Element:
    # Jenkins takes what stands before the last dot of a class for its package.
    where = suite.get("name", "").replace(".", "_")
    return ElementTree.SubElement(suite, "testcase", name=name, classname=where, time=_seconds(duration_ms))


def _count(suite: Element) -> None:
    cases = suite.findall("testcase")
    suite.set("tests", str(len(cases)))
    for kind, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(kind, str(sum(case.find(tag) is not None for case in cases)))
    suite.set("time", f"{sum(float(case.get('time', 0)) for case in cases):.3f}")


def _seconds(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.3f}"


def _clean_lines(lines: Iterable[str]) -> str:
    return inert("\n".join(map(_clean, lines)).strip("\n"))


def _clean(text: str) -> str:
    """A text that may stand in XML, on one line."""
    return _NO_XML.sub(lambda match: escaped(match[0]), visible(text))
