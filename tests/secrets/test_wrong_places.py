"""No character of a credential leaves the program, whatever it prints, writes or meets."""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest

from regdoctor.report.formats import FORMATS
from tests.lab.scripted import Answer, Request, ScriptedRegistry

WINDOW = 8


def spellings(value: str) -> Iterator[str]:
    """The forms in which a value may not be shown."""
    raw = value.encode()
    yield value
    yield urllib.parse.quote(value, safe="")
    yield json.dumps(value)[1:-1]
    yield value[::-1]
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + raw).decode().rstrip("=")
        yield encoded[(offset * 8 + 5) // 6 :][: len(raw) * 8 // 6 - 1]


def traces(value: str, text: str) -> list[str]:
    """Every run of eight characters of a value, in any of its forms, that a text holds."""
    return [
        form[at : at + WINDOW]
        for form in spellings(value)
        for at in range(len(form) - WINDOW + 1)
        if form[at : at + WINDOW] in text
    ]


@pytest.fixture
def password() -> str:
    return f'{secrets.token_urlsafe(18)}:/"ü{secrets.token_hex(6)}'


def everything_said(folder: Path, *arguments: str, env: dict[str, str], stdin: str | None = None) -> str:
    """All that a command printed, and all that it wrote below a folder."""
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "always", "-m", "regdoctor", *arguments],
        capture_output=True,
        timeout=60,
        cwd=folder,
        input=None if stdin is None else stdin.encode(),
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "PYTHONFAULTHANDLER": "1",
            "DOCKER_HOST": "unix:///nonexistent.sock",
            "PYTHONPATH": str(Path(__file__).parent.parent),
            **env,
        },
        check=False,
    )
    written = [path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "given.env"]
    return b"\n".join((done.stdout, done.stderr, *written)).decode("utf-8", "replace")


def a_set(server: str, user: str, password: str) -> dict[str, str]:
    return {
        "TEAM_CONTAINER_REGISTRY_SERVER": server,
        "TEAM_CONTAINER_REGISTRY_USER": user,
        "TEAM_CONTAINER_REGISTRY_PASSWORD": password,
    }


def echoing(password: str) -> Iterator[ScriptedRegistry]:
    """A registry that says the password back in every way that it can think of."""

    def handler(request: Request) -> Answer:
        if request.authorization is None:
            return Answer(401, {"WWW-Authenticate": 'Basic realm="who are you"'})
        seen = " ".join(spellings(password)) + f" {request.authorization} {password[3:13]}"
        body = {"errors": [{"code": "UNAUTHORIZED", "message": seen, "detail": seen}]}
        headers = {"Location": f"/{urllib.parse.quote(password)}", "Retry-After": request.authorization}
        return Answer(403, headers, body)

    with ScriptedRegistry(handler) as registry:
        yield registry


@pytest.fixture
def echo(password: str) -> Iterator[ScriptedRegistry]:
    yield from echoing(password)


