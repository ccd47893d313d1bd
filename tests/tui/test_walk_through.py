"""From the start to the right mend of each set of the demo: three keys at most, each named on the screen."""

from __future__ import annotations

import re

from regdoctor.demo import Demo
from regdoctor.tui.board import SetState
from regdoctor.tui.phrases import outcome
from tests.tui.demo_app import demo_app
from tests.tui.scripted import shown, until

SMALL = (80, 24)
KEYS = 3


def words(text: str) -> str:
    """A text without its line breaks, and what is drawn around it."""
    return re.sub(r"\W+", " ", text).strip()


def label_on_screen(screen: str, name: str) -> str | None:
    """The letters that the page names for a row; the name may be cut."""
    for label, shown_name in re.findall(
        r"\b([a-z]{1,2})  \S (\S[^│]*?)(?=  |\s*│|\s*$|\s[a-z]{2}  )", screen, re.M
    ):
        if shown_name == name or (shown_name.endswith("…") and name.startswith(shown_name[:-1])):
            return str(label)
    return None


async def test_every_mend_of_the_demo_is_three_named_keys_away() -> None:
    missed: list[str] = []
    with Demo() as demo:
        app = demo_app(demo)
        async with app.run_test(size=SMALL) as pilot:
            await until(pilot, lambda: app.board.found and not app.board.busy)
            await pilot.pause()
            states = [state for state in app.board.sets if isinstance(state, SetState)]
            assert len(states) > 20
            for state in states:
                assert "g Go to" in shown(app), "the first key is named"
                await pilot.press("g")
                await pilot.pause()
                label = label_on_screen(shown(app), state.id)
                if label is None:
                    missed.append(f"{state.id}: no letters on the page")
                    await pilot.press("escape")
                    continue
                assert 1 + len(label) <= KEYS
                await pilot.press(*label)
                await pilot.pause()
                await pilot.pause()
                findings = state.result.findings
                steps = findings[0].remediation if findings else ()
                wanted = [steps[0].text] if steps else [outcome(state.result)]
                if state.result.status == "ok":
                    wanted = [outcome(state.result)]
                if findings and findings[0].verified:
                    wanted.append("tried: it works")
                screen = words(shown(app))
                missed += [f"{state.id}: {text}" for text in wanted if words(text) not in screen]
                await pilot.press("escape")
                await pilot.pause()
    assert missed == []
