"""Quay.io, and Red Hat Quay on a host of its own.

Facts: https://docs.quay.io/glossary/robot-accounts.html and quay/quay (auth/credential_consts.py: the user
names that say what kind of token follows; endpoints/v2/v2auth.py: the reasons that it gives;
data/model/user.py: each failed login of a user doubles the time until the next is looked at).
"""

from __future__ import annotations

from regdoctor.registries.judgement import Refusal, Trouble, Values, wrong_user
from regdoctor.registries.registry import Hiding, Registry

_SPECIAL = ("oauthtoken", "app", "token")
"""Each is a user name with a dollar sign before it, which a shell takes away."""

_PROBLEM = "a name that lost its dollar sign: most likely a shell took it for a variable"


def _judge(values: Values) -> tuple[Trouble, ...]:
    if values.user == "oauthtoken":
        return (wrong_user(values, "$oauthtoken", _PROBLEM, severity="warning", evidence=()),)
    return ()


def _reread(refusal: Refusal, values: Values) -> tuple[Refusal, Trouble | None]:
    if refusal.cause == "bad-credentials" and values.user in _SPECIAL:
        right = f"${values.user}"
        return refusal, wrong_user(values, right, _PROBLEM, also_possible=("bad-credentials",), evidence=())
    return refusal, None


QUAY = Registry(
    id="quay",
    name="Quay",
    identifier="QUAY",
    server_form="quay.io",
    hosts=(r"quay\.io",),
    right_server="quay.io",
    realms=(r"^https://quay\.io/", r"^quay\.io$", r"/v2/auth$"),
    takes=("jwt", "quay-robot-token", "quay-app-token"),
    judge=_judge,
    reread=_reread,
    locks="makes a user wait longer and longer after failed logins",
    credential="token of a robot account",
    credential_page="https://{site}/organization/",
    site=lambda host: host if host == "quay.io" else None,
    hiding=Hiding(
        (401, 403),
        "Quay says the same of a repository that does not exist and of a private one that the login cannot "
        "read. The organization's list of repositories, opened by one of its members, tells which it is.",
    ),
    documentation="https://docs.quay.io/glossary/robot-accounts.html",
)
