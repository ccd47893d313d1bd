"""TCP connections to the first of several addresses that answers (RFC 8305)."""

from __future__ import annotations

import errno
import os
import selectors
import socket
import time

from regdoctor.probes.failure import ProbeFailure, cause_of_error, words_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regdoctor.probes.deadline import Deadline

_HEAD_START = 0.25
"""Seconds before the next address is tried beside one that has not answered yet (RFC 8305, section 5)."""

_WINDOW = 8 << 10
"""Bytes that may be received before anybody reads them (Linux doubles it); answers are small."""


class Connection:
    """An open TCP connection and what was learnt while it was made."""

    def __init__(self, sock: socket.socket, address: str, failures: tuple[str, ...]) -> None:
        self.sock = sock
        self.address = address
        self.failures = failures
        """What the other addresses answered, one line each."""


def _start(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setblocking(False)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # A peer that sends more than was asked for cannot have it under way before it is noticed.
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _WINDOW)
    number = sock.connect_ex((address, port))
    if number not in (0, errno.EINPROGRESS, errno.EWOULDBLOCK):
        sock.close()
        raise OSError(number, os.strerror(number))
    return sock


def connect(addresses: tuple[str, ...], port: int, deadline: Deadline) -> Connection:
    """Connect to the first address that answers; which ones failed, and how, is remembered."""
    waiting = list(addresses)
    failures: dict[str, OSError] = {}
    with selectors.DefaultSelector() as selector:
        next_start = 0.0
        while waiting or selector.get_map():
            now = time.monotonic()
            if waiting and (now >= next_start or not selector.get_map()):
                address = waiting.pop(0)
                try:
                    selector.register(_start(address, port), selectors.EVENT_WRITE, address)
                    next_start = now + _HEAD_START
                except OSError as error:
                    failures[address] = error
                continue
            if deadline.passed:
                break
            pause = min(deadline.left(), next_start - now) if waiting else deadline.left()
            for key, _ in selector.select(max(0.0, pause)):
                sock, address = key.fileobj, key.data
                assert isinstance(sock, socket.socket)
                selector.unregister(sock)
                number = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                if number == 0:
                    _close_all(selector)
                    return Connection(sock, address, _lines(failures, port))
                sock.close()
                failures[address] = OSError(number, os.strerror(number))
        pending = [str(key.data) for key in selector.get_map().values()] + waiting
        _close_all(selector)
    failures.update((address, TimeoutError("no answer in time")) for address in pending)
    first = next((failures[address] for address in addresses if address in failures), TimeoutError())
    # One address that stays silent, or refuses, says more than another that cannot be reached at all.
    for kind in ("tcp-refused", "tcp-reset", "tcp-timeout"):
        if any(cause_of_error(error) == kind for error in failures.values()):
            raise ProbeFailure(kind, *_lines(failures, port))
    raise ProbeFailure(cause_of_error(first), *_lines(failures, port))


def _close_all(selector: selectors.BaseSelector) -> None:
    for key in list(selector.get_map().values()):
        assert isinstance(key.fileobj, socket.socket)
        key.fileobj.close()


def _lines(failures: dict[str, OSError], port: int) -> tuple[str, ...]:
    return tuple(
        f"{f'[{address}]' if ':' in address else address}:{port}: {words_of(error)}"
        for address, error in failures.items()
    )
