"""What no table knows is guessed by its general words: with little confidence, never of something else."""

from __future__ import annotations

import importlib
import io
import re
import time
from typing import Any

import pytest

from regdoctor.causes import CAUSES
from regdoctor.causes.signatures import GENERAL, Signature
from regdoctor.explain import explain, guesses
from tests.explain.general_texts import GENERAL_TEXTS

SAID = [(cause, text) for cause, texts in GENERAL_TEXTS.items() for text in texts]


def told(text: str) -> list[object]:
    return [(each.finding.cause, each.finding.explanation) for each in explain(io.BytesIO(text.encode()))]


@pytest.mark.parametrize(("cause", "text"), SAID)
def test_general_words_are_a_guess_at_their_cause(cause: str, text: str) -> None:
    found = explain(io.BytesIO(text.encode()))
    assert [each.finding.cause for each in found][:1] == [cause]


@pytest.mark.parametrize("signature", GENERAL, ids=lambda each: f"{each.cause}: {each.pattern[:40]}")
def test_every_guess_is_needed_and_told_with_little_confidence(signature: Signature) -> None:
    texts = [text for cause, text in SAID if cause == signature.cause and signature.find(text.lower())]
    assert texts, "no text bears it"
    others = tuple(each for each in GENERAL if each is not signature)
    with pytest.MonkeyPatch.context() as patch:
        before = [told(text) for text in texts]
        patch.setattr(guesses, "GENERAL", others)
        assert [told(text) for text in texts] != before
    assert not signature.sure


@pytest.mark.parametrize("signature", GENERAL, ids=lambda each: f"{each.cause}: {each.pattern[:40]}")
def test_a_guess_names_causes_that_exist_and_what_tells_them_apart(signature: Signature) -> None:
    assert {signature.cause, *signature.also_possible} <= CAUSES.keys()
    assert signature.cause not in signature.also_possible
    assert bool(signature.also_possible) == bool(signature.apart)


def test_known_words_leave_nothing_to_guess() -> None:
    known = "Error response from daemon: manifest for octo/app:9 not found: manifest unknown"
    (found,) = explain(io.BytesIO(f"docker: registry password wrong\n{known}\n".encode()))
    assert found.finding.cause == "tag-not-found"


def test_advice_is_no_failure() -> None:
    text = "If the docker registry says that the password is wrong, make a new token.\n"
    assert {each.finding.cause for each in explain(io.BytesIO(text.encode()))} <= {"unknown"}


@pytest.mark.parametrize("signature", GENERAL, ids=lambda each: f"{each.cause}: {each.pattern[:40]}")
def test_a_guess_takes_no_time(signature: Signature) -> None:
    constants: Any = importlib.import_module("re._constants")
    parsed: Any = importlib.import_module("re._parser").parse(signature.pattern)
    stack = [parsed]
    while stack:
        for operation, argument in stack.pop():
            if operation in (constants.MAX_REPEAT, constants.MIN_REPEAT):
                assert argument[1] is not constants.MAXREPEAT and argument[1] <= 2000
            for part in argument if isinstance(argument, (tuple, list)) else (argument,):
                parts = part if isinstance(part, list) else [part]
                stack += [each for each in parts if type(each).__name__ == "SubPattern"]
    words = " ".join(re.findall(r"[a-z]{3,}", signature.pattern))[: guesses.WIDTH // 4]
    text = (words * guesses.WIDTH)[: guesses.WIDTH]
    start = time.perf_counter()
    for _ in range(guesses.LINES):
        signature.find(text)
    assert time.perf_counter() - start < 5.0


def test_a_guess_far_before_the_known_words_is_taken_back() -> None:
    filler = "".join(f"step {number} of the image is built\n" for number in range(900))
    known = "Error response from daemon: manifest for octo/app:9 not found: manifest unknown\n"
    found = explain(io.BytesIO(f"docker login failed\n{filler}{known}".encode()))
    assert [each.finding.cause for each in found] == ["tag-not-found"]
