"""Credentials in the environment that belong to no set, and that a text may hold all the same.

A log of the codespace's creation, a Dockerfile or a pasted message may quote any of them.
"""

from __future__ import annotations

import re

from regdoctor.names import read_name
from regdoctor.regex import regex
from regdoctor.registries.credentials import form_of, secret_parts
from regdoctor.secret import WINDOW, Secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FOR_SURE = frozenset(
    (
        *(
            "GITHUB_TOKEN",
            "GH_TOKEN",
            "GH_ENTERPRISE_TOKEN",
            "GITHUB_ENTERPRISE_TOKEN",
            "GITHUB_CODESPACE_TOKEN",
        ),
        *("REGDOCTOR_TOKEN", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"),
    )
)
_BY_NAME = regex(r"TOKEN|PASSW|SECRET|CREDENTIAL|API_?KEY|ACCESS_?KEY(?!_?ID)|PRIVATE_?KEY|(?:^|_)PAT$", re.I)
_NO_CREDENTIAL = regex(r"[/~.].*|\w+:/.*|[A-Za-z]?[a-z]+|[A-Z]+|[0-9.]+", re.DOTALL)
"""Values of such names that are a path, an address, a word or a number."""
_LOGIN = regex(r"://[^\s/:@]*:([^\s/]+)@")


def bystanders(environ: Mapping[str, str]) -> Iterator[Secret]:
    """The credentials among the variables of an environment: by their names, their forms, in addresses."""
    for name, value in environ.items():
        bare = value.strip()
        if len(bare) < WINDOW:
            continue
        # Whether a server or a user of a set is one in the wrong place is seen by its value alone.
        of_a_set = name.upper().endswith(("_CONTAINER_REGISTRY_SERVER", "_CONTAINER_REGISTRY_USER"))
        named = not of_a_set and _BY_NAME.search(name) and not _NO_CREDENTIAL.fullmatch(bare)
        if name in _FOR_SURE or named or form_of(bare) is not None:
            yield from map(Secret, secret_parts(bare))
        if "@" in bare:
            yield from _in_addresses(bare)


def _in_addresses(text: str) -> Iterator[Secret]:
    """The passwords in addresses, a proxy's for example: as they are written, and as they are meant."""
    from urllib.parse import unquote

    for password in _LOGIN.findall(text):
        yield Secret(password)
        yield Secret(unquote(password))


def for_other_programs(environ: Mapping[str, str]) -> dict[str, str]:
    """What a program that is started gets of an environment: no sets, nothing for regdoctor alone."""
    return {
        name: value
        for name, value in environ.items()
        if "CONTAINER_REGISTRY" not in name.upper() and name != "REGDOCTOR_TOKEN" and read_name(name) is None
    }
