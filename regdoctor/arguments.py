"""The words of the command line, and what they mean. One parser is built in a run: that of the command."""

from __future__ import annotations

import argparse

from regdoctor.argument_types import count, days, ignored, image, override, place, positive
from regdoctor.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, NoReturn

# Nothing is translated here: argparse would look for each of its words among the system's catalogues.
argparse._ = str  # type: ignore[attr-defined]

SHELLS = ("bash", "zsh", "fish")

OVERVIEW = """\
usage: regdoctor [COMMAND] [OPTIONS]

Finds out why a codespace cannot log in to a private container registry with its
secrets <ID>_CONTAINER_REGISTRY_SERVER, _USER and _PASSWORD, and how to mend it.

commands:
  report              one diagnosis, printed; never asks anything
  try SERVER          the same for three values that are no secrets yet
  explain [FILE]      the cause behind a failure's text: a pasted message, a log
  causes [ID]         every cause of failure that regdoctor knows, or one in full
  summarize FILE...   many JSON reports in one: which causes, where, how often
  demo                a tour of registries embedded in the program
  completions SHELL   what makes bash, zsh or fish complete these words

Without a command: the terminal app, or a report where there is no terminal.
"regdoctor COMMAND --help" lists the options of a command.

options:
  -h, --help          show this text
  -V, --version       show the version
"""


class UsageError(Exception):
    """Words on the command line, or a file that they name, that make no sense. Exit code 2."""


class _Formatter(argparse.HelpFormatter):
    """Help at a fixed width: asking for the terminal's loads the archive modules by way of shutil."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=80)


class _Parser(argparse.ArgumentParser):
    """A parser that leaves it to its caller to print and to exit."""

    def __init__(self, *, prog: str, description: str, allow_abbrev: bool) -> None:
        super().__init__(
            prog=prog, description=description, allow_abbrev=allow_abbrev, formatter_class=_Formatter
        )

    def error(self, message: str) -> NoReturn:
        _, unknown, words = message.partition("unrecognized arguments: ")
        if unknown:
            # What follows an option that is none, as in --password VALUE, is not for the screen.
            names = [_name_of_option(word) for word in words.split() if word.startswith("-")]
            message = f"there is no option {', '.join(names)}" if names else f"one word too many: {words}"
        raise UsageError(message)


class _File(argparse.Action):
    """The name of one file: of two, the first would be passed over without a word."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        if getattr(namespace, self.dest) is not None:
            raise argparse.ArgumentError(self, "given twice")
        setattr(namespace, self.dest, values)


def _name_of_option(word: str) -> str:
    return word.partition("=")[0] if word.startswith("--") else word[:2]


def report_parser() -> argparse.ArgumentParser:
    """The options of `regdoctor report`, which the app shares."""
    parser = _Parser(
        prog="regdoctor report",
        description="Diagnose the secret sets of this codespace, and print what was found.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--schema", action="store_true", help="print the JSON Schema of --format json, and nothing else"
    )
    _add_output(parser)
    parser.add_argument(
        "--env-file", metavar="FILE", action=_File, help="dotenv file to read instead of the environment"
    )
    parser.add_argument(
        "--only", metavar="ID", action="append", default=[], help="diagnose this set alone (repeatable)"
    )
    parser.add_argument(
        "--offline", action="store_true", help="judge names and values only; nothing is sent anywhere"
    )
    parser.add_argument(
        "--ignore",
        metavar="CAUSE[@ID]",
        type=ignored,
        action="append",
        default=[],
        help="keep such findings out of the verdict (repeatable)",
    )
    parser.add_argument(
        "--creation-log",
        metavar="FILE",
        action=_File,
        help="log of the codespace's creation (default: that of this one)",
    )
    parser.add_argument(
        "--no-secret-files", action="store_true", help="do not look into the files that Codespaces keeps"
    )
    parser.add_argument(
        "--image",
        metavar="REF",
        type=image,
        action="append",
        default=[],
        help="also ask whether this image can be pulled (repeatable)",
    )
    parser.add_argument(
        "--workspace",
        metavar="DIR",
        action=_File,
        help="folder whose dev container's images are asked for (default: the current one, or its nearest "
        "parent with a dev container configuration)",
    )
    parser.add_argument(
        "--no-images", action="store_true", help="do not look for the images that the workspace pulls"
    )
    _add_connection(parser)
    return parser


def try_parser() -> argparse.ArgumentParser:
    """The options of `regdoctor try`."""
    parser = _Parser(
        prog="regdoctor try",
        description="Diagnose three values before they are stored; when they work, print how to store them.",
        allow_abbrev=False,
    )
    parser.add_argument("server", metavar="SERVER", help="the registry, for example ghcr.io")
    parser.add_argument("--user", required=True, help="the user name")
    parser.add_argument(
        "--password-stdin", action="store_true", help="read the password from standard input, not by prompt"
    )
    _add_output(parser)
    _add_connection(parser)
    return parser


def causes_parser() -> argparse.ArgumentParser:
    """The options of `regdoctor causes`."""
    parser = _Parser(
        prog="regdoctor causes",
        description="List every cause of failure, or explain one in full.",
        allow_abbrev=False,
    )
    parser.add_argument("id", metavar="ID", nargs="?", help="the cause to explain")
    parser.add_argument("--no-color", action="store_true", help="print without colour")
    return parser


