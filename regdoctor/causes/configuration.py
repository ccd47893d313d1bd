"""Causes in the files that tell docker and the dev container what to do."""

from __future__ import annotations

from regdoctor.causes.cause import Cause
from regdoctor.causes.steps import FULL_REBUILD, LOGIN_OF_SET, REPORT, STORED_LOGINS
from regdoctor.model import Step

FAMILY = "Docker configuration"

_CREDENTIAL_STORES = "https://docs.docker.com/reference/cli/docker/login/#credential-stores"
_DOCKER_AS_USER = "https://docs.docker.com/engine/install/linux-postinstall/"

_NAMED_HELPERS = Step(
    "See which helpers the file names: credsStore is for all registries, credHelpers for single ones. This "
    "shows no passwords.",
    command="jq '.credsStore, .credHelpers' {file}",
)
_WITHOUT_HELPERS = Step(
    "If you do not need the helpers here, take them out of the file; docker then keeps its logins in the "
    "file itself. Nothing else in it changes.",
    command=("(umask 077; jq 'del(.credsStore, .credHelpers)' {file} > {file}.new && mv {file}.new {file})"),
    url=_CREDENTIAL_STORES,
)

WITHOUT_VARIABLE = (
    Step(
        'Docker takes {"auths": {"<HOST>": {"auth": "<BASE64>"}}} there and no other field, where the '
        "base64 is of a user, a colon and a password. Correct it where it is set: in a secret, in "
        "devcontainer.json or in a start-up file of the shell.",
        url="https://docs.docker.com/reference/cli/docker/#environment-variables",
    ),
    Step(
        "If you do not need it, unset it; docker then uses only its file.",
        command="unset DOCKER_AUTH_CONFIG",
    ),
    REPORT,
)
"""What mends `config-stale-credentials` where it is the variable that docker's login comes from."""

IN_VARIABLE = (
    Step(
        "See whether the variable is JSON at all. No output means that it is; no passwords are shown.",
        command="printenv DOCKER_AUTH_CONFIG | jq empty",
    ),
    *WITHOUT_VARIABLE,
)
"""What mends `config-json-invalid` where it is the variable that is wrong."""

