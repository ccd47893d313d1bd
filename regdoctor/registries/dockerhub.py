"""Docker Hub.

Facts: https://docs.docker.com/docker-hub/, https://docs.docker.com/security/access-tokens/,
https://docs.docker.com/docker-hub/usage/pulls/ (pull rate), docker/cli (cli/config/configfile,
internal/registry: the server that is the key of a login) and docker/hub-feedback#1392 and #2217 (lock-outs).
"""

from __future__ import annotations

from regdoctor.registries.judgement import Refusal, Trouble, Values, is_email, wrong_user
from regdoctor.registries.registry import Hiding, Registry

_EMAIL = "an e-mail address"


def _judge(values: Values) -> tuple[Trouble, ...]:
    # Docker's own prompt takes an address; logins went through with it, and pulls were refused.
    return (wrong_user(values, None, _EMAIL, severity="warning"),) if is_email(values.user) else ()


def _reread(refusal: Refusal, values: Values) -> tuple[Refusal, Trouble | None]:
    if refusal.cause == "bad-credentials" and is_email(values.user):
        also = ("bad-credentials", *refusal.also_possible)
        return refusal, wrong_user(values, None, _EMAIL, also_possible=also)
    if refusal.cause == "bad-credentials" and values.credential.kind.startswith("docker-"):
        return refusal.but(also_possible=(*refusal.also_possible, "token-expired", "token-revoked")), None
    if refusal.cause == "bad-credentials":
        # An account with two factors, or of an organisation that enforces sign-on, takes tokens only.
        return refusal.but(also_possible=(*refusal.also_possible, "token-kind-unsupported")), None
    return refusal, None


DOCKERHUB = Registry(
    id="dockerhub",
    name="Docker Hub",
    identifier="DOCKERHUB",
    server_form="https://index.docker.io/v1/",
    hosts=(r"(index\.)?docker\.io",),
    aliases=(
        r"registry-1\.docker\.io",
        r"(hub|www|app|login|auth|registry|registry\.hub|cloud|production\.cloudflare)\.docker\.(com|io)",
        r"docker\.com",
    ),
    right_server="https://index.docker.io/v1/",
    accepted_servers=("docker.io",),
    login_host="registry-1.docker.io",
    token_hosts=(r"auth\.docker\.io",),
    realms=(r"^https://auth\.docker\.io/", r"^registry\.docker\.io$"),
    takes=("docker-access-token", "docker-organization-token"),
    judge=_judge,
    reread=_reread,
    rate_repository="ratelimitpreview/test",
    locks="locks an account for a while after several failed logins",
    credential="personal access token with the permission Repo Read-only or more",
    credential_page="https://app.docker.com/settings/personal-access-tokens",
    hiding=Hiding(
        (401, 403, 404),
        "Docker Hub says the same of a repository that does not exist and of a private one that the login "
        "cannot read. Its page at hub.docker.com, opened by somebody signed in as that user, tells which it "
        "is. A name without an account, as in app:1.0, is looked for among Docker's own images.",
    ),
    documentation="https://docs.docker.com/security/access-tokens/",
)
