"""Owns the peers that misbehave below HTTP: in TCP, in the TLS handshake, and by their certificates."""

from __future__ import annotations

from collections.abc import Callable

from tests.lab import peers
from tests.lab.certificates import Authority, Certificate, self_signed
from tests.lab.hostile.script import (
    BASIC,
    DOMAIN,
    RECEIVED,
    Ground,
    Hostile,
    Made,
    Words,
    challenge,
    dripping,
    endless,
    narrow,
    play,
    speaking,
)
from tests.lab.hostile.texts import ACTING
from tests.lab.peers import Peer, Session

_ALERT = b"\x15\x03\x03\x00\x02"


def _in_tls(name: str, cause: str, make: Callable[[Ground], Made], received: int = RECEIVED) -> Hostile:
    return Hostile(name, cause, make, "tls", received=received)


def _garbling(name: str, cause: str, words: Callable[[], Words], *, first: bool = False) -> Hostile:
    """A peer that answers a client's hello, or greets it `first`, with something else than TLS."""

    def behave(session: Session) -> None:
        narrow(session.socket)
        if not first:
            session.receive(bool)
        play(session, words())
        session.hold()

    return _in_tls(name, cause, lambda ground: Peer(behave))


def _certified(ground: Ground, certificate: Certificate) -> Peer:
    return speaking(lambda asked: (challenge(BASIC),), certificate)


def _ten_thousand_names(ground: Ground) -> Peer:
    return _certified(ground, ground.authority.issue(*(f"a{at}" for at in range(10_000))))


def _acting_subject(ground: Ground) -> Peer:
    return _certified(ground, self_signed(ground.folder, cn=ACTING[:60]))


def _acting_issuer(ground: Ground) -> Peer:
    between = Authority(ground.folder, name=ACTING[:60], parent=ground.authority)
    return _certified(ground, between.issue(f"*.{DOMAIN}"))


def _names_that_are_no_text(ground: Ground) -> Peer:
    raw = (b"\xff\xfe\x80\x1b[2J", b"nul\0nul.test")
    return _certified(ground, ground.authority.issue(f"*.{DOMAIN}", raw_names=raw))


_NO_TLS = "tls-protocol"

PEERS = (
    Hostile("queue-that-is-full", "tcp-timeout", lambda ground: peers.full_backlog(), "tcp", received=0),
    Hostile("resets-at-once", "tcp-reset", lambda ground: peers.reset_at_accept(), "tcp/tls", received=0),
    _in_tls("resets-after-hello", "tcp-reset", lambda ground: peers.reset_after_hello(), 0),
    Hostile(
        "closes-at-once",
        f"{_NO_TLS}/tcp-reset",
        lambda ground: Peer(lambda session: None),
        "tcp/tls",
        received=0,
    ),
    _in_tls("accepts-and-is-silent", "tls-timeout", lambda ground: peers.silent(), 0),
    _in_tls(
        "stalls-in-the-handshake", "tls-timeout", lambda ground: peers.stuck_handshake(ground.certificate)
    ),
    _garbling("drips-the-handshake", "tls-timeout", lambda: dripping(b"\x16\x03\x03\x40\x00" + b"\x02" * 90)),
    _garbling("fatal-alert", _NO_TLS, lambda: (_ALERT + b"\x02\x28",)),
    _garbling("endless-alerts", _NO_TLS, lambda: endless(b"", (_ALERT + b"\x01\x5a") * 100)),
    _garbling("records-of-garbage", _NO_TLS, lambda: endless(b"\x16\x03\x03\x40\x00", b"\xde\xad" * 2048)),
    _garbling("endless-noise", _NO_TLS, lambda: endless(b"", bytes(range(32, 127)) * 40)),
    _garbling("greets-as-ssh", _NO_TLS, lambda: (b"SSH-2.0-OpenSSH_9.6\r\n",), first=True),
    _garbling("greets-as-mail", _NO_TLS, lambda: (b"220 mail.hostile.test ESMTP\r\n",), first=True),
    _in_tls("ten-thousand-names", "tls-hostname-mismatch", _ten_thousand_names),
    _in_tls("subject-that-acts", "tls-unknown-ca", _acting_subject),
    Hostile("issuer-that-acts", "bad-credentials", _acting_issuer, "login", sent=True),
    Hostile("names-that-are-no-text", "bad-credentials", _names_that_are_no_text, "login", sent=True),
)
