"""JFrog Artifactory.

Facts: https://jfrog.com/help/r/jfrog-platform-administration-documentation/hide-existence-of-unauthorized-resources
(404 in place of 403 where an administrator chose so) and, beside it, user-lock-and-login-suspension.
"""

from __future__ import annotations

from regdoctor.registries.registry import Hiding, Registry

ARTIFACTORY = Registry(
    id="artifactory",
    name="JFrog Artifactory",
    identifier="JFROG",
    hosts=(r"[a-z0-9][a-z0-9-]*\.jfrog\.io",),
    own_realm_only=True,
    realms=(r"(?i)artifactory", r"/api/docker/[^/]+/v2/token$"),
    headers=(r"x-jfrog-version:", r"x-artifactory-id:", r"server: artifactory"),
    takes_any=True,
    locks="suspends a user for a minute or less after failed logins, and may be set to lock the account",
    credential="identity token or access token",
    hiding=Hiding(
        (401, 403, 404),
        "Artifactory can be set to hide what a login cannot read, and then answers that it is not found; a "
        "virtual repository also says so of an image that Xray blocks. Its administrators can see which it "
        "is.",
    ),
    documentation="https://jfrog.com/help/r/jfrog-artifactory-documentation/docker-registry",
)
