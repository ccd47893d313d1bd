"""What keeps a text from being a key file of Google's, in words that end a sentence."""

from __future__ import annotations

import base64
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdoctor.causes import CAUSES
from regdoctor.registries.credentials import credential_of
from regdoctor.registries.google import ENCODED_USER, KEY_USER, judge, problem_of_key
from regdoctor.registries.judgement import Values
from tests.unit.examples import GOOGLE_FIELDS, GOOGLE_KEY, in_base64
from tests.unit.support import a_set, diagnose, only_set

COMPACT = json.dumps(GOOGLE_FIELDS, separators=(",", ":"))
PEM = GOOGLE_FIELDS["private_key"]
WRAPPED = base64.encodebytes(GOOGLE_KEY.encode()).decode()
"""As `base64` of GNU and of OpenSSL lay it out, in lines of 76."""


def key(**changed: object) -> str:
    """The key file with some fields changed."""
    return json.dumps(GOOGLE_FIELDS | changed, indent=2)


def without(*fields: str) -> str:
    """The key file without some fields."""
    return json.dumps({name: value for name, value in GOOGLE_FIELDS.items() if name not in fields})


def problem(text: str, user: str = KEY_USER) -> str | None:
    """What the rules say of a password of this user."""
    found = judge(Values("gcr.io", user, text, credential_of(user, text)))
    if not found:
        return None
    (trouble,) = found
    assert trouble.cause == "gcp-bad-json-key"
    told = dict(trouble.facts)["problem"]
    assert_ends_a_sentence(told)
    return told


def assert_ends_a_sentence(told: str) -> None:
    """Fail unless a problem can end the sentence "What X holds is …."."""
    assert told.startswith(("a ", "an ", "the ", "something ", "JSON, "))
    assert told == told.strip()
    assert told[-1] not in ".:;,"
    assert "  " not in told
    assert "\n" not in told
    assert len(told) < 120
    sentence = CAUSES["gcp-bad-json-key"].explanation.format(problem=told, password_variable="X")
    assert f"What X holds is {told}. " in sentence


# Whole files


WHOLE = {
    "as downloaded": GOOGLE_KEY,
    "on one line": COMPACT,
    "with spaces on one line": json.dumps(GOOGLE_FIELDS),
    "with tabs": json.dumps(GOOGLE_FIELDS, indent="\t"),
    "without its last line end": GOOGLE_KEY.rstrip(),
    "with more line ends": f"\n\n{GOOGLE_KEY}\n\n",
    "with the line ends of Windows": GOOGLE_KEY.replace("\n", "\r\n"),
    "in another order": json.dumps(dict(reversed(GOOGLE_FIELDS.items())), indent=2),
    "with another field": key(note='a "quoted" word and a { brace'),
    "with a key of the older form": key(private_key=PEM.replace("PRIVATE KEY", "RSA PRIVATE KEY")),
    "with a key without its last line end": key(private_key=PEM.rstrip()),
    "with escaped characters": json.dumps(GOOGLE_FIELDS | {"project_id": "öcto"}),
    "of another universe": key(universe_domain="example.com"),
}


@pytest.mark.parametrize("text", WHOLE.values(), ids=list(WHOLE))
def test_a_whole_file_has_no_problem(text: str) -> None:
    assert problem_of_key(text) is None
    assert problem(in_base64(text), ENCODED_USER) is None


@given(
    st.text(st.characters(codec="utf-8")),
    st.dictionaries(
        st.text(max_size=8), st.one_of(st.text(max_size=8), st.integers(), st.none()), max_size=4
    ),
    st.sampled_from([None, 2, "\t"]),
)
@settings(max_examples=60, deadline=None)
def test_a_whole_file_has_no_problem_whatever_else_stands_in_it(
    project: str, more: dict[str, object], indent: int | str | None
) -> None:
    text = json.dumps({**more, **GOOGLE_FIELDS, "project_id": project}, indent=indent)
    # A field of an OAuth client's file would make it one.
    assert problem_of_key(text) is None


# Broken files


@given(st.integers(0, len(GOOGLE_KEY.rstrip()) - 1))
@settings(max_examples=200, deadline=None)
def test_a_file_that_was_cut_anywhere_is_never_whole(at: int) -> None:
    assert problem_of_key(GOOGLE_KEY[:at]) is not None
    assert problem_of_key(COMPACT[: min(at, len(COMPACT) - 1)]) is not None
    assert problem_of_key(GOOGLE_KEY[at + 1 :]) is not None


@pytest.mark.parametrize("at", [1, 2, 10, 60, 300, 1000, len(GOOGLE_KEY) - 3])
def test_a_file_that_was_cut_breaks_off_before_its_end(at: int) -> None:
    assert problem(GOOGLE_KEY[:at]) == "a key file that breaks off before its end"


@given(st.integers(1, len(in_base64(GOOGLE_KEY)) - 5))
@settings(max_examples=100, deadline=None)
def test_base64_that_was_cut_anywhere_is_never_whole(at: int) -> None:
    assert problem(in_base64(GOOGLE_KEY)[:at], ENCODED_USER) is not None


