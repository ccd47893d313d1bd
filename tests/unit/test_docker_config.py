"""Docker's configuration: what keeps docker from its logins; nothing of it is shown, nothing is changed."""

from __future__ import annotations

import base64
import json
import os
import stat
import threading
import time
from pathlib import Path

import pytest

from regdoctor.checks.stored_login import config_findings
from regdoctor.model import Finding
from regdoctor.probes.deadline import Deadline
from regdoctor.probes.docker_config import VARIABLE, DockerConfig
from regdoctor.probes.world import Memory
from regdoctor.secret import Redactor, visible
from tests.unit.support import PASSWORD, windows

HOST = "registry.example.com"
SOON = Deadline.after(3600)


class Home:
    """A home folder with docker's configuration, and the programs on its path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / ".docker" / "config.json"
        self.file.parent.mkdir()
        self.programs = folder / "bin"
        self.programs.mkdir()
        self.environ = {"HOME": str(folder), "PATH": str(self.programs)}
        self.redactor = Redactor()

    def holds(self, content: object) -> DockerConfig:
        """The configuration, once the file holds this."""
        self.file.write_text(content if isinstance(content, str) else json.dumps(content))
        return self.config()

    def config(self, *, run_helpers: bool = True) -> DockerConfig:
        return DockerConfig(self.environ, self.redactor, Memory(), run_helpers=run_helpers)

    def has_helper(self, name: str, script: str) -> None:
        """Install a credential helper."""
        path = self.programs / f"docker-credential-{name}"
        path.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")
        path.chmod(stat.S_IRWXU)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def auth(user: str = "octocat", password: str = PASSWORD) -> str:
    return base64.b64encode(f"{user}:{password}".encode()).decode()


def found(config: DockerConfig, *hosts: str) -> list[Finding]:
    return list(config_findings(config, hosts, visible))


def causes(config: DockerConfig, *hosts: str) -> list[tuple[str, str]]:
    return [(finding.cause, finding.severity) for finding in found(config, *hosts)]


def test_without_a_file_nothing_is_found(home: Home) -> None:
    config = home.config()
    assert config.login_for(HOST, SOON) is None
    assert causes(config) == []


def test_an_environment_without_a_home_has_no_configuration() -> None:
    config = DockerConfig({}, Redactor(), Memory())
    assert config.login_for(HOST, SOON) is None
    assert causes(config) == []


@pytest.mark.parametrize("content", ["", " \n", "{}", "null", {"auths": {HOST: {"auth": auth()}}}])
def test_a_file_that_docker_can_read_is_nothing_to_speak_of(home: Home, content: object) -> None:
    assert causes(home.holds(content)) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"auths": {\n  "ghcr.io": }', "line 2, column 14"),
        ('{"auths": {', "line 1"),
        ("[]", "the file is no object"),
        ('{"auths": []}', "auths is no object"),
        ('{"auths": {"ghcr.io": "x"}}', "ghcr.io in auths is no object"),
        ('{"auths": {"ghcr.io": {"auth": 5}}}', "auth is no text"),
        ('{"auths": {"ghcr.io": {"auth": "?"}}}', "the login for ghcr.io"),
        ('{"auths": {"ghcr.io": {"auth": "b2N0b2NhdA=="}}}', "the login for ghcr.io"),
        ('{"credHelpers": {"ghcr.io": 1}}', "ghcr.io in credHelpers is no text"),
        ('{"features": {"buildkit": true}}', "features is no text"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_a_file_that_docker_cannot_read_is_invalid(home: Home, content: str, words: str) -> None:
    (finding,) = found(home.holds(content))
    assert (finding.cause, finding.severity) == ("config-json-invalid", "error")
    assert words in finding.evidence[0]
    assert "~/.docker/config.json" in finding.evidence[0]


@pytest.mark.parametrize("spelt", [r"half\ud800\u00e4\udc00", r"half\ufffd\u00e4\ufffd"])
def test_half_a_character_is_what_docker_takes_it_for(home: Home, spelt: str) -> None:
    config = home.holds(f'{{"auths":{{"{HOST}":{{"username":"octocat","password":"{spelt}"}}}}}}')
    login = config.login_for(HOST, SOON)
    assert login is not None and login.password.reveal() == "half\ufffdä\ufffd"
    home.has_helper("good", f'echo \'{{"Username":"octocat","Secret":"{spelt}"}}\'')
    login = home.holds({"credsStore": "good"}).login_for(HOST, SOON)
    assert login is not None and login.password.reveal() == "half\ufffdä\ufffd"


def test_a_key_with_a_port_of_any_length_breaks_nothing(home: Home) -> None:
    (finding,) = found(home.holds({"auths": {"a:000443" + "0" * 5000: {"auth": "?"}}}))
    assert "one entry" in finding.evidence[0]


def test_a_key_that_holds_a_password_is_not_shown(home: Home) -> None:
    (finding,) = found(home.holds({"auths": {f"octocat:{PASSWORD}@{HOST}": {"auth": "?"}}}))
    assert "one entry" in finding.evidence[0]
    assert not any(window in str(finding.evidence) for window in windows(PASSWORD))


def test_a_folder_in_the_place_of_the_file_is_invalid(home: Home) -> None:
    home.file.mkdir()
    assert causes(home.config()) == [("config-json-invalid", "error")]


def test_a_pipe_in_the_place_of_the_file_keeps_nobody_waiting(home: Home) -> None:
    os.mkfifo(home.file)
    assert causes(home.config()) == [("config-json-invalid", "error")]


def test_a_file_without_end_is_not_read(home: Home) -> None:
    home.file.symlink_to("/dev/zero")
    assert causes(home.config()) == [("config-json-invalid", "error")]


@pytest.mark.skipif(os.geteuid() == 0 and not hasattr(os, "seteuid"), reason="needs another user")
def test_a_file_that_this_user_may_not_read_is_a_matter_of_permission(home: Home) -> None:
    config = home.holds({"auths": {HOST: {"auth": auth()}}})
    home.file.chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        login = config.login_for(HOST, SOON)
    finally:
        os.seteuid(user)
    assert login is None
    assert causes(config) == [("config-permission", "error")]


def test_docker_config_names_another_folder_which_commands_get_quoted(home: Home, tmp_path: Path) -> None:
    other = tmp_path / "an other"
    other.mkdir()
    (other / "config.json").write_text("{")
    home.environ["DOCKER_CONFIG"] = str(other)
    (finding,) = found(home.config())
    commands = [step.command for step in finding.remediation if step.command]
    assert any(f"'{other}/config.json'" in command for command in commands)


def test_the_variable_goes_before_file_and_helpers(home: Home) -> None:
    home.environ[VARIABLE] = json.dumps({"auths": {HOST: {"auth": auth("mona")}}})
    config = home.holds({"credsStore": "missing", "auths": {HOST: {"auth": auth("octocat")}}})
    login = config.login_for(HOST, SOON)
    assert login is not None
    assert (login.user, login.in_variable) == ("mona", True)


def test_the_variable_serves_only_the_hosts_that_it_names_to_the_letter(home: Home) -> None:
    home.environ[VARIABLE] = json.dumps({"auths": {f"https://{HOST}": {"auth": auth("mona")}}})
    login = home.holds({"auths": {HOST: {"auth": auth("octocat")}}}).login_for(HOST, SOON)
    assert login is not None
    assert login.user == "octocat"


@pytest.mark.parametrize(
    "content",
    [
        "{",
        '{"auths": {}} {}',
        json.dumps({"auths": {HOST: {"auth": auth()}}, "credsStore": "pass"}),
        json.dumps({"auths": {HOST: {"auth": auth(), "email": ""}}}),
        json.dumps({"auths": {HOST: {}}}),
        json.dumps({"auths": {HOST: {"auth": "?"}}}),
        json.dumps({"auths": {HOST: {"username": "octocat", "password": PASSWORD}}}),
    ],
)
def test_of_a_variable_that_is_wrong_docker_takes_nothing_and_goes_on_with_the_file(
    home: Home, content: str
) -> None:
    home.environ[VARIABLE] = content
    config = home.holds({"auths": {HOST: {"auth": auth("octocat")}}})
    login = config.login_for(HOST, SOON)
    assert login is not None
    assert not login.in_variable
    (finding,) = found(config)
    assert (finding.cause, finding.severity) == ("config-json-invalid", "warning")
    assert VARIABLE in finding.evidence[0]
    assert "unset DOCKER_AUTH_CONFIG" in [step.command for step in finding.remediation]
    assert not any("config.json" in (step.command or "") for step in finding.remediation)


def test_a_missing_store_is_an_error_since_docker_then_has_no_login_at_all(home: Home) -> None:
    (finding,) = found(home.holds({"credsStore": "desktop"}))
    assert (finding.cause, finding.severity) == ("credential-helper-missing", "error")
    assert "docker-credential-desktop" in finding.title
    assert "names desktop as credsStore" in finding.evidence[0]


def test_a_missing_helper_is_an_error_only_where_its_host_is_used(home: Home) -> None:
    config = home.holds({"credHelpers": {"gcr.io": "gcloud", "eu.gcr.io": "gcloud"}})
    assert causes(config) == [("credential-helper-missing", "warning")]
    assert causes(config, "eu.gcr.io") == [("credential-helper-missing", "error")]


@pytest.mark.parametrize("name", ["../../bin/sh", "a b", "-x", "", "x" * 200, "pass\n"])
def test_a_name_that_is_no_program_runs_nothing(home: Home, name: str) -> None:
    config = home.holds({"credHelpers": {HOST: name}})
    assert config.login_for(HOST, SOON) is None
    assert causes(config, HOST) == ([("credential-helper-missing", "error")] if name else [])


def test_a_helper_of_another_host_hinders_nobody(home: Home) -> None:
    config = home.holds({"credHelpers": {"gcr.io": "gone", "ghcr.io": "a b"}})
    assert [config.hindrance(host) for host in ("gcr.io", "ghcr.io", HOST)] == [
        "credential-helper-missing",
        "credential-helper-missing",
        None,
    ]


def test_a_program_is_not_taken_from_a_relative_folder(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.has_helper("good", "echo '{}'")
    monkeypatch.chdir(home.programs)
    home.environ["PATH"] = ".:"
    assert causes(home.holds({"credsStore": "good"})) == [("credential-helper-missing", "error")]


def test_without_any_login_docker_takes_a_helper_that_is_installed(home: Home) -> None:
    home.has_helper("secretservice", 'echo \'{"Username":"octocat","Secret":"kept"}\'')
    login = home.config().login_for(HOST, SOON)
    assert login is not None
    assert login.source == "docker-credential-secretservice"
    assert home.holds({"auths": {"ghcr.io": {"auth": auth()}}}).login_for(HOST, SOON) is None


def test_a_helper_is_asked_once_for_a_host_on_its_standard_input(home: Home) -> None:
    log = home.folder / "log"
    home.has_helper(
        "good", f'echo "$* $(cat)" >>{log}; echo \'{{"Username":"octocat","Secret":"{PASSWORD}"}}\''
    )
    config = home.holds({"credsStore": "good"})
    for _ in range(2):
        login = config.login_for(HOST, SOON)
        assert login is not None
        assert (login.user, login.password.reveal()) == ("octocat", PASSWORD)
    assert log.read_text() == f"get {HOST}\n"
    assert causes(config) == []


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (f"echo {PASSWORD}; exit 3", "exit code 3"),
        (f"echo {PASSWORD}", "something other than a login"),
        (f'echo \'{{"Username": 1, "Secret": "{PASSWORD}"}}\'', "something other than a login"),
        (f"echo '[\"{PASSWORD}\"]'", "something other than a login"),
        (f"echo {PASSWORD} >&2; kill -9 $$", "exit code -9"),
        ("yes", "something other than a login"),
    ],
)
def test_a_helper_that_fails_is_an_error_and_its_words_are_not_shown(
    home: Home, script: str, words: str
) -> None:
    home.has_helper("bad", script)
    config = home.holds({"credsStore": "bad"})
    assert config.login_for(HOST, SOON) is None
    (finding,) = found(config)
    assert (finding.cause, finding.severity) == ("credential-helper-error", "error")
    assert words in finding.evidence[0]
    assert not any(window in str(finding) for window in windows(PASSWORD))


def test_a_helper_whose_interpreter_is_missing_is_an_error(home: Home) -> None:
    home.has_helper("bad", "")
    (home.programs / "docker-credential-bad").write_text("#!/nonexistent/sh\n")
    config = home.holds({"credsStore": "bad"})
    assert config.login_for(HOST, SOON) is None
    assert causes(config) == [("credential-helper-error", "error")]


def test_a_helper_that_keeps_nothing_is_no_error(home: Home) -> None:
    home.has_helper("empty", "echo credentials not found in native keychain; exit 1")
    config = home.holds({"credsStore": "empty"})
    assert config.login_for(HOST, SOON) is None
    assert causes(config) == []


@pytest.mark.parametrize("then", ["wait", "exit 0", "yes"])
def test_a_helper_that_hangs_is_stopped_with_all_that_it_started(home: Home, then: str) -> None:
    """It may also end itself and leave others behind who keep its output open, or say more than any login."""
    child = home.folder / "child"
    home.has_helper("slow", f"sleep 3600 & echo $! >{child}; {then}")
    config = home.holds({"credsStore": "slow"})
    assert config.login_for(HOST, Deadline.after(0.5)) is None
    assert causes(config) == [("credential-helper-error", "error")]
    number = int(child.read_text())
    end = time.monotonic() + 10
    while os.path.exists(f"/proc/{number}/stat") and time.monotonic() < end:
        if Path(f"/proc/{number}/stat").read_text().split()[2] == "Z":
            break
        time.sleep(0.01)
    else:
        assert not os.path.exists(f"/proc/{number}")


def test_a_helper_that_answers_for_any_host_is_asked_only_for_those_of_its_vendor(home: Home) -> None:
    log = home.folder / "log"
    home.has_helper("gcr", f'cat >>{log}; echo \'{{"Username":"_dcgcr_1_token","Secret":"ya29.token"}}\'')
    config = home.holds({"credsStore": "gcr"})
    assert config.login_for("ghcr.io", SOON) is None
    assert config.login_for("docker.io", SOON) is None
    assert not log.exists()
    assert causes(config) == [("credential-helper-error", "error")]
    assert config.login_for("gcr.io", SOON) is not None
    assert config.login_for("europe-docker.pkg.dev", SOON) is not None


def test_offline_no_helper_runs(home: Home) -> None:
    log = home.folder / "log"
    home.has_helper("good", f"touch {log}; echo '{{}}'")
    home.holds({"credsStore": "good"})
    assert home.config(run_helpers=False).login_for(HOST, SOON) is None
    assert not log.exists()


def test_all_that_it_keeps_is_hidden_from_then_on(home: Home) -> None:
    secrets = {
        "password": "one-Velvet7+Onion",
        "identitytoken": "two-Quartz8-Otter",
        "registrytoken": "three-x9",
    }
    entry = {**secrets, "auth": auth(password="four-Willow-Ferry")}
    home.has_helper("good", 'echo \'{"Username":"octocat","Secret":"five-Harbour-Lamp"}\'')
    config = home.holds(
        {"auths": {HOST: entry, "bad.example": {"auth": "six6six6six?"}}, "credsStore": "good"}
    )
    home.environ[VARIABLE] = json.dumps(
        {"auths": {"other.example.com": {"auth": auth(password="seven-Meadow")}}}
    )
    config.login_for(HOST, SOON)
    for secret in (
        *secrets.values(),
        "four-Willow-Ferry",
        "five-Harbour-Lamp",
        "six6six6six?",
        "seven-Meadow",
    ):
        assert secret[:8] not in home.redactor(f"it was {secret}, they say")


def test_the_file_is_never_written(home: Home) -> None:
    home.has_helper("good", 'echo \'{"Username":"octocat","Secret":"kept"}\'')
    config = home.holds({"credsStore": "good"})
    before = (home.file.stat(), home.file.read_bytes(), sorted(home.file.parent.iterdir()))
    config.login_for(HOST, SOON)
    config.faults()
    after = (home.file.stat(), home.file.read_bytes(), sorted(home.file.parent.iterdir()))
    assert before[0].st_mtime_ns == after[0].st_mtime_ns
    assert before[1:] == after[1:]


def test_threads_that_ask_at_once_share_one_answer(home: Home) -> None:
    log = home.folder / "log"
    home.has_helper("good", f'echo x >>{log}; sleep 0.1; echo \'{{"Username":"octocat","Secret":"kept"}}\'')
    config = home.holds({"credsStore": "good"})
    logins = []
    threads = [threading.Thread(target=lambda: logins.append(config.login_for(HOST, SOON))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len({login and login.user for login in logins}) == 1
    assert len(logins) == 8
    assert log.read_text() == "x\n"
