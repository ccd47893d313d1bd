"""Standard output, for data, and standard error, for notices. Either may be closed."""

from __future__ import annotations

import contextlib
import errno
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping
    from typing import NoReturn, TextIO

    from regdoctor.report.text import Line


class OutputError(Exception):
    """The output could not be written. Exit code 3."""


def print_lines(
    lines: Iterator[Line] | tuple[Line, ...], options: argparse.Namespace, environ: Mapping[str, str]
) -> None:
    """Lines with colour where there is a terminal for it, else plain: rich is loaded only for colour."""
    output = getattr(options, "output", None)
    coloured = not options.no_color and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
    if output is None and coloured and is_terminal(sys.stdout):
        from rich.console import Console
        from rich.text import Text

        console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
        for line in lines:
            console.print(Text(line.text, style=line.style, no_wrap=True))
        return
    write("".join(f"{line.text}\n" for line in lines), output)


def has_terminal() -> bool:
    """Whether somebody sits in front of the program."""
    return is_terminal(sys.stdin) and is_terminal(sys.stdout)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a standard stream is a terminal."""
    # A stream that was closed before the start is None.
    return stream is not None and stream.isatty()


def speaks_unicode() -> bool:
    """Whether standard output can show every character."""
    return (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"


def write(text: str, output: str | None) -> None:
    """Write to a file, or to standard output; raises `OutputError`."""
    try:
        if output is not None:
            with open(output, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
            return
        if sys.stdout is None:
            raise OSError(errno.EBADF, "standard output is closed")
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.buffer.write(text.encode(encoding, "backslashreplace"))
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError) as error:
        give_up_stdout()
        raise OutputError(getattr(error, "strerror", None) or str(error)) from None


def give_up_stdout() -> None:
    """Keep the interpreter from trying again, and complaining, while it ends."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def leave(code: int) -> NoReturn:
    """End the process, with what was printed written out and nothing else tidied up."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError):
        code = code or 3
    os._exit(code)


def say(text: str) -> None:
    """A line on standard error, if anybody listens."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