@given(st.integers(0, len(COMPACT) - 1), st.integers(1, 200))
@settings(max_examples=120, deadline=None)
def test_a_file_that_lost_a_part_of_its_middle_breaks_no_judgement(at: int, size: int) -> None:
    told = problem_of_key(COMPACT[:at] + COMPACT[at + size :])
    if told is not None:
        assert_ends_a_sentence(told)


PROBLEMS: tuple[tuple[str, str, str], ...] = (
    ("real line ends", GOOGLE_KEY.replace("\\n", "\n"), "real line ends where \\n has to stand"),
    ("real line ends on one line", COMPACT.replace("\\n", "\n"), "real line ends where \\n has to stand"),
    ("real line ends of Windows", GOOGLE_KEY.replace("\\n", "\r\n"), "real line ends where \\n"),
    ("backslashes before the quotes", GOOGLE_KEY.replace('"', '\\"'), "backslashes before them"),
    ("backslashes on one line", COMPACT.replace('"', '\\"'), "backslashes before them"),
    ("a string in a string", json.dumps(GOOGLE_KEY), "the key file as a string in quotes"),
    ("a string without its quotes", json.dumps(GOOGLE_KEY)[1:-1], "backslashes before them"),
    ("quotes around", f'"{GOOGLE_KEY}"', "the key file as a string in quotes"),
    ("no quotes, as a shell leaves it", COMPACT.replace('"', ""), "lost its double quotes"),
    ("no quotes, in lines", GOOGLE_KEY.replace('"', ""), "lost its double quotes"),
    ("single quotes inside", GOOGLE_KEY.replace('"', "'"), "lost its double quotes"),
    ("as Python prints it", str(GOOGLE_FIELDS), "lost its double quotes"),
    ("curly quotes", GOOGLE_KEY.replace('"', "”"), "no valid JSON (line 2"),
    ("a comma too many", GOOGLE_KEY.rstrip()[:-2] + ",\n}", "no valid JSON (line"),
    ("two files", GOOGLE_KEY + GOOGLE_KEY, "no valid JSON (line"),
    ("half a key", key(private_key=PEM[:200]), "whose private_key is not whole"),
    ("the end of a key", key(private_key=PEM[200:]), "whose private_key is not whole"),
    ("a key without headings", key(private_key="MIIEvQIBADANBg=="), "whose private_key is not whole"),
    ("backslashes twice", GOOGLE_KEY.replace("\\n", "\\\\n"), "whose private_key is not whole"),
    ("a key that lost its line ends", GOOGLE_KEY.replace("\\n", ""), "whose private_key is not whole"),
    ("a certificate", key(private_key=PEM.replace("PRIVATE KEY", "CERTIFICATE")), "is not whole"),
    ("no private key", without("private_key"), "lacks private_key"),
    ("no id", without("private_key_id"), "lacks private_key_id"),
    ("no e-mail", without("client_email"), "lacks client_email"),
    ("an empty private key", key(private_key=""), "lacks private_key"),
    ("null for a private key", key(private_key=None), "lacks private_key"),
    ("an array for a private key", key(private_key=[PEM]), "lacks private_key"),
    (
        "only the type",
        '{"type": "service_account"}',
        "lacks private_key_id and private_key and client_email",
    ),
    ("a person's login", '{"type": "authorized_user", "refresh_token": "1//x"}', "the login of a person"),
    ("a workload identity", '{"type": "external_account", "audience": "//iam"}', "holds no key"),
    ("an OAuth client", '{"installed": {"client_id": "x"}}', "an OAuth client's file"),
    ("an OAuth client on the web", '{"web": {"client_id": "x"}}', "an OAuth client's file"),
    ("an impersonation", '{"type": "impersonated_service_account"}', "not the key of a service account"),
    ("another JSON", '{"auths": {"gcr.io": {}}}', "not the key of a service account"),
    ("an empty object", "{}", "not the key of a service account"),
    ("a type that is no text", '{"type": ["service_account"]}', "not the key of a service account"),
    ("a type in another case", key(type="Service_Account"), "not the key of a service account"),
    ("no type", without("type"), "not the key of a service account"),
    ("the private key alone", PEM, "begins with {"),
    ("a path", "/home/mona/key.json", "begins with {"),
    ("a file's name", "key.json", "begins with {"),
    ("the key's id", GOOGLE_FIELDS["private_key_id"], "begins with {"),
    ("an array", f"[{GOOGLE_KEY}]", "begins with {"),
    ("base64", in_base64(GOOGLE_KEY), "begins with {"),
    ("nothing", "", "begins with {"),
    ("a password", "quartz-Velvet7+Onion", "begins with {"),
    ("deep objects", '{"type":' * 100_000, "key file"),
    ("deep arrays", '{"type":' + "[" * 100_000 + "]" * 100_000 + "}", "key file"),
    ("an endless number", '{"type": ' + "1" * 5000 + "}", ""),
    ("an endless number after a line end", '{"type": "\n", "a": ' + "1" * 5000 + "}", ""),
)