CAUSES: tuple[Cause, ...] = (
    Cause(
        id="credential-helper-missing",
        family=FAMILY,
        title="Docker cannot find {helper}",
        explanation=(
            "Docker can leave its logins to another program, a credential helper, and {file} names one that "
            "is not installed here. So docker can neither find nor store a login, and often cannot even pull "
            "public images. Most likely the file was made for another machine, by Docker Desktop or by the "
            "Dev Containers extension of VS Code, and came here with dotfiles or a mounted folder. Your "
            "secrets may be good."
        ),
        steps=(
            _NAMED_HELPERS,
            _WITHOUT_HELPERS,
            Step(
                "If you do need the helper, install it: its name is docker-credential- plus the word in the "
                "file.",
                url="https://github.com/docker/docker-credential-helpers",
            ),
            LOGIN_OF_SET,
            REPORT,
        ),
    ),
    Cause(
        id="credential-helper-error",
        family=FAMILY,
        title="Docker cannot use {helper}",
        explanation=(
            "Docker leaves its logins to another program, a credential helper, and that program failed. So "
            "docker can neither find nor store a login, whether or not your secrets are good. Most likely "
            "the helper needs something that is not here, such as an unlocked keyring, the program pass, a "
            "connection to your own computer, or a login at a cloud. Its own words may tell."
        ),
        steps=(
            _NAMED_HELPERS,
            Step(
                "Ask the helper itself: replace <NAME> with its name from the file. This shows hosts and "
                "users, but no passwords; if the failure lasts, it shows that.",
                command="docker-credential-'<NAME>' list",
            ),
            _WITHOUT_HELPERS,
            LOGIN_OF_SET,
            REPORT,
        ),
    ),
    Cause(
        id="config-json-invalid",
        family=FAMILY,
        title="There is a mistake in docker's configuration file",
        explanation=(
            "Docker cannot read its settings and logins in {file}, because there is a mistake in it; it then "
            "pulls without any login, or not at all. Most likely the file is empty or cut short, because a "
            "script or a full disk stopped the writing, or it was edited by hand. Where a place is known, "
            "the mistake is at or shortly before {line}."
        ),
        steps=(
            Step(
                "See where the mistake is. This shows no passwords. No output from jq means that the file is "
                "valid JSON, or empty.",
                command="ls -l {file}; jq empty {file}",
            ),
            Step(
                "Correct it in an editor. If the JSON is valid, look at the entries under auths: each auth "
                "is a user, a colon and a password, together in base64.",
                url="https://docs.docker.com/reference/cli/docker/#configuration-files",
            ),
            Step(
                "If you need nothing from the file, put it aside: docker makes a new one at the next login.",
                command="mv {file} {file}.old",
            ),
            Step(
                "If there is a ~/.dockercfg, the file of very old versions, put it aside as well.",
            ),
            LOGIN_OF_SET,
        ),
    ),
    Cause(
        id="config-stale-credentials",
        family=FAMILY,
        title="Docker keeps an old or different login for {host}",
        explanation=(
            "Docker keeps a login for {host} in {file} and sends it with every pull from there; it is not "
            "the one in your secrets, or the registry no longer takes it. Most likely an earlier docker "
            "login stored it, and the password was changed since. A registry that refuses a login refuses "
            "even public images. If regdoctor report finds the set in order and docker pull still fails, "
            "this is why."
        ),
        steps=(
            STORED_LOGINS,
            Step(
                "Remove the stored login. Public images can then be pulled without one.",
                command='docker logout "{right_server}"',
                url="https://docs.docker.com/reference/cli/docker/logout/",
            ),
            LOGIN_OF_SET,
            Step(
                "If it comes back after a rebuild, look for what stores it: dotfiles, a mounted folder, or a "
                "command in devcontainer.json. This lists files that mention it.",
                command="grep -rls 'docker login' .devcontainer .devcontainer.json ~/.bashrc ~/.profile",
            ),
        ),
        severity="warning",
    ),
    Cause(
        id="config-permission",
        family=FAMILY,
        title="No permission to read or write docker's configuration file",
        explanation=(
            "This user is not allowed to use {file}, where docker keeps its settings and logins. If docker "
            "cannot read it, it pulls without any login; if it cannot write it, docker login cannot store "
            "one. Most likely docker was once run with sudo, so that the file belongs to root. Or it is in "
            "another user's home, or a link to a read-only file."
        ),
        steps=(
            Step(
                "See whose file it is, and whether it is a link.",
                command='id -un; echo "$HOME" "$DOCKER_CONFIG"; ls -ld ~/.docker; ls -l {file}',
            ),
            Step(
                "If it belongs to root and is in your home, make it yours.",
                command='sudo chown -R "$(id -u):$(id -g)" ~/.docker && chmod -R u+rwX,go= ~/.docker',
                url=_DOCKER_AS_USER,
            ),
            Step(
                "If HOME or DOCKER_CONFIG points to a place that is not yours, let docker use your own.",
                command='export DOCKER_CONFIG="$(getent passwd "$(id -u)" | cut -d: -f6)/.docker"',
            ),
            REPORT,
        ),
    ),
    Cause(
        id="devcontainer-config-invalid",
        family=FAMILY,
        title="There is a mistake in the dev container's configuration",
        explanation=(
            "Something in devcontainer.json, or in what it names (image, Dockerfile, Compose files, "
            "features), is missing, cannot be read, makes no sense, or no longer exists under that name. If "
            "the tools cannot pass over it, Codespaces starts a recovery container instead of yours; your "
            "secrets are not to blame. One thing cannot be told: whether a feature is gone or private. A "
            "private one needs a login for its host, which regdoctor report can test."
        ),
        steps=(
            Step(
                "Go to the file and line that this finding names, if it names them, and correct what it "
                "says.",
                url="https://containers.dev/implementors/json_reference/",
            ),
            Step(
                "Otherwise see what the tool says of the configuration; this changes nothing.",
                command="npx --yes @devcontainers/cli read-configuration --workspace-folder .",
            ),
            Step(
                "See where the creation of this codespace stopped: look for the first error, not the last.",
                command="less /workspaces/.codespaces/.persistedshare/creation.log",
            ),
            Step(
                "If it is a feature, compare its name with the list of those that exist; some have moved.",
                url="https://containers.dev/features",
            ),
            Step(
                "Commit the correction: new codespaces are made from what is committed.",
            ),
            FULL_REBUILD,
        ),
    ),
    Cause(
        id="image-name-unknown",
        family=FAMILY,
        title="The name of an image cannot be worked out from here",
        explanation=(
            "This image was left out, because the dev container's configuration leaves its name, or the file "
            "that has it, to something that is not known inside the codespace: usually a variable of the "
            "machine that creates the codespace, without a default. No name was guessed, and what may be a "
            "credential is never put into a name, since the name is sent to the registry."
        ),
        steps=(
            Step(
                "If you know the name, check the image with regdoctor report --image REF: replace <IMAGE> "
                "with the name.",
                command="regdoctor report --image '<IMAGE>'",
            ),
            Step(
                "To have it found every time, give the variable a default at the place that this finding "
                "names.",
                url="https://containers.dev/implementors/json_reference/#variables-in-devcontainerjson",
            ),
        ),
        severity="info",
    ),
)
