"""Secret sets in a mapping of variables, and the variables that were meant to be a part of one. Pure.

The names are those of
https://docs.github.com/codespaces/reference/allowing-your-codespace-to-access-a-private-registry;
what a Codespaces secret may be called is in
https://docs.github.com/codespaces/managing-codespaces-for-your-organization/managing-development-environment-secrets-for-your-repository-or-organization.
"""

from __future__ import annotations

import re

from regdoctor.address import read_address
from regdoctor.model import PARTS, NearMiss, SecretSet, Variable, variable_name
from regdoctor.names import read_name, spelling_distance, weak_names
from regdoctor.record import Record
from regdoctor.regex import regex
from regdoctor.registries import recognise_server
from regdoctor.registries.credentials import looks_secret, secret_parts
from regdoctor.registries.masking import credentials_in
from regdoctor.secret import MASK, WINDOW, Secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterator, Mapping

    from regdoctor.model import Part, Variables

_EXACT = regex(r"(?:(?P<id>.*)_)?CONTAINER_REGISTRY_(?P<part>SERVER|USER|PASSWORD)", re.DOTALL)

_DIGEST = regex(r"sha\d{3}:")
"""What follows the last @ of an image's name."""
_PAIR = regex(rf"[^:\s]+:(\S{{{WINDOW},}})")
"""user:password in the place of a user, who cannot have a colon."""

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


def discover(variables: Variables, hidden: Collection[str] = ()) -> Discovery:
    """Find the sets, each with the near misses that belong to it, in the order of their identifiers.

    No server and no user is shown that holds one of the `hidden` values, or the password of any set.
    """
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
    orphans: list[NearMiss] = []
    for miss in misses:
        of_set.get(miss.identifier, orphans).append(miss)
    orphans = _without_adopted(groups, of_set, orphans)
    weak = weak_names(sorted(variables)) if any(map(_missing, groups.values())) else {}
    for identifier, group in groups.items():
        of_set[identifier] += _weak_near_misses(identifier, group, of_set[identifier], weak)
    names = {group["password"] for group in groups.values() if "password" in group}
    names |= {miss.variable for miss in misses if miss.part == "password"}
    known = {*hidden, *(variables[name].reveal() for name in names)}
    long = [value for value in known if len(value) >= WINDOW]
    return Discovery(
        sets=tuple(
            _secret_set(identifier, groups[identifier], of_set[identifier], variables, long)
            for identifier in sorted(groups)
        ),
        near_misses=_with_identifiers(orphans, groups, variables),
    )


def suggested_identifier(server: str, taken: Container[str] = ()) -> str:
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


def _shown(
    part: Part, variable: Variable | None, password: Variable | None, known: Collection[str]
) -> str | None:
    """A server or user value as it may be shown: masked where it is or holds a credential."""
    if variable is None:
        return None
    value = variable.value.reveal()
    secret = password.value.reveal() if password else ""
    same = bool(secret) and value == secret
    if same or any(each in value for each in known) or any(_hidden_in(part, value)):
        return MASK
    # Nothing about a password tells that it is none but its place, and that the host is in the other one.
    swapped = part == "server" and value.strip() and _is_a_host(secret) and not _is_a_host(value)
    return MASK if swapped else value


def _is_a_host(text: str) -> bool:
    """Whether a text names a host beyond doubt, and not just a word."""
    address = read_address(text.strip())
    return address is not None and (
        "." in address.host or address.port is not None or address.host == "localhost"
    )


def secrets_in(discovery: Discovery, variables: Variables) -> Iterator[Secret]:
    """The credentials among some variables, wherever in a set they stand."""
    near = [*discovery.near_misses, *(miss for found in discovery.sets for miss in found.near_misses)]
    for miss in near:
        value = variables[miss.variable].reveal()
        yield from map(
            Secret, secret_parts(value) if miss.part == "password" else _hidden_in(miss.part, value)
        )
    for found in discovery.sets:
        if found.password is not None:
            yield from map(Secret, secret_parts(found.password.value.reveal()))
        for part in PARTS[:2]:
            value = found.text(part)
            yield from map(Secret, _hidden_in(part, value))
            if part == "server" and found.shown_server == MASK and not _is_a_host(value):
                yield Secret(value)


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


def _without_adopted(
    groups: dict[str, _Group], of_set: dict[str, list[NearMiss]], orphans: list[NearMiss]
) -> list[NearMiss]:
    """A near miss that keeps no set's identifier belongs to the one set that lacks such a part."""
    lacking: dict[Part, set[str]] = {part: set() for part in PARTS}
    for identifier, group in groups.items():
        for part in {*_missing(group)} - {near.part for near in of_set[identifier]}:
            lacking[part].add(identifier)
    left = []
    for miss in orphans:
        if len(lacking[miss.part]) == 1:
            identifier = lacking[miss.part].pop()
            of_set[identifier].append(miss.but(identifier=identifier))
        else:
            left.append(miss)
    return left


def _weak_near_misses(
    identifier: str, group: _Group, near: list[NearMiss], weak: Mapping[tuple[str, Part], str]
) -> list[NearMiss]:
    """Variables that carry a set's identifier and name a part it lacks, without naming a registry."""
    why = "it lacks CONTAINER_REGISTRY in its name"
    there = {miss.part for miss in near}
    return [
        NearMiss(name, identifier, part, "name-near-miss", why, certain=False)
        for part in _missing(group)
        if part not in there and (name := weak.get((identifier, part))) is not None
    ]


def _with_identifiers(
    misses: list[NearMiss], groups: dict[str, _Group], variables: Variables
) -> tuple[NearMiss, ...]:
    """Give the parts without an identifier the one that their server suggests."""
    servers = [miss for miss in misses if not miss.identifier and miss.part == "server"]
    server = variables[servers[0].variable].reveal() if servers else ""
    identifier = suggested_identifier(server, groups)
    return tuple(miss if miss.identifier else miss.but(identifier=identifier) for miss in misses)


def _secret_set(
    identifier: str, group: _Group, near: list[NearMiss], variables: Variables, known: Collection[str]
) -> SecretSet:
    found = {part: Variable(name, variables[name]) for part, name in group.items()}
    password = found.get("password")
    return SecretSet(
        id=identifier,
        server=found.get("server"),
        user=found.get("user"),
        password=password,
        near_misses=tuple(miss.but(value=variables[miss.variable]) for miss in near),
        shown_server=_shown("server", found.get("server"), password, known),
        shown_user=_shown("user", found.get("user"), password, known),
    )


def with_names(miss: NearMiss) -> str:
    """The name that a near miss was meant to have."""
    return variable_name(miss.identifier, miss.part)


def _hidden_in(part: Part, value: str) -> Iterator[str]:
    """The credentials in a server or user value."""
    if looks_secret(value):
        yield value
    yield from credentials_in(value)
    password = next(_before_hosts(value), None)
    if password is None and part == "user" and (pair := _PAIR.fullmatch(value)):
        password = pair[1]
    if password is not None:
        from urllib.parse import unquote

        yield password
        yield unquote(password)


def _before_hosts(text: str) -> Iterator[str]:
    """The passwords in a text that stand before a host, as in user:password@host."""
    for word in text.split():
        at = word.rfind("@")
        while at > 0 and _DIGEST.match(word, at + 1):
            at = word.rfind("@", 0, at)
        scheme, separator, rest = word[: max(0, at)].partition("://")
        login = rest if separator and ":" not in scheme else word[: max(0, at)]
        user, _, password = login.partition(":")
        if user.rpartition("/")[2] and password:
            yield password
