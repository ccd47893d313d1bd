"""Causes in the way by which Codespaces hands on its secrets."""

from __future__ import annotations

from regdoctor.causes.cause import Cause
from regdoctor.causes.steps import AGAIN, FULL_REBUILD, REPORT, RESTART, SECRETS_PAGE
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
        id="secret-not-granted",
        family=FAMILY,
        title="Secrets of set {id} are stored, but not open to this repository",
        explanation=(
            "A secret of an account or an organisation goes only to the repositories that its access policy "
            "takes in. GitHub lists secrets of set {id}, and by their policy this codespace's repository is "
            "not among those. So Codespaces withholds them here, however right their values are."
        ),
        steps=(
            Step(
                "Open the secret, and let Repository access take in this repository. An organisation has "
                "its secrets under Settings, Secrets and variables, Codespaces, where only an owner gets.",
                url=SECRETS_PAGE,
            ),
            Step(
                "See what your own account has stored; the list shows no values.",
                command="gh secret list --user",
            ),
            RESTART,
            REPORT,
        ),
    ),
    Cause(
        id="secret-shadowed",
        family=FAMILY,
        title="Set {id} has a secret that is stored at more than one level",
        explanation=(
            "A Codespaces secret can be stored for an account, a repository and an organisation. Where one "
            "name is stored at several levels only one value counts: the repository's before the "
            "organisation's; where an account's own stands, GitHub does not say. So a value that was put "
            "right at one level may be hidden by an old one at another."
        ),
        steps=(
            Step("See what the repository has stored.", command="gh secret list --app codespaces"),
            Step("See what your own account has stored.", command="gh secret list --user", url=SECRETS_PAGE),
            Step(
                "Delete the one that is not wanted; this is the repository's. For one of your own account "
                "put --user in place of --app codespaces.",
                command="gh secret delete {variable} --app codespaces",
            ),
            RESTART,
        ),
        severity="warning",
    ),
    Cause(
        id="set-mixed-levels",
        family=FAMILY,
        title="The parts of set {id} are stored at different levels",
        explanation=(
            "Codespaces puts a set together by names alone, wherever each part is stored. The parts of this "
            "one come from several levels, so the server or user of one may meet the password of another. "
            "That is allowed, and one reason why a login fails although each place looks right by itself."
        ),
        steps=(
            Step("See what the repository has stored.", command="gh secret list --app codespaces"),
            Step("See what your own account has stored.", command="gh secret list --user", url=SECRETS_PAGE),
            Step("Store all three parts at one level, and delete the others of these names."),
            RESTART,
            AGAIN,
        ),
        severity="warning",
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

_NOT_INJECTED = next(cause for cause in CAUSES if cause.id == "secrets-not-injected")

NO_WRITE_ACCESS = _NOT_INJECTED.but(
    title="This codespace gets no secrets, as you may not write to its repository",
    explanation=(
        "An image needs a login, and no set of secrets for it is to be found. GitHub says that you may not "
        "push to this codespace's repository, and from such a codespace it withholds all secrets, those of "
        "your own account included. So the secrets need not be wrong: elsewhere they may well work."
    ),
    steps=(
        Step(
            "See what you may do in the repository. To be given secrets takes WRITE, MAINTAIN or ADMIN.",
            command='gh repo view "$GITHUB_REPOSITORY" --json viewerPermission,isFork',
            url=_SECURITY,
        ),
        Step(
            "Ask for write access, or make a fork of your own, and make a new codespace from it.",
            command='gh repo fork "$GITHUB_REPOSITORY" --clone=false',
        ),
        Step(
            "Open the secrets of your own account to a fork, as it counts as a repository of its own.",
            url=SECRETS_PAGE,
        ),
    ),
)
FORK = _NOT_INJECTED.but(
    title="This codespace belongs to a fork, which has no secrets of its parent",
    explanation=(
        "An image needs a login, and no set of secrets for it is to be found. This codespace's repository is "
        "a fork: GitHub gives it neither the secrets of the repository that it was made from, nor, as a "
        "rule, those of that one's organisation. The secrets of your own account come along only if their "
        "policy takes in the fork, and on the branch of a fork's pull request none do."
    ),
    steps=(
        Step(
            "Open the secrets of your own account to the fork, or store the set there.",
            command="gh secret list --user",
            url=SECRETS_PAGE,
        ),
        Step(
            "Or store the set with the fork itself. The list shows what it has.",
            command="gh secret list --app codespaces",
        ),
        RESTART,
        FULL_REBUILD,
    ),
)
RECOVERY = _NOT_INJECTED.but(
    title="This recovery container has no secrets for a registry",
    explanation=(
        "An image needs a login, and no set of secrets for it is to be found. This is a recovery container, "
        "which Codespaces starts when yours could not be made, and it may lack the secrets for that reason "
        "alone. If they are missing in your container as well, that would explain why it could not be made."
    ),
    steps=(
        Step(
            "See in the creation log what kept your container from starting.",
            command="less /workspaces/.codespaces/.persistedshare/creation.log",
            url=(
                "https://docs.github.com/codespaces/troubleshooting/"
                "troubleshooting-creation-and-deletion-of-codespaces"
            ),
        ),
        Step("See which secrets the repository has stored.", command="gh secret list --app codespaces"),
        Step(
            "See which your own account has stored, and whether Repository access takes in this repository.",
            command="gh secret list --user",
            url=SECRETS_PAGE,
        ),
        RESTART,
        FULL_REBUILD,
    ),
)

VARIANTS: tuple[Cause, ...] = (NO_WRITE_ACCESS, FORK, RECOVERY)
"""The cause, said where it is known what in the codespace explains it."""
