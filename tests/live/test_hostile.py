"""Hostile peers, all at once: a run over them ends in time, stays small, and finds the one right cause."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from regdoctor.model import Report
from regdoctor.report.formats import FORMATS, render
from regdoctor.settings import Override, Settings
from tests.lab.certificates import Authority
from tests.lab.hostile import DOMAIN, HOSTILE, Ground, Hostile, texts
from tests.lab.peers import Address, Peer
from tests.lab.programs import plain_environment
from tests.live.running import NO_ENGINE, diagnose, shows, variables_of

PASSWORD = "kxq7-vnt2-zzpd-93wf"
TIMEOUT = 8.0
MEGABYTES = 150

# A process of its own: how much a child has used is told together with what its parent used before.
_MEASURING = """
import json, os, sys, time
start = time.monotonic()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(child, 0)
told = os.waitstatus_to_exitcode(status), time.monotonic() - start, usage.ru_maxrss / 1024
print("", json.dumps(told), sep="\\n", file=sys.stderr)
"""

Peers = dict[str, Peer | Address]


@dataclass(frozen=True)
class Run:
    """What came of the run over all of them."""

    code: int
    seconds: float
    megabytes: float
    output: bytes
    report: Any
    peers: Peers

    def of(self, hostile: Hostile) -> Any:
        """What the report says of one peer's set."""
        return next(found for found in self.report["sets"] if found["id"] == hostile.set_id)

    def heard_by(self, hostile: Hostile) -> list[bytes]:
        """What a peer was told, one entry for each connection."""
        peer = self.peers[hostile.name]
        return [bytes(each.received) for each in peer.connections] if isinstance(peer, Peer) else []

    def received_from(self, hostile: Hostile) -> int:
        peer = self.peers[hostile.name]
        return sum(each.sent for each in peer.connections) if isinstance(peer, Peer) else 0


@contextlib.contextmanager
def standing(authority: Authority, folder: str, chosen: tuple[Hostile, ...]) -> Iterator[Peers]:
    ground = Ground(authority, authority.issue(f"*.{DOMAIN}"), folder)
    with contextlib.ExitStack() as stack:
        yield {hostile.name: stack.enter_context(hostile.make(ground)) for hostile in chosen}


def sets_of(chosen: tuple[Hostile, ...]) -> dict[str, str]:
    variables: dict[str, str] = {}
    for hostile in chosen:
        variables |= variables_of(hostile.host, "alice", PASSWORD, hostile.set_id)
    return variables


