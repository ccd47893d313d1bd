"""Does the registry's name (behind a proxy, the proxy's) have an address?"""

from __future__ import annotations

from regdoctor.address import is_ip_address
from regdoctor.checks.case import Case, Outcome
from regdoctor.probes.failure import ProbeFailure
from regdoctor.probes.world import through_proxy

NAME = "dns"


def check(case: Case) -> Outcome:
    """Look the host up."""
    host, world = case.host, case.world
    proxy = world.proxy(host.endpoint)
    asked = proxy.endpoint if proxy else host.endpoint
    try:
        addresses = host.once(NAME, case.deadline, lambda: world.resolve(asked, case.stage()))
    except ProbeFailure as failure:
        if proxy is not None:
            return case.failed(through_proxy(failure, proxy))
        trouble = case.registry.absent(host.endpoint.host) if failure.cause == "dns-not-found" else None
        if trouble is not None:
            found = case.trouble(trouble)
            evidence = (*map(case.clean, failure.evidence), *found.evidence)
            return Outcome("error", findings=(found.but(evidence=evidence),))
        return case.failed(_of_a_known_name(failure, case))
    host.addresses = addresses
    detail = case.clean(", ".join(addresses))
    if proxy is not None:
        return Outcome("ok", detail=case.clean(f"proxy {proxy.shown} from {proxy.variable}: {detail}"))
    if world.override(asked):
        return Outcome("ok", detail=f"{detail}, given by --resolve")
    if is_ip_address(asked.host):
        return Outcome("ok", detail=f"{detail}, an address")
    return Outcome("ok", detail=detail)


def _of_a_known_name(failure: ProbeFailure, case: Case) -> ProbeFailure:
    """A vendor's own name exists, so that a name service that does not know it is suspect itself."""
    host, registry = case.host.endpoint.host, case.registry
    if failure.cause != "dns-not-found" or host not in (registry.login_host, registry.right_server):
        return failure
    said = f"{host} is the vendor's own name and spelt right"
    return ProbeFailure(failure.cause, *failure.evidence, said, also_possible=("dns-failure",))
