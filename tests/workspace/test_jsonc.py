"""JSON with comments, as the parser of the dev container CLI takes it."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdoctor.workspace.jsonc import TooDeepError, parse_jsonc
from regdoctor.workspace.tree import Node
from tests.workspace import oracle_programs

PIECES = (
    *'{}[]:,"-01',
    *('"a"', '"b"', "true", "nul", "null", "tru/e", ".5", "e3", "1.", "2E+", " ", "\n", "\r\n", "\t", "\x01"),
    *("//x", "/*", "*/", "/", "\\", "\\u12", "\\u00e9", "\\n", "é", '"image"', '"x:1"'),
)
ORDINARY = '{"image":"x","build":{"a":[1,2,{"c":true}],"d":null},/*c*/"e":"\\u00e9\\"",}'


def plain(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: plain(below) for key, below in node.value.items()}
    if isinstance(node.value, list):
        return [plain(below) for below in node.value]
    return node.value


def odd_texts(count: int) -> list[str]:
    """Texts made of pieces, and an ordinary one with a few mistakes; always the same ones."""
    chance = random.Random(4711)
    texts = []
    for _ in range(count):
        text = ORDINARY
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(text) + 1)
            piece = chance.choice(PIECES) if chance.random() < 0.6 else ""
            text = text[:at] + piece + text[at + chance.randint(0, 3) :]
        texts += [text, "".join(chance.choices(PIECES, k=chance.randint(0, 14)))]
    return texts


def test_every_mistake_is_forgiven_as_the_cli_forgives_it(oracles: None) -> None:
    texts = odd_texts(4000)
    for text, (value, faulty) in zip(texts, oracle_programs.parse_jsonc(texts), strict=True):
        node, slips = parse_jsonc(text, "f")
        assert ([] if node is None else [plain(node)]) == value, text
        # that a name comes twice is no mistake to the CLI
        assert any("second time" not in slip.problem for slip in slips) == faulty, text


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ('{\n  "a": 1\n  "b": 2\n}', (3, 3), "a comma is missing"),
        ('{\r\n/* one\r\ntwo */ "a" 1}', (3, 12), "a colon is expected"),
        ('{"é": "x\n}', (1, 7), "closing quote"),
        ('{\n"a": 1, "a": 2}', (2, 9), "second time"),
        ('{"a": [1', (1, 7), "never closed by ]"),
        ("{} x", (1, 4), "no JSON"),
        ("", (1, 1), "nothing in the file"),
        ("{'a': 1}", (1, 2), "no JSON"),
    ],
)
def test_a_mistake_has_its_line_and_column(text: str, place: tuple[int, int], problem: str) -> None:
    _, slips = parse_jsonc(text, "f")
    assert (slips[0].place, problem in slips[0].problem) == (place, True)


def test_comments_and_trailing_commas_are_no_mistakes() -> None:
    node, slips = parse_jsonc('\ufeff// a\n{"a": [1, 2,], /* b */ "c": {"d": null,},}\n', "f")
    assert node is not None
    assert (plain(node), slips) == ({"a": [1, 2], "c": {"d": None}}, ())


def test_values_and_keys_know_where_they_stand() -> None:
    node, _ = parse_jsonc('{ /* x */\n  "a": {"b": "c"} }', "f")
    assert node is not None
    inner = node.get("a", "b")
    assert inner is not None
    assert (inner.place, inner.key_place) == ((2, 14), (2, 9))


def test_what_is_too_deep_is_told() -> None:
    with pytest.raises(TooDeepError) as caught:
        parse_jsonc("[" * 100_000, "f")
    assert caught.value.args[0] == (1, 101)


@pytest.mark.parametrize("piece", ['"', "{", "/*", "//", "\\", ",", "a", "-", '{"a":', '"a" ', "0", "\r"])
def test_a_megabyte_of_anything_is_read(piece: str) -> None:
    try:
        parse_jsonc(piece * (1_000_000 // len(piece)), "f")
    except TooDeepError:
        assert "{" in piece


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5))).map("".join))
def test_no_text_breaks_the_parser(text: str) -> None:
    node, slips = parse_jsonc(text, "f")
    assert node is not None or slips
