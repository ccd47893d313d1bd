"""Dev container Features: which of them come from a registry.

<https://containers.dev/implementors/features/#referencing-a-feature>
"""

from __future__ import annotations

import os

from regdoctor.workspace.files import UnreadableError
from regdoctor.workspace.jsonc import TooDeepError, parse_jsonc
from regdoctor.workspace.pulls import joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regdoctor.workspace.pulls import Pulls
    from regdoctor.workspace.tree import Node

LEVELS = 10
"""Local Features that depend on one another in a row."""

_MOVED = {
    **{
        name: name
        for name in (
            *("aws-cli", "azure-cli", "desktop-lite", "docker-in-docker", "docker-from-docker", "dotnet"),
            *("git", "git-lfs", "github-cli", "java", "kubectl-helm-minikube", "node", "powershell"),
            *("python", "ruby", "rust", "sshd", "terraform"),
        )
    },
    "golang": "go",
    "common": "common-utils",
    "gradle": "java",
    "maven": "java",
    "jupyterlab": "python",
}
"""Names from before Features were kept in registries, which the dev container CLI still knows."""


def read_features(features: Node, folder: str, workspace: str, pulls: Pulls, level: int = 0) -> None:
    """Finds the Features of a registry among those that a file in `folder` names."""
    if not isinstance(features.value, dict):
        pulls.faults.error(
            features.location, "features has to be an object, with a Feature's name before each colon"
        )
    for name, node in features.mapping.items():
        if name.startswith(("./", "../", "/")):
            _local(name, node, folder, workspace, pulls, level)
        elif name.startswith("https://"):
            continue
        elif "/" not in name and "\\" not in name:
            moved = _MOVED.get(name)
            if moved is None:
                pulls.faults.error(
                    node.key_location, f"there is no Feature {name}; a local one begins with ./"
                )
                continue
            now = f"ghcr.io/devcontainers/features/{moved}:1"
            pulls.faults.warning(node.key_location, f"{name} is an old name; the Feature is {now} now")
            pulls.feature(now, node)
        elif _has_host(name):
            pulls.feature(name, node)
        elif name.count("/") != 2:
            pulls.faults.error(node.key_location, f"{name} is no name of a Feature")


def _has_host(name: str) -> bool:
    host = name.partition("/")[0]
    return "." in host or ":" in host or host == "localhost"


def _local(name: str, node: Node, folder: str, workspace: str, pulls: Pulls, level: int) -> None:
    """A Feature in the workspace pulls nothing itself, but may depend on others."""
    place = joined(folder, name)
    home = os.path.join(workspace, ".devcontainer")
    if name.startswith("/") or (level == 0 and not place.startswith(home + os.sep)):
        pulls.faults.error(node.key_location, f"the local Feature {name} does not lie in .devcontainer")
        return
    path = os.path.join(place, "devcontainer-feature.json")
    try:
        feature, _ = parse_jsonc(pulls.files.read(path), pulls.files.shown(path))
    except UnreadableError as error:
        pulls.faults.error(node.key_location, f"the local Feature's {pulls.files.shown(path)} {error}")
        return
    except TooDeepError:
        return
    needs = feature.get("dependsOn") if feature is not None else None
    if needs is not None and level < LEVELS:
        read_features(needs, folder if level == 0 else os.path.dirname(place), workspace, pulls, level + 1)
