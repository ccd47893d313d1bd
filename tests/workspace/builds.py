"""Owns the oracle for Dockerfiles: BuildKit itself, which is told to build and whose pulls are recorded.

The registry that it pulls from has an image of every name for several platforms. No two are alike, so that
the requests tell which one was taken for which platform.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.lab.engine import Engine
from tests.lab.images import one_file_tar
from tests.lab.programs import plain_environment, program
from tests.lab.scripted import Answer, Request, ScriptedRegistry

PLATFORMS = ("linux/amd64", "linux/arm64", "linux/s390x")
"""None of them can stand in for another: BuildKit would fetch both."""

_OCI = "application/vnd.oci.image"
_PATH = re.compile(r"/v2/(.+)/(manifests|blobs)/([^/]+)")


@dataclass(frozen=True)
class Outcome:
    """What a build did: the names that it pulled, with the platform of each, and whether it broke off."""

    pulled: frozenset[tuple[str, str]]
    named: frozenset[str]
    refused: bool
    words: str


class Builds:
    """BuildKit, the one of an Engine, with a registry of its own; `host` is what images begin with."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._named: set[str] = set()
        self._pulled: set[tuple[str, str]] = set()
        self._blobs: dict[str, bytes] = {}
        self._manifests: dict[str, tuple[str, bytes, str]] = {}
        self._count = 0

    def __enter__(self) -> Self:
        self._registry = ScriptedRegistry(self._answer).__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._registry.__exit__(kind, error, trace)

    @property
    def host(self) -> str:
        """A prefix of names that no build before had."""
        return f"{self._registry.address}/b{self._count}"

    def build(self, folder: Path, dockerfile: str, options: Sequence[str] = ()) -> Outcome:
        """Builds a file of a folder; the names are told without the host."""
        with self._lock:
            self._named.clear()
            self._pulled.clear()
        environment = plain_environment(
            str(folder),
            DOCKER_BUILDKIT="1",
            DOCKER_HOST=self._engine.docker_host,
            BUILDKIT_PROGRESS="plain",
        )
        command = [_docker(), "build", "--file", str(folder / dockerfile), *options, str(folder)]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        if "Docker daemon" in done.stderr or "rpc error: code = Unavailable" in done.stderr:
            raise RuntimeError(f"the Engine has ended: {done.stderr}\n{self._engine.log()[-5000:]}")
        with self._lock:
            prefix = self.host.partition("/")[2] + "/"
            outcome = Outcome(
                frozenset((name.removeprefix(prefix), platform) for name, platform in self._pulled),
                frozenset(name.removeprefix(prefix) for name in self._named),
                # nothing can run in these images, so a RUN breaks off; but all was pulled before
                bool(done.returncode) and "executor failed running" not in done.stderr,
                done.stderr,
            )
            self._count += 1
        return outcome

    def _answer(self, request: Request) -> Answer:
        match = _PATH.fullmatch(request.path)
        if match is None:
            return Answer(body={})
        name, kind, reference = match.groups()
        with self._lock:
            if kind == "blobs":
                return Answer(
                    headers={"Content-Type": "application/octet-stream"}, body=self._blobs[reference]
                )
            if reference in self._manifests:
                full_name, body, platform = self._manifests[reference]
                if platform:
                    self._pulled.add((full_name, platform))
                media_type = json.loads(body)["mediaType"]
            else:
                full_name = f"{name}:{reference}"
                self._named.add(full_name)
                body, media_type = self._index(full_name), f"{_OCI}.index.v1+json"
        digest = _digest(body)
        return Answer(headers={"Content-Type": media_type, "Docker-Content-Digest": digest}, body=body)

    def _index(self, name: str) -> bytes:
        entries = []
        for platform in PLATFORMS:
            system, architecture, *variant = platform.split("/")
            layer = one_file_tar("hello.txt", name.encode())
            config = {
                "architecture": architecture,
                "os": system,
                "config": {"Labels": {"name": name}},
                "rootfs": {"type": "layers", "diff_ids": [_digest(layer)]},
            }
            manifest = {
                "schemaVersion": 2,
                "mediaType": f"{_OCI}.manifest.v1+json",
                "config": self._blob(f"{_OCI}.config.v1+json", json.dumps(config).encode()),
                "layers": [self._blob(f"{_OCI}.layer.v1.tar+gzip", gzip.compress(layer, mtime=0))],
            }
            body = json.dumps(manifest).encode()
            self._manifests[_digest(body)] = (name, body, platform)
            entries.append(
                {
                    "mediaType": f"{_OCI}.manifest.v1+json",
                    "digest": _digest(body),
                    "size": len(body),
                    "platform": {"os": system, "architecture": architecture}
                    | ({"variant": variant[0]} if variant else {}),
                }
            )
        index = {"schemaVersion": 2, "mediaType": f"{_OCI}.index.v1+json", "manifests": entries}
        body = json.dumps(index).encode()
        self._manifests[_digest(body)] = (name, body, "")
        return body

    def _blob(self, media_type: str, content: bytes) -> dict[str, Any]:
        self._blobs[_digest(content)] = content
        return {"mediaType": media_type, "digest": _digest(content), "size": len(content)}


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _docker() -> str:
    """Debian's client, which brings BuildKit's part with it; later ones leave that to a plugin."""
    debian = "/usr/bin/docker"
    return debian if Path(debian).exists() else program("docker")
