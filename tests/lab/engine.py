"""Owns the real Docker Engine: a dockerd of the tests' own, that changes nothing on the machine.

dockerd starts its containerd by itself (in a session of its own, under --exec-root) and ends it when it is
asked to stop. It bind-mounts its data root; in a mount namespace of its own that mount vanishes with it.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

from tests.lab.programs import plain_environment, program
from tests.lab.service import Service
from tests.lab.waiting import wait_for

if TYPE_CHECKING:
    import docker

_START_SECONDS = 30.0


class Engine:
    """A dockerd on its own socket; `environment` adds to its plain environment, `launch` puts it elsewhere.

    It takes every registry in 127.0.0.0/8 for an insecure one. SSL_CERT_FILE in `environment` gives it a CA.
    """

    def __init__(self, *, environment: Mapping[str, str] | None = None, launch: Sequence[str] = ()) -> None:
        self._environment = dict(environment or {})
        self._launch = launch

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as stack:
            # in /tmp, since the path of a socket may have no more than 107 bytes
            self._folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="lab-engine-", dir="/tmp"))
            self._socket = os.path.join(self._folder, "docker.sock")
            # the daemons' dumps, too, go into our folder
            environment = plain_environment(self._folder, **{"TMPDIR": self._folder, **self._environment})
            own_mounts = [program("unshare"), "--mount", "--propagation", "private", "--"]
            launch = [*self._launch, *own_mounts]
            self._service = Service(self._command(), self._folder, environment, launch)
            stack.callback(self._end)
            self._service.wait_until("answers /_ping", self._pings, _START_SECONDS)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def docker_host(self) -> str:
        return f"unix://{self._socket}"

    @property
    def version(self) -> str:
        version: str = json.loads(self._get("/version"))["Version"]
        return version

    def log(self) -> str:
        return self._service.err()

    @contextlib.contextmanager
    def client(self, timeout: int = 20) -> Iterator[docker.DockerClient]:
        """A client of the docker package; use `login(…, reauth=True)`, or it may not ask anybody."""
        import docker  # a tenth of a second, which only those pay who use it

        client = docker.DockerClient(base_url=self.docker_host, timeout=timeout)
        try:
            yield client
        finally:
            client.close()

    def _command(self) -> list[str]:
        config = os.path.join(self._folder, "daemon.json")
        with open(config, "w", encoding="utf-8") as file:
            file.write("{}")
        # absolute paths throughout: containerd does not start with a relative --exec-root
        return [
            program("dockerd"),
            f"--config-file={config}",
            f"--data-root={os.path.join(self._folder, 'data')}",
            f"--exec-root={os.path.join(self._folder, 'exec')}",
            f"--pidfile={os.path.join(self._folder, 'docker.pid')}",
            f"--host={self.docker_host}",
            "--iptables=false",
            "--ip6tables=false",
            "--ip-forward=false",
            "--ip-masq=false",
            "--bridge=none",
            "--log-level=info",
        ]

    def _pings(self) -> bool:
        try:
            return self._get("/_ping") == "OK"
        except OSError:
            return False

    def _get(self, path: str) -> str:
        """The body of a GET; HTTP/1.0, so that it ends with the connection."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(5)
            connection.connect(self._socket)
            connection.sendall(f"GET {path} HTTP/1.0\r\nHost: docker\r\n\r\n".encode())
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        return answer.partition(b"\r\n\r\n")[2].decode()

    def _end(self) -> None:
        """Stops dockerd, which stops its containerd; ends that one too, should it still be there."""
        containerd = _pid_in(os.path.join(self._folder, "exec", "containerd", "containerd.pid"))
        try:
            self._service.stop()
        finally:
            if containerd and _is_ours(containerd, self._folder):
                os.kill(containerd, signal.SIGKILL)
                wait_for("the end of containerd", lambda: not _is_ours(containerd, self._folder), 5)


def _pid_in(path: str) -> int | None:
    try:
        with open(path, encoding="ascii") as file:
            return int(file.read())
    except (OSError, ValueError):
        return None


def _is_ours(pid: int, folder: str) -> bool:
    """Whether this process still runs, and is the one that works in our folder."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return folder.encode() in file.read()
    except OSError:
        return False
