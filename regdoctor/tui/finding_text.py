"""A finding, a step and the lesson for the first visit as paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from regdoctor.model import Finding, Step
from regdoctor.tui.board import Guide, ImageState, SetState
from regdoctor.tui.phrases import cause_title, server_forms
from regdoctor.tui.signs import STYLES
from regdoctor.tui.widgets.prose import Block

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regdoctor.tui.board import Subject
    from regdoctor.tui.signs import Signs

STEPS = "What to do"
"""The heading of the steps that mend a failure."""
_LABEL = "bold $foreground-muted"
_COMMAND = "$text-primary on $surface"
_LINK = "$foreground-muted"

_GUIDE = (
    "To log in to a private registry, a codespace needs three secrets whose names begin with one identifier. "
    "You choose it: capital letters, digits and underscores, such as ACR."
)
_NAMES = (
    ("<ID>_CONTAINER_REGISTRY_SERVER", "for example mycompany.azurecr.io"),
    ("<ID>_CONTAINER_REGISTRY_USER", "for example acr-user"),
    ("<ID>_CONTAINER_REGISTRY_PASSWORD", "the password or token"),
)
_GUIDE_STEPS = (
    Step(
        "Store the three secrets, on the page or by command. It asks for the value; do the same for _USER "
        "and _PASSWORD.",
        command="gh secret set <ID>_CONTAINER_REGISTRY_SERVER --app codespaces",
        url="https://github.com/settings/codespaces",
    ),
    Step("On the page, give them Repository access to this repository. Then restart this codespace."),
    Step("To see regdoctor at work, look at made-up sets.", command="regdoctor demo"),
)


def finding_blocks(finding: Finding, set_id: str | None, signs: Signs) -> Iterator[Block]:
    """What happened and why, how it is known, what else it may be, and the steps that mend it."""
    sign, style = signs.label(finding.severity)
    title = Content.styled(signs.text(finding.title, 500), "bold")
    yield Block(title, before=Content.styled(f"{sign}  ", style), gap=True)
    yield Block(Content(signs.text(finding.explanation)), gap=True)
    yield from _listed("Seen", finding.evidence, signs)
    possible = tuple(cause_title(cause, set_id) for cause in finding.also_possible)
    yield from _listed("Also possible", possible, signs)
    if finding.remediation or finding.verified:
        yield Block(Content.styled(STEPS, _LABEL))
    if finding.verified:
        text = Content.styled("tried: it works. Nothing is stored yet.", STYLES["ok"])
        yield Block(text, before=Content.assemble(signs.mark("ok"), " "))
    for number, step in enumerate(finding.remediation, 1):
        yield from step_blocks(number, step, signs)


def steps_of(subject: Subject | None) -> tuple[Step, ...]:
    """Every step that the detail of a row names."""
    match subject:
        case SetState() | ImageState():
            findings = subject.result.findings if subject.known and not subject.busy else ()
            return tuple(step for finding in findings for step in finding.remediation)
        case Finding():
            return subject.remediation
        case Guide():
            return _GUIDE_STEPS
    return ()


def first_steps(blocks: Sequence[Block]) -> tuple[int, int] | None:
    """Which paragraphs are the first list of steps' heading and its first step; None where there is none."""
    for top, block in enumerate(blocks):
        if block.text.plain == STEPS:
            return top, next(at for at, each in enumerate(blocks) if at > top and each.gap) + 1
    return None


def step_blocks(number: int, step: Step, signs: Signs) -> Iterator[Block]:
    """A step's number, what to do, the command that does it and the page where it is done."""
    indent = Content("   ")
    blocks = [Block(Content(signs.text(step.text)), before=Content.styled(f"{number}.".ljust(3), "bold"))]
    commands = (step.command or "").splitlines()
    blocks += [Block(Content(signs.text(line)), before=indent, band=_COMMAND) for line in commands]
    if step.url:
        blocks.append(Block(_link(step.url, signs), before=indent))
    *others, last = blocks
    yield from others
    yield last.but(gap=True)


def guide_blocks(signs: Signs) -> Iterator[Block]:
    """What a set is, then how to make one."""
    yield Block(Content.styled("No secret set was found", "bold"), gap=True)
    yield Block(Content(_GUIDE), gap=True)
    column = max(len(name) for name, _ in _NAMES) + 2
    for name, meaning in _NAMES:
        text = Content.assemble((name.ljust(column), "$text-primary"), (meaning, "$foreground-muted"))
        yield Block(text, before=Content("   "), gap=name == _NAMES[-1][0])
    yield Block(Content.styled(STEPS, _LABEL))
    for number, step in enumerate(_GUIDE_STEPS, 1):
        yield from step_blocks(number, step, signs)
    yield Block(Content.styled("The server is", _LABEL))
    forms = (*server_forms(), ("any other", "what stands before the first slash of its images"))
    column = max(len(name) for name, _ in forms) + 2
    for name, form in forms:
        text = Content.assemble((name.ljust(column), "$foreground-muted"), (form, "$text-primary"))
        yield Block(text, before=Content("   "))


def _listed(label: str, texts: Sequence[str], signs: Signs) -> Iterator[Block]:
    if not texts:
        return
    yield Block(Content.styled(label, _LABEL))
    bar = Content.styled(f"{signs.bar} ", "$foreground-disabled")
    for number, text in enumerate(texts, 1):
        yield Block(Content(signs.text(text)), before=bar, bar=True, gap=number == len(texts))


def _link(url: str, signs: Signs) -> Content:
    shown = signs.text(url)
    content = Content.styled(shown, _LINK)
    # Terminals open a link on a click; only what is a web address and is shown whole may be one.
    if shown == url and url.startswith("https://"):
        return content.stylize(Style(link=url))
    return content
