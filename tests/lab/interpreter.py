"""Interpreters of environments of their own, over the packages of this one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PACKAGES = next(path for path in sys.path if path.endswith("site-packages"))
"""Where the packages of this environment are. What is installed for editing is not among them."""


def new_environment(folder: Path, *first: Path) -> Path:
    """Make a virtual environment without pip; its interpreter. These folders come before the packages."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (own,) = folder.glob("lib/python*/site-packages")
    (own / "around.pth").write_text("".join(f"{each}\n" for each in (*first, PACKAGES)))
    return folder / "bin" / "python"
