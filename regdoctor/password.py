"""The password of values that are not stored yet: asked for at the terminal, or read from standard input."""

from __future__ import annotations

import sys

from regdoctor.arguments import UsageError
from regdoctor.output import is_terminal
from regdoctor.signals import broken_off_by_signals

LIMIT = 1 << 20
"""Bytes of a password; GitHub stores 48 KB."""


def read_password(*, from_stdin: bool) -> str:
    """The password, as docker login takes it: without its line end. Raises `UsageError`."""
    if from_stdin:
        return _from_stdin()
    if not is_terminal(sys.stdin):
        raise UsageError("there is no terminal to ask for the password; use --password-stdin")
    import getpass

    try:
        with broken_off_by_signals():  # else the terminal would go on hiding what is typed
            return getpass.getpass("Password: ", sys.stderr)
    except EOFError:
        raise UsageError("no password was given") from None
    except (OSError, UnicodeError):
        raise UsageError("the terminal did not take the password; use --password-stdin") from None


def _from_stdin() -> str:
    if sys.stdin is None:
        raise UsageError("--password-stdin: there is no standard input to read")
    try:
        raw = sys.stdin.buffer.read(LIMIT + 1)
    except OSError as error:
        raise UsageError(f"--password-stdin: standard input cannot be read: {error.strerror}") from None
    if len(raw) > LIMIT:
        raise UsageError(f"--password-stdin: no password is longer than {LIMIT >> 20} MB")
    return raw.decode("utf-8", "surrogateescape").removesuffix("\n").removesuffix("\r")
