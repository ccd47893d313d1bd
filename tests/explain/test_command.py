"""`regdoctor explain`, and what the log of a codespace's creation adds to `regdoctor report`."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import threading
from pathlib import Path

import pytest

from regdoctor import inputs
from regdoctor.cli import run
from tests.unit.support import PASSWORD, a_set, run_program

REFUSED = b'Error response from daemon: Get "https://ghcr.io/v2/": denied: denied\n'
DISTRUSTED = (
    b'#5 ERROR: failed to do request: Head "https://registry.example.com/v2/team/app/manifests/1": '
    b"tls: failed to verify certificate: x509: certificate signed by unknown authority\n"
)
HOSTILE = b"x509: certificate signed by unknown authority ``` <img src=x> \x1b[31m\n"
LOG = b"""\
2026-03-15 05:57:14.590Z: Configuration starting...
2026-03-15 05:57:15.756Z: Creating container...
2026-03-15 05:57:20.100Z: Error response from daemon: Get "https://********/v2/": x509: certificate signed \
by unknown authority
2026-03-15 05:57:30.787Z: {"outcome":"error","message":"Command failed: docker pull ********/team/app:1",\
"description":"An error occurred setting up the container."}
2026-03-15 05:57:30.805Z: devcontainer process exited with exit code 1
2026-03-15 05:57:30.814Z: Error code: 1302 (UnifiedContainersErrorFatalCreatingContainer)
2026-03-15 05:57:30.839Z: Creating recovery container.
"""


def explained(text: bytes, *options: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    return run_program("explain", *options, stdin=text, variables=environ)


def test_the_answer_is_fit_for_a_ticket() -> None:
    done = explained(DISTRUSTED)
    said = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert said.startswith("tls-unknown-ca, line 1, registry.example.com\n")
    for part in ("[tls-unknown-ca]", "seen: line 1:", "1. ", "$ "):
        assert part in said
    assert all(len(line) <= 80 or "$ " in line or "https://" in line for line in said.splitlines())


def test_json_is_what_was_promised() -> None:
    done = explained(REFUSED, "--format", "json")
    answer = json.loads(done.stdout)
    assert answer["schema_version"] == 1
    (finding,) = answer["findings"]
    assert finding["cause"] == "bad-credentials"
    assert (finding["registry"], finding["host"], finding["line"]) == ("ghcr", "ghcr.io", 1)
    assert finding["confidence"] == "low"
    assert finding["also_possible"]
    fields = ("severity", "title", "explanation", "evidence", "remediation", "fixes", "verified")
    assert all(name in finding for name in fields)
    assert finding["verified"] is False


def test_what_tells_causes_apart_is_said() -> None:
    said = " ".join(explained(REFUSED).stdout.decode().split())
    assert "also possible: token-expired" in said
    assert "regdoctor report can, as it asks the registry" in said


def test_markdown_holds_the_evidence_as_code() -> None:
    done = explained(HOSTILE, "--format", "markdown")
    said = done.stdout.decode()
    assert said.startswith("### ")
    assert "````\nline 1: x509" in said
    assert "\x1b" not in said


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (REFUSED, 0),
        (b"", 1),
        (b"all is well\n", 1),
        (b"fatal: the frobnicator is upside down\n", 1),
        (bytes(range(256)) * 4000, 1),
    ],
)
def test_the_exit_code_says_whether_a_cause_was_named(text: bytes, code: int) -> None:
    assert explained(text).returncode == code


def test_nothing_and_unknown_differ_in_json() -> None:
    assert json.loads(explained(b"all is well\n", "--format", "json").stdout)["findings"] == []
    unknown = json.loads(explained(b"fatal: upside down\n", "--format", "json").stdout)["findings"]
    assert [(each["cause"], each["confidence"]) for each in unknown] == [("unknown", "low")]


def test_a_file_is_read_and_an_answer_written(tmp_path: Path) -> None:
    log, answer = tmp_path / "build.log", tmp_path / "answer.txt"
    log.write_bytes(b"ok\n" * 10 + REFUSED)
    done = run_program("explain", str(log), "--output", str(answer))
    assert (done.returncode, done.stdout) == (0, b"")
    assert "line 11" in answer.read_text()


@pytest.mark.parametrize("name", ["/nonexistent.log", "/"])
def test_a_file_that_cannot_be_read_is_a_usage_error(name: str) -> None:
    done = run_program("explain", name)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().count("\n") == 1


def test_a_device_has_no_end_and_is_not_read() -> None:
    for name in ("/dev/zero", "/dev/urandom"):
        done = run_program("explain", name)
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.decode() == (f"regdoctor: {name} cannot be read: it is a device, and has no end\n")
    done = run_program("explain", "/dev/null")
    assert (done.returncode, done.stderr) == (1, b"")


def test_of_a_pipe_without_end_the_first_part_is_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(inputs, "PIPED", 2000)
    os.mkfifo(tmp_path / "pipe")

    def write() -> None:
        with contextlib.suppress(BrokenPipeError), (tmp_path / "pipe").open("wb", buffering=0) as stream:
            stream.write(REFUSED)
            while True:
                stream.write(b"and so on\n")

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    assert run(["explain", str(tmp_path / "pipe")]) == 0
    output, notices = capfd.readouterr()
    assert "bad-credentials" in output
    assert "it did not end; the first 64 MB were looked through" in notices
    writer.join(10)


def test_a_password_of_this_environment_is_not_shown() -> None:
    done = explained(f"trying {PASSWORD} ".encode() + REFUSED, **a_set())
    assert PASSWORD[:8].encode() not in done.stdout + done.stderr


# The log of a codespace's creation


def reported(log: Path, **environ: str) -> tuple[int, list[dict[str, object]]]:
    options = ("--offline", "--format", "json", "--creation-log", str(log))
    done = run_program("report", *options, variables={**a_set("registry.example.com"), **environ})
    findings = json.loads(done.stdout)["findings"]
    return done.returncode, [each for each in findings if "creation log" in str(each)]


def test_the_log_of_a_failed_creation_adds_its_cause_to_the_report(tmp_path: Path) -> None:
    log = tmp_path / "creation.log"
    log.write_bytes(LOG)
    code, findings = reported(log, CODESPACES="true", CODESPACES_RECOVERY_CONTAINER="true")
    assert findings[0]["cause"] == "tls-unknown-ca"
    assert findings[0]["severity"] == "error"
    assert code == 1
    assert "line 3" in str(findings[0]["evidence"])


def test_the_log_of_a_codespace_that_runs_is_a_remark(tmp_path: Path) -> None:
    log = tmp_path / "creation.log"
    log.write_bytes(LOG)
    code, findings = reported(log, CODESPACES="true")
    assert {each["severity"] for each in findings} == {"info"}
    assert code == 0


def test_a_masked_host_in_the_log_is_that_of_the_set(tmp_path: Path) -> None:
    log = tmp_path / "creation.log"
    log.write_bytes(LOG)
    _, findings = reported(log, CODESPACES="true")
    assert "registry.example.com" in json.dumps(findings)


def test_a_log_without_a_failure_adds_nothing(tmp_path: Path) -> None:
    log = tmp_path / "creation.log"
    log.write_bytes(b"2026-03-15 05:57:14.590Z: Configuration starting...\nOutcome: success User: vscode\n")
    assert reported(log, CODESPACES="true") == (0, [])


def test_a_log_that_cannot_be_read_is_a_usage_error(tmp_path: Path) -> None:
    done = run_program("report", "--offline", "--creation-log", str(tmp_path / "none.log"), variables=a_set())
    assert done.returncode == 2
    assert b"--creation-log" in done.stderr


def test_in_a_codespace_the_log_is_looked_at_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    log = tmp_path / "creation.log"
    log.write_bytes(LOG)
    monkeypatch.setattr("regdoctor.explain.creation_log.PATH", str(log))
    monkeypatch.setenv("CODESPACES", "true")
    monkeypatch.setenv("CODESPACES_RECOVERY_CONTAINER", "true")
    assert run(["report", "--offline", "--format", "json"]) == 1
    causes = [each["cause"] for each in json.loads(capsysbinary.readouterr().out)["findings"]]
    assert "tls-unknown-ca" in causes
