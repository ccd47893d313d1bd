"""Does the registry (behind a proxy, the proxy) take a connection?"""

from __future__ import annotations

from regdoctor.checks.case import Case, Outcome
from regdoctor.probes.failure import ProbeFailure
from regdoctor.probes.world import through_proxy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regdoctor.probes.tcp import Connection

NAME = "tcp"


def check(case: Case) -> Outcome:
    """Connect to one of the host's addresses."""
    try:
        connection = case.host.once(NAME, case.deadline, lambda: _connect(case))
    except ProbeFailure as failure:
        return case.failed(failure)
    detail = f"connected to {connection.address}"
    if connection.failures:
        detail = f"{detail}; others failed: {'; '.join(connection.failures)}"
    return Outcome("ok", detail=case.clean(detail))


def _connect(case: Case) -> Connection:
    host, world, deadline = case.host, case.world, case.stage()
    proxy = world.proxy(host.endpoint)
    try:
        connection = world.connect(proxy.endpoint if proxy else host.endpoint, host.addresses, deadline)
    except ProbeFailure as failure:
        raise (through_proxy(failure, proxy) if proxy else failure) from None
    if proxy is not None:
        try:
            world.tunnel(connection, proxy, host.endpoint, deadline)
        except ProbeFailure:
            connection.sock.close()
            raise
    host.connection = connection
    return connection
