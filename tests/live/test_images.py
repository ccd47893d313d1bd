"""The images of a run: whose credential each pull uses, what it waits for, and how a run ends with them."""

from __future__ import annotations

import base64
import json
import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from regdoctor.checks import pull
from regdoctor.diagnosis import Diagnosis
from regdoctor.model import (
    Event,
    Finished,
    ImageFinished,
    ImageResult,
    ImagesFound,
    ImageStarted,
    Report,
    SetFinished,
    SetsFound,
)
from regdoctor.platforms import platform_of
from regdoctor.probes import aws
from regdoctor.secret import Secret
from regdoctor.settings import Settings, Target
from tests.lab import handlers
from tests.lab.certificates import Authority
from tests.lab.handlers import Bearer
from tests.lab.peers import silent
from tests.lab.programs import plain_environment
from tests.lab.scripted import Answer, Handler, Request
from tests.lab.shelf import Shelf
from tests.lab.vendors import Vendor
from tests.live.running import NOBODYS, run_program, variables_of
from tests.schema import validate
from tests.unit.examples import AWS_KEY_ID, AWS_SECRET

GHCR, MCR, TEAM = "ghcr.io", "mcr.microsoft.com", "registry.example.com"
PASSWORD = "quartz-Velvet7+Onion"
OWN_TOKEN = "ghu_0123456789abcdefghijABCDEFGHIJ012345"
CODESPACE = {"CODESPACES": "true", "GITHUB_TOKEN": OWN_TOKEN, "GITHUB_USER": "octocat"}
HERE = platform_of("linux", platform.machine()).architecture


def stocked(gate: Handler, *shelves: Shelf) -> Handler:
    """A registry with these repositories behind what asks for a login."""

    def answer(request: Request) -> Answer:
        reply = gate(request)
        if request.path == "/token" or reply.status == 401:
            return reply
        return next((found for shelf in shelves if (found := shelf(request)) is not None), reply)

    return answer


def shelf(name: str) -> Shelf:
    """A repository with an image for this machine, tagged 1."""
    found = Shelf(name)
    found.image("1", architecture=HERE)
    return found


class Registries:
    """Scripted registries under real host names, and what they were asked."""

    def __init__(self, stack: ExitStack, authority: Authority) -> None:
        self._stack, self._authority = stack, authority
        self._vendors: dict[str, Vendor] = {}

    def open(self, host: str, gate: Handler, *repositories: str) -> None:
        """Start a registry with these repositories, each with an image 1."""
        handler = stocked(gate, *map(shelf, repositories))
        vendor = Vendor(self._authority, host, {host: handler}, {"": ("", "")}, wrong="")
        self._vendors[host] = self._stack.enter_context(vendor)

    def settings(self, **more: object) -> Settings:
        overrides = tuple(each for vendor in self._vendors.values() for each in vendor.overrides)
        base = Settings(engine="direct", timeout=10, ca_file=self._authority.ca_file, overrides=overrides)
        return base.but(**more)

    def options(self) -> list[str]:
        """The same for the program."""
        told = [f"{each.host}:443:{each.address}:{each.to_port}" for each in self.settings().overrides]
        return [
            *(word for each in told for word in ("--resolve", each)),
            *("--ca-file", self._authority.ca_file, "--engine", "direct"),
        ]

    def sent_to(self, host: str) -> set[tuple[str, str] | None]:
        """The users and passwords that the token service was sent."""
        requests = self._vendors[host].requests(host)
        return {request.basic for request in requests if request.path == "/token"}

    def asked(self, host: str) -> list[str]:
        return [request.path for request in self._vendors[host].requests(host)]


@pytest.fixture
def registries(authority: Authority) -> Iterator[Registries]:
    with ExitStack() as stack:
        yield Registries(stack, authority)


def events_of(
    settings: Settings,
    variables: Mapping[str, str] | None = None,
    environ: Mapping[str, str] | None = None,
) -> list[Event]:
    secrets = {name: Secret(value) for name, value in (variables or {}).items()}
    return list(Diagnosis(secrets, settings, environ or {}).run())


