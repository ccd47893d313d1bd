"""Each cause of the network, provoked by a real socket: verdict, failed check, what was skipped."""

from __future__ import annotations

import datetime
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from regdoctor.settings import Override, Settings
from tests.lab import handlers, peers
from tests.lab.certificates import Authority, Certificate, self_signed
from tests.lab.namespace import ADDRESS, NO_SUCH_HOST, SILENT, UNREACHABLE, Namespace
from tests.lab.programs import require
from tests.lab.registry import USERS
from tests.lab.scripted import Answer, Request, ScriptedRegistry
from tests.live.proxies import proxy_answering, working_proxy
from tests.live.resolver import Resolver
from tests.live.running import (
    NOBODYS,
    assert_failed_at,
    check_of,
    diagnose,
    examine,
    run_program,
    variables_of,
    verdict,
)

NAME = "registry.example.test"
PASSWORD = USERS["alice"]
SHORT = 1.0
"""Seconds for a set whose peer never answers."""
DAY = datetime.timedelta(days=1)
SECOND_ADDRESS = "198.51.100.11"


@pytest.fixture(scope="module")
def certificate(authority: Authority) -> Certificate:
    return authority.issue(NAME, "localhost", "127.0.0.1")


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    require("ip", "mount", "nsenter", "unshare", namespaces=True)
    with Namespace(hosts={NAME: ADDRESS}, addresses=[SECOND_ADDRESS]) as namespace:
        yield namespace


def to(peer: peers.Peer | peers.Address | ScriptedRegistry, name: str = NAME) -> tuple[Override, ...]:
    """Makes a name lead to a peer on loopback, without its being a loopback name."""
    return (Override(name, 443, peer.host, peer.port),)


# TCP


def test_a_port_that_refuses_is_tcp_refused() -> None:
    with peers.refused() as peer:
        result = examine(peer.address)
    assert_failed_at(result, "tcp", "tcp-refused")
    assert peer.address in result.findings[0].evidence[0]


def test_a_connection_that_nobody_accepts_is_tcp_timeout() -> None:
    with peers.full_backlog() as peer:
        result = examine(peer.address, timeout=SHORT)
    assert_failed_at(result, "tcp", "tcp-timeout")


@pytest.mark.parametrize("when", [peers.reset_at_accept, peers.reset_after_hello])
def test_a_connection_that_is_reset_is_tcp_reset(when: Callable[[], peers.Peer]) -> None:
    with when() as peer:
        result = examine(NAME, overrides=to(peer))
    # A reset right after the accept may already be seen by the check that connects.
    failed = "tcp" if check_of(result, "tcp").status == "error" else "tls"
    assert_failed_at(result, failed, "tcp-reset")


# TLS


def test_a_peer_that_accepts_and_never_answers_is_tls_timeout() -> None:
    with peers.silent() as peer:
        result = examine(NAME, overrides=to(peer), timeout=SHORT)
    assert_failed_at(result, "tls", "tls-timeout")


def test_a_handshake_that_stops_half_way_is_tls_timeout(certificate: Certificate) -> None:
    with peers.stuck_handshake(certificate) as peer:
        result = examine(NAME, overrides=to(peer), timeout=SHORT)
    assert_failed_at(result, "tls", "tls-timeout")


def test_plain_http_on_the_port_for_tls_is_tls_plain_http() -> None:
    with peers.plain_http() as peer:
        result = examine(NAME, overrides=to(peer))
        assert all(b"uthorization" not in connection.received for connection in peer.connections)
    assert_failed_at(result, "tls", "tls-plain-http")


def test_plain_http_at_a_loopback_address_works_as_docker_permits() -> None:
    with ScriptedRegistry(handlers.basic(USERS)) as registry:
        result = examine(registry.address, password=PASSWORD)
    assert (verdict(result), result.proved) == (None, True)
    assert check_of(result, "tls").status == "skipped"


