"""Owns the Bearer registry that most vendors are: a challenge, a token service and what a token opens.

As the specification has it, https://distribution.github.io/distribution/spec/auth/token/ and .../oauth/,
with the points in which vendors differ as fields.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from tests.lab import handlers
from tests.lab.scripted import Answer, Handler, Request
from tests.lab.vendors.vendor import json_web_token

Judge = Callable[[str, str], Answer | None]
"""What a user and a password get instead of a token; None lets them in. ("", "") is nobody at all."""


@dataclass
class Desk:
    """A registry whose tokens are had at `realm`, on its own host or on another one."""

    realm: str
    service: str | None
    judge: Judge
    anonymous: Literal["never", "with a scope", "always"] = "always"
    """When those who send no credential get a token."""
    key: str = "token"
    """Where an answer to GET holds the token; one to POST holds an `access_token`, as OAuth 2 has it."""
    opaque: bool = False
    """Whether tokens are just characters; else they are JWTs, which say what they open."""
    quoted: bool = True
    """Whether the challenge is written as RFC 9110 has it."""
    refuses_post: int | None = None
    """The status that a password gets which is posted."""
    refresh_user: str | None = None
    """The user of refresh tokens that are posted."""
    content: Handler = field(default_factory=handlers.anonymous)
    """The answers to those who have a token."""
    issued: dict[str, set[str]] = field(default_factory=dict)
    """Each token handed out, with the repositories that it may pull."""

    def hosts(self, host: str) -> dict[str, Handler]:
        """The handlers of the registry's host and of that of its token service."""
        realm = urlsplit(self.realm)
        table: Mapping[str, Handler | Answer] = {realm.path: self.token}
        if realm.hostname == host:
            return {host: handlers.routes(table, self.registry)}
        return {host: self.registry, str(realm.hostname): handlers.routes(table)}

    def registry(self, request: Request) -> Answer:
        repository = _repository(request.path)
        opens = self.issued.get(request.bearer or "")
        if opens is None:
            return self._challenge(repository, "invalid_token" if request.bearer else None)
        if repository is not None and repository not in opens:
            return self._challenge(repository, "insufficient_scope")
        return self.content(request)

    def token(self, request: Request) -> Answer:
        form = (
            {name: values[0] for name, values in request.form().items()} if request.method == "POST" else {}
        )
        asked = [*request.query.get("scope", []), *form.get("scope", "").split()]
        user, password = request.basic or (form.get("username", ""), form.get("password", ""))
        if form.get("grant_type") == "refresh_token" and self.refresh_user:
            user, password = self.refresh_user, form.get("refresh_token", "")
        elif request.authorization and request.basic is None:
            user = "unreadable"
        elif request.method == "POST" and self.refuses_post:
            return Answer(self.refuses_post)
        welcome = self.anonymous == "always" or (self.anonymous == "with a scope" and asked)
        if (user or password or not welcome) and (refusal := self.judge(user, password)):
            return refusal
        access = [_access(scope) for part in asked for scope in part.split() if scope.count(":") >= 2]
        token = secrets.token_urlsafe(48) if self.opaque else json_web_token({"sub": user, "access": access})
        self.issued[token] = {entry["name"] for entry in access if "pull" in entry["actions"]}
        issued_at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        key = "access_token" if request.method == "POST" else self.key
        return Answer(body={key: token, "expires_in": 300, "issued_at": issued_at})

    def _challenge(self, repository: str | None, reason: str | None) -> Answer:
        parameters = {
            "realm": self.realm,
            "service": self.service,
            "scope": f"repository:{repository}:pull" if repository else None,
            "error": reason,
        }
        quote, comma = ('"', ",") if self.quoted else ("", ", ")
        told = comma.join(f"{name}={quote}{value}{quote}" for name, value in parameters.items() if value)
        header = {"WWW-Authenticate": f"Bearer {told}"}
        return handlers.error(401, "UNAUTHORIZED", "authentication required", header)


def knowing(pairs: Mapping[str, tuple[str, str]], refusal: Answer) -> Judge:
    """Lets these pairs in, and says the same to all others."""
    return lambda user, password: None if (user, password) in pairs.values() else refusal


def except_manifests(refusal: Answer) -> Handler:
    """The content of a registry where one may log in, but not pull."""
    return lambda request: handlers.anonymous()(request) if request.path in ("/v2/", "/v2") else refusal


def _access(scope: str) -> dict[str, Any]:
    kind, _, rest = scope.partition(":")
    name, _, actions = rest.rpartition(":")
    return {"type": kind, "name": name, "actions": actions.split(",")}


def _repository(path: str) -> str | None:
    found = re.fullmatch(r"/v2/(.+)/(manifests|blobs|tags)/.*", path)
    return found[1] if found else None
