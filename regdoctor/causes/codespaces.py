"""Causes in the way by which Codespaces hands on its secrets."""

from __future__ import annotations

from regdoctor.causes.cause import Cause
from regdoctor.causes.steps import AGAIN, FULL_REBUILD, RESTART, SECRETS_PAGE
from regdoctor.model import Step

FAMILY = "Codespaces"

_SECURITY = "https://docs.github.com/codespaces/reference/security-in-github-codespaces"

CAUSES: tuple[Cause, ...] = (
    Cause(
        id="secret-not-visible",
        family=FAMILY,
        title="Set {id} is kept in this codespace, but not visible here",
        explanation=(
            "Codespaces has handed the secrets of set {id} to this codespace and keeps them in a file, but "
            "the process that runs regdoctor does not have them in its environment, where programs look for "
            "them. Most likely it was started by sudo, by a command over gh codespace ssh, by a coding "
            "agent, or in a second container beside yours. regdoctor took the values from the file, so all "
            "else that it says of the set holds; a program or script that is started like this finds nothing."
        ),
        steps=(
            Step(
                "Run the program that needs them in a terminal of the codespace, without sudo, or in a login "
                "shell, which as a rule reads the secrets first.",
                command="bash -lc 'regdoctor report'",
                url=(
                    "https://docs.github.com/codespaces/managing-your-codespaces/"
                    "managing-your-account-specific-secrets-for-github-codespaces"
                ),
            ),
            Step("In a second container, run it in the first instead: only that one is given the secrets."),
        ),
        severity="warning",
    ),
    Cause(
        id="secrets-not-injected",
        family=FAMILY,
        title="This codespace was given no secrets for a registry",
        explanation=(
            "An image needs a login, and no set of secrets is to be found. GitHub withholds all secrets from "
            "a codespace whose user may not write to its repository, and from one on a pull request that "
            "comes from a fork; a fork does not have those of its parent either. If this is a recovery "
            "container, which Codespaces starts when yours has failed, it may lack them for that reason "
            "alone. So the secrets need not be wrong: in another codespace they may well work."
        ),
        steps=(
            Step(
                "See what you may do in the repository, and whether it is a fork. To be given secrets takes "
                "WRITE, MAINTAIN or ADMIN.",
                command='gh repo view "$GITHUB_REPOSITORY" --json viewerPermission,isFork',
                url=_SECURITY,
            ),
            Step(
                "If you may only read, ask for write access, or make a fork of your own and a codespace from "
                "it."
            ),
            Step(
                "Open the secrets of your own account to this repository, or create them; a fork counts as "
                "a repository of its own.",
                command="gh secret list --user",
                url=SECRETS_PAGE,
            ),
            Step(
                "In a recovery container, mend first what keeps yours from starting; its creation log tells.",
                command="less /workspaces/.codespaces/.persistedshare/creation.log",
                url=(
                    "https://docs.github.com/codespaces/troubleshooting/"
                    "troubleshooting-creation-and-deletion-of-codespaces"
                ),
            ),
            RESTART,
            FULL_REBUILD,
        ),
    ),
    Cause(
        id="codespace-restart-needed",
        family=FAMILY,
        title="The secrets of set {id} have changed since this codespace started",
        explanation=(
            "A codespace takes over its secrets when it starts. Set {id} was created or changed after that, "
            "so the programs that run here still have the old values, or none. What regdoctor found out "
            "about the old values may be settled by a new start."
        ),
        steps=(
            Step("Save your work: what runs here is ended, and what is in /tmp is lost."),
            RESTART,
            AGAIN,
        ),
        severity="warning",
    ),
)
