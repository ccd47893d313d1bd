"""The exchange of an access key by boto3, in whole diagnoses: whom it asks, by which way, and as whom."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import re
import select
import socket
import socketserver
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from botocore.endpoint_provider import EndpointProvider
from botocore.loaders import Loader

from regdoctor.model import SetResult
from regdoctor.settings import Override, Settings
from tests.lab import aws, handlers, peers
from tests.lab.aws import Ecr, EcrPublicRegistry, EcrRegistry, Key
from tests.lab.certificates import Authority
from tests.lab.engine import Engine
from tests.lab.moto import TOKEN as MOTO_TOKEN
from tests.lab.moto import Moto
from tests.lab.namespace import ADDRESS, NO_RESOLVER, Namespace
from tests.lab.programs import require
from tests.lab.scripted import Answer, Handler, Request, ScriptedRegistry
from tests.lab.vendors.vendor import ALPHANUMERIC, UPPER, made_up
from tests.live.proxies import proxy_answering, working_proxy
from tests.live.resolver import Resolver
from tests.live.running import (
    Run,
    assert_failed_at,
    check_of,
    diagnose,
    run_program,
    shows,
    variables_of,
    verdict,
)

ACCOUNT = "123456789012"
REGION = "us-east-1"
HOST = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com"
API = f"api.ecr.{REGION}.amazonaws.com"
PRIVATE_API = f"vpce-0a1b2c3d4e5f.api.ecr.{REGION}.vpce.amazonaws.com"
"""The API in a private network, which only AWS_ENDPOINT_URL names."""
PUBLIC = "public.ecr.aws"
PUBLIC_API = "api.ecr-public.us-east-1.amazonaws.com"
SHORT = 2.0
"""Seconds for a set whose peer never answers."""


def made_up_key(account: str = ACCOUNT, prefix: str = "AKIA") -> Key:
    return Key(prefix + made_up(16, UPPER), made_up(40, ALPHANUMERIC + "+/"), account=account)


KEY = made_up_key()


@pytest.fixture
def ecr() -> Ecr:
    return Ecr([KEY], regions=(REGION, "eu-central-1"))


@pytest.fixture
def registry(ecr: Ecr, authority: Authority) -> Iterator[ScriptedRegistry]:
    """The registry of the account, over TLS; it takes what `ecr` has issued."""
    with ScriptedRegistry(EcrRegistry(HOST, ecr), authority.issue(HOST)) as registry:
        yield registry


@pytest.fixture
def endpoint(ecr: Ecr) -> Iterator[ScriptedRegistry]:
    """The API on loopback, in plain HTTP."""
    with ScriptedRegistry(ecr) as endpoint:
        yield endpoint


@pytest.fixture
def api(ecr: Ecr, authority: Authority) -> Iterator[ScriptedRegistry]:
    """The API over TLS, with a certificate for its own name."""
    with ScriptedRegistry(ecr, authority.issue(API)) as api:
        yield api


def to(peer: ScriptedRegistry | peers.Peer | peers.Address, name: str, port: int = 443) -> Override:
    return Override(name, port, peer.host, peer.port)


def log_in(
    authority: Authority,
    *overrides: Override,
    server: str = HOST,
    key: Key = KEY,
    environ: Mapping[str, str] | None = None,
    timeout: float = 5.0,
) -> SetResult:
    """What a diagnosis in this process says of a set with an access key."""
    set_id = "ECR_PUBLIC" if server == PUBLIC else "ECR"
    settings = Settings(timeout=timeout, ca_file=authority.ca_file, overrides=overrides)
    variables = variables_of(server, key.id, key.secret, set_id)
    (result,) = diagnose(variables, settings, environ).sets
    return result


def asked_by(request: Request) -> tuple[str, str, str]:
    """Key, region and service that a signed request names."""
    found = re.search(r"Credential=([^/]+)/\d{8}/([^/]+)/([^/]+)/aws4_request", request.authorization or "")
    assert found, request
    return found[1], found[2], found[3]


def assert_exchanged_once(asked: ScriptedRegistry, result: SetResult) -> None:
    """The key of the set was sent once, to this endpoint, and the token that came of it is accepted."""
    assert (verdict(result), result.status, result.proved) == (None, "ok", True), result.findings
    assert [(request.method, asked_by(request)) for request in asked.requests] == [
        ("POST", (KEY.id, REGION, "ecr"))
    ]
    assert "x-amz-security-token" not in asked.requests[0].headers


def assert_failed_at_exchange(result: SetResult, cause: str) -> None:
    assert_failed_at(result, "exchange", cause)
    assert check_of(result, "login").reason == "exchange failed"


def said_by(result: SetResult) -> str:
    return " ".join(result.findings[0].evidence)


def options(authority: Authority, *overrides: Override) -> list[str]:
    """The options of a run that knows the lab's addresses and its authority."""
    resolve = (f"{o.host}:{o.port}:{o.address}:{o.to_port}" for o in overrides)
    return ["--ca-file", authority.ca_file, *(f"--resolve={each}" for each in resolve)]


# The endpoint that the environment names


@pytest.mark.parametrize("variable", ["AWS_ENDPOINT_URL_ECR", "AWS_ENDPOINT_URL"])
@pytest.mark.parametrize("path", ["", "/", "/some/where"])
def test_the_endpoint_of_the_environment_is_asked(
    authority: Authority,
    registry: ScriptedRegistry,
    endpoint: ScriptedRegistry,
    api: ScriptedRegistry,
    variable: str,
    path: str,
) -> None:
    overrides = to(registry, HOST), to(api, API)
    result = log_in(authority, *overrides, environ={variable: endpoint.url + path})
    assert_exchanged_once(endpoint, result)
    assert endpoint.requests[0].path == (path or "/")
    assert api.requests == []
    detail = check_of(result, "exchange").detail or ""
    assert endpoint.address in detail
    assert ACCOUNT in detail


def test_the_endpoint_of_the_service_wins_over_that_of_all_services(
    authority: Authority, registry: ScriptedRegistry, endpoint: ScriptedRegistry, ecr: Ecr
) -> None:
    with ScriptedRegistry(ecr) as other:
        environ = {"AWS_ENDPOINT_URL_ECR": endpoint.url, "AWS_ENDPOINT_URL": other.url}
        assert_exchanged_once(endpoint, log_in(authority, to(registry, HOST), environ=environ))
        assert other.requests == []


