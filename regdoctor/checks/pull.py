"""May this image be pulled? Asked as docker asks, without pulling."""

from __future__ import annotations

from regdoctor.model import CheckResult, ImageResult

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regdoctor.checks.pull_case import PullCase

NAME = "pull"


def check(case: PullCase) -> ImageResult:
    """All that there is to say of an image, and how each check of it ended."""
    return ImageResult(
        case.image, case.claim.set_id, checks=(CheckResult(NAME, "skipped", reason="not asked"),)
    )
