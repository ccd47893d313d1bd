"""Owns how a hostile peer is written down: what it says to a request, and what there is to say of it."""

from __future__ import annotations

import re
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
RECEIVED = 256 << 10
"""Bytes that a client may take from one peer; what lies in the kernel's buffers is among them."""


@dataclass(frozen=True)
class Asked:
    """A request, as far as a hostile peer reads it."""

    path: str
    host: str
    authorization: str

    @property
    def for_token(self) -> bool:
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


Made = AbstractContextManager[Peer | Address]


@dataclass(frozen=True)
class Hostile:
    """One misbehaving peer, and the one right finding about it."""

    name: str
    cause: str
    """Several, where chance decides, with a slash between them."""
    make: Callable[[Ground], Made]
    check: str = "registry"
    """The check that fails; several, where chance decides, with a slash between them."""
    says: str = ""
    """What the evidence has to tell."""
    received: int = RECEIVED
    """Bytes that a client may take from it, in all its connections."""
    sent: bool = False
    """It is given the credential, as any registry would be, once."""

    @property
    def host(self) -> str:
        return f"{self.name}.{DOMAIN}"

    @property
    def set_id(self) -> str:
        return self.name.upper().replace("-", "_")


def at_door(name: str, cause: str, *words: bytes | float, says: str = "") -> Hostile:
    """A peer that says the same to everybody who knocks."""
    return scripted(name, cause, lambda asked: words, says=says)


def without_end(name: str, cause: str, beginning: bytes, piece: bytes, says: str = "") -> Hostile:
    """A peer that says the same over and over."""
    return scripted(name, cause, lambda asked: endless(beginning, piece), says=says)


def at_token(name: str, cause: str, *words: bytes | float, says: str = "") -> Hostile:
    """A registry that sends to its own token service, which says the same to everybody."""
    return scripted(name, cause, by_token(lambda asked: words), "login", says=says, sent=True)


def scripted(
    name: str,
    cause: str,
    script: Script,
    check: str = "registry",
    *,
    says: str = "",
    received: int = RECEIVED,
    sent: bool = False,
) -> Hostile:
    """A peer that answers by a script, over TLS."""
    return Hostile(
        name, cause, lambda ground: speaking(script, ground.certificate), check, says, received, sent
    )


def speaking(script: Script, certificate: Certificate | ssl.SSLContext | None = None) -> Peer:
    """A peer that answers each connection's one request, and hangs up."""
    context = certificate.server_context() if isinstance(certificate, Certificate) else certificate

    def behave(session: Session) -> None:
        narrow(session.socket)
        if context is not None:
            session.start_tls(context)
        session.receive(_is_whole_request)
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


def _is_whole_request(received: bytearray) -> bool:
    head, end, body = bytes(received).partition(b"\r\n\r\n")
    length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
    return bool(end) and len(body) >= (int(length[1]) if length else 0)


def asked_by(session: Session) -> Asked:
    first, *lines = session.connection.received.decode("latin-1").split("\r\n")
    headers: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        headers.setdefault(name.lower(), value)
    path = first.split(" ")[1] if first.count(" ") == 2 else ""
    return Asked(path, headers.get("host", ""), headers.get("authorization", ""))


def endless(beginning: bytes, piece: bytes) -> Iterator[bytes]:
    yield beginning
    while True:
        yield piece


def dripping(words: bytes) -> Iterator[bytes | float]:
    """One byte a second."""
    for at in range(len(words)):
        yield words[at : at + 1]
        yield 1.0


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


def by_token(script: Script) -> Script:
    """A registry that sends to its own token service, which answers by a script."""

    def say(asked: Asked) -> Words:
        if asked.for_token:
            return script(asked)
        return (challenge(bearer(f"https://{asked.host}/token")),)

    return say
