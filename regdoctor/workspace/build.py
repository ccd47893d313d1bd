"""What the build of an image pulls, as BuildKit does: what the target needs, and nothing of unused stages.

The builder before BuildKit builds every stage up to the target; Codespaces builds with BuildKit.
"""

from __future__ import annotations

import re

from regdoctor.model import Image
from regdoctor.record import Record
from regdoctor.regex import regex
from regdoctor.workspace.faults import listed
from regdoctor.workspace.platforms import host_platform, normal_platform, platform_arguments
from regdoctor.workspace.words import UnusualWordError, WordError, expand

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from regdoctor.workspace.dockerfile import Dockerfile, Stage, Use
    from regdoctor.workspace.faults import Faults
    from regdoctor.workspace.tree import Node
    from regdoctor.workspace.words import Known

SCRATCH = "scratch"
"""The image that holds nothing, and that is not pulled."""

TOLD: tuple[str, ...] = ("",)
"""What a name depends on that has been told of already."""

_REFERENCE = regex(
    r"(?:[a-zA-Z0-9.-]+(?::[0-9]+)?/|\[[0-9a-fA-F:]+\](?::[0-9]+)?/)?"
    r"[a-z0-9]+(?:(?:__|[._]|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:__|[._]|-+)[a-z0-9]+)*)*"
    r"(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@[A-Za-z0-9+._-]+:[0-9a-fA-F]{32,})?"
)
"""<https://pkg.go.dev/github.com/distribution/reference#section-documentation>"""

IMAGE_CONTEXT = "docker-image://"
"""What a named context begins with that is an image."""


class Build(Record):
    """A build and what it was told."""

    dockerfile: Dockerfile
    arguments: Mapping[str, Known]
    target: Node | None = None
    platform: str | None = None
    """The platform to build for; None for this machine's."""
    contexts: Mapping[str, Node] = {}
    """What stands in for an image or a stage, by its name."""
    open_arguments: frozenset[str] = frozenset()
    """Arguments that the environment of the build may give a value, or not."""


def pulled(build: Build, faults: Faults, unknown: Callable[[Node, tuple[str, ...]], None]) -> Iterator[Image]:
    """The images that a build pulls, and its faults; `unknown` is told of names that cannot be told."""
    for node, problem in build.dockerfile.mistakes:
        faults.error(node.location, f"a build refuses this: {problem}")
    if (cut := build.dockerfile.cut) is not None:
        faults.unknown(cut.location, "what this pulls is not known: the Dockerfile is read up to here only")
        return
    yield from _Builder(build, faults, unknown).images()


