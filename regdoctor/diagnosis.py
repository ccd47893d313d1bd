"""A run: every set examined in parallel, before one deadline, told as events. Never raises."""

from __future__ import annotations

import queue
import threading
import time

from regdoctor.address import Endpoint
from regdoctor.causes import CAUSES
from regdoctor.causes.cause import finding as say
from regdoctor.checks.case import Case, HostFacts, login_endpoint
from regdoctor.codespace import environment_of
from regdoctor.codespace.kept import Kept
from regdoctor.discovery import discover, secrets_in
from regdoctor.examination import CHECK_NAMES, Examination, crashed, findings_of, weighed
from regdoctor.healing import Examined, Healer
from regdoctor.inquiry import Inquiry, is_for_github, lacks_a_part
from regdoctor.model import (
    INTERRUPTED,
    SEVERITIES,
    CheckFinished,
    CheckResult,
    CheckStarted,
    Docker,
    Event,
    Finished,
    Fix,
    MendStarted,
    NetworkCalled,
    Report,
    SetFinished,
    SetResult,
    SetsFound,
)
from regdoctor.probes.deadline import Deadline
from regdoctor.probes.world import World
from regdoctor.registries import recognise_server
from regdoctor.registries.credentials import credential_of, secret_parts
from regdoctor.secret import Redactor, Secret
from regdoctor.strays import rename_groups, stray_findings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from regdoctor.model import Call, Credential, Finding, SecretSet, Severity, Variables
    from regdoctor.probes.engine import Engine
    from regdoctor.settings import Settings

GRACE = 0.5
"""Seconds after the deadline in which a check may still hand in what it knows."""


