"""Words about the machine that an image comes to: its disk, and the platform that it is."""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature

MACHINES: tuple[Signature, ...] = (
    Signature("disk-full", "enospc", r"enospc: no space left", program="Node"),
    Signature("disk-full", "there is not enough space on the disk", program="Windows"),
    Signature("disk-full", "disk quota exceeded", r": disk quota exceeded"),
    Signature("disk-full", "you don't have enough free space in", program="apt"),
    Signature(
        "disk-full",
        "ephemeral-storage",
        r"low on resource: ephemeral-storage",
        program="kubelet",
        common=True,
    ),
    # The image and this machine
    Signature("image-platform-mismatch", "no matching manifest for", program="Engine"),
    Signature("image-platform-mismatch", "no match for platform in manifest", program="containerd, BuildKit"),
    Signature("image-platform-mismatch", "does not match the specified platform", program="Engine"),
    Signature(
        "image-platform-mismatch",
        "no image found in",
        r"no image found in (manifest list|image index) for architecture",
        program="podman, skopeo",
    ),
    Signature("image-platform-mismatch", "no child with platform", program="go-containerregistry"),
    Signature(
        "image-platform-mismatch",
        "cannot be used on this platform",
        r"image operating system \W{0,3}\w{1,20}\W{0,3} cannot be used on this platform",
        program="Engine",
    ),
    Signature("image-platform-mismatch", "cannot download image with operating system", program="Engine"),
    Signature(
        "image-platform-mismatch", "does not match the host operating system", program="Engine on Windows"
    ),
    Signature(
        "image-platform-mismatch",
        "exec format error",
        r"(exec /\S{1,200}: |exec user process caused\W{1,4}|standard_init_linux\.go:\d{1,4}: .{0,60}|oci runtime .{0,300})exec format error",
        program="runc",
    ),
    Signature(
        "image-platform-mismatch",
        "ld-linux-x86-64",
        r"(rosetta error|qemu-x86_64).{0,80}ld-linux-x86-64",
        program="Rosetta, QEMU",
    ),
    Signature("image-platform-mismatch", "exec format error", level="symptom", sure=False, common=True),
    Signature(
        "image-platform-mismatch",
        "does not match the detected host platform",
        level="symptom",
        sure=False,
        program="docker CLI, a warning",
    ),
)
"""In the order of the table: the more telling first."""
