"""The words by which programs and registries give a cause away."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdoctor.causes import CAUSES
from regdoctor.causes.signatures import SIGNATURES, Signature, recognise

# In the order of the table. Where the words are a vendor's own, that registry says them.
TEXTS: tuple[tuple[str, str], ...] = (
    ("account-locked", "unauthorized: too many failed login attempts for username or IP address"),
    ("account-locked", "Error response from daemon: too many login attempts, try again in 10 minutes"),
    ("account-locked", "denied: your account has been suspended, contact support"),
    ("account-locked", "unauthorized: this user has been disabled by an administrator"),
    ("account-locked", "access denied: please verify your email before pulling images"),
    ("token-expired", "unauthorized: the access token has expired"),
    ("token-expired", "denied: expired access token"),
    ("token-expired", "unauthorized: token-expired"),
    ("token-revoked", "unauthorized: this token was revoked on 2026-01-01"),
    ("token-kind-unsupported", "unauthorized: please use a personal access token to log in"),
    ("sso-not-authorized", "denied: resource protected by organization SAML enforcement"),
    (
        "sso-not-authorized",
        "forbidden: you must authorize this token, the organization has enabled SSO enforcement",
    ),
    ("missing-scope", "denied: permission_denied: The token provided does not match expected scopes."),
    ("missing-scope", 'unauthorized: Bearer error="insufficient_scope"'),
    ("firewall-denied", "denied: client with IP '203.0.113.7' is not allowed access"),
    ("firewall-denied", "forbidden: the organization has an IP allow list enabled"),
    ("rate-limited", "toomanyrequests: You have reached your pull rate limit."),
    ("rate-limited", "denied: API rate limit exceeded for this account"),
    ("rate-limited", "received unexpected HTTP status: 429 Too Many Requests"),
    ("proxy-auth-required", 'Get "https://ghcr.io/v2/": Proxy Authentication Required'),
    (
        "proxy-error",
        'Get "https://ghcr.io/v2/": proxyconnect tcp: dial tcp 10.0.0.9:3128: connect: connection refused',
    ),
    ("tls-client-cert", "400 Bad Request: No required SSL certificate was sent"),
    ("tls-client-cert", "remote error: tls: certificate required"),
    ("tls-client-cert", 'Get "https://registry.example.com/v2/": remote error: tls: bad certificate'),
    (
        "tls-plain-http",
        'Get "https://registry.example.com/v2/": http: server gave HTTP response to HTTPS client',
    ),
    ("tls-plain-http", "tls: first record does not look like a TLS handshake"),
    ("tls-unknown-ca", "tls: failed to verify certificate: x509: certificate signed by unknown authority"),
    ("tls-unknown-ca", "ssl certificate problem: self-signed certificate in certificate chain"),
    (
        "tls-not-yet-valid",
        "x509: certificate has expired or is not yet valid: "
        "current time 2026-01-01T00:00:00Z is before 2026-06-01T00:00:00Z",
    ),
    (
        "tls-expired",
        "x509: certificate has expired or is not yet valid: "
        "current time 2026-06-01T00:00:00Z is after 2026-01-01T00:00:00Z",
    ),
    ("tls-expired", "certificate verify failed: certificate has expired"),
    ("tls-hostname-mismatch", "x509: certificate is valid for a.example.com, not b.example.com"),
    (
        "tls-hostname-mismatch",
        "x509: certificate is not valid for any names, but wanted to match b.example.com",
    ),
    (
        "tls-hostname-mismatch",
        "x509: cannot validate certificate for 192.0.2.7 because it doesn't contain any IP SANs",
    ),
    ("tls-hostname-mismatch", "x509: certificate relies on legacy Common Name field, use SANs instead"),
    ("tls-timeout", 'Get "https://registry.example.com/v2/": net/http: TLS handshake timeout'),
    ("tls-protocol", "remote error: tls: protocol version not supported"),
    ("tls-protocol", "tls: server selected unsupported protocol version 301"),
    ("tls-protocol", "remote error: tls: handshake failure"),
    ("dns-not-found", "dial tcp: lookup registry.example.com on 127.0.0.11:53: no such host"),
    ("dns-failure", "dial tcp: lookup registry.example.com on 10.0.0.2:53: server misbehaving"),
    ("dns-failure", "dial tcp: lookup registry.example.com: Temporary failure in name resolution"),
    (
        "dns-failure",
        "dial tcp: lookup r.example.com on 10.0.0.2:53: read udp 10.0.0.5:4312->10.0.0.2:53: i/o timeout",
    ),
    ("tcp-refused", "dial tcp 192.0.2.7:443: connect: connection refused"),
    ("tcp-reset", "read tcp 10.0.0.5:4312->192.0.2.7:443: read: connection reset by peer"),
    ("network-unreachable", "dial tcp 192.0.2.7:443: connect: network is unreachable"),
    ("network-unreachable", "dial tcp 192.0.2.7:443: connect: no route to host"),
    ("tcp-timeout", "dial tcp 192.0.2.7:443: i/o timeout"),
    ("tcp-timeout", "dial tcp 192.0.2.7:443: connect: connection timed out"),
    ("timeout-overall", 'Get "https://registry.example.com/v2/": context deadline exceeded'),
    ("timeout-overall", "net/http: Client.Timeout exceeded while awaiting headers"),
    ("timeout-overall", "net/http: request canceled while waiting for connection"),
    (
        "bad-credentials",
        "login attempt to https://registry.example.com/v2/ failed with status: 401 Unauthorized",
    ),
    (
        "firewall-denied",
        "login attempt to https://registry.example.com/v2/ failed with status: 403 Forbidden",
    ),
    ("not-a-registry", "login attempt to https://registry.example.com/v2/ failed with status: 404 Not Found"),
    (
        "registry-unavailable",
        "login attempt to https://registry.example.com/v2/ failed with status: 502 Bad Gateway",
    ),
    ("registry-unavailable", "received unexpected HTTP status: 500 Internal Server Error"),
    ("registry-unavailable", "error parsing HTTP 503 response: 503 Service Unavailable"),
    ("not-a-registry", "error unmarshalling content: invalid character '<' looking for beginning of value"),
    ("not-a-registry", "authorization server did not include a token in the response"),
    ("not-a-registry", "no realm specified for token auth challenge"),
    ("tls-protocol", 'Get "https://registry.example.com/v2/": EOF'),
    ("bad-credentials", "unauthorized: incorrect username or password"),
    ("bad-credentials", "Error response from daemon: unauthorized: authentication required"),
    ("bad-credentials", "denied: denied"),
    ("bad-credentials", "invalid username/password"),
    ("server-invalid", "unable to parse server address: not a host"),
    ("no-credentials-sent", "no basic auth credentials"),
)

# What vendors say in their own words, with the registry that says it; none where the words alone tell.
VENDOR_TEXTS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    # Docker Hub
    (
        "dockerhub",
        "token-kind-unsupported",
        'Get "https://registry-1.docker.io/v2/": unauthorized: please use personal access token to login',
        (),
    ),
    (
        "dockerhub",
        "token-kind-unsupported",
        "unauthorized: your account must log in with a Personal Access Token (PAT) - learn more at "
        "docs.docker.com/go/access-tokens",
        (),
    ),
    ("dockerhub", "token-expired", "unauthorized: personal access token is expired", ()),
    ("dockerhub", "token-expired", "unauthorized: org access token is expired", ()),
    (
        "dockerhub",
        "missing-scope",
        "UNAUTHORIZED: access token has insufficient scopes",
        ("push-denied", "pull-denied"),
    ),
    (
        "dockerhub",
        "account-locked",
        "toomanyrequests: too many failed login attempts for username or IP address",
        ("bad-credentials",),
    ),
    ("dockerhub", "account-locked", "denied: email must be verified before login", ()),
    ("dockerhub", "account-locked", "forbidden: your e-mail address has not been confirmed", ()),
    (
        "dockerhub",
        "rate-limited",
        "toomanyrequests: You have reached your unauthenticated pull rate limit.",
        ("no-credentials-sent",),
    ),
    ("dockerhub", "rate-limited", "toomanyrequests: You have reached your pull rate limit as 'mona'", ()),
    # GitHub
    (
        "ghcr",
        "bad-credentials",
        'Error response from daemon: Get "https://ghcr.io/v2/": denied: denied',
        ("token-expired", "token-revoked"),
    ),
    ("ghcr", "bad-credentials", "DENIED: denied", ("token-expired", "token-revoked")),
    (
        "ghcr",
        "token-expired",
        "unauthorized: unauthenticated: User cannot be authenticated with the token provided.",
        ("bad-credentials",),
    ),
    (
        "ghcr",
        "missing-scope",
        "denied: permission_denied: The token provided does not match expected scopes.",
        ("push-denied", "pull-denied"),
    ),
    (
        "github-packages",
        "missing-scope",
        "unauthorized: Your request could not be authenticated by the GitHub Packages service. Please ensure "
        "your access token is valid and has the appropriate scopes configured.",
        ("bad-credentials", "registry-retired"),
    ),
    (
        "ghcr",
        "firewall-denied",
        "Although you appear to have the correct authorization credentials, the `octo` organization has an "
        "IP allow list enabled, and your IP address is not permitted to access this resource.",
        (),
    ),
    (
        "ghcr",
        "sso-not-authorized",
        "Resource protected by organization SAML enforcement. You must grant your Personal Access token "
        "access to this organization.",
        (),
    ),
    (
        "ghcr",
        "missing-scope",
        "denied: installation not allowed to Create organization package",
        ("package-not-linked",),
    ),
    (
        "ghcr",
        "missing-scope",
        "denied: installation not allowed to Write organization package",
        ("package-not-linked",),
    ),
    ("ghcr", "missing-scope", "Resource not accessible by integration", ()),
    ("ghcr", "missing-scope", "DENIED: Resource not accessible by personal access token", ()),
    # Azure
    (
        "acr",
        "firewall-denied",
        "denied: client with IP '203.0.113.5' is not allowed access. Refer https://aka.ms/acr/firewall to "
        "grant access.",
        (),
    ),
    (
        "acr",
        "firewall-denied",
        r'{"errors":[{"message":"client with IP \u0027203.0.113.5\u0027 is not allowed access"}]}',
        (),
    ),
    (
        "acr",
        "firewall-denied",
        r"client with IP \u00272001:0db8:85a3:0000:0000:8a2e:0370:7334\u0027 is not allowed access",
        (),
    ),
    ("acr", "bad-credentials", "unauthorized: Invalid clientid or client secret.", ("token-expired",)),
    (
        "acr",
        "token-expired",
        "AADSTS7000222: The provided client secret keys for app 'a1' are expired. Visit the portal.",
        (),
    ),
    ("acr", "token-expired", "unauthorized: the client secret keys for this application are expired", ()),
    (
        "acr",
        "bad-credentials",
        "unauthorized: AADSTS7000215: Invalid client secret provided.",
        ("token-expired",),
    ),
    (
        "acr",
        "azure-token-error",
        "UNAUTHORIZED: aad access token with sp failed client id must be guid",
        ("admin-user-disabled", "bad-credentials"),
    ),
    (
        "acr",
        "azure-token-error",
        "unauthorized: Application not registered with AAD",
        ("bad-credentials",),
    ),
    ("acr", "azure-token-error", "AADSTS700016: Application with identifier 'a1' was not found", ()),
    ("acr", "azure-token-error", "AADSTS90002: Tenant 'contoso' not found.", ()),
    ("acr", "azure-token-error", "AADSTS50034: an error of another kind", ()),
    ("acr", "admin-user-disabled", "Admin user is disabled. Run 'az acr update -n contoso'", ()),
    (
        "acr",
        "admin-user-disabled",
        "only supports running images from Azure Container Registries with admin enabled",
        (),
    ),
    (
        "acr",
        "bad-credentials",
        "UNAUTHORIZED: authentication required, visit https://aka.ms/acr/authorization for more information. "
        'Bearer realm="https://contoso.azurecr.io/oauth2/token",service="contoso.azurecr.io"',
        ("token-expired",),
    ),
    # AWS
    (
        "ecr",
        "aws-invalid-access-key",
        "An error occurred (UnrecognizedClientException) when calling the GetAuthorizationToken operation: "
        "The security token included in the request is invalid.",
        ("aws-session-token", "aws-wrong-region"),
    ),
    (
        "ecr",
        "aws-invalid-access-key",
        "UnrecognizedClientException",
        ("aws-session-token", "aws-wrong-region"),
    ),
    ("ecr", "aws-invalid-access-key", "InvalidClientTokenId", ("aws-session-token", "aws-wrong-region")),
    (
        "ecr",
        "clock-skew",
        "InvalidSignatureException: Signature expired: 20260101T000000Z is now earlier than 20260101T120000Z "
        "(20260101T121500Z - 15 min.)",
        (),
    ),
    (
        "ecr-public",
        "clock-skew",
        "SignatureDoesNotMatch: Signature not yet current: 20260101T120000Z is still later than "
        "20260101T000500Z",
        (),
    ),
    ("ecr", "clock-skew", "RequestTimeTooSkewed: the difference is too large", ()),
    ("ecr", "clock-skew", "RequestExpired: Request has expired.", ()),
    (
        "ecr",
        "aws-wrong-region",
        "SignatureDoesNotMatch: Credential should be scoped to a valid region, not 'eu-nowhere-1'.",
        (),
    ),
    (
        "ecr-public",
        "aws-wrong-region",
        "UnsupportedCommandException: GetAuthorizationToken command is only supported in us-east-1.",
        (),
    ),
    ("ecr-public", "aws-wrong-region", "getaddrinfo ENOTFOUND api.ecr-public.eu-west-3.amazonaws.com", ()),
    ("ecr", "aws-wrong-region", "Error: Region is missing", ()),
    (
        "",
        "aws-signature-mismatch",
        "SignatureDoesNotMatch: The request signature we calculated does not match the signature you "
        "provided. Check your AWS Secret Access Key and signing method.",
        (),
    ),
    (
        "ecr",
        "aws-signature-mismatch",
        "The request signature we calculated does not match the signature you provided.",
        (),
    ),
    ("ecr", "aws-signature-mismatch", "SignatureDoesNotMatch", ("clock-skew", "aws-wrong-region")),
    ("ecr-public", "aws-signature-mismatch", "InvalidSignatureException", ("clock-skew", "aws-wrong-region")),
    ("ecr", "aws-expired-token", "The security token included in the request is expired", ()),
    ("ecr", "aws-expired-token", "ExpiredTokenException: The provided token has expired.", ()),
    ("ecr", "aws-expired-token", "ExpiredToken", ()),
    (
        "ecr",
        "aws-access-denied",
        "AccessDeniedException: User: arn:aws:iam::123456789012:user/mona is not authorized to perform: "
        "ecr:GetAuthorizationToken on resource: * with an explicit deny",
        (),
    ),
    (
        "ecr-public",
        "aws-access-denied",
        "User: arn:aws:iam::123456789012:user/mona is not authorized to perform: "
        "ecr-public:GetAuthorizationToken on resource: *",
        (),
    ),
    (
        "ecr-public",
        "aws-access-denied",
        "is not authorized to perform: sts:GetServiceBearerToken on resource: * because no identity-based "
        "policy allows the sts:GetServiceBearerToken action",
        (),
    ),
    ("ecr", "aws-access-denied", "AccessDenied", ()),
    ("ecr", "aws-access-denied", "OptInRequired", ()),
    ("ecr", "aws-access-denied", "Your account is not subscribed to this service", ()),
    ("ecr", "aws-no-credentials", "MissingAuthenticationTokenException", ()),
    ("ecr", "aws-no-credentials", "Request is missing Authentication Token", ()),
    ("", "aws-no-credentials", "Unable to locate credentials. You can configure credentials.", ()),
    ("", "aws-no-credentials", "NoCredentialProviders: no valid providers in chain. Deprecated.", ()),
    ("", "aws-no-credentials", "failed to refresh cached credentials, no EC2 IMDS role found", ()),
    ("ecr", "rate-limited", "ThrottlingException", ()),
    ("ecr", "rate-limited", "ThrottleException: slow down", ()),
    ("ecr", "rate-limited", "Rate exceeded", ()),
    (
        "ecr",
        "ecr-token-expired",
        "denied: Your authorization token has expired. Reauthenticate and try again.",
        (),
    ),
    ("ecr", "ecr-token-expired", "DENIED: Your authorization token has expired", ()),
    (
        "",
        "ecr-token-expired",
        "error parsing HTTP 403 response body: invalid character 'Y' looking for beginning of value: \"Your "
        "Authorization Token has expired. Please run 'aws ecr get-login' to fetch a new one.\"",
        (),
    ),
    (
        "ecr",
        "bad-credentials",
        "login attempt to https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/ failed with status: 400 "
        "Bad Request",
        ("aws-wrong-region", "ecr-token-expired"),
    ),
    (
        "ecr",
        "bad-credentials",
        "login attempt to https://123456789012.dkr-ecr.eu-west-1.on.aws/v2/ failed with status: 403 "
        "Forbidden",
        ("ecr-token-expired", "firewall-denied"),
    ),
    # Google
    ("gcr", "gcp-bad-json-key", 'Get "https://gcr.io/v2/": unknown: Unable to parse json key.', ()),
    (
        "gar",
        "gcp-api-disabled",
        "denied: Artifact Registry API has not been used in project 12345 before or it is disabled.",
        (),
    ),
    (
        "gcr",
        "gcp-api-disabled",
        "Please enable Google Container Registry API in Cloud Console before performing this operation.",
        ("registry-retired",),
    ),
    ("gar", "gcp-api-disabled", "PERMISSION_DENIED: SERVICE_DISABLED", ()),
    ("gar", "gcp-api-disabled", "denied: the API artifactregistry.googleapis.com is disabled here", ()),
    (
        "gar",
        "gcp-permission-denied",
        'denied: Permission "artifactregistry.repositories.downloadArtifacts" denied on resource '
        '"projects/p/locations/europe-west2/repositories/r" (or it may not exist)',
        ("gcp-not-configured", "repository-not-found"),
    ),
    (
        "gar",
        "gcp-permission-denied",
        r'{"message":"Permission \"artifactregistry.repositories.downloadArtifacts\" denied on resource"}',
        ("gcp-not-configured", "repository-not-found"),
    ),
    (
        "gcr",
        "gcp-permission-denied",
        "denied: Token exchange failed. Caller does not have permission 'storage.buckets.get'.",
        (),
    ),
    (
        "gcr",
        "gcp-permission-denied",
        "ci@p.iam.gserviceaccount.com does not have storage.objects.get access to the object.",
        (),
    ),
    (
        "gar",
        "gcp-not-configured",
        "denied: Unauthenticated request. Unauthenticated requests do not have permission "
        '"artifactregistry.repositories.downloadArtifacts" on resource "projects/p" (or it may not exist)',
        ("no-credentials-sent",),
    ),
    ("gar", "gcp-not-configured", "DENIED: Unauthenticated request.", ("no-credentials-sent",)),
    (
        "gcr",
        "registry-retired",
        "denied: Container Registry is deprecated and shutting down, please use the auto migration tool",
        (),
    ),
    ("gcr", "registry-retired", "unexpected status from GET request: 412 Precondition Failed", ()),
    (
        "gcr",
        "gcp-permission-denied",
        "unauthorized: You don't have the needed permissions to perform this operation, and you may have "
        "invalid credentials.",
        ("gcp-not-configured", "bad-credentials", "wrong-server-name"),
    ),
    ("gar", "bad-credentials", "Invalid JWT Signature.; invalid_grant", ("token-revoked",)),
    ("gar", "bad-credentials", "Invalid grant: account not found", ("token-revoked",)),
    ("gar", "bad-credentials", "invalid_grant", ("token-revoked",)),
    (
        "gar",
        "clock-skew",
        "Invalid JWT: Token must be a short-lived token. Check your iat and exp values in the JWT claim.; "
        "invalid_grant",
        (),
    ),
    ("gar", "account-locked", "The service account ci@p.iam.gserviceaccount.com is disabled.", ()),
    # Quay
    (
        "quay",
        "bad-credentials",
        "Could not find robot with username: octo+ci and supplied password.",
        ("token-revoked", "config-stale-credentials"),
    ),
    (
        "quay",
        "bad-credentials",
        "UNAUTHORIZED: Invalid Username or Password",
        ("token-expired", "config-stale-credentials"),
    ),
    ("quay", "bad-credentials", "UNAUTHORIZED: Invalid token", ("token-expired", "token-revoked")),
    ("quay", "bad-credentials", "Invalid access token", ("token-expired", "token-revoked")),
    (
        "quay",
        "token-kind-unsupported",
        "UNAUTHORIZED: Client login with unencrypted passwords is disabled. Please generate an encrypted "
        "password in the user admin panel for use here.",
        (),
    ),
    (
        "quay",
        "account-locked",
        "TOOMANYREQUESTS: Too many login attempts. \nPlease reset your Quay password and try again.",
        (),
    ),
    ("quay", "account-locked", "This user has been disabled. Please contact your administrator.", ()),
    ("quay", "account-locked", "denied: Namespace octo has been disabled.", ()),
    ("quay", "account-locked", "Robot octo+ci owner octo is disabled", ()),
    ("quay", "account-locked", "Robot account have been disabled. Please contact your administrator.", ()),
    # GitLab
    (
        "gitlab",
        "token-kind-unsupported",
        "HTTP Basic: Access denied. The provided password or token is incorrect or your account has 2FA "
        "enabled and you must use a personal access token instead of a password.",
        ("bad-credentials",),
    ),
    (
        "gitlab",
        "bad-credentials",
        "HTTP Basic: Access denied. If a token was provided, it was either incorrect, expired, or improperly "
        "scoped.",
        ("token-kind-unsupported", "token-expired", "missing-scope"),
    ),
    (
        "gitlab",
        "bad-credentials",
        "DENIED: access forbidden",
        ("missing-scope", "token-expired", "pull-denied"),
    ),
    # Others
    (
        "icr",
        "bad-credentials",
        "Authorization required. See https://cloud.ibm.com/docs/Registry?topic=Registry-troubleshoot-auth-req",
        ("token-expired",),
    ),
    (
        "icr",
        "firewall-denied",
        "Private-only access is enabled on this account, but this request was over the public network. You "
        "must access this account over the private network.",
        (),
    ),
    (
        "redhat",
        "bad-credentials",
        "unauthorized: Please login to the Red Hat Registry using your Customer Portal credentials.",
        ("no-credentials-sent",),
    ),
    (
        "ocir",
        "bad-credentials",
        "denied: Anonymous users are only allowed read access on public repos",
        ("no-credentials-sent",),
    ),
)

SAID = (
    *(("", cause, text) for cause, text in TEXTS),
    *((registry, cause, text) for registry, cause, text, _ in VENDOR_TEXTS),
)


@pytest.mark.parametrize(("registry", "cause", "text"), SAID)
def test_the_words_of_a_cause_are_recognised(registry: str, cause: str, text: str) -> None:
    signature = recognise(text, registry)
    assert signature is not None
    assert signature.cause == cause


@pytest.mark.parametrize(("registry", "cause", "text", "also"), VENDOR_TEXTS)
def test_what_a_vendors_words_leave_open_is_said(
    registry: str, cause: str, text: str, also: tuple[str, ...]
) -> None:
    signature = recognise(text, registry)
    assert signature is not None
    assert signature.also_possible == also


@pytest.mark.parametrize(
    "signature",
    [signature for signature in SIGNATURES if signature.registries],
    ids=lambda signature: f"{signature.cause}: {signature.needle}",
)
def test_one_registrys_words_mean_nothing_in_anothers_mouth(signature: Signature) -> None:
    others = {"", "other", "harbor", "artifactory", *(registry for registry, _, _ in SAID)}
    for _, _, text in SAID:
        for registry in others - {*signature.registries}:
            assert recognise(text, registry) is not signature


def test_every_registry_of_a_signature_is_one_that_is_known() -> None:
    from regdoctor.registries import registries

    known = {registry.id for registry in registries()}
    assert {registry for signature in SIGNATURES for registry in signature.registries} <= known


def test_every_signature_names_causes_that_exist() -> None:
    for signature in SIGNATURES:
        assert {signature.cause, *signature.also_possible} <= CAUSES.keys()
        assert signature.cause not in signature.also_possible


def test_every_needle_is_in_lower_case() -> None:
    assert all(signature.needle == signature.needle.lower() != "" for signature in SIGNATURES)


@pytest.mark.parametrize(("registry", "cause", "text"), SAID)
def test_neither_case_nor_line_ends_matter(registry: str, cause: str, text: str) -> None:
    for spelt in (text.upper(), text.replace(" ", "\n  "), f"time=now level=error msg={text} trailing"):
        signature = recognise(spelt, registry)
        assert signature is not None
        # The program's words may gain others behind them, a line that is broken stays what it is.
        assert signature.cause == cause or "trailing" in spelt


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Login Succeeded",
        "Status: Image is up to date for ghcr.io/octo/app:1",
        "Digest: sha256:0123456789abcdef",
        "Pulling from octo/app",
        "Pushing with a personal best, no token involved",
        "the lesson was sober",
        "installing libsso and samba",
        "scope: everything is fine",
        "your email has been verified",
        "confirmed: the email address is verified",
        "the admin user is enabled",
        "signature ok, not expired",
        "2 regions, none is missing",
    ],
)
def test_no_cause_is_seen_in_a_text_without_a_failure(text: str) -> None:
    assert recognise(text) is None


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        # The telling words win over the general ones around them.
        ("unauthorized: the access token has expired", "token-expired"),
        ("denied: denied: too many failed login attempts", "account-locked"),
        ('Get "https://r/v2/": proxyconnect tcp: dial tcp: lookup proxy: no such host', "proxy-error"),
        ('Get "https://r/v2/": dial tcp: lookup r on 10.0.0.2:53: no such host', "dns-not-found"),
        (
            'Get "https://r/v2/": net/http: request canceled while waiting for connection '
            "(Client.Timeout exceeded while awaiting headers)",
            "timeout-overall",
        ),
        ("failed with status: 429 Too Many Requests", "rate-limited"),
        ("toomanyrequests: too many failed login attempts for username or IP address", "account-locked"),
        ("SignatureDoesNotMatch: Signature expired: 20260101T000000Z is now earlier", "clock-skew"),
        ("AADSTS7000222: The provided client secret keys are expired.", "token-expired"),
        ('Get "https://r/v2/": unauthorized: AADSTS700016: no such application', "azure-token-error"),
        ("denied: Your authorization token has expired. Reauthenticate and try again.", "ecr-token-expired"),
        ("denied: Your authorization token has expired.", "token-expired"),
    ],
)
def test_of_two_causes_in_a_text_the_telling_one_wins(text: str, cause: str) -> None:
    signature = recognise(text)
    assert signature is not None
    assert signature.cause == cause


@given(st.text())
@settings(deadline=None)
def test_no_text_breaks_the_recognition(text: str) -> None:
    recognise(text)


@pytest.mark.parametrize(
    "word",
    [
        "sso ",
        "missing ",
        "lookup x",
        "not allowed ",
        "token ",
        "rate limit hit ",
        "tls ip scope ",
        "https://",
    ],
)
def test_a_long_text_is_searched_in_no_time(word: str) -> None:
    # As long as the words of an Engine or of a line in a log may be.
    text = (word * 8192)[:8192] + " sso scope expired : eof i/o timeout certificate is valid for"
    start = time.perf_counter()
    recognise(text)
    assert time.perf_counter() - start < 5.0
