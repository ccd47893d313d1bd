"""Words of proxies, and of programs about them."""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature

PROXIES: tuple[Signature, ...] = (
    # The proxy
    Signature("proxy-auth-required", "proxy authentication required", common=True),
    Signature("proxy-auth-required", "407 from proxy", program="curl", common=True),
    Signature("proxy-auth-required", "connect tunnel failed, response 407", program="curl 8", common=True),
    Signature(
        "proxy-auth-required",
        "tunneling socket could not be established, statuscode=407",
        program="Node",
        common=True,
    ),
    Signature(
        "proxy-error",
        "proxyconnect",
        r"\bproxyconnect (tcp|udp)\b",
        ("tls-timeout",),
        apart="The proxy itself is what could not be reached or understood: its address has to begin with http:// where it takes no TLS, even for https:// targets.",
    ),
    Signature(
        "proxy-error",
        "proxy",
        r"(received http code \d{3} from proxy|could(n't| not) resolve proxy|proxyerror\(.cannot|cannot connect to proxy|unable to connect to proxy|failed to connect to proxy|unable to tunnel through proxy|err_proxy_connection_failed)",
        program="curl, Python, Node, Java",
        common=True,
    ),
    Signature(
        "proxy-error",
        "unknown scheme",
        r"unknown scheme",
        common=True,
        sure=False,
        program="Go",
    ),
    Signature(
        "proxy-auth-required",
        "https:",
        r"https: ?\S{3,600}\W{1,3} ?(authenticationrequired|authorizedonly|authorization ?required)\W{0,4}$",
        ("proxy-error",),
        apart="Go repeats the status of the proxy's refusal, and nothing else: which proxy it was stands in HTTPS_PROXY, or in the Engine's settings.",
        program="Go",
    ),
    Signature(
        "proxy-error",
        "https:",
        r"\b(get|head|put|post|patch) \W{0,2}https:\S{3,600}\W{1,3} ?(forbidden|forbidden port|access ?denied|not allowed|method not allowed|bad gateway|service ?unavailable|gateway time-?out|bad request|internal server error|url.?blocked|policy.?denied|tunnel connection failed)\W{0,4}$",
        ("firewall-denied",),
        apart="Go repeats the status of the proxy's refusal, and nothing else: which proxy it was stands in HTTPS_PROXY, or in the Engine's settings.",
        program="Go",
        common=True,
    ),
    Signature("proxy-error", "connect tunnel failed, response ", program="curl 8", common=True),
    Signature("proxy-error", "tunneling socket could not be established", program="Node", common=True),
    Signature(
        "proxy-error",
        "unsupported protocol scheme",
        r"proxy.{0,60}unsupported protocol scheme",
        common=True,
        sure=False,
        program="Go",
    ),
)
"""In the order of the table: the more telling first."""