@pytest.fixture(scope="module")
def run(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """`regdoctor report` with a set for each hostile peer, and with as many jobs as it takes by itself."""
    command = [sys.executable, "-m", "regdoctor", "report", "--format", "json", "--trace", "--no-images"]
    command += ["--timeout", f"{TIMEOUT:g}", "--ca-file", authority.ca_file]
    with standing(authority, str(tmp_path_factory.mktemp("hostile")), HOSTILE) as peers:
        for hostile in HOSTILE:
            peer = peers[hostile.name]
            command.append(f"--resolve={hostile.host}:443:{peer.host}:{peer.port}")
        done = subprocess.run(
            [sys.executable, "-c", _MEASURING, *command],
            env=plain_environment("/nonexistent", DOCKER_HOST=NO_ENGINE) | sets_of(HOSTILE),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
        notices, _, told = done.stderr.rstrip().rpartition(b"\n")
        code, seconds, megabytes = json.loads(told)
        report = json.loads(done.stdout)
        yield Run(code, seconds, megabytes, done.stdout + notices, report, peers)


def test_a_run_over_all_hostile_peers_ends_in_time_and_stays_small(run: Run) -> None:
    assert len(HOSTILE) >= 60
    assert run.code == 1
    assert run.seconds <= TIMEOUT + 1
    assert run.megabytes < MEGABYTES
    assert run.report["summary"] == {"ok": 0, "warning": 0, "error": len(HOSTILE)}


def each(chosen: tuple[Hostile, ...] = HOSTILE) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("hostile", chosen, ids=lambda hostile: hostile.name)


@each()
def test_a_hostile_peer_gets_one_right_finding(run: Run, hostile: Hostile) -> None:
    found = run.of(hostile)
    failed = [check["name"] for check in found["checks"] if check["status"] in ("error", "crashed")]
    (finding,) = found["findings"]
    assert finding["cause"] in hostile.cause.split("/"), finding
    assert (len(failed), failed[0] in hostile.check.split("/")) == (1, True), failed
    assert hostile.says in " ".join(finding["evidence"])
    assert not found["proved"]


@each()
def test_no_more_is_taken_from_a_hostile_peer_than_is_of_use(run: Run, hostile: Hostile) -> None:
    assert run.received_from(hostile) <= hostile.received


@each()
def test_a_hostile_peer_gets_the_credential_once_or_not_at_all(run: Run, hostile: Hostile) -> None:
    told = [heard for heard in run.heard_by(hostile) if b"\r\nAuthorization: Basic " in heard]
    assert len(told) == hostile.sent


def test_the_password_is_in_nothing_that_was_printed(run: Run) -> None:
    assert not shows(run.output, PASSWORD)
    assert not shows(run.output, PASSWORD[::-1])


def acting_in(text: str) -> set[str]:
    """The characters of a text that a terminal would obey, or not show."""
    return {
        character
        for character in text
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and character != "\n"
    }


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from (key, *texts_in(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)
    elif isinstance(value, str):
        yield value


def test_no_text_of_a_hostile_peer_acts_or_grows(run: Run) -> None:
    for text in texts_in(run.report):
        assert acting_in(text) == set()
        assert "\n" not in text or text.startswith("gh ")
        assert len(text) < 2200


def test_a_terminal_is_told_nothing_but_colours(authority: Authority, tmp_path: Path) -> None:
    with standing(authority, str(tmp_path), texts.PEERS) as peers:
        command = [sys.executable, "-m", "regdoctor", "report", "--no-images", "--ca-file", authority.ca_file]
        for hostile in texts.PEERS:
            peer = peers[hostile.name]
            command.append(f"--resolve={hostile.host}:443:{peer.host}:{peer.port}")
        controller, terminal = pty.openpty()
        with subprocess.Popen(
            command,
            env=plain_environment("/nonexistent", DOCKER_HOST=NO_ENGINE, TERM="xterm") | sets_of(texts.PEERS),
            stdin=subprocess.DEVNULL,
            stdout=terminal,
            stderr=subprocess.DEVNULL,
        ):
            os.close(terminal)
            shown = b"".join(pieces_of(controller)).decode()
        os.close(controller)
    assert "\x1b[" in shown
    plain = re.sub(r"\x1b\[[0-9;]*m|\r\n", "\n", shown)
    assert acting_in(plain) == set()
    assert "\\x1b[31m" in plain
    assert "[red]m[/]" in plain


def pieces_of(controller: int) -> Iterator[bytes]:
    """What comes from a terminal, until nobody writes to it any more."""
    with contextlib.suppress(OSError):
        while piece := os.read(controller, 65536):
            yield piece


@pytest.fixture(scope="module")
def acting(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report on those peers whose texts act."""
    with standing(authority, str(tmp_path_factory.mktemp("acting")), texts.PEERS) as peers:
        overrides = tuple(
            Override(hostile.host, 443, peers[hostile.name].host, peers[hostile.name].port)
            for hostile in texts.PEERS
        )
        settings = Settings(timeout=10.0, ca_file=authority.ca_file, overrides=overrides)
        return diagnose(sets_of(texts.PEERS), settings)


@pytest.mark.parametrize("form", FORMATS)
def test_what_acts_is_shown_and_not_obeyed_in_every_format(acting: Report, form: str) -> None:
    shown = render(acting, form, trace=True)
    assert acting_in(shown) == set()
    assert "x1b[31m" in shown
    assert not any(line.startswith("::error::x") for line in shown.splitlines())
