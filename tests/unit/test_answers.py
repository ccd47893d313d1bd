"""What a registry's or a token service's answer means."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdoctor.causes import CAUSES
from regdoctor.checks.answers import evidence_of, refused, refused_at_the_door, words_of
from regdoctor.checks.case import Case
from regdoctor.discovery import discover
from regdoctor.probes.deadline import Deadline
from regdoctor.probes.http import Response
from regdoctor.probes.world import World
from regdoctor.secret import Redactor, Secret
from regdoctor.settings import Settings
from tests.unit.support import PASSWORD, a_set, secrets, windows


def answer(body: object, status: int = 401, reason: str = "Unauthorized", **headers: str) -> Response:
    raw = (
        body
        if isinstance(body, bytes)
        else body.encode()
        if isinstance(body, str)
        else json.dumps(body).encode()
    )
    return Response(
        status, reason, tuple((name.replace("_", "-"), value) for name, value in headers.items()), raw
    )


def case_of(server: str = "registry.example.com", password: str = PASSWORD) -> Case:
    world = World(Settings(), {}, Redactor([Secret(password)]))
    (secret_set,) = discover(secrets(a_set(server, password=password))).sets
    return Case(secret_set, None, Settings(), world, Deadline.after(5))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        # distribution, and all that speak its API
        (
            {"errors": [{"code": "UNAUTHORIZED", "message": "authentication required", "detail": None}]},
            "UNAUTHORIZED: authentication required",
        ),
        (
            {
                "errors": [
                    {
                        "code": "DENIED",
                        "message": "requested access is denied",
                        "detail": [{"Type": "repository"}],
                    }
                ]
            },
            "DENIED: requested access is denied",
        ),
        (
            {"errors": [{"code": "UNAUTHORIZED", "message": "refused", "detail": "see the documentation"}]},
            "UNAUTHORIZED: refused: see the documentation",
        ),
        ({"errors": [{"code": "A", "message": "one"}, {"code": "B", "message": "two"}]}, "A: one; B: two"),
        ({"errors": ["plain words"]}, "plain words"),
        # Docker Hub's token service
        ({"details": "incorrect username or password"}, "incorrect username or password"),
        # OAuth
        (
            {"error": "invalid_grant", "error_description": "the token is too old"},
            "the token is too old; invalid_grant",
        ),
        ({"error": "unauthorized"}, "unauthorized"),
        ({"message": "Not Found"}, "Not Found"),
        # web pages
        (
            "<html><head><title>  502 Bad\n Gateway </title></head></html>",
            'a web page titled "502 Bad Gateway"',
        ),
        ("<!DOCTYPE html><TITLE lang=en>Sign in</TITLE>", 'a web page titled "Sign in"'),
        ("<!doctype html><p>hello", "a web page"),
        # plain text
        ("404 page not found\n", "404 page not found"),
        ("one\n\n two\tthree", "one two three"),
        ("", ""),
        ("{}", "{}"),
        ("null", "null"),
        (b"\xff\xfe\x00bin", "\ufffd\ufffd\x00bin"),
    ],
)
def test_the_words_of_an_answer_are_found(body: object, words: str) -> None:
    assert words_of(answer(body)) == words


@pytest.mark.parametrize(
    "body",
    [
        {"errors": []},
        {"errors": {}},
        {"errors": "broken"},
        {"errors": [None, 1, [], {}]},
        {"errors": [{"code": 1, "message": None}]},
        {"message": 7},
        {"message": {"deep": True}},
        [1, 2, 3],
        "[" * 100_000,
        '{"errors":' * 50_000,
        b"\x00" * 1000,
        "\ud83d"[:0],
    ],
)
def test_a_strange_answer_breaks_nothing(body: object) -> None:
    assert len(words_of(answer(body))) <= 400


def test_long_words_are_cut() -> None:
    assert len(words_of(answer({"message": "x" * 5000}))) == 400
    assert len(words_of(answer("x" * 5000))) == 400


@pytest.mark.parametrize(
    "body", ["<title>" * 200_000, "<html" * 200_000, "x" * (1 << 20), "<title " * 150_000, " " * (1 << 20)]
)
def test_a_megabyte_is_read_in_no_time(body: str) -> None:
    start = time.perf_counter()
    words_of(answer(body))
    assert time.perf_counter() - start < 5.0


@given(body=st.binary(), status=st.integers(100, 999), reason=st.text())
@settings(max_examples=120, deadline=None)
def test_no_answer_breaks_the_judgement(body: bytes, status: int, reason: str) -> None:
    case = case_of()
    for finding in (
        refused(case, answer(body, status, reason), "h"),
        refused_at_the_door(case, answer(body, status, reason)),
    ):
        assert finding.cause in CAUSES
        assert finding.evidence


@pytest.mark.parametrize(
    ("status", "cause"),
    [
        (301, "not-a-registry"),
        (302, "not-a-registry"),
        (400, "not-a-registry"),
        (403, "firewall-denied"),
        (404, "not-a-registry"),
        (405, "not-a-registry"),
        (407, "proxy-auth-required"),
        (408, "timeout-overall"),
        (410, "registry-retired"),
        (418, "unknown"),
        (429, "rate-limited"),
        (500, "registry-unavailable"),
        (502, "registry-unavailable"),
        (503, "registry-unavailable"),
        (504, "registry-unavailable"),
    ],
)
def test_a_status_without_words_has_a_meaning_at_the_door(status: int, cause: str) -> None:
    assert refused_at_the_door(case_of(), answer("", status, "")).cause == cause


@pytest.mark.parametrize(
    ("status", "cause", "also"),
    [
        (400, "bad-credentials", ()),
        (401, "bad-credentials", ()),
        (403, "bad-credentials", ("firewall-denied",)),
        (404, "not-a-registry", ()),
        (429, "rate-limited", ()),
        (500, "registry-unavailable", ()),
        (503, "registry-unavailable", ()),
    ],
)
def test_a_status_without_words_has_a_meaning_after_a_login(
    status: int, cause: str, also: tuple[str, ...]
) -> None:
    finding = refused(case_of(), answer("", status, ""), "auth.example.com")
    assert (finding.cause, finding.also_possible) == (cause, also)


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        ({"errors": [{"code": "UNAUTHORIZED", "message": "the access token has expired"}]}, "token-expired"),
        ({"details": "incorrect username or password"}, "bad-credentials"),
        ({"details": "too many failed login attempts for username or IP address"}, "account-locked"),
        ({"errors": [{"code": "TOOMANYREQUESTS", "message": "slow down"}]}, "rate-limited"),
        (
            {"errors": [{"code": "DENIED", "message": "client with IP '203.0.113.7' is not allowed access"}]},
            "firewall-denied",
        ),
        (
            {"errors": [{"code": "DENIED", "message": "The token provided does not match expected scopes."}]},
            "missing-scope",
        ),
    ],
)
def test_words_say_more_than_a_status(body: object, cause: str) -> None:
    assert refused(case_of(), answer(body, 403, "Forbidden"), "auth.example.com").cause == cause


def test_the_error_of_a_challenge_is_read_as_well() -> None:
    response = answer("", 401, WWW_Authenticate='Bearer realm="https://h/t",error="insufficient_scope"')
    assert refused(case_of(), response, "h").cause == "missing-scope"


def test_an_outage_is_one_whatever_its_words() -> None:
    body = {"message": "unauthorized: incorrect username or password"}
    assert refused(case_of(), answer(body, 503, "Service Unavailable"), "h").cause == "registry-unavailable"


def test_the_evidence_says_who_answered_what() -> None:
    lines = evidence_of(
        case_of(), answer({"message": "slow down"}, 429, "Too Many Requests", Retry_After="60")
    )
    assert lines == (
        "registry.example.com answered HTTP 429 Too Many Requests",
        "its words: slow down",
        "Retry-After: 60",
    )


def test_the_evidence_names_the_host_that_was_asked() -> None:
    assert evidence_of(case_of(), answer("", 401, ""), "auth.example.com") == (
        "auth.example.com answered HTTP 401",
    )


def test_a_password_that_is_said_back_is_not_shown() -> None:
    body = {"errors": [{"code": "UNAUTHORIZED", "message": f"octocat:{PASSWORD} is wrong"}]}
    finding = refused(case_of(), answer(body, 401, PASSWORD, Location=f"/x?p={PASSWORD}"), "h")
    shown = " ".join((finding.title, finding.explanation, *finding.evidence))
    assert not any(window in shown for window in windows(PASSWORD))
    assert "is wrong" in shown


def test_an_escape_sequence_is_shown_and_not_obeyed() -> None:
    finding = refused(case_of(), answer({"message": "\x1b[2J\u202egone"}), "h")
    shown = " ".join((finding.title, finding.explanation, *finding.evidence))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\\x1b[2J\\u202egone" in shown


def test_a_password_does_not_survive_where_words_are_cut() -> None:
    # The cut must not leave a part of the password that is too short to be found.
    for at in range(380, 400):
        finding = refused(case_of(), answer({"message": "x" * at + PASSWORD}), "h")
        shown = " ".join((finding.title, finding.explanation, *finding.evidence))
        assert not any(window in shown for window in windows(PASSWORD))
