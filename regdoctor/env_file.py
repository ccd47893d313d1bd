"""Variables read from a dotenv file instead of the environment."""

from __future__ import annotations

import io

from regdoctor.secret import Secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regdoctor.model import Variables

LIMIT = 16 << 20
"""Bytes of a file that are read; Codespaces' own limit is 100 secrets of 48 KB for each owner."""


class EnvFileError(Exception):
    """The file cannot be read as variables. Its words hold none of the file's."""


def read_env_file(path: str) -> Variables:
    """The variables of a dotenv file, without any expansion of `$NAME` in values.

    Raises `EnvFileError` with one sentence.
    """
    from dotenv.parser import parse_stream

    try:
        with open(path, "rb") as file:
            raw = file.read(LIMIT + 1)
    except OSError as error:
        raise EnvFileError(f"{path} cannot be read: {error.strerror}") from None
    if len(raw) > LIMIT:
        raise EnvFileError(f"{path} is larger than {LIMIT >> 20} MB")
    if b"\0" in raw:
        raise EnvFileError(f"{path} is no text file: it holds a NUL byte")
    variables: dict[str, Secret] = {}
    # What is no UTF-8 travels as the environment's own bytes would.
    for binding in parse_stream(io.StringIO(raw.decode("utf-8-sig", "surrogateescape"))):
        if binding.error:
            raise EnvFileError(f"{path}, line {binding.original.line}: this is not NAME=VALUE")
        if binding.key is not None and binding.value is not None:
            variables[binding.key] = Secret(binding.value)
    return variables
