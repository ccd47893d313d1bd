"""Causes in the names of the three secrets."""

from __future__ import annotations

from regdoctor.causes.cause import Cause
from regdoctor.causes.steps import RESTART, SECRETS_PAGE
from regdoctor.model import Step

FAMILY = "Names"

_DOCUMENTATION = (
    "https://docs.github.com/codespaces/reference/allowing-your-codespace-to-access-a-private-registry"
)
_CREATE = Step(
    "Create a secret named {to}; the command asks for its value. GitHub can neither rename a secret nor "
    "show its value, so take the value from where you keep it, or from the variable {misnamed} in this "
    "codespace. For a secret of your own account, use the page, and give this repository access to the new "
    "secret.",
    command="gh secret set {to} --app codespaces",
    url=SECRETS_PAGE,
)
_DELETE = Step(
    "Delete the secret with the old name. For one of your own account, put --user in place of --app "
    "codespaces.",
    command="gh secret delete {misnamed} --app codespaces",
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        id="set-incomplete",
        family=FAMILY,
        title="Set {id} lacks {variable}",
        explanation=(
            "A login takes three secrets with one identifier: the server, the user and the password. In "
            "set {id}, {variable} is missing, and no other variable looks like a misspelling of it. Either "
            "it was never created, or this codespace is not given it: a secret may be open to chosen "
            "repositories only, and a codespace reads its secrets only when it starts."
        ),
        steps=(
            Step(
                "See whether the secret exists for this repository.",
                command="gh secret list --app codespaces",
            ),
            Step(
                "See whether it exists for your own account, and whether it is open to this repository.",
                command="gh secret list --user",
                url=SECRETS_PAGE,
            ),
            Step(
                "If it does not exist, create it; the command asks for its value.",
                command="gh secret set {variable} --app codespaces",
                url=_DOCUMENTATION,
            ),
            RESTART,
        ),
    ),
    Cause(
        id="name-near-miss",
        family=FAMILY,
        title="{misnamed} is not quite the right name",
        explanation=(
            "Codespaces knows the parts of a login by their names alone: an identifier of your choice, "
            "then _CONTAINER_REGISTRY_ and SERVER, USER or PASSWORD. {misnamed} comes close, and most "
            "likely {to} was meant. Under its present name it is passed over."
        ),
        steps=(_CREATE, _DELETE, RESTART),
    ),
    Cause(
        id="name-no-identifier",
        family=FAMILY,
        title="{misnamed} has no identifier before it",
        explanation=(
            "The names of a login's three secrets begin with an identifier of your choice, such as ACR or "
            "GHCR, which ties them together. {misnamed} has none, so it belongs to no set and is passed "
            "over. A good name for it is {to}; its two companions need the same identifier."
        ),
        steps=(_CREATE, _DELETE, RESTART),
    ),
    Cause(
        id="name-not-allowed",
        family=FAMILY,
        title="{misnamed} cannot be a Codespaces secret",
        explanation=(
            "The name of a secret is made of letters, digits and underscores, and begins neither with a "
            "digit nor with GITHUB_. {misnamed} breaks that rule, so something other than a secret has set "
            "it, such as devcontainer.json or a start-up file of the shell. Codespaces takes its logins "
            "from secrets alone."
        ),
        steps=(
            Step(
                "Create a secret named {to} with the value of {misnamed}; the command asks for it.",
                command="gh secret set {to} --app codespaces",
                url=SECRETS_PAGE,
            ),
            Step("Do the same for the other parts of the set: the three need one identifier."),
            Step(
                "Find out what sets the variable now, and remove it there. The command lists the files "
                "that mention it, and shows no values.",
                command="grep -rls CONTAINER_REGISTRY .devcontainer .devcontainer.json ~/.profile ~/.bashrc",
            ),
            RESTART,
        ),
    ),
    Cause(
        id="set-duplicate-server",
        family=FAMILY,
        title="Set {id} and {other} log in to the same registry",
        explanation=(
            "Docker keeps one login for each registry, so of several sets for the same one only one can "
            "take effect, and GitHub does not say which. While all of them hold a good credential, nothing "
            "goes wrong. Once one is renewed and another forgotten, pulls may fail although the new one "
            "works."
        ),
        steps=(
            Step(
                "Decide which set is to stay. To give up set {id}, delete its three secrets; to give up "
                "{other}, do the same with its secrets. For secrets of your own account, put --user in "
                "place of --app codespaces.",
                command=(
                    "for part in SERVER USER PASSWORD; do gh secret delete {id}_CONTAINER_REGISTRY_$part "
                    "--app codespaces; done"
                ),
                url=SECRETS_PAGE,
            ),
            RESTART,
        ),
        severity="warning",
    ),
)
