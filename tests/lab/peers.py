"""Owns the broken peers: real sockets that refuse, hang, reset, lie and drip, each as a context manager.

    with silent() as peer:
        connect(peer.host, peer.port)
        assert peer.connections[0].received.startswith(b"\\x16\\x03")

All take `address` and `listen` (`Namespace.listen` puts the peer into the namespace).
"""

from __future__ import annotations

import contextlib
import functools
import select
import socket
import ssl
import struct
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from tests.lab.certificates import Authority, Certificate
from tests.lab.scripted import Listen, listen_here

REFUSAL = (
    b'HTTP/1.1 401 Unauthorized\r\nWww-Authenticate: Basic realm="lab"\r\nContent-Length: 0\r\n'
    b"Connection: close\r\n\r\n"
)
MAX_BYTES = 1 << 30
"""Where even the endless body ends, so that a client without a limit does not run for ever."""
_TICK = 0.02
_HANDSHAKE_SECONDS = 20.0


@dataclass
class Connection:
    """What one client did here."""

    received: bytearray = field(default_factory=bytearray)
    """What it sent: the plain text, where the peer spoke TLS with it."""
    sent: int = 0
    error: str = ""
    """How it ended, where that was an error (a TLS alert of the client, a reset)."""
    client_certificate: bool = False
    finished: threading.Event = field(default_factory=threading.Event)


