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
        return case.failed(through_proxy(failure, proxy) if proxy else failure)
    host.addresses = addresses
    detail = ", ".join(addresses)
    if proxy is not None:
        return Outcome("ok", detail=f"proxy {proxy.shown} from {proxy.variable}: {detail}")
    if world.is_overridden(asked):
        return Outcome("ok", detail=f"{detail}, given by --resolve")
    if is_ip_address(asked.host):
        return Outcome("ok", detail=f"{detail}, an address")
    return Outcome("ok", detail=detail)
