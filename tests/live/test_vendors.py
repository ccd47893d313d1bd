"""Each cause of a login, provoked at every vendor that can have it; what healthy sets and mends need."""

from __future__ import annotations

import base64
import dataclasses
import datetime
import json
import re
import socket
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from regdoctor.causes import CAUSES
from regdoctor.model import PARTS, Finding, Fix, variable_name
from regdoctor.settings import Settings
from tests.lab import handlers, vendors
from tests.lab.aws import BARE_DENY, BROKEN, EXPIRED_JSON, EXPLICIT_DENY, THROTTLED, Ecr
from tests.lab.certificates import Authority
from tests.lab.scripted import Answer
from tests.lab.vendors import Vendor
from tests.lab.vendors.azure import ZERO_GUID
from tests.lab.vendors.github import SSO_REQUIRED
from tests.lab.vendors.vendor import UPPER, made_up
from tests.live.provoked import (
    ACCOUNT,
    CELL,
    DAY,
    ECR_HOST,
    FOREIGN,
    HOUR,
    MARGIN,
    MINUTE,
    MISSING,
    OTHER_ACCOUNT,
    Aws,
    Place,
    Value,
    Visit,
    api_of,
    at,
    basic,
    bearer,
    door,
    ecr,
    ecr_public,
    everything_shown,
    leaks,
    pair,
    visit,
    web_token,
    wrong,
)
from tests.live.running import check_of, diagnose, verdict
from tests.unit import test_signatures

AUTHENTICATION = """
bad-credentials token-expired token-revoked missing-scope sso-not-authorized account-locked
admin-user-disabled firewall-denied aws-invalid-access-key aws-signature-mismatch aws-session-token
aws-expired-token aws-access-denied aws-wrong-region aws-no-credentials ecr-token-expired gcp-bad-json-key
gcp-permission-denied gcp-api-disabled gcp-not-configured azure-token-error credential-not-tested
credential-expires-soon no-credentials-sent wrong-server-name
"""
"""The causes of authentication that users are promised, written down by hand."""

NOT_LIVE = {
    # regdoctor signs all that it asks of AWS with the key of the set, and asks nothing where there is none.
    "aws-no-credentials": "the words of programs that had no key to sign with",
    # A login always brings a credential; these are the words for whoever comes without one.
    "gcp-not-configured": "the words for a pull that brought no login",
    "no-credentials-sent": "the words for a pull that brought no login",
    # A login goes to the server that the set names; only the name of an image can differ from it.
    "wrong-server-name": "a comparison with the name of an image, of which a login knows nothing",
}
"""The causes that no live login can meet, and why; what words they have, the unit tests know."""

EVERYWHERE = (
    "dockerhub ghcr github-packages acr ecr ecr-public gcr gar quay gitlab artifactory harbor nexus redhat "
    "digitalocean ocir icr alibaba scaleway other"
)
WHO_HAS_IT = {
    "bad-credentials": EVERYWHERE,
    # Where tokens say themselves when they end, or the registry says it, or a token is whole and refused.
    "token-expired": (
        "dockerhub ghcr acr gar gcr quay gitlab artifactory harbor nexus redhat digitalocean ocir icr other"
    ),
    # No vendor that is known here says so; where it is possible, `also_possible` has it.
    "token-revoked": "other",
    "missing-scope": "dockerhub ghcr github-packages",
    "sso-not-authorized": "ghcr github-packages",
    "account-locked": "dockerhub quay gar other",
    "admin-user-disabled": "acr",
    "firewall-denied": "acr icr other",
    "aws-invalid-access-key": "ecr ecr-public",
    "aws-signature-mismatch": "ecr ecr-public",
    "aws-session-token": "ecr ecr-public",
    "aws-expired-token": "ecr ecr-public",
    "aws-access-denied": "ecr ecr-public",
    # The host of ECR Public has neither region nor account.
    "aws-wrong-region": "ecr",
    "ecr-token-expired": "ecr ecr-public",
    "gcp-bad-json-key": "gar gcr",
    "gcp-permission-denied": "gar gcr",
    "gcp-api-disabled": "gar gcr",
    "azure-token-error": "acr",
    "credential-not-tested": "artifactory other",
    "credential-expires-soon": (
        "ghcr github-packages acr ecr ecr-public gar gcr quay gitlab artifactory harbor nexus redhat "
        "digitalocean ocir icr alibaba other"
    ),
}
"""The registries whose logins can meet each cause."""

REGISTRIES: dict[Callable[[Authority], Vendor], str] = {
    vendors.ghcr: "ghcr",
    vendors.ghe: "ghcr",
    vendors.ghes: "ghcr",
    vendors.docker_hub: "dockerhub",
    vendors.github_packages: "github-packages",
    vendors.gitlab_self_managed: "gitlab",
}
REGISTRIES |= {vendor: vendor.__name__ for vendor in vendors.HEALTHY if vendor not in REGISTRIES}
"""The registry that each scripted vendor is."""

RETIRED = ("gcr", "github-packages")
"""Where a login to these fails, their retirement is the verdict."""


@dataclass(frozen=True)
class Situation:
    """What a set meets, and what has to be said of it."""

    registry: str
    name: str
    place: Place
    cause: str = ""
    status: str = "error"
    proved: bool = False
    sent: bool = True
    """Whether the credential is sent: not where its form alone shows that it is of no use."""
    under: str | None = None
    """The cause that leads, and names this one as possible."""
    also: str = ""
    """What else is named as possible, among others."""
    says: str = ""
    """Words that have to be in it."""


def of(cause: str, *situations: Situation) -> list[Situation]:
    """Situations of one cause."""
    return [dataclasses.replace(situation, cause=cause) for situation in situations]


def unsent(registry: str, name: str, place: Place, **more: Any) -> Situation:
    """The credential's own form says enough."""
    return Situation(registry, name, place, sent=False, **more)


def warned(registry: str, name: str, place: Place, **more: Any) -> Situation:
    """The login works, and there is something to say of it."""
    return Situation(registry, name, place, status="warning", proved=True, **more)


def retired(registry: str, name: str, place: Place, **more: Any) -> Situation:
    """The login fails at a registry whose retirement is the verdict then."""
    return Situation(registry, name, place, under="registry-retired", **more)


# How each credential is made


def forged(vendor: Aws) -> str:
    return Ecr().issue(ACCOUNT, "us-east-1", 8 * DAY, vendor.service).password


def lasting(lifetime: float) -> Callable[[Aws], str]:
    return lambda vendor: vendor.token(lifetime)


def endless(vendor: Aws) -> str:
    return vendor.token_without_an_end()


def of_region(region: str) -> Callable[[Aws], str]:
    return lambda vendor: vendor.token(8 * DAY, region)


def encoded_once_more(vendor: Aws) -> str:
    return encoded(f"AWS:{vendor.token()}")


def temporary_key(vendor: Vendor) -> str:
    return "ASIA" + made_up(16, UPPER)


def in_days(days: float) -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)


def of_azure(lifetime: float = HOUR, host: str = "acme.azurecr.io", grant: str = "refresh_token") -> str:
    return web_token(lifetime, iss="Azure Container Registry", aud=host, grant_type=grant)


def of_entra(vendor: Vendor) -> str:
    return web_token(HOUR, iss=f"https://sts.windows.net/{uuid.uuid4()}/", aud="https://management.azure.com")


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def edited(**fields: Any) -> Callable[[Vendor], str]:
    """The vendor's key file with other fields; one of None is left out."""

    def password(vendor: Vendor) -> str:
        key = json.loads(vendor.pairs["json_key"][1]) | fields
        return json.dumps({name: value for name, value in key.items() if value is not None}, indent=2)

    return password


def half_a_key(vendor: Vendor) -> str:
    return edited(private_key=json.loads(vendor.password)["private_key"][:600])(vendor)


def without_padding(vendor: Vendor) -> str:
    """Base64 that has lost its last "=": good for many readers, and not for Google's."""
    key = vendor.pairs["json_key"][1].rstrip()
    return encoded(key + " " * ((1 - len(key)) % 3)).rstrip("=")


