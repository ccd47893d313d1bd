"""Values that must not be shown, and the cleaning of outside text."""

from __future__ import annotations

import base64
import copy
import json
import pickle
import string
import time
import unicodedata
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdoctor.secret import MASK, WINDOW, Redactor, Secret, escaped, invisible_in, visible
from tests.unit.support import windows

VALUE = "maple-finch+38/äöü"

# A star in a value can meet the mask and look like the value.
characters = st.characters(exclude_characters="*", exclude_categories=("Cs", "Cc"))
ascii_values = st.text(string.ascii_letters + string.digits + string.punctuation.replace("*", ""), min_size=8)
long_values = st.text(characters, min_size=WINDOW, max_size=60)
short_values = st.text(string.ascii_letters + string.digits, min_size=1, max_size=WINDOW - 1)
surroundings = st.text(characters, max_size=30)


def go_json(value: str) -> str:
    """JSON as Go writes it: the characters of HTML are escaped."""
    text = json.dumps(value, ensure_ascii=False)[1:-1]
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


FORMS: dict[str, Callable[[str], str]] = {
    "raw": lambda value: value,
    "URL-quoted": lambda value: quote(value, safe=""),
    "URL-quoted but for slashes": quote,
    "URL-quoted as in a form": quote_plus,
    "JSON-escaped": lambda value: json.dumps(value)[1:-1],
    "JSON-escaped, Unicode kept": lambda value: json.dumps(value, ensure_ascii=False)[1:-1],
    "JSON-escaped by Go": go_json,
    "reversed": lambda value: value[::-1],
    "reversed and URL-quoted": lambda value: quote(value, safe="")[::-1],
}
every_form = pytest.mark.parametrize("spell", FORMS.values(), ids=list(FORMS))


# Secret


@pytest.mark.parametrize(
    "show",
    [
        str,
        repr,
        ascii,
        lambda secret: f"{secret}",
        lambda secret: f"{secret!r:>40}",
        lambda secret: f"{secret:>40}",
        lambda secret: "%s" % secret,  # noqa: UP031  # that is what is asked
        lambda secret: str([secret]),
        lambda secret: str({"password": secret}),
        lambda secret: str(ValueError(secret)),
    ],
)
def test_a_secret_masks_itself_wherever_it_is_shown(show: Callable[[Secret], str]) -> None:
    shown = show(Secret(VALUE))
    assert MASK in shown
    assert not any(window in shown for window in windows(VALUE))


@pytest.mark.parametrize(
    "take",
    [
        pickle.dumps,
        lambda secret: pickle.dumps(secret, protocol=0),
        json.dumps,
        copy.copy,
        copy.deepcopy,
        vars,
        list,
        len,
        bytes,
        lambda secret: "password: " + secret,
        lambda secret: " ".join([secret]),
    ],
)
def test_a_secret_cannot_be_taken_out_unseen(take: Callable[[object], object]) -> None:
    with pytest.raises(TypeError):
        take(Secret(VALUE))


def test_a_secret_is_revealed_to_who_asks_for_it() -> None:
    assert Secret(VALUE).reveal() == VALUE


def test_secrets_are_compared_by_their_values_and_never_with_text() -> None:
    assert Secret(VALUE) == Secret(VALUE)
    assert Secret(VALUE) != Secret("other")
    assert Secret(VALUE) != VALUE
    assert len({Secret(VALUE), Secret(VALUE)}) == 1


def test_an_empty_secret_is_false() -> None:
    assert not Secret("")
    assert Secret(" ")


# Redactor


@every_form
@given(value=long_values, before=surroundings, after=surroundings)
@settings(max_examples=30, deadline=None)
def test_no_form_of_a_value_survives(
    spell: Callable[[str], str], value: str, before: str, after: str
) -> None:
    form = spell(value)
    cleaned = Redactor([Secret(value)])(before + form + after)
    assert [window for window in windows(form) if window in cleaned] == []


@every_form
@given(value=long_values, data=st.data())
@settings(max_examples=30, deadline=None)
def test_no_eight_characters_of_a_form_survive(
    spell: Callable[[str], str], value: str, data: st.DataObject
) -> None:
    form = spell(value)
    at = data.draw(st.integers(0, len(form) - WINDOW))
    piece = form[at : at + data.draw(st.integers(WINDOW, len(form)))]
    cleaned = Redactor([Secret(value)])(f"the server said {piece}.")
    assert not any(window in cleaned for window in windows(piece))


