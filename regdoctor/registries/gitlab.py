"""GitLab Container Registry, on GitLab.com and self-managed."""

from __future__ import annotations

from regdoctor.registries.registry import Registry

GITLAB = Registry(
    id="gitlab",
    name="GitLab Container Registry",
    identifier="GITLAB",
    hosts=(r"registry\.gitlab\.com", r"registry\.git(lab)?\.[a-z0-9.-]+", r"gitlab\.(?!com$)[a-z0-9.-]+"),
    aliases=(r"(www\.)?gitlab\.com",),
    right_server="registry.gitlab.com",
    token_hosts=(r"gitlab\.com",),
    realms=(r"/jwt/auth$", r"^container_registry$"),
    credential="access token or deploy token with the scope read_registry",
    credential_page="https://gitlab.com/-/user_settings/personal_access_tokens",
    documentation=(
        "https://docs.gitlab.com/user/packages/container_registry/authenticate_with_container_registry/"
    ),
)
