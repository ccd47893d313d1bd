"""Values that must not be shown, and the cleaning of every text that comes from outside."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NoReturn

MASK = "***"

LONG = 512
"""From this length on, a credential is searched as a whole instead of being cut into windows."""

_MARKS = 1 << 22

WINDOW = 8
"""From this length on, no run of that many characters of a credential may be shown."""


class Secret:
    """A credential, or a value that may turn out to be one.

    Shows a mask wherever it is printed, formatted or logged, and refuses to be serialised.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value itself, for the one place that needs it."""
        return self._value

    def __repr__(self) -> str:
        return MASK

    def __format__(self, _: str) -> str:
        return MASK

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __bool__(self) -> bool:
        return bool(self._value)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret cannot be serialised")


def to_bytes(text: str) -> bytes:
    """The bytes that the environment held: those that were no UTF-8 come back as they were."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")  # half a character, as JSON can escape one


def whole_characters(text: str) -> str:
    """A text of a JSON document as Go reads it: U+FFFD stands for half a character."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _forms(value: str) -> Iterable[str]:
    """The ways in which a peer may spell a value back: raw, encoded, quoted, escaped."""
    import base64
    import json
    import re
    from urllib.parse import quote, quote_plus

    raw = to_bytes(value)
    yield value
    yield raw.decode("utf-8", "replace")
    yield quote(raw, safe="")
    yield quote(raw)
    yield quote_plus(raw)
    for quoted in (quote(raw, safe=""), quote_plus(raw)):
        yield re.sub("%..", lambda escape: escape[0].lower(), quoted)
    for ascii_only in (True, False):
        spelt = json.dumps(value, ensure_ascii=ascii_only)[1:-1]
        yield spelt
        # Go escapes the characters of HTML as well.
        yield re.sub("[<>&]", lambda special: f"\\u{ord(special[0]):04x}", spelt)
    # Base64 of something that ends in the value (user:password) starts at any of three offsets; the
    # characters at the seams also depend on the neighbours and are left out.
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + raw).decode()
        whole = encoded[(0, 2, 3)[offset] :].rstrip("=")
        for form in (whole, whole[:-1]):
            yield form
            yield form.replace("+", "-").replace("/", "_")


class Redactor:
    """Removes known credentials from texts that come from outside.

    It knows the raw, base64, URL-quoted, JSON-escaped and reversed forms of each value, and masks any
    eight characters in a row of one. Shorter values are masked where they stand alone.
    """

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        self._values: set[str] = set()
        self._windows: set[str] = set()
        self._haystack = ""
        self._marks = bytearray()
        """Which windows the haystack may hold, by their hash: most need not be searched."""
        self._short: set[str] = set()
        for secret in secrets:
            self.add(secret)

    def add(self, secret: Secret) -> None:
        """Learn one more value, for example a token obtained on the way."""
        value = secret.reveal()
        if not value or value in self._values:
            return
        self._values.add(value)
        if len(value) < WINDOW:
            self._short.add(value)
            return
        forms = {spelt for form in _forms(value) for spelt in (form, form[::-1])}
        # One assignment: other threads may be redacting meanwhile.
        if len(value) > LONG:
            if not self._marks:
                self._marks = bytearray(_MARKS)
            for form in forms:
                for at in range(len(form) - WINDOW + 1):
                    self._marks[hash(form[at : at + WINDOW]) % _MARKS] = 1
            self._haystack = "\0".join((self._haystack, *forms))
            return
        self._windows = self._windows.union(
            form[at : at + WINDOW] for form in forms for at in range(len(form) - WINDOW + 1)
        )

    def _holds(self, window: str) -> bool:
        if window in self._windows:
            return True
        marks = self._marks
        return bool(marks) and bool(marks[hash(window) % _MARKS]) and window in self._haystack

    def __call__(self, text: str) -> str:
        """The text with every trace of the known values masked."""
        if (self._windows or self._haystack) and len(text) >= WINDOW:
            pieces: list[str] = []
            kept_from = at = 0
            last = len(text) - WINDOW
            while at <= last:
                if not self._holds(text[at : at + WINDOW]):
                    at += 1
                    continue
                pieces += (text[kept_from:at], MASK)
                end = at + WINDOW
                while end < len(text) and self._holds(text[end - WINDOW + 1 : end + 1]):
                    end += 1
                kept_from = at = end
            text = "".join(pieces) + text[kept_from:]
        for value in tuple(self._short):
            if value in text:
                text = _mask_alone(text, value)
        return text


def _mask_alone(text: str, value: str) -> str:
    """Mask a short value where no letter or digit touches it: inside a word it is a coincidence."""
    pieces: list[str] = []
    at = 0
    while (found := text.find(value, at)) >= 0:
        end = found + len(value)
        inside_word = (found > 0 and text[found - 1].isalnum() and value[0].isalnum()) or (
            end < len(text) and text[end].isalnum() and value[-1].isalnum()
        )
        pieces += (text[at:found], value if inside_word else MASK)
        at = end
    return "".join(pieces) + text[at:]


_INVISIBLE = (
    frozenset(map(chr, range(0x20)))
    | frozenset(map(chr, range(0x7F, 0xA0)))
    | frozenset("\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u3164\ufeff\uffa0\u2028\u2029")
    | frozenset(map(chr, range(0x200B, 0x2010)))
    | frozenset(map(chr, range(0x202A, 0x202F)))
    | frozenset(map(chr, range(0x2060, 0x2070)))
    | frozenset(map(chr, range(0xD800, 0xE000)))
    | frozenset(map(chr, range(0xFFF9, 0xFFFC)))
    | frozenset(map(chr, range(0xE0000, 0xE0080)))
)
"""Control, bidirectional, zero-width and unpaired characters: shown as escapes, never obeyed."""


def invisible_in(text: str) -> tuple[str, ...]:
    """The characters of a text that a terminal would obey or hide, each once, in order."""
    return tuple(dict.fromkeys(character for character in text if character in _INVISIBLE))


NO_BREAK_SPACES = "\u00a0\u202f\u2007"

_UNSEEN = "".join(sorted(_INVISIBLE)) + " " + NO_BREAK_SPACES


def strip_unseen(text: str) -> str:
    """A text without the spaces and unseen characters around it."""
    return text.strip(_UNSEEN)


def escaped(character: str) -> str:
    """A character by its code point, as in `\\x1b` or `\\u202e`."""
    return (
        character.encode("ascii", "backslashreplace").decode()
        if ord(character) > 0x7F
        else repr(character)[1:-1]
    )


def visible(text: str, limit: int = 2000) -> str:
    """A text from outside made fit to be shown: one line, no character that acts, bounded length."""
    if len(text) > limit:
        text = text[:limit] + f" … ({len(text) - limit} characters more)"
    if not any(character in _INVISIBLE for character in text):
        return text
    words = " ".join(text.split("\n")) if "\n" in text else text
    return "".join(escaped(c) if c in _INVISIBLE else c for c in words.replace("\t", " ").replace("\r", ""))
