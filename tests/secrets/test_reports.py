"""A whole run over every kind of credential: what it prints, writes, starts and sends."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from regdoctor import cli
from regdoctor.arguments import report_parser
from regdoctor.model import Finished
from regdoctor.probes.deadline import Deadline
from regdoctor.probes.refusals import Refusals
from regdoctor.report.anonymous import anonymized
from regdoctor.report.formats import FORMATS, render
from regdoctor.secret import MASK
from regdoctor.settings import Target
from tests.lab.certificates import Authority
from tests.lab.scripted import Answer, Request, ScriptedRegistry
from tests.live.proxies import proxy_answering
from tests.secrets.credentials import Maker
from tests.secrets.program import PLAIN, Run, run
from tests.secrets.scene import Scene, raised, sent_to
from tests.secrets.traces import SPELLINGS, traces


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Iterator[Scene]:
    with raised(tmp_path_factory.mktemp("scene") / "run", authority, "reports") as scene:
        yield scene


def reported(scene: Scene, *options: str, **more: Any) -> Run:
    scene.forget()
    environ = scene.environ | more.pop("environ", {})
    return run(scene.folder, "report", *scene.options, *options, environ=environ, **more)


@pytest.fixture(scope="module")
def first(scene: Scene) -> Run:
    environ = {"SSLKEYLOGFILE": str(scene.folder / "keys")}
    return reported(scene, "--format", "json", "--trace", environ=environ)


def test_everything_was_tried_and_said_back(scene: Scene, first: Run) -> None:
    report = json.loads(first.stdout)
    sets = {found["id"]: found for found in report["sets"]}
    for number in range(len(SPELLINGS)):
        assert MASK in str(sets[f"ECHO{number}"]["findings"][0]["evidence"])
    ended = {
        name: {check["name"]: check["status"] for check in found["checks"]} for name, found in sets.items()
    }
    assert ended["ADMITS"]["login"] == "ok"
    assert ended["ADMITS"]["engine"] == "error"
    assert (ended["ECR"]["exchange"], ended["ECR"]["login"]) == ("ok", "error")
    assert ended["GHCR"]["login"] == "error"
    assert sum(check["status"] == "crashed" for found in sets.values() for check in found["checks"]) == 0
    assert report["environment"]["docker"]["status"] == "ok"
    asked = {registry: len(scene.registries[registry].requests) for registry in scene.registries}
    assert [registry for registry, count in asked.items() if not count] == []
    assert [told["stdin"] for told in scene.asked_of_helpers()] != []
    assert scene.proxy is not None
    assert scene.proxy.connections
    causes = {finding["cause"] for finding in report["findings"]}
    assert {"image-name-unknown", "devcontainer-config-invalid"} <= causes
    assert any("the creation log" in line for finding in report["findings"] for line in finding["evidence"])


# What is printed


@pytest.mark.parametrize("form", tuple(FORMATS))
def test_nothing_printed_gives_a_credential_away(scene: Scene, form: str) -> None:
    told = reported(scene, "--format", form)
    assert len(told.stdout) > 10_000
    assert MASK.encode() in told.stdout
    assert traces(scene.maker.made, told.stdout + told.stderr) == {}


@pytest.mark.parametrize("form", tuple(FORMATS))
def test_no_file_written_gives_a_credential_away(scene: Scene, form: str) -> None:
    told = reported(scene, "--format", form, "--trace", "--anonymize", "--output", "written")
    written = scene.folder / "written"
    assert told.files == [written]
    content = written.read_bytes()
    written.unlink()
    assert len(content) > 10_000
    assert traces(scene.maker.made, content + told.stdout + told.stderr) == {}


def test_a_short_password_is_not_shown_in_the_base64_of_its_login(scene: Scene, first: Run) -> None:
    short = scene.environ["SHORT_CONTAINER_REGISTRY_PASSWORD"]
    pair = base64.b64encode(f"octocat:{short}".encode()).decode()
    assert any(request.authorization == f"Basic {pair}" for request in scene.registries["SHORT"].requests)
    assert pair[-8:] not in first.stdout.decode()


def test_what_was_said_before_a_credential_was_learnt_is_searched_for_it(scene: Scene) -> None:
    late = [each for each in scene.maker.made if each.name.startswith(("stored", "helper's", "identity"))]
    assert len(late) == 3
    path = scene.folder / "late.log"
    said = "; ".join(each.value for each in late)[:200]
    path.write_text(f"Error response from daemon: incorrect username or password: {said}\n")
    at = scene.options.index("--creation-log") + 1
    before, scene.options[at] = scene.options[at], str(path)
    told = reported(scene, "--format", "json")
    scene.options[at] = before
    path.unlink()
    assert b"the creation log, line 1" in told.stdout
    assert traces(scene.maker.made, told.stdout) == {}


@pytest.mark.parametrize("length", [5, 20])
def test_a_proxy_that_repeats_its_password_does_not_get_it_printed(tmp_path: Path, length: int) -> None:
    make = Maker(f"proxy {length}")
    password = make.word("password", length)
    pair = base64.b64encode(f"proxy-user:{password}".encode()).decode()
    (tmp_path / "run").mkdir()
    with proxy_answering(f"407 Not {password}, nor {pair} or {password[::-1]}") as proxy:
        environ = {
            "HTTPS_PROXY": f"http://proxy-user:{password}@{proxy.address}",
            "TEAM_CONTAINER_REGISTRY_SERVER": "registry.example.com",
            "TEAM_CONTAINER_REGISTRY_USER": "octocat",
            "TEAM_CONTAINER_REGISTRY_PASSWORD": make.word("beside"),
        }
        told = run(tmp_path / "run", "report", "--format", "json", "--trace", environ=environ)
    assert b"proxy-auth-required" in told.stdout
    assert traces(make.made, told.stdout + told.stderr) == {}
    assert pair[-8:] not in told.stdout.decode()


def test_a_token_service_whose_name_is_the_password_is_not_named(tmp_path: Path) -> None:
    make = Maker("realm")
    password = make.word("password").lower()
    (tmp_path / "run").mkdir()

    def handler(request: Request) -> Answer:
        port = registry.port
        if request.path == "/token":
            return Answer(403, body={"message": f"{password} is not welcome at {request.headers['host']}"})
        challenge = f'Bearer realm="http://{password}.localhost:{port}/token",service="{password}"'
        return Answer(401, {"WWW-Authenticate": challenge})

    with ScriptedRegistry(handler) as registry:
        environ = {
            "TEAM_CONTAINER_REGISTRY_SERVER": registry.address,
            "TEAM_CONTAINER_REGISTRY_USER": "octocat",
            "TEAM_CONTAINER_REGISTRY_PASSWORD": password,
        }
        for form in FORMATS:
            resolve = f"--resolve={password}.localhost:{registry.port}:127.0.0.1"
            told = run(tmp_path / "run", "report", "--format", form, "--trace", resolve, environ=environ)
            assert MASK.encode() in told.stdout
            assert traces(make.made, told.stdout + told.stderr) == {}, form
        assert any(request.path == "/token" for request in registry.with_credentials)


def test_no_form_of_a_report_gives_a_credential_away(scene: Scene) -> None:
    scene.forget()
    options = report_parser().parse_args(scene.options)
    *_, diagnose = cli._prepared(options, scene.environ, Deadline.after(options.timeout), Refusals())
    *_, last = diagnose(Target()).run()
    assert isinstance(last, Finished)
    for form in FORMATS:
        for report in (last.report, anonymized(last.report)):
            for trace in (False, True):
                assert traces(scene.maker.made, render(report, form, trace=trace)) == {}, (form, trace)


@pytest.mark.parametrize("option", ["--offline", "--engine=docker", "--only=ADMITS"])
def test_no_option_makes_a_report_give_more_away(scene: Scene, option: str) -> None:
    told = reported(scene, "--format", "json", "--trace", option)
    assert told.stdout
    assert traces(scene.maker.made, told.stdout + told.stderr) == {}


def test_neither_developer_mode_nor_loud_libraries_give_a_credential_away(scene: Scene) -> None:
    loud = {
        "LOUD": "1",
        "PYTHONDEVMODE": "1",
        "PYTHONASYNCIODEBUG": "1",
        "PYTHONTRACEMALLOC": "1",
        "BOTO_DEBUG": "1",
        "DOCKER_DEBUG": "1",
        "DEBUG": "*",
    }
    python = ("-X", "dev", "-W", "always", "-X", "tracemalloc=1")
    told = reported(scene, "--format", "text", "--trace", environ=loud, python=python)
    assert b"ADMITS" in told.stdout
    assert traces(scene.maker.made, told.stdout + told.stderr) == {}


# What is written and started


def test_nothing_is_written_unasked(first: Run) -> None:
    assert first.files == []
    opened = {name for name in first.opened_to_write if not name.isdecimal()}  # pipes to the helpers
    assert opened <= {"/dev/null"}
    changed = {"os.rename", "os.mkdir", "os.link", "os.symlink", "os.chmod", "os.truncate", "syslog.syslog"}
    assert changed.isdisjoint(event for event, _ in first.events)


def test_nothing_but_credential_helpers_is_started_and_asked_for_a_host_alone(
    scene: Scene, first: Run
) -> None:
    assert {Path(str(path)).name for path, *_ in first.started} == {
        "docker-credential-answering",
        "docker-credential-refusing",
    }
    assert {tuple(arguments[1:]) for _, arguments, *_ in first.started} == {("get",)}
    assert {"os.exec", "os.posix_spawn", "os.system", "webbrowser.open"}.isdisjoint(
        event for event, _ in first.events
    )
    hosts = {scene.registries[name].address for name in ("HELPED", "FAILING")}
    assert {told["stdin"] for told in scene.asked_of_helpers()} == hosts


def test_a_helper_gets_no_secret_set_and_no_token_of_regdoctors(scene: Scene, first: Run) -> None:
    given = [environ for *_, environ in first.started]
    given += [told["environ"] for told in scene.asked_of_helpers()]
    # What the helpers of clouds and of GitHub need, and have when docker starts them.
    usual = (
        "AWS_",
        "GITHUB_TOKEN",
        "GH_TOKEN",
        "GITHUB_CODESPACE_TOKEN",
        "DATABASE_",
        "proxy",
        "plain proxy",
    )
    hidden = [each for each in scene.maker.made if not each.name.startswith(usual)]
    assert len(given) >= 4
    for environ in given:
        assert traces(hidden, json.dumps(environ)) == {}
        assert "REGDOCTOR_TOKEN" not in environ
        assert environ["GITHUB_TOKEN"] == scene.environ["GITHUB_TOKEN"]
    # And nothing that the program has learnt itself.
    assert all(set(environ) <= {*scene.environ, *PLAIN} for *_, environ in first.started)


def test_only_peers_of_the_scene_are_connected_to(scene: Scene, first: Run) -> None:
    assert scene.proxy is not None
    known = {(registry.host, registry.port) for registry in scene.registries.values()}
    known |= {(scene.proxy.host, scene.proxy.port), ("127.0.0.1", 443)}
    for event, arguments in first.events:
        if event == "socket.connect":
            address = arguments[1]
            assert (
                address == scene.environ["DOCKER_HOST"].removeprefix("unix://") or tuple(address[:2]) in known
            )
        assert event != "socket.sendto"
        # urllib3 asks in this way whether there is IPv6.
        assert event != "socket.bind" or arguments[1] == ["::1", 0]
    looked_up = {str(arguments[0]) for event, arguments in first.events if event == "socket.getaddrinfo"}
    assert traces(scene.maker.made, "\n".join(looked_up)) == {}


# What is sent


def test_each_peer_is_shown_its_own_credentials_and_no_other(scene: Scene, first: Run) -> None:
    shown = 0
    for name, registry in scene.registries.items():
        right, _ = sent_to(registry)
        own = scene.owners.get(name, [])
        strangers = [each for each in scene.maker.made if each.value not in own]
        # Of so much that is made by chance, eight characters are the same now and then, in some form.
        found = {stranger: runs for stranger, runs in traces(strangers, right).items() if len(runs) > 1}
        assert found == {}, name
        shown += bool(traces([each for each in scene.maker.made if each.value in own], right))
    assert shown > 40


def test_a_credential_stands_in_the_authorization_and_nowhere_else(scene: Scene, first: Run) -> None:
    borrowed = [
        each for each in scene.maker.made if not each.name.startswith(("of the lender", "user and pass"))
    ]
    for name, registry in scene.registries.items():
        _, wrong = sent_to(registry)
        assert traces(borrowed, wrong) == {}, name


def test_the_secret_of_a_cloud_key_is_sent_to_nobody(scene: Scene, first: Run) -> None:
    secret = [each for each in scene.maker.made if each.name.startswith("key of a set")]
    assert len(secret) == 1
    for registry in scene.registries.values():
        assert traces(secret, "\n".join(sent_to(registry))) == {}


def test_a_proxy_is_shown_its_password_and_no_other(scene: Scene, first: Run) -> None:
    assert scene.proxy is not None
    heard = b"\n".join(bytes(each.received) for each in scene.proxy.connections)
    own = scene.owners["PROXY"]
    assert traces([each for each in scene.maker.made if each.value in own], heard)
    assert traces([each for each in scene.maker.made if each.value not in own], heard) == {}
