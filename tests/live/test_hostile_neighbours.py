"""Those beside the registry who misbehave: proxies, name servers, AWS, GitHub's API, the Engine. Each is
bounded in time and bytes, costs no more than its own check, and is given no credential that is not for it."""

from __future__ import annotations

import gzip
import json
import socket
import time
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from regdoctor.model import SetResult
from regdoctor.settings import Override, Settings
from tests.lab import handlers, peers
from tests.lab.certificates import Authority
from tests.lab.hostile.script import (
    HOLD,
    RECEIVED,
    Asked,
    Script,
    Words,
    answer,
    dripping,
    endless,
    head,
    narrow,
    play,
    speaking,
)
from tests.lab.hostile.texts import ACTING
from tests.lab.namespace import Namespace
from tests.lab.peers import Peer, Session
from tests.lab.programs import require
from tests.lab.scripted import ScriptedRegistry
from tests.live.resolver import Resolver
from tests.live.running import NOBODYS, check_of, diagnose, examine, run_program, shows, variables_of, verdict

NAME = "registry.example.test"
USER, PASSWORD = "alice", NOBODYS
SHORT = 2.0
"""Seconds for a peer that never comes to an end."""
LONG = 20.0
"""Seconds for one that does, on whatever machine."""
LINE = ACTING.encode().decode("latin-1")
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n" * 100


def patience(name: str) -> float:
    """How long a peer of a table is waited for."""
    return SHORT if name in ("never", "dripping") or name.startswith(("silence", "garbage")) else LONG


def acting_in(value: object) -> set[str]:
    """The characters in the text of a value that a terminal would obey, or not show."""
    acting = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return {each for each in str(value) if unicodedata.category(each) in acting and each != "\n"}


def texts_of(result: SetResult) -> list[str]:
    found = [line for finding in result.findings for line in (finding.title, *finding.evidence)]
    return [*found, *(text for check in result.checks for text in (check.detail, check.reason) if text)]


def taken(peer: Peer) -> int:
    return sum(connection.sent for connection in peer.connections)


def heard(peer: Peer) -> bytes:
    return b"".join(bytes(connection.received) for connection in peer.connections)


def said_by(result: SetResult) -> str:
    return " ".join(result.findings[0].evidence)


# Name servers


def test_a_name_with_a_thousand_addresses_is_tried_at_a_few_of_them() -> None:
    require("ip", "mount", "nsenter", "unshare", namespaces=True)
    addresses = [f"203.0.{113 + at // 250}.{at % 250}" for at in range(1000)]
    with Namespace() as namespace:

        def bind() -> socket.socket:
            listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            listener.bind((namespace.nameserver, 53))
            return listener

        with Resolver(namespace.call(bind), {NAME: addresses}):
            run = run_program(variables_of(NAME, USER, PASSWORD), launch=namespace.launch)
    assert (run.code, run.verdict) == (1, "network-unreachable")
    assert run.check("dns")["status"] == "ok"
    assert 2 <= len(run.set["findings"][0]["evidence"]) <= 16


# Proxies

ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"


def then_held(words: Words) -> Peer:
    """A proxy that says something to everybody, and stays."""

    def behave(session: Session) -> None:
        narrow(session.socket)
        session.receive_request()
        play(session, words)
        session.hold()

    return Peer(behave)


PROXIES: dict[str, tuple[Callable[[], Words], str, str]] = {
    "garbage after the tunnel": (lambda: (ESTABLISHED, b"\xde\xad\xbe\xef" * 200), "tls-protocol", "tls"),
    "a page after the tunnel": (lambda: (ESTABLISHED, answer(b"<html>")), "tls-plain-http", "tls"),
    "noise after the tunnel": (lambda: endless(ESTABLISHED, b"x" * 4096), "tls-protocol", "tls"),
    "silence after the tunnel": (lambda: (ESTABLISHED,), "tls-timeout", "tls"),
    "a head without end": (lambda: endless(b"HTTP/1.1 200 OK\r\n", b"X-Lab: y\r\n"), "proxy-error", "tcp"),
    "a line without end": (lambda: endless(b"", b"z" * 4096), "proxy-error", "tcp"),
    "continue without end": (lambda: endless(b"", CONTINUE), "proxy-error", "tcp"),
    "silence": (lambda: (), "proxy-error", "tcp"),
    "dripping": (lambda: dripping(ESTABLISHED), "proxy-error", "tcp"),
    "words that act": (lambda: (f"HTTP/1.1 403 {LINE}\r\n\r\n".encode("latin-1"),), "proxy-error", "tcp"),
    "a strange status": (lambda: (b"HTTP/1.1 2 OK\r\n\r\n",), "proxy-error", "tcp"),
    "a password, please": (
        lambda: (b"HTTP/1.1 407 Again\r\nProxy-Authenticate: Basic\r\n\r\n",),
        "proxy-auth-required",
        "tcp",
    ),
}


