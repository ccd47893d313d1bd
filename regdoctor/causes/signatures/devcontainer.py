"""Words of the dev container CLI about devcontainer.json and what it names."""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature

DEV_CONTAINERS: tuple[Signature, ...] = (
    # devcontainer.json
    Signature(
        "devcontainer-config-invalid",
        "dev container config (",
        r"dev container config \(.{0,300}\) (not found|is missing one of|must contain a json object)",
        program="dev container CLI",
    ),
    Signature(
        "devcontainer-config-invalid",
        "no image information specified in devcontainer.json",
        program="dev container CLI",
    ),
    Signature(
        "devcontainer-config-invalid",
        "configured in devcontainer.json not found in docker compose configuration",
        program="dev container CLI",
    ),
    Signature(
        "devcontainer-config-invalid",
        "can not be resolved because no environment variable name is given",
        program="dev container CLI",
    ),
    Signature(
        "devcontainer-config-invalid",
        "devcontainer.json",
        r"(failed to parse|unable to parse|error parsing|invalid|could not parse|parse error in) \S{0,200}devcontainer\.json|devcontainer\.json\S{0,10} (is (invalid|not valid)|contains invalid|could not be parsed)|no devcontainer\.json (file )?(was )?found",
        program="tools",
    ),
    Signature(
        "devcontainer-config-invalid",
        "/.devcontainer/",
        r"enoent: no such file or directory, ?(open|stat|lstat|scandir) '\S{0,300}/\.devcontainer/\S{1,200}'",
        program="dev container CLI",
    ),
    Signature(
        "devcontainer-config-invalid",
        "an error occurred retrieving the docker compose configuration",
        sure=False,
        program="dev container CLI",
    ),
    Signature(
        "pull-denied",
        "could not resolve feature",
        r"could not resolve feature( manifest for)? '",
        ("token-expired", "repository-not-found", "devcontainer-config-invalid", "registry-unavailable"),
        level="symptom",
        apart="A Feature that opens in a browser without a login is public: then its name is right and the network or an old login is at fault; one that does not is private or misspelt.",
        program="dev container CLI",
    ),
    Signature(
        "pull-denied",
        "failed to download package for",
        "",
        ("token-expired", "repository-not-found", "registry-unavailable"),
        level="symptom",
        apart="A Feature that opens in a browser without a login is public: then the network or an old login is at fault.",
        program="dev container CLI",
    ),
    Signature(
        "pull-denied",
        "could not be processed. you may not have permission to access this feature",
        "",
        ("token-expired", "repository-not-found", "devcontainer-config-invalid"),
        level="symptom",
        apart="A Feature that opens in a browser without a login is public; one that does not is private or misspelt.",
        program="dev container CLI",
    ),
    Signature(
        "tag-not-found",
        "no manifest found for ",
        "",
        ("pull-denied", "no-credentials-sent", "repository-not-found"),
        level="symptom",
        apart="docker pull with the same name tells which.",
        program="dev container CLI",
    ),
)
"""In the order of the table: the more telling first."""
