"""TLS, verified against the system's store and `--ca-file`; verification is never off."""

from __future__ import annotations

import os
import ssl
import time

from regdoctor.probes.failure import ProbeFailure, cause_of_error, words_of
from regdoctor.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import socket
    from typing import Any

    from regdoctor.probes.deadline import Deadline

_STORES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")
"""Where Linux distributions keep their store, for a Python that was built without knowing."""

_BY_VERIFY_CODE = {
    9: "tls-not-yet-valid",
    10: "tls-expired",
    2: "tls-unknown-ca",
    18: "tls-unknown-ca",
    19: "tls-unknown-ca",
    20: "tls-unknown-ca",
    21: "tls-unknown-ca",
    62: "tls-hostname-mismatch",
    64: "tls-hostname-mismatch",
}
"""OpenSSL's verification results (x509_vfy.h)."""


class Certificate(Record):
    """What the peer's certificate says of itself."""

    issuer: str
    subject: str
    names: tuple[str, ...]
    not_before: float
    not_after: float
    """Seconds since the epoch."""

    def lines(self) -> tuple[str, ...]:
        """The certificate in words."""
        return (
            f"issued by {self.issuer}",
            f"issued for {', '.join(self.names) or self.subject}",
            f"valid from {_day(self.not_before)} to {_day(self.not_after)}",
        )

    def days_left(self) -> int:
        """Whole days until it ends."""
        return int((self.not_after - time.time()) // 86400)


def _day(moment: float) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(moment))


class Handshake(Record):
    """A finished handshake."""

    sock: ssl.SSLSocket
    protocol: str
    certificate: Certificate | None


def trust(*ca_files: str) -> ssl.SSLContext:
    """A context that trusts the system's store and the files given.

    Raises `OSError` (of which `ssl.SSLError` is one) when a file holds no certificates.
    """
    context = ssl.create_default_context()
    context.hostname_checks_common_name = False
    paths = ssl.get_default_verify_paths()
    if paths.cafile is None and paths.capath is None:
        for store in filter(os.path.exists, _STORES):
            context.load_verify_locations(store)
            break
    for ca_file in ca_files:
        context.load_verify_locations(ca_file)
    return context


def holds_certificates(path: str) -> bool:
    """Whether a file can be trusted as `trust` takes it. Raises `OSError` where it cannot be read."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
    except ssl.SSLError:
        return False
    return True


def handshake(sock: socket.socket, host: str, context: ssl.SSLContext, deadline: Deadline) -> Handshake:
    """Speak TLS on a connection. A failure names the peer's certificate where it came that far."""
    sock.settimeout(deadline.left() or 0.001)
    try:
        secured = context.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
    except OSError as error:
        sock.close()
        raise ProbeFailure(
            cause_of_error(error), f"{host} cut the connection before the TLS handshake: {words_of(error)}"
        ) from None
    try:
        secured.do_handshake()
    except TimeoutError:
        secured.close()
        raise ProbeFailure(
            "tls-timeout", f"{host} did not finish the handshake in time", also_possible=("mtu-blackhole",)
        ) from None
    except ssl.SSLError as error:
        certificate = _unverified(secured)
        secured.close()
        raise cause_of_tls_error(error, host, certificate) from None
    except OSError as error:
        secured.close()
        raise ProbeFailure(
            cause_of_error(error), f"{host} cut the connection during the TLS handshake: {words_of(error)}"
        ) from None
    return Handshake(secured, (secured.version() or "TLS").replace("v", " "), _verified(secured))


def cause_of_tls_error(
    error: ssl.SSLError, host: str, certificate: Certificate | None = None
) -> ProbeFailure:
    """The cause that a failure of OpenSSL's amounts to."""
    lines = certificate.lines() if certificate else ()
    if isinstance(error, ssl.SSLCertVerificationError):
        cause = _BY_VERIFY_CODE.get(error.verify_code, "tls-unknown-ca")
        also = ("clock-skew",) if cause in ("tls-expired", "tls-not-yet-valid") else ()
        return ProbeFailure(cause, f"{host}: {error.verify_message}", *lines, also_possible=also)
    reason = (error.reason or "").replace("_", " ").lower()
    said = f"{host}: {reason or 'the connection was closed during the TLS handshake'}"
    if "certificate required" in reason or (certificate and "handshake failure" in reason):
        # After its own certificate, a server refuses a handshake only over the client's.
        return ProbeFailure("tls-client-cert", said, *lines)
    if "wrong version number" in reason or "http request" in reason or "record layer failure" in reason:
        return ProbeFailure("tls-plain-http", said)
    if isinstance(error, ssl.SSLEOFError) or "unexpected eof" in reason:
        return ProbeFailure("tls-protocol", said, *lines, also_possible=("tcp-reset", "proxy-error"))
    return ProbeFailure("tls-protocol", said, *lines)


def _verified(secured: ssl.SSLSocket) -> Certificate | None:
    """The certificate of a peer that passed verification; None where its names are no text."""
    try:
        return _read(secured.getpeercert() or {})
    except (ValueError, ssl.SSLError):
        return None


def _unverified(secured: ssl.SSLSocket) -> Certificate | None:
    """The certificate of a peer that failed verification, for the report only.

    Python shows it through a private attribute (3.10 and later); where that is gone, nothing is shown.
    """
    try:
        chain = secured._sslobj.get_unverified_chain()  # type: ignore[attr-defined]
        return _read(chain[0].get_info()) if chain else None
    except Exception:  # whatever a private attribute may raise, the finding stands without it
        return None


def _read(info: Any) -> Certificate | None:
    try:
        subject, issuer = _names(info.get("subject", ())), _names(info.get("issuer", ()))
        return Certificate(
            issuer=issuer.get("organizationName") or issuer.get("commonName") or "nobody named",
            subject=subject.get("commonName", ""),
            names=tuple(str(value) for _, value in info.get("subjectAltName", ()))[:20],
            not_before=ssl.cert_time_to_seconds(info["notBefore"]),
            not_after=ssl.cert_time_to_seconds(info["notAfter"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _names(pairs: Any) -> dict[str, str]:
    return {str(key): str(value) for group in pairs for key, value in group}
