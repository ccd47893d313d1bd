"""What regdoctor promises of credentials, time and hostile peers, and the test that holds each promise.

`python -m tests.protections [WORDS]` takes the protections away, one at a time in a copy of the project, and
prints whether the test notices. The README's table is made from this list.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.lab.interpreter import new_environment

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
        "                self._windows.update(\n",
        "                set().update(\n",
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
        "tests/secrets/test_wrong_places.py::test_a_crash_in_a_check_costs_its_own_row",
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
        "Where a challenge names several, each has to be one of those",
        "tests/live/test_told_realms.py::test_of_two_realms_both_have_to_deserve_it",
        "regdoctor/checks/realm.py",
        "    for realm in realms:\n",
        "    for realm in realms[:1]:\n",
    ),
    Protection(
        "A name that docker takes for another host than Python does is no name",
        "tests/live/test_told_realms.py::test_a_name_of_two_meanings_is_none",
        "regdoctor/address.py",
        "    if any(letter in host for letter in _OF_TWO_NAMES):\n",
        "    if False:\n",
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
        "Nor by any other way in which somebody may ask for it in clear",
        "tests/unit/test_http.py::test_no_credential_goes_out_in_clear",
        "regdoctor/probes/http.py",
        "        if secret and not (self.tls or self.is_local):\n",
        "        if False:\n",
    ),
    Protection(
        "A connection serves one host",
        "tests/live/test_told_engine.py::test_a_connection_serves_one_host_and_one_only",
        "regdoctor/probes/world.py",
        "            idle = self._idle.get(endpoint, [])\n",
        "            idle = next(iter(self._idle.values()), [])\n",
    ),
    Protection(
        "An answer that leads elsewhere does not take it along",
        "tests/live/test_told_engine.py::test_an_engine_s_redirect_is_told_nothing",
        "regdoctor/probes/engine.py",
        ', "allow_redirects": False})\n',
        "})\n",
    ),
    Protection(
        "A storage to which a registry sends on gets neither password nor token",
        "tests/live/test_told_redirects.py::test_neither_password_nor_token_goes_to_a_storage",
        "regdoctor/checks/repository.py",
        "                carried = dict(headers)\n",
        "                pass\n",
    ),
    Protection(
        "No redirect leads into this machine, to a cloud's own address or to plain HTTP",
        "tests/live/test_told_redirects.py::test_a_redirect_to_plain_http_or_into_the_machine_is_not_followed",
        "regdoctor/checks/repository.py",
        "            if not target or (is_inward(target[0].host) and not here.endpoint.loopback):\n",
        "            if not target:\n",
    ),
    Protection(
        "The Docker Engine is not asked where it would send it to a stranger; the report says so",
        "tests/live/test_told_engine.py::test_the_engine_is_not_asked_where_it_would_tell_a_stranger",
        "regdoctor/checks/engine.py",
        '        if challenge.scheme == "bearer" and (finding := distrusted(case, challenge)):\n',
        '        if challenge.scheme == "none" and (finding := distrusted(case, challenge)):\n',
    ),
    Protection(
        "Nor where a challenge says more than anybody reads",
        "tests/live/test_told_engine.py::test_the_engine_is_not_asked_where_more_is_said_than_anybody_reads",
        "regdoctor/checks/registry.py",
        "    if is_too_much(told):\n",
        "    if False:\n",
    ),
    Protection(
        "The Engine is asked through no proxy",
        "tests/live/test_told_engine.py::test_no_proxy_is_handed_what_is_for_this_machine",
        "regdoctor/probes/engine.py",
        "        trust_env = property(lambda self: False, lambda self, value: None)\n",
        "        pass\n",
    ),
    Protection(
        "A GitHub token goes once to the API of its own host",
        "tests/live/test_told_github.py::test_a_token_of_github_goes_once_to_the_api_of_its_own_host",
        "regdoctor/registries/github.py",
        "    site = site_of(host) or host\n",
        '    site = "github.com"\n',
    ),
    Protection(
        "It goes to no host that only a variable of the environment names",
        "tests/live/test_told_github.py::test_the_codespace_s_own_token_goes_to_no_host_that_a_variable_names",
        "regdoctor/codespace/facts.py",
        '    return API_HOST if named <= {"", f"https://{SITE}", f"https://{API_HOST}"} else None\n',
        '    return environ.get("GITHUB_API_URL", "").partition("//")[2] or API_HOST\n',
    ),
    Protection(
        "Nor does an AWS key sign anything for one that is not AWS's",
        "tests/live/test_aws.py::test_a_key_signs_nothing_for_a_host_that_only_a_variable_names",
        "regdoctor/probes/aws.py",
        "    if not (is_api(host) or is_loopback(host)):\n",
        "    if False:\n",
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
        '        if "CONTAINER_REGISTRY" not in name.upper() and name != "REGDOCTOR_TOKEN" '
        "and read_name(name) is None\n",
        "",
    ),
    Protection(
        "With any peer misbehaving, a run ends within --timeout and a second",
        "tests/live/test_time.py::test_what_never_answers_ends_in_time_with_its_cause",
        "regdoctor/diagnosis.py",
        "self._events.get(timeout=end.left())",
        "self._events.get(timeout=60.0)",
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
        "BODY_LIMIT = 1 << 16\n",
        "BODY_LIMIT = 1 << 22\n",
    ),
    Protection(
        "Nor of what frames it: heads, chunks and trailers have an end",
        "tests/live/test_hostile.py::test_a_hostile_peer_gets_one_right_finding",
        "regdoctor/probes/http.py",
        "        if self._allowance <= 0:\n",
        "        if False:\n",
    ),
    Protection(
        "Proxies, name servers, AWS, GitHub's API and the Engine are held to the same",
        "tests/live/test_hostile_neighbours.py::test_an_engine_that_lies_about_a_login_is_found_out",
        "regdoctor/probes/engine.py",
        "        if len(body) > _LONGEST_ANSWER:\n",
        "        if False:\n",
    ),
    Protection(
        "A credential helper leaves nothing running that it started",
        "tests/unit/test_docker_config.py::test_a_helper_that_hangs_is_stopped_with_all_that_it_started",
        "regdoctor/probes/credential_helper.py",
        "    if process.returncode is None:\n",
        "    if process.poll() is None:\n",
    ),
    Protection(
        "What acts in a terminal is shown and not obeyed",
        "tests/live/test_hostile.py::test_no_text_of_a_hostile_peer_acts_or_grows",
        "regdoctor/secret.py",
        '    return "".join(escaped(each) if _is_invisible(each) else each for each in words)\n',
        "    return words\n",
    ),
)


def without(protection: Protection, copy: Path, python: Path) -> bool:
    """Take a protection away in a copy; whether its test notices."""
    path = copy / protection.file
    whole = path.read_text()
    assert whole.count(protection.code) == 1, protection
    path.write_text(whole.replace(protection.code, protection.without))
    try:
        done = subprocess.run(
            [python, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", protection.test],
            cwd=copy,
            capture_output=True,
            check=False,
        )
    finally:
        path.write_text(whole)
        # Within a second, Python takes what is of the same length for the same.
        shutil.rmtree(path.parent / "__pycache__", ignore_errors=True)
    return done.returncode == 1


def main() -> int:
    """Try all, or those whose promise or test holds some words; 1 if one goes unnoticed."""
    wanted, unnoticed = " ".join(sys.argv[1:]), 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy")
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        python = new_environment(Path(folder, "python"), copy)
        for each in PROTECTIONS:
            if wanted not in each.promise and wanted not in each.test:
                continue
            noticed = without(each, copy, python)
            unnoticed += not noticed
            print(f"{'noticed' if noticed else 'NOT NOTICED'}: {each.promise} ({each.test})", flush=True)
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main())
