"""The images of a run: which there are, whose credential a pull of each would use, whether it is allowed."""

from __future__ import annotations

import os

from regdoctor.causes import CAUSES
from regdoctor.causes.cause import finding as say
from regdoctor.checks import pull
from regdoctor.checks.case import PULL, SPACE, Case, HostFacts
from regdoctor.checks.claims import claim_without_set, sets_for
from regdoctor.checks.pull_case import Claim, PullCase, pull_endpoint
from regdoctor.examination import told_of_crash
from regdoctor.ledger import ordered
from regdoctor.model import CheckResult, Image, ImageResult
from regdoctor.platforms import platform_of
from regdoctor.reference import read_reference
from regdoctor.secret import Secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regdoctor.address import Endpoint
    from regdoctor.model import Finding, SecretSet, SetResult
    from regdoctor.probes.deadline import Deadline
    from regdoctor.probes.world import World

    Repositories = Mapping[str, Mapping[str, str]]
    """As devcontainer.json has them."""
    Explain = Callable[[ImageResult, Repositories], ImageResult]
    Known = Mapping[str, tuple[SetResult, Case | None]]
    """The sets that have been examined, by their identifiers; no case where that crashed."""

OPTION = "--image"
"""The source of an image that the command line names."""


class Images:
    """Finds the images and asks for them. Its methods may be called from any thread, and raise nothing."""

    def __init__(
        self,
        sets: tuple[SecretSet, ...],
        diagnosed: tuple[SecretSet, ...],
        world: World,
        deadline: Deadline,
        host_of: Callable[[Endpoint], HostFacts],
        explain: Explain,
    ) -> None:
        """`sets` are all that there are, and `diagnosed` those that this run examines.

        `explain` adds what is known elsewhere of an image, by the repositories that the workspace asks for.
        """
        self._sets = sets
        self._diagnosed = frozenset(each.id for each in diagnosed)
        self._settings = world.settings
        self._world = world
        self._deadline = deadline
        self._host_of = host_of
        self._explain = explain
        self.findings: tuple[Finding, ...] = ()
        """What is wrong with the files of the workspace."""
        self._repositories: Repositories = {}
        self.hosts: tuple[str, ...] = ()
        """The registries of the images, as their names have them."""

    def find(self) -> tuple[ImageResult, ...]:
        """All images, in the order in which they are shown.

        With `--only` those of its sets, and those that the command line names.
        """
        # One that holds a credential is not asked for: that would send it to whoever the name leads to.
        images = [Image(self._world.named(reference), OPTION) for reference in self._settings.images]
        if self._settings.workspace is not None:
            try:
                images += self._in_workspace(self._settings.workspace)
            except Exception as error:  # a bug costs what the workspace names, not the run
                self.findings += (self._crashed("workspace", error, {}),)
        references = [read_reference(image.reference) for image in images]
        self.hosts = tuple(reference.domain for reference in references if reference)
        # One question for a name, however often it is named; the place in a file says most.
        once = {(image.reference, image.platform): image for image in images}
        return tuple(map(self._blank, once.values()))

    def _in_workspace(self, folder: str) -> list[Image]:
        from regdoctor.workspace.reading import read_workspace

        read = read_workspace(folder, self._world.environ, self._world.clean)
        self.findings += read.findings
        self._repositories = {name: {"permissions": permissions} for name, permissions in read.repositories}
        only = self._settings.only
        return [image for image in read.images if not only or self.sets_before(image)]

    def sets_before(self, image: Image) -> tuple[str, ...]:
        """The sets whose examination must have ended before an image is asked for."""
        return tuple(each.id for each in sets_for(image, self._sets) if each.id in self._diagnosed)

    def host(self, image: Image) -> str | None:
        """The registry that is asked for an image."""
        try:
            reference = read_reference(image.reference)
            endpoint = pull_endpoint(reference.domain) if reference else None
            return self._world.named(endpoint.authority) if endpoint else None
        except Exception:  # what asks the registry meets it again, and says so
            return None

    def examine(self, image: Image, known: Known) -> ImageResult:
        """Ask whether an image may be pulled, after the sets that come before it."""
        try:
            claimed_by = sets_for(image, self._sets)
            if claimed_by and not any(each.id in known for each in claimed_by):
                reason = f"--only leaves out its set {claimed_by[0].id}"
                return self._blank(image).but(checks=(CheckResult(PULL, "skipped", reason=reason),))
            claim, result = self._claim(image, known, claimed_by)
            asked = pull.check(self._case(image, claim, result))
            return self._explain(asked.but(findings=ordered(asked.findings)), self._repositories)
        except Exception as error:  # a bug costs one image, not the run
            facts = {"image": self._world.clean(image.reference)}
            finding = self._crashed(PULL, error, facts)
            check = CheckResult(PULL, "crashed", findings=(finding,))
            return self._blank(image).but(checks=(check,), findings=(finding,))

    def out_of_time(self, result: ImageResult, busy: str | None) -> Finding:
        """That time ran out before an image was asked for, or while it was."""
        evidence = "its turn did not come"
        if busy:
            evidence = f"the check {busy} was still waiting"
        elif result.set_id is not None:
            evidence = f"its set {result.set_id} was still being examined"
        case = self._case(result.image, Claim(result.set_id), None)
        return case.finding("timeout-overall", evidence=(evidence,), seconds=f"{self._settings.timeout:g}")

    def _crashed(self, title: str, error: Exception, facts: dict[str, str]) -> Finding:
        cause, told = told_of_crash(title, error)
        return say(CAUSES[cause], facts, evidence=(self._world.clean(told),))

    def _blank(self, image: Image) -> ImageResult:
        return ImageResult(image, next((each.id for each in sets_for(image, self._sets)), None))

    def _claim(
        self, image: Image, known: Known, claimed_by: tuple[SecretSet, ...]
    ) -> tuple[Claim, SetResult | None]:
        if not claimed_by:
            # Whoever keeps docker's logins may take half of the time: the image has to be asked for as well.
            limit = self._deadline.within(self._settings.timeout / 2)
            return claim_without_set(image, self._sets, self._world, limit), None
        examined = [each for each in claimed_by if each.id in known]
        # Of several for one registry, docker keeps one; which, nobody can tell. One that works is enough.
        found = next((each for each in examined if known[each.id][0].proved), examined[0])
        result, case = known[found.id]
        user = case.user if case else found.text("user").strip(SPACE)
        password = case.password if case else Secret(found.text("password").strip(SPACE))
        return Claim(found.id, f"the set {found.id}", user, password), result

    def _case(self, image: Image, claim: Claim, result: SetResult | None) -> PullCase:
        reference = read_reference(image.reference)
        endpoint = pull_endpoint(reference.domain) if reference else None
        host = self._host_of(endpoint) if endpoint else None
        return PullCase(
            image, claim, self._settings, self._world, self._deadline, _this_machine(), result, host=host
        )


def _this_machine() -> str:
    """The platform of the images that run here: an Engine's are Linux's, whatever it runs on itself."""
    return str(platform_of("linux", os.uname().machine))
