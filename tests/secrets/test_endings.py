"""However a run ends: interrupted, unheard, on a full disk, with a dump of its memory wished for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lab.certificates import Authority
from tests.lab.peers import Peer, silent
from tests.secrets.program import Run, run
from tests.secrets.scene import Scene, raised
from tests.secrets.traces import traces

PROBE = """
import os, resource, sys, threading, warnings

leave = os._exit

def told(code):
    with open(os.environ["TOLD"], "w") as file:
        file.write(str(resource.getrlimit(resource.RLIMIT_CORE)[0]))
    leave(code)

os._exit = told
"""


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Iterator[Scene]:
    with raised(tmp_path_factory.mktemp("scene") / "run", authority, "endings", small=True) as scene:
        yield scene


@pytest.fixture
def waiting(scene: Scene) -> Iterator[tuple[Peer, dict[str, str]]]:
    """One set more, whose registry never answers."""
    with silent() as peer:
        variables = {
            "SILENT_CONTAINER_REGISTRY_SERVER": peer.address,
            "SILENT_CONTAINER_REGISTRY_USER": "octocat",
            "SILENT_CONTAINER_REGISTRY_PASSWORD": scene.maker.word("silent"),
        }
        yield peer, scene.environ | variables


def assert_silent(scene: Scene, ended: Run) -> None:
    assert traces(scene.maker.made, ended.stdout + b"\n" + ended.stderr) == {}
    assert b"Traceback" not in ended.stdout + ended.stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_run_that_is_broken_off_gives_nothing_away(
    scene: Scene, waiting: tuple[Peer, dict[str, str]], number: signal.Signals, code: int, form: str
) -> None:
    peer, environ = waiting
    scene.forget()

    def interrupt(process: subprocess.Popen[bytes]) -> None:
        limit = time.monotonic() + 30
        while not peer.connections and time.monotonic() < limit:
            time.sleep(0.02)
        time.sleep(1.0)
        process.send_signal(number)

    ended = run(
        scene.folder, "report", "--format", form, "--trace", *scene.options, environ=environ, during=interrupt
    )
    assert ended.code == code
    assert b"SILENT" in ended.stdout
    assert_silent(scene, ended)


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_reader_that_leaves_gets_nothing_and_nothing_is_said_of_it(scene: Scene, form: str) -> None:
    scene.forget()

    def leave(process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        process.stdout.close()
        process.stdout = None

    ended = run(scene.folder, "report", "--format", form, *scene.options, environ=scene.environ, during=leave)
    assert ended.code == 3
    assert_silent(scene, ended)


@pytest.mark.parametrize("options", [(), ("--output", "/dev/full")], ids=["printed", "written"])
def test_a_full_disk_gives_nothing_away(scene: Scene, options: tuple[str, ...]) -> None:
    scene.forget()
    with open("/dev/full", "wb") as full:
        ended = run(
            scene.folder,
            "report",
            *options,
            *scene.options,
            environ=scene.environ,
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert ended.code == 3
    assert_silent(scene, ended)


def test_nobody_hears_of_what_is_said_into_a_full_disk(scene: Scene) -> None:
    scene.forget()
    with open("/dev/full", "wb") as full:
        ended = run(scene.folder, "report", *scene.options, environ=scene.environ, stderr=full)
    assert ended.code == 1
    assert_silent(scene, ended)


def test_no_image_of_the_memory_is_left(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(PROBE)
    environ = {"PYTHONPATH": f"{site}{os.pathsep}{Path(__file__).parents[2]}", "TOLD": str(tmp_path / "told")}
    command = [
        "sh",
        "-c",
        'ulimit -c unlimited 2>/dev/null || ulimit -S -c hard; exec "$@"',
        "sh",
        sys.executable,
    ]
    subprocess.run(
        [*command, "-m", "regdoctor", "report", "--offline"],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), **environ},
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert (tmp_path / "told").read_text() == "0"


FAILURES = {
    "in a thread": "threading.Thread(target=fail).start()",
    "in a destructor": "Thing()",
    "in a generator that is closed": "next(careless())",
    "after all": "atexit.register(fail)",
    "at the end of the main thread": "fail()",
}
FAILING = """
import atexit, sys, threading
from regdoctor import cli
WORDS = {words!r}

def fail():
    passphrase = WORDS
    raise RuntimeError(passphrase) from KeyError(passphrase)

class Thing:
    def __repr__(self):
        return WORDS
    def __del__(self):
        fail()

def careless():
    try:
        yield 1
    finally:
        fail()

code = cli.run(["causes", "dns-failure"])
{failure}
"""


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES.keys())
def test_what_fails_unseen_is_told_by_its_kind_alone(scene: Scene, tmp_path: Path, failure: str) -> None:
    words = " ".join(each.value for each in scene.maker.made)
    program = FAILING.format(words=words, failure=failure)
    folder = tmp_path / "run"
    folder.mkdir()
    ended = run(folder, environ={}, python=("-X", "dev"), program=("-c", program))
    assert b"KeyError" not in ended.stderr
    if failure != FAILURES["after all"]:
        assert b"RuntimeError" in ended.stderr
    assert_silent(scene, ended)
