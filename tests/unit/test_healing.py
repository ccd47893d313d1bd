"""Fixes applied in memory."""

from __future__ import annotations

import base64
import string
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdoctor.checks.case import Case
from regdoctor.healing import Examined, Healer, apply_fixes
from regdoctor.model import Finding, Fix, NearMiss, SecretSet
from regdoctor.probes.deadline import Deadline
from regdoctor.probes.world import World
from regdoctor.secret import Redactor
from tests.unit.support import OFFLINE, secrets

if TYPE_CHECKING:
    from regdoctor.model import Severity


def mended(variables: dict[str, str], *fixes: Fix) -> dict[str, str]:
    """Variables with fixes applied, in clear."""
    return {name: value.reveal() for name, value in apply_fixes(secrets(variables), fixes).items()}


def finding(*fixes: Fix, severity: Severity = "error") -> Finding:
    return Finding("value-quoted", severity, "title", "explanation", fixes=fixes)


def worth_trying(*findings: Finding) -> bool:
    """Whether the fixes of these findings would be tried; the variable GUESS is an uncertain near miss."""
    guess = NearMiss("GUESS", "TEAM", "password", "name-near-miss", "why", certain=False)
    secret_set = SecretSet("TEAM", near_misses=(guess,))
    case = Case(secret_set, None, OFFLINE, World(OFFLINE, {}, Redactor()), Deadline.after(1))

    def examine(found: SecretSet, *, as_given: bool = False, quiet: bool = False) -> Examined:
        raise AssertionError("nothing is tried yet")

    return Healer(examine, lambda secret: None).is_worth_trying(Examined(case, (), findings))


def test_set_puts_a_value_in_place() -> None:
    assert mended({"A": "1", "B": "2"}, Fix("set", "A", value="3")) == {"A": "3", "B": "2"}
    assert mended({}, Fix("set", "A", value="3")) == {"A": "3"}


def test_rename_moves_a_value() -> None:
    assert mended({"A": "1"}, Fix("rename", "A", to="B")) == {"B": "1"}
    assert mended({"A": "1", "B": "2"}, Fix("rename", "A", to="B")) == {"B": "1"}


def test_remove_takes_a_variable_away() -> None:
    assert mended({"A": "1", "B": "2"}, Fix("remove", "A")) == {"B": "2"}


def test_swap_exchanges_two_values() -> None:
    assert mended({"A": "1", "B": "2"}, Fix("transform", "A", how="swap", other="B")) == {"A": "2", "B": "1"}


@pytest.mark.parametrize(
    ("how", "value", "expected"),
    [
        ("strip", " secret\r\n", "secret"),
        ("strip", "\ufeffsecret\u200b", "secret"),
        ("strip", "\u00a0two words\u00a0", "two words"),
        ("strip", "secret", "secret"),
        ("unquote", '"secret"', "secret"),
        ("unquote", "“secret”", "secret"),
        ("unquote", "«secret»", "secret"),
        ("unquote", '"secret"\n', "secret"),
        ("unquote", '"it\'s"', "it's"),
        ("unquote", '"secret\'"', "secret'"),
        ("unquote", '""secret""', '"secret"'),
        ("unquote", '" secret "', " secret "),
        ("decode", base64.b64encode(b"secret").decode(), "secret"),
        ("decode", "c2Vj\ncmV0\n", "secret"),
        ("decode", "not base64!", "not base64!"),
        ("decode", base64.b64encode(b"\xff\xfe").decode(), "//4="),
    ],
)
def test_transform_changes_a_value(how: str, value: str, expected: str) -> None:
    assert mended({"A": value}, Fix("transform", "A", how=how)) == {"A": expected}


@given(value=st.text(string.ascii_letters + string.punctuation, min_size=1), quote=st.sampled_from("\"'`"))
@settings(deadline=None)
def test_unquoting_takes_off_one_pair_of_quotes_and_nothing_else(value: str, quote: str) -> None:
    assert mended({"A": f"{quote}{value}{quote}"}, Fix("transform", "A", how="unquote")) == {"A": value}


@pytest.mark.parametrize(
    "fix",
    [
        Fix("rename", "GONE", to="B"),
        Fix("remove", "GONE"),
        Fix("transform", "GONE", how="strip"),
        Fix("transform", "A", how="swap", other="GONE"),
        Fix("transform", "A", how="unheard-of"),
        Fix("add", "GONE"),
        Fix("replace", "A"),
        Fix("set", "A"),
        Fix("rename", "A"),
    ],
)
def test_a_fix_that_does_not_apply_changes_nothing(fix: Fix) -> None:
    assert mended({"A": "1"}, fix) == {"A": "1"}


def test_fixes_are_applied_in_order() -> None:
    fixes = (Fix("rename", "A", to="B"), Fix("transform", "B", how="strip"), Fix("set", "C", value="3"))
    assert mended({"A": " 1 "}, *fixes) == {"B": "1", "C": "3"}


def test_the_variables_themselves_stay_as_they_are() -> None:
    variables = secrets({"A": " 1 "})
    apply_fixes(variables, (Fix("transform", "A", how="strip"), Fix("remove", "A")))
    assert variables == secrets({"A": " 1 "})


RENAME = finding(Fix("rename", "A", to="B"))


@pytest.mark.parametrize(
    ("findings", "worth"),
    [
        ((), False),
        ((finding(),), False),
        ((RENAME,), True),
        ((finding(Fix("rename", "A", to="B"), Fix("remove", "C")),), True),
        ((finding(Fix("set", "A", value="x")),), True),
        ((finding(Fix("transform", "A", how="swap", other="B")),), True),
        ((finding(Fix("add", "A")),), False),
        ((finding(Fix("replace", "A")),), False),
        ((finding(Fix("rename", "A", to="B"), Fix("replace", "C")),), False),
        ((finding(Fix("rename", "GUESS", to="B")),), False),
        ((RENAME, finding()), False),
        ((RENAME, finding(severity="warning")), True),
        ((RENAME, finding(Fix("replace", "A"))), False),
        ((finding(Fix("rename", "A", to="B"), severity="info"),), False),
        ((finding(Fix("transform", "A", how="strip"), severity="warning"),), True),
    ],
)
def test_only_what_needs_nothing_from_the_user_is_tried(findings: tuple[Finding, ...], worth: bool) -> None:
    assert worth_trying(*findings) is worth
