"""Owns the peers that put into every field what a terminal, a page or a log would obey, and those that spell
back what they were told."""

from __future__ import annotations

import base64
import html
import json

from tests.lab.hostile.script import BASIC, Asked, Hostile, Words, answer, bearer, by_token, challenge, door, over_tls

ACTING = "\x1b[31m\u202e\u200b\u2066[red]m[/]\x9b2J\x07\ufeff::error::x%0A`|<b>"
"""Escape sequences, a bidirectional override, zero-width characters, Rich's markup, a workflow command."""
_IN_HEADER = ACTING.encode().decode("latin-1")


def _errors(words: str) -> bytes:
    return json.dumps({"errors": [{"code": words, "message": words, "detail": words}]}).encode()


def _oauth(words: str) -> bytes:
    return json.dumps({"details": words, "error": words, "error_description": words}).encode()


_FIELDS = tuple(f"{name}: {_IN_HEADER}" for name in ("Location", "Retry-After", "Server", "X-Github-Sso", "Date"))


def _refusing(asked: Asked) -> Words:
    if not asked.authorization:
        return (challenge(f'Www-Authenticate: Basic realm="{_IN_HEADER}"'),)
    return (answer(_errors(ACTING), f"403 {_IN_HEADER}", *_FIELDS),)


def _refusing_token(asked: Asked) -> Words:
    return (answer(_oauth(ACTING), f"401 {_IN_HEADER}", *_FIELDS),)


def _spelling_back(asked: Asked) -> Words:
    if not asked.authorization:
        return (challenge(BASIC),)
    told = asked.authorization.partition(" ")[2]
    pair = base64.b64decode(told).decode()
    password = pair.partition(":")[2]
    words = f"{asked.authorization} {pair} {password[::-1]} {password[2:14]}"
    headers = (f"Location: /{password}", f"Retry-After: {told}", f"Server: {pair}", f"Content-Language: {password}")
    return (answer(_errors(words), f"403 {words}", *headers),)


def _token_that_is_the_password(asked: Asked) -> Words:
    """Told as token, and then complained of."""
    if asked.wants_token:
        told = base64.b64decode(asked.authorization.partition(" ")[2]).decode()
        return (answer(json.dumps({"token": told.partition(":")[2]}).encode()),)
    if asked.authorization:
        return (answer(_errors(asked.authorization), "403 Forbidden"),)
    return (challenge(bearer(f"https://{asked.host}/token")),)


_PAGE = f"<!doctype html><title>{html.escape(ACTING)}\x1b[1m</title>".encode()

PEERS = (
    Hostile("acts-at-the-door", "not-a-registry", door(answer(_errors(ACTING), f"404 {_IN_HEADER}", *_FIELDS)), says="\\x1b[31m"),
    Hostile("acts-in-a-page", "not-a-registry", door(answer(_PAGE, f"200 {_IN_HEADER}", f"Content-Type: text/html{_IN_HEADER}", *_FIELDS)), says="\\x1b"),
    Hostile("acts-in-an-outage", "registry-unavailable", door(answer(ACTING.encode() * 50, "503 \x1bc", *_FIELDS)), says="\\x1b"),
    Hostile("acts-when-asked-too-often", "rate-limited", door(answer(_errors(ACTING), "429 \x1bc", *_FIELDS)), says="\\x1b"),
    Hostile("acts-in-a-challenge", "not-a-registry", door(challenge(f'Www-Authenticate: {_IN_HEADER} realm="{_IN_HEADER}"', f"Www-Authenticate: Lab realm={_IN_HEADER}"))),
    Hostile("acts-in-a-realm", "realm-not-trusted", door(challenge(bearer(f"https://{_IN_HEADER}/", _IN_HEADER))), check="login"),
    Hostile("acts-at-the-login", "bad-credentials", over_tls(_refusing), check="login", says="\\x1b[31m", logins=1),
    Hostile("acts-at-the-token", "bad-credentials", over_tls(by_token(_refusing_token)), check="login", says="\\x1b[31m", logins=1),
    Hostile("spells-the-password-back", "bad-credentials", over_tls(_spelling_back), check="login", says="***", logins=1),
    Hostile("hands-the-password-out", "bad-credentials", over_tls(_token_that_is_the_password), check="login", logins=1),
)
