"""How to store three values that were found to work."""

from __future__ import annotations

import shlex

from regdoctor.model import Variable, variable_name
from regdoctor.report.text import Line
from regdoctor.secret import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from regdoctor.model import Part, SecretSet


def how_to_store(working: SecretSet) -> Iterator[Line]:
    """The commands that store a set that works.

    The password is never part of a command, nor is a value that may not be shown: gh asks for these.
    """
    yield Line("")
    yield Line("These values work. Store them as secrets of this repository's codespaces:", "bold")
    shown: tuple[tuple[Part, Variable | None, str | None], ...] = (
        ("server", working.server, working.shown_server),
        ("user", working.user, working.shown_user),
        ("password", None, None),
    )
    for part, variable, value in shown:
        name = variable_name(working.id, part)
        plain = _shell_word(variable, value)
        body = f" --body {plain}" if plain else ""
        yield Line(f"  gh secret set {name} --app codespaces{body}")
    yield Line("gh asks for the password. With --user in place of --app codespaces they are your own.")


def _shell_word(variable: Variable | None, shown: str | None) -> str | None:
    """A value as one word of a command, if it is fit to be shown and to be pasted."""
    if variable is None or shown is None or shown != variable.value.reveal() or visible(shown) != shown:
        return None
    return shlex.quote(shown)
