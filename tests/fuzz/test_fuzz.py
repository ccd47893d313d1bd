"""No case crashes a parser or keeps it busy. `python -m tests.fuzz` looks for more of them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.found import FOUND
from tests.fuzz.parser import LIMIT, Parser, check, seconds
from tests.fuzz.parsers import PARSERS

CASES = 1000


@pytest.mark.parametrize("found", FOUND)
def test_what_was_found_once_is_no_trouble(found: str) -> None:
    name, case = FOUND[found]
    check(PARSERS[name], case)


@pytest.mark.parametrize("parser", PARSERS.values(), ids=list(PARSERS))
def test_no_case_crashes_a_parser_or_keeps_it_busy(parser: Parser) -> None:
    count = 0
    slow: list[bytes] = []

    # The same cases every time: whether a change passes is no matter of luck.
    @settings(
        max_examples=CASES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(parser.cases)
    def hold(case: bytes) -> None:
        nonlocal count
        count += 1
        if seconds(parser, case) > LIMIT:
            slow.append(case)

    hold()
    assert count >= CASES
    # Only now, so that a machine that was busy for a moment is not taken for a parser that is slow at times.
    for case in sorted(slow, key=len):
        check(parser, case)
