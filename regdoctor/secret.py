"""Values that must not be shown, and the cleaning of every text that comes from outside."""

from __future__ import annotations

import functools

from regdoctor.regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator
    from typing import NoReturn

MASK = "***"

LONG = 512
"""From this length on, a credential is searched as a whole instead of being cut into windows."""
IN_EVERY_FORM = 192 << 10
"""Characters of long credentials that are known in every form: four of the longest that GitHub stores. What
is beyond that is known as it is and backwards, as a run must not spend its time on it."""

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


_UNRESERVED = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~"
"""What no URL quotes (RFC 3986, section 2.3)."""


def _quoted(raw: bytes, safe: bytes = b"") -> str:
    """Bytes as a URL holds them; `urllib.parse` takes longer to load than most runs have to do."""
    plain = _UNRESERVED + safe
    if not raw.translate(None, plain):
        return raw.decode()
    spelt = {byte: chr(byte) if byte in plain else f"%{byte:02X}" for byte in set(raw)}
    return "".join(map(spelt.__getitem__, raw))


def _in_json(value: str) -> Iterator[str]:
    """A text as JSON holds it."""
    if value.isascii() and value.isprintable() and '"' not in value and "\\" not in value:
        yield value
        return
    import json

    for ascii_only in (True, False):
        yield json.dumps(value, ensure_ascii=ascii_only)[1:-1]


def _forms(value: str) -> Iterator[str]:
    """The ways in which a peer may spell a value back: raw, encoded, quoted, escaped; in any case."""
    import binascii

    raw = to_bytes(value)
    yield value
    yield raw.decode("utf-8", "replace")
    # Some letters are several in the other case (Unicode, SpecialCasing.txt).
    yield from (" ".join(value.split()), value.lower(), value.upper())
    for safe in (b"", b"/"):
        quoted = _quoted(raw, safe)
        for once in (quoted, quoted.replace("%20", "+")):
            yield once
            yield _quoted(once.encode(), safe)
    for spelt in _in_json(value):
        yield spelt
        yield from _in_json(spelt)
        # Go escapes the characters of HTML as well.
        yield spelt.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    yield from _in_html(value)
    yield raw.hex()
    # Base64 of something that ends in the value (user:password) starts at any of three offsets; the
    # characters at the seams also depend on the neighbours and are left out.
    for offset in range(3):
        encoded = binascii.b2a_base64(b"\0" * offset + raw, newline=False).decode()
        whole = encoded[(0, 2, 3)[offset] :].rstrip("=")
        yield whole
        yield whole.replace("+", "-").replace("/", "_")


def _in_html(value: str) -> Iterator[str]:
    """A value in a page, as Python and as Go put it there."""
    for quotes in (("&quot;", "&#x27;", "+"), ("&#34;", "&#39;", "&#43;")):
        page = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        for character, escape in zip("\"'+", quotes, strict=True):
            page = page.replace(character, escape)
        yield page


