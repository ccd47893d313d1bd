"""What of the single file has to be real files, while it runs.

Python imports from the archive itself. The few packages that read files of their own by path are unpacked
when they are first imported, each into a new folder that only this user can enter. The folders are gone when
the program ends, in whatever way: where it cannot remove them itself, a process that waits for its end does.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import stat
import sys
from _thread import allocate_lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.machinery import ModuleSpec
    from typing import NoReturn

PACKAGES = ("botocore", "certifi", "publicsuffixlist", "regdoctor.demo")

_FOLDERS = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108 - what is made in them is private
"""Where temporary folders are looked for. The last is memory: it is there where the disk is full."""
_SWEEP = """
import os, shutil, sys
os.chdir("/")
for folder in filter(None, sys.stdin.buffer.read().split(b"\\0")):
    shutil.rmtree(folder, ignore_errors=True)
"""


def run(place: str) -> NoReturn:
    """Run regdoctor out of an archive, or out of a folder to which somebody unpacked all of it."""
    unpacker = Unpacker(place)
    if os.path.isfile(place):
        sys.dont_write_bytecode = True  # what is unpacked does not live long enough to be read again
        sys.meta_path.insert(0, unpacker)
    from regdoctor.__main__ import main
    from regdoctor.output import leave

    try:
        code = main()
    finally:
        unpacker.close()
    leave(code)


class Unpacker:
    """Finds the packages that have to be real files, and unpacks them."""

    def __init__(self, archive: str) -> None:
        self._archive = archive
        self._lock = allocate_lock()
        self._folders: Folders | None = None
        self._failed: set[str] = set()

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """The place of a package that was just unpacked; None for all others. Raises ImportError."""
        if name not in PACKAGES:
            return None
        from importlib.machinery import PathFinder

        with self._lock:
            self._folders = self._folders or Folders()
            root = self._unpack(name, self._folders)
        return PathFinder.find_spec(name, [os.path.join(root, *name.split(".")[:-1])])

    def close(self) -> None:
        """Remove what was unpacked."""
        self._lock.acquire()  # for good: no thread unpacks anything more
        if self._folders is not None:
            self._folders.remove()

    def _unpack(self, name: str, folders: Folders) -> str:
        from zipfile import ZipFile

        inside = name.replace(".", "/") + "/"
        failures = []
        for what, parent in _parents().items():
            try:
                with folders.new(parent) as folder, ZipFile(self._archive) as archive:
                    names = archive.namelist()
                    archive.extractall(folder, [each for each in names if each.startswith(inside)])
                return folder
            except OSError as error:
                failures.append(f"{what}: {error.strerror or type(error).__name__}")
        if name not in self._failed:
            from regdoctor.output import say

            self._failed.add(name)
            say(f"regdoctor: no folder to unpack {name} to ({'; '.join(failures)}); name one by TMPDIR")
        raise ImportError(f"there is no package {name}", name=name)


class Folders:
    """New folders, private to this user, which end with this process."""

    def __init__(self) -> None:
        self._made: list[str] = []
        self._sweeper, self._announce = _start_sweeper()

    @contextlib.contextmanager
    def new(self, parent: str) -> Iterator[str]:
        """A folder in a parent; it stays if all goes well with it. Raises OSError."""
        mode = os.stat(parent).st_mode
        if mode & (stat.S_IWGRP | stat.S_IWOTH) and not mode & stat.S_ISVTX:
            raise PermissionError(errno.EPERM, "others may replace what is in it")
        folder = os.path.join(parent, f"regdoctor-{os.urandom(12).hex()}")
        if self._announce is not None:
            os.write(self._announce, os.fsencode(folder) + b"\0")
        os.mkdir(folder, 0o700)  # fails where something has that name already, whatever it is
        self._made.append(folder)
        try:
            yield folder
        except OSError:
            _remove_folder(folder)
            raise

    def remove(self) -> None:
        """Remove all of them."""
        for folder in self._made:
            _remove_folder(folder)
        if self._sweeper is not None:
            with contextlib.suppress(OSError):
                os.kill(self._sweeper, signal.SIGKILL)
                os.waitpid(self._sweeper, 0)


def _parents() -> dict[str, str]:
    """Where temporary folders may be made, by what to call them: what a variable holds is not told."""
    named = os.environ.get("TMPDIR")
    return {**({"TMPDIR": os.path.abspath(named)} if named else {}), **{name: name for name in _FOLDERS}}


def _remove_folder(folder: str) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _start_sweeper() -> tuple[int | None, int | None]:
    """A process that removes the folders it is told of when this one has ended, and the way to tell it."""
    words = [sys.executable, "-I", "-S", "-c", _SWEEP]
    # The secrets in this process's environment are none of its business.
    environ = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    read, write = os.pipe()  # nobody inherits the end to write to: it is closed when this process ends
    try:
        silence = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
        actions = [(os.POSIX_SPAWN_DUP2, read, 0), *silence]
        # A session of its own: Ctrl+C and a terminal that is closed do not reach it.
        return os.posix_spawn(sys.executable, words, environ, file_actions=actions, setsid=True), write
    except (OSError, ValueError, NotImplementedError):
        os.close(write)
        return None, None
    finally:
        os.close(read)
