"""The causes that a text shows: signatures found in its lines, the root before its consequences."""

from __future__ import annotations

import bisect

from regdoctor.causes import CAUSES
from regdoctor.causes.cause import finding
from regdoctor.causes.signatures import LEVELS, SIGNATURES
from regdoctor.explain.context import Context
from regdoctor.explain.guesses import guesses
from regdoctor.explain.logs import blocks_of
from regdoctor.explain.speakers import NOBODY, Speaker, as_written, nearest
from regdoctor.explain.subjects import speaks_of_images
from regdoctor.model import Step
from regdoctor.record import Record
from regdoctor.regex import regex
from regdoctor.registries import registry_of
from regdoctor.registries.masking import masked_in_log
from regdoctor.secret import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Literal

    from _typeshed import SupportsRead

    from regdoctor.causes.signatures import Signature
    from regdoctor.explain.logs import Line
    from regdoctor.model import Finding

    Confidence = Literal["high", "low"]
    _Entry = tuple[int, int, Signature]
    """A signature behind its level and its place in the table."""

EXCERPT = 300
"""Characters of a line that are shown."""
_GUESS = "general"
"""The level of words that are no program's known ones."""
FINDINGS = 20
"""Causes that are told of one text."""
_HITS = 30
"""Places in a block at which one signature's words are looked at."""
_PASTED = 8
"""Lines up to which a text is a message that somebody pasted, and speaks of what it was pasted for."""
_QUOTE = regex(r"(?:^|(?<=\s))([`'\"“‘])")
_CLOSING = {"“": "”", "‘": "’"}
_SAYS = regex(
    r"(?:[:=(\[{>,\"]|\b(?:with|errors?|err|failed|message|reason|output|by|because|file|image"
    r"|says?|said|answer|answers|answered|get|gets|got|getting|gives|gave|shows|returned|returns|receive"
    r"|received|fails|throws|threw|saw|seeing|following))$"
)
_SAYS_IN_MARKDOWN = regex(
    r"(?:[:=(\[{>,]|\b(?:says?|said|get|gets|got|getting|gives|gave|receive|received|it failed))$"
)
"""What stands before a quotation that is a program's own words."""

_TRIED = regex(
    r"\* ((docker|containerd|podman) error: |unable to inspect the image \("
    r"|unable to initialize podman client|containerd socket not found)"
)
"""What a scanner says of the places where it looked for an image before it asked the registry (trivy)."""

_SOURCE = regex(r"(raise|throw new) [\w.]{1,80}\([a-z]{0,2}[\"'`]")
"""What a program would say, in its source or in the part of it that a traceback shows."""

_BESIDE = regex(
    r"(curl: \(\d|wget: |[ew]: |err:\d|fatal: unable to access |ping: |nslookup: |error: rpc failed)"
)
"""What other programs begin with: the failure of one that speaks of the registry tells more."""

_FAILURE = regex(
    r"\b(errors?|err|failed|failure|fail|fatal|denied|unauthorized|not authorized|forbidden|refused"
    r"|unable to|cannot|could ?n[o']t|timed? ?out|exception|traceback|panic|no such|not found|invalid"
    r"|rejected)\b"
)
_NO_FAILURE = regex(
    r"\b(0|no|without|zero) (errors?|failures?|failed)\b"
    r"|\b(errors?|failed|failures?)[:=] ?(0|none|null|false)\b"
)

_BY_NEEDLE: dict[str, tuple[str, tuple[_Entry, ...]]] = {}


class Explained(Record):
    """One cause that a text shows."""

    finding: Finding
    registry: str
    host: str | None
    line: int
    """The line that shows it first."""
    confidence: Confidence
    times: int = 1


class _Sighting(Record):
    """A signature, seen in a line."""

    rank: tuple[int, bool, int, int]
    """The most telling first, of these what another program says of another host last; of equals the first in
    the text, and in a line the first of the table."""
    signature: Signature
    line: int
    excerpt: str
    speaker: Speaker


def explain(
    stream: SupportsRead[bytes],
    *,
    servers: Mapping[str, str] | None = None,
    clean: Callable[[str], str] = lambda text: text,
    first: int = 1,
) -> tuple[Explained, ...]:
    """The causes that a text shows, best first; empty where it shows no failure. `first` is the number of its
    first line.

    `servers` are the hosts of the secret sets at hand, by identifier: a log's masked values are theirs.
    `clean` takes known secrets out of what is shown.
    """
    best: dict[tuple[str, str | None], _Sighting] = {}
    times: dict[tuple[str, str | None], set[int]] = {}
    failure: tuple[Sequence[Line], int] | None = None
    lines = 0
    for block in blocks_of(stream, first):
        lines += len(block)
        for sighting in _sightings(block, servers or {}, lines, guess=not _is_known(best.values())):
            key = (sighting.signature.cause, sighting.speaker.host)
            times.setdefault(key, set()).add(sighting.line)
            if key not in best or sighting.rank < best[key].rank:
                best[key] = sighting
        if not best:
            failure = _last_failure(block) or failure
    if _is_known(best.values()):
        best = {key: each for key, each in best.items() if each.signature.needle}
    if best:
        seen = sorted(_merged(best.values()), key=lambda sighting: sighting.rank)
        return tuple(
            _told(sighting, seen, len(times[sighting.signature.cause, sighting.speaker.host]), clean)
            for sighting in seen[:FINDINGS]
        )
    if failure is None:
        return ()
    return (_unknown(*failure, servers or {}, clean),)