def report_of(
    settings: Settings,
    variables: Mapping[str, str] | None = None,
    environ: Mapping[str, str] | None = None,
) -> Report:
    last = events_of(settings, variables, environ)[-1]
    assert isinstance(last, Finished)
    return last.report


def docker_has(folder: Path, host: str, user: str, password: str) -> dict[str, str]:
    """The environment in which docker keeps this login."""
    auth = base64.b64encode(f"{user}:{password}".encode()).decode()
    (folder / "config.json").write_text(json.dumps({"auths": {host: {"auth": auth}}}))
    return {"DOCKER_CONFIG": str(folder)}


def causes(result: ImageResult) -> list[str]:
    return [finding.cause for finding in result.findings]


# Whose credential


def test_an_image_is_pulled_with_the_set_of_its_registry(registries: Registries) -> None:
    registries.open(TEAM, Bearer({"octocat": PASSWORD}), "team/app")
    settings = registries.settings(images=(f"{TEAM}/team/app:1",))
    report = report_of(settings, variables_of(TEAM, "octocat", PASSWORD, "TEAM"))
    (image,) = report.images
    assert (image.set_id, image.status, image.proved) == ("TEAM", "ok", True)
    assert registries.sent_to(TEAM) == {("octocat", PASSWORD)}


def test_a_set_goes_before_docker_which_is_stale(registries: Registries, tmp_path: Path) -> None:
    registries.open(TEAM, Bearer({"octocat": PASSWORD}), "team/app")
    settings = registries.settings(images=(f"{TEAM}/team/app:1",))
    environ = docker_has(tmp_path, TEAM, "mona", NOBODYS)
    report = report_of(settings, variables_of(TEAM, "octocat", PASSWORD, "TEAM"), environ)
    assert report.images[0].status == "ok"
    assert [finding.cause for finding in report.sets[0].findings] == ["config-stale-credentials"]
    assert registries.sent_to(TEAM) == {("octocat", PASSWORD)}


def test_without_a_set_docker_has_the_credential(registries: Registries, tmp_path: Path) -> None:
    registries.open(TEAM, Bearer({"octocat": PASSWORD}), "team/app")
    environ = docker_has(tmp_path, TEAM, "octocat", PASSWORD)
    (image,) = report_of(registries.settings(images=(f"{TEAM}/team/app:1",)), environ=environ).images
    assert (image.set_id, image.status, image.proved) == (None, "ok", True)
    assert registries.sent_to(TEAM) == {("octocat", PASSWORD)}


def test_a_set_that_is_not_whole_reaches_docker_never(registries: Registries, tmp_path: Path) -> None:
    registries.open(TEAM, Bearer({"octocat": PASSWORD}), "team/app")
    variables = variables_of(TEAM, "octocat", PASSWORD, "TEAM")
    del variables["TEAM_CONTAINER_REGISTRY_PASSWORD"]
    environ = docker_has(tmp_path, TEAM, "octocat", PASSWORD)
    settings = registries.settings(images=(f"{TEAM}/team/app:1",))
    (image,) = report_of(settings, variables, environ).images
    assert (image.set_id, image.status) == (None, "ok")


def test_what_keeps_a_login_from_being_used_is_told_of_the_image(
    registries: Registries, tmp_path: Path
) -> None:
    registries.open(TEAM, Bearer({"octocat": PASSWORD}), "team/app")
    settings = registries.settings(images=(f"{TEAM}/team/app:1",))
    lacking = variables_of(TEAM, "octocat", PASSWORD, "TEAM")
    del lacking["TEAM_CONTAINER_REGISTRY_PASSWORD"]
    broken = docker_has(tmp_path, TEAM, "octocat", PASSWORD)
    helpers = {"elsewhere.example": "none", TEAM: "gone"}
    (tmp_path / "config.json").write_text(json.dumps({"credHelpers": helpers}))
    for variables, environ, cause, words in (
        (
            lacking,
            {},
            "set-incomplete",
            "the set TEAM for its registry lacks TEAM_CONTAINER_REGISTRY_PASSWORD",
        ),
        ({}, broken, "credential-helper-missing", "docker cannot get at the logins that it keeps"),
    ):
        (image,) = report_of(settings, variables, environ).images
        (finding,) = image.findings
        assert (finding.cause, finding.also_possible[0]) == ("no-credentials-sent", cause)
        assert any(words in line for line in finding.evidence)
        assert finding.remediation[0].command == f"regdoctor causes {cause}"


