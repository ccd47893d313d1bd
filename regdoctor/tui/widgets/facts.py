"""What else is known of the chosen row: names, places and what a program would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive

from regdoctor.model import PARTS, Finding
from regdoctor.tui.board import ImageState, SetState
from regdoctor.tui.phrases import fix_in_words, moment
from regdoctor.tui.widgets.prose import Block, Prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regdoctor.tui.board import Subject
    from regdoctor.tui.signs import Signs

_NAME = 15


class Facts(Prose):
    """The facts that nobody needs first."""

    subject: reactive[Subject | None] = reactive(None, layout=True)

    def __init__(self, signs: Signs) -> None:
        super().__init__()
        self._signs = signs

    def blocks(self) -> tuple[Block, ...]:
        """A paragraph for each fact."""
        blocks = [
            Block(
                Content(self._signs.text(words, 600)),
                before=Content.styled(name.ljust(_NAME), "$foreground-muted"),
            )
            for name, words in facts_of(self.subject)
        ]
        label = Block(Content.styled("Facts", "bold $foreground-muted"))
        return (label, *blocks) if blocks else ()


def facts_of(subject: Subject | None) -> Iterator[tuple[str, str]]:
    """Names and words of the facts of a row."""
    findings: tuple[Finding, ...] = ()
    if isinstance(subject, SetState):
        found, findings = subject.result.secret_set, subject.result.findings
        names = [variable.name for part in PARTS if (variable := found.variable(part))]
        if names:
            yield "variables", ", ".join(names)
        yield "registry", subject.result.registry
        if (credential := subject.result.credential) is not None:
            end = f", ends {moment(credential.expires_at)}" if credential.expires_at is not None else ""
            yield "credential", f"{credential.kind}{end}"
    elif isinstance(subject, ImageState):
        findings = subject.result.findings
    elif isinstance(subject, Finding):
        findings = (subject,)
    if isinstance(subject, SetState | ImageState) and subject.known:
        what = "login" if isinstance(subject, SetState) else "right to pull"
        yield what, "shown in this run" if subject.result.proved else "not shown in this run"
    for finding in findings:
        yield finding.severity, finding.cause
        if finding.location is not None:
            place = finding.location
            yield "place", f"{place.file}, line {place.line}, column {place.column}"
        for fix in finding.fixes:
            yield "fix", fix_in_words(fix)
