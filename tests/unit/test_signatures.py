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


@pytest.mark.parametrize(("cause", "text"), TEXTS)
def test_the_words_of_a_cause_are_recognised(cause: str, text: str) -> None:
    signature = recognise(text)
    assert signature is not None
    assert signature.cause == cause


@pytest.mark.parametrize(
    "signature", SIGNATURES, ids=[f"{signature.cause}: {signature.needle}" for signature in SIGNATURES]
)
def test_no_signature_is_hidden_behind_an_earlier_one(signature: Signature) -> None:
    said_by = signature.registries or ("",)
    assert any(recognise(text, registry) is signature for _, text in TEXTS for registry in said_by)


def test_every_signature_names_causes_that_exist() -> None:
    for signature in SIGNATURES:
        assert {signature.cause, *signature.also_possible} <= CAUSES.keys()
        assert signature.cause not in signature.also_possible


def test_every_needle_is_in_lower_case() -> None:
    assert all(signature.needle == signature.needle.lower() != "" for signature in SIGNATURES)


@pytest.mark.parametrize(("cause", "text"), TEXTS)
def test_neither_case_nor_line_ends_matter(cause: str, text: str) -> None:
    for spelt in (text.upper(), text.replace(" ", "\n  "), f"time=now level=error msg={text} trailing"):
        signature = recognise(spelt)
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
