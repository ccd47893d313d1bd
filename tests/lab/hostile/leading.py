"""Owns the peers that lead astray: by redirects, by challenges, and by the realms that these name."""

from __future__ import annotations

from tests.lab.hostile.script import DOMAIN, Hostile, answer, at_door, bearer, challenge, scripted

_NOT = "not-a-registry"
_STRANGER = "tokens.hostile-too.test"


def _moved(location: str) -> bytes:
    return answer(b"", "307 Temporary Redirect", f"Location: {location}")


def _moving(name: str, location: str) -> Hostile:
    return at_door(name, _NOT, _moved(location), says="Location")


def _asking(name: str, *challenges: str, says: str = "") -> Hostile:
    lines = (f"Www-Authenticate: {each}" for each in challenges)
    return at_door(name, _NOT, challenge(*lines), says=says)


def _naming(name: str, realm: str, says: str) -> Hostile:
    """A realm that gets nothing."""
    words = (challenge(bearer(realm)),)
    return scripted(name, "realm-not-trusted", lambda asked: words, "login", says=says)


REDIRECTS = (
    _moving("redirect-in-a-circle", "/v2/"),
    scripted("redirect-ever-deeper", _NOT, lambda asked: (_moved(f"{asked.path}deeper/"),), says="Location"),
    _moving("redirect-to-a-file", "file:///etc/passwd"),
    _moving("redirect-to-plain-http", f"http://redirect-to-plain-http.{DOMAIN}:81/v2/"),
    _moving("redirect-to-another-host", f"https://{_STRANGER}/v2/"),
    _moving("redirect-to-metadata", "http://169.254.169.254/latest/meta-data/"),
    _moving("redirect-to-a-long-address", "https://x.test/" + "y" * 50000),
    _moving("redirect-to-a-broken-address", "https://[::1/v2/"),
    _moving("redirect-to-no-letters", "https://\xe2\x84\x80@\xff/v2/"),
    at_door("redirect-to-nowhere", _NOT, answer(b"", "302 Found")),
)

CHALLENGES = (
    _asking("ten-thousand-challenges", "Negotiate, " * 5000 + 'Basic realm="x"', says="in more ways"),
    _asking("a-hundred-challenges", *['Digest nonce="a"'] * 80, "Basic", says="in more ways"),
    _asking("realm-of-a-megabyte", f'Bearer realm="https://x.test/{"r" * 60000}"', says="in more ways"),
    _asking("challenge-of-nonsense", '= , " \\ ;; ="=" ,,, \x01\x02', says="no way at all"),
    _asking("challenge-that-backtracks", *["a" * 4000 + "\x01" + "a =" * 1000 + '"' * 99] * 9),
    _naming("challenge-without-end-quote", f"https://{_STRANGER}/t,service=a,realm=", says="realm"),
    scripted(
        "challenge-with-two-realms",
        "realm-not-trusted",
        lambda asked: (challenge(f'{bearer(f"https://{asked.host}/token")},realm="https://{_STRANGER}/"'),),
        "login",
        says=_STRANGER,
    ),
)

REALMS = (
    _naming("realm-with-a-password", f"https://user:pw@realm-with-a-password.{DOMAIN}/token", "user name"),
    _naming("realm-in-plain-http", f"http://realm-in-plain-http.{DOMAIN}/token", "unencrypted"),
    _naming("realm-of-another-host", f"https://{_STRANGER}/token", "does not belong to"),
    _naming("realm-of-loopback", "https://127.0.0.1:8443/token", "does not belong to"),
    _naming("realm-of-localhost", "http://localhost:8080/token", "unencrypted"),
    _naming("realm-of-an-address", "https://192.0.2.7/token", "does not belong to"),
    _naming("realm-of-metadata", "https://169.254.169.254/token", "does not belong to"),
    _naming("realm-in-no-ascii", "https://h\xf6stile.test/token", "cannot be read"),
    _naming("realm-of-a-file", "file:///etc/passwd", "names no host"),
    _naming("realm-of-nobody", "", "names no host"),
)

PEERS = (*REDIRECTS, *CHALLENGES, *REALMS)
