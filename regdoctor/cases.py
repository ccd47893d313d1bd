"""Each set as a case to be examined: with the facts of its host, and what is true of the sets beside it."""

from __future__ import annotations

import threading
from collections import Counter

from regdoctor.checks.case import Case, HostFacts, login_endpoint
from regdoctor.registries import recognise_server

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdoctor.address import Endpoint
    from regdoctor.codespace.kept import Kept
    from regdoctor.model import SecretSet
    from regdoctor.probes.deadline import Deadline
    from regdoctor.probes.world import World


class Cases:
    """Makes the cases of a run, from any thread."""

    def __init__(self, sets: Sequence[SecretSet], world: World, deadline: Deadline, kept: Kept) -> None:
        """`sets` are all that there are, also those that are not examined."""
        self._world = world
        self._deadline = deadline
        self._kept = kept
        self._hosts: dict[Endpoint, HostFacts] = {}
        self._hosts_lock = threading.Lock()
        self._vendors = Counter(recognise_server(found.text("server")).id for found in sets)
        self._sharing: dict[Endpoint | None, list[str]] = {}
        """The sets that log in to one host; those without a host share none."""
        for found in sets:
            if (endpoint := login_endpoint(found.text("server"))) is not None:
                self._sharing.setdefault(endpoint, []).append(found.id)

    def of(self, found: SecretSet, *, as_given: bool = False) -> Case:
        """The case of a set; `as_given` takes quotes and unseen characters for parts of its values."""
        endpoint = login_endpoint(found.text("server"))
        return Case(
            found,
            self.host(endpoint) if endpoint else None,
            self._world.settings,
            self._world,
            self._deadline,
            sharing=self._sharing.get(endpoint, ()),
            only_one=self._vendors[recognise_server(found.text("server")).id] == 1,
            as_given=as_given,
            kept=self._kept,
        )

    def host(self, endpoint: Endpoint) -> HostFacts:
        """What is known of a host: one and the same for all that asks there."""
        with self._hosts_lock:
            return self._hosts.setdefault(endpoint, HostFacts(endpoint))
