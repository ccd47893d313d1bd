"""Every form looks as it did when it was looked at."""

from __future__ import annotations

import json

import pytest

from regdoctor.arguments import report_parser
from regdoctor.report.formats import FORMATS
from tests.report.everything import EVERYTHING
from tests.report.golden import FOLDER, golden, rendered
from tests.schema import validate
from tests.unit import contract


@pytest.mark.parametrize("form", FORMATS)
def test_a_form_is_its_golden_file(form: str) -> None:
    assert rendered(form) == golden(form).read_text(), "python -m tests.report.golden renews it"


def test_every_golden_file_belongs_to_a_form() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {golden(form).name for form in FORMATS}


def test_the_golden_report_is_one_that_could_be() -> None:
    report = json.loads(rendered("json"))
    contract.report(report)
    validate(report)


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_tells_every_finding(form: str) -> None:
    text = rendered(form)
    found = [finding for result in EVERYTHING.results for finding in result.findings]
    for finding in (*found, *EVERYTHING.findings):
        assert finding.cause in text
        commands = [step.command for step in finding.remediation if step.command]
        assert finding.severity == "info" or [command for command in commands if command not in text] == []


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_can_be_asked_for(form: str) -> None:
    assert report_parser().parse_args(["--format", form]).format == form
