"""One devcontainer.json: what its dev container is made from.

<https://containers.dev/implementors/json_reference/>
"""

from __future__ import annotations

import os

from regdoctor.model import Location
from regdoctor.workspace.build import Build
from regdoctor.workspace.compose import Loader
from regdoctor.workspace.features import read_features
from regdoctor.workspace.files import UnreadableError
from regdoctor.workspace.jsonc import TooDeepError, parse_jsonc
from regdoctor.workspace.platforms import normal_platform
from regdoctor.workspace.pulls import joined
from regdoctor.workspace.services import as_text, pull_services, started
from regdoctor.workspace.tree import DEPTH, Node
from regdoctor.workspace.variables import Environment, pieces_of, put_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from regdoctor.workspace.faults import Faults
    from regdoctor.workspace.files import Files
    from regdoctor.workspace.pulls import Pulls
    from regdoctor.workspace.words import Known

_OF_IMAGE = ("image", "dockerFile", "context", "build", "dockerComposeFile", "service", "runServices")
"""The properties that decide what is pulled."""

_OPTIONS = ("--build-arg", "--build-context", "--platform", "--target")
"""Those options of `docker build` that decide what is pulled."""


def parse_configuration(path: str, files: Files, faults: Faults) -> Node | None:
    """What stands in a devcontainer.json; None where it cannot be read."""
    shown = files.shown(path)
    start = Location(shown, 1)
    try:
        node, slips = parse_jsonc(files.read(path), shown)
    except UnreadableError as error:
        faults.error(start, f"the file {error}")
        return None
    except TooDeepError as error:
        faults.error(Location(shown, *error.args[0]), f"more than {DEPTH} levels are not read")
        return None
    for slip in slips:
        place = Location(shown, *slip.place)
        faults.warning(place, f"{slip.problem}; the dev container tools pass over it")
    if node is None or not isinstance(node.value, dict):
        faults.error(node.location if node else start, "a devcontainer.json has to hold an object, { … }")
        return None
    return node


