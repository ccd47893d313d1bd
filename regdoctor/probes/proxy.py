"""The proxy that the environment prescribes, read as docker reads it.

The rules are those of Go's golang.org/x/net/http/httpproxy.
"""

from __future__ import annotations

import base64
import socket
from urllib.parse import unquote, urlsplit

from regdoctor.address import Endpoint, is_ip_address, normal_host
from regdoctor.probes.failure import ProbeFailure, cause_of_error, words_of
from regdoctor.record import Record
from regdoctor.secret import Secret, to_bytes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from regdoctor.probes.deadline import Deadline

_ANSWER_LIMIT = 16 << 10
"""Bytes of a proxy's answer that are read."""
_PIECE = 1 << 10
UNREADABLE = "unreadable"
"""Stands for the scheme of a proxy whose address makes no sense."""


class Proxy(Record):
    """A proxy for HTTPS, and the variable that names it."""

    variable: str
    endpoint: Endpoint
    scheme: str = "http"
    credential: Secret | None = None
    """user:password, as its URL holds them."""

    @property
    def shown(self) -> str:
        """The proxy without its credential."""
        if self.scheme == UNREADABLE or not self.endpoint.host:
            return "an address that cannot be read"
        return f"{self.endpoint.host}:{self.endpoint.port}"


def proxy_for(host: str, port: int, environ: Mapping[str, str]) -> Proxy | None:
    """The proxy through which a host is asked over HTTPS; None where it is asked directly."""
    if host == "localhost" or host.endswith(".localhost") or _is_own_address(host):
        return None
    for variable in ("HTTPS_PROXY", "https_proxy"):
        value = environ.get(variable, "").strip()
        if value:
            return None if _excepted(host, port, environ) else _read(variable, value)
    return None


def exception_for(environ: Mapping[str, str]) -> str | None:
    """The variable that lists the hosts to be asked directly, if it is set."""
    return next((name for name in ("NO_PROXY", "no_proxy") if environ.get(name)), None)


def _is_own_address(host: str) -> bool:
    return host == "::1" or (host.startswith("127.") and is_ip_address(host))


def _read(variable: str, value: str) -> Proxy:
    try:
        parts = urlsplit(value if "://" in value else f"http://{value}")
        host = normal_host(parts.hostname or "")
    except ValueError:
        return Proxy(variable, Endpoint(""), UNREADABLE)
    try:
        port = parts.port
    except ValueError:
        port = None
    credential = None
    if parts.username:
        credential = Secret(f"{unquote(parts.username)}:{unquote(parts.password or '')}")
    default = {"https": 443, "socks5": 1080, "socks5h": 1080}.get(parts.scheme, 80)
    return Proxy(variable, Endpoint(host, port or default), parts.scheme, credential)


def _excepted(host: str, port: int, environ: Mapping[str, str]) -> bool:
    variable = exception_for(environ)
    for entry in environ.get(variable or "", "").lower().split(","):
        entry = entry.strip()
        if entry == "*":
            return True
        if entry and _covers(entry, host, port):
            return True
    return False


def _covers(entry: str, host: str, port: int) -> bool:
    if "/" in entry or is_ip_address(entry):
        return is_ip_address(host) and _in_network(entry, host)
    if entry.startswith("["):
        address, _, wanted_port = entry[1:].partition("]")
        # Without a port, Go takes brackets for a name.
        return wanted_port == f":{port}" and is_ip_address(host) and _in_network(address, host)
    name, _, wanted_port = entry.partition(":")
    if wanted_port and wanted_port != str(port):
        return False
    name = name.removeprefix("*")
    if name.startswith("."):
        return host.endswith(name)
    return host == name or host.endswith(f".{name}")


def _in_network(entry: str, host: str) -> bool:
    import ipaddress

    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return False


def open_tunnel(sock: socket.socket, proxy: Proxy, target: Endpoint, deadline: Deadline) -> None:
    """Ask a proxy for a tunnel to a host (RFC 9110, section 9.3.6)."""
    if proxy.scheme != "http":
        raise _failed(proxy, f"regdoctor itself speaks to http:// proxies only, not to {proxy.scheme}://")
    host = f"[{target.host}]" if ":" in target.host else target.host
    lines = [f"CONNECT {host}:{target.port} HTTP/1.1", f"Host: {host}:{target.port}"]
    if proxy.credential is not None:
        encoded = base64.b64encode(to_bytes(proxy.credential.reveal())).decode()
        lines.append(f"Proxy-Authorization: Basic {encoded}")
    try:
        sock.settimeout(deadline.left() or 0.001)
        sock.sendall("\r\n".join([*lines, "", ""]).encode("latin-1", "replace"))
        answer = bytearray()
        while not answer.endswith(b"\r\n\r\n") and len(answer) < _ANSWER_LIMIT:
            sock.settimeout(deadline.left() or 0.001)
            more = _up_to_its_end(answer, sock.recv(_PIECE, socket.MSG_PEEK))
            if not more:
                break
            answer += sock.recv(more)
    except OSError as error:
        raise _failed(proxy, f"{proxy.shown}: {words_of(error)} ({cause_of_error(error)})") from None
    first = bytes(answer).split(b"\r\n", 1)[0].decode("latin-1")
    words = first.split(" ", 2)
    status = words[1] if len(words) > 1 and words[0].startswith("HTTP/") else ""
    if status == "407":
        raise _failed(proxy, f"{proxy.shown} answered: {first}", "proxy-auth-required")
    if not (len(status) == 3 and status.startswith("2")):
        raise _failed(proxy, f"{proxy.shown} answered: {first or 'nothing'}")
    if not answer.endswith(b"\r\n\r\n"):
        raise _failed(proxy, f"{proxy.shown} answered: {first}, and did not come to an end")


def _up_to_its_end(answer: bytearray, more: bytes) -> int:
    """How many bytes of what has arrived are the proxy's: behind the empty line begin those of the host."""
    end = (answer[-3:] + more).find(b"\r\n\r\n")
    return len(more) if end < 0 else end + 4 - len(answer[-3:])


def _failed(proxy: Proxy, evidence: str, cause: str = "proxy-error") -> ProbeFailure:
    facts = {"proxy": proxy.shown, "proxy_variable": proxy.variable}
    return ProbeFailure(cause, evidence, f"{proxy.variable} names {proxy.shown}", facts=facts)
