"""Builds the single file: `python3 .github/single_file/build.py [FILE]`, by default dist/regdoctor.pyz.

It holds regdoctor and all that it imports, and runs on any Python from 3.11 on with nothing installed. The
packages are the locked ones, checked by their hashes, and only what of them is pure Python, so that it runs
on every system. Built twice by the same Python, it is the same to the byte.

No compiled modules are added: they would more than double the file, for one version of Python alone.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from unpacking import PACKAGES

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent

SERVICES = ("ecr", "ecr-public", "sts")
"""The services of AWS that regdoctor speaks to, as botocore names them."""

_ANY_SYSTEM = ("any",)
_ONE_SYSTEM = ("manylinux_2_28_x86_64", "manylinux2014_x86_64")
_WITHOUT_PURE_WHEEL = ("pyyaml",)
"""Packages that come compiled only, but do without their compiled part."""


def main() -> None:
    """Build it, and say what came out."""
    parser = argparse.ArgumentParser(description="Build regdoctor as a single file.")
    parser.add_argument("file", metavar="FILE", nargs="?", type=Path, default=ROOT / "dist" / "regdoctor.pyz")
    file: Path = parser.parse_args().file
    with tempfile.TemporaryDirectory() as folder:
        install_packages(Path(folder))
        contents = dict(contents_of(Path(folder)))
    file.parent.mkdir(parents=True, exist_ok=True)
    write(file, contents)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    sys.stdout.write(f"{digest}  {file}  ({file.stat().st_size / 1e6:.1f} MB)\n")


def install_packages(folder: Path) -> None:
    """The locked packages, for any Python from 3.11 on and any system."""
    lines = (ROOT / ".github" / "requirements" / "regdoctor.txt").read_text()
    blocks = [block for block in re.split(r"\n(?=[a-z0-9])", lines) if "==" in block]
    compiled = [block for block in blocks if block.startswith(_WITHOUT_PURE_WHEEL)]
    pure = [block for block in blocks if block not in compiled]
    _install(folder, pure, _ANY_SYSTEM, "py")
    _install(folder, compiled, _ONE_SYSTEM, "cp")


def _install(folder: Path, blocks: list[str], systems: tuple[str, ...], implementation: str) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as requirements:
        requirements.write("\n".join(blocks))
        requirements.flush()
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        command += ["--no-deps", "--no-compile", "--only-binary=:all:", "--python-version=3.11"]
        command += [f"--implementation={implementation}", *(f"--platform={name}" for name in systems)]
        command += ["--abi=none"] if implementation == "py" else []
        command += ["--require-hashes", f"--requirement={requirements.name}", f"--target={folder}"]
        if subprocess.run(command, check=False).returncode:
            sys.exit("build.py: the packages could not be installed (see above)")


def contents_of(packages: Path) -> Iterator[tuple[str, bytes]]:
    """The names in the single file, and what they hold."""
    yield "__main__.py", (HERE / "start.py").read_bytes()
    yield "unpacking.py", (HERE / "unpacking.py").read_bytes()
    for name in ("LICENSE", "THIRD-PARTY.md"):
        yield name, (ROOT / ".github" / name).read_bytes()
    for path in _files(ROOT / "regdoctor"):
        yield f"regdoctor/{path.relative_to(ROOT / 'regdoctor').as_posix()}", path.read_bytes()
    for path in _files(packages):
        name = path.relative_to(packages).as_posix()
        if is_wanted(name):
            yield name, path.read_bytes()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def is_wanted(name: str) -> bool:
    """Whether a file of a package belongs into the single file."""
    top, _, rest = name.partition("/")
    if top == "bin" or name.endswith((".so", ".pyi")):
        return False
    if top.endswith(".dist-info"):
        return rest == "METADATA" or re.search(r"licen[cs]e|copying|notice|authors", rest, re.I) is not None
    if name.startswith("botocore/data/"):
        service, slash, _ = rest.removeprefix("data/").partition("/")
        return not slash or service in SERVICES
    return name.endswith(".py") or top in PACKAGES


def write(file: Path, contents: dict[str, bytes]) -> None:
    """Write an archive that Python and a shell can start."""
    with file.open("wb") as stream:
        stream.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(stream, "w") as archive:
            for name in sorted(contents):
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, contents[name], zipfile.ZIP_DEFLATED, 9)
    file.chmod(0o755)


if __name__ == "__main__":
    main()
