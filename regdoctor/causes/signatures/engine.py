"""Words about the Engine: Docker that is not there, does not answer, or does not let somebody in.

docker/cli and moby/moby of the versions 17 to 29, docker-py, compose, containerd, podman, and the shells.
"""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature
from regdoctor.causes.signatures.wording import ENGINE

_NO_SOCKET = ("docker-permission-denied", "docker-not-installed")

DOCKER_ENGINE: tuple[Signature, ...] = (
    # No docker at all
    Signature(
        "docker-not-installed",
        "docker: command not found",
        r"(?<![\w/.-])docker: command not found",
        program="bash",
    ),
    Signature("docker-not-installed", "docker: not found", r"(?<![\w/.-])docker: not found", program="sh"),
    Signature("docker-not-installed", "docker-compose: command not found", sure=False, program="bash"),
    Signature("docker-not-installed", "command not found: docker", program="zsh"),
    Signature(
        "docker-not-installed",
        'exec: "docker"',
        r'exec: "docker": (executable file )?not found',
        program="Go",
    ),
    Signature("docker-not-installed", "spawn docker enoent", program="Node"),
    Signature(
        "docker-not-installed",
        "executable file: docker",
        r"unable to locate executable file: docker\b",
        program="Actions",
    ),
    Signature(
        "docker-not-installed",
        "'docker'",
        r"(no such file or directory: |cannot find the file specified: ?)'docker'",
        program="Python",
    ),
    Signature(
        "docker-not-installed",
        "docker' is not recognized",
        r"(^|\W)'?docker' is not recognized as an internal",
        program="cmd.exe",
    ),
    Signature("docker-not-installed", "the term 'docker' is not recognized", program="PowerShell"),
    Signature("docker-not-installed", 'cannot run program "docker"', program="Java"),
    Signature("docker-not-installed", "the command 'docker' could not be found", program="WSL"),
    # The Engine does not speak the client's version
    Signature(
        "docker-api-mismatch",
        "client version",
        r"client version [\d.]{1,8} is too (old|new)",
        program="Engine, docker-py",
    ),
    Signature("docker-api-mismatch", "client is newer than server", program="Engine before 17"),
    Signature(
        "docker-api-mismatch",
        "requires api version",
        r"requires api version [\d.]{1,8}, but the docker (daemon|server) api version is",
        program="docker CLI",
    ),
    Signature("docker-api-mismatch", "server api version is too old", program="podman"),
    Signature(
        "docker-api-mismatch",
        "no longer supported by this library",
        r"api versions below [\d.]{1,8} are no longer",
        program="docker-py",
    ),
    Signature(
        "docker-not-running",
        "check if the server supports the requested api version",
        "",
        ("docker-api-mismatch",),
        sure=False,
        apart="docker version tells: where it names two versions, they do not match; where the server's part fails, the Engine or Docker Desktop is out of order.",
        program="docker CLI",
    ),
    # The Engine may not be talked to
    Signature(
        "docker-permission-denied",
        "permission denied while trying to connect to the docker",
        program="docker CLI",
    ),
    Signature(
        "docker-permission-denied",
        "docker.sock",
        r"dial unix \S{0,80}docker\.sock: (connect: )?permission denied|permission denied\W{1,4}\S{0,80}docker\.sock|docker\.sock\W{1,4}permission denied",
        program="Go",
    ),
    Signature("docker-permission-denied", "eacces", r"connect eacces \S{0,80}docker\.sock", program="Node"),
    Signature(
        "docker-permission-denied",
        "connection aborted",
        r"connection aborted\.?', permissionerror\(13",
        program="docker-py",
    ),
    Signature(
        "docker-permission-denied",
        "unixconn.py",
        r"unixconn\.py.{0,160}permissionerror: \[errno 13\]",
        program="docker-py",
    ),
    Signature(
        "docker-permission-denied",
        "podman.sock",
        r"podman\.sock: connect: permission denied",
        program="podman",
    ),
    Signature(
        "docker-permission-denied",
        "must be run with elevated privileges to connect",
        "",
        ("docker-not-running",),
        apart=ENGINE,
        program="docker CLI on Windows",
    ),
    Signature(
        "docker-permission-denied",
        "must be run elevated to connect",
        "",
        ("docker-not-running",),
        apart=ENGINE,
        program="docker CLI on Windows",
    ),
    # The Engine is not there
    Signature(
        "tls-client-cert",
        "unable to resolve docker endpoint",
        r"unable to resolve docker endpoint: open \S{0,200}\.pem: no such file",
        ("docker-not-running",),
        apart="The files are the client's part of a TLS connection to an Engine elsewhere: where they belong here, they are missing; where none is wanted, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH are set by mistake.",
        program="docker CLI",
    ),
    Signature(
        "tls-client-cert",
        "are you trying to connect to a tls-enabled daemon without tls",
        "",
        ("docker-not-running", "tls-plain-http"),
        apart="Port 2376 of an Engine wants TLS with the client's certificate, port 2375 none.",
        program="docker CLI",
    ),
    Signature(
        "tls-client-cert",
        "(--tlsverify) enabled",
        r"client authentication \(--tlsverify\) enabled(; check|\. please check) your tls client certification",
        program="docker CLI",
    ),
    Signature(
        "tls-client-cert",
        "could not read ca certificate",
        r"could not read ca certificate \W{0,3}\S{1,300}\.pem",
        program="docker CLI",
    ),
    Signature(
        "tls-client-cert",
        "tls configuration is invalid",
        r"tls configuration is invalid - make sure your docker_tls_verify",
        program="compose 1",
    ),
    Signature(
        "docker-not-running",
        "error during connect: ",
        r"error during connect: .{0,500}(no such host|connection refused|i/o timeout|: eof\b|no route to host|deadline exceeded|client\.timeout|cannot find the file|unexpected eof|connection reset)",
        ("tls-client-cert", "docker-api-mismatch"),
        apart="DOCKER_HOST, or docker context ls, tells where the client looked for the Engine: in a CI job, the service docker:dind answers there.",
        program="docker CLI",
    ),
    Signature(
        "docker-not-running",
        "docker desktop",
        r"docker desktop (is unable to start|failed to start|stopped unexpectedly|is starting|starting\.\.\.)|failed to start docker desktop",
        program="Docker Desktop",
    ),
    Signature("docker-not-running", "cannot connect to the docker daemon", program="docker CLI"),
    Signature("docker-not-running", "failed to connect to the docker api at", program="docker CLI 29"),
    Signature(
        "docker-not-running",
        "may indicate that the docker daemon is not running",
        program="docker CLI on Windows",
    ),
    Signature("docker-not-running", "couldn't connect to docker daemon", program="compose 1"),
    Signature("docker-not-running", "docker desktop is not running", program="VS Code, tools"),
    Signature(
        "docker-not-running",
        "docker daemon is not running",
        r"(?<!indicate that the )docker daemon is not running\W{0,3}($| )",
        program="tools",
    ),
    Signature(
        "docker-not-running",
        "//./pipe/docker",
        r"\b(open|enoent|connect to) \W?//\./pipe/docker",
        program="docker CLI, Node on Windows",
    ),
    Signature(
        "docker-not-running",
        "docker.sock",
        r"(dial unix|connect (enoent|econnrefused)|connect to) \S{0,80}docker\.sock(: connect: (no such file|connection refused)|\b)",
        program="Go, Node",
    ),
    Signature(
        "docker-not-running",
        "error while fetching server api version",
        r"server api version: \('connection aborted\.?', (filenotfounderror|connectionrefusederror)",
        program="docker-py",
    ),
    Signature(
        "docker-not-running",
        "error while fetching server api version",
        r"server api version: \(2, 'createfile'",
        program="docker-py on Windows",
    ),
    Signature(
        "docker-not-running",
        "unixconn.py",
        r"unixconn\.py.{0,160}(filenotfounderror|connectionrefusederror)",
        program="docker-py",
    ),
    Signature(
        "docker-not-running",
        "could not find a valid docker environment",
        "",
        _NO_SOCKET,
        apart=ENGINE,
        program="Testcontainers",
    ),
    Signature("docker-not-running", "failed to start docker, retrying", program="docker-in-docker"),
    Signature(
        "docker-not-running",
        "failed to start daemon",
        r"failed to start daemon: (?!.{0,200}no space left)",
        sure=False,
        program="Engine",
    ),
    Signature(
        "docker-not-running",
        "containerd.sock",
        r"containerd\.sock\W{0,2}.{0,120}(connect: (no such file|connection refused)|no such file or directory|deadline exceeded)",
        _NO_SOCKET,
        apart=ENGINE,
        program="nerdctl, ctr, crictl",
    ),
    Signature(
        "docker-permission-denied",
        "containerd.sock",
        r"containerd\.sock: connect: permission denied",
        program="nerdctl, ctr, crictl",
    ),
    Signature("docker-not-running", "cannot connect to podman", program="podman"),
    Signature("docker-not-running", "unable to connect to podman", program="podman"),
    Signature(
        "docker-not-running",
        "podman.sock",
        r"podman\.sock: connect: (no such file|connection refused)",
        program="podman",
    ),
    Signature("docker-not-running", "make sure buildkitd is running", program="buildctl"),
    Signature(
        "docker-not-running",
        "an error occurred: docker_",
        r"docker_(daemon|command)_error",
        ("docker-not-installed",),
        apart=ENGINE,
        program="az acr",
        vendor="acr",
    ),
    Signature(
        "timeout-overall",
        "unixhttpconnectionpool",
        r"unixhttpconnectionpool.{0,80}read timed out",
        ("docker-not-running",),
        apart="The Engine took the request and did not answer in time: docker version tells whether it answers at all.",
        program="docker-py, compose 1",
    ),
)
"""In the order of the table: the more telling first."""
