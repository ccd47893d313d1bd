"""Proves the scripted vendors: the right pair logs in, each refusal has the vendor's status and words."""

from __future__ import annotations

import base64
import datetime
import functools
import http.client
import json
import re
import socket
import ssl
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import docker.errors
import pytest

from tests.lab import vendors
from tests.lab.certificates import Authority
from tests.lab.engine import Engine
from tests.lab.namespace import Namespace
from tests.lab.programs import require
from tests.lab.vendors import HEALTHY, Vendor
from tests.lab.vendors.github import SSO_REQUIRED, SSO_URL
from tests.lab.vendors.vendor import made_up

Make = Callable[[Authority], Vendor]
MANIFEST = "/v2/octo/app/manifests/latest"
PREVIEW = "/v2/ratelimitpreview/test/manifests/latest"


# A plain client


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def ask(
    vendor: Vendor, url: str, authorization: str | None = None, method: str = "GET", form: Any = None
) -> Reply:
    """One request to a host of the vendor's, by its real name and over TLS that is checked."""
    parts = urllib.parse.urlsplit(url)
    (there,) = (each for each in vendor.overrides if each.host == parts.hostname)
    plain = socket.create_connection((there.address, there.to_port), timeout=5)
    context = ssl.create_default_context(cafile=vendor.ca_file)
    connection = http.client.HTTPConnection(there.host)
    with closing(connection):
        connection.sock = context.wrap_socket(plain, server_hostname=there.host)
        headers = {"Authorization": authorization} if authorization else {}
        body = urllib.parse.urlencode(form) if form else None
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, f"{parts.path}?{parts.query}", body, headers)
        answer = connection.getresponse()
        return Reply(
            answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        )


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def host_of(vendor: Vendor) -> str:
    """Where an Engine logs in for the server value."""
    return "registry-1.docker.io" if "docker.io" in vendor.server else vendor.server


def challenge_of(vendor: Vendor) -> tuple[str, dict[str, str]]:
    reply = ask(vendor, f"https://{host_of(vendor)}/v2/")
    assert reply.status == 401
    scheme, _, rest = reply.headers["www-authenticate"].partition(" ")
    parameters = re.findall(r'(\w+)=(?:"([^"]*)"|([^\s,"]+))', rest)
    return scheme.lower(), {name: quoted or bare for name, quoted, bare in parameters}


def token_reply(vendor: Vendor, pair: tuple[str, str] | None, scope: str | None = None) -> Reply:
    """What the token service says, asked as an Engine asks."""
    _, parameters = challenge_of(vendor)
    query = {"client_id": "docker", "offline_token": "true"}
    if pair:
        query["account"] = pair[0]
    if "service" in parameters:
        query["service"] = parameters["service"]
    if scope:
        query["scope"] = scope
    url = f"{parameters['realm']}?{urllib.parse.urlencode(query)}"
    return ask(vendor, url, basic(*pair) if pair else None)


def login(vendor: Vendor, user: str | None = None, password: str | None = None) -> Reply:
    """The answer that decides a login: that of /v2/, or the refusal of the token service."""
    pair = (user or vendor.user, password or vendor.password)
    scheme, _ = challenge_of(vendor)
    if scheme == "basic":
        return ask(vendor, f"https://{host_of(vendor)}/v2/", basic(*pair))
    reply = token_reply(vendor, pair)
    if reply.status != 200:
        return reply
    return ask(vendor, f"https://{host_of(vendor)}/v2/", f"Bearer {token_in(reply)}")


def token_in(reply: Reply) -> str:
    assert reply.status == 200, reply
    return str(reply.json.get("token") or reply.json["access_token"])


def pull(vendor: Vendor, method: str = "GET", path: str = MANIFEST) -> Reply:
    """The answer to a manifest with a token for just that."""
    repository = path.removeprefix("/v2/").partition("/manifests/")[0]
    token = token_in(token_reply(vendor, (vendor.user, vendor.password), f"repository:{repository}:pull"))
    return ask(vendor, f"https://{host_of(vendor)}{path}", f"Bearer {token}", method)


def claims_in(token: str) -> Any:
    middle = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))


# All vendors


