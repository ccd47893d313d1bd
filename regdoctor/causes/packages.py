"""Why a package of GitHub's registry is not open to a codespace, said where more is known than that.

The rules are those of
https://docs.github.com/codespaces/reference/allowing-your-codespace-to-access-a-private-registry and
https://docs.github.com/packages/learn-github-packages/configuring-a-packages-access-control-and-visibility.
"""

from __future__ import annotations

from regdoctor.causes.cause import Cause
from regdoctor.causes.images import CAUSES
from regdoctor.causes.steps import FULL_REBUILD, SECRETS_PAGE
from regdoctor.model import Step

ACCESS_PAGE = (
    "https://docs.github.com/packages/learn-github-packages/"
    "configuring-a-packages-access-control-and-visibility#ensuring-codespaces-access-to-your-package"
)

_ADD_REPOSITORY = Step(
    "Open the package on GitHub, choose Package settings, and under Manage Codespaces access choose Add "
    "repository and this codespace's repository. This takes an administrator of the package.",
    url=ACCESS_PAGE,
)
_SET_OF_SECRETS = Step(
    "If nobody can do that, store a login of a user who may read the package as a set of three secrets: "
    "ghcr.io, the user's name, and a personal access token (classic) with read:packages.",
    url=SECRETS_PAGE,
)
_ASK_FOR_PERMISSION = Step(
    "Or let devcontainer.json ask for it: under customizations.codespaces.repositories, give the repository "
    "of the package the permission packages: read. That holds only for codespaces that are made afterwards, "
    "so make a new one.",
    url=(
        "https://docs.github.com/codespaces/managing-your-codespaces/"
        "managing-repository-access-for-your-codespaces"
    ),
)

NOT_LINKED: Cause = next(cause for cause in CAUSES if cause.id == "package-not-linked")

NOT_INHERITED = NOT_LINKED.but(
    title="The package of this repository does not inherit its access",
    explanation=(
        "The package {repository} is linked to the very repository of this codespace, and yet is not open "
        "to it. Most likely Inherit access from source repository is not ticked: GitHub ticks it for what a "
        "workflow publishes, and not for what is pushed with somebody's own token or linked afterwards."
    ),
    steps=(
        Step(
            "Open the package on GitHub, choose Package settings, and under Manage access tick Inherit "
            "access from source repository. This takes an administrator, and replaces the permissions that "
            "the package had.",
            url=(
                "https://docs.github.com/packages/learn-github-packages/"
                "configuring-a-packages-access-control-and-visibility"
                "#selecting-whether-a-package-inherits-permissions-from-a-repository"
            ),
        ),
        _ADD_REPOSITORY.but(
            text=(
                "Or leave them, and under Manage Codespaces access choose Add repository and this "
                "codespace's repository."
            )
        ),
        FULL_REBUILD,
    ),
)
"""Linked to this repository."""

OF_ANOTHER_REPOSITORY = NOT_LINKED.but(
    title="The package belongs to another repository than this codespace",
    explanation=(
        "A codespace gets at the private packages of its own repository alone. {repository} is linked to "
        "another one, so this codespace's repository has to be named in the settings of the package, or "
        "has to ask for the right to read that one's packages."
    ),
    steps=(_ADD_REPOSITORY, _ASK_FOR_PERMISSION, _SET_OF_SECRETS, FULL_REBUILD),
)
"""Linked to another repository of the same owner."""

OF_NO_REPOSITORY = NOT_LINKED.but(
    title="The package is linked to no repository",
    explanation=(
        "A codespace gets at a private package through the repository that it is linked to, and {repository} "
        "is linked to none, as is usual for what was pushed with somebody's own token. So the codespace's "
        "repository has to be named in the settings of the package."
    ),
    steps=(_ADD_REPOSITORY, _SET_OF_SECRETS, FULL_REBUILD),
)

PUBLIC_REPOSITORY = NOT_LINKED.but(
    title="A public repository must be let into the package by hand",
    explanation=(
        "This codespace belongs to a public repository, and {repository} is no public package. GitHub opens "
        "no private or internal package to the codespaces of a public repository unless somebody allows it, "
        "so that nothing leaks; internal visibility, which opens it to the rest of the organisation, does "
        "not help here."
    ),
    steps=(_ADD_REPOSITORY, _SET_OF_SECRETS, FULL_REBUILD),
)

INTERNAL = NOT_LINKED.but(
    title="The internal package is not open to this codespace",
    explanation=(
        "Internal visibility opens {repository} to the codespaces of its organisation's repositories, unless "
        "those are public. This codespace is not let in, so most likely its repository belongs to another "
        "organisation, or its user is no member of this one."
    ),
    steps=(_ADD_REPOSITORY, _SET_OF_SECRETS, FULL_REBUILD),
)

OF_ANOTHER_OWNER = NOT_LINKED.but(
    title="The package belongs to another owner than this codespace",
    explanation=(
        "A codespace gets at the private packages of its own repository, and at those that name it. "
        "{repository} belongs to another account or organisation, and most likely does not name this "
        "codespace's repository. What a dev container asks for under customizations.codespaces.repositories "
        "does not help, as that goes no further than the same owner."
    ),
    steps=(
        _SET_OF_SECRETS.but(
            text=(
                "Store a login of a user who may read the package as a set of three secrets: ghcr.io, the "
                "user's name, and a personal access token (classic) with read:packages."
            )
        ),
        _ADD_REPOSITORY.but(
            text=(
                "Or ask an administrator of the package whether it can name this codespace's repository: "
                "Package settings, Manage Codespaces access, Add repository."
            )
        ),
        FULL_REBUILD,
    ),
)

ASKED_FOR = NOT_LINKED.but(
    title="This codespace may be older than its right to the package",
    explanation=(
        "The dev container asks for the right to read packages of {owner}, where the package belongs. GitHub "
        "grants that when a codespace is made, after asking its user, and never later: not after a rebuild "
        "either. So most likely the codespace was made before the line was added, or the question was "
        "answered with no."
    ),
    steps=(
        Step(
            "Make a new codespace, and grant the permissions when GitHub asks for them.",
            command='gh codespace create --repo "$GITHUB_REPOSITORY"',
            url=_ASK_FOR_PERMISSION.url,
        ),
        _ADD_REPOSITORY.but(
            text=(
                "Or have this codespace's repository named by the package: Package settings, Manage "
                "Codespaces access, Add repository."
            )
        ),
        _SET_OF_SECRETS,
    ),
)
"""The workspace asks for the packages already."""

VARIANTS: tuple[Cause, ...] = (
    NOT_INHERITED,
    OF_ANOTHER_REPOSITORY,
    OF_NO_REPOSITORY,
    PUBLIC_REPOSITORY,
    INTERNAL,
    OF_ANOTHER_OWNER,
    ASKED_FOR,
)