class _Builder:
    def __init__(
        self, build: Build, faults: Faults, unknown: Callable[[Node, tuple[str, ...]], None]
    ) -> None:
        self._build = build
        self._file = build.dockerfile
        self._faults = faults
        self._unknown = unknown
        self._contexts = {_familiar(name): node for name, node in build.contexts.items()}
        self._values = self._global_values()
        self._numbers = {stage.name: number for number, stage in enumerate(self._file.stages) if stage.name}
        self._bases = self._resolve_bases()
        self._used = [set(map(self._stage_used, stage.uses)) for stage in self._file.stages]
        self._triggered = [set(map(self._stage_used, stage.triggers)) for stage in self._file.stages]
        self._platforms = [self._platform(stage) for stage in self._file.stages]

    def images(self) -> Iterator[Image]:
        yield from self._frontend()
        stages = self._file.stages
        self._judge_circles()
        target = self._target()
        if target is None:
            return
        needed, waiting = {target}, [target]
        while waiting:
            new = self._needs(waiting.pop()) - needed
            needed |= new
            waiting += new
        self._judge_unused(needed)
        pulling: set[int] = set()
        """The stages whose triggers have been followed."""
        for index in sorted(needed):
            stage = stages[index]
            base, stands_on, missing = self._bases[index]
            if stands_on is None and base != SCRATCH:
                yield from self._image(stage.base, base, missing, self._platforms[index])
            for use in self._uses(index, pulling):
                name = use.source.text or ""
                if self._stage_used(use) is None and name != SCRATCH:
                    yield from self._image(use.source, name, (), self._build.platform)

    def _frontend(self) -> Iterator[Image]:
        """The program that reads the file, which is an image too."""
        syntax = self._file.syntax
        if syntax is None:
            return
        name, missing = self._build.arguments.get("BUILDKIT_SYNTAX", (syntax.text or "", ()))
        yield from self._image(syntax, name, missing, None)

    def _image(
        self, node: Node, name: str, missing: tuple[str, ...], platform: str | None
    ) -> Iterator[Image]:
        context = self._contexts.get(_familiar(name))
        if context is not None:
            text = context.text or ""
            if not text.startswith(IMAGE_CONTEXT):
                return
            node, name, missing = context, text[len(IMAGE_CONTEXT) :], context.missing
        if missing:
            if missing != TOLD:
                self._unknown(node, missing)
        elif name:
            yield Image(name, node.file, node.location, platform)

    def _global_values(self) -> dict[str, Known]:
        """The values of the arguments that stand before the first stage."""
        given = self._build.arguments
        host = host_platform()
        of_itself = {
            **platform_arguments("BUILD", host),
            **platform_arguments("TARGET", self._build.platform or host),
        }
        values: dict[str, Known] = {name: given.get(name, (text, ())) for name, text in of_itself.items()}
        for argument in self._file.arguments:
            if argument.name in given:
                values[argument.name] = given[argument.name]
            elif argument.default is not None:
                values[argument.name] = self._expanded(argument.default, values)
            elif argument.name in self._build.open_arguments:
                values[argument.name] = ("", (argument.name,))
        return values

    def _expanded(self, node: Node, values: Mapping[str, Known]) -> Known:
        text = node.text or ""
        try:
            return expand(text, self._file.escape, values)
        except WordError as error:
            self._faults.error(node.location, f"a build refuses {text}: {error}")
        except UnusualWordError as error:
            self._faults.unknown(node.location, f"what {text} comes to was not worked out: {error}")
        return "", TOLD

    def _resolve_bases(self) -> list[tuple[str, int | None, tuple[str, ...]]]:
        """For each stage the image that it is FROM, or the number of the stage, and what that depends on."""
        found: list[tuple[str, int | None, tuple[str, ...]]] = []
        names: dict[str, int] = {}
        for number, stage in enumerate(self._file.stages):
            text, missing = self._expanded(stage.base, self._values)
            if not text and not missing:
                self._faults.error(
                    stage.base.location, f"a build refuses this: no name is left of {stage.base.text}"
                )
                missing = TOLD
            if stage.name in self._contexts:
                # the context takes the place of the whole stage
                found.append((stage.name or "", None, ()))
            elif _familiar(text) in self._contexts:
                found.append((text, None, missing))
            else:
                if text not in names and text.lower() in names:
                    # a stage is kept under its name in lower case, but not looked for so
                    self._faults.error(
                        stage.base.location, f"a build refuses this: FROM knows the stage as {text.lower()}"
                    )
                    missing = TOLD
                found.append((text, names.get(text), missing))
            if stage.name is not None:
                names[stage.name] = number
        return found

    def _uses(self, number: int, followed: set[int]) -> tuple[Use, ...]:
        """What a stage takes from elsewhere, and what the one below leaves it, unless that was followed."""
        stage, below = self._file.stages[number], self._bases[number][1]
        if stage.name in self._contexts:
            return ()
        if below is None or below in followed:
            return stage.uses
        followed.add(below)
        return (*self._file.stages[below].triggers, *stage.uses)

    def _needs(self, number: int) -> set[int]:
        """The stages that have to be built before this one."""
        below = self._bases[number][1]
        found = {below}
        if self._file.stages[number].name not in self._contexts:
            found |= self._used[number] | (self._triggered[below] if below is not None else set())
        return {index for index in found if index is not None}

    def _stage_used(self, use: Use) -> int | None:
        """The stage that a use means, if it means one."""
        name = (use.source.text or "").lower()
        if use.by_number and name.isdecimal():
            if int(name[:9]) < len(self._file.stages):
                return int(name[:9])
            return None
        return self._numbers.get(name)

    def _target(self) -> int | None:
        """The stage that is built: the last one if none is named."""
        stages, target = self._file.stages, self._build.target
        if target is None or not target.text:
            return len(stages) - 1 if stages else None
        if target.missing:
            self._faults.unknown(
                target.location,
                f"the stage to build depends on {listed(target.missing)}, which has no value here",
            )
            return None
        name = target.text.lower()
        if name in self._numbers:
            return self._numbers[name]
        self._faults.error(target.location, f"there is no stage {target.text} in the Dockerfile")
        return None

    def _judge_unused(self, needed: set[int]) -> None:
        """A build breaks off at names that no image can have, even where it would not pull it."""
        for index, stage in enumerate(self._file.stages):
            base, stands_on, missing = self._bases[index]
            judged = index in needed or stands_on is not None or missing or stage.name in self._contexts
            if not judged and not _REFERENCE.fullmatch(base):
                self._faults.error(
                    stage.base.location, f"a build refuses this: no image can be called {base}"
                )

    def _judge_circles(self) -> None:
        """A build breaks off where stages need one another, even if they are not built."""
        needs = {number: self._needs(number) for number in range(len(self._file.stages))}
        needed_by: dict[int, list[int]] = {number: [] for number in needs}
        for number, needed in needs.items():
            for other in needed:
                needed_by[other].append(number)
        ready = [number for number, needed in needs.items() if not needed]
        while ready:
            number = ready.pop()
            del needs[number]
            for other in needed_by[number]:
                needs[other].discard(number)
                if not needs[other]:
                    ready.append(other)
        if needs:
            stage = self._file.stages[min(needs)]
            self._faults.error(
                stage.base.location, "a build refuses this: the stage needs itself, if by way of others"
            )

    def _platform(self, stage: Stage) -> str | None:
        """The platform that a stage's image is asked for; None for this machine's."""
        if stage.platform is None:
            return self._build.platform
        text, missing = self._expanded(stage.platform, self._values)
        if missing:
            return self._build.platform
        platform = normal_platform(text)
        if not re.fullmatch(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+){1,2}", platform):
            self._faults.error(
                stage.platform.location,
                f"a build refuses this: no platform is left of {stage.platform.text}"
                if not text
                else f"a build refuses this: {text} is no platform",
            )
        asked_for_host = "$" in (stage.platform.text or "") and platform == host_platform()
        return None if asked_for_host else platform


def _familiar(name: str) -> str:
    """The shortest name of an image, by which a context takes its place."""
    return name.removeprefix("docker.io/").removeprefix("library/").removesuffix(":latest")