def orders(authority: Authority, folder: Path) -> dict[str, Callable[[], Certificate]]:
    stranger = Authority(folder, name="Stranger CA")
    intermediate = Authority(folder, name="Lab intermediate", parent=authority)
    return {
        "expired": lambda: authority.issue(NAME, not_after=-DAY),
        "not yet valid": lambda: authority.issue(NAME, not_before=DAY),
        "other name": lambda: authority.issue("other.example.test"),
        "common name only": lambda: authority.issue(cn=NAME),
        "self-signed": lambda: self_signed(folder, NAME),
        "unknown authority": lambda: stranger.issue(NAME),
        "intermediate missing": lambda: intermediate.issue(NAME, with_chain=False),
    }


@pytest.mark.parametrize(
    ("fault", "cause", "words"),
    [
        ("expired", "tls-expired", "expired"),
        ("not yet valid", "tls-not-yet-valid", "not yet valid"),
        ("other name", "tls-hostname-mismatch", "other.example.test"),
        ("common name only", "tls-hostname-mismatch", NAME),
        ("self-signed", "tls-unknown-ca", "self-signed"),
        ("unknown authority", "tls-unknown-ca", "Stranger CA"),
        ("intermediate missing", "tls-unknown-ca", "Lab intermediate"),
    ],
)
def test_a_certificate_with_a_fault_is_named_by_it(
    authority: Authority, tmp_path: Path, fault: str, cause: str, words: str
) -> None:
    with peers.answering(certificate=orders(authority, tmp_path)[fault]()) as peer:
        result = examine(NAME, overrides=to(peer), ca_file=authority.ca_file)
        assert all(connection.received == b"" for connection in peer.connections)
    assert_failed_at(result, "tls", cause)
    assert any(words in line.replace("self signed", "self-signed") for line in result.findings[0].evidence)


def test_the_authority_is_unknown_without_the_ca_file(certificate: Certificate, authority: Authority) -> None:
    with ScriptedRegistry(handlers.basic(USERS), certificate) as registry:
        without = examine(NAME, password=PASSWORD, overrides=to(registry))
        with_it = examine(NAME, password=PASSWORD, overrides=to(registry), ca_file=authority.ca_file)
    assert_failed_at(without, "tls", "tls-unknown-ca")
    assert (verdict(with_it), with_it.proved) == (None, True)


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_server_that_wants_a_client_certificate_is_tls_client_cert(
    authority: Authority, certificate: Certificate, version: ssl.TLSVersion
) -> None:
    with peers.wants_client_certificate(certificate, authority, version) as peer:
        result = examine(NAME, overrides=to(peer), ca_file=authority.ca_file)
    # In TLS 1.3 the handshake succeeds for the client, and the server's refusal meets its first request.
    assert_failed_at(result, "registry" if version is ssl.TLSVersion.TLSv1_3 else "tls", "tls-client-cert")


def test_a_server_that_hangs_up_on_who_has_no_client_certificate_is_no_mystery(
    authority: Authority, certificate: Certificate
) -> None:
    """Its alert may be lost with the connection: then a reset is all that there is to be seen."""
    with peers.wants_client_certificate(certificate, authority, abrupt=True) as peer:
        result = examine(NAME, overrides=to(peer), ca_file=authority.ca_file)
    found = result.findings[0]
    assert found.cause in ("tls-client-cert", "tcp-reset")
    assert check_of(result, "registry").status == "error"


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1 is deprecated")
def test_a_server_that_speaks_tls_1_0_only_is_tls_protocol(
    certificate: Certificate, authority: Authority
) -> None:
    with peers.old_tls(certificate) as peer:
        result = examine(NAME, overrides=to(peer), ca_file=authority.ca_file)
    assert_failed_at(result, "tls", "tls-protocol")


# Answers


def test_a_server_that_hangs_up_after_the_handshake_is_tcp_reset(
    certificate: Certificate, authority: Authority
) -> None:
    with peers.closes_after_handshake(certificate) as peer:
        result = examine(NAME, overrides=to(peer), ca_file=authority.ca_file)
    assert_failed_at(result, "registry", "tcp-reset")


def test_a_server_that_hangs_up_instead_of_an_answer_is_tcp_reset(
    certificate: Certificate, authority: Authority
) -> None:
    with peers.empty_answer(certificate) as peer:
        result = examine(NAME, overrides=to(peer), ca_file=authority.ca_file)
    assert_failed_at(result, "registry", "tcp-reset")
    assert "without an answer" in result.findings[0].evidence[0]


