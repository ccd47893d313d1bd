"""Causes in the values of the three secrets."""

from __future__ import annotations

from regdoctor.causes.cause import Cause
from regdoctor.causes.steps import (
    ENTER_SERVER,
    NEW_CREDENTIAL,
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
            "The variable exists, but there is nothing in it, or nothing but spaces. Most likely the value "
            "got lost when the secret was stored, for instance in a command whose input was empty. A login "
            "needs all three values."
        ),
        steps=(STORE_VALUE, RESTART),
    ),
    Cause(
        id="value-whitespace",
        family=FAMILY,
        title="{variable} has {problem}",
        explanation=(
            "Spaces or line ends stand around the value; most likely they were copied along with it. Some "
            "programs cut them off before a login, others send them as a part of the value, and then the "
            "registry refuses it. So the same secret may work in one place and fail in another."
        ),
        steps=(
            Step(
                "Store the value again without them: the command asks for it, and takes no line end from "
                "the Enter key. For a secret of your own account, put --user in place of --app codespaces, "
                "or use the page.",
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
            "In a shell or an .env file, quotation marks only hold a value together; in a secret they are "
            "part of it. They are sent along, so the registry sees another value than the one that you "
            "meant. Most likely a line was copied whole from such a file."
        ),
        steps=(
            Step(
                "Store the value again without the quotation marks; the command asks for it. For a secret "
                "of your own account, put --user in place of --app codespaces, or use the page.",
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
            "Instructions mark with words such as <your token> where your own value belongs. This value "
            "looks like such a mark, not like a value of yours. No login was tried with it."
        ),
        steps=(
            Step("Look up the real value where the registry shows it.", url="{documentation}"),
            STORE_VALUE,
            RESTART,
        ),
    ),
    Cause(
        id="value-unprintable",
        family=FAMILY,
        title="{variable} holds an invisible character",
        explanation=(
            "Within the value stands a character that no screen shows, such as a control code or a space "
            "without width. Most likely it came along when the value was copied from a web page, a chat or "
            "a document. To the registry it is part of the value, so a login fails although all looks "
            "right."
        ),
        steps=(
            Step(
                "Copy the value again from where it was made, or type it, and store it; the command asks "
                "for it. For a secret of your own account, put --user in place of --app codespaces, or use "
                "the page.",
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
            "The value begins with {problem}, as the address of a web page does. docker login takes that "
            "off, so a login can work all the same. GitHub does not say that Codespaces takes it off too, "
            "and a program that compares the secret with the host in an image's name finds no match. Only "
            "for Docker Hub do GitHub's instructions give such an address."
        ),
        steps=(STORE_SERVER, RESTART),
        severity="warning",
    ),
    Cause(
        id="server-has-path",
        family=FAMILY,
        title="{server_variable} holds more than a host name",
        explanation=(
            "A login is made to a whole registry, not to one image or folder in it. docker login leaves "
            "out what follows the host in {server}, so a login can work all the same. GitHub does not say "
            "that Codespaces leaves it out too, and a program that compares the secret with the host in an "
            "image's name finds no match."
        ),
        steps=(STORE_SERVER, RESTART),
        severity="warning",
    ),
    Cause(
        id="server-alias",
        family=FAMILY,
        title="Set {id} does not use the login host of {registry}",
        explanation=(
            "A registry may be known by several names and spellings, and {server} is not the one to log in "
            "with: that is {right_server}. Docker keeps a login under the name that it was given, and a "
            "pull looks for it under the name in the image. Where the two differ, a login can succeed and "
            "the pull still goes out without it; some of the other names lead to a web page and take no "
            "login at all."
        ),
        steps=(STORE_SERVER, RESTART),
        severity="warning",
    ),
    Cause(
        id="server-invalid",
        family=FAMILY,
        title="{server_variable} is not a host name",
        explanation=(
            "The server of a set is the host name of a registry, such as ghcr.io or "
            "registry.example.com:5000. What {server_variable} holds cannot be read as one, so there is no "
            "registry to ask, and nothing was sent. Most likely the value of another secret ended up here, "
            "or only the short name of the registry."
        ),
        steps=(
            Step(
                "Take the part before the first slash of your image's name: that is the host name of its "
                "registry."
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
            "Before the host stands a user name, perhaps with a password; those belong in {user_variable} "
            "and {password_variable}. Docker would keep the login under this longer name, where no pull "
            "looks for it. Server names are often shown openly in logs and messages, so a password that "
            "stood here may have been seen by others."
        ),
        steps=(
            STORE_SERVER,
            STORE_USER,
            Step(
                "If a password stood in the server, revoke it and make a new one. What the registry takes: "
                "{credential}.",
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
            "Most likely the value is the name of another account, or the one with which you sign in on a "
            "web page. Some registries take more than they write down, so the login has the last word."
        ),
        steps=(
            Step("Look up what the registry takes as user name.", url="{documentation}"),
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
            "like a user name. Most likely each was stored under the other's name. User names are often "
            "shown openly in logs and messages, so this password may have been seen by others."
        ),
        steps=(
            STORE_USER,
            Step(
                "Revoke the password that stood in the wrong place and make a new one. What the registry "
                "takes: {credential}.",
                url="{credential_page}",
            ),
            STORE_PASSWORD,
            RESTART,
        ),
    ),
    Cause(
        id="token-kind-unsupported",
        family=FAMILY,
        title="Not taken by {registry}: {kind}",
        explanation=(
            "A registry takes certain kinds of passwords and access tokens and no others, even while those "
            "are valid elsewhere. What {password_variable} holds is of another kind: either its form shows "
            "that, and then it was not sent, or the registry said so. The password of an account can be of "
            "the wrong kind, too, where the account has a second factor or single sign-on. What is needed "
            "here: {credential}."
        ),
        steps=(NEW_CREDENTIAL, TRY, STORE_PASSWORD, RESTART),
    ),
    Cause(
        id="registry-retired",
        family=FAMILY,
        title="Set {id} is for a registry that has been retired",
        explanation=(
            "Its vendor has closed, frozen or replaced the service at {server}. Images now belong in "
            "{replacement}. The old one may answer for a while longer, but images can be missing there, be "
            "out of date or disappear without notice. Whether the user name and the password are good "
            "matters only there."
        ),
        steps=(
            Step(
                "Read where your images are now, and how to move those that are not.", url="{documentation}"
            ),
            Step(
                "Change the image names in your dev container configuration to the new registry, which is "
                "{replacement}."
            ),
            ENTER_SERVER,
            RESTART,
        ),
        severity="warning",
    ),
    Cause(
        id="ecr-name-unusual",
        family=FAMILY,
        title="Set {id} is for AWS ECR and is not named ECR",
        explanation=(
            "For the AWS Elastic Container Registry, GitHub's documentation recommends the identifier ECR, "
            "as in ECR_CONTAINER_REGISTRY_SERVER, unless you have several such registries. Any other works "
            "just as well while the server is the address of that registry. So this is no fault, only "
            "something to know when you compare your secrets with the instructions."
        ),
        steps=(
            Step(
                "There is nothing to do. If you prefer the recommended names, read how they are made up.",
                url=(
                    "https://docs.github.com/codespaces/reference/"
                    "allowing-your-codespace-to-access-a-private-registry"
                ),
            ),
        ),
        severity="info",
    ),
)