class Diagnosis:
    """One run over the sets of some variables."""

    def __init__(
        self,
        variables: Variables,
        settings: Settings,
        environ: Mapping[str, str],
        besides: tuple[Finding, ...] = (),
        kept: Kept | None = None,
    ) -> None:
        """`besides` are findings of no set that were made before the run.

        `kept` is what the codespace keeps in files; the variables that it has more are diagnosed as well.
        """
        self._kept = kept = kept or Kept()
        self.variables = variables = kept.added_to(variables)
        self._besides = besides
        self.settings = settings
        self.environ = environ
        self.discovery = discover(variables)
        self.sets = tuple(
            found for found in self.discovery.sets if not settings.only or found.id in settings.only
        )
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._calls: list[Call] = []
        self.redactor = Redactor(self._secrets())
        self.world = World(settings, environ, self.redactor, self._called)
        self._healer = Healer(self._examine, self._hide)
        self._hosts: dict[Endpoint, HostFacts] = {}
        self._hosts_lock = threading.Lock()
        self._vendors = [recognise_server(found.text("server")).id for found in self.discovery.sets]
        self._sharing: dict[Endpoint | None, tuple[str, ...]] = {}
        """The sets that log in to one host; those without a host share none."""
        for found in self.discovery.sets:
            if (endpoint := login_endpoint(found.text("server"))) is not None:
                self._sharing[endpoint] = (*self._sharing.get(endpoint, ()), found.id)
        self._started_at = time.time()
        self._start = time.monotonic()
        self.deadline = Deadline.after(settings.timeout)
        self._inquiry = Inquiry(self.world, self.deadline, kept)
        self._results = {found.id: self._blank(found) for found in self.sets}
        self._open = {found.id for found in self.sets}
        self._doing: dict[str, str] = {}
        self._cancelled = False
        self._strays = stray_findings(self.discovery, {}, self.world.clean, kept)
        self.working: dict[str, SecretSet] = {}
        """The sets that logged in, with the fixes made that this took, by their identifiers."""
        self._engine: Engine | None = None
        self._engine_known = threading.Event()

    # What front ends use

    def run(self) -> Iterator[Event]:
        """Everything that happens, as it happens; the last event holds the report."""
        yield SetsFound(tuple(self._results.values()))
        end = Deadline.after(self.deadline.left() + GRACE)
        strays_tried = not self._begin()
        while self._open or not strays_tried:
            try:
                event = self._events.get(timeout=end.left())
            except queue.Empty:
                break
            if isinstance(event, _Cancelled):
                break
            if isinstance(event, _StraysTried):
                self._strays = stray_findings(self.discovery, event.outcomes, self.world.clean, self._kept)
                strays_tried = True
                continue
            self._note(event)
            yield event
        for set_id in sorted(self._open):
            broken_off = self._interrupted if self._cancelled else self._out_of_time
            self._results[set_id] = broken_off(self._results[set_id])
            yield SetFinished(self._results[set_id])
        self._open.clear()
        self._wait_for_engine()
        if not self.discovery.sets:
            self._besides += self._inquiry.explain_absence()
        self.world.close()
        yield Finished(self.report())

    def report(self) -> Report:
        """What is known so far; complete once `run` has ended."""
        results = tuple(self._with_ignored(result) for result in self._results.values())
        engine = self._engine
        environment = environment_of(self.environ).but(
            docker=engine.docker if engine else Docker("not-asked")
        )
        return Report(
            started_at=self._started_at,
            duration_ms=round((time.monotonic() - self._start) * 1000),
            environment=environment,
            sets=results,
            findings=tuple(
                self._ignored(found, None)
                for found in _ordered((*self._strays, *self._besides, *self._docker_findings()))
            ),
            calls=tuple(self._calls),
        )

    def interrupted(self) -> Report:
        """What is known when the run was broken off."""
        for set_id in sorted(self._open):
            self._results[set_id] = self._interrupted(self._results[set_id])
        return self.report()

    def cancel(self) -> None:
        """Have `run` come to its end with what is known; from any thread."""
        self._cancelled = True
        # In this order, so that no check can report a time-out before.
        self._events.put(_Cancelled())
        self.deadline.cut()

    def waiting_for(self) -> tuple[str, ...]:
        """What the unfinished sets are busy with, one phrase each: "ACR: tls"."""
        return tuple(
            f"{set_id}: {check}" for set_id, check in sorted(self._doing.items()) if set_id in self._open
        )

    # Work in threads

    def _begin(self) -> bool:
        """Start the threads; whether near misses of no set are being tried as well."""
        if lacks_a_part(self.sets):
            self._inquiry.open()
        if self.settings.offline or self.settings.engine == "direct":
            self._engine_known.set()
        else:
            _in_thread(self._look_for_engine)
        waiting: queue.SimpleQueue[SecretSet] = queue.SimpleQueue()
        for found in self.sets:
            waiting.put(found)
        for _ in range(min(self.settings.jobs, len(self.sets))):
            _in_thread(lambda: self._work(waiting))
        groups = {} if self.settings.offline or self.settings.only else rename_groups(self.discovery)
        if groups:
            _in_thread(lambda: self._try_strays(groups))
        return bool(groups)

    def _work(self, waiting: queue.SimpleQueue[SecretSet]) -> None:
        while not self.deadline.passed:
            try:
                found = waiting.get_nowait()
            except queue.Empty:
                return
            self._events.put(SetFinished(self._diagnose(found)))

    def _diagnose(self, found: SecretSet) -> SetResult:
        try:
            examined = self._examine(found)
            if not self.settings.offline:
                examined = self._mended(found, examined)
            return self._result(examined)
        except Exception as error:  # a bug costs one set, not the run
            finding = crashed(self._case(found), "diagnosis", error)
            check = CheckResult("engine", "crashed", findings=(finding,))
            return self._blank(found).but(checks=(check,), findings=(finding,))

    def _mended(self, found: SecretSet, examined: Examined) -> Examined:
        """A set whose mends were tried, and of which GitHub was asked where none of them helps."""
        renewed = self._healer.renew(examined, self._kept)
        if renewed is not examined:
            examined = renewed
        elif self._healer.is_worth_trying(examined):
            self._events.put(MendStarted(found.id))
            examined = self._healer.heal(examined)
        errors = {finding.cause for finding in examined.findings if finding.severity == "error"}
        if not errors - {"codespace-restart-needed"} or not is_for_github(examined.checks):
            return examined
        return examined.but(findings=(*self._inquiry.explain(found), *examined.findings))

    def _examine(self, found: SecretSet, *, as_given: bool = False, quiet: bool = False) -> Examined:
        """Run the checks of a set; told as events unless they are tried on the quiet."""
        case = self._case(found, as_given=as_given)
        host = case.endpoint.authority if case.endpoint else None
        tell = (lambda event: None) if quiet else self._events.put
        checks = Examination(
            case,
            self._wait_for_engine,
            on_start=lambda check: tell(CheckStarted(found.id, check, host)),
            on_finish=lambda result: tell(CheckFinished(found.id, result)),
        ).run()
        if case.proved:
            self.working[found.id] = found
        return Examined(case, checks, weighed(case, checks))

    def _try_strays(self, groups: dict[str, tuple[Fix, ...]]) -> None:
        outcomes = {}
        for identifier, fixes in groups.items():
            variables = {fix.variable: self.variables[fix.variable] for fix in fixes}
            try:
                outcomes[identifier] = self._healer.try_fixes(variables, fixes)
            except Exception:  # a bug here costs the word "verified", nothing else
                outcomes[identifier] = None
        self._events.put(_StraysTried(outcomes))

    def _look_for_engine(self) -> None:
        from regdoctor.probes.engine import Engine, find_engine

        try:
            self._engine = find_engine(self.environ, self.deadline.within(self.settings.timeout / 2))
        except Exception as error:  # whatever a broken configuration makes the package raise
            self._engine = Engine(Docker("not-running"), "", (type(error).__name__,))
        finally:
            self._engine_known.set()

    def _wait_for_engine(self) -> Engine | None:
        self._engine_known.wait(self.deadline.left())
        return self._engine

    def _case(self, found: SecretSet, *, as_given: bool = False) -> Case:
        endpoint = login_endpoint(found.text("server"))
        host = None
        if endpoint is not None:
            with self._hosts_lock:
                host = self._hosts.setdefault(endpoint, HostFacts(endpoint))
        return Case(
            found,
            host,
            self.settings,
            self.world,
            self.deadline,
            twins=tuple(twin for twin in self._sharing.get(endpoint, ()) if twin != found.id),
            only_one=self._vendors.count(recognise_server(found.text("server")).id) == 1,
            as_given=as_given,
            kept=self._kept,
        )

    # Judgement

    def _blank(self, found: SecretSet) -> SetResult:
        return SetResult(found, recognise_server(found.text("server")).id, _credential(found))

    def _result(self, examined: Examined) -> SetResult:
        found, findings = examined.case.secret_set, examined.findings
        engine_passed = any(check.name == "engine" and check.status == "ok" for check in examined.checks)
        if self.settings.engine == "docker" and engine_passed:
            # The Engine found its way; that ours was barred is worth a word, not a verdict.
            findings = tuple(
                finding.but(severity="warning") if finding.severity == "error" else finding
                for finding in findings
            )
        return SetResult(
            found,
            examined.case.registry.id,
            _credential(found, examined.case.expires_at),
            examined.case.proved,
            examined.checks,
            _ordered(findings),
        )

    def _interrupted(self, result: SetResult) -> SetResult:
        """A set whose checks were broken off: what is known."""
        checks = _completed(result.checks, INTERRUPTED)
        return result.but(checks=checks, findings=_ordered(findings_of(checks)))

    def _out_of_time(self, result: SetResult) -> SetResult:
        """A set whose checks did not end: what is known, and that time ran out."""
        busy = self._doing.get(result.secret_set.id)
        evidence = (f"the check {busy} was still waiting",) if busy else ("its turn did not come",)
        case = self._case(result.secret_set)
        finding = case.finding("timeout-overall", evidence=evidence, seconds=f"{self.settings.timeout:g}")
        checks = _completed(result.checks, "time ran out")
        return result.but(checks=checks, findings=_ordered((*findings_of(result.checks), finding)))

    # Bookkeeping

    def _note(self, event: Event) -> None:
        if isinstance(event, CheckStarted):
            self._doing[event.set_id] = event.check
        elif isinstance(event, CheckFinished):
            result = self._results[event.set_id]
            others = tuple(check for check in result.checks if check.name != event.result.name)
            self._results[event.set_id] = result.but(checks=(*others, event.result))
            self._doing.pop(event.set_id, None)
        elif isinstance(event, MendStarted):
            self._doing[event.set_id] = "mend"
        elif isinstance(event, SetFinished):
            self._results[event.result.secret_set.id] = event.result
            self._open.discard(event.result.secret_set.id)

    def _called(self, call: Call) -> None:
        self._calls.append(call)
        self._events.put(NetworkCalled(call))

    def _secrets(self) -> Iterator[Secret]:
        """Every value that must never be shown."""
        yield from secrets_in(self.discovery, self.variables)
        if self._kept.changed:
            newer = self._kept.renewing(self.variables)
            yield from secrets_in(discover(newer), newer)

    def _hide(self, password: Secret) -> None:
        for part in secret_parts(password.reveal()):
            self.redactor.add(Secret(part))

    def _docker_findings(self) -> tuple[Finding, ...]:
        engine = self._engine
        if engine is None or engine.answers:
            return ()
        severity: Severity = "error" if self.settings.engine == "docker" else "info"
        cause = CAUSES[f"docker-{engine.docker.status}"]
        evidence = tuple(map(self.world.clean, engine.evidence))
        return (say(cause, {}, evidence=evidence, severity=severity),)

    def _with_ignored(self, result: SetResult) -> SetResult:
        if not self.settings.ignore:
            return result
        findings = tuple(self._ignored(found, result.secret_set.id) for found in result.findings)
        return result.but(findings=_ordered(findings))

    def _ignored(self, found: Finding, set_id: str | None) -> Finding:
        named = (found.cause, f"{found.cause}@{set_id}")
        return found.but(severity="info") if any(name in self.settings.ignore for name in named) else found


class _Cancelled(Event):
    """Nobody wants to wait any longer."""


class _StraysTried(Event):
    """Near misses of no set were tried under their right names."""

    outcomes: dict[str, tuple[Finding, ...] | None]


def _in_thread(work: Callable[[], None]) -> None:
    # Only daemon threads keep nobody waiting who wants to leave.
    threading.Thread(target=work, daemon=True, name="regdoctor-work").start()


def _credential(found: SecretSet, expires_at: int | None = None) -> Credential | None:
    if found.password is None:
        return None
    credential = credential_of(found.text("user"), found.text("password"))
    return credential if expires_at is None else credential.but(expires_at=expires_at)


def _completed(checks: tuple[CheckResult, ...], reason: str) -> tuple[CheckResult, ...]:
    """The checks in their order; those that did not end are skipped for a reason."""
    known = {check.name: check for check in checks}
    return tuple(known.get(name) or CheckResult(name, "skipped", reason=reason) for name in CHECK_NAMES)


def _ordered(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Most important first: by severity, then what was proved to be the cause, then as they were found."""
    return tuple(
        sorted(findings, key=lambda finding: (-SEVERITIES.index(finding.severity), not finding.verified))
    )
