"""`python -m tests.fuzz` finds what there is to find, and tells it from a machine that is busy."""

from __future__ import annotations

import platform
import sys
import time

import pytest
from hypothesis import strategies as st

from tests.fuzz import parser as parsers
from tests.fuzz.__main__ import main
from tests.fuzz.outcome import Outcome
from tests.fuzz.parser import LIMIT, Parser, TooSlowError, check

IS_MADE = sys.platform == "linux" and platform.machine() == "x86_64" and sys.version_info < (3, 14)
"""Whether there is an atheris for this machine."""


def busy(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def a_parser(read: object) -> Parser:
    assert callable(read)
    return Parser("toy", read, st.just("text"), ("word",), ("toy",))


def test_a_crash_is_kept_once_for_its_place_and_in_its_smallest_case() -> None:
    def read(case: bytes) -> None:
        if b"!" in case:
            raise KeyError(case)
        if b"?" in case:
            raise ValueError(case)

    parser, outcome = a_parser(read), Outcome()
    for case in (b"aaa!", b"!", b"aa!", b"a?", b"a"):
        outcome.run(parser, case)
    assert outcome.cases == 5
    assert sorted(outcome.crashes.values()) == [b"!", b"a?"]
    assert all("test_command.py" in what for what in outcome.crashes)


def test_what_takes_long_only_once_is_the_machines_matter() -> None:
    times = 0

    def read(case: bytes) -> None:
        nonlocal times
        times += 1
        busy(LIMIT * 1.2 if times == 1 else 0)

    outcome = Outcome()
    outcome.run(a_parser(read), b"")
    assert outcome.suspects == [b""]
    assert outcome.judge(a_parser(read)) < LIMIT
    assert outcome.crashes == {}


def test_what_takes_long_every_time_is_too_slow() -> None:
    parser, outcome = a_parser(lambda case: busy(LIMIT * 1.2 if case else 0)), Outcome()
    for case in (b"a", b"", b"aa"):
        outcome.run(parser, case)
    assert outcome.judge(parser) > LIMIT
    assert outcome.crashes == {"TooSlowError": b"a"}


def test_a_case_without_end_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(case: bytes) -> None:
        while True:
            try:
                busy(1)
            except Exception:
                continue

    monkeypatch.setattr(parsers, "_PATIENCE", 0.1)
    with pytest.raises(TooSlowError, match="more than 100 ms"):
        check(a_parser(read), b"")


def test_an_outcome_survives_the_way_out_of_its_process() -> None:
    outcome = Outcome(3, {"KeyError at x.py:1": b"\xff\0"}, [(0.5, b"a")], [b"\x80"])
    assert Outcome.load(outcome.dump()) == outcome


def test_the_command_counts_the_cases_of_each_parser(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--cases", "60", "--engine", "hypothesis", "--seed", "1", "platform", "manifest"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()[2:]]
    assert [row[:3] for row in rows] == [["platform", "60", "0"], ["manifest", "60", "0"]]


@pytest.mark.skipif(not IS_MADE, reason="there is no atheris for this machine")
def test_the_command_is_led_by_the_code_where_atheris_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--cases", "60", "--engine", "atheris", "--seed", "1", "platform"]) == 0
    assert capsys.readouterr().out.splitlines()[2].split()[:3] == ["platform", "60", "0"]
