"""Names to addresses, with a deadline: `getaddrinfo` itself knows none."""

from __future__ import annotations

import socket

from regdoctor.address import is_ip_address
from regdoctor.probes.deadline import run_within
from regdoctor.probes.failure import ProbeFailure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regdoctor.probes.deadline import Deadline

_MOST = 16
"""Addresses of one name that are tried; a name with more is either a mistake or a trap."""
_NOT_FOUND = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


def resolve(host: str, port: int, deadline: Deadline) -> tuple[str, ...]:
    """The addresses of a host, in the order in which the system would try them."""
    if is_ip_address(host):
        return (host,)
    try:
        found = run_within(deadline, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except TimeoutError:
        raise ProbeFailure("dns-failure", f"no answer for {host} in time") from None
    except socket.gaierror as error:
        cause = "dns-not-found" if error.errno in _NOT_FOUND else "dns-failure"
        raise ProbeFailure(cause, f"{host}: {error.strerror}") from None
    except UnicodeError:
        raise ProbeFailure("dns-not-found", f"{host} is no name that can be looked up") from None
    except OSError as error:
        raise ProbeFailure("dns-failure", f"{host}: {error.strerror}") from None
    return tuple(dict.fromkeys(str(address[4][0]) for address in found))[:_MOST]
