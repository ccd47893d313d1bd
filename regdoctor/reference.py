"""The name of an image, read as docker reads it.

The grammar is that of distribution/reference (reference.go), the normal form that of its normalize.go: a name
without a host is Docker Hub's, a name of one part there lies in library/, and the tag is latest where
neither tag nor digest is given.
"""

from __future__ import annotations

import re

from regdoctor.record import Record
from regdoctor.regex import regex

HUB = "docker.io"
"""The host of every image that names none."""

_LENGTH = 255
"""The most characters of a path that docker takes."""
_BOUND = 2048
"""Characters from which on nothing is read at all."""
_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_DOMAIN = regex(rf"(?:{_NAME}(?:\.{_NAME})*|\[[A-Fa-f0-9:]+\])(?::[0-9]+)?", re.ASCII)
_PATH_PART = regex(r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*", re.ASCII)
_TAG = regex(r"\w[\w.-]{0,127}", re.ASCII)
_DIGESTS = {"sha256": 64, "sha384": 96, "sha512": 128}
"""The algorithms that docker knows, and how many hexadecimal digits each gives."""


class Reference(Record):
    """An image's name in its parts, in docker's normal form."""

    domain: str
    """Host and port as they were written, docker.io where there was none: the key of docker's logins."""
    repository: str
    """The path at the registry, as in library/ubuntu."""
    tag: str | None = None
    """None only where a digest is given without one."""
    digest: str | None = None

    @property
    def version(self) -> str:
        """What a pull asks for: a digest, where there is one, says more than a tag."""
        return self.digest or self.tag or "latest"

    @property
    def name(self) -> str:
        """Host and path, without tag and digest."""
        return f"{self.domain}/{self.repository}"


def read_reference(text: str) -> Reference | None:
    """Take an image's name apart; None where docker would refuse it, and `fault_of` says why."""
    read = _read(text)
    return read if isinstance(read, Reference) else None


def fault_of(text: str) -> str | None:
    """Why docker refuses an image's name, in words that go with "the name"; None where it takes it."""
    read = _read(text)
    return read if isinstance(read, str) else None


def _read(text: str) -> Reference | str:
    if fault := _misfit(text):
        return fault
    domain, rest = _split(text)
    named, at, digest = rest.partition("@")
    path, colon, tag = named.partition(":")
    if path != path.lower():
        return f"has a capital letter in its path, {path}"
    if not all(_PATH_PART.fullmatch(part) for part in path.split("/")):
        return "has a path that is empty in places, or holds characters that no path may have"
    if not _DOMAIN.fullmatch(domain):
        return f"begins with {domain}, which is no host name"
    if len(path) > _LENGTH:
        return f"has a path of more than {_LENGTH} characters"
    if colon and not _TAG.fullmatch(tag):
        return "ends in a colon without a tag" if not tag else f"has {tag} for a tag, which is none"
    if at and (fault := _fault_of_digest(digest)):
        return fault
    return Reference(domain, path, tag or (None if at else "latest"), digest or None)


def _misfit(text: str) -> str | None:
    """What shows at a glance that a text is no image's name."""
    if not text.strip():
        return "is empty"
    if len(text) > _BOUND:
        return f"has more than {_BOUND} characters"
    if any(character.isspace() for character in text):
        return "has white space in it"
    if scheme := re.match(r"[A-Za-z][A-Za-z0-9+.-]{0,20}://", text):
        return f"begins with {scheme[0]}"
    if "$" in text or "{" in text:
        return "holds a variable that nobody filled in"
    if re.fullmatch("[a-f0-9]{64}", text):
        return "is an image's id, which no registry knows"
    return None


def _split(text: str) -> tuple[str, str]:
    """The host, and the rest. What comes before the first slash is a host if it looks like one."""
    first, slash, rest = text.partition("/")
    is_domain = first == "localhost" or any(mark in first for mark in ".:") or first != first.lower()
    domain, rest = (first, rest) if slash and is_domain else (HUB, text)
    if domain == "index.docker.io":
        domain = HUB
    if domain == HUB and "/" not in rest.partition("@")[0]:
        rest = f"library/{rest}"
    return domain, rest


def _fault_of_digest(digest: str) -> str | None:
    algorithm, _, value = digest.partition(":")
    if algorithm not in _DIGESTS:
        return "has a digest by an algorithm that docker does not know"
    if not re.fullmatch(f"[a-f0-9]{{{_DIGESTS[algorithm]}}}", value):
        return f"has a digest that is not {_DIGESTS[algorithm]} hexadecimal digits long"
    return None
