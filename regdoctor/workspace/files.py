"""Files of the workspace, read within bounds: it may have been written by anybody."""

from __future__ import annotations

import os
import stat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

FILE_LIMIT = 1 << 20
"""Bytes of a file that are read."""

FILES = 200
"""Files of a workspace that are read."""


TOTAL_LIMIT = 4 << 20
"""Bytes of all files together that are read."""

STEPS = 1_000_000
"""What may be made of the files: a file can be named, included or extended any number of times."""


class UnreadableError(Exception):
    """A file cannot be read. Its words end a sentence that begins with the file's name."""


class Files:
    """The files around a workspace. Paths are absolute; what lies outside the workspace is read as well."""

    def __init__(self, folder: str, clean: Callable[[str], str]) -> None:
        self.folder = folder
        self._clean = clean
        self._texts: dict[str, str] = {}
        self._length = 0
        self._steps = STEPS

    def shown(self, path: str) -> str:
        """A file's name as it is shown: from the workspace on, with forward slashes."""
        try:
            name = os.path.relpath(path, self.folder)
        except ValueError:
            name = path
        return self._clean(name.replace(os.sep, "/"))

    def spend(self, steps: int) -> bool:
        """Whether so many steps more may be taken."""
        self._steps -= steps
        return self._steps >= 0

    def is_file(self, path: str) -> bool:
        """Whether there is a file, or a link to one."""
        try:
            return os.path.isfile(path)
        except ValueError:
            return False

    def read(self, path: str) -> str:
        """A file's text; what is no UTF-8 in it is replaced. Raises `UnreadableError`."""
        if path not in self._texts:
            if len(self._texts) >= FILES:
                raise UnreadableError(f"was not read: {FILES} files were read before it")
            text = _read(path)
            if self._length + len(text) > TOTAL_LIMIT:
                raise UnreadableError(f"was not read: all files may have {TOTAL_LIMIT >> 20} MB together")
            self._length += len(text)
            self._texts[path] = text
        return self._texts[path]


def _read(path: str) -> str:
    try:
        # looked at first, as to open a device may do something
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise UnreadableError("is no file")
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
        with open(descriptor, "rb", closefd=True) as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise UnreadableError("is no file")
            raw = file.read(FILE_LIMIT + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise UnreadableError("does not exist") from None
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror}") from None
    except ValueError:
        raise UnreadableError("cannot be read: no file can have such a name") from None
    if raw is None:
        raise UnreadableError("cannot be read")
    if len(raw) > FILE_LIMIT:
        raise UnreadableError(f"is larger than {FILE_LIMIT >> 20} MB")
    return raw.decode("utf-8", "replace")
