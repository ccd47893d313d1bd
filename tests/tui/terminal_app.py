"""The app over made-up sets, to be driven in a real terminal by test_terminal.py."""

from __future__ import annotations

import sys
import threading

from regdoctor.explain import explain
from regdoctor.model import CheckStarted, SetsFound
from regdoctor.tui.app import RegdoctorApp
from tests.tui.scripted import Doctor, Scripted, blank, ill, story, well


def main() -> None:
    """Two sets; when one is run again, its registry stays silent."""
    silence = threading.Event()
    again = Scripted(SetsFound((blank("GHCR"),)), CheckStarted("GHCR", "tls", "ghcr.example.com"), silence)
    app = RegdoctorApp(Doctor(Scripted(*story(well("ACR"), ill("GHCR"))), again), explain)
    app.run()
    report = app.report
    assert report is not None
    print("left with", *(f"{result.secret_set.id}={result.status}" for result in report.sets))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
