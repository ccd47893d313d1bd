"""HTTP/1.1 over an open connection, bounded in time and bytes."""

from __future__ import annotations

import http.client
import io
import ssl

from regdoctor.address import is_loopback
from regdoctor.probes.failure import ProbeFailure, cause_of_error, words_of
from regdoctor.probes.silence import silence_http
from regdoctor.probes.tls import cause_of_tls_error
from regdoctor.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from _typeshed import WriteableBuffer

    from regdoctor.address import Endpoint
    from regdoctor.probes.deadline import Deadline

BODY_LIMIT = 1 << 16
"""Bytes of a body that are read: more than any registry says in a refusal, and any token service in all."""
_HEAD_LIMIT = 1 << 16
"""Bytes of everything before a body; servers and proxies take 8 to 32 KB for too much."""


class Response(Record):
    """An answer. Its texts are raw: whoever shows them cleans them."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    cut: bool = False
    """There is more of the body than was read."""

    def __repr__(self) -> str:
        return f"Response({self.status})"  # a body may hold a token

    def header(self, name: str) -> str | None:
        """The first header of a name."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    def all_headers(self, name: str) -> tuple[str, ...]:
        """Every header of a name, in order."""
        return tuple(value for key, value in self.headers if key.lower() == name)

    @property
    def text(self) -> str:
        """The body as text, whatever its bytes."""
        return self.body.decode("utf-8", "replace")


class _TooLong(http.client.HTTPException):
    """An answer that is mostly frame, or has no end."""


class _Reader(io.RawIOBase):
    """A socket read with what is left of a deadline, so that a dripping peer gains nothing."""

    def __init__(self, wire: _Wire) -> None:
        self._wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        return self._wire.receive(buffer)

    def close(self) -> None:
        if not self.closed:
            super().close()
            self._wire.reader_closed()


class _Wire:
    """What `http.client` takes for a socket.

    Like a socket it is closed only when its last reader is: `http.client` closes it early, and reads on.
    """

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.ended = False
        """The peer has said that there is no more to come."""
        self._deadline: Deadline | None = None
        self._allowance = 0
        self._readers = 0
        self._closing = False

    def allow(self, deadline: Deadline, count: int) -> None:
        """Until when the next answer is waited for, and how many bytes of it are received."""
        self._deadline, self._allowance = deadline, count

    def _arm(self) -> None:
        assert self._deadline is not None
        left = self._deadline.left()
        if left <= 0:
            raise TimeoutError
        self.sock.settimeout(left)

    def receive(self, buffer: WriteableBuffer) -> int:
        # Heads, chunks and trailers have no end of their own.
        if self._allowance <= 0:
            raise _TooLong
        self._arm()
        count = self.sock.recv_into(buffer)
        self._allowance -= count
        self.ended = count == 0
        return count

    def sendall(self, data: bytes) -> None:
        self._arm()
        self.sock.sendall(data)

    def makefile(self, *_: object) -> io.BufferedReader:
        self._readers += 1
        return io.BufferedReader(_Reader(self))

    def reader_closed(self) -> None:
        """A reader has no more to read."""
        self._readers -= 1
        if self._closing and self._readers <= 0:
            self.sock.close()

    def close(self) -> None:
        self._closing = True
        if self._readers <= 0:
            self.sock.close()


