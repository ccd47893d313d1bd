"""Names of platforms, and this machine's."""

from __future__ import annotations

import os

_ARCHITECTURES = {
    "x86_64": "amd64",
    "x86-64": "amd64",
    "aarch64": "arm64",
    "i386": "386",
    "i686": "386",
    "armv7l": "arm/v7",
    "armhf": "arm/v7",
    "armel": "arm/v6",
    "arm": "arm/v7",
    "arm64/v8": "arm64",
}
_SYSTEMS = ("linux", "windows", "darwin", "freebsd")


def host_platform() -> str:
    """The platform of the containers of this machine."""
    return normal_platform(os.uname().machine)


def normal_platform(text: str) -> str:
    """A platform as containerd spells it: os/architecture, and a variant where one is needed."""
    name = text.strip().lower()
    system, _, rest = name.partition("/")
    if not rest:
        if system in _SYSTEMS:
            return f"{system}/{host_platform().partition('/')[2]}"
        system, rest = "linux", name
    elif system not in _SYSTEMS and "/" not in rest and rest.startswith("v"):
        system, rest = "linux", name
    return f"{system}/{_ARCHITECTURES.get(rest, rest)}"


def platform_arguments(prefix: str, platform: str) -> dict[str, str]:
    """The variables of a build that tell a platform, such as TARGETPLATFORM."""
    system, _, rest = platform.partition("/")
    architecture, _, variant = rest.partition("/")
    values = (("PLATFORM", platform), ("OS", system), ("ARCH", architecture), ("VARIANT", variant))
    return {f"{prefix}{name}": value for name, value in values}