@pytest.mark.parametrize("service", ["ecr", "ecr-public"])
def test_an_endpoint_is_that_of_its_own_service_alone(
    authority: Authority, ecr: Ecr, endpoint: ScriptedRegistry, service: str
) -> None:
    own, other = "AWS_ENDPOINT_URL_ECR", "AWS_ENDPOINT_URL_ECR_PUBLIC"
    server, handler = HOST, EcrRegistry(HOST, ecr)
    if service == "ecr-public":
        own, other, server, handler = other, own, PUBLIC, EcrPublicRegistry(ecr)  # type: ignore[assignment]
    with (
        ScriptedRegistry(handler, authority.issue(server)) as registry,
        ScriptedRegistry(handlers.failing(500)) as wrong,
    ):
        environ = {own: endpoint.url, other: wrong.url}
        result = log_in(authority, to(registry, server), server=server, environ=environ)
        assert wrong.requests == []
    assert (verdict(result), result.proved) == (None, True)
    assert [asked_by(request) for request in endpoint.requests] == [(KEY.id, REGION, service)]


@pytest.mark.parametrize(
    ("value", "ignored"), [("true", True), ("TRUE", True), ("false", False), ("", False), ("1", False)]
)
def test_configured_endpoints_can_be_ignored(
    authority: Authority,
    registry: ScriptedRegistry,
    endpoint: ScriptedRegistry,
    api: ScriptedRegistry,
    value: str,
    ignored: bool,
) -> None:
    """Only the word true switches it on, as in botocore's `ensure_boolean`."""
    environ = {
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": value,
        "AWS_ENDPOINT_URL_ECR": endpoint.url,
        "AWS_ENDPOINT_URL": endpoint.url,
    }
    result = log_in(authority, to(registry, HOST), to(api, API), environ=environ)
    asked, other = (api, endpoint) if ignored else (endpoint, api)
    assert_exchanged_once(asked, result)
    assert other.requests == []


@pytest.mark.parametrize("name", ["localhost", "aws.localhost"])
def test_a_name_that_is_this_machine_s_may_be_asked_in_plain_http(
    authority: Authority, registry: ScriptedRegistry, endpoint: ScriptedRegistry, name: str
) -> None:
    overrides = to(registry, HOST), to(endpoint, name, endpoint.port)
    environ = {"AWS_ENDPOINT_URL": f"http://{name}:{endpoint.port}"}
    assert_exchanged_once(endpoint, log_in(authority, *overrides, environ=environ))


@pytest.mark.parametrize(
    "host", ["aws.example.test", "198.51.100.7", "127.example.test", "localhost.test", API, PRIVATE_API]
)
@pytest.mark.parametrize("port", [80, 4566])
def test_a_token_is_asked_for_in_plain_http_on_this_machine_only(
    authority: Authority, registry: ScriptedRegistry, host: str, port: int
) -> None:
    with peers.silent() as peer:
        environ = {"AWS_ENDPOINT_URL": f"http://{host}:{port}"}
        result = log_in(authority, to(registry, HOST), to(peer, host, port), environ=environ)
        assert peer.connections == []
    assert_failed_at_exchange(result, "realm-not-trusted")
    assert "AWS_ENDPOINT_URL" in said_by(result)
    assert host in said_by(result)
    assert registry.with_credentials == []


@pytest.mark.parametrize(
    "host",
    [
        "ecr.example.test",
        "evil-api.ecr.us-east-1.amazonaws.com",
        "api.ecr.us-east-1.amazonaws.com.evil.test",
        "api.ecr.us-east-1.evil.test",
        "api.ecr.s3-us-west-2.amazonaws.com",
        "api.ecr.s3.amazonaws.com",
        "a1b2c3.execute-api.us-east-1.amazonaws.com",
        "a1b2c3.lambda-url.us-east-1.on.aws",
    ],
)
def test_a_key_signs_nothing_for_a_host_that_only_a_variable_names(
    authority: Authority, registry: ScriptedRegistry, ecr: Ecr, host: str
) -> None:
    with ScriptedRegistry(ecr, authority.issue(host)) as stranger:
        overrides = to(registry, HOST), to(stranger, host)
        result = log_in(authority, *overrides, environ={"AWS_ENDPOINT_URL": f"https://{host}"})
        assert stranger.requests == []
    assert_failed_at_exchange(result, "realm-not-trusted")
    assert host in said_by(result)
    assert "AWS_ENDPOINT_URL" in said_by(result)


def test_an_endpoint_over_tls_need_not_be_on_this_machine(
    authority: Authority, registry: ScriptedRegistry, ecr: Ecr
) -> None:
    name = PRIVATE_API
    with ScriptedRegistry(ecr, authority.issue(name)) as endpoint:
        overrides = to(registry, HOST), to(endpoint, name, 8443)
        environ = {"AWS_ENDPOINT_URL": f"https://{name}:8443"}
        assert_exchanged_once(endpoint, log_in(authority, *overrides, environ=environ))


@pytest.mark.parametrize(
    "value",
    [
        "localhost:4566",
        "127.0.0.1:4566",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:port",
        "http://[::1",
        "http://",
        "http://127.0.0.1:4566 ",
    ],
)
def test_an_endpoint_that_is_no_url_is_said_and_no_crash(
    authority: Authority, registry: ScriptedRegistry, value: str
) -> None:
    result = log_in(authority, to(registry, HOST), environ={"AWS_ENDPOINT_URL": value})
    assert check_of(result, "exchange").status == "error"
    assert verdict(result) != "internal-error"
    assert "AWS_ENDPOINT_URL" in said_by(result)


# Endpoints that fail


def fails_with(
    authority: Authority, registry: ScriptedRegistry, url: str, cause: str, timeout: float = 5.0
) -> SetResult:
    """The diagnosis with an endpoint that fails: in time, and with nothing sent to the registry."""
    start = time.monotonic()
    environ = {"AWS_ENDPOINT_URL": url}
    result = log_in(authority, to(registry, HOST), environ=environ, timeout=timeout)
    assert time.monotonic() - start < timeout + 1
    assert_failed_at_exchange(result, cause)
    assert registry.with_credentials == []
    return result


def test_an_endpoint_that_refuses_connections_is_tcp_refused(
    authority: Authority, registry: ScriptedRegistry
) -> None:
    with peers.refused() as closed:
        result = fails_with(authority, registry, f"http://{closed.address}", "tcp-refused")
    assert closed.address in said_by(result)


def test_an_endpoint_that_hangs_up_is_tcp_reset(authority: Authority, registry: ScriptedRegistry) -> None:
    with peers.empty_answer() as peer:
        fails_with(authority, registry, f"http://{peer.address}", "tcp-reset")
        assert len(peer.connections) == 1


@pytest.mark.parametrize("speaks_first", [True, False], ids=["half a head", "nothing"])
def test_an_endpoint_that_never_answers_costs_no_more_than_the_timeout(
    authority: Authority, registry: ScriptedRegistry, speaks_first: bool
) -> None:
    with peers.answering(b"HTTP/1.1 200 OK\r\nContent-" if speaks_first else b"", stay=True) as peer:
        fails_with(authority, registry, f"http://{peer.address}", "timeout-overall", SHORT)


def test_an_endpoint_without_tls_that_is_asked_over_it_is_tls_plain_http(
    authority: Authority, registry: ScriptedRegistry
) -> None:
    with peers.plain_http() as peer:
        fails_with(authority, registry, f"https://{peer.address}", "tls-plain-http")


