"""Words of Google: its Container Registry, its Artifact Registry, and gcloud."""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature
from regdoctor.causes.signatures.wording import GOOGLE

_WHO = (
    "gcloud auth list names the account that is used, and docker's config.json whether this host has a login "
    "or a helper: if neither does, nothing was sent."
)

GOOGLE_CLOUD: tuple[Signature, ...] = (
    Signature("gcp-bad-json-key", "unable to parse json key"),
    Signature(
        "gcp-bad-json-key",
        "service account",
        r"(failed to parse|could not read|invalid|unable to parse|cannot parse) (the )?service account (key )?(json|file|credentials)",
        program="google-github-actions",
    ),
    Signature(
        "gcp-bad-json-key",
        "gcloud.auth.activate-service-account",
        r"gcloud\.auth\.activate-service-account\) (could not read json file|.{0,80}(is not in a valid|not a valid|could not (load|parse|read)))",
        program="gcloud",
    ),
    Signature("gcp-bad-json-key", "the .json key file is not in a valid format", program="gcloud"),
    Signature(
        "gcp-bad-json-key", "service account info was not in the expected format", program="google-auth"
    ),
    Signature("gcp-bad-json-key", "could not deserialize key data", sure=False, program="google-auth"),
    Signature(
        "registry-retired",
        "container registry is deprecated and shutting down",
        vendor="gcr",
        program="gcr.io",
    ),
    Signature(
        "invalid-reference",
        "missing image name. pushes should be of the form",
        vendor="gar",
        program="Artifact Registry",
    ),
    Signature(
        "bad-credentials",
        "authentication failed",
        r"unauthorized: authentication failed",
        ("gcp-bad-json-key", "user-wrong-form", "gcp-not-configured"),
        GOOGLE,
        apart="A login was sent that is none of Google's: a key goes with the user _json_key or _json_key_base64, an access token with oauth2accesstoken.",
        program="Artifact Registry",
    ),
    Signature("registry-retired", "412 precondition failed", registries=("gcr",)),
    Signature(
        "account-locked", "disabled", r"service account.{0,200}(is|has been|was) disabled", registries=GOOGLE
    ),
    Signature(
        "account-locked",
        "billing",
        r"billing account.{0,80}(disabled|delinquent|closed|absent)|billing (is|has been|must be) (disabled|enabled)",
        registries=GOOGLE,
    ),
    Signature("gcp-api-disabled", "has not been used in project"),
    Signature(
        "gcp-api-disabled",
        "google container registry api",
        r"enable (or contact project owners to enable )?(the )?google container registry api",
        ("registry-retired",),
        apart="Container Registry itself is shut down: the API to enable is that of Artifact Registry.",
    ),
    Signature("gcp-api-disabled", "service_disabled", registries=GOOGLE),
    Signature("gcp-api-disabled", "is disabled", r"\bapi\b.{0,120} is disabled", registries=GOOGLE),
    Signature(
        "firewall-denied", "request is prohibited by organization's policy", program="VPC Service Controls"
    ),
    Signature(
        "gcp-not-configured",
        "unauthenticated request",
        registries=GOOGLE,
        also_possible=("no-credentials-sent",),
        apart=_WHO,
    ),
    Signature(
        "token-expired",
        "token has been expired or revoked",
        "",
        ("token-revoked", "gcp-not-configured"),
        apart="gcloud auth login makes a new one; the account's own page shows what was revoked.",
        program="Google",
    ),
    Signature(
        "gcp-not-configured", "application default credentials are not available", program="google-auth, Java"
    ),
    Signature("gcp-not-configured", "could not find default credentials", program="google-auth"),
    Signature("gcp-not-configured", "default credentials were not found", program="google-auth"),
    Signature("gcp-not-configured", "do not currently have an active account selected", program="gcloud"),
    Signature(
        "gcp-not-configured",
        "must specify exactly one of",
        r'must specify exactly one of "workload_identity_provider"',
        program="google-github-actions",
    ),
    Signature(
        "gcp-not-configured",
        "github actions did not inject",
        r"did not inject \$actions_id_token_request_token",
        program="google-github-actions",
    ),
    Signature(
        "gcp-permission-denied",
        "rejected by the attribute condition",
        program="google-github-actions",
    ),
    Signature(
        "gcp-not-configured",
        "missing required authentication credential",
        sure=False,
    ),
    Signature(
        "gcp-permission-denied",
        "the caller does not have permission",
        sure=False,
        registries=GOOGLE,
    ),
    Signature(
        "token-expired",
        "reauthentication",
        r"reauthentication (failed|required|is needed)",
        sure=False,
        program="gcloud",
    ),
    Signature("missing-scope", "insufficient authentication scopes"),
    Signature("missing-scope", "access_token_scope_insufficient"),
    Signature(
        "token-expired",
        "request had invalid authentication credentials",
        "",
        ("bad-credentials", "gcp-not-configured"),
        apart="An access token of Google is good for one hour: a new one tells.",
        program="Google",
    ),
    Signature(
        "gcp-permission-denied",
        "artifactregistry.",
        r"permission \W{0,2}artifactregistry\.[a-z.]{1,80}\W{0,2} denied",
        ("gcp-not-configured", "repository-not-found"),
        level="cause",
        apart=f"Google says the same where project, location or repository do not exist. {_WHO}",
    ),
    Signature(
        "gcp-permission-denied",
        "does not have",
        r"does not have (permission )?\W{0,2}storage\.(buckets|objects)\.",
    ),
    Signature(
        "gcp-permission-denied", "token exchange failed for project", "", ("gcp-not-configured",), apart=_WHO
    ),
    Signature(
        "gcp-permission-denied",
        "iam.serviceaccounts.",
        r"permission \W{0,2}iam\.serviceaccounts\.\w{1,40}\W{0,2} denied",
    ),
    Signature(
        "gcp-permission-denied",
        "you don't have the needed permissions to perform this operation",
        "",
        ("gcp-not-configured", "bad-credentials", "wrong-server-name"),
        apart=_WHO,
    ),
    Signature(
        "gcp-permission-denied",
        "unable to access the repository",
        r"unable to access the repository.{0,200}please verify that it exists and you have permission",
        ("repository-not-found", "gcp-not-configured"),
        apart=_WHO,
        program="gcr.io",
    ),
    Signature("clock-skew", "check your iat and exp values"),
    Signature(
        "bad-credentials",
        "invalid jwt signature",
        "",
        ("token-revoked",),
        apart="The list of keys of the service account tells: a key that is not in it was deleted.",
    ),
    Signature(
        "bad-credentials",
        "account not found",
        "",
        ("token-revoked",),
        GOOGLE,
        apart="The list of service accounts tells whether it was deleted.",
    ),
    Signature(
        "bad-credentials",
        "there was a problem refreshing your current auth tokens",
        "",
        ("token-expired", "token-revoked", "dns-failure"),
        apart="gcloud auth login makes new ones; what stands in brackets behind tells more.",
        program="gcloud",
    ),
    Signature(
        "bad-credentials",
        "invalid_grant",
        "",
        ("token-revoked",),
        GOOGLE,
        apart="The list of keys of the service account tells: a key that is not in it was deleted.",
    ),
    Signature("rate-limited", "quota exceeded for quota metric"),
    Signature(
        "repository-not-found",
        "not found",
        r'name unknown: repository "[^"]{1,200}" not found',
        sure=False,
        program="Artifact Registry",
    ),
    Signature(
        "tag-not-found",
        "failed to fetch",
        r'failed to fetch "[^"]{1,200}" from request "/v2/',
        ("repository-not-found",),
        GOOGLE,
        apart="The registry's pages list what there is.",
        program="gcr.io",
    ),
    Signature("credential-helper-error", "gcloud.auth.docker-helper", program="gcloud"),
)
"""In the order of the table: the more telling first."""
