"""Owns the peers that misbehave below HTTP: in TCP, in the TLS handshake, and by their certificates."""

from __future__ import annotations

from collections.abc import Callable

from tests.lab import peers
from tests.lab.certificates import Authority, Certificate, self_signed
from tests.lab.hostile.script import BASIC, Ground, Hostile, challenge, endless, narrow, play, speaking
from tests.lab.hostile.texts import ACTING
from tests.lab.peers import Peer, Session

_ALERT = b"\x15\x03\x03\x00\x02"
_SHORT = 64 << 10


def _first(words: Callable[[], object]) -> Callable[[Ground], Peer]:
    """A peer that speaks before, or instead of, the handshake."""

    def behave(session: Session) -> None:
        narrow(session.socket)
        session.receive(bool)
        play(session, words())  # type: ignore[arg-type]

    return lambda ground: Peer(behave)


def _greeting(text: bytes) -> Callable[[Ground], Peer]:
    def behave(session: Session) -> None:
        session.send(text)
        session.hold()

    return lambda ground: Peer(behave)


def _certified(certificate: Callable[[Ground], Certificate]) -> Callable[[Ground], Peer]:
    return lambda ground: speaking(lambda asked: (challenge(BASIC),), certificate(ground))


def _ten_thousand_names(ground: Ground) -> Certificate:
    return ground.authority.issue(*(f"a{at}" for at in range(10_000)))


def _acting_issuer(ground: Ground) -> Certificate:
    between = Authority(ground.folder, name=ACTING[:60], parent=ground.authority)
    return between.issue("*.hostile.test")


def _acting_names(ground: Ground) -> Certificate:
    return self_signed(ground.folder, cn=ACTING[:60])


def _names_in_no_utf_8(ground: Ground) -> Certificate:
    """The right name, and one with bytes that are no text."""
    return ground.authority.issue("*.hostile.test", raw_names=(b"\xff\xfe\x80\x1b[2J", b"nul\0nul.test"))


PEERS = (
    Hostile("accepts-and-is-silent", "tls-timeout", lambda ground: peers.silent(), check="tls", received=0),
    Hostile("closes-at-once", "tls-protocol", lambda ground: Peer(lambda session: None), check="tls", received=0),
    Hostile("resets-at-once", "tcp-reset", lambda ground: peers.reset_at_accept(), check="tls", received=0),
    Hostile("resets-after-hello", "tcp-reset", lambda ground: peers.reset_after_hello(), check="tls", received=0),
    Hostile("queue-that-is-full", "tcp-timeout", lambda ground: peers.full_backlog(), check="tcp", received=0),
    Hostile("stalls-in-the-handshake", "tls-timeout", lambda ground: peers.stuck_handshake(ground.certificate), check="tls", received=8192),
    Hostile("drips-the-handshake", "tls-timeout", _first(lambda: (b for b in [b"\x16", 1.0, b"\x03", 1.0, b"\x03", 1.0, b"\x40", 1.0, b"\x00"] + [b"\x02", 1.0] * 40)), check="tls", received=64),
    Hostile("fatal-alert", "tls-protocol", _first(lambda: (_ALERT + b"\x02\x28",)), check="tls", received=_SHORT),
    Hostile("endless-alerts", "tls-protocol", _first(lambda: endless(b"", (_ALERT + b"\x01\x5a") * 100)), check="tls", received=_SHORT),
    Hostile("records-of-garbage", "tls-protocol", _first(lambda: endless(b"\x16\x03\x03\x40\x00", b"\xde\xad\xbe\xef" * 1024)), check="tls", received=_SHORT),
    Hostile("greets-as-ssh", "tls-protocol", _greeting(b"SSH-2.0-OpenSSH_9.6\r\n"), check="tls", received=_SHORT),
    Hostile("greets-as-mail", "tls-protocol", _greeting(b"220 mail.hostile.test ESMTP\r\n"), check="tls", received=_SHORT),
    Hostile("endless-noise", "tls-protocol", _first(lambda: endless(b"", bytes(range(32, 127)) * 40)), check="tls", received=_SHORT),
    Hostile("ten-thousand-names", "tls-hostname-mismatch", _certified(_ten_thousand_names), check="tls"),
    Hostile("names-that-act", "tls-unknown-ca", _certified(_acting_names), check="tls"),
    Hostile("issuer-that-acts", "bad-credentials", _certified(_acting_issuer), check="login", logins=1),
    Hostile("names-in-no-utf-8", "bad-credentials", _certified(_names_in_no_utf_8), check="login", logins=1),
)