@pytest.mark.parametrize("name", PROXIES)
def test_a_proxy_that_lies_is_found_out(name: str) -> None:
    words, cause, check = PROXIES[name]
    with then_held(words()) as proxy:
        start = time.monotonic()
        environ = {"HTTPS_PROXY": f"http://{proxy.address}"}
        result = examine(NAME, USER, PASSWORD, environ=environ, timeout=patience(name))
        assert time.monotonic() - start < patience(name) + 1
        assert (verdict(result), check_of(result, check).status) == (cause, "error")
        assert cause.startswith("proxy-") or "proxy-error" in result.findings[0].also_possible
        assert proxy.address in said_by(result)
        assert "HTTPS_PROXY" in said_by(result)
        assert acting_in(texts_of(result)) == set()
        assert taken(proxy) <= RECEIVED
        assert b"uthorization" not in heard(proxy)
        assert 1 <= len(proxy.connections) <= 2


def test_a_proxy_that_ends_its_answer_in_the_middle_has_no_tunnel() -> None:
    with peers.answering(b"HTTP/1.1 200 OK\r\nX-Lab: 1\r\n") as proxy:
        result = examine(NAME, environ={"HTTPS_PROXY": f"http://{proxy.address}"}, timeout=SHORT)
    assert verdict(result) == "proxy-error"
    assert "did not come to an end" in said_by(result)


def test_a_proxy_that_leads_to_another_host_meets_its_certificate(authority: Authority) -> None:
    def behave(session: Session) -> None:
        session.receive_request()
        session.send(ESTABLISHED)
        session.start_tls(authority.issue("other.example.test").server_context())
        session.receive_request()

    with Peer(behave) as proxy:
        environ = {"HTTPS_PROXY": f"http://{proxy.address}"}
        result = examine(NAME, USER, PASSWORD, environ=environ, ca_file=authority.ca_file, timeout=SHORT)
        assert b"GET" not in heard(proxy)
    assert verdict(result) == "tls-hostname-mismatch"
    assert "proxy-error" in result.findings[0].also_possible
    assert proxy.address in said_by(result)


# AWS

KEY_ID, SECRET_KEY = "AKIAQX7VNT2ZZPD93WFL", "kxq7vnt2zzpd93wfkxq7vnt2zzpd93wfLq8mRt4Y"
ECR_HOST = "123456789012.dkr.ecr.us-east-1.amazonaws.com"


def aws(body: bytes, status: str = "200 OK", *headers: str) -> Script:
    return lambda asked: (answer(body, status, *headers),)


def token(value: object) -> bytes:
    return json.dumps({"authorizationData": [{"authorizationToken": value}]}).encode()


AWS: dict[str, tuple[Script, str]] = {
    "without end": (lambda asked: endless(head(), b'{"authorizationData": ['), "not-a-registry"),
    "continue without end": (lambda asked: endless(b"", CONTINUE), "not-a-registry"),
    "never": (lambda asked: (HOLD,), "timeout-overall"),
    "dripping": (lambda asked: dripping(answer(token("x"))), "timeout-overall"),
    "no json": (aws(b"<xml>&&&</xml>"), "not-a-registry"),
    "nested deep": (aws(b'{"authorizationData":' + b"[" * 50000), "not-a-registry"),
    "a list": (aws(b"[1, 2]"), "not-a-registry"),
    "huge numbers": (aws(b'{"authorizationData": ' + b"9" * 50000 + b"}"), "not-a-registry"),
    "a token without end": (aws(token("QVdTOg==" * (5 << 17))), "not-a-registry"),
    "a token of fifty thousand": (aws(token("QVdTOnh4" * 6000)), "not-a-registry"),
    "a token with line ends": (aws(token("QVdTOngNClktSW5qZWN0ZWQ6IDE=")), "not-a-registry"),
    "a token that is none": (aws(token(["x"])), "not-a-registry"),
    "words that act": (
        aws(json.dumps({"__type": ACTING, "message": ACTING}).encode(), f"400 {LINE}", f"Server: {LINE}"),
        "unknown",
    ),
    "a redirect": (aws(b"", "307 Elsewhere", "Location: http://127.0.0.1:1/"), "not-a-registry"),
}