KEY_FILES: dict[str, Callable[[Vendor], str]] = {
    "cut off": lambda vendor: vendor.password[:700],
    "as a JSON string": lambda vendor: json.dumps(vendor.password),
    "with escaped quotes": lambda vendor: vendor.password.replace('"', '\\"'),
    "with lost quotes": lambda vendor: vendor.password.replace('"', ""),
    "with real line ends in the key": lambda vendor: vendor.password.replace("\\n", "\n"),
    "with a comma too many": lambda vendor: vendor.password.replace('"\n}', '",\n}'),
    "of a person": edited(type="authorized_user"),
    "of a workload identity": edited(type="external_account"),
    "of an OAuth client": lambda vendor: json.dumps({"installed": {"type": "x", "client_id": "1" * 20}}),
    "of another type": edited(type="something_else"),
    "without its private key": edited(private_key=None),
    "without its account": edited(client_email=None),
    "with half a private key": half_a_key,
    "told by its path": lambda vendor: "/srv/lab/octo-4711.json",
    "told by the id of its key": lambda vendor: str(json.loads(vendor.password)["private_key_id"]),
}
"""What is taken for the key file of a service account."""

ENCODED_KEY_FILES: dict[str, Callable[[Vendor], str]] = {
    "no base64": lambda vendor: f"!{made_up(40)}!",
    "base64 of a file cut off": lambda vendor: encoded(vendor.pairs["json_key"][1][:700]),
    "base64 of a person's file": lambda vendor: encoded(edited(type="authorized_user")(vendor)),
    "base64 twice": lambda vendor: encoded(vendor.password),
}
"""What is taken for the base64 of one."""


# Places that several situations share


def github_beside(authority: Authority, vendor: Vendor, **options: Any) -> Vendor:
    """ghcr.io and GitHub's API, which know the token of GitHub Packages."""
    owner, token = vendor.pairs["token"]
    return vendors.ghcr(authority, owner=owner, token=token, **options)


def packages(**options: Any) -> Place:
    """GitHub Packages, where ghcr.io and GitHub's API can be reached as well."""
    return at(vendors.github_packages, **{"beside": github_beside, **options})


def packages_told(password: Value = None, **of_github: Any) -> Place:
    """GitHub Packages, with something that GitHub's API tells of the token."""
    return packages(
        password=password,
        beside=lambda authority, vendor: github_beside(authority, vendor, **of_github),
    )


def saying(words: str, host: str, realm: str, status: int = 403) -> Place:
    """A registry of Google whose token service says these words to everybody who logs in."""
    refusal = handlers.error(status, "DENIED", words)
    pair = ("oauth2accesstoken", FOREIGN["google"]())
    return at(bearer, host=host, realm=realm, pair=pair, refusal=refusal)


def refusing(status: int, code: str, words: str) -> Place:
    """A registry of nobody's make that refuses in these words."""
    return at(basic, password=wrong, refusal=handlers.error(status, code, words))


def google(name: str, more: Any = Situation, **options: Any) -> list[Situation]:
    """A situation at both registries of Google."""
    places = (("gar", at(vendors.gar, **options)), ("gcr", at(vendors.gcr, **options)))
    return [more(registry, name, place) for registry, place in places]


def amazon(name: str, more: Any = Situation, says: str = "", **options: Any) -> list[Situation]:
    """A situation at both registries of AWS."""
    places = (("ecr", at(ecr, **options)), ("ecr-public", at(ecr_public, **options)))
    return [more(registry, name, place, says=says) for registry, place in places]


WEB_TOKENS = {
    "quay": ("quay.io", "https://quay.io/v2/auth", "octo+puller"),
    "gitlab": ("registry.gitlab.com", "https://gitlab.com/jwt/auth", "gitlab-ci-token"),
    "artifactory": ("acme.jfrog.io", "https://acme.jfrog.io/v2/token", "octopuller"),
    "harbor": ("harbor.example.com", "https://harbor.example.com/service/token", "robot$puller"),
    "redhat": ("registry.redhat.io", "https://registry.redhat.io/auth/realms/rhcc/auth", "12345678|octo"),
    "digitalocean": ("registry.digitalocean.com", "https://api.digitalocean.com/v2/registry/auth", "octo"),
    "ocir": ("fra.ocir.io", "https://fra.ocir.io/20180419/docker/token", "BEARER_TOKEN"),
    "icr": ("us.icr.io", "https://us.icr.io/oauth/token", "iambearer"),
    "other": ("registry.example.com", "https://registry.example.com/token", "octopuller"),
}
"""The vendors that take web tokens: host, realm and the user that such a token goes with."""


def web_tokens(name: str, lifetime: float, more: Any, says: str) -> list[Situation]:
    """A situation of a web token that ends so many seconds from now, at every vendor that takes such."""
    found = []
    for registry, (host, realm, user) in WEB_TOKENS.items():
        place = at(bearer, host=host, realm=realm, pair=(user, web_token(lifetime)))
        found.append(more(registry, name, place, says=says))
    nexus = at(basic, realm="Sonatype Nexus Repository Manager", pair=("octopuller", web_token(lifetime)))
    return [*found, more("nexus", name, nexus, says=says)]


# The table

GAR = "europe-west1-docker.pkg.dev"
CHINA = f"{ACCOUNT}.dkr.ecr.cn-north-1.amazonaws.com.cn"
ELSEWHERE = f"{OTHER_ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com"
DASHED = "1234-5678-9012.dkr.ecr.us-east-1.amazonaws.com"
NO_DOWNLOAD = (
    'Permission "artifactregistry.repositories.downloadArtifacts" denied on resource '
    '"projects/octo-project/locations/europe-west1/repositories/team" (or it may not exist)'
)
NO_PERMISSION = (
    "You don't have the needed permissions to perform this operation, and you may have invalid credentials."
)
GITHUB = {
    "ghcr.io": "ghcr.io",
    "GHE.com": "containers.octo.ghe.com",
    "a server of one's own": "containers.github.example.com",
}
ALIBABA: dict[str, Any] = {
    "host": "registry.cn-hangzhou.aliyuncs.com",
    "realm": "https://dockerauth.cn-hangzhou.aliyuncs.com/auth",
    "pair": ("cr_temp_user", made_up(24)),
}


def on(vendor: Callable[..., Vendor], **fixed: Any) -> Callable[..., Place]:
    return lambda **more: at(vendor, **fixed, **more)


FOREIGNERS: list[tuple[str, Callable[..., Place], tuple[str, ...]]] = [
    ("dockerhub", on(vendors.docker_hub), ("github", "gitlab", "google", "digitalocean", "npm", "pem")),
    *(
        ("ghcr", on(vendors.ghcr, host=host), ("fine-grained", "docker", "gitlab"))
        for host in GITHUB.values()
    ),
    ("github-packages", packages, ("fine-grained", "docker")),
    ("acr", on(vendors.acr), ("github", "docker")),
    ("ecr", on(ecr, user="AWS"), ("github", "docker")),
    ("ecr-public", on(ecr_public, user="AWS"), ("github", "docker")),
    ("gar", on(vendors.gar, pair="access_token"), ("google api key", "github")),
    ("gar", on(vendors.gar), ("pem", "github")),
    ("gcr", on(vendors.gcr), ("google api key", "github")),
    ("quay", on(vendors.quay), ("github", "docker")),
    ("gitlab", on(vendors.gitlab), ("gitlab of another purpose", "github")),
    ("redhat", on(vendors.redhat), ("github",)),
    ("digitalocean", on(vendors.digitalocean), ("github",)),
    ("ocir", on(vendors.ocir), ("github",)),
    ("icr", on(vendors.icr), ("github",)),
    ("alibaba", on(vendors.alibaba), ("github",)),
    ("scaleway", on(vendors.scaleway), ("github",)),
]
"""Credentials of other vendors, at each vendor that has tokens of its own."""

TAKERS_OF_ALL = {
    "artifactory": on(vendors.artifactory),
    "harbor": on(vendors.harbor),
    "nexus": on(vendors.nexus),
    "other": on(basic),
}
"""The registries that may have anybody's token for a password, AWS's keys excepted."""


