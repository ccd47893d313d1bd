"""The images that were found in a workspace: each once, and none that should not be asked for."""

from __future__ import annotations

import os

from regdoctor.model import Image
from regdoctor.workspace.build import TOLD, pulled
from regdoctor.workspace.dockerfile import read_dockerfile
from regdoctor.workspace.faults import listed
from regdoctor.workspace.files import UnreadableError
from regdoctor.workspace.jsonc import TooDeepError, parse_jsonc

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from regdoctor.workspace.build import Build
    from regdoctor.workspace.dockerfile import Dockerfile
    from regdoctor.workspace.faults import Faults
    from regdoctor.workspace.files import Files
    from regdoctor.workspace.tree import Node

IMAGES = 500
"""Images of a workspace that are told."""


class Pulls:
    """The images of one workspace, in the order in which they were read."""

    def __init__(self, files: Files, faults: Faults, clean: Callable[[str], str]) -> None:
        self.files = files
        self.faults = faults
        self._clean = clean
        self._dockerfiles: dict[str, Dockerfile] = {}
        self._features: dict[str, Node | None] = {}
        self._found: dict[tuple[str, str | None, bool], Image] = {}
        self._full = False

    @property
    def images(self) -> tuple[Image, ...]:
        """What was found."""
        return tuple(self._found.values())

    def image(self, node: Node, platform: str | None = None) -> None:
        """An image that a file names."""
        if node.missing:
            self.unknown(node, node.missing)
        elif not node.text:
            self.faults.error(node.location, "the name of an image is expected here")
        else:
            self._add(Image(node.text, node.file, node.location, platform))

    def feature(self, name: str, node: Node) -> None:
        """A Feature that a file names by a key."""
        self._add(Image(name, node.file, node.key_location, is_feature=True))

    def unknown(self, node: Node, missing: tuple[str, ...]) -> None:
        """An image that is left out, as its name depends on variables."""
        if missing != TOLD:
            self.faults.unknown(
                node.location,
                f"the name of the image depends on {listed(missing)}, which has no value here, or one that "
                "may be a credential",
            )

    def dockerfile(self, where: Node, path: str) -> Dockerfile | None:
        """The Dockerfile at a path, if it can be read; `where` is what names it."""
        if where.missing:
            if where.missing != TOLD:
                self.faults.unknown(
                    where.location,
                    f"the name of the Dockerfile depends on {listed(where.missing)}, which has no value "
                    "here, so its images are not known",
                )
            return None
        try:
            text = self.files.read(path)
        except UnreadableError as error:
            self.faults.error(where.location, f"the Dockerfile {self.files.shown(path)} {error}")
            return None
        if path not in self._dockerfiles:
            self._dockerfiles[path] = read_dockerfile(text, self.files.shown(path))
        return self._dockerfiles[path]

    def local_feature(self, path: str) -> Node | None:
        """What a Feature of the workspace says of itself, if anything. Raises `UnreadableError`."""
        if path not in self._features:
            try:
                self._features[path], _ = parse_jsonc(self.files.read(path), self.files.shown(path))
            except TooDeepError:
                self._features[path] = None
        return self._features[path]

    def build(self, build: Build) -> None:
        """The images that a build pulls."""
        for image in pulled(build, self.faults, self.unknown):
            self._add(image)

    def _add(self, image: Image) -> None:
        if self._clean(image.reference) != image.reference:
            # to ask for it would send the credential to whoever the name leads to
            if image.location is not None:
                self.faults.unknown(
                    image.location,
                    "the name of the image holds a credential, or characters that cannot be shown",
                )
            return
        key = (image.reference, image.platform, image.is_feature)
        if len(self._found) < IMAGES:
            self._found.setdefault(key, image)
        elif key not in self._found and image.location is not None and not self._full:
            self._full = True
            self.faults.unknown(image.location, f"from here on, images are not told: there are {IMAGES}")


def joined(folder: str, name: str) -> str:
    """The absolute path of a file that is named from a folder."""
    return os.path.normpath(os.path.join(folder, name))