TOKEN = base64.b64encode(b"AWS:abcdefghijklmnop").decode()
JSON = {"Content-Type": "application/x-amz-json-1.1"}


def answering(body: object, status: int = 200) -> Handler:
    return handlers.always(Answer(status, JSON, body))


def with_token(token: object) -> Handler:
    return answering({"authorizationData": [{"authorizationToken": token}]})


def until(moment: object) -> Handler:
    return answering({"authorizationData": [{"authorizationToken": TOKEN, "expiresAt": moment}]})


BROKEN: list[Any] = [
    pytest.param(handlers.web_page(), "not-a-registry", id="a web page"),
    pytest.param(answering("{garbage"), "not-a-registry", id="garbage"),
    pytest.param(handlers.always(Answer(200)), "not-a-registry", id="nothing"),
    pytest.param(handlers.always(Answer(204)), "not-a-registry", id="204"),
    pytest.param(answering({}), "not-a-registry", id="JSON without a token"),
    pytest.param(answering({"authorizationData": []}), "not-a-registry", id="no data"),
    pytest.param(answering({"authorizationData": [{}]}), "not-a-registry", id="data without a token"),
    pytest.param(with_token("!!"), "not-a-registry", id="no base64"),
    pytest.param(with_token("QVdT"), "not-a-registry", id="a user without a password"),
    pytest.param(with_token("QVdTOg=="), "not-a-registry", id="an empty password"),
    pytest.param(with_token("QVdTOsO8"), "not-a-registry", id="a password outside of ASCII"),
    pytest.param(handlers.always(aws.BROKEN), "registry-unavailable", id="500 in JSON"),
    pytest.param(handlers.web_page(500), "registry-unavailable", id="500 with a page"),
    pytest.param(handlers.failing(503), "registry-unavailable", id="503 without a word"),
    pytest.param(handlers.failing(429, "slow down", 60), "rate-limited", id="429"),
    pytest.param(handlers.always(aws.THROTTLED), "rate-limited", id="AWS's own throttling"),
    pytest.param(answering([1]), "not-a-registry", id="a list"),
    pytest.param(answering("null"), "not-a-registry", id="null"),
    pytest.param(answering({"authorizationData": "x"}), "not-a-registry", id="text for data"),
    pytest.param(with_token(5), "not-a-registry", id="a number for a token"),
    pytest.param(answering("[" * 100_000), "not-a-registry", id="too deep"),
    pytest.param(answering(b"\xff\xfe{"), "not-a-registry", id="no UTF-8"),
    pytest.param(answering(["x"], 400), "not-a-registry", id="400 with a list"),
    pytest.param(answering({"__type": 5}, 400), "not-a-registry", id="400 with a number"),
    pytest.param(handlers.not_found, "not-a-registry", id="404"),
    pytest.param(handlers.web_page(405), "not-a-registry", id="405"),
    pytest.param(handlers.redirecting("https://x.test/", 302), "not-a-registry", id="302"),
    pytest.param(
        handlers.web_page(403),
        "firewall-denied",
        id="403 with a page",
    ),
]


@pytest.mark.parametrize(("handler", "cause"), BROKEN)
def test_what_is_no_answer_of_aws_is_named_so(
    authority: Authority, registry: ScriptedRegistry, handler: Handler, cause: str
) -> None:
    with ScriptedRegistry(handler) as broken:
        result = fails_with(authority, registry, broken.url, cause)
        assert [request.method for request in broken.requests] == ["POST"]
        assert broken.address in said_by(result)


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(None, id="none"),
        pytest.param(1420070400.0, id="long ago"),
    ],
)
def test_a_token_is_used_whatever_its_end_is_said_to_be(authority: Authority, moment: object) -> None:
    users = {"AWS": "abcdefghijklmnop"}
    with (
        ScriptedRegistry(handlers.basic(users), authority.issue(HOST)) as registry,
        ScriptedRegistry(until(moment)) as endpoint,
    ):
        result = log_in(authority, to(registry, HOST), environ={"AWS_ENDPOINT_URL": endpoint.url})
    assert (verdict(result), result.proved) == (None, True)


@pytest.mark.parametrize("size", [2 << 20, peers.MAX_BYTES])
def test_a_huge_answer_is_read_no_further_than_needed(
    authority: Authority, registry: ScriptedRegistry, size: int
) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {size}\r\n\r\n".encode()

    def behave(session: peers.Session) -> None:
        session.receive_request()
        session.send(head + b'{"authorizationData": "')
        while not session.stopping.is_set() and session.connection.sent < size:
            session.send(b"x" * 65536)
        session.hold()  # what it closes before all was read may be lost

    with peers.Peer(behave) as peer:
        fails_with(authority, registry, f"http://{peer.address}", "not-a-registry")
        assert peer.connections[0].sent < 32 << 20


@pytest.mark.parametrize("failing", ["refused", "silent", "page", "certificate"])
def test_the_texts_of_a_failed_exchange_are_about_the_api(
    authority: Authority, registry: ScriptedRegistry, tmp_path: Path, failing: str
) -> None:
    name = PRIVATE_API
    certificate = authority.issue(name)
    strange = Authority(tmp_path).issue(name)
    with (
        peers.refused() as closed,
        peers.silent() as silent,
        ScriptedRegistry(handlers.web_page(), certificate) as page,
        ScriptedRegistry(handlers.web_page(), strange) as stranger,
    ):
        there = {
            "refused": to(closed, name),
            "silent": to(silent, name),
            "page": to(page, name),
            "certificate": to(stranger, name),
        }
        overrides = to(registry, HOST), there[failing]
        environ = {"AWS_ENDPOINT_URL": f"https://{name}"}
        result = log_in(authority, *overrides, environ=environ, timeout=SHORT)
    assert check_of(result, "exchange").status == "error"
    assert name in result.findings[0].title
    assert HOST not in result.findings[0].title


# An endpoint without an address


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    """HOST and PUBLIC at one address, AWS's API at another; no other name has one."""
    require("ip", "mount", "nsenter", "unshare", namespaces=True)
    names = {HOST: ADDRESS, API: "198.51.100.20", PUBLIC: "198.51.100.21", PUBLIC_API: "198.51.100.22"}
    with Namespace(hosts=names) as namespace:
        yield namespace


def run_without_endpoint(
    namespace: Namespace, authority: Authority, ecr: Ecr, environ: Mapping[str, str]
) -> tuple[Run, list[str]]:
    """A run in the namespace, and which names it asked its name server for."""

    def bind() -> socket.socket:
        listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        listener.bind((NO_RESOLVER, 53))
        return listener

    handler, certificate = EcrRegistry(HOST, ecr), authority.issue(HOST)
    with (
        ScriptedRegistry(
            handler, certificate, address=ADDRESS, port=443, listen=namespace.listen
        ) as registry,
        Resolver(namespace.call(bind), {}) as resolver,
    ):
        run = run_program(
            variables_of(HOST, KEY.id, KEY.secret, "ECR"),
            *options(authority),
            environ=environ,
            launch=namespace.launch,
        )
        assert registry.with_credentials == []
    return run, resolver.asked


