"""Many sets at one registry: asked side by side, over few connections."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from regdoctor.probes.world import CONNECTIONS
from regdoctor.settings import Override, Settings
from tests.lab.certificates import Authority
from tests.lab.handlers import Bearer
from tests.lab.scripted import Answer, Request, ScriptedRegistry
from tests.live.running import diagnose, variables_of

SETS = 40
HOST = "registry.example.test"


class Gauge:
    """A handler that takes its time, and notes how many requests are under way at once."""

    def __init__(self, handler: Callable[[Request], Answer]) -> None:
        self._handler = handler
        self._lock = threading.Lock()
        self._now = 0
        self.most = 0

    def __call__(self, request: Request) -> Answer:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        time.sleep(0.02)
        with self._lock:
            self._now -= 1
        return self._handler(request)


@pytest.fixture
def variables() -> dict[str, str]:
    found: dict[str, str] = {}
    for number in range(SETS):
        found |= variables_of(HOST, f"octocat{number}", f"Passphrase-of-{number:04}", f"SET{number}")
    return found


@pytest.mark.parametrize(("sets", "connections"), [(1, 1), (SETS, CONNECTIONS)])
def test_a_registry_sees_few_connections_however_many_sets_ask(
    authority: Authority, variables: dict[str, str], sets: int, connections: int
) -> None:
    gauge = Gauge(Bearer({f"octocat{number}": f"Passphrase-of-{number:04}" for number in range(SETS)}))
    only = tuple(f"SET{number}" for number in range(sets))
    with ScriptedRegistry(gauge, authority.issue(HOST)) as registry:
        resolve = Override(HOST, 443, registry.host, registry.port)
        settings = Settings(overrides=(resolve,), ca_file=authority.ca_file, engine="direct", only=only)
        report = diagnose(variables, settings)
        assert [result.proved for result in report.sets] == [True] * sets
        # The challenge is asked for once; a token, and what it opens, for each set.
        assert len(registry.requests) == 1 + 2 * sets
        assert registry.connections <= connections
    assert gauge.most <= connections
