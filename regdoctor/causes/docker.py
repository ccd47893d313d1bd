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
            "There is no Docker Engine, the program that pulls and runs images, in this environment. Many "
            "dev containers do without it, and so does the container that Codespaces starts when yours has "
            "failed. regdoctor can try the login by itself; what is missing is the same login made by "
            "docker."
        ),
        steps=(
            Step(
                "If you want to use docker in this codespace, add the feature docker-in-docker to your "
                "devcontainer.json.",
                url="https://github.com/devcontainers/features/tree/main/src/docker-in-docker",
            ),
            Step(
                "Then rebuild the container.",
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
            "The Docker Engine, the program that pulls and runs images, is not running, or not where "
            "docker looks for it. In a codespace it sometimes takes a while to start, or fails to. Your "
            "secrets have nothing to do with it."
        ),
        steps=(
            Step(
                "In a codespace with the feature docker-in-docker, start it.",
                command="sudo /usr/local/share/docker-init.sh",
            ),
            Step("If that does not help, read why it stopped.", command="tail -n 50 /tmp/dockerd.log"),
            Step(
                "On a machine of your own, start it as a service.",
                command="sudo systemctl start docker",
                url="https://docs.docker.com/engine/daemon/start/",
            ),
            Step(
                "See whether it is looked for in the right place: these settings say where. No output "
                "means in the usual one.",
                command="env | grep '^DOCKER_'",
                url="https://docs.docker.com/engine/daemon/troubleshoot/",
            ),
        ),
        severity="info",
    ),
    Cause(
        id="docker-permission-denied",
        family=FAMILY,
        title="This user may not use the Docker Engine",
        explanation=(
            "The Docker Engine, the program that pulls and runs images, is there, but this user may not "
            "talk to it. As a rule only root and the members of the group docker may. Your secrets have "
            "nothing to do with it."
        ),
        steps=(
            Step("See who may use it.", command="ls -l /var/run/docker.sock; id"),
            Step(
                "Add this user to the group, which amounts to making it root.",
                command='sudo usermod -aG docker "$USER"',
                url="https://docs.docker.com/engine/install/linux-postinstall/",
            ),
            Step("Open a new shell in that group, and run the diagnosis there.", command="newgrp docker"),
        ),
        severity="info",
    ),
    Cause(
        id="docker-api-mismatch",
        family=FAMILY,
        title="Docker's client and Engine have no API version in common",
        explanation=(
            "A client and the Docker Engine talk in numbered versions of a language called the API. Each "
            "knows a range of them, and the two ranges do not meet. Most likely one of the two is years "
            "older than the other, or the variable DOCKER_API_VERSION asks for a version that one of them "
            "does not know."
        ),
        steps=(
            Step("See the versions on both sides.", command="docker version"),
            Step(
                "If a version is asked for, leave the choice to the two.",
                command="unset DOCKER_API_VERSION",
                url="https://docs.docker.com/reference/api/engine/",
            ),
            Step("Otherwise bring the older of the two up to date."),
        ),
        severity="info",
    ),
    Cause(
        id="client-library-incompatible",
        family=FAMILY,
        title="A client library does not fit what it talks to",
        explanation=(
            "Programs talk to Docker and to registries through a library, and this one stumbled: over "
            "another library with which it does not go together, or over an answer that it does not "
            "understand. Most likely one of them is out of date. Your secrets have nothing to do with it."
        ),
        steps=(
            Step("Bring the program that failed up to date."),
            Step(
                "In Python, the message 'Not supported URL scheme http+docker' means that the library "
                "docker is too old for its companions requests and urllib3: bring it up to date.",
                command="python3 -m pip install --upgrade 'docker>=7.1'",
                url="https://github.com/docker/docker-py/issues/3256",
            ),
            Step(
                "If it was the old docker-compose, written with a hyphen, use its successor: the same "
                "command with a space.",
                command="docker compose version",
                url="https://docs.docker.com/compose/releases/migrate/",
            ),
        ),
    ),
    Cause(
        id="not-a-tty",
        family=FAMILY,
        title="Docker wanted to ask something, and there was no terminal to ask at",
        explanation=(
            "docker login asks for a user name or a password that it was not given, and in a script there "
            "is nobody to ask. Most likely the script did name a variable for it, and that variable is "
            "empty: the secret has another name, or is not given to this place. No registry was asked, so "
            "the password itself may be good."
        ),
        steps=(
            Step("See whether the secrets are there and work.", command="regdoctor report"),
            Step(
                "See whether the script has the password at all; this shows how many characters it has, "
                "with the line end, and no more.",
                command="printenv {password_variable} | wc -c",
            ),
            LOGIN_OF_SET,
            Step(
                "If the command was docker run or docker exec, leave out its option -t: it asks for a "
                "terminal."
            ),
        ),
    ),
)
