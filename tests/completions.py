"""Writes regdoctor/completions from the parsers of the command line: `python -m tests.completions`.

shtab writes the scripts, https://docs.iterative.ai/shtab/. They are shipped as files, so that nobody who uses
regdoctor needs it; the causes and the forms of a report are filled in when they are printed.
"""

from __future__ import annotations

import sys
from argparse import Action, ArgumentParser
from pathlib import Path

import shtab

from regdoctor.arguments import OVERVIEW, PARSERS, SHELLS
from regdoctor.report.formats import FORMATS

FOLDER = Path(__file__).parents[1] / "regdoctor" / "completions"

SETS = shtab.cmd(
    "awk 'BEGIN { for (name in ENVIRON) if (name !~ /[^A-Za-z0-9_]/ "
    "&& split(name, part, /_CONTAINER_REGISTRY_SERVER/) == 2 && length(part[2]) == 0) print part[1] }'"
)
"""The identifiers of the sets in the environment; in words that no shell reads otherwise between quotes."""


def whole_parser() -> ArgumentParser:
    """All commands and options in one parser: those of `report` go without a command, too."""
    parser = _joined(ArgumentParser(prog="regdoctor", add_help=False, parents=[PARSERS["report"]()]))
    parser.add_argument("-V", "--version", action="version", help="show the version")
    commands = parser.add_subparsers(title="commands")
    for name, make in PARSERS.items():
        own = make()
        _joined(commands.add_parser(name, add_help=False, parents=[own], help=_told_of(name)))
    return parser


def _told_of(command: str) -> str:
    """What the overview says of a command."""
    (line,) = (line for line in OVERVIEW.splitlines() if line.startswith(f"  {command} "))
    return line[2:].partition("  ")[2].strip()


def _joined(parser: ArgumentParser) -> ArgumentParser:
    for action in parser._actions:
        _describe(action)
    return parser


def _describe(action: Action) -> None:
    """What the word after an option may be, by the word that stands for it in the help."""
    if action.metavar == "FILE":
        action.complete = shtab.FILE  # type: ignore[attr-defined]
    elif action.metavar == "DIR":
        action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
    elif action.dest == "only":
        action.complete = SETS  # type: ignore[attr-defined]
    elif action.dest in ("id", "ignore"):
        action.choices = ["@CAUSES@"]
    elif action.choices == (*FORMATS,):
        action.choices = ["@FORMATS@"]
    elif isinstance(action.metavar, str):
        action.metavar = action.metavar.partition(":")[0]  # zsh would take the rest for a command


def script(shell: str) -> str:
    """The script for a shell."""
    return shtab.complete(whole_parser(), shell=shell)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for shell in SHELLS:
        (FOLDER / f"regdoctor.{shell}").write_text(script(shell))
        sys.stdout.write(f"written: regdoctor/completions/regdoctor.{shell}\n")


if __name__ == "__main__":
    main()
