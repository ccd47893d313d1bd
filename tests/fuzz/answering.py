"""Owns a registry that answers what a case holds: no network is asked."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from functools import cache

from regdoctor.address import Endpoint, endpoint_of
from regdoctor.checks.case import Case
from regdoctor.discovery import discover
from regdoctor.model import SecretSet
from regdoctor.probes.deadline import Deadline
from regdoctor.probes.http import Response
from regdoctor.probes.tcp import Connection
from regdoctor.probes.tls import Handshake
from regdoctor.probes.world import World
from regdoctor.secret import Redactor, Secret
from regdoctor.settings import Settings
from tests.unit.support import PASSWORD, a_set, secrets

SETTINGS = Settings(engine="direct")
HOST = "registry.example.com"
ENDPOINT = endpoint_of(HOST)


class Answering(World):
    """Whatever is asked, it answers the next of some answers, and the last one from then on."""

    def __init__(self, answers: list[Response], environ: Mapping[str, str] | None = None) -> None:
        super().__init__(SETTINGS, environ or {}, Redactor([Secret(PASSWORD)]))
        self._answers = answers

    def resolve(self, endpoint: Endpoint, deadline: Deadline) -> tuple[str, ...]:
        return ("192.0.2.1",)

    def connect(self, endpoint: Endpoint, addresses: tuple[str, ...], deadline: Deadline) -> Connection:
        return Connection(_unused_socket(), addresses[0], ())

    def handshake(self, connection: Connection, endpoint: Endpoint, deadline: Deadline) -> Handshake:
        return Handshake(connection.sock, "TLS 1.3", None)  # type: ignore[arg-type]  # nobody uses it

    def adopt(self, done: Handshake, endpoint: Endpoint) -> None:
        pass

    def ask(
        self,
        endpoint: Endpoint,
        path: str,
        headers: Mapping[str, str],
        deadline: Deadline,
        *,
        limit: int | None = None,
        **_: object,
    ) -> Response:
        assert all(value.isprintable() for value in headers.values())
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        self._learn_clock(endpoint, answer)
        if limit is not None and len(answer.body) > limit:
            return answer.but(body=answer.body[:limit], cut=True)
        return answer


@cache
def _unused_socket() -> socket.socket:
    return socket.socket()


def response_in(raw: bytes, status: int = 401) -> Response:
    """An answer, as it is written here: the status and the headers, an empty line, the body."""
    head, _, body = raw.partition(b"\n\n")
    first, *lines = head.decode("latin-1").split("\n")
    number = first[:3]
    pairs = (line.partition(":") for line in lines if line)
    return Response(
        int(number) if number.isdecimal() and number.isascii() and int(number) > 99 else status,
        first[3:].strip(),
        tuple((name, value.strip()) for name, _, value in pairs),
        body,
    )


def the_set(server: str = HOST) -> SecretSet:
    (found,) = discover(secrets(a_set(server))).sets
    return found


def a_case(world: World, server: str = HOST) -> Case:
    return Case(the_set(server), None, SETTINGS, world, Deadline.after(60))