@pytest.mark.parametrize("make", HEALTHY, ids=lambda make: make.__name__)
def test_the_healthy_pair_logs_in(authority: Authority, make: Make) -> None:
    with make(authority) as vendor:
        reply = login(vendor)
        assert reply.status == 200, reply
        assert pull_is_possible(vendor)
        asked = [urllib.parse.urlsplit(request.base_url).netloc for request in vendor.all_requests]
        assert set(asked) <= set(vendor.hosts)
        assert sum(len(vendor.requests(host)) for host in vendor.hosts) == len(asked)
        carrying = [request.basic for request in vendor.all_requests if request.basic]
        assert carrying
        assert set(carrying) == {(vendor.user, vendor.password)}


def pull_is_possible(vendor: Vendor) -> bool:
    scheme, _ = challenge_of(vendor)
    if scheme == "basic":
        reply = ask(vendor, f"https://{host_of(vendor)}{MANIFEST}", basic(vendor.user, vendor.password))
    else:
        reply = pull(vendor)
    return reply.status == 404 and reply.json["errors"][0]["code"] == "NAME_UNKNOWN"


ACR_REQUIRED = "authentication required, visit https://aka.ms/acr/authorization for more information."
GITLAB_DENIED = "HTTP Basic: Access denied. If a password was provided"
REFUSALS: dict[str, tuple[int, str]] = {
    "docker_hub": (401, '{"details": "incorrect username or password"}'),
    "ghcr": (403, '"code": "DENIED", "message": "denied"'),
    "ghe": (403, '"code": "DENIED", "message": "denied"'),
    "ghes": (403, '"code": "DENIED", "message": "denied"'),
    "github_packages": (401, "could not be authenticated by the GitHub Packages service"),
    "acr": (401, ACR_REQUIRED),
    "gar": (401, '"message": "failed authentication"'),
    "gcr": (401, '"message": "failed authentication"'),
    "quay": (401, "Could not find robot with username: octo+puller and supplied password."),
    "gitlab": (401, GITLAB_DENIED),
    "gitlab_self_managed": (401, "https://gitlab.example.com/help/user/profile"),
    "harbor": (401, '"code": "UNAUTHORIZED", "message": "authentication required"'),
    "artifactory": (401, '{"statusCode": 401, "details": "BAD_CREDENTIAL"}'),
    "nexus": (401, "access to the requested resource is not authorized"),
    "redhat": (401, "Please login to the Red Hat Registry using your Customer Portal credentials."),
    "digitalocean": (401, "Unable to authenticate you"),
    "ocir": (401, '"message": "Unauthorized"'),
    "icr": (400, "Authorization required. See https://cloud.ibm.com/docs/Registry"),
    "alibaba": (401, '"message": "authentication required"'),
    "scaleway": (401, '"type": "denied_authentication"'),
}


@pytest.mark.parametrize("make", HEALTHY, ids=lambda make: make.__name__)
def test_a_wrong_password_gets_the_vendor_s_own_refusal(authority: Authority, make: Make) -> None:
    name = getattr(make, "__name__", "")
    with make(authority) as vendor:
        assert vendor.wrong != vendor.password
        reply = login(vendor, password=vendor.wrong)
        status, words = REFUSALS[name]
        assert reply.status == status
        assert words in reply.body.decode()


@pytest.mark.parametrize("make", HEALTHY, ids=lambda make: make.__name__)
def test_a_credential_that_cannot_be_read_is_no_anonymous_one(authority: Authority, make: Make) -> None:
    with make(authority) as vendor:
        scheme, parameters = challenge_of(vendor)
        url = f"https://{host_of(vendor)}/v2/" if scheme == "basic" else parameters["realm"]
        unreadable = "Basic " + base64.b64encode(b"octo:\xfc").decode()
        assert ask(vendor, url, unreadable).status in (400, 401, 403)


# What each option makes of the pair at the login