@given(value=long_values, user=st.text(characters, max_size=12), after=st.sampled_from(["", '"}', ":x"]))
@settings(max_examples=100, deadline=None)
def test_base64_hides_a_value_at_no_offset(value: str, user: str, after: str) -> None:
    before, bare = f"{user}:".encode(), value.encode()
    encoded = base64.b64encode(before + bare + after.encode()).decode()
    # The characters that are made of bits of the value alone.
    first, last = -(-len(before) * 8 // 6), (len(before) + len(bare)) * 8 // 6
    own = encoded[first:last]
    for form in (encoded, encoded.replace("+", "-").replace("/", "_"), encoded[::-1]):
        cleaned = Redactor([Secret(value)])(f"Authorization: Basic {form}")
        for whole in (own, own.replace("+", "-").replace("/", "_"), own[::-1]):
            assert not any(window in cleaned for window in windows(whole))


@pytest.mark.parametrize("form", ["maple%2ffinch%2b38", "Maple%2ffinch%2b38"[1:]])
def test_lower_case_escapes_of_a_url_are_known_as_well(form: str) -> None:
    assert "finch%2b38" not in Redactor([Secret("maple/finch+38")])(f"GET /token?password={form}")


@given(value=long_values, extra=st.integers(1, 3))
@settings(max_examples=30, deadline=None)
def test_a_value_said_several_times_is_masked_each_time(value: str, extra: int) -> None:
    cleaned = Redactor([Secret(value)])(f" – {value}" * (extra + 1))
    assert not any(window in cleaned for window in windows(value))
    assert MASK in cleaned


def test_a_value_that_is_no_utf8_is_masked() -> None:
    value = b"caf\xe9-maple-finch".decode("utf-8", "surrogateescape")
    redactor = Redactor([Secret(value)])
    for form in (value, value.encode("utf-8", "surrogateescape").decode("utf-8", "replace"), "caf%E9-maple"):
        assert "maple" not in redactor(f"said: {form}")


@given(value=short_values, before=st.sampled_from(["", " ", '"', "=", ": ", "("]))
@settings(max_examples=100, deadline=None)
def test_a_short_value_is_masked_as_a_value(value: str, before: str) -> None:
    after = {'"': '"', "(": ")"}.get(before, "")
    assert Redactor([Secret(value)])(before + value + after) == before + MASK + after


@pytest.mark.parametrize("text", ["github.example", "thub", "hub4", "7hub", "Hub", "HUB"])
def test_a_short_value_inside_a_word_is_a_coincidence(text: str) -> None:
    assert Redactor([Secret("hub")])(text) == text


def test_a_short_value_made_of_punctuation_is_masked_anywhere() -> None:
    assert Redactor([Secret("+/+")])("abc+/+def") == f"abc{MASK}def"


@given(
    value=st.text(string.ascii_uppercase + string.digits, min_size=1, max_size=40),
    text=st.text(string.ascii_lowercase + " .,:/\n"),
)
@settings(max_examples=100, deadline=None)
def test_ordinary_texts_stay_as_they_are(value: str, text: str) -> None:
    redactor = Redactor([Secret(value)])
    assert redactor(text) == text
    assert redactor(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "unauthorized: incorrect username or password",
        "Get https://registry.example.com/v2/: x509: certificate signed by unknown authority",
        "",
        "***",
    ],
)
def test_the_words_of_programs_stay_as_they_are(text: str) -> None:
    assert Redactor([Secret(VALUE), Secret("x1"), Secret("")])(text) == text


def test_seven_characters_of_a_value_are_not_searched_for() -> None:
    assert Redactor([Secret("maple-finch-38")])("maple-f is no secret") == "maple-f is no secret"


def test_a_redactor_without_values_changes_nothing() -> None:
    assert Redactor()(VALUE) == VALUE


def test_a_value_learnt_later_is_masked_from_then_on() -> None:
    redactor = Redactor()
    redactor.add(Secret("registry-token-1234"))
    redactor.add(Secret("registry-token-1234"))
    redactor.add(Secret(""))
    assert redactor("Bearer registry-token-1234") == f"Bearer {MASK}"


def test_a_redactor_knows_what_it_would_mask() -> None:
    redactor = Redactor([Secret(VALUE)])
    assert redactor(f"said {VALUE[3:11]}") == f"said {MASK}"
    assert redactor("said nothing") == "said nothing"


