"""Registries for the benches, in a process of their own, so that they take no time from what is measured.

`python -m tests.bench.registries FOLDER COUNT DELAY` prints one JSON line: the CA's file and the ports. Any
line on its standard input is answered with the requests and the most connections to one registry so far.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from regdoctor.model import variable_name
from regdoctor.secret import Secret
from regdoctor.settings import Override, Settings
from tests.lab.certificates import Authority
from tests.lab.handlers import Bearer
from tests.lab.scripted import Answer, Request, ScriptedRegistry

PASSWORD = "bench-Passphrase-4711"
USERS = 200


def user(number: int) -> str:
    """The user of a set: each has its own, so that no login answers for another."""
    return f"octocat{number % USERS}"


class Registries:
    """Where they listen, and what they have seen."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        said = self._read()
        self.ca_file: str = said["ca_file"]
        self.ports: list[int] = said["ports"]

    def count(self) -> tuple[int, int]:
        """The requests since the last count, and the connections to the registry that had most."""
        assert self._process.stdin is not None
        self._process.stdin.write("count\n")
        self._process.stdin.flush()
        said = self._read()
        return said["requests"], said["connections"]

    def _read(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def host(self, at: int) -> str:
        """The name of a registry; there are more names than registries, if need be."""
        return f"registry{at % len(self.ports)}.example.test"

    def settings(self) -> Settings:
        """What makes the names lead there."""
        overrides = (Override(self.host(at), 443, "127.0.0.1", port) for at, port in enumerate(self.ports))
        return Settings(engine="direct", ca_file=self.ca_file, overrides=tuple(overrides))

    def options(self) -> list[str]:
        """The same on the command line."""
        resolved = [f"--resolve={self.host(at)}:443:127.0.0.1:{port}" for at, port in enumerate(self.ports)]
        return ["--engine", "direct", "--no-images", "--ca-file", self.ca_file, *resolved]

    def environment(self, sets: int) -> dict[str, str]:
        """The variables of so many sets, as a process is given them."""
        return {name: value.reveal() for name, value in self.variables(sets).items()}

    def variables(self, sets: int) -> dict[str, Secret]:
        """So many sets, spread over the registries."""
        found = {}
        for number in range(sets):
            name = f"BENCH{number:03}"
            found[variable_name(name, "server")] = Secret(self.host(number))
            found[variable_name(name, "user")] = Secret(user(number))
            found[variable_name(name, "password")] = Secret(PASSWORD)
        return found


@contextmanager
def registries(folder: str, count: int, delay: float) -> Iterator[Registries]:
    """Token registries over TLS that take so many seconds for each answer."""
    command = [sys.executable, "-m", "tests.bench.registries", folder, str(count), str(delay)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield Registries(process)
    finally:
        process.kill()
        process.communicate()


def main() -> None:
    """Serve until standard input ends."""
    folder, count, delay = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    authority = Authority(folder)
    context = authority.issue("*.example.test", "127.0.0.1").server_context()
    handler = Bearer({user(number): PASSWORD for number in range(USERS)})

    def slowly(request: Request) -> Answer:
        time.sleep(delay)
        return handler(request)

    with ExitStack() as stack:
        servers = [stack.enter_context(ScriptedRegistry(slowly, context)) for _ in range(count)]
        tell({"ca_file": authority.ca_file, "ports": [server.port for server in servers]})
        before = [(0, 0)] * count
        for _ in sys.stdin:
            now = [(len(server.requests), server.connections) for server in servers]
            requests = sum(new - old for (new, _), (old, _) in zip(now, before, strict=True))
            connections = max(new - old for (_, new), (_, old) in zip(now, before, strict=True))
            before = now
            tell({"requests": requests, "connections": connections})


def tell(what: object) -> None:
    """One line of JSON for the process that started this one."""
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main()
