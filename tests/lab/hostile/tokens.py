"""Owns the peers whose token service misbehaves."""

from __future__ import annotations

import json

from tests.lab.hostile.script import (
    HOLD,
    Asked,
    Hostile,
    Words,
    answer,
    by_token,
    challenge,
    endless,
    head,
    over_tls,
    token_service,
    dripping,
)

_NO_TOKEN = "there is no token in the answer"


def _token(body: bytes) -> bytes:
    return answer(body)


def _without(name: str, body: bytes) -> Hostile:
    return Hostile(name, "not-a-registry", token_service(_token(body)), check="login", says=_NO_TOKEN, logins=1)


def _granting(asked: Asked) -> Words:
    """A token that the registry itself does not take."""
    return (_token(b'{"token": "first-of-two-tokens", "token": "second-of-two-tokens"}'),)


PEERS = (
    Hostile("token-endless", "not-a-registry", over_tls(by_token(lambda asked: endless(head(), b'{"token": "' + b"a" * 4000))), check="login", says=_NO_TOKEN, logins=1),
    Hostile("token-dripping", "timeout-overall", over_tls(by_token(lambda asked: (head("200 OK", "Content-Length: 900"), *dripping(b"b" * 900)))), check="login", logins=1),
    Hostile("token-that-never-comes", "timeout-overall", token_service(HOLD), check="login", logins=1),
    _without("token-of-no-json", b"<html><title>Sign in</title></html>"),
    _without("token-nested-deep", b'{"token":' * 6000),
    _without("token-nested-lists", b"[" * 60000),
    _without("token-of-huge-numbers", b'{"token": ' + b"9" * 50000 + b"}"),
    _without("token-of-a-small-number", b'{"token": 5, "expires_in": 1e400}'),
    _without("token-with-line-ends", b'{"token": "abc\\r\\nX-Injected: yes\\r\\n\\r\\nGET /x HTTP/1.1"}'),
    _without("token-of-ten-megabytes", b'{"token": "' + b"c" * (10 << 20) + b'"}'),
    _without("token-of-fifty-thousand", b'{"token": "' + b"d" * 50000 + b'"}'),
    _without("token-empty", b'{"token": "", "access_token": ""}'),
    _without("token-of-a-list", json.dumps({"token": ["a"], "access_token": {"b": 1}}).encode()),
    _without("token-null", b"null"),
    _without("token-in-no-ascii", '{"token": "t\u00f6ken\u202e"}'.encode()),
    _without("token-of-nothing", b""),
    Hostile("token-twice", "bad-credentials", over_tls(by_token(_granting)), check="login", logins=1),
    Hostile("token-elsewhere", "not-a-registry", token_service(answer(b"", "307 Temporary Redirect", "Location: https://tokens.hostile-too.test/token")), check="login", says="Location", logins=1),
    Hostile("token-broken-off", "tcp-reset", token_service(head("200 OK", "Content-Length: 400"), b'{"token": "abc'), check="login", says="in mid-answer", logins=1),
    Hostile("token-outage", "registry-unavailable", token_service(answer(b"\x1b[2J" * 300, "500 \x1b]0;owned\x07")), check="login", logins=1),
)
