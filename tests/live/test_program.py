"""The program as its user meets it: values tried before they are stored, a slow registry, an interrupt."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from regdoctor.diagnosis import Diagnosis
from regdoctor.model import INTERRUPTED, CheckStarted, Event, Finished, SetFinished
from regdoctor.secret import Secret
from regdoctor.settings import Settings
from tests.lab.peers import silent
from tests.lab.programs import plain_environment
from tests.lab.registry import USERS, Registry
from tests.live.running import examine

NO_ENGINE = "unix:///nonexistent.sock"
USER, PASSWORD = next(iter(USERS.items()))


def start(*arguments: str, **environ: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "regdoctor", *arguments],
        env=plain_environment("/nonexistent", DOCKER_HOST=NO_ENGINE) | environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def a_set(server: str) -> dict[str, str]:
    return {
        "TEAM_CONTAINER_REGISTRY_SERVER": server,
        "TEAM_CONTAINER_REGISTRY_USER": "octocat",
        "TEAM_CONTAINER_REGISTRY_PASSWORD": "quartz-Velvet7",
    }


def test_values_that_work_are_told_how_to_be_stored(real_registry: Registry) -> None:
    arguments = ("try", real_registry.address, "--user", USER, "--password-stdin")
    output, notices = start(*arguments).communicate(f"{PASSWORD}\n", timeout=30)
    assert notices == ""
    assert f"SERVER --app codespaces --body {real_registry.address}\n" in output
    assert f"USER --app codespaces --body {USER}\n" in output
    assert "PASSWORD --app codespaces\n" in output
    assert PASSWORD not in output


def test_the_commands_that_store_values_stand_behind_the_report_in_its_file(
    real_registry: Registry, tmp_path: Path
) -> None:
    arguments = ("try", real_registry.address, "--user", USER, "--password-stdin")
    output, notices = start(*arguments, "--output", str(tmp_path / "tried")).communicate(PASSWORD, timeout=30)
    assert (output, notices) == ("", "")
    report, _, commands = (tmp_path / "tried").read_text().partition("These values work")
    assert "1 set: 1 ok" in report
    assert f"SERVER --app codespaces --body {real_registry.address}\n" in commands


def test_the_commands_that_store_values_name_none_where_names_are_replaced(real_registry: Registry) -> None:
    arguments = ("try", real_registry.address, "--user", USER, "--password-stdin", "--anonymize")
    output, _ = start(*arguments).communicate(PASSWORD, timeout=30)
    assert "USER --app codespaces\n" in output
    assert USER not in output
    assert real_registry.address not in output


def test_values_that_work_once_mended_are_stored_mended(real_registry: Registry) -> None:
    arguments = ("try", f"https://{real_registry.address}/team/app", "--user", USER, "--password-stdin")
    output, _ = start(*arguments).communicate(PASSWORD, timeout=30)
    assert "it works" in output
    assert f"SERVER --app codespaces --body {real_registry.address}\n" in output


def test_values_that_do_not_work_are_not_told_how_to_be_stored(real_registry: Registry) -> None:
    arguments = ("try", real_registry.address, "--user", USER, "--password-stdin")
    program = start(*arguments)
    output, _ = program.communicate("not-the-password", timeout=30)
    assert program.returncode == 1
    assert "bad-credentials" in output
    assert "These values work" not in output


def test_a_registry_that_keeps_a_run_waiting_is_named_after_five_seconds() -> None:
    with silent() as peer:
        program = start("report", "--timeout", "12", **a_set(peer.address))
        output, notices = program.communicate(timeout=30)
    assert notices == "regdoctor: still waiting for TEAM: tls\n"
    assert "tls-timeout" in output


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_ends_a_run_with_what_is_known(number: signal.Signals, code: int) -> None:
    with silent() as peer:
        program = start("report", **a_set(peer.address))
        deadline = time.monotonic() + 10
        while not peer.connections and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(0.2)
        sent = time.monotonic()
        program.send_signal(number)
        output, notices = program.communicate(timeout=10)
    assert time.monotonic() - sent < 1
    assert program.returncode == code
    assert "TEAM" in output
    assert "interrupted" in output
    assert "Traceback" not in notices


def test_a_run_that_is_cancelled_tells_what_it_knows_and_ends() -> None:
    with silent() as peer:
        variables = {name: Secret(value) for name, value in a_set(peer.address).items()}
        diagnosis = Diagnosis(variables, Settings(), {"DOCKER_HOST": NO_ENGINE})
        told: list[Event] = []
        for event in diagnosis.run():
            told.append(event)
            if isinstance(event, CheckStarted) and event.check == "tls":
                diagnosis.cancel()
    assert isinstance(told[-2], SetFinished)
    assert isinstance(told[-1], Finished)
    (result,) = told[-1].report.sets
    assert [check.reason for check in result.checks if check.name in ("tls", "login")] == [INTERRUPTED] * 2
    assert result.findings == ()
    assert diagnosis.deadline.passed


def test_a_vendors_own_name_that_is_not_found_makes_the_name_service_suspect(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unknown(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    (finding,) = examine("ghcr.io", "octocat", "quartz-Velvet7").findings
    assert finding.cause == "dns-not-found"
    assert finding.also_possible == ("dns-failure",)
