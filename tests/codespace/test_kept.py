"""The registry secrets in the files of a codespace, and nothing else of what stands there."""

from __future__ import annotations

import base64
import gc
import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regdoctor.codespace.kept import Kept, read_kept
from regdoctor.secret import Secret
from tests.unit.support import PASSWORD, a_set

HERE = {"CODESPACES": "true"}
LINES, FLAT, LISTED = ".env-secrets", "user-secrets-envs.json", ".user-secrets.json"
FORMS = pytest.mark.parametrize("form", [LINES, FLAT, LISTED])


def in_form(form: str, variables: Mapping[str, str]) -> str:
    """What one of the files holds of some variables."""
    if form == LINES:
        return "".join(
            f"{name}={base64.b64encode(value.encode()).decode()}\n" for name, value in variables.items()
        )
    if form == FLAT:
        return json.dumps(variables)
    return json.dumps(
        [{"type": "EnvironmentVariable", "name": name, "value": value} for name, value in variables.items()]
    )


def write(folder: Path, form: str, variables: Mapping[str, str], *, at: int = 1_000) -> Path:
    """One of the files, as if written so many seconds after the epoch."""
    path = folder / form
    path.write_text(in_form(form, variables))
    os.utime(path, (at, at))
    return path


def names(kept: Kept) -> list[str]:
    return [each.name for each in kept.unseen]


@FORMS
def test_a_set_that_only_a_file_has_is_unseen(tmp_path: Path, form: str) -> None:
    path = write(tmp_path, form, a_set())
    kept = read_kept(HERE, str(tmp_path))
    assert {each.name: each.value for each in kept.unseen} == {n: Secret(v) for n, v in a_set().items()}
    assert {each.file for each in kept.unseen} == {str(path)}
    assert (kept.changed, kept.same) == ((), ())


@FORMS
def test_what_the_environment_has_as_well_is_the_same(tmp_path: Path, form: str) -> None:
    write(tmp_path, form, a_set())
    kept = read_kept({**HERE, **a_set()}, str(tmp_path))
    assert kept == Kept(same=tuple(sorted(a_set())))


@FORMS
def test_another_value_is_a_change(tmp_path: Path, form: str) -> None:
    write(tmp_path, form, a_set(password="the-new-one"))
    kept = read_kept({**HERE, **a_set()}, str(tmp_path))
    (changed,) = kept.changed
    assert (changed.name, changed.value) == ("TEAM_CONTAINER_REGISTRY_PASSWORD", Secret("the-new-one"))
    variables = {name: Secret(value) for name, value in a_set().items()}
    assert kept.renewing(variables)["TEAM_CONTAINER_REGISTRY_PASSWORD"] == Secret("the-new-one")
    assert kept.added_to(variables) == variables


def test_a_line_end_that_a_login_shell_drops_is_no_change(tmp_path: Path) -> None:
    write(tmp_path, LINES, a_set(password=f"{PASSWORD}\n"))
    assert read_kept({**HERE, **a_set()}, str(tmp_path)).changed == ()


def test_near_misses_are_kept_too(tmp_path: Path) -> None:
    write(
        tmp_path, LINES, {"ACR_CONTAINER_REGISTRY_USERNAME": "octocat", "ACR_CONTAINERREGISTRY_SERVER": "x"}
    )
    kept = read_kept(HERE, str(tmp_path))
    assert names(kept) == ["ACR_CONTAINERREGISTRY_SERVER", "ACR_CONTAINER_REGISTRY_USERNAME"]


def test_outside_a_codespace_no_file_is_read(tmp_path: Path) -> None:
    write(tmp_path, LINES, a_set())
    assert read_kept({}, str(tmp_path)) == read_kept({"CODESPACES": "false"}, str(tmp_path)) == Kept()


@pytest.mark.parametrize(("old", "new"), [(LINES, FLAT), (FLAT, LINES), (LISTED, FLAT), (LINES, LISTED)])
def test_of_two_files_the_one_written_last_counts(tmp_path: Path, old: str, new: str) -> None:
    write(tmp_path, old, a_set(password="the-old-one"), at=1_000)
    latest = write(tmp_path, new, a_set(password="the-new-one"), at=2_000)
    kept = {each.name: each for each in read_kept(HERE, str(tmp_path)).unseen}
    password = kept["TEAM_CONTAINER_REGISTRY_PASSWORD"]
    assert (password.value, password.file) == (Secret("the-new-one"), str(latest))


def test_sets_in_different_files_are_all_found(tmp_path: Path) -> None:
    write(tmp_path, LINES, a_set(identifier="ONE"))
    write(tmp_path, LISTED, a_set(identifier="TWO"))
    assert len(read_kept(HERE, str(tmp_path)).unseen) == 6


OTHERS = {
    "DATABASE_PASSWORD": "planted-Database-7731",
    "GITHUB_TOKEN": "ghu_planted4711plantedplantedplanted",
    "ACR_PASSWORD": "planted-Weak-Name-99",
    "CONTAINER_NOTES": "planted-Container-1",
    "X" * 300 + "_CONTAINER_REGISTRY_PASSWORD": "planted-Long-Name-2",
}


