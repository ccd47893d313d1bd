"""The words by which programs and registries give a cause away.

The wording is that of Go's net, crypto/tls and net/http, of docker and of distribution, which nearly
every client and registry shares, and of the vendors where a registry is named.
"""

from __future__ import annotations

import re

from regdoctor.record import Record


class Signature(Record):
    """Words that mean one cause."""

    cause: str
    needle: str
    """Lower-case words that are in every such text; looked for before the pattern is."""
    pattern: str = ""
    """Where the needle alone does not decide: matched without regard to case."""
    also_possible: tuple[str, ...] = ()
    registries: tuple[str, ...] = ()
    """The registries whose words they are; any, if empty."""


SIGNATURES: tuple[Signature, ...] = (
    # A registry or token service, about the account
    Signature("account-locked", "too many failed login attempts"),
    Signature("account-locked", "too many login attempts"),
    Signature("account-locked", "account", r"account (is|has been) (locked|disabled|suspended|deactivated)"),
    Signature("account-locked", "user has been disabled"),
    Signature("account-locked", "email", r"(verify|confirm) your e-?mail"),
    # … about the token
    Signature(
        "token-expired",
        "expired",
        r"(token|credential|password|secret|key)s? (is|has|have|are|was) (now )?expired",
    ),
    Signature(
        "token-expired", "expired", r"expired (access |authorization |bearer )?(token|credential|secret)"
    ),
    Signature("token-expired", "token", r"token[- ]expired"),
    Signature("token-revoked", "revoked", r"(token|credential|key)s? (is|has been|was|have been) revoked"),
    Signature("token-kind-unsupported", "personal access token", r"(use|with) (a )?personal access token"),
    Signature("sso-not-authorized", "saml"),
    Signature("sso-not-authorized", "sso", r"\bsso\b.*(authoriz|enforce)|(authoriz|enforce).*\bsso\b"),
    Signature(
        "missing-scope", "scope", r"insufficient.scopes?|does not match expected scopes|missing.{1,20}scope"
    ),
    # … about where the request came from, or how often
    Signature(
        "firewall-denied", "ip", r"\bip\b.{0,60}not (allowed|permitted)|not (allowed|permitted).{0,60}\bip\b"
    ),
    Signature("firewall-denied", "ip allow list"),
    Signature("rate-limited", "toomanyrequests"),
    Signature(
        "rate-limited",
        "rate limit",
        r"(exceeded|reached|hit).{0,40}rate limit|rate limit.{0,40}(exceeded|reached)",
    ),
    Signature("rate-limited", "429 too many requests"),
    # The proxy
    Signature("proxy-auth-required", "proxy authentication required"),
    Signature("proxy-error", "proxyconnect"),
    # TLS
    Signature(
        "tls-client-cert",
        "certificate",
        r"no required ssl certificate|certificate required|requires? a client certificate",
    ),
    Signature("tls-client-cert", "bad certificate", r"remote error: tls: bad certificate"),
    Signature("tls-plain-http", "server gave http response to https client"),
    Signature("tls-plain-http", "first record does not look like a tls handshake"),
    Signature("tls-unknown-ca", "certificate signed by unknown authority"),
    Signature("tls-unknown-ca", "self", r"self[- ]signed certificate"),
    Signature(
        "tls-not-yet-valid",
        "certificate has expired or is not yet valid",
        r"current time \S+ is before",
        ("clock-skew",),
    ),
    Signature("tls-expired", "certificate has expired or is not yet valid", "", ("clock-skew",)),
    Signature("tls-expired", "certificate has expired", "", ("clock-skew",)),
    Signature("tls-hostname-mismatch", "certificate is valid for", r"certificate is valid for .*, not "),
    Signature("tls-hostname-mismatch", "certificate is not valid for any names"),
    Signature("tls-hostname-mismatch", "doesn't contain any ip sans"),
    Signature("tls-hostname-mismatch", "certificate relies on legacy common name"),
    Signature("tls-timeout", "tls handshake timeout", "", ("mtu-blackhole",)),
    Signature("tls-protocol", "protocol version not supported"),
    Signature(
        "tls-protocol", "tls", r"server selected unsupported protocol version|no supported versions satisfy"
    ),
    Signature("tls-protocol", "handshake failure", "", ("tls-client-cert",)),
    # The way to the registry
    Signature("dns-not-found", "no such host"),
    Signature("dns-failure", "server misbehaving"),
    Signature("dns-failure", "temporary failure in name resolution"),
    Signature("dns-failure", "i/o timeout", r"lookup \S+.{0,80}i/o timeout"),
    Signature("tcp-refused", "connection refused"),
    Signature("tcp-reset", "connection reset by peer"),
    Signature("network-unreachable", "network is unreachable"),
    Signature("network-unreachable", "no route to host"),
    Signature("tcp-timeout", "i/o timeout", r"dial tcp.{0,80}i/o timeout"),
    Signature("tcp-timeout", "connection timed out"),
    Signature("timeout-overall", "context deadline exceeded"),
    Signature("timeout-overall", "client.timeout exceeded", "", ("tcp-timeout",)),
    Signature(
        "timeout-overall",
        "request canceled",
        r"request canceled( while waiting for connection)?",
        ("tcp-timeout",),
    ),
    # docker login, by the status of /v2/ itself (docker/cli internal/registry/auth.go)
    Signature("bad-credentials", "failed with status: 40", r"failed with status: 40[01]"),
    Signature("firewall-denied", "failed with status: 403", "", ("bad-credentials",)),
    Signature("not-a-registry", "failed with status: 404"),
    Signature("registry-unavailable", "failed with status: 5"),
    Signature("registry-unavailable", "unexpected http status: 5", r"unexpected http status: 5\d\d"),
    Signature("registry-unavailable", "service unavailable", r"(503|temporarily) service unavailable|503"),
    Signature("not-a-registry", "invalid character '<'", "", ("proxy-error",)),
    Signature("not-a-registry", "did not include a token"),
    Signature("not-a-registry", "no realm specified"),
    Signature("tls-protocol", ": eof", r"https?://\S+: eof", ("tcp-reset",)),
    # docker login, by the words of the token service
    Signature("bad-credentials", "incorrect username or password"),
    Signature("bad-credentials", "unauthorized: "),
    Signature("bad-credentials", "denied: denied"),
    Signature(
        "bad-credentials", "invalid", r"invalid (user ?name|login|credentials|password|username/password)"
    ),
    Signature("server-invalid", "unable to parse server address"),
    Signature("no-credentials-sent", "no basic auth credentials"),
)
"""From the most telling to the least: the first that fits is the answer."""


def recognise(text: str, registry: str = "") -> Signature | None:
    """The signature that a text bears, if any; `registry` is the id of the one that speaks."""
    lower = " ".join(text.lower().split())
    for signature in SIGNATURES:
        if signature.registries and registry not in signature.registries:
            continue
        if signature.needle in lower and (not signature.pattern or re.search(signature.pattern, lower)):
            return signature
    return None
