"""Owns what every scripted vendor has: hosts under their real names, and credentials made up for it."""

from __future__ import annotations

import base64
import contextlib
import json
import secrets
import string
import threading
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

from regdoctor.settings import Override
from tests.lab.certificates import Authority
from tests.lab.scripted import Answer, Handler, Listen, Request, ScriptedRegistry, listen_here

ALPHANUMERIC = string.ascii_letters + string.digits
UPPER = string.ascii_uppercase + string.digits
HEX = "0123456789abcdef"

Aside = Callable[[Request], Answer | None]
"""Answers some requests, and has none to the others."""


class Vendor:
    """The registry of a vendor as a set of secrets meets it; started and stopped by `with`.

    `pairs` are all the users and passwords that it takes, by their kind, and `pair` the kind of the set.
    """

    def __init__(
        self,
        authority: Authority,
        server: str,
        hosts: Mapping[str, Handler],
        pairs: Mapping[str, tuple[str, str]],
        *,
        wrong: str,
        pair: str | None = None,
    ) -> None:
        self.server = server
        self.pairs = dict(pairs)
        self.user, self.password = self.pairs[pair] if pair else next(iter(self.pairs.values()))
        self.wrong = wrong
        """A password of the same form that is refused."""
        self.hosts = tuple(hosts)
        self.ca_file = authority.ca_file
        self.all_requests: list[Request] = []
        """What all hosts saw, in its order; `base_url` says which host was meant."""
        self._authority = authority
        self._handlers = hosts
        self._servers: dict[str, ScriptedRegistry] = {}
        self.addresses: dict[str, str] = {}
        """Where the hosts listen, if it was said."""
        self._port = 0
        self._listen: Listen = listen_here
        self._aside: Aside = lambda request: None
        self._lock = threading.Lock()

    def at(self, addresses: Mapping[str, str], *, port: int = 443, listen: Listen = listen_here) -> Self:
        """Has each host listen at an address and port of its own, as an Engine in a namespace needs it."""
        self.addresses, self._port, self._listen = dict(addresses), port, listen
        return self

    def telling(self, aside: Aside) -> Self:
        """Has `aside` answer what it has an answer to, on whichever host; the rest is the vendor's own."""
        self._aside = aside
        return self

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as stack:
            for host, handler in self._handlers.items():
                server = ScriptedRegistry(
                    self._recording(handler),
                    self._authority.issue(host),
                    address=self.addresses.get(host, "127.0.0.1"),
                    port=self._port,
                    listen=self._listen,
                )
                self._servers[host] = stack.enter_context(server)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    @property
    def overrides(self) -> tuple[Override, ...]:
        """What leads each host name to its server here."""
        return tuple(Override(host, 443, here.host, here.port) for host, here in self._servers.items())

    def requests(self, host: str) -> list[Request]:
        """What one host saw."""
        return self._servers[host].requests

    def _recording(self, handler: Handler) -> Handler:
        def answer(request: Request) -> Answer:
            with self._lock:
                self.all_requests.append(request)
            return self._aside(request) or handler(request)

        return answer


def made_up(length: int, alphabet: str = ALPHANUMERIC) -> str:
    """Characters that nobody has chosen."""
    return "".join(secrets.choice(alphabet) for _ in range(length))


def json_web_token(claims: Mapping[str, Any]) -> str:
    """A token in the form of a JWT, good for an hour unless the claims say otherwise; signed by nobody.

    A claim of None is left out.
    """
    now = int(time.time())
    head = {"typ": "JWT", "alg": "RS256", "kid": made_up(12)}
    times = {"nbf": now - 300, "iat": now, "exp": now + 3600}
    told = {name: value for name, value in {**times, **claims}.items() if value is not None}
    parts = [json.dumps(part).encode() for part in (head, told)]
    return ".".join(
        base64.urlsafe_b64encode(p).decode().rstrip("=") for p in (*parts, secrets.token_bytes(256))
    )
