"""All probes of one run, with what the run has to say to each of them."""

from __future__ import annotations

import contextlib
import threading
import time
from types import MappingProxyType

from regdoctor.address import Endpoint, is_ip_address
from regdoctor.model import Call
from regdoctor.probes.docker_config import DockerConfig
from regdoctor.probes.failure import ProbeFailure
from regdoctor.probes.refusals import Refusals
from regdoctor.registries.masking import masked
from regdoctor.secret import MASK, Redactor, Secret, spelt_out, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeVar

    from regdoctor.probes.deadline import Deadline
    from regdoctor.probes.http import Channel, Response
    from regdoctor.probes.proxy import Proxy
    from regdoctor.probes.tcp import Connection
    from regdoctor.probes.tls import Handshake
    from regdoctor.settings import Override, Settings

    Result = TypeVar("Result")

CLOCK_TOLERANCE = 300.0
"""Seconds between this clock and a server's beyond which the clock is to blame."""

CONNECTIONS = 6
"""The most requests that are made to one host at a time, as browsers have it."""


class World:
    """What the checks use to reach outside. Its methods may be called from any thread."""

    def __init__(
        self,
        settings: Settings,
        environ: Mapping[str, str],
        redactor: Redactor,
        on_call: Callable[[Call], None] = lambda call: None,
        refusals: Refusals | None = None,
    ) -> None:
        """`refusals` are those of earlier runs; this one adds its own."""
        self.settings = settings
        self.environ = environ
        self.redactor = redactor
        self.refusals = refusals or Refusals()
        self.refused_before = Refusals() if settings.resend else self.refusals.copy()
        """What this run does not send again, as registries may lock somebody out for it."""
        self.logins = Memory(self.refused_before.answers())
        """The answer to each credential, and for each repository: none is sent twice to hear the same."""
        self.docker = DockerConfig(environ, redactor, Memory(), run_helpers=not settings.offline)
        self._on_call = on_call
        self._trust: dict[str | None, ssl.SSLContext] = {}
        self._ca_files: dict[Endpoint, str] = {}
        self._trust_lock = threading.Lock()
        self._idle: dict[Endpoint, list[Channel]] = {}
        self._idle_lock = threading.Lock()
        self._slots: dict[Endpoint, threading.BoundedSemaphore] = {}
        self.clock_offsets: dict[str, float] = {}
        """Seconds by which a host's clock is ahead of this one, from its Date header."""

    def clean(self, text: str) -> str:
        """A text from outside, fit to be shown: no credential, no character that acts."""
        hidden = self.redactor(masked(text))  # its form tells a credential only while all of it is there
        shown = visible(hidden)
        if shown != hidden:
            # What is broken by a character that is not shown reads as a credential only now.
            shown = self.redactor(shown)
        # Who spells a credential out character by character has nothing to say that is worth the risk.
        return MASK if self.redactor.reveals(spelt_out(shown)) else shown

    def named(self, name: str) -> str:
        """A host or an image as the user named it, fit to be shown; the mask where that is a credential."""
        return MASK if self.redactor.reveals(name) else visible(masked(name))

    def proxy(self, endpoint: Endpoint) -> Proxy | None:
        """The proxy through which a host is asked."""
        from regdoctor.probes.proxy import proxy_for

        proxy = proxy_for(endpoint.host, endpoint.port, self.environ)
        if proxy is not None and proxy.credential is not None:
            pair = proxy.credential.reveal()
            for secret in (pair, pair.partition(":")[2]):
                self.redactor.add(Secret(secret))
        return proxy

    def resolve(self, endpoint: Endpoint, deadline: Deadline) -> tuple[str, ...]:
        """The addresses of a host, or the one given by hand."""
        if not endpoint.host:
            raise ProbeFailure("dns-not-found", "there is no host in the address")
        override = self.override(endpoint)
        if override is not None:
            return (override.address,)
        if is_ip_address(endpoint.host):
            return (endpoint.host,)
        from regdoctor.probes.dns import resolve

        _need_time(endpoint, deadline)
        return self._called("DNS", endpoint.host, lambda: resolve(endpoint.host, endpoint.port, deadline))

    def override(self, endpoint: Endpoint) -> Override | None:
        """The address that `--resolve` gives for a host."""
        return next(
            (o for o in self.settings.overrides if (o.host, o.port) == (endpoint.host, endpoint.port)), None
        )

    def connect(self, endpoint: Endpoint, addresses: tuple[str, ...], deadline: Deadline) -> Connection:
        """A TCP connection to one of a host's addresses."""
        from regdoctor.probes.tcp import connect

        override = self.override(endpoint)
        port = override.to_port if override else endpoint.port
        _need_time(endpoint, deadline)
        return self._called("TCP", endpoint.authority, lambda: connect(addresses, port, deadline))

    def handshake(self, connection: Connection, endpoint: Endpoint, deadline: Deadline) -> Handshake:
        """TLS on a connection."""
        from regdoctor.probes.tls import handshake

        _need_time(endpoint, deadline)
        return self._called(
            "TLS",
            endpoint.authority,
            lambda: handshake(connection.sock, endpoint.host, self._trusted_for(endpoint), deadline),
        )

    def trusted(self, ca_file: str | None = None) -> ssl.SSLContext:
        """The certificates that this run trusts, and those of one file more; read once. Raises `OSError`."""
        from regdoctor.probes.tls import trust

        with self._trust_lock:
            if ca_file not in self._trust:
                files = (self.settings.ca_file, ca_file)
                self._trust[ca_file] = trust(*(file for file in files if file is not None))
            return self._trust[ca_file]

    def trust_for(self, endpoint: Endpoint, ca_file: str) -> None:
        """Trust the certificates of a file as well, for one host alone."""
        self._ca_files[endpoint] = ca_file

    def _trusted_for(self, endpoint: Endpoint) -> ssl.SSLContext:
        return self.trusted(self._ca_files.get(endpoint))

    def ask(
        self,
        endpoint: Endpoint,
        path: str,
        headers: Mapping[str, str],
        deadline: Deadline,
        *,
        method: str = "GET",
        body: bytes | None = None,
        plain_http: bool = False,
        limit: int | None = None,
        once: bool = False,
    ) -> Response:
        """One request, over a connection that is idle or a new one.

        `limit` is the most bytes of the answer that are of use. What carries a credential that may be refused
        goes out `once`: a host that hangs up without an answer may have counted it. Anything else is sent
        again where an idle connection turns out to be dead. Raises `ProbeFailure`, which names the host that
        was asked.
        """
        try:
            return self._ask(endpoint, path, headers, deadline, method, body, plain_http, limit, once)
        except ProbeFailure as failure:
            authority = endpoint.authority
            named = {"host": authority, "address": authority, "port": str(endpoint.port)}
            failure.facts = {**named, **failure.facts}
            raise

    def _ask(
        self,
        endpoint: Endpoint,
        path: str,
        headers: Mapping[str, str],
        deadline: Deadline,
        method: str,
        body: bytes | None,
        plain_http: bool,
        limit: int | None,
        once: bool,
    ) -> Response:
        def send(channel: Channel) -> Response:
            return self._send(channel, method, path, headers, deadline, body, limit)

        with self._turn(endpoint, deadline):
            channel = self._take(endpoint)
            if channel is not None and channel.tls is plain_http:
                channel.close()
                channel = None
            if channel is not None:
                try:
                    return send(channel)
                except ProbeFailure as failure:
                    # The host may have hung up while the connection was idle; that says nothing yet.
                    if once or not channel.used_before or failure.cause != "tcp-reset":
                        raise
            return send(self.open(endpoint, deadline, plain_http=plain_http))

    @contextlib.contextmanager
    def _turn(self, endpoint: Endpoint, deadline: Deadline) -> Iterator[None]:
        """Wait until a host is asked by few enough others."""
        with self._idle_lock:
            slots = self._slots.setdefault(endpoint, threading.BoundedSemaphore(CONNECTIONS))
        if not slots.acquire(timeout=deadline.left()):
            raise ProbeFailure("timeout-overall", f"{endpoint.authority} was still answering others")
        try:
            yield
        finally:
            slots.release()

    def _send(
        self,
        channel: Channel,
        method: str,
        path: str,
        headers: Mapping[str, str],
        deadline: Deadline,
        body: bytes | None,
        limit: int | None,
    ) -> Response:
        """One request over an open connection, which is kept afterwards."""
        from regdoctor import __version__
        from regdoctor.probes.http import BODY_LIMIT

        everything = {"User-Agent": f"regdoctor/{__version__}", **headers}
        authority = channel.endpoint.authority
        response = self._called(
            method,
            authority,
            lambda: channel.request(method, path, everything, deadline, body, limit or BODY_LIMIT),
        )
        self._learn_clock(channel.endpoint, response)
        self.keep(channel)
        return response

    def open(self, endpoint: Endpoint, deadline: Deadline, *, plain_http: bool = False) -> Channel:
        """A new connection to a host."""
        from regdoctor.probes.http import Channel

        connection = self.reach(endpoint, deadline)
        if plain_http:
            return Channel(connection.sock, endpoint, tls=False)
        return Channel(self.handshake(connection, endpoint, deadline).sock, endpoint, tls=True)

    def adopt(self, done: Handshake, endpoint: Endpoint) -> None:
        """Keep a connection that was secured already for the next request to its host."""
        from regdoctor.probes.http import Channel

        self.keep(Channel(done.sock, endpoint, tls=True))

    def _take(self, endpoint: Endpoint) -> Channel | None:
        with self._idle_lock:
            idle = self._idle.get(endpoint, [])
            while idle:
                channel = idle.pop()
                if channel.is_open and not channel.hung_up:
                    return channel
                channel.close()
        return None

    def reach(self, endpoint: Endpoint, deadline: Deadline) -> Connection:
        """A connection to a host, through the proxy where there is one."""
        proxy = self.proxy(endpoint)
        if proxy is None:
            return self.connect(endpoint, self.resolve(endpoint, deadline), deadline)
        try:
            connection = self.connect(proxy.endpoint, self.resolve(proxy.endpoint, deadline), deadline)
        except ProbeFailure as failure:
            raise through_proxy(failure, proxy) from None
        self.tunnel(connection, proxy, endpoint, deadline)
        return connection

    def tunnel(self, connection: Connection, proxy: Proxy, endpoint: Endpoint, deadline: Deadline) -> None:
        """Have a proxy connect on to a host."""
        from regdoctor.probes.proxy import open_tunnel

        self._called(
            "CONNECT", endpoint.authority, lambda: open_tunnel(connection.sock, proxy, endpoint, deadline)
        )

    def keep(self, channel: Channel) -> None:
        """Keep a connection for the next request to its host."""
        if channel.is_open:
            with self._idle_lock:
                self._idle.setdefault(channel.endpoint, []).append(channel)

    def close(self) -> None:
        """Close what is idle."""
        with self._idle_lock:
            for channels in self._idle.values():
                for channel in channels:
                    channel.close()
            self._idle.clear()

    def clock_offset(self) -> float | None:
        """Seconds by which this clock is behind the servers' (negative: ahead), where that matters."""
        offsets = sorted(self.clock_offsets.values())
        middle = offsets[len(offsets) // 2] if offsets else 0.0
        return middle if abs(middle) > CLOCK_TOLERANCE else None

    def _learn_clock(self, endpoint: Endpoint, response: Response) -> None:
        from email.utils import parsedate_to_datetime

        date = response.header("date")
        if date is None:
            return
        try:
            self.clock_offsets[endpoint.host] = parsedate_to_datetime(date).timestamp() - time.time()
        except (ValueError, TypeError, OverflowError):
            return

    def _called(self, method: str, host: str, work: Callable[[], Result]) -> Result:
        start = time.perf_counter()
        status = "failed"
        try:
            result = work()
            status = str(getattr(result, "status", "ok"))
            return result
        except ProbeFailure as failure:
            status = failure.cause
            raise
        finally:
            elapsed = round((time.perf_counter() - start) * 1000, 1)
            # A peer may have named the host.
            self._on_call(Call(method, self.clean(host), status, elapsed))


def _need_time(endpoint: Endpoint, deadline: Deadline) -> None:
    """Raise where there is no time left: that nobody answers would then be nobody's fault."""
    if deadline.passed:
        raise ProbeFailure("timeout-overall", f"the time was over before {endpoint.authority} was asked")


def through_proxy(failure: ProbeFailure, proxy: Proxy) -> ProbeFailure:
    """A failure on the way to a proxy, said of the proxy."""
    return ProbeFailure(
        "proxy-error",
        f"{proxy.variable} names {proxy.shown}",
        *failure.evidence,
        also_possible=(failure.cause,),
        facts={"proxy": proxy.shown, "proxy_variable": proxy.variable},
    )


class Memory:
    """Answers by key: the first to ask does the work, whoever else asks gets the same answer."""

    def __init__(self, known: Mapping[object, object] = MappingProxyType({})) -> None:
        """`known` are answers that need no work."""
        self._lock = threading.Lock()
        self._done: dict[object, threading.Event] = {}
        self._answers: dict[object, tuple[object, ProbeFailure | None]] = {}
        for key, answer in known.items():
            self._answers[key] = (answer, None)
            self._done[key] = threading.Event()
            self._done[key].set()

    def about(self, part: object) -> dict[object, object]:
        """The answers to the keys that have some part."""
        return {
            key: answer
            for key, (answer, failed) in tuple(self._answers.items())
            if failed is None and isinstance(key, tuple) and part in key
        }

    def once(self, key: object, deadline: Deadline, work: Callable[[], Result]) -> Result:
        """The answer to a key, or the failure that its work met; TimeoutError if it is not done in time."""
        with self._lock:
            event = self._done.get(key)
            mine = event is None
            if event is None:
                event = self._done[key] = threading.Event()
        if mine:
            try:
                self._answers[key] = (work(), None)
            except ProbeFailure as failure:
                self._answers[key] = (None, failure)
            finally:
                event.set()
        elif not event.wait(deadline.left()):
            raise TimeoutError
        if key not in self._answers:
            raise TimeoutError
        answer, failed = self._answers[key]
        if failed is not None:
            raise failed
        return answer  # type: ignore[return-value]  # stored by the same kind of work
