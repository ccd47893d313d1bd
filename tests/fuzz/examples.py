"""Cases as hypothesis makes them, in any number."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

_ROUND = 1000
"""Cases that are made at once: what hypothesis remembers of each is forgotten then."""


def examples_of(cases: st.SearchStrategy[bytes], count: int, seed: int) -> Iterator[bytes]:
    """So many cases; the same seed gives the same."""
    for at in range(0, count, _ROUND):
        yield from _round(cases, min(_ROUND, count - at), seed + at)


def _round(cases: st.SearchStrategy[bytes], count: int, seed: int) -> list[bytes]:
    found: list[bytes] = []

    @seeded(seed)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def take(case: bytes) -> None:
        found.append(case)

    take()
    return found
