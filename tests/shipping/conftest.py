"""The single file, built once for all tests that run it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shipping.single_file import SingleFile, build

ENVIRON = dict(os.environ)
"""The environment before a test made it a clean one: pip finds its index and its cache by it."""


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("single-file") / "regdoctor.pyz", ENVIRON)


@pytest.fixture(scope="session")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A Python that has nothing installed, pip included."""
    folder = tmp_path_factory.mktemp("bare-python")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    return str(folder / "bin" / "python")


@pytest.fixture
def single_file(archive: Path, bare_python: str, tmp_path: Path) -> SingleFile:
    """The single file, to be run where nothing is installed, with a TMPDIR of its own."""
    folder = tmp_path / "unpacked"
    folder.mkdir()
    return SingleFile(archive, folder, (bare_python,))
