"""The report as Markdown: readable, bounded, and nothing from outside acts in it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdoctor.explain import Explained
from regdoctor.model import Environment, Report, SetResult
from regdoctor.report.explanation import as_markdown
from regdoctor.report.markdown import COMMENT, render
from regdoctor.report.markup import code, words
from tests.report.everything import DENIED, EVERYTHING, EXPIRES, REFUSED, a_set
from tests.report.hostile import WORDS, hostile
from tests.report.reader import PARSER, assert_tame, tokens_of
from tests.report.runner import commands_in

TABLE_ROWS = len(("head", "set", "image", "finding", "warning")) + len(("head", "dns", "login", "engine")) + 2
"""Rows of three cells in the page of a hostile report."""


def links_of(word: str) -> tuple[str, ...]:
    """The pages of the steps; a step may lead to the host that a set names, and nowhere else."""
    return ("https://docs.github.com/packages", f"https://{word}")


def test_what_was_not_shown_to_work_gets_no_tick() -> None:
    results = [result.but(proved=False, findings=()) for result in EVERYTHING.sets]
    text = render(EVERYTHING.but(sets=tuple(results), images=(), findings=()), trace=False)
    head = text.partition("<details>")[0]
    assert "✅" not in head
    assert f"{len(results)} without a fault, and not proved" in head


@pytest.mark.parametrize("word", WORDS)
def test_nothing_from_outside_is_markup(word: str) -> None:
    text = render(hostile(word), trace=True)
    assert_tame(text, links_of(word))
    kinds = [token.type for token in PARSER.parse(text)]
    assert kinds.count("tr_open") == TABLE_ROWS
    assert kinds.count("td_open") + kinds.count("th_open") == 3 * TABLE_ROWS
    assert commands_in(text) == []


@given(st.text(st.sampled_from("`|\\ <>[]()!#@*_~-+=.:&;'\"/abc1\n\t$^{}"), max_size=40))
@settings(max_examples=60, deadline=None)
def test_no_mixture_of_marks_is_markup(word: str) -> None:
    assert_tame(render(hostile(word), trace=True), links_of(word))


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_words_are_a_paragraph_whatever_they_are(text: str) -> None:
    line = words(text)
    if line:
        kinds = [token.type for token in PARSER.parse(line)]
        assert kinds == ["paragraph_open", "inline", "paragraph_close"]
        assert {token.type for token in tokens_of(line)} <= {*kinds, "text", "code_inline", "text_special"}


@given(st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=40))
def test_a_code_span_shows_its_text(text: str) -> None:
    shown = [token.content for token in tokens_of(code(text)) if token.type == "code_inline"]
    assert shown == [text]


@pytest.mark.parametrize(
    "word", [word for word in WORDS if word.isprintable() and "::" not in word and "##[" not in word]
)
def test_the_evidence_is_shown_as_it_was_said(word: str) -> None:
    blocks = [token.content for token in tokens_of(render(hostile(word))) if token.type == "fence"]
    assert f"{word.rstrip()}\nits words: {word.rstrip()}\n" in blocks


def test_ordinary_sentences_stay_as_they_are() -> None:
    said = "It isn't there yet (the token's 12-hour end), so wait 2.5 hours – or make a new one: now!"
    assert words(said) == said
    assert words("ask ghcr.io for read:packages, octocat") == "ask `ghcr.io` for `read:packages`, octocat"


def test_the_steps_are_one_list_with_commands_in_it() -> None:
    kinds = [token.type for token in PARSER.parse(as_markdown([explained()]))]
    assert kinds.count("ordered_list_open") == 1
    assert kinds.count("list_item_open") == len(REFUSED.remediation)


# The size


def many(number: int, size: int = 100) -> Report:
    """A report of many sets: two of three are well or warned, and each finding has some to tell."""
    findings = ((REFUSED.but(evidence=("x" * size,)),), (EXPIRES,), ())
    sets = (
        SetResult(a_set(f"SET_{at}", "registry.example.com", "mona"), "other", findings=findings[at % 3])
        for at in range(number)
    )
    return Report(0.0, 1, Environment(), tuple(sets))


@pytest.mark.parametrize(("number", "size"), [(1, 200_000), (300, 100), (300, 1900), (2000, 10)])
@pytest.mark.parametrize("limit", [COMMENT, 1 << 20])
def test_a_page_is_no_longer_than_github_takes(number: int, size: int, limit: int) -> None:
    text = render(many(number, size), limit=limit)
    assert len(text.encode()) <= limit
    if limit == COMMENT:
        assert_tame(
            text, tuple(step.url for step in (*REFUSED.remediation, *EXPIRES.remediation) if step.url)
        )


def test_what_was_left_out_is_said() -> None:
    whole, cut = render(many(30), limit=1 << 20), render(many(300))
    assert "Left out" not in whole
    assert re.search(r"\nLeft out, since there is room for 65,536 bytes here: .* and \d+ more\.\n$", cut)


def test_errors_are_kept_where_warnings_have_to_go() -> None:
    text = render(many(300), limit=48_000)
    assert text.count("### ❌") > 0
    assert "### ⚠️" not in text


def test_a_word_of_any_length_is_bounded() -> None:
    assert len(render(hostile("a" * 100_000)).encode()) <= COMMENT


# What else is shown


def test_an_empty_environment_teaches_the_three_names() -> None:
    text = render(Report(0.0, 1, Environment()))
    assert "no secret set was found" in text
    assert "ACR_CONTAINER_REGISTRY_PASSWORD" in text


def test_the_network_calls_are_there_when_they_are_asked_for() -> None:
    assert "Network calls (3)" in render(EVERYTHING, trace=True)
    assert "Network calls" not in render(EVERYTHING)


def test_what_comes_second_is_there_to_be_opened() -> None:
    text = render(EVERYTHING)
    assert "### ❌ `ACR`" in text
    assert "<details><summary>⚠️ <code>ACR</code>" in text


# explain


def explained(word: str = "", host: str | None = "ghcr.io") -> Explained:
    finding = REFUSED if not word else hostile(word).findings[0]
    return Explained(finding, "ghcr", host, 12, "low")


@pytest.mark.parametrize("word", WORDS)
def test_nothing_that_a_text_says_is_markup(word: str) -> None:
    text = as_markdown([explained(word, word), explained(word, None)])
    assert_tame(text, links_of(word))
    assert commands_in(text) == []


def test_an_explanation_is_bounded() -> None:
    found = [explained("`" * 2000).but(finding=DENIED.but(evidence=("y" * 1999,) * 20)) for _ in range(20)]
    assert len(as_markdown(found).encode()) <= COMMENT
