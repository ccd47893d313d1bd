"""Which images a codespace pulls, read from its workspace's dev container configurations."""

from __future__ import annotations

import os

from regdoctor.model import Location
from regdoctor.record import Record
from regdoctor.workspace.configuration import Configuration, parse_configuration
from regdoctor.workspace.faults import Faults
from regdoctor.workspace.files import Files
from regdoctor.workspace.place import configurations_in, dotted_path
from regdoctor.workspace.pulls import Pulls

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regdoctor.model import Finding, Image
    from regdoctor.workspace.tree import Node

CONFIGURATIONS = 50
"""Configurations of a workspace that are read."""


class Workspace(Record):
    """What a workspace says of its dev containers."""

    folder: str
    configurations: tuple[str, ...] = ()
    """The devcontainer.json files, named from the folder on; a codespace is made from one of them."""
    images: tuple[Image, ...] = ()
    findings: tuple[Finding, ...] = ()
    repositories: tuple[tuple[str, str], ...] = ()
    """The repositories that the codespace's token may get at, and what it may do with their packages.

    That is `read` or `write`; `read-all` or `write-all` where it is everything; empty where it is nothing.
    """
    secrets: tuple[str, ...] = ()
    """The names of the secrets that the project recommends."""


def read_workspace(folder: str, environ: Mapping[str, str], clean: Callable[[str], str]) -> Workspace:
    """Reads all configurations of a workspace; runs nothing, and reads files within bounds.

    `environ` stands for the environment of the machine that makes the codespace, which is not known in it:
    what it lacks is taken for not known. `clean` masks credentials. Never raises.
    """
    folder = os.path.abspath(folder)
    files, faults = Files(folder, clean), Faults(clean)
    pulls = Pulls(files, faults, clean)
    found = _configurations(folder, files, faults)
    repositories: dict[str, str] = {}
    secrets: dict[str, None] = {}
    for path in found:
        root = parse_configuration(path, files, faults)
        if root is None:
            continue
        Configuration(path, root, pulls, folder, environ).read()
        repositories.update(_repositories(root, clean))
        declared = root.get("secrets")
        secrets.update(dict.fromkeys(map(clean, declared.mapping if declared is not None else ())))
    return Workspace(
        folder,
        tuple(files.shown(path) for path in found),
        pulls.images,
        faults.findings,
        tuple(repositories.items()),
        tuple(secrets),
    )


def _configurations(folder: str, files: Files, faults: Faults) -> list[str]:
    """The configurations that are read, and findings about those that are not."""
    there, dotted = configurations_in(folder), dotted_path(folder)
    found: list[str] = []
    for path in there.paths:
        start = Location(files.shown(path), 1)
        if not files.is_file(path):
            faults.error(start, "it is no file, or a link that leads nowhere")
        elif path == dotted and found:
            first = files.shown(found[0])
            faults.warning(start, f"the dev container CLI passes over it, since there is {first}")
        elif len(found) < CONFIGURATIONS:
            found.append(path)
        else:
            faults.unknown(start, f"from here on, configurations are not read: there are {CONFIGURATIONS}")
            break
    for path, why in there.barred:
        faults.error(
            Location(files.shown(path), 1), f"whether a configuration is in it cannot be seen: {why}"
        )
    return found


def _repositories(root: Node, clean: Callable[[str], str]) -> dict[str, str]:
    """<https://docs.github.com/codespaces/managing-your-codespaces/managing-repository-access-for-your-codespaces>."""
    declared = root.get("customizations", "codespaces", "repositories")
    found = {}
    for name, node in (declared.mapping if declared is not None else {}).items():
        permissions = node.get("permissions")
        packages = permissions.get("packages") if permissions is not None else None
        granted = packages if packages is not None else permissions
        found[clean(name)] = clean(granted.text or "") if granted is not None else ""
    return found
