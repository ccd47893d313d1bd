"""Ctrl+C, SIGTERM, a terminal that goes away: each ends the program within a second, whatever it is doing."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from tests.lab.peers import Peer, silent
from tests.lab.programs import plain_environment
from tests.lab.pseudo_terminal import Terminal
from tests.live.running import NO_ENGINE, NOBODYS, variables_of

SIGNALS = [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 143)]
every_signal = pytest.mark.parametrize(("number", "code"), SIGNALS, ids=[each.name for each, _ in SIGNALS])
PROGRAM = (sys.executable, "-m", "regdoctor")
ENVIRON = plain_environment("/nonexistent", DOCKER_HOST=NO_ENGINE)


@contextlib.contextmanager
def running(
    *arguments: str,
    environ: Mapping[str, str] | None = None,
    command: Sequence[str] = PROGRAM,
    stdin: int = subprocess.DEVNULL,
    stdout: int = subprocess.PIPE,
    ignoring: signal.Signals | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """The program, started and not waited for."""

    def ignore() -> None:
        if ignoring is not None:
            signal.signal(ignoring, signal.SIG_IGN)

    with subprocess.Popen(
        [*command, *arguments],
        env={**ENVIRON, **(environ or {})},
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        preexec_fn=ignore,
    ) as program:
        try:
            yield program
        finally:
            program.kill()


def ended(program: subprocess.Popen[bytes], number: signal.Signals) -> tuple[int, str]:
    """Send a signal: the exit code, and what was printed. The program has to end within a second."""
    sent = time.monotonic()
    program.send_signal(number)
    output, notices = program.communicate(timeout=10)
    assert time.monotonic() - sent < 1
    assert b"Traceback" not in notices
    assert NOBODYS.encode() not in notices
    return program.returncode, (output or b"").decode()


def wait_until_asked(peer: Peer, connections: int = 1) -> None:
    """Wait until somebody has said something to a peer."""
    limit = time.monotonic() + 20
    while sum(bool(each.received) for each in peer.connections) < connections:
        assert time.monotonic() < limit
        time.sleep(0.01)


def a_set(peer: Peer, set_id: str = "TEAM") -> dict[str, str]:
    return variables_of(peer.address, "octocat", NOBODYS, set_id)


# Before anything is known


AT_IMPORT = """
import os, sys

module, number, *arguments = sys.argv[1:]

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == module:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), int(number))

