"""Credentials in the forms of their vendors, and never anybody's.

They are made when they are needed: programs that search a repository for secrets would take them for real.
"""

from __future__ import annotations

import base64
import hashlib
import json
import string
import time

_ALPHANUMERIC = string.ascii_letters + string.digits
_BASE64 = _ALPHANUMERIC + "+/"
_BASE32 = string.ascii_uppercase + "234567"
_HEX = string.digits + "abcdef"

IDENTITY_USER = "00000000-0000-0000-0000-000000000000"
"""The user of an identity token of Azure Container Registry."""


def _made_up(name: str, length: int, alphabet: str = _ALPHANUMERIC) -> str:
    """Characters without a meaning, the same for a name at every start."""
    noise = hashlib.shake_256(f"regdoctor demo {name}".encode()).digest(length)
    return "".join(alphabet[byte % len(alphabet)] for byte in noise)


def docker_token(name: str) -> str:
    """A personal access token of Docker."""
    return "dckr_pat_" + _made_up(name, 27)


def github_token(name: str) -> str:
    """A personal access token (classic) of GitHub."""
    return "ghp_" + _made_up(name, 36)


def fine_grained_token(name: str) -> str:
    """A fine-grained personal access token of GitHub."""
    return f"github_pat_{_made_up(name, 22)}_{_made_up(f'{name} secret', 59)}"


def acr_password(name: str) -> str:
    """A password that Azure Container Registry made."""
    return f"{_made_up(name, 42)}+ACR{_made_up(f'{name} end', 6)}"


def identity_token(host: str, seconds: float = 3 * 3600) -> str:
    """An identity token of Azure Container Registry, good for so long from now.

    Its claims are those of https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md.
    """
    now = int(time.time())
    claims = {
        "jti": _guid("identity token"),
        "sub": "octocat@example.com",
        "nbf": now - 900,
        "exp": now + int(seconds),
        "iat": now - 900,
        "iss": "Azure Container Registry",
        "aud": host,
        "version": "1.0",
        "rid": _made_up("identity token", 32, _HEX),
        "grant_type": "refresh_token",
        "tenant": _guid("tenant"),
    }
    head = {"alg": "RS256", "typ": "JWT", "kid": _made_up("identity token", 12)}
    parts = (
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in (head, claims)
    )
    return ".".join((*parts, _made_up("signature", 342)))


def access_key_id(name: str) -> str:
    """The id of an access key of AWS, which is no secret."""
    return "AKIA" + _made_up(name, 16, _BASE32)


def access_key_secret(name: str) -> str:
    """The secret of an access key of AWS."""
    return _made_up(f"{name} secret", 40, _BASE64)


def ecr_token(payload: str, seconds: float) -> str:
    """A password for the user AWS, good for so long from now; with a negative number it has expired."""
    token = {
        "payload": base64.b64encode(payload.encode()).decode(),
        "datakey": _made_up("datakey", 244, _BASE64),
        "version": "2",
        "type": "DATA_KEY",
        "expiration": int(time.time() + seconds),
    }
    return base64.b64encode(json.dumps(token, separators=(",", ":")).encode()).decode()


def google_key(name: str) -> str:
    """The key file of a service account of Google. What is between its PEM lines is no key."""
    label = "PRIVATE" + " KEY"
    noise = _made_up(name, 1600, _BASE64)
    lines = [noise[at : at + 64] for at in range(0, len(noise), 64)]
    key = {
        "type": "service_account",
        "project_id": "octo-ci",
        "private_key_id": _made_up(f"{name} id", 40, _HEX),
        "private_key": "\n".join((f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", "")),
        "client_email": "puller@octo-ci.iam.gserviceaccount.com",
        "client_id": _made_up(f"{name} client", 21, string.digits),
    }
    return json.dumps(key, indent=2) + "\n"


def _guid(name: str) -> str:
    noise = _made_up(name, 32, _HEX)
    return "-".join((noise[:8], noise[8:12], noise[12:16], noise[16:20], noise[20:]))
