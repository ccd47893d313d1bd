"""The server value of a set, read as a person meant it."""

from __future__ import annotations

import re

from regdoctor.record import Record
from regdoctor.regex import regex

_ADDRESS = regex(
    r"""
    (?: (?P<scheme> [A-Za-z][A-Za-z0-9+.-]* ) :// )?
    (?: (?P<userinfo> [^/?\#]* ) @ )?
    (?P<host> \[ [0-9A-Fa-f:.%]+ \] | [^/?\#:@]* )
    (?: : (?P<port> [0-9]+ ) )?
    (?P<path> [/?\#:@] .* )?
    """,
    re.VERBOSE | re.DOTALL,
)
_LABEL = regex(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)")
_LONGEST = 253
"""Characters of a name (RFC 1035), in whichever letters."""
_OF_TWO_NAMES = "ßẞςΣ\u200c\u200d"
"""What makes another name of a host by Python's IDNA 2003 than by docker's newer one (UTS 46, section 7):
what is for straße.example would go to strasse.example."""
_ADDRESS_LITERAL = regex(r"\d{1,3}(\.\d{1,3}){3}")


class Address(Record):
    """A server value in its parts. The host is as it was written."""

    scheme: str | None
    userinfo: str | None
    host: str
    port: int | None
    path: str

    @property
    def host_and_port(self) -> str:
        """What a login is made to, in the form that docker keeps as key."""
        return self.host if self.port is None else f"{self.host}:{self.port}"


class Endpoint(Record):
    """Where a registry is asked."""

    host: str
    """Lower-case, in ASCII, without brackets."""
    port: int = 443
    loopback: bool = False
    """The name itself is this machine's: the one case in which plain HTTP is acceptable."""

    @property
    def authority(self) -> str:
        """Host and port as they stand in a URL."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == 443 else f"{host}:{self.port}"


def read_address(server: str) -> Address | None:
    """Take a server value apart; None where it names no host at all."""
    match = _ADDRESS.fullmatch(server)
    if match is None:
        return None
    host, port = match["host"], None if match["port"] is None else match["port"].lstrip("0")
    if not is_host(host) or (port is not None and not (0 < len(port) < 6 and int(port) < 65536)):
        return None
    path = match["path"] or ""
    if path[:1] in ("@", ":"):
        return None
    return Address(match["scheme"], match["userinfo"], host, None if port is None else int(port), path)


def is_host(host: str) -> bool:
    """Whether a text can be a host name or an address."""
    if host.startswith("["):
        return host.endswith("]") and is_ip_address(host[1:-1])
    try:
        name = _in_ascii(host).removesuffix(".")
    except UnicodeError:
        return False
    if not name or len(name) > _LONGEST:
        return False
    if _ADDRESS_LITERAL.fullmatch(name):
        return all(int(number) < 256 for number in name.split("."))
    return all(_LABEL.fullmatch(label) for label in name.split("."))


def is_ip_address(host: str) -> bool:
    """Whether a host is written as an address, IPv4 or IPv6 without brackets."""
    if _ADDRESS_LITERAL.fullmatch(host):
        return all(int(number) < 256 for number in host.split("."))
    if ":" not in host:
        return False
    import ipaddress

    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def normal_host(host: str) -> str:
    """A host in the one form that is compared and asked: lower case, ASCII, no brackets, no last dot.

    Raises `UnicodeError` where it has none.
    """
    host = _in_ascii(host.strip("[]"))
    if ":" in host:
        host = _short_address(host)
    return host.lower().removesuffix(".")


def _in_ascii(host: str) -> str:
    """A name as it is asked for. Raises `UnicodeError`."""
    if host.isascii():
        return host
    if len(host) > _LONGEST + 1:
        raise UnicodeError("no name is as long as that")
    if any(letter in host for letter in _OF_TWO_NAMES):
        raise UnicodeError("docker and Python take it for different names")
    return host.encode("idna").decode()


def _short_address(host: str) -> str:
    """An IPv6 address as RFC 5952 writes it; anything else as it is."""
    import ipaddress

    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return host


def is_loopback(host: str) -> bool:
    """Whether a name is this machine's by itself, without asking a resolver."""
    return (
        host == "localhost"
        or host.endswith(".localhost")
        or host == "::1"
        or (host.startswith("127.") and is_ip_address(host))
    )


def is_inward(host: str) -> bool:
    """Whether a host is this machine, or an address that has a meaning on its own network alone.

    Under one of the latter clouds tell their machines what is nobody else's business (169.254.169.254).
    """
    if is_loopback(host):
        return True
    if not is_ip_address(host):
        return False
    import ipaddress

    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return True  # with leading zeros: who knows what it leads to
    address = getattr(address, "ipv4_mapped", None) or address
    return address.is_loopback or address.is_link_local or address.is_unspecified


def endpoint_of(host: str, port: int | None = None) -> Endpoint:
    """Where a host is asked over HTTPS."""
    name = normal_host(host)
    return Endpoint(name, 443 if port is None else port, is_loopback(name))
