"""The nouns: what a diagnosis is made of and what its front ends receive."""

from __future__ import annotations

from regdoctor.record import Record
from regdoctor.secret import Secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Literal

    Part = Literal["server", "user", "password"]
    Severity = Literal["error", "warning", "info"]
    Verdict = Literal["ok", "warning", "error"]
    Status = Literal["ok", "warning", "error", "skipped", "crashed"]
    DockerStatus = Literal[
        "ok", "not-installed", "not-running", "permission-denied", "api-mismatch", "not-asked"
    ]
    FixAction = Literal["set", "rename", "transform", "remove", "add", "replace"]
    EngineMode = Literal["auto", "docker", "direct"]
    Variables = Mapping[str, Secret]
    """The environment, or what stands for it: names and values."""

PARTS: tuple[Part, ...] = ("server", "user", "password")
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")
"""From harmless to fatal."""
INTERRUPTED = "interrupted"
"""The reason of a check that was skipped because the run was broken off."""


def variable_name(identifier: str, part: Part) -> str:
    """The name that Codespaces gives a part of a secret set."""
    return f"{identifier}_CONTAINER_REGISTRY_{part.upper()}"


class Step(Record):
    """One step that mends a failure."""

    text: str
    command: str | None = None
    url: str | None = None


class Fix(Record):
    """What a program could do to mend a failure. Never holds a secret.

    `set` (value) · `rename` (to) · `transform` (how: strip, unquote, decode; or swap, with the other
    variable) · `remove` · `add` (the user supplies the value) · `replace` (the user supplies a new secret).
    """

    action: FixAction
    variable: str
    value: str | None = None
    to: str | None = None
    how: str | None = None
    other: str | None = None


class Location(Record):
    """A place in a file of the workspace."""

    file: str
    """Relative to the workspace, with forward slashes."""
    line: int
    """Counted from 1."""
    column: int = 1
    """Counted from 1, in characters."""


class Finding(Record):
    """One cause, found: what happened, how it is known, what mends it."""

    cause: str
    severity: Severity
    title: str
    explanation: str
    evidence: tuple[str, ...] = ()
    also_possible: tuple[str, ...] = ()
    remediation: tuple[Step, ...] = ()
    fixes: tuple[Fix, ...] = ()
    verified: bool = False
    """The set was run again with the fixes applied in memory, and it passed."""
    location: Location | None = None
    """Where in the workspace it is to be mended."""


class CheckResult(Record):
    """How one check of a set or an image ended."""

    name: str
    status: Status
    duration_ms: float = 0.0
    detail: str | None = None
    """The fact that the check established: an address, a certificate's issuer, a challenge."""
    reason: str | None = None
    """Why it was skipped."""
    needed: bool = True
    """Whether the set had any use for it; what it had none for is not worth a reader's time."""
    findings: tuple[Finding, ...] = ()


class Variable(Record):
    """An environment variable. Any value may be a credential in the wrong place."""

    name: str
    value: Secret


def named(variables: Iterable[Variable]) -> Variables:
    """Variables by their names."""
    return {variable.name: variable.value for variable in variables}


class NearMiss(Record):
    """A variable that was meant to be a part of a set and is not."""

    variable: str
    identifier: str
    part: Part
    cause: str
    why: str
    certain: bool = True
    """Its name speaks of a container registry; otherwise it only completes a set, and is not tried."""
    value: Secret = Secret("")
    """Known where it belongs to a set."""


class SecretSet(Record):
    """Three variables with one identifier."""

    id: str
    server: Variable | None = None
    user: Variable | None = None
    password: Variable | None = None
    near_misses: tuple[NearMiss, ...] = ()
    shown_server: str | None = None
    """The server as given, or the mask where it looks like a credential."""
    shown_user: str | None = None

    def variable(self, part: Part) -> Variable | None:
        """The variable that holds a part, if there is one."""
        return {"server": self.server, "user": self.user, "password": self.password}[part]

    def text(self, part: Part) -> str:
        """A part's value in clear; empty where the variable is missing."""
        variable = self.variable(part)
        return variable.value.reveal() if variable else ""

    def name_of(self, part: Part) -> str:
        """The name of a part's variable, there or not."""
        variable = self.variable(part)
        return variable.name if variable else variable_name(self.id, part)

    @property
    def variables(self) -> dict[str, Secret]:
        """What it is made of, near misses included."""
        parts = (self.server, self.user, self.password)
        own = {part.name: part.value for part in parts if part is not None}
        return own | {miss.variable: miss.value for miss in self.near_misses}

    def __repr__(self) -> str:
        return f"SecretSet({self.id!r})"


