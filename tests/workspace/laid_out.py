"""Owns the workspaces of these tests: files laid out in a folder, and what was read from them, in short."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from regdoctor.workspace.reading import Workspace, read_workspace

MAIN = ".devcontainer/devcontainer.json"


def lay_out(folder: Path, files: Mapping[str, Any]) -> Path:
    """Writes files by their names; a mapping is written as JSON."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    return folder


def read(
    folder: Path,
    files: Mapping[str, Any],
    environ: Mapping[str, str] | None = None,
    clean: Callable[[str], str] = str,
) -> Workspace:
    """Lays files out and reads them."""
    return read_workspace(str(lay_out(folder, files)), environ or {}, clean)


def references(workspace: Workspace) -> list[str]:
    return [image.reference for image in workspace.images]


def told(workspace: Workspace, severity: str) -> list[str]:
    """The evidence of the findings of a severity."""
    return [finding.evidence[0] for finding in workspace.findings if finding.severity == severity]


def errors(workspace: Workspace) -> list[str]:
    return told(workspace, "error")


def warnings(workspace: Workspace) -> list[str]:
    return told(workspace, "warning")


def unknown(workspace: Workspace) -> list[str]:
    return told(workspace, "info")
