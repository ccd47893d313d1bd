"""Hostile peers, all at once: a run over them ends in time, is small, and has one right finding for each."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.lab.certificates import Authority
from tests.lab.hostile import DOMAIN, HOSTILE, Ground, Hostile
from tests.lab.peers import Address, Peer
from tests.lab.programs import plain_environment
from tests.live.running import NO_ENGINE, shows, variables_of

PASSWORD = "kxq7-vnt2-zzpd-93wf"
TIMEOUT = 8.0

_MEASURING = """
import os, sys, time
start = time.monotonic()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(child, 0)
seconds = time.monotonic() - start
print(os.waitstatus_to_exitcode(status), seconds, usage.ru_maxrss, usage.ru_utime + usage.ru_stime, file=sys.stderr)
"""


@dataclass(frozen=True)
class Run:
    code: int
    seconds: float
    kilobytes: int
    processor: float
    report: Any
    sets: dict[str, Any]
    peers: dict[str, Peer | Address]


@pytest.fixture(scope="module")
def run(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    certificate = authority.issue(f"*.{DOMAIN}")
    ground = Ground(authority, certificate, str(tmp_path_factory.mktemp("hostile")))
    variables: dict[str, str] = {}
    options = ["--timeout", f"{TIMEOUT:g}", "--ca-file", authority.ca_file]
    with contextlib.ExitStack() as stack:
        made: dict[str, Peer | Address] = {}
        for hostile in HOSTILE:
            peer = made[hostile.name] = stack.enter_context(hostile.make(ground))
            variables |= variables_of(hostile.host, "alice", PASSWORD, hostile.set_id)
            options.append(f"--resolve={hostile.host}:443:{peer.host}:{peer.port}")
        done = subprocess.run(
            [sys.executable, "-c", _MEASURING, sys.executable, "-m", "regdoctor", "report", "--format", "json", *options],
            env=plain_environment("/nonexistent", DOCKER_HOST=NO_ENGINE) | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
        said = done.stderr.decode().splitlines()[-1].split()
        print(done.stderr.decode()[-2000:])
        assert not shows(done.stdout + done.stderr, PASSWORD)
        report = json.loads(done.stdout)
        yield Run(
            int(said[0]), float(said[1]), int(said[2]), float(said[3]), report, {s["id"]: s for s in report["sets"]}, made
        )


def test_all(run: Run) -> None:
    print(run.code, run.seconds, run.kilobytes, run.processor, len(HOSTILE))
    bad = 0
    for h in HOSTILE:
        s = run.sets[h.set_id]
        causes = [(f["cause"], f["severity"]) for f in s["findings"]]
        failed = [c["name"] for c in s["checks"] if c["status"] in ("error", "crashed")]
        peer = run.peers[h.name]
        sent = sum(c.sent for c in peer.connections) if isinstance(peer, Peer) else 0
        text = " ".join(e for f in s["findings"] for e in f["evidence"])
        ok = causes == [(h.cause, "error")] and failed == [h.check] and h.says in text and sent <= h.received
        if not ok:
            bad += 1
            print("--", h.name, "want", h.cause, h.check, h.says, "GOT", causes, failed, sent, text[:300])
    assert not bad
