"""The real Engine: what it is asked and what not, how it is found, and that it and our client agree."""

from __future__ import annotations

import hashlib
import json
import os
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from regdoctor.probes.deadline import Deadline
from regdoctor.probes.engine import find_engine
from tests.lab import handlers
from tests.lab.certificates import Authority
from tests.lab.engine import Engine
from tests.lab.namespace import ADDRESS, Namespace
from tests.lab.programs import program, require
from tests.lab.registry import USERS, Registry
from tests.lab.scripted import Answer, Request, ScriptedRegistry
from tests.live.fake_engine import fake_engine, forbidden_socket, of_today, silent_socket, too_new, too_old
from tests.live.running import NO_ENGINE, NOBODYS, check_of, examine, run_program, variables_of, verdict

USER, PASSWORD = "alice", USERS["alice"]
VENDOR_NAME = "mycompany.azurecr.io"


def at(host: str) -> dict[str, str]:
    """The environment in which docker talks to this Engine."""
    return {"DOCKER_HOST": host}


def causes_of_no_set(report: dict[str, list[dict[str, str]]]) -> list[tuple[str, str]]:
    return [(finding["cause"], finding["severity"]) for finding in report["findings"]]


# Who logs in


def test_under_auto_the_engine_logs_in_too(engine: Engine, real_registry: Registry) -> None:
    run = run_program(variables_of(real_registry.address, USER, PASSWORD), environ=at(engine.docker_host))
    assert (run.code, run.verdict, run.set["proved"]) == (0, None, True)
    assert (run.check("login")["status"], run.check("engine")["status"]) == ("ok", "ok")
    assert engine.version in run.check("engine")["detail"]
    assert run.report["environment"]["docker"] == {"status": "ok", "version": engine.version}


def test_under_auto_the_engine_is_not_asked_after_a_refusal(engine: Engine, real_registry: Registry) -> None:
    refused = len(real_registry.refused_logins())
    run = run_program(variables_of(real_registry.address, USER, NOBODYS), environ=at(engine.docker_host))
    assert (run.code, run.verdict) == (1, "bad-credentials")
    check = run.check("engine")
    assert check["status"] == "skipped"
    assert "login" in check["reason"]
    assert real_registry.refused_logins()[refused:] == [USER]
    assert run.report["environment"]["docker"]["status"] == "ok"


def test_under_docker_the_engine_alone_logs_in(engine: Engine, real_registry: Registry) -> None:
    requests = len(real_registry.requests())
    run = run_program(
        variables_of(real_registry.address, USER, PASSWORD),
        *("--engine", "docker"),
        environ=at(engine.docker_host),
    )
    assert (run.code, run.verdict, run.set["proved"]) == (0, None, True)
    assert run.check("engine")["status"] == "ok"
    login = run.check("login")
    assert (login["status"], "--engine docker" in login["reason"]) == ("skipped", True)
    accepted = [each for each in real_registry.requests(requests + 2)[requests:] if each.status == 200]
    assert accepted
    assert not any("regdoctor" in each.user_agent for each in accepted)


def test_under_docker_a_refused_password_is_sent_exactly_once(
    engine: Engine, real_registry: Registry
) -> None:
    refused = len(real_registry.refused_logins())
    run = run_program(
        variables_of(real_registry.address, USER, NOBODYS),
        *("--engine", "docker"),
        environ=at(engine.docker_host),
    )
    assert (run.code, run.verdict, run.set["proved"]) == (1, "bad-credentials", False)
    assert run.check("engine")["status"] == "error"
    assert real_registry.refused_logins()[refused:] == [USER]


def test_under_direct_the_engine_is_not_even_looked_for(engine: Engine, real_registry: Registry) -> None:
    run = run_program(
        variables_of(real_registry.address, USER, PASSWORD),
        *("--engine", "direct"),
        environ=at(engine.docker_host),
    )
    assert (run.code, run.verdict, run.set["proved"]) == (0, None, True)
    assert run.check("engine")["reason"] == "--engine direct"
    assert run.report["environment"]["docker"] == {"status": "not-asked", "version": None}


# No Engine


@pytest.mark.parametrize(
    ("mode", "severity", "code"), [("auto", "info", 0), ("docker", "error", 1), ("direct", None, 0)]
)
def test_no_engine_is_info_under_auto_and_an_error_under_docker(
    real_registry: Registry, mode: str, severity: str | None, code: int
) -> None:
    run = run_program(variables_of(real_registry.address, USER, PASSWORD), "--engine", mode)
    assert run.code == code
    found = causes_of_no_set(run.report)
    assert [each[1] for each in found] == ([severity] if severity else [])
    assert {each[0] for each in found} <= {"docker-not-running", "docker-not-installed"}
    assert run.check("engine")["status"] == "skipped"
    if mode != "docker":
        assert (run.set["status"], run.set["proved"]) == ("ok", True)
    else:
        assert not run.set["proved"]
    status = run.report["environment"]["docker"]["status"]
    assert status in (("not-asked",) if mode == "direct" else ("not-running", "not-installed"))