class Session:
    """One connection, for the behaviour that has to treat it badly."""

    def __init__(self, client: socket.socket, stopping: threading.Event) -> None:
        self.socket = client
        self.connection = Connection()
        self.stopping = stopping

    def receive(self, enough: Callable[[bytearray], bool], seconds: float = 10) -> None:
        """Reads until it is enough, the client ends, the time is over, or the peer is stopped."""
        deadline = time.monotonic() + seconds
        self.socket.settimeout(_TICK)
        while not enough(self.connection.received) and time.monotonic() < deadline:
            if self.stopping.is_set():
                return
            try:
                data = self.socket.recv(65536)
            except TimeoutError:
                continue
            if not data:
                return
            self.connection.received += data

    def receive_request(self) -> None:
        self.receive(lambda received: b"\r\n\r\n" in received)

    def send(self, data: bytes) -> None:
        """Sends all of it, but gives up when the peer is stopped."""
        self.socket.settimeout(_TICK)
        while data and not self.stopping.is_set():
            try:
                count = self.socket.send(data)
            except TimeoutError:
                continue
            self.connection.sent += count
            data = data[count:]

    def hold(self) -> None:
        """Keeps the connection open, reading, until the client or the test ends it."""
        self.receive(lambda received: False, seconds=3600)

    def start_tls(self, context: ssl.SSLContext) -> None:
        """Speaks TLS from here on; an SSLError where the handshake fails."""
        self.socket.settimeout(_HANDSHAKE_SECONDS)
        secure = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.socket = secure
        secure.do_handshake()
        self.connection.client_certificate = secure.getpeercert(binary_form=True) is not None

    def drain(self, seconds: float = 5) -> None:
        """After a failed handshake: waits for the client's end, so that it can read the alert."""
        socket.socket.settimeout(self.socket, seconds)
        while socket.socket.recv(self.socket, 65536):
            pass

    def reset(self) -> None:
        """Ends the connection with a RST."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


Behaviour = Callable[[Session], None]


class Peer:
    """Accepts connections, and lets `behave` treat each in a thread of its own."""

    def __init__(
        self, behave: Behaviour, *, address: str = "127.0.0.1", port: int = 0, listen: Listen = listen_here
    ) -> None:
        self.connections: list[Connection] = []
        self._behave = behave
        self._address, self._wanted_port, self._listen = address, port, listen
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._open: set[Session] = set()

    def __enter__(self) -> Self:
        self._listener = self._listen(self._address, self._wanted_port)
        self.host, self.port = self._listener.getsockname()[:2]
        self._listener.settimeout(_TICK)
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        for session in list(self._open):
            with contextlib.suppress(OSError):  # it has just ended by itself
                # not SSLSocket's, which would take the TLS state away from the thread that reads
                socket.socket.shutdown(session.socket, socket.SHUT_RDWR)
        for thread in list(self._threads):
            thread.join(5)
        self._listener.close()

    @property
    def address(self) -> str:
        """host:port, as the server variable of a secret set."""
        return f"{self.host}:{self.port}"

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._stopping.is_set():
            try:
                client, _ = self._listener.accept()
            except TimeoutError:
                continue
            session = Session(client, self._stopping)
            self.connections.append(session.connection)
            self._start(functools.partial(self._serve, session))

    def _serve(self, session: Session) -> None:
        self._open.add(session)
        try:
            session.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._behave(session)
        except OSError as error:
            session.connection.error = str(error)
        finally:
            self._open.discard(session)
            session.socket.close()
            session.connection.finished.set()


@dataclass(frozen=True)
class Address:
    """Where nobody can be talked to."""

    host: str
    port: int

    @property
    def address(self) -> str:
        return f"{self.host}:{self.port}"


@contextlib.contextmanager
def refused(address: str = "127.0.0.1") -> Iterator[Address]:
    """A port that refuses: bound, so that nobody else gets it, but not listening."""
    with socket.socket() as reserved:
        reserved.bind((address, 0))
        yield Address(*reserved.getsockname())


@contextlib.contextmanager
def full_backlog(address: str = "127.0.0.1") -> Iterator[Address]:
    """A port whose queue is full, so that connect() itself hangs. (In a namespace: connect to SILENT.)"""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(listen_here(address, 0))
        listener.listen(0)
        for _ in range(16):
            filler = stack.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
            if not select.select([], [filler], [], 0.1)[1]:
                break
        else:
            raise RuntimeError("the queue of the listening socket does not fill")
        yield Address(*listener.getsockname())


def silent(*, address: str = "127.0.0.1", listen: Listen = listen_here) -> Peer:
    """Accepts, reads, and never says a word: neither TLS nor HTTP."""
    return Peer(Session.hold, address=address, listen=listen)


def reset_at_accept(*, address: str = "127.0.0.1", listen: Listen = listen_here) -> Peer:
    return Peer(Session.reset, address=address, listen=listen)


def reset_after_hello(*, address: str = "127.0.0.1", listen: Listen = listen_here) -> Peer:
    """Resets once the client has sent something: its ClientHello, or its plain request."""

    def behave(session: Session) -> None:
        session.receive(bool)
        session.reset()

    return Peer(behave, address=address, listen=listen)


def plain_http(answer: bytes = REFUSAL, *, address: str = "127.0.0.1", listen: Listen = listen_here) -> Peer:
    """Speaks HTTP only: 400 to a ClientHello, as web servers do, and `answer` to a request."""

    def behave(session: Session) -> None:
        session.receive(bool)
        if session.connection.received.startswith(b"\x16"):
            session.send(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n400 Bad Request")
            return
        session.receive_request()
        session.send(answer)

    return Peer(behave, address=address, listen=listen)


def answering(
    answer: bytes = REFUSAL,
    certificate: Certificate | ssl.SSLContext | None = None,
    *,
    stay: bool = False,
    address: str = "127.0.0.1",
    listen: Listen = listen_here,
) -> Peer:
    """Any bytes as the answer to a request, over TLS with a certificate; ends the connection unless `stay`.

    Without bytes: an empty answer, or with `stay` one that never comes.
    """

    def behave(session: Session) -> None:
        session.receive_request()
        session.send(answer)
        if stay:
            session.hold()

    return Peer(_over(certificate, behave), address=address, listen=listen)


def empty_answer(
    certificate: Certificate | None = None, *, address: str = "127.0.0.1", listen: Listen = listen_here
) -> Peer:
    """Reads the request (after the handshake) and ends the connection without an answer."""
    return answering(b"", certificate, address=address, listen=listen)


def closes_after_handshake(
    certificate: Certificate, *, address: str = "127.0.0.1", listen: Listen = listen_here
) -> Peer:
    """Ends the connection as soon as TLS is up; whether clients see an end or a reset is a matter of time."""
    return Peer(_over(certificate, lambda session: None), address=address, listen=listen)


def wants_client_certificate(
    certificate: Certificate,
    authority: Authority,
    version: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3,
    *,
    answer: bytes = REFUSAL,
    abrupt: bool = False,
    address: str = "127.0.0.1",
    listen: Listen = listen_here,
) -> Peer:
    """Talks only to clients with a certificate of `authority`.

    In TLS 1.2 the client's handshake fails; in 1.3 it succeeds, and the alert meets the client's first read.
    An `abrupt` server hangs up right after the alert: in 1.3 the client's first write may then fail without
    the alert ever being read.
    """
    context = certificate.server_context()
    context.minimum_version = context.maximum_version = version
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(authority.ca_file)

    def behave(session: Session) -> None:
        try:
            session.start_tls(context)
        except ssl.SSLError:
            if not abrupt:
                session.drain()
            raise
        session.receive_request()
        session.send(answer)

    return Peer(behave, address=address, listen=listen)


def old_tls(
    certificate: Certificate,
    *,
    address: str = "127.0.0.1",
    listen: Listen = listen_here,
    answer: bytes = REFUSAL,
) -> Peer:
    """Speaks TLS 1.0 and nothing newer."""
    context = certificate.server_context()
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
    return answering(answer, context, address=address, listen=listen)


def stuck_handshake(
    certificate: Certificate, *, address: str = "127.0.0.1", listen: Listen = listen_here
) -> Peer:
    """Begins the TLS handshake, sends half of its first flight, and stops."""
    context = certificate.server_context()

    def behave(session: Session) -> None:
        session.receive(_is_whole_record)
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        incoming.write(bytes(session.connection.received))
        with contextlib.suppress(ssl.SSLWantReadError):
            context.wrap_bio(incoming, outgoing, server_side=True).do_handshake()
        flight = outgoing.read()
        session.send(flight[: len(flight) // 2])
        session.hold()

    return Peer(behave, address=address, listen=listen)


def dripping(
    answer: bytes = REFUSAL,
    certificate: Certificate | None = None,
    *,
    seconds: float = 1.0,
    address: str = "127.0.0.1",
    listen: Listen = listen_here,
) -> Peer:
    """Sends one byte of its answer every `seconds`."""

    def behave(session: Session) -> None:
        session.receive_request()
        for byte in answer:
            session.send(bytes([byte]))
            if session.stopping.wait(seconds):
                return

    return Peer(_over(certificate, behave), address=address, listen=listen)


def endless_body(
    certificate: Certificate | None = None,
    *,
    status: str = "200 OK",
    address: str = "127.0.0.1",
    listen: Listen = listen_here,
) -> Peer:
    """A JSON body without a length that does not end (before a gigabyte)."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{{".encode()
    piece = b'"x": "' + b"y" * 16000 + b'",\n'

    def behave(session: Session) -> None:
        session.receive_request()
        session.send(head)
        while session.connection.sent < MAX_BYTES and not session.stopping.is_set():
            session.send(piece)

    return Peer(_over(certificate, behave), address=address, listen=listen)


def huge_headers(
    certificate: Certificate | None = None,
    *,
    count: int = 1,
    size: int = 1 << 20,
    address: str = "127.0.0.1",
    listen: Listen = listen_here,
) -> Peer:
    """`count` headers of `size` bytes each, and then an answer like any other."""
    headers = b"".join(b"X-Lab-%d: %s\r\n" % (number, b"z" * size) for number in range(count))
    first, _, rest = REFUSAL.partition(b"\r\n")
    return answering(first + b"\r\n" + headers + rest, certificate, address=address, listen=listen)


def _over(certificate: Certificate | ssl.SSLContext | None, behave: Behaviour) -> Behaviour:
    """The behaviour after a TLS handshake; without a certificate, the behaviour itself."""
    if certificate is None:
        return behave
    context = certificate if isinstance(certificate, ssl.SSLContext) else certificate.server_context()

    def secured(session: Session) -> None:
        session.start_tls(context)
        behave(session)

    return secured


def _is_whole_record(received: bytearray) -> bool:
    """Whether the first TLS record, which holds the ClientHello, is complete."""
    return len(received) >= 5 and len(received) >= 5 + int.from_bytes(received[3:5], "big")
