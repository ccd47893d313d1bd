"""Secret sets in a mapping of variables, and the variables that were meant to be a part of one. Pure.

The names are those of
https://docs.github.com/codespaces/reference/allowing-your-codespace-to-access-a-private-registry;
what a Codespaces secret may be called is in
https://docs.github.com/codespaces/managing-codespaces-for-your-organization/managing-development-environment-secrets-for-your-repository-or-organization.
"""

from __future__ import annotations

import re

from regdoctor.model import PARTS, NearMiss, SecretSet, Variable, variable_name
from regdoctor.names import read_name, spelling_distance, weak_parts
from regdoctor.record import Record
from regdoctor.registries import recognise_server
from regdoctor.registries.credentials import looks_secret, secret_parts
from regdoctor.secret import MASK, Secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from regdoctor.model import Part, Variables

_EXACT = re.compile(r"(?:(?P<id>.*)_)?CONTAINER_REGISTRY_(?P<part>SERVER|USER|PASSWORD)", re.DOTALL)

_FEW = 12
"""Incomplete sets up to which a stray part is ascribed to one: more than that follow a plan of their own."""

_TYPED = 100
"""Characters of an identifier that somebody may have typed, and mistyped."""

_Group = dict["Part", str]
"""The variables of one identifier: part → variable name."""


