"""A channel to a host: what it sends in clear, and to whom."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping

import pytest

from regdoctor.address import endpoint_of
from regdoctor.probes.deadline import Deadline
from regdoctor.probes.failure import ProbeFailure
from regdoctor.probes.http import Channel

BASIC = {"Authorization": "Basic YWxpY2U6cGFzc3dvcmQ="}
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


class Pretending(socket.socket):
    """A connection that claims to lead to some address."""

    leads_to = ""

    def getpeername(self) -> tuple[str, int]:
        return self.leads_to, 80


@pytest.fixture
def wire() -> Iterator[tuple[Pretending, socket.socket]]:
    ours, theirs = socket.socketpair()
    with Pretending(fileno=ours.detach()) as pretending, theirs:
        theirs.settimeout(5)
        yield pretending, theirs


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("registry.example.com", "192.0.2.7"),
        ("registry.example.com", "127.0.0.1"),
        ("localhost", "192.0.2.7"),
        ("registry.localhost", "192.0.2.7"),
        ("localhost", "::ffff:192.0.2.7"),
    ],
)
@pytest.mark.parametrize(("headers", "body"), [(BASIC, None), ({"authorization": "x"}, None), ({}, b"x=y")])
def test_no_credential_goes_out_in_clear(
    wire: tuple[Pretending, socket.socket],
    name: str,
    address: str,
    headers: Mapping[str, str],
    body: bytes | None,
) -> None:
    """By whatever way it came to be asked for."""
    ours, theirs = wire
    ours.leads_to = address
    channel = Channel(ours, endpoint_of(name, 80), tls=False)
    with pytest.raises(ProbeFailure) as caught:
        channel.request("GET", "/v2/", headers, Deadline.after(5), body)
    assert caught.value.cause == "realm-not-trusted"
    assert theirs.recv(1000) == b""
    assert not channel.is_open


@pytest.mark.parametrize(
    ("name", "address"), [("localhost", "127.0.0.1"), ("127.0.0.1", "127.0.0.1"), ("::1", "::1")]
)
def test_on_this_machine_it_does(wire: tuple[Pretending, socket.socket], name: str, address: str) -> None:
    ours, theirs = wire
    ours.leads_to = address
    threading.Thread(target=lambda: theirs.sendall(ANSWER), daemon=True).start()
    response = Channel(ours, endpoint_of(name, 80), tls=False).request(
        "GET", "/v2/", BASIC, Deadline.after(5)
    )
    assert response.status == 200
    assert BASIC["Authorization"].encode() in theirs.recv(1000)


def test_what_is_not_secret_may_go_to_anybody(wire: tuple[Pretending, socket.socket]) -> None:
    ours, theirs = wire
    ours.leads_to = "192.0.2.7"
    theirs.sendall(ANSWER)
    channel = Channel(ours, endpoint_of("registry.example.com", 80), tls=False)
    assert channel.request("GET", "/v2/", {}, Deadline.after(5)).body == b"{}"
