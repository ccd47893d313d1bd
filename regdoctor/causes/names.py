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
    "Create a secret named {to}; the command asks for its value. GitHub cannot rename a secret or show its "
    "value: take it from where you keep it, or from the variable {misnamed} here. For a secret of your own "
    "account, use the page instead, and give it access to this repository.",
    command="gh secret set {to} --app codespaces",
    url=SECRETS_PAGE,
)
_DELETE = Step(
    "Delete the secret with the old name. For one of your own account, use --user instead of --app "
    "codespaces.",
    command="gh secret delete {misnamed} --app codespaces",
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        id="set-incomplete",
        family=FAMILY,
        title="Set {id} lacks {variable}",
        explanation=(
            "Set {id} cannot log in, because {variable} is missing: a login takes three secrets with one "
            "identifier, the server, the user and the password. No other variable looks like a misspelling "
            "of it. Either it was never created, or this codespace does not get it: a secret can be limited "
            "to chosen repositories, and a codespace reads its secrets only when it starts."
        ),
        steps=(
            Step(
                "See whether the repository has the secret.",
                command="gh secret list --app codespaces",
            ),
            Step(
                "See whether your own account has it. If so, check on the page that its Repository access "
                "includes this repository.",
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
            "{misnamed} is ignored, because its name is not quite right; most likely {to} was meant. "
            "Codespaces recognises the three secrets of a login only by their names: an identifier of your "
            "choice, then _CONTAINER_REGISTRY_, then SERVER, USER or PASSWORD."
        ),
        steps=(_CREATE, _DELETE, RESTART),
    ),
    Cause(
        id="name-no-identifier",
        family=FAMILY,
        title="{misnamed} has no identifier before it",
        explanation=(
            "{misnamed} is ignored, because its name does not say which login it belongs to. The names of a "
            "login's three secrets begin with one identifier of your choice, such as ACR or GHCR. A good "
            "name here is {to}; the other two need the same identifier."
        ),
        steps=(_CREATE, _DELETE, RESTART),
    ),
    Cause(
        id="name-not-allowed",
        family=FAMILY,
        title="{misnamed} cannot be a Codespaces secret",
        explanation=(
            "{misnamed} is ignored, because Codespaces takes logins only from secrets, and no secret can "
            "have this name. Names of secrets consist of letters, digits and underscores, and do not begin "
            "with a digit or with GITHUB_. So something else has set this variable, such as "
            "devcontainer.json or a start-up file of the shell."
        ),
        steps=(
            Step(
                "Create a secret named {to} with the value of {misnamed}; the command asks for it.",
                command="gh secret set {to} --app codespaces",
                url=SECRETS_PAGE,
            ),
            Step("Do the same for the other parts of the set, with the same identifier."),
            Step(
                "Find what sets the variable now, and remove it there. The command lists the files that "
                "mention it; it shows no values.",
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
            "Only one of these sets can take effect, because docker keeps one login for each registry; "
            "GitHub does not say which one wins. As long as all of them work, nothing goes wrong. Once one "
            "is renewed and another forgotten, pulls can fail although the new one works."
        ),
        steps=(
            Step(
                "Decide which set to keep, and delete the three secrets of the other. This deletes set {id}; "
                "for {other}, put its name there. For secrets of your own account, use --user instead of "
                "--app codespaces.",
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
