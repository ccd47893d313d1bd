"""What a registry's or a token service's answer means."""

from __future__ import annotations

import json
import re

from regdoctor.model import Fix
from regdoctor.registries.judgement import Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from regdoctor.checks.case import Case
    from regdoctor.model import Finding, Part
    from regdoctor.probes.http import Response

_LENGTH = 400
"""Characters of a registry's words that are shown."""

_WITHOUT_CREDENTIAL = {
    400: "not-a-registry",
    403: "firewall-denied",
    404: "not-a-registry",
    405: "not-a-registry",
    407: "proxy-auth-required",
    408: "timeout-overall",
    410: "registry-retired",
    429: "rate-limited",
}
_OF_PULLS = frozenset(
    (
        "no-credentials-sent",
        "wrong-server-name",
        "config-stale-credentials",
        "gcp-not-configured",
        "pull-denied",
        "push-denied",
        "package-not-linked",
        "repository-not-found",
        "tag-not-found",
    )
)
"""Causes of pulls, and of programs that sent nothing: words that mean them elsewhere do not in a login."""
_REPLACED: dict[str, tuple[Part, ...]] = {
    **dict.fromkeys(
        (
            "bad-credentials",
            "token-expired",
            "token-revoked",
            "token-kind-unsupported",
            "missing-scope",
            "ecr-token-expired",
            "gcp-bad-json-key",
            "aws-signature-mismatch",
        ),
        ("password",),
    ),
    "aws-invalid-access-key": ("user", "password"),
    "aws-expired-token": ("user", "password"),
    "aws-wrong-region": ("server",),
}
"""The parts of a set that have to be made anew."""
_WITH_CREDENTIAL = _WITHOUT_CREDENTIAL | dict.fromkeys((400, 401, 403), "bad-credentials")
"""What a status means that no words explain."""
_TO_A_PULL = _WITHOUT_CREDENTIAL | {400: "unknown", 401: "pull-denied", 403: "pull-denied", 404: "unknown"}
"""What it means of a repository: a 404 that says no more does not tell what is missing."""


def words_of(response: Response) -> str:
    """A registry's own words in an answer: the messages of its errors, or the start of its text."""
    coding = response.header("content-encoding")
    if coding and coding.lower() != "identity":
        return f"compressed as {coding[:40]}, which was not asked for"
    return words_in(response.text)


def words_in(text: str) -> str:
    """What a body says: the messages of its errors, or its start."""
    try:
        said = _messages(json.loads(text))
    except (ValueError, RecursionError):
        said = []
    if said:
        return "; ".join(said)[:_LENGTH]
    if re.search(r"<html|<!doctype", text[:2000], re.IGNORECASE):
        title = re.search(r"<title[^>]{0,100}>([^<]{1,200})", text[:8000], re.IGNORECASE)
        return f'a web page titled "{" ".join(title[1].split())}"' if title else "a web page"
    return " ".join(text[:_LENGTH].split())


def _messages(answer: object) -> list[str]:
    """The words in a JSON answer, in the forms that registries and token services use."""
    if not isinstance(answer, dict):
        return []
    errors = answer.get("errors")
    if isinstance(errors, list):
        return [words for error in errors[:5] if (words := _error_words(error))]
    named = (answer.get(key) for key in ("details", "message", "error_description", "error", "detail"))
    return [words for words in named if isinstance(words, str) and words][:2]


def _error_words(error: object) -> str:
    if not isinstance(error, dict):
        return str(error) if isinstance(error, str) else ""
    said = (error.get(key) for key in ("code", "message", "detail"))
    return ": ".join(words for words in said if isinstance(words, str) and words)


def evidence_of(case: Case, response: Response, asked: str | None = None) -> tuple[str, ...]:
    """An answer in a few lines: who gave it, its status, its words and the headers that matter."""
    asked = asked or case.host.endpoint.authority
    lines = [f"{asked} answered HTTP {response.status} {response.reason}".rstrip()]
    if words := words_of(response):
        lines.append(f"its words: {words}")
    for name in ("location", "retry-after", "server", "content-type"):
        value = response.header(name)
        wanted = name in ("location", "retry-after") or response.status in (200, 404)
        if name == "location" and value:
            # Behind the question mark stands what opens a storage's door.
            value = value.partition("?")[0]
        if value and wanted:
            lines.append(f"{name.title()}: {value[:200]}")
    return tuple(lines)


