"""The real registry: what logs in, what is refused, what mends a set, and how often anything was sent."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from regdoctor.settings import Settings
from tests.lab.certificates import Authority
from tests.lab.programs import require
from tests.lab.registry import USERS, Registry
from tests.lab.tokens import TokenServer
from tests.live.running import NOBODYS, SET, Run, diagnose, examine, run_program, shows, variables_of, verdict

USER, PASSWORD = "alice", USERS["alice"]
VALUE = f"{SET}_CONTAINER_REGISTRY"
TOKEN_LIKE = "Zq7Xw3Lp9Rt5Vb1Nm8Kd4Hs"
"""A password that has the form of a generated one, so that it is noticed in the place of a user name."""
QUOTED = '"kv73-pz91-qx55"'
BIG = "".join(uuid.uuid5(uuid.NAMESPACE_DNS, str(number)).hex for number in range(1536))
"""48 KB, the most that a Codespaces secret holds."""
ODD_PASSWORDS = {
    "colons": "kv:73:pz:91:qx",
    "quotes": 'kv"73\'pz`91"qx',
    "unicode": "kv73-pässwörd-日本-🔑",
    "dash": "-kv73-pz91-qx",
    "dashes": "--help-kv73-pz91",
    "spaces": "kv73 pz91 qx55",
    "percent": "kv73%41%2Fpz91+qx",
    "backslash": "kv73\\npz91\\x41$HOME`id`",
    "brackets": "kv73<pz91>{qx55}[zz]",
    "short": "k7",
}


class Logins:
    """What a registry was sent from here on: logins that it accepted, and users whom it refused."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._refused = len(registry.refused_logins())
        self._requests = len(registry.requests())

    @property
    def refused(self) -> list[str]:
        return self._registry.refused_logins()[self._refused :]

    def accepted(self, at_least: int = 0) -> int:
        """Answers of 200, waiting for so many (each goes with the request that asked for the challenge)."""
        seen = self._registry.requests(self._requests + at_least + 1)[self._requests :]
        return sum(request.status == 200 for request in seen)


@pytest.fixture(scope="module")
def odd_registry() -> Iterator[Registry]:
    """The real registry with passwords that are hard to carry; its bcrypt looks at 72 bytes of them."""
    require("docker-registry", "setpriv")
    users = {**ODD_PASSWORDS, "big": BIG[:72], "quoted": QUOTED, "swapper": TOKEN_LIKE}
    with Registry(users) as registry:
        yield registry


# Right and wrong


def test_the_right_password_is_proved(real_registry: Registry) -> None:
    logins = Logins(real_registry)
    run = run_program(variables_of(real_registry.address, USER, PASSWORD))
    assert (run.code, run.verdict, run.set["status"], run.set["proved"]) == (0, None, "ok", True)
    assert {check["status"] for check in run.report["sets"][0]["checks"]} <= {"ok", "skipped"}
    assert run.check("login")["status"] == "ok"
    assert (logins.accepted(1), logins.refused) == (1, [])


def test_a_wrong_password_is_refused_and_sent_exactly_once(real_registry: Registry) -> None:
    logins = Logins(real_registry)
    run = run_program(variables_of(real_registry.address, USER, NOBODYS))
    assert (run.code, run.verdict, run.set["status"], run.set["proved"]) == (
        1,
        "bad-credentials",
        "error",
        False,
    )
    assert run.check("login")["status"] == "error"
    assert run.check("engine")["status"] == "skipped"
    assert "401" in " ".join(run.set["findings"][0]["evidence"])
    assert (logins.accepted(), logins.refused) == (0, [USER])


def test_two_sets_with_one_wrong_password_send_it_once(real_registry: Registry) -> None:
    logins = Logins(real_registry)
    variables = variables_of(real_registry.address, USER, NOBODYS, "ONE")
    variables |= variables_of(real_registry.address, USER, NOBODYS, "TWO")
    report = diagnose(variables, Settings(timeout=5.0))
    assert [verdict(result) for result in report.sets] == ["bad-credentials"] * 2
    assert logins.refused == [USER]


def test_over_tls_the_right_password_is_proved_with_the_ca_file(
    tls_registry: Registry, authority: Authority
) -> None:
    logins = Logins(tls_registry)
    run = run_program(
        variables_of(f"localhost:{tls_registry.port}", USER, PASSWORD), "--ca-file", authority.ca_file
    )
    assert (run.code, run.verdict, run.set["proved"]) == (0, None, True)
    assert run.check("tls")["status"] == "ok"
    assert (logins.accepted(1), logins.refused) == (1, [])


def test_over_tls_a_wrong_password_is_sent_exactly_once(tls_registry: Registry, authority: Authority) -> None:
    logins = Logins(tls_registry)
    run = run_program(variables_of(tls_registry.address, USER, NOBODYS), "--ca-file", authority.ca_file)
    assert (run.code, run.verdict, run.set["proved"]) == (1, "bad-credentials", False)
    assert (logins.accepted(), logins.refused) == (0, [USER])


