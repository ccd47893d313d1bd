"""Owns the token service of the real registry: users, grants per repository, signed tokens (RS256, x5c)."""

from __future__ import annotations

import base64
import json
import os
import secrets
import time
from collections.abc import Collection, Mapping
from functools import cached_property
from types import TracebackType
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.lab.certificates import Certificate, self_signed
from tests.lab.scripted import Answer, Listen, Request, ScriptedRegistry, listen_here

ISSUER = "lab-issuer"
SERVICE = "lab-service"
REFUSAL = Answer(
    401,
    body={"errors": [{"code": "UNAUTHORIZED", "message": "incorrect username or password", "detail": None}]},
)
Grants = Mapping[str, Mapping[str, Collection[str]]]
"""Per user, per repository: the actions allowed; the user "" is everybody without credentials."""


class TokenServer:
    """Answers GET and POST of /token; a user that `grants` does not name may do everything."""

    def __init__(
        self,
        folder: str | os.PathLike[str],
        users: Mapping[str, str],
        *,
        grants: Grants | None = None,
        certificate: Certificate | None = None,
        refusal: Answer = REFUSAL,
        address: str = "127.0.0.1",
        listen: Listen = listen_here,
        name: str | None = None,
    ) -> None:
        self.users = dict(users)
        self.grants = grants or {}
        self.refusal = refusal
        self.refused_logins: list[str] = []
        """The user of each login that was refused."""
        self.server = ScriptedRegistry(self._answer, certificate, address=address, listen=listen)
        self._name = name
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._signer = self_signed(folder, "token.lab.test", key=self._key)

    def __enter__(self) -> Self:
        self.server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.__exit__(kind, error, trace)

    @property
    def realm(self) -> str:
        """The address that the registry's challenge names: by `name`, where the certificate has one."""
        host = f"{self._name}:{self.server.port}" if self._name else self.server.address
        return f"{self.server.scheme}://{host}/token"

    @property
    def requests(self) -> list[Request]:
        return self.server.requests

    def registry_config(self) -> dict[str, str]:
        """The registry's `auth.token` section."""
        return {
            "realm": self.realm,
            "service": SERVICE,
            "issuer": ISSUER,
            "rootcertbundle": self._signer.cert_file,
        }

    def sign(self, user: str, access: list[dict[str, object]], lifetime: int = 300) -> str:
        """A token that the registry believes, or (with a negative lifetime) believed once."""
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "sub": user,
            "aud": SERVICE,
            "exp": now + lifetime,
            "nbf": now - 600,
            "iat": now - 600,
            "jti": secrets.token_hex(8),
            "access": access,
        }
        header = {"typ": "JWT", "alg": "RS256", "x5c": [self._x5c]}
        signed = f"{_base64url(json.dumps(header).encode())}.{_base64url(json.dumps(claims).encode())}"
        signature = self._key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{signed}.{_base64url(signature)}"

    @cached_property
    def _x5c(self) -> str:
        with open(self._signer.cert_file, "rb") as file:
            certificate = x509.load_pem_x509_certificate(file.read())
        return base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode()

    def _answer(self, request: Request) -> Answer:
        if request.path != "/token":
            return Answer(404)
        form = (
            {name: values[0] for name, values in request.form().items()} if request.method == "POST" else {}
        )
        credentials = request.basic or ((form["username"], form["password"]) if "password" in form else None)
        user, password = credentials or ("", "")
        if credentials is None and "" not in self.grants:
            return self.refusal
        if credentials is not None and self.users.get(user) != password:
            self.refused_logins.append(user)
            return self.refusal
        scopes = [
            part
            for scope in [*request.query.get("scope", []), form.get("scope", "")]
            for part in scope.split()
        ]
        access = [entry for scope in scopes if (entry := self._granted(user, scope))]
        token = self.sign(user, access)
        issued = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        return Answer(body={"token": token, "access_token": token, "expires_in": 300, "issued_at": issued})

    def _granted(self, user: str, scope: str) -> dict[str, object] | None:
        """What a scope (type:name:actions) becomes for this user; None where nothing is left of it."""
        kind, _, rest = scope.partition(":")
        name, _, asked = rest.rpartition(":")
        actions = asked.split(",")
        if user in self.grants:
            actions = [action for action in actions if action in self.grants[user].get(name, ())]
        return {"type": kind, "name": name, "actions": actions} if actions else None


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
