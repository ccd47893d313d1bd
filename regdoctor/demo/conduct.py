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


class Question(Record):
    """One request in HTTP, as a registry gets it."""

    method: str
    host: str
    """The name under which it was asked."""
    path: str
    headers: Mapping[str, str]
    """By their names in lower case."""
    body: str = ""

    @property
    def authorization(self) -> str | None:
        """The credential that came along."""
        return self.headers.get("authorization")

    @property
    def login(self) -> tuple[str, str] | None:
        """The user name and the password that came along."""
        scheme, _, encoded = (self.authorization or "").partition(" ")
        try:
            user, colon, password = base64.b64decode(encoded, validate=True).decode().partition(":")
        except ValueError:
            return None
        return (user, password) if scheme == "Basic" and colon else None


class Answer(Record):
    """One answer in HTTP."""

    status: int
    body: str = "{}"
    headers: tuple[tuple[str, str], ...] = ()


class Conduct(Record):
    """How a registry answers."""

    def more_hosts(self, host: str) -> tuple[str, ...]:
        """The other names under which it is asked. `host` is the registry's own name."""
        return ()

    def answer(self, host: str, question: Question) -> Answer | None:
        """The answer to a request; None: silence. `host` is the registry's own name."""
        raise NotImplementedError


class AlwaysSays(Conduct):
    """The same to everybody."""

    words: Answer

    def answer(self, host: str, question: Question) -> Answer | None:
        return self.words


class NeverAnswers(Conduct):
    """Takes requests and stays silent."""

    def answer(self, host: str, question: Question) -> Answer | None:
        return None


def web_page(status: int, title: str) -> Answer:
    """What a web server says that is no registry, or that stands before one that is down."""
    return Answer(
        status,
        f"<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>",
        (("Content-Type", "text/html"), ("Server", "nginx")),
    )


def refusal(status: int, code: str, message: str) -> Answer:
    """A refusal in the form of the distribution specification."""
    return Answer(status, json.dumps({"errors": [{"code": code, "message": message, "detail": None}]}))


NOBODY: Mapping[str, str] = MappingProxyType({})
WELCOME = Answer(200, headers=(("Docker-Distribution-Api-Version", "registry/2.0"),))
_NOTHING_THERE = refusal(404, "NAME_UNKNOWN", "repository name not known to registry")
_NO_LOGIN = refusal(401, "UNAUTHORIZED", "authentication required")


LAYER = f"sha256:{hashlib.sha256(WELCOME.body.encode()).hexdigest()}"
"""The one layer of every image, by its digest."""
_LAYER = {
    "mediaType": "application/vnd.oci.image.layer.v1.tar+gzip",
    "digest": LAYER,
    "size": len(WELCOME.body),
}
_MANIFEST_KIND = "application/vnd.oci.image.manifest.v1+json"
_MANIFEST = Answer(
    200,
    json.dumps({"schemaVersion": 2, "mediaType": _MANIFEST_KIND, "layers": [_LAYER]}),
    (("Content-Type", _MANIFEST_KIND),),
)
"""An image of one layer, for any platform."""
_KEPT_FROM_ALL = refusal(403, "DENIED", "denied")


class AsksForPassword(Conduct):
    """A registry that checks the password itself (Basic)."""

    accounts: Mapping[str, str] = NOBODY
    """Whom it lets in: user name → password."""

    def answer(self, host: str, question: Question) -> Answer | None:
        if question.login is not None and question.login in self.accounts.items():
            return WELCOME if question.path == "/v2/" else _NOTHING_THERE
        return challenge('Basic realm="Registry Realm"')


class AsksForToken(Conduct):
    """A registry that sends its visitors to a token service (Bearer), and that service."""

    accounts: Mapping[str, str] = NOBODY
    """Who gets a token: user name → password."""
    refused: Answer = _NO_LOGIN
    """The token service's words to all others."""
    tokens_from: str | None = None
    """The token service's host, where it is not the registry's own."""
    token_path: str = "/token"  # noqa: S105 - a path
    service: str | None = None
    """What the registry calls itself, where that is not its host."""
    repositories: tuple[str, ...] = ()
    """Those that everybody with a token may pull. All others are kept from everybody."""

    def more_hosts(self, host: str) -> tuple[str, ...]:
        return () if self.tokens_from is None else (self.tokens_from,)

    def answer(self, host: str, question: Question) -> Answer | None:
        token = token_of(host)
        if question.path == self.token_path:
            if question.login is not None and self.takes(host, *question.login):
                return Answer(200, json.dumps({"token": token, "access_token": token, "expires_in": 300}))
            return self.refused
        if question.authorization == f"Bearer {token}":
            return self.content(question)
        realm = f"https://{self.tokens_from or host}{self.token_path}"
        return challenge(f'Bearer realm="{realm}",service="{self.service or host}"')

    def takes(self, host: str, user: str, password: str) -> bool:
        """Whether somebody gets a token."""
        return (user, password) in self.accounts.items()

    def content(self, question: Question) -> Answer:
        """The answer to those who have a token."""
        repository, slash, _ = question.path.removeprefix("/v2/").rpartition("/manifests/")
        if slash:
            return _MANIFEST if repository in self.repositories else _KEPT_FROM_ALL
        return WELCOME


def challenge(words: str) -> Answer:
    """What a registry asks those for who come without a login."""
    return _NO_LOGIN.but(headers=(("WWW-Authenticate", words),))


def token_of(host: str) -> str:
    """The token that opens a registry of this process, always the same: no state is kept."""
    return hashlib.sha256(f"{_SALT} {host}".encode()).hexdigest()


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
        return (self.host, *self.conduct.more_hosts(self.host))