def test_over_tls_nothing_is_sent_without_the_ca_file(tls_registry: Registry) -> None:
    logins = Logins(tls_registry)
    run = run_program(variables_of(tls_registry.address, USER, PASSWORD))
    assert (run.code, run.verdict, run.check("tls")["status"]) == (1, "tls-unknown-ca", "error")
    assert logins.refused == []


def test_a_registry_with_tokens_proves_the_right_and_refuses_the_wrong_password_once(tmp_path: Path) -> None:
    require("docker-registry", "setpriv")
    with TokenServer(tmp_path, USERS) as tokens, Registry(tokens=tokens) as registry:
        right = run_program(variables_of(registry.address, USER, PASSWORD))
        sent_right = list(tokens.server.with_credentials)
        wrong = run_program(variables_of(registry.address, USER, NOBODYS))
        sent_wrong = tokens.server.with_credentials[len(sent_right) :]
    assert (right.code, right.verdict, right.set["proved"]) == (0, None, True)
    assert [request.basic for request in sent_right] == [(USER, PASSWORD)]
    assert (wrong.code, wrong.verdict, wrong.set["proved"]) == (1, "bad-credentials", False)
    assert "incorrect username or password" in " ".join(wrong.set["findings"][0]["evidence"])
    assert [request.basic for request in sent_wrong] == [(USER, NOBODYS)]
    assert tokens.refused_logins == [USER]


def test_a_registry_with_tokens_over_tls_is_proved(tmp_path: Path, authority: Authority) -> None:
    require("docker-registry", "setpriv")
    certificate = authority.issue("localhost", "127.0.0.1")
    with (
        TokenServer(tmp_path, USERS, certificate=certificate) as tokens,
        Registry(tokens=tokens, certificate=certificate) as registry,
    ):
        run = run_program(variables_of(registry.address, USER, PASSWORD), "--ca-file", authority.ca_file)
    assert (run.code, run.verdict, run.set["proved"]) == (0, None, True)


# Mends


def finding(run: Run, cause: str) -> tuple[str, bool]:
    """Severity of a finding of the one set, and whether its mend was verified."""
    (found,) = [finding for finding in run.set["findings"] if finding["cause"] == cause]
    return found["severity"], found["verified"]


@pytest.mark.parametrize(
    ("given", "cause"),
    [
        ("https://{}", "server-has-scheme"),
        ("http://{}", "server-has-scheme"),
        ("{}/team/app", "server-has-path"),
        ("{}/v2/", "server-has-path"),
    ],
)
def test_a_server_with_more_than_a_host_is_a_warning_and_logs_in(
    real_registry: Registry, given: str, cause: str
) -> None:
    logins = Logins(real_registry)
    run = run_program(variables_of(given.format(real_registry.address), USER, PASSWORD))
    assert (run.code, run.verdict, run.set["status"]) == (0, cause, "warning")
    assert finding(run, cause) == ("warning", True)
    (fix,) = run.set["findings"][0]["fixes"]
    assert fix == {"action": "set", "variable": f"{VALUE}_SERVER", "value": real_registry.address}
    assert run.set["proved"]
    assert 1 <= logins.accepted(1) <= 2
    assert logins.refused == []


def test_quotes_around_the_password_are_an_error_whose_mend_is_verified(real_registry: Registry) -> None:
    logins = Logins(real_registry)
    run = run_program(variables_of(real_registry.address, USER, f'"{PASSWORD}"'))
    assert (run.code, run.verdict) == (1, "value-quoted")
    assert finding(run, "value-quoted") == ("error", True)
    assert 1 <= logins.accepted(1) <= 2
    assert logins.refused == []


@pytest.mark.parametrize("end", ["\n", "\r\n", " "])
def test_space_after_the_password_is_a_warning_and_logs_in(real_registry: Registry, end: str) -> None:
    logins = Logins(real_registry)
    run = run_program(variables_of(real_registry.address, USER, PASSWORD + end))
    assert (run.code, run.verdict, run.set["status"]) == (0, "value-whitespace", "warning")
    assert finding(run, "value-whitespace") == ("warning", True)
    assert (run.check("login")["status"], run.set["proved"]) == ("ok", True)
    assert 1 <= logins.accepted(1) <= 2
    assert logins.refused == []