class Discovery(Record):
    """What a mapping of variables holds."""

    sets: tuple[SecretSet, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    """Those that belong to no set."""


def discover(variables: Variables) -> Discovery:
    """Find the sets, each with the near misses that belong to it, in the order of their identifiers."""
    groups: dict[str, _Group] = {}
    misses: list[NearMiss] = []
    for name in sorted(variables):
        exact = _EXACT.fullmatch(name)
        if exact is None or re.search("[a-z]", exact["id"] or ""):
            miss = read_name(name)
            if miss is not None:
                misses.append(miss)
        elif not exact["id"]:
            misses.append(_without_identifier(name, _part(exact["part"])))
        else:
            groups.setdefault(exact["id"], {})[_part(exact["part"])] = name
    _join_other_identifiers(groups, misses)
    of_set: dict[str, list[NearMiss]] = {identifier: [] for identifier in groups}
    for miss in misses:
        of_set.get(miss.identifier, []).append(miss)
    _adopt_orphans(groups, of_set, misses)
    _add_weak_near_misses(groups, of_set, variables)
    return Discovery(
        sets=tuple(
            _secret_set(identifier, groups[identifier], of_set[identifier], variables)
            for identifier in sorted(groups)
        ),
        near_misses=_with_identifiers(
            [miss for miss in misses if miss.identifier not in groups], groups, variables
        ),
    )


def suggested_identifier(server: str, taken: tuple[str, ...] = ()) -> str:
    """A good identifier for a set, from its server value."""
    registry = recognise_server(server)
    wanted = registry.identifier
    number = 2
    while wanted in taken:
        wanted, number = f"{registry.identifier}_{number}", number + 1
    return wanted


def allowed_identifier(identifier: str, taken: tuple[str, ...] = ()) -> str:
    """The nearest identifier that Codespaces can hold."""
    allowed = re.sub(r"[^A-Z0-9_]", "_", identifier.upper())
    allowed = re.sub(r"^GITHUB(?=_|$)", "GH", allowed)
    allowed = re.sub(r"^(?=[0-9])", "R", allowed)
    return allowed if allowed not in taken else f"{allowed}_2"


def is_allowed(name: str) -> bool:
    """Whether Codespaces can hold a secret of that name."""
    return re.fullmatch(r"(?!GITHUB_)[A-Z_][A-Z0-9_]*", name) is not None


def shown(variable: Variable | None, password: Variable | None) -> str | None:
    """A server or user value as it may be shown: masked where it is or holds a credential."""
    if variable is None:
        return None
    value = variable.value.reveal()
    secret = password.value.reveal() if password else ""
    same = bool(secret) and (value == secret or (len(secret) >= 8 and secret in value))
    return MASK if same or looks_secret(value) or _password_in(value) else value


def secrets_in(discovery: Discovery, variables: Variables) -> Iterator[Secret]:
    """The credentials among some variables, wherever in a set they stand."""
    near = [*discovery.near_misses, *(miss for found in discovery.sets for miss in found.near_misses)]
    for miss in near:
        if miss.part == "password":
            yield variables[miss.variable]
    for found in discovery.sets:
        if found.password is not None:
            yield from map(Secret, secret_parts(found.password.value.reveal()))
        for variable, shown in ((found.user, found.shown_user), (found.server, found.shown_server)):
            if variable is not None and shown != variable.value.reveal():
                yield from _hidden_in(variable.value)


def _part(word: str) -> Part:
    return next(part for part in PARTS if part == word.lower())


def _without_identifier(name: str, part: Part) -> NearMiss:
    return NearMiss(name, "", part, "name-no-identifier", "no identifier stands before it")


def _missing(group: _Group) -> tuple[Part, ...]:
    return tuple(part for part in PARTS if part not in group)


def _join_other_identifiers(groups: dict[str, _Group], misses: list[NearMiss]) -> None:
    """Two incomplete groups that complete each other are one set with a part under another identifier."""
    while pair := _complement(groups):
        kept, given_up = pair
        for part, name in groups.pop(given_up).items():
            why = f"its identifier is {given_up}, that of the other parts is {kept}"
            misses.append(NearMiss(name, kept, part, "name-near-miss", why))
            groups[kept][part] = name
    for miss in misses:
        if miss.variable in groups.get(miss.identifier, {}).values():
            del groups[miss.identifier][miss.part]


def _complement(groups: dict[str, _Group]) -> tuple[str, str] | None:
    """The identifiers of a pair of groups that can only belong together: kept, given up."""
    incomplete = [identifier for identifier, group in groups.items() if _missing(group)]
    if len(incomplete) > _FEW:
        return None
    pairs = [
        (kept, other)
        for kept in incomplete
        for other in incomplete
        if not groups[kept].keys() & groups[other].keys()
        and (len(groups[kept]), "server" in groups[kept]) > (len(groups[other]), "server" in groups[other])
    ]
    three_alone = len(incomplete) == 3 and all(len(groups[identifier]) == 1 for identifier in incomplete)
    if len(incomplete) > 2 and not three_alone:
        pairs = [pair for pair in pairs if _are_alike(*pair)]
    return max(pairs, key=lambda pair: len(groups[pair[0]]) + len(groups[pair[1]]), default=None)


def _are_alike(one: str, other: str) -> bool:
    """Whether one identifier may be a slip for another; a number tells two apart."""
    if max(len(one), len(other)) > _TYPED or re.sub("[^0-9]", "", one) != re.sub("[^0-9]", "", other):
        return False
    return spelling_distance(one, other, 2) <= 2 or one.startswith(other) or other.startswith(one)


def _adopt_orphans(
    groups: dict[str, _Group], of_set: dict[str, list[NearMiss]], misses: list[NearMiss]
) -> None:
    """A near miss that keeps no set's identifier belongs to the one set that lacks such a part."""
    lacking: dict[Part, set[str]] = {part: set() for part in PARTS}
    for identifier, group in groups.items():
        for part in {*PARTS} - group.keys() - {near.part for near in of_set[identifier]}:
            lacking[part].add(identifier)
    kept = []
    for miss in misses:
        if miss.identifier in groups or len(lacking[miss.part]) != 1:
            kept.append(miss)
            continue
        identifier = lacking[miss.part].pop()
        of_set[identifier].append(miss.but(identifier=identifier))
    misses[:] = kept


def _add_weak_near_misses(
    groups: dict[str, _Group], of_set: dict[str, list[NearMiss]], variables: Variables
) -> None:
    """Variables that carry a set's identifier and name a part it lacks, without naming a registry."""
    named = weak_parts(sorted(variables), groups)
    why = "it lacks CONTAINER_REGISTRY in its name"
    for identifier, group in groups.items():
        near = of_set[identifier]
        for part in _missing(group):
            name = named.get((identifier, part))
            if name is not None and all(miss.part != part for miss in near):
                near.append(NearMiss(name, identifier, part, "name-near-miss", why, certain=False))


def _with_identifiers(
    misses: list[NearMiss], groups: dict[str, _Group], variables: Variables
) -> tuple[NearMiss, ...]:
    """Give the parts without an identifier the one that their server suggests."""
    servers = [miss for miss in misses if not miss.identifier and miss.part == "server"]
    server = variables[servers[0].variable].reveal() if servers else ""
    identifier = suggested_identifier(server, tuple(groups))
    return tuple(miss if miss.identifier else miss.but(identifier=identifier) for miss in misses)


def _secret_set(identifier: str, group: _Group, near: list[NearMiss], variables: Variables) -> SecretSet:
    found = {part: Variable(name, variables[name]) for part, name in group.items()}
    password = found.get("password")
    return SecretSet(
        id=identifier,
        server=found.get("server"),
        user=found.get("user"),
        password=password,
        near_misses=tuple(miss.but(value=variables[miss.variable]) for miss in near),
        shown_server=shown(found.get("server"), password),
        shown_user=shown(found.get("user"), password),
    )


def with_names(miss: NearMiss) -> str:
    """The name that a near miss was meant to have."""
    return variable_name(miss.identifier, miss.part)


def _hidden_in(value: Secret) -> Iterator[Secret]:
    """The credential in a server or user value that is not shown."""
    text = value.reveal()
    if looks_secret(text):
        yield value
    if password := _password_in(text):
        yield Secret(password)


def _password_in(text: str) -> str | None:
    """The password in a text that holds user:password@, if it does."""
    for word in re.split(r"[/\s]", text):
        colon, at = word.find(":", 1), word.rfind("@")
        if 0 < colon < at - 1:
            return word[colon + 1 : at]
    return None
