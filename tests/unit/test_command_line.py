"""The program as a person or a script runs it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from regdoctor import __version__
from regdoctor.arguments import PARSERS
from regdoctor.causes import CAUSES
from regdoctor.report.formats import FORMATS
from tests.unit.support import PASSWORD, a_set, run_program, windows

HEALTHY = a_set()
FAULTY = a_set(password=f'"{PASSWORD}"')
WARNED = a_set("https://registry.example.com")
NOBODY = ("--resolve", "registry.example.com:443:127.0.0.1:1", "--engine", "direct", "--timeout", "5")
OFFLINE = ("report", "--offline")


def assert_usage_error(done: subprocess.CompletedProcess[bytes], *words: str) -> None:
    """Exit code 2, nothing on standard output, and one sentence on standard error."""
    assert done.returncode == 2
    assert done.stdout == b""
    said = done.stderr.decode()
    assert said.startswith("regdoctor: ")
    assert said.count("\n") == 1
    assert "Traceback" not in said
    for word in words:
        assert word in said


def hides(done: subprocess.CompletedProcess[bytes], secret: str = PASSWORD) -> bool:
    shown = (done.stdout + done.stderr).decode("utf-8", "replace")
    return not any(window in shown for window in windows(secret))


def json_of(done: subprocess.CompletedProcess[bytes]) -> dict[str, object]:
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


# Help and version


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_is_one_line(option: str) -> None:
    done = run_program(option)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, f"regdoctor {__version__}\n", b"")


@pytest.mark.parametrize("arguments", [["--help"], ["-h"]])
def test_the_overview_names_every_command(arguments: list[str]) -> None:
    done = run_program(*arguments)
    assert (done.returncode, done.stderr) == (0, b"")
    for command in PARSERS:
        assert re.search(rf"^  {command}\b", done.stdout.decode(), re.MULTILINE)


@pytest.mark.parametrize("command", PARSERS)
def test_every_command_has_help(command: str) -> None:
    done = run_program(command, "--help")
    assert (done.returncode, done.stderr) == (0, b"")
    assert f"regdoctor {command}" in done.stdout.decode()


# Usage errors


USAGE_ERRORS: list[tuple[list[str], str]] = [
    (["diagnose"], "diagnose"),
    (["--no-such-option"], "--no-such-option"),
    (["report", "--no-such-option"], "--no-such-option"),
    (["report", "--offlin"], "--offlin"),
    (["report", "stray"], "stray"),
    (["report", "--format", "yaml"], "yaml"),
    (["report", "--fail-on", "sometimes"], "sometimes"),
    (["report", "--engine", "podman"], "podman"),
    (["report", "--resolve", "nonsense"], "nonsense"),
    (["report", "--resolve", "ghcr.io:443"], "ghcr.io:443"),
    (["report", "--resolve", "ghcr.io:0:127.0.0.1"], "ghcr.io:0"),
    (["report", "--resolve", "ghcr.io:443:"], "ghcr.io:443:"),
    (["report", "--resolve", "ghcr.io:443:127.0.0.1:x"], "127.0.0.1:x"),
    (["report", "--resolve", "ghcr.io:443:not-an-address"], "not-an-address"),
    (["report", "--timeout", "soon"], "soon"),
    (["report", "--timeout", "0"], "--timeout"),
    (["report", "--timeout", "-1"], "--timeout"),
    (["report", "--timeout", "nan"], "nan"),
    (["report", "--timeout", "inf"], "inf"),
    (["report", "--jobs", "0"], "--jobs"),
    (["report", "--jobs", "many"], "many"),
    (["report", "--jobs", "1.5"], "1.5"),
    (["report", "--warn-expiry", "-1"], "--warn-expiry"),
    (["report", "--only", "NOPE"], "NOPE"),
    (["report", "--ca-file", "/nonexistent/ca.pem"], "/nonexistent/ca.pem"),
    (["report", "--ca-file", "/"], "--ca-file"),
    (["report", "--env-file", "/nonexistent/.env"], "/nonexistent/.env"),
    (["report", "--env-file", "/"], "--env-file"),
    (["report", "--output"], "--output"),
    (["report", "--workspace", "/nonexistent"], "/nonexistent"),
    (["report", "--workspace", "/dev/null"], "/dev/null"),
    (["report", "--workspace", "/nonexistent", "--no-images"], "/nonexistent"),
    (["report", "--image", " "], "--image"),
    (["try", "ghcr.io", "--user", "octocat", "--image", "x"], "--image"),
    (["try"], "SERVER"),
    (["try", "ghcr.io"], "--user"),
    (["try", "ghcr.io", "--user", "octocat"], "--password-stdin"),
    (["summarize"], "FILE"),
    (["summarize", "--format", "sarif", "-"], "sarif"),
    (["explain", "--format", "junit"], "junit"),
    (["causes", "tls-expird"], "tls-expired"),
    (["causes", "zzz"], "zzz"),
    (["demo", "--format", "yaml"], "yaml"),
]


@pytest.fixture(scope="module")
def usage_errors() -> dict[str, subprocess.CompletedProcess[bytes]]:
    """What comes of every command line without sense: all asked at once, to save time."""
    with ThreadPoolExecutor(8) as pool:
        lines = [arguments for arguments, _ in USAGE_ERRORS]
        outcomes = pool.map(lambda arguments: run_program(*arguments, variables=HEALTHY), lines)
        return {" ".join(arguments): done for arguments, done in zip(lines, outcomes, strict=True)}


@pytest.mark.parametrize(("line", "word"), [(" ".join(arguments), word) for arguments, word in USAGE_ERRORS])
def test_a_command_line_without_sense_is_answered_in_one_sentence(
    usage_errors: dict[str, subprocess.CompletedProcess[bytes]], line: str, word: str
) -> None:
    assert_usage_error(usage_errors[line], word)


def test_a_file_that_holds_no_certificate_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("not a certificate")
    assert_usage_error(run_program("report", "--ca-file", str(tmp_path / "ca.pem")), "ca.pem")


def test_the_sets_that_there_are_are_named_beside_one_that_is_not() -> None:
    assert_usage_error(run_program("report", "--only", "NOPE", variables=HEALTHY), "'NOPE'", "TEAM")


# The report


def test_an_empty_environment_teaches_the_three_names() -> None:
    done = run_program(*OFFLINE)
    assert (done.returncode, done.stderr) == (0, b"")
    for part in ("SERVER", "USER", "PASSWORD"):
        assert f"_CONTAINER_REGISTRY_{part}" in done.stdout.decode()


def test_an_empty_environment_is_an_empty_report_in_json() -> None:
    done = run_program(*OFFLINE, "--format", "json")
    assert done.returncode == 0
    found = json_of(done)
    assert (found["sets"], found["findings"]) == ([], [])
    assert found["summary"] == {"ok": 0, "warning": 0, "error": 0}


def without_times(output: bytes) -> str:
    moments = r'"(duration_ms|started_at|\w+TimeUtc)": \S+|time(stamp)?="\S+"'
    timeless = re.sub(rf"( ?\d+ ms|\d+\.\d s\b|{moments})", "", output.decode())
    return re.sub(" +", " ", timeless)  # no time at all is told as nothing, in a place of its own


@pytest.mark.parametrize("form", FORMATS)
def test_without_a_terminal_the_program_prints_the_report(form: str) -> None:
    bare = run_program("--offline", "--format", form, variables=FAULTY)
    report = run_program("report", "--offline", "--format", form, variables=FAULTY)
    assert bare.returncode == report.returncode == 1
    assert without_times(bare.stdout) == without_times(report.stdout)


@pytest.mark.parametrize(
    ("variables", "options", "code"),
    [
        (HEALTHY, [], 0),
        (HEALTHY, ["--fail-on", "warning"], 0),
        (WARNED, [], 0),
        (WARNED, ["--fail-on", "warning"], 1),
        (WARNED, ["--fail-on", "never"], 0),
        (WARNED, ["--fail-on", "warning", "--ignore", "server-has-scheme"], 0),
        (FAULTY, [], 1),
        (FAULTY, ["--fail-on", "error"], 1),
        (FAULTY, ["--fail-on", "never"], 0),
        (FAULTY, ["--ignore", "value-quoted"], 0),
        (FAULTY, ["--ignore", "value-quoted@TEAM"], 0),
        (FAULTY, ["--ignore", "value-quoted@OTHER"], 1),
        (FAULTY, ["--ignore", "value-empty", "--ignore", "value-quoted"], 0),
        (FAULTY, ["--ignore", "value-empty"], 1),
        (
            {"CONTAINER_REGISTRY_USER": "octocat"},
            ["--ignore", "name-no-identifier", "--fail-on", "warning"],
            0,
        ),
        ({"CONTAINER_REGISTRY_USER": "octocat"}, ["--fail-on", "warning"], 1),
    ],
)
def test_the_exit_code_says_what_was_found(
    variables: Mapping[str, str], options: list[str], code: int
) -> None:
    assert run_program(*OFFLINE, *options, variables=variables).returncode == code


def test_only_the_sets_asked_for_are_in_the_report() -> None:
    variables = {**a_set(identifier="ONE"), **a_set("two.example.com", identifier="TWO")}
    done = run_program(*OFFLINE, "--only", "TWO", "--format", "json", variables=variables)
    sets = json_of(done)["sets"]
    assert isinstance(sets, list)
    assert [found["id"] for found in sets] == ["TWO"]


def test_the_password_is_in_no_output() -> None:
    for form in FORMATS:
        assert hides(run_program(*OFFLINE, "--format", form, "--trace", variables=FAULTY))


def test_hostile_values_neither_act_nor_break_the_output() -> None:
    variables = a_set("reg\x1b[2J\u202eistry", "octo\x07\u200bcat", identifier="TEAM")
    done = run_program(*OFFLINE, variables=variables)
    assert done.returncode == 1
    for character in ("\x1b", "\x07", "\u202e", "\u200b"):
        assert character not in done.stdout.decode()


def test_bytes_that_are_no_utf8_break_nothing() -> None:
    environ = {b"PATH": os.defpath.encode(), b"TEAM_CONTAINER_REGISTRY_USER": b"caf\xe9\xff"}
    for form in FORMATS:
        done = subprocess.run(
            [sys.executable, "-m", "regdoctor", *OFFLINE, "--format", form],
            env=environ,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        assert (done.returncode, done.stderr) == (1, b"")


# Where the output goes


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "✓ regdoctor: no secret set was found here"),
        (HEALTHY, "✓ regdoctor: 1 set: 1 ok, 0 warnings, 0 errors ("),
        (WARNED, "! regdoctor: 1 set: 0 ok, 1 warning, 0 errors ("),
    ],
    ids=["no sets", "all well", "a warning"],
)
def test_a_brief_report_of_nothing_grave_is_one_line(variables: dict[str, str], said: str) -> None:
    done = run_program(*OFFLINE, "--brief", variables=variables)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().startswith(said)
    assert done.stdout.count(b"\n") == 1
    assert ("More: regdoctor report" in done.stdout.decode()) == (variables is WARNED)


def test_a_brief_report_of_what_makes_it_fail_is_a_whole_one() -> None:
    for variables, options in ((FAULTY, OFFLINE), (WARNED, (*OFFLINE, "--fail-on", "warning"))):
        done, whole = (run_program(*options, *more, variables=variables) for more in (["--brief"], []))
        assert done.returncode == whole.returncode == 1
        assert done.stdout.count(b"\n") == whole.stdout.count(b"\n") > 5


def test_a_brief_report_in_another_form_is_a_whole_one() -> None:
    assert json_of(run_program(*OFFLINE, "--brief", "--format", "json", variables=HEALTHY))["sets"]


def test_a_report_can_be_written_to_a_file(tmp_path: Path) -> None:
    done = run_program(*OFFLINE, "--format", "json", "--output", str(tmp_path / "r.json"), variables=FAULTY)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
    assert json.loads((tmp_path / "r.json").read_text())["schema_version"] == 1


@pytest.mark.parametrize("place", ["/nonexistent/report.json", "/", "/dev/full"])
@pytest.mark.parametrize("form", FORMATS)
def test_an_output_that_cannot_be_written_wins_over_what_was_found(place: str, form: str) -> None:
    done = run_program(*OFFLINE, "--format", form, "--output", place, variables=FAULTY)
    assert done.returncode == 3
    assert done.stderr.decode().count("\n") == 1
    assert "Traceback" not in done.stderr.decode()


def test_a_report_that_its_file_does_not_take_is_printed() -> None:
    done = run_program(*OFFLINE, "--format", "json", "--output", "/dev/full", variables=FAULTY)
    assert json_of(done)["summary"] == {"ok": 0, "warning": 0, "error": 1}


def test_a_dash_is_standard_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run_program(*OFFLINE, "--format", "json", "--output", "-", variables=FAULTY)
    assert json_of(done)["summary"] == {"ok": 0, "warning": 0, "error": 1}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "command", [["--version"], ["--help"], [*OFFLINE], ["causes"], [*OFFLINE, "--format", "json"]]
)
@pytest.mark.parametrize("place", ["closed", "full", "broken"])
def test_a_standard_output_that_takes_nothing_is_told_by_the_exit_code(
    command: list[str], place: str
) -> None:
    arguments = [sys.executable, "-m", "regdoctor", *command]
    environ = {"PATH": os.defpath}
    if place == "broken":
        reader, writer = os.pipe()
        os.close(reader)
    elif place == "full":
        writer = os.open("/dev/full", os.O_WRONLY)
    else:
        writer = os.open(os.devnull, os.O_WRONLY)
        arguments = ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *arguments]
    try:
        done = subprocess.run(
            arguments,
            stdout=writer,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            env=environ,
            check=False,
        )
    finally:
        os.close(writer)
    assert "Traceback" not in done.stderr.decode()
    assert "Exception ignored" not in done.stderr.decode()
    assert done.returncode == 3


# Colours and encodings


@pytest.mark.parametrize("options", [[], ["--no-color"]])
@pytest.mark.parametrize("variables", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_there_is_no_colour_without_a_terminal(options: list[str], variables: dict[str, str]) -> None:
    done = run_program(*OFFLINE, *options, variables={**FAULTY, **variables})
    assert b"\x1b" not in done.stdout


@pytest.mark.parametrize("command", [["causes"], [*OFFLINE], [*OFFLINE, "--format", "json"], ["--help"]])
def test_a_terminal_of_plain_ascii_is_no_reason_to_fail(command: list[str]) -> None:
    variables = {**a_set("registry.example.com", "öctocat", "“pässword-123”"), "PYTHONIOENCODING": "ascii"}
    for without_utf8 in (True, False):
        done = run_program(*command, variables=variables, without_utf8=without_utf8)
        assert done.returncode in (0, 1)
        assert done.stderr == b""
        assert done.stdout.isascii()


def test_a_file_is_utf8_wherever_it_is_written(tmp_path: Path) -> None:
    done = run_program(*OFFLINE, "--output", str(tmp_path / "r.txt"), variables=HEALTHY, without_utf8=True)
    assert done.returncode == 0
    (tmp_path / "r.txt").read_text(encoding="utf-8")


# causes


def test_the_list_of_causes_names_every_one() -> None:
    done = run_program("causes")
    assert done.returncode == 0
    for cause in CAUSES:
        assert re.search(rf"^  {cause}  ", done.stdout.decode(), re.MULTILINE)


def test_a_cause_is_explained_in_full() -> None:
    done = run_program("causes", "tls-expired")
    assert done.returncode == 0
    assert b"[tls-expired]" in done.stdout
    assert b"  1. " in done.stdout


def test_a_cause_that_is_unknown_has_the_nearest_one_suggested() -> None:
    assert_usage_error(run_program("causes", "bad-credential"), "did you mean bad-credentials")


# try


def test_values_that_do_not_work_are_told_so() -> None:
    done = run_program(
        "try",
        "registry.example.com",
        "--user",
        "octocat",
        "--password-stdin",
        *NOBODY,
        stdin=PASSWORD.encode(),
    )
    assert done.returncode == 1
    assert b"[tcp-refused]" in done.stdout
    assert b"These values work" not in done.stdout
    assert hides(done)


@pytest.mark.parametrize("stdin", [b"", b"\n", b"changeme\n"])
def test_a_password_that_is_none_is_told_so(stdin: bytes) -> None:
    done = run_program(
        "try", "registry.example.com", "--user", "octocat", "--password-stdin", *NOBODY, stdin=stdin
    )
    assert done.returncode == 1
    assert b"[value-" in done.stdout


def test_the_line_end_of_a_typed_password_is_not_part_of_it() -> None:
    arguments = (
        "try",
        "registry.example.com",
        "--user",
        "octocat",
        "--password-stdin",
        "--format",
        "json",
        *NOBODY,
    )
    for end in (b"\n", b"\r\n", b""):
        found = json_of(run_program(*arguments, stdin=PASSWORD.encode() + end))
        assert "value-whitespace" not in json.dumps(found)


# --env-file

ENV_FILE = f"""\
# the registry of the team
export TEAM_CONTAINER_REGISTRY_SERVER="registry.example.com"

