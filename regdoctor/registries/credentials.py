"""The kinds of credential, recognised by their form without sending them.

The prefixes are the vendors' own: GitHub (about-authentication-to-github), Docker, AWS, Google, GitLab
(security/tokens), JFrog and DigitalOcean document theirs.
"""

from __future__ import annotations

import re

from regdoctor.model import Credential
from regdoctor.record import Record
from regdoctor.regex import regex
from regdoctor.secret import to_bytes

PLAIN = "password"
"""The kind of what has no form of its own."""


class Form(Record):
    """A form by which a kind of credential is known for sure."""

    kind: str
    pattern: str
    needle: str
    """A text that every such credential begins with; cheaper to look for than the pattern."""
    name: str
    """What it is called in a sentence, with its article."""


FORMS: tuple[Form, ...] = (
    Form("github-classic-token", r"ghp_[A-Za-z0-9]{16,}", "ghp_", "a GitHub token (classic)"),
    Form(
        "github-fine-grained-token",
        r"github_pat_[A-Za-z0-9_]{16,}",
        "github_pat_",
        "a fine-grained GitHub token",
    ),
    Form("github-oauth-token", r"gho_[A-Za-z0-9]{16,}", "gho_", "a GitHub OAuth token"),
    Form("github-app-user-token", r"ghu_[A-Za-z0-9._-]{16,}", "ghu_", "a token of a GitHub App user"),
    Form(
        "github-installation-token",
        r"ghs_[A-Za-z0-9._-]{16,}",
        "ghs_",
        "a token of a GitHub App installation",
    ),
    Form("github-refresh-token", r"ghr_[A-Za-z0-9]{16,}", "ghr_", "a GitHub refresh token"),
    Form("docker-access-token", r"dckr_pat_[A-Za-z0-9_-]{16,}", "dckr_pat_", "a Docker access token"),
    Form(
        "docker-organization-token",
        r"dckr_oat_[A-Za-z0-9_-]{16,}",
        "dckr_oat_",
        "a Docker organization token",
    ),
    Form("ecr-token", r"eyJwYXlsb2FkIjoi[A-Za-z0-9+/=_-]{40,}", "eyJwYXlsb2FkIjoi", "an ECR token"),
    Form(
        "ecr-authorization-token",
        r"QVdTOmV5SndZWGxz[A-Za-z0-9+/=_-]{40,}",
        "QVdTOmV5SndZWGxz",
        "an ECR authorization token that is still encoded",
    ),
    Form(
        "google-json-key",
        r"\s*\{(?=[\s\S]*\"(private_key|type)\")[\s\S]*",
        "",
        "the key file of a Google service account",
    ),
    Form(
        "google-json-key-base64",
        r"\s*(ewog|ewoJ|ew0K|eyJ0eXBlIjo|eyAi)[A-Za-z0-9+/=\s]{40,}",
        "",
        "the base64 of a Google key file",
    ),
    Form("google-access-token", r"ya29\.[A-Za-z0-9_.-]{16,}", "ya29.", "a Google access token"),
    Form("google-api-key", r"AIza[\w-]{30,}", "AIza", "a Google API key"),
    Form("gitlab-access-token", r"glpat-[\w.-]{16,}", "glpat-", "a GitLab access token"),
    Form("gitlab-deploy-token", r"gldt-[\w-]{16,}", "gldt-", "a GitLab deploy token"),
    Form("gitlab-job-token", r"glcbt-[\w.-]{16,}", "glcbt-", "a GitLab job token"),
    Form(
        "gitlab-other-token",
        r"gl(oas|rt|rtr|ptt|ft|imt|agent|wt|soat|ffct)-[\w.-]{16,}",
        "gl",
        "a GitLab token of another purpose",
    ),
    Form("jfrog-api-key", r"AKCp[A-Za-z0-9]{40,}", "AKCp", "a JFrog API key"),
    Form("jfrog-reference-token", r"cmVmd[A-Za-z0-9]{50,}", "cmVmd", "a JFrog reference token"),
    Form("digitalocean-token", r"do[opr]_v1_[a-f0-9]{32,}", "do", "a DigitalOcean token"),
    Form("npm-token", r"npm_[A-Za-z0-9]{30,}", "npm_", "an npm token"),
    Form("openshift-token", r"sha256~[\w-]{30,}", "sha256~", "an OpenShift token"),
    Form("pem", r"\s*-----BEGIN [A-Z ]+-----[\s\S]*", "", "a key or certificate in PEM form"),
    Form("azure-client-secret", r"[\w~.-]{3}\dQ~[\w~.-]{31,34}", "", "a client secret of Microsoft Entra"),
    Form(
        "acr-password", r"[A-Za-z0-9+/]{42}\+ACR[A-Za-z0-9]{6}", "", "a password of Azure Container Registry"
    ),
    Form("jwt", r"eyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*", "eyJ", "a JSON web token"),
    Form("quay-robot-token", r"[A-Z0-9]{64}", "", "the token of a Quay robot account"),
    Form("quay-app-token", r"[A-Z0-9]{120}", "", "an application token of Quay"),
)
"""Forms that nothing else has. Each is asked in this order; the first that fits names the kind."""

