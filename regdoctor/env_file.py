"""Variables read from a dotenv file instead of the environment."""

from __future__ import annotations

import io
import re

from regdoctor.secret import Secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regdoctor.model import Variables

LIMIT = 4 << 20
"""Bytes of a file that are read: twice the environment that Linux gives a process as a rule (execve(2))."""
MOST = 50_000
"""Lines of a file that are taken apart: that takes time, and all variables are compared with one another."""
BLANKS = 1000
"""Blanks in a row that no file has for any good reason."""


class EnvFileError(Exception):
    """The file cannot be read as variables. Its words hold none of the file's."""


def read_env_file(path: str) -> Variables:
    """The variables of a dotenv file, without any expansion of `$NAME` in values.

    Raises `EnvFileError` with one sentence.
    """
    try:
        with open(path, "rb") as file:
            raw = file.read(LIMIT + 1)
    except OSError as error:
        raise EnvFileError(f"{path} cannot be read: {error.strerror}") from None
    if len(raw) > LIMIT:
        raise EnvFileError(f"{path} is larger than {LIMIT >> 20} MB")
    return variables_in(raw, path)


def variables_in(raw: bytes, path: str) -> Variables:
    """The variables in what a file holds. Raises `EnvFileError`, in which the file is called by its path."""
    from dotenv.parser import parse_stream

    if b"\0" in raw:
        raise EnvFileError(f"{path} is no text file: it holds a NUL byte")
    # What is no UTF-8 travels as the environment's own bytes would.
    text = raw.decode("utf-8-sig", "surrogateescape")
    # The package looks for a comment behind each of them, again and again.
    if blanks := re.search(rf"[^\S\r\n]{{{BLANKS}}}", text):
        line = text.count("\n", 0, blanks.start()) + 1
        raise EnvFileError(f"{path}, line {line}: there are {BLANKS} blanks in a row")
    variables: dict[str, Secret] = {}
    for number, binding in enumerate(parse_stream(io.StringIO(text))):
        if binding.error:
            raise EnvFileError(f"{path}, line {binding.original.line}: this is not NAME=VALUE")
        if number >= MOST:
            raise EnvFileError(f"{path} holds more than {MOST} lines")
        if binding.key is not None and binding.value is not None:
            variables[binding.key] = Secret(binding.value)
    return variables
