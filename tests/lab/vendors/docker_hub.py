"""Owns the scripted Docker Hub."""

from __future__ import annotations

import itertools

from tests.lab import handlers
from tests.lab.certificates import Authority
from tests.lab.handlers import EMPTY_MANIFEST, MANIFEST_TYPE
from tests.lab.scripted import Answer, Handler, Request
from tests.lab.vendors.desk import Desk
from tests.lab.vendors.vendor import ALPHANUMERIC, Vendor, made_up

PREVIEW = "ratelimitpreview/test"
"""The repository at which the limit may be asked, https://docs.docker.com/docker-hub/usage/pulls/."""


def docker_hub(
    authority: Authority,
    *,
    requires_token: bool = False,
    locked: bool = False,
    expired: bool = False,
    unverified: bool = False,
    insufficient_scopes: bool = False,
    organization: bool = False,
    rate: tuple[int, int, int] | None = None,
) -> Vendor:
    """`rate` is limit, remaining and window in seconds; an account without it has no limit.

    `requires_token` and `unverified` have the account's password for a pair; else it is an access token, of
    the organization where `organization` is set.
    """
    user = "octo-org" if organization else "octopuller"
    prefix, length = ("dckr_oat_", 32) if organization else ("dckr_pat_", 27)
    if requires_token or unverified:
        prefix, length = "", 20
    password, wrong = (prefix + made_up(length, ALPHANUMERIC + "_-") for _ in range(2))
    trouble = None
    if requires_token:
        # docker/hub-feedback#1981, pinterest/querybook#1548
        trouble = _details(
            "your account must log in with a Personal Access Token (PAT)"
            " - learn more at docs.docker.com/go/access-tokens"
        )
    elif expired:
        # sailor-sh/CK-X#60; of organizations: linuxarena/control-tower#1007
        trouble = _details(f"{'org' if organization else 'personal'} access token is expired")
    elif unverified:
        # assumed: that there is such an answer (docker-archive-public/docker.kitematic#2619), and its words
        trouble = _details("please verify your email address")
    elif insufficient_scopes:
        # observed of pushes, spinalcordtoolbox/spinalcordtoolbox#5286; assumed of a login
        trouble = _details("access token has insufficient scopes")

    def judge(given_user: str, given_password: str) -> Answer | None:
        if locked:
            # docker/hub-feedback#814; the body's form is that of distribution's errors
            text = "too many failed login attempts for username or IP address"
            return handlers.error(429, "TOOMANYREQUESTS", text)
        if (given_user, given_password) != (user, password):
            return _details("incorrect username or password")  # docker/hub-feedback#1098
        return trouble

    # observed: containrrr/watchtower#1148, oras-project/oras#1321
    desk = Desk("https://auth.docker.io/token", "registry.docker.io", judge, content=_content(rate))
    return Vendor(
        authority,
        "https://index.docker.io/v1/",
        desk.hosts("registry-1.docker.io"),
        {"token": (user, password)},
        wrong=wrong,
    )


def _details(text: str) -> Answer:
    """The words are observed; that they stand under `details` is assumed of distribution's client.

    distribution/distribution internal/client/errors.go reads that key "for backward compatibility".
    """
    return Answer(401, body={"details": text})


def _content(rate: tuple[int, int, int] | None) -> Handler:
    """HEAD costs nothing, GET is a pull: docker/docs content/manuals/docker-hub/usage/pulls.md."""
    pulls = itertools.count()
    taken = [0]

    def answer(request: Request) -> Answer:
        if request.path != f"/v2/{PREVIEW}/manifests/latest":
            return handlers.anonymous()(request)
        headers = {"Content-Type": MANIFEST_TYPE}
        if rate is None:
            return Answer(headers=headers, body=EMPTY_MANIFEST)
        limit, remaining, window = rate
        if request.method != "HEAD":
            taken[0] = next(pulls) + 1
        left = remaining - taken[0]
        headers |= {
            "ratelimit-limit": f"{limit};w={window}",
            "ratelimit-remaining": f"{max(left, 0)};w={window}",
            "docker-ratelimit-source": "5b0c7a52-61d4-4c1f-9b1e-2f6d0f0a9c37",
        }
        if left < 0:
            text = "You have reached your pull rate limit. https://www.docker.com/increase-rate-limit"
            return handlers.error(429, "TOOMANYREQUESTS", text, headers)
        return Answer(headers=headers, body=EMPTY_MANIFEST)

    return answer
