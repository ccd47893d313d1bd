"""A run ends within `--timeout` and one second, whatever keeps it waiting, with one right cause for a set."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from regdoctor import inputs
from regdoctor.address import endpoint_of
from regdoctor.arguments import UsageError, report_parser
from regdoctor.codespace import kept
from regdoctor.diagnosis import GRACE, Diagnosis
from regdoctor.explain.creation_log import CreationLog
from regdoctor.model import Finished, Report
from regdoctor.probes import docker_config
from regdoctor.probes import engine as engine_probe
from regdoctor.probes.deadline import Deadline
from regdoctor.probes.failure import ProbeFailure
from regdoctor.probes.tcp import Connection
from regdoctor.probes.world import World
from regdoctor.secret import Redactor, Secret
from regdoctor.settings import Settings
from regdoctor.workspace import place, reading
from tests.lab.peers import Peer, silent
from tests.lab.programs import plain_environment
from tests.live.fake_engine import silent_socket
from tests.live.running import NO_ENGINE, NOBODYS, Run, run_program, variables_of
from tests.unit.examples import AWS_KEY_ID, AWS_SECRET

TIMEOUT = 2.0
ALLOWED = TIMEOUT + 1


@dataclass
class Situation:
    """What a run meets, and what has to come of it."""

    variables: dict[str, str]
    options: tuple[str, ...] = ()
    environ: dict[str, str] = field(default_factory=dict)
    cause: str | None = None
    """The verdict of the set, or that of the first image."""
    besides: tuple[str, ...] = ()
    """Causes of no set."""
    code: int = 1
    timeout: float = TIMEOUT


Make = Callable[[contextlib.ExitStack, Path], Situation]


def a_set(server: str, set_id: str = "TEAM") -> dict[str, str]:
    return variables_of(server, "octocat", NOBODYS, set_id)


def resolved(peer: Peer, *names: str) -> tuple[str, ...]:
    """The options that lead names to a peer."""
    return tuple(word for name in names for word in ("--resolve", f"{name}:443:{peer.host}:{peer.port}"))


def a_silent_registry(stack: contextlib.ExitStack, folder: Path) -> Situation:
    peer = stack.enter_context(silent())
    return Situation(
        a_set("registry.example.test"), resolved(peer, "registry.example.test"), cause="tls-timeout"
    )


def a_silent_proxy(stack: contextlib.ExitStack, folder: Path) -> Situation:
    peer = stack.enter_context(silent())
    return Situation(
        a_set("registry.example.test"), environ={"HTTPS_PROXY": f"http://{peer.address}"}, cause="proxy-error"
    )


def a_silent_engine(stack: contextlib.ExitStack, folder: Path) -> Situation:
    host = stack.enter_context(silent_socket())
    return Situation(
        a_set("127.0.0.1:1"),
        environ={"DOCKER_HOST": host},
        cause="tcp-refused",
        besides=("docker-not-running",),
    )


def an_engine_far_away(stack: contextlib.ExitStack, folder: Path) -> Situation:
    peer = stack.enter_context(silent())
    return Situation(
        a_set("127.0.0.1:1"),
        environ={"DOCKER_HOST": f"tcp://{peer.address}"},
        cause="tcp-refused",
        besides=("docker-not-running",),
    )


def an_engine_that_drips(stack: contextlib.ExitStack, folder: Path) -> Situation:
    """It answers every question, a byte at a time."""
    path = stack.enter_context(tempfile.TemporaryDirectory(prefix="live-engine-", dir="/tmp"))
    stopping = threading.Event()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(65536)
            for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + b" " * 1000:
                with contextlib.suppress(OSError):
                    self.request.sendall(bytes([byte]))
                if stopping.wait(0.05):
                    return

    server = stack.enter_context(socketserver.ThreadingUnixStreamServer(f"{path}/docker.sock", Handler))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    stack.callback(server.shutdown)
    stack.callback(stopping.set)
    return Situation(
        a_set("127.0.0.1:1"),
        environ={"DOCKER_HOST": f"unix://{path}/docker.sock"},
        cause="tcp-refused",
        besides=("docker-not-running",),
    )


def a_helper_that_hangs(stack: contextlib.ExitStack, folder: Path) -> Situation:
    helper = folder / "docker-credential-sleepy"
    helper.write_text("#!/bin/sh\nsleep 60\n")
    helper.chmod(0o755)
    (folder / "config.json").write_text(json.dumps({"credsStore": "sleepy"}))
    return Situation(
        {},
        ("--image", "127.0.0.1:1/team/app:1"),
        {"DOCKER_CONFIG": str(folder), "PATH": f"{folder}:{os.environ['PATH']}"},
        cause="tcp-refused",
        besides=("credential-helper-error",),
        timeout=2 * TIMEOUT,  # the helper may take half of it
    )


def a_silent_aws(stack: contextlib.ExitStack, folder: Path) -> Situation:
    peer = stack.enter_context(silent())
    host = "123456789012.dkr.ecr.us-east-1.amazonaws.com"
    variables = variables_of(host, AWS_KEY_ID, AWS_SECRET)
    return Situation(
        variables, resolved(peer, host), {"AWS_ENDPOINT_URL": f"https://{peer.address}"}, cause="tls-timeout"
    )


def a_silent_github(stack: contextlib.ExitStack, folder: Path) -> Situation:
    peer = stack.enter_context(silent())
    variables = a_set("127.0.0.1:1")
    del variables["TEAM_CONTAINER_REGISTRY_USER"]
    environ = {
        "CODESPACES": "true",
        "GITHUB_REPOSITORY": "octo/app",
        "REGDOCTOR_TOKEN": "ghp_0123456789abcdefghijABCDEFGHIJ012345",
    }
    return Situation(variables, resolved(peer, "api.github.com"), environ, cause="set-incomplete")


def a_trust_store_that_is_a_pipe(stack: contextlib.ExitStack, folder: Path) -> Situation:
    os.mkfifo(folder / "store")
    peer = stack.enter_context(silent())
    return Situation(
        a_set("registry.example.test"),
        resolved(peer, "registry.example.test"),
        {"SSL_CERT_FILE": str(folder / "store")},
        cause="timeout-overall",
    )


def a_log_that_nobody_writes(stack: contextlib.ExitStack, folder: Path) -> Situation:
    os.mkfifo(folder / "log")
    return Situation(
        a_set("127.0.0.1:1"),
        ("--creation-log", str(folder / "log")),
        cause="tcp-refused",
        besides=("timeout-overall",),
    )


def a_workspace_of_pipes(stack: contextlib.ExitStack, folder: Path) -> Situation:
    (folder / ".devcontainer").mkdir()
    os.mkfifo(folder / ".devcontainer" / "devcontainer.json")
    return Situation(
        a_set("127.0.0.1:1"),
        ("--workspace", str(folder)),
        cause="tcp-refused",
        besides=("devcontainer-config-invalid",),
    )


SITUATIONS: dict[str, Make] = {
    make.__name__.replace("_", " "): make
    for make in (
        a_silent_registry,
        a_silent_proxy,
        a_silent_engine,
        an_engine_far_away,
        an_engine_that_drips,
        a_helper_that_hangs,
        a_silent_aws,
        a_silent_github,
        a_trust_store_that_is_a_pipe,
        a_log_that_nobody_writes,
        a_workspace_of_pipes,
    )
}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Situation, Run]]]:
    """All of them at the same time, as good as: they do little but wait."""
    with contextlib.ExitStack() as stack, ThreadPoolExecutor(3) as threads:
        situations = {
            name: make(stack, tmp_path_factory.mktemp("situation")) for name, make in SITUATIONS.items()
        }
        started = {name: threads.submit(_run, situation) for name, situation in situations.items()}
        yield {name: (situations[name], run.result()) for name, run in started.items()}


def _run(situation: Situation) -> Run:
    # Where the tests are started there may be a workspace, too.
    alone = () if "--workspace" in situation.options else ("--no-images",)
    options = ("--timeout", str(situation.timeout), *alone, *situation.options)
    return run_program(situation.variables, *options, environ=situation.environ)


@pytest.mark.parametrize("name", SITUATIONS)
def test_what_never_answers_ends_in_time_with_its_cause(
    runs: dict[str, tuple[Situation, Run]], name: str
) -> None:
    situation, run = runs[name]
    assert run.seconds <= situation.timeout + 1
    assert run.code == situation.code
    (subject,) = run.report["sets"] or run.report["images"]
    assert (subject["findings"] or [{"cause": None}])[0]["cause"] == situation.cause
    assert {finding["cause"] for finding in run.report["findings"]} >= set(situation.besides)


def test_sets_whose_turn_does_not_come_say_so_and_the_others_why_they_fail() -> None:
    variables: dict[str, str] = {}
    names = [f"s{number:02}.example.test" for number in range(30)]
    for number, name in enumerate(names):
        variables |= a_set(name, f"S{number:02}")
    with silent() as peer:
        run = run_program(variables, "--timeout", "2", "--jobs", "2", *resolved(peer, *names))
    assert run.seconds <= 3
    found = [result["findings"] for result in run.report["sets"]]
    assert [len(findings) for findings in found] == [1] * 30
    causes = [findings[0]["cause"] for findings in found]
    # Half of the time is a stage's, so that each of the two comes to a second set.
    assert causes[:2] == ["tls-timeout"] * 2
    assert set(causes[:4]) <= {"tls-timeout", "timeout-overall"}
    assert causes[4:] == ["timeout-overall"] * 26
    assert {findings[0]["evidence"][0] for findings in found[4:]} == {"its turn did not come"}
    assert run.report["summary"] == {"ok": 0, "warning": 0, "error": 30}


def test_what_is_read_before_the_run_takes_from_its_time(tmp_path: Path, pipe: str) -> None:
    with contextlib.ExitStack() as stack:
        situation = a_trust_store_that_is_a_pipe(stack, tmp_path)
        content = "".join(f"{name}={value}\n" for name, value in situation.variables.items())

        def write() -> None:
            with open(pipe, "w") as stream:
                time.sleep(1.2)
                stream.write(content)

        threading.Thread(target=write, daemon=True).start()
        options = ("--env-file", pipe, "--timeout", str(TIMEOUT), *situation.options)
        run = run_program({}, *options, environ=situation.environ)
    assert run.seconds <= ALLOWED
    assert run.verdict == "timeout-overall"


def test_sets_on_one_silent_host_wait_for_it_once() -> None:
    variables: dict[str, str] = {}
    with silent() as peer:
        for number in range(30):
            variables |= a_set(peer.address, f"S{number:02}")
        run = run_program(variables, "--timeout", "2", "--jobs", "2")
    assert run.seconds <= 3
    assert {result["findings"][0]["cause"] for result in run.report["sets"]} == {"tls-timeout"}
    assert len(peer.connections) == 1


# What is read before the run


@pytest.fixture
def pipe(tmp_path: Path) -> str:
    """Something that looks like a file, and to which nobody writes."""
    os.mkfifo(tmp_path / "pipe")
    return str(tmp_path / "pipe")


def refused(*options: str, environ: dict[str, str] | None = None) -> tuple[str, float]:
    """What is said of a command line that makes no sense, and after how many seconds."""
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "regdoctor", "report", "--timeout", str(TIMEOUT), *options],
        env={**plain_environment("/nonexistent", DOCKER_HOST=NO_ENGINE), **(environ or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=20,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    said = done.stderr.decode()
    assert said.count("\n") == 1
    return said, time.monotonic() - start


@pytest.mark.parametrize("option", ["--env-file"])
def test_a_pipe_to_which_nobody_writes_is_given_up(option: str, pipe: str) -> None:
    said, seconds = refused(option, pipe)
    assert said == f"regdoctor: {option}: {pipe} was not read in the time allowed\n"
    assert seconds <= ALLOWED


def test_a_pipe_without_end_is_given_up(pipe: str) -> None:
    def write() -> None:
        with contextlib.suppress(BrokenPipeError), open(pipe, "wb", buffering=0) as stream:
            for _ in range(100):
                stream.write(b"NAME=value\n")
                time.sleep(0.05)

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    said, seconds = refused("--env-file", pipe)
    assert "was not read in the time allowed" in said
    assert seconds <= ALLOWED
    writer.join(10)


def test_an_env_file_from_a_pipe_is_read(pipe: str) -> None:
    def write() -> None:
        Path(pipe).write_text("".join(f"{name}={value}\n" for name, value in a_set("127.0.0.1:1").items()))

    threading.Thread(target=write, daemon=True).start()
    run = run_program({}, "--env-file", pipe, "--timeout", "10")
    assert run.verdict == "tcp-refused"


@pytest.mark.parametrize(
    ("option", "words"),
    [("--env-file", "is larger than 4 MB"), ("--ca-file", "holds no certificate in PEM form")],
)
def test_a_device_without_end_is_given_up(option: str, words: str) -> None:
    said, seconds = refused(option, "/dev/zero")
    assert said == f"regdoctor: {option}: /dev/zero {words}\n"
    assert seconds <= ALLOWED


def test_certificates_from_a_pipe_are_none(pipe: str) -> None:
    said, seconds = refused("--ca-file", pipe)
    assert said == f"regdoctor: --ca-file: {pipe} holds no certificate in PEM form\n"
    assert seconds <= ALLOWED


# A disk or a network share that hangs


@pytest.fixture
def never() -> Iterator[Callable[..., Any]]:
    """What does not come back before the end of the test."""
    end = threading.Event()
    yield lambda *_, **__: end.wait(60)
    end.set()


def hung(
    variables: dict[str, str], environ: dict[str, str] | None = None, **more: Any
) -> tuple[Report, float]:
    """A run in this process, and its seconds."""
    secrets = {name: Secret(value) for name, value in variables.items()}
    settings = Settings(timeout=0.6).but(**more)
    start = time.monotonic()
    *_, last = Diagnosis(secrets, settings, {"DOCKER_HOST": NO_ENGINE, **(environ or {})}).run()
    seconds = time.monotonic() - start
    assert isinstance(last, Finished)
    return last.report, seconds


def test_a_workspace_that_is_not_handed_out_is_missed_and_said_to_be(
    monkeypatch: pytest.MonkeyPatch, never: Callable[..., Any]
) -> None:
    monkeypatch.setattr(reading, "read_workspace", never)
    report, seconds = hung(a_set("127.0.0.1:1"), workspace="/workspaces/app", engine="direct")
    assert seconds <= 0.6 + GRACE + 0.4
    assert report.sets[0].findings[0].cause == "tcp-refused"
    (missed,) = [each for each in report.findings if each.cause == "timeout-overall"]
    assert (missed.severity, missed.title) == (
        "warning",
        "Not read in the time allowed: /workspaces/app",
    )


def test_dockers_configuration_that_is_not_handed_out_keeps_nothing_waiting(
    monkeypatch: pytest.MonkeyPatch, never: Callable[..., Any]
) -> None:
    monkeypatch.setattr(docker_config, "content_of", never)
    report, seconds = hung(
        a_set("127.0.0.1:1"),
        {"DOCKER_CONFIG": "/nowhere"},
        images=("127.0.0.1:2/app:1",),
        engine="direct",
    )
    assert seconds <= 0.6 + GRACE + 0.6
    assert report.sets[0].findings[0].cause == "tcp-refused"
    assert report.images[0].findings[0].cause == "timeout-overall"


def test_what_names_the_engine_and_is_not_handed_out_keeps_nothing_waiting(
    monkeypatch: pytest.MonkeyPatch, never: Callable[..., Any]
) -> None:
    monkeypatch.setattr(engine_probe, "_locate", never)
    report, seconds = hung(a_set("127.0.0.1:1"), engine="docker")
    assert seconds <= 0.6 + GRACE + 0.4
    (found,) = [each for each in report.findings if each.cause == "docker-not-running"]
    assert (found.severity, found.evidence) == ("error", ("it was not found in time",))


OPTIONS = argparse.Namespace(
    env_file=None, no_secret_files=False, ca_file=None, workspace=None, no_images=False
)


def test_the_codespaces_own_files_are_done_without(
    monkeypatch: pytest.MonkeyPatch, never: Callable[..., Any]
) -> None:
    monkeypatch.setattr(kept, "read_kept", never)
    environ = {"CODESPACES": "true", "NAME": "value"}
    variables, found = inputs.variables_from(OPTIONS, environ, Deadline.after(0.2))
    assert (variables, found) == ({"CODESPACES": Secret("true"), "NAME": Secret("value")}, kept.Kept())


def test_a_current_folder_that_does_not_answer_has_no_images(
    monkeypatch: pytest.MonkeyPatch, never: Callable[..., Any]
) -> None:
    monkeypatch.setattr(place, "find_workspace", never)
    options = report_parser().parse_args([])
    assert inputs.settings_from(options, Deadline.after(0.2)).workspace is None


def test_a_folder_that_does_not_answer_is_a_usage_error(
    monkeypatch: pytest.MonkeyPatch, never: Callable[..., Any]
) -> None:
    options = report_parser().parse_args(["--workspace", "/workspaces/app"])
    monkeypatch.setattr(os.path, "isdir", never)
    with pytest.raises(UsageError, match="was not read in the time allowed"):
        inputs.settings_from(options, Deadline.after(0.2))


def test_whoever_is_not_asked_in_time_is_not_blamed() -> None:
    world, over = World(Settings(), {}, Redactor()), Deadline.after(0)
    endpoint = endpoint_of("localhost", 1)
    with socket.socket() as sock:
        asked: list[Callable[[], object]] = [
            lambda: world.resolve(endpoint, over),
            lambda: world.connect(endpoint, ("127.0.0.1",), over),
            lambda: world.handshake(Connection(sock, "127.0.0.1", ()), endpoint, over),
        ]
        for ask in asked:
            with pytest.raises(ProbeFailure) as failure:
                ask()
            assert failure.value.cause == "timeout-overall"


# The log of the creation


LINE = b"2026-03-15 05:57:14.590Z: #12 [stage-1 3/7] RUN apt-get update && apt-get install -y some packages\n"
FAILURE = (
    b'2026-03-15 05:58:20.100Z: Error response from daemon: Get "https://ghcr.io/v2/": '
    b"x509: certificate signed by unknown authority\n"
)


def test_of_a_long_log_the_end_is_read_and_its_lines_are_counted(tmp_path: Path) -> None:
    log, lines = tmp_path / "log", (50 << 20) // len(LINE)
    with log.open("wb") as stream:
        stream.write(FAILURE.replace(b"unknown authority", b"unknown authority, long ago"))
        stream.writelines(LINE for _ in range(lines))
        stream.write(FAILURE)
        stream.writelines(LINE for _ in range(1000))
    run = run_program({}, "--offline", "--creation-log", str(log), environ={"CODESPACES": "true"})
    (found,) = [each for each in run.report["findings"] if each["cause"] == "tls-unknown-ca"]
    assert found["evidence"][0].startswith(f"the creation log, line {lines + 2}: ")
    assert "long ago" not in json.dumps(found)


def test_a_log_without_end_costs_neither_time_nor_memory() -> None:
    little = ("/bin/sh", "-c", 'ulimit -v 300000; exec "$@"', "sh")
    run = run_program(
        a_set("127.0.0.1:1"),
        *("--creation-log", "/dev/zero", "--timeout", str(TIMEOUT), "--engine", "direct", "--no-images"),
        environ={"MALLOC_ARENA_MAX": "1"},
        launch=little,
    )
    assert run.seconds <= ALLOWED
    assert run.verdict == "tcp-refused"
    assert [finding["cause"] for finding in run.report["findings"]] == ["timeout-overall"]


def test_a_log_without_end_is_given_up_by_whoever_reads_it() -> None:
    log, ends = CreationLog("/dev/zero", {}, failed=False), []

    def read() -> None:
        try:
            log.findings(Deadline.after(0.2), str)
        except TimeoutError:
            ends.append(True)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    thread.join(5)
    assert ends


def test_a_log_from_a_pipe_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    def write() -> None:
        (tmp_path / "pipe").write_bytes(LINE * 3 + FAILURE)

    threading.Thread(target=write, daemon=True).start()
    run = run_program(
        {}, "--offline", "--creation-log", str(tmp_path / "pipe"), environ={"CODESPACES": "true"}
    )
    (found,) = [each for each in run.report["findings"] if each["cause"] == "tls-unknown-ca"]
    assert "line 4" in found["evidence"][0]
