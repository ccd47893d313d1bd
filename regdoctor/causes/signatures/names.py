"""Words about the names of servers and of images.

distribution's reference package as docker and podman repeat it, go-containerregistry, BuildKit, kubelet.
"""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature

NAMES: tuple[Signature, ...] = (
    # The server's name
    Signature("server-invalid", "unable to parse server address"),
    Signature("server-invalid", "unparsable registry url", program="nerdctl"),
    Signature("server-has-scheme", "contains http[s]:// prefix", program="podman"),
    Signature(
        "disk-full",
        "no space left on device",
        r"(: |\] |, '|\(|\"|^)no space left on device",
        program="Engine, Go, Python",
    ),
    # The image's name
    Signature(
        "server-has-scheme",
        "://",
        r"(invalid argument|parsing reference:?|invalid tag|parse image (reference|name):?) \W{0,3}https?://.{0,300}invalid reference format",
        program="docker CLI",
    ),
    Signature("invalid-reference", "invalid reference format"),
    Signature(
        "invalid-reference",
        "repository name must",
        r"repository name must (be (lowercase|canonical)|have at least one component|not be more than)",
    ),
    Signature("invalid-reference", "invalidimagename", program="kubelet"),
    Signature("invalid-reference", "failed to apply default image tag", program="kubelet"),
    Signature(
        "invalid-reference",
        "parse image",
        r"(couldn't|could not|cannot|failed to|unable to) parse image (reference|name)\b",
        program="kubelet, crictl, dev container CLI",
    ),
    Signature("invalid-reference", "could not parse reference", program="go-containerregistry"),
    Signature(
        "invalid-reference",
        "can only contain the ",
        r"(repository|tag|registry)[ \w]{0,20} can only contain the (runes|characters)",
        program="go-containerregistry",
    ),
    Signature(
        "invalid-reference", "base name (", r"base name \(.{0,200}\) should not be blank", program="BuildKit"
    ),
    Signature("invalid-reference", "from requires either one or three arguments", program="BuildKit"),
    Signature("invalid-reference", "is not a valid repository/tag", program="docker before 17"),
    Signature("invalid-reference", "invalid repository name", program="distribution, docker"),
    Signature("invalid-reference", "invalid image reference", program="jib, tools"),
    Signature(
        "invalid-reference",
        "did not resolve to an alias",
        r"short-name \S{1,200} did not resolve to an alias",
        program="podman",
    ),
    Signature("invalid-reference", "short-name resolution enforced but cannot prompt", program="podman"),
    Signature(
        "invalid-reference",
        "failed validation",
        r"(path|tag|digest) '[^']{0,200}' for input '[^']{0,200}' failed validation",
        program="dev container CLI",
    ),
    Signature("invalid-reference", "unsupported digest algorithm", common=True),
)
"""In the order of the table: the more telling first."""
