"""A failure of regdoctor itself, forced wherever it can happen, gives nothing away."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.codespace.test_kept import LINES, write
from tests.lab.certificates import Authority
from tests.lab.scripted import Answer, Request, ScriptedRegistry
from tests.secrets.credentials import SEED
from tests.secrets.program import HERE, environment
from tests.secrets.scene import Scene, raised
from tests.secrets.traces import traces
from tests.unit.support import a_set

SECONDS = 4
ENTRIES = (
    # One of each part, and those through which all else goes.
    *(
        ("examination.py", "Examination.run"),
        ("examination.py", "weighed"),
        ("healing.py", "Healer.try_fixes"),
    ),
    *(("checks/value.py", "check"), ("checks/registry.py", "look"), ("checks/login.py", "check")),
    *(("checks/exchange.py", "check"), ("checks/engine.py", "check"), ("checks/pull.py", "check")),
    *(
        ("checks/token.py", "ask_for_token"),
        ("checks/answers.py", "refused"),
        ("checks/realm.py", "distrusted"),
    ),
    *(("probes/aws.py", "exchange"), ("probes/engine.py", "find_engine"), ("probes/engine.py", "log_in")),
    *(("probes/http.py", "Channel.request"), ("probes/tls.py", "handshake"), ("probes/tcp.py", "connect")),
    *(("probes/credential_helper.py", "ask_helper"), ("probes/docker_config.py", "DockerConfig._read")),
    *(("probes/config_json.py", "read_file"), ("probes/github.py", "GitHub.told_of_codespace")),
    *(("probes/proxy.py", "proxy_for"), ("probes/world.py", "World.ask"), ("probes/world.py", "World.clean")),
    *(
        ("probes/silence.py", "silence_logs"),
        ("images.py", "Images.find"),
        ("images.py", "Images.host"),
        ("images.py", "Images.examine"),
    ),
    *(
        ("inquiry.py", "Inquiry._ask"),
        ("inquiry.py", "Inquiry.explain"),
        ("inquiry.py", "Inquiry.explain_image"),
    ),
    *(("workspace/reading.py", "read_workspace"), ("workspace/dockerfile.py", "read_dockerfile")),
    *(
        ("codespace/kept.py", "read_kept"),
        ("codespace/levels.py", "explain_set"),
        ("strays.py", "stray_findings"),
    ),
    *(("explain/verdicts.py", "explain"), ("explain/creation_log.py", "CreationLog.findings")),
    *(("secret.py", "Redactor.add"), ("secret.py", "Redactor.__call__"), ("secret.py", "visible")),
    *(("registries/masking.py", "masked"), ("bystanders.py", "bystanders"), ("discovery.py", "discover")),
    *(
        ("diagnosis.py", "Diagnosis.__init__"),
        ("diagnosis.py", "Diagnosis._diagnose"),
        ("ledger.py", "Ledger.note"),
    ),
    *(("workers.py", "Workers.submit"), ("workers.py", "Workers.done"), ("progress.py", "Progress.show")),
    *(("report/anonymous.py", "anonymized"), ("output.py", "write"), ("cli.py", "_exit_code")),
)
WRITERS = {"text": ("report/text.py", "lay_out"), "json": ("report/json_report.py", "render")}
OUTSIDE = (("__main__.py", "main"), ("cli.py", "run"), ("crash.py", "keep_silent"))
"""What starts the program, and knows no secret yet."""


@dataclass(frozen=True)
class Broken:
    """A run that broke at a place."""

    place: tuple[str, str]
    code: int
    seconds: float
    out: bytes
    err: bytes


@dataclass(frozen=True)
class Breaker:
    """Runs the program over a scene, and breaks it."""

    scene: Scene
    folder: Path
    kept: Path
    forget: str
    """What has the peers forget what they heard."""

    def called(self) -> list[tuple[str, str, bool]]:
        """The functions that a run calls, and whether the main thread does."""
        seen = self.folder / "seen.json"
        self._run({"watch": str(seen), "argv": self._argv("json", 30)})
        return [(file, name, main) for file, name, main in json.loads(seen.read_text())]

    def broken_at(
        self, *places: tuple[str, str], form: str = "text", kind: str = "crash"
    ) -> Iterator[Broken]:
        """The runs that break at these places."""
        self._run({"places": places, "argv": self._argv(form), "kind": kind})
        for number, place in enumerate(places):
            end = json.loads((self.folder / f"{number}.end").read_text())
            out, err = ((self.folder / f"{number}.{name}").read_bytes() for name in ("out", "err"))
            yield Broken(place, end["code"], end["seconds"], out, err)

    def _argv(self, form: str, seconds: float = SECONDS) -> list[str]:
        return ["report", "--format", form, "--trace", f"--timeout={seconds:g}", *self.scene.options]

    def _run(self, more: dict[str, Any]) -> None:
        words = " ".join(each.value for each in self.scene.maker.made)
        plan = self.folder / "plan.json"
        known = {"into": str(self.folder), "words": words, "kept": str(self.kept), "forget": self.forget}
        plan.write_text(json.dumps({**known, **more}))
        done = subprocess.run(
            [sys.executable, str(HERE / "breaking.py"), str(plan)],
            cwd=self.scene.folder,
            env=environment(self.scene.folder, self.scene.environ),
            capture_output=True,
            timeout=900,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b""), done.stderr[-2000:]


@pytest.fixture(scope="module")
def breaker(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Iterator[Breaker]:
    folder = tmp_path_factory.mktemp("crashes")
    (folder / "into").mkdir()
    (folder / "kept").mkdir()
    with raised(folder / "run", authority, "crashes", small=True) as scene:
        write(folder / "kept", LINES, a_set("127.0.0.1:1", "octocat", scene.maker.word("kept"), "KEPT"))

        def forgotten(_: Request) -> Answer:
            scene.forget()
            return Answer()

        with ScriptedRegistry(forgotten) as control:
            yield Breaker(scene, folder / "into", folder / "kept", control.url)


@pytest.fixture(scope="module")
def called(breaker: Breaker) -> list[tuple[str, str, bool]]:
    return breaker.called()


def assert_silent(breaker: Breaker, runs: Iterator[Broken]) -> int:
    """No run gives anything away; how many there were."""
    count = 0
    for count, broken in enumerate(runs, 1):  # noqa: B007 - the last one counts
        printed = broken.out + b"\n" + broken.err
        assert traces(breaker.scene.maker.made, printed) == {}, broken.place
        assert b"Traceback" not in printed, broken.place
        assert broken.code in (0, 1, 3), (broken.place, broken.code, broken.err[-500:])
    return count


def test_the_places_are_those_that_a_run_comes_by(called: list[tuple[str, str, bool]]) -> None:
    places = {(file, name) for file, name, _ in called}
    assert len(places) > 500
    not_in_this_scene = {("report/text.py", "lay_out"), ("report/anonymous.py", "anonymized")}
    assert {*ENTRIES, *WRITERS.values()} - places <= not_in_this_scene


@pytest.mark.parametrize("form", WRITERS)
def test_a_crash_in_any_part_gives_nothing_away(breaker: Breaker, form: str) -> None:
    places = (*ENTRIES[form == "json" :: 2], WRITERS[form])
    assert assert_silent(breaker, breaker.broken_at(*places, form=form)) == len(places)


def test_a_crash_anywhere_gives_nothing_away(breaker: Breaker, called: list[tuple[str, str, bool]]) -> None:
    places = sorted({(file, name) for file, name, _ in called} - {*OUTSIDE, *ENTRIES})
    some = random.Random(SEED).sample(places, 20)
    assert assert_silent(breaker, breaker.broken_at(*some, form="json")) == 20


def test_an_interrupt_anywhere_gives_nothing_away(
    breaker: Breaker, called: list[tuple[str, str, bool]]
) -> None:
    places = sorted({(file, name) for file, name, main in called if main} - {*OUTSIDE})
    some = random.Random(SEED).sample(places, 8)
    for broken in breaker.broken_at(*some, form="text", kind="interrupt"):
        assert traces(breaker.scene.maker.made, broken.out + b"\n" + broken.err) == {}
        assert b"Traceback" not in broken.out + broken.err
