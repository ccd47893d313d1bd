"""The app as a process of its own: what it loads, and what it leaves on the terminal when it breaks."""

from __future__ import annotations

import subprocess
import sys

PLANTED = "planted-passphrase-4711"

CRASH = f"""
from regdoctor.tui.app import RegdoctorApp

class Broken(RegdoctorApp):
    def start_run(self, target):
        passphrase = {PLANTED!r}
        self.bell()
        raise RuntimeError("its words: " + passphrase)

app = Broken(lambda target: None, lambda stream: ())
app.run(headless=True)
print("code", app.return_code)
"""


EARLY = """
from regdoctor.tui.app import RegdoctorApp

class Hasty(RegdoctorApp):
    def start_run(self, target):
        self.exit()

app = Hasty(lambda target: None, lambda stream: ())
app.run(headless=True)
print("code", app.return_code)
"""

LOADED = """
import sys
import regdoctor.tui.app
unwanted = ("docker", "boto3", "regdoctor.diagnosis", "regdoctor.registries", "regdoctor.tui.screens.help")
print("loaded", [name for name in unwanted if name in sys.modules])
"""


def run(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)


def test_leaving_before_the_second_frame_is_no_crash() -> None:
    done = run(EARLY)
    assert (done.stdout, done.stderr) == ("code 0\n", "")


def test_the_first_frame_loads_nothing_that_it_does_not_show() -> None:
    assert run(LOADED).stdout == "loaded []\n"


def test_a_crash_shows_where_it_happened_and_no_value() -> None:
    done = run(CRASH)
    output = done.stdout + done.stderr
    assert "regdoctor crashed: RuntimeError" in output
    assert "start_run" in output
    assert PLANTED.encode() not in output.encode()
    assert PLANTED[:8] not in output
    assert "passphrase =" not in output
    assert "code 1" in done.stdout
