"""The .env file of a Compose project."""

from __future__ import annotations

import io

from regdoctor.workspace.variables import InterpolationError, compose_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regdoctor.workspace.variables import Environment


def dotenv_values(text: str, environment: Environment) -> dict[str, str]:
    """The variables of a .env file; a value may name those above it and those of the environment."""
    from dotenv.parser import parse_stream

    values: dict[str, str] = {}
    for binding in parse_stream(io.StringIO(text.removeprefix("\ufeff"))):
        if binding.error or binding.key is None or binding.value is None:
            continue
        value = binding.value
        literal = binding.original.string.partition("=")[2].lstrip().startswith("'")
        if "$" in value and not literal:
            try:
                value, _ = compose_text(value, environment.over(values))
            except InterpolationError:
                continue
        values[binding.key] = value
    return values
