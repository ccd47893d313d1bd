"""The theme that the user chose: the one thing that the app keeps."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST = 100


def _file() -> str:
    """The file's name; raises `OSError` where the platform has no folder for it."""
    from platformdirs import user_config_dir

    folder = user_config_dir("regdoctor", appauthor=False)
    if not os.path.isabs(folder):
        # Without a home, `~` would be taken for a folder's name.
        raise FileNotFoundError
    return os.path.join(folder, "theme")


def _open_at_once(path: str, flags: int) -> int:
    # Whatever has the file's name must not keep the app waiting, as a pipe would.
    return os.open(path, flags | os.O_NONBLOCK, 0o666)


def kept_theme(environ: Mapping[str, str]) -> str | None:
    """The theme that was chosen here before; `TEXTUAL_THEME` goes first."""
    if environ.get("TEXTUAL_THEME"):
        return None
    try:
        with open(_file(), encoding="utf-8", opener=_open_at_once) as file:
            return file.read(_LONGEST).strip()
    except (OSError, ValueError, RuntimeError):
        return None


def keep_theme(name: str) -> None:
    """Remember a theme, in the platform's folder for configuration. Where that cannot be, it is forgotten."""
    with suppress(OSError, ValueError, RuntimeError):
        path = _file()
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", opener=_open_at_once) as file:
            file.write(f"{name}\n")
