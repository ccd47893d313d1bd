"""Owns the single file: building it as its command does, and running it where there is nothing else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.lab.programs import SEARCH_PATH, give_up
from tests.shipping.locked import ROOT

BUILD = ROOT / ".github" / "single_file"


def build(file: Path, environ: Mapping[str, str]) -> Path:
    """Build it by the documented command; without the packages' index the test cannot run."""
    command = [sys.executable, str(BUILD / "build.py"), str(file)]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        give_up(f"the single file cannot be built: {done.stderr}")
    return file


@dataclass(frozen=True)
class SingleFile:
    """The built file, and the folder that it is told to unpack to."""

    archive: Path
    folder: Path
    python: Sequence[str]

    def environ(self, **more: str) -> dict[str, str]:
        return {
            "PATH": SEARCH_PATH,
            "HOME": "/nonexistent",
            "LANG": "C.UTF-8",
            "TMPDIR": str(self.folder),
            "DOCKER_HOST": "unix:///nonexistent/docker.sock",
            **more,
        }

    def command(self, *arguments: str) -> list[str]:
        return [*self.python, str(self.archive), *arguments]

    def run(
        self, *arguments: str, text: str | None = None, launch: Sequence[str] = (), **more: str
    ) -> subprocess.CompletedProcess[str]:
        """Run it to its end."""
        return subprocess.run(
            [*launch, *self.command(*arguments)],
            env=self.environ(**more),
            cwd="/",
            **({"stdin": subprocess.DEVNULL} if text is None else {"input": text}),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
        """Run it in the background."""
        return subprocess.Popen(
            self.command(*arguments),
            env=self.environ(**more),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def unpacked(self) -> list[Path]:
        """The folders that it has made and not removed."""
        return sorted(self.folder.iterdir())

    def unpacks(self) -> bool:
        """Whether it has begun to."""
        return bool(self.unpacked())

    def is_tidy(self) -> bool:
        """Whether nothing is left of it."""
        return not self.unpacked()
