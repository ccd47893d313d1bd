"""Proves the lab: the real parts accept and refuse as they should, each broken peer is broken as named."""

from __future__ import annotations

import base64
import datetime
import json
import os
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import docker.errors
import pytest

from tests.lab import handlers, peers
from tests.lab.certificates import Authority, Certificate, self_signed
from tests.lab.engine import Engine
from tests.lab.images import push_image
from tests.lab.namespace import ADDRESS, NO_SUCH_HOST, SILENT, UNREACHABLE, Namespace
from tests.lab.programs import plain_environment, program, require
from tests.lab.registry import USERS, Registry
from tests.lab.scripted import Answer, Handler, Request, ScriptedRegistry
from tests.lab.tokens import TokenServer

PASSWORD = USERS["alice"]
NAME = "registry.example.test"
REQUEST = b"GET /v2/ HTTP/1.1\r\nHost: lab\r\n\r\n"


@pytest.fixture(scope="module")
def certificate(authority: Authority) -> Certificate:
    return authority.issue("localhost", "127.0.0.1", NAME)


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    require("ip", "mount", "nsenter", "unshare", namespaces=True)
    with Namespace(hosts={NAME: ADDRESS}) as namespace:
        yield namespace


@pytest.fixture(scope="module")
def remote_registry(namespace: Namespace, certificate: Certificate) -> Iterator[Registry]:
    """The real registry over TLS, at an address that is not loopback."""
    require("docker-registry", "setpriv")
    with Registry(USERS, certificate=certificate, address=ADDRESS, launch=namespace.launch) as registry:
        yield registry


