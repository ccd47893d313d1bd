"""Groups of registries and of causes that many signatures share, patterns, and the sentences that tell causes apart."""

from __future__ import annotations

AWS = ("ecr", "ecr-public")
GITHUB = ("ghcr", "github-packages")
GOOGLE = ("gcr", "gar")

READ = r"(get|head) (request to )?\W{0,2}https?://"
WRITE = r"(put|post|patch) (request to )?\W{0,2}https?://"
"""How a request that reads begins, and one that writes."""

LOGIN = ("token-expired", "token-revoked", "no-credentials-sent", "config-stale-credentials")
"""What a refused login may be besides a wrong user or password."""

REFUSED = (
    "A login that never worked points to a wrong user or password; one that worked until lately, to a token "
    "that has expired or was revoked; a refusal of a public image, to an old login that docker still keeps."
)
NOT_SENT = (
    "If docker login for exactly this host has never succeeded here, nothing was sent; if it has, the "
    "login that is kept is no longer good or lacks the right."
)
PULL = (
    "If the login works and other repositories can be pulled, the right to this one is missing; a name "
    "that its owner cannot find either does not exist; if docker login for exactly this host has never "
    "succeeded here, no login was sent."
)
PUSH = (
    "If this login can push to other repositories, the right to this one is missing, or it has to be "
    "created first; if it can push nowhere, it is for reading only, or none was sent."
)
NAME_SERVICE = (
    "If other machines find the name, the name service that this one asks is at fault; if none does, "
    "the name is misspelt or gone."
)
CUT = (
    "If the same host answers from another network, something on the way cuts the connection: a proxy, "
    "a firewall or too large a packet size; if it does so nowhere, the registry is at fault."
)
SLOW = (
    "If the same host answers at once from another network, something on the way holds the packets back; "
    "if it does not, the registry or its token service is slow or down."
)
ENGINE = (
    "docker version tells: a server that does not answer is not running; permission denied means that this "
    "user may not talk to it."
)
