"""What the documents under .github say is so."""

from __future__ import annotations

import importlib.util
import re

import pytest

from regdoctor import __version__
from regdoctor.arguments import PARSERS
from tests.shipping.locked import ROOT
from tests.test_readme import accepts, commands_in

FOLDER = ROOT / ".github"
DOCUMENTS = {path.name: path.read_text() for path in sorted(FOLDER.glob("*.md"))}
WHOLE = "".join(DOCUMENTS.values())


def test_there_are_these_documents() -> None:
    assert {"CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "THIRD-PARTY.md"} <= DOCUMENTS.keys()


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#:]+)[^):]*\)", WHOLE))))
def test_a_link_leads_to_a_file(link: str) -> None:
    assert (FOLDER / link).exists()


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:\.github|tests)/[\w./-]+)`", WHOLE))))
def test_a_file_that_is_named_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("module", sorted(set(re.findall(r"python -m (tests\.\w+)", WHOLE))))
def test_a_module_that_is_named_is_there(module: str) -> None:
    assert importlib.util.find_spec(module) is not None


@pytest.mark.parametrize("call", commands_in(WHOLE))
def test_a_call_of_regdoctor_is_one_that_the_program_takes(call: str) -> None:
    if call.partition(" ")[2] not in PARSERS:  # a command may be spoken of by its name alone
        accepts(call)


def test_the_changelog_speaks_of_this_version() -> None:
    assert __version__ in DOCUMENTS["CHANGELOG.md"]
