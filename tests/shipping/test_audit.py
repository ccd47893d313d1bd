"""The look-up of known vulnerabilities, by pip-audit itself, in a database on loopback."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.lab.handlers import always
from tests.lab.programs import give_up, plain_environment
from tests.lab.scripted import Answer, Handler, Request, ScriptedRegistry
from tests.shipping.locked import ROOT, pins_of

PYTHON = ROOT / ".venv" / "tools" / "bin" / "python"


@pytest.fixture(autouse=True)
def tools() -> None:
    if not PYTHON.exists():
        give_up("pip-audit is not in .venv/tools (tests/run installs it)")


def audit(database: str, home: Path) -> subprocess.CompletedProcess[str]:
    command = [str(PYTHON), str(ROOT / ".github" / "audit.py"), "--vulnerability-service=osv"]
    return subprocess.run(
        [*command, f"--osv-url={database}"],
        env=plain_environment(str(home)),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def audit_by(handler: Handler, home: Path) -> subprocess.CompletedProcess[str]:
    with ScriptedRegistry(handler) as database:
        return audit(f"http://127.0.0.1:{database.port}/v1/query", home)


def flawed_urllib3(request: Request) -> Answer:
    """The database of https://google.github.io/osv.dev/post-v1-query/, which knows of one flaw."""
    asked = json.loads(request.body)
    if asked["package"] != {"name": "urllib3", "ecosystem": "PyPI"}:
        return Answer(200, body={})
    ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.1"}]}]
    affected = [{"package": asked["package"], "ranges": ranges}]
    flaw = {"id": "PYSEC-2026-1", "modified": "2026-01-01T00:00:00Z", "aliases": [], "affected": affected}
    return Answer(200, body={"vulns": [{**flaw, "details": "It has a flaw."}]})


def test_packages_without_a_known_flaw_pass(tmp_path: Path) -> None:
    done = audit_by(always(Answer(200, body={})), tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        f"regdoctor.txt: {sum(pin.needed_here for pin in pins_of('regdoctor').values())} pack" in done.stdout
    )


def test_a_known_flaw_is_told_and_fails(tmp_path: Path) -> None:
    done = audit_by(flawed_urllib3, tmp_path)
    assert done.returncode == 1
    version = pins_of("regdoctor")["urllib3"].version
    assert f"regdoctor.txt: urllib3 {version} has PYSEC-2026-1, mended in 99.1\n" in done.stdout


def test_a_database_out_of_reach_is_told_and_does_not_fail(tmp_path: Path) -> None:
    done = audit("http://127.0.0.1:1/v1/query", tmp_path)
    assert done.returncode == 0
    assert done.stdout.count("not audited: ") == 3


def test_a_failure_of_another_kind_fails(tmp_path: Path) -> None:
    done = audit_by(always(Answer(500, body={})), tmp_path)
    assert (done.returncode, done.stdout.count("not audited: ")) == (2, 3)