def explain_parser() -> argparse.ArgumentParser:
    """The options of `regdoctor explain`."""
    parser = _Parser(
        prog="regdoctor explain",
        description=(
            "Name the cause behind the text of a failure: a pasted message, the log of a build, of docker, "
            "podman, kubernetes or a dev container, a creation log. Nothing is sent anywhere."
        ),
        allow_abbrev=False,
    )
    parser.add_argument(
        "file", metavar="FILE", nargs="?", default="-", help="the text (default: standard input)"
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "markdown"),
        default="text",
        help="form of the answer (default: text)",
    )
    parser.add_argument(
        "--output",
        metavar="FILE",
        type=place,
        action=_File,
        help="write the answer there, not to standard output",
    )
    parser.add_argument("--no-color", action="store_true", help="print without colour (also: NO_COLOR)")
    return parser


def summarize_parser() -> argparse.ArgumentParser:
    """The options of `regdoctor summarize`."""
    parser = _Parser(
        prog="regdoctor summarize",
        description=(
            "Merge the JSON reports of many codespaces or jobs into one: which causes, where, how often. "
            "A file that holds no report is named on standard error and makes the exit code 2; the others "
            "are merged all the same."
        ),
        allow_abbrev=False,
    )
    parser.add_argument(
        "files", metavar="FILE", nargs="+", help="what `regdoctor report --format json` printed; - is stdin"
    )
    _add_form(parser, "summary", ("text", "json", "markdown"))
    return parser


def completions_parser() -> argparse.ArgumentParser:
    """The options of `regdoctor completions`."""
    parser = _Parser(
        prog="regdoctor completions",
        description="Print the script by which a shell completes the words of regdoctor.",
        allow_abbrev=False,
    )
    parser.add_argument("shell", choices=SHELLS, help="the shell")
    return parser


def demo_parser() -> argparse.ArgumentParser:
    """The options of `regdoctor demo`."""
    parser = _Parser(
        prog="regdoctor demo",
        description=(
            "Show the app over registries embedded in the program, one set for each kind of failure. "
            "Needs no secrets, no Docker and no network."
        ),
        allow_abbrev=False,
    )
    parser.add_argument("--report", action="store_true", help="print the report instead of opening the app")
    _add_output(parser)
    return parser


PARSERS: Mapping[str, Callable[[], argparse.ArgumentParser]] = {
    "report": report_parser,
    "try": try_parser,
    "explain": explain_parser,
    "causes": causes_parser,
    "summarize": summarize_parser,
    "demo": demo_parser,
    "completions": completions_parser,
}
"""The commands, and what makes the parser of each."""


def _add_output(parser: argparse.ArgumentParser) -> None:
    from regdoctor.report.formats import FORMATS

    group = _add_form(parser, "report", tuple(FORMATS))
    group.add_argument(
        "--brief", action="store_true", help="say it in one line where the exit code is 0 (text alone)"
    )
    group.add_argument(
        "--trace", action="store_true", help="list every network call: method, host, status, duration"
    )
    group.add_argument(
        "--anonymize",
        action="store_true",
        help="replace host, user and repository names, for a public ticket",
    )


def _add_form(parser: argparse.ArgumentParser, noun: str, forms: tuple[str, ...]) -> argparse._ArgumentGroup:
    """What a command that prints findings is asked of its output."""
    group = parser.add_argument_group("output")
    group.add_argument("--format", choices=forms, default="text", help=f"form of the {noun} (default: text)")
    group.add_argument(
        "--output",
        metavar="FILE",
        type=place,
        action=_File,
        help=f"write the {noun} there instead of to standard output",
    )
    group.add_argument(
        "--fail-on",
        choices=("error", "warning", "never"),
        default="error",
        help="the mildest finding that makes the exit code 1 (default: error)",
    )
    group.add_argument("--no-color", action="store_true", help="print without colour (also: NO_COLOR)")
    return group


def _add_connection(parser: argparse.ArgumentParser) -> None:
    defaults = Settings()
    group = parser.add_argument_group("connection")
    group.add_argument(
        "--engine",
        choices=("auto", "docker", "direct"),
        default=defaults.engine,
        help="who logs in: regdoctor and the Docker Engine, the Engine alone, or regdoctor alone",
    )
    group.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=positive,
        default=defaults.timeout,
        help=f"time for a set or an image, from the start of the run (default: {defaults.timeout:g})",
    )
    group.add_argument(
        "--jobs",
        metavar="N",
        type=count,
        default=defaults.jobs,
        help=f"sets and images diagnosed at the same time (default: {defaults.jobs})",
    )
    group.add_argument(
        "--ca-file", metavar="FILE", action=_File, help="certificates to trust besides the system's"
    )
    group.add_argument(
        "--resolve",
        metavar="HOST:PORT:ADDRESS[:PORT]",
        type=override,
        action="append",
        default=[],
        help="use this address for a host and port (repeatable)",
    )
    group.add_argument(
        "--warn-expiry",
        metavar="DAYS",
        type=days,
        default=defaults.warn_expiry_days,
        help=f"warn of credentials that end within so many days (default: {defaults.warn_expiry_days:g})",
    )


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings that a command line asks for."""
    return Settings(
        engine=options.engine,
        offline=getattr(options, "offline", False),
        timeout=options.timeout,
        jobs=options.jobs,
        ca_file=options.ca_file,
        overrides=tuple(options.resolve),
        warn_expiry_days=options.warn_expiry,
        only=tuple(getattr(options, "only", ())),
        ignore=tuple(getattr(options, "ignore", ())),
        images=tuple(getattr(options, "image", ())),
    )
