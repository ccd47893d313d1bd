"""Words of docker before version 17, which old machines and old pages still say (moby/moby, registry/)."""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature
from regdoctor.causes.signatures.wording import NOT_SENT, PULL, PUSH, REFUSED, SLOW

_SERVER = r"(server error:|http code) "
"""What stands before the status (registry/session.go, registry/session_v2.go)."""

PAST: tuple[Signature, ...] = (
    Signature(
        "request-too-large", "413", _SERVER + r"413 (trying to push|while uploading)", program="Engine"
    ),
    Signature(
        "push-denied",
        "trying to push",
        r"(server error:|status) 40[13] trying to push",
        ("no-credentials-sent", "bad-credentials", "repository-not-found"),
        apart=PUSH,
        program="Engine",
    ),
    Signature(
        "push-denied",
        "while uploading metadata",
        r"http code 40[134] while uploading metadata",
        ("no-credentials-sent", "bad-credentials", "repository-not-found"),
        apart=PUSH,
        program="Engine",
    ),
    Signature(
        "registry-unavailable",
        "trying to pu",
        r"(server error:|status) 5\d\d trying to (push|pull)",
        ("proxy-error",),
        apart="If the registry's status page shows no trouble and another network works, a proxy is out of order.",
        program="Engine",
    ),
    Signature(
        "registry-unavailable",
        "unexpected status code [5",
        "",
        ("proxy-error",),
        apart="If the registry's status page shows no trouble and another network works, a proxy is out of order.",
        program="Engine",
    ),
    Signature(
        "no-credentials-sent",
        "authentication is required.",
        "",
        ("bad-credentials", "pull-denied"),
        apart=NOT_SENT,
        program="Engine",
        common=True,
    ),
    Signature(
        "realm-not-trusted",
        "will not send auth headers over http",
        "",
        ("tls-plain-http",),
        apart="The registry has no TLS: nothing is wrong with the login, which docker keeps from going out in the clear.",
        program="Engine",
    ),
    Signature(
        "push-denied",
        '"root" repository',
        r'cannot push a "root" repository|impossible to push a "root" repository',
        ("invalid-reference",),
        apart="A name without an account is docker's own at Docker Hub: tag the image as account/name.",
        vendor="dockerhub",
        program="docker CLI",
    ),
    Signature(
        "invalid-reference",
        "invalid ",
        r"invalid (repository|namespace) name \(|invalid tag name \(",
        program="Engine",
    ),
    Signature(
        "timeout-overall",
        "network timed out while trying to connect",
        "",
        ("tcp-timeout", "proxy-error", "dns-failure"),
        apart=SLOW,
        program="Engine",
    ),
    Signature(
        "registry-unavailable",
        "could not reach any registry endpoint",
        "",
        ("tcp-timeout", "tls-unknown-ca", "dns-failure"),
        level="symptom",
        apart="The Engine's log tells why no endpoint answered; a registry without TLS has to be in the list of insecure ones.",
        program="Engine",
    ),
    Signature(
        "not-a-registry",
        "does not appear to be a",
        r"does not appear to be an? (v\d )?registry",
        program="Engine",
        common=True,
    ),
    Signature(
        "bad-credentials",
        "no successful auth challenge",
        "",
        ("not-a-registry", "token-expired"),
        level="symptom",
        apart=REFUSED,
        program="Engine",
    ),
    Signature(
        "repository-not-found",
        "trying to fetch remote history",
        r"server error: 404 trying to fetch remote history",
        ("pull-denied",),
        apart=PULL,
        program="Engine",
    ),
    Signature(
        "pull-denied",
        "trying to fetch remote history",
        r"server error: 40[13] trying to fetch remote history",
        ("no-credentials-sent", "repository-not-found"),
        apart=PULL,
        program="Engine",
    ),
    Signature(
        "docker-not-running",
        "are you trying to connect to a tls-enabled daemon without tls",
        r"dial unix .{0,200}no such file or directory.{0,20}\* are you trying to connect to a tls-enabled daemon|dial unix .{0,200}(no such file or directory|connection refused)\. are you trying to connect to a tls-enabled daemon",
        program="docker CLI",
    ),
)
"""In the order of the table: the more telling first."""