def test_an_endpoint_without_an_address_is_dns_not_found(
    namespace: Namespace, authority: Authority, ecr: Ecr
) -> None:
    environ = {"AWS_ENDPOINT_URL": f"https://{PRIVATE_API}"}
    run, asked = run_without_endpoint(namespace, authority, ecr, environ)
    assert PRIVATE_API in asked
    assert (run.code, run.verdict) == (1, "dns-not-found")
    assert run.check("exchange")["status"] == "error"
    assert run.check("login")["status"] == "skipped"
    assert PRIVATE_API in " ".join(run.set["findings"][0]["evidence"])


# Trust


@pytest.fixture
def strangers(tmp_path: Path) -> Authority:
    """An authority that is in no trust store and in no option."""
    folder = tmp_path / "strangers"
    folder.mkdir()
    return Authority(folder, name="Strangers' CA")


@pytest.mark.parametrize("endpoint", [None, f"https://{PRIVATE_API}:8443"])
def test_the_certificates_of_aws_ca_bundle_are_trusted(
    authority: Authority, registry: ScriptedRegistry, strangers: Authority, ecr: Ecr, endpoint: str | None
) -> None:
    environ = {"AWS_CA_BUNDLE": strangers.ca_file, "AWS_ENDPOINT_URL": endpoint or ""}
    with ScriptedRegistry(ecr, strangers.issue(API, PRIVATE_API)) as api:
        overrides = to(registry, HOST), to(api, API), to(api, PRIVATE_API, 8443)
        assert_exchanged_once(api, log_in(authority, *overrides, environ=environ))


def test_an_unknown_authority_is_tls_unknown_ca_of_the_exchange(
    authority: Authority, registry: ScriptedRegistry, strangers: Authority, ecr: Ecr
) -> None:
    with ScriptedRegistry(ecr, strangers.issue(API)) as api:
        result = log_in(authority, to(registry, HOST), to(api, API))
        assert api.requests == []
    assert_failed_at_exchange(result, "tls-unknown-ca")
    assert registry.with_credentials == []


def test_aws_ca_bundle_adds_to_the_other_certificates(
    authority: Authority, registry: ScriptedRegistry, api: ScriptedRegistry, strangers: Authority
) -> None:
    environ = {"AWS_CA_BUNDLE": strangers.ca_file}
    assert_exchanged_once(api, log_in(authority, to(registry, HOST), to(api, API), environ=environ))


def test_aws_ca_bundle_is_for_the_api_alone(authority: Authority, strangers: Authority, ecr: Ecr) -> None:
    """docker does not know the variable."""
    with (
        ScriptedRegistry(EcrRegistry(HOST, ecr), strangers.issue(HOST)) as registry,
        ScriptedRegistry(ecr, strangers.issue(API)) as api,
    ):
        environ = {"AWS_CA_BUNDLE": strangers.ca_file}
        result = log_in(authority, to(registry, HOST), to(api, API), environ=environ)
        assert registry.requests == []
    assert (verdict(result), check_of(result, "tls").status) == ("tls-unknown-ca", "error")
    assert not result.proved


def missing(folder: Path) -> Path:
    return folder / "gone.pem"


def empty(folder: Path) -> Path:
    (folder / "empty.pem").touch()
    return folder / "empty.pem"


def garbage(folder: Path) -> Path:
    (folder / "garbage.pem").write_text("-----BEGIN CERTIFICATE-----\nnothing\n-----END CERTIFICATE-----\n")
    return folder / "garbage.pem"


@pytest.mark.parametrize("bundle", [missing, empty, garbage, Path], ids=lambda bundle: bundle.__name__)
def test_a_bundle_that_cannot_be_read_is_said(
    authority: Authority,
    registry: ScriptedRegistry,
    api: ScriptedRegistry,
    tmp_path: Path,
    bundle: Callable[[Path], Path],
) -> None:
    environ = {"AWS_CA_BUNDLE": str(bundle(tmp_path))}
    result = log_in(authority, to(registry, HOST), to(api, API), environ=environ)
    assert api.requests == []
    assert_failed_at_exchange(result, "tls-unknown-ca")
    assert f"AWS_CA_BUNDLE names {bundle(tmp_path)}" in said_by(result)


def test_a_bundle_is_not_looked_at_for_plain_http(
    authority: Authority, registry: ScriptedRegistry, endpoint: ScriptedRegistry
) -> None:
    environ = {"AWS_CA_BUNDLE": "/nonexistent", "AWS_ENDPOINT_URL": endpoint.url}
    assert_exchanged_once(endpoint, log_in(authority, to(registry, HOST), environ=environ))


# Proxies


def test_the_exchange_goes_through_the_proxy(
    authority: Authority, registry: ScriptedRegistry, api: ScriptedRegistry
) -> None:
    routes = {f"{HOST}:443": (registry.host, registry.port), f"{API}:443": (api.host, api.port)}
    with working_proxy(routes) as proxy:
        result = log_in(authority, environ={"HTTPS_PROXY": f"http://{proxy.address}"})
        targets = [bytes(each.received).split(b" ")[1].decode() for each in proxy.connections]
    assert_exchanged_once(api, result)
    assert sorted(targets) == sorted(routes)


def test_no_proxy_keeps_the_exchange_off_the_proxy(
    authority: Authority, registry: ScriptedRegistry, api: ScriptedRegistry
) -> None:
    with working_proxy({f"{HOST}:443": (registry.host, registry.port)}) as proxy:
        environ = {"HTTPS_PROXY": f"http://{proxy.address}", "NO_PROXY": "api.ecr.us-east-1.amazonaws.com"}
        result = log_in(authority, to(api, API), environ=environ)
        assert len(proxy.connections) == 1
    assert_exchanged_once(api, result)


def test_an_endpoint_on_this_machine_is_asked_without_the_proxy(
    authority: Authority, registry: ScriptedRegistry, endpoint: ScriptedRegistry
) -> None:
    with peers.refused() as closed:
        proxy = f"http://{closed.address}"
        environ = {
            "HTTPS_PROXY": proxy,
            "HTTP_PROXY": proxy,
            "ALL_PROXY": proxy,
            "NO_PROXY": HOST,
            "AWS_ENDPOINT_URL": endpoint.url,
        }
        assert_exchanged_once(endpoint, log_in(authority, to(registry, HOST), environ=environ))


