"""What it means that a registry does not hand out an image."""

from __future__ import annotations

import json
import re

from regdoctor.causes import CAUSES
from regdoctor.causes.cause import facts_of_step, filled, finding
from regdoctor.causes.images import DIGEST_NOT_FOUND, LOGIN_IS_GOOD, WHERE_IT_STANDS
from regdoctor.causes.steps import NO_LOGIN_YET, OWN_ENTRY, OWN_TOKEN, RESTART
from regdoctor.checks.answers import evidence_of, mends, refusal_of_pull, words_of
from regdoctor.checks.pull_case import CODESPACES_OWN
from regdoctor.checks.repository import Repository, no_login
from regdoctor.model import Step
from regdoctor.registries.judgement import Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from regdoctor.checks.pull_case import PullCase
    from regdoctor.model import Finding
    from regdoctor.probes.http import Response
    from regdoctor.reference import Reference

    Wanted = Literal["token", "manifest", "blob"]

_OF_THE_LOGIN = frozenset(
    (
        "bad-credentials",
        "no-credentials-sent",
        "wrong-server-name",
        "config-stale-credentials",
        "gcp-not-configured",
        "push-denied",
    )
)
"""Causes that an accepted login rules out: of a pull their words mean that it is not permitted."""
_OF_THE_RIGHT = frozenset(
    (
        "pull-denied",
        "package-not-linked",
        "missing-scope",
        "token-expired",
        "token-kind-unsupported",
        "gcp-permission-denied",
        "aws-access-denied",
    )
)
"""Causes that can only be said of somebody: who sent nothing lacks the login first of all."""
_HIDDEN = frozenset(
    (*_OF_THE_RIGHT, "no-credentials-sent", "repository-not-found", "tag-not-found", "unknown")
)
"""Causes of which it matters that a registry hides what exists."""
_IN_THE_NAME = frozenset(
    ("invalid-reference", "repository-not-found", "tag-not-found", "image-platform-mismatch")
)
"""Causes that are mended where the image is named."""
_OF_A_PASSWORD = frozenset(("password_variable", "user_variable", "variable"))
_OF_A_SET = _OF_A_PASSWORD | {"id", "server_variable"}
"""Facts that only a set has."""
_TAGS = 200
"""Tags that are asked for, to find those near to the one that is missing."""
_TAG_BYTES = 24 << 10
_NEAR = 3


def refused(
    case: PullCase, repository: Repository, response: Response, asked: str, wanted: Wanted = "manifest"
) -> Finding:
    """The finding for an answer that is not what was wanted."""
    refusal = _weighed(case, repository, refusal_of_pull(case, response))
    evidence = list(evidence_of(case, response, asked))
    listed: tuple[str, ...] | None = None
    if response.status == 404 and wanted == "token" and refusal.cause == "unknown":
        refusal = refusal.but(cause="repository-not-found")
    elif response.status == 404 and wanted == "manifest" and refusal.cause in ("unknown", "tag-not-found"):
        refusal, listed = _what_is_missing(case, repository, refusal)
    if listed:
        evidence.append(f"tags there, the nearest first: {', '.join(listed)}")
    elif listed is not None and case.reference is not None and case.reference.digest:
        evidence.append("the repository is there")
    elif listed is not None:
        evidence.append("the repository is there and has no tags that could be meant")
    if not repository.sent and not case.anonymous:
        evidence.append(f"nothing was sent: {no_login(case)}")
    if repository.granted is not None:
        opens = ", ".join(repository.granted) or "nothing"
        evidence.append(f"the token that was handed out opens of this repository: {opens}")
    words = case.clean(words_of(response) or "nothing")
    found = case.finding(
        refusal.cause,
        evidence=tuple(evidence),
        also_possible=tuple(dict.fromkeys(each for each in refusal.also_possible if each != refusal.cause)),
        fixes=mends(case, refusal.cause),
        severity="error",
        facts={"status": f"HTTP {response.status}", "words": words, "host": case.peer(asked)},
    )
    if found.cause == "tag-not-found" and case.reference is not None and case.reference.digest:
        found = _by_its_digest(case, case.reference, found)
    if found.cause == "pull-denied" and case.proved:
        # Its first step is to see whether the login works.
        found = found.but(explanation=LOGIN_IS_GOOD, remediation=found.remediation[1:])
    return found if listed is not None else _of_what_is_hidden(case, found, response.status)


def _by_its_digest(case: PullCase, reference: Reference, found: Finding) -> Finding:
    """A missing image that was named by its digest."""
    tagged = case.clean(f"{reference.name}:{reference.tag or '<TAG>'}")
    said = finding(DIGEST_NOT_FOUND, {**case.facts(), "image": tagged})
    return found.but(title=said.title, explanation=said.explanation, remediation=said.remediation)


def told_of(case: PullCase, found: Finding) -> Finding:
    """A finding of an image: where it is mended, with whose credential it came about, and what mends that."""
    accepted = ", whose login was accepted" if case.proved else ""
    source = case.clean(f"a pull of it would use {case.claim.source}{accepted}")
    found = found.but(evidence=(*found.evidence, source))
    if found.cause in _IN_THE_NAME:
        found = at_its_name(case, found)
    replacement = case.registry.replacement_of(case.host.endpoint.host)
    if found.severity == "error" and replacement is not None and found.cause != "registry-retired":
        said = f"{case.host.endpoint.host} is retired; it was replaced by {replacement}"
        also = (*found.also_possible, "registry-retired")
        found = found.but(evidence=(*found.evidence, said), also_possible=also)
    return found if case.claim.set_id is not None else _without_a_set(case, found)


