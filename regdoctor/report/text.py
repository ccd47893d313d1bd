"""The report for people: readable at 80 columns, with or without colour."""

from __future__ import annotations

import textwrap

from regdoctor import __version__
from regdoctor.record import Record
from regdoctor.registries import server_forms
from regdoctor.secret import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from regdoctor.model import Call, CheckResult, Environment, Finding, ImageResult, Report, SetResult, Step

WIDTH = 80

UNICODE_SIGNS = {"ok": "✓", "warning": "!", "error": "✗", "skipped": "–", "crashed": "☠", "info": "i"}
ASCII_SIGNS = {"ok": "+", "warning": "!", "error": "x", "skipped": "-", "crashed": "#", "info": "i"}
STYLES = {
    "ok": "green",
    "warning": "yellow",
    "error": "red",
    "info": "cyan",
    "crashed": "magenta",
    "skipped": "dim",
}

IN_FULL = 20
"""Findings of one cause that belong to no set and are told in full."""

_FACTS = ("value", "dns", "tls", "registry", "exchange", "login")
"""The checks whose facts a reader wants to know even where all is well."""

NO_SETS = """\
No secret set was found here, so there is nothing to log in with.

A codespace can pull private images when three secrets with one identifier are
set. Choose the identifier; the rest of the name is fixed:

  ACR_CONTAINER_REGISTRY_SERVER     for example mycompany.azurecr.io
  ACR_CONTAINER_REGISTRY_USER       the user name
  ACR_CONTAINER_REGISTRY_PASSWORD   the password or access token

Create them with gh, or on the page for your own codespaces:

  gh secret set ACR_CONTAINER_REGISTRY_SERVER --app codespaces
  https://github.com/settings/codespaces

Then stop the codespace and start it again. To see regdoctor at work without a
secret: regdoctor demo
"""


class Line(Record):
    """A line of the report, and how it looks where there is colour."""

    text: str
    style: str = ""


def render(report: Report, *, trace: bool = False, width: int = WIDTH, ascii_only: bool = False) -> str:
    """The report as plain text."""
    return "".join(
        f"{line.text}\n" for line in lay_out(report, trace=trace, width=width, ascii_only=ascii_only)
    )


def lay_out(
    report: Report, *, trace: bool = False, width: int = WIDTH, ascii_only: bool = False
) -> Iterator[Line]:
    """The lines of the report, wrapped."""
    page = _Page(width, ASCII_SIGNS if ascii_only else UNICODE_SIGNS)
    yield Line(_heading(report.environment), "bold")
    for result in report.sets:
        yield Line("")
        yield from page.set(result)
    if report.images:
        yield Line("")
        yield Line("Images", "bold")
        twins: dict[tuple[Finding, ...], str] = {}
        for image in report.images:
            why = tuple(finding.but(location=None) for finding in image.findings)
            yield from page.image(image, report.is_told_by_its_set(image), twins.get(why))
            if why:
                twins.setdefault(why, image.image.reference)
    if not report.sets and report.images:
        yield Line("")
        yield from page.wrap(_without_sets(report.images), "", "")
    elif not report.sets:
        yield Line("")
        for text in NO_SETS.splitlines():
            yield Line(text)
        yield Line("")
        yield Line("The server is")
        yield Line("")
        yield from _servers()
    if report.findings:
        yield Line("")
        yield Line("Besides the sets" if report.sets else "Besides", "bold")
        told: dict[str, int] = {}
        for finding in report.findings:
            times = told[finding.cause] = told.get(finding.cause, 0) + 1
            in_brief = finding.severity == "info" or times > IN_FULL
            yield from page.aside(finding) if in_brief else page.finding(finding)
    if trace:
        yield Line("")
        yield Line("Network calls", "bold")
        yield from _trace(report.calls)
    if report.results:
        yield Line("")
        yield _summary(report)