@pytest.mark.parametrize(("text", "words"), [row[1:] for row in PROBLEMS], ids=[row[0] for row in PROBLEMS])
def test_a_broken_file_is_told_by_what_broke_it(text: str, words: str) -> None:
    told = problem(text)
    assert told is not None
    assert words in told


@pytest.mark.parametrize(("text", "words"), [row[1:] for row in PROBLEMS], ids=[row[0] for row in PROBLEMS])
def test_a_problem_shows_nothing_of_the_file(text: str, words: str) -> None:
    told = problem_of_key(text) or ""
    for secret in (GOOGLE_FIELDS["private_key_id"], GOOGLE_FIELDS["client_email"], "MIIEvQIBADANBg"):
        assert secret not in told


ENCODED: tuple[tuple[str, str, str | None], ...] = (
    ("on one line", in_base64(GOOGLE_KEY), None),
    ("in lines", WRAPPED, None),
    ("in lines of Windows", WRAPPED.replace("\n", "\r\n"), None),
    ("without its last signs", in_base64(GOOGLE_KEY).rstrip("="), None),
    ("with spaces around", f" {in_base64(GOOGLE_KEY)}\n", None),
    ("twice", in_base64(in_base64(GOOGLE_KEY)), "a key file that is encoded twice"),
    ("twice, in lines", in_base64(WRAPPED), "a key file that is encoded twice"),
    (
        "of half a file",
        in_base64(GOOGLE_KEY[:500]),
        "the base64 of a key file that breaks off before its end",
    ),
    ("cut", in_base64(GOOGLE_KEY)[:500], "the base64 of a key file that breaks off before its end"),
    ("of real line ends", in_base64(GOOGLE_KEY.replace("\\n", "\n")), "the base64 of a key file whose"),
    ("of a string", in_base64(json.dumps(GOOGLE_KEY)), "the base64 of the key file as a string in quotes"),
    ("of a person's login", in_base64('{"type": "authorized_user"}'), "the base64 of the login of a person"),
    ("of a path", in_base64("/home/mona/key.json"), "the base64 of something other"),
    ("of binary", base64.b64encode(b"\xff\xfe\x00" * 40).decode(), "something other than the base64"),
    ("not at all", GOOGLE_KEY, "something other than the base64"),
    ("of another alphabet", base64.urlsafe_b64encode(b'{"a": "\xc3\xbf~~~???"}').decode(), "something other"),
    ("of one character too few", in_base64(GOOGLE_KEY)[:501], "something other than the base64"),
    ("a file's name", "key.json", "something other than the base64"),
    ("a key's id", GOOGLE_FIELDS["private_key_id"], "something other than the base64"),
    ("of nothing", "", "something other"),
    ("of other letters", "ключ", "something other than the base64"),
    ("of something deep", in_base64('{"type":' * 100_000), "key file"),
)


@pytest.mark.parametrize(("text", "words"), [row[1:] for row in ENCODED], ids=[row[0] for row in ENCODED])
def test_the_base64_of_a_file_is_looked_into(text: str, words: str | None) -> None:
    told = problem(text, ENCODED_USER)
    assert told is None if words is None else words in (told or "")


def test_a_file_that_cannot_be_read_costs_no_check() -> None:
    for text in (
        '{"type": ' + "1" * 5000 + "}",
        '{"type": "\n", "a": ' + "1" * 5000 + "}",
        '{"type":' * 5000,
    ):
        for user, password in ((KEY_USER, text), (ENCODED_USER, in_base64(text))):
            result = only_set(diagnose(a_set("gcr.io", user, password)))
            assert [check.name for check in result.checks if check.status == "crashed"] == []


LARGE = {
    "braces": "{" * 48_000,
    "braces and spaces": "{ " * 24_000,
    "braces and quotes": '{"' * 24_000,
    "backslashes": "{" + "\\" * 48_000,
    "spaces after a brace": "{" + " " * 48_000,
    "spaces": " " * 48_000,
    "letters": "A" * 48_000,
    "headings": key(private_key="-----BEGIN PRIVATE KEY----- " * 1600),
    "ends": key(private_key="-----BEGIN PRIVATE KEY-----\n" + "-----END PRIVATE KEY-----x" * 1600),
    "a key of spaces": key(private_key="-----BEGIN PRIVATE KEY-----" + " " * 46_000),
}
"""As large as a secret may be."""


@pytest.mark.parametrize("text", LARGE.values(), ids=list(LARGE))
def test_a_large_value_is_judged_in_no_time(text: str) -> None:
    start = time.perf_counter()
    problem_of_key(text)
    problem(text, ENCODED_USER)
    assert time.perf_counter() - start < 2.0


@given(
    st.one_of(st.text(), st.text().map(lambda text: f"{{{text}}}"), st.text().map(lambda text: f'{{"{text}'))
)
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_the_judgement(text: str) -> None:
    for user in (KEY_USER, ENCODED_USER):
        problem(text, user)
