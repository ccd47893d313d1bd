"""Variable names that were meant to be a part of a secret set, and how they were misspelt."""

from __future__ import annotations

import re

from regdoctor.model import NearMiss

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from regdoctor.model import Part

_CORE = "CONTAINERREGISTRY"

_WORDS: dict[str, Part] = {
    "SERVER": "server",
    "URL": "server",
    "URI": "server",
    "HOST": "server",
    "HOSTNAME": "server",
    "SERVERNAME": "server",
    "SERVERURL": "server",
    "LOGINSERVER": "server",
    "ADDRESS": "server",
    "USER": "user",
    "USERNAME": "user",
    "USERID": "user",
    "LOGIN": "user",
    "PASSWORD": "password",
    "PASS": "password",
    "PASSWD": "password",
    "PASSWRD": "password",
    "PWD": "password",
    "PASSPHRASE": "password",
    "TOKEN": "password",
    "ACCESSTOKEN": "password",
    "PAT": "password",
    "SECRET": "password",
}
"""Last words of a name, and the part that they mean."""

_SPELLABLE = ("SERVER", "USER", "PASSWORD", "USERNAME")
"""Words that are recognised with a slip of the hand in them."""

_SLIPS = 2

_WEAK = 40
"""Characters behind an identifier that may mean a part; there are no longer words for one."""


def spelling_distance(one: str, other: str, limit: int = 1000) -> int:
    """How many slips (a letter too few, too many, wrong, or two exchanged) lie between two words.

    The optimal string alignment distance; anything above `limit` where it exceeds that.
    """
    return _distances(one, other, limit)[-1]


def _distances(one: str, other: str, limit: int) -> list[int]:
    """The distance of a word from each beginning of another, by its length."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i, *([0] * len(other))]
        for j, wanted in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                row[j] = min(row[j], last[j - 2] + 1)
        if min(row) > limit and min(before) > limit:
            return [limit + 1] * len(row)
    return row


def read_name(name: str) -> NearMiss | None:
    """Read a name as a misspelt part of a set; None where it speaks of something else."""
    upper = name.upper()
    # Two slips leave one of these three pieces whole.
    letters = re.sub(r"[^A-Z0-9]", "", upper)
    if not any(piece in letters for piece in ("CONTAI", "NERREG", "ISTRY", "INER")):
        return None
    best: tuple[int, str, Part, str] | None = None
    for tail in range(3, min(14, len(letters) - len(_CORE) + _SLIPS) + 1):
        word = letters[-tail:]
        part, slips = _part_of(word)
        if part is None:
            continue
        head = letters[:-tail]
        if head.endswith(_CORE):
            # Nothing can come nearer.
            return _near_miss(name, upper, slips, word, part, head[: -len(_CORE)])
        # From behind, one comparison does for every length.
        distances = _distances(_CORE[::-1], head[: -len(_CORE) - _SLIPS - 1 : -1], _SLIPS)
        for length in range(len(_CORE) - _SLIPS, len(distances)):
            total = slips + distances[length]
            if total <= _SLIPS and (best is None or total < best[0]):
                best = (total, word, part, head[:-length])
    if best is None:
        return None
    return _near_miss(name, upper, *best)


def _near_miss(name: str, upper: str, slips: int, word: str, part: Part, rest: str) -> NearMiss:
    identifier = re.sub(r"[^A-Z0-9_]", "_", upper[: _end_of(upper, len(rest))])
    return NearMiss(
        variable=name,
        identifier=identifier,
        part=part,
        cause="name-near-miss" if identifier else "name-no-identifier",
        why=_why(name, word, slips, part),
    )


def _part_of(word: str) -> tuple[Part | None, int]:
    if word in _WORDS:
        return _WORDS[word], 0
    for right in _SPELLABLE:
        allowed = 1 if len(right) < 8 else 2
        if abs(len(word) - len(right)) <= allowed and word[0] == right[0]:
            slips = spelling_distance(word, right)
            if slips <= allowed:
                return _WORDS[right], slips
    return None, 0


def _end_of(name: str, letters: int) -> int:
    """Where the first so many letters and digits of a name end."""
    if letters == 0:
        return 0
    seen = 0
    for at, character in enumerate(name):
        seen += character.isascii() and character.isalnum()
        if seen == letters:
            return at + 1
    return len(name)


def _why(name: str, word: str, slips: int, part: Part) -> str:
    if slips:
        return "it is misspelt"
    if word != part.upper():
        return f"it ends in {word} where Codespaces looks for {part.upper()}"
    if name != name.upper():
        return "it is not in capital letters"
    return "its underscores are not where Codespaces looks for them"


def weak_parts(names: Iterable[str], identifiers: Container[str]) -> dict[tuple[str, Part], str]:
    """The identifiers and parts that names such as ACR_PASSWORD or ACR_REGISTRY_USER mean, and the names."""
    found: dict[tuple[str, Part], str] = {}
    for name in names:
        upper = name.upper()
        at = upper.find("_", max(0, len(upper) - _WEAK))
        while at >= 0:
            if upper[:at] in identifiers and (part := _weak_part(upper[at + 1 :])):
                found.setdefault((upper[:at], part), name)
            at = upper.find("_", at + 1)
    return found


def _weak_part(rest: str) -> Part | None:
    return _WORDS.get(re.sub(r"^(CONTAINER|REGISTRY|REG|CR|DOCKER)_", "", rest).replace("_", ""))
