"""A diagnosis by script: events in a given order, each when the test lets it happen."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING

from regdoctor.explain import explain
from regdoctor.model import (
    CheckFinished,
    CheckResult,
    CheckStarted,
    Environment,
    Finding,
    Finished,
    Report,
    SecretSet,
    SetFinished,
    SetResult,
    SetsFound,
    Step,
    Variable,
    variable_name,
)
from regdoctor.secret import Secret
from regdoctor.tui.app import RegdoctorApp
from regdoctor.tui.signs import UNICODE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import App
    from textual.pilot import Pilot

    from regdoctor.model import Event, Severity
    from regdoctor.probes.refusals import Refusals
    from regdoctor.settings import Target

PATIENCE = 10.0


def blank(set_id: str, server: str = "registry.example.com", registry: str = "other") -> SetResult:
    """A set of which nothing is known but its values."""

    def variable(part: str, value: str) -> Variable:
        return Variable(f"{set_id}_CONTAINER_REGISTRY_{part}", Secret(value))

    return SetResult(
        SecretSet(
            set_id,
            variable("SERVER", server),
            variable("USER", "mona"),
            variable("PASSWORD", "invented-passphrase"),
            shown_server=server,
            shown_user="mona",
        ),
        registry,
    )


def finding(
    title: str = "User name or password refused by the registry",
    severity: Severity = "error",
    *,
    verified: bool = False,
) -> Finding:
    """A finding with every part."""
    return Finding(
        cause="bad-credentials",
        severity=severity,
        title=title,
        explanation="The registry knows the user name or the password, but not both.",
        evidence=("registry.example.com answered HTTP 401 Unauthorized",),
        also_possible=("token-expired",),
        remediation=(
            Step(
                "Store the new password.",
                command=f"gh secret set {variable_name('ACR', 'password')} --app codespaces",
                url="https://github.com/settings/codespaces",
            ),
            Step("Stop this codespace and start it again."),
        ),
        verified=verified,
    )


def checks(login: str = "ok") -> tuple[CheckResult, ...]:
    """The stages of a set whose login ended in some way."""
    return (
        CheckResult("name", "ok", 0.1),
        CheckResult("dns", "ok", 3.2, detail="192.0.2.7"),
        CheckResult("login", "ok" if login == "ok" else "error", 40.0),
        CheckResult("engine", "skipped", reason="login failed" if login != "ok" else "--engine direct"),
    )


def well(set_id: str) -> SetResult:
    """A set whose login works."""
    return blank(set_id).but(proved=True, checks=checks())


def ill(set_id: str, *findings: Finding) -> SetResult:
    """A set whose login fails."""
    return blank(set_id).but(checks=checks("error"), findings=findings or (finding(),))


def story(*results: SetResult, others: tuple[Finding, ...] = ()) -> tuple[Event, ...]:
    """A whole run with these results."""
    events: list[Event] = [SetsFound(tuple(blank(result.secret_set.id) for result in results))]
    for result in results:
        set_id = result.secret_set.id
        for check in result.checks:
            events += [CheckStarted(set_id, check.name, "registry.example.com"), CheckFinished(set_id, check)]
        events.append(SetFinished(result))
    return (*events, Finished(report(*results, findings=others)))


def report(*results: SetResult, findings: tuple[Finding, ...] = ()) -> Report:
    """A report on some sets."""
    return Report(1.0, 1200, Environment(codespace=True, repository="octo/app"), results, findings=findings)


class Scripted:
    """Stands for a `Diagnosis`; a threading.Event among its steps is a peer that stays silent."""

    def __init__(self, *steps: Event | threading.Event | Exception, waiting: tuple[str, ...] = ()) -> None:
        self.steps = steps
        self.waiting = waiting
        self.cancelled = threading.Event()

    def run(self) -> Iterator[Event]:
        """One step after the other."""
        for step in self.steps:
            if isinstance(step, threading.Event):
                step.wait()
            elif isinstance(step, Exception):
                raise step
            else:
                yield step

    def cancel(self) -> None:
        """Remember it."""
        self.cancelled.set()

    def waiting_for(self) -> tuple[str, ...]:
        """What it was told to say."""
        return self.waiting


class Doctor:
    """Hands out diagnoses in order, and remembers for which sets."""

    def __init__(self, *diagnoses: Scripted) -> None:
        self.diagnoses = list(diagnoses)
        self.asked: list[Target] = []

    def __call__(self, target: Target) -> Scripted:
        self.asked.append(target)
        return self.diagnoses.pop(0)


def app_of(*diagnoses: Scripted, notice: str | None = None, refusals: Refusals | None = None) -> RegdoctorApp:
    """The app over some diagnoses, drawn with the same signs everywhere."""
    return RegdoctorApp(Doctor(*diagnoses), explain, notice=notice, signs=UNICODE, refusals=refusals)


def shown(app: App[None]) -> str:
    """What stands on the screen, line by line."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Let the app work until something is so."""
    limit = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > limit:
            raise AssertionError(f"not so after {PATIENCE:g} s; on the screen:\n{shown(pilot.app)}")
        await asyncio.sleep(0.01)
        await pilot.pause()


async def until_shown(pilot: Pilot[None], *texts: str) -> None:
    """Let the app work until some texts stand on the screen."""
    await until(pilot, lambda: all(text in shown(pilot.app) for text in texts))


async def until_done(pilot: Pilot[None], app: RegdoctorApp) -> None:
    """Let the app work until all runs are over and drawn."""
    await until(pilot, lambda: app.board.found and not app.board.busy)
    await pilot.pause()