@FORMS
def test_nothing_is_kept_of_the_other_secrets(tmp_path: Path, form: str) -> None:
    write(tmp_path, form, {**OTHERS, **a_set()})
    kept = read_kept(HERE, str(tmp_path))
    assert names(kept) == sorted(a_set())
    gc.collect()
    ours = {id(OTHERS), id(globals()), *map(id, OTHERS.values())}
    held = [
        value
        for container in gc.get_objects()
        if id(container) not in ours and isinstance(container, dict | list | tuple)
        for value in (container.values() if isinstance(container, dict) else container)
        if isinstance(value, str) and id(value) not in ours and "planted-Database" in value
    ]
    assert held == []


BROKEN = {
    "no base64": b"TEAM_CONTAINER_REGISTRY_USER=%%%\n",
    "base64 without its padding": b"TEAM_CONTAINER_REGISTRY_USER=b2N0b2NhdAa\n",
    "no equals sign": b"TEAM_CONTAINER_REGISTRY_USER\n",
    "no name": b"=b2N0b2NhdA==\n",
    "bytes": bytes(range(256)) * 8,
    "zeros": b"\0" * 4096,
    "a value with a zero": b"TEAM_CONTAINER_REGISTRY_USER=YQBi\n",
    "a line without end": b"TEAM_CONTAINER_REGISTRY_USER=" + b"QUJD" * 100_000,
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=list(BROKEN))
def test_lines_that_make_no_sense_are_passed_over(tmp_path: Path, broken: bytes) -> None:
    good = in_form(LINES, {"TEAM_CONTAINER_REGISTRY_PASSWORD": PASSWORD}).encode()
    (tmp_path / LINES).write_bytes(good + broken)
    assert names(read_kept(HERE, str(tmp_path))) == ["TEAM_CONTAINER_REGISTRY_PASSWORD"]


def test_a_line_after_one_that_is_too_long_is_read(tmp_path: Path) -> None:
    good = in_form(LINES, {"TEAM_CONTAINER_REGISTRY_PASSWORD": PASSWORD})
    (tmp_path / LINES).write_text("A=" + "QUJD" * 100_000 + "\n" + good)
    assert names(read_kept(HERE, str(tmp_path))) == ["TEAM_CONTAINER_REGISTRY_PASSWORD"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "7",
        '"text"',
        "{",
        '{"TEAM_CONTAINER_REGISTRY_USER": 7, "B_CONTAINER_REGISTRY_USER": null}',
        '[{"name": ["TEAM_CONTAINER_REGISTRY_USER"], "value": "x"}]',
        '{"TEAM_CONTAINER_REGISTRY_USER": "\\ud800"}',
        "[" * 100_000,
        '{"a":' * 100_000,
        "\ufeff{}",
    ],
)
@pytest.mark.parametrize("form", [FLAT, LISTED])
def test_json_that_makes_no_sense_tells_nothing(tmp_path: Path, form: str, text: str) -> None:
    (tmp_path / form).write_text(text)
    assert read_kept(HERE, str(tmp_path)) == Kept()


@FORMS
def test_what_is_no_readable_file_tells_nothing(tmp_path: Path, form: str) -> None:
    os.mkfifo(tmp_path / form)
    for other in {LINES, FLAT, LISTED} - {form}:
        (tmp_path / other).mkdir()
    assert read_kept(HERE, str(tmp_path)) == Kept()
    assert read_kept(HERE, str(tmp_path / "absent")) == Kept()
    assert read_kept(HERE, str(tmp_path) + "\0") == Kept()


@FORMS
def test_a_value_is_not_longer_than_github_stores(tmp_path: Path, form: str) -> None:
    whole, beyond = "x" * (48 << 10), "x" * (65 << 10)
    write(tmp_path, form, {"A_CONTAINER_REGISTRY_USER": whole, "B_CONTAINER_REGISTRY_USER": beyond})
    (kept,) = read_kept(HERE, str(tmp_path)).unseen
    assert kept.value == Secret(whole)


def test_a_file_beyond_all_measure_is_not_read(tmp_path: Path) -> None:
    path = write(tmp_path, LINES, a_set())
    os.truncate(path, 64 << 20)
    assert read_kept(HERE, str(tmp_path)) == Kept()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=st.sampled_from([LINES, FLAT, LISTED]), content=st.binary(max_size=400))
def test_no_content_breaks_the_reading(tmp_path: Path, form: str, content: bytes) -> None:
    (tmp_path / form).write_bytes(b"TEAM_CONTAINER_REGISTRY_USER=" * (form == LINES) + content)
    read_kept(HERE, str(tmp_path))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.recursive(
        st.none() | st.text() | st.integers(),
        lambda v: (
            st.lists(v)
            | st.dictionaries(st.sampled_from(["name", "value", "A_CONTAINER_REGISTRY_USER"]) | st.text(), v)
        ),
    )
)
def test_no_json_breaks_the_reading(tmp_path: Path, value: object) -> None:
    (tmp_path / FLAT).write_text(json.dumps(value))
    for kept in read_kept(HERE, str(tmp_path)).unseen:
        assert kept.name.isascii()
