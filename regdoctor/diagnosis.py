"""A run: every set and image examined in parallel, before one deadline, told as events. Never raises."""

from __future__ import annotations

import queue
import time
from functools import partial

from regdoctor.bystanders import bystanders
from regdoctor.cases import Cases
from regdoctor.causes import CAUSES
from regdoctor.causes.cause import finding as say
from regdoctor.checks.case import right_server
from regdoctor.checks.stored_login import stale_login
from regdoctor.codespace import environment_of
from regdoctor.codespace.kept import Kept
from regdoctor.discovery import discover, secrets_in
from regdoctor.examination import (
    Examination,
    blank,
    crashed,
    credential_in,
    selected,
    told_of_crash,
    weighed,
)
from regdoctor.healing import Examined, Healer
from regdoctor.inquiry import Inquiry, is_for_github, lacks_a_part
from regdoctor.ledger import Ledger, ordered
from regdoctor.machine import LogRead, Machine, not_read
from regdoctor.model import (
    INTERRUPTED,
    CheckFinished,
    CheckResult,
    CheckStarted,
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
from regdoctor.registries.credentials import is_access_key_id
from regdoctor.secret import Redactor
from regdoctor.strays import rename_groups, stray_findings
from regdoctor.workers import Workers, in_thread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from regdoctor.checks.case import Case
    from regdoctor.explain.creation_log import CreationLog
    from regdoctor.images import Images
    from regdoctor.model import Call, Finding, Image, SecretSet, Variables
    from regdoctor.probes.refusals import Refusals
    from regdoctor.secret import Secret
    from regdoctor.settings import Settings

GRACE = 0.4
"""Seconds after the deadline in which a check may still hand in what it knows."""


class Diagnosis:
    """One run over the sets of some variables."""

    def __init__(
        self,
        variables: Variables,
        settings: Settings,
        environ: Mapping[str, str],
        creation_log: CreationLog | None = None,
        kept: Kept | None = None,
        refusals: Refusals | None = None,
        deadline: Deadline | None = None,
        redactor: Redactor | None = None,
    ) -> None:
        """`creation_log` tells of the codespace's creation.

        `kept` is what the codespace keeps in files; the variables that it has more are diagnosed as well.
        `refusals` are those of earlier runs. The `deadline` is that of the settings, unless it began before.
        `redactor` knows what earlier runs had to hide: a registry may remember it and say it now.
        """
        self._kept = kept = kept or Kept()
        self.variables = variables = kept.added_to(variables)
        self._besides: tuple[Finding, ...] = ()
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
        self.world = World(settings, environ, self.redactor, self._called, refusals)
        self._healer = Healer(self._examine, self.redactor.add)
        self._started_at = time.time()
        self._start = time.monotonic()
        self.deadline = deadline or Deadline.after(settings.timeout)
        self._cases = Cases(self.discovery.sets, self.world, self.deadline, kept)
        self._inquiry = Inquiry(self.world, self.deadline, kept)
        self._machine = Machine(self.world, self.deadline, creation_log)
        self._ledger = Ledger(map(blank, self.sets), settings.ignore)
        self._workers = Workers(settings.jobs, self.deadline)
        self._images = self._wanted_images()
        self._examined: dict[str, tuple[SetResult, Case | None]] = {}
        self._cancelled = False
        self._strays = stray_findings(self.discovery, {}, self.world.clean, kept)
        self.working: dict[str, SecretSet] = {}
        """The sets that logged in, with the fixes made that this took, by their identifiers."""

    # What front ends use

    def run(self) -> Iterator[Event]:
        """Everything that happens, as it happens; the last event holds the report."""
        yield SetsFound(self._ledger.sets())
        end = Deadline.after(self.deadline.left() + GRACE)
        awaited = self._begin()
        while awaited or not self._ledger.complete:
            try:
                event = self._events.get(timeout=end.left())
            except queue.Empty:
                break
            awaited.discard(type(event))
            if isinstance(event, _Cancelled):
                break
            if isinstance(event, _StraysTried):
                self._strays = stray_findings(self.discovery, event.outcomes, self.world.clean, self._kept)
            elif isinstance(event, LogRead):
                self._besides += event.findings
            else:
                self._ledger.note(event)
                yield event
        if self._cancelled:
            yield from self._ledger.break_off(INTERRUPTED)
        else:
            if ImagesFound in awaited and self.settings.workspace is not None:
                self._besides += (not_read(self.world, self.settings.workspace, "warning"),)
            if LogRead in awaited:
                self._besides += self._machine.log_not_read()
            yield from self._ledger.break_off("time ran out", self._out_of_time)
        self._machine.engine()
        if not self.discovery.sets:
            self._besides += self._inquiry.explain_absence()
        self._besides += self._inquiry.explain_refused(self._ledger.images())
        self.world.close()
        yield Finished(self.report())

    def report(self) -> Report:
        """What is known so far; complete once `run` has ended."""
        environment = environment_of(self.environ).but(docker=self._machine.docker)
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
                    *(self._images.findings if self._images else ()),
                    *self._machine.findings(self._hosts_of_docker()),
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

    def _begin(self) -> set[type[Event]]:
        """Start the threads; the events that will come besides those of the sets and images."""
        awaited = self._machine.look(self._events.put)
        if lacks_a_part(self.sets) and not self.settings.images_alone:
            self._inquiry.open()
        if not self.settings.offline and any(is_access_key_id(found.text("user")) for found in self.sets):
            from regdoctor.probes.aws import warm_up

            in_thread(warm_up)
        for found in self.sets:
            if self.settings.offline:
                self._work_on_set(found)  # what waits for nobody gains nothing by threads
            else:
                self._workers.submit(partial(self._work_on_set, found))
        if self._images is not None:
            awaited.add(ImagesFound)
            in_thread(partial(self._find_images, self._images))
        settings = self.settings
        quiet = settings.offline or settings.only or settings.images_alone
        groups = {} if quiet else rename_groups(self.discovery)
        if groups:
            awaited.add(_StraysTried)
            in_thread(lambda: self._try_strays(groups))
        return awaited

    def _work_on_set(self, found: SecretSet) -> None:
        self._events.put(SetFinished(self._diagnose(found)))
        self._workers.done(found.id)

    def _wanted_images(self) -> Images | None:
        """The images of the run. What knows of images is loaded only where there may be one."""
        if not self.settings.images and self.settings.workspace is None:
            return None
        from regdoctor.images import Images

        explain = self._inquiry.explain_image
        return Images(self.discovery.sets, self.sets, self.world, self.deadline, self._cases.host, explain)

    def _find_images(self, images: Images) -> None:
        try:
            found = images.find()
        except Exception as error:  # a bug costs the images, not the run
            found = ()
            cause, told = told_of_crash("images", error)
            self._besides += (say(CAUSES[cause], {}, evidence=(told,)),)
        self._events.put(ImagesFound(found))
        for each in found:
            work = partial(self._work_on_image, images, each.image)
            self._workers.submit(work, after=images.sets_before(each.image))

    def _work_on_image(self, images: Images, image: Image) -> None:
        self._events.put(ImageStarted(image, images.host(image)))
        self._events.put(ImageFinished(images.examine(image, self._examined)))

    def _diagnose(self, found: SecretSet) -> SetResult:
        try:
            examined = self._examine(found)
            if not self.settings.offline:
                examined = self._mended(found, examined)
            result = self._result(self._with_stored_login(examined))
            self._examined[found.id] = (result, examined.case)
            return result
        except Exception as error:  # a bug costs one set, not the run
            finding = crashed(self._cases.of(found), "diagnosis", error)
            check = CheckResult("engine", "crashed", findings=(finding,))
            result = blank(found).but(checks=(check,), findings=(finding,))
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
        case = self._cases.of(found, as_given=as_given)
        host = self.world.named(case.endpoint.authority) if case.endpoint else None
        tell = (lambda event: None) if quiet else self._events.put
        checks = Examination(
            case,
            self._machine.engine,
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
        others = set(case.twins)
        twins = (other for other in self.discovery.sets if other.id in others)
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

    # Judgement

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
            credential_in(found, examined.case.expires_at),
            examined.case.proved,
            examined.checks,
            ordered(findings),
        )

    def _out_of_time(self, result: SetResult | ImageResult, busy: str | None) -> Finding:
        """That time ran out before the checks of a set or an image had ended."""
        if isinstance(result, ImageResult):
            assert self._images is not None
            return self._images.out_of_time(result, busy)
        evidence = (f"the check {busy} was still waiting",) if busy else ("its turn did not come",)
        case = self._cases.of(result.secret_set)
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

    def _hosts_of_docker(self) -> tuple[str, ...]:
        """The registries for which docker's logins matter."""
        servers = (right_server(found.text("server")) or "" for found in self.discovery.sets)
        return (*servers, *(self._images.hosts if self._images else ()))


class _Cancelled(Event):
    """Nobody wants to wait any longer."""


class _StraysTried(Event):
    """Near misses of no set were tried under their right names."""

    outcomes: dict[str, tuple[Finding, ...] | None]
