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
HELD = (
    "tests/architecture",
    "tests/causes",
    "tests/report/test_schema.py",
    "tests/unit/test_contract.py",
    "tests/unit/test_registries.py",
    "tests/unit/test_signatures.py",
)
"""The tests that hold all registries, causes and checks to account."""


def files_of(heading: str) -> dict[str, tuple[str, str]]:
    """What a section of the README has done: each file, with the kind and the text of its block."""
    section = README.partition(f"### {heading}\n")[2].partition("\n### ")[0]
    blocks = re.findall(r"^`(\S+)`\n\n```(\w+)\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)
    return {path: (kind, text) for path, kind, text in blocks}


def apply(files: dict[str, tuple[str, str]], root: Path) -> None:
    """Write the new files, and make the changes of the diffs, which are to fit in one place alone."""
    for name, (kind, text) in files.items():
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


@pytest.mark.parametrize(
    ("heading", "files", "shown"),
    [
        ("Add a registry", 3, ("regdoctor", "report", "--offline")),
        ("Add a cause", 3, ("regdoctor", "causes", "toy-console-password")),
        ("Add a check", 3, ("regdoctor", "causes")),
    ],
)
def test_a_reader_of_the_readme_adds_what_it_tells_of(
    copy: Path, heading: str, files: int, shown: tuple[str, ...]
) -> None:
    told = files_of(heading)
    assert len(told) == files
    apply(told, copy)
    (new,) = (path for path in told if path.startswith("tests/"))
    run(copy, "pytest", "-q", "-p", "no:cacheprovider", new, *HELD)
    for tool in (("ruff", "check", "regdoctor"), ("ruff", "format", "--check", "regdoctor")):
        run(copy, *tool)
    run(copy, "mypy", "regdoctor", new)
    assert run(copy, *shown)
