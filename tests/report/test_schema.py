"""The JSON Schema inside the package says what the JSON of a report is, and misses nothing that changes."""

from __future__ import annotations

import ast
import copy
import inspect
import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from regdoctor import model
from regdoctor.report.schema import schema_text
from tests.report.golden import rendered
from tests.schema import validate, validator
from tests.unit.support import run_program

SCHEMA = json.loads(schema_text())
DEFS = SCHEMA["$defs"]
REPORT = json.loads(rendered("json"))
ADDED = {"added_later": 1}


def words_of(kind: str) -> set[str]:
    """The words of a closed set of the model's, which it names for the type checker alone."""
    tree = ast.parse(inspect.getsource(model))
    (words,) = (
        node.value.slice
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and ast.unparse(node.targets[0]) == kind
        and isinstance(node.value, ast.Subscript)
    )
    return set(ast.literal_eval(words))


def test_it_is_printed_whole() -> None:
    done = run_program("report", "--schema")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == schema_text()


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("words", "known"),
    [
        (DEFS["severity"]["enum"], words_of("Severity")),
        (DEFS["status"]["enum"], words_of("Verdict")),
        (DEFS["check"]["properties"]["status"]["enum"], words_of("Status")),
        (DEFS["fix"]["properties"]["action"]["enum"], words_of("FixAction")),
        (
            DEFS["environment"]["properties"]["docker"]["properties"]["status"]["enum"],
            words_of("DockerStatus"),
        ),
    ],
)
def test_its_words_are_those_of_the_program(words: list[str], known: set[str]) -> None:
    assert len(words) == len(set(words))
    assert set(words) == known


def objects_in(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside a value."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from objects_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from objects_in(inner)


def test_what_a_later_version_adds_is_taken_by_readers_and_noticed_by_these_tests() -> None:
    for at, _ in enumerate(objects_in(REPORT)):
        later = copy.deepcopy(REPORT)
        changed = list(objects_in(later))[at]
        changed |= ADDED
        assert list(Draft202012Validator(SCHEMA).iter_errors(later)) == []
        with pytest.raises(AssertionError):
            validate(later)
        if at > 40:
            break


def kinds_of_keys(value: Any) -> Iterator[tuple[int, str]]:
    """Each key of each kind of object once: the place of the object, and the key."""
    seen = set()
    for at, found in enumerate(objects_in(value)):
        for key in found:
            kind = (*sorted(found), found.get("action"), key)
            if kind not in seen:
                seen.add(kind)
                yield at, key


@pytest.mark.parametrize("bad", [None, -7.5, "Bogus Value", ["x"], {"x": 1}, "missing"], ids=repr)
def test_no_key_can_go_or_hold_something_else_unnoticed(bad: Any) -> None:
    unnoticed = []
    for at, key in kinds_of_keys(REPORT):
        changed = copy.deepcopy(REPORT)
        holder = list(objects_in(changed))[at]
        before = holder.pop(key)
        if bad != "missing":
            if isinstance(before, type(bad)) or (before is None and isinstance(bad, str)):
                continue
            holder[key] = bad
        if validator("report").is_valid(changed) and not (bad is None and key in NULLABLE):
            unnoticed.append(key)
    assert set(unnoticed) <= ({"trace", "command", "url"} if bad == "missing" else set())


NULLABLE = {
    *("repository", "version", "server", "user", "password", "expires_at", "credential", "location", "set"),
    *("detail", "command", "url"),
}
