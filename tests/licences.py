"""Writes .github/THIRD-PARTY.md, the licences of all that is locked: `python -m tests.licences`."""

from __future__ import annotations

import sys
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata

from tests.shipping.locked import ROOT, pins_of

FILE = ROOT / ".github" / "THIRD-PARTY.md"

ALLOWED = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "PSF-2.0"),
    # Asks that changes to its own files be published; regdoctor uses them as they are.
    "MPL-2.0",
}
"""What regdoctor, under the MIT licence, may be shipped and tested with. SPDX: https://spdx.org/licenses/"""

_OTHER_NAMES = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}

_SILENT = {"atheris": "Apache-2.0"}
"""Of those that say nothing, what their repository says: https://github.com/google/atheris/blob/master/LICENSE"""

_HEAD = """\
# Licences of the packages that regdoctor uses

regdoctor itself is under the [MIT licence](LICENSE). This list is written by `python -m tests.licences` from
what the packages of [the locks](requirements) say of themselves; a test holds it to them.

"""


def licences_of(package: PackageMetadata) -> list[str]:
    """The licences to choose from, by their SPDX names; a name that is not known stays as it is."""
    classifiers = package.get_all("Classifier") or ()
    marks = [mark.rpartition(" :: ")[2] for mark in classifiers if mark.startswith("License :: ")]
    expressions, names = (package.get_all(field) or [] for field in ("License-Expression", "License"))
    unsaid = _SILENT.get(package["Name"], "none given")
    told = next(filter(None, [*expressions, " OR ".join(marks), *names]), unsaid)
    return [_OTHER_NAMES.get(name, name) for name in told.split(" OR ")]


def document() -> str:
    """The whole list."""
    shipped = pins_of("regdoctor")
    rest = {name: pin for name, pin in pins_of("development").items() if name not in shipped}
    parts = {"Installed with regdoctor, and in the single file": shipped, "Used by its tests alone": rest}
    text = _HEAD
    for title, pins in parts.items():
        lines = [f"## {title}", "", "| package | licence |", "| --- | --- |"]
        for name in pins:
            try:
                package = metadata(name)
            except PackageNotFoundError:
                continue  # for another system
            lines.append(f"| {package['Name']} | {' or '.join(licences_of(package))} |")
        text += "\n".join(lines) + "\n\n"
    return text.rstrip("\n") + "\n"


def main() -> None:
    FILE.write_text(document())
    sys.stdout.write(f"written: {FILE.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
