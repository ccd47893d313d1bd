"""Owns a real terminal: a shell in tmux, what is typed into it and what it shows."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Mapping

PATIENCE = 30.0
"""Seconds after which what is waited for must be on the screen."""


class Terminal:
    """A shell of 80×24; by default bash, which reads no file of the user's, in the tests' own environment."""

    def __init__(
        self,
        folder: str,
        shell: str = "bash --norc --noprofile",
        *,
        cwd: str = ".",
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self._tmux = ("tmux", "-S", os.path.join(folder, "tmux"), "-f", os.devnull)
        own = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": folder}
        words = ("new-session", "-d", "-x", "80", "-y", "24", "-c", os.path.abspath(cwd), f"exec {shell}")
        subprocess.run((*self._tmux, *words), check=True, env={**(environ or os.environ), **own})
        self.tmux("set-option", "-s", "set-clipboard", "on")

    def type(self, *keys: str) -> None:
        """Press some keys."""
        subprocess.run((*self._tmux, "send-keys", *keys), check=True)

    def shown(self) -> str:
        """What stands on the screen."""
        command = (*self._tmux, "capture-pane", "-p")
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def until(self, *texts: str, without: str = "\0") -> str:
        """Wait for some texts; what stands on the screen then."""
        limit = time.monotonic() + PATIENCE
        while True:
            screen = self.shown()
            if all(text in screen for text in texts) and without not in screen:
                return screen
            if time.monotonic() > limit:
                raise AssertionError(f"{texts} not shown after {PATIENCE:g} s:\n{screen}")
            time.sleep(0.05)

    def tmux(self, *words: str) -> str:
        """Tell tmux something; what it answers."""
        return subprocess.run((*self._tmux, *words), check=True, capture_output=True, text=True).stdout

    def colours(self) -> list[str]:
        """The colours that stand on the screen."""
        command = (*self._tmux, "capture-pane", "-p", "-e")
        screen = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return re.findall(r"\x1b\[(?:3[0-7]|4[0-7]|9[0-7]|10[0-7]|[34]8;[\d;]+)m", screen)

    def close(self) -> None:
        """End the terminal and what runs in it."""
        subprocess.run((*self._tmux, "kill-server"), check=False, capture_output=True)
