"""Words from outside are shown by the app as they are, wherever they stand: nothing in them is markup."""

from __future__ import annotations

import unicodedata

from regdoctor.model import CheckResult, Finding
from regdoctor.secret import visible
from tests.lab.hostile.texts import ACTING
from tests.tui.scripted import Scripted, app_of, finding, ill, shown, story, until_done

SHOWN = visible(ACTING)
MARKUP = "[red]m[/]"


def acting() -> Finding:
    """A finding in whose every part there is something that acts, as far as it comes from outside."""
    return finding(f"Refused {SHOWN}").but(
        evidence=(f"one {SHOWN}", f"two {SHOWN}", "[link=https://x]y[/link]")
    )


async def test_markup_and_escapes_are_shown_as_they_are() -> None:
    result = ill("ACR", acting())
    detail = CheckResult("registry", "ok", 3.0, detail=f"three {SHOWN}")
    reason = CheckResult("engine", "skipped", reason=f"four {SHOWN}")
    result = result.but(checks=(*result.checks[:-1], detail, reason))
    app = app_of(Scripted(*story(result, others=(acting().but(severity="warning"),))))
    async with app.run_test(size=(200, 60)) as pilot:
        await until_done(pilot, app)
        screen = shown(app)
        assert screen.count(MARKUP) >= 4
        assert "[link=https://x]y[/link]" in screen
        assert "\\x1b[31m" in screen
        assert not any(unicodedata.category(each) in ("Cc", "Cf") and each != "\n" for each in screen)
