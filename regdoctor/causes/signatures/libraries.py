"""Words of two programs that do not go together: a library and the Engine, a client and a registry."""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature

LIBRARIES: tuple[Signature, ...] = (
    # Two libraries do not go together
    Signature(
        "client-library-incompatible", "not supported url scheme http+docker", program="docker-py before 7.1"
    ),
    Signature(
        "client-library-incompatible",
        "got an unexpected keyword argument 'chunked'",
        program="docker-py, urllib3 2",
    ),
    Signature(
        "client-library-incompatible",
        "kwargs_from_env() got an unexpected keyword argument",
        program="docker-py",
    ),
    Signature("client-library-incompatible", "unable to parse www-authenticate header", program="VS Code"),
    Signature(
        "client-library-incompatible",
        "www-authenticate header is not in expected format",
        program="dev container CLI",
    ),
    Signature(
        "client-library-incompatible",
        "failed to find supported auth scheme",
        "",
        ("not-a-registry",),
        apart="A registry asks for Basic or Bearer; another scheme comes from a proxy or from another kind of server.",
        program="containerd",
    ),
    Signature(
        "client-library-incompatible", "no longer supported since containerd v2", program="containerd 2"
    ),
    Signature("client-library-incompatible", "schema 1 support has been removed", program="Engine 28"),
    Signature(
        "client-library-incompatible",
        "unsupported manifest",
        r"unsupported manifest (media ?type|format)",
        program="Engine",
    ),
    Signature(
        "client-library-incompatible",
        "unsupported media type",
        r"unsupported media type:? \W{0,2}application/vnd\.",
        program="Engine, podman",
    ),
    Signature("client-library-incompatible", "unsupported mediatype", program="go-containerregistry"),
    Signature("client-library-incompatible", "mediatype in manifest should be", program="Engine before 20"),
    Signature("client-library-incompatible", "missing signature key", program="Engine before 1.10"),
    Signature(
        "client-library-incompatible",
        "encountered remote",
        r'encountered remote "application/\S{1,100} when fetching',
        program="Engine",
    ),
    Signature(
        "client-library-incompatible",
        "unknown shorthand flag: 'e' in -e",
        level="symptom",
        program="aws ecr get-login",
    ),
    Signature(
        "client-library-incompatible",
        "get-login",
        r"argument operation: invalid choice.{0,400}get-login|invalid choice: 'get-login'",
        program="awscli 2",
    ),
)
"""In the order of the table: the more telling first."""
