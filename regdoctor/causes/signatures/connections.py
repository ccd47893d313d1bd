"""Words about a connection that is not made or breaks off.

Go's net and net/http, Node, Python, Java, curl and Windows.
"""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature
from regdoctor.causes.signatures.wording import CUT, NAME_SERVICE, SLOW

CONNECTIONS: tuple[Signature, ...] = (
    # The connection
    Signature(
        "network-unreachable",
        "unreachable",
        r"(network|host) is unreachable|: network unreachable|attempted to an unreachable (network|host)",
        common=True,
    ),
    Signature("network-unreachable", "no route to host", common=True),
    Signature("network-unreachable", "cannot assign requested address", "", common=True),
    Signature(
        "network-unreachable",
        "connect e",
        r"connect (enetunreach|ehostunreach|eaddrnotavail)",
        common=True,
        program="Node",
    ),
    Signature("tcp-refused", "connection refused", r"[:\])(] ?'?connection refused", common=True),
    Signature("tcp-refused", "econnrefused", common=True, program="Node"),
    *(
        Signature(cause, f"net::err_{words}", "", also, apart=apart, common=True, program="Electron")
        for cause, words, also, apart in (
            ("tcp-refused", "connection_refused", (), ""),
            ("tcp-reset", "connection_reset", ("proxy-error",), CUT),
            ("tcp-reset", "connection_closed", ("proxy-error",), CUT),
            ("tcp-timeout", "connection_timed_out", ("proxy-error",), SLOW),
            ("dns-not-found", "name_not_resolved", ("dns-failure",), NAME_SERVICE),
            ("network-unreachable", "internet_disconnected", (), ""),
            ("tls-unknown-ca", "cert_authority_invalid", (), ""),
            ("proxy-error", "tunnel_connection_failed", (), ""),
        )
    ),
    Signature("tcp-refused", "actively refused it", common=True, program="Windows"),
    Signature(
        "tcp-refused",
        "connect to server",
        r"(?<!curl: \(28\) )failed to connect to \S{1,200} port \d{1,5}.{0,40}could(n't| not) connect to server",
        ("tcp-timeout", "network-unreachable"),
        common=True,
        apart="A refusal comes at once, a timeout after a minute or two.",
        program="curl",
    ),
    Signature(
        "tcp-reset", "connection reset by peer", "", ("proxy-error", "mtu-blackhole"), common=True, apart=CUT
    ),
    Signature(
        "tcp-reset",
        "econnreset",
        "",
        ("proxy-error", "mtu-blackhole"),
        common=True,
        apart=CUT,
        program="Node",
    ),
    Signature(
        "tcp-reset",
        "forcibly closed by the remote host",
        "",
        ("proxy-error",),
        common=True,
        apart=CUT,
        program="Windows",
    ),
    Signature("tcp-reset", "socket hang up", "", ("proxy-error",), common=True, apart=CUT, program="Node"),
    Signature(
        "tcp-reset",
        "broken pipe",
        r"write: broken pipe|brokenpipeerror: .{0,40}broken pipe",
        ("proxy-error", "request-too-large"),
        common=True,
        apart=CUT,
    ),
    Signature(
        "tcp-reset", "remotedisconnected", "", ("proxy-error",), common=True, apart=CUT, program="Python"
    ),
    Signature(
        "tcp-reset",
        "connection reset",
        r"(exception|i/o error|caused by|socket\w{0,20}|error)\W{1,3}(.{0,40}\W)?connection reset(?! by peer)\b",
        ("proxy-error",),
        common=True,
        apart=CUT,
        program="Java",
    ),
    Signature(
        "tcp-reset",
        "connection was reset",
        "",
        ("proxy-error",),
        common=True,
        apart=CUT,
        program="curl on Windows",
    ),
    Signature(
        "tcp-reset",
        "end of file from server",
        r"unexpected end of file from server",
        ("proxy-error", "registry-unavailable"),
        common=True,
        apart=CUT,
        program="Java",
    ),
    Signature(
        "tcp-reset",
        "failed to respond",
        r"nohttpresponseexception.{0,200}failed to respond",
        ("proxy-error", "registry-unavailable"),
        common=True,
        apart=CUT,
        program="Java",
    ),
    Signature(
        "tcp-reset",
        "premature end of content-length",
        "",
        ("proxy-error", "registry-unavailable"),
        common=True,
        apart=CUT,
        program="Java",
    ),
    Signature(
        "tcp-reset", "connectionreseterror", "", ("proxy-error",), common=True, apart=CUT, program="Python"
    ),
    Signature(
        "tcp-reset", "unexpected eof", "", ("proxy-error", "registry-unavailable"), common=True, apart=CUT
    ),
    Signature(
        "tcp-reset",
        "use of closed network connection",
        "",
        ("proxy-error",),
        level="symptom",
        common=True,
        apart=CUT,
        program="Go",
    ),
    Signature(
        "tcp-reset",
        "stream error",
        r"stream error: stream id \d{1,9}; (internal_error|protocol_error|refused_stream|cancel)",
        ("proxy-error", "registry-unavailable"),
        common=True,
        apart=CUT,
        program="Go",
    ),
    *(
        Signature(
            "tcp-reset",
            words,
            "",
            ("proxy-error", "registry-unavailable"),
            common=True,
            apart=CUT,
            program="Go",
        )
        for words in ("server sent goaway", "http2: client connection lost")
    ),
    Signature(
        "server-invalid",
        "in host name",
        r"invalid character \S{1,5} in host name",
        common=True,
        sure=False,
        program="Go",
    ),
    Signature(
        "proxy-error",
        "malformed http",
        r'malformed http (response|status code|version) "',
        ("not-a-registry", "tls-plain-http"),
        common=True,
        apart="Something answered that speaks no HTTP, or not on this port: a proxy on the way, or another server.",
        program="Go",
    ),
    Signature(
        "server-invalid",
        "address",
        r"address \S{1,300}: (too many colons in address|missing port in address|invalid port)",
        common=True,
        sure=False,
        program="Go",
    ),
    Signature(
        "server-invalid",
        "parse ",
        r"parse \W{0,3}https?://\S{0,300}: (invalid port|invalid character|invalid url escape|net/url: invalid)|parse \S{1,300}: first path segment in url cannot contain colon",
        common=True,
        sure=False,
        program="Go",
    ),
    Signature(
        "not-a-registry",
        "stopped after 10 redirects",
        "",
        ("proxy-error",),
        common=True,
        apart="If curl -L shows the sign-in page of a company or of a network, a proxy answered.",
        program="Go",
    ),
    Signature(
        "network-unreachable",
        "connect: ",
        r"dial tcp \S{1,200}: connect: (operation not permitted|permission denied)",
        ("firewall-denied", "proxy-error"),
        common=True,
        apart="The rules of this machine or of its container do not let the program out: a firewall here, a network policy or SELinux.",
        program="Go",
    ),
    Signature(
        "tcp-reset",
        ": eof",
        r"https://((registry-1|auth|index)\.docker\.io|ghcr\.io|quay\.io|gcr\.io|mcr\.microsoft\.com|public\.ecr\.aws|registry\.gitlab\.com|\S{1,60}\.(azurecr\.io|amazonaws\.com|pkg\.dev))/\S{0,800}: eof\b",
        ("proxy-error", "registry-unavailable", "tls-protocol"),
        apart=CUT,
        program="Go",
        common=True,
    ),
    Signature(
        "tls-protocol",
        ": eof",
        r"https://\S{1,800}: eof\b",
        ("tcp-reset", "proxy-error"),
        apart=CUT,
        program="Go",
        common=True,
    ),
    Signature(
        "tcp-reset",
        ": eof",
        r"(http://\S{1,800}|failed to do request|failed to copy|httpreadseeker: failed open): eof\b",
        ("proxy-error", "registry-unavailable"),
        apart=CUT,
        program="Go",
        common=True,
    ),
    Signature(
        "tcp-reset",
        "download failed after attempts=",
        r"download failed after attempts=\d{1,3}: eof\b",
        ("proxy-error", "registry-unavailable", "redirect-blob-blocked"),
        level="symptom",
        apart=CUT,
        program="Engine",
        common=True,
    ),
    Signature(
        "tcp-reset",
        "eof",
        r"(^|\s)eof$",
        ("registry-unavailable", "proxy-error", "push-denied"),
        level="symptom",
        apart=CUT,
        during=("push", "pull"),
        program="Engine",
        common=True,
    ),
    Signature(
        "tcp-reset",
        "daemon: eof",
        "",
        ("proxy-error", "registry-unavailable"),
        level="symptom",
        apart=CUT,
        program="Engine",
        common=True,
    ),
)
"""In the order of the table: the more telling first."""
