"""Causes in the Docker Engine and in the programs that talk to it."""

from __future__ import annotations

from regdoctor.causes.cause import Cause
from regdoctor.causes.steps import LOGIN_OF_SET
from regdoctor.model import Step

FAMILY = "Docker"

CAUSES: tuple[Cause, ...] = (
    Cause(
        id="docker-not-installed",
        family=FAMILY,
        title="Docker is not installed here",
        explanation=(
            "The Docker Engine, the program that pulls and runs images, is not installed here. Many dev "
            "containers do without it, and so does the recovery container that Codespaces starts when yours "
            "has failed. regdoctor tests the login itself; only the same login by docker was not tested."
        ),
        steps=(
            Step(
                "To use docker in this codespace, add the feature docker-in-docker to your "
                "devcontainer.json.",
                url="https://github.com/devcontainers/features/tree/main/src/docker-in-docker",
            ),
            Step(
                "Then rebuild the container. In VS Code, the command is Codespaces: Rebuild Container.",
                command='gh codespace rebuild --codespace "$CODESPACE_NAME"',
                url=(
                    "https://docs.github.com/codespaces/developing-in-a-codespace/"
                    "rebuilding-the-container-in-a-codespace"
                ),
            ),
        ),
        severity="info",
    ),
    Cause(
        id="docker-not-running",
        family=FAMILY,
        title="The Docker Engine does not answer",
        explanation=(
            "The Docker Engine, the program that pulls and runs images, did not answer: it is not running, "
            "or not where docker looks for it. In a codespace it sometimes takes a while to start, or fails "
            "to. Your secrets are not to blame."
        ),
        steps=(
            Step(
                "In a codespace with the feature docker-in-docker, start it.",
                command="sudo /usr/local/share/docker-init.sh",
            ),
            Step(
                "If that does not help, read why it stopped.",
                command="tail -n 50 /tmp/dockerd.log",
            ),
            Step(
                "On your own machine, start it as a service.",
                command="sudo systemctl start docker",
                url="https://docs.docker.com/engine/daemon/start/",
            ),
            Step(
                "See whether these settings make docker look in the wrong place. No output means the usual "
                "place.",
                command="env | grep '^DOCKER_'",
                url="https://docs.docker.com/engine/daemon/troubleshoot/",
            ),
        ),
        severity="info",
    ),
    Cause(
        id="docker-permission-denied",
        family=FAMILY,
        title="This user is not allowed to use the Docker Engine",
        explanation=(
            "The Docker Engine, the program that pulls and runs images, is there, but this user is not "
            "allowed to talk to it. Usually only root and the members of the group docker are. Your secrets "
            "are not to blame."
        ),
        steps=(
            Step(
                "See who is allowed to use it.",
                command="ls -l /var/run/docker.sock; id",
            ),
            Step(
                "Add this user to the group docker. Members of that group can do everything on this machine, "
                "as root can.",
                command='sudo usermod -aG docker "$USER"',
                url="https://docs.docker.com/engine/install/linux-postinstall/",
            ),
            Step(
                "Open a shell with the new group, and run regdoctor there.",
                command="newgrp docker",
            ),
        ),
        severity="info",
    ),
    Cause(
        id="docker-api-mismatch",
        family=FAMILY,
        title="Docker's client and Engine share no API version",
        explanation=(
            "The docker command and the Docker Engine talk in numbered versions of an API, and the versions "
            "that each knows do not overlap. Most likely one of them is years older than the other, or the "
            "variable DOCKER_API_VERSION asks for a version that one of them does not know."
        ),
        steps=(
            Step(
                "See the versions on both sides.",
                command="docker version",
            ),
            Step(
                "If DOCKER_API_VERSION is set, unset it, so that the two choose by themselves.",
                command="unset DOCKER_API_VERSION",
                url="https://docs.docker.com/reference/api/engine/",
            ),
            Step(
                "Otherwise update the older of the two.",
            ),
        ),
        severity="info",
    ),
    Cause(
        id="client-library-incompatible",
        family=FAMILY,
        title="A client library is incompatible with what it talks to",
        explanation=(
            "A program failed inside the library with which it talks to Docker or to a registry: the library "
            "does not fit another library, or did not understand an answer. Most likely one of them is out "
            "of date. Your secrets are not to blame."
        ),
        steps=(
            Step(
                "Update the program that failed.",
            ),
            Step(
                "In Python, the message 'Not supported URL scheme http+docker' means that the library docker "
                "is too old for requests and urllib3: update it.",
                command="python3 -m pip install --upgrade 'docker>=7.1'",
                url="https://github.com/docker/docker-py/issues/3256",
            ),
            Step(
                "If it was the old docker-compose, written with a hyphen, use its successor, written with a "
                "space.",
                command="docker compose version",
                url="https://docs.docker.com/compose/releases/migrate/",
            ),
        ),
    ),
    Cause(
        id="not-a-tty",
        family=FAMILY,
        title="Docker had to ask something, but had no terminal",
        explanation=(
            "docker login was not given a user name or a password, and in a script there is nobody to ask. "
            "Most likely the script takes it from a variable that is empty: the secret has another name, or "
            "is not available there. No registry was asked, so the password itself may be good."
        ),
        steps=(
            Step(
                "See whether the secrets exist and work.",
                command="regdoctor report",
            ),
            Step(
                "See whether the script has the password at all: this shows only its length, with the line "
                "end.",
                command="printenv {password_variable} | wc -c",
            ),
            LOGIN_OF_SET,
            Step(
                "If the command was docker run or docker exec, leave out its option -t, which asks for a "
                "terminal.",
            ),
        ),
    ),
)
