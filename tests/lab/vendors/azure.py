"""Owns the scripted Azure Container Registry."""

from __future__ import annotations

import re
import time
import uuid
from typing import Literal

from tests.lab import handlers
from tests.lab.certificates import Authority
from tests.lab.scripted import Answer
from tests.lab.vendors.desk import Desk
from tests.lab.vendors.vendor import ALPHANUMERIC, HEX, Vendor, json_web_token, made_up

ZERO_GUID = "00000000-0000-0000-0000-000000000000"
Pair = Literal["admin", "principal", "token", "refresh"]


def acr(
    authority: Authority,
    name: str = "acme",
    *,
    pair: Pair = "admin",
    admin_disabled: bool = False,
    sp_expired: bool = False,
    sp_expired_words: bool = False,
    unknown_application: bool = False,
    refresh_lifetime: int = 3 * 3600,
    firewall: bool | Literal["token"] = False,
) -> Vendor:
    """All four kinds of pairs are taken; `pair` is that of the set.

    `sp_expired` says what is said of any wrong secret, `sp_expired_words` passes Entra's own words on.
    `firewall` refuses everything, or with "token" the token service alone.
    """
    host = f"{name}.azurecr.io"
    # Azure/acr docs/AAD-OAuth.md: the claims of a refresh token
    claims = {
        "jti": str(uuid.uuid4()),
        "sub": "puller@example.com",
        "exp": int(time.time()) + refresh_lifetime,
        "iss": "Azure Container Registry",
        "aud": host,
        "version": "1.0",
        "rid": made_up(32, HEX),
        "grant_type": "refresh_token",
        "tenant": str(uuid.uuid4()),
    }
    pairs = {
        "admin": (name, _password()),
        "principal": (str(uuid.uuid4()), _secret()),
        "token": ("codespaces-pull", _password()),
        "refresh": (ZERO_GUID, json_web_token(claims)),
    }
    application = pairs["principal"][0]

    def judge(user: str, password: str) -> Answer | None:
        if firewall:
            return _FIREWALL
        right = (user, password) in pairs.values()
        if user == ZERO_GUID:
            return None if right and refresh_lifetime > 0 else _REQUIRED
        if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", user):
            return _of_principal(right)
        if (user == name and admin_disabled) or (user and user not in (name, "codespaces-pull")):
            # observed: microsoft/vscode-docker#3780; that this is when is assumed
            return _unauthorized("aad access token with sp failed client id must be guid")
        return None if right else _REQUIRED

    def _of_principal(right: bool) -> Answer | None:
        if right and unknown_application:
            # learn.microsoft.com container-registry-troubleshoot-login; MicrosoftDocs/azure-docs#75196
            return _unauthorized("Application not registered with AAD")
        if right and sp_expired_words:
            # Entra's own words, learn.microsoft.com "reference-error-codes"; assumed that they are passed on
            return _unauthorized(
                f"AADSTS7000222: The provided client secret keys for app '{application}' are expired. Visit"
                " the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret"
            )
        if not right or sp_expired:
            return _unauthorized("Invalid clientid or client secret.")  # observed: Azure/docker-login#46
        return None

    # Azure/acr docs/Token-BasicAuth.md: the flow, GET only for passwords, and the name of the token's key;
    # moby/buildkit util/resolver/authorizer.go knows the 400
    desk = Desk(
        f"https://{host}/oauth2/token",
        host,
        judge,
        anonymous="never",
        key="access_token",
        refuses_post=400,
        refresh_user=ZERO_GUID,
    )
    hosts = desk.hosts(host) if firewall in (False, "token") else {host: handlers.always(_FIREWALL)}
    wrong = {"principal": _secret(), "refresh": json_web_token(claims | {"jti": str(uuid.uuid4())})}
    return Vendor(authority, host, hosts, pairs, pair=pair, wrong=wrong.get(pair) or _password())


def _unauthorized(text: str) -> Answer:
    return handlers.error(401, "UNAUTHORIZED", text)


_REQUIRED = _unauthorized(
    "authentication required, visit https://aka.ms/acr/authorization for more information."
)
"""Observed: Azure/acr#841."""

_FIREWALL = handlers.error(
    403,
    "DENIED",
    "client with IP '203.0.113.5' is not allowed access. Refer https://aka.ms/acr/firewall to grant access.",
)
"""Observed: Azure/azure-cli#27253, Azure/acr#633; learn.microsoft.com "cannot-pull-image-from-acr-to-aks"."""


def _password() -> str:
    """Observed by secret scanners (TruffleHog's detector): 52 characters, of admin users and of tokens."""
    return made_up(42, ALPHANUMERIC + "/+") + "+ACR" + made_up(6)


def _secret() -> str:
    """As gitleaks knows a client secret: config/gitleaks.toml, azure-ad-client-secret."""
    return f"{made_up(3)}8Q~{made_up(34, ALPHANUMERIC + '._~-')}"
