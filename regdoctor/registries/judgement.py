"""What a registry's own rules tell of three values, without asking it."""

from __future__ import annotations

import re

from regdoctor.record import Record
from regdoctor.registries.credentials import is_form, name_of_kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from regdoctor.model import Credential, Part, Severity
    from regdoctor.registries.registry import Registry

    Mend = Literal["set", "replace", "swap"]


class Values(Record):
    """A set's values as a login sends them."""

    host: str
    """Lower-case, without port."""
    user: str
    password: str
    credential: Credential
    own_token: bool = False
    """The password is the token that GitHub gave this machine."""
    account: str | None = None
    """The cloud account that the key belongs to, as its exchange told."""
    in_workflow: bool = False
    """The machine is a workflow's, which ends before its token does."""

    def __repr__(self) -> str:
        return f"Values({self.host!r})"


class Trouble(Record):
    """A fault of a value, as far as its form tells."""

    cause: str
    part: Part = "password"
    mend: Mend | None = "replace"
    """What mends it: the right value (`set`), the user (`replace`), or the exchange of user and password.
    None where nothing has to be done."""
    right: str | None = None
    """The right value, where it is known; never a secret."""
    severity: Severity | None = None
    """Another one than the cause's own."""
    evidence: tuple[str, ...] = ()
    also_possible: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    """What its words may name beside the facts of the set."""


class Refusal(Record):
    """What a registry said against a login."""

    cause: str
    words: str
    also_possible: tuple[str, ...] = ()


def troubles(registry: Registry, values: Values) -> tuple[Trouble, ...]:
    """What a registry's rules find in a user name and a password, worst first."""
    kind = values.credential.kind
    if not takes(registry, kind):
        return (wrong_kind(name_of_kind(kind)),)
    right = user_for(registry, kind)
    if right is not None and not any(re.fullmatch(user, values.user) for user in registry.users_of(kind)):
        return (wrong_user(values, right),)
    found = registry.judge(values)
    if any(trouble.cause == "credential-expires-soon" for trouble in found):
        return found
    return (*found, *_short_lived(registry, values))


def takes(registry: Registry, kind: str) -> bool:
    """Whether a registry takes a kind of credential; what has no form of its own may always be a password."""
    if kind in registry.takes or not is_form(kind):
        return True
    # Nobody's password but AWS's own: it signs requests, and is sent to nobody.
    return registry.takes_any and kind not in ("aws-access-key", "aws-temporary-key")


def user_for(registry: Registry, kind: str) -> str | None:
    """The user name that a kind of credential goes with, where a registry fixes it."""
    users = registry.users_of(kind)
    return users[0] if users else None


def wrong_kind(name: str, **facts: str) -> Trouble:
    """The password is a credential that this registry never takes."""
    return Trouble(
        "token-kind-unsupported",
        evidence=(f"by its form the password is {name}",),
        facts=(("kind", name), *facts.items()),
    )


def wrong_user(values: Values, right: str | None, problem: str | None = None, **more: object) -> Trouble:
    """The user name is not one that goes with this password."""
    facts = [("problem", problem or "a name that does not go with this password")]
    if right is not None:
        facts.append(("right_user", right))
    evidence = (f"by its form the password is {name_of_kind(values.credential.kind)}",) if right else ()
    trouble = Trouble(
        "user-wrong-form",
        part="user",
        mend="set" if right is not None else "replace",
        right=right,
        severity="error",
        evidence=evidence,
        facts=tuple(facts),
    )
    return trouble.but(**more)


def is_email(user: str) -> bool:
    """Whether a user name is an e-mail address."""
    name, _, host = user.partition("@")
    return bool(name) and "." in host[1:-1] and "@" not in host and not re.search(r"\s", user)


def is_guid(text: str) -> bool:
    """Whether a text has the form of a GUID."""
    return re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text, re.IGNORECASE) is not None


def _short_lived(registry: Registry, values: Values) -> tuple[Trouble, ...]:
    """A credential that ends soon by its nature, whenever that is."""
    if values.credential.expires_at is not None:
        return ()
    lifetimes = dict(registry.lifetimes)
    when = lifetimes.get(values.credential.kind) or lifetimes.get(values.user)
    if when is None:
        return ()
    return (
        Trouble(
            "credential-expires-soon",
            severity="info" if values.in_workflow else None,
            evidence=(f"{name_of_kind(values.credential.kind)} ends {when}",),
            facts=(("when", when),),
        ),
    )
