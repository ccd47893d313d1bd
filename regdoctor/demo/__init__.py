"""Registries embedded in the program, with a secret set for each kind of failure and a workspace that pulls.

They listen on loopback, under made-up names and under those of the vendors, and are asked over real sockets
and TLS by the same code as the real ones. Neither a secret nor an Engine nor a network is needed.
"""

from __future__ import annotations

from contextlib import ExitStack

from regdoctor.demo.sets import NOWHERE, SETS, STRAYS
from regdoctor.secret import Secret
from regdoctor.settings import Override

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from regdoctor.demo.server import Request
    from regdoctor.settings import Settings, Target

__all__ = ["Demo"]

TIMEOUT = 6.0
"""Seconds for each set. A silent registry is given half of it, and so is an exchange of keys together with
the loading of AWS's package: long enough for a slow machine."""


class Demo:
    """The embedded registries, from `with` until its end, and what a diagnosis of them is to be given."""

    def __init__(self) -> None:
        self._variables = {
            name: Secret(value)
            for variables in (*(demo_set.variables() for demo_set in SETS), STRAYS)
            for name, value in variables.items()
        }
        self._hosts = {demo_set.id: demo_set.peer.host for demo_set in SETS}
        self._peers = {demo_set.peer.host: demo_set.peer for demo_set in SETS}

    def __enter__(self) -> Self:
        from importlib.resources import as_file, files

        from regdoctor.demo.certificates import file_of, server_contexts
        from regdoctor.demo.server import Server

        with ExitStack() as parts:
            self._ca_file = str(parts.enter_context(file_of("authority")))
            self._workspace = str(parts.enter_context(as_file(files(__name__) / "workspace")))
            self._server = Server(self._peers.values(), server_contexts())
            parts.callback(self._server.stop)
            self._parts = parts.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._parts.close()

    @property
    def variables(self) -> Mapping[str, Secret]:
        """The made-up secrets."""
        return self._variables

    @property
    def environ(self) -> dict[str, str]:
        """The environment of the run: a codespace without a proxy."""
        return {"CODESPACES": "true", "GITHUB_REPOSITORY": "octo-org/octo-app"}

    def settings(self, base: Settings) -> Settings:
        """The settings of a run, in which the names lead to the embedded registries."""
        from regdoctor.demo.server import ADDRESS

        # Whatever addresses the user gave belong to real registries, and none of those is asked.
        overrides = tuple(
            Override(host, 443, ADDRESS, self._server.ports[peer.host])
            for peer in self._peers.values()
            for host in peer.hosts
        )
        timeout = min(base.timeout, TIMEOUT)
        return base.but(
            engine="direct",
            timeout=timeout,
            ca_file=self._ca_file,
            overrides=overrides,
            workspace=self._workspace,
            images=(),
        )

    def aimed(self, settings: Settings, target: Target) -> Settings:
        """The settings of a run over a target. A host that is not embedded is a closed port here."""
        from regdoctor.checks.pull_case import pull_endpoint
        from regdoctor.demo.server import ADDRESS
        from regdoctor.reference import read_reference

        references = filter(None, map(read_reference, target.images))
        endpoints = filter(None, (pull_endpoint(reference.domain) for reference in references))
        known = {(override.host, override.port) for override in settings.overrides}
        strangers = tuple(
            Override(endpoint.host, endpoint.port, ADDRESS, self._server.ports[NOWHERE.host])
            for endpoint in endpoints
            if (endpoint.host, endpoint.port) not in known
        )
        return settings.aimed_at(target).but(overrides=(*settings.overrides, *strangers))

    def requests(self, set_id: str) -> tuple[Request, ...]:
        """What the registry of a set was asked so far, by every set that shares it."""
        return self._server.requests(self._hosts[set_id])