def _is_known(seen: Iterable[_Sighting]) -> bool:
    """Whether something was seen that is more than a guess."""
    return any(each.rank[0] < LEVELS.index(_GUESS) for each in seen)


def _sightings(
    block: Sequence[Line], servers: Mapping[str, str], lines: int, *, guess: bool
) -> Iterator[_Sighting]:
    """What is seen in a block; `lines` have been read with it. Where nothing better is, it may `guess`."""
    lowers = [line.lower for line in block]
    texts = [line.text for line in block]
    context = Context(lowers, [len(text) for text in texts], lines <= _PASTED)
    starts, owners = [], []
    at = 0
    pieces = [*enumerate(lowers), *context.seams()]
    for index, lower in pieces:
        starts.append(at)
        owners.append(index)
        at += len(lower) + 1
    text = " ".join(piece for _, piece in pieces)
    found: dict[int, tuple[tuple[int, bool, int, int], _Sighting]] = {}
    asides: dict[int, bool | None] = {}
    speakers: dict[int, Speaker] = {}
    words = set(text.split(" "))
    for needle, (inner, entries) in _by_needle().items():
        if inner and inner not in words:
            continue
        for index in _places(text, needle, starts, owners):
            number = block[index].number
            if index not in asides:
                asides[index] = _is_aside(lowers[index])
            beside = asides[index]
            if beside is None:
                continue
            for level, order, signature in entries:
                rank = level, beside, number, order
                if number in found and found[number][0] <= rank:
                    continue
                if signature.during and context.going_on(index) not in signature.during:
                    continue
                if not _fits(signature, context, index):
                    continue
                if signature.common and not context.is_of_images(index):
                    continue
                if index not in speakers:
                    speakers[index] = as_written(nearest(lowers, index, servers), texts, index)
                speaker = _speaking(signature, speakers[index])
                if not signature.is_said_by(speaker.registry, speaker.host):
                    continue
                if signature.cause.startswith("aws-") and speaker == NOBODY:
                    speaker = speaker.but(registry="ecr")  # of all that AWS has, docker logs in to this
                excerpt = _excerpt(texts[index], signature.needle)
                found[number] = rank, _Sighting(rank, signature, number, excerpt, speaker)
    known = [sighting for _, sighting in found.values()]
    yield from known
    if guess and not _is_known(known):
        yield from _guessed(block, lowers, texts, servers, context)


def _guessed(
    block: Sequence[Line],
    lowers: Sequence[str],
    texts: Sequence[str],
    servers: Mapping[str, str],
    context: Context,
) -> Iterator[_Sighting]:
    for index, order, signature in guesses(context):
        place = signature.find(lowers[index])
        if place is None or _is_mentioned(lowers[index], *place) or _is_aside(lowers[index]) is None:
            continue
        rank = LEVELS.index(signature.level), False, block[index].number, order
        speaker = _speaking(signature, as_written(nearest(lowers, index, servers), texts, index))
        yield _Sighting(rank, signature, block[index].number, _excerpt(texts[index], ""), speaker)


def _is_aside(lower: str) -> bool | None:
    """Whether another program says a line, of another host than a registry; none where nobody does."""
    if _TRIED.match(lower) or _SOURCE.match(lower):
        return None
    return _BESIDE.match(lower) is not None and not speaks_of_images(lower)


def _speaking(signature: Signature, found: Speaker) -> Speaker:
    """Who says a signature's words, where the text around them names somebody or nobody."""
    if signature.cause.startswith("docker-"):
        return NOBODY  # the Engine's own failures are no registry's
    if signature.vendor and (found.host is None or found.registry == NOBODY.registry):
        return found.but(registry=signature.vendor)
    return found


def _by_needle() -> Mapping[str, tuple[str, tuple[_Entry, ...]]]:
    """The signatures that have some words, and the longest of these that others stand around."""
    if not _BY_NEEDLE:
        for order, signature in enumerate(SIGNATURES):
            needle = signature.needle
            inner = max(needle.split(" ")[1:-1], key=len, default="")
            _, entries = _BY_NEEDLE.get(needle, ("", ()))
            _BY_NEEDLE[needle] = inner, (*entries, (LEVELS.index(signature.level), order, signature))
    return _BY_NEEDLE


def _places(text: str, needle: str, starts: list[int], owners: list[int]) -> Iterator[int]:
    """The indices of the lines in which some words begin."""
    last, at = -1, text.find(needle)
    for _ in range(_HITS):
        if at < 0:
            return
        index = owners[bisect.bisect_right(starts, at) - 1]
        if index != last:
            yield index
        last = index
        at = text.find(needle, at + len(needle))


