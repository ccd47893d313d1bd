"""Owns the peers that put into every field what a terminal, a page or a log would obey, and those that spell
back what they were told."""

from __future__ import annotations

import base64
import html
import json

from tests.lab.hostile.script import (
    BASIC,
    Asked,
    Words,
    answer,
    at_door,
    bearer,
    by_token,
    challenge,
    scripted,
)

ACTING = "\x1b[31m\u202e\u200b\u2066[red]m[/]\x9b2J\x07\ufeff::error::x%0A`|<b>"
"""Escape sequences, a bidirectional override, zero-width characters, Rich's markup, a workflow command."""
_LINE = ACTING.encode().decode("latin-1")
_FIELDS = tuple(f"{name}: {_LINE}" for name in ("Location", "Retry-After", "Server", "X-Github-Sso", "Date"))
_SHOWN = "\\x1b[31m"
"""How they begin where they are shown and not obeyed."""


def _errors(words: str) -> bytes:
    return json.dumps({"errors": [{"code": words, "message": words, "detail": words}]}).encode()


def _refusing(asked: Asked) -> Words:
    if not asked.authorization:
        return (challenge(f'Www-Authenticate: Basic realm="{_LINE}"'),)
    return (answer(_errors(ACTING), f"403 {_LINE}", *_FIELDS),)


def _refusing_token(asked: Asked) -> Words:
    body = json.dumps(dict.fromkeys(("details", "error", "error_description"), ACTING)).encode()
    return (answer(body, f"401 {_LINE}", *_FIELDS),)


def _spelling_back(asked: Asked) -> Words:
    if not asked.authorization:
        return (challenge(BASIC),)
    told = asked.authorization.partition(" ")[2]
    pair = base64.b64decode(told).decode()
    password = pair.partition(":")[2]
    words = f"{asked.authorization} {pair} {password[::-1]} {password[2:14]}"
    headers = (f"Location: /{password}", f"Retry-After: {told}", f"Server: {pair}", f"Date: {password}")
    return (answer(_errors(words), f"403 {words}", *headers),)


def _handing_out(asked: Asked) -> Words:
    """The password as token, and then a complaint about it."""
    if asked.for_token:
        pair = base64.b64decode(asked.authorization.partition(" ")[2]).decode()
        return (answer(json.dumps({"token": pair.partition(":")[2]}).encode()),)
    if asked.authorization:
        return (answer(_errors(asked.authorization), "403 Forbidden"),)
    return (challenge(bearer(f"https://{asked.host}/token")),)


_PAGE = f"<!doctype html><title>{html.escape(ACTING)}</title>".encode()
_ASKING = (f'Www-Authenticate: {_LINE} realm="{_LINE}"', f"Www-Authenticate: Lab realm={_LINE}")
_LEADING = (challenge(bearer(f"https://{_LINE}/", _LINE)),)
_BAD = "bad-credentials"

PEERS = (
    at_door(
        "acts-at-the-door", "not-a-registry", answer(_errors(ACTING), f"404 {_LINE}", *_FIELDS), says=_SHOWN
    ),
    at_door("acts-in-a-page", "not-a-registry", answer(_PAGE, f"200 {_LINE}", *_FIELDS), says=_SHOWN),
    at_door(
        "acts-in-an-outage", "registry-unavailable", answer(ACTING.encode() * 50, "503 \x1bc"), says=_SHOWN
    ),
    at_door(
        "acts-when-asked-too-often",
        "rate-limited",
        answer(_errors(ACTING), "429 \x1bc", *_FIELDS),
        says=_SHOWN,
    ),
    at_door("acts-in-a-challenge", "not-a-registry", challenge(*_ASKING)),
    scripted("acts-in-a-realm", "realm-not-trusted", lambda asked: _LEADING, "login", says="cannot be read"),
    scripted("acts-at-the-login", _BAD, _refusing, "login", says=_SHOWN, sent=True),
    scripted("acts-at-the-token", _BAD, by_token(_refusing_token), "login", says=_SHOWN, sent=True),
    scripted("spells-the-password-back", _BAD, _spelling_back, "login", says="***", sent=True),
    scripted("hands-the-password-out", _BAD, _handing_out, "login", sent=True),
)
