"""What the runner of GitHub Actions takes for a command is only what is meant as one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdoctor.report.log import command, inert
from tests.report.runner import Command, commands_in

LINES = st.text(st.sampled_from(":# [abc]\n\t\r=%,"), max_size=60)


@pytest.mark.parametrize(
    "line",
    [
        "::add-mask::secret",
        "   ::stop-commands::token",
        "\t::error file=a,line=1::words",
        "words ##[set-env name=PATH]/tmp",
        "##[error]words",
        "##[[##[error]",
        "\u00a0::warning::words",
        "a\n::warning::words",
    ],
)
def test_a_line_that_would_be_a_command_is_none(line: str) -> None:
    assert commands_in(line)
    assert commands_in(inert(line)) == []


@given(LINES)
def test_no_line_is_a_command_whatever_it_holds(text: str) -> None:
    assert [found for found in commands_in(inert(text)) if found.name.strip(":")[:1].isalpha()] == []


@pytest.mark.parametrize(
    "line", ["", "a::b::c", "connect to ::1 port 443", "::1: refused", "C::D", "a # [b]"]
)
def test_a_line_that_is_no_command_stays_as_it_is(line: str) -> None:
    assert inert(line) == line


@given(st.text(max_size=80), st.text(min_size=1, max_size=80))
def test_what_a_command_is_given_arrives_whole_and_is_all_that_arrives(message: str, title: str) -> None:
    line = command("error", message, title=title, file=None, line=7)
    if not set("\v\f\x1c\x1d\x1e\x85\u2028\u2029") & set(line):
        assert commands_in(line) == [Command("error", {"title": title, "line": "7"}, message)]