def _small(text: str) -> str:
    """A text in small letters, and no longer by that: a few letters become two."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


_STANDARD = str.maketrans("-_", "+/")
"""The two alphabets of base64 (RFC 4648) made one."""


class _Haystack:
    """The forms of long credentials. Most windows of a text are in none of them, and that is seen at once."""

    def __init__(self) -> None:
        import threading

        self._lock = threading.Lock()
        self._forms: list[str] = []
        self._new: list[str] = []
        """Those of the forms that are not marked yet: all at once takes less time."""
        self._whole = ""
        self._marks = bytearray()
        """Which windows the forms may hold, by two hashes of each: there are many more than windows."""

    def __bool__(self) -> bool:
        return bool(self._forms)

    def add(self, forms: Iterable[str]) -> None:
        """Learn the forms of one more credential."""
        found = {form.translate(_STANDARD) for form in forms}
        new = [form for form in found if not any(form != other and form in other for other in found)]
        with self._lock:
            self._forms += new
            self._new += new

    def _mark(self) -> None:
        with self._lock:
            whole, marks, unmarked = "\0".join(self._forms), self._marks, self._new
            if len(marks) < 4 * len(whole):
                marks, unmarked = bytearray(1 << (8 * len(whole)).bit_length()), self._forms
            mask = len(marks) - 1
            for form in unmarked:
                for at in range(len(form) - WINDOW + 1):
                    mark = hash(form[at : at + WINDOW])
                    marks[mark & mask] = marks[mark >> 31 & mask] = 1
            self._whole, self._marks = whole, marks
            # Last: who asks meanwhile has to wait for all of it.
            self._new = []

    def holds(self, window: str) -> bool:
        """Whether some form holds eight characters, forwards or backwards."""
        if self._new:
            self._mark()
        window = window.translate(_STANDARD)
        return self._has(window) or self._has(window[::-1])

    def _has(self, window: str) -> bool:
        mark, marks = hash(window), self._marks
        mask = len(marks) - 1
        return bool(marks[mark & mask] and marks[mark >> 31 & mask]) and window in self._whole


class Redactor:
    """Removes known credentials from texts that come from outside.

    It knows the raw, base64, URL-quoted, JSON-escaped, HTML-escaped, hexadecimal and reversed forms of each
    value, in capital and small letters, and masks any eight characters in a row of one. Shorter values are
    masked where they stand alone.
    """

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        import threading

        self._lock = threading.Lock()
        """Of those that add: what two of them learn at once must both be known."""
        self._values: set[str] = set()
        self._windows: set[str] = set()
        self._haystack = _Haystack()
        self._room = IN_EVERY_FORM
        self._short: set[str] = set()
        for secret in secrets:
            self.add(secret)

    def add(self, secret: Secret) -> None:
        """Learn one more value, for example a token obtained on the way."""
        value = secret.reveal()
        if not value or value in self._values:
            return
        with self._lock:
            if len(value) < WINDOW:
                self._short.add(value)
            elif len(value) > LONG:
                self._room -= len(value)
                self._haystack.add(map(_small, _forms(value) if self._room >= 0 else (value,)))
            else:
                forms = {spelt for form in map(_small, _forms(value)) for spelt in (form, form[::-1])}
                self._windows.update(
                    form[at : at + WINDOW] for form in forms for at in range(len(form) - WINDOW + 1)
                )
            self._values.add(value)

    def _holds(self, window: str) -> bool:
        return window in self._windows or (bool(self._haystack) and self._haystack.holds(window))

    def reveals(self, text: str) -> bool:
        """Whether a known value stands in a text as it is, all of it, in whatever case."""
        small = _small(text)
        if not any(self._holds(small[at : at + WINDOW]) for at in range(len(small) - WINDOW + 1)):
            return False
        return any(len(value) >= WINDOW and _small(value) in small for value in tuple(self._values))

    def __call__(self, text: str) -> str:
        """The text with every trace of the known values masked."""
        if (self._windows or self._haystack) and len(text) >= WINDOW:
            small = _small(text)
            pieces: list[str] = []
            kept_from = at = 0
            last = len(text) - WINDOW
            while at <= last:
                if not self._holds(small[at : at + WINDOW]):
                    at += 1
                    continue
                pieces += (text[kept_from:at], MASK)
                end = at + WINDOW
                while end < len(text) and self._holds(small[end - WINDOW + 1 : end + 1]):
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
    ("\x7f", "\x9f"),
    ("\u00ad", "\u00ad"),
    ("\u034f", "\u034f"),
    ("\u0600", "\u0605"),
    ("\u061c", "\u061c"),
    ("\u06dd", "\u06dd"),
    ("\u070f", "\u070f"),
    ("\u0890", "\u0891"),
    ("\u08e2", "\u08e2"),
    ("\u115f", "\u1160"),
    ("\u17b4", "\u17b5"),
    ("\u180b", "\u180f"),
    ("\u200b", "\u200f"),
    ("\u2028", "\u202e"),
    ("\u2060", "\u206f"),
    ("\u3164", "\u3164"),
    ("\ud800", "\udfff"),
    ("\ufe00", "\ufe0f"),
    ("\ufeff", "\ufeff"),
    ("\uffa0", "\uffa0"),
    ("\ufff0", "\ufffb"),
    ("\U000110bd", "\U000110bd"),
    ("\U000110cd", "\U000110cd"),
    ("\U00013430", "\U0001343f"),
    ("\U0001bca0", "\U0001bca3"),
    ("\U0001d173", "\U0001d17a"),
    ("\U000e0000", "\U000e0fff"),
)
"""Control, bidirectional, zero-width, unpaired and ignorable characters, from first to last: shown as
escapes, never obeyed. The control characters of ASCII besides.

The categories Cc, Cf, Cs, Zl and Zp of Unicode, and its property Default_Ignorable_Code_Point:
https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt
"""


@functools.lru_cache(1024)
def _is_invisible(character: str) -> bool:
    if character.isascii():
        return not character.isprintable()
    return any(first <= character <= last for first, last in _INVISIBLE)


def invisible_in(text: str) -> tuple[str, ...]:
    """The characters of a text that a terminal would obey or hide, each once, in order."""
    return tuple(filter(_is_invisible, dict.fromkeys(text)))


NO_BREAK_SPACES = "\u00a0\u202f\u2007"


def strip_unseen(text: str) -> str:
    """A text without the spaces and unseen characters around it."""
    return text.strip(f" {NO_BREAK_SPACES}{''.join(invisible_in(text))}")


_SPELT = regex(
    r"%([0-9A-Fa-f]{2})|\\x([0-9A-Fa-f]{2})|\\u([0-9A-Fa-f]{4})|&#x([0-9A-Fa-f]{2,4});|&#(\d{2,5});"
)
"""A character by its number, as URLs, programs, JSON and HTML write it."""


def spelt_out(text: str) -> str:
    """A text as somebody could read it who wants to: without escapes, spaces and unseen characters."""

    def character(match: re.Match[str]) -> str:
        *hexadecimal, decimal = match.groups()
        return chr(int(decimal) if decimal else int(next(filter(None, hexadecimal)), 16))

    for _ in range(2):  # an escape may itself be escaped
        text = _SPELT.sub(character, text)
    return "".join(each for each in text if not (each.isspace() or _is_invisible(each)))


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
    if text.isascii() and text.isprintable():
        return text
    words = text.replace("\n", " ").replace("\t", " ").replace("\r", "")
    return "".join(escaped(each) if _is_invisible(each) else each for each in words)
