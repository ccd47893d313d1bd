"""Owns running a diagnosis to its end: in this process, and as the program that people start."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from regdoctor.diagnosis import Diagnosis
from regdoctor.model import CheckResult, Finished, Report, SetResult, variable_name
from regdoctor.secret import WINDOW, Secret
from regdoctor.settings import Override, Settings
from tests.lab.programs import plain_environment
from tests.schema import validate

if TYPE_CHECKING:
    from regdoctor.model import EngineMode
    from tests.lab.town import Town

SET = "LAB"
NO_ENGINE = "unix:///nonexistent/docker.sock"
"""A DOCKER_HOST where no Engine is."""


NOBODYS = "kxq7-vnt2-zzpd-93wf"
"""A password that no registry takes, and that shares no eight characters with a word."""


def variables_of(server: str, user: str, password: str, set_id: str = SET) -> dict[str, str]:
    """The three variables of one set."""
    return {
        variable_name(set_id, "server"): server,
        variable_name(set_id, "user"): user,
        variable_name(set_id, "password"): password,
    }


def diagnose(
    variables: Mapping[str, str], settings: Settings, environ: Mapping[str, str] | None = None
) -> Report:
    """The report of a diagnosis in this process; without a DOCKER_HOST in `environ` there is no Engine."""
    secrets = {name: Secret(value) for name, value in variables.items()}
    *_, last = Diagnosis(secrets, settings, {"DOCKER_HOST": NO_ENGINE, **(environ or {})}).run()
    assert isinstance(last, Finished)
    return last.report


def examine(
    server: str,
    user: str = "alice",
    password: str = NOBODYS,
    *,
    environ: Mapping[str, str] | None = None,
    timeout: float = 5.0,
    ca_file: str | None = None,
    overrides: tuple[Override, ...] = (),
    engine: EngineMode = "auto",
) -> SetResult:
    """What a diagnosis in this process says of one set."""
    settings = Settings(engine=engine, timeout=timeout, ca_file=ca_file, overrides=overrides)
    (result,) = diagnose(variables_of(server, user, password), settings, environ).sets
    return result


def look_in(
    town: Town,
    server: str,
    user: str,
    password: str,
    *,
    engine: EngineMode = "auto",
    environ: Mapping[str, str] | None = None,
) -> SetResult:
    """What a diagnosis in this process says of a set for a host of a town."""
    return examine(
        server,
        user,
        password,
        environ=environ,
        timeout=20.0,
        ca_file=town.ca_file,
        overrides=town.overrides,
        engine=engine,
    )


def verdict(result: SetResult) -> str | None:
    """The cause that leads; None where nothing was found."""
    return result.findings[0].cause if result.findings else None


def check_of(result: SetResult, name: str) -> CheckResult:
    """How one check ended."""
    return next(check for check in result.checks if check.name == name)


def assert_failed_at(result: SetResult, check: str, cause: str) -> None:
    """The set failed of a cause, in a check, which all later checks name as the reason they were skipped."""
    told = [(each.name, each.status, each.reason) for each in result.checks]
    assert verdict(result) == cause, (result.findings, told)
    assert result.status == "error"
    assert not result.proved
    names = [each.name for each in result.checks]
    at = names.index(check)
    assert result.checks[at].status == "error", told
    assert [finding.cause for finding in result.checks[at].findings] == [cause]
    for before in result.checks[:at]:
        assert before.status in ("ok", "warning") or (before.status == "skipped" and check != "tls"), told
    for after in result.checks[at + 1 :]:
        assert after.status == "skipped", told
        assert after.reason is not None
        # An exchange of cloud keys depends on no other check: it goes to another host.
        assert check in after.reason or after.name == "exchange", told


@dataclass(frozen=True)
class Run:
    """One run of the program."""

    code: int
    report: Any
    """The JSON that it printed."""
    output: bytes
    """Standard output and standard error."""
    seconds: float

    @property
    def set(self) -> Any:
        """The one set of the report."""
        (found,) = self.report["sets"]
        return found

    @property
    def verdict(self) -> str | None:
        """The cause that leads in the one set."""
        findings = self.set["findings"]
        return findings[0]["cause"] if findings else None

    def check(self, name: str) -> Any:
        """How one check of the one set ended."""
        return next(check for check in self.set["checks"] if check["name"] == name)


def run_program(
    variables: Mapping[str, str],
    *options: str,
    home: str = "/nonexistent",
    environ: Mapping[str, str] | None = None,
    launch: Sequence[str] = (),
) -> Run:
    """Run `regdoctor report --format json` in a clean environment; no password may be in what it prints."""
    environment = plain_environment(home, DOCKER_HOST=NO_ENGINE) | dict(environ or {}) | dict(variables)
    start = time.monotonic()
    done = subprocess.run(
        [*launch, sys.executable, "-m", "regdoctor", "report", "--format", "json", *options],
        env={name: value for name, value in environment.items() if value},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=40,
        check=False,
    )
    seconds = time.monotonic() - start
    output = done.stdout + done.stderr
    for name, value in variables.items():
        if name.upper().endswith("_PASSWORD"):
            assert not shows(output, value), f"the value of {name} is in the output"
    try:
        report = json.loads(done.stdout)
    except ValueError:
        raise AssertionError(f"no JSON, exit code {done.returncode}: {output.decode()[-3000:]}") from None
    validate(report)
    return Run(done.returncode, report, output, seconds)


def shows(output: bytes, password: str) -> bool:
    """Whether eight characters in a row of a password stand in an output."""
    text = output.decode("utf-8", "replace")
    runs = {password[at : at + WINDOW] for at in range(len(password) - WINDOW + 1)}
    return any(run in text for run in runs) if len(runs) < 1000 else password[:64] in text
