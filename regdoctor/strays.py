"""Near misses that belong to no set: what is said of them, and how they would make one."""

from __future__ import annotations

from collections import Counter

from regdoctor.causes import CAUSES
from regdoctor.causes.cause import finding as say
from regdoctor.discovery import with_names
from regdoctor.model import PARTS, Fix, worst

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regdoctor.codespace.kept import Kept
    from regdoctor.discovery import Discovery
    from regdoctor.model import Finding


def rename_groups(discovery: Discovery) -> dict[str, tuple[Fix, ...]]:
    """The renames that make a whole set of such variables, by its identifier."""
    groups: dict[str, list[Fix]] = {}
    for miss in discovery.near_misses:
        groups.setdefault(miss.identifier, []).append(Fix("rename", miss.variable, to=with_names(miss)))
    return {
        identifier: tuple(fixes)
        for identifier, fixes in groups.items()
        if len(fixes) == len({fix.to for fix in fixes}) == len(PARTS)
    }


def stray_findings(
    discovery: Discovery,
    outcomes: Mapping[str, tuple[Finding, ...] | None],
    clean: Callable[[str], str],
    kept: Kept,
) -> tuple[Finding, ...]:
    """A finding for each; `outcomes` are the findings of the sets that their renames made."""
    files = {each.name: each.file for each in kept.unseen}
    misses = discovery.near_misses
    siblings = Counter(miss.identifier for miss in misses)
    found = []
    for miss in misses:
        tried = outcomes.get(miss.identifier)
        evidence = [f"{miss.variable}: {miss.why}"]
        if miss.variable in files:
            evidence.append(f"{miss.variable} is not in this environment; {files[miss.variable]} has it")
        if tried:
            evidence.append(f"with the right names: {tried[0].title}")
        finding = say(
            CAUSES[miss.cause],
            {"misnamed": miss.variable, "to": with_names(miss), "id": miss.identifier},
            evidence=tuple(map(clean, evidence)),
            fixes=(Fix("rename", miss.variable, to=with_names(miss)),),
            # One such name among strangers may be meant for another program.
            severity="warning" if siblings[miss.identifier] == 1 else None,
        )
        found.append(finding.but(verified=tried is not None and worst(tried) != "error"))
    return tuple(found)
