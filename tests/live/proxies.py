"""Owns what stands between in the lab: CONNECT proxies, and a meter that counts what a client receives."""

from __future__ import annotations

import select
import socket
from collections.abc import Mapping

from tests.lab.peers import Peer, Session


def working_proxy(routes: Mapping[str, tuple[str, int]]) -> Peer:
    """A proxy that connects to the address of a target ("host:port"), and knows no other."""

    def behave(session: Session) -> None:
        session.receive_request()
        words = session.connection.received.split(b" ")
        target = words[1].decode() if len(words) > 1 else ""
        if target not in routes:
            session.send(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
            return
        with socket.create_connection(routes[target], timeout=5) as onward:
            session.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
            _relay(session, onward)

    return Peer(behave)


def proxy_answering(status_line: str) -> Peer:
    """A proxy with one answer to everybody."""

    def behave(session: Session) -> None:
        session.receive_request()
        session.send(f"HTTP/1.1 {status_line}\r\nContent-Length: 0\r\n\r\n".encode())

    return Peer(behave)


def meter(host: str, port: int) -> Peer:
    """Passes all on to a server and back; each of its connections counts what the client took, as `sent`."""

    def behave(session: Session) -> None:
        # What lies in a buffer of ours has not been received by anybody.
        session.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        with socket.create_connection((host, port), timeout=5) as onward:
            _relay(session, onward)

    return Peer(behave)


def _relay(session: Session, onward: socket.socket) -> None:
    client = session.socket
    client.settimeout(5)
    while not session.stopping.is_set():
        for ready in select.select([client, onward], [], [], 0.02)[0]:
            data = ready.recv(65536)
            if not data:
                return
            if ready is client:
                onward.sendall(data)
            else:
                session.send(data)
