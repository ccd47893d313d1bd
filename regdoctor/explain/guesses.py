"""What a text without any known words may mean, by the general words in it."""

from __future__ import annotations

from regdoctor.causes.signatures import GENERAL
from regdoctor.explain.context import doing
from regdoctor.regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from regdoctor.causes.signatures import Signature
    from regdoctor.explain.context import Context

_TROUBLE = (  # noqa: SIM905 - a list of so many short words is a page long
    "intercept|filter|large|lowercase|needs|offline|private|stall|quota|terminal|tty|exhaust|immutable"
    "|err|fail|fatal|denied|forbidden|refus|reject|unable|can't|cannot|n't |not |no |without"
    "|missing|unknown|invalid|incorrect|wrong|bad|malformed|corrupt|time|exceed|insufficient"
    "|expire|revoked|locked|suspended|disabled|please|must|require|reset|closed|abort|lost|broken"
    "|premature|incomplete|eof|match|signed|too |full|lack|unreach|unavail|unsupported|unauth"
    "|maintenance|read-only|stopped|down|exception|empty|unset|out of|took|instead|limit|expect"
    "|code|status|running?|http 4|http 5|cancel|verify|activation|www-|getting a|x509|_invalid"
    "|_unknown|wrong|(4|(5| 401| 403| 404| 429| 50"
).split("|")
"""Words of which a line that tells of a failure has one."""
_ADVICE = regex(
    r"(?:^|[.:;,(>#*-] ?)(?:when|unless|whether|in case|once)\b"
    r"|(?<!check )\bif\b|\b(?:so that|for example|e\.g\.|you (?:can|may|might|will)|how to|note"
    r"|see also|allows?|optional(?:ly)?"
    r"|deprecated|todo|raises?|how|we|our)\b|\[ \]"
)
"""What sentences say that explain things: nothing has failed where they stand before the words."""
_CODE = regex(
    r"^(?:# (?!.{0,80}(?:docker|image|registry|pull|push))"
    r"|def |class |import |self\.|\w{1,40} = |<|//)|^\w{1,40}=\S{1,80},$|%[sd]\b"
)
"""How a line of a program's source looks, which tells what it would say."""
LINES = 20
"""Lines of a block that are asked, from its end: what failed stands there."""
WIDTH = 2000
"""Characters of a line that are asked."""


def guesses(context: Context) -> Iterator[tuple[int, int, Signature]]:
    """The general words in a block, by the index of their line, and their place in the table."""
    asked: set[str] = set()
    for index in reversed(range(len(context.lowers))):
        lower = context.lowers[index][:WIDTH]
        if lower in asked or not any(map(lower.__contains__, _TROUBLE)):
            continue
        if _CODE.search(lower) or not context.is_close_to_images(index):
            continue
        asked.add(lower)
        found = _first(lower, doing(lower) or context.going_on(index))
        if found is not None:
            yield index, *found
        if len(asked) >= LINES:
            return


def _first(lower: str, during: str) -> tuple[int, Signature] | None:
    for order, signature in enumerate(GENERAL):
        if signature.during and during not in signature.during:
            continue
        place = signature.find(lower)
        if place is not None and not _ADVICE.search(lower, 0, place[1]):
            return order, signature
    return None
