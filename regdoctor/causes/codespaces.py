"""Causes in the way by which Codespaces hands on its secrets."""

from __future__ import annotations

from regdoctor.causes.cause import Cause
from regdoctor.causes.steps import AGAIN, FULL_REBUILD, REPORT, RESTART, SECRETS_PAGE
from regdoctor.model import Step

FAMILY = "Codespaces"

_SECURITY = "https://docs.github.com/codespaces/reference/security-in-github-codespaces"

_STORED = (
    Step("See what the repository has stored.", command="gh secret list --app codespaces"),
    Step("See what your own account has stored.", command="gh secret list --user", url=SECRETS_PAGE),
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        id="secret-not-visible",
        family=FAMILY,
        title="Set {id} is in this codespace, but not visible to this program",
        explanation=(
            "The secrets of set {id} are in a file of this codespace, but not in the environment of the "
            "process that runs regdoctor, where programs look for them. Most likely it was started by sudo, "
            "by a command over gh codespace ssh, by a coding agent, or in a second container beside yours. "
            "regdoctor took the values from the file, so the rest of its report holds; other programs that "
            "are started like this find nothing."
        ),
        steps=(
            Step(
                "Run the program that needs them in a terminal of the codespace, without sudo, or like this, "
                "in a login shell, which usually reads the secrets first.",
                command="bash -lc 'regdoctor report'",
                url=(
                    "https://docs.github.com/codespaces/managing-your-codespaces/"
                    "managing-your-account-specific-secrets-for-github-codespaces"
                ),
            ),
            Step(
                "In a second container, run it in the first one instead: only that one gets the secrets.",
            ),
        ),
        severity="warning",
    ),
    Cause(
        id="secrets-not-injected",
        family=FAMILY,
        title="This codespace was given no secrets for a registry",
        explanation=(
            "An image needs a login, and this codespace was given no set of secrets. GitHub withholds all "
            "secrets if you cannot write to the repository, and on a pull request from a fork; a fork does "
            "not get its parent's secrets either. A recovery container, which Codespaces starts when yours "
            "has failed, may lack them for that reason alone. So the secrets need not be wrong: in another "
            "codespace they may work."
        ),
        steps=(
            Step(
                "See what you are allowed to do in the repository, and whether it is a fork. To get secrets "
                "you need WRITE, MAINTAIN or ADMIN.",
                command='gh repo view "$GITHUB_REPOSITORY" --json viewerPermission,isFork',
                url=_SECURITY,
            ),
            Step(
                "If you can only read, ask for write access, or fork the repository and create a codespace "
                "from the fork.",
            ),
            Step(
                "See which secrets your own account has. On the page, create what is missing, and give it "
                "Repository access to this repository; a fork counts as a repository of its own.",
                command="gh secret list --user",
                url=SECRETS_PAGE,
            ),
            Step(
                "In a recovery container, first fix what keeps yours from starting; its creation log tells.",
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
        title="Secrets of set {id} exist, but this repository has no access",
        explanation=(
            "Codespaces withholds secrets of set {id} here, however right their values are: GitHub lists "
            "them, but this codespace's repository is not among those that they are shared with. A secret of "
            "an account or an organisation goes only to the repositories under its Repository access."
        ),
        steps=(
            Step(
                "On the page, open the secret, and add this repository under Repository access. An "
                "organisation's secrets are under its Settings > Secrets and variables > Codespaces, which "
                "only an owner can open.",
                url=SECRETS_PAGE,
            ),
            Step(
                "See which secrets your own account has; the list shows no values.",
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
            "The same secret name is stored at several levels, and only one value counts. A Codespaces "
            "secret can be stored for an account, a repository and an organisation: the repository's counts "
            "before the organisation's; for an account's own, GitHub does not say. So a value that you "
            "corrected at one level can be hidden by an old one at another."
        ),
        steps=(
            *_STORED,
            Step(
                "Delete the one that you do not want; this deletes the repository's. For one of your own "
                "account, use --user instead of --app codespaces.",
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
            "The three parts of set {id} come from several levels (account, repository, organisation), so "
            "the server or user of one may meet the password of another. Codespaces puts a set together by "
            "names alone, wherever each part is stored. That is allowed, but it is one reason why a login "
            "fails although each place looks right by itself."
        ),
        steps=(
            *_STORED,
            Step(
                "Store all three parts at one level, and delete the others with these names.",
            ),
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
            "Set {id} was created or changed after this codespace started, and a codespace reads its secrets "
            "only when it starts. So the programs here still have the old values, or none. A restart may "
            "already solve what regdoctor found with the old values."
        ),
        steps=(
            Step(
                "Save your work: the restart ends what runs here, and empties /tmp.",
            ),
            RESTART,
            AGAIN,
        ),
        severity="warning",
    ),
)

_NOT_INJECTED = next(cause for cause in CAUSES if cause.id == "secrets-not-injected")

NO_WRITE_ACCESS = _NOT_INJECTED.but(
    title="No secrets here, as you cannot write to this repository",
    explanation=(
        "An image needs a login, and this codespace was given no set of secrets for it. GitHub says that you "
        "cannot push to its repository, and then it withholds all secrets, even those of your own account. "
        "So the secrets need not be wrong: elsewhere they may work."
    ),
    steps=(
        Step(
            "Ask for write access, or fork the repository and create a new codespace from the fork.",
            command='gh repo fork "$GITHUB_REPOSITORY" --clone=false',
        ),
        Step(
            "On the page, give your own secrets Repository access to the fork, as it counts as a "
            "repository of its own.",
            url=SECRETS_PAGE,
        ),
        Step(
            "See what you are allowed to do in the repository. To get secrets you need WRITE, MAINTAIN "
            "or ADMIN.",
            command='gh repo view "$GITHUB_REPOSITORY" --json viewerPermission,isFork',
            url=_SECURITY,
        ),
    ),
)
FORK = _NOT_INJECTED.but(
    title="This codespace belongs to a fork, which has no secrets of its parent",
    explanation=(
        "An image needs a login, and this codespace was given no set of secrets for it. Its repository is a "
        "fork: GitHub gives a fork neither the secrets of the repository that it was made from nor, usually, "
        "those of its organisation. Your own account's secrets come along only if their Repository access "
        "includes the fork, and never on the branch of a fork's pull request."
    ),
    steps=(
        Step(
            "See which secrets your own account has. On the page, give them Repository access to the "
            "fork, or create what is missing.",
            command="gh secret list --user",
            url=SECRETS_PAGE,
        ),
        Step(
            "Or store the set in the fork itself: the fork's Settings > Secrets and variables > "
            "Codespaces. The list shows what it has.",
            command="gh secret list --app codespaces",
        ),
        RESTART,
        FULL_REBUILD,
    ),
)
RECOVERY = _NOT_INJECTED.but(
    title="This recovery container has no secrets for a registry",
    explanation=(
        "An image needs a login, and this recovery container, which Codespaces starts when yours cannot be "
        "created, has no set of secrets for it. It may lack them only because it is a recovery container. If "
        "your container lacks them too, that would explain why it could not be created."
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
        Step(
            "See which secrets the repository has.",
            command="gh secret list --app codespaces",
        ),
        Step(
            "See which your own account has. On the page, check that their Repository access includes "
            "this repository.",
            command="gh secret list --user",
            url=SECRETS_PAGE,
        ),
        RESTART,
        FULL_REBUILD,
    ),
)

VARIANTS: tuple[Cause, ...] = (NO_WRITE_ACCESS, FORK, RECOVERY)
"""The cause, said where it is known what in the codespace explains it."""
