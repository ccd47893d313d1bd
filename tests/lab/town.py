"""Owns the town: named hosts over TLS and in plain HTTP, each of which remembers what it was told."""

from __future__ import annotations

import base64
import contextlib
import urllib.parse
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from regdoctor.settings import Override
from tests.lab import handlers
from tests.lab.certificates import Authority
from tests.lab.scripted import Answer, Handler, Listen, Request, ScriptedRegistry, listen_here

HTTPS, HTTP = 443, 80


class Town:
    """Hosts by "name" or "name:port"; on port 80 they speak plain HTTP, on all others TLS that is trusted."""

    def __init__(self, authority: Authority, hosts: Mapping[str, Handler]) -> None:
        self.ca_file = authority.ca_file
        self._authority = authority
        self._handlers = hosts
        self._servers: dict[str, ScriptedRegistry] = {}

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as stack:
            for place, handler in self._handlers.items():
                name, port = _parts(place)
                certificate = None if port == HTTP else self._authority.issue(name)
                self._servers[place] = stack.enter_context(ScriptedRegistry(handler, certificate))
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def overrides(self) -> tuple[Override, ...]:
        return tuple(
            Override(*_parts(place), server.host, server.port) for place, server in self._servers.items()
        )

    def requests(self, place: str) -> list[Request]:
        return self._servers[place].requests

    def told(self, *secrets: str) -> list[str]:
        """The hosts that were told any of these secrets, one entry for each request that held one."""
        return [
            place
            for place, server in self._servers.items()
            for request in server.requests
            if any(holds(request, secret) for secret in secrets)
        ]


def welcoming(request: Request) -> Answer:
    """Takes everything from everybody, and hands out tokens."""
    if request.path.startswith("/v2/"):
        return Answer(200, handlers.API_VERSION, {})
    return Answer(200, body={"token": "token-of-a-stranger", "access_token": "token-of-a-stranger"})


def naming(*realms: str) -> Handler:
    """A registry that asks to log in by tokens from these places, each in a challenge of its own."""
    return handlers.challenging(*(f'Bearer realm="{realm}",service="lab"' for realm in realms))


def recording_engine(
    login: Handler | None = None, *, address: str = "127.0.0.1", listen: Listen = listen_here
) -> ScriptedRegistry:
    """An Engine that is content with every login, and remembers it."""

    def answer_to(request: Request) -> Answer:
        if request.path.endswith("/auth"):
            return login(request) if login else Answer(200, body={"Status": "Login Succeeded"})
        return Answer(200, body={"Version": "28.2.2", "ApiVersion": "1.41", "MinAPIVersion": "1.24"})

    return ScriptedRegistry(answer_to, address=address, listen=listen)


def at(engine: ScriptedRegistry) -> dict[str, str]:
    """The environment in which docker talks to this Engine."""
    return {"DOCKER_HOST": f"tcp://{engine.address}"}


def asked_to_log_in(engine: ScriptedRegistry) -> int:
    return sum(request.path.endswith("/auth") for request in engine.requests)


def holds(request: Request, secret: str) -> bool:
    """Whether a secret is anywhere in a request: as it is, quoted for a URL, or in base64."""
    headers = "\n".join(request.headers.values())
    for word in headers.split():
        with contextlib.suppress(ValueError):
            headers += base64.b64decode(word, validate=True).decode("utf-8", "replace")
    query = urllib.parse.urlencode(request.query, doseq=True)
    text = "\n".join((request.path, query, headers, request.body.decode("utf-8", "replace")))
    return secret in text or secret in urllib.parse.unquote_plus(text)


def _parts(place: str) -> tuple[str, int]:
    name, _, port = place.rpartition(":")
    return (name, int(port)) if name else (port, HTTPS)
