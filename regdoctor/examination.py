"""The checks of one set, in order: each asked when it makes sense, none able to break the run."""

from __future__ import annotations

import importlib
import time

from regdoctor.checks.case import EXPIRED, LOGIN, NETWORK, Case, Outcome
from regdoctor.crash import kind_and_place
from regdoctor.model import SEVERITIES, CheckResult, Fix, Image, SetResult
from regdoctor.registries import recognise_server
from regdoctor.registries.credentials import credential_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from regdoctor.model import Credential, Finding, SecretSet
    from regdoctor.probes.engine import Engine
    from regdoctor.settings import Settings

    Check = Callable[..., Outcome]
    """Takes the case; the Engine's check takes the Engine as well."""

CHECKS = ("name", "value", *NETWORK, *LOGIN)
"""The checks, in order. Each is the function `check` of the module of its name."""

_NO_KEY = "there is no cloud key to exchange"


def check_named(title: str) -> Check:
    """A check, loaded when it is first asked: most of them need what only the network is reached with."""
    check: Check = importlib.import_module(f"regdoctor.checks.{title}").check
    return check


def selected(sets: tuple[SecretSet, ...], settings: Settings) -> tuple[SecretSet, ...]:
    """The sets that a run examines."""
    if not settings.images_alone:
        return tuple(found for found in sets if not settings.only or found.id in settings.only)
    from regdoctor.checks.claims import sets_for

    used = {each.id for name in settings.images for each in sets_for(Image(name, ""), sets)}
    return tuple(found for found in sets if found.id in used)


def blank(found: SecretSet) -> SetResult:
    """A set before its first check."""
    return SetResult(found, recognise_server(found.text("server")).id, credential_in(found))


def credential_in(found: SecretSet, expires_at: int | None = None) -> Credential | None:
    """What the password of a set is, and when it ends if that was learnt elsewhere."""
    if found.password is None:
        return None
    credential = credential_of(found.text("user"), found.text("password"))
    return credential if expires_at is None else credential.but(expires_at=expires_at)


class Examination:
    """One pass over the checks of a set."""

    def __init__(
        self,
        case: Case,
        find_engine: Callable[[], Engine | None],
        on_start: Callable[[str], None] = lambda check: None,
        on_finish: Callable[[CheckResult], None] = lambda result: None,
    ) -> None:
        self.case = case
        self._find_engine = find_engine
        self._on_start = on_start
        self._on_finish = on_finish
        self._declined = _declined(case.settings)

    def run(self) -> tuple[CheckResult, ...]:
        """Ask every check and say how it ended. Raises nothing."""
        stopped: dict[str, str] = {}
        return tuple(
            self._ask_engine(stopped) if title == "engine" else self._ask(title, stopped) for title in CHECKS
        )

    def _ask_engine(self, stopped: dict[str, str]) -> CheckResult:
        title = "engine"
        if title not in self._declined and title not in stopped:
            found = self._find_engine()
            if found is None:
                stopped[title] = "the Engine did not answer in time"
            elif not found.answers:
                stopped[title] = f"docker-{found.docker.status}"
            else:
                return self._ask(title, stopped, found)
        return self._ask(title, stopped)

    def _ask(self, title: str, stopped: dict[str, str], *given: Engine) -> CheckResult:
        needed = title != "exchange" or self.case.has_key
        reason = self._declined.get(title) or stopped.get(title)
        if reason is not None or not needed:
            result = CheckResult(title, "skipped", reason=reason or _NO_KEY, needed=needed)
            self._on_finish(result)
            return result
        self._on_start(title)
        check = check_named(title)
        start = time.perf_counter()
        try:
            outcome = check(self.case, *given)
        except Exception as error:  # a bug in one check costs one row
            outcome = Outcome("crashed", findings=(crashed(self.case, title, error),))
        result = CheckResult(
            title,
            outcome.status,
            round((time.perf_counter() - start) * 1000, 1),
            outcome.detail,
            outcome.reason,
            findings=outcome.findings,
        )
        for dependent in outcome.stops or self._dependents(title, outcome):
            stopped.setdefault(dependent, outcome.why_stopped or f"{title} failed")
        self._on_finish(result)
        return result

    def _dependents(self, title: str, outcome: Outcome) -> tuple[str, ...]:
        """What a check that failed leaves without ground."""
        if outcome.status not in ("error", "crashed"):
            return ()
        if title in NETWORK:
            after = NETWORK[NETWORK.index(title) + 1 :]
            # Keys are exchanged elsewhere. And the Engine has a way of its own to the registry: asked alone,
            # it does not need ours.
            alone = self.case.settings.engine == "docker"
            return (*after, "login") if alone else (*after, "login", "engine")
        if title in LOGIN:
            return LOGIN[LOGIN.index(title) + 1 :]
        # Values that nobody judged are not sent; where a judgement was made, it says itself what it stops.
        return LOGIN if outcome.status == "crashed" else ()


