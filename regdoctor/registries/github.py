"""GitHub's tokens, which its registries share, and what its API tells of one.

Facts: https://docs.github.com/rest/authentication/authenticating-to-the-rest-api and
https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github.
"""

from __future__ import annotations

import re
import time

from regdoctor.registries.judgement import Trouble, is_email, wrong_user
from regdoctor.registries.registry import TokenApi, TokenFacts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from regdoctor.registries.judgement import Refusal, Values

LOCKS = "keeps a user out of its API for a while after several bad tokens"
"""The failed login limit of the API, which is asked about tokens as well; the registry's own is not known."""
TAKEN = (
    "github-classic-token",
    "github-oauth-token",
    "github-app-user-token",
    "github-installation-token",
)
"""A fine-grained token is not among them: packages take classic ones only, and those that GitHub makes."""

LIFETIMES = (
    ("github-app-user-token", "with the codespace or within eight hours"),
    ("github-installation-token", "with the job that it was made for, within an hour"),
)

PAGE = "https://{site}/settings/tokens"

_READING = ("read:packages", "write:packages")
"""Either lets a token pull; write includes read."""


def site_of(host: str) -> str | None:
    """The web site of a GitHub registry's host."""
    if host in ("ghcr.io", "www.ghcr.io", "github.com") or host.endswith(".pkg.github.com"):
        return "github.com"
    return re.sub(r"^(containers|docker)\.", "", host)


def _api_host(host: str) -> str:
    site = site_of(host) or host
    return f"api.{site}" if site == "github.com" or site.endswith(".ghe.com") else site


def _api_path(host: str) -> str:
    # GitHub Enterprise Server has its API under a path of its own host.
    return "/user" if _api_host(host).startswith("api.") else "/api/v3/user"


def _read(status: int, headers: Mapping[str, str], body: str) -> TokenFacts | None:
    import json

    if status not in (200, 401, 403):
        return None
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(answer, dict):
        return None
    message = answer.get("message")
    words = message if isinstance(message, str) else ""
    if status == 401:
        return TokenFacts(dead=True, words=words)
    sign_on = headers.get("x-github-sso")
    if status == 403:
        required = sign_on is not None and sign_on.startswith("required")
        return TokenFacts(sign_on=sign_on, words=words) if required else None
    login, scopes = answer.get("login"), headers.get("x-oauth-scopes")
    return TokenFacts(
        owner=login if isinstance(login, str) and re.fullmatch(r"[\w-]{1,100}(\[bot\])?", login) else None,
        scopes=None if scopes is None else tuple(filter(None, re.split(r"[,\s]+", scopes))),
        expires_at=_moment(headers.get("github-authentication-token-expiration", "")),
    )


def _moment(text: str) -> int | None:
    """A time as GitHub writes it: "2026-12-24 10:00:00 UTC", or with an offset."""
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d) (UTC|([+-])(\d\d)(\d\d))", text.strip())
    if match is None:
        return None
    import calendar

    try:
        parts = time.strptime(text.strip()[:19], "%Y-%m-%d %H:%M:%S")
    except ValueError:
        return None
    offset = 0
    if match[8]:
        offset = (int(match[9]) * 60 + int(match[10])) * (60 if match[8] == "+" else -60)
    return calendar.timegm(parts) - offset


def _weigh(facts: TokenFacts, values: Values, refusal: Refusal | None) -> tuple[Trouble, ...]:
    if facts.dead:
        words = f": {facts.words}" if facts.words else ""
        if refusal is None:
            return ()
        return (
            Trouble(
                "bad-credentials",
                evidence=(f"GitHub's API does not take the token either{words}",),
                also_possible=("token-expired", "token-revoked"),
            ),
        )
    if facts.sign_on is not None:
        return (Trouble("sso-not-authorized", mend=None, evidence=(f"X-GitHub-SSO: {facts.sign_on}",)),)
    found = []
    if facts.scopes is not None and facts.scopes and not set(facts.scopes) & set(_READING):
        found.append(_missing_scope(facts.scopes))
    elif facts.scopes == () and values.credential.kind == "github-classic-token":
        found.append(_missing_scope(()))
    if facts.owner is not None and facts.owner.lower() != values.user.lower():
        found.append(_other_owner(facts.owner, values, refusal))
    return tuple(found)


def _missing_scope(scopes: tuple[str, ...]) -> Trouble:
    listed = ", ".join(scopes) or "none"
    return Trouble(
        "missing-scope",
        evidence=(f"GitHub's API says that the token's scopes are: {listed}",),
        facts=(("scopes", listed),),
    )


def _other_owner(owner: str, values: Values, refusal: Refusal | None) -> Trouble:
    problem = "a name that is not the owner of the token"
    trouble = wrong_user(values, owner, problem).but(
        evidence=(f"GitHub's API says that the token belongs to {owner}",)
    )
    if refusal is None:
        # The registry did not mind; only the reader may wonder.
        return trouble.but(severity="info")
    return trouble.but(also_possible=(refusal.cause,))


def judge(values: Values) -> tuple[Trouble, ...]:
    """What is wrong with a user name."""
    if is_email(values.user):
        problem = "an e-mail address"
        return (wrong_user(values, None, problem, severity="warning"),)
    if values.own_token and not values.in_workflow:
        evidence = ("it is this codespace's own GITHUB_TOKEN, with which it pulls images without any set",)
        when = "with this codespace's session"
        return (Trouble("credential-expires-soon", mend=None, evidence=evidence, facts=(("when", when),)),)
    return ()


def reread_pull(refusal: Refusal, values: Values) -> Refusal:
    """A refusal of a package, in the light of who asked: a token that GitHub made is one repository's."""
    made_by_github = values.credential.kind in ("github-app-user-token", "github-installation-token")
    if refusal.cause == "pull-denied" and (made_by_github or values.own_token):
        return refusal.but(cause="package-not-linked", also_possible=("pull-denied", *refusal.also_possible))
    if refusal.cause == "pull-denied":
        # Single sign-on is asked for by the organisation that owns the package, not at the login.
        return refusal.but(also_possible=(*refusal.also_possible, "sso-not-authorized", "missing-scope"))
    return refusal


API = TokenApi(
    kinds=("github-classic-token", "github-oauth-token"),
    host_of=_api_host,
    path_of=_api_path,
    headers=(("Accept", "application/vnd.github+json"), ("X-GitHub-Api-Version", "2022-11-28")),
    read=_read,
    weigh=_weigh,
)
