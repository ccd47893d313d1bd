"""Owns the scripted registries of GitHub, each with the API that knows its tokens."""

from __future__ import annotations

import datetime

from tests.lab import handlers
from tests.lab.certificates import Authority
from tests.lab.scripted import Answer, Handler, Request
from tests.lab.vendors.desk import Desk
from tests.lab.vendors.vendor import Vendor, made_up

SSO_URL = (
    "https://github.com/orgs/octo-org/sso?authorization_request=AZSCKtL4U8yX1H3sCQIVnVgmjmon5fWxks5YrqhJ"
)
SSO_REQUIRED = f"required; url={SSO_URL}"
SAML = (
    "Resource protected by organization SAML enforcement. You must grant your Personal Access token access to"
)


def ghcr(
    authority: Authority,
    host: str = "ghcr.io",
    *,
    owner: str = "octocat",
    token: str | None = None,
    scopes: str | None = "repo, read:packages",
    expires_at: str | datetime.datetime | None = None,
    dead: bool = False,
    checks_user: bool = False,
    sso: str | None = None,
    unauthenticated: bool = False,
    api_down: bool = False,
) -> Vendor:
    """`sso` is the value of X-GitHub-SSO; one that says "required" refuses the token.

    `dead` is a token that has expired or was revoked, which nobody can tell apart; `unauthenticated` lets
    the registry refuse in its longer words. `scopes` of None leaves the header out.
    """
    # docs.github.com "about-authentication-to-github": the prefix; its length is the customary one
    token = token or "ghp_" + made_up(36)
    required = (sso or "").startswith("required")

    def judge(user: str, password: str) -> Answer | None:
        if unauthenticated and (dead or password != token):
            # observed: autc04/Retro68#274
            text = "unauthenticated: User cannot be authenticated with the token provided."
            return handlers.error(401, "UNAUTHORIZED", text)
        if dead or password != token or (checks_user and user.lower() != owner.lower()):
            # observed: GaloisInc/cryptol#1959; that the user is checked is assumed
            return handlers.error(403, "DENIED", "denied")
        if token.startswith("github_pat_"):
            # docs.github.com: only classic tokens; docker/login-action#331. Assumed: that login says so
            return handlers.error(403, "DENIED", "denied")
        if required:
            # the API's words (cli/cli#2661); that the registry uses them too is assumed
            return handlers.error(403, "DENIED", f"{SAML} this organization.")
        return None

    def api(request: Request) -> Answer:
        if api_down:
            return Answer(
                503, {"Content-Type": "text/html"}, "<!doctype html><title>Unicorn! &middot; GitHub</title>"
            )
        scheme, _, value = (request.authorization or "").partition(" ")
        given = request.basic[1] if request.basic else value
        if not given:
            return _message(401, "Requires authentication")
        if dead or given != token or scheme.lower() not in ("bearer", "token", "basic"):
            return _message(401, "Bad credentials")
        # docs.github.com "authenticating-to-the-rest-api": X-OAuth-Scopes, X-GitHub-SSO
        headers = {"X-OAuth-Scopes": scopes, "X-GitHub-SSO": sso} | _expiry(expires_at)
        told = {name: text for name, text in headers.items() if text is not None}
        if required:
            return _message(403, f"{SAML} this organization.", told)
        return Answer(headers=told, body={"login": owner, "id": 583231, "type": "User"})

    # observed: a probe of ghcr.io by third parties; of the other two assumed
    desk = Desk(f"https://{host}/token", host, judge, opaque=True)
    api_host, path = _api(host)
    not_found: Handler = lambda request: _message(404, "Not Found")  # noqa: E731 - a handler as any
    hosts = desk.hosts(host) | {api_host: handlers.routes({path: api}, not_found)}
    return Vendor(authority, host, hosts, {"token": (owner, token)}, wrong="ghp_" + made_up(36))


def ghe(authority: Authority) -> Vendor:
    """GitHub Enterprise Cloud with data residency."""
    return ghcr(authority, "containers.octo.ghe.com")


def ghes(authority: Authority) -> Vendor:
    """GitHub Enterprise Server."""
    return ghcr(authority, "containers.github.example.com")


def github_packages(authority: Authority, *, retired: int | None = None) -> Vendor:
    """The legacy registry, with the npm registry that is taken for one; `retired` is its last status.

    https://github.blog/changelog/2025-01-23-legacy-docker-registry-closing-down/; what it answers since is
    assumed, and so is the body of the npm registry.
    """
    user, password = "octocat", "ghp_" + made_up(36)
    # observed: istio-ecosystem/authservice#142 (a pull)
    text = (
        "Your request could not be authenticated by the GitHub Packages service. "
        "Please ensure your access token is valid and has the appropriate scopes configured."
    )
    challenge = {
        "WWW-Authenticate": 'Basic realm="GitHub Package Registry"'
    }  # regclient/regclient auth tests
    registry = handlers.basic(
        {user: password},
        realm="GitHub Package Registry",
        refusal=handlers.error(401, "UNAUTHORIZED", text, challenge),
    )
    if retired is not None:
        registry = handlers.always(_message(retired, "The GitHub Packages Docker registry has been retired."))
    npm = handlers.always(Answer(404, body={"error": "not_found", "reason": "document not found"}))
    hosts = {"docker.pkg.github.com": registry, "npm.pkg.github.com": npm}
    pairs = {"token": (user, password)}
    return Vendor(authority, "docker.pkg.github.com", hosts, pairs, wrong="ghp_" + made_up(36))


def _api(host: str) -> tuple[str, str]:
    """docs.github.com: api.github.com, api.SUBDOMAIN.ghe.com, and /api/v3 of a server of one's own."""
    domain = "github.com" if host == "ghcr.io" else host.removeprefix("containers.")
    if domain == "github.com" or domain.endswith(".ghe.com"):
        return f"api.{domain}", "/user"
    return domain, "/api/v3/user"


def _message(status: int, text: str, headers: dict[str, str] | None = None) -> Answer:
    """The API's way to refuse, as docs.github.com/rest shows it."""
    body = {"message": text, "documentation_url": "https://docs.github.com/rest", "status": str(status)}
    return Answer(status, headers or {}, body)


def _expiry(moment: str | datetime.datetime | None) -> dict[str, str | None]:
    """The form of the moment is observed: osunyorg/admin#418."""
    if isinstance(moment, datetime.datetime):
        moment = moment.astimezone(datetime.UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    return {"GitHub-Authentication-Token-Expiration": moment}
