"""The app's own short sentences about what is known.

The knowledge of registries and causes is imported where it is used: the first diagnosis loads it, and the
first frame must not wait for it.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from regdoctor.model import INTERRUPTED, Finding, SetResult
from regdoctor.tui.board import ImageState, SetState
from regdoctor.tui.signs import WORDS

if TYPE_CHECKING:
    from regdoctor.model import Credential, Environment, Fix, ImageResult
    from regdoctor.tui.board import Entry, State

MENDING = "trying the fixes"


def duration(milliseconds: float) -> str:
    """A length of time, as short as it can be said."""
    if milliseconds < 1:
        return "<1 ms"
    if milliseconds < 1000:
        return f"{milliseconds:.0f} ms"
    return f"{milliseconds / 1000:.1f} s"


def moment(seconds: float) -> str:
    """A point of time in UTC, from seconds since the epoch."""
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(seconds))


def place_of(environment: Environment, between: str = ", ") -> str:
    """Where the diagnosis ran; empty where nothing is known of it."""
    facts = []
    if environment.recovery_container:
        facts.append("codespace in recovery")
    elif environment.codespace:
        facts.append("codespace")
    if environment.repository:
        facts.append(environment.repository)
    return between.join(facts)


def number_of(count: int, noun: str) -> str:
    """A number with its noun: "1 warning", "2 warnings"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def one_line(state: State) -> str:
    """The verdict on a set or an image, or what is being done about it."""
    if state.busy:
        return _activity(state)
    if not state.known:
        return "not examined"
    findings = state.result.findings
    if state.result.status == "ok":
        return "; ".join((outcome(state.result), *(finding.title for finding in findings[:1])))
    title = findings[0].title
    return _without_identifier(title, state.id) if isinstance(state, SetState) else title


def matches(entry: Entry, needle: str) -> bool:
    """Whether a row speaks of every word that is looked for."""
    subject = entry.subject
    words = [WORDS[entry.mark]]
    if isinstance(subject, Finding):
        words += (subject.title, subject.cause)
    elif isinstance(subject, SetState):
        shown = subject.result.secret_set.shown_server or ""
        words += (subject.id, subject.result.registry, shown, one_line(subject))
    elif isinstance(subject, ImageState):
        words += (subject.id, subject.result.image.source, one_line(subject))
    haystack = "\n".join(words).lower()
    return all(word in haystack for word in needle.lower().split())


def fix_in_words(fix: Fix) -> str:
    """What a program would do, in words."""
    match fix.action:
        case "set":
            return f"set {fix.variable} to {fix.value}"
        case "rename":
            return f"rename {fix.variable} to {fix.to}"
        case "remove":
            return f"remove {fix.variable}"
        case "add":
            return f"add {fix.variable}"
        case "replace":
            return f"give {fix.variable} a new value"
    if fix.how == "swap":
        return f"swap the values of {fix.variable} and {fix.other}"
    done = {
        "strip": "remove the spaces around it",
        "unquote": "remove the quotation marks",
        "decode": "decode it",
    }
    return f"{fix.variable}: {done.get(fix.how or '', fix.how or '')}"


def _without_identifier(title: str, set_id: str) -> str:
    """A title for a row, which has the identifier in sight and little room."""
    title = title.replace(f" of set {set_id}", "").replace(f"{set_id}_CONTAINER_REGISTRY_", "")
    rest = title.removeprefix(f"Set {set_id} ")
    return title if rest == title or rest.startswith("and ") else rest[:1].upper() + rest[1:]


def outcome(result: SetResult | ImageResult) -> str:
    """What it means that a set or an image is ok."""
    if any(check.reason == INTERRUPTED for check in result.checks):
        return "Cancelled; no fault was found until then"
    if isinstance(result, SetResult):
        return "Login works" if result.proved else "No fault found; no login was tried"
    return "Can be pulled" if result.proved else "No fault found; the registry was not asked"


def _activity(state: State) -> str:
    if state.doing is None:
        return ""
    if state.doing == "mend":
        return MENDING
    return f"{state.doing} of {state.host}" if state.host else state.doing


def registry_name(registry_id: str) -> str:
    """The vendor's own name of a registry."""
    from regdoctor.registries import PLAIN, registry_of

    if registry_id == PLAIN.id:
        return "vendor not known"
    return registry_of(registry_id).name


def server_forms() -> tuple[tuple[str, str], ...]:
    """The registries' names, and how the server value of each looks."""
    from regdoctor.registries import server_forms as known_forms

    return known_forms()


def credential_name(credential: Credential) -> str:
    """What a password is, in words; when it ends, where that is known."""
    from regdoctor.registries.credentials import FORMS, PLAIN

    plain = "a password" if credential.kind == PLAIN else credential.kind.replace("-", " ")
    name = next((form.name for form in FORMS if form.kind == credential.kind), plain)
    if credential.expires_at is None:
        return name
    return f"{name}, good until {time.strftime('%Y-%m-%d %H:%M UTC', time.gmtime(credential.expires_at))}"


def cause_title(cause: str, set_id: str | None) -> str:
    """A cause that is only possible, in words."""
    from regdoctor.causes import CAUSES
    from regdoctor.causes.cause import finding as say

    known = CAUSES.get(cause)
    return cause if known is None else say(known, {"id": set_id} if set_id else {}).title
