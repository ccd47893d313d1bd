"""Words about the hosts that keep a registry's layers."""

from __future__ import annotations

import re

from regdoctor.causes.signatures.signature import Signature

_BROKEN = (
    r"(: eof\b|unexpected eof|i/o timeout|connection reset|connection refused|tls handshake timeout|no such host"
    r"|context deadline exceeded|client\.timeout|connection timed out|operation timed out|context canceled|network is unreachable"
    r"|no route to host|\b403\b|server misbehaving|stream error|did not properly respond)"
)
_STORES = (
    ".blob.core.",
    ".data.azurecr.io",
    ".data.mcr.microsoft.com",
    ".cloudflare.docker.com",
    ".cloudfront.docker.com",
    ".r2.cloudflarestorage.com",
    "pkg-containers.githubusercontent.com",
    ".quay.io/",
    "quayio-production-s3",
    "-starport-layer-bucket",
    "storage.googleapis.com/",
    ".cloudfront.net/",
)
"""Where registries keep their layers: hosts of their own, to which a pull is sent on."""
_STORE_APART = (
    "The registry answered and sent the pull on to the host that keeps the layers: if curl reaches that "
    "host from here, it was a passing fault."
)

LAYERS: tuple[Signature, ...] = (
    Signature(
        "redirect-blob-blocked",
        "error pulling image configuration",
        r"error pulling image configuration: (download failed after attempts=\d{1,3}: )?"
        r"(dial|read|write|net/http: tls|eof\b|unexpected eof|context)",
        ("tcp-timeout", "tcp-reset", "tls-timeout", "dns-failure", "proxy-error"),
        apart=_STORE_APART,
        program="Engine",
    ),
    Signature(
        "redirect-blob-blocked",
        "error pulling image configuration",
        r"error pulling image configuration: (error parsing http 403 response body: invalid character '<'|get \W?https?://\S{1,900}: .{0,80}\b(blocked|forbidden))",
        ("firewall-denied", "proxy-error", "pull-denied"),
        apart=_STORE_APART,
        program="Engine, of the words of a store or of a proxy",
    ),
    *(
        Signature(
            "redirect-blob-blocked",
            store,
            # From the last one on, so that a line with nothing else is not read again from each.
            rf"{re.escape(store)}(?:(?!{re.escape(store)}).){{0,1800}}?{_BROKEN}",
            ("registry-unavailable", "tcp-timeout", "dns-failure"),
            apart=_STORE_APART,
            common=True,
        )
        for store in _STORES
    ),
)
"""In the order of the table: the more telling first."""
