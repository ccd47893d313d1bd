"""The app's own short sentences about what is known.

The knowledge of registries and causes is imported where it is used: the first diagnosis loads it, and the
first frame must not wait for it.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdoctor.model import Credential, SetResult
    from regdoctor.tui.board import SetState

MENDING = "trying the fixes"


def duration(milliseconds: float) -> str:
    """A length of time, as short as it can be said."""
    if milliseconds < 1:
        return "<1 ms"
    if milliseconds < 1000:
        return f"{milliseconds:.0f} ms"
    return f"{milliseconds / 1000:.1f} s"


def number_of(count: int, noun: str) -> str:
    """A number with its noun: "1 warning", "2 warnings"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def one_line(state: SetState) -> str:
    """A set's verdict, or what is being done about it."""
    if state.busy:
        return _activity(state)
    if not state.known:
        return "not examined"
    findings = state.result.findings
    if state.result.status == "ok":
        return "; ".join((outcome(state.result), *(finding.title for finding in findings[:1])))
    return _without_identifier(findings[0].title, state.id)


def _without_identifier(title: str, set_id: str) -> str:
    """A title for a row, which has the identifier in sight and little room."""
    title = title.replace(f" of set {set_id}", "").replace(f"{set_id}_CONTAINER_REGISTRY_", "")
    rest = title.removeprefix(f"Set {set_id} ")
    return title if rest == title or rest.startswith("and ") else rest[:1].upper() + rest[1:]


def outcome(result: SetResult) -> str:
    """What it means that a set is ok."""
    return "Login works" if result.proved else "No fault found; no login was tried"


def _activity(state: SetState) -> str:
    if state.doing is None:
        return ""
    if state.doing == "mend":
        return MENDING
    return f"{state.doing} of {state.host}" if state.host else state.doing


def registry_name(registry_id: str) -> str:
    """The vendor's own name of a registry."""
    from regdoctor.registries import PLAIN, REGISTRIES

    if registry_id == PLAIN.id:
        return "vendor not known"
    return next((registry.name for registry in REGISTRIES if registry.id == registry_id), registry_id)


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
