"""Credentials of every kind, in their right form and made up, as the unit tests need them."""

from __future__ import annotations

import base64
import hashlib
import json
import time

END = 1_900_000_000
"""A moment far off, in seconds since the epoch."""
MIXED = "R7tKq2ZbX9mLw4VnC8sYd3HfJ6pTg1QaE5uN"
"""As a generator of tokens mixes letters and digits."""

CLASSIC = "ghp_" + MIXED
FINE_GRAINED = "github_pat_11ABCDEFG0" + MIXED + "_" + MIXED
DOCKER_TOKEN = "dckr_pat_Ab3dEf6hIj9kLm2nOp5qRs8tUv1"
ACR_PASSWORD = "q8Zr2LmX7vKd0TnWb5Yc9HsJf3GpQa6Ee1Ru4UiOo7+ACRDx2Kf9"[:52]
CLIENT_SECRET = "wX78Q~abcDEFghiJKLmnoPQRstuVWXyz012345ab"
AWS_KEY_ID = "AKIAQ4J7XZ5RT2WLMNV8"
AWS_TEMPORARY_ID = "ASIAQ4J7XZ5RT2WLMNV8"
AWS_SECRET = "h7Kd/2mQzX9vTnWb5Yc0HsJf3GpQa6Ee1Ru4UiOo"
GOOGLE_TOKEN = "ya29.a0AfB_byC7kQzX9vTnWb5Yc0HsJf3GpQa6Ee1Ru"
ROBOT_TOKEN = "QX7KD2MZ9VTN5YC0HSJF3GPA6E1RU4UO" * 2
UUID = "8d3a1b2c-4e5f-6071-8293-a4b5c6d7e8f9"


def _encoded(value: object) -> str:
    raw = json.dumps(value, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def jwt(claims: object) -> str:
    """A JSON web token with these claims."""
    return f"{_encoded({'alg': 'RS256', 'typ': 'JWT'})}.{_encoded(claims)}.c2lnbmF0dXJlc2ln"


def ends_in(seconds: float, **claims: object) -> str:
    """A JSON web token that says when it expires."""
    return jwt({"exp": int(time.time() + seconds), "sub": "octocat", **claims})


def acr_token(host: str = "mycompany.azurecr.io", grant: str = "refresh_token", **claims: object) -> str:
    """A token of Azure Container Registry: https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md."""
    return jwt({"iss": "Azure Container Registry", "aud": host, "grant_type": grant, "exp": END, **claims})


def ecr_token(expiration: object = END) -> str:
    """What `aws ecr get-login-password` prints."""
    said = {"payload": "Xy7Kd2mQ" * 9, "datakey": "AQEBAHh", "version": "2", "type": "DATA_KEY"}
    raw = json.dumps({**said, "expiration": expiration}, separators=(",", ":"))
    return base64.b64encode(raw.encode()).decode()


def _lines_of_a_key() -> str:
    noise = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(38))
    text = base64.b64encode(noise).decode()
    return "\n".join(text[at : at + 64] for at in range(0, len(text), 64))


GOOGLE_FIELDS = {
    "type": "service_account",
    "project_id": "octo",
    "private_key_id": "4f9d0b7c2e6a81530c9e7d4ab26f815379d0c4e1",
    "private_key": f"-----BEGIN PRIVATE KEY-----\n{_lines_of_a_key()}\n-----END PRIVATE KEY-----\n",
    "client_email": "puller@octo.iam.gserviceaccount.com",
    "client_id": "104857600000000000001",
    "auth_uri": "https://accounts.google.com/o/oauth2/auth",
    "token_uri": "https://oauth2.googleapis.com/token",
    "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
    "universe_domain": "googleapis.com",
}
"""The fields of a key file: https://cloud.google.com/iam/docs/keys-create-delete."""
GOOGLE_KEY = json.dumps(GOOGLE_FIELDS, indent=2) + "\n"


def in_base64(text: str) -> str:
    """A text's base64, on one line."""
    return base64.b64encode(text.encode()).decode()


EXAMPLES = {
    "github-classic-token": CLASSIC,
    "github-fine-grained-token": FINE_GRAINED,
    "github-oauth-token": "gho_" + MIXED,
    "github-app-user-token": "ghu_" + MIXED,
    "github-installation-token": "ghs_" + MIXED,
    "github-refresh-token": "ghr_" + MIXED * 2,
    "docker-access-token": DOCKER_TOKEN,
    "docker-organization-token": "dckr_oat_Ab3dEf6hIj9kLm2nOp5qRs8tUv1",
    "ecr-token": ecr_token(),
    "ecr-authorization-token": in_base64(f"AWS:{ecr_token()}"),
    "google-json-key": GOOGLE_KEY,
    "google-json-key-base64": in_base64(GOOGLE_KEY),
    "google-access-token": GOOGLE_TOKEN,
    "google-api-key": "AIza" + MIXED[:35],
    "gitlab-access-token": "glpat-Xy7Kd2mQzX9vTnWb5Yc0",
    "gitlab-deploy-token": "gldt-Xy7Kd2mQzX9vTnWb5Yc0",
    "gitlab-job-token": "glcbt-64_Xy7Kd2mQzX9vTnWb5Yc0",
    "gitlab-other-token": "glrt-Xy7Kd2mQzX9vTnWb5Yc0",
    "jfrog-api-key": "AKCp" + MIXED * 2,
    "jfrog-reference-token": "cmVmd" + MIXED * 2,
    "digitalocean-token": "dop_v1_" + "0123456789abcdef" * 4,
    "npm-token": "npm_" + MIXED,
    "openshift-token": "sha256~" + MIXED,
    "pem": "-----BEGIN RSA PRIVATE KEY-----\nMIIEvQIBADAN\n-----END RSA PRIVATE KEY-----\n",
    "azure-client-secret": CLIENT_SECRET,
    "acr-password": ACR_PASSWORD,
    "jwt": jwt({"exp": END}),
    "quay-robot-token": ROBOT_TOKEN,
    "quay-app-token": ("QX7KD2MZ9VTN5YC0HSJF3GPA6E1RU4" * 4),
}
"""One of each form, in the order in which the forms are asked."""

OTHERS = {
    "acr-identity-token": acr_token(),
    "acr-access-token": acr_token(grant="access_token"),
    "entra-access-token": jwt({"iss": f"https://sts.windows.net/{UUID}/", "exp": END}),
    "password": "quartz-Velvet7+Onion",
}
"""One of each kind that is not known by one pattern, beside the keys of AWS, which their user gives away."""
