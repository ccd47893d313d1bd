"""What starting the services of a Compose project pulls."""

from __future__ import annotations

from regdoctor.workspace.build import Build
from regdoctor.workspace.compose import is_remote
from regdoctor.workspace.dockerfile import read_dockerfile
from regdoctor.workspace.platforms import normal_platform
from regdoctor.workspace.pulls import joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from regdoctor.workspace.compose import Project
    from regdoctor.workspace.dockerfile import Dockerfile
    from regdoctor.workspace.faults import Faults
    from regdoctor.workspace.pulls import Pulls
    from regdoctor.workspace.tree import Node
    from regdoctor.workspace.variables import Environment
    from regdoctor.workspace.words import Known


_COST = 300
"""Steps that it takes to find the images of a service, besides its arguments."""


def started(project: Project, named: Sequence[str], main: str | None, faults: Faults) -> list[str]:
    """The services that are started: those named, or all that no profile holds back; and what they need.

    The dev container is made from `main`, which is started in any case.
    """
    services = project.services
    profiles = set((project.environment.get("COMPOSE_PROFILES") or "").split(","))
    enabled = {name for name, service in services.items() if _enabled(service, profiles)}
    _judge_needs(services, enabled, faults)
    found = {name for name in (*(named or enabled), main) if name in services}
    waiting = list(found)
    while waiting:
        needs = _needs(services[waiting.pop()])
        new = {
            other
            for other, node in needs.items()
            if other in services and (other in enabled or not _is_optional(node))
        } - found
        found |= new
        waiting += new
    return [name for name in services if name in found]


def _judge_needs(services: Mapping[str, Node], enabled: set[str], faults: Faults) -> None:
    """Compose refuses a service that needs one which is not there, or which a profile holds back."""
    for name, service in services.items():
        for other, node in _needs(service).items():
            if other not in services:
                faults.error(node.key_location, f"Compose refuses this: there is no service {other}")
            elif name in enabled and other not in enabled and not _is_optional(node):
                faults.error(
                    node.key_location,
                    f"Compose refuses this: the service {other} that is needed belongs to a profile that is "
                    "not started",
                )


def _is_optional(need: Node) -> bool:
    required = need.get("required")
    return required is not None and required.value is False


def pull_services(project: Project, names: Sequence[str], pulls: Pulls) -> None:
    """The images of these services, and those that their builds pull."""
    for name in names:
        service = project.services[name]
        arguments = service.get("build", "args")
        if not pulls.files.spend(_COST + len(arguments.mapping if arguments is not None else ())):
            pulls.faults.unknown(
                service.key_location,
                "this service and those after it were not read, as they are far too many",
            )
            return
        platform = _platform(service.get("platform"))
        image, build = service.get("image"), service.get("build")
        if build is not None and build.mapping:
            _build(build, project, platform, pulls)
        elif image is not None:
            policy = service.get("pull_policy")
            if policy is None or policy.text != "never":
                pulls.image(image, platform)
        elif service.get("provider") is None and service.get("extends") is None:
            pulls.faults.error(
                service.key_location, f"Compose refuses this: the service {name} has neither image nor build"
            )


def _build(build: Node, project: Project, platform: str | None, pulls: Pulls) -> None:
    arguments, open_arguments = _arguments(build.get("args"), project.environment)
    contexts = build.get("additional_contexts")
    platforms = build.get("platforms")
    if platform is None and platforms is not None and len(platforms.sequence) == 1:
        platform = _platform(platforms.sequence[0])
    inline = build.get("dockerfile_inline")
    if inline is not None and inline.text is not None:
        dockerfile: Dockerfile | None = read_dockerfile(inline.text, inline.file, inline.place)
    else:
        dockerfile = _dockerfile(build, project, pulls)
    if dockerfile is not None:
        named = contexts.mapping if contexts is not None else {}
        pulls.build(
            Build(dockerfile, arguments, build.get("target"), platform, named, open_arguments=open_arguments)
        )


def _dockerfile(build: Node, project: Project, pulls: Pulls) -> Dockerfile | None:
    context, named = build.get("context"), build.get("dockerfile")
    folder = project.folder if context is None else context.text or ""
    if is_remote(folder):
        pulls.faults.unknown(
            (named or context or build).location,
            "the Dockerfile is elsewhere and was not read, so its images are not known",
        )
        return None
    where = context if context is not None and context.missing else named or context or build
    name = named.text if named is not None and named.text else "Dockerfile"
    return pulls.dockerfile(where, joined(folder, name))


def _arguments(node: Node | None, environment: Environment) -> tuple[dict[str, Known], frozenset[str]]:
    """The arguments of a build, and those that only the environment could give a value."""
    found: dict[str, Known] = {}
    unset = set()
    for name, argument in (node.mapping if node is not None else {}).items():
        value = environment.get(name) if argument.value is None else as_text(argument)
        if value is None:
            unset.add(name)
        else:
            found[name] = (value, argument.missing)
    return found, frozenset(unset)


def as_text(node: Node) -> str:
    """A value as a program spells it that puts it into a text."""
    value = node.value
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "null"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)
    return value if isinstance(value, str) else ""


def _platform(node: Node | None) -> str | None:
    if node is None or not node.text or node.missing:
        return None
    return normal_platform(node.text)


def _enabled(service: Node, profiles: set[str]) -> bool:
    wanted = service.get("profiles")
    names = [node.text for node in wanted.sequence] if wanted is not None else []
    return not names or "*" in profiles or any(name in profiles for name in names)


def _needs(service: Node) -> dict[str, Node]:
    """The services that start before this one, by whichever property says so, and where it does."""
    depends = service.get("depends_on")
    found = dict(depends.mapping) if depends is not None else {}
    for key in ("links", "volumes_from"):
        listed = service.get(key)
        for node in listed.sequence if listed is not None else ():
            if node.text and not node.text.startswith("container:"):
                found.setdefault(node.text.partition(":")[0], node)
    contexts = service.get("build", "additional_contexts")
    modes = [service.get(key) for key in ("network_mode", "ipc", "pid")]
    for mode in (*modes, *(contexts.mapping.values() if contexts is not None else ())):
        if mode is not None and (mode.text or "").startswith("service:"):
            found.setdefault((mode.text or "").partition(":")[2], mode)
    return found
