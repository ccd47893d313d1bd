"""What a registry has under an image's name, read from as much of it as was sent.

https://github.com/opencontainers/image-spec (manifest.md, image-index.md) and
https://distribution.github.io/distribution/spec/manifest-v2-2/.
"""

from __future__ import annotations

import json

from regdoctor.platforms import Platform, platform_of
from regdoctor.record import Record

INDEXES = (
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
)
MANIFESTS = (
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
    "application/vnd.docker.distribution.manifest.v1+prettyjws",
    "application/vnd.docker.distribution.manifest.v1+json",
)
ACCEPT = ", ".join((*INDEXES, *MANIFESTS))
"""What docker is ready to take."""

_CONFIGS = (
    "application/vnd.oci.image.config.v1+json",
    "application/vnd.docker.container.image.v1+json",
)
_MOST = 10_000
"""Entries that are looked at."""


class Blob(Record):
    """A part of an image, by its digest."""

    digest: str
    size: int


class Entry(Record):
    """An image in an index."""

    digest: str
    platform: Platform | None
    """None where the index does not say."""


class Manifest(Record):
    """An image, or an index of the images for several platforms."""

    is_index: bool
    entries: tuple[Entry, ...] = ()
    layers: tuple[Blob, ...] = ()
    config: Blob | None = None
    """Where it says for which platform it is; None where it is no image's."""
    cut: bool = False
    """There is more of it than was read."""

    @property
    def platforms(self) -> tuple[str, ...]:
        """The platforms that an index names, each once."""
        return tuple(dict.fromkeys(str(entry.platform) for entry in self.entries if entry.platform))

    def entry_for(self, machine: Platform) -> Entry | None:
        """The image that a machine takes from an index: its own kind first."""
        fitting = [entry for entry in self.entries if entry.platform is None or machine.runs(entry.platform)]
        fitting.sort(key=lambda entry: entry.platform is None or entry.platform != machine)
        return fitting[0] if fitting else None


def read_manifest(text: str, *, cut: bool) -> Manifest | None:
    """A manifest; None where the text is none. What was `cut` off at its end is done without."""
    answer = _whole(text) if cut else _json(text)
    if not isinstance(answer, dict):
        return None
    if isinstance(entries := answer.get("manifests"), list):
        found = tuple(entry for each in entries[:_MOST] if (entry := _entry(each)) is not None)
        return Manifest(True, entries=found, cut=cut)
    if isinstance(layers := answer.get("layers"), list):
        config = answer.get("config")
        is_image = isinstance(config, dict) and config.get("mediaType") in _CONFIGS
        return Manifest(False, layers=_blobs(layers), config=_blob(config) if is_image else None, cut=cut)
    if isinstance(layers := answer.get("fsLayers"), list):
        return Manifest(False, layers=_blobs(layers), cut=cut)
    # an artifact may have no layers at all
    return Manifest(False, cut=cut) if "schemaVersion" in answer else None


def read_config(text: str) -> Platform | None:
    """The platform in an image's configuration."""
    return _platform(_json(text))


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _whole(text: str) -> object:
    """A JSON object whose end is missing, read as far as the last complete member of its last list."""
    end = len(text)
    for _ in range(4):
        end = text.rfind("}", 0, end)
        if end < 0:
            return None
        answer = _json(text[: end + 1] + "]}")
        if answer is not None:
            return answer
    return None


def _entry(each: object) -> Entry | None:
    blob = _blob(each)
    if blob is None or not isinstance(each, dict):
        return None
    platform = each.get("platform")
    if isinstance(platform, dict) and platform.get("os") == platform.get("architecture") == "unknown":
        return None  # how it was built, not what
    return Entry(blob.digest, _platform(platform))


def _platform(each: object) -> Platform | None:
    if not isinstance(each, dict):
        return None
    parts = [each.get(name) or "" for name in ("os", "architecture", "variant")]
    if not all(isinstance(part, str) and len(part) < 100 for part in parts) or not (parts[0] and parts[1]):
        return None
    return platform_of(*parts)


def _blobs(each: list[object]) -> tuple[Blob, ...]:
    return tuple(blob for layer in each[:_MOST] if (blob := _blob(layer)) is not None)


def _blob(each: object) -> Blob | None:
    if not isinstance(each, dict) or each.get("urls"):
        return None  # what lies elsewhere is none of the registry's
    digest, size = each.get("digest") or each.get("blobSum"), each.get("size")
    if not isinstance(digest, str) or not _is_digest(digest):
        return None
    return Blob(digest, size if isinstance(size, int) else 0)


def _is_digest(text: str) -> bool:
    algorithm, colon, value = text.partition(":")
    return bool(colon) and len(text) < 200 and algorithm.isalnum() and value.isalnum() and text.isascii()
