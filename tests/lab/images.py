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
    launch: Sequence[str] = (),
) -> str:
    """Pushes a one-file image to `registry` (host:port) as `image` (repository:tag); gives its reference.

    The registry's certificate is not verified: this sets the stage and tests nothing.
    """
    with tempfile.TemporaryDirectory(prefix="lab-image-") as folder:
        _write_layout(folder, architecture)
        reference = f"{registry}/{image}"
        command = [program("skopeo"), "copy", "--quiet", "--insecure-policy", "--dest-tls-verify=false"]
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


def _write_layout(folder: str, architecture: str) -> None:
    """An OCI image layout with one image, tagged "lab"."""
    os.makedirs(os.path.join(folder, "blobs", "sha256"))

    def blob(kind: str, content: bytes) -> dict[str, object]:
        digest = hashlib.sha256(content).hexdigest()
        _write(os.path.join(folder, "blobs", "sha256", digest), content)
        return {"mediaType": f"{_OCI}.{kind}", "digest": f"sha256:{digest}", "size": len(content)}

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
    entry = blob("manifest.v1+json", json.dumps(manifest).encode())
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
