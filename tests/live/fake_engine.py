"""Owns the fake Engine: a Unix socket that answers as a dockerd of another age would."""

from __future__ import annotations

import contextlib
import http.server
import json
import os
import socket
import socketserver
import tempfile
import threading
from collections.abc import Callable, Iterator
from typing import Any

Answer = tuple[int, dict[str, Any]]
"""Status and JSON body."""


def too_old(path: str) -> Answer:
    """An Engine of 2014, whose API no client of today speaks."""
    return 200, {"Version": "1.6.2", "ApiVersion": "1.18", "MinAPIVersion": "1.12"}


def too_new(path: str) -> Answer:
    """An Engine that has given up the API which it says that it speaks: the words are dockerd's own."""
    if path == "/version":
        return 200, {"Version": "99.0.0", "ApiVersion": "1.24", "MinAPIVersion": "1.24"}
    words = (
        "client version 1.24 is too old. Minimum supported API version is 1.99, please upgrade your client"
    )
    return 400, {"message": words}


def of_today(path: str) -> Answer:
    """An Engine that any client can talk to (but see what becomes of a login)."""
    return 200, {"Version": "28.2.2", "ApiVersion": "1.41", "MinAPIVersion": "1.24"}


@contextlib.contextmanager
def fake_engine(answer: Callable[[str], Answer]) -> Iterator[str]:
    """The DOCKER_HOST of an Engine that answers so."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """A login: it ends without an answer, as when dockerd is killed."""
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.close_connection = True

        def do_GET(self) -> None:
            status, body = answer(self.path)
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Nothing on standard error."""

    # in /tmp, since the path of a socket may have no more than 107 bytes
    with tempfile.TemporaryDirectory(prefix="live-engine-", dir="/tmp") as folder:
        path = os.path.join(folder, "docker.sock")
        with socketserver.ThreadingUnixStreamServer(path, Handler) as server:
            server.daemon_threads = True
            thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
            thread.start()
            yield f"unix://{path}"
            server.shutdown()
            thread.join(5)


@contextlib.contextmanager
def forbidden_socket() -> Iterator[str]:
    """The DOCKER_HOST of a listening socket that is another user's (nobody's), and closed to all others."""
    with (
        tempfile.TemporaryDirectory(prefix="live-engine-", dir="/tmp") as folder,
        socket.socket(socket.AF_UNIX) as listener,
    ):
        path = os.path.join(folder, "docker.sock")
        os.chmod(folder, 0o755)
        listener.bind(path)
        listener.listen()
        os.chown(path, 65534, 65534)
        os.chmod(path, 0o600)
        yield f"unix://{path}"


@contextlib.contextmanager
def silent_socket() -> Iterator[str]:
    """The DOCKER_HOST of an Engine that takes connections and never says a word."""
    with (
        tempfile.TemporaryDirectory(prefix="live-engine-", dir="/tmp") as folder,
        socket.socket(socket.AF_UNIX) as listener,
    ):
        path = os.path.join(folder, "docker.sock")
        listener.bind(path)
        listener.listen()
        yield f"unix://{path}"
