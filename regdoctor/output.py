"""Standard output, for data, and standard error, for notices. Either may be closed."""

from __future__ import annotations

import contextlib
import errno
import os
import sys

from regdoctor.secret import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Mapping
    from typing import NoReturn, TextIO

    from regdoctor.report.text import Line


class OutputError(Exception):
    """The output could not be written. Exit code 3."""


def print_lines(lines: Iterable[Line], options: argparse.Namespace, environ: Mapping[str, str]) -> None:
    """Lines with colour where there is a terminal for it, else plain: rich is loaded only for colour."""
    output = getattr(options, "output", None)
    coloured = not options.no_color and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
    if output is None and coloured and is_terminal(sys.stdout):
        from rich.console import Console
        from rich.text import Text

        console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
        try:
            for line in lines:
                console.print(Text(_sayable(line.text), style=line.style, no_wrap=True))
        except (OSError, ValueError) as error:
            give_up(sys.stdout)
            raise OutputError(_why(error)) from None
        return
    text = printed = "".join(f"{line.text}\n" for line in lines)
    if environ.get("GITHUB_ACTIONS") == "true":
        from regdoctor.report.log import inert

        printed = inert(text)
    write(text, output, printed)


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


def write(text: str, output: str | None, printed: str | None = None) -> None:
    """Write to a file, or to standard output; raises `OutputError`.

    What a file does not take is printed, as it may have cost logins that a registry counts. `printed` is how
    the text reads on standard output, where that differs.
    """
    if output is None:
        _print(text if printed is None else printed)
        return
    try:
        _write_file(text, output)
    except OutputError:
        _print(text if printed is None else printed)
        raise


def _print(text: str) -> None:
    try:
        if sys.stdout is None:
            raise OSError(errno.EBADF, "standard output is closed")
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.buffer.write(text.encode(encoding, "backslashreplace"))
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError) as error:
        give_up(sys.stdout)
        raise OutputError(_why(error)) from None


def append(text_within: Callable[[int], str], path: str, limit: int) -> None:
    """Append to a file what there is room for below a limit, in bytes; raises `OutputError`."""
    try:
        with open(path, "ab", opener=_open_at_once) as file:
            room = limit - file.tell()
            data = text_within(room).encode("utf-8", "backslashreplace")
            if len(data) > room:
                raise OSError(errno.ENOSPC, f"it has room for {max(0, room):,} bytes more")
            file.write(data)
    except (OSError, ValueError) as error:
        raise OutputError(f"{path}: {_why(error)}") from None


def _write_file(text: str, path: str) -> None:
    try:
        with open(path, "w", encoding="utf-8", errors="backslashreplace", opener=_open_at_once) as file:
            file.write(text)
    except (OSError, ValueError) as error:
        raise OutputError(f"{visible(path, 300) or repr(path)}: {_why(error)}") from None


def _open_at_once(path: str, flags: int) -> int:
    # A pipe from which nobody reads is an error, not something to wait for.
    descriptor = os.open(path, flags | os.O_NONBLOCK, 0o666)
    os.set_blocking(descriptor, True)
    return descriptor


def would_overwrite(output: str, sources: Iterable[str]) -> bool:
    """Whether a file that is to be written is one of those that are read."""
    for source in sources:
        try:
            if os.path.isfile(source) and os.path.samefile(output, source):
                return True
        except (OSError, ValueError):
            continue  # what is not there is overwritten by nothing
    return False


def _sayable(text: str) -> str:
    """A text in the characters that standard output can show; the others by their code points."""
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def give_up(stream: TextIO | None) -> None:
    """Keep the interpreter from trying a stream again, and complaining, while it ends."""
    if stream is not None:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


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
    try:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        give_up(sys.stderr)
