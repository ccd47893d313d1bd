"""What regdoctor promises of credentials, time and hostile peers, and the test that holds each promise.

`python -m tests.protections [WORDS]` takes the protections away, one at a time in a copy of the project, and
prints whether the test notices. The README's table is made from this list.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Protection:
    """A promise, its test, and the place in the code without which it would not hold."""

    promise: str
    test: str
    file: str
    code: str
    without: str


PROTECTIONS = (
    Protection(
        "No eight characters of a credential are shown, in whatever spelling a peer says them back",
        "tests/secrets/test_values.py::test_no_way_of_spelling_a_value_passes",
        "regdoctor/secret.py",
        "            self._windows.update(windows)\n",
        "            pass\n",
    ),
    Protection(
        "Tokens that are obtained on the way are as secret as the passwords",
        "tests/secrets/test_reports.py::test_nothing_printed_gives_a_credential_away",
        "regdoctor/checks/token.py",
        "            case.world.redactor.add(secret)\n",
        "            pass\n",
    ),
    Protection(
        "Credentials of no set, such as a proxy's or a cloud's, are hidden too",
        "tests/secrets/test_values.py::test_a_credential_of_no_set_is_hidden_by_the_name_of_its_variable",
        "regdoctor/bystanders.py",
        "        if name in _FOR_SURE or named or form_of(bare) is not None:\n",
        "        if False:\n",
    ),
    Protection(
        "What is passed around inside the program does not show what it holds",
        "tests/secrets/test_values.py::test_what_is_passed_around_does_not_show_what_it_holds",
        "regdoctor/secret.py",
        "    def __repr__(self) -> str:\n        return MASK\n",
        "    def __repr__(self) -> str:\n        return self._value\n",
    ),
    Protection(
        "A password in the place of a user or a server is not shown",
        "tests/secrets/test_values.py::test_a_password_is_not_shown_where_it_is_the_user_or_in_the_server",
        "regdoctor/discovery.py",
        "    if same or any(each in value for each in known) or any(_hidden_in(part, value)):\n",
        "    if False:\n",
    ),
    Protection(
        "A crash is a row of its own, told by its kind and place alone",
        "tests/secrets/test_wrong_places.py::test_a_crash_in_a_check_is_a_row_without_the_password",
        "regdoctor/examination.py",
        "        except Exception as error:  # a bug in one check costs one row\n",
        "        except ZeroDivisionError as error:\n",
    ),
    Protection(
        "A crash of the app shows no values, whatever debugging is switched on",
        "tests/secrets/test_app_crashes.py::test_a_crash_shows_nothing_that_the_app_held",
        "regdoctor/crash.py",
        "        code = trace.tb_frame.f_code\n",
        "        code = trace.tb_frame.f_code.replace(co_name=str(trace.tb_frame.f_locals))\n",
    ),
    Protection(
        "A credential goes to a token service of the registry's own site or vendor alone",
        "tests/live/test_told_realms.py::test_a_realm_that_leads_astray_is_told_nothing",
        "regdoctor/checks/realm.py",
        '    return f"{host} does not belong to {registry_host.host}"\n',
        "    return None\n",
    ),
    Protection(
        "It does not go to a neighbour under the same public suffix",
        "tests/live/test_told_realms.py::"
        "test_a_neighbour_under_the_same_suffix_and_another_s_vendor_are_told_nothing",
        "regdoctor/checks/realm.py",
        "    return _public_suffixes().privatesuffix(host) or host\n",
        '    return ".".join(host.split(".")[-2:])\n',
    ),
    Protection(
        "It is never sent unencrypted, but to this machine's own address",
        "tests/live/test_told_realms.py::test_a_realm_that_leads_astray_is_told_nothing",
        "regdoctor/checks/realm.py",
        '            return "the password would travel unencrypted"\n',
        "            return None\n",
    ),
    Protection(
        "A connection in clear is not used for what is to be encrypted",
        "tests/live/test_told_engine.py::"
        "test_what_is_to_be_encrypted_does_not_go_over_a_connection_that_is_not",
        "regdoctor/probes/world.py",
        "            if channel is not None and channel.tls is plain_http:\n",
        "            if False and channel is not None:\n",
    ),
    Protection(
        "An answer that leads elsewhere does not take it along",
        "tests/live/test_told_engine.py::test_an_engine_s_redirect_is_told_nothing",
        "regdoctor/probes/engine.py",
        ', "allow_redirects": False})\n',
        "})\n",
    ),
    Protection(
        "The Docker Engine is not asked where it would send it to a stranger; the report says so",
        "tests/live/test_told_engine.py::test_the_engine_is_not_asked_where_it_would_tell_a_stranger",
        "regdoctor/checks/engine.py",
        '        if challenge.scheme == "bearer" and (finding := distrusted(case, challenge)):\n',
        '        if challenge.scheme == "none" and (finding := distrusted(case, challenge)):\n',
    ),
    Protection(
        "A refused credential is sent once in a run, however many sets and images hold it",
        "tests/live/test_lockouts.py::"
        "test_a_refused_credential_is_sent_once_for_all_sets_spellings_and_images",
        "regdoctor/probes/world.py",
        "            mine = event is None\n",
        "            event, mine = None, True\n",
    ),
    Protection(
        "The app asks before it sends a refused one again to a registry that is known to lock accounts",
        "tests/tui/test_resending.py::test_running_a_refused_set_again_asks_first",
        "regdoctor/tui/resending.py",
        "    if not held:\n",
        "    if True:\n",
    ),
    Protection(
        "Credential helpers are given no secret set and no token of regdoctor's",
        "tests/secrets/test_reports.py::test_a_helper_gets_no_secret_set_and_no_token_of_regdoctors",
        "regdoctor/bystanders.py",
        'if "CONTAINER_REGISTRY" not in name.upper() and name',
        "if name",
    ),
    Protection(
        "With any peer misbehaving, a run ends within --timeout and a second",
        "tests/live/test_time.py::test_what_never_answers_ends_in_time_with_its_cause",
        "regdoctor/probes/http.py",
        "        left = self._deadline.left()\n",
        "        left = 60.0\n",
    ),
    Protection(
        "Ctrl+C and SIGTERM end it within a second, with what is known until then",
        "tests/live/test_signals.py::test_a_run_ends_with_what_is_known",
        "regdoctor/signals.py",
        "    raise KeyboardInterrupt if number == signal.SIGINT else Terminated\n",
        "    os._exit(1)\n",
    ),
    Protection(
        "Of an answer no more is read than is of use",
        "tests/live/test_hostile.py::test_no_more_is_taken_from_a_hostile_peer_than_is_of_use",
        "regdoctor/probes/http.py",
        "_HEAD_LIMIT + 2 * limit)\n",
        "1 << 40)\n",
    ),
    Protection(
        "What acts in a terminal is shown and not obeyed",
        "tests/live/test_hostile.py::test_no_text_of_a_hostile_peer_acts_or_grows",
        "regdoctor/secret.py",
        '    return "".join(escaped(each) if _is_invisible(each) else each for each in words)\n',
        "    return words\n",
    ),
)


def without(protection: Protection, copy: Path) -> bool:
    """Take a protection away in a copy; whether its test notices."""
    path = copy / protection.file
    whole = path.read_text()
    assert whole.count(protection.code) == 1, protection
    path.write_text(whole.replace(protection.code, protection.without))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", protection.test],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            check=False,
        )
    finally:
        path.write_text(whole)
    return done.returncode == 1


def main() -> int:
    """Try all, or those whose promise or test holds some words; 1 if one goes unnoticed."""
    wanted, unnoticed = " ".join(sys.argv[1:]), 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy")
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        for each in PROTECTIONS:
            if wanted not in each.promise and wanted not in each.test:
                continue
            noticed = without(each, copy)
            unnoticed += not noticed
            print(f"{'noticed' if noticed else 'NOT NOTICED'}: {each.promise} ({each.test})", flush=True)
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main())
