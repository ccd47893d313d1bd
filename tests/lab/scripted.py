"""Owns the scripted registry: an HTTP(S) server that answers by a Python callable and records requests."""

from __future__ import annotations

import base64
import binascii
import email.utils
import http
import http.server
import json
import socket
import socketserver
import ssl
import threading
import time
import traceback
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from tests.lab.certificates import Certificate

Headers = Mapping[str, str] | Sequence[tuple[str, str]]
"""Response headers; pairs where a name comes twice."""

IDLE_SECONDS = 30.0


@dataclass(frozen=True)
class Request:
    """What a client sent; the names of the headers in lower case."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes
    base_url: str
    """How the client calls this server: scheme and Host header."""
    connection: int = 0
    """The client's port, which is another for each connection."""

    def form(self) -> dict[str, list[str]]:
        return urllib.parse.parse_qs(self.body.decode("latin-1"), keep_blank_values=True)

    @property
    def authorization(self) -> str | None:
        return self.headers.get("authorization")

    @property
    def basic(self) -> tuple[str, str] | None:
        """User and password of Basic credentials."""
        scheme, _, value = (self.authorization or "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            user, _, password = base64.b64decode(value, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        return user, password

    @property
    def bearer(self) -> str | None:
        scheme, _, value = (self.authorization or "").partition(" ")
        return value if scheme.lower() == "bearer" else None


@dataclass(frozen=True)
class Answer:
    """What the server sends: `body` may be text, bytes or anything JSON; it waits `delay` seconds before.

    Date, Content-Length and (for JSON) Content-Type are added where `headers` has none. `close` ends the
    connection after the answer.
    """

    status: int = 200
    headers: Headers = field(default_factory=dict)
    body: Any = b""
    delay: float = 0.0
    close: bool = False


Handler = Callable[[Request], Answer]
Listen = Callable[[str, int], socket.socket]
"""Makes a listening socket of an address and a port; `Namespace.listen` makes one inside the namespace."""


def listen_here(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return socket.create_server((address, port), family=family, backlog=64)


class ScriptedRegistry:
    """Answers by `handler`, over TLS where a certificate (or a server context) is given, with keep-alive."""

    def __init__(
        self,
        handler: Handler,
        certificate: Certificate | ssl.SSLContext | None = None,
        *,
        address: str = "127.0.0.1",
        port: int = 0,
        listen: Listen = listen_here,
    ) -> None:
        self.handler = handler
        self.requests: list[Request] = []
        self.refused_handshakes: list[str] = []
        """Why TLS handshakes failed, in the words of ssl: a client that does not trust us is seen here."""
        self._context = certificate.server_context() if isinstance(certificate, Certificate) else certificate
        self._address, self._wanted_port, self._listen = address, port, listen
        self._faults: list[str] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        self._server = _Server(self, self._listen(self._address, self._wanted_port))
        self.host, self.port = self._server.socket.getsockname()[:2]
        arguments = {"poll_interval": 0.02}
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs=arguments, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._server.close_connections()
        self._thread.join(5)
        if self._faults and error is None:
            raise AssertionError("a handler of the scripted registry failed:\n" + "\n".join(self._faults))

    @property
    def address(self) -> str:
        """host:port, as the server variable of a secret set."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def scheme(self) -> str:
        return "https" if self._context else "http"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.address}"

    @property
    def with_credentials(self) -> list[Request]:
        """The requests that carried an Authorization header or a password in a form."""
        return [r for r in self.requests if r.authorization is not None or "password" in r.form()]

    @property
    def connections(self) -> int:
        """How many TCP connections were accepted: fewer than requests where keep-alive was used."""
        return self._server.accepted

    def answer(self, request: Request) -> Answer:
        with self._lock:
            self.requests.append(request)
        try:
            return self.handler(request)
        except Exception:
            self._faults.append(traceback.format_exc())
            return Answer(500, body="the lab's handler failed")

    def note_refused_handshake(self, reason: str) -> None:
        with self._lock:
            self.refused_handshakes.append(reason)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, owner: ScriptedRegistry, listener: socket.socket) -> None:
        super().__init__(listener.getsockname()[:2], _Connection, bind_and_activate=False)
        self.socket.close()
        self.socket = listener
        self.owner = owner
        self.stopping = threading.Event()
        self.accepted = 0
        self._open: set[socket.socket] = set()

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Runs in the connection's own thread, so that a slow handshake holds up nobody else."""
        self.accepted += 1
        request.settimeout(IDLE_SECONDS)
        request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        context = self.owner._context
        if context is not None:
            request = context.wrap_socket(request, server_side=True, do_handshake_on_connect=False)
        self._open.add(request)
        try:
            if context is not None:
                request.do_handshake()
            super().finish_request(request, client_address)
        except ssl.SSLError as error:
            self.owner.note_refused_handshake(str(error))
        except OSError:
            pass  # the client hung up, which is its right
        finally:
            self._open.discard(request)
            request.close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keeps the traceback of a client that vanished out of the test's output."""

    def close_connections(self) -> None:
        for connection in list(self._open):
            try:
                # not SSLSocket's, which would take the TLS state away from the thread that reads
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
            except OSError:
                continue  # it has just ended by itself


class _Connection(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS
    server: _Server

    def _respond(self) -> None:
        request = self._request()
        answer = self.server.owner.answer(request)
        if answer.delay:
            self.server.stopping.wait(answer.delay)
        self.close_connection = self.close_connection or answer.close
        self.wfile.write(
            _response(answer, request.method, self.close_connection)
        )  # one write: no delayed ACK

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _respond

    def _request(self) -> Request:
        headers: dict[str, str] = {}
        for name, value in self.headers.items():
            key = name.lower()
            headers[key] = f"{headers[key]}, {value}" if key in headers else value
        length = int(headers.get("content-length") or 0)
        target = urllib.parse.urlsplit(self.path)
        owner = self.server.owner
        return Request(
            method=self.command,
            path=urllib.parse.unquote(target.path),
            query=urllib.parse.parse_qs(target.query, keep_blank_values=True),
            headers=headers,
            body=self.rfile.read(length) if length else b"",
            base_url=f"{owner.scheme}://{headers.get('host', owner.address)}",
            connection=self.client_address[1],
        )

    def log_message(self, *_: Any) -> None:
        """Nothing on stderr: the requests are recorded."""


def _response(answer: Answer, method: str, close: bool) -> bytes:
    body, kind = _encoded(answer.body)
    pairs = list(answer.headers.items()) if isinstance(answer.headers, Mapping) else list(answer.headers)
    given = {name.lower() for name, _ in pairs}
    defaults = {"Date": email.utils.formatdate(time.time(), usegmt=True), "Content-Type": kind}
    bodiless = answer.status in (204, 304) or answer.status < 200
    if not bodiless:
        defaults["Content-Length"] = str(len(body))
    if close:
        defaults["Connection"] = "close"
    pairs += [(name, value) for name, value in defaults.items() if name.lower() not in given]
    try:
        phrase = http.HTTPStatus(answer.status).phrase
    except ValueError:
        phrase = "Unusual"
    lines = [f"HTTP/1.1 {answer.status} {phrase}", *(f"{name}: {value}" for name, value in pairs)]
    head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
    return head if bodiless or method == "HEAD" else head + body


def _encoded(body: Any) -> tuple[bytes, str]:
    if isinstance(body, bytes):
        return body, "application/octet-stream"
    if isinstance(body, str):
        return body.encode(), "text/plain; charset=utf-8"
    return json.dumps(body).encode(), "application/json"