def in_one_line(report: Report, *, ascii_only: bool = False) -> Line:
    """All of a report that found nothing grave."""
    warned = any(finding.severity != "info" for finding in report.findings) or any(
        result.status != "ok" for result in report.results
    )
    said = _summary(report).text if report.results else "no secret set was found here"
    sign = (ASCII_SIGNS if ascii_only else UNICODE_SIGNS)["warning" if warned else "ok"]
    more = "  More: regdoctor report" if warned else ""
    return Line(f"{sign} regdoctor: {said}{more}", STYLES["warning" if warned else "ok"])


def _without_sets(images: tuple[ImageResult, ...]) -> str:
    """What to say where there are no sets; how to make one stands with an image that needs it."""
    if all(image.proved for image in images):
        return "No secret set was found here, and these images need none."
    names = ", ".join(f"<ID>_CONTAINER_REGISTRY_{part}" for part in ("SERVER", "USER", "PASSWORD"))
    return f"No secret set was found here. One is made of three secrets: {names}."


def _servers() -> Iterator[Line]:
    """How the server value looks, for those who have none yet."""
    forms = (*server_forms(), ("any other", "what stands before an image's first /"))
    column = max(len(name) for name, _ in forms) + 2
    return (Line(f"  {name.ljust(column)}{form}") for name, form in forms)


def finding_lines(finding: Finding, *, width: int = WIDTH, ascii_only: bool = False) -> Iterator[Line]:
    """One finding in full."""
    return _Page(width, ASCII_SIGNS if ascii_only else UNICODE_SIGNS).finding(finding)


def _heading(environment: Environment) -> str:
    parts = [f"regdoctor {__version__}"]
    if environment.recovery_container:
        parts.append("recovery container")
    elif environment.codespace:
        parts.append("codespace")
    if environment.repository:
        parts.append(visible(environment.repository))
    if environment.docker.status == "ok":
        parts.append(f"Docker Engine {visible(environment.docker.version or '')}")
    elif environment.docker.status != "not-asked":
        parts.append(f"Docker Engine: {environment.docker.status.replace('-', ' ')}")
    return "  ".join(parts)


def _trace(calls: Iterable[Call]) -> Iterator[Line]:
    for call in calls:
        yield Line(visible(f"  {call.duration_ms:7.0f} ms  {call.method:<7} {call.host}  {call.status}"))


def _summary(report: Report) -> Line:
    counts = {
        verdict: sum(result.status == verdict for result in report.results)
        for verdict in ("ok", "warning", "error")
    }
    parts = [counted(len(report.sets), "set")] if report.sets else []
    parts += [counted(len(report.images), "image")] if report.images else []
    return Line(
        f"{' and '.join(parts)}: {counts['ok']} ok, {counted(counts['warning'], 'warning')}, "
        f"{counted(counts['error'], 'error')} ({report.duration_ms / 1000:.1f} s)",
        "bold",
    )


