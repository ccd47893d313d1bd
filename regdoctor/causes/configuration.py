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
    "If you do not need them here, take the helpers out of the file. All else in it stays as it is, and "
    "docker then keeps its logins in the file itself.",
    command=("(umask 077; jq 'del(.credsStore, .credHelpers)' {file} > {file}.new && mv {file}.new {file})"),
    url=_CREDENTIAL_STORES,
)

WITHOUT_VARIABLE = (
    Step(
        'Docker takes {"auths": {"<HOST>": {"auth": "<BASE64>"}}} there and no other field, where the '
        "base64 is of a user, a colon and a password. Mend it where it is set: in a secret, in "
        "devcontainer.json or in a start-up file of the shell.",
        url="https://docs.docker.com/reference/cli/docker/#environment-variables",
    ),
    Step(
        "If you do not need it, take it away; docker then uses its file alone.",
        command="unset DOCKER_AUTH_CONFIG",
    ),
    REPORT,
)
"""What mends `config-stale-credentials` where it is the variable that docker's login comes from."""

IN_VARIABLE = (
    Step(
        "See whether the variable is JSON at all. This shows no passwords, and nothing where it is.",
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
            "is not installed here. So docker can neither find nor keep a login, and often does not even "
            "pull images that are open to all. Most likely the file was made for another machine, by Docker "
            "Desktop or by the Dev Containers extension of VS Code, and came here with dotfiles or a mounted "
            "folder. Your secrets may be good."
        ),
        steps=(
            _NAMED_HELPERS,
            _WITHOUT_HELPERS,
            Step(
                "If you do need the helper, install it: its name is docker-credential- and the word in the "
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
        title="Docker cannot work with {helper}",
        explanation=(
            "Docker leaves its logins to another program, a credential helper, which was started and "
            "failed. So docker can neither find nor keep a login, whether or not your secrets are good. "
            "Most likely the helper needs something that is not here, such as a desktop with an unlocked "
            "keyring, the program pass, a connection to your own computer, or the login of a cloud. Its own "
            "words, in docker's output or in that of the command below, may tell."
        ),
        steps=(
            _NAMED_HELPERS,
            Step(
                "Ask the helper for the hosts that it knows, with its name from the file in place of <NAME>. "
                "This shows users, but no passwords, and repeats the failure if it is a lasting one.",
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
        title="Docker cannot make sense of its configuration file",
        explanation=(
            "Docker keeps its settings and logins in {file}, in a notation called JSON, and a mistake keeps "
            "it from reading them. It then pulls without any login, or not at all. Most likely the file is "
            "empty or cut short, because a script or a full disk broke off the writing, or it was edited by "
            "hand. Where a place is known, the mistake is at or shortly before {line}."
        ),
        steps=(
            Step(
                "See where the mistake is. This shows its place and no passwords; no output means that the "
                "notation is right or the file empty.",
                command="ls -l {file}; jq empty {file}",
            ),
            Step(
                "Mend it there in an editor. If it is right, look at the entries under auths: each auth is "
                "a user, a colon and a password, as one piece of base64.",
                url="https://docs.docker.com/reference/cli/docker/#configuration-files",
            ),
            Step(
                "If there is nothing in it that you need, put it aside: docker makes a new one at the next "
                "login.",
                command="mv {file} {file}.old",
            ),
            Step("If ~/.dockercfg, the file of very old versions, is there, put it aside as well."),
            LOGIN_OF_SET,
        ),
    ),
    Cause(
        id="config-stale-credentials",
        family=FAMILY,
        title="Docker keeps an old or different login for {host}",
        explanation=(
            "Docker keeps logins in {file} and sends the one for {host} with every pull from there. It is "
            "not the one that the secrets hold, or the registry no longer takes it; and a registry that "
            "refuses a login refuses even images that are open to all. Most likely it was stored by an "
            "earlier docker login, and the password has been renewed since. If regdoctor report finds the "
            "set in order and docker pull fails all the same, this is why."
        ),
        steps=(
            STORED_LOGINS,
            Step(
                "Remove the stored login. Images that are open to all can then be pulled without one.",
                command='docker logout "{right_server}"',
                url="https://docs.docker.com/reference/cli/docker/logout/",
            ),
            LOGIN_OF_SET,
            Step(
                "If it comes back after a rebuild, look for what stores it: dotfiles, a mounted folder, or a "
                "command in devcontainer.json. This lists the files that mention it.",
                command="grep -rls 'docker login' .devcontainer .devcontainer.json ~/.bashrc ~/.profile",
            ),
        ),
        severity="warning",
    ),
    Cause(
        id="config-permission",
        family=FAMILY,
        title="This user may not read or write docker's configuration file",
        explanation=(
            "Docker keeps its settings and logins in {file}, and the operating system does not let this "
            "user get at it. Without reading it docker pulls without any login, and without writing it "
            "docker login cannot keep one. Most likely docker was once run with sudo, so that the file "
            "belongs to root. It can also be the home of another user, or a link to a file that is kept "
            "read-only."
        ),
        steps=(
            Step(
                "See whose the file is, and whether it is a link.",
                command='id -un; echo "$HOME" "$DOCKER_CONFIG"; ls -ld ~/.docker; ls -l {file}',
            ),
            Step(
                "If it belongs to root and lies in your home, take it over.",
                command='sudo chown -R "$(id -u):$(id -g)" ~/.docker && chmod -R u+rwX,go= ~/.docker',
                url=_DOCKER_AS_USER,
            ),
            Step(
                "If HOME or DOCKER_CONFIG leads to a place that is not yours, let docker use your own.",
                command='export DOCKER_CONFIG="$(getent passwd "$(id -u)" | cut -d: -f6)/.docker"',
            ),
            REPORT,
        ),
    ),
    Cause(
        id="devcontainer-config-invalid",
        family=FAMILY,
        title="There is a fault in the configuration of the dev container",
        explanation=(
            "A codespace is made from devcontainer.json and what that names: an image or a Dockerfile, "
            "Compose files, features. Something there is missing, cannot be read, makes no sense, or does "
            "not exist any more under that name. If the tools cannot pass over it, Codespaces starts a "
            "recovery container in place of yours, and your secrets have nothing to do with it. Only of a "
            "feature it cannot be told whether it is gone or private: a private one needs a login for its "
            "host, which regdoctor report can test."
        ),
        steps=(
            Step(
                "Go to the file, the line and the column that stand with this finding, if it names them, and "
                "mend what is said there.",
                url="https://containers.dev/implementors/json_reference/",
            ),
            Step(
                "Otherwise read what the tool says of the configuration; this changes nothing.",
                command="npx --yes @devcontainers/cli read-configuration --workspace-folder .",
            ),
            Step(
                "See where the making of this codespace broke off: look for the first error, not the last.",
                command="less /workspaces/.codespaces/.persistedshare/creation.log",
            ),
            Step(
                "If it is a feature, compare its name with the list of those that exist; some have moved.",
                url="https://containers.dev/features",
            ),
            Step("Mend the configuration and commit it, as new codespaces are made from what is committed."),
            FULL_REBUILD,
        ),
    ),
    Cause(
        id="image-name-unknown",
        family=FAMILY,
        title="It cannot be told from here which image is pulled",
        explanation=(
            "The configuration of the dev container leaves the name of an image, or the file that has it, "
            "to something that is not known inside the codespace: as a rule a variable of the machine that "
            "makes the codespace, without a default. So this image was left out, and no name was guessed. "
            "What may be a credential is never put into a name, since the name is sent to the registry."
        ),
        steps=(
            Step(
                "If you know the name, ask about the image itself.",
                command="regdoctor report --image '<IMAGE>'",
            ),
            Step(
                "To have it found by itself, give the variable a default at the place that is named.",
                url="https://containers.dev/implementors/json_reference/#variables-in-devcontainerjson",
            ),
        ),
        severity="info",
    ),
)
