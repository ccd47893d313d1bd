"""How many pulls an account has left, where the registry tells it in headers.

https://docs.docker.com/docker-hub/usage/pulls/: asked by HEAD, which does not count as a pull.
"""

from __future__ import annotations

import re

from regdoctor.checks.case import Case
from regdoctor.probes.failure import ProbeFailure
from regdoctor.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from regdoctor.probes.http import Response

_MANIFESTS = (
    "application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json"
)
SECONDS = 5.0
"""The number is worth waiting for, and no more than that."""


class PullRate(Record):
    """The pulls of an account in a stretch of time."""

    limit: int
    remaining: int
    seconds: int

    def in_words(self) -> str:
        """The rate in a sentence: "76 of 100 pulls left in 6 h"."""
        hours = self.seconds / 3600
        return f"{self.remaining} of {self.limit} pulls left in {hours:g} h"


def pull_rate(case: Case, repository: str, authorization: Mapping[str, str]) -> PullRate | None:
    """What the registry tells; None where it sets no limit, or does not answer."""
    headers = {**authorization, "Accept": _MANIFESTS}
    path = f"/v2/{repository}/manifests/latest"
    host, deadline = case.host, case.deadline.within(SECONDS)
    try:
        response = case.world.ask(
            host.endpoint, path, headers, deadline, method="HEAD", plain_http=host.plain_http
        )
    except ProbeFailure:
        return None  # the login was answered; this is a remark beside it
    return rate_in(response)


def rate_in(response: Response) -> PullRate | None:
    """What an answer tells in its headers."""
    told = [response.header(name) or "" for name in ("ratelimit-limit", "ratelimit-remaining")]
    numbers = [re.fullmatch(r"(\d{1,9});w=(\d{1,9})", text.strip()) for text in told]
    if numbers[0] is None or numbers[1] is None:
        return None
    return PullRate(int(numbers[0][1]), int(numbers[1][1]), int(numbers[0][2]))