def test_a_helper_of_another_registry_keeps_nothing_from_this_one(
    registries: Registries, tmp_path: Path
) -> None:
    registries.open(TEAM, Bearer({"octocat": PASSWORD}), "team/app")
    (tmp_path / "config.json").write_text('{"credHelpers": {"elsewhere.example": "gone"}}')
    environ = {"DOCKER_CONFIG": str(tmp_path)}
    (image,) = report_of(registries.settings(images=(f"{TEAM}/team/app:1",)), environ=environ).images
    assert image.findings[0].also_possible == ("repository-not-found",)


def test_at_ghcr_the_codespace_has_a_token_of_its_own(registries: Registries) -> None:
    registries.open(GHCR, Bearer({"octocat": OWN_TOKEN}), "octo/app")
    settings = registries.settings(images=(f"{GHCR}/octo/app:1",))
    (image,) = report_of(settings, environ=CODESPACE).images
    assert (image.set_id, image.status) == (None, "ok")
    assert registries.sent_to(GHCR) == {("octocat", OWN_TOKEN)}


@pytest.mark.parametrize(
    ("host", "environ"),
    [
        (TEAM, CODESPACE),
        (GHCR, {"GITHUB_TOKEN": OWN_TOKEN}),
        (GHCR, {"CODESPACES": "true"}),
        (GHCR, {**CODESPACE, "GITHUB_SERVER_URL": "https://octo.ghe.com"}),
    ],
)
def test_the_codespaces_token_goes_nowhere_else_and_from_nowhere_else(
    host: str, environ: dict[str, str], registries: Registries
) -> None:
    registries.open(host, Bearer({}, grants={"": ["octo/app"]}), "octo/app")
    (image,) = report_of(registries.settings(images=(f"{host}/octo/app:1",)), environ=environ).images
    assert (image.set_id, image.status) == (None, "ok")
    assert registries.sent_to(host) == {None}


def test_of_two_sets_the_one_that_logs_in_is_used(registries: Registries) -> None:
    registries.open(TEAM, Bearer({"octocat": PASSWORD}), "team/app")
    variables = variables_of(TEAM, "mona", NOBODYS, "A") | variables_of(TEAM, "octocat", PASSWORD, "B")
    (image,) = report_of(registries.settings(images=(f"{TEAM}/team/app:1",)), variables).images
    assert (image.set_id, image.status) == ("B", "ok")


# What it waits for


def test_an_image_whose_set_was_refused_is_not_asked_for_and_carries_its_verdict(
    registries: Registries,
) -> None:
    registries.open(TEAM, Bearer({"octocat": PASSWORD}, grants={"": ["team/app"]}), "team/app")
    settings = registries.settings(images=(f"{TEAM}/team/app:1", f"{TEAM}/team/app:2"))
    report = report_of(settings, variables_of(TEAM, "octocat", NOBODYS, "TEAM"))
    for image in report.images:
        assert (image.set_id, image.status, image.proved) == ("TEAM", "error", False)
        assert image.findings == report.sets[0].findings
        assert [(check.name, check.status) for check in image.checks] == [("pull", "skipped")]
    assert [path for path in registries.asked(TEAM) if path == "/token"] == ["/token"]
    assert not any("manifests" in path for path in registries.asked(TEAM))


def test_what_docker_keeps_is_not_sent_again_once_refused(registries: Registries, tmp_path: Path) -> None:
    registries.open(TEAM, Bearer({"octocat": PASSWORD}), "team/app", "team/other")
    environ = docker_has(tmp_path, TEAM, "octocat", NOBODYS)
    images = tuple(f"{TEAM}/team/{name}:1" for name in ("app", "other", "app"))
    report = report_of(registries.settings(images=images), environ=environ)
    assert {image.status for image in report.images} == {"error"}
    assert len([path for path in registries.asked(TEAM) if path == "/token"]) == 1


