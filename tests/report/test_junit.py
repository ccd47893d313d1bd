"""The report as JUnit's XML: what the viewers of test results make of it."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from regdoctor.model import CheckResult, Environment, Report, SetResult
from regdoctor.report.junit import render
from tests.report.everything import CRASHED, EVERYTHING, EXPIRES, PATH, REFUSED, a_set
from tests.report.hostile import WORDS, hostile
from tests.report.runner import commands_in
from tests.schema import oracle


@pytest.fixture(scope="module")
def schema() -> xmlschema.XMLSchema:
    """Jenkins' own, as it lies in pytest's tests."""
    return xmlschema.XMLSchema(str(oracle("junit-10.xsd")))


def suites_of(report: Report) -> dict[str, TestSuite]:
    """The suites, as a common parser reads them."""
    return {suite.name: suite for suite in JUnitXml.fromstring(render(report).encode())}


def outcomes(suite: TestSuite) -> dict[str, Any]:
    """The kind of each case's result; None where it passed."""
    return {case.name: type(case.result[0]) if case.result else None for case in cases(suite)}


def cases(suite: TestSuite) -> list[TestCase]:
    return [case for case in suite if isinstance(case, TestCase)]


def a_report(checks: tuple[CheckResult, ...], findings: tuple[Any, ...]) -> Report:
    return Report(
        0.0,
        10,
        Environment(),
        (
            SetResult(
                a_set("TEAM", "registry.example.com", "mona"), "other", checks=checks, findings=findings
            ),
        ),
    )


@pytest.mark.parametrize("report", [EVERYTHING, Report(0.0, 0, Environment()), hostile("x")])
def test_it_is_valid(schema: xmlschema.XMLSchema, report: Report) -> None:
    schema.validate(render(report, trace=True))


def test_every_check_of_every_set_and_image_is_a_case() -> None:
    suites = suites_of(EVERYTHING)
    for result in EVERYTHING.sets:
        names = [case.name for case in cases(suites[f"set {result.secret_set.id}"])]
        assert names[: len(result.checks)] == [check.name for check in result.checks]
    for image in EVERYTHING.images:
        assert [case.name for case in cases(suites[f"image {image.image.reference}"])] == ["pull"]


def test_each_outcome_is_what_viewers_call_it() -> None:
    suites = suites_of(EVERYTHING)
    assert outcomes(suites["set ACR"]) == {
        "name": None,
        "value": None,
        "dns": None,
        "tcp": None,
        "tls": None,
        "registry": None,
        "exchange": Skipped,
        "login": Failure,
        "engine": Skipped,
    }
    assert outcomes(suites["set TLS"]) == {"tls": Error, "login": Skipped}
    assert outcomes(suites["image ghcr.io/octo-org/app:1"]) == {"pull": Failure}
    assert outcomes(suites["codespace"]) == {
        "devcontainer-config-invalid": Failure,
        "name-no-identifier": None,
        "docker-not-installed": None,
    }


def test_a_failure_tells_the_cause_the_reason_and_the_steps() -> None:
    (case,) = (case for case in cases(suites_of(EVERYTHING)["set ACR"]) if case.name == "login")
    (failure,) = case.result
    assert (failure.type, failure.message) == (REFUSED.cause, REFUSED.title)
    for part in (REFUSED.evidence[0], "1. Make a new password", "$ az acr token create"):
        assert part in failure.text


def test_what_was_skipped_says_why_and_what_passed_what_it_saw() -> None:
    found = {case.name: case for case in cases(suites_of(EVERYTHING)["set ACR"])}
    assert found["engine"].result[0].message == "login failed"
    assert found["dns"].system_out == "20.1.2.3"
    assert PATH.title in found["value"].system_out


def test_the_sums_are_those_of_the_cases_and_the_times_are_seconds() -> None:
    whole = JUnitXml.fromstring(render(EVERYTHING).encode())
    suites = list(whole)
    assert (whole.tests, whole.failures, whole.errors) == (
        sum(suite.tests for suite in suites),
        sum(suite.failures for suite in suites),
        sum(suite.errors for suite in suites),
    )
    for suite in suites:
        found = list(outcomes(suite).values())
        counted = (suite.tests, suite.failures, suite.errors, suite.skipped)
        assert counted == (len(found), found.count(Failure), found.count(Error), found.count(Skipped))
        assert suite.hostname is None
    assert {case.name: case.time for case in cases(suites_of(EVERYTHING)["set ACR"])}["tls"] == 0.031


def test_an_ignored_error_is_no_failure() -> None:
    checks = (CheckResult("login", "error", 1.0, findings=(REFUSED,)),)
    (suite,) = suites_of(a_report(checks, (REFUSED.but(severity="info"),))).values()
    assert outcomes(suite) == {"login": None}


def test_a_check_whose_error_another_one_tells_has_failed_too() -> None:
    checks = (
        CheckResult("value", "error", 1.0, findings=(REFUSED,)),
        CheckResult("login", "error", 1.0, findings=(REFUSED.but(cause="token-expired"),)),
    )
    (suite,) = suites_of(a_report(checks, (REFUSED,))).values()
    assert outcomes(suite) == {"value": Failure, "login": Failure}


def test_a_finding_that_no_check_made_is_a_case_of_its_own() -> None:
    checks = (CheckResult("login", "ok", 1.0),)
    (suite,) = suites_of(a_report(checks, (CRASHED, EXPIRES))).values()
    assert outcomes(suite) == {"login": None, CRASHED.cause: Failure, EXPIRES.cause: None}


def test_an_empty_environment_is_one_case_that_was_skipped() -> None:
    (suite,) = suites_of(Report(0.0, 0, Environment())).values()
    assert outcomes(suite) == {"sets": Skipped}


def test_the_network_calls_are_there_when_they_are_asked_for() -> None:
    assert "GET ghcr.io 401" in render(EVERYTHING, trace=True)
    assert "GET ghcr.io 401" not in render(EVERYTHING)


def test_no_package_is_made_of_an_image() -> None:
    assert all(
        "." not in (case.classname or "") for suite in suites_of(EVERYTHING).values() for case in suite
    )


# From outside


@pytest.mark.parametrize("word", WORDS)
def test_the_words_of_others_break_nothing(schema: xmlschema.XMLSchema, word: str) -> None:
    text = render(hostile(word), trace=True)
    schema.validate(text)
    assert text.isascii()
    assert commands_in(text) == []
    elements = {element.tag for element in ElementTree.fromstring(text).iter()}
    assert elements == {
        *("testsuites", "testsuite", "properties", "property", "testcase"),
        *("failure", "skipped", "system-out"),
    }


@given(st.text(st.characters(), max_size=50))
@settings(max_examples=80, deadline=None)
def test_every_character_can_be_said(word: str) -> None:
    root = ElementTree.fromstring(render(hostile(word), trace=True))
    said = {each.get("value") for each in root.iter("property") if each.get("name") == "user"}
    if word.isprintable() and "\ufffe" not in word and "\uffff" not in word:
        assert said == {word}