@pytest.mark.parametrize(
    ("status_line", "cause"),
    [
        ("407 Proxy Authentication Required", "proxy-auth-required"),
        ("403 Forbidden", "proxy-error"),
    ],
)
def test_a_proxy_that_bars_the_api_alone_fails_the_exchange(
    authority: Authority, registry: ScriptedRegistry, status_line: str, cause: str
) -> None:
    with proxy_answering(status_line) as proxy:
        environ = {"HTTPS_PROXY": f"http://me:proxy-secret-99@{proxy.address}", "NO_PROXY": HOST}
        result = log_in(authority, to(registry, HOST), environ=environ)
        assert proxy.connections[0].received.startswith(f"CONNECT {API}:443 ".encode())
    assert_failed_at_exchange(result, cause)
    assert "HTTPS_PROXY" in said_by(result)
    assert "proxy-secret" not in repr(result)


# What AWS's own tools are told on this machine

OTHER = made_up_key("210987654321")
"""A key that the stand-in knows as well: a token of it would be of another account."""
OTHER_TOKEN = made_up(80)
FAR = "eu-central-1"
FAR_HOST = f"{ACCOUNT}.dkr.ecr.{FAR}.amazonaws.com"
FAR_API = f"api.ecr.{FAR}.amazonaws.com"
OTHER_KEY = f"aws_access_key_id = {OTHER.id}\naws_secret_access_key = {OTHER.secret}\n"
Ambient = Callable[[Path, str], Mapping[str, str]]
"""Prepares a home and gives variables; the URL is of a listener that nobody may ask."""


def write(home: Path, config: str = "", credentials: str = "") -> None:
    folder = home / ".aws"
    folder.mkdir(exist_ok=True)
    if config:
        (folder / "config").write_text(config)
    if credentials:
        (folder / "credentials").write_text(credentials)


def default_profile(home: Path, url: str) -> Mapping[str, str]:
    write(
        home,
        f"[default]\nregion = us-west-2\n{OTHER_KEY}",
        f"[default]\n{OTHER_KEY}aws_session_token = {OTHER_TOKEN}\n",
    )
    return {}


def chosen_profile(home: Path, url: str) -> Mapping[str, str]:
    write(home, "[profile work]\nregion = us-west-2\n", f"[work]\n{OTHER_KEY}")
    return {"AWS_PROFILE": "work", "AWS_DEFAULT_PROFILE": "work"}


def missing_profile(home: Path, url: str) -> Mapping[str, str]:
    return {"AWS_PROFILE": "no-such-profile"}


def role(home: Path, url: str) -> Mapping[str, str]:
    arn = f"arn:aws:iam::{OTHER.account}:role/other"
    write(
        home, f"[default]\nrole_arn = {arn}\nsource_profile = base\n[profile base]\n", f"[base]\n{OTHER_KEY}"
    )
    return {"AWS_ENDPOINT_URL_STS": url}


def single_sign_on(home: Path, url: str) -> Mapping[str, str]:
    session = f"[sso-session lab]\nsso_start_url = {url}\nsso_region = us-west-2\n"
    account = f"sso_account_id = {OTHER.account}\nsso_role_name = other\n"
    write(home, f"[default]\nsso_session = lab\n{account}{session}")
    return {"AWS_ENDPOINT_URL_SSO": url, "AWS_ENDPOINT_URL_SSO_OIDC": url}


def credential_process(home: Path, url: str) -> Mapping[str, str]:
    write(home, f"[default]\ncredential_process = /bin/sh -c 'echo ran > {home}/ran'\n")
    return {}


def endpoint_in_a_file(home: Path, url: str) -> Mapping[str, str]:
    services = f"[services lab]\necr =\n  endpoint_url = {url}\n"
    write(home, f"[default]\nendpoint_url = {url}\nservices = lab\n{services}")
    return {}


def broken_files(home: Path, url: str) -> Mapping[str, str]:
    write(home, "region = us-west-2\n[default\n", "\x00[[\naws_access_key_id")
    return {}


def files_elsewhere(home: Path, url: str) -> Mapping[str, str]:
    (home / "c").write_text(f"[default]\nregion = us-west-2\nendpoint_url = {url}\n")
    (home / "k").write_text(f"[default]\n{OTHER_KEY}")
    return {"AWS_CONFIG_FILE": str(home / "c"), "AWS_SHARED_CREDENTIALS_FILE": str(home / "k")}


def key_in_variables(home: Path, url: str) -> Mapping[str, str]:
    return {
        "AWS_ACCESS_KEY_ID": OTHER.id,
        "AWS_SECRET_ACCESS_KEY": OTHER.secret,
        "AWS_SESSION_TOKEN": OTHER_TOKEN,
        "AWS_SECURITY_TOKEN": OTHER_TOKEN,
    }


def session_token_alone(home: Path, url: str) -> Mapping[str, str]:
    return {"AWS_SESSION_TOKEN": OTHER_TOKEN}


def other_region(home: Path, url: str) -> Mapping[str, str]:
    return {"AWS_DEFAULT_REGION": "us-west-2", "AWS_REGION": "us-west-2"}


def web_identity(home: Path, url: str) -> Mapping[str, str]:
    (home / "token").write_text(OTHER_TOKEN)
    return {
        "AWS_ROLE_ARN": f"arn:aws:iam::{OTHER.account}:role/other",
        "AWS_ROLE_SESSION_NAME": "lab",
        "AWS_WEB_IDENTITY_TOKEN_FILE": str(home / "token"),
        "AWS_ENDPOINT_URL_STS": url,
    }


def container(home: Path, url: str) -> Mapping[str, str]:
    return {
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{url}/credentials",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/credentials",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN": OTHER_TOKEN,
    }


def instance(home: Path, url: str) -> Mapping[str, str]:
    return {
        "AWS_EC2_METADATA_SERVICE_ENDPOINT": url,
        "AWS_EC2_METADATA_DISABLED": "false",
        "AWS_DEFAULTS_MODE": "auto",
    }


def other_names(home: Path, url: str) -> Mapping[str, str]:
    return {
        "AWS_USE_FIPS_ENDPOINT": "true",
        "AWS_USE_DUALSTACK_ENDPOINT": "true",
        "AWS_ACCOUNT_ID": OTHER.account,
        "AWS_ACCOUNT_ID_ENDPOINT_MODE": "required",
    }


def other_signatures(home: Path, url: str) -> Mapping[str, str]:
    return {"AWS_AUTH_SCHEME_PREFERENCE": "sigv4a,noAuth", "AWS_SIGV4A_SIGNING_REGION_SET": "*"}


def other_endpoints(home: Path, url: str) -> Mapping[str, str]:
    return {"AWS_ENDPOINT_URL_STS": url, "AWS_ENDPOINT_URL_ECR_PUBLIC": url, "AWS_ENDPOINT_URL_S3": url}


def more_attempts(home: Path, url: str) -> Mapping[str, str]:
    return {"AWS_MAX_ATTEMPTS": "7", "AWS_RETRY_MODE": "adaptive"}


