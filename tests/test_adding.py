"""What the README says of adding a registry, a cause and a check is enough, to the letter."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
HEADINGS = ("Add a registry", "Add a cause", "Add a check")
HELD = ("tests/causes", "tests/report/test_schema.py")
"""Tests that hold all causes and the report to account; those of all registries are among the files."""


def changes_of(heading: str) -> list[tuple[str, str, str]]:
    """What a section of the README has done: file, kind and text of each block."""
    section = README.partition(f"### {heading}\n")[2].partition("\n### ")[0]
    found: list[tuple[str, str, str]] = []
    pattern = r"^`(\S+)`\n|^```(\w+)\n(.*?)^```$"
    path = ""
    for named, kind, text in re.findall(pattern, section, re.DOTALL | re.MULTILINE):
        path = named or path
        if not named:
            found.append((path, kind, text))
    return found


def apply(changes: list[tuple[str, str, str]], root: Path) -> None:
    """Write the new files, and make the changes of the diffs, which are to fit in one place alone."""
    for name, kind, text in changes:
        path = root / name
        if kind == "python":
            assert not path.exists()
            path.write_text(text)
            continue
        lines = text.splitlines()
        before = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
        after = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("-"))
        content = path.read_text()
        assert content.count(before) == 1, (name, before)
        path.write_text(content.replace(before, after))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project, as somebody who has cloned it has it before them."""
    kept = shutil.ignore_patterns("__pycache__", ".*", "screenshots")
    shutil.copytree(ROOT, tmp_path / "clone", ignore=kept)
    return tmp_path / "clone"


def run(root: Path, *command: str) -> str:
    """What a command says in the copy, where it has to succeed."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(root), "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.mark.parametrize("heading", HEADINGS)
def test_each_takes_a_place_a_line_and_a_test(heading: str) -> None:
    files = {path for path, _, _ in changes_of(heading)}
    assert len(files) == 3
    assert sum(path.startswith("tests/") for path in files) == 1


def test_a_reader_of_the_readme_adds_what_it_tells_of(copy: Path) -> None:
    told = [change for heading in HEADINGS for change in changes_of(heading)]
    apply(told, copy)
    files = list(dict.fromkeys(path for path, _, _ in told))
    run(copy, "pytest", "-q", "-p", "no:cacheprovider", *(path for path in files if "tests/" in path), *HELD)
    sources = [path for path in files if path.startswith("regdoctor/")]
    run(copy, "ruff", "check", *sources)
    run(copy, "ruff", "format", "--check", *sources)
    run(copy, "mypy", "--follow-imports", "silent", *sources)
    assert "[toy-console-password]" in run(copy, "regdoctor", "causes", "toy-console-password")
