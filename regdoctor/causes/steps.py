"""Steps that several remedies share."""

from __future__ import annotations

from regdoctor.model import Step

SECRETS_PAGE = "https://github.com/settings/codespaces"
"""Where a user keeps the Codespaces secrets of the own account."""

_OWN_ACCOUNT = "For a secret of your own account, put --user in place of --app codespaces, or use the page."

RESTART = Step(
    "Stop this codespace and start it again: it reads its secrets only when it starts.",
    command='gh codespace stop --codespace "$CODESPACE_NAME"',
    url="https://github.com/codespaces",
)

NEW_MACHINE = Step(
    "Stop this codespace and start it again: it comes back on another machine.",
    command='gh codespace stop --codespace "$CODESPACE_NAME"',
    url="https://github.com/codespaces",
)

AGAIN = Step("Run the diagnosis of this set once more.", command="regdoctor report {selection}")

REPORT = Step("Run the diagnosis once more.", command="regdoctor report")

FULL_REBUILD = Step(
    "Then rebuild the container in full, so that its image is pulled anew.",
    command='gh codespace rebuild --full --codespace "$CODESPACE_NAME"',
    url=(
        "https://docs.github.com/codespaces/developing-in-a-codespace/rebuilding-the-container-in-a-codespace"
    ),
)

LOGIN_OF_SET = Step(
    "Log in to docker with the values of the set, unless they are an AWS access key, which docker itself "
    "does not take.",
    command=(
        'printenv {password_variable} | docker login "{right_server}" --user "${user_variable}" '
        "--password-stdin"
    ),
    url="https://docs.docker.com/reference/cli/docker/login/",
)

STORED_LOGINS = Step(
    "List the hosts for which docker has a login; this shows no passwords.",
    command="jq -r '.auths | keys[]' {file}",
)

STORE_VALUE = Step(
    f"Store the right value as {{variable}}; the command asks for it. {_OWN_ACCOUNT}",
    command="gh secret set {variable} --app codespaces",
    url=SECRETS_PAGE,
)

STORE_SERVER = Step(
    f"Store {{right_server}} as {{server_variable}}, and nothing else. {_OWN_ACCOUNT}",
    command='gh secret set {server_variable} --app codespaces --body "{right_server}"',
    url=SECRETS_PAGE,
)

ENTER_SERVER = Step(
    f"Store the right host name, with the port if it is not 443, as {{server_variable}}; the command asks "
    f"for it. {_OWN_ACCOUNT}",
    command="gh secret set {server_variable} --app codespaces",
    url=SECRETS_PAGE,
)

STORE_USER = Step(
    f"Store the right user name as {{user_variable}}; the command asks for it. {_OWN_ACCOUNT}",
    command="gh secret set {user_variable} --app codespaces",
    url=SECRETS_PAGE,
)

STORE_RIGHT_USER = Step(
    f"Store {{right_user}} as {{user_variable}}; the command asks for it. {_OWN_ACCOUNT}",
    command="gh secret set {user_variable} --app codespaces",
    url=SECRETS_PAGE,
)

STORE_PASSWORD = Step(
    f"Store the new one as {{password_variable}}; the command asks for it. {_OWN_ACCOUNT}",
    command="gh secret set {password_variable} --app codespaces",
    url=SECRETS_PAGE,
)

NEW_CREDENTIAL = Step(
    "Make a new password or token. What the registry takes: {credential}.", url="{credential_page}"
)

TRY = Step(
    "Try it before you store it. The command asks for the password and sends it to the registry alone.",
    command='regdoctor try "{right_server}" --user "${user_variable}"',
)

TRY_KEY = Step(
    "Try the key before you store it, with its id in place of <KEY_ID>. The command asks for the secret, "
    "which stays on this machine: it only signs the request to AWS.",
    command="regdoctor try \"{right_server}\" --user '<KEY_ID>'",
)

STORE_KEY_ID = Step(
    f"Store the key's id as {{user_variable}}; the command asks for it. {_OWN_ACCOUNT}",
    command="gh secret set {user_variable} --app codespaces",
    url=SECRETS_PAGE,
)

STORE_KEY_SECRET = Step(
    f"Store the key's secret as {{password_variable}}; the command asks for it. {_OWN_ACCOUNT}",
    command="gh secret set {password_variable} --app codespaces",
    url=SECRETS_PAGE,
)

ELSEWHERE = Step(
    "Ask the same host from your own computer. An answer that begins with HTTP means that it can be "
    "reached from there, so that something between this machine and the host is in the way.",
    command="curl -sSI https://{address}/v2/",
)

PRIVATE_NETWORK = Step(
    "If the registry belongs to a private network, connect the codespace to that network.",
    url="https://docs.github.com/codespaces/developing-in-a-codespace/connecting-to-a-private-network",
)

OWN_ENTRY = (
    Step(
        "If the image is open to everybody, have docker forget this login: with a login that is refused, it "
        "does not even get what is public.",
        command='docker logout "{right_server}"',
        url="https://docs.docker.com/reference/cli/docker/logout/",
    ),
    Step("If it is private, make a new password or token: {credential}.", url="{credential_page}"),
    Step(
        "Log in with it; the command asks for the user and the password.",
        command='docker login "{right_server}"',
        url="https://docs.docker.com/reference/cli/docker/login/",
    ),
    Step(
        "So that every new codespace has it, store host, user and password as a set of three secrets, too.",
        url=SECRETS_PAGE,
    ),
    REPORT,
)
"""What mends a login that docker itself keeps, and no set does."""
