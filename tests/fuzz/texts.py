"""The parsers of what programs print: pasted failures, logs, and the log of a codespace's creation."""

from __future__ import annotations

import io
import itertools

from hypothesis import strategies as st

from regdoctor.causes.signatures import SIGNATURES
from regdoctor.explain import explain
from regdoctor.explain.creation_log import CreationLog
from regdoctor.probes.deadline import Deadline
from regdoctor.registries import registries
from regdoctor.report.explanation import as_json, as_markdown, as_text
from regdoctor.secret import Redactor, Secret, visible
from tests.explain.general_texts import GENERAL_TEXTS
from tests.explain.test_signature_texts import TEXTS
from tests.explain.texts_of_programs import TEXTS_OF_PROGRAMS
from tests.fuzz.files import laid_out
from tests.fuzz.parser import Parser
from tests.fuzz.promises import fit_to_be_shown, told_well
from tests.unit.support import PASSWORD

_TEXTS = (
    *itertools.chain.from_iterable(TEXTS.values()),
    *(text for texts in TEXTS_OF_PROGRAMS.values() for _, text in texts),
    *itertools.chain.from_iterable(GENERAL_TEXTS.values()),
)
_BEFORE = (
    *("", "2026-03-15 05:57:14.590Z: ", "#5 0.312 ", "::error::", "npm ERR! "),
    *("$ docker pull octo/app:1\n", "\x1b[31m"),
)
_BETWEEN = (*("\n", "\n", "\r\n", "\r", "\\n", "\n\n"),)
_texts = st.lists(
    st.builds("{}{}{}".format, st.sampled_from(_BEFORE), st.sampled_from(_TEXTS), st.sampled_from(_BETWEEN)),
    max_size=4,
).map("".join)
_WORDS = (
    *(*dict.fromkeys(each.needle for each in SIGNATURES if each.needle), "ghcr.io/octo/app:1"),
    *("https://registry.example.com/v2/", "***/octo/app", "docker login ", "docker run --name ", " -p "),
    *("a.", "a:1/", "<registry>", "${HOST}/", "realm=", "service=", "\\u001b", "\\n", "`", "“", "\n", "\r"),
    *("\x1b[1m", "error ", ": ", "failed ", PASSWORD, "password=", "Bearer ", "401", "sha256:", "\ufeff"),
    *("lookup ", 'Get "https://', "-", "x"),
)
_IDS = {registry.id for registry in registries()}


def _read_text(case: bytes) -> None:
    redactor = Redactor([Secret(PASSWORD)])
    told = explain(io.BytesIO(case), servers={"TEAM": "registry.example.com"}, clean=redactor)
    told_well(each.finding for each in told)
    assert {each.registry for each in told} <= _IDS
    assert all(1 <= each.line <= case.count(b"\n") + 1 for each in told)
    assert PASSWORD not in as_json(told) + as_markdown(told)
    fit_to_be_shown(*(visible(line.text, 1000) for line in as_text(told)))


def _read_log(case: bytes) -> None:
    folder = laid_out("log", ("creation.log",), case)
    variables = {"TEAM_CONTAINER_REGISTRY_SERVER": Secret("registry.example.com")}
    log = CreationLog(f"{folder}/creation.log", variables, failed=True)
    told_well(log.findings(Deadline.after(60), visible))


PARSERS = (
    Parser("explain", _read_text, _texts, _WORDS, ("explain",)),
    Parser(
        "creation-log",
        _read_log,
        _texts,
        _WORDS,
        ("explain.creation_log", "explain.logs", "explain.verdicts"),
    ),
)