def test_offline_nothing_is_asked(registries: Registries) -> None:
    registries.open(TEAM, Bearer({"octocat": PASSWORD}), "team/app")
    settings = registries.settings(images=(f"{TEAM}/team/app:1",), offline=True)
    (image,) = report_of(settings, variables_of(TEAM, "octocat", PASSWORD, "TEAM")).images
    assert [(check.name, check.reason) for check in image.checks] == [("pull", "--offline")]
    assert (image.set_id, image.status, image.proved) == ("TEAM", "ok", False)
    assert registries.asked(TEAM) == []


def test_one_worker_is_enough(registries: Registries) -> None:
    registries.open(TEAM, Bearer({"octocat": PASSWORD}), *(f"team/{number}" for number in range(5)))
    images = tuple(f"{TEAM}/team/{number}:1" for number in range(5))
    settings = registries.settings(images=images, jobs=1)
    report = report_of(settings, variables_of(TEAM, "octocat", PASSWORD, "TEAM"))
    assert [image.status for image in report.images] == ["ok"] * 5


def test_images_of_a_slow_set_keep_no_other_image_waiting(registries: Registries) -> None:
    registries.open(TEAM, Bearer({}, grants={"": ["team/app"]}), "team/app")
    with silent() as slow:
        host = f"127.0.0.1:{slow.port}"
        images = (*(f"{host}/team/{number}:1" for number in range(4)), f"{TEAM}/team/app:1")
        settings = registries.settings(images=images, jobs=3, timeout=3)
        report = report_of(settings, variables_of(host, "octocat", PASSWORD, "SLOW"))
    assert [image.status for image in report.images] == ["error"] * 4 + ["ok"]


# What is told


def test_events_come_in_order(registries: Registries) -> None:
    registries.open(TEAM, Bearer({"octocat": PASSWORD}), "team/app")
    settings = registries.settings(images=(f"{TEAM}/team/app:1", f"{TEAM}/team/app:9"))
    events = events_of(settings, variables_of(TEAM, "octocat", PASSWORD, "TEAM"))
    assert isinstance(events[0], SetsFound)
    (found,) = [event for event in events if isinstance(event, ImagesFound)]
    assert [(each.image.reference[-1], each.set_id) for each in found.images] == [
        ("1", "TEAM"),
        ("9", "TEAM"),
    ]
    set_at = next(at for at, event in enumerate(events) if isinstance(event, SetFinished))
    started = [at for at, event in enumerate(events) if isinstance(event, ImageStarted)]
    finished = [event.result for event in events if isinstance(event, ImageFinished)]
    assert all(events.index(found) < at and set_at < at for at in started)
    assert {event.host for event in events if isinstance(event, ImageStarted)} == {TEAM}
    last = events[-1]
    assert isinstance(last, Finished)
    assert set(finished) == set(last.report.images)
    assert [causes(image) for image in last.report.images] == [[], ["tag-not-found"]]


def test_a_run_without_images_tells_of_none() -> None:
    events = events_of(Settings(offline=True), variables_of(TEAM, "octocat", PASSWORD))
    assert not any(isinstance(event, ImagesFound) for event in events)


def test_an_image_that_is_named_twice_is_asked_for_once(registries: Registries) -> None:
    registries.open(TEAM, Bearer({}, grants={"": ["team/app"]}), "team/app")
    report = report_of(registries.settings(images=(f"{TEAM}/team/app:1",) * 3))
    assert len(report.images) == 1


def test_an_image_of_the_workspace_that_is_named_as_well_is_told_with_its_place(
    registries: Registries, tmp_path: Path
) -> None:
    registries.open(TEAM, Bearer({}, grants={"": ["team/app"]}), "team/app")
    (tmp_path / ".devcontainer.json").write_text(json.dumps({"image": f"{TEAM}/team/app:1"}))
    settings = registries.settings(images=(f"{TEAM}/team/app:1",), workspace=str(tmp_path))
    (result,) = report_of(settings).images
    assert result.image.source == ".devcontainer.json"


