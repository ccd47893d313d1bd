"""The stages of a set as parts that both of their widgets draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdoctor.record import Record
from regdoctor.tui.board import ImageState, SetState
from regdoctor.tui.phrases import MENDING, duration

if TYPE_CHECKING:
    from regdoctor.tui.board import Subject
    from regdoctor.tui.signs import Mark, Signs


class Stage(Record):
    """One stage, or several that were skipped for one reason."""

    mark: Mark
    name: str
    duration: str = ""
    words: str = ""
    """The fact that it established, or why it was skipped."""


def stages_of(subject: Subject | None, signs: Signs) -> tuple[Stage, ...]:
    """The stages of a set or an image in their order, the one that is going on last."""
    if not isinstance(subject, SetState | ImageState):
        return ()
    stages: list[Stage] = []
    for check in subject.stages:
        if not check.needed:
            continue
        name = signs.text(check.name, 20)
        if check.status == "skipped":
            reason = signs.text(check.reason, 300)
            last = stages[-1] if stages else None
            if last is not None and last.mark == "skipped" and last.words == reason:
                stages[-1] = last.but(name=f"{last.name}, {name}")
            else:
                stages.append(Stage("skipped", name, words=reason))
            continue
        detail = signs.text(check.detail or check.reason, 600)
        stages.append(Stage(check.status, name, duration(check.duration_ms), detail))
    if subject.busy and subject.doing == "mend":
        stages.append(Stage("running", MENDING))
    elif subject.busy and subject.doing:
        words = signs.text(subject.host, 200)
        stages.append(Stage("running", signs.text(subject.doing, 20), words=words))
    return tuple(stages)
