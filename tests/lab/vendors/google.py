"""Owns the scripted registries of Google, and keys of service accounts made up for them."""

from __future__ import annotations

import base64
import binascii
import json
import string
from typing import Literal

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.lab import handlers
from tests.lab.certificates import Authority
from tests.lab.scripted import Answer
from tests.lab.vendors.desk import Desk, except_manifests
from tests.lab.vendors.vendor import ALPHANUMERIC, HEX, Vendor, made_up

PROJECT = "octo-project"
Pair = Literal["json_key", "json_key_base64", "access_token"]


def google_json_key(project: str = PROJECT, account: str = "puller") -> str:
    """The file that the console gives for a new key of a service account, with a real RSA key in it.

    https://cloud.google.com/iam/docs/keys-create-delete shows its form.
    """
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    email = f"{account}@{project}.iam.gserviceaccount.com"
    metadata = "https://www.googleapis.com/robot/v1/metadata/x509"
    file = {
        "type": "service_account",
        "project_id": project,
        "private_key_id": made_up(40, HEX),
        "private_key": key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode(),
        "client_email": email,
        "client_id": "1" + made_up(20, string.digits),
        "auth_uri": "https://accounts.google.com/o/oauth2/auth",
        "token_uri": "https://oauth2.googleapis.com/token",
        "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
        "client_x509_cert_url": f"{metadata}/{email.replace('@', '%40')}",
        "universe_domain": "googleapis.com",
    }
    return json.dumps(file, indent=2) + "\n"


def gar(
    authority: Authority,
    host: str = "europe-west1-docker.pkg.dev",
    *,
    pair: Pair = "json_key",
    names_service: bool = True,
    deleted_key: bool = False,
    token_expired: bool = False,
    api_disabled: bool = False,
    no_role: bool = False,
    parse_status: int = 401,
) -> Vendor:
    """Artifact Registry; `names_service` is whether the challenge has a service."""
    # terraform-google-modules/terraform-google-kubernetes-engine#1779
    no_pull = (
        'Permission "artifactregistry.repositories.downloadArtifacts" denied on resource '
        f'"projects/{PROJECT}/locations/{host.removesuffix("-docker.pkg.dev")}/repositories/team"'
        " (or it may not exist)"
    )
    # Google's words of every API; that the registry's are of that form is assumed
    page = f"https://console.developers.google.com/apis/api/artifactregistry.googleapis.com/overview?project={PROJECT}"
    disabled = (
        f"Artifact Registry API has not been used in project {PROJECT} before or it is disabled."
        f" Enable it by visiting {page} then retry."
    )
    return _google(
        authority,
        host,
        pair,
        service=host if names_service else None,  # without: seqeralabs/wave's tests
        dead={"json_key", "json_key_base64"} if deleted_key else {"access_token"} if token_expired else set(),
        refusal=handlers.error(403, "DENIED", disabled) if api_disabled else None,
        no_pull=no_pull if no_role else None,
        parse_status=parse_status,
    )


def gcr(
    authority: Authority,
    host: str = "gcr.io",
    *,
    pair: Pair = "json_key",
    deleted_key: bool = False,
    token_expired: bool = False,
    api_disabled: bool = False,
    no_role: bool = False,
    retired: bool = False,
    parse_status: int = 401,
) -> Vendor:
    """Container Registry, which is retired."""
    refusal = None
    if retired:
        # the status: docker/build-push-action#1375; the words: mozilla/jetstream#2683, of a push
        text = (
            "Container Registry is deprecated and shutting down, please use the auto migration tool to"
            f" migrate to Artifact Registry (gcloud artifacts docker upgrade migrate --projects='{PROJECT}')"
        )
        refusal = handlers.error(412, "DENIED", text)
    elif api_disabled:
        # observed of a pull: grafeas/kritis#240
        page = f"https://console.cloud.google.com/apis/api/containerregistry.googleapis.com/overview?project={PROJECT}"
        text = (
            f"Please enable Google Container Registry API in Cloud Console at {page}"
            " before performing this operation."
        )
        refusal = handlers.error(403, "DENIED", text)
    # observed: google/kf#484
    no_pull = (
        "You don't have the needed permissions to perform this operation, and you may have invalid"
        " credentials. To authenticate your request, follow the steps in:"
        " https://cloud.google.com/container-registry/docs/advanced-authentication"
    )
    return _google(
        authority,
        host,
        pair,
        service=host,
        dead={"json_key", "json_key_base64"} if deleted_key else {"access_token"} if token_expired else set(),
        refusal=refusal,
        no_pull=no_pull if no_role else None,
        parse_status=parse_status,
    )


def _google(
    authority: Authority,
    host: str,
    pair: Pair,
    *,
    service: str | None,
    dead: set[str],
    refusal: Answer | None,
    no_pull: str | None,
    parse_status: int,
) -> Vendor:
    key = google_json_key()
    pairs = {
        "json_key": ("_json_key", key),
        "json_key_base64": ("_json_key_base64", base64.b64encode(key.encode()).decode()),
        "access_token": ("oauth2accesstoken", _access_token()),
    }
    known = json.loads(key)
    # The words are observed, of a stale credential: GoogleCloudPlatform/cloud-sdk-docker#328. What a deleted
    # key gets is assumed to be the same.
    failed = handlers.error(401, "UNAUTHORIZED", "failed authentication")

    def judge(user: str, password: str) -> Answer | None:
        kind = next((kind for kind, (name, _) in pairs.items() if name == user), None)
        if kind is None:
            return failed
        if kind == "access_token":
            right = password == pairs[kind][1]
        else:
            try:
                raw = password if kind == "json_key" else base64.b64decode(password, validate=True).decode()
                given = json.loads(raw)
                right = given["private_key_id"] == known["private_key_id"]
                right = right and given["private_key"] == known["private_key"]
            except (ValueError, binascii.Error, KeyError, TypeError):
                # the words and the code UNKNOWN are observed: docker/cli#650; the status is assumed
                return handlers.error(parse_status, "UNKNOWN", "Unable to parse json key.")
        return failed if kind in dead or not right else refusal

    # containerd core/remotes/docker/authorizer.go: "GCR is known to return 404" to POST
    desk = Desk(f"https://{host}/v2/token", service, judge, opaque=True, refuses_post=404)
    if no_pull:
        desk.content = except_manifests(handlers.error(403, "DENIED", no_pull))
    wrong = _access_token()
    if pair != "access_token":
        wrong = google_json_key()
    if pair == "json_key_base64":
        wrong = base64.b64encode(wrong.encode()).decode()
    return Vendor(authority, host, desk.hosts(host), pairs, pair=pair, wrong=wrong)


def _access_token() -> str:
    """The prefix is that of every access token of Google; the length varies."""
    return "ya29." + made_up(213, ALPHANUMERIC + "_-")
