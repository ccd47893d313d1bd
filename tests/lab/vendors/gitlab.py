"""Owns the scripted GitLab, on GitLab.com and on a host of one's own."""

from __future__ import annotations

from typing import Literal

from tests.lab import handlers
from tests.lab.certificates import Authority
from tests.lab.scripted import Answer
from tests.lab.vendors.desk import Desk
from tests.lab.vendors.vendor import ALPHANUMERIC, Vendor, made_up

Pair = Literal["personal", "deploy", "password"]


def gitlab(
    authority: Authority,
    domain: str = "gitlab.com",
    *,
    pair: Pair = "personal",
    two_factor: bool = False,
    forbidden: bool = False,
) -> Vendor:
    """`two_factor` refuses the account's password, `forbidden` any token, as one without read_registry is."""
    host = f"registry.{domain}"
    # docs.gitlab.com security/tokens: the prefixes; the user of a deploy token is GitLab's own default
    pairs = {
        "personal": ("octopuller", _token("glpat-")),
        "deploy": ("gitlab+deploy-token-4711", _token("gldt-")),
        "password": ("octopuller", made_up(18)),
    }

    def judge(user: str, password: str) -> Answer | None:
        if two_factor and (user, password) == pairs["password"]:
            # observed: swarmpit/swarmpit#657
            return handlers.error(
                401,
                "UNAUTHORIZED",
                "HTTP Basic: Access denied. The provided password or token is incorrect or your account has"
                " 2FA enabled and you must use a personal access token instead of a password. See"
                f" https://{domain}/help/topics/git/troubleshooting_git"
                "#error-on-git-fetch-http-basic-access-denied",
            )
        if (user, password) not in pairs.values():
            # gitlabhq/gitlabhq app/controllers/jwt_controller.rb, render_access_denied
            return handlers.error(
                401,
                "UNAUTHORIZED",
                "HTTP Basic: Access denied. If a password was provided for Git authentication, the password"
                " was incorrect or you're required to use a token instead of a password. If a token was"
                f" provided, it was either incorrect, expired, or improperly scoped. See https://{domain}/help/user/profile"
                "/account/two_factor_authentication_troubleshooting.md"
                "#error-http-basic-access-denied-if-a-password-was-provided-for-git-authentication-",
            )
        if forbidden:
            # gitlabhq/gitlabhq app/services/auth/container_registry_authentication_service.rb
            return handlers.error(403, "DENIED", "access forbidden")
        return None

    # containerd/nerdctl#3378 (the realm), docs.gitlab.com (JWTs)
    desk = Desk(f"https://{domain}/jwt/auth", "container_registry", judge, anonymous="with a scope")
    wrong = {"personal": _token("glpat-"), "deploy": _token("gldt-"), "password": made_up(18)}[pair]
    return Vendor(authority, host, desk.hosts(host), pairs, pair=pair, wrong=wrong)


def gitlab_self_managed(authority: Authority) -> Vendor:
    """A GitLab of one's own."""
    return gitlab(authority, "gitlab.example.com")


def _token(prefix: str) -> str:
    return prefix + made_up(20, ALPHANUMERIC + "_-")