def _declined(settings: Settings) -> dict[str, str]:
    """What the options leave out, and the option that does."""
    if settings.offline:
        return dict.fromkeys((*NETWORK, *LOGIN), "--offline")
    if settings.engine == "direct":
        return {"engine": "--engine direct"}
    if settings.engine == "docker":
        return {"login": "--engine docker: the Engine alone logs in"}
    return {}


def crashed(case: Case, title: str, error: Exception) -> Finding:
    """A crash as a finding."""
    cause, told = told_of_crash(title, error)
    return case.finding(cause, evidence=(told,))


def told_of_crash(title: str, error: Exception) -> tuple[str, str]:
    """The cause behind a crash, and what is told of it."""
    if isinstance(error, ImportError):
        return "package-missing", f"there is no package {error.name}"
    return "internal-error", f"{kind_and_place(error)} in the check {title}"


def findings_of(checks: tuple[CheckResult, ...]) -> tuple[Finding, ...]:
    """The findings of all checks, in their order; what was suspected and then seen stands there once."""
    found = [finding for check in checks for finding in check.findings]
    return tuple(
        finding
        for at, finding in enumerate(found)
        if not any(_says_more(other, finding) for other in found[at + 1 :])
    )


def weighed(case: Case, checks: tuple[CheckResult, ...]) -> tuple[Finding, ...]:
    """The findings of all checks, in the light of how the login went.

    A retired registry is the verdict where the login there fails as well.
    """
    found = findings_of(checks)
    failed = [
        finding
        for check in checks
        if check.name in (*NETWORK, *LOGIN)
        for finding in check.findings
        if finding.severity == "error"
    ]
    if case.proved:
        return found
    found = tuple(_by_the_servers_clock(case, finding) for finding in found)
    if failed:
        # Whatever it says of the login's future, the login does not work now.
        found = tuple(finding for finding in found if finding.cause != "credential-expires-soon")
    retired = next((finding for finding in found if finding.cause == "registry-retired"), None)
    if retired is None or not failed:
        return found
    replacement = case.registry.replacement_of(case.values.host)
    fixes: tuple[Fix, ...] = ()
    if replacement == case.registry.right_server:
        fixes = (Fix("set", case.secret_set.name_of("server"), value=replacement),)
    lead = retired.but(
        severity="error",
        evidence=tuple(dict.fromkeys((*retired.evidence, *failed[0].evidence))),
        also_possible=tuple(
            cause for cause in (failed[0].cause, *failed[0].also_possible) if cause != retired.cause
        ),
        fixes=fixes,
    )
    return (lead, *(finding for finding in found if finding is not retired and finding.cause != lead.cause))


def _by_the_servers_clock(case: Case, finding: Finding) -> Finding:
    """A token that has expired by this clock alone: then it is the clock that is wrong."""
    offset, expires_at = case.world.clock_offset(), case.values.credential.expires_at
    if finding.cause not in EXPIRED or offset is None or expires_at is None:
        return finding
    there = time.time() + offset
    if there >= expires_at:
        return finding
    stamps = [time.strftime("%Y-%m-%d %H:%M", time.gmtime(moment)) for moment in (time.time(), there)]
    said = f"this clock says {stamps[0]} UTC, the server's {stamps[1]} UTC"
    return case.finding("clock-skew", evidence=(*finding.evidence, said), also_possible=(finding.cause,))


def _says_more(later: Finding, earlier: Finding) -> bool:
    """Whether a later check says the same cause of the same variable, and no less gravely."""
    if later.cause != earlier.cause or SEVERITIES.index(later.severity) < SEVERITIES.index(earlier.severity):
        return False
    return earlier.severity != "error" or (bool(later.fixes) and later.fixes == earlier.fixes)
