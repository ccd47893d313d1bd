"""Registries for the benches, in a process of their own, so that they take no time from what is measured.

`python -m tests.bench.registries FOLDER COUNT DELAY` prints one JSON line: the CA's file and the ports.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from regdoctor.model import variable_name
from regdoctor.secret import Secret
from regdoctor.settings import Override, Settings
from tests.lab.certificates import Authority
from tests.lab.handlers import Bearer
from tests.lab.scripted import Answer, Request, ScriptedRegistry

USER, PASSWORD = "octocat", "bench-Passphrase-4711"


@dataclass(frozen=True)
class Registries:
    """Where they listen."""

    ca_file: str
    ports: tuple[int, ...]

    def host(self, at: int) -> str:
        """The name of a registry; there are more names than registries, if need be."""
        return f"registry{at % len(self.ports)}.example.test"

    def settings(self) -> Settings:
        """What makes the names lead there."""
        overrides = (Override(self.host(at), 443, "127.0.0.1", port) for at, port in enumerate(self.ports))
        return Settings(engine="direct", ca_file=self.ca_file, overrides=tuple(overrides))

    def variables(self, sets: int) -> dict[str, Secret]:
        """So many sets, spread over the registries."""
        found = {}
        for number in range(sets):
            name = f"BENCH{number:03}"
            found[variable_name(name, "server")] = Secret(self.host(number))
            found[variable_name(name, "user")] = Secret(USER)
            found[variable_name(name, "password")] = Secret(PASSWORD)
        return found


@contextmanager
def registries(folder: str, count: int, delay: float) -> Iterator[Registries]:
    """Token registries over TLS that take so many seconds for each answer."""
    command = [sys.executable, "-m", "tests.bench.registries", folder, str(count), str(delay)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        yield Registries(said["ca_file"], tuple(said["ports"]))
    finally:
        process.kill()
        process.wait()


def main() -> None:
    """Serve until standard input ends."""
    folder, count, delay = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    authority = Authority(folder)
    context = authority.issue("*.example.test").server_context()
    handler = Bearer({USER: PASSWORD})

    def slowly(request: Request) -> Answer:
        time.sleep(delay)
        return handler(request)

    with ExitStack() as stack:
        servers = [stack.enter_context(ScriptedRegistry(slowly, context)) for _ in range(count)]
        ports = [server.port for server in servers]
        print(json.dumps({"ca_file": authority.ca_file, "ports": ports}), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
