"""The .env file of a Compose project."""

from __future__ import annotations

import io
import re

from regdoctor.workspace.variables import InterpolationError, compose_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regdoctor.workspace.variables import Environment


LIMIT = 2 << 20
"""Characters of all values: each may be made of those above it. Those behind are not read."""


def dotenv_values(text: str, environment: Environment) -> dict[str, str]:
    """The variables of a .env file; a value may name those above it and those of the environment."""
    from dotenv.parser import parse_stream

    values: dict[str, str] = {}
    room = LIMIT
    # The package takes the longer for blanks in a row, the more there are, and an image's name has none.
    text = re.sub(r"[^\S\r\n]{100,}", " ", text.removeprefix("\ufeff"))
    for binding in parse_stream(io.StringIO(text)):
        if binding.error or binding.key is None or binding.value is None:
            continue
        value = binding.value
        literal = binding.original.string.partition("=")[2].lstrip().startswith("'")
        if "$" in value and not literal:
            try:
                value, _ = compose_text(value, environment.over(values))
            except InterpolationError:
                continue
        room -= len(value)
        if room < 0:
            break
        values[binding.key] = value
    return values