def skopeo_login(
    registry: str, password: str, folder: Path, *options: str
) -> subprocess.CompletedProcess[str]:
    require("skopeo")
    command = [program("skopeo"), "login", f"--authfile={folder}/auth.json", "--username=alice"]
    return subprocess.run(
        [*command, "--password-stdin", *options, registry],
        input=password,
        env=plain_environment(str(folder)),
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


def engine_login(engine: Engine, registry: str, password: str) -> None:
    with engine.client() as client:
        client.login("alice", password, registry=registry, reauth=True)


# The real registry


def test_skopeo_logs_in_to_the_real_registry_with_the_right_password(
    real_registry: Registry, tmp_path: Path
) -> None:
    done = skopeo_login(real_registry.address, PASSWORD, tmp_path, "--tls-verify=false")
    assert done.returncode == 0, done.stderr


def test_the_real_registry_counts_the_login_that_it_refused(real_registry: Registry, tmp_path: Path) -> None:
    refused = len(real_registry.refused_logins())
    requests = len(real_registry.requests())
    done = skopeo_login(real_registry.address, "wrong", tmp_path, "--tls-verify=false")
    assert done.returncode != 0
    assert "invalid username/password" in done.stderr
    assert real_registry.refused_logins()[refused:] == ["alice"]
    seen = real_registry.requests(at_least=requests + 2)[requests:]
    assert [(request.path, request.status) for request in seen] == [("/v2/", 401)] * 2


def test_the_tls_registry_is_trusted_with_the_lab_s_ca_only(
    tls_registry: Registry, authority: Authority, tmp_path: Path
) -> None:
    refused = skopeo_login(tls_registry.address, PASSWORD, tmp_path)
    assert "certificate signed by unknown authority" in refused.stderr
    (tmp_path / "certs").mkdir()
    (tmp_path / "certs" / "ca.crt").write_bytes(Path(authority.ca_file).read_bytes())
    trusted = skopeo_login(tls_registry.address, PASSWORD, tmp_path, f"--cert-dir={tmp_path}/certs")
    assert trusted.returncode == 0, trusted.stderr


def test_an_anonymous_registry_asks_nobody() -> None:
    require("docker-registry", "setpriv")
    with Registry() as registry, urllib.request.urlopen(f"{registry.url}/v2/", timeout=5) as answer:
        assert answer.status == 200


def test_a_token_registry_grants_by_user_and_repository(tmp_path: Path) -> None:
    require("docker-registry", "setpriv", "skopeo")
    grants = {"bob": {"team/app": ["pull"]}}
    with TokenServer(tmp_path, USERS, grants=grants) as tokens, Registry(tokens=tokens) as registry:
        push_image(registry.address, "team/app:1", ("alice", PASSWORD))
        push_image(registry.address, "team/other:1", ("alice", PASSWORD))
        assert _skopeo_inspect(registry, "team/app:1", "bob").returncode == 0
        denied = _skopeo_inspect(registry, "team/other:1", "bob")
        assert denied.returncode != 0
        assert "denied" in denied.stderr or "unauthorized" in denied.stderr
        done = skopeo_login(registry.address, "wrong", tmp_path, "--tls-verify=false")
        assert "incorrect username or password" in done.stderr or "invalid username/password" in done.stderr
        assert tokens.refused_logins == ["alice"]


def _skopeo_inspect(registry: Registry, image: str, user: str) -> subprocess.CompletedProcess[str]:
    command = [program("skopeo"), "inspect", "--tls-verify=false", f"--creds={user}:{USERS[user]}"]
    return subprocess.run(
        [*command, f"docker://{registry.address}/{image}"],
        env=plain_environment("/nonexistent"),
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


# The real Engine


def test_the_real_engine_logs_in_with_the_right_password(engine: Engine, real_registry: Registry) -> None:
    engine_login(engine, real_registry.address, PASSWORD)
    assert engine.version[0].isdigit()


def test_the_real_engine_reports_the_wrong_password(engine: Engine, real_registry: Registry) -> None:
    refused = len(real_registry.refused_logins())
    with pytest.raises(docker.errors.APIError, match=r"401 Unauthorized|unauthorized"):
        engine_login(engine, real_registry.address, "wrong")
    assert real_registry.refused_logins()[refused:] == ["alice"]


def test_the_real_engine_pulls_what_was_pushed(engine: Engine, real_registry: Registry) -> None:
    require("skopeo")
    reference = push_image(real_registry.address, "lab/hello:1", ("alice", PASSWORD))
    credentials = {"username": "alice", "password": PASSWORD}
    with engine.client() as client:
        image = client.images.pull(reference, auth_config=credentials)
        assert reference in image.tags
        with pytest.raises(docker.errors.NotFound):
            client.images.pull(reference[:-1] + "2", auth_config=credentials)


def test_the_engine_in_the_namespace_distrusts_an_unknown_ca(
    namespace: Namespace, remote_registry: Registry
) -> None:
    require("dockerd", "containerd", "setpriv")
    server = f"{NAME}:{remote_registry.port}"
    with (
        Engine(launch=namespace.launch) as engine,
        pytest.raises(docker.errors.APIError, match="x509: certificate signed by unknown authority"),
    ):
        engine_login(engine, server, PASSWORD)
    assert remote_registry.refused_logins() == []


def test_the_engine_in_the_namespace_trusts_the_ca_of_its_environment(
    namespace: Namespace, remote_registry: Registry, authority: Authority
) -> None:
    require("dockerd", "containerd", "setpriv")
    server = f"{NAME}:{remote_registry.port}"
    with Engine(launch=namespace.launch, environment={"SSL_CERT_FILE": authority.ca_file}) as engine:
        engine_login(engine, server, PASSWORD)
        with pytest.raises(docker.errors.APIError, match="401 Unauthorized"):
            engine_login(engine, server, "wrong")


def test_a_stopped_engine_leaves_no_process_mount_or_folder() -> None:
    require("dockerd", "containerd", "setpriv", namespaces=True)
    with Engine() as engine:
        folder = os.path.dirname(engine.docker_host.removeprefix("unix://"))
        assert _processes_with(folder)
    assert _processes_with(folder) == []
    assert folder not in Path("/proc/self/mounts").read_text()
    assert not os.path.exists(folder)


def _processes_with(text: str) -> list[str]:
    found = []
    for folder in Path("/proc").iterdir():
        try:
            line = (folder / "cmdline").read_bytes() if folder.name.isdigit() else b""
        except OSError:
            continue  # it ended meanwhile
        if text.encode() in line:
            found.append(line.decode(errors="replace"))
    return found


# The namespace


def test_names_in_the_namespace_are_its_own(namespace: Namespace) -> None:
    done = namespace.run(["getent", "ahostsv4", NAME])
    assert done.stdout.split()[0] == ADDRESS
    assert namespace.run(["getent", "ahosts", "github.com"]).returncode != 0
    assert NAME not in Path("/etc/hosts").read_text()


def test_the_namespace_has_silent_and_unreachable_addresses(namespace: Namespace) -> None:
    def connect(address: str) -> None:
        namespace.call(lambda: socket.create_connection((address, 443), timeout=0.3).close())

    with pytest.raises(TimeoutError):
        connect(SILENT)
    with pytest.raises(OSError, match="Network is unreachable"):
        connect(UNREACHABLE)
    with pytest.raises(OSError, match="No route to host"):
        connect(NO_SUCH_HOST)
    with pytest.raises(ConnectionRefusedError):
        connect(ADDRESS)


def test_a_scripted_registry_of_this_process_can_stand_in_the_namespace(
    namespace: Namespace, certificate: Certificate, authority: Authority
) -> None:
    with ScriptedRegistry(
        handlers.anonymous(), certificate, address=ADDRESS, listen=namespace.listen
    ) as registry:
        script = (
            "import sys, ssl, urllib.request as r; "
            "print(r.urlopen(sys.argv[1], context=ssl.create_default_context(cafile=sys.argv[2])).status)"
        )
        url = f"https://{NAME}:{registry.port}/v2/"
        done = namespace.run([sys.executable, "-c", script, url, authority.ca_file])
        assert done.stdout == "200\n", done.stderr
        with pytest.raises(OSError, match=r"timed out|unreachable|refused"):
            socket.create_connection((ADDRESS, registry.port), timeout=0.3).close()


# Certificates


@pytest.mark.parametrize(
    ("fault", "code"),
    [("expired", 10), ("not yet valid", 9), ("other name", 62), ("self-signed", 18), ("half", 20)],
)
def test_a_certificate_has_the_fault_that_was_ordered(
    authority: Authority, tmp_path: Path, fault: str, code: int
) -> None:
    day = datetime.timedelta(days=1)
    intermediate = Authority(tmp_path, name="Lab intermediate", parent=authority)
    orders: dict[str, Callable[[], Certificate]] = {
        "expired": lambda: authority.issue("localhost", not_after=-day),
        "not yet valid": lambda: authority.issue("localhost", not_before=day),
        "other name": lambda: authority.issue("example.test"),
        "self-signed": lambda: self_signed(tmp_path, "localhost"),
        "half": lambda: intermediate.issue("localhost", with_chain=False),
    }
    with peers.answering(certificate=orders[fault]()) as peer:
        with pytest.raises(ssl.SSLCertVerificationError) as failure:
            _handshake(peer, authority)
        assert failure.value.verify_code == code
        assert peer.connections[0].received == b""


def test_a_certificate_with_its_chain_is_trusted(authority: Authority, tmp_path: Path) -> None:
    intermediate = Authority(tmp_path, name="Lab intermediate", parent=authority)
    with peers.answering(certificate=intermediate.issue("localhost")) as peer:
        assert _exchange(peer, authority).startswith(b"HTTP/1.1 401")


# The broken peers


def _connect(peer: peers.Peer | peers.Address, seconds: float = 5) -> socket.socket:
    return socket.create_connection((peer.host, peer.port), timeout=seconds)


def _handshake(peer: peers.Peer, authority: Authority, seconds: float = 5) -> ssl.SSLSocket:
    plain = _connect(peer, seconds)
    try:
        return authority.client_context().wrap_socket(plain, server_hostname="localhost")
    except BaseException:
        plain.close()
        raise


def _exchange(peer: peers.Peer, authority: Authority | None = None) -> bytes:
    """All that the peer answers to a request."""
    with _handshake(peer, authority) if authority else _connect(peer) as connection:
        connection.sendall(REQUEST)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_a_refused_port_refuses() -> None:
    with peers.refused() as peer, pytest.raises(ConnectionRefusedError):
        _connect(peer)


def test_with_a_full_backlog_connect_itself_hangs() -> None:
    with peers.full_backlog() as peer, pytest.raises(TimeoutError):
        _connect(peer, 0.3)


def test_a_silent_peer_accepts_and_says_nothing(authority: Authority) -> None:
    with peers.silent() as peer:
        with pytest.raises(TimeoutError):
            _handshake(peer, authority, 0.3)
        assert peer.connections[0].finished.wait(5)
        assert peer.connections[0].received.startswith(b"\x16\x03")


def test_a_peer_resets_at_accept_or_after_the_client_hello(authority: Authority) -> None:
    with peers.reset_at_accept() as peer, pytest.raises(ConnectionResetError):
        _handshake(peer, authority)
    with peers.reset_after_hello() as peer:
        with pytest.raises(ConnectionResetError):
            _handshake(peer, authority)
        assert peer.connections[0].received.startswith(b"\x16\x03")


def test_a_plain_http_peer_is_no_tls_server(authority: Authority) -> None:
    with peers.plain_http() as peer:
        with pytest.raises(ssl.SSLError, match="WRONG_VERSION_NUMBER"):
            _handshake(peer, authority)
        assert _exchange(peer).startswith(b"HTTP/1.1 401")


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_peer_wants_a_client_certificate(
    authority: Authority, certificate: Certificate, version: ssl.TLSVersion
) -> None:
    with peers.wants_client_certificate(certificate, authority, version) as peer:
        with pytest.raises(ssl.SSLError, match=r"ALERT|alert"):
            _exchange(peer, authority)
        context = authority.client_context()
        context.load_cert_chain(certificate.cert_file, certificate.key_file)
        with context.wrap_socket(_connect(peer), server_hostname="localhost") as connection:
            connection.sendall(REQUEST)
            assert connection.recv(100).startswith(b"HTTP/1.1 401")
        assert [c.client_certificate for c in peer.connections] == [False, True]


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1 is deprecated")
def test_an_old_peer_speaks_tls_1_0_only(authority: Authority, certificate: Certificate) -> None:
    with peers.old_tls(certificate) as peer:
        # Which of the two gives up first is a matter of how OpenSSL was built.
        with pytest.raises(ssl.SSLError, match=r"PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|legacy sigalg"):
            _handshake(peer, authority)
        context = authority.client_context()
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.TLSv1
        with context.wrap_socket(_connect(peer), server_hostname="localhost") as connection:
            assert connection.version() == "TLSv1"


def test_a_handshake_gets_stuck(authority: Authority, certificate: Certificate) -> None:
    with peers.stuck_handshake(certificate) as peer:
        with pytest.raises(TimeoutError):
            _handshake(peer, authority, 0.3)
        assert peer.connections[0].sent > 50


def test_a_peer_ends_without_an_answer(authority: Authority, certificate: Certificate) -> None:
    with peers.empty_answer(certificate) as peer:
        assert _exchange(peer, authority) == b""
        assert peer.connections[0].received == REQUEST
    with peers.closes_after_handshake(certificate) as peer, _handshake(peer, authority) as connection:
        assert connection.recv(10) == b""


def test_a_peer_never_answers_after_the_handshake(authority: Authority, certificate: Certificate) -> None:
    with peers.answering(b"", certificate, stay=True) as peer, _handshake(peer, authority, 0.3) as connection:
        connection.sendall(REQUEST)
        with pytest.raises(TimeoutError):
            connection.recv(1)


def test_a_dripping_peer_sends_byte_by_byte() -> None:
    with peers.dripping(seconds=0.1) as peer, _connect(peer) as connection:
        connection.sendall(REQUEST)
        start = time.monotonic()
        assert b"".join(connection.recv(100) for _ in range(4)) == b"HTTP"
        assert time.monotonic() - start >= 0.25


def test_an_endless_body_goes_on_until_the_client_stops() -> None:
    with peers.endless_body() as peer:
        with _connect(peer) as connection:
            connection.sendall(REQUEST)
            total = 0
            while total < 5_000_000:
                total += len(connection.recv(1 << 20))
        assert peer.connections[0].finished.wait(5)


def test_headers_can_be_huge() -> None:
    with peers.huge_headers(count=3, size=100_000) as peer:
        answer = _exchange(peer)
    assert len(answer) > 300_000
    assert answer.startswith(b"HTTP/1.1 401")


def test_a_stopped_peer_hangs_up_on_a_client_that_waits(authority: Authority) -> None:
    with peers.silent() as peer:
        connection = _connect(peer)
    with connection:
        assert connection.recv(1) == b""


# The scripted registry


def _get(
    url: str, authorization: str | None = None, context: ssl.SSLContext | None = None
) -> tuple[int, bytes, str]:
    """Status, body and WWW-Authenticate of an answer."""
    headers = {"Authorization": authorization} if authorization else {}
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=5, context=context) as answer:
            return answer.status, answer.read(), answer.headers.get("WWW-Authenticate", "")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(), ", ".join(error.headers.get_all("WWW-Authenticate", []))


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def test_a_basic_registry_lets_in_its_users_only_and_records_what_they_sent() -> None:
    with ScriptedRegistry(handlers.basic(USERS)) as registry:
        assert _get(f"{registry.url}/v2/")[::2] == (401, 'Basic realm="lab"')
        assert _get(f"{registry.url}/v2/", _basic("alice", "wrong"))[0] == 401
        assert _get(f"{registry.url}/v2/", _basic("alice", PASSWORD))[0] == 200
        assert [r.basic for r in registry.with_credentials] == [("alice", "wrong"), ("alice", PASSWORD)]
        assert len(registry.requests) == 3


def test_a_bearer_registry_sends_to_another_host_for_tokens() -> None:
    desk = handlers.Bearer(USERS, grants={"bob": ["team/app"]}, images=["team/app:1", "team/secret:1"])
    with ScriptedRegistry(desk.token) as tokens, ScriptedRegistry(desk.registry) as registry:
        desk.realm = f"{tokens.url}/token"
        status, _, challenge = _get(f"{registry.url}/v2/")
        assert (status, challenge) == (401, f'Bearer realm="{tokens.url}/token",service="lab"')
        assert _get(f"{tokens.url}/token?service=lab", _basic("bob", "wrong"))[0] == 401
        for repository, expected in (("team/app", 200), ("team/secret", 401)):
            scope = f"{tokens.url}/token?service=lab&scope=repository:{repository}:pull"
            token = json.loads(_get(scope, _basic("bob", USERS["bob"]))[1])["token"]
            assert _get(f"{registry.url}/v2/{repository}/manifests/1", f"Bearer {token}")[0] == expected
            assert _get(f"{registry.url}/v2/", f"Bearer {token}")[0] == 200


def test_handlers_answer_with_pages_codes_challenges_and_turns() -> None:
    several = handlers.challenging('Basic realm="a"', 'Bearer realm="https://b/token"')
    table: dict[str, Handler | Answer] = {
        "/page/*": handlers.web_page(),
        "/busy": handlers.failing(429, "slow down", retry_after=7),
        "/many": several,
        "/flaky": handlers.in_turn(handlers.failing(503), handlers.anonymous()),
        "/v2/": Answer(body={}),
    }
    with ScriptedRegistry(handlers.routes(table)) as registry:
        assert b"<!doctype html>" in _get(f"{registry.url}/page/v2/")[1]
        assert _get(f"{registry.url}/busy")[:2] == (429, b"slow down")
        assert _get(f"{registry.url}/many")[2] == 'Basic realm="a", Bearer realm="https://b/token"'
        assert _get(f"{registry.url}/flaky")[0] == 503
        assert _get(f"{registry.url}/flaky")[0] == 404
        assert _get(f"{registry.url}/v2/")[:2] == (200, b"{}")
        assert _get(f"{registry.url}/elsewhere")[0] == 404


def test_a_scripted_registry_keeps_connections_alive_over_tls(
    authority: Authority, certificate: Certificate
) -> None:
    with ScriptedRegistry(handlers.anonymous(), certificate) as registry:
        plain = socket.create_connection((registry.host, registry.port), timeout=5)
        with authority.client_context().wrap_socket(plain, server_hostname="localhost") as connection:
            for _ in range(3):
                connection.sendall(REQUEST)
                assert connection.recv(65536).startswith(b"HTTP/1.1 200 OK")
        assert (len(registry.requests), registry.connections) == (3, 1)
        with pytest.raises(urllib.error.URLError):
            _get(f"{registry.url}/v2/", context=ssl.create_default_context())
        assert len(registry.requests) == 3


def test_an_answer_can_be_late_and_a_stopped_registry_does_not_wait_for_it() -> None:
    start = time.monotonic()
    with ScriptedRegistry(lambda request: Answer(delay=30)) as registry:
        connection = socket.create_connection((registry.host, registry.port), timeout=0.3)
        connection.sendall(REQUEST)
        with pytest.raises(TimeoutError):
            connection.recv(1)
    connection.close()
    assert time.monotonic() - start < 5


def test_a_fault_in_a_handler_fails_the_test_that_used_it() -> None:
    def broken(request: Request) -> Answer:
        raise ZeroDivisionError(request.path)

    with pytest.raises(AssertionError, match="ZeroDivisionError: /v2/"), ScriptedRegistry(broken) as registry:
        assert _get(f"{registry.url}/v2/")[0] == 500


# The environment


def test_the_environment_of_a_test_is_clean() -> None:
    present = [name for name in os.environ if name.startswith(("AWS_", "GITHUB_", "CODESPACE", "SSL_CERT_"))]
    assert present == []
    assert os.environ["DOCKER_CONFIG"].startswith(os.environ["HOME"])
    assert os.listdir(os.environ["HOME"]) == []
