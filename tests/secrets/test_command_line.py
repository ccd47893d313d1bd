"""Credentials on the command line and in the files that it names, where somebody put them by mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lab.scripted import ScriptedRegistry
from tests.secrets.credentials import Maker
from tests.secrets.peers import Echo
from tests.secrets.program import run
from tests.secrets.traces import traces


@pytest.fixture
def make(request: pytest.FixtureRequest) -> Maker:
    return Maker(request.node.name)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "run"
    made.mkdir()
    return made


@pytest.mark.parametrize(
    "words",
    [
        ("try", "ghcr.io", "--user", "octocat", "--password", "{}"),
        ("try", "ghcr.io", "--user", "octocat", "--password={}"),
        ("try", "ghcr.io", "--user", "octocat", "-p{}"),
        ("try", "ghcr.io", "--user", "octocat", "--password-stdin", "--token", "{}", "more"),
        ("report", "--pasword={}"),
        ("--password", "{}"),
    ],
    ids=" ".join,
)
def test_what_follows_an_option_that_is_none_is_not_repeated(
    make: Maker, folder: Path, words: tuple[str, ...]
) -> None:
    password = make.word("password")
    ended = run(folder, *(word.format(password) for word in words), environ={})
    assert ended.code == 2
    assert b"there is no option -" in ended.stderr
    assert traces(make.made, ended.stdout + ended.stderr) == {}


@pytest.mark.parametrize(
    "words",
    [
        ("report", "{}"),
        ("{}",),
        ("causes", "{}"),
        ("report", "--only", "{}"),
        ("report", "--timeout", "{}"),
        ("report", "--resolve", "{}"),
        ("report", "--env-file", "{}"),
        ("report", "--creation-log", "{}"),
        ("report", "--workspace", "{}"),
        ("report", "--ca-file", "{}"),
        ("explain", "{}"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("known", [True, False], ids=["of the environment", "of a known form"])
def test_a_credential_that_makes_no_sense_is_not_repeated(
    make: Maker, folder: Path, words: tuple[str, ...], known: bool
) -> None:
    secret = make.word("secret") if known else make.github("secret")
    environ = {"GITHUB_TOKEN": secret} if known else {}
    ended = run(folder, *(word.format(secret) for word in words), environ=environ)
    assert ended.code == 2
    assert b"***" in ended.stderr
    assert traces(make.made, ended.stdout + ended.stderr) == {}


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_env_file_is_as_secret_as_the_environment(make: Maker, folder: Path, form: str) -> None:
    password, token, other = make.password("password"), make.github("token"), make.word("other")
    quoted = password.replace("\\", "\\\\").replace("'", "\\'")
    with ScriptedRegistry(Echo()) as registry:
        (folder / "given.env").write_text(
            f"TEAM_CONTAINER_REGISTRY_SERVER={registry.address}\nTEAM_CONTAINER_REGISTRY_USER=octocat\n"
            f"TEAM_CONTAINER_REGISTRY_PASSWORD='{quoted}'\nGITHUB_TOKEN={token}\n"
            f"NEAR_CONTAINER_REGISTRY_TOKEN={other}\n"
        )
        ended = run(folder, "report", "--env-file", "given.env", "--format", form, "--trace", environ={})
        sent = [request.basic for request in registry.with_credentials]
    assert sent == [("octocat", password)]
    assert ended.files == []
    assert traces(make.made, ended.stdout + ended.stderr) == {}


@pytest.mark.parametrize(
    "content",
    ["A=1\nthis is {} no assignment\n", "{}", "A={}\0", '"{}\n', "export {}\n=x\n", "\xff{}\n{} {}\n"],
)
def test_a_broken_env_file_is_not_quoted(make: Maker, folder: Path, content: str) -> None:
    (folder / "given.env").write_text(content.replace("{}", make.word("password")), "latin-1")
    ended = run(folder, "report", "--env-file", "given.env", environ={})
    assert ended.code in (0, 2)
    assert traces(make.made, ended.stdout + ended.stderr) == {}


@pytest.mark.parametrize("line_end", ["\n", "\r\n", ""])
def test_a_password_that_try_is_given_is_not_printed(make: Maker, folder: Path, line_end: str) -> None:
    password = make.password("password")
    with ScriptedRegistry(Echo()) as registry:
        arguments = ("try", registry.address, "--user", "octocat", "--password-stdin", "--trace")
        ended = run(folder, *arguments, environ={}, stdin=f"{password}{line_end}".encode())
        sent = [request.basic for request in registry.with_credentials]
    assert sent == [("octocat", password)]
    assert b"octocat" in ended.stdout
    assert ended.files == []
    assert traces(make.made, ended.stdout + ended.stderr) == {}


@pytest.mark.parametrize(
    "server", ["https://octocat:{}@registry.example.com", "{}", "registry.example.com/{}"]
)
def test_the_commands_that_store_a_set_hold_no_credential(make: Maker, server: str) -> None:
    from regdoctor.discovery import discover
    from regdoctor.report.storing import how_to_store, steps_to_store
    from regdoctor.secret import Secret
    from tests.unit.support import a_set

    token, password = make.github("token"), make.word("password")
    variables = a_set(server.format(token), f"octocat:{password}", password)
    (found,) = discover({name: Secret(value) for name, value in variables.items()}).sets
    said = "\n".join(line.text for line in how_to_store(found))
    said += "\n".join(str(step) for step in steps_to_store(found))
    assert "gh secret set TEAM_CONTAINER_REGISTRY_SERVER" in said
    assert traces(make.made, said) == {}


@pytest.mark.parametrize(
    "content",
    [
        {"auths": {"https://octocat:{}@registry.example.com": {"auth": "%%%"}}},
        {"auths": {"registry.example.com": {"auth": "{}"}}},
        {"auths": {"registry.example.com": {"auth": ["{}"]}}},
        {"auths": {"registry.example.com": {"password": {"x": "{}"}}}},
        {"credsStore": "{}"},
        {"credHelpers": {"registry.example.com": "x/{}"}},
        {"currentContext": "{}"},
        {"auths": "{}"},
    ],
    ids=str,
)
@pytest.mark.parametrize("broken", [False, True])
def test_a_docker_configuration_is_not_quoted(
    make: Maker, folder: Path, content: object, broken: bool
) -> None:
    import json

    secret = make.github("secret")
    home = folder / "docker"
    home.mkdir()
    text = (
        json.dumps(content).replace("{}", secret, 1) if "{}" in json.dumps(content) else json.dumps(content)
    )
    (home / "config.json").write_text(text[:-2] + (secret if broken else text[-2:]))
    environ = {"DOCKER_CONFIG": str(home), "DOCKER_AUTH_CONFIG": text, "DOCKER_HOST": ""}
    image = ("--image", "registry.example.com/x", "--resolve", "registry.example.com:443:127.0.0.1:1")
    ended = run(folder, "report", "--format", "json", "--timeout", "3", *image, environ=environ)
    assert ended.stdout
    assert traces(make.made, ended.stdout + ended.stderr) == {}
