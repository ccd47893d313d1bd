"""The app's own short sentences about what is known."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from regdoctor.causes import CAUSES
from regdoctor.causes.cause import finding as say
from regdoctor.registries import REGISTRIES
from regdoctor.registries.credentials import FORMS

if TYPE_CHECKING:
    from regdoctor.model import Credential, SetResult
    from regdoctor.tui.board import SetState

MENDING = "trying the fixes"
NOT_STARTED = "its turn comes"

_REGISTRY_NAMES = {registry.id: registry.name for registry in REGISTRIES}
_CREDENTIAL_NAMES = {form.kind: form.name for form in FORMS}


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
    return findings[0].title


def outcome(result: SetResult) -> str:
    """What it means that a set is ok."""
    return "Login works" if result.proved else "No fault found; no login was tried"


def _activity(state: SetState) -> str:
    if state.doing is None:
        return "" if state.checks else NOT_STARTED
    if state.doing == "mend":
        return MENDING
    return f"{state.doing} of {state.host}" if state.host else state.doing


def registry_name(registry_id: str) -> str:
    """The vendor's own name of a registry."""
    return _REGISTRY_NAMES.get(registry_id, registry_id)


def credential_name(credential: Credential) -> str:
    """What a password is, in words; when it ends, where that is known."""
    name = _CREDENTIAL_NAMES.get(credential.kind, credential.kind.replace("-", " "))
    if credential.expires_at is None:
        return name
    return f"{name}, good until {time.strftime('%Y-%m-%d %H:%M UTC', time.gmtime(credential.expires_at))}"


def cause_title(cause: str, set_id: str | None) -> str:
    """A cause that is only possible, in words."""
    known = CAUSES.get(cause)
    return cause if known is None else say(known, {"id": set_id} if set_id else {}).title
