"""Words about the logins that are kept here: credential helpers, config.json, and the prompt for a new one.

docker/cli, docker-py, podman, the helpers of docker/docker-credential-helpers and of the clouds, kubelet.
"""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature
from regdoctor.causes.signatures.wording import NOT_SENT

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

LOGINS: tuple[Signature, ...] = (
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
        r"(create an item in a locked collection|no such secret collection|failed to unlock correct collection|/org/freedesktop/secrets/collection)",
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
        r"(credential|docker|osxkeychain|errsec|security).{0,300}(keychain (may be|is|was) (locked|not)|keychain cannot be (accessed|found))",
        sure=False,
        program="docker-credential-osxkeychain",
    ),
    Signature(
        "credential-helper-error",
        "interaction is not allowed",
        r"(credential|docker|keychain|errsec|security).{0,300}interaction is not allowed|interaction is not allowed.{0,60}keychain",
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
        apart="What the helper itself said stands beside it: if it names a program or a file, that is what is missing.",
        program="podman, buildx, compose",
    ),
    Signature(
        "credential-helper-error",
        "error getting username and password",
        r"error getting username and password(?!.{0,300}(auth|config)\.json)",
        ("credential-helper-missing", "no-credentials-sent"),
        apart="What the helper itself said stands beside it: if it names a program or a file, that is what is missing.",
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
        r"error loading config file ?: ?(?!.{0,300}(: (open|stat|lstat|read) /|" + _CLOSED + "))",
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
        r"(error|fail(ed|ure)?|unable|cannot|couldn't|could not|invalid|exception)\W.{0,60}docker config"
        r"(?:(?!docker config).){0,300}?" + _BROKEN_JSON,
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
        "config.json",
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
        "dockerconfig",
        r"(syntaxerror|json)\b.{0,400}\.(read|load|parse|get)dockerconfig",
        sure=False,
        program="Rancher Desktop",
    ),
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
    Signature("not-a-tty", "because stdin is not a terminal", program="docker CLI 29"),
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
        "set-incomplete",
        "must provide --username with --password-stdin",
        "",
        ("value-empty", "not-a-tty"),
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
    Signature(
        "credential-helper-error",
        "credentials - err:",
        r"error (getting|storing|listing|erasing) credentials - err: ",
        ("credential-helper-missing", "no-credentials-sent"),
        apart="What the helper itself said stands behind out: if it names a program or a file, that is what is missing.",
        program="docker CLI",
    ),
)
"""In the order of the table: the more telling first."""