AMBIENT: tuple[Ambient, ...] = (
    default_profile,
    chosen_profile,
    missing_profile,
    role,
    single_sign_on,
    credential_process,
    endpoint_in_a_file,
    broken_files,
    files_elsewhere,
    key_in_variables,
    session_token_alone,
    other_region,
    web_identity,
    container,
    instance,
    other_names,
    other_signatures,
    other_endpoints,
    more_attempts,
)


def everything(home: Path, url: str) -> Mapping[str, str]:
    """All variables, and a profile of which each of these needs a part."""
    variables: dict[str, str] = {}
    for prepare in AMBIENT:
        variables |= prepare(home, url)
    process = f"credential_process = /bin/sh -c 'echo ran > {home}/ran'\n"
    text = f"[default]\nregion = us-west-2\nendpoint_url = {url}\n{process}{OTHER_KEY}"
    write(home, text, text)
    (home / "c").write_text(text)
    return variables


@pytest.mark.parametrize("ambient", [*AMBIENT, everything], ids=lambda ambient: ambient.__name__)
def test_the_configuration_of_aws_s_tools_never_replaces_the_set_s_own_key(
    authority: Authority, tmp_path: Path, ambient: Ambient
) -> None:
    ecr = Ecr([KEY, OTHER], regions=(FAR, "us-west-2"))
    with (
        ScriptedRegistry(EcrRegistry(FAR_HOST, ecr), authority.issue(FAR_HOST)) as registry,
        ScriptedRegistry(ecr, authority.issue(FAR_API)) as api,
        ScriptedRegistry(handlers.not_found) as nobody,
    ):
        environ = ambient(tmp_path, nobody.url)
        run = run_program(
            variables_of(FAR_HOST, KEY.id, KEY.secret, "ECR"),
            *options(authority, to(registry, FAR_HOST), to(api, FAR_API)),
            home=str(tmp_path),
            environ=environ,
        )
        assert nobody.connections == 0
    assert (run.code, run.verdict, run.set["proved"]) == (0, None, True), run.output
    (asked,) = api.requests
    assert (asked.method, *asked_by(asked)) == ("POST", KEY.id, FAR, "ecr")
    assert "x-amz-security-token" not in asked.headers
    assert asked.headers["host"] == FAR_API
    (token,) = ecr.issued
    assert (token.account, token.region) == (ACCOUNT, FAR)
    assert {request.basic for request in registry.with_credentials} == {("AWS", token.password)}
    assert not (tmp_path / "ran").exists()
    for secret in (OTHER.secret, OTHER_TOKEN, token.password):
        assert not shows(run.output, secret)


@pytest.mark.parametrize("ambient", [more_attempts, instance], ids=lambda ambient: ambient.__name__)
@pytest.mark.parametrize("answer", [aws.BROKEN, aws.THROTTLED], ids=["500", "throttled"])
def test_an_exchange_that_failed_is_not_tried_again(
    authority: Authority, registry: ScriptedRegistry, tmp_path: Path, ambient: Ambient, answer: Answer
) -> None:
    with (
        ScriptedRegistry(handlers.always(answer)) as endpoint,
        ScriptedRegistry(handlers.not_found) as nobody,
    ):
        environ = {**ambient(tmp_path, nobody.url), "AWS_ENDPOINT_URL": endpoint.url}
        run = run_program(
            variables_of(HOST, KEY.id, KEY.secret, "ECR"),
            *options(authority, to(registry, HOST)),
            home=str(tmp_path),
            environ=environ,
        )
        assert nobody.connections == 0
    assert (run.code, run.check("exchange")["status"]) == (1, "error")
    assert [request.method for request in endpoint.requests] == ["POST"]


def test_a_model_of_the_service_at_home_does_not_lead_the_exchange_elsewhere(
    authority: Authority, registry: ScriptedRegistry, api: ScriptedRegistry, tmp_path: Path
) -> None:
    with ScriptedRegistry(handlers.not_found) as nobody:
        loader = Loader()
        folder = tmp_path / ".aws" / "models" / "ecr" / loader.determine_latest_version("ecr", "service-2")
        folder.mkdir(parents=True)
        rule = {"type": "endpoint", "conditions": [], "endpoint": {"url": nobody.url, "properties": {}}}
        rules = {**loader.load_service_model("ecr", "endpoint-rule-set-1"), "rules": [rule]}
        (folder / "endpoint-rule-set-1.json").write_text(json.dumps(rules))
        run_program(
            variables_of(HOST, KEY.id, KEY.secret, "ECR"),
            *options(authority, to(registry, HOST), to(api, API)),
            home=str(tmp_path),
        )
        assert nobody.connections == 0
    assert len(api.requests) == 1


# Which API belongs to which registry

APIS: list[tuple[str, str, str]] = [
    ("dkr.ecr.us-east-1.amazonaws.com", "us-east-1", "api.ecr.us-east-1.amazonaws.com"),
    ("dkr.ecr.ap-southeast-7.amazonaws.com", "ap-southeast-7", "api.ecr.ap-southeast-7.amazonaws.com"),
    ("dkr.ecr-fips.us-west-2.amazonaws.com", "us-west-2", "api.ecr-fips.us-west-2.amazonaws.com"),
    ("dkr-ecr.eu-west-1.on.aws", "eu-west-1", "ecr.eu-west-1.api.aws"),
    ("dkr-ecr-fips.us-east-1.on.aws", "us-east-1", "ecr-fips.us-east-1.api.aws"),
    ("dkr.ecr.us-gov-west-1.amazonaws.com", "us-gov-west-1", "api.ecr.us-gov-west-1.amazonaws.com"),
    (
        "dkr.ecr-fips.us-gov-east-1.amazonaws.com",
        "us-gov-east-1",
        "api.ecr-fips.us-gov-east-1.amazonaws.com",
    ),
    ("dkr-ecr.us-gov-west-1.on.aws", "us-gov-west-1", "ecr.us-gov-west-1.api.aws"),
    ("dkr.ecr.cn-north-1.amazonaws.com.cn", "cn-north-1", "api.ecr.cn-north-1.amazonaws.com.cn"),
    (
        "dkr-ecr.cn-northwest-1.on.amazonwebservices.com.cn",
        "cn-northwest-1",
        "ecr.cn-northwest-1.api.amazonwebservices.com.cn",
    ),
    ("dkr.ecr.us-iso-east-1.c2s.ic.gov", "us-iso-east-1", "api.ecr.us-iso-east-1.c2s.ic.gov"),
    ("dkr.ecr.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1", "api.ecr.us-isob-east-1.sc2s.sgov.gov"),
    ("dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk", "eu-isoe-west-1", "api.ecr.eu-isoe-west-1.cloud.adc-e.uk"),
    ("dkr.ecr.us-isof-east-1.csp.hci.ic.gov", "us-isof-east-1", "api.ecr.us-isof-east-1.csp.hci.ic.gov"),
    ("dkr.ecr.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1", "api.ecr.eusc-de-east-1.amazonaws.eu"),
    # A region that is newer than botocore.
    ("dkr.ecr.eu-west-9.amazonaws.com", "eu-west-9", "api.ecr.eu-west-9.amazonaws.com"),
]
"""What follows the account in the registry's host, its region, and the host of the API."""


