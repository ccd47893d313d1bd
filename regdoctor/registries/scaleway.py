"""Scaleway Container Registry.

Facts: https://www.scaleway.com/en/docs/container-registry/how-to/connect-docker-cli/ (the user is nologin;
the secret key, not the access key, is the password).
"""

from __future__ import annotations

import re

from regdoctor.registries.judgement import Trouble, Values, wrong_kind
from regdoctor.registries.registry import BY_TOKENS, Registry


def _judge(values: Values) -> tuple[Trouble, ...]:
    if re.fullmatch(r"SCW[A-Z0-9]{17}", values.password):
        return (wrong_kind("the access key of an API key, not its secret key"),)
    return ()


SCALEWAY = Registry(
    id="scaleway",
    name="Scaleway Container Registry",
    identifier="SCALEWAY",
    server_form="rg.<region>.scw.cloud",
    hosts=(r"rg\.[a-z]+-[a-z]+\.scw\.cloud",),
    token_hosts=(r"api\.scaleway\.com",),
    own_realm_only=True,
    realms=(r"^https://api\.scaleway\.com/",),
    judge=_judge,
    credential="secret key of an API key",
    # Its token service itself answers 404 for an image that is missing or private.
    hiding=BY_TOKENS.but(statuses=(401, 403, 404)),
    credential_page="https://console.scaleway.com/iam/api-keys",
)