@pytest.mark.parametrize("length", [513, 2400, 48 << 10])
def test_a_value_as_long_as_a_key_file_is_masked_in_every_form(length: int) -> None:
    value = base64.b64encode(bytes(at * 7919 % 251 for at in range(length))).decode()[:length]
    redactor = Redactor([Secret(value)])
    encoded = base64.b64encode(f"_json_key:{value}".encode()).decode()
    for form in (value[:60], value[100:140], quote(value, safe="")[:90], value[::-1][50:90], encoded[60:120]):
        assert redactor(f"said: {form}") == f"said: {MASK}"


@pytest.mark.parametrize("size", [16, 512])
def test_a_megabyte_is_searched_in_the_time_of_a_megabyte(size: int) -> None:
    value = (string.ascii_letters + string.digits)[:50] * 11
    redactor = Redactor([Secret(value[:size])])
    text = ("no secret in here " * 60_000)[: 1 << 20]
    start = time.perf_counter()
    assert redactor(text) == text
    assert time.perf_counter() - start < 10.0


def test_a_text_made_to_nearly_match_takes_no_longer() -> None:
    redactor = Redactor([Secret("a" * 500 + "b")])
    start = time.perf_counter()
    assert "aaaaaaaa" not in redactor("aaaaaaac" * (1 << 17))
    assert time.perf_counter() - start < 10.0


@pytest.mark.parametrize(("length", "size"), [(2400, 16 << 10), (48 << 10, 2 << 10)])
def test_a_key_file_does_not_make_the_search_of_an_answer_slow(length: int, size: int) -> None:
    value = base64.b64encode(bytes(at * 7919 % 251 for at in range(length))).decode()[:length]
    redactor = Redactor([Secret(value)])
    text = ("no secret in here " * 4_000)[:size]
    start = time.perf_counter()
    assert redactor(text) == text
    assert time.perf_counter() - start < 5.0


# visible


ACTING = {
    "\x00": r"\x00",
    "\x07": r"\x07",
    "\x08": r"\x08",
    "\x1b": r"\x1b",
    "\x7f": r"\x7f",
    "\x9b": r"\x9b",
    "\u00ad": r"\xad",
    "\u061c": r"\u061c",
    "\u200b": r"\u200b",
    "\u200d": r"\u200d",
    "\u200e": r"\u200e",
    "\u200f": r"\u200f",
    "\u2028": r"\u2028",
    "\u2029": r"\u2029",
    "\u202a": r"\u202a",
    "\u202e": r"\u202e",
    "\u2060": r"\u2060",
    "\u2066": r"\u2066",
    "\u2069": r"\u2069",
    "\ufeff": r"\ufeff",
    "\udc80": r"\udc80",
    "\U000e0041": r"\U000e0041",
}


@pytest.mark.parametrize("character", ACTING, ids=[f"{ord(character):x}" for character in ACTING])
def test_a_character_that_acts_or_hides_is_shown_as_an_escape(character: str) -> None:
    assert visible(f"a{character}b") == f"a{ACTING[character]}b"
    assert escaped(character) == ACTING[character]
    assert invisible_in(f"a{character}b{character}") == (character,)


def test_whatever_unicode_has_that_acts_or_hides_is_an_escape() -> None:
    """Some letters hide as well: those that Unicode lets a program leave out."""
    left_out = {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, *range(0x180B, 0x1810)}
    left_out |= {*range(0xFE00, 0xFE10), *range(0xFFF0, 0xFFF9), *range(0xE0000, 0xE1000)}
    for point in range(0x110000):
        character = chr(point)
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") or point in left_out:
            assert invisible_in(character) == (character,), hex(point)


@given(st.text(st.characters()))
@settings(max_examples=150, deadline=None)
def test_nothing_that_acts_is_left_in_a_visible_text(text: str) -> None:
    directions = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN"}
    for character in visible(text):
        assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.bidirectional(character) not in directions or ord(character) > 0xFFFF
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    "text", ["", "plain", "übergröße – “quoted” 日本語 🐙", "a\\x1b", "[red]markup[/red]"]
)
def test_an_ordinary_text_is_visible_as_it_is(text: str) -> None:
    assert visible(text) == text


def test_lines_become_one() -> None:
    assert visible("one\r\ntwo\tthree\nfour") == "one two three four"


def test_a_text_that_is_too_long_is_cut_and_says_so() -> None:
    assert visible("x" * 2500) == "x" * 2000 + " … (500 characters more)"
    assert visible("x" * 30, limit=10) == "x" * 10 + " … (20 characters more)"
