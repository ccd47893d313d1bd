"""What a probe met instead of an answer."""

from __future__ import annotations

import errno

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class ProbeFailure(Exception):
    """A cause, met on the way. Its texts hold nothing that was sent."""

    def __init__(
        self,
        cause: str,
        *evidence: str,
        also_possible: tuple[str, ...] = (),
        facts: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(cause)
        self.cause = cause
        self.evidence = evidence
        self.also_possible = also_possible
        self.facts: Mapping[str, str] = facts or {}


_BY_NUMBER = {
    errno.ECONNREFUSED: "tcp-refused",
    errno.ECONNRESET: "tcp-reset",
    errno.EPIPE: "tcp-reset",
    errno.ECONNABORTED: "tcp-reset",
    errno.ETIMEDOUT: "tcp-timeout",
    errno.ENETUNREACH: "network-unreachable",
    errno.EHOSTUNREACH: "network-unreachable",
    errno.ENETDOWN: "network-unreachable",
    errno.EADDRNOTAVAIL: "network-unreachable",
    errno.EAFNOSUPPORT: "network-unreachable",
    errno.EACCES: "network-unreachable",
    errno.EPERM: "network-unreachable",
}


def cause_of_error(error: OSError) -> str:
    """The cause that a socket's error amounts to."""
    if isinstance(error, TimeoutError):
        return "tcp-timeout"
    return _BY_NUMBER.get(error.errno or 0, "unknown")


def words_of(error: OSError) -> str:
    """The operating system's words for an error."""
    return error.strerror or str(error) or type(error).__name__