class Channel:
    """A connection to one host over which requests are made, one after another."""

    def __init__(self, sock: socket.socket, endpoint: Endpoint, *, tls: bool) -> None:
        self.endpoint = endpoint
        self.tls = tls
        self.requests = 0
        self._wire = _Wire(sock)
        silence_http()
        self._http = http.client.HTTPConnection(endpoint.host, endpoint.port)
        self._http.sock = self._wire

    @property
    def used_before(self) -> bool:
        """Whether the last request was not the first one."""
        return self.requests > 1

    @property
    def is_open(self) -> bool:
        """Whether another request can be made."""
        return self._http.sock is not None

    @property
    def is_local(self) -> bool:
        """Whether the host is this machine, by its name and by the address that the name led to."""
        try:
            return self.endpoint.loopback and is_loopback(str(self._wire.sock.getpeername()[0]))
        except (OSError, IndexError):
            return False  # it has gone, or has no address at all

    @property
    def hung_up(self) -> bool:
        """Whether the host has ended the idle connection, or says on it what nobody asked for."""
        sock = self._wire.sock
        try:
            sock.settimeout(0)
            sock.recv(1)
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        except (OSError, ValueError):
            return True
        return True

    def close(self) -> None:
        """Give the connection up."""
        self._http.close()

    def request(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        deadline: Deadline,
        body: bytes | None = None,
        limit: int = BODY_LIMIT,
    ) -> Response:
        """One request, of whose answer so many bytes are read. Redirects are answers, not followed.

        Nothing secret goes out in clear, whoever asks for it, but to this machine itself.
        """
        # Twice the limit: what frames a body may be as long as the body.
        self._wire.allow(deadline, _HEAD_LIMIT + 2 * limit)
        host = self.endpoint.authority if self.tls else _plain_authority(self.endpoint)
        secret = body is not None or any(name.lower() == "authorization" for name in headers)
        if secret and not (self.tls or self.is_local):
            self.close()
            said = f"{host} would have been sent the credential unencrypted"
            raise ProbeFailure("realm-not-trusted", said, facts={"realm": host})
        self.requests += 1
        try:
            self._http.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            length = {} if body is None else {"Content-Length": str(len(body))}
            for name, value in {"Host": host, "Accept-Encoding": "identity", **length, **headers}.items():
                self._http.putheader(name, value)
            self._http.endheaders(body)
            answer = self._http.getresponse()
            _check_frame(answer)
            read = answer.read(limit)
            left = not answer.isclosed()
            if left and answer.length is None and not answer.chunked and len(read) < limit:
                left = False  # it was to end with the connection, and has
            if left and self._wire.ended and 200 <= answer.status < 300:
                raise http.client.IncompleteRead(read)
            response = Response(answer.status, answer.reason, tuple(answer.getheaders()), read, left)
            if not answer.isclosed():
                # More is under way, or nothing will be any more: this connection is of no further use.
                self.close()
            return response
        except TimeoutError:
            self.close()
            raise ProbeFailure(
                "timeout-overall", f"{host} took the request and did not answer in time"
            ) from None
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError):
            self.close()
            # In TLS 1.3 a client learns only now that its lack of a certificate was not forgiven.
            raise ProbeFailure(
                "tcp-reset",
                f"{host} closed the connection after the handshake",
                also_possible=("tls-client-cert", "registry-unavailable"),
            ) from None
        except ssl.SSLError as error:
            self.close()
            raise cause_of_tls_error(error, host) from None
        except http.client.RemoteDisconnected:
            self.close()
            raise ProbeFailure(
                "tcp-reset",
                f"{host} closed the connection without an answer",
                also_possible=("registry-unavailable", "proxy-error"),
            ) from None
        except _TooLong:
            self.close()
            raise ProbeFailure("not-a-registry", f"{host} gives an answer without end") from None
        except (http.client.HTTPException, ValueError) as error:
            self.close()
            if isinstance(error, http.client.IncompleteRead) and self._wire.ended:
                raise ProbeFailure("tcp-reset", f"{host} closed the connection in mid-answer") from None
            why = str(error) if type(error) is http.client.HTTPException else type(error).__name__
            raise ProbeFailure("not-a-registry", f"{host} does not answer in HTTP ({why})") from None
        except OSError as error:
            self.close()
            raise ProbeFailure(cause_of_error(error), f"{host}: {words_of(error)}") from None


def _check_frame(answer: http.client.HTTPResponse) -> None:
    """Refuse an answer of which nobody can say where it ends (RFC 9112, section 6.3), or that is none yet.

    Raises `http.client.HTTPException`.
    """
    if answer.status < 200:
        raise http.client.HTTPException(f"status {answer.status}, and no answer after it")
    lengths = {each.strip() for each in answer.headers.get_all("content-length", ())}
    if len(lengths) > 1 or not all(each.isascii() and each.isdigit() and len(each) < 20 for each in lengths):
        raise http.client.HTTPException("a Content-Length that is none")


def _plain_authority(endpoint: Endpoint) -> str:
    host = f"[{endpoint.host}]" if ":" in endpoint.host else endpoint.host
    return host if endpoint.port == 80 else f"{host}:{endpoint.port}"
