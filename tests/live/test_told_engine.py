"""What the Engine is told, and through which connections, proxies and redirects nothing goes."""

from __future__ import annotations

from typing import Any

import pytest

from regdoctor.settings import Override, Settings
from tests.lab import handlers
from tests.lab.certificates import Authority
from tests.lab.handlers import Bearer
from tests.lab.hostile.script import answer, speaking
from tests.lab.namespace import ADDRESS, Namespace
from tests.lab.peers import Peer
from tests.lab.programs import require
from tests.lab.scripted import Answer, Request, ScriptedRegistry
from tests.lab.town import Town, asked_to_log_in, at, naming, recording_engine, welcoming
from tests.live.running import (
    NOBODYS,
    check_of,
    diagnose,
    examine,
    look_in,
    run_program,
    variables_of,
    verdict,
)

GOOD, EVIL = "registry.good.test", "evil.test"
USER, PASSWORD = "alice", NOBODYS
SECOND = "Wq8-tnr5-jjbe-61zu"


# Connections


def test_a_connection_serves_one_host_and_one_only(authority: Authority) -> None:
    """Two names at one address, with one certificate, as at a hoster's."""
    passwords = {"one.good.test": PASSWORD, "two.good.test": SECOND}

    def registry(request: Request) -> Answer:
        host = request.headers["host"]
        return handlers.basic({USER: passwords[host]})(request)

    with ScriptedRegistry(registry, authority.issue(*passwords)) as server:
        overrides = tuple(Override(name, 443, server.host, server.port) for name in passwords)
        variables = variables_of("one.good.test", USER, PASSWORD, "ONE") | variables_of(
            "two.good.test", USER, SECOND, "TWO"
        )
        settings = Settings(timeout=10.0, jobs=1, ca_file=authority.ca_file, overrides=overrides)
        report = diagnose(variables, settings)
    assert [found.proved for found in report.sets] == [True, True]
    hosts_of: dict[int, set[str]] = {}
    for request in server.requests:
        hosts_of.setdefault(request.connection, set()).add(request.headers["host"])
        if request.basic:
            assert request.basic == (USER, passwords[request.headers["host"]])
    assert all(len(hosts) == 1 for hosts in hosts_of.values())


def test_what_is_to_be_encrypted_does_not_go_over_a_connection_that_is_not(authority: Authority) -> None:
    def registry(request: Request) -> Answer:
        return naming(f"https://{request.headers['host']}/token")(request)

    with ScriptedRegistry(registry) as server:
        result = examine(server.address, USER, PASSWORD)
        assert check_of(result, "login").status == "error"
        assert server.with_credentials == []


def test_a_name_of_this_machine_that_leads_elsewhere_gets_nothing_in_clear() -> None:
    require("ip", "mount", "nsenter", "unshare", namespaces=True)
    with Namespace(hosts={"registry.localhost": ADDRESS}) as namespace:
        registry = ScriptedRegistry(
            handlers.basic({USER: PASSWORD}), address=ADDRESS, listen=namespace.listen
        )
        with registry:
            server = f"registry.localhost:{registry.port}"
            run = run_program(variables_of(server, USER, PASSWORD), launch=namespace.launch)
        assert (run.code, run.verdict) == (1, "tls-plain-http")
        assert registry.requests
        assert registry.with_credentials == []


# Proxies


def recorder() -> Peer:
    """Something that takes any request, and says nothing of use."""
    return speaking(lambda asked: (answer(b"{}", "502 Bad Gateway"),))


def heard_by(peer: Peer) -> bytes:
    return b"\n".join(bytes(each.received) for each in peer.connections)


ALL_PROXIES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


def test_no_proxy_is_handed_what_is_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        recorder() as proxy,
        ScriptedRegistry(Bearer({USER: PASSWORD})) as registry,
        recording_engine() as engine,
    ):
        environ = dict.fromkeys(ALL_PROXIES, f"http://{proxy.address}")
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        environ["DOCKER_HOST"] = f"tcp://{engine.address}"
        result = examine(registry.address, USER, PASSWORD, environ=environ)
        assert result.proved
        assert asked_to_log_in(engine) == 1
        assert proxy.connections == []


# The Engine


@pytest.mark.parametrize("mode", ["auto", "docker"])
@pytest.mark.parametrize("realm", [f"https://{EVIL}/token", f"http://{GOOD}/token"])
def test_the_engine_is_not_asked_where_it_would_tell_a_stranger(
    authority: Authority, mode: Any, realm: str
) -> None:
    with Town(authority, {GOOD: naming(realm), EVIL: welcoming}) as town, recording_engine() as engine:
        result = look_in(town, GOOD, USER, PASSWORD, engine=mode, environ=at(engine))
        assert verdict(result) == "realm-not-trusted"
        assert asked_to_log_in(engine) == 0
        check = check_of(result, "engine")
        if mode == "auto":
            assert (check.status, check.reason) == ("skipped", "login failed")
        else:
            assert "the Engine would have sent it there" in " ".join(result.findings[0].evidence)


