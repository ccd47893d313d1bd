"""The registry secrets that Codespaces keeps in files of the codespace.

A process may lack what its codespace was given (sudo, an agent's shell, a command over ssh), or hold an
older value than Codespaces has handed on since. The files are not documented: that login shells source
`.env-secrets` (a name, `=`, the value in base64), and that the dev container's program is started with
`user-secrets-envs.json`, was seen in codespaces. Nothing but registry secrets is kept of what is read.
"""

from __future__ import annotations

import os
import stat

from regdoctor.names import read_name
from regdoctor.record import Record
from regdoctor.secret import Secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import BinaryIO

    from regdoctor.model import Variables

    Keep = Callable[[str, str], None]
    """What takes a name and a value."""

FOLDER = "/workspaces/.codespaces/shared"

_VALUE_LIMIT = 64 << 10
"""Characters of a value; GitHub stores 48 KB."""
_LINE_LIMIT = 128 << 10
"""Bytes of a line: a value in base64, with its name."""
_FILE_LIMIT = 4 << 20
"""Bytes of a file: more than Linux gives a process as its environment as a rule (execve(2)), encoded."""
_MOST = 10_000
"""Names in a file: three levels of a hundred secrets each, and many more."""
_NAME_LIMIT = 200


class KeptVariable(Record):
    """A variable as a file has it."""

    name: str
    value: Secret
    file: str


class Kept(Record):
    """What the files hold, beside the environment of this process."""

    unseen: tuple[KeptVariable, ...] = ()
    """Those that the environment lacks."""
    changed: tuple[KeptVariable, ...] = ()
    """Those of which the environment has another value."""
    same: tuple[str, ...] = ()
    """The names on whose value both agree."""

    def added_to(self, variables: Variables) -> Variables:
        """The variables, with those that they lack."""
        return {**variables, **{each.name: each.value for each in self.unseen}}

    def renewing(self, variables: Variables) -> Variables:
        """The variables with the values that a new start would give them."""
        return {**variables, **{each.name: each.value for each in self.changed if each.name in variables}}


def read_kept(environ: Mapping[str, str], folder: str = FOLDER) -> Kept:
    """The registry secrets of a codespace's files, compared with its environment; none elsewhere.

    Where files differ, the one that was written last counts. What cannot be read is passed over.
    """
    if environ.get("CODESPACES") != "true":
        return Kept()
    newest: dict[str, KeptVariable] = {}
    for _, path, found in sorted(_read_files(folder), key=lambda read: read[0]):
        newest.update({name: KeptVariable(name, Secret(value), path) for name, value in found.items()})
    unseen, changed, same = [], [], []
    for name, kept in sorted(newest.items()):
        if name not in environ:
            unseen.append(kept)
        elif _bare(environ[name]) != _bare(kept.value.reveal()):
            changed.append(kept)
        else:
            same.append(name)
    return Kept(tuple(unseen), tuple(changed), tuple(same))


def _bare(value: str) -> str:
    """A value without its last line ends, which a login shell drops when it reads the file."""
    return value.rstrip("\r\n")


def _read_files(folder: str) -> Iterator[tuple[int, str, dict[str, str]]]:
    """For each file the moment of its writing, its path, and the registry secrets in it."""
    for name, read in _FILES:
        path = os.path.join(folder, name)
        found: dict[str, str] = {}

        def keep(variable: str, value: str, found: dict[str, str] = found) -> None:
            if _is_wanted(variable) and _is_usable(value):
                found[variable] = value

        try:
            # Whatever stands there must not keep the run waiting, as a pipe would.
            with open(path, "rb", opener=_open_at_once) as stream:
                about = os.fstat(stream.fileno())
                if stat.S_ISREG(about.st_mode) and about.st_size <= _FILE_LIMIT:
                    read(stream, keep)
        except (OSError, ValueError, RecursionError):
            pass  # a file that is not there, not ours, or not in the form that was seen, tells nothing
        else:
            yield about.st_mtime_ns, path, found


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)


def _is_wanted(name: str) -> bool:
    """Whether a name is a part of a set, or was meant to be one."""
    return len(name) <= _NAME_LIMIT and name.isascii() and name.isprintable() and read_name(name) is not None


def _is_usable(value: str) -> bool:
    """Whether an environment could hold a value."""
    if len(value) > _VALUE_LIMIT or "\0" in value:
        return False
    try:
        value.encode("utf-8", "surrogateescape")
    except UnicodeError:
        return False
    return True


def _read_lines(stream: BinaryIO, keep: Keep) -> None:
    """Lines of NAME=base64; those of another form are passed over. Raises `ValueError`."""
    import base64

    whole, left = True, _MOST
    while line := stream.readline(_LINE_LIMIT):
        left -= 1
        if left < 0:
            raise ValueError
        starts, whole = whole, line.endswith(b"\n")
        if not starts or (not whole and len(line) == _LINE_LIMIT):
            continue
        name, equals, encoded = line.strip().partition(b"=")
        if not equals or not _is_wanted(name.decode("ascii", "replace")):
            continue
        try:
            value = base64.b64decode(encoded, validate=True).decode("utf-8", "surrogateescape")
        except ValueError:
            continue
        keep(name.decode("ascii"), value)


def _read_json(stream: BinaryIO, keep: Keep) -> None:
    """An object of names and values, or a list of objects with `name` and `value`. Raises `ValueError`."""
    import json

    left = _MOST

    def pass_on(pairs: list[tuple[str, object]]) -> None:
        nonlocal left
        left -= len(pairs)
        if left < 0:
            raise ValueError
        named = {key: value for key, value in pairs if key in ("name", "value")}
        for name, value in (*pairs, (named.get("name"), named.get("value"))):
            if isinstance(name, str) and isinstance(value, str):
                keep(name, value)

    json.loads(stream.read(_FILE_LIMIT), object_pairs_hook=pass_on)


_FILES: tuple[tuple[str, Callable[[BinaryIO, Keep], None]], ...] = (
    (".user-secrets.json", _read_json),
    ("user-secrets-envs.json", _read_json),
    (".env-secrets", _read_lines),
)
"""The later one counts where two were written at once."""