OTHERS: dict[str, str] = {
    "aws-access-key": "the secret of an AWS access key",
    "aws-temporary-key": "the secret of a temporary AWS access key",
    "acr-identity-token": "an identity token of Azure Container Registry",
    "acr-access-token": "an access token of Azure Container Registry, which is good for single requests only",
    "entra-access-token": "an access token of Microsoft Entra",
    PLAIN: "a password or a token without a form of its own",
}
"""What is recognised by more than one pattern: by the user name beside it, or by what a web token says."""

_NAMES = {form.kind: form.name for form in FORMS} | OTHERS

_ACCESS_KEY_ID = regex(r"(AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}")


_PUBLIC = regex(
    r"\"https://[^\"]{0,300}\"|\"\w{1,40}\"\s{0,9}:|-----(?:BEGIN|END)[A-Z ]{1,40}-----"
    r"|\"service_account\"|\"googleapis\.com\""
)
"""What stands in every key file of Google's and is no secret: its field names, addresses and headings."""


def secret_parts(password: str) -> tuple[str, ...]:
    """What of a password must not be shown: all of it, but for the public words of a key file.

    Were those kept as secret as the rest, no address could be shown beside such a key.
    """
    form = form_of(password.strip())
    if form is None or form.kind != "google-json-key":
        return (password,)
    from base64 import b64encode

    encoded = b64encode(to_bytes(password)).decode()
    parts = (part.strip(' \t\r\n,{}"\\') for part in _PUBLIC.split(password))
    return (encoded, *(part for part in parts if len(part) >= 8))


def is_form(kind: str) -> bool:
    """Whether a kind of credential is known beyond doubt by its form: no password looks like it by chance."""
    return kind not in (PLAIN, "quay-robot-token", "quay-app-token")


def name_of_kind(kind: str) -> str:
    """What a kind of credential is called in a sentence, with its article."""
    return _NAMES[kind]


def is_access_key_id(text: str) -> bool:
    """Whether a text is an AWS access key id, which is no secret."""
    return _ACCESS_KEY_ID.fullmatch(text) is not None


def form_of(text: str) -> Form | None:
    """The form of a credential that a text has beyond doubt, if any."""
    for form in FORMS:
        if text.startswith(form.needle) and re.fullmatch(form.pattern, text):
            return form
    return None


def is_temporary_key_id(text: str) -> bool:
    """Whether an access key id is that of a temporary key, which is good only with a session token.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
    """
    return is_access_key_id(text) and text.startswith("ASIA")


def credential_of(user: str, password: str) -> Credential:
    """What a password is, and until when it is good as far as it says so itself."""
    bare, user = password.strip(), user.strip()
    form = form_of(bare)
    if form is None:
        if is_access_key_id(user):
            return Credential("aws-temporary-key" if is_temporary_key_id(user) else "aws-access-key")
        return Credential(PLAIN)
    if form.kind == "jwt":
        claims = claims_of(bare)
        return Credential(_kind_of_web_token(claims), _moment(claims.get("exp")))
    if form.kind == "ecr-token":
        return Credential("ecr-token", _moment(_decoded(bare).get("expiration")))
    return Credential(form.kind)


def claims_of(token: str) -> dict[str, object]:
    """What a JSON web token says, unverified; nothing where it cannot be read."""
    parts = token.strip().split(".")
    return _decoded(parts[1]) if len(parts) == 3 else {}


def _kind_of_web_token(claims: dict[str, object]) -> str:
    issuer = claims.get("iss")
    if issuer == "Azure Container Registry":
        # https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md
        return "acr-access-token" if claims.get("grant_type") == "access_token" else "acr-identity-token"
    if isinstance(issuer, str) and re.match(
        r"https://(sts\.windows\.net|login\.microsoftonline\.com|login\.partner\.microsoftonline\.cn)/",
        issuer,
    ):
        return "entra-access-token"
    return "jwt"


def _decoded(encoded: str) -> dict[str, object]:
    """A base64 JSON object; an empty one where it cannot be read."""
    import base64
    import json

    try:
        padded = encoded.replace("-", "+").replace("_", "/") + "=" * (-len(encoded) % 4)
        claims = json.loads(base64.b64decode(padded))
    except (ValueError, RecursionError):
        return {}
    return claims if isinstance(claims, dict) else {}


def _moment(claim: object) -> int | None:
    """Seconds since the epoch; None where the claim is not there or makes no sense."""
    if isinstance(claim, bool) or not isinstance(claim, int | float) or not 0 < claim < 1 << 33:
        return None
    return int(claim)


def looks_secret(text: str) -> bool:
    """Whether a value is a credential by its form, wherever it stands.

    Only what cannot well be a host or a user name: a form of a vendor's, or a long run of mixed letters
    and digits as generators make them.
    """
    bare = text.strip().strip("\"'")
    if form_of(bare) is not None:
        return True
    if is_access_key_id(bare) or not 20 <= len(bare) <= 4096 or not re.fullmatch(r"[A-Za-z0-9+/=_~-]+", bare):
        return False
    if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bare, re.IGNORECASE):
        return False
    kinds = sum(bool(re.search(pattern, bare)) for pattern in ("[a-z]", "[A-Z]", "[0-9]"))
    changes = len(re.findall(r"[0-9]+|[A-Z]+|[^0-9A-Z]+", bare)) - 1
    return kinds == 3 and changes >= len(bare) // 4
