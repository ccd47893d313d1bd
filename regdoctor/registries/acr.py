"""Azure Container Registry, in all clouds.

Facts: https://learn.microsoft.com/azure/container-registry/container-registry-authentication,
https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md (the tokens and their claims) and
https://learn.microsoft.com/azure/container-registry/container-registry-troubleshoot-login-authn-authz.
"""

from __future__ import annotations

import re

from regdoctor.registries.credentials import claims_of
from regdoctor.registries.judgement import (
    Refusal,
    Trouble,
    Values,
    is_email,
    is_guid,
    wrong_kind,
    wrong_user,
)
from regdoctor.registries.registry import Hiding, Registry

IDENTITY_USER = "00000000-0000-0000-0000-000000000000"
"""The user name that goes with an identity token."""


def _judge(values: Values) -> tuple[Trouble, ...]:
    if values.credential.kind == "acr-identity-token":
        audience = claims_of(values.password).get("aud")
        # A replica in a region is the same registry.
        registry = re.sub(r"\.[a-z0-9]+\.geo\.", ".", values.host)
        if isinstance(audience, str) and audience.lower() not in (values.host, registry):
            evidence = (f"the token itself says that it is for {audience}",)
            return (Trouble("azure-token-error", evidence=evidence),)
        return ()
    if values.user == IDENTITY_USER:
        return (wrong_user(values, None, "the user name for an identity token, but the password is not one"),)
    if is_email(values.user):
        return (wrong_user(values, None, "an e-mail address", severity="warning"),)
    return ()


def _reread(refusal: Refusal, values: Values) -> tuple[Refusal, Trouble | None]:
    is_admin = values.user.lower() == re.split(r"[-.]", values.host, maxsplit=1)[0]
    if refusal.cause == "azure-token-error" and "guid" in refusal.words.lower() and is_admin:
        # The registry does not know its own name as a user: its admin user is switched off.
        evidence = (f"the user {values.user} is the registry's own name, which only its admin user has",)
        return refusal, Trouble(
            "admin-user-disabled",
            part="user",
            mend=None,
            evidence=evidence,
            also_possible=("azure-token-error",),
        )
    if refusal.cause != "bad-credentials":
        return refusal, None
    if is_guid(values.password):
        # What the portal shows beside a client secret is its id; the secret itself is shown once.
        evidence = ("the password has the form of an id, as the portal shows it beside a client secret",)
        trouble = wrong_kind("the id of a client secret").but(
            evidence=evidence, also_possible=("bad-credentials", "token-expired")
        )
        return refusal, trouble
    if is_guid(values.user) and values.credential.kind == "azure-client-secret":
        # Whole and of the right form, so not mistyped. Unless told otherwise, a secret ends after a year.
        if "invalid client" in refusal.words.lower():
            evidence = ("the client secret has the right form and is refused",)
            return refusal, Trouble(
                "token-expired", evidence=evidence, also_possible=("bad-credentials", "token-revoked")
            )
        return refusal.but(also_possible=(*refusal.also_possible, "token-expired")), None
    if is_admin:
        return refusal.but(also_possible=(*refusal.also_possible, "admin-user-disabled")), None
    return refusal, None


ACR = Registry(
    id="acr",
    name="Azure Container Registry",
    identifier="ACR",
    server_form="<registry>.azurecr.io",
    hosts=(r"[a-z0-9-]+(\.[a-z0-9]+\.geo)?\.azurecr\.(io|cn|us)",),
    aliases=(r"[a-z0-9-]+\.[a-z0-9]+\.data\.azurecr\.(io|cn|us)",),
    right_host=lambda host: re.sub(r"\.[a-z0-9]+\.data\.", ".", host),
    own_realm_only=True,
    realms=(r"^https://[a-z0-9.-]+\.azurecr\.(io|cn|us)/", r"\.azurecr\.(io|cn|us)$"),
    takes=("acr-identity-token", "acr-password", "azure-client-secret"),
    users=(("acr-identity-token", IDENTITY_USER),),
    judge=_judge,
    reread=_reread,
    credential="password of the admin user (Settings > Access keys), of a token, or of a service principal",
    credential_page="https://portal.azure.com/#browse/Microsoft.ContainerRegistry%2Fregistries",
    hiding=Hiding(
        (401, 403),
        "Azure says the same of a repository that does not exist and of one for which the credential has no "
        "role, or which its scope map leaves out. The list under Repositories in the portal, or az acr "
        "repository list, tells which it is.",
    ),
    documentation="https://learn.microsoft.com/azure/container-registry/container-registry-authentication",
)
