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
    MendStarted,
    NetworkCalled,
    Report,
    SetFinished,
    SetsFound,
)
from regdoctor.record import Record

if TYPE_CHECKING:
    from regdoctor.model import Call, CheckResult, Event, SetResult
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


class Guide(Record):
    """Stands where the sets would be: how a set is named."""


Subject = SetState | Finding | Guide
"""What a row is about."""


class Entry(Record):
    """A row of the overview."""

    key: str
    subject: Subject


class Board(Record):
    """All that is known, merged from the runs so far."""

    sets: tuple[SetState, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Those of no set, from the latest full run."""
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
    def done(self) -> int:
        """How many sets no run is at work on."""
        return sum(not state.busy for state in self.sets)

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
            findings=self.findings,
            calls=self.calls,
        )

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The rows in their order: the sets, or how to name one, then the findings of no set."""
        if not self.found:
            return ()
        sets = tuple(Entry(f"set:{state.id}", state) for state in self.sets)
        others = tuple(Entry(f"finding:{at}", finding) for at, finding in enumerate(self.findings))
        return (*(sets or (Entry("guide", Guide()),)), *others)

    def subject(self, key: str | None) -> Subject | None:
        """What the row of a key is about."""
        return next((entry.subject for entry in self.entries if entry.key == key), None)

    def begun(self, run: int, only: tuple[str, ...], now: float) -> Board:
        """The board when a run over some sets begins, or over all: then it replaces every other run."""
        sets = tuple(state.begun(run) if not only or state.id in only else state for state in self.sets)
        if only:
            return self.but(sets=sets, runs=(*self.runs, run))
        return self.but(
            sets=sets, runs=(run,), full_run=run, started_at=self.started_at if self.found else now
        )

    def ended(self, run: int) -> Board:
        """The board when a run is over, well or not."""
        sets = tuple(state.stopped() if state.run == run and state.busy else state for state in self.sets)
        return self.but(sets=sets, runs=tuple(other for other in self.runs if other != run))

    def after(self, run: int, event: Event) -> Board:
        """The board when something has happened in a run."""
        if run not in self.runs:
            return self
        match event:
            case SetsFound():
                return self._with_sets(run, event.sets)
            case CheckStarted() | CheckFinished() | MendStarted():
                return self._with_change(run, event.set_id, event)
            case SetFinished():
                return self._with_change(run, event.result.secret_set.id, event)
            case NetworkCalled():
                return self.but(calls=(*self.calls, event.call))
            case Finished():
                return self._with_report(run, event.report).ended(run)
        return self

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

    def _with_change(self, run: int, set_id: str, event: Event) -> Board:
        return self.but(
            sets=tuple(
                state.after(event) if state.id == set_id and state.run == run else state
                for state in self.sets
            )
        )

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
