"""Owns the real registry: Debian's docker-registry with a password file, with tokens, or open to all."""

from __future__ import annotations

import contextlib
import json
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import bcrypt

from tests.lab.certificates import Certificate
from tests.lab.programs import plain_environment, program
from tests.lab.service import Service
from tests.lab.tokens import TokenServer
from tests.lab.waiting import wait_for

USERS = {"alice": "opensesame-4711", "bob": "bobs-own-secret-0815"}
"""The users of the fixtures' registries."""

REALM = "lab-registry"
_START_SECONDS = 15.0
_LISTENING = re.compile(r"listening on \S*:(\d+)")
_REFUSED = re.compile(r'error authenticating user \\"(.*?)\\"')
_ACCESS = re.compile(r'\] "(\S+) (\S+) \S+" (\d{3}) \S+ "[^"]*" "([^"]*)"')


@dataclass(frozen=True)
class LoggedRequest:
    """One line of the registry's access log."""

    method: str
    path: str
    status: int
    user_agent: str


class Registry:
    """docker-registry on a free port of `address`: Basic for `users`, or `tokens`, or open to everybody."""

    def __init__(
        self,
        users: Mapping[str, str] | None = None,
        *,
        tokens: TokenServer | None = None,
        certificate: Certificate | None = None,
        address: str = "127.0.0.1",
        port: int = 0,
        launch: Sequence[str] = (),
    ) -> None:
        self.users = dict(users or {})
        self.host = address
        self.port = port
        self._tokens = tokens
        self._certificate = certificate
        self._launch = launch

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="lab-registry-"))
            config = os.path.join(folder, "config.yml")
            with open(config, "w", encoding="utf-8") as file:
                json.dump(self._config(folder), file)  # JSON is YAML as well
            command = [program("docker-registry"), "serve", config]
            self._service = Service(command, folder, plain_environment(folder), self._launch)
            stack.callback(self._service.stop)
            found = self._service.wait_until(
                "listens", lambda: _LISTENING.search(self._service.err()), _START_SECONDS
            )
            self.port = int(found[1])
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def address(self) -> str:
        """host:port, as the server variable of a secret set."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{'https' if self._certificate else 'http'}://{self.address}"

    def log(self) -> str:
        """The registry's own words (logfmt): authorisation, errors, failed TLS handshakes."""
        return self._service.err()

    def requests(self, at_least: int = 0) -> list[LoggedRequest]:
        """All requests so far. They are logged after the answer, so wait for `at_least` so many."""
        return wait_for(
            f"{at_least} requests in the registry's log",
            lambda: found if len(found := self._requests()) >= at_least else None,
            5,
            self._service.out,
        )

    def refused_logins(self) -> list[str]:
        """The user of each request whose Basic credentials were refused; logged before the answer is sent."""
        return _REFUSED.findall(self.log())

    def _requests(self) -> list[LoggedRequest]:
        return [
            LoggedRequest(method, path, int(status), agent)
            for method, path, status, agent in _ACCESS.findall(self._service.out())
        ]

    def _config(self, folder: str) -> dict[str, object]:
        http: dict[str, object] = {"addr": self.address, "secret": "lab"}
        if self._certificate:
            http["tls"] = {"certificate": self._certificate.cert_file, "key": self._certificate.key_file}
        storage = os.path.join(folder, "storage")
        config: dict[str, object] = {
            "version": "0.1",
            "log": {"level": "info", "formatter": "text"},
            "storage": {"filesystem": {"rootdirectory": storage}, "maintenance": {"uploadpurging": _OFF}},
            "http": http,
        }
        if self._tokens:
            config["auth"] = {"token": self._tokens.registry_config()}
        elif self.users:
            config["auth"] = {"htpasswd": {"realm": REALM, "path": self._password_file(folder)}}
        return config

    def _password_file(self, folder: str) -> str:
        path = os.path.join(folder, "htpasswd")
        with open(path, "w", encoding="utf-8") as file:
            for user, password in self.users.items():
                digest = bcrypt.hashpw(password.encode(), bcrypt.gensalt(rounds=4))
                file.write(f"{user}:{digest.decode()}\n")
        return path


_OFF = {"enabled": False}
