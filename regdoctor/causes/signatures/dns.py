"""Words about looking up a name.

Go's net, glibc, musl, macOS and Windows, Node, Java, curl.
"""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature
from regdoctor.causes.signatures.wording import NAME_SERVICE

_VENDORS_NAMES = (
    r"lookup ((registry-1|auth|index)\.docker\.io|docker\.io|production\.cloudflare\.docker\.com|ghcr\.io|quay\.io|gcr\.io|mcr\.microsoft\.com"
    r"|registry\.gitlab\.com|public\.ecr\.aws|registry\.k8s\.io|auth\.docker\.com|registry\.redhat\.io|([a-z-]{1,20}-docker\.)pkg\.dev|api\.github\.com|github\.com)\b"
)

NAME_SERVICES: tuple[Signature, ...] = (
    # The name
    Signature(
        "dns-failure",
        "lookup",
        r"lookup .{0,200}(read|dial|write) udp.{0,120}(connection refused|i/o timeout|unreachable|no route to host|operation not permitted|permission denied|cannot assign|connection reset)",
        program="Go",
        common=True,
    ),
    Signature(
        "dns-failure",
        "no such host",
        _VENDORS_NAMES + r".{0,120}no such host",
        ("dns-not-found",),
        apart=NAME_SERVICE,
        program="Go",
        common=True,
    ),
    Signature(
        "dns-not-found", "no such host", "", ("dns-failure",), common=True, apart=NAME_SERVICE, program="Go"
    ),
    Signature(
        "dns-not-found",
        "enotfound",
        r"(getaddrinfo enotfound|enotfound \S{1,200})",
        ("dns-failure",),
        common=True,
        apart=NAME_SERVICE,
        program="Node",
    ),
    Signature(
        "dns-not-found",
        "name or service not known",
        "",
        ("dns-failure",),
        common=True,
        apart=NAME_SERVICE,
        program="glibc",
    ),
    Signature(
        "dns-not-found",
        "nodename nor servname provided",
        "",
        ("dns-failure",),
        common=True,
        apart=NAME_SERVICE,
        program="macOS",
    ),
    Signature(
        "dns-not-found",
        "getaddrinfo failed",
        "",
        ("dns-failure",),
        common=True,
        apart=NAME_SERVICE,
        program="Python on Windows",
    ),
    Signature(
        "dns-not-found",
        "no address associated with",
        "",
        ("dns-failure",),
        common=True,
        apart=NAME_SERVICE,
        program="glibc",
    ),
    Signature(
        "dns-not-found",
        "resolve host",
        r"(could not|couldn't|unable to|cannot) resolve host",
        ("dns-failure",),
        common=True,
        apart=NAME_SERVICE,
        program="curl, wget",
    ),
    Signature(
        "dns-not-found",
        "unknownhostexception",
        "",
        ("dns-failure",),
        common=True,
        apart=NAME_SERVICE,
        program="Java",
    ),
    Signature(
        "dns-not-found",
        "name does not resolve",
        "",
        ("dns-failure",),
        common=True,
        apart=NAME_SERVICE,
        program="musl",
    ),
    Signature(
        "dns-failure",
        "temporary error during hostname resolution",
        "",
        ("dns-not-found",),
        common=True,
        apart=NAME_SERVICE,
        program="Go on Windows",
    ),
    Signature(
        "dns-not-found",
        "getaddrinfow: ",
        "",
        ("dns-failure",),
        common=True,
        apart=NAME_SERVICE,
        program="Go on Windows",
    ),
    Signature("dns-failure", "server misbehaving", common=True, program="Go"),
    Signature("dns-failure", "temporary failure in name resolution", common=True, program="glibc"),
    Signature("dns-failure", "eai_again", common=True, program="Node, musl"),
    Signature(
        "dns-failure", "lookup", r"lookup \S{1,200}.{0,60}: try again", program="Go with musl", common=True
    ),
    Signature("dns-failure", "i/o timeout", r"lookup .{0,200}i/o timeout", program="Go", common=True),
    Signature("dns-failure", "cannot unmarshal dns message", program="Go", common=True),
    Signature("dns-failure", "invalid dns response", program="Go", common=True),
    Signature(
        "dns-failure",
        "lookup",
        r"lookup .{0,200}(no dns servers|dns query.{0,40}(timed out|failed)|dial tcp: operation was canceled|device or resource busy)",
        sure=False,
        program="Go",
        common=True,
    ),
)
"""In the order of the table: the more telling first."""
