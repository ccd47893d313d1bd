"""Which registry a text speaks of."""

from __future__ import annotations

import re

from regdoctor.record import Record
from regdoctor.registries import PLAIN, recognise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_HOST = (
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z][a-z0-9-]{1,20}|localhost|(?:\d{1,3}\.){3}\d{1,3}"
)
_PLACES = (
    re.compile(rf"https?://({_HOST})(:\d{{1,5}})?/v[12]/"),
    re.compile(rf"lookup ({_HOST})()\b"),
    re.compile(rf"https?://({_HOST})(:\d{{1,5}})?/\S{{0,300}}[?&](?:service|scope)="),
    re.compile(
        rf"(?:docker login|logging (?:in|into)(?: to)?|login to) (?:https?://)?({_HOST})(:\d{{1,5}})?"
    ),
    re.compile(rf"(?<![\w./@-])({_HOST})(:\d{{1,5}})?/[a-z0-9*<{{$]"),
    re.compile(rf"(?<![\w.-])({_HOST})(:\d{{1,5}})?(?![\w-])"),
)
"""Where a registry's host stands, from the surest place to the least."""

_NO_REGISTRY = re.compile(
    r"(docs|help|support|www|learn|blog|status|portal|console|pkg\.go|schemas?)\..*|aka\.ms|(api\.)?github\.com"
    r"|cloud\.google\.com|(accounts|oauth2)\.google(apis)?\.com|go\.dev|golang\.org"
    r"|.*\.(go|py|js|ts|rb|java|json|ya?ml|sh|md|txt|log|service|sock|exe|conf|toml|lock|rs|cs|dll|so|pem|crt)"
)
"""Hosts of documentation, and names that only look like hosts."""

_OF_DOCKER_HUB = re.compile(
    r"pull access denied for (?![^/ ]*[.:][^/ ]*/)|docker hub|docker\.com/increase-rate-limit"
    r"|hub\.docker\.com"
    r"|manifest for (?![^/ ]*[.:][^/ ]*/)\S+ not found|your pull rate limit"
)
"""Words that name no host, where Docker means its own."""

MASK = re.compile(r"\*{3,}(?=/|:\d|\b|\s|$)")
"""A secret's value in a log of Codespaces or Actions."""


class Speaker(Record):
    """The registry that a line speaks of."""

    registry: str
    """Its id; `other` where nothing tells."""
    host: str | None = None


NOBODY = Speaker(PLAIN.id)


def speaker_in(lower: str) -> Speaker | None:
    """The registry that some lines name, if they do."""
    for place in _PLACES[:-1]:
        for match in place.finditer(lower):
            host = match[1]
            if not _NO_REGISTRY.fullmatch(host):
                return Speaker(recognise(_login_name(host)).id, host + (match[2] or ""))
    for match in _PLACES[-1].finditer(lower):
        registry = recognise(_login_name(match[1]))
        if registry is not PLAIN and not _NO_REGISTRY.fullmatch(match[1]):
            return Speaker(registry.id, match[1] + (match[2] or ""))
    if _OF_DOCKER_HUB.search(lower):
        return Speaker("dockerhub", "docker.io")
    return None


def _login_name(host: str) -> str:
    return "docker.io" if host in ("auth.docker.io", "registry-1.docker.io", "index.docker.io") else host


def masked_speaker(lower: str, servers: Mapping[str, str]) -> Speaker | None:
    """The registry behind a masked value, where one set alone can be meant; `servers` by identifier."""
    if not servers or not re.search(r"\*{3,}/", lower):
        return None
    hosts = {server.lower() for server in servers.values()}
    if len(hosts) != 1:
        return None
    host = hosts.pop()
    return Speaker(recognise(host.partition(":")[0]).id, host)


def nearest(lowers: Sequence[str], at: int, servers: Mapping[str, str], reach: int = 15) -> Speaker:
    """The registry that the line at an index speaks of: named there, or else in a line nearby."""
    for index in _nearby(at, len(lowers), reach):
        found = speaker_in(lowers[index]) or masked_speaker(lowers[index], servers)
        if found is not None:
            return found
    return NOBODY


def _nearby(at: int, count: int, reach: int) -> Iterable[int]:
    yield at
    for distance in range(1, reach + 1):
        if at - distance >= 0:
            yield at - distance
        if at + distance < count and distance <= 5:
            yield at + distance
