"""Reports of many codespaces, made cheaply."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from tests.report.golden import rendered

WHOLE: dict[str, Any] = json.loads(rendered("json"))
"""One report that holds every kind of thing."""


def a_report(repository: str | None = "octo-org/app", **sets: str | None) -> dict[str, Any]:
    """A report of sets, each with a cause or with none."""
    report = copy.deepcopy(WHOLE)
    report["environment"]["repository"] = repository
    well, ill = report["sets"][2], report["sets"][0]
    report["sets"] = []
    for name, cause in sets.items():
        found = copy.deepcopy(ill if cause else well)
        found["id"] = name
        if cause:
            found["findings"] = [found["findings"][0] | {"cause": cause}]
        report["sets"].append(found)
    report["images"], report["findings"] = [], []
    statuses = [found["status"] for found in report["sets"]]
    report["summary"] = {status: statuses.count(status) for status in ("ok", "warning", "error")}
    del report["trace"]
    return report


def write(folder: Path, *reports: Any) -> list[str]:
    """Reports in files, one in each: their names."""
    files = [folder / f"{number}.json" for number in range(len(reports))]
    for file, report in zip(files, reports, strict=True):
        file.write_text(json.dumps(report))
    return [str(file) for file in files]
