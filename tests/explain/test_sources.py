"""Texts made from what the programs' own sources print, by somebody who has not seen a signature."""

from __future__ import annotations

import io
import json
import os
from dataclasses import dataclass

import pytest

from regdoctor.explain import explain

SOURCES = os.path.join(os.path.dirname(__file__), "texts_from_sources.jsonl")
RIGHT = 0.90
CONFIDENTLY_WRONG = 0.01
REGISTRY_RIGHT = 0.90


@dataclass(frozen=True)
class Label:
    """One text, and what an expert says of it."""

    id: str
    program: str
    source: str
    text: str
    cause: str
    also: list[str]
    registry: str
    host: str | None

    @property
    def causes(self) -> set[str]:
        return {self.cause, *self.also}


@dataclass(frozen=True)
class Verdict:
    """What was said of a text: `unknown` where nothing was."""

    label: Label
    cause: str
    confidence: str
    registry: str | None
    host: str | None
    lines: list[int]

    @property
    def right(self) -> bool:
        return self.cause in self.label.causes

    @property
    def confidently_wrong(self) -> bool:
        return not self.right and self.cause != "unknown" and self.confidence == "high"

    def __str__(self) -> str:
        wanted = "/".join([self.label.cause, *self.label.also])
        return f"{self.label.id}: {self.cause} ({self.confidence}) for {wanted}"


def read() -> list[Label]:
    with open(SOURCES, encoding="utf-8") as file:
        return [Label(**json.loads(line)) for line in file]


@pytest.fixture(scope="module")
def verdicts() -> list[Verdict]:
    found = []
    for label in read():
        answers = explain(io.BytesIO(label.text.encode()))
        first = answers[0] if answers else None
        found.append(
            Verdict(
                label,
                first.finding.cause if first else "unknown",
                first.confidence if first else "low",
                first.registry if first else None,
                first.host if first else None,
                [answer.line for answer in answers],
            )
        )
    return found


def test_the_texts_are_many_and_of_many_kinds() -> None:
    labels = read()
    assert len(labels) >= 120
    assert len({label.id for label in labels}) == len(labels)
    assert len({label.cause for label in labels}) >= 55


def test_causes(verdicts: list[Verdict]) -> None:
    right = sum(verdict.right for verdict in verdicts) / len(verdicts)
    confident = [verdict for verdict in verdicts if verdict.confidently_wrong]
    print(f"\nright: {right:.1%} of {len(verdicts)} (wanted: at least {RIGHT:.0%})")
    print(
        f"wrong with high confidence: {len(confident) / len(verdicts):.1%} (at most {CONFIDENTLY_WRONG:.0%})"
    )
    missed = "\n".join(str(verdict) for verdict in verdicts if not verdict.right)
    assert right >= RIGHT, f"right: {right:.1%}; the others:\n{missed}"
    assert len(confident) <= CONFIDENTLY_WRONG * len(verdicts), "\n".join(map(str, confident))


def test_registries(verdicts: list[Verdict]) -> None:
    named = [verdict for verdict in verdicts if verdict.label.registry != "other"]
    wrong = [verdict for verdict in named if verdict.registry != verdict.label.registry]
    right = 1 - len(wrong) / len(named)
    hosts = [verdict for verdict in verdicts if verdict.label.host is not None]
    same = sum(verdict.host == verdict.label.host for verdict in hosts)
    print(f"\nregistry right: {right:.1%} of {len(named)} (wanted: at least {REGISTRY_RIGHT:.0%})")
    print(f"host as labelled: {same} of {len(hosts)} (a name may be spelled in two ways: not asserted)")
    others = "\n".join(f"{each.label.id}: {each.registry} for {each.label.registry}" for each in wrong)
    assert right >= REGISTRY_RIGHT, f"right: {right:.1%}; the others:\n{others}"


def test_the_line_is_one_of_the_text(verdicts: list[Verdict]) -> None:
    for verdict in verdicts:
        last = len(verdict.label.text.splitlines())
        assert all(1 <= line <= last for line in verdict.lines), (
            f"{verdict.label.id}: {verdict.lines} of {last}"
        )
