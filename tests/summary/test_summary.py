"""Many reports in one: which causes, where, how often."""

from __future__ import annotations

import copy
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from regdoctor.causes import CAUSES
from regdoctor.causes.cause import finding
from regdoctor.report.markdown import COMMENT
from regdoctor.summary import Tally, tally_of
from regdoctor.summary.rendering import as_markdown
from tests.report.hostile import WORDS
from tests.report.reader import assert_tame
from tests.summary.reports import WHOLE, a_report, write
from tests.unit.support import a_set, run_program


def summary_of(*files: str, options: tuple[str, ...] = ()) -> dict[str, Any]:
    """The summary in JSON."""
    done = run_program("summarize", *files, "--format", "json", *options)
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


@pytest.fixture
def three(tmp_path: Path) -> list[str]:
    """Two codespaces with trouble, and one without."""
    return write(
        tmp_path,
        a_report("octo-org/app", ACR="bad-credentials", HUB=None),
        a_report("octo-org/lib", ACR="bad-credentials", TEAM="bad-credentials", GHCR="token-expired"),
        a_report(None, HUB=None),
    )


def test_which_causes_where_and_how_often(three: list[str]) -> None:
    summary = summary_of(*three)
    assert summary["reports"] == {"read": 3, "ok": 1, "warning": 0, "error": 2}
    assert summary["summary"] == {"ok": 2, "warning": 0, "error": 4}
    first, second = summary["causes"]
    assert (first["cause"], first["findings"], first["reports"]) == ("bad-credentials", 3, 2)
    assert first["registries"] == {"acr": 3}
    assert first["title"] == finding(CAUSES["bad-credentials"], {}).title
    assert first["examples"] == [
        {"file": three[0], "repository": "octo-org/app", "set": "ACR", "image": None},
        {"file": three[1], "repository": "octo-org/lib", "set": "ACR", "image": None},
    ]
    assert (second["cause"], second["reports"]) == ("token-expired", 1)
    assert summary["refused"] == {"files": 0, "examples": []}


def test_everything_that_a_report_can_hold_is_counted_once(tmp_path: Path) -> None:
    causes = {each["cause"]: each for each in summary_of(*write(tmp_path, WHOLE))["causes"]}
    told = [found for judged in (*WHOLE["sets"], *WHOLE["images"]) for found in judged["findings"]]
    assert set(causes) == {found["cause"] for found in (*told, *WHOLE["findings"])}
    assert causes["bad-credentials"]["findings"] == 1, "the image tells what its set tells"
    assert causes["pull-denied"]["findings"] == 2
    assert causes["pull-denied"]["examples"][0]["image"] == "ghcr.io/octo-org/app:1"
    assert causes["docker-not-installed"]["severities"] == {"error": 0, "warning": 0, "info": 1}


def test_the_gravest_come_first(tmp_path: Path) -> None:
    severities = [each["severity"] for each in summary_of(*write(tmp_path, WHOLE))["causes"]]
    assert severities == sorted(severities, key=("error", "warning", "info").index)


def test_the_text_tells_the_same(three: list[str]) -> None:
    said = run_program("summarize", *three).stdout.decode()
    assert said.startswith("3 reports: 2 with errors, 1 ok\nSets and images: 4 with errors, 2 ok\n")
    assert "[bad-credentials]\n  3 times in 2 reports: acr 3\n" in said
    assert f"    octo-org/lib  set ACR  {three[1]}\n" in said
    assert all(len(line) <= 80 or "set " in line for line in said.splitlines())


def test_the_markdown_tells_the_same(three: list[str]) -> None:
    said = run_program("summarize", *three, "--format", "markdown").stdout.decode()
    assert_tame(said, ())
    assert said.startswith("## ❌ regdoctor: 3 reports: 2 with errors, 1 ok\n")
    assert "| ❌ | **`bad-credentials`**<br>" in said
    assert "- `octo-org/lib` · set `ACR`" in said


def test_what_the_program_prints_can_be_summarized_names_replaced_or_not(tmp_path: Path) -> None:
    files = []
    for number, options in enumerate(((), ("--anonymize",), ("--trace", "--ignore", "value-quoted"))):
        files.append(str(tmp_path / f"{number}.json"))
        run_program(
            *("report", "--offline", "--format", "json", "--output", files[-1], *options),
            variables=a_set(password='"quartz-Velvet7+Onion"'),
        )
    (cause,) = summary_of(*files)["causes"]
    assert (cause["cause"], cause["severities"]) == ("value-quoted", {"error": 2, "warning": 0, "info": 1})