@pytest.mark.parametrize(("rest", "region", "name"), APIS, ids=lambda value: value)
def test_the_api_of_the_host_s_own_kind_and_region_is_asked(
    authority: Authority, rest: str, region: str, name: str
) -> None:
    host = f"{ACCOUNT}.{rest}"
    ecr = Ecr([KEY], regions=(region,))
    with (
        ScriptedRegistry(EcrRegistry(host, ecr), authority.issue(host, cn="ecr")) as registry,
        ScriptedRegistry(ecr, authority.issue(name, cn="api")) as api,
    ):
        result = log_in(authority, to(registry, host), to(api, name), server=host)
    assert (verdict(result), result.proved) == (None, True), (result.findings, result.checks)
    (asked,) = api.requests
    assert asked.headers["host"] == name
    assert (asked.method, *asked_by(asked)) == ("POST", KEY.id, region, "ecr")
    assert name in (check_of(result, "exchange").detail or "")


@pytest.mark.parametrize("server", [PUBLIC, f"https://{PUBLIC}/"])
def test_ecr_public_has_its_api_in_one_region(authority: Authority, server: str) -> None:
    ecr = Ecr([KEY], regions=("us-east-1",))
    with (
        ScriptedRegistry(EcrPublicRegistry(ecr), authority.issue(PUBLIC)) as registry,
        ScriptedRegistry(ecr, authority.issue(PUBLIC_API)) as api,
    ):
        result = log_in(authority, to(registry, PUBLIC), to(api, PUBLIC_API), server=server)
    assert result.proved, result.findings
    (asked,) = api.requests
    assert asked.headers["host"] == PUBLIC_API
    assert asked_by(asked) == (KEY.id, "us-east-1", "ecr-public")
    assert {request.basic for request in registry.requests if request.basic} == {
        ("AWS", ecr.issued[0].password)
    }


@pytest.mark.parametrize(
    ("service", "rest", "region", "name"),
    [*(("ecr", *row) for row in APIS), ("ecr-public", PUBLIC, "us-east-1", PUBLIC_API)],
)
def test_the_names_of_the_apis_follow_from_botocore_s_rules(
    service: str, rest: str, region: str, name: str
) -> None:
    loader = Loader()
    rules = loader.load_service_model(service, "endpoint-rule-set-1")
    resolved = EndpointProvider(rules, loader.load_data("partitions")).resolve_endpoint(
        Region=region, UseFIPS="ecr-fips" in rest, UseDualStack=rest.startswith("dkr-ecr")
    )
    assert resolved.url == f"https://{name}"


def test_sets_in_two_regions_are_exchanged_each_in_its_own(authority: Authority) -> None:
    ecr = Ecr([KEY], regions=(REGION, FAR))
    with (
        ScriptedRegistry(EcrRegistry(HOST, ecr), authority.issue(HOST)) as near,
        ScriptedRegistry(EcrRegistry(FAR_HOST, ecr), authority.issue(FAR_HOST)) as far,
        ScriptedRegistry(ecr, authority.issue(API)) as near_api,
        ScriptedRegistry(ecr, authority.issue(FAR_API)) as far_api,
    ):
        variables = variables_of(HOST, KEY.id, KEY.secret, "ECR_NEAR") | variables_of(
            FAR_HOST, KEY.id, KEY.secret, "ECR_FAR"
        )
        overrides = to(near, HOST), to(far, FAR_HOST), to(near_api, API), to(far_api, FAR_API)
        settings = Settings(timeout=5.0, ca_file=authority.ca_file, overrides=overrides)
        report = diagnose(variables, settings)
    assert [(each.status, each.proved) for each in report.sets] == [("ok", True)] * 2
    assert [asked_by(request)[1] for request in near_api.requests] == [REGION]
    assert [asked_by(request)[1] for request in far_api.requests] == [FAR]
    assert {token.region for token in ecr.issued} == {REGION, FAR}


# Where the key goes, and where it does not


class _Relay(socketserver.BaseRequestHandler):
    """Passes a connection on to the Engine, and notes what the client said."""

    server: Any

    def handle(self) -> None:
        with socket.socket(socket.AF_UNIX) as onward:
            onward.connect(self.server.target)
            partner = {self.request: onward, onward: self.request}
            while True:
                for ready in select.select(list(partner), [], [], 5)[0]:
                    data = ready.recv(65536)
                    if not data:
                        return
                    if ready is self.request:
                        self.server.received += data
                    partner[ready].sendall(data)


@contextlib.contextmanager
def overheard(docker_host: str) -> Iterator[tuple[str, bytearray]]:
    """The DOCKER_HOST of a relay to an Engine, and all that it was asked."""
    with tempfile.TemporaryDirectory(prefix="live-aws-", dir="/tmp") as folder:
        path = os.path.join(folder, "docker.sock")
        with socketserver.ThreadingUnixStreamServer(path, _Relay) as server:
            server.daemon_threads = True
            server.target = docker_host.removeprefix("unix://")  # type: ignore[attr-defined]
            server.received = received = bytearray()  # type: ignore[attr-defined]
            thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
            thread.start()
            yield f"unix://{path}", received
            server.shutdown()
            thread.join(5)


def spellings(value: str) -> Iterator[bytes]:
    """The forms in which a value may travel; of base64 the part that its neighbours do not change."""
    yield value.encode()
    yield urllib.parse.quote(value, safe="").encode()
    yield json.dumps(value)[1:-1].encode()
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + value.encode()).decode().rstrip("=")
        yield encoded[(0, 2, 3)[offset] : -1].encode()


def sent_to(registry: ScriptedRegistry) -> bytes:
    """All that a registry was sent, in one piece."""
    return repr(registry.requests).encode()


@pytest.fixture(scope="module")
def engine_there(namespace: Namespace, authority: Authority) -> Iterator[Engine]:
    require("dockerd", "containerd", "setpriv", namespaces=True)
    with Engine(launch=namespace.launch, environment={"SSL_CERT_FILE": authority.ca_file}) as engine:
        yield engine