@pytest.mark.parametrize("host", ["tcp://127.0.0.1:1", "nonsense://somewhere", "unix:///etc/passwd"])
def test_an_address_where_no_engine_is_is_docker_not_running(real_registry: Registry, host: str) -> None:
    run = run_program(variables_of(real_registry.address, USER, PASSWORD), environ=at(host))
    assert (run.code, run.set["status"], run.set["proved"]) == (0, "ok", True)
    assert causes_of_no_set(run.report) == [("docker-not-running", "info")]


def test_a_socket_that_belongs_to_others_is_docker_permission_denied(real_registry: Registry) -> None:
    require("setpriv", namespaces=True)
    # As root without the right to ignore permissions: another user might not reach this Python at all.
    launch = [program("setpriv"), "--bounding-set=-dac_override,-dac_read_search", "--"]
    with forbidden_socket() as host:
        run = run_program(
            variables_of(real_registry.address, USER, PASSWORD), environ=at(host), launch=launch
        )
    assert (run.code, run.set["status"], run.set["proved"]) == (0, "ok", True)
    assert causes_of_no_set(run.report) == [("docker-permission-denied", "info")]
    assert run.report["environment"]["docker"]["status"] == "permission-denied"
    assert run.check("engine")["reason"] == "docker-permission-denied"


@pytest.mark.parametrize(
    ("engine_of", "mode", "severity", "code"),
    [(too_old, "auto", "info", 0), (too_new, "auto", "info", 0), (too_old, "docker", "error", 1)],
)
def test_an_engine_with_another_api_is_docker_api_mismatch(
    real_registry: Registry,
    engine_of: Callable[[str], tuple[int, dict[str, str]]],
    mode: str,
    severity: str,
    code: int,
) -> None:
    with fake_engine(engine_of) as host:
        run = run_program(
            variables_of(real_registry.address, USER, PASSWORD), "--engine", mode, environ=at(host)
        )
    assert run.code == code
    assert causes_of_no_set(run.report) == [("docker-api-mismatch", severity)]
    assert run.report["environment"]["docker"]["status"] == "api-mismatch"


def test_an_engine_that_never_answers_costs_no_more_than_the_timeout(real_registry: Registry) -> None:
    with silent_socket() as host:
        run = run_program(
            variables_of(real_registry.address, USER, PASSWORD), "--timeout", "2", environ=at(host)
        )
    assert run.seconds <= 2 + 1
    assert (run.code, run.set["status"], run.set["proved"]) == (0, "ok", True)
    assert causes_of_no_set(run.report) == [("docker-not-running", "info")]


@pytest.mark.parametrize(("mode", "code"), [("auto", None), ("docker", 1)])
def test_an_engine_that_dies_at_the_login_is_an_answer_and_no_crash(
    real_registry: Registry, mode: str, code: int | None
) -> None:
    with fake_engine(of_today) as host:
        run = run_program(
            variables_of(real_registry.address, USER, PASSWORD), "--engine", mode, environ=at(host)
        )
    assert run.check("engine")["status"] == "error"
    assert run.verdict != "internal-error"
    assert run.code == (1 if code is None else code)


def test_a_login_by_the_engine_that_takes_too_long_is_an_answer_and_no_crash(engine: Engine) -> None:
    slow_login = handlers.basic(USERS)

    def answer(request: Request) -> Answer:
        if request.basic is None:
            return slow_login(request)
        return Answer(200, handlers.API_VERSION, {}, delay=30)

    with ScriptedRegistry(answer) as registry:
        run = run_program(
            variables_of(registry.address, USER, PASSWORD),
            *("--engine", "docker", "--timeout", "2"),
            environ=at(engine.docker_host),
        )
    assert run.seconds <= 2 + 1
    assert run.check("engine")["status"] == "error"
    assert (run.code, run.verdict, run.set["proved"]) == (1, "timeout-overall", False)


# Where the Engine is found


def store_context(folder: Path, name: str, host: str) -> None:
    """A context as `docker context create` stores it."""
    meta = folder / "contexts" / "meta" / hashlib.sha256(name.encode()).hexdigest()
    meta.mkdir(parents=True)
    endpoint = {"Host": host, "SkipTLSVerify": False}
    content = {"Name": name, "Metadata": {}, "Endpoints": {"docker": endpoint}}
    (meta / "meta.json").write_text(json.dumps(content))