def test_standard_input_is_a_file_too(tmp_path: Path) -> None:
    report = json.dumps(a_report(ACR="bad-credentials")).encode()
    done = run_program("summarize", "-", "--format", "json", stdin=report)
    assert json.loads(done.stdout)["causes"][0]["examples"][0]["file"] == "-"


def test_a_summary_can_be_written_to_a_file(three: list[str], tmp_path: Path) -> None:
    done = run_program("summarize", *three, "--output", str(tmp_path / "all.txt"))
    assert (done.returncode, done.stdout) == (1, b"")
    assert (tmp_path / "all.txt").read_text().startswith("3 reports")
    assert run_program("summarize", *three, "--output", "/dev/null/all.txt").returncode == 3


def test_a_report_is_not_overwritten_by_its_summary(three: list[str]) -> None:
    before = Path(three[1]).read_bytes()
    done = run_program("summarize", *three, "--output", three[1])
    assert (done.returncode, done.stdout) == (2, b"")
    assert Path(three[1]).read_bytes() == before


# Exit codes


@pytest.mark.parametrize(
    ("cause", "severity", "options", "code"),
    [
        (None, "error", [], 0),
        ("bad-credentials", "error", [], 1),
        ("bad-credentials", "error", ["--fail-on", "never"], 0),
        ("bad-credentials", "warning", [], 0),
        ("bad-credentials", "warning", ["--fail-on", "warning"], 1),
        ("bad-credentials", "info", ["--fail-on", "warning"], 0),
    ],
)
def test_the_exit_code_says_what_was_found(
    tmp_path: Path, cause: str | None, severity: str, options: list[str], code: int
) -> None:
    report = a_report(ACR=cause)
    for found in report["sets"][0]["findings"]:
        found["severity"] = severity
    assert run_program("summarize", *write(tmp_path, report), *options).returncode == code


# What is no report


def changed(key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """Something else in a place of a report."""

    def change(report: dict[str, Any]) -> None:
        *way, last = key.split(".")
        holder: Any = report
        for step in way:
            holder = holder[int(step) if step.isdigit() else step]
        holder[last] = value

    return change


def broken(change: Callable[[dict[str, Any]], None]) -> bytes:
    report = copy.deepcopy(WHOLE)
    change(report)
    return json.dumps(report).encode()


DEEP = 100_000
NO_REPORTS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is no JSON"),
    "text": (b"all is well\n", "is no JSON"),
    "binary": (bytes(range(256)), "is no JSON"),
    "list": (b"[]", "is no report"),
    "null": (b"null", "is no report"),
    "deep": (b"[" * DEEP + b"]" * DEEP, "is no JSON"),
    "deep object": (b'{"a":' * DEEP + b"1" + b"}" * DEEP, "is no JSON"),
    "a number of many digits": (b'{"schema_version": ' + b"9" * 10_000 + b"}", "is no JSON"),
    "another object": (b'{"runs": []}', "`regdoctor report --format json` prints one"),
    "an explanation": (b'{"schema_version": 1, "findings": []}', "regdoctor explain"),
    "a summary": (b'{"schema_version": 1, "causes": []}', "is a summary already"),
    "of the future": (
        broken(changed("schema_version", 2)),
        "schema_version 2, which a newer regdoctor reads",
    ),
    "of no version": (broken(changed("schema_version", "1")), "schema_version"),
    "of version true": (broken(changed("schema_version", [])), "schema_version"),
    "sets are a text": (broken(changed("sets", "x")), "'x' is no sets"),
    "a set is a number": (broken(changed("sets", [1])), "list is no sets"),
    "no environment": (broken(changed("environment", None)), "NoneType is no environment"),
    "a repository of numbers": (broken(changed("environment.repository", 7)), "7 is no repository"),
    "an odd status": (broken(changed("sets.0.status", "fine")), "'fine' is no status"),
    "findings are an object": (broken(changed("images.1.findings", {})), "dict is no findings"),
    "an odd cause": (broken(changed("findings.0.cause", "<b>")), "'<b>' is no cause"),
    "a cause without end": (broken(changed("findings.0.cause", "a" * 100)), "is no cause"),
    "an odd severity": (broken(changed("findings.0.severity", "fatal")), "'fatal' is no severity"),
    "a severity that is a list": (broken(changed("findings.0.severity", [])), "list is no severity"),
    "no title": (broken(changed("findings.0.title", None)), "NoneType is no title"),
}


