"""Causes in the login itself."""

from __future__ import annotations

from regdoctor.causes.cause import Cause
from regdoctor.causes.steps import (
    AGAIN,
    NEW_CREDENTIAL,
    PRIVATE_NETWORK,
    RESTART,
    SECRETS_PAGE,
    STORE_PASSWORD,
    TRY,
)
from regdoctor.model import Step

FAMILY = "Authentication"

_SSO = (
    "https://docs.github.com/enterprise-cloud@latest/authentication/authenticating-with-saml-single-sign-on/"
    "authorizing-a-personal-access-token-for-use-with-saml-single-sign-on"
)

_LASTING = Step(
    "If tokens of this kind last for minutes or hours only, choose another kind: a secret is kept for much "
    "longer.",
    url="{documentation}",
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        id="bad-credentials",
        family=FAMILY,
        title="User name or password refused by {registry}",
        explanation=(
            "The registry was reached, and it refused the login. Registries seldom say whether the user "
            "name or the password is wrong. Most likely the password was mistyped, has been replaced or "
            "has expired, or it belongs to another user or another registry."
        ),
        steps=(
            Step(
                "Check that {user_variable} is the user to whom the password belongs, in the registry's "
                "spelling.",
                url="{documentation}",
            ),
            NEW_CREDENTIAL,
            TRY,
            STORE_PASSWORD,
            RESTART,
        ),
    ),
    Cause(
        id="token-expired",
        family=FAMILY,
        title="The token of {holder} has expired",
        explanation=(
            "{password_variable} holds a token, a password that is made for programs and is good for a "
            "certain time. It expired {when}, so the registry no longer takes it. A token cannot be "
            "prolonged afterwards; a new one takes its place."
        ),
        steps=(NEW_CREDENTIAL, _LASTING, TRY, STORE_PASSWORD, RESTART),
    ),
    Cause(
        id="token-revoked",
        family=FAMILY,
        title="The token of {holder} has been revoked",
        explanation=(
            "{password_variable} holds a token, a password that is made for programs, and it was withdrawn "
            "before its time. Its owner or an administrator can do that, it happens when the owner's "
            "account is removed, and some vendors do it by themselves when they find a token in a public "
            "place."
        ),
        steps=(
            Step("Find out why it was withdrawn, so that the next one is not withdrawn as well."),
            NEW_CREDENTIAL,
            TRY,
            STORE_PASSWORD,
            RESTART,
        ),
    ),
    Cause(
        id="missing-scope",
        family=FAMILY,
        title="The token of {holder} lacks a permission",
        explanation=(
            "What a token may do is chosen when it is made; such permissions are also called scopes. The "
            "registry knows this token, and among its permissions one is missing that this request needs. "
            "Most likely it is the one to read images, which GitHub calls read:packages. Scopes that this "
            "token is known to have: {scopes}."
        ),
        steps=(
            Step(
                "Give the token that permission, or make a new one where a token cannot be changed. What "
                "the registry takes: {credential}.",
                url="{credential_page}",
            ),
            TRY,
            STORE_PASSWORD,
            RESTART,
        ),
    ),
    Cause(
        id="sso-not-authorized",
        family=FAMILY,
        title="The token of {holder} is not authorised for single sign-on",
        explanation=(
            "The organisation that owns the images has its members sign in through a service of its own, "
            "which is called single sign-on (SSO). There a token counts only once its owner has authorised "
            "it for that organisation. This one may be good otherwise."
        ),
        steps=(
            Step(
                "On the page that lists your tokens, choose Configure SSO beside this one, and Authorize "
                "beside the organisation. The token itself stays the same.",
                url="{credential_page}",
            ),
            Step("If that choice is missing, read what has to come first.", url=_SSO),
            AGAIN,
            RESTART,
        ),
    ),
    Cause(
        id="account-locked",
        family=FAMILY,
        title="The account of {holder} is locked or not active",
        explanation=(
            "The registry turns down the account itself, whatever the password. Most likely there were too "
            "many failed logins in a short time. Other reasons are an e-mail address that was not "
            "confirmed, an unpaid bill, or an administrator who disabled the account, be it that of a "
            "person, a robot or a service; the registry's own words, shown with this finding, may tell."
        ),
        steps=(
            Step(
                "Do not try to log in for a quarter of an hour: every further failure can prolong the "
                "lock. Stop programs that keep trying, too."
            ),
            Step(
                "Sign in to the vendor's web page as that user and follow what it asks.",
                url="{documentation}",
            ),
            AGAIN,
            Step("If the password was the reason, make a new one: {credential}.", url="{credential_page}"),
            STORE_PASSWORD,
            RESTART,
        ),
    ),
    Cause(
        id="firewall-denied",
        family=FAMILY,
        title="This network address is not admitted by {registry}",
        explanation=(
            "The registry admits certain network addresses only, and the one from which this machine comes "
            "is not on its list. A codespace has no fixed address: it can have another after every start. "
            "Whether the user name and the password are good was not decided."
        ),
        steps=(
            Step(
                "Ask whoever looks after the registry's network rules how codespaces can be admitted.",
                url="{documentation}",
            ),
            Step(
                PRIVATE_NETWORK.text.replace("belongs to a private network", "admits a private network"),
                url=PRIVATE_NETWORK.url,
            ),
            AGAIN,
        ),
    ),
    Cause(
        id="credential-not-tested",
        family=FAMILY,
        title="The password of {holder} could not be tested",
        explanation=(
            "The registry let regdoctor in without asking for a user name and a password, so none was "
            "sent. docker says Login Succeeded in such a case, which proves nothing either. Whether the "
            "password is right shows only when a private image is pulled."
        ),
        steps=(
            Step(
                "Log in and pull a private image of this registry: put its name in place of <IMAGE>. docker "
                "asks for the user and the password.",
                command="docker login \"{right_server}\" && docker pull '<IMAGE>'",
            ),
            Step("See whether the registry is meant to let everyone in.", url="{documentation}"),
        ),
        severity="warning",
    ),
    Cause(
        id="credential-expires-soon",
        family=FAMILY,
        title="The token of {holder} expires {when}",
        explanation=(
            "{password_variable} holds a token, a password that is made for programs and is good for a "
            "certain time. This one expires {when}. From then on the login and pulls fail, and new "
            "codespaces may not start as they should, even if all works today."
        ),
        steps=(NEW_CREDENTIAL, _LASTING, TRY, STORE_PASSWORD, RESTART),
        severity="warning",
    ),
    Cause(
        id="no-credentials-sent",
        family=FAMILY,
        title="No user name and password were sent to {registry}",
        explanation=(
            "The program that asked for the image had no login for exactly this host, so it asked as an "
            "unknown visitor and was turned away. Most likely there was no login, or it was made under "
            "another host name. Logins are also kept for each user of a machine, so that sudo does not "
            "find those of others."
        ),
        steps=(
            Step("See whether the secrets for this registry are there and work.", command="regdoctor report"),
            Step(
                "List the hosts for which docker has a login; this shows no passwords.",
                command="jq -r '.auths | keys[]' ~/.docker/config.json",
            ),
            Step(
                "If this one is missing although the secrets are there, log in by hand; the command asks "
                "for the user and the password.",
                command='docker login "{right_server}"',
                url="https://docs.docker.com/reference/cli/docker/login/",
            ),
            RESTART,
        ),
    ),
    Cause(
        id="wrong-server-name",
        family=FAMILY,
        title="The login is kept under another name than the pull uses",
        explanation=(
            "Docker keeps a login under the host name that it was made with, and a pull looks for it under "
            "the host name with which the image's name begins. Here the two differ, so that the pull went "
            "out without the login. A port, a region or another name of the same registry is difference "
            "enough."
        ),
        steps=(
            Step(
                "Compare {server_variable} with the part before the first slash of the image's name: the "
                "two have to be the same. For Docker Hub, whose images need no host, the server is "
                "https://index.docker.io/v1/.",
            ),
            Step(
                "Store the name that the image uses; the command asks for it. For a secret of your own "
                "account, put --user in place of --app codespaces, or use the page.",
                command="gh secret set {server_variable} --app codespaces",
                url=SECRETS_PAGE,
            ),
            RESTART,
        ),
    ),
)