def test_a_crash_costs_one_image(registries: Registries, monkeypatch: pytest.MonkeyPatch) -> None:
    registries.open(TEAM, Bearer({"octocat": PASSWORD}), "team/app", "team/bad")
    check = pull.check

    def breaking(case: object) -> ImageResult:
        if "bad" in case.image.reference:  # type: ignore[attr-defined]
            raise RuntimeError(f"it broke over {PASSWORD}")
        return check(case)  # type: ignore[arg-type]

    monkeypatch.setattr(pull, "check", breaking)
    settings = registries.settings(images=(f"{TEAM}/team/bad:1", f"{TEAM}/team/app:1"))
    bad, good = report_of(settings, variables_of(TEAM, "octocat", PASSWORD, "TEAM")).images
    assert (causes(bad), bad.set_id) == (["internal-error"], "TEAM")
    assert [(check.name, check.status) for check in bad.checks] == [("pull", "crashed")]
    assert PASSWORD not in str(bad)
    assert good.status == "ok"


def test_a_workspace_that_breaks_the_reading_costs_its_images_alone(
    registries: Registries, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from regdoctor.workspace import reading

    def breaking(*_: object) -> object:
        raise RuntimeError("no words")

    monkeypatch.setattr(reading, "read_workspace", breaking)
    registries.open(TEAM, Bearer({}, grants={"": ["team/app"]}), "team/app")
    settings = registries.settings(images=(f"{TEAM}/team/app:1",), workspace=str(tmp_path))
    report = report_of(settings)
    assert [image.status for image in report.images] == ["ok"]
    assert [finding.cause for finding in report.findings] == ["internal-error"]


def test_what_is_ignored_is_information(registries: Registries) -> None:
    registries.open(TEAM, Bearer({}, grants={"": ["team/app"]}), "team/app")
    settings = registries.settings(images=(f"{TEAM}/team/app:9",), ignore=("tag-not-found",))
    (image,) = report_of(settings).images
    assert (image.status, causes(image)) == ("ok", ["tag-not-found"])


# Where the time ends


def test_an_image_that_is_not_answered_in_time_says_so(registries: Registries) -> None:
    with silent() as slow:
        settings = registries.settings(images=(f"127.0.0.1:{slow.port}/team/app:1",), timeout=1.5)
        (image,) = report_of(settings).images
    assert image.status == "error"
    assert causes(image)[0] in ("tls-timeout", "timeout-overall")


def test_images_whose_turn_does_not_come_are_skipped_and_say_why(registries: Registries) -> None:
    registries.open(TEAM, handlers.always(Answer(200, delay=30)), "team/app")
    images = (f"{TEAM}/team/app:1", f"{TEAM}/team/app:2", f"{TEAM}/team/app:3")
    settings = registries.settings(images=images, timeout=1.5)
    report = report_of(settings, variables_of(TEAM, "octocat", PASSWORD, "TEAM"))
    for image in report.images:
        assert (image.set_id, causes(image)) == ("TEAM", ["timeout-overall"])
        assert [check.status for check in image.checks] == ["skipped"]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_leaves_the_images_that_are_known(
    number: signal.Signals, code: int, registries: Registries
) -> None:
    registries.open(TEAM, Bearer({}, grants={"": ["team/app"]}), "team/app")
    with silent() as slow:
        slow_image = f"127.0.0.1:{slow.port}/team/app:1"
        options = [*registries.options(), "--image", f"{TEAM}/team/app:1", "--image", slow_image]
        program = subprocess.Popen(
            [sys.executable, "-m", "regdoctor", "report", "--format", "json", *options],
            env=plain_environment("/nonexistent"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        deadline = time.monotonic() + 10
        while not (slow.connections and any("blobs" in path for path in registries.asked(TEAM))):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        time.sleep(0.3)
        program.send_signal(number)
        output, notices = program.communicate(timeout=10)
    assert (program.returncode, notices) == (code, b"")
    report = json.loads(output)
    validate(report)
    known, broken_off = report["images"]
    assert (known["status"], known["proved"]) == ("ok", True)
    assert [(each["name"], each["reason"]) for each in broken_off["checks"]] == [("pull", "interrupted")]


# The workspace


def workspace(folder: Path, **files: str) -> Path:
    """A workspace with these files in its dev container's folder."""
    below = folder / ".devcontainer"
    below.mkdir(parents=True)
    for name, content in files.items():
        (below / name.replace("_", ".")).write_text(content)
    return folder


def test_a_healthy_codespace_of_the_commonest_kind_raises_nothing(
    registries: Registries, tmp_path: Path
) -> None:
    registries.open(MCR, handlers.anonymous(), "devcontainers/base")
    gate = Bearer(
        {"octocat": OWN_TOKEN}, grants={"octocat": ["octo-org/octo-app", "devcontainers/features/node"]}
    )
    registries.open(GHCR, gate, "octo-org/octo-app", "devcontainers/features/node")
    registries.open("api.github.com", handlers.always(Answer(404, body={"message": "Not Found"})))
    folder = workspace(
        tmp_path / "octo-app",
        devcontainer_json='{"build": {"dockerfile": "Dockerfile"}, '
        '"features": {"ghcr.io/devcontainers/features/node:1": {}}}',
        Dockerfile=f"FROM {GHCR}/octo-org/octo-app:1 AS app\n"
        f"FROM {MCR}/devcontainers/base:1\nCOPY --from=app / /app\n",
    )
    docker = tmp_path / "docker"
    docker.mkdir()
    environ = {
        **CODESPACE,
        **docker_has(docker, GHCR, "octocat", OWN_TOKEN),
        "GITHUB_REPOSITORY": "octo-org/octo-app",
    }
    run = run_program({}, *registries.options(), "--workspace", str(folder), environ=environ)
    assert run.code == 0
    assert run.report["findings"] == []
    told = {
        image["reference"]: (image["status"], image["proved"], image["findings"])
        for image in run.report["images"]
    }
    assert told == {
        f"{MCR}/devcontainers/base:1": ("ok", True, []),
        f"{GHCR}/octo-org/octo-app:1": ("ok", True, []),
        f"{GHCR}/devcontainers/features/node:1": ("ok", True, []),
    }
    assert OWN_TOKEN.encode() not in run.output
    assert registries.sent_to(GHCR) == {("octocat", OWN_TOKEN)}


def test_in_a_codespace_a_package_that_is_denied_is_not_linked_to_its_repository(
    registries: Registries, tmp_path: Path
) -> None:
    gate = Bearer({"octocat": OWN_TOKEN}, grants={"octocat": ["octo-org/octo-app"]})
    registries.open(GHCR, gate, "octo-org/octo-app", "octo-org/base")
    registries.open("api.github.com", handlers.always(Answer(404, body={"message": "Not Found"})))
    settings = registries.settings(images=(f"{GHCR}/octo-org/octo-app:1", f"{GHCR}/octo-org/base:1"))
    environ = {**CODESPACE, "GITHUB_REPOSITORY": "octo-org/octo-app"}
    good, denied = report_of(settings, environ=environ).images
    assert (good.status, causes(denied)) == ("ok", ["package-not-linked"])
    assert "this codespace belongs to octo-org/octo-app" in denied.findings[0].evidence


def test_a_codespace_whose_token_is_not_seen_here_is_not_said_to_lack_the_right(
    registries: Registries,
) -> None:
    registries.open(GHCR, Bearer({"octocat": OWN_TOKEN}), "octo-org/octo-app")
    registries.open("api.github.com", handlers.always(Answer(404, body={"message": "Not Found"})))
    settings = registries.settings(images=(f"{GHCR}/octo-org/octo-app:1",))
    environ = {"CODESPACES": "true", "GITHUB_REPOSITORY": "octo-org/octo-app"}
    recovery = {**environ, "CODESPACES_RECOVERY_CONTAINER": "true"}
    for here in (environ, recovery):
        report = report_of(settings, environ=here)
        (image,) = report.images
        assert (causes(image), image.status, image.proved) == (["no-credentials-sent"], "warning", False)
        assert "GITHUB_TOKEN is not in this environment" in image.findings[0].evidence
        assert "secrets-not-injected" not in [finding.cause for finding in report.findings]


def test_a_token_of_the_codespace_that_is_refused_is_renewed_by_a_new_start(registries: Registries) -> None:
    registries.open(GHCR, Bearer({"octocat": PASSWORD}), "octo-org/octo-app")
    registries.open("api.github.com", handlers.always(Answer(404, body={"message": "Not Found"})))
    settings = registries.settings(images=(f"{GHCR}/octo-org/octo-app:1",))
    environ = {**CODESPACE, "GITHUB_REPOSITORY": "octo-org/octo-app"}
    (image,) = report_of(settings, environ=environ).images
    assert causes(image) == ["bad-credentials"]
    first, *others = [step.command or "" for step in image.findings[0].remediation]
    assert first.startswith("gh codespace stop")
    assert not any("docker" in command for command in others)


def test_a_host_that_is_not_known_takes_no_new_start_where_there_is_no_secret(
    registries: Registries,
) -> None:
    settings = registries.settings(images=("nowhere.invalid/app:1",))
    (image,) = report_of(settings).images
    assert causes(image) == ["dns-not-found"]
    assert not any("codespace stop" in (step.command or "") for step in image.findings[0].remediation)


def test_a_recovery_container_explains_why_there_is_no_set_for_an_image(registries: Registries) -> None:
    registries.open(TEAM, Bearer({"octocat": PASSWORD}), "team/app")
    registries.open("api.github.com", handlers.always(Answer(404, body={"message": "Not Found"})))
    settings = registries.settings(images=(f"{TEAM}/team/app:1",))
    environ = {**CODESPACE, "CODESPACES_RECOVERY_CONTAINER": "true", "GITHUB_REPOSITORY": "octo-org/octo-app"}
    report = report_of(settings, environ=environ)
    assert causes(report.images[0]) == ["no-credentials-sent"]
    assert "secrets-not-injected" in [finding.cause for finding in report.findings]
    whole = report_of(settings, variables_of(TEAM, "octocat", PASSWORD, "TEAM"), environ)
    assert "secrets-not-injected" not in [finding.cause for finding in whole.findings]


def test_only_leaves_the_images_of_its_sets_and_those_that_are_named(
    registries: Registries, tmp_path: Path
) -> None:
    registries.open(TEAM, Bearer({"octocat": PASSWORD}), "team/app")
    registries.open(GHCR, Bearer({"mona": PASSWORD}), "octo/app")
    variables = variables_of(TEAM, "octocat", PASSWORD, "TEAM") | variables_of(GHCR, "mona", PASSWORD, "GHCR")
    folder = workspace(
        tmp_path, devcontainer_json='{"build": {"dockerfile": "Dockerfile"}}',
        Dockerfile=f"FROM {TEAM}/team/app:1\nCOPY --from={GHCR}/octo/app:1 / /\nCOPY --from={MCR}/x:1 / /\n",
    )  # fmt: skip
    named = f"{GHCR}/octo/app:2"
    settings = registries.settings(workspace=str(folder), images=(named,), only=("TEAM",))
    report = report_of(settings, variables)
    assert {image.image.reference for image in report.images} == {named, f"{TEAM}/team/app:1"}
    by_name = {image.image.reference: image for image in report.images}
    assert by_name[f"{TEAM}/team/app:1"].status == "ok"
    left_out = by_name[named]
    assert (left_out.set_id, left_out.status, left_out.proved) == ("GHCR", "ok", False)
    assert [check.reason for check in left_out.checks] == ["--only leaves out its set GHCR"]
    assert registries.asked(GHCR) == []


def test_images_alone_are_asked_for_with_the_sets_that_they_use(
    registries: Registries, tmp_path: Path
) -> None:
    registries.open(TEAM, Bearer({"octocat": PASSWORD}), "team/app")
    registries.open(GHCR, Bearer({"mona": PASSWORD}), "octo/app")
    variables = variables_of(TEAM, "octocat", PASSWORD, "TEAM") | variables_of(GHCR, "mona", PASSWORD, "GHCR")
    folder = workspace(tmp_path, devcontainer_json=f'{{"image": "{GHCR}/octo/app:1"}}')
    settings = registries.settings(workspace=str(folder))
    alone = settings.aimed_at(Target(images=(f"{TEAM}/team/app:1",), images_alone=True))
    report = report_of(alone, variables)
    assert [result.secret_set.id for result in report.sets] == ["TEAM"]
    assert [(image.image.reference, image.status) for image in report.images] == [
        (f"{TEAM}/team/app:1", "ok")
    ]
    assert registries.asked(GHCR) == []
    whole = report_of(settings.aimed_at(Target(images=(f"{TEAM}/team/app:1",))), variables)
    assert {result.secret_set.id for result in whole.sets} == {"GHCR", "TEAM"}
    assert {image.status for image in whole.images} == {"ok"}
    assert len(whole.images) == 2


def test_an_image_of_no_set_is_asked_for_without_any(registries: Registries) -> None:
    registries.open(TEAM, Bearer({}, grants={"": ["team/app"]}), "team/app")
    alone = registries.settings().aimed_at(Target(images=(f"{TEAM}/team/app:1",), images_alone=True))
    report = report_of(alone, variables_of(GHCR, "mona", PASSWORD, "GHCR"))
    assert (report.sets, [image.status for image in report.images]) == ((), ["ok"])


def test_a_broken_configuration_is_a_finding_with_its_place(registries: Registries, tmp_path: Path) -> None:
    folder = workspace(tmp_path, devcontainer_json='{\n  "image": "mcr.microsoft.com/x:1"\n  "name": 1\n}\n')
    run = run_program({}, "--offline", "--workspace", str(folder))
    (finding,) = run.report["findings"]
    assert finding["cause"] == "devcontainer-config-invalid"
    assert finding["location"] == {"file": ".devcontainer/devcontainer.json", "line": 3, "column": 3}
    assert (finding["severity"], run.code) == ("warning", 0)
    assert [image["reference"] for image in run.report["images"]] == ["mcr.microsoft.com/x:1"]


@pytest.mark.parametrize("name", [f"{TEAM}/team/app:9", f"{TEAM}/team/App:1"])
def test_an_image_that_is_misnamed_need_not_be_looked_for(
    name: str, registries: Registries, tmp_path: Path
) -> None:
    registries.open(TEAM, Bearer({}, grants={"": ["team/app"]}), "team/app")
    folder = workspace(tmp_path, devcontainer_json=f'{{\n  "image": "{name}"\n}}')
    (image,) = report_of(registries.settings(workspace=str(folder))).images
    steps = image.findings[0].remediation
    place = "The image is named in .devcontainer/devcontainer.json, line 2, column 12."
    assert place in [step.text for step in steps]
    assert not any((step.command or "").startswith("grep") for step in steps)
    (image,) = report_of(registries.settings(images=(name,))).images
    assert any((step.command or "").startswith("grep") for step in image.findings[0].remediation)


def test_the_workspace_is_the_current_folder_or_its_nearest_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = workspace(tmp_path, devcontainer_json='{"image": "mcr.microsoft.com/x:1"}')
    inner = folder / "src" / "deep"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    run = run_program({}, "--offline")
    (image,) = run.report["images"]
    assert (image["reference"], image["location"]["line"]) == ("mcr.microsoft.com/x:1", 1)
    assert run_program({}, "--offline", "--no-images").report["images"] == []
    os.rmdir(inner)
    assert run_program({}, "--offline").report["images"] == []


def test_a_pull_by_a_cloud_key_uses_what_it_was_exchanged_for(
    registries: Registries, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = "123456789012.dkr.ecr.eu-central-1.amazonaws.com"
    token = aws.Token("AWS", Secret("an-ecr-Token-9x"), None, None, "api.ecr.eu-central-1.amazonaws.com")
    monkeypatch.setattr(aws, "exchange", lambda *_, **__: token)
    registries.open(host, handlers.basic({"AWS": "an-ecr-Token-9x"}), "team/app")
    key = variables_of(host, AWS_KEY_ID, AWS_SECRET, "ECR")
    report = report_of(registries.settings(images=(f"{host}/team/app:1",)), key)
    assert [(image.set_id, image.status, image.proved) for image in report.images] == [("ECR", "ok", True)]
