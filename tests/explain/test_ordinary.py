"""An ordinary text, with no registry failure in it, is explained by nothing."""

from __future__ import annotations

import io

import pytest

from regdoctor.explain import explain
from tests.explain.ordinary import COUNT, texts
from tests.explain.unrelated import UNRELATED

SHOWN = 20


def test_the_texts_are_a_thousand_and_always_the_same() -> None:
    first, second = texts(), texts()
    assert first == second
    assert len(first) == COUNT
    assert len({each.text for each in first}) > COUNT * 95 // 100


def test_no_cause_is_read_into_an_ordinary_text() -> None:
    offenders = []
    for each in texts():
        lines = each.text.splitlines()
        for found in explain(io.BytesIO(each.text.encode())):
            if found.finding.cause != "unknown":
                line = lines[found.line - 1] if 0 < found.line <= len(lines) else "(no such line)"
                said = f"{found.finding.cause} ({found.confidence})"
                offenders.append(f"{each.name}: {said}, line {found.line}: {line[:200]}")
    report = "\n".join(offenders[:SHOWN])
    assert not offenders, f"{len(offenders)} of {COUNT} texts are explained, the first of them:\n{report}"


@pytest.mark.parametrize("text", [text for texts in UNRELATED.values() for text in texts])
def test_the_failure_of_something_else_is_no_registrys(text: str) -> None:
    """Even where somebody pasted it all alone, and even from within a build or a container."""
    assert {each.finding.cause for each in explain(io.BytesIO(text.encode()))} <= {"unknown"}