class Credential(Record):
    """What a password is, as far as its form tells."""

    kind: str
    expires_at: int | None = None
    """Seconds since the epoch, read from the credential itself."""


class SetResult(Record):
    """A set and all that is known of it."""

    secret_set: SecretSet
    registry: str
    credential: Credential | None = None
    proved: bool = False
    checks: tuple[CheckResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Most important first; the first one is the verdict."""

    @property
    def status(self) -> Verdict:
        """The worst of the findings."""
        return worst(self.findings)


def worst(findings: tuple[Finding, ...]) -> Verdict:
    """The status that findings amount to; `info` leaves it ok."""
    found = {finding.severity for finding in findings}
    if "error" in found:
        return "error"
    return "warning" if "warning" in found else "ok"


class Image(Record):
    """An image, or a dev container Feature, that is to be pulled."""

    reference: str
    """As it was given."""
    source: str
    """The file of the workspace that names it, or the option that did."""
    location: Location | None = None
    platform: str | None = None
    """The platform that is asked for, os/architecture[/variant]; None where it is this machine's."""
    is_feature: bool = False
    """A dev container Feature: no image, so it is of no platform."""


class ImageResult(Record):
    """An image and whether it may be pulled."""

    image: Image
    set_id: str | None = None
    """The set whose credential a pull would use."""
    proved: bool = False
    """The right to pull it was really shown in this run."""
    checks: tuple[CheckResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Most important first; the first one is the verdict."""

    @property
    def status(self) -> Verdict:
        """The worst of the findings."""
        return worst(self.findings)


class Docker(Record):
    """The Docker Engine that the environment points to."""

    status: DockerStatus
    version: str | None = None


class Environment(Record):
    """Where the diagnosis runs."""

    codespace: bool = False
    recovery_container: bool = False
    repository: str | None = None
    docker: Docker = Docker("not-asked")


class Call(Record):
    """One network call, without anything that it carried."""

    method: str
    host: str
    status: str
    duration_ms: float


class Report(Record):
    """One diagnosis, complete."""

    started_at: float
    """Seconds since the epoch."""
    duration_ms: int
    environment: Environment
    sets: tuple[SetResult, ...] = ()
    images: tuple[ImageResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Those of no set and no image."""
    calls: tuple[Call, ...] = ()

    @property
    def results(self) -> tuple[SetResult | ImageResult, ...]:
        """The sets and the images."""
        return (*self.sets, *self.images)

    def is_told_by_its_set(self, image: ImageResult) -> bool:
        """Whether something was found about an image, and all of it stands with its set already."""
        told = {
            finding
            for result in self.sets
            if result.secret_set.id == image.set_id
            for finding in result.findings
        }
        return bool(image.findings) and told.issuperset(image.findings)


class Event(Record):
    """Something that happened during a diagnosis; front ends render these and nothing else."""


class SetsFound(Event):
    """The sets, in the order in which they are shown. First event of every run."""

    sets: tuple[SetResult, ...]


class CheckStarted(Event):
    """A check of a set began."""

    set_id: str
    check: str
    host: str | None = None
    """The host that is asked, where there is one."""


class CheckFinished(Event):
    """A check of a set ended."""

    set_id: str
    result: CheckResult


class MendStarted(Event):
    """A set's fixes are being tried in memory."""

    set_id: str


class SetFinished(Event):
    """All that there is to know of a set."""

    result: SetResult


class ImagesFound(Event):
    """The images, in the order in which they are shown; told before anything is asked about them."""

    images: tuple[ImageResult, ...]


class ImageStarted(Event):
    """It is being asked whether an image may be pulled."""

    image: Image
    host: str | None = None
    """The registry that is asked."""


class ImageFinished(Event):
    """All that there is to know of an image."""

    result: ImageResult


class NetworkCalled(Event):
    """A network call ended."""

    call: Call


class Finished(Event):
    """The run is over. Last event of every run."""

    report: Report