@pytest.mark.parametrize("name", AWS)
def test_an_aws_that_lies_is_found_out(authority: Authority, name: str) -> None:
    script, cause = AWS[name]
    with (
        speaking(script) as api,
        ScriptedRegistry(handlers.basic({}), authority.issue(ECR_HOST)) as registry,
    ):
        seconds = max(patience(name), 8.0)  # boto3 alone takes its time
        settings = Settings(
            timeout=seconds,
            ca_file=authority.ca_file,
            overrides=(Override(ECR_HOST, 443, registry.host, registry.port),),
        )
        environ = {"AWS_ENDPOINT_URL": f"http://{api.address}"}
        start = time.monotonic()
        (result,) = diagnose(variables_of(ECR_HOST, KEY_ID, SECRET_KEY, "ECR"), settings, environ).sets
        assert time.monotonic() - start < seconds + 1
        assert (verdict(result), check_of(result, "exchange").status) == (cause, "error"), result.findings
        assert registry.with_credentials == []
        assert acting_in(texts_of(result)) == set()
        assert taken(api) <= RECEIVED
        assert not shows(heard(api), SECRET_KEY)
        assert len(api.connections) == 1


# GitHub's API

GITHUB: dict[str, Script] = {
    "without end": lambda asked: endless(head(), b'{"login": "' + b"x" * 4096),
    "never": lambda asked: (HOLD,),
    "nested deep": aws(b'{"login":' * 6000),
    "no json": aws(b"\xff\xfe\x00"),
    "a list": aws(b"[]"),
    "names that act": aws(
        json.dumps({"login": ACTING}).encode(),
        "200 OK",
        f"X-OAuth-Scopes: {LINE}, read:packages",
        f"GitHub-Authentication-Token-Expiration: {LINE}",
    ),
    "words that act": aws(json.dumps({"message": ACTING}).encode(), "401 No"),
    "a redirect": aws(b"", "301 Moved", "Location: https://elsewhere.example.test/user"),
}


@pytest.mark.parametrize("name", GITHUB)
def test_a_github_api_that_lies_costs_no_login(authority: Authority, name: str) -> None:
    classic = "ghp_Kxq7vnt2zzpd93wfLq8mRt4Yb6Ws1Ze5Hu0J"
    with (
        speaking(GITHUB[name], authority.issue("api.github.com")) as api,
        ScriptedRegistry(handlers.basic({USER: classic}), authority.issue("ghcr.io")) as registry,
        ScriptedRegistry(handlers.anonymous(), authority.issue("elsewhere.example.test")) as elsewhere,
    ):
        result = examine(
            "ghcr.io",
            USER,
            classic,
            timeout=patience(name),
            ca_file=authority.ca_file,
            overrides=(
                Override("ghcr.io", 443, registry.host, registry.port),
                Override("api.github.com", 443, api.host, api.port),
                Override("elsewhere.example.test", 443, elsewhere.host, elsewhere.port),
            ),
        )
        assert (result.status, result.proved) == ("ok", True), result.findings
        assert acting_in(texts_of(result)) == set()
        assert taken(api) <= RECEIVED
        assert heard(api).count(classic.encode()) == 1
        assert elsewhere.requests == []


# The Engine

VERSION = answer(json.dumps({"Version": "28.2.2", "ApiVersion": "1.41", "MinAPIVersion": "1.24"}).encode())


def engine(*, version: Script = lambda asked: (VERSION,), login: Script = lambda asked: (VERSION,)) -> Peer:
    """An Engine that says what it likes of itself, and to a login."""
    return speaking(lambda asked: login(asked) if asked.path.endswith("/auth") else version(asked))


def engine_says(body: Any, status: str = "200 OK") -> Script:
    return lambda asked: (answer(json.dumps(body).encode(), status),)


