"""The golden files: one report in every form, as it is meant to look. This renews them:

    python -m tests.report.golden

Look at the difference before it is committed.
"""

from __future__ import annotations

from pathlib import Path
from unittest import mock

from regdoctor import __version__
from regdoctor.report.formats import FORMATS, render
from tests.report.everything import CAUSES, EVERYTHING

FOLDER = Path(__file__).parent / "golden"


def golden(form: str) -> Path:
    """The file that holds a form."""
    return FOLDER / f"{form}.{FORMATS[form][1]}"


def rendered(form: str) -> str:
    """The report with every network call, as if this were version 0.0.0."""
    with mock.patch("regdoctor.report.sarif.CAUSES", CAUSES):
        return render(EVERYTHING, form, trace=True).replace(__version__, "0.0.0")


if __name__ == "__main__":
    for form in FORMATS:
        golden(form).write_text(rendered(form))