@pytest.mark.parametrize("chosen_by", ["DOCKER_CONTEXT", "currentContext"])
@pytest.mark.parametrize("place", ["DOCKER_CONFIG", "HOME"])
def test_the_engine_of_the_context_is_asked(
    engine: Engine, real_registry: Registry, tmp_path: Path, chosen_by: str, place: str
) -> None:
    folder = tmp_path / ("elsewhere" if place == "DOCKER_CONFIG" else ".docker")
    store_context(folder, "lab", engine.docker_host)
    environ = {"DOCKER_HOST": ""}
    if place == "DOCKER_CONFIG":
        environ["DOCKER_CONFIG"] = str(folder)
    if chosen_by == "DOCKER_CONTEXT":
        environ["DOCKER_CONTEXT"] = "lab"
    else:
        (folder / "config.json").write_text(json.dumps({"currentContext": "lab"}))
    variables = variables_of(real_registry.address, USER, PASSWORD)
    run = run_program(variables, home=str(tmp_path), environ=environ)
    assert run.report["environment"]["docker"] == {"status": "ok", "version": engine.version}
    assert run.check("engine")["status"] == "ok"


def test_a_context_that_does_not_exist_is_not_replaced_by_the_default_socket(
    real_registry: Registry, tmp_path: Path
) -> None:
    """As docker, which says: context "gone" not found."""
    environ = {"DOCKER_HOST": "", "DOCKER_CONTEXT": "gone"}
    variables = variables_of(real_registry.address, USER, PASSWORD)
    run = run_program(variables, home=str(tmp_path), environ=environ)
    assert run.report["environment"]["docker"]["status"] != "ok"
    assert [finding["severity"] for finding in run.report["findings"]] == ["info"]
    assert "gone" in " ".join(run.report["findings"][0]["evidence"])


@pytest.mark.parametrize("meta", ["[" * 100_000, "{}", "[]", '{"Endpoints": null}', "\0"])
def test_a_context_that_cannot_be_read_is_not_found(meta: str, tmp_path: Path) -> None:
    store_context(tmp_path, "lab", NO_ENGINE)
    (file,) = tmp_path.glob("contexts/meta/*/meta.json")
    file.write_text(meta)
    found = find_engine({"DOCKER_CONFIG": str(tmp_path), "DOCKER_CONTEXT": "lab"}, Deadline.after(5))
    assert not found.answers
    assert "the docker context lab was not found" in found.evidence


@pytest.mark.parametrize("host", ["unix:///nonexistent\ud800", "unix:///nonexistent\0", "unix://"])
def test_a_context_that_names_no_socket_is_an_engine_that_does_not_run(host: str, tmp_path: Path) -> None:
    store_context(tmp_path, "lab", host)
    found = find_engine({"DOCKER_CONFIG": str(tmp_path), "DOCKER_CONTEXT": "lab"}, Deadline.after(5))
    assert found.docker.status in ("not-running", "not-installed")


def test_docker_host_wins_over_the_context(engine: Engine, real_registry: Registry, tmp_path: Path) -> None:
    store_context(tmp_path / ".docker", "lab", NO_ENGINE)
    environ = {"DOCKER_HOST": engine.docker_host, "DOCKER_CONTEXT": "lab"}
    variables = variables_of(real_registry.address, USER, PASSWORD)
    run = run_program(variables, home=str(tmp_path), environ=environ)
    assert run.report["environment"]["docker"]["status"] == "ok"


# Trust


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    require("ip", "mount", "nsenter", "unshare", namespaces=True)
    with Namespace(hosts={VENDOR_NAME: ADDRESS}) as namespace:
        yield namespace


@pytest.fixture(scope="module")
def vendor(namespace: Namespace, authority: Authority) -> Iterator[Registry]:
    """The real registry under a vendor's name, at port 443 of an address that is not loopback."""
    require("docker-registry", "setpriv")
    certificate = authority.issue(VENDOR_NAME)
    with Registry(
        USERS, certificate=certificate, address=ADDRESS, port=443, launch=namespace.launch
    ) as registry:
        yield registry


def test_an_engine_that_does_not_know_the_ca_fails_in_its_own_check(
    namespace: Namespace, vendor: Registry, authority: Authority
) -> None:
    require("dockerd", "containerd", "setpriv", namespaces=True)
    with Engine(launch=namespace.launch) as engine:
        run = run_program(
            variables_of(VENDOR_NAME, USER, PASSWORD),
            *("--ca-file", authority.ca_file),
            environ=at(engine.docker_host),
            launch=namespace.launch,
        )
    assert run.set["registry"] == "acr"
    assert (run.check("login")["status"], run.set["proved"]) == ("ok", True)
    assert run.check("engine")["status"] == "error"
    assert (run.code, run.verdict) == (1, "tls-unknown-ca")
    assert vendor.refused_logins() == []


