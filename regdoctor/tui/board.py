"""What is known at a moment of all sets: runs are folded into it event by event, front ends only read it.

Pure, so that it is understood and tested without a terminal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdoctor.model import (
    CheckFinished,
    CheckStarted,
    Environment,
    Finding,
    Finished,
    ImageFinished,
    ImagesFound,
    ImageStarted,
    MendStarted,
    NetworkCalled,
    Report,
    SetFinished,
    SetsFound,
)
from regdoctor.record import Record
from regdoctor.settings import Target

if TYPE_CHECKING:
    from regdoctor.model import Call, CheckResult, Event, Image, ImageResult, SetResult
    from regdoctor.tui.signs import Mark


class SetState(Record):
    """A set: its latest result, and how far the run that examines it has come."""

    result: SetResult
    """The latest complete one; the facts alone while there is none."""
    known: bool = False
    """A run of this set has ended."""
    run: int = 0
    """The run that it belongs to; only that one may say something of it."""
    busy: bool = False
    checks: tuple[CheckResult, ...] = ()
    """What the run that is going on has found so far."""
    doing: str | None = None
    """The check that is going on, or "mend"."""
    host: str | None = None
    """The host that is being asked."""

    @property
    def id(self) -> str:
        """The set's identifier."""
        return self.result.secret_set.id

    @property
    def mark(self) -> Mark:
        """What its row shows."""
        if self.busy:
            return "running" if self.doing else "waiting"
        return self.result.status if self.known else "skipped"

    @property
    def stages(self) -> tuple[CheckResult, ...]:
        """The checks to be shown: those of the run that is going on, else those of the latest."""
        return self.checks if self.busy or not self.known else self.result.checks

    @property
    def so_far(self) -> SetResult:
        """Its latest complete result; before there is one, what its checks have found already."""
        if self.known:
            return self.result
        findings = tuple(found for check in self.checks for found in check.findings)
        return self.result.but(checks=self.checks, findings=findings)

    @property
    def can_be_mended(self) -> bool:
        """It has fixes that a program can make, and nobody is at work on it."""
        from regdoctor.healing import can_be_tried

        found = self.result.secret_set
        return (
            self.known and not self.busy and any(can_be_tried(found, each) for each in self.result.findings)
        )

    def begun(self, run: int) -> SetState:
        """The same set as a run takes it up."""
        return self.but(run=run, busy=True, checks=(), doing=None, host=None)

    def stopped(self) -> SetState:
        """The same set with no run at work on it."""
        return self.but(busy=False, doing=None, host=None)

    def after(self, event: Event) -> SetState:
        """The same set when something has happened to it."""
        match event:
            case CheckStarted():
                return self.but(doing=event.check, host=event.host)
            case CheckFinished():
                others = tuple(check for check in self.checks if check.name != event.result.name)
                return self.but(checks=(*others, event.result), doing=None, host=None)
            case MendStarted():
                return self.but(doing="mend", host=None)
            case SetFinished():
                return self.stopped().but(result=event.result, known=True, checks=event.result.checks)
        return self


class ImageState(Record):
    """An image: its latest result, and whether a run is asking about it."""

    result: ImageResult
    known: bool = False
    """It is known whether it may be pulled."""
    run: int = 0
    """The run that it belongs to; only that one may say something of it."""
    busy: bool = False
    host: str | None = None
    """The registry that is being asked."""

    @property
    def id(self) -> str:
        """What tells it from the other images."""
        return _image_id(self.result.image)

    @property
    def mark(self) -> Mark:
        """What its row shows."""
        if self.busy:
            return "running" if self.host else "waiting"
        return self.result.status if self.known else "skipped"

    @property
    def stages(self) -> tuple[CheckResult, ...]:
        """The checks to be shown."""
        return self.result.checks

    @property
    def doing(self) -> str | None:
        """The check that is going on."""
        return "pull" if self.busy and self.host else None

    def begun(self, run: int) -> ImageState:
        """The same image as a run takes it up."""
        return self.but(run=run, busy=True, host=None)

    def stopped(self) -> ImageState:
        """The same image with no run at work on it."""
        return self.but(busy=False, host=None)

    def after(self, event: Event) -> ImageState:
        """The same image when something has happened to it."""
        match event:
            case ImageStarted():
                return self.but(host=event.host)
            case ImageFinished():
                return self.stopped().but(result=event.result, known=True)
        return self


def _image_id(image: Image) -> str:
    return f"{image.reference} {image.platform or ''}".rstrip()


_Change = CheckStarted | CheckFinished | MendStarted | SetFinished | ImageStarted | ImageFinished
"""What happens to one set or image."""


class Guide(Record):
    """Stands where the sets would be: how a set is named."""


State = SetState | ImageState
"""What is examined."""
Subject = SetState | ImageState | Finding | Guide
"""What a row is about."""


class Entry(Record):
    """A row of the overview."""

    key: str
    subject: Subject

    @property
    def kind(self) -> str:
        """What it is about: set, image, finding or guide."""
        return self.key.partition(":")[0]

    @property
    def mark(self) -> Mark:
        """What it shows."""
        match self.subject:
            case SetState() | ImageState():
                return self.subject.mark
            case Finding():
                return self.subject.severity
        return "waiting"

    @property
    def is_problem(self) -> bool:
        """Somebody has to do something about it."""
        return self.mark in ("error", "warning")


