"""Where a workspace is, and where it keeps its dev container configurations."""

from __future__ import annotations

import itertools
import os

_FOLDER = ".devcontainer"
_NAME = "devcontainer.json"


def find_workspace(start: str) -> str | None:
    """A folder, or its nearest parent, that has a dev container configuration."""
    folder = os.path.abspath(start)
    while True:
        if any(os.path.lexists(path) for path in paths_of(folder)):
            return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def paths_of(folder: str) -> list[str]:
    """The places for a configuration, in the order of the specification.

    <https://containers.dev/implementors/spec/#devcontainerjson>
    """
    paths = [os.path.join(folder, _FOLDER, _NAME), os.path.join(folder, f".{_NAME}")]
    try:
        with os.scandir(os.path.join(folder, _FOLDER)) as entries:
            names = sorted(entry.name for entry in itertools.islice(entries, 1000))
    except (OSError, ValueError):
        names = []
    below = (os.path.join(folder, _FOLDER, name, _NAME) for name in names)
    return [*paths, *(path for path in below if os.path.lexists(path))]
