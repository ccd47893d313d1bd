"""Owns the lab's name server: answers for the names it is given, NXDOMAIN for all others."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

_A = 1
_NXDOMAIN = 3


class Resolver:
    """Answers on a bound UDP socket; `records` maps names to their IPv4 addresses, in order."""

    def __init__(self, listener: socket.socket, records: Mapping[str, Sequence[str]]) -> None:
        self.asked: list[str] = []
        self._listener = listener
        self._records = records
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._listener.settimeout(0.02)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._thread.join(5)
        self._listener.close()

    def _serve(self) -> None:
        while not self._stopping.is_set():
            try:
                query, sender = self._listener.recvfrom(4096)
            except TimeoutError:
                continue
            self._listener.sendto(self._answer(query), sender)

    def _answer(self, query: bytes) -> bytes:
        """RFC 1035, section 4.1: the question again, and an address record for each address."""
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1 : at + 1 + query[at]].decode("ascii"))
            at += 1 + query[at]
        name = ".".join(labels).lower()
        self.asked.append(name)
        (kind,) = struct.unpack_from(">H", query, at + 1)
        addresses = self._records.get(name, ()) if kind == _A else ()
        flags = 0x8180 | (0 if name in self._records else _NXDOMAIN)
        head = query[:2] + struct.pack(">HHHHH", flags, 1, len(addresses), 0, 0)
        record = struct.pack(">HHHIH", 0xC00C, _A, 1, 1, 4)
        answers = b"".join(record + socket.inet_aton(address) for address in addresses)
        return head + query[12 : at + 5] + answers
