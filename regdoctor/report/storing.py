"""How to store three values that were found to work."""

from __future__ import annotations

import shlex

from regdoctor.discovery import allowed_identifier
from regdoctor.model import PARTS, Step, variable_name
from regdoctor.report.text import Line
from regdoctor.secret import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from regdoctor.model import Part, SecretSet, Variable


def how_to_store(working: SecretSet) -> Iterator[Line]:
    """The commands that store a set that works, for people to read."""
    yield Line("")
    yield Line("These values work. Store them as secrets of this repository's codespaces:", "bold")
    for part in PARTS:
        yield Line(f"  {command_to_store(working, part)}")
    yield Line("gh asks for the password. With --user instead of --app codespaces they are your own.")


def steps_to_store(working: SecretSet) -> tuple[Step, ...]:
    """The same as steps."""
    return (
        Step("Store the server.", command=command_to_store(working, "server")),
        Step("Store the user.", command=command_to_store(working, "user")),
        Step("Store the password; gh asks for it.", command=command_to_store(working, "password")),
        Step(
            "Then restart this codespace. With --user instead of --app codespaces the "
            "secrets are your own, in every repository that you allow.",
            url="https://github.com/settings/codespaces",
        ),
    )


def command_to_store(working: SecretSet, part: Part) -> str:
    """The command that stores one part.

    The password is never part of it, nor is a value that may not be shown: gh asks for these.
    """
    shown = {"server": working.shown_server, "user": working.shown_user, "password": None}[part]
    plain = _shell_word(working.variable(part), shown)
    body = f" --body {plain}" if plain else ""
    name = variable_name(allowed_identifier(working.id), part)
    return f"gh secret set {name} --app codespaces{body}"


def _shell_word(variable: Variable | None, shown: str | None) -> str | None:
    """A value as one word of a command, if it is fit to be shown and to be pasted."""
    if variable is None or shown is None or shown != variable.value.reveal() or visible(shown) != shown:
        return None
    return shlex.quote(shown)
