"""Opens a page in the browser of the person at the terminal."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

from regdoctor.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Mapping


def opener(environ: Mapping[str, str], platform: str = sys.platform) -> tuple[str, ...]:
    """The command that opens a page; empty where there is none.

    `$BROWSER` is read as Python's `webbrowser` reads it; in a codespace it leads to the browser in which the
    codespace is shown. A browser that would draw in this terminal is not taken.
    """
    named = environ.get("BROWSER", "").split(os.pathsep)[0]
    if named:
        try:
            return tuple(shlex.split(named))
        except ValueError:
            return ()
    if platform == "darwin":
        return ("open",)
    if environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        return ("xdg-open",)
    return ()


def open_page(url: str, environ: Mapping[str, str]) -> bool:
    """Start the browser, and say whether one was started.

    Nobody waits for it, and its words do not reach this terminal.
    """
    from regdoctor.bystanders import bystanders, for_other_programs

    command = opener(environ)
    if not command or shutil.which(command[0], path=environ.get("PATH")) is None:
        return False
    words = [word.replace("%s", url) for word in command]
    if words == list(command):
        words.append(url)
    # A browser has no use for credentials of any kind.
    secret = set(bystanders(environ))
    inherited = {
        name: value
        for name, value in for_other_programs(environ).items()
        if Secret(value.strip()) not in secret
    }
    try:
        process = subprocess.Popen(  # noqa: S603 - the user's own browser
            words,
            env=inherited,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    # Somebody has to wait for its end, or it stays as a zombie.
    threading.Thread(target=process.wait, daemon=True, name="regdoctor-browser").start()
    return True
