"""What the vendors' registries say where it differs from what all say: pure decisions, no sockets."""

from __future__ import annotations

import base64
import json
import re
import time
from types import MappingProxyType

from regdoctor.demo.conduct import (
    WELCOME,
    Answer,
    AsksForToken,
    Conduct,
    Question,
    challenge,
    refusal,
    token_of,
)
from regdoctor.demo.credentials import IDENTITY_USER, ecr_token

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_ECR_TARGET = "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken"
_ECR_LIFETIME = 12 * 3600


class DockerHub(AsksForToken):
    """Docker Hub, which tells how many pulls are left: https://docs.docker.com/docker-hub/usage/pulls/."""

    refused = Answer(401, json.dumps({"details": "incorrect username or password"}))
    tokens_from = "auth.docker.io"
    service = "registry.docker.io"
    limit: int = 100
    remaining: int = 100
    window: int = 6 * 3600
    """Seconds in which so many pulls are allowed."""

    def content(self, question: Question) -> Answer:
        if not question.path.endswith("/manifests/latest"):
            return WELCOME
        rate = (
            ("RateLimit-Limit", f"{self.limit};w={self.window}"),
            ("RateLimit-Remaining", f"{self.remaining};w={self.window}"),
        )
        return WELCOME.but(headers=(*WELCOME.headers, *rate))


class GitHub(AsksForToken):
    """GitHub's Container registry, and the API that knows its tokens: https://docs.github.com/rest/users."""

    refused = refusal(403, "DENIED", "denied")
    api: str = "api.github.com"
    scopes: str = "read:packages"
    """What the tokens may do. Without read:packages the registry does not take them; the API does."""
    days_left: float | None = None
    """When the tokens end."""

    def more_hosts(self, host: str) -> tuple[str, ...]:
        return (self.api,)

    def answer(self, host: str, question: Question) -> Answer | None:
        return self._of_token(question) if question.host == self.api else super().answer(host, question)

    def takes(self, host: str, user: str, password: str) -> bool:
        return "read:packages" in self.scopes and super().takes(host, user, password)

    def _of_token(self, question: Question) -> Answer:
        tokens = {f"Bearer {token}": owner for owner, token in self.accounts.items()}
        owner = tokens.get(question.authorization or "")
        if question.path != "/user":
            return Answer(404, json.dumps({"message": "Not Found", "status": "404"}))
        if owner is None:
            return Answer(401, json.dumps({"message": "Bad credentials", "status": "401"}))
        headers = [("X-OAuth-Scopes", self.scopes)]
        if self.days_left is not None:
            end = time.gmtime(time.time() + self.days_left * 86400)
            moment = time.strftime("%Y-%m-%d %H:%M:%S UTC", end)
            headers.append(("GitHub-Authentication-Token-Expiration", moment))
        return Answer(200, json.dumps({"login": owner, "id": 583231, "type": "User"}), tuple(headers))


class Azure(AsksForToken):
    """Azure Container Registry, which takes identity tokens as well.

    https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md
    """

    # What a registry says to users whom it does not know, its own admin user included while that is off.
    refused = refusal(401, "UNAUTHORIZED", "aad access token with sp failed client id must be guid")
    token_path = "/oauth2/token"  # noqa: S105 - a path

    def takes(self, host: str, user: str, password: str) -> bool:
        if user != IDENTITY_USER:
            return super().takes(host, user, password)
        claims = _decoded(password.split(".")[1]) if password.count(".") == 2 else {}
        end = claims.get("exp")
        return claims.get("aud") == host and isinstance(end, int) and end > time.time()


class Google(AsksForToken):
    """Both of Google's registries, which read the key file: the white space around it means nothing."""

    refused = refusal(401, "UNAUTHORIZED", "failed authentication")
    token_path = "/v2/token"  # noqa: S105 - a path

    def takes(self, host: str, user: str, password: str) -> bool:
        return (user, password.strip()) in [(name, key.strip()) for name, key in self.accounts.items()]


def aws_refusal(code: str, message: str) -> Answer:
    """A refusal in the form of AWS's JSON protocol."""
    return Answer(400, json.dumps({"__type": code, "message": message}))


class Ecr(Conduct):
    """ECR: a registry, and the API of its region that exchanges access keys for its tokens.

    Signatures are not computed: the id of a key alone decides what becomes of it.
    https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html
    """

    keys: Mapping[str, Answer | None] = MappingProxyType({})
    """Access key id → what AWS says against it; None: it gets a token."""

    def more_hosts(self, host: str) -> tuple[str, ...]:
        return (_api(host),)

    def answer(self, host: str, question: Question) -> Answer | None:
        if question.host == _api(host):
            return self._exchange(host, question)
        user, password = question.login or ("", "")
        token = _decoded(password)
        if user == "AWS" and token.get("payload") == base64.b64encode(token_of(host).encode()).decode():
            return WELCOME
        if question.authorization is not None:
            return Answer(400, "")
        return challenge(f'Basic realm="https://{host}/",service="ecr.amazonaws.com"')

    def _exchange(self, host: str, question: Question) -> Answer:
        if (question.method, question.headers.get("x-amz-target")) != ("POST", _ECR_TARGET):
            return aws_refusal("UnknownOperationException", "The requested operation is not recognized.")
        scope = re.search(r"Credential=([^/,]+)/", question.authorization or "")
        key_id = scope[1] if scope else ""
        if key_id not in self.keys:
            message = "The security token included in the request is invalid."
            return aws_refusal("UnrecognizedClientException", message)
        token = ecr_token(token_of(host), _ECR_LIFETIME)
        data = {
            "authorizationToken": base64.b64encode(f"AWS:{token}".encode()).decode(),
            "expiresAt": round(time.time() + _ECR_LIFETIME, 3),
            "proxyEndpoint": f"https://{host}",
        }
        return self.keys[key_id] or Answer(200, json.dumps({"authorizationData": [data]}))


def _api(host: str) -> str:
    """The API's host of a registry's region."""
    return f"api.ecr.{host.split('.')[3]}.amazonaws.com"


def _decoded(text: str) -> dict[str, object]:
    """A JSON object in base64; an empty one where it cannot be read."""
    try:
        read = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
