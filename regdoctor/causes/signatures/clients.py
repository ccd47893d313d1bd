"""Words of programs that talk to registries beside docker: builders, scanners, and their libraries.

Jib, buildpacks, Spring Boot, Testcontainers and docker-java; Helm and ORAS; trivy, crane and kaniko; GitLab's
runner, Jenkins and the actions of GitHub; containerd, Gitea.
"""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature
from regdoctor.causes.signatures.wording import CUT, ENGINE, PULL, PUSH, REFUSED

_ABOVE = "The lines above tell why; if there are none, docker pull with the same image does."
_HELPER = (
    "If config.json names a helper, in credsStore or credHelpers, run it by hand: that it is missing, or what "
    "it does not find, is what it then says."
)

CLIENTS: tuple[Signature, ...] = (
    # Jib
    Signature(
        "realm-not-trusted",
        "were not sent because the connection was over http",
        "",
        ("tls-plain-http",),
        apart="The registry has no TLS: nothing is wrong with the login, which Jib keeps from going out in the clear.",
        program="jib",
    ),
    Signature(
        "no-credentials-sent",
        "has nothing for server url",
        r"credential helper \(.{1,200}\) has nothing for server url",
        program="jib",
    ),
    Signature(
        "dns-not-found",
        "exists/is spelled properly",
        r"make sure that the registry you configured exists/is spelled properly",
        ("dns-failure",),
        apart="If other machines find the name, the name service that this one asks is at fault.",
        program="jib",
    ),
    Signature(
        "bad-credentials",
        "are set up correctly",
        r"make sure your credentials for '[^']{1,200}' are set up correctly",
        ("no-credentials-sent", "pull-denied", "push-denied"),
        level="symptom",
        apart=REFUSED,
        program="jib",
    ),
    # Buildpacks, Spring Boot, Testcontainers, docker-java
    Signature(
        "push-denied",
        "ensure registry read/write access to",
        "",
        ("no-credentials-sent", "bad-credentials", "repository-not-found"),
        level="symptom",
        apart=PUSH,
        program="buildpacks",
    ),
    Signature(
        "pull-denied",
        "ensure registry read access to",
        "",
        ("no-credentials-sent", "bad-credentials", "repository-not-found"),
        level="symptom",
        apart=PULL,
        program="buildpacks",
    ),
    Signature(
        "docker-not-running",
        "connection to the docker daemon at",
        r"connection to the docker daemon at '[^']{1,200}' failed(?!.{0,30}permission denied)",
        ("docker-permission-denied", "docker-not-installed"),
        apart=ENGINE,
        program="Spring Boot",
    ),
    Signature(
        "docker-not-running",
        "previous attempts to find a docker environment failed",
        "",
        ("docker-permission-denied", "docker-not-installed"),
        apart=ENGINE,
        program="Testcontainers",
    ),
    Signature(
        "pull-denied",
        "can't get docker image",
        r"can't get docker image: remotedockerimage",
        ("docker-not-running", "rate-limited", "tag-not-found", "registry-unavailable"),
        level="consequence",
        apart=_ABOVE,
        program="Testcontainers",
    ),
    Signature(
        "config-json-invalid",
        "dockercfgfile",
        r"failed to parse dockercfgfile",
        ("client-library-incompatible",),
        apart="If docker itself takes the file, the library is too old for what stands in it, such as credsStore.",
        program="docker-java",
    ),
    Signature(
        "config-json-invalid",
        "invalid auth config file",
        "",
        ("client-library-incompatible",),
        apart="If docker itself takes the file, the library is too old for what stands in it, such as credsStore.",
        program="docker-java",
    ),
    Signature(
        "config-json-invalid",
        "unsupported entry in",
        r'unsupported entry in "auth" section of docker config',
        ("client-library-incompatible",),
        apart="If docker itself takes the file, the library is too old for what stands in it, such as credsStore.",
        program="containerregistry",
    ),
    # Helm, ORAS
    Signature(
        "credential-helper-error",
        "unable to retrieve credentials",
        r"https?://\S{1,300}: unable to retrieve credentials",
        ("credential-helper-missing", "config-json-invalid"),
        apart=_HELPER,
        program="Helm, ORAS",
    ),
    Signature(
        "invalid-reference",
        "invalid_reference: ",
        r"invalid_reference: (invalid|missing)",
        program="Helm, ORAS",
    ),
    Signature(
        "tag-not-found", "not found in", r"chart \"[^\"]{1,200}\" (version|matching) .{0,80}not found in"
    ),
    Signature(
        "not-a-registry",
        "is not a valid chart repository",
        r"is not a valid chart repository or cannot be reached(?!.{0,300}\b(40[13]|unauthorized|forbidden|dial|lookup|x509|tls)\b)",
        ("registry-unavailable", "tcp-timeout"),
        apart="A chart in a registry is fetched by oci://, and not by helm repo add.",
        program="Helm",
    ),
    # Trivy and others by the library of heroku/docker-registry-client
    Signature(
        "no-credentials-sent",
        "non-successful response (status=401",
        "",
        ("bad-credentials", "pull-denied", "repository-not-found"),
        level="symptom",
        apart=PULL,
        program="trivy 0.1, clair",
    ),
    Signature(
        "pull-denied",
        "non-successful response (status=403",
        "",
        ("bad-credentials", "no-credentials-sent", "firewall-denied"),
        level="symptom",
        apart=PULL,
        program="trivy 0.1, clair",
    ),
    Signature(
        "tag-not-found",
        "non-successful response (status=404",
        "",
        ("repository-not-found", "not-a-registry"),
        level="symptom",
        apart="The registry's pages list what there is.",
        program="trivy 0.1, clair",
    ),
    # GitLab's runner, Jenkins, the actions of GitHub
    Signature(
        "pull-denied",
        "is not present on list of allowed images",
        program="GitLab Runner",
    ),
    Signature(
        "no-credentials-sent",
        "could not find credentials",
        r"could not find credentials (matching|entry with id)",
        sure=False,
        program="Jenkins",
    ),
    Signature(
        "value-empty",
        "input required and not supplied",
        r"input required and not supplied: \W?(username|password|registry|login-server|creds)\b",
        ("set-incomplete",),
        apart="A secret is empty, or is not given to the step: forks and other repositories do not get it.",
        program="Actions",
    ),
    Signature("invalid-reference", "tag is needed when pushing to registry", program="buildx"),
    Signature(
        "docker-not-running",
        "buildkitd.sock",
        r"buildkitd\.sock\W{0,2}.{0,60}(connect: )?(no such file|connection refused)",
        program="buildx, buildctl",
    ),
    Signature(
        "docker-not-running",
        "code = unavailable",
        r"rpc error: code = unavailable desc = (closing transport|error reading from server: (eof|.{0,80}connection reset))",
        ("tcp-reset", "disk-full"),
        level="symptom",
        apart="BuildKit itself went away in the middle of its work: its container's log tells, most often of too little memory.",
        program="buildx",
    ),
    Signature(
        "client-library-incompatible",
        "exporting manifest lists",
        r"docker exporter does not currently support exporting manifest lists",
        program="buildx",
    ),
    Signature(
        "client-library-incompatible",
        "--password-stdin",
        r"(unknown flag|flag provided but not defined|unknown option|unrecognized option):? \W?-{1,2}password-stdin",
        ("docker-api-mismatch",),
        apart="This docker is older than version 17.07, the first that reads a password so.",
        program="docker CLI",
    ),
    Signature(
        "client-library-incompatible",
        "--no-include-email",
        r"unknown options?: --no-include-email",
        program="awscli before 1.11",
    ),
    # Layers that did not arrive as they were sent
    Signature(
        "proxy-error",
        "unexpected commit digest",
        "",
        ("tcp-reset", "registry-unavailable"),
        level="symptom",
        apart="What arrived is not what was asked for: if another network brings the right bytes, a proxy on the way changes or shortens them.",
        program="containerd",
    ),
    Signature(
        "proxy-error",
        "layer verification failed for digest",
        "",
        ("tcp-reset", "registry-unavailable"),
        level="symptom",
        apart="What arrived is not what was asked for: if another network brings the right bytes, a proxy on the way changes or shortens them.",
        program="Engine",
    ),
    Signature(
        "tcp-reset",
        "bad record mac",
        "",
        ("proxy-error", "mtu-blackhole"),
        apart=CUT,
        program="Go, OpenSSL",
        common=True,
    ),
    # containerd
    Signature(
        "image-platform-mismatch",
        "manifest not found: not found",
        "",
        ("tag-not-found",),
        apart="If the pull itself went through and the unpacking failed, the image has nothing for this platform.",
        program="containerd 1",
    ),
    Signature(
        "client-library-incompatible",
        "no signatures",
        r"(ctr|error|failed\b.{0,200}): no signatures\W{0,3}$",
        sure=False,
        program="containerd 1, of images in schema 1",
    ),
    Signature(
        "client-library-incompatible",
        "schema 1 support is disabled",
        program="Engine 26",
    ),
    # Gitea, Forgejo
    Signature(
        "missing-scope",
        "reqpackageaccess",
        "",
        ("push-denied", "pull-denied"),
        apart="A token of Gitea needs the scope write:package; the token of an Actions job has none for packages.",
        program="Gitea, Forgejo",
    ),
    Signature(
        "bad-credentials",
        "authgroup.verify",
        "",
        ("token-expired",),
        apart=REFUSED,
        program="Gitea, Forgejo",
    ),
    # docker CLI
    Signature(
        "value-empty",
        "required",
        r"error: (non-null username|password) required",
        ("not-a-tty",),
        apart="The value is empty, or there was nobody to type it.",
        program="docker CLI before 28",
    ),
    Signature(
        "value-empty",
        '"docker login"',
        r"\"docker login\" (requires at most 1 argument|accepts at most 1)",
        ("value-whitespace", "user-wrong-form"),
        apart="Something stands behind the server: a variable before it is empty, or holds a space that no quotes keep together.",
        program="docker CLI",
    ),
    Signature(
        "invalid-reference",
        "requires ",
        r"[\"'\\]{1,2}docker(?: image)? (pull|push|tag)[\"'\\]{1,2} requires (exactly )?[12] arguments?",
        ("value-empty",),
        apart="If the image's name comes from a variable, that is empty.",
        program="docker CLI",
    ),
    Signature("not-a-tty", "cannot enable tty mode on non tty input", program="docker CLI before 17"),
    Signature(
        "set-incomplete",
        "incomplete docker registry authorization credentials",
        "",
        ("value-empty", "no-credentials-sent"),
        apart="One of the values is empty or not given: the server's entry in settings.xml, or the variables that it is made from.",
        program="docker-maven-plugin",
    ),
    Signature(
        "no-credentials-sent",
        "does not exist or access is not authorized",
        "",
        ("repository-not-found", "tag-not-found", "pull-denied"),
        apart=PULL,
        program="Wave",
    ),
)
"""In the order of the table: the more telling first."""
