"""Before a run sends again what a registry has refused that locks accounts, the user is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.app import App

    from regdoctor.model import SecretSet
    from regdoctor.probes.refusals import Refusals, Refused
    from regdoctor.settings import Target
    from regdoctor.tui.board import Board, SetState
    from regdoctor.tui.signs import Signs

    Held = dict[str, Refused]
    """What was refused, by the words for who holds it."""

NOT_AGAIN, AGAIN = "Go on, and do not send it again", "Send it once more"
_NAMED = 4
"""Holders that a question names."""


def refused_in(target: Target, board: Board, refusals: Refusals) -> Held:
    """What a run over a target would send again, if it were let. An image is asked for without asking."""
    states = [state for state in board.sets if target.everything or state.id in target.only]
    held: Held = {}
    for state in states:
        # What was refused may be the values as they are, or as the run has mended them.
        held.update(refused_of((with_fixes(state), state.result.secret_set), refusals))
    if target.everything:
        held.update({refused.source: refused for refused in refusals.besides_sets()})
    return held


def with_fixes(state: SetState) -> SecretSet:
    """A set as the fixes that were found for it would leave it; itself where they make no set."""
    from regdoctor.discovery import discover
    from regdoctor.healing import apply_fixes, can_be_tried

    found = state.result.secret_set
    fixes = [fix for each in state.result.findings if can_be_tried(found, each) for fix in each.fixes]
    sets = discover(apply_fixes(found.variables, fixes)).sets
    return sets[0] if len(sets) == 1 else found


def refused_of(sets: Iterable[SecretSet], refusals: Refusals) -> Held:
    """Those of some sets whose credential was refused where that may lock somebody out."""
    from regdoctor.checks.case import sent_by

    held: Held = {}
    for found in sets:
        sent = sent_by(found)
        refused = refusals.of(sent) if sent is not None else None
        if refused is not None:
            held[found.id] = refused
    return held


def ask_first(app: App[None], held: Held, signs: Signs, begin: Callable[[bool], object]) -> None:
    """Begin something, told whether it may send again what is held back; unless the user does not want it."""
    if not held:
        begin(False)
        return
    from regdoctor.tui.screens.choice import ChoiceScreen

    def answered(choice: str | None) -> None:
        if choice is not None:
            begin(choice == AGAIN)

    app.push_screen(ChoiceScreen(_question(held), (NOT_AGAIN, AGAIN), signs), answered)


def _question(held: Held) -> str:
    """What was refused, and what another refusal may lead to: a sentence for each kind of registry."""
    by_registry: dict[str, list[str]] = {}
    for name, refused in held.items():
        by_registry.setdefault(f"{refused.registry} {refused.locks}", []).append(name)
    return " ".join(f"{what}. It has refused: {_listed(names)}." for what, names in by_registry.items())


def _listed(names: list[str]) -> str:
    named = names if len(names) <= _NAMED else [*names[: _NAMED - 1], f"{len(names) - _NAMED + 1} others"]
    return " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
