"""Owns the question which real parts (programs, root, namespaces) this machine has.

A missing part fails a test where the environment has CI set, and skips it elsewhere: a run that proves
nothing must not look green in CI.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from typing import NoReturn

import pytest

SEARCH_PATH = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/local/sbin", "/usr/sbin", "/sbin"])
"""Debian puts dockerd and ip into sbin, which is not on everybody's path."""

PACKAGES = {
    "chroot": "coreutils",
    "docker": "docker.io",
    "dockerd": "docker.io",
    "containerd": "docker.io",
    "docker-registry": "docker-registry",
    "skopeo": "skopeo",
    "tmux": "tmux",
    "fish": "fish",
    "zsh": "zsh",
    "ip": "iproute2",
    "mount": "mount",
    "node": "nodejs",
    "nsenter": "util-linux",
    "setpriv": "util-linux",
    "unshare": "util-linux",
}


def program(name: str) -> str:
    """The path of an installed program; FileNotFoundError, naming its Debian package, without it."""
    path = shutil.which(name, path=SEARCH_PATH)
    if path is None:
        raise FileNotFoundError(f"{name} is not installed (Debian package {PACKAGES.get(name, name)})")
    return path


def plain_environment(home: str, **more: str) -> dict[str, str]:
    """The environment for a child that shall see nothing of the environment around the tests."""
    return {"PATH": SEARCH_PATH, "HOME": home, "LANG": "C.UTF-8", **more}


def missing(*names: str, namespaces: bool = False) -> str | None:
    """Why a test that needs these programs (and network namespaces) cannot run here; None when it can."""
    absent = [name for name in names if shutil.which(name, path=SEARCH_PATH) is None]
    if absent:
        packages = sorted({PACKAGES.get(name, name) for name in absent})
        return f"{', '.join(absent)} not installed (Debian packages: {' '.join(packages)})"
    return _no_namespaces() if namespaces else None


def require(*names: str, namespaces: bool = False) -> None:
    """Fails the test in CI, and skips it elsewhere, when a part that it needs is missing."""
    reason = missing(*names, namespaces=namespaces)
    if reason is not None:
        give_up(reason)


def give_up(reason: str) -> NoReturn:
    """Ends a test that cannot run here: it fails in CI, and is skipped elsewhere."""
    if os.environ.get("CI", "").lower() not in ("", "0", "false", "no"):
        pytest.fail(f"a real part is missing in CI: {reason}", pytrace=False)
    pytest.skip(reason)


@functools.cache
def _no_namespaces() -> str | None:
    if os.geteuid() != 0:
        return "not root: network and mount namespaces and dockerd need root"
    command = [program("unshare"), "--net", "--mount", "--propagation", "private", "true"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    return f"no namespaces here: {done.stderr.strip()}" if done.returncode else None
