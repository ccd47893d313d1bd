"""Dev container Features: which of them come from a registry.

<https://containers.dev/implementors/features/#referencing-a-feature>
"""

from __future__ import annotations

import os

from regdoctor.workspace.files import UnreadableError
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


def read_features(features: Node, folder: str, workspace: str, pulls: Pulls) -> None:
    """Finds the Features of a registry among those that a configuration in `folder` names."""
    _Reader(workspace, pulls).read(features, folder, 0)


class _Reader:
    """Reads each local Feature once, by however many names and Features it is named."""

    def __init__(self, workspace: str, pulls: Pulls) -> None:
        self._home = os.path.join(workspace, ".devcontainer") + os.sep
        self._pulls = pulls
        self._seen: set[tuple[str, str]] = set()

    def read(self, features: Node, folder: str, level: int) -> None:
        """Finds those that a file in `folder` names, which so many Features lead to."""
        pulls = self._pulls
        if not pulls.files.spend(len(features.mapping)):
            pulls.faults.unknown(
                features.location, "the Features here were not looked at, as they are far too many"
            )
            return
        if not isinstance(features.value, dict):
            pulls.faults.error(
                features.location, "features has to be an object, with a Feature's name before each colon"
            )
        for name, node in features.mapping.items():
            if name.startswith(("./", "../", "/")):
                self._local(name, node, folder, level)
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

    def _local(self, name: str, node: Node, folder: str, level: int) -> None:
        """A Feature in the workspace pulls nothing itself, but may depend on others."""
        files, faults = self._pulls.files, self._pulls.faults
        place = joined(folder, name)
        if name.startswith("/") or (level == 0 and not place.startswith(self._home)):
            faults.error(node.key_location, f"the local Feature {name} does not lie in .devcontainer")
            return
        around = folder if level == 0 else os.path.dirname(place)
        if (place, around) in self._seen or level > LEVELS:
            return
        self._seen.add((place, around))
        path = os.path.join(place, "devcontainer-feature.json")
        try:
            feature = self._pulls.local_feature(path)
        except UnreadableError as error:
            faults.error(node.key_location, f"the local Feature's {files.shown(path)} {error}")
            return
        needs = feature.get("dependsOn") if feature is not None else None
        if needs is not None:
            self.read(needs, around, level + 1)


def _has_host(name: str) -> bool:
    host = name.partition("/")[0]
    return "." in host or ":" in host or host == "localhost"
