"""The files and folders that the command line names: each is read before a deadline, wherever it is.

A pipe may never end, a device never, and a network share may not answer.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys

from regdoctor.arguments import UsageError, settings_of
from regdoctor.environment import variables_of
from regdoctor.output import is_terminal, say
from regdoctor.probes.deadline import run_within

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Mapping
    from typing import BinaryIO, TypeVar

    from regdoctor.codespace.kept import Kept
    from regdoctor.explain.creation_log import CreationLog
    from regdoctor.model import Variables
    from regdoctor.probes.deadline import Deadline
    from regdoctor.settings import Settings

    Result = TypeVar("Result")

PIPED = 64 << 20
"""Bytes of a text from a pipe that are looked through."""
_UNASKED = 2.0
"""Seconds that are spent on what nobody has named: the codespace's own files, the current folder."""


def settings_from(options: argparse.Namespace, deadline: Deadline) -> Settings:
    """The settings that a command line asks for. Raises `UsageError`."""
    settings = settings_of(options)
    if settings.ca_file is not None:
        _check_certificates(settings.ca_file, deadline)
    return settings.but(workspace=_workspace(options, deadline))


def variables_from(
    options: argparse.Namespace, environ: Mapping[str, str], deadline: Deadline
) -> tuple[Variables, Kept]:
    """The variables at hand, and what the codespace keeps besides. Raises `UsageError`."""
    from regdoctor.codespace import kept as codespace
    from regdoctor.env_file import EnvFileError, read_env_file

    if options.env_file is not None:
        try:
            named = f"--env-file: {options.env_file}"
            return _in_time(named, deadline, lambda: read_env_file(options.env_file)), codespace.Kept()
        except EnvFileError as error:
            raise UsageError(f"--env-file: {error}") from None
    kept = codespace.Kept()
    if not options.no_secret_files and environ.get("CODESPACES") == "true":
        with contextlib.suppress(TimeoutError):  # it was an offer of help
            kept = run_within(deadline.within(_UNASKED), lambda: codespace.read_kept(environ))
    return kept.added_to(variables_of(environ)), kept


def creation_log_from(
    options: argparse.Namespace, environ: Mapping[str, str], variables: Variables, deadline: Deadline
) -> CreationLog | None:
    """The log of the codespace's creation, if there is to be one. Raises `UsageError`."""
    from regdoctor.codespace import environment_of

    environment = environment_of(environ)
    if options.creation_log is None and not environment.codespace:
        return None
    from regdoctor.explain import creation_log

    if (path := options.creation_log) is not None:
        _in_time(f"--creation-log: {path}", deadline, lambda: _check_readable("--creation-log", path))
    failed = environment.recovery_container
    return creation_log.CreationLog(path or creation_log.PATH, variables, failed=failed)


@contextlib.contextmanager
def text_to_explain(name: str) -> Iterator[Text]:
    """The text in a file, or what comes on standard input. Raises `UsageError`."""
    if name == "-":
        if sys.stdin is None:
            raise UsageError("there is no standard input to read")
        if is_terminal(sys.stdin):
            say("Paste the text, and end it with Ctrl+D on a line of its own:")
        yield _text("standard input", sys.stdin.buffer)
        return
    try:
        stream = open(name, "rb")  # noqa: SIM115 - closed below
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "this is no file name"
        raise UsageError(f"{name or repr(name)} cannot be read: {why}") from None
    with stream:
        yield _text(name, stream)


class Text:
    """A text of which no more is read than there can be use for."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream = stream
        self._left = most
        self.cut = False
        """It goes on where nobody looks."""

    def read(self, size: int = 1 << 16, /) -> bytes:
        """The next bytes; none at the end, which may have been set."""
        self.cut = self._left <= 0
        read = b"" if self.cut else self._stream.read(min(size, self._left))
        self._left -= len(read)
        return read


def _text(name: str, stream: BinaryIO) -> Text:
    about = os.fstat(stream.fileno())
    if stat.S_ISREG(about.st_mode):
        return Text(stream, about.st_size + PIPED)
    if (stat.S_ISCHR(about.st_mode) and not stream.isatty() and not _is_null(about)) or stat.S_ISBLK(
        about.st_mode
    ):
        raise UsageError(f"{name} cannot be read: it is a device, and has no end")
    return Text(stream, PIPED)


def _is_null(about: os.stat_result) -> bool:
    return about.st_rdev == os.stat(os.devnull).st_rdev


def _in_time(named: str, deadline: Deadline, work: Callable[[], Result]) -> Result:
    try:
        return run_within(deadline, work)
    except TimeoutError:
        raise UsageError(f"{named} was not read in the time allowed") from None


def _check_certificates(path: str, deadline: Deadline) -> None:
    from regdoctor.probes.tls import holds_certificates

    def check() -> bool:
        _check_readable("--ca-file", path)
        # It is read twice, and to its end.
        return stat.S_ISREG(os.stat(path).st_mode) and holds_certificates(path)

    try:
        fit = _in_time(f"--ca-file: {path}", deadline, check)
    except OSError as error:
        raise UsageError(f"--ca-file: {path} cannot be read: {error.strerror}") from None
    if not fit:
        raise UsageError(f"--ca-file: {path} holds no certificate in PEM form")


def _check_readable(option: str, path: str) -> None:
    try:
        if stat.S_ISREG(os.stat(path).st_mode):  # to open anything else may wait, or do something
            open(path, "rb").close()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "this is no file name"
        raise UsageError(f"{option}: {path} cannot be read: {why}") from None


def _workspace(options: argparse.Namespace, deadline: Deadline) -> str | None:
    """The folder whose images are asked for, if any are."""
    if not hasattr(options, "workspace"):
        return None
    if (folder := options.workspace) is not None:
        if not _in_time(f"--workspace: {folder}", deadline, lambda: os.path.isdir(folder)):
            raise UsageError(f"--workspace: {folder} is no folder")
        return None if options.no_images else str(folder)
    if options.no_images:
        return None
    from regdoctor.workspace.place import find_workspace

    try:
        return run_within(deadline.within(_UNASKED), lambda: find_workspace(os.getcwd()))
    except (OSError, TimeoutError):
        return None  # the current folder was removed, or nobody answers for it
