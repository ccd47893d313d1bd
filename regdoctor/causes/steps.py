"""Steps that several remedies share."""

from __future__ import annotations

from regdoctor.model import Step

SECRETS_PAGE = "https://github.com/settings/codespaces"
"""Where a user keeps the Codespaces secrets of the own account."""

OWN_ACCOUNT = (
    "For a secret of your own account use the page instead; a repository's are also at its Settings > "
    "Secrets and variables > Codespaces."
)
"""How a command that stores a secret is changed, or done without: a codespace's own token may be refused."""

RESTART = Step(
    "Restart this codespace, as it reads its secrets only when it starts: the command stops it, the page "
    "opens it again.",
    command='gh codespace stop --codespace "$CODESPACE_NAME"',
    url="https://github.com/codespaces",
)

LOG_IN_AGAIN = Step(
    "Restart this codespace, so that it logs in again: the command stops it, the page opens it again.",
    command='gh codespace stop --codespace "$CODESPACE_NAME"',
    url="https://github.com/codespaces",
)

NEW_MACHINE = Step(
    "Restart this codespace, so that it comes back on another machine: the command stops it, the page opens "
    "it again.",
    command='gh codespace stop --codespace "$CODESPACE_NAME"',
    url="https://github.com/codespaces",
)

AGAIN = Step("Check this set again.", command="regdoctor report {selection}")

REPORT = Step("Run regdoctor again.", command="regdoctor report")

FULL_REBUILD = Step(
    "Then rebuild the container in full, so that its image is pulled again. In VS Code, the command is "
    "Codespaces: Full Rebuild Container.",
    command='gh codespace rebuild --full --codespace "$CODESPACE_NAME"',
    url=(
        "https://docs.github.com/codespaces/developing-in-a-codespace/rebuilding-the-container-in-a-codespace"
    ),
)

LOGIN_OF_SET = Step(
    "Log in to docker with the values of the set. This does not work with an AWS access key, which docker "
    "itself does not take.",
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
    f"Store the right value as {{variable}}; the command asks for it. {OWN_ACCOUNT}",
    command="gh secret set {variable} --app codespaces",
    url=SECRETS_PAGE,
)

STORE_SERVER = Step(
    f"Store {{right_server}} as {{server_variable}}, and nothing else. {OWN_ACCOUNT}",
    command='gh secret set {server_variable} --app codespaces --body "{right_server}"',
    url=SECRETS_PAGE,
)

ENTER_SERVER = Step(
    f"Store the right host name as {{server_variable}}, with the port if it is not 443; the command asks "
    f"for it. {OWN_ACCOUNT}",
    command="gh secret set {server_variable} --app codespaces",
    url=SECRETS_PAGE,
)

STORE_USER = Step(
    f"Store the right user name as {{user_variable}}; the command asks for it. {OWN_ACCOUNT}",
    command="gh secret set {user_variable} --app codespaces",
    url=SECRETS_PAGE,
)

STORE_RIGHT_USER = Step(
    f"Store {{right_user}} as {{user_variable}}; the command asks for it. {OWN_ACCOUNT}",
    command="gh secret set {user_variable} --app codespaces",
    url=SECRETS_PAGE,
)

STORE_PASSWORD = Step(
    f"Store the new one as {{password_variable}}; the command asks for it. {OWN_ACCOUNT}",
    command="gh secret set {password_variable} --app codespaces",
    url=SECRETS_PAGE,
)

NEW_CREDENTIAL = Step("Create a new password or token. Needed: {credential}.", url="{credential_page}")

TRY = Step(
    "Try it before you store it. The command asks for the password and sends it only to the registry.",
    command='regdoctor try "{right_server}" --user "${user_variable}"',
)

TRY_KEY = Step(
    "Try the key before you store it: replace <KEY_ID> with its id. The command asks for the secret, which "
    "never leaves this machine: it only signs the request to AWS.",
    command="regdoctor try \"{right_server}\" --user '<KEY_ID>'",
)

STORE_KEY_ID = Step(
    f"Store the key's id as {{user_variable}}; the command asks for it. {OWN_ACCOUNT}",
    command="gh secret set {user_variable} --app codespaces",
    url=SECRETS_PAGE,
)

STORE_KEY_SECRET = Step(
    f"Store the key's secret as {{password_variable}}; the command asks for it. {OWN_ACCOUNT}",
    command="gh secret set {password_variable} --app codespaces",
    url=SECRETS_PAGE,
)

ELSEWHERE = Step(
    "Run this on your own computer. If the answer begins with HTTP, the host can be reached from there, and "
    "something on the way from this machine blocks it.",
    command="curl -sSI https://{address}/v2/",
)

PRIVATE_NETWORK = Step(
    "If the registry is in a private network (VPN), connect the codespace to it.",
    url="https://docs.github.com/codespaces/developing-in-a-codespace/connecting-to-a-private-network",
)

OWN_ENTRY = (
    Step(
        "If the image is public, remove this login: a refused login keeps docker even from public images.",
        command='docker logout "{right_server}"',
        url="https://docs.docker.com/reference/cli/docker/logout/",
    ),
    Step("If it is private, create a new password or token: {credential}.", url="{credential_page}"),
    Step(
        "Then log in with it; the command asks for the user name and the password.",
        command='docker login "{right_server}"',
        url="https://docs.docker.com/reference/cli/docker/login/",
    ),
    Step(
        "To have it in every new codespace, also store server, user and password as a set of three secrets.",
        url=SECRETS_PAGE,
    ),
    REPORT,
)
"""What mends a login that docker itself keeps, and no set does."""

OWN_TOKEN = (
    Step(
        "Restart this codespace, which gives it a new token: the command stops it, the page opens it again.",
        command='gh codespace stop --codespace "$CODESPACE_NAME"',
        url="https://github.com/codespaces",
    ),
    Step(
        "If that does not help, see whether GitHub reports an outage.",
        url="https://www.githubstatus.com",
    ),
    REPORT,
)
"""What mends a codespace's own token that is refused."""

NO_LOGIN_YET = (
    Step(
        "If the image is private, create a password or token that can read it: {credential}.",
        url="{credential_page}",
    ),
    Step(
        "Try it: replace <USER> with its user name. The command asks for the password and sends it only to "
        "the registry; if the login works, it prints the commands that store the three secrets.",
        command="regdoctor try \"{right_server}\" --user '<USER>'",
    ),
    RESTART,
    FULL_REBUILD,
    Step(
        "Or log in by hand, which lasts until the container is rebuilt; the command asks for the user name "
        "and the password.",
        command='docker login "{right_server}"',
        url="https://docs.docker.com/reference/cli/docker/login/",
    ),
    Step(
        "If the image is public, its name is wrong: compare it letter by letter with the one on the "
        "registry's own pages.",
        url="{documentation}",
    ),
)
"""What mends that there is no login for a registry, neither in a set nor in docker's configuration."""
