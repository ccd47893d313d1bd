"""What GitHub is asked about this codespace: at most once in a run, and only where it may help."""

from __future__ import annotations

import threading

from regdoctor.causes.cause import finding as say
from regdoctor.checks.case import NETWORK
from regdoctor.codespace.facts import Told
from regdoctor.codespace.kept import Kept
from regdoctor.model import PARTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from regdoctor.codespace.facts import Package
    from regdoctor.model import CheckResult, Finding, ImageResult, SecretSet
    from regdoctor.probes.deadline import Deadline
    from regdoctor.probes.github import GitHub
    from regdoctor.probes.world import World

NOTHING = Told()
_REFUSED = ("pull-denied", "package-not-linked", "no-credentials-sent")
"""Causes that a rule of GitHub may stand behind."""


class Inquiry:
    """The questions of a run. Its methods may be called from any thread, and raise nothing."""

    def __init__(self, world: World, deadline: Deadline, kept: Kept | None = None) -> None:
        self._world = world
        self._kept = kept or Kept()
        self._deadline = deadline
        self._lock = threading.Lock()
        self._github = None if world.settings.offline else _github_of(world)
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
            from regdoctor.probes.github import SECONDS

            self._ended.wait(self._deadline.within(SECONDS).left())
        return self._told

    def explain(self, secret_set: SecretSet) -> tuple[Finding, ...]:
        """What GitHub tells of a set that fails or lacks a part; asks it first where nobody did."""
        from regdoctor.codespace.levels import explain_set
        from regdoctor.codespace.start import as_github_says, started_at

        self.open()
        told, started = self.told(), as_github_says(started_at())
        known = (*self._kept.same, *(each.name for each in self._kept.changed))
        return tuple(map(self._clean, explain_set(secret_set, told, started, known)))

    def explain_absence(self) -> tuple[Finding, ...]:
        """What GitHub tells of a codespace without any set."""
        from regdoctor.codespace.levels import explain_absence

        self.open()
        return tuple(map(self._clean, explain_absence(self.told())))

    def package(self, repository: str) -> Package | None:
        """What GitHub tells of the package behind an image of ghcr.io, by the image's path; waits for it."""
        if self._github is None:
            return None
        from regdoctor.probes.github import SECONDS

        return self._github.package(repository, self._deadline.within(SECONDS))

    def explain_image(
        self, result: ImageResult, repositories: Mapping[str, Mapping[str, str]]
    ) -> ImageResult:
        """An image of no set that was refused, and what GitHub's own rules make of that.

        `repositories` are those that the workspace asks for, as explain_denied takes them.
        """
        from regdoctor.codespace.packages import HOST, explain_denied
        from regdoctor.reference import read_reference

        first = next(iter(result.findings), None)
        reference = read_reference(result.image.reference)
        if reference is None or reference.domain != HOST or result.set_id is not None:
            return result
        if first is None or first.cause not in _REFUSED:
            return result
        if first.cause == "no-credentials-sent":
            return result.but(findings=(self._without_own_token(result, first), *result.findings[1:]))
        self.open()
        package, ours = self.package(reference.repository), self.told().repository
        environ = self._world.environ
        found = explain_denied(reference.domain, reference.repository, package, repositories, environ, ours)
        if found is None:
            return result
        ruled_out = {found.cause, "repository-not-found" if package is not None else ""}
        also = dict.fromkeys((*found.also_possible, *first.also_possible, first.cause))
        lead = found.but(
            evidence=(*first.evidence, *map(self._world.clean, found.evidence)),
            also_possible=tuple(each for each in also if each not in ruled_out),
            location=first.location,
        )
        return result.but(findings=(lead, *result.findings[1:]))

    def _without_own_token(self, result: ImageResult, first: Finding) -> Finding:
        """A refusal by ghcr.io of a pull that sent nothing: a codespace's own would have sent its token."""
        from regdoctor.causes.packages import OWN_TOKEN_UNSEEN
        from regdoctor.checks.claims import has_token_of_its_own

        if not has_token_of_its_own(self._world.environ):
            return first
        said = say(OWN_TOKEN_UNSEEN, {"image": self._world.clean(result.image.reference)})
        return said.but(
            evidence=(*first.evidence, "GITHUB_TOKEN is not in this environment"),
            also_possible=tuple(dict.fromkeys((*first.also_possible, "package-not-linked"))),
            location=first.location,
        )

    def explain_refused(self, images: Iterable[ImageResult]) -> tuple[Finding, ...]:
        """Why no set is there for images that need a login, where the codespace explains it."""
        refused = tuple(
            result.image.reference
            for result in images
            if result.set_id is None
            and ("no-credentials-sent", "error") in [(each.cause, each.severity) for each in result.findings]
        )
        if not refused:
            return ()
        from regdoctor.codespace.injection import secrets_not_injected

        self.open()
        found = secrets_not_injected(self._world.environ, refused, self.told(), self._world.clean)
        return (found,) if found is not None else ()

    def _clean(self, finding: Finding) -> Finding:
        return finding.but(evidence=tuple(map(self._world.clean, finding.evidence)))

    def _ask(self) -> None:
        from regdoctor.probes.github import SECONDS

        assert self._github is not None
        try:
            self._told = self._github.told_of_codespace(self._deadline.within(SECONDS))
        finally:
            self._ended.set()


def _github_of(world: World) -> GitHub | None:
    from regdoctor.probes.github import github_of

    return github_of(world)


def lacks_a_part(sets: Iterable[SecretSet]) -> bool:
    """Whether there is something to explain before anything was tried: no set, or one that is not whole."""
    found = tuple(sets)
    return not found or any(each.variable(part) is None for each in found for part in PARTS)


def is_for_github(checks: Iterable[CheckResult]) -> bool:
    """Whether the levels of the secrets may explain a failure: not where the way to the registry failed."""
    return any(check.status == "error" and check.name not in NETWORK for check in checks)
