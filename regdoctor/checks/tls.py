"""Can the connection be secured, with a certificate that this machine trusts?"""

from __future__ import annotations

from regdoctor.checks.case import Case, Outcome
from regdoctor.probes.failure import ProbeFailure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regdoctor.probes.tls import Handshake

NAME = "tls"

_RENEWAL = 21
"""Days before its end from which a certificate is worth a word: automatic renewal has failed by then."""


def check(case: Case) -> Outcome:
    """Shake hands with the host."""
    try:
        done = case.host.once(NAME, case.deadline, lambda: _shake_hands(case))
    except ProbeFailure as failure:
        return _failed(case, failure)
    if done is None:
        reason = "plain HTTP on this machine's own address, which Docker permits there alone"
        return Outcome("skipped", reason=reason)
    certificate = done.certificate
    if certificate is None:
        return Outcome("ok", detail=done.protocol)
    days = certificate.days_left()
    left = f"{days} days left" if days >= _RENEWAL else f"only {days} days left"
    return Outcome("ok", detail=case.clean(f"{done.protocol}, certificate by {certificate.issuer}, {left}"))


def _failed(case: Case, failure: ProbeFailure) -> Outcome:
    proxy = case.world.proxy(case.host.endpoint)
    if proxy is not None:
        said = f"all this came through the proxy {proxy.shown}, which {proxy.variable} names"
        also = tuple(dict.fromkeys((*failure.also_possible, "proxy-error")))
        evidence = (*failure.evidence, said)
        failure = ProbeFailure(failure.cause, *evidence, also_possible=also, facts=failure.facts)
    outcome = case.failed(failure)
    if failure.cause != "tls-plain-http":
        return outcome
    # Where its configuration permits that, the Engine sends the password in clear. It is not asked to.
    return outcome.but(stops=("registry", "login", "engine"))


def _shake_hands(case: Case) -> Handshake | None:
    """The handshake; None where this machine itself answers in plain HTTP."""
    host, world, deadline = case.host, case.world, case.stage()
    assert host.connection is not None
    try:
        done = world.handshake(host.connection, host.endpoint, deadline)
    except ProbeFailure as failure:
        if failure.cause not in ("tls-plain-http", "tls-protocol"):
            raise
        if not _speaks_http(case):
            if failure.cause == "tls-protocol":
                raise
            raise ProbeFailure("tls-protocol", *failure.evidence, also_possible=("not-a-registry",)) from None
        if host.plain_http:
            return None
        said = f"{host.endpoint.authority} answers in plain HTTP"
        raise ProbeFailure("tls-plain-http", *failure.evidence, said) from None
    world.adopt(done, host.endpoint)
    return done


def _speaks_http(case: Case) -> bool:
    """Whether the port answers plain HTTP: asked without a credential, to tell it from anything else."""
    host, world, deadline = case.host, case.world, case.stage()
    try:
        channel = world.open(host.endpoint, deadline, plain_http=True)
        local = channel.is_local
        channel.request("GET", "/v2/", {}, deadline)
    except ProbeFailure:
        return False
    host.plain_http = local
    if local:
        world.keep(channel)
    else:
        channel.close()
    return True