of = functools.partial
LOGINS: list[tuple[Make, int, str]] = [
    (
        of(vendors.docker_hub, requires_token=True),
        401,
        "your account must log in with a Personal Access Token (PAT)"
        " - learn more at docs.docker.com/go/access-tokens",
    ),
    (of(vendors.docker_hub, locked=True), 429, "too many failed login attempts for username or IP address"),
    (of(vendors.docker_hub, expired=True), 401, '{"details": "personal access token is expired"}'),
    (of(vendors.docker_hub, expired=True, organization=True), 401, "org access token is expired"),
    (of(vendors.docker_hub, unverified=True), 401, "verify your email"),
    (of(vendors.docker_hub, insufficient_scopes=True), 401, "access token has insufficient scopes"),
    (of(vendors.docker_hub, organization=True), 200, "{}"),
    (of(vendors.ghcr, dead=True), 403, '"message": "denied"'),
    (
        of(vendors.ghcr, dead=True, unauthenticated=True),
        401,
        "unauthenticated: User cannot be authenticated with the token provided.",
    ),
    (of(vendors.ghcr, sso=SSO_REQUIRED), 403, "Resource protected by organization SAML enforcement."),
    (of(vendors.ghcr, sso="partial-results; organizations=21955855,20582480"), 200, "{}"),
    (of(vendors.ghcr, token="github_pat_" + made_up(82)), 403, '"message": "denied"'),
    (of(vendors.ghcr, api_down=True), 200, "{}"),
    (
        of(vendors.acr, admin_disabled=True),
        401,
        "aad access token with sp failed client id must be guid",
    ),
    (of(vendors.acr, pair="principal"), 200, "{}"),
    (of(vendors.acr, pair="principal", sp_expired=True), 401, "Invalid clientid or client secret."),
    (of(vendors.acr, pair="principal", sp_expired_words=True), 401, "AADSTS7000222"),
    (
        of(vendors.acr, pair="principal", unknown_application=True),
        401,
        "Application not registered with AAD",
    ),
    (of(vendors.acr, pair="token", admin_disabled=True), 200, "{}"),
    (of(vendors.acr, pair="refresh"), 200, "{}"),
    (of(vendors.acr, pair="refresh", refresh_lifetime=-60), 401, ACR_REQUIRED),
    (of(vendors.acr, firewall="token"), 403, "client with IP '203.0.113.5' is not allowed access."),
    (of(vendors.gar, names_service=False), 200, "{}"),
    (of(vendors.gar, pair="json_key_base64"), 200, "{}"),
    (of(vendors.gar, pair="access_token"), 200, "{}"),
    (of(vendors.gar, deleted_key=True), 401, "failed authentication"),
    (of(vendors.gar, pair="access_token", token_expired=True), 401, "failed authentication"),
    (of(vendors.gar, api_disabled=True), 403, "has not been used in project octo-project before"),
    (of(vendors.gcr, api_disabled=True), 403, "Please enable Google Container Registry API"),
    (of(vendors.gcr, retired=True), 412, "Container Registry is deprecated and shutting down"),
    (of(vendors.quay, pair="oauth"), 200, "{}"),
    (of(vendors.quay, pair="app"), 200, "{}"),
    (of(vendors.quay, pair="user"), 200, "{}"),
    (of(vendors.quay, locked=True), 429, "Too many login attempts. \nPlease reset your Quay password"),
    (
        of(vendors.quay, pair="user", encrypted_only=True),
        401,
        "Client login with unencrypted passwords is disabled.",
    ),
    (of(vendors.quay, pair="encrypted", encrypted_only=True), 200, "{}"),
    (of(vendors.quay, pair="app", disabled=True), 401, "This user has been disabled."),
    (of(vendors.quay, owner_disabled=True), 401, "Robot octo+puller owner octo is disabled"),
    (of(vendors.gitlab, pair="deploy"), 200, "{}"),
    (of(vendors.gitlab, pair="password"), 200, "{}"),
    (
        of(vendors.gitlab, pair="password", two_factor=True),
        401,
        "your account has 2FA enabled and you must use a personal access token instead of a password.",
    ),
    (of(vendors.gitlab, forbidden=True), 403, '"code": "DENIED", "message": "access forbidden"'),
    (of(vendors.artifactory, basic=True), 200, "{}"),
    (of(vendors.nexus, bearer=True), 200, "{}"),
    (of(vendors.digitalocean, user="puller@example.com"), 200, "{}"),
    (of(vendors.icr, private_only=True), 403, "You must access this account over the private network"),
    (of(vendors.alibaba, region="cn-shanghai"), 200, "{}"),
]


def name_of(make: Any) -> str | None:
    if not isinstance(make, functools.partial):
        return None
    told = (f"{key}={value}"[:28] for key, value in make.keywords.items())
    return f"{make.func.__name__}({', '.join(told)})"


@pytest.mark.parametrize(("make", "status", "words"), LOGINS, ids=name_of)
def test_an_option_answers_as_named(authority: Authority, make: Make, status: int, words: str) -> None:
    with make(authority) as vendor:
        reply = login(vendor)
        assert reply.status == status, reply
        assert words in reply.body.decode()