def test_a_server_that_never_answers_the_request_fails_in_the_registry_check(
    certificate: Certificate, authority: Authority
) -> None:
    with peers.answering(b"", certificate, stay=True) as peer:
        result = examine(NAME, overrides=to(peer), ca_file=authority.ca_file, timeout=SHORT)
    assert_failed_at(result, "registry", "timeout-overall")


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_failing_registry_is_unavailable(status: int) -> None:
    with ScriptedRegistry(handlers.failing(status, "down for maintenance")) as registry:
        result = examine(registry.address)
    assert_failed_at(result, "registry", "registry-unavailable")
    evidence = " ".join(result.findings[0].evidence)
    assert f"HTTP {status}" in evidence
    assert "down for maintenance" in evidence
    assert registry.with_credentials == []


def test_a_registry_that_is_asked_too_often_says_when_to_come_again() -> None:
    with ScriptedRegistry(handlers.failing(429, "slow down", retry_after=1234)) as registry:
        result = examine(registry.address)
    assert_failed_at(result, "registry", "rate-limited")
    assert "Retry-After: 1234" in result.findings[0].evidence


@pytest.mark.parametrize(
    "handler",
    [
        handlers.web_page(),
        handlers.web_page(404),
        handlers.not_found,
        handlers.redirecting("https://login.example.test/signin"),
        handlers.always(Answer(401, {"Content-Type": "text/html"}, "<html><title>Log in</title></html>")),
        handlers.challenging("!!! = , \x22"),
        handlers.challenging("Negotiate"),
    ],
    ids=["page", "page 404", "404", "redirect", "no challenge", "unreadable challenge", "other scheme"],
)
def test_a_server_that_is_no_registry_is_named_so(handler: Callable[[Request], Answer]) -> None:
    with ScriptedRegistry(handler) as registry:
        result = examine(registry.address)
    assert_failed_at(result, "registry", "not-a-registry")
    assert registry.with_credentials == []


@pytest.mark.parametrize("challenge", ["Bearer", 'Bearer service="lab"', 'Bearer realm="', "Bearer realm=,"])
def test_a_challenge_without_an_address_for_tokens_gets_no_credential(challenge: str) -> None:
    with ScriptedRegistry(handlers.challenging(challenge)) as registry:
        result = examine(registry.address)
    assert verdict(result) in ("not-a-registry", "realm-not-trusted")
    assert registry.with_credentials == []


def test_a_realm_of_strangers_gets_no_credential() -> None:
    with ScriptedRegistry(handlers.Bearer(USERS, realm="https://tokens.example.com/token")) as registry:
        result = examine(registry.address, password=PASSWORD)
    assert_failed_at(result, "login", "realm-not-trusted")
    assert registry.with_credentials == []


@pytest.mark.parametrize("order", [("basic", "bearer"), ("bearer", "basic")])
@pytest.mark.parametrize("in_one_header", [False, True])
def test_a_registry_with_several_challenges_is_logged_in_to(
    order: tuple[str, str], in_one_header: bool
) -> None:
    desk = handlers.Bearer(USERS)

    def answer(request: Request) -> Answer:
        answered = desk(request)
        if answered.status != 401 or request.path == "/token":
            return answered
        offered = {
            "basic": 'Basic realm="lab, or not"',
            "bearer": f'Bearer realm="{request.base_url}/token",service="lab"',
        }
        return handlers.challenging(*(offered[one] for one in order), in_one_header=in_one_header)(request)

    with ScriptedRegistry(answer) as registry:
        result = examine(registry.address, password=PASSWORD)
    assert (verdict(result), result.proved) == (None, True)


def test_a_registry_at_an_ipv6_address_is_logged_in_to() -> None:
    with ScriptedRegistry(handlers.Bearer(USERS), address="::1") as registry:
        result = examine(registry.address, password=PASSWORD)
    assert registry.address.startswith("[::1]:")
    assert (verdict(result), result.proved) == (None, True)


def test_a_registry_that_asks_for_no_credential_proves_nothing() -> None:
    with ScriptedRegistry(handlers.anonymous()) as registry:
        result = examine(registry.address)
    assert (verdict(result), result.status, result.proved) == ("credential-not-tested", "warning", False)
    login = check_of(result, "login")
    assert (login.status, login.reason) == ("skipped", "the registry asks for no credential")
    assert registry.with_credentials == []