class Board(Record):
    """All that is known, merged from the runs so far."""

    sets: tuple[SetState, ...] = ()
    images: tuple[ImageState, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Those of no set and no image, from the latest full run."""
    environment: Environment | None = None
    calls: tuple[Call, ...] = ()
    found: bool = False
    """It is known which sets there are."""
    runs: tuple[int, ...] = ()
    """The runs that are going on; what another one says is out of date."""
    full_run: int = 0
    """The latest run over all sets."""
    started_at: float = 0.0
    duration_ms: int = 0

    @property
    def busy(self) -> bool:
        """Some run is going on."""
        return bool(self.runs)

    @property
    def full_run_busy(self) -> bool:
        """The run over all sets is going on."""
        return self.full_run in self.runs

    @property
    def states(self) -> tuple[State, ...]:
        """All that is examined."""
        return (*self.sets, *self.images)

    @property
    def done(self) -> int:
        """How many of them no run is at work on."""
        return sum(not state.busy for state in self.states)

    @property
    def report(self) -> Report | None:
        """The latest result of each set as one report; None while it is not known what sets there are."""
        if not self.found:
            return None
        return Report(
            started_at=self.started_at,
            duration_ms=self.duration_ms,
            environment=self.environment or Environment(),
            sets=tuple(state.so_far for state in self.sets),
            images=tuple(state.result for state in self.images),
            findings=self.findings,
            calls=self.calls,
        )

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The rows in their order: the sets, or how to name one, the images, then the findings of neither."""
        if not self.found:
            return ()
        sets = tuple(Entry(f"set:{state.id}", state) for state in self.sets)
        images = tuple(Entry(f"image:{state.id}", state) for state in self.images)
        others = tuple(Entry(f"finding:{at}", finding) for at, finding in enumerate(self.findings))
        return (*(sets or (Entry("guide", Guide()),)), *images, *others)

    def subject(self, key: str | None) -> Subject | None:
        """What the row of a key is about."""
        kind, _, name = (key or "").partition(":")
        if kind == "set":
            return next((state for state in self.sets if state.id == name), None)
        if kind == "image":
            return next((state for state in self.images if state.id == name), None)
        return next((entry.subject for entry in self.entries if entry.key == key), None)

    def begun(self, run: int, target: Target, now: float) -> Board:
        """The board when a run begins; one over everything replaces every other run."""
        if not target.everything:
            sets = tuple(state.begun(run) if state.id in target.only else state for state in self.sets)
            return self.but(sets=sets, runs=(*self.runs, run))
        return self.but(
            sets=tuple(state.begun(run) for state in self.sets),
            images=tuple(state.begun(run) for state in self.images),
            calls=(),
            runs=(run,),
            full_run=run,
            started_at=now,
        )

    def ended(self, run: int) -> Board:
        """The board when a run is over, well or not."""
        return self.but(
            sets=tuple(state.stopped() if state.run == run else state for state in self.sets),
            images=tuple(state.stopped() if state.run == run else state for state in self.images),
            runs=tuple(other for other in self.runs if other != run),
        )

    def after(self, run: int, *events: Event) -> Board:
        """The board when some things have happened in a run; many of them cost little more than one."""
        if run not in self.runs:
            return self
        calls = tuple(event.call for event in events if isinstance(event, NetworkCalled))
        board = self.but(calls=(*self.calls, *calls)) if calls else self
        changes: list[_Change] = []
        for event in events:
            if isinstance(event, _Change):
                changes.append(event)
            elif not isinstance(event, NetworkCalled):
                board = board._with_changes(run, changes)._with(run, event)
                changes = []
        return board._with_changes(run, changes)

    def _with(self, run: int, event: Event) -> Board:
        match event:
            case SetsFound():
                return self._with_sets(run, event.sets)
            case ImagesFound():
                return self._with_images(run, event.images)
            case Finished():
                return self._with_report(run, event.report).ended(run)
        return self

    def _with_changes(self, run: int, changes: list[_Change]) -> Board:
        """The board when something has happened to single sets and images."""
        if not changes:
            return self
        sets = {state.id: state for state in self.sets}
        images = {state.id: state for state in self.images}
        for event in changes:
            if isinstance(event, ImageStarted | ImageFinished):
                name = _image_id(event.image if isinstance(event, ImageStarted) else event.result.image)
                if name in images and images[name].run == run:
                    images[name] = images[name].after(event)
            else:
                name = event.result.secret_set.id if isinstance(event, SetFinished) else event.set_id
                if name in sets and sets[name].run == run:
                    sets[name] = sets[name].after(event)
        return self.but(sets=tuple(sets.values()), images=tuple(images.values()))

    def _with_sets(self, run: int, results: tuple[SetResult, ...]) -> Board:
        fresh = {result.secret_set.id: result for result in results}
        if run != self.full_run:
            # A set that is gone keeps what was known of it until all are looked for again.
            return self.but(
                sets=tuple(
                    _taken_up(state, fresh[state.id], run)
                    if state.id in fresh and state.run == run
                    else state
                    for state in self.sets
                )
            )
        known = {state.id: state for state in self.sets}
        return self.but(
            found=True,
            sets=tuple(_taken_up(known.get(set_id), result, run) for set_id, result in fresh.items()),
        )

    def _with_images(self, run: int, results: tuple[ImageResult, ...]) -> Board:
        known = {state.id: state for state in self.images}
        fresh = {state.id: state for state in map(ImageState, results)}
        taken_up = {
            name: known[name].begun(run) if name in known else state.begun(run)
            for name, state in fresh.items()
        }
        others = {} if run == self.full_run else known
        return self.but(images=tuple((others | taken_up).values()))

    def _with_report(self, run: int, report: Report) -> Board:
        if run != self.full_run:
            return self
        return self.but(
            findings=report.findings,
            environment=report.environment,
            started_at=report.started_at,
            duration_ms=report.duration_ms,
        )


def _taken_up(state: SetState | None, result: SetResult, run: int) -> SetState:
    """A set as a run finds it; what an earlier run proved of it stays until this one has a result."""
    if state is None or not state.known:
        return SetState(result).begun(run)
    return state if state.run == run and state.busy else state.begun(run)
