"""Why a package of GitHub's registry is not open to a codespace, said where more is known than that.

The rules are those of
https://docs.github.com/codespaces/reference/allowing-your-codespace-to-access-a-private-registry and
https://docs.github.com/packages/learn-github-packages/configuring-a-packages-access-control-and-visibility.
"""

from __future__ import annotations

from regdoctor.causes.authentication import CAUSES as OF_LOGINS
from regdoctor.causes.cause import Cause
from regdoctor.causes.images import CAUSES
from regdoctor.causes.steps import FULL_REBUILD, SECRETS_PAGE
from regdoctor.model import Step

ACCESS_PAGE = (
    "https://docs.github.com/packages/learn-github-packages/"
    "configuring-a-packages-access-control-and-visibility#ensuring-codespaces-access-to-your-package"
)

_ADD_REPOSITORY = Step(
    "On GitHub, open the package > Package settings > Manage Codespaces access > Add repository, and add "
    "this codespace's repository. Only an administrator of the package can do this.",
    url=ACCESS_PAGE,
)
_SET_OF_SECRETS = Step(
    "If nobody can do that, store the login of a user who can read the package as a set of three secrets: "
    "ghcr.io, the user name, and a personal access token (classic) with read:packages. Then restart the "
    "codespace, as it reads its secrets only when it starts.",
    url=SECRETS_PAGE,
)
_ASK_FOR_PERMISSION = Step(
    "Or let devcontainer.json ask for it: under customizations.codespaces.repositories, give the package's "
    "repository the permission packages: read. Then create a new codespace: an existing one never gets it.",
    url=(
        "https://docs.github.com/codespaces/managing-your-codespaces/"
        "managing-repository-access-for-your-codespaces"
    ),
)

NOT_LINKED: Cause = next(cause for cause in CAUSES if cause.id == "package-not-linked")

NOT_INHERITED = NOT_LINKED.but(
    title="The package of this repository does not inherit its access",
    explanation=(
        "The package {repository} is not open to this codespace, although it is linked to this very "
        "repository. Most likely Inherit access from source repository is not ticked: GitHub ticks it for "
        "what a workflow publishes, but not for what is pushed with somebody's own token or linked "
        "afterwards."
    ),
    steps=(
        Step(
            "On GitHub, open the package > Package settings > Manage access, and tick Inherit access from "
            "source repository. Only an administrator can do this, and it replaces the permissions that the "
            "package had.",
            url=(
                "https://docs.github.com/packages/learn-github-packages/"
                "configuring-a-packages-access-control-and-visibility"
                "#selecting-whether-a-package-inherits-permissions-from-a-repository"
            ),
        ),
        _ADD_REPOSITORY.but(
            text=(
                "Or keep those permissions: under Manage Codespaces access, click Add repository and add "
                "this codespace's repository."
            )
        ),
        FULL_REBUILD,
    ),
)
"""Linked to this repository."""

OF_ANOTHER_REPOSITORY = NOT_LINKED.but(
    title="The package belongs to another repository than this codespace",
    explanation=(
        "{repository} is not open to this codespace, because it is linked to another repository, and a "
        "codespace can use only its own repository's private packages. So the package's settings have to "
        "name this codespace's repository, or the dev container has to ask for permission."
    ),
    steps=(_ADD_REPOSITORY, _ASK_FOR_PERMISSION, _SET_OF_SECRETS, FULL_REBUILD),
)
"""Linked to another repository of the same owner."""

OF_NO_REPOSITORY = NOT_LINKED.but(
    title="The package is linked to no repository",
    explanation=(
        "{repository} is not open to this codespace, because it is linked to no repository; that is usual "
        "for a package pushed with somebody's own token. So the package's settings have to name this "
        "codespace's repository."
    ),
    steps=(_ADD_REPOSITORY, _SET_OF_SECRETS, FULL_REBUILD),
)

