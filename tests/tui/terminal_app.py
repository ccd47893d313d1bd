"""The app over made-up sets, to be driven in a real terminal by test_terminal.py."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

from regdoctor.explain import explain
from regdoctor.model import CheckStarted, SetsFound
from regdoctor.tui.app import RegdoctorApp
from tests.tui.scripted import Scripted, blank, ill, story, well

if TYPE_CHECKING:
    from regdoctor.settings import Target


def diagnose(target: Target) -> Scripted:
    """Two sets, one of them ill; when one is run again, its registry stays silent; other values work."""
    if target.values:
        return Scripted(*story(well("GHCR")))
    if target.only:
        silence = threading.Event()
        return Scripted(SetsFound((blank("GHCR"),)), CheckStarted("GHCR", "tls", "ghcr.example.com"), silence)
    return Scripted(*story(well("ACR"), ill("GHCR")))


def main() -> None:
    """Show the app, then say what it knew at its end."""
    app = RegdoctorApp(diagnose, explain)
    app.run()
    report = app.report
    assert report is not None
    print("left with", *(f"{result.secret_set.id}={result.status}" for result in report.sets))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
