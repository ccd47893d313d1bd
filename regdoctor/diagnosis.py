"""A run: every set and image examined in parallel, before one deadline, told as events. Never raises."""

from __future__ import annotations

import queue
import threading
import time
from functools import partial

from regdoctor.address import Endpoint
from regdoctor.bystanders import bystanders
from regdoctor.causes import CAUSES
from regdoctor.causes.cause import finding as say
from regdoctor.checks.case import Case, HostFacts, login_endpoint, right_server
from regdoctor.checks.stored_login import config_findings, stale_login
from regdoctor.codespace import environment_of
from regdoctor.codespace.kept import Kept
from regdoctor.discovery import discover, secrets_in
from regdoctor.examination import Examination, crash_in, crashed, weighed
from regdoctor.healing import Examined, Healer
from regdoctor.images import Images, selected
from regdoctor.inquiry import Inquiry, is_for_github, lacks_a_part
from regdoctor.ledger import Ledger, ordered
from regdoctor.model import (
    INTERRUPTED,
    CheckFinished,
    CheckResult,
    CheckStarted,
    Docker,
    Event,
    Finished,
    Fix,
    ImageFinished,
    ImageResult,
    ImagesFound,
    ImageStarted,
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
from regdoctor.registries.credentials import credential_of
from regdoctor.secret import Redactor
from regdoctor.strays import rename_groups, stray_findings
from regdoctor.workers import Workers, in_thread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from regdoctor.model import Call, Credential, Finding, Image, SecretSet, Severity, Variables
    from regdoctor.probes.engine import Engine
    from regdoctor.secret import Secret
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
        besides: Callable[[], tuple[Finding, ...]] = tuple,
        kept: Kept | None = None,
        redactor: Redactor | None = None,
    ) -> None:
        """`besides` makes findings of no set, once it is known what has to be hidden.

        `kept` is what the codespace keeps in files; the variables that it has more are diagnosed as well.
        `redactor` knows what earlier runs had to hide: a registry may remember it and say it now.
        """
        self._kept = kept = kept or Kept()
        self.variables = variables = kept.added_to(variables)
        self.settings = settings
        self.environ = environ
        hidden = tuple(self._known_besides())
        self.discovery = discover(variables, [secret.reveal() for secret in hidden])
        self.sets = selected(self.discovery.sets, settings)
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._calls: list[Call] = []
        self.redactor = redactor or Redactor()
        for secret in (*hidden, *secrets_in(self.discovery, variables)):
            self.redactor.add(secret)
        self._besides = besides()
        self.world = World(settings, environ, self.redactor, self._called)
        self._healer = Healer(self._examine, self.redactor.add)
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
        self._ledger = Ledger(map(self._blank, self.sets), settings.ignore)
        self._workers = Workers(settings.jobs, self.deadline)
        self._images = Images(
            self.discovery.sets, self.sets, self.world, self.deadline, self._host, self._inquiry.explain_image
        )
        self._examined: dict[str, tuple[SetResult, Case | None]] = {}
        self._cancelled = False
        self._strays = stray_findings(self.discovery, {}, self.world.clean, kept)
        self.working: dict[str, SecretSet] = {}
        """The sets that logged in, with the fixes made that this took, by their identifiers."""
        self._engine: Engine | None = None
        self._engine_known = threading.Event()

    # What front ends use

    def run(self) -> Iterator[Event]:
        """Everything that happens, as it happens; the last event holds the report."""
        yield SetsFound(self._ledger.sets())
        end = Deadline.after(self.deadline.left() + GRACE)
        strays_tried, images_found = not self._begin(), not self._images.wanted
        while not (self._ledger.complete and strays_tried and images_found):
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
            images_found = images_found or isinstance(event, ImagesFound)
            self._ledger.note(event)
            yield event
        if self._cancelled:
            yield from self._ledger.break_off(INTERRUPTED)
        else:
            yield from self._ledger.break_off("time ran out", self._out_of_time)
        self._wait_for_engine()
        if not self.discovery.sets:
            self._besides += self._inquiry.explain_absence()
        self._besides += self._inquiry.explain_refused(self._ledger.images())
        self.world.close()
        yield Finished(self.report())

    def report(self) -> Report:
        """What is known so far; complete once `run` has ended."""
        engine = self._engine
        environment = environment_of(self.environ).but(
            docker=engine.docker if engine else Docker("not-asked")
        )
        return Report(
            started_at=self._started_at,
            duration_ms=round((time.monotonic() - self._start) * 1000),
            environment=environment,
            sets=self._ledger.sets(),
            images=self._ledger.images(),
            findings=self._ledger.weighed(
                (
                    *self._strays,
                    *map(self._cleaned, self._besides),
                    *self._images.findings,
                    *self._docker_findings(),
                    *self._config_findings(),
                )
            ),
            calls=tuple(self._calls),
        )

    def interrupted(self) -> Report:
        """What is known when the run was broken off."""
        for _ in self._ledger.break_off(INTERRUPTED):
            pass
        return self.report()

    def cancel(self) -> None:
        """Have `run` come to its end with what is known; from any thread."""
        self._cancelled = True
        # In this order, so that no check can report a time-out before.
        self._events.put(_Cancelled())
        self.deadline.cut()

    def waiting_for(self) -> tuple[str, ...]:
        """What the unfinished sets and images are busy with, one phrase each: "ACR: tls"."""
        return self._ledger.waiting_for()

    # Work in threads

    def _begin(self) -> bool:
        """Start the threads; whether near misses of no set are being tried as well."""
        if lacks_a_part(self.sets) and not self.settings.images_alone:
            self._inquiry.open()
        if self.settings.offline or self.settings.engine == "direct":
            self._engine_known.set()
        else:
            in_thread(self._look_for_engine)
        for found in self.sets:
            self._workers.submit(partial(self._work_on_set, found))
        if self._images.wanted:
            in_thread(self._find_images)
        settings = self.settings
        quiet = settings.offline or settings.only or settings.images_alone
        groups = {} if quiet else rename_groups(self.discovery)
        if groups:
            in_thread(lambda: self._try_strays(groups))
        return bool(groups)

    def _work_on_set(self, found: SecretSet) -> None:
        self._events.put(SetFinished(self._diagnose(found)))
        self._workers.done(found.id)

    def _find_images(self) -> None:
        try:
            found = self._images.find()
        except Exception as error:  # a bug costs the images, not the run
            found = ()
            self._besides += (say(CAUSES["internal-error"], {}, evidence=(crash_in("images", error),)),)
        self._events.put(ImagesFound(found))
        for each in found:
            work = partial(self._work_on_image, each.image)
            self._workers.submit(work, after=self._images.sets_before(each.image))

    def _work_on_image(self, image: Image) -> None:
        self._events.put(ImageStarted(image, self._images.host(image)))
        self._events.put(ImageFinished(self._images.examine(image, self._examined)))

    def _diagnose(self, found: SecretSet) -> SetResult:
        try:
            examined = self._examine(found)
            if not self.settings.offline:
                examined = self._mended(found, examined)
            result = self._result(self._with_stored_login(examined))
            self._examined[found.id] = (result, examined.case)
            return result
        except Exception as error:  # a bug costs one set, not the run
            finding = crashed(self._case(found), "diagnosis", error)
            check = CheckResult("engine", "crashed", findings=(finding,))
            result = self._blank(found).but(checks=(check,), findings=(finding,))
            self._examined[found.id] = (result, None)
            return result

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
        host = self.world.named(case.endpoint.authority) if case.endpoint else None
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

    def _with_stored_login(self, examined: Examined) -> Examined:
        """What docker's own login for the registry is worth, beside a set that logged in there."""
        case = examined.case
        if not (case.proved and self.settings.stored):
            return examined
        twins = (other for other in self.discovery.sets if other.id in case.twins)
        found = stale_login(case, twins)
        return examined.but(findings=(*examined.findings, found)) if found is not None else examined

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
        return Case(
            found,
            self._host(endpoint) if endpoint else None,
            self.settings,
            self.world,
            self.deadline,
            twins=tuple(twin for twin in self._sharing.get(endpoint, ()) if twin != found.id),
            only_one=self._vendors.count(recognise_server(found.text("server")).id) == 1,
            as_given=as_given,
            kept=self._kept,
        )

    def _host(self, endpoint: Endpoint) -> HostFacts:
        """What is known of a host: one and the same for all that asks there."""
        with self._hosts_lock:
            return self._hosts.setdefault(endpoint, HostFacts(endpoint))

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
            ordered(findings),
        )

    def _out_of_time(self, result: SetResult | ImageResult, busy: str | None) -> Finding:
        """That time ran out before the checks of a set or an image had ended."""
        if isinstance(result, ImageResult):
            return self._images.out_of_time(result, busy)
        evidence = (f"the check {busy} was still waiting",) if busy else ("its turn did not come",)
        case = self._case(result.secret_set)
        return case.finding("timeout-overall", evidence=evidence, seconds=f"{self.settings.timeout:g}")

    # Bookkeeping

    def _called(self, call: Call) -> None:
        self._calls.append(call)
        self._events.put(NetworkCalled(call))

    def _known_besides(self) -> Iterator[Secret]:
        """What must not be shown and is not of the sets as they are here."""
        yield from bystanders(self.environ)
        if self._kept.changed:
            newer = self._kept.renewing(self.variables)
            yield from secrets_in(discover(newer), newer)

    def _cleaned(self, finding: Finding) -> Finding:
        """A finding that was made before all was known that has to be hidden."""
        return finding.but(evidence=tuple(map(self.world.clean, finding.evidence)))

    def _docker_findings(self) -> tuple[Finding, ...]:
        engine = self._engine
        if engine is None or engine.answers:
            return ()
        severity: Severity = "error" if self.settings.engine == "docker" else "info"
        cause = CAUSES[f"docker-{engine.docker.status}"]
        evidence = tuple(map(self.world.clean, engine.evidence))
        return (say(cause, {}, evidence=evidence, severity=severity),)

    def _config_findings(self) -> tuple[Finding, ...]:
        hosts = (
            *(right_server(found.text("server")) or "" for found in self.discovery.sets),
            *self._images.hosts,
        )
        return config_findings(self.world.docker, hosts, self.world.clean)


class _Cancelled(Event):
    """Nobody wants to wait any longer."""


class _StraysTried(Event):
    """Near misses of no set were tried under their right names."""

    outcomes: dict[str, tuple[Finding, ...] | None]


def _credential(found: SecretSet, expires_at: int | None = None) -> Credential | None:
    if found.password is None:
        return None
    credential = credential_of(found.text("user"), found.text("password"))
    return credential if expires_at is None else credential.but(expires_at=expires_at)
