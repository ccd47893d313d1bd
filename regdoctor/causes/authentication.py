"""Causes in the login itself."""

from __future__ import annotations

from regdoctor.causes.cause import Cause
from regdoctor.causes.steps import (
    AGAIN,
    LOG_IN_AGAIN,
    NEW_CREDENTIAL,
    OWN_ACCOUNT,
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
    "If such tokens last only minutes or hours, choose another kind: a secret has to last longer.",
    url="{documentation}",
)

CAUSES: tuple[Cause, ...] = (
    Cause(
        id="bad-credentials",
        family=FAMILY,
        title="User name or password refused by {registry}",
        explanation=(
            "The registry answered and refused the login; registries seldom say whether the user name or the "
            "password is wrong. Most likely the password was mistyped, replaced or has expired, or it "
            "belongs to another user or another registry."
        ),
        steps=(
            Step(
                "Check that {user_variable} is the user name that goes with this password, spelt as the "
                "registry spells it.",
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
            "{password_variable} holds a token, which is a password for programs that is valid for a limited "
            "time. It expired {when}, so the registry no longer takes it. It cannot be extended now; you "
            "need a new one."
        ),
        steps=(NEW_CREDENTIAL, _LASTING, TRY, STORE_PASSWORD, RESTART),
    ),
    Cause(
        id="token-revoked",
        family=FAMILY,
        title="The token of {holder} has been revoked",
        explanation=(
            "{password_variable} holds a token, which is a password for programs, and it was revoked before "
            "its time. Its owner or an administrator can do that; it also happens when the owner's account "
            "is removed, and some vendors do it themselves when a token turns up in a public place."
        ),
        steps=(
            Step(
                "Find out why it was revoked, so that the next one is not revoked too.",
            ),
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
            "The registry knows this token, but the token lacks a permission (scope) that this request "
            "needs. Permissions are chosen when a token is created; most likely the one to read images is "
            "missing, which GitHub calls read:packages. Scopes that this token is known to have: {scopes}."
        ),
        steps=(
            Step(
                "Add the permission to the token, or create a new token if it cannot be changed. Needed: "
                "{credential}.",
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
            "The organisation that owns the images uses single sign-on (SSO): there a token counts only "
            "after its owner has authorised it for that organisation. This token has not been; otherwise it "
            "may be good."
        ),
        steps=(
            Step(
                "On the page of your tokens, click Configure SSO next to this one, then Authorize next to "
                "the organisation. The token itself stays the same.",
                url="{credential_page}",
            ),
            Step(
                "If Configure SSO is missing, sign in to the organisation once through its SSO first.",
                url=_SSO,
            ),
            AGAIN,
            LOG_IN_AGAIN,
        ),
    ),
    Cause(
        id="account-locked",
        family=FAMILY,
        title="The account of {holder} is locked or not active",
        explanation=(
            "The registry refuses the account itself, whatever the password. Most likely there were too many "
            "failed logins in a short time. Otherwise its e-mail address was never confirmed, a bill is "
            "unpaid, or an administrator disabled the account of the person, robot or service; the "
            "registry's own words may say which."
        ),
        steps=(
            Step(
                "Do not try to log in for 15 minutes, and stop programs that keep trying: every failure can "
                "prolong the lock.",
            ),
            Step(
                "Sign in to the vendor's web site as that user, and follow what it asks.",
                url="{documentation}",
            ),
            AGAIN,
            Step(
                "If the password was the reason, create a new one: {credential}.",
                url="{credential_page}",
            ),
            STORE_PASSWORD,
            RESTART,
        ),
    ),
    Cause(
        id="firewall-denied",
        family=FAMILY,
        title="This network address is not allowed by {registry}",
        explanation=(
            "The registry allows only certain network addresses, and the one of this machine is not on its "
            "list. A codespace has no fixed address: it can change at every start. Whether the user name and "
            "the password are good is not known."
        ),
        steps=(
            Step(
                "Ask whoever manages the registry's network rules how codespaces can be let in.",
                url="{documentation}",
            ),
            Step(
                "If the registry allows a private network (VPN), connect the codespace to it.",
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
            "The registry let regdoctor in without asking for a login, so no password was sent. docker says "
            "Login Succeeded in such a case, which proves nothing either. Only the pull of a private image "
            "shows whether the password is right."
        ),
        steps=(
            Step(
                "Log in and pull a private image from this registry: replace <IMAGE> with its name. docker "
                "asks for the user name and the password.",
                command="docker login \"{right_server}\" && docker pull '<IMAGE>'",
            ),
            Step(
                "Find out whether the registry is meant to let everyone in.",
                url="{documentation}",
            ),
        ),
        severity="warning",
    ),
    Cause(
        id="credential-expires-soon",
        family=FAMILY,
        title="The token of {holder} expires {when}",
        explanation=(
            "{password_variable} holds a token, which is a password for programs that is valid for a limited "
            "time. This one expires {when}. After that the login and pulls fail, and new codespaces may not "
            "start properly, even if all works today."
        ),
        steps=(NEW_CREDENTIAL, _LASTING, TRY, STORE_PASSWORD, RESTART),
        severity="warning",
    ),
    Cause(
        id="no-credentials-sent",
        family=FAMILY,
        title="No login was sent to {registry}",
        explanation=(
            "The program that asked for the image had no login for exactly this host, so it asked without "
            "one and was turned away. Most likely nobody has logged in yet, or the login was made under "
            "another host name. Logins are also kept separately for each user of a machine: with sudo, "
            "docker does not find yours."
        ),
        steps=(
            Step(
                "See whether the secrets for this registry exist and work.",
                command="regdoctor report",
            ),
            Step(
                "List the hosts for which docker has a login; this shows no passwords.",
                command="jq -r '.auths | keys[]' ~/.docker/config.json",
            ),
            Step(
                "If this host is not listed although the secrets work, log in by hand; the command asks for "
                "the user name and the password.",
                command='docker login "{right_server}"',
                url="https://docs.docker.com/reference/cli/docker/login/",
            ),
            RESTART,
        ),
    ),
    Cause(
        id="wrong-server-name",
        family=FAMILY,
        title="The login is stored under another name than the pull uses",
        explanation=(
            "The pull was sent without the login, because docker has it under another name. Docker stores a "
            "login under the host name that it was made with, and a pull looks for it under the host name at "
            "the beginning of the image's name. Another port, region or alias of the same registry is enough "
            "of a difference."
        ),
        steps=(
            Step(
                "Compare {server_variable} with the part of the image's name before its first slash: they "
                "must be the same. For Docker Hub, whose images need no host, the server is "
                "https://index.docker.io/v1/.",
            ),
            Step(
                "If they differ, store the host name from the image's name; the command asks for it. "
                f"{OWN_ACCOUNT}",
                command="gh secret set {server_variable} --app codespaces",
                url=SECRETS_PAGE,
            ),
            RESTART,
        ),
    ),
)
