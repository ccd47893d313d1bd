"""The log of a step in GitHub Actions, where some lines are commands to the runner.

<https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>. What the runner takes for
commands stands in its ActionCommand.cs: lines that begin with `::`, and those with `##[` anywhere.
"""

from __future__ import annotations

import re


def inert(text: str) -> str:
    """A text whose lines are no commands: of the marks that make one, the second is set apart."""
    if "::" in text:
        text = re.sub(r"^(\s*):(?=:[^\W\d])", r"\1: ", text, flags=re.MULTILINE)
    return text.replace("##[", "## [")


def command(name: str, message: str, **properties: str | int | None) -> str:
    """A command to the runner, on one line whatever its message and properties hold."""
    given = {key: str(value) for key, value in properties.items() if value is not None}
    told = ",".join(f"{key}={_property(value)}" for key, value in given.items())
    return f"::{name}{' ' if told else ''}{told}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