@pytest.mark.parametrize(
    "options",
    [
        ("--format", "text"),
        ("--format", "json"),
        ("--format", "json", "--trace"),
        ("--format", "text", "--trace", "--anonymize"),
        ("--offline", "--format", "json"),
        ("--format", "json", "--output", "report.json"),
        ("--format", "markdown", "--trace"),
        ("--format", "junit", "--trace"),
        ("--format", "sarif", "--trace"),
        ("--format", "github", "--trace"),
    ],
    ids=" ".join,
)
def test_a_registry_that_echoes_the_password_does_not_get_it_printed(
    echo: ScriptedRegistry, password: str, tmp_path: Path, options: tuple[str, ...]
) -> None:
    env = a_set(echo.address, "octocat", password) | {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
    said = everything_said(tmp_path, "report", *options, env=env)
    assert "TEAM" in said
    assert traces(password, said) == []


def test_the_refused_password_is_sent_once_and_to_its_registry_alone(
    echo: ScriptedRegistry, password: str, tmp_path: Path
) -> None:
    everything_said(tmp_path, "report", env=a_set(echo.address, "octocat", password))
    assert [request.basic for request in echo.with_credentials] == [("octocat", password)]


@pytest.mark.parametrize(
    ("server", "user"),
    [
        ("https://octocat:{password}@registry.example.com", "octocat"),
        ("{password}", "octocat"),
        ("registry.example.com", "{password}"),
        ("registry.example.com", "x{password}y"),
    ],
)
def test_a_password_in_the_wrong_place_is_masked(tmp_path: Path, server: str, user: str) -> None:
    password = f"ghp_{secrets.token_hex(18)}"
    values = a_set(server.format(password=password), user.format(password=password), password)
    for form in FORMATS:
        said = everything_said(tmp_path, "report", "--offline", "--format", form, env=values)
        assert "***" in said or form == "sarif"
        assert traces(password, said) == []


def test_near_misses_of_a_password_are_kept_secret_too(tmp_path: Path, password: str) -> None:
    env = {"TEAM_CONTAINER_REGISTRY_TOKEN": password, "CONTAINER_REGISTRY_PASSWORD": password}
    assert traces(password, everything_said(tmp_path, "report", env=env)) == []


def test_a_password_that_try_is_given_is_not_printed(
    echo: ScriptedRegistry, password: str, tmp_path: Path
) -> None:
    arguments = ("try", echo.address, "--user", "octocat", "--password-stdin")
    said = everything_said(tmp_path, *arguments, env={}, stdin=f"{password}\n")
    assert "octocat" in said
    assert traces(password, said) == []


def test_a_broken_env_file_is_not_quoted(tmp_path: Path, password: str) -> None:
    (tmp_path / "given.env").write_text(f"A=1\nthis is {password} no assignment\n")
    said = everything_said(tmp_path, "report", "--env-file", "given.env", env={})
    assert "line 2" in said
    assert traces(password, said) == []


CRASH = """
import sys
from regdoctor import examination
from regdoctor.__main__ import main

def broken(case):
    password = case.password.reveal()
    raise RuntimeError(f"it broke over {password}")

known, wanted = examination.check_named, sys.argv[1]
examination.check_named = lambda title: broken if title == wanted else known(title)
sys.argv = ["regdoctor", "report", "--format", sys.argv[2]]
sys.exit(main())
"""


@pytest.mark.parametrize("check", ["name", "value", "dns", "tcp", "tls", "registry", "login"])
@pytest.mark.parametrize("form", FORMATS)
def test_a_crash_in_a_check_is_a_row_without_the_password(
    echo: ScriptedRegistry, password: str, check: str, form: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CRASH, check, form],
        capture_output=True,
        text=True,
        timeout=60,
        env={"PATH": os.environ["PATH"], **a_set(echo.address, "octocat", password)},
        check=False,
    )
    assert done.returncode == 3
    assert "internal-error" in done.stdout
    assert "it broke" not in done.stdout
    assert "Traceback" not in done.stderr
    assert traces(password, done.stdout + done.stderr) == []


@pytest.mark.parametrize("check", ["name", "dns", "registry", "login"])
def test_a_crash_in_a_check_costs_its_own_row(echo: ScriptedRegistry, password: str, check: str) -> None:
    variables = a_set(echo.address, "octocat", password)
    done = subprocess.run(
        [sys.executable, "-c", CRASH, check, "json"],
        capture_output=True,
        text=True,
        timeout=60,
        env={"PATH": os.environ["PATH"], **variables},
        check=False,
    )
    (found,) = json.loads(done.stdout)["sets"]
    rows = {each["name"]: each["status"] for each in found["checks"]}
    before = list(rows)[: list(rows).index(check)]
    assert rows[check] == "crashed"
    assert all(rows[each] in ("ok", "skipped") for each in before)
    (told,) = found["findings"]
    assert re.fullmatch(rf"RuntimeError at <string>:\d+ in the check {check}", told["evidence"][0])