PUBLIC_REPOSITORY = NOT_LINKED.but(
    title="A public repository must be let into the package by hand",
    explanation=(
        "{repository} is not open to this codespace, because the package is not public and the codespace's "
        "repository is. So that nothing leaks, GitHub opens no private or internal package to codespaces of "
        "a public repository unless somebody allows it; internal visibility, which opens it to the rest of "
        "the organisation, does not help here."
    ),
    steps=(_ADD_REPOSITORY, _SET_OF_SECRETS, FULL_REBUILD),
)

INTERNAL = NOT_LINKED.but(
    title="The internal package is not open to this codespace",
    explanation=(
        "{repository} is not open to this codespace. An internal package is open to the codespaces of its "
        "organisation's repositories, unless those are public. Most likely this codespace's repository "
        "belongs to another organisation, or its user is not a member of this one."
    ),
    steps=(_ADD_REPOSITORY, _SET_OF_SECRETS, FULL_REBUILD),
)

OF_ANOTHER_OWNER = NOT_LINKED.but(
    title="The package belongs to another owner than this codespace",
    explanation=(
        "{repository} is not open to this codespace, because it belongs to another account or organisation, "
        "and most likely its settings do not name this codespace's repository. What devcontainer.json asks "
        "for under customizations.codespaces.repositories does not help: it works only within one owner."
    ),
    steps=(
        _SET_OF_SECRETS.but(
            text=(
                "Store the login of a user who can read the package as a set of three secrets: ghcr.io, the "
                "user name, and a personal access token (classic) with read:packages. Then restart the "
                "codespace, as it reads its secrets only when it starts."
            )
        ),
        _ADD_REPOSITORY.but(
            text=(
                "Or ask an administrator of the package to add this codespace's repository: Package settings "
                "> Manage Codespaces access > Add repository."
            )
        ),
        FULL_REBUILD,
    ),
)

ASKED_FOR = NOT_LINKED.but(
    title="This codespace may be older than its right to the package",
    explanation=(
        "The package of {owner} is not open to this codespace, although the dev container asks for "
        "permission to read it. GitHub grants that only when a codespace is created, after asking its user, "
        "and never later, not even after a rebuild. So most likely the codespace was created before that was "
        "added, or the answer was no."
    ),
    steps=(
        Step(
            "Create a new codespace, and grant the permissions when GitHub asks for them.",
            command='gh codespace create --repo "$GITHUB_REPOSITORY"',
            url=_ASK_FOR_PERMISSION.url,
        ),
        _ADD_REPOSITORY.but(
            text=(
                "Or have this codespace's repository added to the package: Package settings > Manage "
                "Codespaces access > Add repository."
            )
        ),
        _SET_OF_SECRETS,
    ),
)
"""The workspace asks for the packages already."""

OWN_TOKEN_UNSEEN: Cause = next(cause for cause in OF_LOGINS if cause.id == "no-credentials-sent").but(
    title="This codespace's own token is not visible here",
    explanation=(
        "Nothing was sent to ghcr.io, because this process does not have GITHUB_TOKEN, the token with which "
        "a codespace pulls from there, and docker has no login for it either. Most likely the process was "
        "started by sudo, by a command over gh codespace ssh, or by a coding agent. So it cannot be told "
        "from here whether the codespace itself can pull {image}."
    ),
    steps=(
        Step(
            "Run regdoctor in a terminal of the codespace, without sudo, or like this, in a login shell, "
            "which usually has the token.",
            command="bash -lc 'regdoctor report'",
        ),
    ),
    severity="warning",
)
"""A refusal that says nothing of the package, since nobody asked in the codespace's name."""

VARIANTS: tuple[Cause, ...] = (
    NOT_INHERITED,
    OF_ANOTHER_REPOSITORY,
    OF_NO_REPOSITORY,
    PUBLIC_REPOSITORY,
    INTERNAL,
    OF_ANOTHER_OWNER,
    ASKED_FOR,
    OWN_TOKEN_UNSEEN,
)
