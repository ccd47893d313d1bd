"""What a workspace says of the images that its codespace pulls. Reads files and nothing else."""

from __future__ import annotations

from regdoctor.workspace.reading import Workspace, find_workspace, read_workspace

__all__ = ["Workspace", "find_workspace", "read_workspace"]
