"""Owns the search for credentials in an output: all of one, or any eight characters of it, in any form."""

from __future__ import annotations

import base64
import functools
import html
import json
import re
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

WINDOW = 8
"""From this length on, no run of that many characters of a credential may be given away."""
_OF_ITS_OWN = 3
"""So many characters of a run have to be the credential's own, behind what all of its kind begin with."""


@dataclass(frozen=True)
class Credential:
    """A planted credential. What it begins with may be public: every one of its kind begins so."""

    name: str
    value: str
    prefix: str = ""


def in_json_of_go(value: str) -> str:
    """JSON as Go writes it: the characters of HTML are escaped as well."""
    text = json.dumps(value, ensure_ascii=False)[1:-1]
    return re.sub("[<>&]", lambda special: f"\\u{ord(special[0]):04x}", text)


def in_html_of_go(value: str) -> str:
    """A page as Go writes it."""
    text = html.escape(value, quote=False)
    return text.replace("'", "&#39;").replace('"', "&#34;").replace("+", "&#43;")


def in_a_url(value: str) -> str:
    """A value as a part of a query."""
    return urllib.parse.quote(value, safe="")


def in_base64(value: str) -> str:
    """A value in base64, alone."""
    return base64.b64encode(value.encode()).decode()


Spell = Callable[[str], str]

_SEARCHED: dict[str, Spell] = {
    "as it is": str,
    "reversed": lambda value: value[::-1],
    "in a URL": in_a_url,
    "in a path": urllib.parse.quote,
    "in a form": urllib.parse.quote_plus,
    "in a URL in a URL": lambda value: in_a_url(in_a_url(value)),
    "in JSON": lambda value: json.dumps(value)[1:-1],
    "in JSON, Unicode kept": lambda value: json.dumps(value, ensure_ascii=False)[1:-1],
    "in JSON of Go": in_json_of_go,
    "in JSON in JSON": lambda value: json.dumps(json.dumps(value)[1:-1])[1:-1],
    "in HTML": html.escape,
    "in HTML of Go": in_html_of_go,
    "in hexadecimal digits": lambda value: value.encode().hex(),
}
_SAID: dict[str, Spell] = {
    "in a URL in small letters": lambda value: re.sub(
        "%..", lambda escape: escape[0].lower(), in_a_url(value)
    ),
    "in small letters": str.lower,
    "in capital letters": str.upper,
    "in base64": in_base64,
    "in base64 with a user": lambda value: in_base64(f"octocat:{value}"),
    "in base64 with another user": lambda value: in_base64(f"octocats:{value}"),
    "in base64 of URLs": lambda value: base64.urlsafe_b64encode(f"octo-cats:{value}".encode()).decode(),
    "in base64, reversed": lambda value: in_base64(f"octocat:{value}")[::-1],
    "in part": lambda value: f"{value[2:11]}, {value[-8:]} and {value[: len(value) // 2 + 5]}",
    "broken by carriage returns": "\r".join,
}
SPELLINGS = _SEARCHED | _SAID
"""How a peer may say a value back. They are searched for in any case, and base64 at each of its offsets."""


def _pieces_in_base64(value: str) -> Iterator[str]:
    """The characters of its base64 that are made of the value alone, at each of the three offsets."""
    raw = value.encode("utf-8", "surrogateescape")
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + raw).decode()
        yield encoded[-(-before * 8 // 6) : (before + len(raw)) * 8 // 6]


@functools.cache
def windows(value: str, prefix: str = "") -> frozenset[str]:
    """Every run of eight characters of a value in any form, in small letters."""
    own = value[max(0, len(prefix) - WINDOW + _OF_ITS_OWN) :]
    forms = [spell(own) for spell in _SEARCHED.values()]
    bare = list(_pieces_in_base64(value.removeprefix(prefix)))
    forms += [
        *bare,
        *(form.replace("+", "-").replace("/", "_") for form in bare),
        *(form[::-1] for form in bare),
    ]
    small = [form.lower() for form in forms]
    return frozenset(form[at : at + WINDOW] for form in small for at in range(len(form) - WINDOW + 1))


def _runs_in(text: str) -> frozenset[str]:
    """Every run of eight characters of a text, in small letters; and of the text before it was wrapped."""
    whole = text.lower()
    texts = (whole, re.sub(r"\s*\n\s*", "", whole), whole.replace("\r", ""))
    return frozenset(each[at : at + WINDOW] for each in texts for at in range(len(each) - WINDOW + 1))


def traces(credentials: Iterable[Credential], output: bytes | str) -> Mapping[str, list[str]]:
    """What an output gives away of some credentials, by their names; empty where it keeps them.

    One of less than eight characters may not stand there as a value of its own.
    """
    text = output if isinstance(output, str) else output.decode("utf-8", "replace")
    runs = _runs_in(text)
    found = {}
    for each in credentials:
        if len(each.value) < WINDOW:
            seen = re.findall(rf"(?<![A-Za-z0-9]){re.escape(each.value)}(?![A-Za-z0-9])", text)
        else:
            seen = sorted(windows(each.value, each.prefix) & runs)
        if seen:
            found[each.name] = seen[:5]
    return found
