"""The embedded registries' sockets: real TCP, TLS and HTTP/1.1 on loopback, in daemon threads."""

from __future__ import annotations

import contextlib
import selectors
import socket
import ssl
import threading
import time
from email.utils import formatdate
from http import HTTPStatus

from regdoctor.demo.conduct import Question
from regdoctor.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from regdoctor.demo.conduct import Answer, Peer

ADDRESS = "127.0.0.1"

_BACKLOG = 64
_HEAD_LIMIT = _BODY_LIMIT = 1 << 16
_END_OF_HEAD = b"\r\n\r\n"
_STOP_SECONDS = 1.0
_NOT_HTTP = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Request(Record):
    """A request that a registry got, without what it carried."""

    method: str
    host: str
    path: str
    credential: str | None
    """The scheme of the credential that came along: basic, bearer, aws4-hmac-sha256."""


class Server:
    """Some peers, each listening on a port of its own until `stop`."""

    def __init__(self, peers: Iterable[Peer], contexts: Mapping[str, ssl.SSLContext]) -> None:
        """Listen. `contexts` holds the server's side of TLS for every certificate that a peer names."""
        self.ports: dict[str, int] = {}
        """Where each peer listens, by its host."""
        self._contexts = contexts
        self._requests: dict[str, list[Request]] = {}
        self._lock = threading.Lock()
        self._conversations: dict[socket.socket, threading.Thread] = {}
        self._stopped = False
        with contextlib.ExitStack() as sockets:
            self._selector = sockets.enter_context(selectors.DefaultSelector())
            self._waker, woken = socket.socketpair()
            sockets.callback(woken.close)
            sockets.callback(self._waker.close)
            self._selector.register(woken, selectors.EVENT_READ)
            for peer in peers:
                self._listen(peer, sockets.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM)))
            self._sockets = sockets.pop_all()
        self._acceptor = threading.Thread(target=self._accept, daemon=True, name="regdoctor-demo")
        self._acceptor.start()

    def requests(self, host: str) -> tuple[Request, ...]:
        """What the peer of that host was asked so far."""
        with self._lock:
            return tuple(self._requests[host])

    def stop(self) -> None:
        """Hang up on everybody and close every port, whatever the clients do."""
        end = time.monotonic() + _STOP_SECONDS
        with self._lock:
            self._stopped = True
            conversations = dict(self._conversations)
        self._waker.send(b"!")
        for connection in conversations:
            with contextlib.suppress(OSError):
                # Not the method of SSLSocket, which takes the session away from the thread that uses it.
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
        for thread in (self._acceptor, *conversations.values()):
            thread.join(max(0.0, end - time.monotonic()))
        self._sockets.close()

    def _listen(self, peer: Peer, listener: socket.socket) -> None:
        listener.setblocking(False)
        listener.bind((ADDRESS, 0))
        self.ports[peer.host] = listener.getsockname()[1]
        self._requests[peer.host] = []
        if peer.transport == "closed":
            # A port that is bound and not listened on refuses connections, and nobody else can take it.
            return
        listener.listen(_BACKLOG)
        self._selector.register(listener, selectors.EVENT_READ, peer)

    def _accept(self) -> None:
        while True:
            for key, _ in self._selector.select():
                peer: Peer | None = key.data
                if peer is None:
                    return
                assert isinstance(key.fileobj, socket.socket)
                try:
                    connection, _ = key.fileobj.accept()
                except OSError:
                    continue  # the client has left again
                self._greet(connection, peer)

    def _greet(self, connection: socket.socket, peer: Peer) -> None:
        """Give a connection a thread of its own, that no client can keep another waiting."""
        connection.setblocking(True)
        try:
            if peer.transport == "tls":
                connection = self._contexts[peer.certificate].wrap_socket(
                    connection, server_side=True, do_handshake_on_connect=False
                )
        except OSError:
            connection.close()
            return
        thread = threading.Thread(
            target=self._converse, args=(connection, peer), daemon=True, name="regdoctor-demo-peer"
        )
        with self._lock:
            if self._stopped:
                connection.close()
                return
            self._conversations[connection] = thread
            thread.start()

    def _converse(self, connection: socket.socket, peer: Peer) -> None:
        try:
            if isinstance(connection, ssl.SSLSocket):
                connection.do_handshake()
            if peer.transport == "silence":
                while connection.recv(_HEAD_LIMIT):
                    pass
            else:
                self._answer_requests(connection, peer)
        except OSError:
            pass  # the client has left, or did not like the certificate
        finally:
            with self._lock:
                self._conversations.pop(connection)
            connection.close()

    def _answer_requests(self, connection: socket.socket, peer: Peer) -> None:
        received = b""
        while chunk := connection.recv(_HEAD_LIMIT):
            received += chunk
            if not received[:1].isalpha():
                # TLS where plain HTTP is spoken. The client hangs up on its own.
                connection.sendall(_NOT_HTTP)
                received = b""
            while _END_OF_HEAD in received:
                head, rest = received.split(_END_OF_HEAD, 1)
                question = _read(head.decode("latin-1"))
                length = _length_of_body(question)
                if length > _BODY_LIMIT:
                    return
                if len(rest) < length:
                    break  # the rest of the body is under way
                received = rest[length:]
                answer = self._answer(question.but(body=rest[:length].decode("latin-1")), peer)
                if answer is not None:
                    connection.sendall(_in_bytes(answer, with_body=question.method != "HEAD"))
            if len(received) > _HEAD_LIMIT + _BODY_LIMIT:
                return

    def _answer(self, question: Question, peer: Peer) -> Answer | None:
        """Note a request down and let the peer answer it."""
        credential = question.authorization.split(" ")[0].lower() if question.authorization else None
        request = Request(question.method, question.host, question.path, credential)
        with self._lock:
            self._requests[peer.host].append(request)
        return peer.conduct.answer(peer.host, question)


def _read(head: str) -> Question:
    first, *lines = head.split("\r\n")
    method, _, target = first.partition(" ")
    path = target.split(" ")[0].split("?")[0]
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Question(method, headers.get("host", ""), path, headers)


def _length_of_body(question: Question) -> int:
    length = question.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0


def _in_bytes(answer: Answer, *, with_body: bool) -> bytes:
    body = answer.body.encode()
    headers = {
        "Date": formatdate(usegmt=True),
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        **dict(answer.headers),
    }
    lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join((*lines, "", "")).encode() + (body if with_body else b"")
