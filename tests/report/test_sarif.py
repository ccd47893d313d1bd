"""The report as SARIF: valid, accepted by GitHub's code scanning, and the same result from run to run."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from jsonschema import Draft4Validator

from regdoctor import __version__
from regdoctor.causes import CAUSES
from regdoctor.model import Environment, Location, Report
from regdoctor.report.sarif import render
from tests.report.everything import CRASHED, DENIED, EVERYTHING, INVALID, REFUSED
from tests.report.hostile import WORDS, hostile
from tests.report.runner import commands_in
from tests.schema import oracle

SCHEMA = "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"


@pytest.fixture(scope="module")
def schema() -> Draft4Validator:
    """The official one, as it lies in Microsoft's own tests."""
    return Draft4Validator(json.loads(oracle(SCHEMA).read_text()))


def run_of(report: Report, *, trace: bool = False) -> dict[str, Any]:
    """The one run of a log."""
    log = json.loads(render(report, trace=trace))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def results_of(report: Report) -> list[dict[str, Any]]:
    return list(run_of(report)["results"])


def result_of(report: Report, cause: str) -> dict[str, Any]:
    return next(result for result in results_of(report) if result["ruleId"] == cause)


def only(*findings: Any) -> Report:
    """A report of findings of no set."""
    return Report(0.0, 10, Environment(), findings=findings)


@pytest.mark.parametrize("report", [EVERYTHING, only(), *(hostile(word) for word in WORDS)])
def test_it_is_valid(schema: Draft4Validator, report: Report) -> None:
    log = json.loads(render(report, trace=True))
    assert [f"{fault.json_path}: {fault.message[:200]}" for fault in schema.iter_errors(log)] == []


def test_every_finding_is_a_result_and_one_that_stands_with_its_set_is_one_alone() -> None:
    causes = [result["ruleId"] for result in results_of(EVERYTHING)]
    assert causes.count("bad-credentials") == 1
    assert causes.count("pull-denied") == 2
    assert causes.count("docker-not-installed") == 1


@pytest.mark.parametrize(
    ("severity", "level"), [("error", "error"), ("warning", "warning"), ("info", "note")]
)
def test_the_level_is_the_severity(severity: str, level: str) -> None:
    assert results_of(only(REFUSED.but(severity=severity)))[0]["level"] == level


def test_a_finding_in_a_file_points_at_its_line() -> None:
    place = result_of(EVERYTHING, INVALID.cause)["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": ".devcontainer/devcontainer.json", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 7, "startColumn": 3},
    }


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        (".devcontainer/Docker file", ".devcontainer/Docker%20file"),
        ("a#b?c%d", "a%23b%3Fc%25d"),
        ("c:d/ü", "c%3Ad/%C3%BC"),
        ("x\udcff\n", "x%3F%0A"),
    ],
)
def test_the_name_of_a_file_is_quoted(file: str, uri: str) -> None:
    found = results_of(only(INVALID.but(location=Location(file, 1))))[0]
    assert found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_a_set_points_at_the_image_that_needs_it_and_names_itself() -> None:
    (location,) = result_of(EVERYTHING, REFUSED.cause)["locations"]
    assert location["physicalLocation"]["region"]["startLine"] == 2
    (logical,) = location["logicalLocations"]
    assert (logical["name"], logical["fullyQualifiedName"]) == ("ACR", "ACR_CONTAINER_REGISTRY_PASSWORD")


# https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support


@pytest.mark.parametrize("report", [EVERYTHING, hostile("x"), only(REFUSED, DENIED)])
def test_github_takes_it(report: Report) -> None:
    run = run_of(report)
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
    for result in run["results"]:
        assert result["message"]["text"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert re.fullmatch(r"[\w.~%/-]+", place["artifactLocation"]["uri"], re.ASCII)
        assert place["region"]["startLine"] >= 1
        assert re.fullmatch(r"[0-9a-f]{16}:\d+", result["partialFingerprints"]["primaryLocationLineHash"])
    assert run["automationDetails"]["id"].endswith("/")
    assert run["tool"]["driver"]["semanticVersion"] == __version__


@pytest.mark.parametrize("cause", CAUSES.values(), ids=lambda cause: cause.id)
def test_every_cause_is_a_rule_that_github_takes(cause: Any) -> None:
    finding = REFUSED.but(cause=cause.id)
    (rule,) = run_of(only(finding))["tool"]["driver"]["rules"]
    assert rule["id"] == cause.id
    assert "mycompany" not in json.dumps(rule)
    assert len(rule["fullDescription"]["text"]) <= 1024
    assert rule["properties"]["tags"] == [cause.family]


# The same from run to run


def prints_of(report: Report) -> list[str]:
    return [result["partialFingerprints"]["primaryLocationLineHash"] for result in results_of(report)]


def test_each_result_has_a_print_of_its_own() -> None:
    prints = prints_of(EVERYTHING)
    assert len(set(prints)) == len(prints)


def test_the_same_trouble_has_the_same_print_whatever_was_seen_and_wherever_it_stands() -> None:
    again = tuple(
        finding.but(
            evidence=("something else",),
            explanation="It was put in other words.",
            location=finding.location and finding.location.but(line=99),
        )
        for finding in EVERYTHING.findings
    )
    assert prints_of(only(*again)) == prints_of(only(*EVERYTHING.findings))


def test_another_set_has_another_print() -> None:
    first, second = (EVERYTHING.sets[0], EVERYTHING.sets[1].but(findings=EVERYTHING.sets[0].findings))
    assert not set(prints_of(only().but(sets=(first,)))) & set(prints_of(only().but(sets=(second,))))


# What else it tells


def test_a_crash_of_ours_is_told_of_the_run() -> None:
    (invocation,) = run_of(EVERYTHING)["invocations"]
    assert invocation["executionSuccessful"] is False
    assert CRASHED.explanation in invocation["toolExecutionNotifications"][0]["message"]["text"]
    assert run_of(only())["invocations"][0]["executionSuccessful"] is True


def test_the_network_calls_are_there_when_they_are_asked_for() -> None:
    (traced,), (plain,) = (run_of(EVERYTHING, trace=trace)["invocations"] for trace in (True, False))
    assert [call["status"] for call in traced["properties"]["trace"]] == ["ok", "401", "200"]
    assert "trace" not in plain["properties"]


@pytest.mark.parametrize("word", WORDS)
def test_nothing_from_outside_is_a_link_or_a_command(word: str) -> None:
    text = render(hostile(word), trace=True)
    assert commands_in(text) == []
    for result in json.loads(text)["runs"][0]["results"]:
        assert "](" not in result["message"]["text"]
        assert not set("\x1b\u202e\u2066\u200b") & set(result["message"]["text"])
