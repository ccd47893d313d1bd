"""Owns a network and mount namespace of the tests' own: addresses that are not loopback, names, a resolver.

The Engine takes everything in 127.0.0.0/8 for an insecure registry, so trust can only be tested at another
address. Nothing of it is seen outside, no packet leaves it, and it ends with the process that holds it open,
which ends when its standard input does: with the test run, however that ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import ipaddress
import os
import shlex
import socket
import subprocess
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self, TypeVar

from tests.lab.programs import plain_environment, program
from tests.lab.scripted import listen_here
from tests.lab.waiting import wait_for

T = TypeVar("T")

ADDRESS = "198.51.100.10"
"""The address that is always there."""
SILENT = "198.51.100.66"
"""Here packets vanish: connect() runs into its time-out, and so does a resolver."""
UNREACHABLE = "203.0.113.1"
"""No route: ENETUNREACH at once."""
NO_SUCH_HOST = "192.0.2.1"
"""A route that says so: EHOSTUNREACH at once."""
NO_RESOLVER = "127.0.0.1"
"""No resolver listens here: look-ups of names that are not in `hosts` fail at once."""

_CLONE_NEWNET = 0x40000000


class Namespace:
    """`hosts` maps names to addresses, which become the namespace's own unless they are the four above."""

    def __init__(
        self,
        hosts: Mapping[str, str] | None = None,
        *,
        addresses: Sequence[str] = (),
        nameserver: str = NO_RESOLVER,
    ) -> None:
        self.hosts = dict(hosts or {})
        self.nameserver = nameserver
        wanted = [ADDRESS, *addresses, *self.hosts.values()]
        foreign = (SILENT, UNREACHABLE, NO_SUCH_HOST)
        self.addresses = [
            address
            for address in dict.fromkeys(wanted)
            if address not in foreign and not ipaddress.ip_address(address).is_loopback
        ]

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as stack:
            self._folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="lab-net-"))
            self._errors = os.path.join(self._folder, "stderr.log")
            self._holder = self._hold()
            stack.callback(self._release)
            ready = wait_for("the namespace", self._is_ready, 10, self._what_it_said)
            if ready != "ready":
                raise RuntimeError(f"no namespace: {self._what_it_said()}")
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def launch(self) -> list[str]:
        """What to put before a command to run it in here."""
        pid = str(self._holder.pid)
        return [program("nsenter"), "--target", pid, "--net", "--mount", "--", "env", "-C", os.getcwd()]

    def run(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        input: str | None = None,  # noqa: A002 - as in subprocess
        timeout: float = 30,
    ) -> subprocess.CompletedProcess[str]:
        """Runs a command in here, in the current folder, with text and captured output."""
        return subprocess.run(
            [*self.launch, *command],
            env=env,
            input=input,
            stdin=subprocess.DEVNULL if input is None else None,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def popen(self, command: Sequence[str], **options: Any) -> subprocess.Popen[str]:
        """Starts a command in here; the caller ends it."""
        return subprocess.Popen([*self.launch, *command], text=True, **options)

    def call(self, function: Callable[[], T], timeout: float = 30) -> T:
        """Runs a function of this process in a thread whose sockets are the namespace's.

        Only the network changes: names are still looked up in the machine's own files.
        """
        result: list[T] = []
        failure: list[BaseException] = []

        def work() -> None:
            try:
                _enter_network(self._holder.pid)
                result.append(function())
            except BaseException as error:  # handed to the caller's thread
                failure.append(error)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        thread.join(timeout)
        if failure:
            raise failure[0]
        if not result:
            raise TimeoutError(f"a function called in the namespace took more than {timeout:g} s")
        return result[0]

    def listen(self, address: str = ADDRESS, port: int = 0) -> socket.socket:
        """A listening socket in here, for the scripted registry and the broken peers of this process."""
        return self.call(lambda: listen_here(address, port))

    def _hold(self) -> subprocess.Popen[bytes]:
        command = [program("unshare"), "--net", "--mount", "--propagation", "private", "--", "sh", "-euc"]
        with open(self._errors, "wb") as errors:
            holder = subprocess.Popen(
                [*command, self._script()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=plain_environment(self._folder),
                start_new_session=True,
            )
        assert holder.stdout is not None
        os.set_blocking(holder.stdout.fileno(), False)
        return holder

    def _script(self) -> str:
        files = {
            "/etc/hosts": "".join(
                f"{address} {name}\n" for name, address in {"localhost": "127.0.0.1", **self.hosts}.items()
            ),
            "/etc/resolv.conf": f"nameserver {self.nameserver}\n",
            "/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\n",
        }
        lines = [
            "ip link set lo up",
            "ip link add lab0 type veth peer name lab1",
            "ip link set lab0 up",
            "ip link set lab1 up",
        ]
        for address in self.addresses:
            bits, nodad = ("64", " nodad") if ":" in address else ("24", "")
            lines.append(f"ip addr add {address}/{bits} dev lab0{nodad}")
        lines += [
            f"ip neigh add {SILENT} lladdr 02:00:00:00:00:66 dev lab0 nud permanent",
            f"ip route add unreachable {NO_SUCH_HOST}/32",
            "if [ -d /run/nscd ]; then mount -t tmpfs tmpfs /run/nscd; fi",
        ]
        for target, content in files.items():
            source = os.path.join(self._folder, os.path.basename(target))
            with open(source, "w", encoding="utf-8") as file:
                file.write(content)
            lines.append(f"if [ -e {target} ]; then mount --bind {shlex.quote(source)} {target}; fi")
        return "\n".join([*lines, "echo ready", "exec cat >/dev/null"])

    def _is_ready(self) -> str | None:
        assert self._holder.stdout is not None
        line = self._holder.stdout.readline()
        if line:
            return line.decode().strip()
        return None if self._holder.poll() is None else "ended"

    def _what_it_said(self) -> str:
        with open(self._errors, encoding="utf-8", errors="replace") as file:
            return file.read()

    def _release(self) -> None:
        assert self._holder.stdin is not None
        assert self._holder.stdout is not None
        self._holder.stdin.close()
        self._holder.stdout.close()
        try:
            self._holder.wait(5)
        except subprocess.TimeoutExpired:
            self._holder.kill()
            self._holder.wait(5)


def _enter_network(pid: int) -> None:
    """Moves the calling thread, and no other, into the network namespace of a process."""
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = os.open(f"/proc/{pid}/ns/net", os.O_RDONLY)
    try:
        if libc.setns(descriptor, _CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns")
    finally:
        os.close(descriptor)
