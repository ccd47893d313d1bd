"""Owns the peers that lead astray: by redirects, by challenges, and by the realms that these name."""

from __future__ import annotations

from tests.lab.hostile.script import (
    BASIC,
    HOLD,
    Asked,
    Hostile,
    Words,
    answer,
    bearer,
    challenge,
    door,
    over_tls,
)


def _moved(location: str, status: str = "307 Temporary Redirect") -> bytes:
    return answer(b"", status, f"Location: {location}")


def _ever_deeper(asked: Asked) -> Words:
    return (_moved(f"{asked.path}deeper/"),)


def _untrusted(name: str, realm: str, says: str) -> Hostile:
    return Hostile(name, "realm-not-trusted", door(challenge(bearer(realm))), check="login", says=says)


REDIRECTS = tuple(
    Hostile(name, "not-a-registry", make, says="Location" if name != "redirect-to-nowhere" else "")
    for name, make in (
        ("redirect-in-a-circle", door(_moved("/v2/"))),
        ("redirect-ever-deeper", over_tls(_ever_deeper)),
        ("redirect-to-a-file", door(_moved("file:///etc/passwd"))),
        ("redirect-to-plain-http", over_tls(lambda asked: (_moved(f"http://{asked.host}:81/v2/"),))),
        ("redirect-to-another-host", door(_moved("https://elsewhere.hostile-too.test/v2/"))),
        ("redirect-to-metadata", door(_moved("http://169.254.169.254/latest/meta-data/"))),
        ("redirect-to-a-long-address", door(_moved("https://x.test/" + "y" * 50000))),
        ("redirect-to-a-broken-address", door(_moved("https://[::1/v2/"))),
        ("redirect-to-no-letters", door(_moved("https://\xe2\x84\x80@\xff/v2/"))),
        ("redirect-to-nowhere", door(answer(b"", "302 Found"))),
    )
)

CHALLENGES = (
    Hostile("challenge-without-end-quote", "realm-not-trusted", door(challenge('Www-Authenticate: Bearer realm="https://x.test/t,service=a')), check="login"),
    Hostile("ten-thousand-challenges", "not-a-registry", door(challenge("Www-Authenticate: " + "Negotiate, " * 5000 + 'Basic realm="x"'))),
    Hostile("a-hundred-challenges", "not-a-registry", door(challenge(*["Www-Authenticate: Digest nonce=\"a\""] * 80, BASIC))),
    Hostile("challenge-of-nonsense", "not-a-registry", door(challenge("Www-Authenticate: = , \" \\ ;; =\"=\" ,,, \x01\x02"))),
    Hostile("challenge-that-backtracks", "not-a-registry", door(challenge(*["Www-Authenticate: " + "a" * 8000 + "\x01" + "a =" * 2000] * 4))),
    Hostile("realm-of-a-megabyte", "not-a-registry", door(challenge(bearer("https://x.test/" + "r" * 60000)))),
)

REALMS = (
    _untrusted("realm-with-a-password", "https://user:pw@realm-with-a-password.hostile.test/token", "user name"),
    _untrusted("realm-in-plain-http", "http://realm-in-plain-http.hostile.test/token", "unencrypted"),
    _untrusted("realm-of-another-host", "https://tokens.hostile-too.test/token", "does not belong to"),
    _untrusted("realm-of-loopback", "https://127.0.0.1:8443/token", "does not belong to"),
    _untrusted("realm-of-localhost", "http://localhost:8080/token", "unencrypted"),
    _untrusted("realm-of-an-address", "https://192.0.2.7/token", "does not belong to"),
    _untrusted("realm-of-metadata", "https://169.254.169.254/token", "does not belong to"),
    _untrusted("realm-in-no-ascii", "https://h\xf6stile.test/token", "cannot be read"),
    _untrusted("realm-of-a-file", "file:///etc/passwd", "names no host"),
    _untrusted("realm-of-nobody", "", "names no host"),
    Hostile(
        "two-realms",
        "realm-not-trusted",
        door(
            challenge(
                'Www-Authenticate: Bearer realm="https://two-realms.hostile.test/token",'
                'realm="https://tokens.hostile-too.test/token"'
            )
        ),
        check="login",
    ),
)

PEERS = (*REDIRECTS, *CHALLENGES, *REALMS)