PROVOKED: list[Situation] = [
    *of(
        "bad-credentials",
        *(
            Situation(
                registry,
                f"a wrong password ({vendor.__name__})",
                packages(password=wrong) if registry == "github-packages" else at(vendor, password=wrong),
                under="registry-retired" if registry in RETIRED else None,
            )
            for vendor, registry in REGISTRIES.items()
        ),
        Situation(
            "dockerhub",
            "no token of this user",
            at(vendors.docker_hub, password=wrong),
            also="token-expired token-revoked",
        ),
        Situation(
            "dockerhub",
            "a wrong password of a person",
            at(vendors.docker_hub, password=made_up(14)),
            also="token-kind-unsupported",
        ),
        Situation(
            "dockerhub",
            "a token of an organization",
            at(vendors.docker_hub, organization=True, password=wrong),
        ),
        Situation(
            "ghcr", "a token that died", at(vendors.ghcr, dead=True), also="token-expired token-revoked"
        ),
        Situation(
            "ghcr",
            "a token that died, in longer words",
            at(vendors.ghcr, dead=True, unauthenticated=True),
            also="token-expired token-revoked",
        ),
        Situation(
            "ghcr",
            "a token that died, the API being away",
            at(vendors.ghcr, dead=True, api_down=True),
            also="token-expired token-revoked",
        ),
        Situation(
            "acr",
            "a wrong secret of a service principal",
            at(vendors.acr, pair="principal", password=made_up(20)),
        ),
        Situation("acr", "a wrong password of a token", at(vendors.acr, pair="token", password=wrong)),
        Situation(
            "acr", "a wrong identity token", at(vendors.acr, pair="refresh", password=of_azure(8 * DAY))
        ),
        Situation(
            "acr",
            "a wrong password of the admin user",
            at(vendors.acr, password=wrong),
            also="admin-user-disabled",
        ),
        Situation("ecr", "a token that AWS did not make", at(ecr, user="AWS", password=forged)),
        Situation(
            "ecr",
            "a token of another region",
            at(ecr, user="AWS", password=of_region("eu-west-1")),
            also="aws-wrong-region",
        ),
        Situation("ecr-public", "a token that AWS did not make", at(ecr_public, user="AWS", password=forged)),
        Situation("gar", "a key that was deleted", at(vendors.gar, deleted_key=True), also="token-revoked"),
        Situation(
            "gar",
            "a key that was deleted, in base64",
            at(vendors.gar, pair="json_key_base64", deleted_key=True),
            also="token-revoked",
        ),
        retired("gcr", "a key that was deleted", at(vendors.gcr, deleted_key=True), also="token-revoked"),
        Situation(
            "gcr",
            "a deleted key, under a name that stays",
            at(vendors.gcr, host="marketplace.gcr.io", deleted_key=True),
            also="token-revoked",
        ),
        Situation(
            "quay",
            "a wrong token of an application",
            at(vendors.quay, pair="app", password=wrong),
            also="token-expired token-revoked",
        ),
        Situation("quay", "a wrong OAuth token", at(vendors.quay, pair="oauth", password=wrong)),
        Situation("quay", "a wrong password", at(vendors.quay, pair="user", password=wrong)),
        Situation("quay", "a robot that is not there", at(vendors.quay, user="octo+pusher")),
        Situation(
            "gitlab",
            "a wrong deploy token",
            at(vendors.gitlab, pair="deploy", password=wrong),
            also="token-expired missing-scope",
        ),
        Situation(
            "gitlab",
            "a wrong password",
            at(vendors.gitlab, pair="password", password=wrong),
            also="token-kind-unsupported",
        ),
        Situation(
            "gitlab", "a token that may not read", at(vendors.gitlab, forbidden=True), also="missing-scope"
        ),
        Situation(
            "harbor",
            "a robot refused without a word",
            at(vendors.harbor, silent=True, password=wrong),
            also="token-expired",
        ),
        Situation("artifactory", "asked for by Basic", at(vendors.artifactory, basic=True, password=wrong)),
        Situation("icr", "refused by 401", at(vendors.icr, status=401, password=wrong)),
        Situation("other", "a wrong password", at(basic, password=wrong)),
        Situation(
            "other", "at a Nexus that looks like any registry", at(vendors.nexus, bearer=True, password=wrong)
        ),
    ),
    *of(
        "token-expired",
        Situation("dockerhub", "by the words of Docker Hub", at(vendors.docker_hub, expired=True)),
        Situation(
            "dockerhub", "a token of an organization", at(vendors.docker_hub, expired=True, organization=True)
        ),
        Situation(
            "ghcr",
            "in the longer words, the API being away",
            at(vendors.ghcr, dead=True, unauthenticated=True, api_down=True),
            also="bad-credentials",
        ),
        Situation(
            "acr",
            "a client secret, by the words of Entra",
            at(vendors.acr, pair="principal", sp_expired_words=True),
        ),
        Situation(
            "acr",
            "a client secret that is whole",
            at(vendors.acr, pair="principal", sp_expired=True),
            also="bad-credentials token-revoked",
        ),
        unsent("acr", "an identity token", at(vendors.acr, pair="refresh", refresh_lifetime=-3 * HOUR)),
        Situation("gar", "an access token", at(vendors.gar, pair="access_token", token_expired=True)),
        retired("gcr", "an access token", at(vendors.gcr, pair="access_token", token_expired=True)),
        *web_tokens("a web token", -3 * HOUR - MARGIN, unsent, says="expired 3 h ago"),
        Situation(
            "other",
            "by words that all may use",
            refusing(401, "UNAUTHORIZED", "the access token has expired"),
        ),
    ),
    *of(
        "token-revoked",
        Situation(
            "other", "by words that all may use", refusing(401, "UNAUTHORIZED", "this token has been revoked")
        ),
    ),
    *of(
        "missing-scope",
        *(
            Situation(
                "ghcr",
                f"{name}, scopes {scopes!r} by the API",
                at(vendors.ghcr, host=host, scopes=scopes),
                proved=True,
                says=f"scopes are: {scopes or 'none'}",
            )
            for name, host in GITHUB.items()
            for scopes in ("repo, gist", "")
        ),
        Situation(
            "github-packages",
            "by GitHub's API",
            packages_told(scopes="repo"),
            proved=True,
        ),
        retired(
            "github-packages",
            "by words that a wrong token gets too",
            packages_told(password=wrong, api_down=True),
            also="bad-credentials",
        ),
        Situation(
            "dockerhub", "by the words of Docker Hub", at(vendors.docker_hub, insufficient_scopes=True)
        ),
    ),
    *of(
        "sso-not-authorized",
        *(
            Situation("ghcr", name, at(vendors.ghcr, host=host, sso=SSO_REQUIRED))
            for name, host in GITHUB.items()
        ),
        Situation(
            "github-packages",
            "by GitHub's API",
            packages_told(sso=SSO_REQUIRED),
            proved=True,
        ),
    ),
    *of(
        "account-locked",
        Situation("dockerhub", "too many failures", at(vendors.docker_hub, locked=True)),
        Situation("dockerhub", "an address that was not confirmed", at(vendors.docker_hub, unverified=True)),
        Situation("quay", "too many failures", at(vendors.quay, locked=True)),
        Situation("quay", "a disabled user", at(vendors.quay, pair="user", disabled=True)),
        Situation("quay", "a disabled user's token", at(vendors.quay, pair="app", disabled=True)),
        Situation("quay", "the robot of a disabled user", at(vendors.quay, owner_disabled=True)),
        Situation(
            "other", "by words that all may use", refusing(403, "DENIED", "your account has been suspended")
        ),
        Situation(
            "gar",
            "a disabled service account",
            saying("The service account puller is disabled.", GAR, f"https://{GAR}/v2/token"),
        ),
    ),
    *of(
        "admin-user-disabled",
        Situation(
            "acr",
            "the registry's name as user",
            at(vendors.acr, admin_disabled=True),
            also="azure-token-error",
        ),
    ),
    *of(
        "firewall-denied",
        Situation("acr", "at the door", at(vendors.acr, firewall=True)),
        Situation("acr", "at the token service", at(vendors.acr, firewall="token")),
        Situation("icr", "an account for private networks", at(vendors.icr, private_only=True)),
        Situation("other", "at the door", at(door, answer=Answer(403))),
    ),
    *of(
        "aws-invalid-access-key",
        *amazon("a key that AWS does not know", known=False),
        Situation(
            "ecr", "a key of another part of AWS", at(ecr, host=CHINA, known=False), also="aws-wrong-region"
        ),
    ),
    *of(
        "aws-signature-mismatch",
        *amazon("the secret of another key", password=wrong),
    ),
    *of(
        "aws-session-token",
        *amazon("a temporary key", unsent, user=temporary_key),
    ),
    *of(
        "aws-expired-token",
        *amazon("by the words of AWS", expired_key=True),
    ),
    *of(
        "aws-access-denied",
        Situation(
            "ecr",
            "no policy",
            at(ecr, denied=("ecr:GetAuthorizationToken",)),
            says="is not allowed to do ecr:GetAuthorizationToken",
        ),
        Situation(
            "ecr", "an explicit deny", at(ecr, denied=("ecr:GetAuthorizationToken",), denial=EXPLICIT_DENY)
        ),
        Situation(
            "ecr",
            "an explicit deny, in older words",
            at(ecr, denied=("ecr:GetAuthorizationToken",), denial=BARE_DENY),
        ),
        Situation(
            "ecr-public",
            "no policy",
            at(ecr_public, denied=("ecr-public:GetAuthorizationToken",)),
            says="is not allowed to do ecr-public:GetAuthorizationToken",
        ),
        Situation(
            "ecr-public",
            "no policy for STS",
            at(ecr_public, denied=("sts:GetServiceBearerToken",)),
            says="is not allowed to do sts:GetServiceBearerToken",
        ),
        Situation(
            "ecr-public",
            "an explicit deny for STS",
            at(ecr_public, denied=("sts:GetServiceBearerToken",), denial=EXPLICIT_DENY),
        ),
    ),
    *of(
        "aws-wrong-region",
        Situation("ecr", "a region that is not served", at(ecr, regions=("eu-west-1",))),
        Situation(
            "ecr",
            "an account that is not there",
            at(ecr, host=ELSEWHERE, accounts=(ACCOUNT,)),
            also="bad-credentials",
            says=f"belongs to account {ACCOUNT}, the server names account {OTHER_ACCOUNT}",
        ),
        Situation(
            "ecr",
            "a region that is none",
            at(ecr, server=f"{ACCOUNT}.dkr.ecr.us-eats-1.amazonaws.com", absent="."),
            also="dns-not-found",
        ),
        Situation("ecr", "an account with dashes", at(ecr, server=DASHED)),
        Situation("ecr", "no account, a key", at(ecr, server="dkr.ecr.us-east-1.amazonaws.com"), sent=False),
        Situation(
            "ecr", "the host of the API", at(ecr, server="api.ecr.us-east-1.amazonaws.com"), sent=False
        ),
    ),
    *of(
        "ecr-token-expired",
        *amazon("by its own content", unsent, user="AWS", password=lasting(-3 * HOUR)),
        *amazon("by the registry's words", user="AWS", password=endless),
        Situation(
            "ecr",
            "by the registry's words of late",
            at(ecr, user="AWS", password=endless, expired=EXPIRED_JSON),
        ),
    ),
    *of(
        "clock-skew",
        *amazon("this clock behind", clock_offset=10 * 60),
        *amazon("this clock ahead", clock_offset=-10 * 60),
    ),
    *of(
        "rate-limited",
        *amazon("by AWS", unavailable=THROTTLED),
        Situation(
            "dockerhub",
            "no pulls left",
            at(vendors.docker_hub, rate=(100, 0, 21600)),
            status="warning",
            proved=True,
        ),
    ),
    *of(
        "dns-not-found",
        *amazon("AWS's API", absent="^api[.]", says="api.ecr"),
    ),
    *of(
        "registry-unavailable",
        *amazon("of AWS's API", unavailable=BROKEN),
    ),
    *of(
        "gcp-bad-json-key",
        *(
            situation
            for name, password in KEY_FILES.items()
            for situation in google(f"a key file {name}", unsent, password=password)
        ),
        *(
            situation
            for name, password in ENCODED_KEY_FILES.items()
            for situation in google(name, unsent, pair="json_key_base64", password=password)
        ),
        Situation(
            "gar", "by the words of Google", at(vendors.gar, pair="json_key_base64", password=without_padding)
        ),
        Situation(
            "gar",
            "by the words of Google, with 400",
            at(vendors.gar, pair="json_key_base64", password=without_padding, parse_status=400),
        ),
        retired(
            "gcr", "by the words of Google", at(vendors.gcr, pair="json_key_base64", password=without_padding)
        ),
    ),
    *of(
        "gcp-permission-denied",
        Situation("gar", "by the words of Google", saying(NO_DOWNLOAD, GAR, f"https://{GAR}/v2/token")),
        retired("gcr", "by the words of Google", saying(NO_PERMISSION, "gcr.io", "https://gcr.io/v2/token")),
        Situation(
            "gcr",
            "by the words of Google, under a name that stays",
            saying(NO_PERMISSION, "marketplace.gcr.io", "https://marketplace.gcr.io/v2/token"),
        ),
    ),
    *of(
        "gcp-api-disabled",
        Situation("gar", "by the words of Google", at(vendors.gar, api_disabled=True)),
        retired("gcr", "by the words of Google", at(vendors.gcr, api_disabled=True)),
    ),
    *of(
        "azure-token-error",
        Situation(
            "acr",
            "an application that Entra does not know",
            at(vendors.acr, pair="principal", unknown_application=True),
            also="bad-credentials",
        ),
        Situation(
            "acr",
            "a user that is neither a token nor an application",
            at(vendors.acr, user="somebody"),
            also="admin-user-disabled",
        ),
        unsent(
            "acr",
            "an identity token for another registry",
            at(vendors.acr, pair="refresh", password=of_azure(8 * DAY, "other.azurecr.io")),
        ),
    ),
    *of(
        "credential-not-tested",
        Situation(
            "artifactory",
            "a registry open to all",
            at(vendors.artifactory, open_door=True),
            status="warning",
            sent=False,
        ),
        Situation(
            "other",
            "a registry open to all",
            at(door, answer=Answer(200, handlers.API_VERSION, {})),
            status="warning",
            sent=False,
        ),
    ),
    *of(
        "credential-expires-soon",
        *(
            warned("ghcr", f"{name}, by the API", at(vendors.ghcr, host=host, expires_at=in_days(2)))
            for name, host in GITHUB.items()
        ),
        warned("ghcr", "a token of an App", at(vendors.ghcr, token="ghs_" + made_up(36))),
        warned("github-packages", "by GitHub's API", packages_told(expires_at=in_days(2))),
        warned("acr", "an identity token", at(vendors.acr, pair="refresh")),
        *amazon("a token", warned, user="AWS", password=lasting(6 * HOUR)),
        *google("an access token", warned, pair="access_token"),
        *web_tokens("a web token", 2 * DAY + HOUR, warned, says="expires in 2 days"),
        warned("alibaba", "a temporary user", at(bearer, **ALIBABA)),
    ),
    *of(
        "token-kind-unsupported",
        Situation(
            "dockerhub", "a password where two factors are on", at(vendors.docker_hub, requires_token=True)
        ),
        Situation(
            "gitlab",
            "a password where two factors are on",
            at(vendors.gitlab, pair="password", two_factor=True),
            also="bad-credentials",
        ),
        Situation(
            "quay", "a password that is not encrypted", at(vendors.quay, pair="user", encrypted_only=True)
        ),
        Situation(
            "acr", "the id of a client secret", at(vendors.acr, pair="principal", password=str(uuid.uuid4()))
        ),
        unsent("acr", "an access token of Entra", at(vendors.acr, user=ZERO_GUID, password=of_entra)),
        unsent(
            "acr",
            "an access token of the registry",
            at(vendors.acr, user=ZERO_GUID, password=of_azure(grant="access_token")),
        ),
        *amazon("an authorization token, still encoded", unsent, user="AWS", password=encoded_once_more),
        *amazon("the id of a key as password", unsent, user="AWS", password=pair("key", 0)),
        unsent(
            "scaleway",
            "the access key of an API key",
            at(vendors.scaleway, password="SCW" + made_up(17, UPPER)),
        ),
        *(
            unsent(registry, f"a token of {kind}", place(password=FOREIGN[kind]()))
            for registry, place, kinds in FOREIGNERS
            for kind in kinds
        ),
        *(
            unsent(registry, "the key of AWS", place(user="AKIA" + made_up(16, UPPER), password=made_up(40)))
            for registry, place in TAKERS_OF_ALL.items()
        ),
    ),
    *of(
        "user-wrong-form",
        Situation(
            "dockerhub",
            "an e-mail address",
            at(vendors.docker_hub, user="octo@example.com"),
            also="bad-credentials",
        ),
        *(
            Situation(
                "ghcr",
                f"{name}, another than the token's owner",
                at(vendors.ghcr, host=host, user="mallory", checks_user=True),
                also="bad-credentials",
            )
            for name, host in GITHUB.items()
        ),
        unsent("acr", "that of an identity token, with a password", at(vendors.acr, user=ZERO_GUID)),
        *amazon("a name with a password", unsent, user="octopuller", password=made_up(20)),
        *amazon("AWS with the secret of a key", unsent, user="AWS"),
        *google("a name with a password", unsent, user="octopuller", password=made_up(20)),
        Situation(
            "harbor",
            "a robot without what follows its dollar",
            at(vendors.harbor, user="robot+puller"),
            also="bad-credentials",
        ),
        Situation(
            "harbor", "a robot whose name was eaten", at(vendors.harbor, user="robot"), also="bad-credentials"
        ),
        Situation(
            "ocir",
            "without the namespace",
            at(vendors.ocir, user="puller@example.com"),
            also="bad-credentials",
        ),
        unsent("other", "a colon", at(basic, user="octo:puller")),
    ),
    *of(
        "registry-retired",
        Situation("gcr", "in Google's words", at(vendors.gcr, retired=True)),
        Situation(
            "github-packages", "gone, and the token unknown to ghcr.io", packages(retired=410, password=wrong)
        ),
        Situation(
            "github-packages",
            "not found, and the token unknown to ghcr.io",
            packages(retired=404, password=wrong),
        ),
    ),
    *of(
        "value-placeholder",
        *(
            unsent(
                registry,
                f"the text of an example ({vendor.__name__})",
                at(vendor, password="<PERSONAL_ACCESS_TOKEN>"),
            )
            for vendor, registry in REGISTRIES.items()
        ),
        *amazon(
            "the key in AWS's documentation",
            unsent,
            user="AKIAIOSFODNN7EXAMPLE",
            password="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        ),
    ),
]
"""Every situation; below a cause, the registries that can have it."""


# Running


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """No name has an address but those that are given one by hand."""
    known = socket.getaddrinfo

    def resolve(host: Any, *rest: Any, **more: Any) -> Any:
        if isinstance(host, str) and re.search(r"[a-z]", host):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return known(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


@pytest.fixture(scope="module")
def meet(authority: Authority) -> Callable[[Situation], Visit]:
    """What became of a situation, which is met once."""
    known: dict[int, Visit] = {}

    def once(situation: Situation) -> Visit:
        if id(situation) not in known:
            known[id(situation)] = visit(situation.place, authority)
        return known[id(situation)]

    return once


def named(situations: list[Situation]) -> list[Any]:
    """Situations as parameters; those that are known to be judged wrongly are expected to fail."""
    return [
        pytest.param(
            each,
            id=f"{each.cause} {each.registry}: {each.name}",
        )
        for each in situations
    ]


@pytest.mark.parametrize("situation", named(PROVOKED))
def test_a_situation_is_recognised(
    situation: Situation, meet: Callable[[Situation], Visit], record_property: Any
) -> None:
    record_property(CELL, (situation.cause, situation.registry))
    seen = meet(situation)
    result = seen.result
    assert verdict(result) == (situation.under or situation.cause)
    assert result.status == situation.status
    assert result.registry == situation.registry
    assert result.proved is situation.proved
    first = result.findings[0]
    assert {*situation.also.split(), situation.cause} <= {first.cause, *first.also_possible}
    assert situation.says in " ".join((first.title, first.explanation, *first.evidence))
    assert leaks(everything_shown(seen.report), seen.secrets) == []
    for finding in result.findings:
        assert_makes_sense(finding)


def assert_makes_sense(finding: Finding) -> None:
    """Nothing in a finding is left blank, made up, or said twice."""
    assert finding.title and "<ID>" not in finding.title and not finding.title.endswith(".")
    for text in (finding.title, finding.explanation):
        assert text.strip() == text and not re.search(r"\{\w*\}|\bNone\b|\*\*\*", text), text
    for line in finding.evidence:
        assert line.strip() and line.isprintable() and len(line) < 1200 and "Secret(" not in line
    assert len(set(finding.evidence)) == len(finding.evidence)
    others = finding.also_possible
    assert set(others) <= set(CAUSES) and finding.cause not in others and len(set(others)) == len(others)
    assert finding.remediation
    for step in finding.remediation:
        assert step.text and "{" not in (step.url or "") and (step.url or "https://").startswith("https://")
    names = {variable_name(identifier, part) for identifier in ("LAB", "ECR") for part in PARTS}
    for fix in finding.fixes:
        assert fix.variable in names
        assert (fix.action == "set") == (fix.value is not None)
        assert (fix.action == "rename") == (fix.to in names)
        assert (fix.action == "transform") == (fix.how in ("strip", "unquote", "decode", "swap"))
        assert (fix.how == "swap") == (fix.other in names)


@pytest.mark.parametrize("situation", named([each for each in PROVOKED if not each.sent]))
def test_what_its_form_shows_to_be_of_no_use_is_never_sent(
    situation: Situation, meet: Callable[[Situation], Visit]
) -> None:
    seen = meet(situation)
    assert seen.with_credentials == []
    assert {host for secret in seen.secrets for host in seen.hosts_that_saw(secret)} == set()
    assert check_of(seen.result, "login").status == "skipped"
    assert not seen.result.proved


def test_every_cause_of_authentication_is_provoked_wherever_it_can_be_met() -> None:
    assert set(WHO_HAS_IT) | set(NOT_LIVE) == set(AUTHENTICATION.split())
    assert not set(WHO_HAS_IT) & set(NOT_LIVE)
    for cause, registries in WHO_HAS_IT.items():
        provoked = {situation.registry for situation in PROVOKED if situation.cause == cause}
        assert provoked == set(registries.split()), cause


def test_the_causes_of_authentication_are_those_of_the_reference() -> None:
    families = {"Authentication", "Cloud credentials"}
    assert set(AUTHENTICATION.split()) == {cause.id for cause in CAUSES.values() if cause.family in families}


@pytest.mark.parametrize("cause", sorted(set(NOT_LIVE) - {"wrong-server-name"}))
def test_a_cause_that_no_login_can_meet_is_known_by_its_words(cause: str) -> None:
    told = {known for known, _ in test_signatures.TEXTS}
    told |= {known for _, known, _, _ in test_signatures.VENDOR_TEXTS}
    assert cause in told


# Sets with which nothing is wrong


@dataclass(frozen=True)
class Healthy:
    """A set that works, what is asked for it, and who is told its password."""

    registry: str
    name: str
    place: Place
    requests: tuple[str, ...]
    told: tuple[str, ...]
    """The hosts that see the password, or the secret of an access key: nobody sees that."""


def by_token(registry: str, name: str, place: Place, host: str, realm: str, *more: str) -> Healthy:
    """Challenge, token, and the token shown; `more` is what else is asked, and there the API sees it too."""
    requests = (f"GET {host}/v2/", f"GET {realm}", f"GET {host}/v2/", *more)
    told = {
        realm.partition("/")[0],
        *(host_in(request) for request in more if not request.startswith("HEAD")),
    }
    return Healthy(registry, name, place, requests, tuple(sorted(told)))


def by_password(registry: str, name: str, place: Place, host: str, *more: str) -> Healthy:
    """Challenge, and the password shown."""
    requests = (f"GET {host}/v2/", f"GET {host}/v2/", *more)
    return Healthy(registry, name, place, requests, tuple(sorted({host, *map(host_in, more)})))


def by_key(registry: str, name: str, place: Place, host: str, api: str, *more: str) -> Healthy:
    """Challenge, exchange, and the exchanged token shown; the secret of the key itself is shown to nobody."""
    return Healthy(registry, name, place, (f"GET {host}/v2/", f"POST {api}/", *more, f"GET {host}/v2/"), ())


def host_in(request: str) -> str:
    return request.split()[1].partition("/")[0]


RATE = "HEAD registry-1.docker.io/v2/ratelimitpreview/test/manifests/latest"
FIPS = f"{ACCOUNT}.dkr.ecr-fips.us-east-1.amazonaws.com"
DUAL_STACK = f"{ACCOUNT}.dkr-ecr.us-east-1.on.aws"
PUBLIC = ("public.ecr.aws", "api.ecr-public.us-east-1.amazonaws.com")
HUB = ("registry-1.docker.io", "auth.docker.io/token", RATE)
GITLAB = ("registry.gitlab.com", "gitlab.com/jwt/auth")
QUAY = ("quay.io", "quay.io/v2/auth")
ACR = ("acme.azurecr.io", "acme.azurecr.io/oauth2/token")
REDHAT = "registry.redhat.io/auth/realms/rhcc/protocol/redhat-docker-v2/auth"
HEALTHY: list[Healthy] = [
    by_token("dockerhub", "access token", at(vendors.docker_hub), *HUB),
    by_token("dockerhub", "organization token", at(vendors.docker_hub, organization=True), *HUB),
    by_token("dockerhub", "with a rate", at(vendors.docker_hub, rate=(100, 76, 21600)), *HUB),
    by_token("ghcr", "ghcr.io", at(vendors.ghcr), "ghcr.io", "ghcr.io/token", "GET api.github.com/user"),
    by_token(
        "ghcr",
        "no scopes told",
        at(vendors.ghcr, scopes=None),
        "ghcr.io",
        "ghcr.io/token",
        "GET api.github.com/user",
    ),
    by_token(
        "ghcr",
        "GHE.com",
        at(vendors.ghe),
        "containers.octo.ghe.com",
        "containers.octo.ghe.com/token",
        "GET api.octo.ghe.com/user",
    ),
    by_token(
        "ghcr",
        "a server of one's own",
        at(vendors.ghes),
        "containers.github.example.com",
        "containers.github.example.com/token",
        "GET github.example.com/api/v3/user",
    ),
    by_password("github-packages", "token", packages(), "docker.pkg.github.com", "GET api.github.com/user"),
    by_token("acr", "admin user", at(vendors.acr), *ACR),
    by_token("acr", "service principal", at(vendors.acr, pair="principal"), *ACR),
    by_token("acr", "token", at(vendors.acr, pair="token"), *ACR),
    by_token("acr", "identity token", at(vendors.acr, pair="refresh", refresh_lifetime=8 * DAY), *ACR),
    by_key("ecr", "key", at(ecr), ECR_HOST, api_of(ECR_HOST)),
    by_key("ecr", "key, FIPS", at(ecr, host=FIPS), FIPS, "api.ecr-fips.us-east-1.amazonaws.com"),
    by_key("ecr", "key, dual-stack", at(ecr, host=DUAL_STACK), DUAL_STACK, "ecr.us-east-1.api.aws"),
    by_key("ecr", "key, China", at(ecr, host=CHINA), CHINA, "api.ecr.cn-north-1.amazonaws.com.cn"),
    by_key("ecr", "key, another's account", at(ecr, host=ELSEWHERE), ELSEWHERE, api_of(ELSEWHERE)),
    by_password("ecr", "token", at(ecr, user="AWS", password=pair("token", 1)), ECR_HOST),
    by_key("ecr-public", "key", at(ecr_public), *PUBLIC, "GET public.ecr.aws/token/"),
    by_token(
        "ecr-public",
        "token",
        at(ecr_public, user="AWS", password=pair("token", 1)),
        "public.ecr.aws",
        "public.ecr.aws/token/",
    ),
    by_token("gar", "key file", at(vendors.gar), GAR, f"{GAR}/v2/token"),
    by_token("gar", "base64", at(vendors.gar, pair="json_key_base64"), GAR, f"{GAR}/v2/token"),
    by_token("gar", "no service told", at(vendors.gar, names_service=False), GAR, f"{GAR}/v2/token"),
    by_token("gcr", "key file", at(vendors.gcr), "gcr.io", "gcr.io/v2/token"),
    by_token("gcr", "eu.gcr.io", at(vendors.gcr, host="eu.gcr.io"), "eu.gcr.io", "eu.gcr.io/v2/token"),
    by_token("quay", "robot", at(vendors.quay), *QUAY),
    by_token("quay", "OAuth token", at(vendors.quay, pair="oauth"), *QUAY),
    by_token("quay", "application token", at(vendors.quay, pair="app"), *QUAY),
    by_token("quay", "password", at(vendors.quay, pair="user"), *QUAY),
    by_token("quay", "encrypted password", at(vendors.quay, pair="encrypted", encrypted_only=True), *QUAY),
    by_token("gitlab", "access token", at(vendors.gitlab), *GITLAB),
    by_token("gitlab", "deploy token", at(vendors.gitlab, pair="deploy"), *GITLAB),
    by_token("gitlab", "password", at(vendors.gitlab, pair="password"), *GITLAB),
    by_token(
        "gitlab",
        "self-managed",
        at(vendors.gitlab_self_managed),
        "registry.gitlab.example.com",
        "gitlab.example.com/jwt/auth",
    ),
    by_token("harbor", "robot", at(vendors.harbor), "harbor.example.com", "harbor.example.com/service/token"),
    by_token("artifactory", "token", at(vendors.artifactory), "acme.jfrog.io", "acme.jfrog.io/v2/token"),
    by_password("artifactory", "Basic", at(vendors.artifactory, basic=True), "acme.jfrog.io"),
    by_password("nexus", "password", at(vendors.nexus), "nexus.example.com"),
    by_token("redhat", "service account", at(vendors.redhat), "registry.redhat.io", REDHAT),
    by_token(
        "digitalocean",
        "token",
        at(vendors.digitalocean),
        "registry.digitalocean.com",
        "api.digitalocean.com/v2/registry/auth",
    ),
    by_token("ocir", "auth token", at(vendors.ocir), "fra.ocir.io", "fra.ocir.io/20180419/docker/token"),
    by_token("icr", "API key", at(vendors.icr), "us.icr.io", "us.icr.io/oauth/token"),
    by_token("icr", "no quotes", at(vendors.icr, unquoted=True), "us.icr.io", "us.icr.io/oauth/token"),
    by_token(
        "alibaba",
        "password",
        at(vendors.alibaba),
        "registry.cn-hangzhou.aliyuncs.com",
        "dockerauth.cn-hangzhou.aliyuncs.com/auth",
    ),
    by_token(
        "scaleway",
        "secret key",
        at(vendors.scaleway),
        "rg.fr-par.scw.cloud",
        "api.scaleway.com/registry-internal/v1/regions/fr-par/tokens",
    ),
    by_password("other", "password", at(basic), "registry.example.com"),
    by_token(
        "other",
        "a Nexus with tokens",
        at(vendors.nexus, bearer=True),
        "nexus.example.com",
        "nexus.example.com/v2/token",
    ),
]


@pytest.mark.parametrize("healthy", HEALTHY, ids=lambda h: f"{h.registry}: {h.name}")
def test_a_healthy_set_is_ok_with_no_request_too_many(healthy: Healthy, authority: Authority) -> None:
    seen = visit(healthy.place, authority)
    result = seen.result
    assert (result.status, result.proved, result.registry) == ("ok", True, healthy.registry)
    assert {finding.severity for finding in result.findings} <= {"info"}
    assert tuple(f"{method} {host}{path}" for method, host, path in seen.asked) == healthy.requests
    assert seen.hosts_that_saw(seen.given[2].strip()) == set(healthy.told)
    assert {call.host for call in seen.report.calls} == {host_in(request) for request in healthy.requests}
    assert leaks(everything_shown(seen.report), seen.secrets) == []


def test_every_vendor_has_a_healthy_set_and_every_registry_one() -> None:
    assert {healthy.place.vendor for healthy in HEALTHY} >= set(vendors.HEALTHY)
    assert {healthy.registry for healthy in HEALTHY} == set(EVERYWHERE.split())


# Mends


@dataclass(frozen=True)
class Mend:
    """A set whose values are in the wrong form, and what makes it work."""

    cause: str
    registry: str
    name: str
    place: Place
    fixes: tuple[str, ...]
    logins: int = 1
    """2 where the registry has to refuse the values before the mend is known."""
    status: str = "error"


def mend(cause: str, registry: str, name: str, place: Place, *fixes: str, **more: Any) -> Mend:
    return Mend(cause, registry, name, place, fixes, **more)


def in_words(fix: Fix) -> str:
    """What a fix does, of which part."""
    part, other = (name.rpartition("_")[2].lower() if name else "" for name in (fix.variable, fix.other))
    if fix.action == "set":
        return f"{part} = {fix.value}"
    return f"swap {part} and {other}" if fix.how == "swap" else f"{fix.how or fix.action} {part}"


def both(value: str) -> Callable[[Vendor], str]:
    """The vendor's user or its password."""
    return (lambda vendor: vendor.user) if value == "user" else (lambda vendor: vendor.password)


SWAPPED: dict[str, Any] = {"user": both("password"), "password": both("user")}
INDEX = "https://index.docker.io/v1/"
LATER = 8 * DAY
MENDS: list[Mend] = [
    *(
        mend("server-alias", "dockerhub", server, at(vendors.docker_hub, server=server), f"server = {INDEX}")
        for server in (
            "hub.docker.com",
            "registry.hub.docker.com",
            "auth.docker.io",
            "docker.com",
            "app.docker.com",
        )
    ),
    *(
        mend(
            "server-alias",
            "dockerhub",
            f"{server}, where the login works",
            at(vendors.docker_hub, server=server),
            f"server = {INDEX}",
            status="warning",
        )
        for server in ("index.docker.io", "registry-1.docker.io")
    ),
    mend("aws-wrong-region", "ecr", "an account with dashes", at(ecr, server=DASHED), f"server = {ECR_HOST}"),
    mend(
        "server-has-scheme",
        "ecr",
        "https://",
        at(ecr, server=f"https://{ECR_HOST}"),
        f"server = {ECR_HOST}",
        status="warning",
    ),
    mend(
        "server-has-path",
        "ecr",
        "a repository",
        at(ecr, server=f"{ECR_HOST}/octo/app"),
        f"server = {ECR_HOST}",
        status="warning",
    ),
    mend("user-wrong-form", "ecr", "aws", at(ecr, user="aws", password=pair("token", 1)), "user = AWS"),
    mend(
        "user-wrong-form", "ecr", "a key's id, with a token", at(ecr, password=pair("token", 1)), "user = AWS"
    ),
    mend(
        "user-wrong-form",
        "ecr-public",
        "a name, with a token",
        at(ecr_public, user="octo", password=pair("token", 1)),
        "user = AWS",
    ),
    mend("user-password-swapped", "ecr", "key", at(ecr, **SWAPPED), "swap user and password"),
    mend("user-password-swapped", "ecr-public", "key", at(ecr_public, **SWAPPED), "swap user and password"),
    mend(
        "user-password-swapped",
        "ecr",
        "token",
        at(ecr, user=pair("token", 1), password="AWS"),
        "swap user and password",
    ),
    mend("user-password-swapped", "gar", "key file", at(vendors.gar, **SWAPPED), "swap user and password"),
    mend(
        "user-password-swapped",
        "gar",
        "base64",
        at(vendors.gar, pair="json_key_base64", **SWAPPED),
        "swap user and password",
    ),
    mend("user-password-swapped", "gcr", "key file", at(vendors.gcr, **SWAPPED), "swap user and password"),
    mend("user-password-swapped", "acr", "admin user", at(vendors.acr, **SWAPPED), "swap user and password"),
    mend(
        "user-password-swapped",
        "acr",
        "identity token",
        at(vendors.acr, pair="refresh", refresh_lifetime=LATER, **SWAPPED),
        "swap user and password",
    ),
    mend(
        "user-password-swapped",
        "acr",
        "client secret",
        at(vendors.acr, pair="principal", **SWAPPED),
        "swap user and password",
    ),
    mend(
        "user-password-swapped",
        "dockerhub",
        "access token",
        at(vendors.docker_hub, **SWAPPED),
        "swap user and password",
    ),
    mend("user-password-swapped", "ghcr", "token", at(vendors.ghcr, **SWAPPED), "swap user and password"),
    *(
        mend("user-wrong-form", registry, f"a key file under {user}", at(make, user=user), "user = _json_key")
        for registry, make in (("gar", vendors.gar), ("gcr", vendors.gcr))
        for user in ("puller@octo-project.iam.gserviceaccount.com", "_json_key_base64", "oauth2accesstoken")
    ),
    *(
        mend(
            "user-wrong-form",
            registry,
            "base64 under _json_key",
            at(make, pair="json_key_base64", user="_json_key"),
            "user = _json_key_base64",
        )
        for registry, make in (("gar", vendors.gar), ("gcr", vendors.gcr))
    ),
    mend(
        "user-wrong-form",
        "acr",
        "a name, with an identity token",
        at(vendors.acr, pair="refresh", refresh_lifetime=LATER, user="acme"),
        f"user = {ZERO_GUID}",
    ),
    *(
        mend(cause, registry, f"no user: {name}", at(make, user=user, **options), f"user = {right}")
        for user, cause in ((MISSING, "set-incomplete"), ("", "value-empty"))
        for registry, name, make, options, right in (
            ("acr", "identity token", vendors.acr, {"pair": "refresh", "refresh_lifetime": LATER}, ZERO_GUID),
            ("ecr", "token", ecr, {"password": pair("token", 1)}, "AWS"),
            ("ecr-public", "token", ecr_public, {"password": pair("token", 1)}, "AWS"),
            ("gar", "key file", vendors.gar, {}, "_json_key"),
            ("gar", "base64", vendors.gar, {"pair": "json_key_base64"}, "_json_key_base64"),
            ("gcr", "key file", vendors.gcr, {}, "_json_key"),
        )
    ),
    *(
        mend(
            "user-wrong-form",
            "ghcr",
            f"another's token, {name}",
            at(vendors.ghcr, host=host, checks_user=True, user="mallory"),
            "user = octocat",
            logins=2,
        )
        for name, host in GITHUB.items()
    ),
    mend(
        "user-wrong-form",
        "quay",
        "$oauthtoken, eaten by a shell",
        at(vendors.quay, pair="oauth", user="oauthtoken"),
        "user = $oauthtoken",
        logins=2,
    ),
    mend(
        "user-wrong-form",
        "quay",
        "$app, eaten by a shell",
        at(vendors.quay, pair="app", user="app"),
        "user = $app",
        logins=2,
    ),
    mend(
        "user-wrong-form",
        "icr",
        "a name with an API key",
        at(vendors.icr, user="octo@example.com"),
        "user = iamapikey",
        logins=2,
    ),
    mend(
        "registry-retired",
        "github-packages",
        "docker.pkg.github.com, gone",
        packages(retired=410),
        "server = ghcr.io",
    ),
    mend(
        "registry-retired",
        "github-packages",
        "docker.pkg.github.com, not found",
        packages(retired=404),
        "server = ghcr.io",
    ),
    mend(
        "server-alias",
        "github-packages",
        "npm.pkg.github.com",
        packages(server="npm.pkg.github.com"),
        "server = ghcr.io",
    ),
    mend("server-alias", "ghcr", "github.com", at(vendors.ghcr, server="github.com"), "server = ghcr.io"),
    mend(
        "server-alias",
        "ecr-public",
        "gallery.ecr.aws",
        at(ecr_public, server="gallery.ecr.aws"),
        "server = public.ecr.aws",
    ),
    mend(
        "server-alias",
        "gar",
        "another format's host",
        at(vendors.gar, server="europe-west1-npm.pkg.dev"),
        f"server = {GAR}",
    ),
    mend(
        "server-alias",
        "gitlab",
        "gitlab.com",
        at(vendors.gitlab, server="gitlab.com"),
        "server = registry.gitlab.com",
    ),
    mend(
        "server-alias",
        "acr",
        "the host of the blobs",
        at(vendors.acr, server="acme.westeurope.data.azurecr.io"),
        "server = acme.azurecr.io",
    ),
    mend(
        "value-quoted",
        "gar",
        "a key file in quotes",
        at(vendors.gar, password=lambda vendor: f"'{vendor.password}'"),
        "unquote password",
    ),
    mend(
        "value-quoted",
        "gar",
        "its base64 in quotes",
        at(vendors.gar, pair="json_key_base64", password=lambda vendor: f'"{vendor.password}"'),
        "unquote password",
    ),
]


@pytest.mark.parametrize("mend", MENDS, ids=lambda m: f"{m.registry}: {m.cause}, {m.name}")
def test_what_is_a_matter_of_form_is_mended_with_one_login_more_at_most(
    mend: Mend, authority: Authority
) -> None:
    seen = visit(mend.place, authority)
    result = seen.result
    first = result.findings[0]
    assert first.cause == mend.cause
    assert tuple(map(in_words, first.fixes)) == mend.fixes
    assert first.verified
    assert result.status == mend.status
    assert result.registry == mend.registry
    assert seen.logins == mend.logins
    pairs = [request.basic for request in seen.requests if request.basic]
    assert len(set(pairs)) == len(pairs)
    assert sum(method == "POST" for method, _, _ in seen.asked) <= 1
    assert leaks(everything_shown(seen.report), seen.secrets) == []
    for finding in result.findings:
        assert_makes_sense(finding)


def test_a_registry_for_other_packages_is_told_nothing(authority: Authority) -> None:
    seen = visit(packages(server="npm.pkg.github.com"), authority)
    assert seen.hosts_that_saw(seen.given[2].strip()) == {"ghcr.io", "api.github.com"}


# What is learnt on the way


def test_two_sets_of_ecr_in_two_regions_are_ok_at_once(authority: Authority) -> None:
    first = ecr(authority)
    second = ecr(authority, f"{ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com")
    with first, second:
        variables = {
            variable_name(identifier, part): value
            for identifier, vendor in (("ECR_US", first), ("ECR_EU", second))
            for part, value in zip(PARTS, (vendor.server, vendor.user, vendor.password), strict=True)
        }
        overrides = (*first.overrides, *second.overrides)
        report = diagnose(variables, Settings(ca_file=authority.ca_file, timeout=10, overrides=overrides))
    assert [(result.status, result.proved, result.findings) for result in report.sets] == [
        ("ok", True, ())
    ] * 2
    for vendor in (first, second):
        assert [request.method for request in vendor.all_requests] == ["GET", "POST", "GET"]
        assert vendor.all_requests[-1].basic == ("AWS", vendor.ecr.issued[-1].password)


def test_the_pulls_left_at_docker_hub_are_shown_and_none_is_spent(authority: Authority) -> None:
    seen = visit(at(vendors.docker_hub, rate=(100, 76, 21600)), authority)
    assert (check_of(seen.result, "login").detail or "").endswith("; 76 of 100 pulls left in 6 h")
    assert [method for method, _, path in seen.asked if "/manifests/" in path] == ["HEAD"]


def test_the_end_of_a_github_token_is_learnt_from_the_api(authority: Authority) -> None:
    end = in_days(90).replace(microsecond=0)
    result = visit(at(vendors.ghcr, expires_at=end), authority).result
    assert result.credential is not None
    assert result.credential.expires_at == end.timestamp()
    assert result.status == "ok"


@pytest.mark.parametrize(
    ("lifetime", "cause", "words"),
    [
        (-3 * HOUR - MARGIN, "token-expired", "expired 3 h ago"),
        (-40 * MINUTE - MARGIN, "token-expired", "expired 40 min ago"),
        (-3 * DAY - MARGIN, "token-expired", "expired 3 days ago"),
        (40 * MINUTE + MARGIN, "credential-expires-soon", "expires in 40 min"),
        (3 * HOUR + MARGIN, "credential-expires-soon", "expires in 3 h"),
        (2 * DAY + MARGIN, "credential-expires-soon", "expires in 2 days"),
    ],
)
@pytest.mark.parametrize("registry", ["acr", "ecr", "ecr-public"])
def test_how_long_a_token_is_good_or_has_not_been_is_said(
    registry: str, lifetime: int, cause: str, words: str, authority: Authority
) -> None:
    places = {
        "acr": at(vendors.acr, pair="refresh", refresh_lifetime=lifetime),
        "ecr": at(ecr, user="AWS", password=lasting(lifetime)),
        "ecr-public": at(ecr_public, user="AWS", password=lasting(lifetime)),
    }
    result = visit(places[registry], authority).result
    first = result.findings[0]
    assert first.cause == ("ecr-token-expired" if cause == "token-expired" and registry != "acr" else cause)
    assert words in f"{first.title} {first.explanation}"


@pytest.mark.parametrize(
    ("lifetime", "words"),
    [(40 * MINUTE + MARGIN, "expires in 40 min"), (2 * DAY + MARGIN, "expires in 2 days")],
)
def test_how_long_a_github_token_is_good_is_said(lifetime: int, words: str, authority: Authority) -> None:
    place = at(vendors.ghcr, expires_at=in_days(lifetime / DAY))
    first = visit(place, authority).result.findings[0]
    assert words in f"{first.title} {first.explanation}"


def test_the_token_of_the_codespace_itself_is_known_to_be_needless(authority: Authority) -> None:
    token = "ghu_" + made_up(36)
    seen = visit(at(vendors.ghcr, token=token), authority, environ={"GITHUB_TOKEN": token})
    first = seen.result.findings[0]
    assert first.cause == "credential-expires-soon"
    assert "GITHUB_TOKEN" in " ".join(first.evidence)
    assert leaks(everything_shown(seen.report), seen.secrets) == []


# What is not yet as it should be


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(at(vendors.docker_hub, expired=True), id="token-expired"),
        pytest.param(refusing(401, "UNAUTHORIZED", "this token has been revoked"), id="token-revoked"),
        pytest.param(at(vendors.docker_hub, insufficient_scopes=True), id="missing-scope"),
        pytest.param(at(vendors.docker_hub, requires_token=True), id="token-kind-unsupported"),
        pytest.param(at(ecr, user="AWS", password=endless), id="ecr-token-expired"),
        pytest.param(
            at(vendors.gar, pair="json_key_base64", password=without_padding), id="gcp-bad-json-key"
        ),
        pytest.param(at(vendors.gar, deleted_key=True), id="bad-credentials"),
    ],
)
def test_a_password_that_only_the_user_can_supply_is_asked_for(place: Place, authority: Authority) -> None:
    first = visit(place, authority).result.findings[0]
    assert "replace password" in map(in_words, first.fixes)


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(at(vendors.redhat, password=wrong), id="redhat"),
        pytest.param(saying(NO_PERMISSION, "gcr.io", "https://gcr.io/v2/token"), id="gcr"),
    ],
)
def test_whoever_sent_a_credential_is_not_told_that_none_was_sent(place: Place, authority: Authority) -> None:
    seen = visit(place, authority)
    assert seen.logins == 1
    assert not set(seen.result.findings[0].also_possible) & set(NOT_LIVE)


def test_a_token_that_only_this_clock_calls_expired_is_put_down_to_the_clock(authority: Authority) -> None:
    good = at(ecr, user="AWS", password=lasting(HOUR), clock_offset=-13 * HOUR)
    first = visit(good, authority).result.findings[0]
    assert "clock-skew" in (first.cause, *first.also_possible)


@pytest.mark.parametrize(
    ("place", "host"),
    [
        pytest.param(at(vendors.docker_hub, absent="^auth[.]"), "auth.docker.io", id="dockerhub"),
        pytest.param(at(ecr, absent="^api[.]"), api_of(ECR_HOST), id="ecr"),
    ],
)
def test_the_host_that_has_no_address_is_the_one_that_is_named(
    place: Place, host: str, authority: Authority
) -> None:
    first = visit(place, authority).result.findings[0]
    assert first.cause in ("dns-not-found", "dns-failure")
    assert host in first.title
