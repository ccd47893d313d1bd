"""What GitHub is asked about this codespace: at most once in a run, and only where it may help."""

from __future__ import annotations

import threading

from regdoctor.checks.case import NETWORK
from regdoctor.codespace.facts import Told
from regdoctor.codespace.kept import Kept
from regdoctor.codespace.levels import explain_absence, explain_set
from regdoctor.codespace.start import as_github_says, started_at
from regdoctor.model import PARTS
from regdoctor.probes.github import SECONDS, github_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from regdoctor.codespace.facts import Package
    from regdoctor.model import CheckResult, Finding, SecretSet
    from regdoctor.probes.deadline import Deadline
    from regdoctor.probes.world import World

NOTHING = Told()


class Inquiry:
    """The questions of a run. Its methods may be called from any thread, and raise nothing."""

    def __init__(self, world: World, deadline: Deadline, kept: Kept | None = None) -> None:
        self._world = world
        self._kept = kept or Kept()
        self._deadline = deadline
        self._lock = threading.Lock()
        self._github = None if world.settings.offline else github_of(world)
        self._opened = False
        self._told = NOTHING
        self._ended = threading.Event()

    def open(self) -> None:
        """Begin to ask, if nobody did yet and there is anybody to ask; waits for nothing."""
        with self._lock:
            if self._opened or self._github is None:
                return
            self._opened = True
        threading.Thread(target=self._ask, daemon=True, name="regdoctor-github").start()

    def told(self) -> Told:
        """What GitHub told, once it has, or once it is too late; `Told()` where it was asked nothing."""
        if self._opened:
            self._ended.wait(self._deadline.within(SECONDS).left())
        return self._told

    def explain(self, secret_set: SecretSet) -> tuple[Finding, ...]:
        """What GitHub tells of a set that fails or lacks a part; asks it first where nobody did."""
        self.open()
        told, started = self.told(), as_github_says(started_at())
        known = (*self._kept.same, *(each.name for each in self._kept.changed))
        return tuple(map(self._clean, explain_set(secret_set, told, started, known)))

    def explain_absence(self) -> tuple[Finding, ...]:
        """What GitHub tells of a codespace without any set."""
        self.open()
        return tuple(map(self._clean, explain_absence(self.told())))

    def package(self, repository: str) -> Package | None:
        """What GitHub tells of the package behind an image of ghcr.io, by the image's path; waits for it."""
        if self._github is None:
            return None
        return self._github.package(repository, self._deadline.within(SECONDS))

    def _clean(self, finding: Finding) -> Finding:
        return finding.but(evidence=tuple(map(self._world.clean, finding.evidence)))

    def _ask(self) -> None:
        assert self._github is not None
        try:
            self._told = self._github.told_of_codespace(self._deadline.within(SECONDS))
        finally:
            self._ended.set()


def lacks_a_part(sets: Iterable[SecretSet]) -> bool:
    """Whether there is something to explain before anything was tried: no set, or one that is not whole."""
    found = tuple(sets)
    return not found or any(each.variable(part) is None for each in found for part in PARTS)


def is_for_github(checks: Iterable[CheckResult]) -> bool:
    """Whether the levels of the secrets may explain a failure: not where the way to the registry failed."""
    return any(check.status == "error" and check.name not in NETWORK for check in checks)
