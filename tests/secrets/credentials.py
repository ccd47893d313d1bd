"""Owns the making of credentials that nobody has: of every kind, in its vendor's form, anew in every run."""

from __future__ import annotations

import base64
import json
import os
import random
import string
import time

from tests.secrets.traces import Credential

SEED = os.environ.get("REGDOCTOR_TEST_SEED") or ("regdoctor" if os.environ.get("CI") else os.urandom(4).hex())
"""What the credentials of this run are made from. A failure names it, and to set it repeats the run.

In CI it is always the same, so that no change fails there by a coincidence of another."""

ALPHANUMERIC = string.ascii_letters + string.digits
BASE64 = ALPHANUMERIC + "+/"
UPPER = string.ascii_uppercase + string.digits
HEX = string.digits + "abcdef"
# Without a star, which could meet the mask and look like the value.
TYPED = ALPHANUMERIC * 3 + "!\"#$%&'()+,-./:;<=>?@[\\]^_`{|}~üß€"


class Maker:
    """Makes credentials; `made` are all of them, to be searched for."""

    def __init__(self, purpose: str) -> None:
        self.random = random.Random(f"{SEED} {purpose}")
        self.made: list[Credential] = []

    def learn(self, name: str, value: str, prefix: str = "") -> str:
        """Have one more value searched for."""
        self.made.append(Credential(f"{name} (seed {SEED})", value, prefix))
        return value

    def text(self, length: int, alphabet: str = ALPHANUMERIC) -> str:
        """Characters without a meaning."""
        return "".join(self.random.choice(alphabet) for _ in range(length))

    def word(self, name: str, length: int = 20) -> str:
        """A password that a generator made."""
        return self.learn(name, self.text(length))

    def password(self, name: str) -> str:
        """A password with characters that have to be escaped in one place or another."""
        inner = self.text(self.random.randrange(10, 30), TYPED)
        return self.learn(name, f"{self.text(1)}{inner}{self.text(1)}")

    def short(self, name: str) -> str:
        """A password of less than eight characters."""
        return self.learn(name, self.text(self.random.randrange(4, 8)))

    def github(self, name: str, prefix: str = "ghp_") -> str:
        """A token of GitHub's."""
        return self.learn(name, prefix + self.text(36), prefix)

    def docker(self, name: str) -> str:
        """A personal access token of Docker's."""
        return self.learn(name, "dckr_pat_" + self.text(27), "dckr_pat_")

    def gitlab(self, name: str) -> str:
        """A personal access token of GitLab's."""
        return self.learn(name, "glpat-" + self.text(20), "glpat-")

    def aws_secret(self, name: str) -> str:
        """The secret of an access key."""
        return self.learn(name, self.text(40, BASE64))

    def aws_session(self, name: str) -> str:
        """A session token."""
        return self.learn(name, "IQoJb3JpZ2luX2Vj" + self.text(300, BASE64), "IQoJb3JpZ2luX2Vj")

    def web_token(self, name: str) -> str:
        """A JSON web token, whose first part is the same for all."""
        now = int(time.time())
        head, claims = (
            base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
            for part in (
                {"alg": "RS256", "typ": "JWT"},
                {"sub": self.text(12), "iat": now, "exp": now + 9999},
            )
        )
        token = f"{head}.{claims}."
        return self.learn(name, token + self.text(80, ALPHANUMERIC + "-_"), token)

    def google_key(self, name: str) -> str:
        """The key file of a service account; only what is secret in it is searched for."""
        lines = [self.text(64, BASE64) for _ in range(12)]
        number = self.text(40, HEX)
        for part in (number, *lines):
            self.learn(name, part)
        fields = {
            "type": "service_account",
            "project_id": "octo-ci",
            "private_key_id": number,
            "private_key": "\n".join(
                ("-----BEGIN PRIVATE KEY-----", *lines, "-----END PRIVATE KEY-----", "")
            ),
            "client_email": "puller@octo-ci.iam.gserviceaccount.com",
            "token_uri": "https://oauth2.googleapis.com/token",
        }
        return json.dumps(fields, indent=2) + "\n"
