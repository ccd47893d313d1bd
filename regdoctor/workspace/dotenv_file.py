"""The .env file of a Compose project."""

from __future__ import annotations

import functools
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
    values: dict[str, str] = {}
    room = LIMIT
    for name, value, literal in _bindings(text):
        if "$" in value and not literal:
            try:
                value, _ = compose_text(value, environment.over(values))
            except InterpolationError:
                continue
        room -= len(value)
        if room < 0:
            break
        values[name] = value
    return values


@functools.lru_cache(4)  # the files of a project may include one another's folder many times
def _bindings(text: str) -> tuple[tuple[str, str, bool], ...]:
    """The names and values of a .env file, and whether nothing in a value means anything else."""
    from dotenv.parser import parse_stream

    # The package takes the longer for blanks in a row, the more there are, and an image's name has none.
    text = re.sub(r"[^\S\r\n]{100,}", " ", text.removeprefix("\ufeff"))
    return tuple(
        (
            binding.key,
            binding.value,
            binding.original.string.partition("=")[2].lstrip().startswith("'"),
        )
        for binding in parse_stream(io.StringIO(text))
        if not binding.error and binding.key is not None and binding.value is not None
    )
