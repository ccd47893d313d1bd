"""The wheel: it holds all that the program reads, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.shipping.locked import ROOT

PACKAGE = ROOT / "regdoctor"


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The files in the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, f"--wheel-dir={folder}", str(ROOT)], check=True)
    (wheel,) = folder.glob("regdoctor-*-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as file:
        return set(file.namelist())


def test_it_holds_the_whole_package(names: set[str]) -> None:
    files = {path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    expected = {path.relative_to(ROOT).as_posix() for path in files}
    assert {name for name in names if ".dist-info/" not in name} == expected


def test_it_holds_the_licence(names: set[str]) -> None:
    assert any(Path(name).name == "LICENSE" for name in names)