MANIFESTS: list[tuple[Make, int, str]] = [
    (
        of(vendors.gar, no_role=True),
        403,
        'denied on resource \\"projects/octo-project/locations/europe-west1/repositories/team\\"',
    ),
    (of(vendors.gcr, no_role=True), 403, "You don't have the needed permissions"),
    (of(vendors.harbor, no_pull=True), 401, "unauthorized to access repository: octo/app, action: pull"),
    (of(vendors.icr, no_pull=True), 403, "Insufficient scope"),
]


@pytest.mark.parametrize(("make", "status", "words"), MANIFESTS, ids=name_of)
def test_one_may_log_in_but_not_pull(authority: Authority, make: Make, status: int, words: str) -> None:
    with make(authority) as vendor:
        assert login(vendor).status == 200
        reply = pull(vendor)
        assert reply.status == status
        assert words in reply.body.decode()


# Docker Hub


def test_head_costs_no_pull_and_get_does(authority: Authority) -> None:
    with vendors.docker_hub(authority, rate=(100, 2, 21600)) as hub:
        left = []
        for method in ("HEAD", "HEAD", "GET", "HEAD", "GET", "HEAD", "GET"):
            reply = pull(hub, method, PREVIEW)
            assert reply.headers["ratelimit-limit"] == "100;w=21600"
            assert "docker-ratelimit-source" in reply.headers
            left.append((reply.status, reply.headers["ratelimit-remaining"].partition(";")[0]))
        assert left == [
            (200, "2"),
            (200, "2"),
            (200, "1"),
            (200, "1"),
            (200, "0"),
            (200, "0"),
            (429, "0"),
        ]


def test_the_rate_is_told_to_a_token_for_that_repository_only(authority: Authority) -> None:
    with vendors.docker_hub(authority, rate=(200, 187, 21600)) as hub:
        url = f"https://registry-1.docker.io{PREVIEW}"
        pair = (hub.user, hub.password)
        elsewhere = token_in(token_reply(hub, pair, "repository:octo/app:pull"))
        reply = ask(hub, url, f"Bearer {elsewhere}", "HEAD")
        assert reply.status == 401
        assert "ratelimit-remaining" not in reply.headers
        assert 'error="insufficient_scope"' in reply.headers["www-authenticate"]
        assert ask(hub, url, method="HEAD").status == 401
    with vendors.docker_hub(authority) as hub:
        assert "ratelimit-limit" not in pull(hub, "HEAD", PREVIEW).headers


def test_a_token_of_the_hub_says_what_it_opens(authority: Authority) -> None:
    with vendors.docker_hub(authority) as hub:
        assert hub.server == "https://index.docker.io/v1/"
        scope = "repository:octo/app:pull,push"
        claims = claims_in(token_in(token_reply(hub, (hub.user, hub.password), scope)))
        assert claims["access"] == [{"type": "repository", "name": "octo/app", "actions": ["pull", "push"]}]
        assert token_reply(hub, None).status == 200  # anonymous


# GitHub


def api(vendor: Vendor, authorization: str | None = None) -> Reply:
    (host,) = (host for host in vendor.hosts if host != vendor.server)
    path = "/api/v3/user" if host == "github.example.com" else "/user"
    return ask(vendor, f"https://{host}{path}", authorization or f"Bearer {vendor.password}")


@pytest.mark.parametrize("make", [vendors.ghcr, vendors.ghe, vendors.ghes])
def test_the_api_knows_the_owner_and_the_scopes(authority: Authority, make: Make) -> None:
    with make(authority) as vendor:
        for scheme in ("Bearer", "token"):
            reply = api(vendor, f"{scheme} {vendor.password}")
            assert (reply.status, reply.json["login"]) == (200, vendor.user)
            assert reply.headers["x-oauth-scopes"] == "repo, read:packages"
            assert "github-authentication-token-expiration" not in reply.headers
        reply = api(vendor, f"Bearer {vendor.wrong}")
        assert (reply.status, reply.json["message"]) == (401, "Bad credentials")


