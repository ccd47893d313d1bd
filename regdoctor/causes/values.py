"""Causes in the values of the three secrets."""

from __future__ import annotations

from regdoctor.causes.cause import Cause
from regdoctor.causes.steps import (
    ENTER_SERVER,
    NEW_CREDENTIAL,
    OWN_ACCOUNT,
    RESTART,
    SECRETS_PAGE,
    STORE_PASSWORD,
    STORE_RIGHT_USER,
    STORE_SERVER,
    STORE_USER,
    STORE_VALUE,
    TRY,
)
from regdoctor.model import Step

FAMILY = "Values"

CAUSES: tuple[Cause, ...] = (
    Cause(
        id="value-empty",
        family=FAMILY,
        title="{variable} is empty",
        explanation=(
            "There is nothing in {variable}, or only spaces, and a login needs all three values. Most likely "
            "the value got lost when the secret was stored, for instance by a command that was given no "
            "input."
        ),
        steps=(STORE_VALUE, RESTART),
    ),
    Cause(
        id="value-whitespace",
        family=FAMILY,
        title="{variable} has {problem}",
        explanation=(
            "Spaces or line ends stand around the value; most likely they were copied along with it. Some "
            "programs cut them off, others send them as part of the value, which the registry then refuses. "
            "So the same secret can work in one place and fail in another."
        ),
        steps=(
            Step(
                "Store the value again without them; the command asks for it, and the Enter key adds none. "
                f"{OWN_ACCOUNT}",
                command="gh secret set {variable} --app codespaces",
                url=SECRETS_PAGE,
            ),
            RESTART,
        ),
    ),
    Cause(
        id="value-quoted",
        family=FAMILY,
        title="{variable} is wrapped in quotation marks",
        explanation=(
            "The quotation marks are part of the value, so the registry receives another value than you "
            "meant. Most likely a line was copied whole from a script or an .env file: there they only hold "
            "a value together, in a secret they count."
        ),
        steps=(
            Step(
                f"Store the value again without the quotation marks; the command asks for it. {OWN_ACCOUNT}",
                command="gh secret set {variable} --app codespaces",
                url=SECRETS_PAGE,
            ),
            RESTART,
        ),
    ),
    Cause(
        id="value-placeholder",
        family=FAMILY,
        title="{variable} still holds the text of an example",
        explanation=(
            "The value looks like a stand-in from somebody's instructions, such as <your token>, and not "
            "like a value of your own. No login was tried with it."
        ),
        steps=(
            Step(
                "Look up the real value.",
                url="{documentation}",
            ),
            STORE_VALUE,
            RESTART,
        ),
    ),
    Cause(
        id="value-unprintable",
        family=FAMILY,
        title="{variable} holds an invisible character",
        explanation=(
            "A character that no screen shows stands inside the value, such as a control code or a space "
            "without width. Most likely it came along when the value was copied from a web page, a chat or a "
            "document. It counts for the registry, so the login fails although the value looks right."
        ),
        steps=(
            Step(
                "Copy the value again from where it was created, or type it, and store it; the command asks "
                f"for it. {OWN_ACCOUNT}",
                command="gh secret set {variable} --app codespaces",
                url=SECRETS_PAGE,
            ),
            RESTART,
        ),
    ),
    Cause(
        id="server-has-scheme",
        family=FAMILY,
        title="{server_variable} holds a web address, not a host name",
        explanation=(
            "The value begins with {problem}, like the address of a web page, where the host name alone is "
            "needed. docker login cuts that off, so the login may work; whether Codespaces does, GitHub does "
            "not say, and a program that compares the secret with an image's name finds no match. Only for "
            "Docker Hub do GitHub's instructions give such an address."
        ),
        steps=(STORE_SERVER, RESTART),
        severity="warning",
    ),
    Cause(
        id="server-has-path",
        family=FAMILY,
        title="{server_variable} holds more than a host name",
        explanation=(
            "Something follows the host name in {server}, where the host name alone is needed: a login is "
            "for a whole registry, not for one image or folder. docker login cuts that off, so the login may "
            "work; whether Codespaces does, GitHub does not say, and a program that compares the secret with "
            "an image's name finds no match."
        ),
        steps=(STORE_SERVER, RESTART),
        severity="warning",
    ),
    Cause(
        id="server-alias",
        family=FAMILY,
        title="Set {id} does not use the login host of {registry}",
        explanation=(
            "The server of set {id} is {server}, and the name to log in with is {right_server}. Docker keeps "
            "a login under the name that it was made with, and a pull looks for it under the name in the "
            "image. Where the two differ, the login can succeed and the pull still goes without it; some "
            "other names lead to a web page and take no login at all."
        ),
        steps=(STORE_SERVER, RESTART),
        severity="warning",
    ),
    Cause(
        id="server-invalid",
        family=FAMILY,
        title="{server_variable} is not a host name",
        explanation=(
            "{server_variable} does not hold a host name such as ghcr.io or registry.example.com:5000, so "
            "there is no registry to ask, and nothing was sent. Most likely the value of another secret "
            "ended up here, or only the short name of the registry."
        ),
        steps=(
            Step(
                "Look at your image's name: the part before its first slash is the host name.",
            ),
            ENTER_SERVER,
            RESTART,
        ),
    ),
    Cause(
        id="server-has-credentials",
        family=FAMILY,
        title="{server_variable} holds a login as well as a host",
        explanation=(
            "A user name stands before the host, perhaps with a password; these belong in {user_variable} "
            "and {password_variable}. Docker would keep the login under this longer name, where no pull "
            "looks for it. Logs and messages often show server names, so others may have seen a password "
            "that stood here."
        ),
        steps=(
            STORE_SERVER,
            STORE_USER,
            Step(
                "If there was a password in it, revoke it and create a new one. Needed: {credential}.",
                url="{credential_page}",
            ),
            STORE_PASSWORD,
            RESTART,
        ),
    ),
    Cause(
        id="user-wrong-form",
        family=FAMILY,
        title="The user name of set {id} does not seem to fit",
        explanation=(
            "{user_variable} holds {problem}. What {registry} takes with this credential is {right_user}. "
            "Most likely the value is the name of another account, or the one you use on the web site. Some "
            "registries take more than they document, so only a login tells for sure."
        ),
        steps=(
            Step(
                "Look up which user name the registry takes.",
                url="{documentation}",
            ),
            STORE_RIGHT_USER,
            RESTART,
        ),
        severity="warning",
    ),
    Cause(
        id="user-password-swapped",
        family=FAMILY,
        title="User and password of set {id} look swapped",
        explanation=(
            "{user_variable} holds what looks like a password or token, and {password_variable} what looks "
            "like a user name. Most likely each was stored under the other's name. Logs and messages often "
            "show user names, so others may have seen this password."
        ),
        steps=(
            STORE_USER,
            Step(
                "Revoke the password that stood in the wrong place, and create a new one. Needed: "
                "{credential}.",
                url="{credential_page}",
            ),
            STORE_PASSWORD,
            RESTART,
        ),
    ),
    Cause(
        id="token-kind-unsupported",
        family=FAMILY,
        title="Wrong kind of password: {kind}",
        explanation=(
            "{password_variable} holds a kind of password or token that {registry} does not take, even if "
            "it works elsewhere. Either its form shows that, and it was not sent, or the registry said so. "
            "An account's own password can be of the wrong kind too, if the account uses two-factor "
            "authentication or single sign-on."
        ),
        steps=(NEW_CREDENTIAL, TRY, STORE_PASSWORD, RESTART),
    ),
    Cause(
        id="registry-retired",
        family=FAMILY,
        title="Set {id} is for a registry that has been retired",
        explanation=(
            "The service at {server} was closed, frozen or replaced by its vendor. Images now belong in "
            "{replacement}. The old one may still answer for a while, but images there can be missing, out "
            "of date or gone without notice. Whether the user name and the password are good does not change "
            "that."
        ),
        steps=(
            Step(
                "Read where your images are now, and how to move those that are left.",
                url="{documentation}",
            ),
            Step(
                "Change the image names in your dev container configuration to the new registry, "
                "{replacement}.",
            ),
            ENTER_SERVER,
            RESTART,
        ),
        severity="warning",
    ),
    Cause(
        id="ecr-name-unusual",
        family=FAMILY,
        title="Set {id} is for AWS ECR, but is not named ECR",
        explanation=(
            "GitHub's documentation recommends the identifier ECR for the AWS Elastic Container Registry, as "
            "in ECR_CONTAINER_REGISTRY_SERVER, unless you have several of them. Any other identifier works "
            "just as well, as long as the server is the registry's address. So this is no fault, only "
            "something to know when you compare your secrets with instructions."
        ),
        steps=(
            Step(
                "There is nothing to do. The page tells how the recommended names are made up.",
                url=(
                    "https://docs.github.com/codespaces/reference/"
                    "allowing-your-codespace-to-access-a-private-registry"
                ),
            ),
        ),
        severity="info",
    ),
)
