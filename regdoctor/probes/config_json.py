"""The text of docker's configuration, understood as docker understands it.

Source: docker/cli, cli/config/configfile/file.go: the fields and their types, `auth` as base64 of
user:password, and the stricter rules for DOCKER_AUTH_CONFIG. For `hostname`, its
cli/config/credentials/file_store.go.
"""

from __future__ import annotations

import base64
import json
from types import MappingProxyType

from regdoctor.address import read_address
from regdoctor.record import Record
from regdoctor.secret import Secret, whole_characters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_TEXT = "a text"
_TEXTS = ("each", _TEXT)
_LIST = ("list", _TEXT)
_LOGIN = dict.fromkeys(
    ("username", "password", "auth", "serveraddress", "identitytoken", "registrytoken"), _TEXT
)
_PROXY = dict.fromkeys(("httpproxy", "httpsproxy", "noproxy", "ftpproxy", "allproxy"), _TEXT)
_FORMATS = ("ps", "images", "networks", "plugins", "volumes", "stats", "serviceinspect", "services", "tasks")
_FILE: dict[str, Any] = {
    **dict.fromkeys((*(f"{name}format" for name in _FORMATS), "secretformat", "configformat"), _TEXT),
    **dict.fromkeys(("nodesformat", "detachkeys", "credsstore", "currentcontext"), _TEXT),
    **dict.fromkeys(("httpheaders", "credhelpers", "aliases", "features"), _TEXTS),
    **dict.fromkeys(("prunefilters", "clipluginsextradirs"), _LIST),
    "auths": ("each", _LOGIN),
    "proxies": ("each", _PROXY),
    "plugins": ("each", _TEXTS),
}
"""The fields of the file, in lower case: Go's encoding/json takes them in any. A mapping is a structure of
known fields, a pair a mapping or a list of things of one shape."""
_VARIABLE = {"auths": ("each", {"auth": _TEXT})}


class Login(Record):
    """What docker would send to a registry."""

    user: str = ""
    password: Secret = Secret("")
    identity_token: Secret = Secret("")
    """A token of the registry's own kind, kept in the password's place."""
    registry_token: Secret = Secret("")
    """A bearer token, sent as it is."""
    source: str = ""
    """Where docker has it from, in words."""
    in_variable: bool = False
    """It is DOCKER_AUTH_CONFIG that holds it."""


class Config(Record):
    """What a configuration says about logins."""

    logins: Mapping[str, Login]
    store: str = ""
    """The credential helper for all hosts."""
    helpers: Mapping[str, str] = MappingProxyType({})
    """Credential helpers by host."""
    fault: str | None = None
    """What docker cannot make sense of."""
    place: str | None = None
    """Where that is."""


def read_file(text: str) -> Config:
    """The content of config.json. What follows the first value is not looked at, as docker does not."""
    if not text.strip(" \t\r\n"):
        return Config({})
    try:
        value, _ = _first_value(text)
    except json.JSONDecodeError as error:
        return Config({}, fault=error.msg, place=f"line {error.lineno}, column {error.colno}")
    except (ValueError, RecursionError):
        return Config({}, fault="it is nested too deep, or holds a number without end")
    fault = _misfit(value, _FILE, "the file")
    fields = _fields(value)
    logins = {}
    for key, entry in _mapping(fields.get("auths")).items():
        known = _fields(entry)
        user, password = _text(known.get("username")), _text(known.get("password"))
        if (auth := _text(known.get("auth"))) and (fault is None or "its auth" in fault):
            pair = _decoded(auth)
            if pair is None:
                fault = fault or f"the login for {_shown(key)}: its auth is not user:password in base64"
                continue
            user, password = pair
        logins[key] = Login(
            user,
            Secret(password),
            Secret(_text(known.get("identitytoken"))),
            Secret(_text(known.get("registrytoken"))),
        )
    helpers = {host: _text(name) for host, name in _mapping(fields.get("credhelpers")).items()}
    return Config(logins, _text(fields.get("credsstore")), helpers, fault)


def read_variable(text: str) -> Config:
    """The content of DOCKER_AUTH_CONFIG, of which docker takes all or nothing."""
    try:
        value, end = _first_value(text)
        rest = text[end:].strip(" \t\r\n")
    except (ValueError, RecursionError):
        return Config({}, fault="it is not JSON")
    if rest:
        return Config({}, fault="it holds more than one JSON object")
    fault = _misfit(value, _VARIABLE, "the variable", strict=True)
    logins = {}
    for key, entry in _mapping(_fields(value).get("auths")).items():
        auth = _text(_fields(entry).get("auth"))
        pair = _decoded(auth) if auth else None
        if pair is None:
            why = "its auth is not user:password in base64" if auth else "it has no auth"
            fault = fault or f"the login for {_shown(key)}: {why}"
            continue
        logins[key] = Login(pair[0], Secret(pair[1]))
    return Config({} if fault else logins, fault=fault)


def secrets_in(text: str) -> tuple[str, ...]:
    """Every text of a configuration that may be a credential, whether or not docker makes sense of it."""
    try:
        value, _ = _first_value(text)
    except (ValueError, RecursionError):
        return ()
    found = []
    for entry in _mapping(_fields(value).get("auths")).values():
        known = _fields(entry)
        told = [_text(known.get(name)) for name in ("password", "auth", "identitytoken", "registrytoken")]
        pair = _decoded(told[1])
        found += [*told, *(pair[1:] if pair else ())]
    return tuple(filter(None, found))


def hostname(key: str) -> str:
    """The host, and the port, in the key of a login that was kept by an old version: a whole URL, say."""
    if "://" in key:
        address = read_address(key)
        if address is not None:
            return address.host_and_port
        key = key.partition("://")[2]
    return key.partition("/")[0]


def _first_value(text: str) -> tuple[Any, int]:
    blank = len(text) - len(text.lstrip(" \t\r\n"))
    return json.JSONDecoder().raw_decode(text, blank)


def _misfit(value: Any, shape: Any, name: str, *, strict: bool = False) -> str | None:
    """The first thing that docker's own types refuse; null goes for anything."""
    if value is None:
        return None
    if shape == _TEXT:
        return None if isinstance(value, str) else f"{name} is no text"
    kind, inner = shape if isinstance(shape, tuple) else ("fields", shape)
    if kind == "list":
        return None if isinstance(value, list) else f"{name} is no list"
    if not isinstance(value, dict):
        return f"{name} is no object"
    for key, each in value.items():
        if kind == "fields" and key.lower() not in inner:
            if strict:
                return f"{name} has a field that docker does not know there"
            continue
        wanted = inner[key.lower()] if kind == "fields" else inner
        called = key if kind == "fields" else f"{_shown(key)} in {name}"
        if misfit := _misfit(each, wanted, called, strict=strict):
            return misfit
    return None


def _shown(key: str) -> str:
    address = read_address(hostname(key))
    # A key can hold a credential, as in user:password@host.
    return address.host_and_port if address and address.userinfo is None else "one entry"


def _decoded(auth: str) -> tuple[str, str] | None:
    """User and password in `auth`; None where docker refuses it."""
    try:
        pair = base64.b64decode(auth.replace("\r", "").replace("\n", ""), validate=True)
    except ValueError:
        return None
    user, colon, password = pair.decode("utf-8", "surrogateescape").partition(":")
    return (user, password.strip("\0")) if user and colon else None


def _fields(value: Any) -> dict[str, Any]:
    return {name.lower(): inner for name, inner in _mapping(value).items()}


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return whole_characters(value) if isinstance(value, str) else ""