class Configuration:
    """A devcontainer.json that has been read, and what it leads to."""

    def __init__(self, path: str, root: Node, pulls: Pulls, folder: str, environ: Mapping[str, str]) -> None:
        self._folder = os.path.dirname(path)
        self._workspace = folder
        self._pulls = pulls
        self._faults = pulls.faults
        self._environment = Environment(environ)
        self._container_folder = f"/workspaces/{os.path.basename(folder)}"
        inside = root.get("workspaceFolder")
        if inside is not None:
            self._container_folder = put_in(inside, self._replaced).text or self._container_folder
        self._root = root.with_value(
            {
                name: put_in(node, self._replaced_and_judged if name in _OF_IMAGE else self._replaced)
                for name, node in root.mapping.items()
            }
        )

    def read(self) -> None:
        """Finds the images."""
        root = self._root
        build, image, compose = root.get("build"), root.get("image"), root.get("dockerComposeFile")
        dockerfile = root.get("dockerFile") or root.get("build", "dockerfile")
        if build is not None and not build.mapping:
            self._faults.error(build.location, "build has to be an object with a dockerfile in it")
        elif dockerfile is not None:
            self._build(dockerfile)
        elif image is not None:
            self._pulls.image(image)
        elif compose is not None:
            self._compose(compose)
        elif build is not None:
            self._faults.error(build.key_location, "build names no dockerfile")
        else:
            self._faults.unknown(
                root.location,
                "no image, Dockerfile or Compose file is named; Codespaces then takes its default image, and "
                "other tools refuse the file",
            )
        if compose is not None and (dockerfile is not None or image is not None):
            self._faults.warning(
                compose.key_location, "dockerComposeFile is passed over, since there is an image or a build"
            )
        features = root.get("features")
        if features is not None:
            read_features(features, self._folder, self._workspace, self._pulls)

    def _replaced(self, node: Node, text: str) -> tuple[str, tuple[str, ...]]:
        """<https://containers.dev/implementors/json_reference/#variables-in-devcontainerjson>."""
        pieces: list[str] = []
        missing: list[str] = []
        for before, inside in pieces_of(text):
            pieces.append(before)
            if inside is None:
                continue
            name, *arguments = inside.split(":")
            if name in ("env", "localEnv"):
                if not arguments:
                    self._faults.error(node.location, f"${{{inside}}} names no variable of the environment")
                    arguments = [""]
                value = self._environment.get(arguments[0])
                if value is None and len(arguments) == 1:
                    missing.append(arguments[0])
                pieces.append(value if value is not None else arguments[1] if len(arguments) > 1 else "")
            elif name in ("localWorkspaceFolder", "localWorkspaceFolderBasename"):
                whole = name == "localWorkspaceFolder"
                pieces.append(self._workspace if whole else os.path.basename(self._workspace))
            elif name in ("containerWorkspaceFolder", "containerWorkspaceFolderBasename"):
                whole = name == "containerWorkspaceFolder"
                folder = self._container_folder
                pieces.append(folder if whole else os.path.basename(folder))
            else:
                missing.append(f"${{{inside}}}")
                pieces.append(f"${{{inside}}}")
        return "".join(pieces), tuple(missing)

    def _replaced_and_judged(self, node: Node, text: str) -> tuple[str, tuple[str, ...]]:
        for _, inside in pieces_of(text):
            if inside is not None and inside.startswith(("env:", "localEnv:")) and inside.count(":") > 2:
                default = inside.split(":")[2]
                self._faults.warning(
                    node.location,
                    f"a default ends at a colon, so the one of ${{{inside}}} is only {default or 'empty'}",
                )
        return self._replaced(node, text)

    def _build(self, dockerfile: Node) -> None:
        if not dockerfile.text:
            self._faults.error(dockerfile.location, "the name of the Dockerfile is expected here")
            return
        arguments: dict[str, Known] = {}
        target = self._root.get("build", "target")
        platform = None
        contexts: dict[str, Node] = {}
        given = self._root.get("build", "args")
        for name, node in (given.mapping if given is not None else {}).items():
            arguments[name] = (as_text(node), node.missing)
        for option, node in _options(self._root.get("build", "options")):
            text = node.text or ""
            key, equals, value = text.partition("=")
            if option == "--build-arg" and equals:
                arguments[key] = (value, node.missing)
            elif option == "--build-context" and equals:
                contexts[key] = node.with_value(value)
            elif option == "--platform" and "," not in text and not node.missing:
                platform = normal_platform(text)
            elif option == "--target":
                target = node
        read = self._pulls.dockerfile(dockerfile, joined(self._folder, dockerfile.text))
        if read is not None:
            self._pulls.build(Build(read, arguments, target, platform, contexts))

    def _compose(self, compose: Node) -> None:
        paths = [joined(self._folder, node.text) for node in compose.sequence or [compose] if node.text]
        missing = [name for node in (compose, *compose.sequence) for name in node.missing]
        if missing:
            self._pulls.unknown(compose, tuple(missing))
            return
        env_file = None
        if not paths:
            paths, env_file = self._default_files()
        loader = Loader(self._pulls.files, self._faults)
        project = loader.project(paths, compose, self._environment, env_file)
        service, run = self._root.get("service"), self._root.get("runServices")
        name = service.text if service is not None else None
        if not project.services:
            return
        if service is None or name not in project.services:
            self._faults.error(
                (service or compose).location,
                f"there is no service {name} in the Compose files" if name else "no service is named",
            )
        named = [node.text for node in run.sequence if node.text] if run is not None else []
        for node in run.sequence if run is not None else ():
            if node.text and node.text not in project.services:
                self._faults.error(node.location, f"there is no service {node.text} in the Compose files")
        pull_services(project, started(project, named, name, self._faults), self._pulls)

    def _default_files(self) -> tuple[list[str], str | None]:
        """The files of a project that names none, and its .env."""
        env_file = os.path.join(self._workspace, ".env")
        there = self._pulls.files.is_file(env_file)
        named = self._environment.get("COMPOSE_FILE")
        if not named and there:
            from regdoctor.workspace.dotenv_file import dotenv_values

            try:
                text = self._pulls.files.read(env_file)
            except UnreadableError:
                text = ""
            named = dotenv_values(text, self._environment).get("COMPOSE_FILE")
        if named:
            paths = [joined(self._workspace, name) for name in named.split(os.pathsep) if name]
        else:
            paths = [os.path.join(self._workspace, "docker-compose.yml")]
            override = os.path.join(self._workspace, "docker-compose.override.yml")
            paths += [override] if self._pulls.files.is_file(override) else []
        return paths, env_file if there else None


def _options(options: Node | None) -> list[tuple[str, Node]]:
    """The options of `docker build` that matter here, each with its value."""
    found: list[tuple[str, Node]] = []
    nodes = list(options.sequence) if options is not None else []
    while nodes:
        node = nodes.pop(0)
        option, equals, value = (node.text or "").partition("=")
        if option not in _OPTIONS:
            continue
        if equals:
            found.append((option, node.with_value(value)))
        elif nodes:
            found.append((option, nodes.pop(0)))
    return found