def at_its_name(case: PullCase, found: Finding) -> Finding:
    """A finding that is mended where the image is named, which need not be looked for if it is known."""
    place = case.image.location
    if place is None:
        return found
    here = Step(f"The image is named in {case.clean(place.file)}, line {place.line}, column {place.column}.")
    steps = tuple(here if step == WHERE_IT_STANDS else step for step in found.remediation)
    return found.but(location=place, remediation=steps)


def _without_a_set(case: PullCase, found: Finding) -> Finding:
    """A finding whose steps are about no variables, since there are none."""
    if found.cause == "no-credentials-sent" and case.anonymous:
        first = tuple(
            Step(
                "Mend first what keeps the login from being used; it stands in this report.",
                f"regdoctor causes {each}",
            )
            for each in case.claim.hindered_by
        )
        return found.but(fixes=(), remediation=(*first, *filled(NO_LOGIN_YET, case.facts())))
    steps = CAUSES[found.cause].steps
    named = [facts_of_step(step) for step in steps]
    if not case.proved and any(facts & _OF_A_PASSWORD for facts in named):
        own = case.claim.source == CODESPACES_OWN
        return found.but(fixes=(), remediation=filled(OWN_TOKEN if own else OWN_ENTRY, case.facts()))
    told = [step for step, facts in zip(steps, named, strict=True) if facts & _OF_A_SET]
    # Where no secret is to be stored, a new start brings none either.
    dropped = filled((*told, RESTART) if told else (), case.facts())
    return found.but(fixes=(), remediation=tuple(step for step in found.remediation if step not in dropped))


def _weighed(case: PullCase, repository: Repository, refusal: Refusal) -> Refusal:
    """A refusal in the light of who asked: somebody whose login is good, or nobody."""
    cause = refusal.cause
    if not repository.sent and cause in (_OF_THE_LOGIN | _OF_THE_RIGHT):
        # Somebody else might be let in, or there is nothing to be let in to.
        others = (*case.claim.hindered_by, "repository-not-found")
        return refusal.but(cause="no-credentials-sent", also_possible=others)
    if cause in _OF_THE_LOGIN:
        refusal = refusal.but(cause="pull-denied")
    ruled_out = (*_OF_THE_LOGIN, "token-expired", "token-revoked")
    also = tuple(each for each in refusal.also_possible if each not in ruled_out)
    return case.registry.reread_pull(refusal.but(also_possible=also), case.values)


def _of_what_is_hidden(case: PullCase, found: Finding, status: int) -> Finding:
    """A finding with what the registry's answer leaves open."""
    hiding = case.registry.hiding
    if hiding is None or status not in hiding.statuses or found.cause not in _HIDDEN:
        return found
    not_there = found.cause in ("repository-not-found", "tag-not-found", "unknown")
    closed = case.registry.reread_pull(Refusal("pull-denied", ""), case.values).cause
    other = "repository-not-found"
    if not_there:
        other = "no-credentials-sent" if case.anonymous else closed
    also = tuple(dict.fromkeys((*found.also_possible, other)))
    return found.but(explanation=f"{found.explanation} {hiding.words}", also_possible=also)


def _what_is_missing(
    case: PullCase, repository: Repository, refusal: Refusal
) -> tuple[Refusal, tuple[str, ...] | None]:
    """The tag, or the whole repository? Its list of tags tells, where it is shown; the nearest come first."""
    assert case.reference is not None
    wanted = case.reference.version
    answer = repository.tags(_TAGS, _TAG_BYTES)
    if answer.response.status == 200 and (tags := _tags_in(answer.response)) is not None:
        if len(tags) >= _TAGS:
            # A page is sorted: what begins as this tag does may stand on a later one.
            later = repository.tags(_TAGS, _TAG_BYTES, after=wanted[:-1])
            tags += _tags_in(later.response) or []
        listed = () if case.reference.digest else _near(wanted, tags)
        return refusal.but(cause="tag-not-found", also_possible=()), listed
    if answer.response.status == 404 and "NAME_UNKNOWN" in answer.response.text:
        return refusal.but(cause="repository-not-found", also_possible=()), None
    also = (*refusal.also_possible, "tag-not-found", "repository-not-found")
    return refusal.but(also_possible=also), None


def _tags_in(response: Response) -> list[str] | None:
    """The tags in a list of them, as far as it was read; None where it is none."""
    text = response.text
    if response.cut:
        text = f"{text[: text.rfind(',')]}]}}"
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return None
    tags = answer.get("tags") if isinstance(answer, dict) else None
    if tags is None and isinstance(answer, dict) and "name" in answer:
        return []
    if not isinstance(tags, list):
        return None
    return [tag for tag in tags if isinstance(tag, str) and re.fullmatch(r"[\w.-]{1,128}", tag)]


def _near(wanted: str, tags: list[str]) -> tuple[str, ...]:
    """The tags that are spelt most like one, or else the first."""
    from difflib import get_close_matches

    return tuple(get_close_matches(wanted, dict.fromkeys(tags), _NEAR) or tags[:_NEAR])
