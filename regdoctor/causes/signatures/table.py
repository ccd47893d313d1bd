"""The words by which programs and registries give a cause away.

The wording is that of Go's net, crypto/tls and net/http, of docker and of distribution, which nearly
every client and registry shares, and of the vendors where a registry is named.
"""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature

_AWS = ("ecr", "ecr-public")
_GITHUB = ("ghcr", "github-packages")
_GOOGLE = ("gcr", "gar")

SIGNATURES: tuple[Signature, ...] = (
    # Words of one vendor that mean one thing. A registry is named where others could say the same.
    # Docker Hub
    Signature("rate-limited", "unauthenticated pull rate limit", "", ("no-credentials-sent",)),
    # GitHub
    Signature(
        "token-expired", "user cannot be authenticated with the token provided", "", ("bad-credentials",)
    ),
    Signature(
        "missing-scope",
        "could not be authenticated by the github packages service",
        "",
        ("bad-credentials", "registry-retired"),
    ),
    Signature("missing-scope", "installation not allowed to", r"installation not allowed to (create|write)"),
    Signature(
        "missing-scope",
        "resource not accessible by",
        r"resource not accessible by (integration|personal access token)",
    ),
    # Azure
    Signature("admin-user-disabled", "admin user is disabled"),
    Signature("admin-user-disabled", "azure container registries with admin enabled"),
    Signature("token-expired", "aadsts7000222"),
    Signature("token-expired", "client secret keys", r"client secret keys.{0,120} expired"),
    Signature("bad-credentials", "aadsts7000215"),
    Signature("azure-token-error", "aadsts", r"aadsts\d+"),
    Signature("azure-token-error", "application not registered with aad", "", ("bad-credentials",)),
    Signature("azure-token-error", "client id must be guid", "", ("admin-user-disabled", "bad-credentials")),
    Signature("bad-credentials", "invalid clientid or client secret", "", ("token-expired",)),
    Signature("bad-credentials", "aka.ms/acr/authorization", "", ("token-expired",)),
    # AWS, about the time, the place and the key
    Signature("clock-skew", "signature", r"signature (expired:|not yet current)"),
    Signature("clock-skew", "requesttimetooskewed", registries=_AWS),
    Signature("clock-skew", "requestexpired", registries=_AWS),
    Signature("aws-wrong-region", "credential should be scoped to a valid region"),
    Signature("aws-wrong-region", "only supported in us-east-1"),
    Signature("aws-wrong-region", "enotfound api.ecr"),
    Signature("aws-wrong-region", "region is missing", registries=_AWS),
    Signature("aws-signature-mismatch", "check your aws secret access key and signing method"),
    Signature("aws-signature-mismatch", "request signature we calculated does not match", registries=_AWS),
    Signature(
        "aws-signature-mismatch",
        "signature",
        r"signaturedoesnotmatch|invalidsignatureexception",
        registries=_AWS,
    ),
    Signature(
        "aws-invalid-access-key",
        "security token included in the request is invalid",
        "",
        ("aws-session-token", "aws-wrong-region"),
    ),
    Signature("aws-invalid-access-key", "unrecognizedclient", "", ("aws-session-token", "aws-wrong-region")),
    Signature(
        "aws-invalid-access-key", "invalidclienttokenid", "", ("aws-session-token", "aws-wrong-region")
    ),
    Signature("aws-expired-token", "security token included in the request is expired"),
    Signature("aws-expired-token", "expiredtoken", registries=_AWS),
    Signature("aws-no-credentials", "unable to locate credentials"),
    Signature("aws-no-credentials", "nocredentialproviders"),
    Signature("aws-no-credentials", "no ec2 imds role found"),
    Signature("aws-no-credentials", "missing", r"missing ?authentication ?token", registries=_AWS),
    # … about what the key may do
    Signature(
        "aws-access-denied",
        "not authorized to perform",
        r"not authorized to perform: (ecr(-public)?:getauthorizationtoken|sts:getservicebearertoken)",
    ),
    Signature("aws-access-denied", "accessdenied", registries=_AWS),
    Signature("aws-access-denied", "optinrequired", registries=_AWS),
    Signature("aws-access-denied", "not subscribed", registries=_AWS),
    Signature("rate-limited", "throttl", r"throttl(e|ing|ed)exception", registries=_AWS),
    Signature("rate-limited", "rate exceeded", registries=_AWS),
    # … about the token of a registry; the status of its /v2/ is all that docker login shows
    Signature("ecr-token-expired", "run 'aws ecr get-login"),
    Signature("ecr-token-expired", "authorization token has expired. reauthenticate"),
    Signature("ecr-token-expired", "your authorization token has expired", registries=_AWS),
    Signature(
        "bad-credentials",
        "failed with status: 400",
        r"dkr[.-]ecr\S* failed with status: 400",
        ("aws-wrong-region", "ecr-token-expired"),
    ),
    Signature(
        "bad-credentials",
        "failed with status: 403",
        r"dkr[.-]ecr\S* failed with status: 403",
        ("ecr-token-expired", "firewall-denied"),
    ),
    # Google
    Signature("gcp-bad-json-key", "unable to parse json key"),
    Signature("registry-retired", "container registry is deprecated and shutting down"),
    Signature("registry-retired", "412 precondition failed", registries=("gcr",)),
    Signature("account-locked", "disabled", r"service account.{0,200}disabled", registries=_GOOGLE),
    Signature("gcp-api-disabled", "has not been used in project"),
    Signature("gcp-api-disabled", "enable google container registry api", "", ("registry-retired",)),
    Signature("gcp-api-disabled", "service_disabled", registries=_GOOGLE),
    Signature("gcp-api-disabled", "is disabled", r"\bapi\b.{0,120} is disabled", registries=_GOOGLE),
    Signature("gcp-not-configured", "unauthenticated requests do not have permission"),
    Signature("gcp-not-configured", "unauthenticated request", registries=_GOOGLE),
    Signature(
        "gcp-permission-denied", "artifactregistry.", r'permission \\?"artifactregistry\.[a-z.]+\\?" denied'
    ),
    Signature(
        "gcp-permission-denied",
        "does not have",
        r"does not have (permission )?\W{0,2}storage\.(buckets|objects)\.",
    ),
    Signature(
        "gcp-permission-denied",
        "you don't have the needed permissions to perform this operation",
        "",
        ("gcp-not-configured", "bad-credentials"),
    ),
    Signature("clock-skew", "check your iat and exp values", registries=_GOOGLE),
    Signature("bad-credentials", "invalid jwt signature", "", ("token-revoked",)),
    Signature("bad-credentials", "account not found", "", ("token-revoked",), _GOOGLE),
    Signature("bad-credentials", "invalid_grant", "", ("token-revoked",), _GOOGLE),
    # Quay
    Signature("token-kind-unsupported", "unencrypted passwords is disabled"),
    Signature(
        "account-locked",
        "disabled",
        r"(namespace|robot|owner) .{0,120}(has|have|is) (been )?disabled",
        registries=("quay",),
    ),
    Signature("bad-credentials", "could not find robot with"),
    # GitLab
    Signature(
        "token-kind-unsupported",
        "http basic: access denied",
        r"2fa|two.factor|personal access token",
        ("bad-credentials",),
    ),
    Signature(
        "bad-credentials",
        "http basic: access denied",
        "",
        ("token-kind-unsupported", "token-expired", "missing-scope"),
    ),
    # A registry or token service, about the account
    Signature("account-locked", "too many failed login attempts"),
    Signature("account-locked", "too many login attempts"),
    Signature("account-locked", "account", r"account (is|has been) (locked|disabled|suspended|deactivated)"),
    Signature("account-locked", "user has been disabled"),
    Signature("account-locked", "mail", r"(verify|confirm) your e-?mail"),
    Signature(
        "account-locked",
        "mail",
        r"e-?mail( address)? (is|has|was) not( yet)?( been)? (verified|confirmed)"
        r"|e-?mail( address)? (must|needs to) be (verified|confirmed)|unverified e-?mail",
    ),
    # … about the token
    Signature(
        "token-expired",
        "expired",
        r"(token|credential|password|secret|key)s? (is|has|have|are|was) (now )?expired",
    ),
    Signature(
        "token-expired", "expired", r"expired (access |authorization |bearer )?(token|credential|secret)"
    ),
    Signature("token-expired", "token", r"token[- ]expired"),
    Signature("token-revoked", "revoked", r"(token|credential|key)s? (is|has been|was|have been) revoked"),
    Signature("token-kind-unsupported", "personal access token", r"(use|with) (a )?personal access token"),
    Signature("sso-not-authorized", "saml"),
    Signature("sso-not-authorized", "sso", r"\bsso\b.*(authoriz|enforce)|(authoriz|enforce).*\bsso\b"),
    Signature(
        "missing-scope", "scope", r"insufficient.scopes?|does not match expected scopes|missing.{1,20}scope"
    ),
    # … about where the request came from, or how often
    Signature(
        "firewall-denied", "ip", r"\bip\b.{0,60}not (allowed|permitted)|not (allowed|permitted).{0,60}\bip\b"
    ),
    Signature("firewall-denied", "ip allow list"),
    Signature("rate-limited", "toomanyrequests"),
    Signature(
        "rate-limited",
        "rate limit",
        r"(exceeded|reached|hit).{0,40}rate limit|rate limit.{0,40}(exceeded|reached)",
    ),
    Signature("rate-limited", "429 too many requests"),
    # The proxy
    Signature("proxy-auth-required", "proxy authentication required"),
    Signature("proxy-error", "proxyconnect"),
    # TLS
    Signature(
        "tls-client-cert",
        "certificate",
        r"no required ssl certificate|certificate required|requires? a client certificate",
    ),
    Signature("tls-client-cert", "bad certificate", r"remote error: tls: bad certificate"),
    Signature("tls-plain-http", "server gave http response to https client"),
    Signature("tls-plain-http", "first record does not look like a tls handshake"),
    Signature("tls-unknown-ca", "certificate signed by unknown authority"),
    Signature("tls-unknown-ca", "self", r"self[- ]signed certificate"),
    Signature(
        "tls-not-yet-valid",
        "certificate has expired or is not yet valid",
        r"current time \S+ is before",
        ("clock-skew",),
    ),
    Signature("tls-expired", "certificate has expired or is not yet valid", "", ("clock-skew",)),
    Signature("tls-expired", "certificate has expired", "", ("clock-skew",)),
    Signature("tls-hostname-mismatch", "certificate is valid for", r"certificate is valid for .*, not "),
    Signature("tls-hostname-mismatch", "certificate is not valid for any names"),
    Signature("tls-hostname-mismatch", "doesn't contain any ip sans"),
    Signature("tls-hostname-mismatch", "certificate relies on legacy common name"),
    Signature("tls-timeout", "tls handshake timeout", "", ("mtu-blackhole",)),
    Signature("tls-protocol", "protocol version not supported"),
    Signature(
        "tls-protocol", "tls", r"server selected unsupported protocol version|no supported versions satisfy"
    ),
    Signature("tls-protocol", "handshake failure", "", ("tls-client-cert",)),
    # The way to the registry
    Signature("dns-not-found", "no such host"),
    Signature("dns-failure", "server misbehaving"),
    Signature("dns-failure", "temporary failure in name resolution"),
    Signature("dns-failure", "i/o timeout", r"lookup \S+.{0,80}i/o timeout"),
    Signature("tcp-refused", "connection refused"),
    Signature("tcp-reset", "connection reset by peer"),
    Signature("network-unreachable", "network is unreachable"),
    Signature("network-unreachable", "no route to host"),
    Signature("tcp-timeout", "i/o timeout", r"dial tcp.{0,80}i/o timeout"),
    Signature("tcp-timeout", "connection timed out"),
    Signature("timeout-overall", "context deadline exceeded"),
    Signature("timeout-overall", "client.timeout exceeded", "", ("tcp-timeout",)),
    Signature(
        "timeout-overall",
        "request canceled",
        r"request canceled( while waiting for connection)?",
        ("tcp-timeout",),
    ),
    # docker login, by the status of /v2/ itself (docker/cli internal/registry/auth.go)
    Signature("bad-credentials", "failed with status: 40", r"failed with status: 40[01]"),
    Signature("firewall-denied", "failed with status: 403", "", ("bad-credentials",)),
    Signature("not-a-registry", "failed with status: 404"),
    Signature("registry-unavailable", "failed with status: 5"),
    Signature("registry-unavailable", "unexpected http status: 5", r"unexpected http status: 5\d\d"),
    Signature("registry-unavailable", "service unavailable", r"(503|temporarily) service unavailable|503"),
    Signature("not-a-registry", "invalid character '<'", "", ("proxy-error",)),
    Signature("not-a-registry", "did not include a token"),
    Signature("not-a-registry", "no realm specified"),
    Signature("tls-protocol", ": eof", r"https?://\S+: eof", ("tcp-reset",)),
    # Words of one vendor that others might use with another meaning
    Signature("bad-credentials", "denied: denied", "", ("token-expired", "token-revoked"), _GITHUB),
    Signature("bad-credentials", "access forbidden", "", ("missing-scope", "token-expired"), ("gitlab",)),
    Signature(
        "bad-credentials",
        "invalid",
        r"invalid (access )?token",
        ("token-expired", "token-revoked"),
        ("quay",),
    ),
    Signature(
        "bad-credentials",
        "authorization required. see https://cloud.ibm.com",
        "",
        ("token-expired",),
    ),
    Signature("firewall-denied", "over the private network", registries=("icr",)),
    Signature("bad-credentials", "please login to the red hat registry", "", ("no-credentials-sent",)),
    Signature(
        "bad-credentials",
        "anonymous users are only allowed read access",
        "",
        ("no-credentials-sent",),
        ("ocir",),
    ),
    # docker login, by the words of the token service
    Signature("bad-credentials", "incorrect username or password"),
    Signature("bad-credentials", "unauthorized: "),
    Signature("bad-credentials", "denied: denied"),
    Signature(
        "bad-credentials", "invalid", r"invalid (user ?name|login|credentials|password|username/password)"
    ),
    Signature("server-invalid", "unable to parse server address"),
    Signature("no-credentials-sent", "no basic auth credentials"),
)
"""From the most telling to the least: the first that fits is the answer."""
