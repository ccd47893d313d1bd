"""Owns what .github/requirements says: the exact packages that regdoctor is tested and shipped with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".github" / "requirements"

_PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+))?", re.MULTILINE)


@dataclass(frozen=True)
class Pin:
    """One package of a lock."""

    name: str
    version: str
    marker: str | None
    hashes: int

    @property
    def needed_here(self) -> bool:
        """Whether it is installed on this Python and system."""
        return self.marker is None or Marker(self.marker).evaluate()


def pins_of(name: str) -> dict[str, Pin]:
    """The packages of one lock, by their names."""
    return {pin.name: pin for pin in _pins((FOLDER / f"{name}.txt").read_text())}


def _pins(text: str) -> Iterator[Pin]:
    found = [*_PIN.finditer(text)]
    for at, match in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        hashes = text.count("--hash=sha256:", match.end(), end)
        marker = match["marker"]
        yield Pin(canonicalize_name(match["name"]), match["version"], marker and marker.strip(), hashes)
