"""Owns the content of a scripted repository: manifests, indexes, layers and tags, as the API gives them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence

from tests.lab import handlers
from tests.lab.handlers import Bearer
from tests.lab.scripted import Answer, Handler, Request

_OCI = "application/vnd.oci.image"
INDEX_TYPE = f"{_OCI}.index.v1+json"
DOCKER_LIST_TYPE = "application/vnd.docker.distribution.manifest.list.v2+json"
DOCKER_TYPE = "application/vnd.docker.distribution.manifest.v2+json"
SIGNED_TYPE = "application/vnd.docker.distribution.manifest.v1+prettyjws"
FEATURE_TYPE = "application/vnd.devcontainers"


class Shelf:
    """One repository. Blobs come from here, or by a redirect from `storage`, an address without a path."""

    def __init__(self, name: str, *, storage: str = "", ranges: bool = True, lists_tags: bool = True) -> None:
        self.name = name
        self.storage = storage
        self.ranges = ranges
        """Whether a part of a blob can be had."""
        self.lists_tags = lists_tags
        self.tags: dict[str, str] = {}
        """The digest under each tag."""
        self.more_tags: Sequence[str] = ()
        """Tags of images that nobody asks for."""
        self.blobs: dict[str, bytes] = {}
        self._manifests: dict[str, tuple[str, bytes]] = {}

    def image(
        self,
        tag: str | None = None,
        *,
        architecture: str = "amd64",
        variant: str = "",
        layers: int = 1,
        layer_bytes: int = 1000,
        docker: bool = False,
    ) -> str:
        """Puts an image here, under a tag or by its digest alone; gives its digest."""
        config = {"architecture": architecture, "os": "linux", "rootfs": {"type": "layers"}}
        config |= {"variant": variant} if variant else {}
        kind = DOCKER_TYPE if docker else handlers.MANIFEST_TYPE
        config_type = "application/vnd.docker.container.image.v1+json" if docker else f"{_OCI}.config.v1+json"
        layer_type = f"{_OCI}.layer.v1.tar+gzip"
        manifest = {
            "schemaVersion": 2,
            "mediaType": kind,
            "config": self._blob(config_type, json.dumps(config).encode()),
            "layers": [self._blob(layer_type, _content(at, layer_bytes)) for at in range(layers)],
        }
        return self.put(tag, kind, manifest)

    def feature(self, tag: str) -> str:
        """Puts a dev container Feature here, which is an artifact of no platform."""
        manifest = {
            "schemaVersion": 2,
            "mediaType": handlers.MANIFEST_TYPE,
            "config": self._blob(FEATURE_TYPE, b"{}"),
            "layers": [self._blob("application/vnd.devcontainers.layer.v1+tar", _content(0, 2000))],
        }
        return self.put(tag, handlers.MANIFEST_TYPE, manifest)

    def index(
        self, tag: str, images: Mapping[str, str], *, attested: bool = False, kind: str = INDEX_TYPE
    ) -> str:
        """Puts an index of images here: by platform, os/architecture[/variant], the digest of each."""
        entries = []
        for platform, digest in images.items():
            names = ("os", "architecture", "variant")
            told = dict(zip(names, platform.split("/"), strict=False))
            entries.append(self._entry(digest, told))
            if attested:
                unknown = {"os": "unknown", "architecture": "unknown"}
                note = {
                    "vnd.docker.reference.digest": digest,
                    "vnd.docker.reference.type": "attestation-manifest",
                }
                entries.append({**self._entry(digest, unknown), "annotations": note})
        return self.put(tag, kind, {"schemaVersion": 2, "mediaType": kind, "manifests": entries})

    def put(self, tag: str | None, kind: str, manifest: object) -> str:
        """Puts any manifest here."""
        content = json.dumps(manifest).encode()
        digest = _digest(content)
        self._manifests[digest] = (kind, content)
        if tag is not None:
            self.tags[tag] = digest
        return digest

    def __call__(self, request: Request) -> Answer | None:
        """The answer to a request for something in this repository; None to any other request."""
        found = re.fullmatch(rf"/v2/{re.escape(self.name)}/(manifests|blobs|tags)/(.*)", request.path)
        if found is None:
            return None
        kind, name = found.groups()
        if kind == "manifests":
            return self._manifest(self.tags.get(name, name))
        if kind == "blobs":
            if self.storage:
                # as S3 and its like want it: signed for one method, and for this one address
                return Answer(307, {"Location": f"{self.storage}/{name}?signature=for-this-blob-alone"})
            return self.blob(name, request)
        if not self.lists_tags:
            return handlers.error(403, "DENIED", "requested access to the resource is denied")
        return self._tags(request)

    def blob(self, digest: str, request: Request) -> Answer:
        """A blob or the part of it that was asked for, as the storage host gives it too."""
        content = self.blobs.get(digest.lstrip("/"))
        if content is None:
            return handlers.error(404, "BLOB_UNKNOWN", "blob unknown to registry")
        wanted = re.fullmatch(r"bytes=(\d+)-(\d+)", request.headers.get("range", ""))
        if wanted is None or not self.ranges:
            return Answer(body=content)
        first, last = int(wanted[1]), min(int(wanted[2]), len(content) - 1)
        told = {"Content-Range": f"bytes {first}-{last}/{len(content)}"}
        return Answer(206, told, content[first : last + 1])

    def _manifest(self, digest: str) -> Answer:
        if digest not in self._manifests:
            return handlers.error(404, "MANIFEST_UNKNOWN", "manifest unknown")
        kind, content = self._manifests[digest]
        headers = {**handlers.API_VERSION, "Content-Type": kind, "Docker-Content-Digest": digest}
        return Answer(headers=headers, body=content)

    def _tags(self, request: Request) -> Answer:
        last = request.query.get("last", [""])[0]
        tags = [tag for tag in sorted((*self.tags, *self.more_tags)) if tag > last]
        count = int(request.query.get("n", [str(len(tags))])[0])
        return Answer(headers=handlers.API_VERSION, body={"name": self.name, "tags": tags[:count]})

    def _blob(self, kind: str, content: bytes) -> dict[str, object]:
        digest = _digest(content)
        self.blobs[digest] = content
        return {"mediaType": kind, "digest": digest, "size": len(content)}

    def _entry(self, digest: str, platform: dict[str, str]) -> dict[str, object]:
        kind, content = self._manifests[digest]
        return {"mediaType": kind, "digest": digest, "size": len(content), "platform": platform}


def guarded(bearer: Bearer, *shelves: Shelf) -> Handler:
    """A registry with these repositories, open to those who have a token for them."""

    def answer(request: Request) -> Answer:
        reply = bearer(request)
        if request.path == "/token" or reply.status == 401:
            return reply
        return next((found for shelf in shelves if (found := shelf(request)) is not None), reply)

    return answer


def _content(number: int, size: int) -> bytes:
    return f"layer {number} ".encode() * (size // 8)


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