def _fits(signature: Signature, context: Context, index: int) -> bool:
    """Whether a line bears a signature, or a line and its neighbours where the text was wrapped."""
    lower = context.lowers[index]
    place = signature.find(lower)
    if place is not None:
        return not _is_mentioned(lower, *place)
    if context.is_in_the_next_line(signature.needle, index):
        return False
    return signature.fits(context.unwrapped(index)) or signature.fits(context.mended(index))


def _is_mentioned(lower: str, start: int, end: int) -> bool:
    """Whether a sentence quotes the words, as a page of documentation does, and no program says them."""
    opening = None
    for match in _QUOTE.finditer(lower, max(0, start - 500), start + 1):
        opening = match
    if opening is None:
        return False
    mark = opening[1]
    closing = _CLOSING.get(mark, mark)
    lead = lower[max(0, opening.start() - 80) : opening.start()].rstrip()
    after = lower.find(closing, opening.end())
    if not lead and after >= end and not lower[after + 1 :].strip(" .,;`"):
        return False  # the line is the quotation
    closed = 0 <= after < end or after < 0
    says = _SAYS_IN_MARKDOWN if mark == "`" else _SAYS
    if closed or says.search(lead):
        return False
    return bool(lead) or mark == "`"


def _merged(sightings: Iterable[_Sighting]) -> list[_Sighting]:
    """One sighting for a cause and a host; what names no host is the same as what does."""
    found = tuple(sightings)
    named = {each.signature.cause for each in found if each.speaker.host is not None}
    return [each for each in found if each.speaker.host is not None or each.signature.cause not in named]


def _told(
    sighting: _Sighting, others: Sequence[_Sighting], times: int, clean: Callable[[str], str]
) -> Explained:
    signature, speaker = sighting.signature, _nameless(sighting.speaker, clean)
    also = signature.also_possible
    cause = CAUSES[signature.cause]
    evidence = [f"line {sighting.line}: {_shown(sighting.excerpt, clean)}"]
    if times > 1:
        evidence.append(f"{'at least ' if times >= _HITS else ''}{times} lines say so")
    said = finding(cause, _facts(speaker), evidence=tuple(evidence), also_possible=also)
    if also:
        said = said.but(
            explanation=f"{said.explanation} {_apart(signature)}",
            remediation=(*said.remediation, _LIVE),
        )
    rivals = {
        other.signature.cause
        for other in others
        if other.signature.level == signature.level and other.speaker.host == speaker.host
    }
    sure = signature.sure and not also and signature.level == "cause" and len(rivals) == 1
    return Explained(said, speaker.registry, speaker.host, sighting.line, "high" if sure else "low", times)


_LIVE = Step(
    "If you can, run this in the codespace: regdoctor asks the registry, which tells these causes apart.",
    command="regdoctor report",
)


def _apart(signature: Signature) -> str:
    others = " or ".join(signature.also_possible)
    told = signature.apart or f"The same words are said of {others}."
    return f"{told} The text alone cannot tell which; regdoctor report can, as it asks the registry."


def _facts(speaker: Speaker) -> Mapping[str, str]:
    registry = registry_of(speaker.registry)
    facts = {"registry": registry.name, "credential": registry.credential}
    if registry.documentation:
        facts["documentation"] = registry.documentation
    if speaker.host is not None:
        host = visible(speaker.host)
        facts |= {"host": host, "address": host, "server": host}
        facts["right_server"] = registry.right_server or host
        if page := registry.page_for(speaker.host.partition(":")[0]):
            facts["credential_page"] = page
        if replacement := registry.replacement_of(speaker.host.partition(":")[0]):
            facts["replacement"] = replacement
    return facts


def _excerpt(text: str, needle: str) -> str:
    """The part of a line around the words that tell."""
    text = masked_in_log(text)  # while every credential is whole
    if len(text) <= EXCERPT:
        return text
    at = max(0, text.lower().find(needle) - EXCERPT // 3)
    return f"{'…' if at else ''}{text[at : at + EXCERPT]}…"


def _shown(text: str, clean: Callable[[str], str]) -> str:
    return clean(visible(clean(text), EXCERPT + 20))


def _nameless(speaker: Speaker, clean: Callable[[str], str]) -> Speaker:
    """Who speaks, without what may not be shown of the host: it is of the text as well."""
    return speaker if speaker.host is None else speaker.but(host=clean(speaker.host))


def _last_failure(block: Sequence[Line]) -> tuple[Sequence[Line], int] | None:
    """The block and the index of the line in it that last tells of a failure."""
    for index in reversed(range(len(block))):
        lower = block[index].lower
        if _FAILURE.search(lower) and not _NO_FAILURE.search(lower):
            return block, index
    return None


def _unknown(
    block: Sequence[Line], index: int, servers: Mapping[str, str], clean: Callable[[str], str]
) -> Explained:
    line = block[index]
    words = _shown(_excerpt(line.text, ""), clean)
    evidence = (f"line {line.number}: {words}",)
    said = finding(CAUSES["unknown"], {}, evidence=evidence)
    found = nearest([each.lower for each in block], index, servers)
    speaker = _nameless(as_written(found, [each.text for each in block], index), clean)
    return Explained(said, speaker.registry, speaker.host, line.number, "low")
