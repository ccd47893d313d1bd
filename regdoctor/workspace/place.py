"""Where a workspace is, and where it keeps its dev container configurations."""

from __future__ import annotations

import itertools
import os

from regdoctor.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_FOLDER = ".devcontainer"
_NAME = "devcontainer.json"
_MOST = 1000
"""Folders below that one that are looked into."""


class Found(Record):
    """What was found in a folder."""

    paths: tuple[str, ...] = ()
    """The places for a configuration at which something is, in the order of the specification.

    <https://containers.dev/implementors/spec/#devcontainerjson>
    """
    barred: tuple[tuple[str, str], ...] = ()
    """The folders that this user may not look into, or that nobody can, and why."""


def find_workspace(start: str) -> str | None:
    """A folder, or its nearest parent, that has a dev container configuration, or may have one."""
    folder = os.path.abspath(start)
    while True:
        found = configurations_in(folder)
        if found.paths or any(path != folder for path, _ in found.barred):
            return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def dotted_path(folder: str) -> str:
    """The place that is passed over where the first one is taken."""
    return os.path.join(folder, f".{_NAME}")


def configurations_in(folder: str) -> Found:
    """The configurations of a workspace."""
    home = os.path.join(folder, _FOLDER)
    main = os.path.join(home, _NAME)
    paths: list[str] = []
    barred: dict[str, str] = {}

    def look(path: str) -> None:
        try:
            os.lstat(path)
            paths.append(path)
        except (FileNotFoundError, NotADirectoryError, ValueError):
            pass
        except OSError as error:
            barred.setdefault(_barrier(path, folder), str(error.strerror))

    look(main)
    look(dotted_path(folder))
    for name in _names_in(home, lambda why: barred.setdefault(_barrier(main, folder), why)):
        look(os.path.join(home, name, _NAME))
    return Found(tuple(paths), tuple(barred.items()))


def _names_in(folder: str, complain: Callable[[str], object]) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            few = itertools.islice(entries, _MOST)
            return sorted(entry.name for entry in few if os.path.isdir(entry.path))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        pass
    except OSError as error:
        complain(str(error.strerror))
    return []


def _barrier(path: str, folder: str) -> str:
    """What keeps a path from being looked at: the nearest folder above it that can itself be seen."""
    while path != folder:
        path = os.path.dirname(path)
        if os.path.lexists(path):
            break
    return path
