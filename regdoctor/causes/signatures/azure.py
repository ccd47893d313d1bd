"""Words of Azure: Entra ID, the Azure Container Registry, and the command az acr."""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature

_ACR = ("acr",)
_LOGIN = "az account show tells whether az itself is logged in; az acr show, whether it may see the registry."

AZURE: tuple[Signature, ...] = (
    Signature("admin-user-disabled", "admin user is disabled"),
    Signature("admin-user-disabled", "azure container registries with admin enabled"),
    Signature(
        "admin-user-disabled",
        "unable to get admin user credentials",
        "",
        ("azure-token-error",),
        apart=_LOGIN,
        program="az acr",
    ),
    Signature("token-expired", "aadsts7000222"),
    Signature("token-expired", "client secret", r"client secret keys?.{0,120} expired"),
    Signature("token-expired", "aadsts", r"aadsts(700082|50173|70043|700084|70008)\b"),
    Signature(
        "bad-credentials",
        "aadsts7000215",
        also_possible=("token-expired",),
        apart="The portal lists the secrets of the application, and when each ends.",
    ),
    Signature("azure-token-error", "aadsts", r"aadsts\d{2,9}"),
    Signature(
        "azure-token-error",
        "application not registered with aad",
        "",
        ("bad-credentials",),
        apart="The user has to be the application's client id in the tenant that the registry belongs to.",
    ),
    Signature(
        "azure-token-error",
        "client id must be guid",
        "",
        ("admin-user-disabled", "bad-credentials"),
        apart="The registry took the user for an application: the name of the registry works only where its admin user is enabled, a token's name only where the token exists.",
    ),
    Signature(
        "bad-credentials",
        "invalid clientid or client secret",
        "",
        ("token-expired",),
        apart="A client secret ends after one year at most: the portal shows when.",
    ),
    Signature("dns-not-found", "connectivity_dns_error", program="az acr"),
    Signature("firewall-denied", "connectivity_forbidden_error", program="az acr"),
    Signature("tls-unknown-ca", "connectivity_ssl_error", sure=False, program="az acr"),
    Signature(
        "not-a-registry",
        "connectivity_challenge_error",
        "",
        ("firewall-denied",),
        apart="A registry that is closed to this network answers without a challenge as well.",
        program="az acr",
    ),
    Signature(
        "azure-token-error",
        "connectivity_",
        r"connectivity_(aad_login|refresh_token|access_token)_error",
        ("pull-denied", "firewall-denied"),
        apart=_LOGIN,
        program="az acr",
    ),
    Signature(
        "azure-token-error",
        "run 'az login'",
        r"please run 'az login'( to (setup|set up) (an )?account| again)?",
        program="az",
    ),
    Signature(
        "azure-token-error",
        "unable to authenticate using aad or admin login credentials",
        "",
        ("bad-credentials", "admin-user-disabled"),
        apart=_LOGIN,
        program="az acr",
    ),
    Signature(
        "azure-token-error",
        "unable to get aad authorization tokens",
        "",
        ("firewall-denied", "not-a-registry"),
        level="symptom",
        apart=_LOGIN,
        program="az acr",
    ),
    Signature(
        "dns-not-found",
        "could not connect to the registry login server",
        "",
        ("firewall-denied", "tcp-timeout", "proxy-error"),
        apart="nslookup tells whether the name has an address; where it has, the network is closed.",
        program="az acr",
    ),
    Signature(
        "azure-token-error",
        "microsoft.containerregistry",
        r"does not have authorization to perform action 'microsoft\.containerregistry/",
        ("pull-denied",),
        apart=_LOGIN,
        program="az",
    ),
    Signature(
        "repository-not-found",
        "microsoft.containerregistry/registries",
        r"microsoft\.containerregistry/registries' could not be found",
        ("azure-token-error",),
        apart="The registry lies in another subscription, or is misspelt: az account show names the subscription.",
        program="az acr",
    ),
    Signature(
        "firewall-denied",
        "public network access",
        r"public network access (is|has been) (disabled|not allowed|denied)|public access is (disabled|not permitted)",
        program="ACR",
    ),
    Signature(
        "bad-credentials",
        "aka.ms/acr/authorization",
        "",
        ("token-expired",),
        apart="A secret of an application or of a token has an end: the portal shows when it is.",
    ),
    Signature(
        "tag-not-found", "manifest tagged by", r"manifest tagged by \S{1,200} is not found", program="ACR"
    ),
    Signature(
        "quota-exceeded",
        "limit",
        r"(storage|size) (quota|limit) (of the registry )?(has been )?(reached|exceeded)",
        registries=_ACR,
        program="ACR",
    ),
    Signature(
        "no-credentials-sent",
        "failed to fetch anonymous token",
        r"failed to fetch anonymous token: .{0,600}\.azurecr\.",
        ("repository-not-found", "pull-denied"),
        apart="Nothing was sent: a cluster needs its identity attached to the registry (az aks check-acr), docker a login for this host.",
        program="containerd",
    ),
)
"""In the order of the table: the more telling first."""
