"""Platforms, and which of them a machine runs.

os/architecture[/variant], as containerd compares them (containerd/platforms: normal forms, and what `Only`
takes): a machine also runs what its kind of processor could do before.
"""

from __future__ import annotations

from regdoctor.record import Record

_SAME = {"x86_64": "amd64", "x86-64": "amd64", "aarch64": "arm64", "i386": "386", "macos": "darwin"}
_ARM = {"armhf": "v7", "armel": "v6", "arm": "v7"}
"""Names of the 32-bit processors, and the variant that is meant where none is named."""


class Platform(Record):
    """An operating system and a kind of processor, in their normal forms."""

    system: str
    architecture: str
    variant: str = ""

    def __str__(self) -> str:
        return "/".join(filter(None, (self.system, self.architecture, self.variant)))

    def runs(self, other: Platform) -> bool:
        """Whether a machine of this platform runs an image of the other."""
        if self.system != other.system:
            return False
        if (self.architecture, other.architecture) == ("amd64", "386"):
            return True
        mine, its = self.architecture, other.architecture
        if (mine, its) == ("arm64", "arm"):
            return 5 <= _number(other.variant) <= 8
        if mine != its:
            return False
        if mine in ("amd64", "arm"):
            lowest = 5 if mine == "arm" else 1
            return self.variant == other.variant or lowest <= _number(other.variant) <= _number(self.variant)
        if mine == "arm64":
            return _arm64(other.variant) in _arm64s(self.variant)
        return self.variant == other.variant


def platform_of(system: str, architecture: str, variant: str = "") -> Platform:
    """A platform in its normal form, from its parts as they are written."""
    system, architecture, variant = system.lower(), architecture.lower(), variant.lower()
    system, architecture = _SAME.get(system, system), _SAME.get(architecture, architecture)
    if architecture in _ARM:
        given = variant if architecture == "arm" else ""
        architecture, variant = "arm", _with_v(given) or _ARM[architecture]
    elif architecture == "amd64":
        variant = "" if variant == "v1" else variant
    elif architecture == "arm64":
        variant = "" if _with_v(variant) == "v8" else variant
    elif architecture == "386":
        variant = ""
    return Platform(system, architecture, variant)


def read_platform(text: str) -> Platform | None:
    """A platform as options and files write it, linux/arm/v7 or arm64; None where it is none."""
    parts = text.strip().split("/")
    if not 1 <= len(parts) <= 3 or not all(parts):
        return None
    return platform_of(*(parts if len(parts) > 1 else ["linux", *parts]))


def _with_v(variant: str) -> str:
    return f"v{variant}" if variant.isdecimal() else variant


def _number(variant: str) -> int:
    """The number of a variant; 1 where none is named."""
    number = variant.removeprefix("v")
    return (int(number) if number.isdecimal() and len(number) < 4 else 0) if variant else 1


def _arm64(variant: str) -> tuple[int, int] | None:
    """A variant as version: v8.2 is (8, 2)."""
    major, _, minor = (variant or "v8").removeprefix("v").partition(".")
    if not (major.isdecimal() and (minor or "0").isdecimal() and len(major + minor) < 5):
        return None
    return int(major), int(minor or 0)


def _arm64s(variant: str) -> set[tuple[int, int] | None]:
    """The versions that a processor of one version can do: v9.x is v8.(x+5) as well."""
    version = _arm64(variant)
    if version is None:
        return {None}
    major, minor = version
    found: set[tuple[int, int] | None] = {(major, each) for each in range(minor + 1)}
    if major == 9:
        found |= {(8, each) for each in range(minor + 6)}
    return found
