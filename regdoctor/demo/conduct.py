"""What an embedded registry says: pure decisions, no sockets."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from types import MappingProxyType

from regdoctor.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    Transport = Literal["tls", "plain-http", "silence", "closed"]
    Certificate = Literal["server", "expired", "other-name", "unknown-authority"]


_SALT = os.urandom(16).hex()
"""Makes the tokens of this process its own."""


class Answer(Record):
    """One answer in HTTP."""

    status: int
    body: str = "{}"
    headers: tuple[tuple[str, str], ...] = ()


class Conduct(Record):
    """How a registry answers."""

    def answer(self, host: str, path: str, authorization: str | None) -> Answer | None:
        """The answer to a request for a path; None: silence. `host` is the registry's own name."""
        raise NotImplementedError


class AlwaysSays(Conduct):
    """The same to everybody."""

    words: Answer

    def answer(self, host: str, path: str, authorization: str | None) -> Answer | None:
        return self.words


class NeverAnswers(Conduct):
    """Takes requests and stays silent."""

    def answer(self, host: str, path: str, authorization: str | None) -> Answer | None:
        return None


def refusal(status: int, code: str, message: str) -> Answer:
    """A refusal in the form of the distribution specification."""
    return Answer(status, json.dumps({"errors": [{"code": code, "message": message, "detail": None}]}))


_NOBODY: Mapping[str, str] = MappingProxyType({})
WELCOME = Answer(200, headers=(("Docker-Distribution-Api-Version", "registry/2.0"),))
_NO_LOGIN = refusal(401, "UNAUTHORIZED", "authentication required")


class AsksForPassword(Conduct):
    """A registry that checks the password itself (Basic)."""

    accounts: Mapping[str, str] = _NOBODY
    """Whom it lets in: user name → password."""

    def answer(self, host: str, path: str, authorization: str | None) -> Answer | None:
        if _is_known(authorization, self.accounts):
            return WELCOME
        return _challenge('Basic realm="Registry Realm"')


class AsksForToken(Conduct):
    """A registry that sends its visitors to a token service (Bearer), and that service."""

    accounts: Mapping[str, str] = _NOBODY
    """Who gets a token: user name → password."""
    refused: Answer = _NO_LOGIN
    """The token service's words to all others."""
    tokens_from: str | None = None
    """The token service's host, where it is not the registry's own."""

    def answer(self, host: str, path: str, authorization: str | None) -> Answer | None:
        # One token for each host, always the same: no state is kept between requests.
        token = hashlib.sha256(f"{_SALT} {host}".encode()).hexdigest()
        if path == "/token":
            if _is_known(authorization, self.accounts):
                return Answer(200, json.dumps({"token": token, "expires_in": 300}))
            return self.refused
        if authorization == f"Bearer {token}":
            return WELCOME
        realm = f"https://{self.tokens_from or host}/token"
        return _challenge(f'Bearer realm="{realm}",service="{host}"')


def _challenge(challenge: str) -> Answer:
    return _NO_LOGIN.but(headers=(("WWW-Authenticate", challenge),))


def _is_known(authorization: str | None, accounts: Mapping[str, str]) -> bool:
    pairs = (f"{user}:{password}".encode() for user, password in accounts.items())
    return authorization in [f"Basic {base64.b64encode(pair).decode()}" for pair in pairs]


class Peer(Record):
    """A registry of the demo: its name, how it is reached, and how it behaves."""

    host: str
    conduct: Conduct = NeverAnswers()
    transport: Transport = "tls"
    """`silence`: connections come about and nothing follows. `closed`: nothing listens."""
    certificate: Certificate = "server"

    @property
    def hosts(self) -> tuple[str, ...]:
        """Every name under which it is asked."""
        elsewhere = self.conduct.tokens_from if isinstance(self.conduct, AsksForToken) else None
        return (self.host,) if elsewhere is None else (self.host, elsewhere)
