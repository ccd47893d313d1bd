"""Owns the scripted Quay: every answer is in the source of quay/quay, which quay.io runs."""

from __future__ import annotations

from typing import Literal

from tests.lab import handlers
from tests.lab.certificates import Authority
from tests.lab.scripted import Answer
from tests.lab.vendors.desk import Desk
from tests.lab.vendors.vendor import ALPHANUMERIC, UPPER, Vendor, made_up

OWNER = "octo"
Pair = Literal["robot", "oauth", "app", "user", "encrypted"]


def quay(
    authority: Authority,
    *,
    pair: Pair = "robot",
    locked: bool = False,
    encrypted_only: bool = False,
    disabled: bool = False,
    owner_disabled: bool = False,
) -> Vendor:
    """`encrypted_only` refuses plain passwords, `disabled` the user and the app token."""
    pairs = {
        "robot": (f"{OWNER}+puller", made_up(64, UPPER)),  # util/validation.py
        "oauth": ("$oauthtoken", made_up(40, UPPER)),
        "app": ("$app", made_up(120, UPPER)),
        "user": ("octopuller", made_up(16)),
        "encrypted": ("octopuller", made_up(120, ALPHANUMERIC + "+/")),
    }

    def judge(user: str, password: str) -> Answer | None:
        if not user and not password:
            return _refusal("access to the requested resource is not authorized")  # endpoints/v2/errors.py
        if locked:
            # endpoints/decorated.py
            text = "Too many login attempts. \nPlease reset your Quay password and try again."
            return Answer(429, {"Retry-After": "30", "Content-Type": "text/html; charset=utf-8"}, text)
        right = (user, password) in pairs.values()
        reason = None
        if "+" in user:
            if user != pairs["robot"][0]:
                reason = "Could not find robot with specified username"  # data/model/user.py
            elif not right:
                reason = f"Could not find robot with username: {user} and supplied password."
            elif owner_disabled:
                reason = f"Robot {user} owner {OWNER} is disabled"
        elif user.startswith("$"):
            dead = {"$app": "Invalid token", "$oauthtoken": "OAuth access token could not be validated"}
            if not right:
                reason = dead.get(user, "Invalid access token")  # auth/credentials.py, auth/oauth.py
            elif disabled and user == "$app":
                reason = _DISABLED
        elif not right:
            reason = "Invalid Username or Password"  # data/users/database.py
        elif encrypted_only and password == pairs["user"][1]:
            # data/users/__init__.py
            reason = (
                "Client login with unencrypted passwords is disabled. Please generate an encrypted "
                "password in the user admin panel for use here."
            )
        elif disabled:
            reason = _DISABLED
        return _refusal(reason) if reason else None

    desk = Desk(
        "https://quay.io/v2/auth", "quay.io", judge, anonymous="with a scope"
    )  # endpoints/v2/v2auth.py
    wrong = {"robot": made_up(64, UPPER), "oauth": made_up(40, UPPER), "app": made_up(120, UPPER)}
    return Vendor(
        authority, "quay.io", desk.hosts("quay.io"), pairs, pair=pair, wrong=wrong.get(pair) or made_up(16)
    )


_DISABLED = "This user has been disabled. Please contact your administrator."
"""data/users/__init__.py, auth/credentials.py."""


def _refusal(text: str) -> Answer:
    return handlers.error(401, "UNAUTHORIZED", text, detail={})
