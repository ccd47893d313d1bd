"""What the unit tests share: sets made of words, a diagnosis without a network, the program itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping

from regdoctor.diagnosis import Diagnosis
from regdoctor.model import Finding, Finished, Report, SetResult
from regdoctor.report.formats import FORMATS, render
from regdoctor.secret import WINDOW, Secret
from regdoctor.settings import Settings
from tests.schema import validate

OFFLINE = Settings(offline=True)
PASSWORD = "quartz-Velvet7+Onion"
"""A password of no special form."""


def secrets(variables: Mapping[str, str]) -> dict[str, Secret]:
    """An environment as regdoctor takes it."""
    return {name: Secret(value) for name, value in variables.items()}


def a_set(
    server: str = "registry.example.com",
    user: str = "octocat",
    password: str = PASSWORD,
    identifier: str = "TEAM",
) -> dict[str, str]:
    """The three variables of a set."""
    return {
        f"{identifier}_CONTAINER_REGISTRY_SERVER": server,
        f"{identifier}_CONTAINER_REGISTRY_USER": user,
        f"{identifier}_CONTAINER_REGISTRY_PASSWORD": password,
    }


def diagnose(variables: Mapping[str, str], settings: Settings = OFFLINE) -> Report:
    """A whole run over some variables, offline unless told otherwise."""
    *_, last = Diagnosis(secrets(variables), settings, {}).run()
    assert isinstance(last, Finished)
    return last.report


def only_set(report: Report) -> SetResult:
    """The one set of a report."""
    (result,) = report.sets
    return result


def all_findings(report: Report) -> list[Finding]:
    """The findings of the sets, then those of no set."""
    return [*(finding for result in report.sets for finding in result.findings), *report.findings]


def causes_in(report: Report) -> list[str]:
    """The causes that a report names, in order."""
    return [finding.cause for finding in all_findings(report)]


def windows(value: str) -> Iterable[str]:
    """Every run of eight characters of a value."""
    return (value[at : at + WINDOW] for at in range(len(value) - WINDOW + 1))


def rendered(report: Report) -> str:
    """All that a report prints, in every form."""
    return "".join(render(report, form, trace=True) for form in FORMATS)


def assert_hidden(report: Report, password: str) -> None:
    """Fail if eight characters in a row of a password are to be seen anywhere in a report."""
    shown = rendered(report)
    assert [window for window in windows(password) if window in shown] == []


def run_program(
    *arguments: str,
    variables: Mapping[str, str] | None = None,
    stdin: bytes = b"",
    without_utf8: bool = False,
) -> subprocess.CompletedProcess[bytes]:
    """Run the program with nothing in its environment but these variables; its JSON is what was promised."""
    environ = {"PATH": os.defpath, "HOME": "/nonexistent", "LANG": "C.UTF-8", **(variables or {})}
    if without_utf8:
        environ |= {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "regdoctor", *arguments],
        input=stdin,
        capture_output=True,
        env=environ,
        timeout=30,
        check=False,
    )
    if done.stdout.startswith(b'{\n  "schema_version"'):
        validate(json.loads(done.stdout))
    return done
