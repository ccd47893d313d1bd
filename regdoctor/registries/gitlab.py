"""GitLab Container Registry, on GitLab.com and self-managed.

Facts: https://docs.gitlab.com/user/packages/container_registry/authenticate_with_container_registry/,
https://docs.gitlab.com/security/tokens/ (the prefixes, and what each kind is for) and
https://docs.gitlab.com/rate_limits/abuse_bans/ (after 30 failed logins in 3 minutes, if switched on).
"""

from __future__ import annotations

from regdoctor.registries.judgement import Refusal, Trouble, Values
from regdoctor.registries.registry import Hiding, Registry

_TOKENS = ("gitlab-access-token", "gitlab-deploy-token", "gitlab-job-token")


def _reread(refusal: Refusal, values: Values) -> tuple[Refusal, Trouble | None]:
    if refusal.cause == "token-kind-unsupported" and values.credential.kind in _TOKENS:
        # The same words are said of a wrong password and of a wrong token; this one is a token already.
        return refusal.but(cause="bad-credentials", also_possible=("token-expired", "missing-scope")), None
    return refusal, None


GITLAB = Registry(
    id="gitlab",
    name="GitLab Container Registry",
    identifier="GITLAB",
    server_form="registry.gitlab.com",
    hosts=(r"registry\.gitlab\.com", r"registry\.git(lab)?\.[a-z0-9.-]+", r"gitlab\.(?!com$)[a-z0-9.-]+"),
    aliases=(r"(www\.)?gitlab\.com",),
    right_server="registry.gitlab.com",
    token_hosts=(r"gitlab\.com",),
    realms=(r"/jwt/auth$", r"^container_registry$"),
    takes=(*_TOKENS, "jwt"),
    lifetimes=(("gitlab-job-token", "with the job that it was made for"),),
    reread=_reread,
    locks="can be set to ban an address for an hour after many failed logins",
    credential="access token or deploy token with the scope read_registry",
    credential_page="https://{site}/-/user_settings/personal_access_tokens",
    site=lambda host: "gitlab.com" if f".{host}".endswith(".gitlab.com") else None,
    hiding=Hiding(
        (401, 403, 404),
        "GitLab says the same of a project that does not exist and of a private one that the token cannot "
        "read. The project's page Deploy > Container registry, opened by somebody who can read it, tells "
        "which it is.",
    ),
    documentation=(
        "https://docs.gitlab.com/user/packages/container_registry/authenticate_with_container_registry/"
    ),
)
