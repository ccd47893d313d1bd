"""The WWW-Authenticate header, as registries write it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdoctor.challenge import LIMIT, MOST, Challenge, read_challenges

BEARER = Challenge(
    "bearer", (("realm", "https://auth.example.com/token"), ("service", "registry.example.com"))
)
BASIC = Challenge("basic", (("realm", "Registry"),))


@pytest.mark.parametrize(
    "header",
    [
        'Bearer realm="https://auth.example.com/token",service="registry.example.com"',
        'bearer Realm="https://auth.example.com/token", Service="registry.example.com"',
        "BEARER realm=https://auth.example.com/token, service=registry.example.com",
        'Bearer realm = "https://auth.example.com/token" , service = "registry.example.com"',
        '  Bearer\trealm="https://auth.example.com/token",\r\n service="registry.example.com"  ',
        'Bearer realm="https://auth.example.com/token" service="registry.example.com"',
        ',Bearer realm="https://auth.example.com/token",,service="registry.example.com",',
    ],
)
def test_a_bearer_challenge_is_read_however_it_is_written(header: str) -> None:
    assert read_challenges([header]) == (BEARER,)


def test_the_unquoted_challenge_of_ibm_is_read() -> None:
    (challenge,) = read_challenges(["Bearer realm=https://us.icr.io/oauth/token, service=registry"])
    assert (challenge.realm, challenge.service) == ("https://us.icr.io/oauth/token", "registry")


def test_an_unquoted_realm_may_hold_a_query() -> None:
    (challenge,) = read_challenges(["Bearer realm=https://h.example/token?a=b&c=d,service=x"])
    assert (challenge.realm, challenge.service) == ("https://h.example/token?a=b&c=d", "x")


def test_a_quoted_value_may_hold_commas_equals_signs_and_escaped_quotes() -> None:
    (challenge,) = read_challenges([r'Basic realm="a, b=\"c\" \\ Bearer x=y"'])
    assert challenge == Challenge("basic", (("realm", r'a, b="c" \ Bearer x=y'),))


def test_an_empty_value_is_a_value() -> None:
    (challenge,) = read_challenges(['Bearer realm="",service=""'])
    assert challenge.parameters == (("realm", ""), ("service", ""))


@pytest.mark.parametrize(
    "headers",
    [
        (
            'Bearer realm="https://auth.example.com/token",service="registry.example.com"',
            'Basic realm="Registry"',
        ),
        (
            'Bearer realm="https://auth.example.com/token",service="registry.example.com",'
            'Basic realm="Registry"',
        ),
        (
            'Bearer realm="https://auth.example.com/token",service="registry.example.com", '
            "Basic realm=Registry",
        ),
    ],
)
def test_several_challenges_are_told_apart(headers: tuple[str, ...]) -> None:
    assert read_challenges(headers) == (BEARER, BASIC)


def test_schemes_without_parameters_are_challenges() -> None:
    found = read_challenges(["Negotiate, NTLM", 'Basic realm="Registry"'])
    assert [challenge.scheme for challenge in found] == ["negotiate", "ntlm", "basic"]
    assert found[-1] == BASIC


def test_errors_in_a_challenge_are_parameters() -> None:
    header = 'Bearer realm="https://h/t",error="insufficient_scope",scope="repository:octo/app:pull"'
    (challenge,) = read_challenges([header])
    assert challenge.parameter("error") == "insufficient_scope"
    assert challenge.parameter("scope") == "repository:octo/app:pull"
    assert challenge.parameter("missing") == ""


def test_the_first_of_two_values_counts() -> None:
    (challenge,) = read_challenges(['Bearer realm="one",realm="two"'])
    assert challenge.realm == "one"


@pytest.mark.parametrize(
    "headers", [(), ("",), ("   ", ","), ('realm="https://h/t"',), ('"', "="), ("\0\x1b",)]
)
def test_garbage_is_no_challenge(headers: tuple[str, ...]) -> None:
    assert read_challenges(headers) == ()


def test_a_quote_that_is_never_closed_breaks_nothing() -> None:
    found = read_challenges(['Bearer realm="https://h/t,service=x'])
    assert [challenge.scheme for challenge in found][:1] == ["bearer"]


def test_there_is_an_end_to_the_challenges_that_are_read() -> None:
    assert len(read_challenges(["Basic, " * 1000])) < 50


@pytest.mark.parametrize(
    "header",
    [
        "Bearer " + "a" * (1 << 20),
        'Bearer realm="' + "\\" * (1 << 20),
        "Bearer " + 'a="b",' * (1 << 17),
        "," * (1 << 20),
        " " * (1 << 20),
        "=" * (1 << 20),
        "a =" * (1 << 18),
    ],
    ids=["word", "escapes", "parameters", "commas", "spaces", "equals signs", "names"],
)
def test_a_megabyte_is_read_in_no_time(header: str) -> None:
    start = time.perf_counter()
    read_challenges([header])
    assert time.perf_counter() - start < 2.0


def test_headers_are_read_up_to_a_length_that_they_share() -> None:
    padding = "Basic realm=" + "x" * (LIMIT // 2)
    challenges = read_challenges([padding, "Bearer realm=a", padding, "Digest realm=b"])
    assert [each.scheme for each in challenges] == ["basic", "bearer", "basic"]


def test_a_flood_of_challenges_is_cut() -> None:
    assert len(read_challenges(["Basic realm=a, " * 100] * 100)) == MOST


@pytest.mark.parametrize("nonsense", ["@", "nonsense@", '"nonsense"', "a@b@c@", "=", ",@,"])
def test_what_is_none_is_passed_over(nonsense: str) -> None:
    assert [each.scheme for each in read_challenges([f"{nonsense} Basic realm=a"])] == ["basic"]


pieces = st.lists(
    st.sampled_from(
        ["Bearer", "Basic", " ", ",", "=", '"', "\\", "realm", "service", "https://h/t", "é", "\t", "\n"]
    )
).map("".join)


@given(st.lists(st.one_of(st.text(), pieces), max_size=4))
@settings(max_examples=120, deadline=None)
def test_no_header_breaks_the_reader(headers: list[str]) -> None:
    start = time.perf_counter()
    for challenge in read_challenges(headers):
        assert challenge.scheme == challenge.scheme.lower() != ""
        assert all(isinstance(part, str) for pair in challenge.parameters for part in pair)
    assert time.perf_counter() - start < 1.0


words = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8)
quoted = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=20)


@given(st.lists(st.tuples(words, st.lists(st.tuples(words, quoted), min_size=1, max_size=3)), max_size=4))
@settings(deadline=None)
def test_what_is_written_by_the_rules_is_read_back(written: list[tuple[str, list[tuple[str, str]]]]) -> None:
    def quote(value: str) -> str:
        return value.replace("\\", "\\\\").replace('"', '\\"')

    header = ", ".join(
        f"{scheme} " + ", ".join(f'{name}="{quote(value)}"' for name, value in parameters)
        for scheme, parameters in written
    )
    assert read_challenges([header]) == tuple(
        Challenge(scheme, tuple(parameters)) for scheme, parameters in written
    )