def test_a_swapped_user_and_password_are_verified_the_right_way_round(odd_registry: Registry) -> None:
    logins = Logins(odd_registry)
    run = run_program(variables_of(odd_registry.address, TOKEN_LIKE, "swapper"))
    assert (run.code, run.verdict, run.set["user"]) == (1, "user-password-swapped", "***")
    assert finding(run, "user-password-swapped") == ("error", True)
    assert not shows(run.output, TOKEN_LIKE)
    assert 1 <= logins.accepted(1) <= 2
    assert logins.refused == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (f"{VALUE}_USER", f"{VALUE}_USERNAME"),
        (f"{VALUE}_PASSWORD", f"{VALUE}_TOKEN"),
        (f"{VALUE}_SERVER", f"{VALUE}_URL"),
        (f"{VALUE}_PASSWORD", f"{SET}_CONTAINER_REGISTRY_PASWORD"),
        (f"{VALUE}_USER", f"{SET}X_CONTAINER_REGISTRY_USER"),
    ],
)
def test_a_misnamed_variable_is_verified_under_its_right_name(
    real_registry: Registry, right: str, wrong: str
) -> None:
    logins = Logins(real_registry)
    variables = variables_of(real_registry.address, USER, PASSWORD)
    variables[wrong] = variables.pop(right)
    run = run_program(variables)
    assert not shows(run.output, PASSWORD)
    assert (run.code, run.verdict) == (1, "name-near-miss")
    assert finding(run, "name-near-miss") == ("error", True)
    assert run.set["findings"][0]["fixes"] == [{"action": "rename", "variable": wrong, "to": right}]
    assert 1 <= logins.accepted(1) <= 2
    assert logins.refused == []


def test_three_lower_case_names_are_verified_as_one_set(real_registry: Registry) -> None:
    logins = Logins(real_registry)
    variables = variables_of(real_registry.address, USER, PASSWORD)
    run = run_program({name.lower(): value for name, value in variables.items()})
    assert (run.code, run.report["sets"]) == (1, [])
    found = run.report["findings"]
    assert not shows(run.output, PASSWORD)
    named = [each for each in found if each["cause"] == "name-near-miss"]
    assert named
    assert all(each["verified"] for each in named)
    renames = {(fix["variable"], fix["to"]) for each in named for fix in each["fixes"]}
    assert renames == {(name.lower(), name) for name in variables}
    assert 1 <= logins.accepted(1) <= 2
    assert logins.refused == []


def test_several_faults_at_once_are_mended_together(real_registry: Registry) -> None:
    logins = Logins(real_registry)
    server = f"https://{real_registry.address}/team"
    run = run_program(variables_of(server, f"{USER}\n", f"'{PASSWORD}'\n"))
    assert (run.code, run.verdict) == (1, "value-quoted")
    assert finding(run, "value-quoted") == ("error", True)
    assert 1 <= logins.accepted(1) <= 2
    assert logins.refused == []


def test_a_mend_that_does_not_help_is_not_called_verified(real_registry: Registry) -> None:
    logins = Logins(real_registry)
    run = run_program(variables_of(real_registry.address, USER, f'"{NOBODYS}"'))
    assert run.code == 1
    causes = {each["cause"]: each["verified"] for each in run.set["findings"]}
    assert causes == {"value-quoted": False, "bad-credentials": False}
    assert len(logins.refused) <= 2
    assert logins.accepted() == 0


# Passwords that are hard to carry


def test_quotes_that_belong_to_the_password_raise_nothing(odd_registry: Registry) -> None:
    logins = Logins(odd_registry)
    run = run_program(variables_of(odd_registry.address, "quoted", QUOTED))
    assert (run.code, run.verdict, run.set["status"], run.set["proved"]) == (0, None, "ok", True)
    assert logins.accepted(1) + len(logins.refused) <= 2


def test_odd_passwords_log_in_each_at_the_first_attempt(odd_registry: Registry) -> None:
    logins = Logins(odd_registry)
    variables: dict[str, str] = {}
    for user, password in ODD_PASSWORDS.items():
        variables |= variables_of(odd_registry.address, user, password, user.upper())
    run = run_program(variables)
    assert run.code == 0
    proved = {found["id"].lower(): found["proved"] for found in run.report["sets"]}
    assert proved == dict.fromkeys(ODD_PASSWORDS, True)
    found = {finding["cause"] for each in run.report["sets"] for finding in each["findings"]}
    assert found == {"set-duplicate-server"}
    assert logins.refused == []
    assert logins.accepted(len(ODD_PASSWORDS)) == len(ODD_PASSWORDS)


def test_a_password_of_48_kb_logs_in(odd_registry: Registry) -> None:
    assert len(BIG) == 48 << 10
    logins = Logins(odd_registry)
    run = run_program(variables_of(odd_registry.address, "big", BIG))
    assert (run.code, run.verdict, run.set["proved"]) == (0, None, True)
    assert (logins.accepted(1), logins.refused) == (1, [])


def test_a_wrong_password_of_48_kb_is_refused_once(odd_registry: Registry) -> None:
    logins = Logins(odd_registry)
    result = examine(odd_registry.address, "big", BIG[::-1])
    assert verdict(result) == "bad-credentials"
    assert logins.refused == ["big"]
