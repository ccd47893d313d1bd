"""Owns the ready-made answers of the scripted registry: how registries ask, grant and refuse."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Collection, Mapping

from tests.lab.scripted import Answer, Handler, Headers, Request

API_VERSION = {"Docker-Distribution-Api-Version": "registry/2.0"}
MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json"
EMPTY_MANIFEST = {
    "schemaVersion": 2,
    "mediaType": MANIFEST_TYPE,
    "config": {
        "mediaType": "application/vnd.oci.image.config.v1+json",
        "digest": "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
        "size": 2,
    },
    "layers": [],
}


def error(
    status: int, code: str, message: str, headers: Headers | None = None, detail: object = None
) -> Answer:
    """A refusal in the registry API's own JSON."""
    pairs = dict(headers or {})
    body = {"errors": [{"code": code, "message": message, "detail": detail}]}
    return Answer(status, {**API_VERSION, **pairs, "Content-Type": "application/json"}, body)


def always(answer: Answer) -> Handler:
    return lambda request: answer


def in_turn(*handlers: Handler) -> Handler:
    """The first request to the first handler, the next to the next, all others to the last."""
    turns = itertools.chain(handlers[:-1], itertools.repeat(handlers[-1]))
    lock = threading.Lock()

    def answer(request: Request) -> Answer:
        with lock:
            handler = next(turns)
        return handler(request)

    return answer


def routes(table: Mapping[str, Handler | Answer], otherwise: Handler | None = None) -> Handler:
    """By path, or by prefix where the key ends in `*`; what fits nothing goes to `otherwise`, or is a 404."""

    def answer(request: Request) -> Answer:
        for key, target in table.items():
            if request.path == key or (key.endswith("*") and request.path.startswith(key[:-1])):
                return target if isinstance(target, Answer) else target(request)
        return otherwise(request) if otherwise else not_found(request)

    return answer


def not_found(request: Request) -> Answer:
    """A server that is no registry: 404, in plain text."""
    return Answer(404, body="404 page not found\n")


def web_page(status: int = 200, html: str = "<!doctype html><title>It works</title>") -> Handler:
    """A web server that shows the same page for everything."""
    return always(Answer(status, {"Content-Type": "text/html; charset=utf-8"}, html))


def failing(status: int, body: str = "", retry_after: int | str | None = None) -> Handler:
    """500, 503 and their like; 429 with the seconds after which to come again."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return always(Answer(status, headers, body))


def redirecting(location: str, status: int = 307) -> Handler:
    return always(Answer(status, {"Location": location}))


def challenging(*challenges: str, in_one_header: bool = False) -> Handler:
    """Refuses everything, with these WWW-Authenticate challenges."""
    values = [", ".join(challenges)] if in_one_header else list(challenges)
    headers = [*API_VERSION.items(), *(("WWW-Authenticate", value) for value in values)]
    body = {"errors": [{"code": "UNAUTHORIZED", "message": "authentication required", "detail": None}]}
    return always(Answer(401, headers, body))


def anonymous(images: Collection[str] = ()) -> Handler:
    """A registry that asks nobody for credentials; `images` are its "repository:tag"."""
    return lambda request: _content(request, images)


def basic(
    users: Mapping[str, str],
    *,
    realm: str = "lab",
    refusal: Answer | None = None,
    images: Collection[str] = (),
) -> Handler:
    """A registry with Basic authentication; `refusal` is what a wrong password gets."""
    challenge = {"WWW-Authenticate": f'Basic realm="{realm}"'}
    required = error(401, "UNAUTHORIZED", "authentication required", challenge)

    def answer(request: Request) -> Answer:
        if request.basic is None:
            return required
        user, password = request.basic
        if users.get(user) != password:
            return refusal or required
        return _content(request, images)

    return answer


class Bearer:
    """A registry with a token service: itself the handler of both, or `.registry` and `.token` on two hosts.

    Without `realm` the tokens are had at /token of the host that was asked; set `realm` (it may be changed
    later) to send clients elsewhere. `grants` says which repositories a user may pull (all, where a user is
    not in it); the user "" is the anonymous one, who gets a token only where `grants` names him.
    """

    def __init__(
        self,
        users: Mapping[str, str],
        *,
        realm: str | None = None,
        service: str = "lab",
        refusal: Answer | None = None,
        grants: Mapping[str, Collection[str]] | None = None,
        images: Collection[str] = (),
    ) -> None:
        self.users = dict(users)
        self.realm = realm
        self.service = service
        self.refusal = refusal or error(401, "UNAUTHORIZED", "incorrect username or password")
        self.grants = dict(grants or {})
        self.images = images
        self.issued: dict[str, tuple[str, list[str]]] = {}
        """Each token handed out, with its user and the repositories it may pull."""

    def __call__(self, request: Request) -> Answer:
        return self.token(request) if request.path == "/token" else self.registry(request)

    def registry(self, request: Request) -> Answer:
        repository = _repository(request.path)
        known = self.issued.get(request.bearer or "")
        if known is None:
            return self._challenge(request, repository, "invalid_token" if request.bearer else None)
        if repository is not None and repository not in known[1]:
            return self._challenge(request, repository, "insufficient_scope")
        return _content(request, self.images)

    def token(self, request: Request) -> Answer:
        credentials = request.basic or _of_form(request)
        if credentials is None and "" not in self.grants:
            return self.refusal
        user, password = credentials or ("", "")
        if credentials is not None and self.users.get(user) != password:
            return self.refusal
        scopes = [*request.query.get("scope", []), *request.form().get("scope", [])]
        asked = [part.split(":")[1] for scope in scopes for part in scope.split() if part.count(":") >= 2]
        allowed = [name for name in asked if user not in self.grants or name in self.grants[user]]
        token = f"lab-token-{len(self.issued) + 1:04d}-of-{user or 'nobody'}"
        self.issued[token] = (user, allowed)
        return Answer(body={"token": token, "access_token": token, "expires_in": 300})

    def _challenge(self, request: Request, repository: str | None, reason: str | None) -> Answer:
        realm = self.realm or f"{request.base_url}/token"
        value = f'Bearer realm="{realm}",service="{self.service}"'
        if repository:
            value += f',scope="repository:{repository}:pull"'
        if reason:
            value += f',error="{reason}"'
        return error(401, "UNAUTHORIZED", "authentication required", {"WWW-Authenticate": value})


def _of_form(request: Request) -> tuple[str, str] | None:
    """The credentials of an OAuth2 password grant."""
    form = request.form() if request.method == "POST" else {}
    if "username" not in form or "password" not in form:
        return None
    return form["username"][0], form["password"][0]


def _repository(path: str) -> str | None:
    for kind in ("/manifests/", "/blobs/", "/tags/"):
        if path.startswith("/v2/") and kind in path:
            return path[len("/v2/") : path.rindex(kind)]
    return None


def _content(request: Request, images: Collection[str]) -> Answer:
    """The registry's answer to somebody who was let in."""
    if request.path in ("/v2/", "/v2"):
        return Answer(headers=API_VERSION, body={})
    repository = _repository(request.path)
    if repository is None or "/manifests/" not in request.path:
        return not_found(request)
    if f"{repository}:{request.path.rsplit('/', 1)[1]}" in images:
        manifest = json.dumps(EMPTY_MANIFEST)
        return Answer(headers={**API_VERSION, "Content-Type": MANIFEST_TYPE}, body=manifest)
    if any(image.rpartition(":")[0] == repository for image in images):
        return error(404, "MANIFEST_UNKNOWN", "manifest unknown")
    return error(404, "NAME_UNKNOWN", "repository name not known to registry", detail={"name": repository})
