"""Makes the pictures of the README from the demo: `python -m tests.screenshots`."""

from __future__ import annotations

import asyncio
from pathlib import Path

from regdoctor.demo import Demo
from regdoctor.diagnosis import Diagnosis
from regdoctor.explain import explain
from regdoctor.settings import Settings
from regdoctor.tui.app import RegdoctorApp

FOLDER = Path(__file__).parent.parent / "screenshots"
SIZE = (104, 34)
PATIENCE = 30.0
"""Seconds after which the demo must have come to its end."""


async def overview(demo: Demo) -> str:
    """The app when the demo's run has ended, with a mended set chosen."""
    settings = demo.settings(Settings())
    app = RegdoctorApp(
        lambda target: Diagnosis(demo.variables, settings.but(only=target.only), demo.environ),
        explain,
        title="regdoctor demo",
    )
    async with app.run_test(size=SIZE) as pilot:
        async with asyncio.timeout(PATIENCE):
            while app.report is None or any(not result.checks for result in app.report.sets):
                await pilot.pause(0.1)
        chosen = [result.secret_set.id for result in app.report.sets].index("ACR_WRONG_USER")
        for _ in range(chosen):
            await pilot.press("down")
        await pilot.pause(0.2)
        return app.export_screenshot(title="regdoctor demo")


def main() -> None:
    """Write every picture."""
    FOLDER.mkdir(exist_ok=True)
    with Demo() as demo:
        (FOLDER / "demo.svg").write_text(asyncio.run(overview(demo)), encoding="utf-8")


if __name__ == "__main__":
    main()
