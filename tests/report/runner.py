"""The runner of GitHub Actions, as far as it reads commands in a step's output.

After TryParseV2 and TryParse of ActionCommand.cs in actions/runner, but any name is taken for a command's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ESCAPES = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))


@dataclass(frozen=True)
class Command:
    """A command that the runner would carry out."""

    name: str
    properties: dict[str, str]
    data: str


def commands_in(output: str) -> list[Command]:
    """Every command of an output."""
    return [found for line in re.split(r"\r\n|\r|\n", output) if (found := _command(line))]


def _command(line: str) -> Command | None:
    line = line.lstrip()
    if line.startswith("::") and "::" in line[2:]:
        told, _, data = line[2:].partition("::")
        name, _, properties = told.partition(" ")
        pairs = (pair.partition("=") for pair in properties.strip().split(",") if "=" in pair)
        given = {key: _unescaped(value, _ESCAPES) for key, _, value in pairs}
        return Command(name, given, _unescaped(data, (*_ESCAPES[:2], _ESCAPES[4])))
    if "##[" in line and "]" in line.partition("##[")[2]:
        return Command(line.partition("##[")[2].partition("]")[0], {}, "")
    return None


def _unescaped(text: str, escapes: tuple[tuple[str, str], ...]) -> str:
    for escape, character in escapes:
        text = text.replace(escape, character)
    return text
