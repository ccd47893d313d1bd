"""A project of Docker Compose: its files read, merged and brought to the services that they make.

<https://github.com/compose-spec/compose-spec/blob/main/spec.md>
"""

from __future__ import annotations

import os

from regdoctor.model import Location
from regdoctor.record import Record
from regdoctor.workspace.build import TOLD
from regdoctor.workspace.dotenv_file import dotenv_values
from regdoctor.workspace.files import UnreadableError
from regdoctor.workspace.pulls import joined
from regdoctor.workspace.tree import Node
from regdoctor.workspace.variables import InterpolationError, compose_text, put_in
from regdoctor.workspace.yaml_tree import YamlError, parse_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdoctor.workspace.faults import Faults
    from regdoctor.workspace.files import Files
    from regdoctor.workspace.variables import Environment

    Services = dict[str, Node]

LEVELS = 20
"""Files that include or extend one another in a row."""

_COST = 1000
"""Steps that it takes to read a file once more, besides its values."""

_LINE = 10
"""Steps that it takes to read a line of a .env file."""

_EXTENSION = 10
"""Steps that it takes to put a service under another."""

_OF_INTEREST = (
    *("image", "build", "platform", "profiles", "pull_policy", "provider", "extends", "depends_on", "links"),
    *("volumes_from", "network_mode", "ipc", "pid"),
)
"""What decides which images a service pulls."""

_TOP = ("version", "name", "services", "networks", "volumes", "configs", "secrets", "include", "models")


class Project(Record):
    """The services of a project, whether they are started or not."""

    services: dict[str, Node]
    folder: str
    """The folder from which its paths go out."""
    environment: Environment


class Loader:
    """Reads the files of one project."""

    def __init__(self, files: Files, faults: Faults) -> None:
        self._files = files
        self._faults = faults
        self._parsed: dict[str, tuple[Node, ...]] = {}
        self._extendable: dict[tuple[str, Environment], Services] = {}

    def project(
        self, paths: Sequence[str], where: Node, environment: Environment, env_file: str | None = None
    ) -> Project:
        """The project of these files, the later over the earlier; `where` is what names them."""
        folder = os.path.dirname(paths[0])
        environment = self._with_dotenv(environment, env_file or os.path.join(folder, ".env"))
        services: Services = {}
        for path in paths:
            services = _merged_services(services, self._file(path, folder, environment, where, ()))
        kept = {name: self._finished(node) for name, node in services.items() if node.tag != "!reset"}
        return Project(kept, folder, environment)

    def _with_dotenv(self, environment: Environment, path: str) -> Environment:
        if not self._files.is_file(path):
            return environment
        start = Location(self._files.shown(path), 1)
        try:
            text = self._files.read(path)
        except UnreadableError as error:
            self._faults.error(start, f"the file {error}")
            return environment
        if not self._files.spend(_LINE * (text.count("\n") + 1)):
            self._faults.unknown(start, "the file was not read once more, as it is far too much")
            return environment
        return environment.over(dotenv_values(text, environment))

    def _file(
        self, path: str, folder: str, environment: Environment, where: Node, chain: tuple[str, ...]
    ) -> Services:
        """The services of a file, with what they extend and what the file includes; `chain` includes it."""
        if path in chain or len(chain) > LEVELS:
            self._faults.error(where.location, "Compose refuses this: files include one another in a circle")
            return {}
        services: Services = {}
        for document in self._documents(path, environment, where):
            here = _absolute_services(document, folder, self._faults)
            include = document.get("include")
            for entry in include.sequence if include is not None else ():
                included = self._included(entry, folder, environment, (*chain, path))
                services = _merged_services(services, included)
            own = {name: self._extended(name, here, folder, environment, (name,)) for name in here}
            services = _merged_services(services, own)
        return services

    def _documents(self, path: str, environment: Environment, where: Node) -> list[Node]:
        """The documents of a file, their variables replaced."""
        if path not in self._parsed:
            self._parsed[path] = self._parse(path, where)
        parsed = self._parsed[path]
        if not self._files.spend(_COST + sum(map(_size, parsed))):
            self._faults.unknown(where.location, "what is named here was not read, as it is far too much")
            return []
        return [put_in(node, lambda node, text: self._text(node, text, environment)) for node in parsed]

    def _parse(self, path: str, where: Node) -> tuple[Node, ...]:
        shown = self._files.shown(path)
        try:
            documents = parse_yaml(self._files.read(path), shown)
        except UnreadableError as error:
            self._faults.error(where.location, f"the Compose file {shown} {error}")
            return ()
        except YamlError as error:
            self._faults.error(Location(shown, *error.place), f"Compose refuses this: {error.problem}")
            return ()
        if not documents:
            self._faults.error(Location(shown, 1), "Compose refuses this: the file is empty")
        for document in documents:
            if not isinstance(document.value, dict):
                self._faults.error(document.location, "Compose refuses this: no mapping with services in it")
            for name, node in document.mapping.items():
                if name not in _TOP and not name.startswith("x-"):
                    self._faults.error(
                        node.key_location, f"Compose refuses this: nothing at the top is called {name}"
                    )
        return documents

    def _text(self, node: Node, text: str, environment: Environment) -> tuple[str, tuple[str, ...]]:
        try:
            return compose_text(text, environment)
        except InterpolationError as error:
            self._faults.error(node.location, f"Compose refuses this text: {error}")
            return "", TOLD

    def _included(
        self, entry: Node, folder: str, environment: Environment, chain: tuple[str, ...]
    ) -> Services:
        named = entry.get("path") or entry
        paths = [joined(folder, node.text) for node in named.sequence or [named] if node.text]
        if not paths:
            return {}
        directory, env_file = entry.get("project_directory"), entry.get("env_file")
        inner = os.path.dirname(paths[0])
        if directory is not None and directory.text:
            inner = joined(folder, directory.text)
        env_files = [node for node in (env_file.sequence or [env_file]) if node.text] if env_file else []
        for path in [joined(folder, node.text or "") for node in env_files] or [os.path.join(inner, ".env")]:
            environment = self._with_dotenv(environment, path)
        services: Services = {}
        for path in paths:
            services = _merged_services(services, self._file(path, inner, environment, entry, chain))
        return services

    def _extended(
        self, name: str, here: Services, folder: str, environment: Environment, chain: tuple[str, ...]
    ) -> Node:
        """A service with what it extends under it; `chain` extends it."""
        service = here[name]
        extends = service.get("extends")
        if extends is None:
            return service
        named = extends.get("service") or extends
        file = extends.get("file")
        base = named.text
        if base is None:
            self._faults.error(extends.location, "Compose refuses this: no service to extend is named")
            return service
        key = base
        if file is not None and file.text:
            path = joined(folder, file.text)
            folder, key = os.path.dirname(path), f"{path}:{base}"
            if (path, environment) not in self._extendable:
                self._extendable[path, environment] = {
                    other: node
                    for document in self._documents(path, environment, file)
                    for other, node in _absolute_services(document, folder, self._faults).items()
                }
            here = self._extendable[path, environment]
            if not here:
                return service
        if base not in here:
            self._faults.error(named.location, f"Compose refuses this: there is no service {base} to extend")
            return service
        if key in chain or len(chain) > LEVELS:
            self._faults.error(named.location, f"Compose refuses this: {base} extends itself in the end")
            return service
        if not self._files.spend(_EXTENSION):
            self._faults.unknown(
                extends.location, "what is extended here was not read, as it is far too much"
            )
            return service
        below = self._extended(base, here, folder, environment, (*chain, key))
        return _merged(below, service)

    def _finished(self, node: Node) -> Node:
        """A service without what a later file took away."""
        if not node.mapping or not self._files.spend(len(node.mapping)):
            return node
        kept = {key: self._finished(below) for key, below in node.mapping.items() if below.tag != "!reset"}
        return node.with_value(kept)