TEAM_CONTAINER_REGISTRY_USER='octo$HOME'  # who
TEAM_CONTAINER_REGISTRY_PASSWORD={PASSWORD}
OTHER
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_dotenv_file_is_read_instead_of_the_environment(
    tmp_path: Path, encoding: str, line_end: str
) -> None:
    path = tmp_path / ".env"
    path.write_bytes(ENV_FILE.replace("\n", line_end).encode(encoding))
    done = run_program(
        *OFFLINE,
        "--env-file",
        str(path),
        "--format",
        "json",
        variables=a_set("x.example.com", identifier="OUTSIDE"),
    )
    assert (done.returncode, done.stderr) == (0, b"")
    sets = json_of(done)["sets"]
    assert isinstance(sets, list)
    assert [(found["id"], found["server"], found["user"]) for found in sets] == [
        ("TEAM", "registry.example.com", "octo$HOME")
    ]
    assert sets[0]["findings"] == []
    assert hides(done)


def test_an_empty_dotenv_file_is_an_empty_environment(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"")
    done = run_program(*OFFLINE, "--env-file", str(tmp_path / ".env"), variables=FAULTY)
    assert done.returncode == 0


def test_a_dotenv_file_with_blanks_without_end_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A=1\n" + f"B={PASSWORD}" + " " * 50_000 + "x\n")
    done = run_program(*OFFLINE, "--env-file", str(tmp_path / ".env"))
    assert_usage_error(done, "--env-file")
    assert b"line 2" in done.stderr
    assert hides(done)


@pytest.mark.parametrize(
    "content", [f"A B {PASSWORD}\n", f"={PASSWORD}\n", f"X='{PASSWORD}\n", f"X=1\0{PASSWORD}"]
)
def test_a_file_that_is_no_dotenv_file_is_refused_without_its_words(tmp_path: Path, content: str) -> None:
    (tmp_path / ".env").write_text(content)
    done = run_program(*OFFLINE, "--env-file", str(tmp_path / ".env"))
    assert_usage_error(done, "--env-file")
    assert hides(done)
