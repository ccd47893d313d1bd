"""Owns the smallest image: built here, byte by byte, and pushed with skopeo."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Sequence

from tests.lab.programs import plain_environment, program

_OCI = "application/vnd.oci.image"


def push_image(
    registry: str,
    image: str,
    credentials: tuple[str, str] | None = None,
    *,
    architecture: str = "amd64",
    index_of: Sequence[str] = (),
    launch: Sequence[str] = (),
) -> str:
    """Pushes a one-file image to `registry` (host:port) as `image` (repository:tag); gives its reference.

    With `index_of`, an index of such images, one for each of these architectures. The registry's certificate
    is not verified: this sets the stage and tests nothing.
    """
    with tempfile.TemporaryDirectory(prefix="lab-image-") as folder:
        _write_layout(folder, index_of or [architecture], is_index=bool(index_of))
        reference = f"{registry}/{image}"
        command = [
            program("skopeo"),
            "copy",
            "--all",
            "--quiet",
            "--insecure-policy",
            "--dest-tls-verify=false",
        ]
        command += ["--dest-creds", ":".join(credentials)] if credentials else ["--dest-no-creds"]
        command += [f"oci:{folder}:lab", f"docker://{reference}"]
        done = subprocess.run(
            [*launch, *command],
            env=plain_environment(folder),
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(f"skopeo copy to {reference}: {done.stderr}")
    return reference


def _write_layout(folder: str, architectures: Sequence[str], *, is_index: bool) -> None:
    """An OCI image layout with one image, or an index of several, tagged "lab"."""
    os.makedirs(os.path.join(folder, "blobs", "sha256"))

    def blob(kind: str, content: bytes) -> dict[str, object]:
        digest = hashlib.sha256(content).hexdigest()
        _write(os.path.join(folder, "blobs", "sha256", digest), content)
        return {"mediaType": f"{_OCI}.{kind}", "digest": f"sha256:{digest}", "size": len(content)}

    def image(architecture: str) -> dict[str, object]:
        layer = one_file_tar("hello.txt", b"hello from the lab\n")
        config = {
            "architecture": architecture,
            "os": "linux",
            "config": {},
            "rootfs": {"type": "layers", "diff_ids": [f"sha256:{hashlib.sha256(layer).hexdigest()}"]},
        }
        manifest = {
            "schemaVersion": 2,
            "mediaType": f"{_OCI}.manifest.v1+json",
            "config": blob("config.v1+json", json.dumps(config).encode()),
            "layers": [blob("layer.v1.tar+gzip", gzip.compress(layer, mtime=0))],
        }
        return blob("manifest.v1+json", json.dumps(manifest).encode())

    entry = image(architectures[0])
    if is_index:
        platforms = [{"os": "linux", "architecture": architecture} for architecture in architectures]
        entries = [{**image(each["architecture"]), "platform": each} for each in platforms]
        inner = {"schemaVersion": 2, "mediaType": f"{_OCI}.index.v1+json", "manifests": entries}
        entry = blob("index.v1+json", json.dumps(inner).encode())
    entry["annotations"] = {"org.opencontainers.image.ref.name": "lab"}
    index = {"schemaVersion": 2, "manifests": [entry]}
    _write(os.path.join(folder, "index.json"), json.dumps(index).encode())
    _write(os.path.join(folder, "oci-layout"), b'{"imageLayoutVersion": "1.0.0"}')


def one_file_tar(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def _write(path: str, content: bytes) -> None:
    with open(path, "wb") as file:
        file.write(content)