def test_the_engine_is_asked_where_all_is_well(authority: Authority) -> None:
    desk = Bearer({USER: PASSWORD}, realm=f"https://{GOOD}/token")
    with Town(authority, {GOOD: desk}) as town, recording_engine() as engine:
        for mode in ("auto", "docker"):
            result = look_in(town, GOOD, USER, PASSWORD, engine=mode, environ=at(engine))
            assert check_of(result, "engine").status == "ok"
        assert asked_to_log_in(engine) == 2


def test_that_nobody_saw_whom_the_engine_told_is_said(authority: Authority) -> None:
    """It may trust an authority that regdoctor does not know, and find its way alone."""
    with Town(authority, {GOOD: naming(f"https://{GOOD}/token")}) as town, recording_engine() as engine:
        result = examine(GOOD, USER, PASSWORD, environ=at(engine), engine="docker", overrides=town.overrides)
        assert check_of(result, "tls").status == "error"
        assert "the Engine alone knows whom it told" in (check_of(result, "engine").detail or "")


@pytest.mark.parametrize("mode", ["auto", "docker"])
def test_the_engine_is_not_asked_where_more_is_said_than_anybody_reads(
    authority: Authority, mode: Any
) -> None:
    flood = handlers.challenging(*(f'Bearer realm="https://{EVIL}/{at}"' for at in range(40)))
    with Town(authority, {GOOD: flood, EVIL: welcoming}) as town, recording_engine() as engine:
        result = look_in(town, GOOD, USER, PASSWORD, engine=mode, environ=at(engine))
        assert verdict(result) == "not-a-registry"
        assert asked_to_log_in(engine) == 0
        assert town.requests(EVIL) == []


def test_the_engine_is_not_asked_where_it_would_send_it_in_clear(authority: Authority) -> None:
    """Where its configuration lists the registry as insecure, it does."""
    with recording_engine() as engine, ScriptedRegistry(handlers.basic({USER: PASSWORD})) as registry:
        result = examine(
            GOOD,
            USER,
            PASSWORD,
            environ=at(engine),
            engine="docker",
            overrides=(Override(GOOD, 443, registry.host, registry.port),),
        )
        assert verdict(result) == "tls-plain-http"
        assert check_of(result, "engine").status == "skipped"
        assert asked_to_log_in(engine) == 0
        assert registry.with_credentials == []


@pytest.mark.parametrize("mode", ["auto", "docker"])
def test_an_engine_on_another_machine_is_told_nothing_in_clear(mode: str) -> None:
    require("ip", "mount", "nsenter", "unshare", namespaces=True)
    with Namespace() as namespace:
        engine = recording_engine(address=ADDRESS, listen=namespace.listen)
        registry = ScriptedRegistry(handlers.basic({USER: PASSWORD}), listen=namespace.listen)
        with engine, registry:
            environ = {"DOCKER_HOST": f"tcp://{engine.address}"}
            variables = variables_of(registry.address, USER, PASSWORD)
            run = run_program(variables, "--engine", mode, environ=environ, launch=namespace.launch)
        assert asked_to_log_in(engine) == 0
        check = run.check("engine")
        if mode == "auto":
            assert (run.code, check["status"], run.set["proved"]) == (0, "skipped", True)
            assert "unencrypted" in check["reason"]
        else:
            assert (run.code, run.verdict, check["status"]) == (1, "realm-not-trusted", "error")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_an_engine_s_redirect_is_told_nothing(authority: Authority, status: int) -> None:
    with (
        ScriptedRegistry(welcoming) as stranger,
        ScriptedRegistry(handlers.basic({USER: PASSWORD})) as registry,
    ):
        away = handlers.redirecting(f"{stranger.url}/auth", status)
        with recording_engine(away) as engine:
            result = examine(registry.address, USER, PASSWORD, environ=at(engine))
        assert check_of(result, "engine").status == "error"
        assert stranger.requests == []


def test_an_engine_is_not_shown_what_netrc_has(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    netrc = tmp_path_factory.mktemp("home") / "netrc"
    netrc.write_text(f"machine 127.0.0.1 login mona password {SECOND}\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with recording_engine() as engine, ScriptedRegistry(handlers.basic({USER: PASSWORD})) as registry:
        result = examine(registry.address, USER, PASSWORD, environ=at(engine))
        assert check_of(result, "engine").status == "ok"
        assert all(request.authorization is None for request in engine.requests)
