"""Owns the peers whose token service misbehaves."""

from __future__ import annotations

import json

from tests.lab.hostile.script import (
    HOLD,
    Hostile,
    answer,
    at_token,
    by_token,
    dripping,
    endless,
    head,
    scripted,
)

_NOT = "not-a-registry"
_LATE = "timeout-overall"
_NO_TOKEN = "there is no token in the answer"
_PART = head("200 OK", "Content-Length: 900")


def _without(name: str, body: bytes) -> Hostile:
    """An answer that holds no token."""
    return at_token(name, _NOT, answer(body), says=_NO_TOKEN)


PEERS = (
    scripted(
        "token-without-end",
        _NOT,
        by_token(lambda asked: endless(head(), b'{"token": "' + b"a" * 4000)),
        "login",
        says=_NO_TOKEN,
        sent=True,
    ),
    scripted(
        "token-dripping", _LATE, by_token(lambda asked: (_PART, *dripping(b"b" * 900))), "login", sent=True
    ),
    at_token("token-that-never-comes", _LATE, HOLD),
    _without("token-of-no-json", b"<html><title>Sign in</title></html>"),
    _without("token-nested-deep", b'{"token":' * 6000),
    _without("token-nested-lists", b"[" * 60000),
    _without("token-of-huge-numbers", b'{"token": ' + b"9" * 50000 + b"}"),
    _without("token-of-a-small-number", b'{"token": 5, "expires_in": 1e400}'),
    _without("token-with-line-ends", b'{"token": "abc\\r\\nX-Injected: yes\\r\\n\\r\\nGET /x HTTP/1.1"}'),
    _without("token-of-ten-megabytes", b'{"token": "' + b"c" * (10 << 20) + b'"}'),
    _without("token-of-fifty-thousand", b'{"token": "' + b"d" * 50000 + b'"}'),
    _without(
        "tokens-by-the-thousand", json.dumps({"token": [f"{at * 7919:012}" for at in range(4000)]}).encode()
    ),
    _without("token-that-is-empty", b'{"token": "", "access_token": ""}'),
    _without("token-of-lists", b'{"token": ["a"], "access_token": {"b": 1}}'),
    _without("token-that-is-null", b"null"),
    _without("token-in-no-ascii", '{"token": "t\u00f6ken\u202e"}'.encode()),
    _without("token-of-nothing", b""),
    at_token("token-twice", "bad-credentials", answer(b'{"token": "one-of-two", "token": "two-of-two"}')),
    at_token("token-refused", "bad-credentials", answer(b"\xff" * 40, "403 \xff")),
    at_token("token-broken-off", "tcp-reset", _PART, b'{"token": "abc', says="in mid-answer"),
    at_token("token-outage", "registry-unavailable", answer(b"\x1b[2J" * 300, "500 \x1b]0;owned\x07")),
    at_token(
        "token-elsewhere",
        _NOT,
        answer(b"", "307 Temporary Redirect", "Location: https://tokens.hostile-too.test/token"),
        says="Location",
    ),
)