def _absolute_services(document: Node, folder: str, faults: Faults) -> Services:
    return {name: _absolute(node, folder) for name, node in _services_of(document, faults).items()}


def _size(node: Node) -> int:
    return 1 + sum(map(_size, (*node.mapping.values(), *node.sequence)))


def _services_of(document: Node, faults: Faults) -> Services:
    services = document.get("services")
    if services is None or services.value is None:
        return {}
    if not isinstance(services.value, dict):
        faults.error(services.location, "Compose refuses this: services is a mapping of names to services")
    found = {}
    for name, node in services.mapping.items():
        if isinstance(node.value, dict):
            found[name] = node
        else:
            faults.error(node.key_location, f"Compose refuses this: the service {name} is no mapping")
    return found


def _absolute(service: Node, folder: str) -> Node:
    """A service whose short forms are written out, and whose build goes out from an absolute path."""
    parts = {key: node for key, node in service.mapping.items() if key in _OF_INTEREST}
    build = parts.get("build")
    if build is not None and build.text is not None:
        context = Node(build.value, build.file, build.place, key_place=build.key_place, missing=build.missing)
        build = build.with_value({"context": context})
    if build is not None and build.mapping:
        inner = dict(build.mapping)
        context_node = inner.get("context")
        if context_node is not None and context_node.text and not is_remote(context_node.text):
            inner["context"] = context_node.with_value(joined(folder, os.path.expanduser(context_node.text)))
        for key in ("args", "additional_contexts"):
            if key in inner:
                inner[key] = _pairs(inner[key])
        parts["build"] = build.with_value(inner)
    if "depends_on" in parts:
        parts["depends_on"] = _pairs(parts["depends_on"])
    return service.with_value(parts)


def is_remote(context: str) -> bool:
    """Whether a build's context is a repository or an archive elsewhere."""
    return "://" in context or context.startswith(("git@", "github.com/"))


def _pairs(node: Node) -> Node:
    """A list of `name=value` or names as a mapping."""
    if not isinstance(node.value, list):
        return node
    found: dict[str, Node] = {}
    for entry in node.sequence:
        name, equals, value = (entry.text or "").partition("=")
        found[name] = entry.with_value(value if equals else None)
    return node.with_value(found)


def _merged_services(under: Services, over: Services) -> Services:
    found = dict(under)
    for name, node in over.items():
        found[name] = _merged(found[name], node) if name in found else node
    return found


def _merged(under: Node, over: Node) -> Node:
    """<https://github.com/compose-spec/compose-spec/blob/main/13-merge.md>."""
    if over.tag in ("!reset", "!override"):
        return over
    if over.value is None:
        return under
    if isinstance(under.value, dict) and isinstance(over.value, dict):
        found = dict(under.mapping)
        for key, node in over.mapping.items():
            found[key] = _merged(found[key], node) if key in found else node
        return under.with_value(found)
    if isinstance(under.value, list) and isinstance(over.value, list):
        return under.with_value([*under.sequence, *over.sequence])
    return over
