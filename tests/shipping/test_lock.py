"""Everything that is installed for the tests or shipped is pinned, by its hash."""

from __future__ import annotations

import tomllib
from importlib.metadata import version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.shipping.locked import FOLDER, ROOT, pins_of

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
DEPENDENCIES: list[str] = PROJECT["project"]["dependencies"]
GROUPS: dict[str, list[str]] = PROJECT["dependency-groups"]

LOCKS = {
    "regdoctor": DEPENDENCIES,
    "development": [*DEPENDENCIES, *GROUPS["test"], *GROUPS["build"]],
    "tools": GROUPS["tools"],
}
AGAIN = "write the locks again: .github/lock"


def test_there_are_these_locks() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(LOCKS)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_fits_what_the_project_asks_for(name: str) -> None:
    pins = pins_of(name)
    for line in LOCKS[name]:
        wanted = Requirement(line)
        pin = pins.get(canonicalize_name(wanted.name))
        assert pin is not None, f"{line} is in no lock; {AGAIN}"
        assert wanted.specifier.contains(pin.version, prereleases=True), f"{line}, {pin.version}; {AGAIN}"


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_of_a_lock_has_a_hash(name: str) -> None:
    lines = [line for line in (FOLDER / f"{name}.txt").read_text().splitlines() if line[:1].isalnum()]
    pins = pins_of(name)
    assert len(pins) == len(lines)
    assert all(pin.hashes for pin in pins.values())


def test_what_is_tested_is_what_is_shipped() -> None:
    development = pins_of("development")
    for name, pin in pins_of("regdoctor").items():
        assert development[name].version == pin.version, AGAIN


def test_what_is_installed_here_is_what_is_locked() -> None:
    for name, pin in pins_of("development").items():
        if pin.needed_here:
            assert version(name) == pin.version, "install what is locked: tests/run"