def test_the_api_tells_expiry_sso_and_death(authority: Authority) -> None:
    moment = datetime.datetime(2026, 12, 24, 10, tzinfo=datetime.UTC)
    for expires_at in (moment, "2026-12-24 10:00:00 UTC"):
        with vendors.ghcr(authority, expires_at=expires_at, scopes=None, owner="hubot") as vendor:
            reply = api(vendor)
            assert reply.headers["github-authentication-token-expiration"] == "2026-12-24 10:00:00 UTC"
            assert "x-oauth-scopes" not in reply.headers
            assert reply.json["login"] == vendor.user == "hubot"
    with vendors.ghcr(authority, sso=SSO_REQUIRED) as vendor:
        reply = api(vendor)
        assert reply.status == 403
        assert reply.headers["x-github-sso"] == f"required; url={SSO_URL}"
    with vendors.ghcr(authority, dead=True) as vendor:
        assert api(vendor).status == 401
    with vendors.ghcr(authority, api_down=True) as vendor:
        assert api(vendor).status == 503


def test_ghcr_checks_the_user_where_told_to(authority: Authority) -> None:
    with vendors.ghcr(authority) as vendor:
        assert login(vendor, user="somebody").status == 200
    with vendors.ghcr(authority, checks_user=True) as vendor:
        assert login(vendor, user="somebody").status == 403
        assert login(vendor, user="OctoCat").status == 200


def test_the_legacy_registry_can_be_retired_and_npm_is_no_registry(authority: Authority) -> None:
    with vendors.github_packages(authority, retired=410) as vendor:
        assert ask(vendor, "https://docker.pkg.github.com/v2/").status == 410
        reply = ask(vendor, "https://npm.pkg.github.com/v2/")
        assert (reply.status, reply.headers["content-type"]) == (404, "application/json")


# Azure


def test_the_firewall_of_acr_stands_before_everything(authority: Authority) -> None:
    with vendors.acr(authority, firewall=True) as vendor:
        for path in ("/v2/", "/oauth2/token"):
            reply = ask(vendor, f"https://acme.azurecr.io{path}")
            assert (reply.status, reply.json["errors"][0]["code"]) == (403, "DENIED")


def test_acr_takes_its_refresh_token_by_post_and_a_password_by_get_only(authority: Authority) -> None:
    with vendors.acr(authority, "contoso", pair="refresh") as vendor:
        url = "https://contoso.azurecr.io/oauth2/token"
        claims = claims_in(vendor.password)
        assert (claims["iss"], claims["aud"]) == ("Azure Container Registry", "contoso.azurecr.io")
        form = {"grant_type": "refresh_token", "service": "contoso.azurecr.io", "scope": "repository:a:pull"}
        reply = ask(vendor, url, method="POST", form=form | {"refresh_token": vendor.password})
        assert ask(vendor, "https://contoso.azurecr.io/v2/", f"Bearer {token_in(reply)}").status == 200
        assert ask(vendor, url, method="POST", form=form | {"refresh_token": vendor.wrong}).status == 401
        user, password = vendor.pairs["admin"]
        grant = {"grant_type": "password", "username": user, "password": password}
        assert ask(vendor, url, method="POST", form=grant).status == 400


def test_acr_says_what_is_wrong_with_a_user(authority: Authority) -> None:
    with vendors.acr(authority) as vendor:
        assert b"must be guid" in login(vendor, user="octocat").body
        stranger = login(vendor, user="4f1d3a0e-6c55-4b7e-9f10-0a9b8c7d6e5f")
        assert b"Invalid clientid or client secret." in stranger.body
        assert len(vendor.password) == 52


# Google


@pytest.mark.parametrize("make", [vendors.gar, vendors.gcr])
def test_google_takes_whole_keys_only(authority: Authority, make: Make) -> None:
    with make(authority) as vendor:
        key = vendor.password
        encoded = vendor.pairs["json_key_base64"][1]
        real_line_ends = key.replace("\\n", "\n")
        for user, password in (
            ("_json_key", encoded),
            ("_json_key", key[:-40]),
            ("_json_key", real_line_ends),
            ("_json_key_base64", key),
            ("_json_key_base64", encoded[:-7]),
        ):
            reply = login(vendor, user, password)
            assert (reply.status, reply.json["errors"][0]["message"]) == (401, "Unable to parse json key.")
        assert login(vendor, "_json_key", json.dumps(json.loads(key))).status == 200
        assert login(vendor, "octocat", key).status == 401


def test_a_challenge_of_gar_may_name_no_service(authority: Authority) -> None:
    with vendors.gar(authority, names_service=False) as vendor:
        assert challenge_of(vendor)[1] == {"realm": f"https://{vendor.server}/v2/token"}