def counted(number: int, noun: str) -> str:
    """A number of things, in words that agree."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


class _Page:
    """The measures of a page: its width and its signs."""

    def __init__(self, width: int, signs: dict[str, str]) -> None:
        self.width = max(40, width)
        self.signs = signs

    def set(self, result: SetResult) -> Iterator[Line]:
        found = result.secret_set
        nothing_shown = result.status == "ok" and not result.proved
        verdict = "no fault found" if nothing_shown else result.status
        sign = self.signs["skipped" if nothing_shown else result.status]
        said = "logged in" if result.proved else "not logged in"
        server = "no server" if found.shown_server is None else visible(found.shown_server, 200)
        user = "" if found.shown_user is None else f" as {visible(found.shown_user, 100)}"
        head = f"{sign} {visible(found.id)}  {verdict}, {said}  {server}{user}"
        yield from self.wrap(head, "", "  ", f"bold {STYLES[result.status]}")
        yield from self.pipeline(tuple(check for check in result.checks if check.needed))
        if result.findings and result.status == "ok":
            for finding in result.findings:
                yield from self.aside(finding)
            return
        for finding in result.findings:
            yield from self.aside(finding) if finding.severity == "info" else self.finding(finding)

    def image(self, result: ImageResult, of_the_set: bool, twin: str | None = None) -> Iterator[Line]:
        """An image: a line where all is well, or where its set tells the rest, or the image before it that is
        its twin in what was found."""
        image = result.image
        reason = next(
            (check.reason for check in result.checks if check.name == "pull" and check.reason), None
        )
        said = "can be pulled" if result.proved else f"not asked: {reason}" if reason else "not pulled"
        if result.set_id is not None and not of_the_set:
            said += f", with the set {result.set_id}"
        verdict = "" if result.status == "ok" else f"{result.status}, "
        sign = self.signs["skipped" if result.status == "ok" and not result.proved else result.status]
        where = f"{image.location.file}:{image.location.line}" if image.location else image.source
        head = f"{sign} {visible(image.reference, 300)}  {verdict}{said}  {visible(where, 200)}"
        yield from self.wrap(head, "", "  ", f"bold {STYLES[result.status]}")
        if twin is not None and result.status != "ok" and not of_the_set:
            yield from self.wrap(f"for the same reason as {twin}", "  ", "  ")
            return
        if result.status != "ok" and not of_the_set:
            yield from self.pipeline(result.checks)
        for finding in () if of_the_set else result.findings:
            yield from self.aside(finding) if result.status == "ok" else self.finding(finding)

    def pipeline(self, checks: tuple[CheckResult, ...]) -> Iterator[Line]:
        """The stages, each with its sign; then the facts that they established."""
        stages = []
        for check in checks:
            took = f" {check.duration_ms:.0f} ms" if check.duration_ms >= 1 else ""
            stages.append(f"{self.signs[check.status]}\u00a0{check.name}{took}".replace(" ", "\u00a0"))
        for line in self.wrap("  ".join(stages), "  ", "  ", "dim"):
            yield line.but(text=line.text.replace("\u00a0", " "))
        for check in checks:
            if check.name in _FACTS and check.detail and check.status in ("ok", "warning"):
                yield from self.wrap(f"{check.name}: {check.detail}", "    ", "      ", "dim")
        reasons: dict[str, list[str]] = {}
        for check in checks:
            if check.reason:
                reasons.setdefault(check.reason, []).append(check.name)
        for reason, names in reasons.items():
            yield from self.wrap(f"skipped {', '.join(names)}: {reason}", "    ", "      ", "dim")

    def finding(self, finding: Finding) -> Iterator[Line]:
        sign = self.signs[finding.severity]
        title = f"{sign} {finding.title}  [{finding.cause}]"
        yield Line("")
        yield from self.wrap(title, "  ", "    ", f"bold {STYLES[finding.severity]}")
        yield from self.wrap(finding.explanation, "    ", "    ")
        for evidence in finding.evidence:
            yield from self.wrap(f"seen: {evidence}", "    ", "      ", "dim")
        if finding.also_possible:
            yield from self.wrap(
                f"also possible: {', '.join(finding.also_possible)}", "    ", "      ", "dim"
            )
        if finding.verified:
            yield Line(f"    {self.signs['ok']} tried in memory with this fixed: it works", "green")
        for number, step in enumerate(finding.remediation, 1):
            yield from self.step(number, step)

    def aside(self, finding: Finding) -> Iterator[Line]:
        """A finding that is no fault, or one of many alike, in a line; `regdoctor causes` has the rest."""
        title = f"{self.signs[finding.severity]} {finding.title}  [{finding.cause}]"
        yield from self.wrap(title, "  ", "    ", STYLES[finding.severity])

    def step(self, number: int, step: Step) -> Iterator[Line]:
        yield from self.wrap(f"{number}. {step.text}", "    ", "       ")
        # Commands and links are copied, so they are never broken.
        if step.command:
            yield Line(f"       $ {visible(step.command)}", "bold")
        if step.url:
            yield Line(f"       {visible(step.url)}", "cyan")

    def wrap(self, text: str, first: str, rest: str, style: str = "") -> Iterator[Line]:
        lines = textwrap.wrap(
            visible(text),
            self.width,
            initial_indent=first,
            subsequent_indent=rest,
            break_on_hyphens=False,
        )
        for line in lines or [first.rstrip()]:
            yield Line(line, style)