@pytest.mark.parametrize("mode", ["auto", "docker", "direct"])
@pytest.mark.parametrize("server", [HOST, PUBLIC])
def test_neither_the_registry_nor_the_engine_sees_the_key(
    namespace: Namespace, engine_there: Engine, authority: Authority, ecr: Ecr, server: str, mode: str
) -> None:
    name = PUBLIC_API if server == PUBLIC else API
    handler = EcrPublicRegistry(ecr) if server == PUBLIC else EcrRegistry(server, ecr)
    addresses, listen = namespace.hosts, namespace.listen
    at_registry, at_api = authority.issue(server), authority.issue(name)
    with (
        ScriptedRegistry(
            handler, at_registry, address=addresses[server], port=443, listen=listen
        ) as registry,
        ScriptedRegistry(ecr, at_api, address=addresses[name], port=443, listen=listen) as api,
        overheard(engine_there.docker_host) as (docker_host, engine_heard),
    ):
        run = run_program(
            variables_of(server, KEY.id, KEY.secret, "ECR_PUBLIC" if server == PUBLIC else "ECR"),
            *("--engine", mode, *options(authority)),
            environ={"DOCKER_HOST": docker_host},
            launch=namespace.launch,
        )
    assert (run.code, run.verdict, run.set["proved"]) == (0, None, True), run.output
    assert run.check("exchange")["status"] == "ok"
    assert run.check("engine")["status"] == ("skipped" if mode == "direct" else "ok")
    assert run.check("login")["status"] == ("skipped" if mode == "docker" else "ok")
    (token,) = ecr.issued
    assert len(api.requests) == 1
    asked = [request.headers.get("user-agent", "") for request in registry.requests]
    assert any("docker" in each for each in asked) == (mode != "direct")
    assert {request.basic for request in registry.requests if request.basic} == {("AWS", token.password)}
    if mode == "direct":
        assert engine_heard == b""
    else:
        body = bytes(engine_heard).split(b"POST ", 1)[1].split(b"\r\n\r\n", 1)[1]
        told = json.loads(body[body.index(b"{") : body.rindex(b"}") + 1])
        assert (told["username"], told["password"]) == ("AWS", token.password)
    for heard in (sent_to(registry), bytes(engine_heard)):
        for value in (KEY.id, KEY.secret):
            assert not [form for form in spellings(value) if form in heard]
    for secret in (token.password, token.authorization_token, KEY.secret):
        assert not shows(run.output, secret)


# moto


@pytest.fixture(scope="module")
def moto() -> Iterator[Moto]:
    require("setpriv")
    with Moto() as moto:
        yield moto


@pytest.fixture
def registry_of_moto(authority: Authority) -> Iterator[ScriptedRegistry]:
    with ScriptedRegistry(handlers.basic({"AWS": MOTO_TOKEN}), authority.issue(HOST)) as registry:
        yield registry


def ask_moto(authority: Authority, registry: ScriptedRegistry, moto: Moto, key: Key) -> SetResult:
    return log_in(authority, to(registry, HOST), key=key, environ={"AWS_ENDPOINT_URL": moto.url})


def test_the_token_of_moto_is_used_though_its_end_is_in_2015(
    authority: Authority, registry_of_moto: ScriptedRegistry, moto: Moto
) -> None:
    key = moto.make_key("puller", "ecr:GetAuthorizationToken")
    result = ask_moto(authority, registry_of_moto, moto, key)
    assert (verdict(result), result.status, result.proved) == (None, "ok", True), result.findings
    assert [request.basic for request in registry_of_moto.with_credentials] == [("AWS", MOTO_TOKEN)]
    detail = check_of(result, "exchange").detail or ""
    assert "gave a token" in detail
    assert "good for" not in detail


def test_a_key_that_moto_does_not_know_is_aws_invalid_access_key(
    authority: Authority, registry_of_moto: ScriptedRegistry, moto: Moto
) -> None:
    result = ask_moto(authority, registry_of_moto, moto, made_up_key())
    assert_failed_at_exchange(result, "aws-invalid-access-key")
    assert registry_of_moto.with_credentials == []


def test_a_secret_of_another_key_is_aws_signature_mismatch(
    authority: Authority, registry_of_moto: ScriptedRegistry, moto: Moto
) -> None:
    key = moto.make_key("mistyped", "ecr:GetAuthorizationToken")
    result = ask_moto(authority, registry_of_moto, moto, Key(key.id, made_up(40)))
    assert_failed_at_exchange(result, "aws-signature-mismatch")


def test_a_user_who_may_not_have_a_token_is_aws_access_denied(
    authority: Authority, registry_of_moto: ScriptedRegistry, moto: Moto
) -> None:
    key = moto.make_key("other", "s3:GetObject")
    result = ask_moto(authority, registry_of_moto, moto, key)
    assert_failed_at_exchange(result, "aws-access-denied")
    assert "ecr:GetAuthorizationToken" in said_by(result)
    assert key.secret not in repr(result)


# What is not sent, and what is not shown


def test_a_temporary_key_is_told_offline() -> None:
    temporary = made_up_key(prefix="ASIA")
    with peers.silent() as nobody:
        environ = {"AWS_ENDPOINT_URL": f"http://{nobody.address}", "HTTPS_PROXY": f"http://{nobody.address}"}
        run = run_program(
            variables_of(HOST, temporary.id, temporary.secret, "ECR"), "--offline", environ=environ
        )
        assert nobody.connections == []
    assert (run.code, run.verdict) == (1, "aws-session-token")
    assert run.check("exchange")["reason"] == "--offline"


def test_a_temporary_key_is_not_sent(
    authority: Authority, registry: ScriptedRegistry, endpoint: ScriptedRegistry
) -> None:
    temporary = made_up_key(prefix="ASIA")
    environ = {"AWS_ENDPOINT_URL": endpoint.url}
    result = log_in(authority, to(registry, HOST), key=temporary, environ=environ)
    assert (verdict(result), result.proved) == ("aws-session-token", False)
    assert endpoint.requests == []
    assert registry.with_credentials == []


DEBUGGING = """\
import logging
logging.basicConfig(level=logging.DEBUG)
logging.getLogger("lab").debug("everything is logged")
"""


@pytest.mark.parametrize("outcome", ["exchanged", "refused"])
def test_a_process_that_logs_everything_shows_neither_secret_nor_token(
    authority: Authority, ecr: Ecr, registry: ScriptedRegistry, tmp_path: Path, outcome: str
) -> None:
    key = KEY if outcome == "exchanged" else Key(KEY.id, made_up(40))
    (tmp_path / "sitecustomize.py").write_text(DEBUGGING)
    with ScriptedRegistry(ecr) as endpoint:
        run = run_program(
            variables_of(HOST, key.id, key.secret, "ECR"),
            *options(authority, to(registry, HOST)),
            environ={"PYTHONPATH": str(tmp_path), "AWS_ENDPOINT_URL": endpoint.url},
        )
    assert b"DEBUG:lab:everything is logged" in run.output
    assert len(endpoint.requests) == 1
    assert run.set["proved"] == (outcome == "exchanged")
    signature = (endpoint.requests[0].authorization or "").rpartition("Signature=")[2]
    assert signature
    secrets = [key.secret, signature]
    for token in ecr.issued:
        secrets += [token.password, token.authorization_token]
    for secret in secrets:
        assert not shows(run.output, secret)