# Others


def test_quay_gives_anonymous_tokens_for_a_scope_only(authority: Authority) -> None:
    with vendors.quay(authority) as vendor:
        assert token_reply(vendor, None).status == 401
        assert token_reply(vendor, None, "repository:octo/app:pull").status == 200
    with vendors.quay(authority, locked=True) as vendor:
        assert login(vendor).headers["retry-after"] == "30"


@pytest.mark.parametrize(
    ("user", "words"),
    [
        ("octo+nobody", "Could not find robot with specified username"),
        ("$app", "Invalid token"),
        ("$oauthtoken", "OAuth access token could not be validated"),
        ("$token", "Invalid access token"),
        ("octopuller", "Invalid Username or Password"),
        ("oauthtoken", "Invalid Username or Password"),
    ],
)
def test_quay_names_the_reason(authority: Authority, user: str, words: str) -> None:
    with vendors.quay(authority) as vendor:
        reply = login(vendor, user, vendor.wrong)
        assert (reply.status, reply.json["errors"][0]["message"]) == (401, words)


def test_the_challenge_of_icr_may_have_no_quotes(authority: Authority) -> None:
    with vendors.icr(authority, unquoted=True) as vendor:
        assert login(vendor).status == 200
        header = ask(vendor, "https://us.icr.io/v2/").headers["www-authenticate"]
        assert header == "Bearer realm=https://us.icr.io/oauth/token, service=registry"


def test_harbor_can_refuse_without_a_word(authority: Authority) -> None:
    with vendors.harbor(authority, silent=True) as vendor:
        reply = login(vendor, password=vendor.wrong)
        assert (reply.status, reply.body) == (401, b"")
        assert login(vendor, user="robot").status == 401


def test_artifactory_can_have_its_door_open(authority: Authority) -> None:
    with vendors.artifactory(authority, open_door=True) as vendor:
        assert ask(vendor, "https://acme.jfrog.io/v2/").status == 200


def test_the_token_hosts_are_the_vendors_own(authority: Authority) -> None:
    for make, host in (
        (vendors.digitalocean, "api.digitalocean.com"),
        (vendors.alibaba, "dockerauth.cn-hangzhou.aliyuncs.com"),
        (vendors.scaleway, "api.scaleway.com"),
        (vendors.gitlab, "gitlab.com"),
    ):
        with make(authority) as vendor:
            login(vendor)
            assert [request.basic for request in vendor.requests(host)] == [(vendor.user, vendor.password)]
            assert not any(request.basic for request in vendor.requests(vendor.server))


# The real Engine


@pytest.fixture(scope="module")
def placed(authority: Authority) -> dict[str, Vendor]:
    """Every vendor, each of its hosts at an address of its own."""
    made = {getattr(make, "__name__", ""): make(authority) for make in HEALTHY}
    numbers = iter(range(20, 200))
    for vendor in made.values():
        vendor.at({host: f"198.51.100.{next(numbers)}" for host in vendor.hosts})
    return made


@pytest.fixture(scope="module")
def namespace(placed: dict[str, Vendor]) -> Iterator[Namespace]:
    require("ip", "mount", "nsenter", "unshare", namespaces=True)
    hosts = {host: address for vendor in placed.values() for host, address in vendor.addresses.items()}
    with Namespace(hosts=hosts) as namespace:
        yield namespace


@pytest.fixture(scope="module")
def engine_there(namespace: Namespace, authority: Authority) -> Iterator[Engine]:
    require("dockerd", "containerd", "setpriv")
    with Engine(launch=namespace.launch, environment={"SSL_CERT_FILE": authority.ca_file}) as engine:
        yield engine


@pytest.mark.parametrize("name", REFUSALS)
def test_the_real_engine_logs_in_to_every_vendor(
    placed: dict[str, Vendor], namespace: Namespace, engine_there: Engine, name: str
) -> None:
    vendor = placed[name]
    with vendor.at(vendor.addresses, listen=namespace.listen), engine_there.client() as client:
        client.login(vendor.user, vendor.password, registry=vendor.server, reauth=True)
        with pytest.raises(docker.errors.APIError):
            client.login(vendor.user, vendor.wrong, registry=vendor.server, reauth=True)
        assert {request.basic for request in vendor.all_requests} >= {
            (vendor.user, vendor.password),
            (vendor.user, vendor.wrong),
        }