sys.meta_path.insert(0, Watch())
sys.argv = ["regdoctor", *arguments]
from regdoctor.__main__ import process
process()
"""


@every_signal
@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        ("regdoctor.cli", "report"),
        ("argparse", "report"),
        ("regdoctor.diagnosis", "report"),
        ("regdoctor.explain", "explain"),
        ("regdoctor.causes", "causes"),
        ("regdoctor.demo", "demo"),
    ],
)
def test_a_signal_in_the_midst_of_an_import_ends_it_without_a_word(
    module: str, arguments: str, number: signal.Signals, code: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", AT_IMPORT, module, str(int(number)), arguments],
        env=ENVIRON,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=20,
    )
    assert (done.returncode, done.stdout, done.stderr) == (code, b"", b"")


@every_signal
def test_an_explanation_that_waits_for_its_text_ends(number: signal.Signals, code: int) -> None:
    with running("explain", stdin=subprocess.PIPE) as program:
        assert program.stdin is not None
        program.stdin.write(b"docker: Error response from daemon: denied\n" * 3000)
        program.stdin.flush()
        time.sleep(0.5)
        assert ended(program, number) == (code, "")


def test_an_explanation_of_what_nobody_writes_ends(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with running("explain", str(tmp_path / "pipe")) as program:
        time.sleep(0.5)
        assert ended(program, signal.SIGINT) == (130, "")


def test_an_explanation_of_much_ends(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(b"#12 RUN apt-get update && denied: requested access to it\n" * 500_000)
    with running("explain", str(tmp_path / "log")) as program:
        time.sleep(1)
        assert ended(program, signal.SIGINT) == (130, "")


@pytest.mark.parametrize(("keys", "number", "code"), [(b"\x03", None, 130), (b"", signal.SIGTERM, 143)])
def test_at_the_prompt_for_the_password_the_terminal_is_restored(
    keys: bytes, number: signal.Signals | None, code: int
) -> None:
    command = [*PROGRAM, "try", "127.0.0.1:9", "--user", "octocat"]
    with Terminal(command, ENVIRON) as terminal:
        terminal.read_until(b"Password: ")
        assert not terminal.echoes
        if number is None:
            terminal.type(keys)
        else:
            terminal.signal(number)
        assert terminal.ended(1) == code
        assert terminal.echoes
        assert terminal.modes() == terminal.modes_before
        assert b"Traceback" not in terminal.output


def test_what_is_to_be_ignored_is_ignored() -> None:
    """As `nohup` has it."""
    with silent() as peer:
        environ, options = a_set(peer), ("--timeout", "1.5")
        with running("report", *options, environ=environ, ignoring=signal.SIGHUP) as program:
            wait_until_asked(peer)
            program.send_signal(signal.SIGHUP)
            output, _ = program.communicate(timeout=10)
    assert program.returncode == 1
    assert b"tls-timeout" in output


# While a run is going on


@every_signal
def test_a_run_ends_with_what_is_known(number: signal.Signals, code: int) -> None:
    with silent() as peer:
        variables = {**a_set(peer), **variables_of("127.0.0.1:1", "octocat", NOBODYS, "REFUSED")}
        with running("report", "--format", "json", environ=variables) as program:
            wait_until_asked(peer)
            time.sleep(0.3)
            ended_with, output = ended(program, number)
    assert ended_with == code
    report = json.loads(output)
    by_id = {found["id"]: found for found in report["sets"]}
    assert [finding["cause"] for finding in by_id["REFUSED"]["findings"]] == ["tcp-refused"]
    reasons = {check["reason"] for check in by_id["TEAM"]["checks"] if check["status"] == "skipped"}
    assert reasons == {"interrupted"}


def test_what_is_known_goes_into_the_file(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    with (
        silent() as peer,
        running("report", "--output", str(report), environ=a_set(peer)) as program,
    ):
        wait_until_asked(peer)
        assert ended(program, signal.SIGTERM) == (143, "")
    assert "interrupted" in report.read_text()


def test_many_sets_and_images_are_no_hindrance() -> None:
    with silent() as peer:
        variables: dict[str, str] = {}
        options = ["--jobs", "4"]
        for number in range(60):
            variables |= variables_of(f"s{number:02}.example.test", "octocat", NOBODYS, f"S{number:02}")
            options += ["--resolve", f"s{number:02}.example.test:443:{peer.host}:{peer.port}"]
            options += ["--image", f"s{number:02}.example.test/app:1"]
        with running("report", *options, environ=variables) as program:
            wait_until_asked(peer, 4)
            code, output = ended(program, signal.SIGINT)
    assert code == 130
    assert output.count("interrupted") >= 60


def test_a_run_of_the_demo_ends() -> None:
    with running("demo", "--report") as program:
        limit = time.monotonic() + 20
        # Its registries and its sets are threads, each.
        while len(os.listdir(f"/proc/{program.pid}/task")) < 20:
            assert time.monotonic() < limit
            time.sleep(0.01)
        code, output = ended(program, signal.SIGINT)
    assert code == 130
    assert "NETWORK_SILENT" in output


# While it is printed


@pytest.fixture
def blocked() -> Iterator[int]:
    """The end to write to of a pipe that is full, and that nobody reads."""
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
    os.set_blocking(writing, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(writing, b"x" * 4096)
    os.set_blocking(writing, True)
    yield writing
    os.close(reading)
    os.close(writing)


@every_signal
def test_a_pipe_that_nobody_reads_does_not_keep_what_is_known(
    blocked: int, number: signal.Signals, code: int
) -> None:
    with silent() as peer, running("report", environ=a_set(peer), stdout=blocked) as program:
        wait_until_asked(peer)
        assert ended(program, number)[0] == code


def test_a_report_that_nobody_reads_ends(blocked: int) -> None:
    with running("report", "--offline", environ=variables_of("", "", ""), stdout=blocked) as program:
        time.sleep(1)
        assert program.poll() is None
        assert ended(program, signal.SIGINT)[0] == 130


@every_signal
def test_a_second_signal_takes_nothing_from_what_the_first_one_has_it_tell(
    number: signal.Signals, code: int
) -> None:
    variables: dict[str, str] = {}
    with silent() as peer:
        for at in range(40):  # telling of so many takes some time
            variables |= variables_of(peer.address, "octocat", NOBODYS, f"S{at}")
        with running("report", "--format", "json", environ=variables) as program:
            wait_until_asked(peer)
            time.sleep(0.5)
            program.send_signal(number)
            for _ in range(30):
                time.sleep(0.01)
                program.send_signal(signal.SIGINT)
            output, notices = program.communicate(timeout=10)
    assert (program.returncode, notices) == (code, b"")
    assert len(json.loads(output)["sets"]) == 40


def test_a_second_signal_does_not_keep_it_where_nobody_reads(blocked: int) -> None:
    with silent() as peer, running("report", environ=a_set(peer), stdout=blocked) as program:
        wait_until_asked(peer)
        program.send_signal(signal.SIGINT)
        time.sleep(0.3)
        assert program.poll() is None, "it is still trying to tell what it knows"
        assert ended(program, signal.SIGTERM)[0] == 130


TIDYING = """
import os, signal
from regdoctor.signals import broken_off_by_signals, leave_at_once

leave_at_once()
try:
    with broken_off_by_signals():
        try:
            os.kill(os.getpid(), signal.SIGINT)
        finally:
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGTERM)
            print("tidied up", flush=True)
except KeyboardInterrupt:
    os.kill(os.getpid(), signal.SIGTERM)
print("told", flush=True)
while True:
    pass
"""


def test_further_signals_do_not_keep_it_from_tidying_up() -> None:
    """The terminal gets its echo back even from somebody who presses Ctrl+C twice."""
    with running(command=[sys.executable, "-c", TIDYING]) as program:
        output, notices = program.communicate(timeout=20)
    assert (program.returncode, output, notices) == (130, b"tidied up\ntold\n", b"")


# The end of the process


NEVER_DONE = """
import sys, threading, time
threading.Thread(target=time.sleep, args=(60,)).start()
sys.argv = ["regdoctor", *sys.argv[1:]]
from regdoctor.__main__ import process
process()
"""


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("report", "--offline"), 0, b"CONTAINER_REGISTRY"),
        (("--help",), 0, b"usage"),
        (("report", "--help"), 0, b"--timeout"),
        (("causes", "nonsense"), 2, b""),
        (("--version",), 0, b"regdoctor 0"),
    ],
)
def test_a_thread_that_never_ends_does_not_keep_the_process(
    arguments: tuple[str, ...], code: int, words: bytes
) -> None:
    with running(*arguments, command=[sys.executable, "-c", NEVER_DONE]) as program:
        output, _ = program.communicate(timeout=20)
    assert program.returncode == code
    assert words in output