def test_an_engine_that_knows_the_ca_logs_in(
    namespace: Namespace, vendor: Registry, authority: Authority
) -> None:
    require("dockerd", "containerd", "setpriv", namespaces=True)
    with Engine(launch=namespace.launch, environment={"SSL_CERT_FILE": authority.ca_file}) as engine:
        run = run_program(
            variables_of(VENDOR_NAME, USER, PASSWORD),
            *("--ca-file", authority.ca_file),
            environ=at(engine.docker_host),
            launch=namespace.launch,
        )
    assert (run.code, run.verdict, run.check("engine")["status"]) == (0, None, "ok")


# What is left behind


def test_the_configuration_of_docker_is_not_touched(
    engine: Engine, real_registry: Registry, tmp_path: Path
) -> None:
    config = tmp_path / ".docker" / "config.json"
    config.parent.mkdir()
    content = b'{"auths" :{"ghcr.io":{ "auth":"Ym9iOnNlY3JldA=="}}, "credsStore":"no-such-helper"}\n\n'
    config.write_bytes(content)
    before = config.stat()
    for password, mode in ((PASSWORD, "auto"), (NOBODYS, "docker")):
        run_program(
            variables_of(real_registry.address, USER, password),
            *("--engine", mode),
            home=str(tmp_path),
            environ=at(engine.docker_host),
        )
    assert config.read_bytes() == content
    assert (config.stat().st_mtime_ns, config.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert [path.name for path in config.parent.iterdir()] == ["config.json"]


def test_nothing_is_written_and_the_password_is_in_no_file(engine: Engine, tmp_path: Path) -> None:
    require("docker-registry", "setpriv")
    password = f"kv73-{uuid.uuid4().hex}"
    home = tmp_path / "home"
    home.mkdir()
    with Registry({USER: password}) as registry:
        start = time.time() - 1
        for mode in ("auto", "docker"):
            run = run_program(
                variables_of(registry.address, USER, password),
                *("--engine", mode),
                home=str(home),
                environ={**at(engine.docker_host), "TMPDIR": "/tmp"},
            )
            assert (run.code, run.set["proved"]) == (0, True)
        holding = [path for path in written_since(start, "/tmp") if password.encode() in content_of(path)]
    assert list(home.rglob("*")) == []
    assert holding == []


def written_since(moment: float, folder: str) -> Iterator[str]:
    """The files under a folder that were written after a moment; others write there too, and take away."""
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            try:
                known = os.lstat(path)
            except OSError:
                continue  # it has just been deleted
            if os.path.isfile(path) and max(known.st_mtime, known.st_ctime) >= moment:
                yield path


def content_of(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(16 << 20)
    except OSError:
        return b""  # it has just been deleted


# One cause, whoever meets it

TABLE: list[tuple[str, Callable[[Request], Answer], str]] = [
    ("basic, wrong password", handlers.basic(USERS), "bad-credentials"),
    ("bearer, wrong password", handlers.Bearer(USERS), "bad-credentials"),
    ("500", handlers.failing(500, "oops"), "registry-unavailable"),
    ("503", handlers.failing(503, "down for maintenance"), "registry-unavailable"),
    ("404", handlers.not_found, "not-a-registry"),
    ("page 404", handlers.web_page(404), "not-a-registry"),
    ("429", handlers.failing(429, "slow down", retry_after=60), "rate-limited"),
]


@pytest.mark.parametrize(("handler", "cause"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_our_client_and_the_engine_name_the_same_cause(
    engine: Engine, handler: Callable[[Request], Answer], cause: str
) -> None:
    environ = at(engine.docker_host)
    with ScriptedRegistry(handler) as registry:
        ours = examine(registry.address, USER, NOBODYS, environ=environ, engine="direct")
        theirs = examine(registry.address, USER, NOBODYS, environ=environ, engine="docker")
    check = check_of(theirs, "engine")
    assert verdict(ours) == cause
    assert [finding.cause for finding in check.findings] == [cause], check
    assert verdict(theirs) == cause


def test_a_web_page_that_the_engine_takes_for_a_registry_is_told_as_a_warning(engine: Engine) -> None:
    """The Engine is content with any 200: a login that proves nothing of the credential."""
    with ScriptedRegistry(handlers.web_page()) as registry:
        arguments = (registry.address, USER, NOBODYS)
        ours = examine(*arguments, environ=at(engine.docker_host), engine="auto")
        theirs = examine(*arguments, environ=at(engine.docker_host), engine="docker")
    assert verdict(ours) == "not-a-registry"
    assert (ours.status, ours.proved) == ("error", False)
    assert check_of(ours, "engine").status == "skipped"
    assert verdict(theirs) == "not-a-registry"
    assert theirs.status in ("warning", "error")