VERSIONS: dict[str, Script] = {
    "without end": lambda asked: endless(head(), b'["' + b"x" * 4096),
    "never": lambda asked: (HOLD,),
    "dripping": lambda asked: dripping(VERSION),
    "no json": aws(b"nonsense"),
    "a list": engine_says([1]),
    "nested deep": aws(b"[" * 60000),
    "a version that is none": engine_says({"Version": "1", "ApiVersion": f"../{ACTING}"}),
    "a redirect": aws(b"", "307 Elsewhere", "Location: http://127.0.0.1:1/version"),
    "an outage": engine_says({"message": ACTING}, f"500 {LINE}"),
}


@pytest.mark.parametrize("name", VERSIONS)
def test_an_engine_that_is_none_costs_no_login(name: str) -> None:
    with (
        ScriptedRegistry(handlers.basic({USER: PASSWORD})) as registry,
        engine(version=VERSIONS[name]) as peer,
    ):
        settings = Settings(timeout=patience(name))
        start = time.monotonic()
        report = diagnose(
            variables_of(registry.address, USER, PASSWORD), settings, {"DOCKER_HOST": f"tcp://{peer.address}"}
        )
        assert time.monotonic() - start < patience(name) + 1
        (result,) = report.sets
        assert (result.status, result.proved) == ("ok", True), result.findings
        (found,) = report.findings
        assert (found.cause, found.severity) == ("docker-not-running", "info")
        assert acting_in((found.title, found.evidence, report.environment.docker)) == set()
        assert taken(peer) <= RECEIVED
        assert not shows(heard(peer), PASSWORD)


def test_an_engine_whose_version_acts_is_told_of_in_plain_characters() -> None:
    version = engine_says({"Version": ACTING + "v" * 500, "ApiVersion": "1.41"})
    with ScriptedRegistry(handlers.basic({USER: PASSWORD})) as registry, engine(version=version) as peer:
        environ = {"DOCKER_HOST": f"tcp://{peer.address}"}
        report = diagnose(variables_of(registry.address, USER, PASSWORD), Settings(timeout=LONG), environ)
    told = report.environment.docker.version
    assert told is not None
    assert acting_in((told, texts_of(report.sets[0]))) == set()
    assert len(told) < 120
    assert check_of(report.sets[0], "engine").status == "ok"


def _spelling_back(asked: Asked) -> Words:
    return (answer(json.dumps({"message": f"{PASSWORD} {PASSWORD[::-1]}"}).encode(), "500 Sorry"),)


LOGINS: dict[str, tuple[Script, str]] = {
    "without end": (lambda asked: endless(head(), b'["' + b"x" * 4096), "unknown"),
    "a refusal without end": (lambda asked: endless(head("500 No"), b'["' + b"x" * 4096), "unknown"),
    "a bomb": (aws(gzip.compress(b" " * (50 << 20)), "200 OK", "Content-Encoding: gzip"), "unknown"),
    "dripping": (lambda asked: dripping(VERSION), "timeout-overall"),
    "never": (lambda asked: (HOLD,), "timeout-overall"),
    "no json": (aws(b"nonsense"), "unknown"),
    "a list of words": (engine_says(["x"], "500 No"), "unknown"),
    "words of another kind": (engine_says({"message": {"a": [1]}}, "500 No"), "unknown"),
    "words that act": (engine_says({"message": ACTING}, f"500 {LINE}"), "unknown"),
    "the password": (_spelling_back, "unknown"),
    "hanging up": (lambda asked: (), "tcp-reset"),
}


@pytest.mark.parametrize("name", LOGINS)
def test_an_engine_that_lies_about_a_login_is_found_out(name: str) -> None:
    script, cause = LOGINS[name]
    with ScriptedRegistry(handlers.basic({USER: PASSWORD})) as registry, engine(login=script) as peer:
        start = time.monotonic()
        result = examine(
            registry.address,
            USER,
            PASSWORD,
            environ={"DOCKER_HOST": f"tcp://{peer.address}"},
            timeout=patience(name),
        )
        assert time.monotonic() - start < patience(name) + 1
        assert (verdict(result), check_of(result, "engine").status) == (cause, "error")
        assert result.proved
        assert acting_in(texts_of(result)) == set()
        assert not shows(repr(texts_of(result)).encode(), PASSWORD)
        assert not shows(repr(texts_of(result)).encode(), PASSWORD[::-1])
        assert taken(peer) <= RECEIVED
        assert heard(peer).count(PASSWORD.encode()) == 1
