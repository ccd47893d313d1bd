"""Owns asking whether an image may be pulled: in this process, with no diagnosis around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from regdoctor.checks.pull import check
from regdoctor.checks.pull_case import Claim, PullCase
from regdoctor.model import CheckResult, Image, ImageResult, SetResult
from regdoctor.probes.deadline import Deadline
from regdoctor.probes.world import World
from regdoctor.secret import Redactor, Secret
from regdoctor.settings import Override, Settings

MACHINE = "linux/amd64"
NOBODY = Claim()


def docker_has(user: str, password: str) -> Claim:
    """The claim by a login that docker itself keeps."""
    return Claim(None, "docker's entry for the registry", user, Secret(password))


@dataclass(frozen=True)
class Pull:
    """What was said of an image, and by which world."""

    result: ImageResult
    world: World

    @property
    def verdict(self) -> str | None:
        """The cause that leads; None where nothing was found."""
        return self.result.findings[0].cause if self.result.findings else None

    @property
    def also_possible(self) -> tuple[str, ...]:
        return self.result.findings[0].also_possible

    @property
    def evidence(self) -> str:
        """All that was seen, in one text."""
        return "\n".join(line for finding in self.result.findings for line in finding.evidence)

    def row(self, name: str) -> CheckResult:
        """How one check ended."""
        return next(row for row in self.result.checks if row.name == name)


def a_world(
    settings: Settings, environ: Mapping[str, str] | None = None, calls: list[str] | None = None
) -> World:
    """What several images of one run share; `calls` is told of each network call."""
    told = [] if calls is None else calls
    return World(settings, environ or {}, Redactor(), lambda call: told.append(f"{call.method} {call.host}"))


def ask(
    reference: str,
    claim: Claim = NOBODY,
    *,
    platform: str | None = None,
    machine: str = MACHINE,
    is_feature: bool = False,
    ca_file: str | None = None,
    overrides: Iterable[Override] = (),
    environ: Mapping[str, str] | None = None,
    set_result: SetResult | None = None,
    world: World | None = None,
    timeout: float = 10.0,
) -> Pull:
    """Ask for one image; `platform` is the one that it was asked for, `machine` this machine's."""
    settings = Settings(timeout=timeout, ca_file=ca_file, overrides=tuple(overrides))
    world = world or a_world(settings, environ)
    image = Image(reference, "--image", platform=platform, is_feature=is_feature)
    case = PullCase(image, claim, world.settings, world, Deadline.after(timeout), machine, set_result)
    return Pull(check(case), world)
