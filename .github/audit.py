"""Looks up the locked packages in a database of known vulnerabilities: `python3 .github/audit.py`.

It runs pip-audit (which .github/requirements/tools.txt installs), and gives its arguments on to it. The exit
code is 1 where a vulnerability is known, and 2 where pip-audit failed. A database that cannot be reached is
neither, nor are packages that it does not hold: they are told, since nothing is known of them then.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "requirements"


class Failed(Exception):
    """pip-audit came to nothing."""


def main() -> int:
    """Audit every lock; the result is the exit code."""
    codes = [audit(lock, sys.argv[1:]) for lock in sorted(FOLDER.glob("*.txt"))]
    return max(codes)


def audit(lock: Path, arguments: list[str]) -> int:
    """Tell what is known of the packages of a lock."""
    try:
        packages = known_of(lock, arguments)
    except Failed as failure:
        print(f"{lock.name}: not audited: {failure}")
        return 0 if re.search("connect|timed? ?out", str(failure), re.IGNORECASE) else 2
    unknown = [each["name"] for each in packages if "skip_reason" in each]
    print(f"{lock.name}: {len(packages) - len(unknown)} packages audited")
    if unknown:
        print(f"{lock.name}: not in the database: {', '.join(unknown)}")
    flaws = [(package, flaw) for package in packages for flaw in package.get("vulns", ())]
    for package, flaw in flaws:
        mended = ", ".join(flaw["fix_versions"]) or "no version yet"
        print(f"{lock.name}: {package['name']} {package['version']} has {flaw['id']}, mended in {mended}")
    return 1 if flaws else 0


def known_of(lock: Path, arguments: list[str]) -> list[Any]:
    """What pip-audit says of each package of a lock; raises `Failed`."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--require-hashes"]
    command += ["--disable-pip", "--format=json", "--progress-spinner=off", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found: list[Any] = json.loads(done.stdout)["dependencies"]
    except ValueError:
        raise Failed(done.stderr.strip().rpartition("\n")[2] or "pip-audit said nothing") from None
    return found


if __name__ == "__main__":
    sys.exit(main())
