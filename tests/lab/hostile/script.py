"""Owns how a hostile peer is written down: what it says to a request, piece by piece, and what is right to say
of it."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

from tests.lab.certificates import Authority, Certificate
from tests.lab.peers import Address, Peer, Session

DOMAIN = "hostile.test"
BASIC = 'Www-Authenticate: Basic realm="lab"'
HOLD = 3600.0
"""A pause that lasts until the client goes away."""
RECEIVED = 192 << 10
"""Bytes that nobody takes more of from one peer in one answer."""


@dataclass(frozen=True)
class Asked:
    """A request, as far as a hostile peer reads it."""

    path: str
    host: str
    authorization: str

    @property
    def wants_token(self) -> bool:
        return self.path.startswith("/token")


Words = Iterable[bytes | float]
"""What is sent, in order; a number is a pause in seconds. It may be endless."""
Script = Callable[[Asked], Words]


@dataclass(frozen=True)
class Ground:
    """What peers are made of."""

    authority: Authority
    certificate: Certificate
    """For every name in DOMAIN."""
    folder: str


Made = AbstractContextManager[Peer] | AbstractContextManager[Address]


@dataclass(frozen=True)
class Hostile:
    """One misbehaving peer, and the one right finding about it."""

    name: str
    cause: str
    make: Callable[[Ground], Made]
    check: str = "registry"
    """The check that finds it."""
    plain: bool = False
    """It is called by its address on loopback, and so may be spoken to in plain HTTP."""
    says: str = ""
    """What the evidence has to tell."""
    received: int = RECEIVED
    """Bytes that a client may take from it, in all its connections."""
    logins: int = 0
    """How often it is given the credential."""

    @property
    def host(self) -> str:
        return f"{self.name}.{DOMAIN}"

    @property
    def set_id(self) -> str:
        return self.name.upper().replace("-", "_")


def speaking(script: Script, certificate: Certificate | ssl.SSLContext | None = None) -> Peer:
    """A peer that answers each connection's one request by a script, and hangs up."""
    context = certificate.server_context() if isinstance(certificate, Certificate) else certificate

    def behave(session: Session) -> None:
        narrow(session.socket)
        if context is not None:
            session.start_tls(context)
        session.receive_request()
        play(session, script(asked_by(session)))

    return Peer(behave)


def play(session: Session, words: Words) -> None:
    """Say all of it, unless the client goes away or the peer is stopped."""
    for piece in words:
        if session.stopping.is_set():
            return
        if isinstance(piece, bytes):
            session.send(piece)
        else:
            session.receive(lambda _: False, seconds=piece)


def narrow(connection: socket.socket) -> None:
    """What lies in a buffer of ours has not been received by anybody."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)


def asked_by(session: Session) -> Asked:
    lines = session.connection.received.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
    own = next((line.partition(": ")[2] for line in lines if line.lower().startswith("authorization:")), "")
    path = lines[0].split(" ")[1] if lines[0].count(" ") == 2 else ""
    return Asked(path, headers.get("host", ""), own)


def over_tls(script: Script) -> Callable[[Ground], Peer]:
    return lambda ground: speaking(script, ground.certificate)


def door(*words: bytes | float) -> Callable[[Ground], Peer]:
    """A peer that says the same to everybody."""
    return over_tls(lambda asked: words)


def endless_door(head: bytes, piece: bytes) -> Callable[[Ground], Peer]:
    return over_tls(lambda asked: endless(head, piece))


def endless(head: bytes, piece: bytes) -> Iterator[bytes]:
    """A beginning, and then the same again and again."""
    yield head
    while True:
        yield piece


def dripping(answer: bytes, seconds: float = 1.0) -> Iterator[bytes | float]:
    for at in range(len(answer)):
        yield answer[at : at + 1]
        yield seconds


def head(status: str = "200 OK", *headers: str) -> bytes:
    """The head of an answer; headers may hold any character of latin-1."""
    return "\r\n".join((f"HTTP/1.1 {status}", *headers, "", "")).encode("latin-1")


def answer(body: bytes = b"{}", status: str = "200 OK", *headers: str) -> bytes:
    """An answer as it should be."""
    length = f"Content-Length: {len(body)}"
    return head(status, length, "Content-Type: application/json", "Connection: close", *headers) + body


def challenge(*headers: str) -> bytes:
    """A refusal that asks to log in."""
    return answer(b"{}", "401 Unauthorized", *headers)


def bearer(realm: str, service: str = "lab") -> str:
    return f'Www-Authenticate: Bearer realm="{realm}",service="{service}"'


def token_service(*words: bytes | float) -> Callable[[Ground], Peer]:
    """A registry that sends to its own token service, which says the same to everybody."""
    return over_tls(by_token(lambda asked: words))


def by_token(script: Script) -> Script:
    def say(asked: Asked) -> Words:
        if asked.wants_token:
            return script(asked)
        return (challenge(bearer(f"https://{asked.host}/token")),)

    return say