def refused_at_the_door(case: Case, response: Response) -> Finding:
    """Why a registry did not even ask for a credential."""
    return _refusal(case, response, case.host.endpoint.authority, _WITHOUT_CREDENTIAL)


def refused(case: Case, response: Response, asked: str) -> Finding:
    """Why a credential did not get the answer hoped for. `asked` is the host that gave it."""
    return _refusal(case, response, asked, _WITH_CREDENTIAL)


def refusal_in(case: Case, response: Response) -> Refusal:
    """What an answer to a credential says against it."""
    return _read(case, response, _WITH_CREDENTIAL)


def refusal_of_pull(case: Case, response: Response) -> Refusal:
    """What an answer to a pull says, before it is weighed who asked."""
    return _read(case, response, _TO_A_PULL, "pull")


def _read(case: Case, response: Response, meanings: dict[int, str], during: str = "") -> Refusal:
    from regdoctor.causes.signatures import recognise

    # A challenge to a pull says no more than that: with which scope to come again.
    challenge = "" if during == "pull" else response.header("www-authenticate") or ""
    told = f"{words_of(response)} {challenge[:_LENGTH]}"
    signature = recognise(told, case.registry.id, during) if response.status < 500 else None
    also: tuple[str, ...] = ()
    if signature is not None:
        cause, also = signature.cause, signature.also_possible
    elif 500 <= response.status < 600:
        cause = "registry-unavailable"
    elif 300 <= response.status < 400 or response.status >= 600:
        cause = "not-a-registry"
    else:
        cause = meanings.get(response.status, "unknown")
        also = ("firewall-denied",) if response.status == 403 and cause != "firewall-denied" else ()
    return Refusal(cause, told, also)


def _refusal(case: Case, response: Response, asked: str, meanings: dict[int, str]) -> Finding:
    refusal, evidence = _read(case, response, meanings), evidence_of(case, response, asked)
    words = case.clean(words_of(response) or "nothing")
    facts = {"status": f"HTTP {response.status}", "words": words, "host": case.peer(asked)}
    if meanings is _WITH_CREDENTIAL:
        return reread(case, refusal, evidence, facts)
    return case.finding(
        refusal.cause,
        evidence=evidence,
        also_possible=refusal.also_possible,
        severity="error",
        facts=facts,
    )


def of_a_login(refusal: Refusal) -> Refusal:
    """A refusal without what words may mean elsewhere, and not where a login has just sent its credential."""
    cause = "bad-credentials" if refusal.cause in _OF_PULLS else refusal.cause
    others = dict.fromkeys(refusal.also_possible)
    return refusal.but(
        cause=cause, also_possible=tuple(other for other in others if other not in (cause, *_OF_PULLS))
    )


def mends(case: Case, cause: str) -> tuple[Fix, ...]:
    """What only the user can supply, for a cause that a registry or a cloud named."""
    parts = _REPLACED.get(cause, ())
    return tuple(Fix("replace", case.secret_set.name_of(part)) for part in parts)


def reread(case: Case, refusal: Refusal, evidence: tuple[str, ...], facts: Mapping[str, str]) -> Finding:
    """A refusal as a finding, in the light of what the registry's rules make of it for these values."""
    refusal, trouble = case.registry.reread(of_a_login(refusal), case.values)
    if trouble is not None:
        found = case.trouble(trouble)
        return found.but(evidence=(*map(case.clean, evidence), *found.evidence))
    known = {"when": "some time ago", **facts}
    return case.finding(
        refusal.cause,
        evidence=evidence,
        also_possible=of_a_login(refusal).also_possible,
        fixes=mends(case, refusal.cause),
        severity="error",
        facts=known,
    )