# Peers that take their time


def test_an_answer_that_ends_with_its_connection_is_read_whole(
    certificate: Certificate, authority: Authority
) -> None:
    """As HTTP/1.0 servers and those without keep-alive answer: the head, and a moment later the body."""
    context = certificate.server_context()

    def behave(session: peers.Session) -> None:
        session.start_tls(context)
        session.receive_request()
        session.send(b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n")
        session.stopping.wait(0.1)
        session.send(b"the registry moves house today")

    with peers.Peer(behave) as peer:
        result = examine(NAME, overrides=to(peer), ca_file=authority.ca_file)
    assert_failed_at(result, "registry", "registry-unavailable")
    assert "the registry moves house today" in " ".join(result.findings[0].evidence)


def test_a_dripping_answer_is_given_up_in_time(certificate: Certificate, authority: Authority) -> None:
    with peers.dripping(certificate=certificate, seconds=0.05) as peer:
        start = time.monotonic()
        result = examine(NAME, overrides=to(peer), ca_file=authority.ca_file, timeout=SHORT)
        seconds = time.monotonic() - start
        sent = sum(connection.sent for connection in peer.connections)
    assert_failed_at(result, "registry", "timeout-overall")
    assert sent > 3
    assert seconds < SHORT + 1


def test_a_dripping_server_in_plain_http_is_given_up_in_time() -> None:
    with peers.dripping(seconds=0.05) as peer:
        start = time.monotonic()
        result = examine(peer.address, timeout=SHORT)
        seconds = time.monotonic() - start
    assert result.status == "error"
    assert not result.proved
    assert seconds < SHORT + 1


@pytest.mark.parametrize(
    ("status", "cause"),
    [
        ("200 OK", "not-a-registry"),
        ("401 Unauthorized", "not-a-registry"),
        ("503 Service Unavailable", "registry-unavailable"),
    ],
)
def test_an_endless_body_is_given_up_in_time(
    certificate: Certificate, authority: Authority, status: str, cause: str
) -> None:
    with peers.endless_body(certificate, status=status) as peer:
        start = time.monotonic()
        result = examine(NAME, overrides=to(peer), ca_file=authority.ca_file)
        seconds = time.monotonic() - start
        sent = sum(connection.sent for connection in peer.connections)
    assert_failed_at(result, "registry", cause)
    assert seconds < 3
    assert 1 << 16 <= sent < 16 << 20


@pytest.mark.parametrize(("count", "size"), [(1, 1 << 20), (2000, 1000)])
def test_huge_headers_are_no_registry_s(
    certificate: Certificate, authority: Authority, count: int, size: int
) -> None:
    with peers.huge_headers(certificate, count=count, size=size) as peer:
        start = time.monotonic()
        result = examine(NAME, overrides=to(peer), ca_file=authority.ca_file)
        seconds = time.monotonic() - start
    assert_failed_at(result, "registry", "not-a-registry")
    assert seconds < 3


def test_huge_headers_in_plain_http_are_no_registry_s() -> None:
    answer = b"HTTP/1.1 401 Unauthorized\r\nX-Lab: " + b"z" * (1 << 20) + b"\r\n\r\n"
    with peers.plain_http(answer) as peer:
        result = examine(peer.address)
    assert verdict(result) in ("not-a-registry", "tls-protocol", "tls-plain-http")


def test_the_timeout_holds_for_twenty_unanswered_requests_and_two_jobs(authority: Authority) -> None:
    names = [f"s{number:02}.example.test" for number in range(20)]
    variables: dict[str, str] = {}
    for number, name in enumerate(names):
        variables |= variables_of(name, "alice", NOBODYS, f"S{number:02}")
    with peers.answering(b"", authority.issue(*names), stay=True) as peer:
        overrides = tuple(Override(name, 443, peer.host, peer.port) for name in names)
        settings = Settings(timeout=1.5, jobs=2, overrides=overrides, ca_file=authority.ca_file)
        start = time.monotonic()
        report = diagnose(variables, settings)
        seconds = time.monotonic() - start
    assert seconds <= 1.5 + 1
    assert [verdict(result) for result in report.sets] == ["timeout-overall"] * 20


def test_the_program_ends_in_time_with_twenty_silent_sets_and_two_jobs() -> None:
    variables: dict[str, str] = {}
    with peers.silent() as peer:
        options = ["--timeout", "1.5", "--jobs", "2"]
        for number in range(20):
            name = f"s{number:02}.example.test"
            variables |= variables_of(name, "alice", NOBODYS, f"S{number:02}")
            options += ["--resolve", f"{name}:443:{peer.host}:{peer.port}"]
        run = run_program(variables, *options)
    assert run.code == 1
    assert run.seconds <= 1.5 + 1
    assert run.report["summary"] == {"ok": 0, "warning": 0, "error": 20}
    causes = {found["findings"][0]["cause"] for found in run.report["sets"]}
    assert causes == {"tls-timeout", "timeout-overall"}


# Names and routes, in a network of the tests' own


def name_server(namespace: Namespace, **records: list[str]) -> Resolver:
    """A name server where the namespace looks for one; the names end in example.test."""

    def bind() -> socket.socket:
        listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        listener.bind((namespace.nameserver, 53))
        return listener

    full = {f"{name}.example.test": addresses for name, addresses in records.items()}
    return Resolver(namespace.call(bind), full)


def set_for(server: str) -> dict[str, str]:
    return variables_of(server, "alice", PASSWORD)


def test_a_name_that_does_not_exist_is_dns_not_found(namespace: Namespace) -> None:
    with name_server(namespace) as resolver:
        run = run_program(set_for("nowhere.example.test"), "--timeout", "5", launch=namespace.launch)
    assert "nowhere.example.test" in resolver.asked
    assert (run.code, run.verdict) == (1, "dns-not-found")
    assert run.check("dns")["status"] == "error"
    assert [run.check(name)["reason"] for name in ("tcp", "tls", "registry", "login")] == ["dns failed"] * 4


def test_a_resolver_that_is_not_there_is_dns_failure(namespace: Namespace) -> None:
    run = run_program(set_for("nowhere.example.test"), "--timeout", "5", launch=namespace.launch)
    assert (run.code, run.verdict) == (1, "dns-failure")
    assert run.check("dns")["status"] == "error"


def test_a_resolver_that_never_answers_is_dns_failure_within_the_deadline() -> None:
    require("ip", "mount", "nsenter", "unshare", namespaces=True)
    with Namespace(nameserver=SILENT) as silent:
        run = run_program(set_for("nowhere.example.test"), "--timeout", "2", launch=silent.launch)
    assert (run.code, run.verdict) == (1, "dns-failure")
    assert run.check("dns")["status"] == "error"
    assert run.seconds <= 2 + 1


def test_of_two_addresses_the_one_that_refuses_is_named_and_the_other_used(
    namespace: Namespace, authority: Authority
) -> None:
    registry = ScriptedRegistry(
        handlers.basic(USERS),
        authority.issue("two.example.test"),
        address=SECOND_ADDRESS,
        listen=namespace.listen,
    )
    with name_server(namespace, two=[ADDRESS, SECOND_ADDRESS]), registry:
        run = run_program(
            set_for(f"two.example.test:{registry.port}"),
            *("--timeout", "5", "--ca-file", authority.ca_file),
            launch=namespace.launch,
        )
    assert (run.code, run.verdict, run.set["proved"]) == (0, None, True)
    assert run.check("dns")["detail"] == f"{ADDRESS}, {SECOND_ADDRESS}"
    detail = run.check("tcp")["detail"]
    assert f"connected to {SECOND_ADDRESS}" in detail
    assert f"{ADDRESS}:{registry.port}: Connection refused" in detail


def test_of_two_addresses_that_both_fail_the_evidence_tells_how_each_did(namespace: Namespace) -> None:
    with name_server(namespace, two=[SILENT, SECOND_ADDRESS]):
        run = run_program(set_for("two.example.test"), "--timeout", "2", launch=namespace.launch)
    assert run.verdict in ("tcp-refused", "tcp-timeout")
    assert run.check("tcp")["status"] == "error"
    evidence = "\n".join(run.set["findings"][0]["evidence"])
    assert f"{SECOND_ADDRESS}:443: Connection refused" in evidence
    assert f"{SILENT}:443:" in evidence


@pytest.mark.parametrize(
    ("address", "cause"),
    [
        (UNREACHABLE, "network-unreachable"),
        (NO_SUCH_HOST, "network-unreachable"),
        (SILENT, "tcp-timeout"),
        (ADDRESS, "tcp-refused"),
    ],
)
def test_an_address_without_a_way_to_it_is_named_so(namespace: Namespace, address: str, cause: str) -> None:
    run = run_program(set_for(address), "--timeout", "1", launch=namespace.launch)
    assert (run.code, run.verdict) == (1, cause)
    assert run.check("tcp")["status"] == "error"
    assert [run.check(name)["reason"] for name in ("tls", "registry", "login")] == ["tcp failed"] * 3


# Proxies


def test_a_proxy_that_cannot_be_reached_is_proxy_error() -> None:
    with peers.refused() as peer:
        result = examine(NAME, environ={"HTTPS_PROXY": f"http://{peer.address}"})
    assert_failed_at(result, "tcp", "proxy-error")
    evidence = " ".join(result.findings[0].evidence)
    assert peer.address in evidence
    assert "HTTPS_PROXY" in evidence


def test_a_proxy_whose_name_does_not_exist_is_proxy_error(namespace: Namespace) -> None:
    with name_server(namespace):
        run = run_program(
            set_for(NAME),
            *("--timeout", "5"),
            environ={"HTTPS_PROXY": "http://proxy.example.test:3128"},
            launch=namespace.launch,
        )
    assert (run.code, run.verdict) == (1, "proxy-error")
    assert run.check("dns")["status"] == "error"


def test_a_proxy_that_wants_a_password_is_proxy_auth_required() -> None:
    with proxy_answering("407 Proxy Authentication Required") as proxy:
        environ = {"https_proxy": f"http://someone:proxy-secret-99@{proxy.address}"}
        result = examine(NAME, environ=environ)
        assert proxy.connections[0].received.startswith(f"CONNECT {NAME}:443 HTTP/1.1\r\n".encode())
        assert b"Proxy-Authorization: Basic " in proxy.connections[0].received
    assert_failed_at(result, "tcp", "proxy-auth-required")
    assert "https_proxy" in " ".join(result.findings[0].evidence)
    assert "proxy-secret" not in repr(result)


def test_a_proxy_that_refuses_the_tunnel_is_proxy_error() -> None:
    with proxy_answering("403 Forbidden") as proxy:
        result = examine(NAME, environ={"HTTPS_PROXY": f"http://{proxy.address}"})
    assert_failed_at(result, "tcp", "proxy-error")
    assert "403 Forbidden" in " ".join(result.findings[0].evidence)


def test_a_login_goes_through_a_proxy_that_works(certificate: Certificate, authority: Authority) -> None:
    with (
        ScriptedRegistry(handlers.basic(USERS), certificate) as registry,
        working_proxy({f"{NAME}:443": (registry.host, registry.port)}) as proxy,
    ):
        environ = {"HTTPS_PROXY": f"http://{proxy.address}"}
        result = examine(NAME, password=PASSWORD, environ=environ, ca_file=authority.ca_file)
    assert (verdict(result), result.proved) == (None, True)
    detail = check_of(result, "dns").detail or ""
    assert proxy.address in detail
    assert "HTTPS_PROXY" in detail
    assert len(registry.with_credentials) == 1


@pytest.mark.parametrize("exception", [".example.test", NAME, "*", f"other.test, {NAME}:443"])
def test_no_proxy_is_honoured(certificate: Certificate, authority: Authority, exception: str) -> None:
    with ScriptedRegistry(handlers.basic(USERS), certificate) as registry, peers.refused() as closed:
        environ = {"HTTPS_PROXY": f"http://{closed.address}", "NO_PROXY": exception}
        result = examine(
            NAME, password=PASSWORD, environ=environ, ca_file=authority.ca_file, overrides=to(registry)
        )
    assert (verdict(result), result.proved) == (None, True)
    assert "HTTPS_PROXY" not in (check_of(result, "dns").detail or "")
