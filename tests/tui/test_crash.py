"""What is left on the terminal when the app itself breaks."""

from __future__ import annotations

import subprocess
import sys

PLANTED = "planted-passphrase-4711"

CRASH = f"""
from regdoctor.tui.app import RegdoctorApp

class Broken(RegdoctorApp):
    def start_run(self, only):
        passphrase = {PLANTED!r}
        self.bell()
        raise RuntimeError("its words: " + passphrase)

app = Broken(lambda only: None)
app.run(headless=True)
print("code", app.return_code)
"""


def test_a_crash_shows_where_it_happened_and_no_value() -> None:
    done = subprocess.run([sys.executable, "-c", CRASH], capture_output=True, text=True, timeout=60)
    output = done.stdout + done.stderr
    assert "regdoctor crashed: RuntimeError" in output
    assert "start_run" in output
    assert PLANTED.encode() not in output.encode()
    assert PLANTED[:8] not in output
    assert "passphrase =" not in output
    assert "code 1" in done.stdout
