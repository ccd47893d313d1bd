"""Words about Docker itself: its Engine, its client, its configuration, and what becomes of images here.

docker/cli and moby/moby of the versions 17 to 29, docker-py, compose, BuildKit, containerd, nerdctl, podman,
the credential helpers, and the dev container CLI.
"""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature
from regdoctor.causes.signatures.wording import ENGINE, NOT_SENT

_CLOSED = (
    r"(permission denied|access is denied|read-only file system|operation not permitted|device or resource busy"
    r"|invalid cross-device link|not a directory|too many levels of symbolic links|too many open files"
    r"|input/output error|stale (nfs )?file handle|being used by another process|eacces|eperm|erofs|ebusy|exdev)"
)
"""Why an operating system does not let a program get at a file."""
_BROKEN_JSON = (
    r"(\beof\b|unexpected end|end-of-input|invalid character|unexpected token|unexpected character|cannot unmarshal"
    r"|illegal base64|jsondecodeerror|expecting value|expecting property|extra data|syntaxerror|is a directory"
    r"|jsonparseexception|malformed|after top-level value|not valid json|invalid json)"
)
"""What parsers of JSON say, and what stands in for a file that is none."""
_NO_SOCKET = ("docker-permission-denied", "docker-not-installed")

DOCKER: tuple[Signature, ...] = (
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
        "client-library-incompatible", "unknown shorthand flag: 'e' in -e", program="aws ecr get-login"
    ),
    Signature(
        "client-library-incompatible",
        "get-login",
        r"argument operation: invalid choice.{0,400}get-login|invalid choice: 'get-login'",
        program="awscli 2",
    ),
    # Credential helpers
    Signature(
        "credential-helper-missing",
        "docker-credential-",
        r"exec: \W{0,2}docker-credential-[\w.-]{1,80}\W{0,2}: (executable file not found|cannot run|file does not exist)",
        program="docker CLI",
    ),
    Signature(
        "credential-helper-missing",
        "docker-credential-",
        r"docker-credential-[\w.-]{1,80}\W{0,2} (not installed or not available in path|resolves to executable in current directory)",
        program="docker-py, compose 1",
    ),
    Signature(
        "credential-helper-missing",
        "docker-credential-",
        r"(docker-credential-[\w.-]{1,80}:? (command )?not found|spawn docker-credential-[\w.-]{1,80} enoent|'docker-credential-[\w.-]{1,80}' (not found|is not recognized)|cannot run program \W{0,2}docker-credential-|does not have docker-credential-[\w.-]{1,80} cli)",
        program="sh, Node, jib",
    ),
    Signature(
        "credential-helper-error",
        "credentials store docker-credential-",
        r"credentials store docker-credential-[\w.-]{1,80} exited with",
        ("no-credentials-sent",),
        apart="The helper's own words, behind exited with, tell whether it failed or holds no login for this host.",
        program="docker-py",
    ),
    Signature(
        "credential-helper-missing",
        "docker-credential-",
        r"docker-credential-[\w.-]{1,80}\W{1,4}(no such file or directory|the system cannot find|not found)|no such file or directory: \W?docker-credential-|(not found|no such file|unable to (find|locate)|could not (find|locate)|cannot (find|locate)).{0,60}\bdocker-credential-[\w.-]{1,80}",
        sure=False,
        program="sh, Python, tools",
    ),
    Signature(
        "credential-helper-error",
        "docker-credential-",
        r"docker-credential-[\w.-]{1,80}\W{1,4}(.{0,60}\W)?(permission denied|exec format error|operation not permitted|exit(ed)? (status|code)|exited with|signal: |killed|segmentation fault|panic|timed out|cannot execute|input/output error|error while loading shared)",
        sure=False,
        program="docker CLI, sh, tools",
    ),
    Signature(
        "credential-helper-error",
        "dbus-launch",
        r"(error spawning command line|failed to execute child process|exec|spawn)\W.{0,20}dbus-launch",
        program="docker-credential-secretservice",
    ),
    Signature(
        "credential-helper-error",
        "collection",
        r"(create an item in a locked collection|no such secret collection|failed to unlock correct collection|/org/freedesktop/secrets/\S{0,100})",
        program="docker-credential-secretservice",
    ),
    Signature(
        "credential-helper-error",
        "gpg",
        r"(credential|docker|password|passphrase|pass store|pass\b).{0,300}gpg: .{0,200}((de|en)cryption failed|no (secret|public) key|skipped|no pinentry|inappropriate ioctl)",
        sure=False,
        program="docker-credential-pass",
    ),
    Signature(
        "credential-helper-error",
        "keychain",
        r"(credential|docker|osxkeychain|errsec|security).{0,300}(keychain (may be|is|was) (locked|not)|keychain cannot be (accessed|found)|interaction is not allowed)|interaction is not allowed.{0,60}keychain",
        sure=False,
        program="docker-credential-osxkeychain",
    ),
    Signature(
        "credential-helper-error",
        "credential provider",
        r"(failed getting credential from external registry|error execing|failed to (execute|exec|run)) ?.{0,40}credential provider",
        sure=False,
        program="kubelet",
    ),
    Signature(
        "credential-helper-error",
        "error getting credentials",
        r"error getting credentials(?! - err:)(?!.{0,300}(not found in native|executable file not found))\W.{0,300}(exit status|exited|credential helper|helper|signal: )",
        ("credential-helper-missing", "no-credentials-sent"),
        apart="What the helper itself said stands beside it: where it names a program or a file, that is what is missing.",
        program="podman, buildx, compose",
    ),
    Signature(
        "credential-helper-error",
        "error getting username and password",
        r"error getting username and password(?!.{0,300}(auth|config)\.json)",
        ("credential-helper-missing", "no-credentials-sent"),
        apart="What the helper itself said stands beside it: where it names a program or a file, that is what is missing.",
        program="podman, skopeo",
    ),
    Signature(
        "credential-helper-error",
        "gcloud failed to load",
        program="gcloud",
    ),
    Signature(
        "credential-helper-error",
        "command failed: docker-credential-",
        sure=False,
        program="Docker Desktop, VS Code",
    ),
    Signature(
        "credential-helper-error",
        "for '",
        r"failed to query for '\S{1,200}' credential from 'docker-credential-",
        ("credential-helper-missing",),
        apart="Run the helper by hand, with get and the host on its standard input: it says what it lacks.",
        program="dev container CLI",
    ),
    Signature(
        "credential-helper-error",
        "can only be used with amazon elastic container registry",
        program="docker-credential-ecr-login",
    ),
    Signature(
        "credential-helper-error", "command not supported without credential helper", program="Dev Containers"
    ),
    Signature("credential-helper-error", "pass not initialized", program="docker-credential-pass"),
    Signature("credential-helper-error", "pass store is uninitialized", program="docker-credential-pass"),
    Signature(
        "credential-helper-error",
        "cannot autolaunch d-bus without x11",
        program="docker-credential-secretservice",
    ),
    Signature(
        "credential-helper-error",
        "org.freedesktop.secrets was not provided",
        program="docker-credential-secretservice",
    ),
    Signature(
        "credential-helper-error",
        "a specified logon session does not exist",
        program="docker-credential-wincred",
    ),
    Signature("credential-helper-error", "the stub received bad data", program="docker-credential-wincred"),
    Signature(
        "no-credentials-sent",
        "credentials not found in native keychain",
        "",
        ("credential-helper-error",),
        level="symptom",
        apart=NOT_SENT,
        program="credential helpers",
    ),
    # config.json
    Signature(
        "config-permission",
        ".docker",
        r"(mkdir|stat|lstat|open|read|rename|remove|chmod|chown|link|symlink|mktemp) \S{0,200}[/\\]\.docker(?![\w./\\-]{0,120}\.sock)\S{0,120}( \S{0,200})?: "
        + _CLOSED,
        program="docker CLI",
    ),
    Signature(
        "config-permission",
        "error saving credentials",
        r"error saving credentials: (open|rename|mkdir|remove|chmod|chown|stat|lstat|write|sync|close|link) .{0,400}"
        + _CLOSED,
        program="docker CLI",
    ),
    Signature(
        "config-permission",
        "auth.json",
        r"auth\.json\S{0,40}: " + _CLOSED,
        program="podman",
    ),
    Signature(
        "config-permission",
        "permitted",
        r"eperm: operation not permitted, \w{1,10} \W?\S{0,200}[/\\]\.docker[/\\](?!\S{0,120}\.sock)",
        program="Node",
    ),
    Signature(
        "config-permission",
        "eacces",
        r"eacces: permission denied, \w{1,10} \W?\S{0,200}[/\\]\.docker[/\\](?!\S{0,120}\.sock)",
        program="Node",
    ),
    Signature(
        "config-permission",
        "permission denied: '",
        r"permission denied: '\S{0,200}/\.docker/?\S{0,60}'",
        program="docker-py",
    ),
    Signature(
        "config-permission",
        "config file",
        r"(error|failed|unable|cannot|could not)\W.{0,30}(load|pars|read|open|sav|writ)\w{0,4} .{0,30}config file\b.{0,300}"
        + _CLOSED,
        program="docker CLI",
        common=True,
    ),
    Signature(
        "config-permission",
        "config.json",
        r"(docker|containers?|credential|auths?|buildx)\b.{0,200}config\.json\W{1,4}.{0,60}" + _CLOSED,
        program="tools",
        common=True,
    ),
    Signature(
        "config-json-invalid",
        "error loading config file",
        r"error loading config file ?: ?(?!.{0,300}" + _CLOSED + ")",
        program="docker CLI",
    ),
    Signature(
        "config-json-invalid",
        "parsing config file",
        r"parsing config file \((?!.{0,300}" + _CLOSED + ")",
        program="docker CLI",
    ),
    Signature(
        "config-json-invalid",
        "docker config",
        r"(error|fail(ed|ure)?|unable|cannot|couldn't|could not|invalid|exception)\W.{0,60}docker config.{0,300}"
        + _BROKEN_JSON,
        sure=False,
        program="tools",
    ),
    Signature(
        "config-json-invalid",
        "dockerconfigjson",
        r"data\[\.dockerconfigjson\]: (invalid|required) value|dockerconfigjson.{0,200}" + _BROKEN_JSON,
        sure=False,
        program="kubectl, kubelet",
    ),
    Signature("config-json-invalid", "invalid auth configuration file", program="docker CLI"),
    Signature("config-json-invalid", "something went wrong decoding auth config", program="docker CLI"),
    Signature(
        "config-json-invalid",
        "config.json",
        r"config\.json\W{1,4}(:? ?)(invalid character|unexpected (end of json|token)|illegal base64|json: cannot unmarshal|eof\b)",
        program="docker CLI, buildx",
    ),
    Signature(
        "config-json-invalid",
        ".docker",
        r"\.docker[/\\]config\.json\b.{0,200}"
        + _BROKEN_JSON
        + "|"
        + _BROKEN_JSON
        + r".{0,200}\.docker[/\\]config\.json\b",
        sure=False,
        program="Java, Node, Python",
    ),
    Signature("config-json-invalid", "unmarshaling json at", program="podman, skopeo"),
    Signature(
        "config-json-invalid",
        "docker_auth_config",
        r"docker_auth_config (does not support|environment variable is missing|.{0,40}(invalid character|cannot unmarshal))",
        program="docker CLI",
    ),
    Signature(
        "config-json-invalid", "invalidconfigfile", r"docker\.errors\.invalidconfigfile", program="docker-py"
    ),
    Signature("config-json-invalid", "failed to read docker config.json", program="dev container CLI"),
    Signature(
        "config-json-invalid",
        "illegal base64 data at input byte",
        r"(auth|credential|config|login|dockercfg).{0,200}illegal base64 data at input byte",
        sure=False,
        program="docker CLI, kubelet",
    ),
    # Nobody to ask
    Signature(
        "not-a-tty",
        "interactive login from a non",
        r"cannot perform an interactive login from a non.tty device",
        program="docker CLI",
    ),
    Signature("not-a-tty", "the input device is not a tty", program="docker CLI"),
    Signature("not-a-tty", "--password-stdin", r"stdin is not a terminal \(hint: use", program="nerdctl"),
    Signature("not-a-tty", "cannot prompt for username without stdin", program="podman"),
    Signature(
        "not-a-tty",
        "inappropriate ioctl for device",
        r"(reading|login|password|username).{0,80}inappropriate ioctl for device",
        program="podman, older docker",
    ),
    Signature(
        "not-a-tty",
        "must provide --username with --password-stdin",
        "",
        ("value-empty",),
        apart="docker login was called without --username, or with one that is empty: echo the variable's length to see.",
        program="docker CLI, podman",
    ),
    Signature(
        "not-a-tty",
        "the --password-stdin option requires --username",
        "",
        ("value-empty",),
        apart="docker login was called without --username, or with one that is empty.",
        program="docker CLI",
    ),
    Signature(
        "not-a-tty",
        "flag needs an argument",
        r"flag needs an argument: (-u|--username|-p|--password|'[up]' in -[up])\b",
        ("value-empty",),
        apart="The variable behind the option is empty, or its name is misspelt.",
        program="docker CLI",
    ),
    Signature(
        "value-empty",
        "is empty",
        r"(^|[\s:])(password|username) is empty($|[^\w ])",
        ("not-a-tty",),
        apart="The variable is empty, or its name is misspelt where docker login is called.",
        program="docker CLI 28",
    ),
    Signature(
        "value-empty",
        "and password required",
        r"username and password required",
        ("set-incomplete",),
        apart="A secret is empty, or is not given to the step that logs in: forks and other repositories do not get it.",
        program="docker/login-action",
    ),
    Signature(
        "value-empty",
        "is required",
        r"(error: |^|level=fatal msg=\W?)(username|password) is required$",
        ("not-a-tty",),
        apart="The value is empty, or there was nobody to type it.",
        program="docker CLI, nerdctl",
    ),
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
        "repository name must be",
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
)
"""In the order of the table: the more telling first."""