@pytest.mark.parametrize("name", NO_REPORTS)
def test_what_is_no_report_is_said_in_a_sentence_and_takes_nothing_from_the_others(
    tmp_path: Path, name: str
) -> None:
    content, words = NO_REPORTS[name]
    odd = tmp_path / "odd.json"
    odd.write_bytes(content)
    (good,) = write(tmp_path, a_report(ACR="bad-credentials"))
    done = run_program("summarize", str(odd), good, "--format", "json")
    assert done.returncode == 2
    assert done.stderr.decode().startswith(f"regdoctor: {odd} ")
    assert words in done.stderr.decode()
    assert done.stderr.decode().count("\n") == 1
    summary = json.loads(done.stdout)
    assert summary["reports"]["read"] == 1
    assert summary["refused"]["files"] == 1


@pytest.mark.parametrize(
    ("name", "words"), [("/nonexistent.json", "No such file"), ("/", "directory"), ("a\0b", "no file name")]
)
def test_a_file_that_cannot_be_read_is_said_in_a_sentence(name: str, words: str) -> None:
    tally = tally_of([name], None)
    assert (tally.read, tally.refused) == (0, 1)
    assert words in next(iter(tally.complaints()))


def test_where_there_is_no_report_at_all_nothing_is_printed(tmp_path: Path) -> None:
    done = run_program("summarize", "/nonexistent.json", "--format", "json")
    assert (done.returncode, done.stdout) == (2, b"")


def test_a_file_without_end_is_left() -> None:
    (complaint,) = tally_of(["/dev/zero"], None).complaints()
    assert complaint == "/dev/zero is larger than 32 MiB, which no report is"


def test_many_files_that_are_no_reports_are_not_all_named() -> None:
    complaints = list(tally_of([f"/nonexistent/{number}" for number in range(1000)], None).complaints())
    assert len(complaints) == 21
    assert complaints[-1] == "980 files more hold no report"


@pytest.mark.parametrize("word", WORDS)
def test_the_words_of_others_neither_act_nor_break_the_summary(tmp_path: Path, word: str) -> None:
    report = a_report(word, TEAM="made-up-cause")
    report["sets"][0] |= {"id": word, "registry": word}
    report["sets"][0]["findings"][0]["title"] = word
    report["images"] = [WHOLE["images"][2] | {"reference": word, "set": word}]
    files = write(tmp_path, report)
    tally = tally_of(files, None)
    assert (tally.read, tally.refused) == (1, 0)
    assert tally.causes[0].registries == {"other": 1}
    assert_tame(as_markdown(tally), ())
    for form in ("text", "json", "markdown"):
        said = run_program("summarize", *files, "--format", form).stdout.decode()
        assert not set("\x1b\r\x00\u202e\u2066\u200b") & set(said)


def test_a_summary_is_bounded_whatever_is_reported() -> None:
    from regdoctor.summary.reading import Digest, Sighting

    tally = Tally()
    for number in range(3000):
        sighting = Sighting(f"made-up-{number}", "error", "x" * 200, "SET", "y" * 300, "other")
        tally.add(f"{number}.json", Digest("octo-org/app", ("error",), (sighting,)))
    assert len(tally.causes) <= 1001
    assert sum(each.findings for each in tally.causes) == 3000
    assert len(as_markdown(tally).encode()) <= COMMENT


# At scale


def most_memory(files: list[str], folder: Path) -> int:
    """The most memory that the program held while it summarized files, in KiB."""
    arguments = [sys.executable, "-m", "regdoctor", "summarize", *files, "--format", "json"]
    output = folder / "summary.json"
    process = os.posix_spawn(
        sys.executable,
        [*arguments, "--output", str(output)],
        {"PATH": os.defpath, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    _, status, usage = os.wait4(process, 0)
    assert os.waitstatus_to_exitcode(status) == 1
    assert json.loads(output.read_text())["reports"]["read"] == len(files)
    return usage.ru_maxrss


def test_ten_thousand_reports_need_no_more_memory_than_ten(tmp_path: Path) -> None:
    sets = {"ACR": "bad-credentials", "GHCR": "token-expired", "HUB": None}
    files = write(tmp_path, *(a_report(f"octo-org/app-{number}", **sets) for number in range(10)))
    many = list(files)
    for number in range(10, 10_000):
        many.append(f"{tmp_path}/{number}.json")
        os.link(files[number % 10], many[-1])
    assert most_memory(many, tmp_path) < most_memory(files, tmp_path) + 6_000
