"""Docker's configuration, read by regdoctor and by the docker program: both must find the same login."""

from __future__ import annotations

import base64
import contextlib
import http.server
import json
import os
import socketserver
import stat
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from regdoctor.probes.deadline import Deadline
from regdoctor.probes.docker_config import DockerConfig
from regdoctor.probes.world import Memory
from regdoctor.secret import Redactor
from tests.lab.programs import plain_environment, program, require

HUB = "https://index.docker.io/v1/"
HOST = "registry.example.com"


def auth(user: str, password: str) -> str:
    """A login as docker writes it into its file."""
    return base64.b64encode(f"{user}:{password}".encode()).decode()


CONFIGS: dict[str, str] = {
    "no file": "",
    "blank": " \n",
    "null": "null",
    "login": json.dumps({"auths": {HOST: {"auth": auth("octocat", "quartz-velvet")}}}),
    "colons in a password": json.dumps({"auths": {HOST: {"auth": auth("octocat", "a:b:c")}}}),
    "NULs after a password": json.dumps({"auths": {HOST: {"auth": auth("octocat", "quartz\0\0")}}}),
    "line ends in base64": json.dumps(
        {"auths": {HOST: {"auth": auth("octocat", "quartz")[:5] + "\n" + auth("octocat", "quartz")[5:]}}}
    ),
    "plain fields": json.dumps({"auths": {HOST: {"username": "octocat", "password": "quartz"}}}),
    "auth over plain fields": json.dumps(
        {"auths": {HOST: {"username": "mona", "password": "x", "auth": auth("octocat", "quartz")}}}
    ),
    "identity token": json.dumps(
        {"auths": {HOST: {"auth": auth("00000000-0000-0000-0000-000000000000", ""), "identitytoken": "abc"}}}
    ),
    "registry token": json.dumps({"auths": {HOST: {"registrytoken": "a-bearer-token"}}}),
    "other case": json.dumps({"Auths": {HOST: {"Auth": auth("octocat", "quartz")}}}),
    "https URL": json.dumps({"auths": {f"https://{HOST}": {"auth": auth("octocat", "quartz")}}}),
    "URL with a path": json.dumps({"auths": {f"https://{HOST}/v2/": {"auth": auth("octocat", "quartz")}}}),
    "host with a path": json.dumps({"auths": {f"{HOST}/team": {"auth": auth("octocat", "quartz")}}}),
    "host with the port of HTTPS": json.dumps(
        {"auths": {f"{HOST}:443": {"auth": auth("octocat", "quartz")}}}
    ),
    "host in capitals": json.dumps({"auths": {HOST.upper(): {"auth": auth("octocat", "quartz")}}}),
    "exact before URL": json.dumps(
        {"auths": {f"https://{HOST}": {"auth": auth("mona", "x")}, HOST: {"auth": auth("octocat", "quartz")}}}
    ),
    "hub": json.dumps({"auths": {HUB: {"auth": auth("octocat", "hub-quartz")}}}),
    "hub by its name": json.dumps({"auths": {"docker.io": {"auth": auth("octocat", "hub-quartz")}}}),
    "text after the object": json.dumps({"auths": {HOST: {"auth": auth("octocat", "quartz")}}}) + " trailing",
    "cut short": json.dumps({"auths": {HOST: {"auth": auth("octocat", "quartz")}}})[:-2],
    "a field of another type": json.dumps(
        {"auths": {HOST: {"auth": auth("octocat", "quartz")}}, "psFormat": 1}
    ),
    "an unknown field": json.dumps({"auths": {HOST: {"auth": auth("octocat", "quartz")}}, "mine": [1]}),
    "auth that is no pair": json.dumps({"auths": {HOST: {"auth": base64.b64encode(b"octocat").decode()}}}),
    "auth that is no base64": json.dumps({"auths": {HOST: {"auth": "?"}}}),
    "auths that is a list": json.dumps({"auths": []}),
    "store": json.dumps({"credsStore": "good", "auths": {HOST: {"auth": auth("mona", "in-the-file")}}}),
    "store with a token": json.dumps({"credsStore": "token", "auths": {HOST: {}}}),
    "store that keeps nothing": json.dumps(
        {"credsStore": "empty", "auths": {HOST: {"auth": auth("mona", "in-the-file")}}}
    ),
    "helper over store": json.dumps({"credsStore": "empty", "credHelpers": {HOST: "good"}}),
    "helper of another host": json.dumps({"credHelpers": {"other.example.com": "good"}}),
    "helper of the hub": json.dumps({"credHelpers": {HUB: "good", "docker.io": "empty"}}),
    "empty helper": json.dumps(
        {
            "credsStore": "good",
            "credHelpers": {HOST: ""},
            "auths": {HOST: {"auth": auth("octocat", "quartz")}},
        }
    ),
}

HELPERS = {
    "good": 'read -r server; printf \'{"ServerURL":"x","Username":"octocat","Secret":"kept:%s"}\' "$server"',
    "token": 'printf \'{"ServerURL":"x","Username":"<token>","Secret":"an-identity-token"}\'',
    "empty": "echo credentials not found in native keychain; exit 1",
}


@pytest.fixture(scope="module")
def helpers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with credential helpers."""
    folder = tmp_path_factory.mktemp("helpers")
    for name, script in HELPERS.items():
        path = folder / f"docker-credential-{name}"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(stat.S_IRWXU)
    return folder


class _Engine(socketserver.ThreadingUnixStreamServer):
    """An Engine that is asked to pull, and notes with which login."""

    daemon_threads = True

    def __init__(self, path: str) -> None:
        super().__init__(path, _Handler)
        self.login: dict[str, str] | None = None


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Any

    def do_HEAD(self) -> None:
        self._answer(b"")

    def do_GET(self) -> None:
        self._answer(json.dumps({"IndexServerAddress": HUB, "OSType": "linux"}).encode())

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        header = self.headers.get("X-Registry-Auth", "")
        self.server.login = json.loads(base64.urlsafe_b64decode(header + "===")) if header else {}
        self._answer(b"")

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Api-Version", "1.41")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing on standard error."""


@contextlib.contextmanager
def _engine() -> Iterator[_Engine]:
    with (
        tempfile.TemporaryDirectory(prefix="live-pull-", dir="/tmp") as folder,
        _Engine(os.path.join(folder, "docker.sock")) as server,
    ):
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join(5)


def sent_by_docker(image: str, environ: dict[str, str]) -> tuple[str, str, str, str]:
    """The login with which the docker program has an image pulled."""
    with _engine() as engine:
        environ = {**environ, "DOCKER_HOST": f"unix://{engine.server_address!s}"}
        done = subprocess.run(
            [program("docker"), "pull", image], env=environ, capture_output=True, timeout=60, check=False
        )
        assert engine.login is not None, done.stderr
    fields = ("username", "password", "identitytoken", "registrytoken")
    user, password, identity, registry = (engine.login.get(field, "") for field in fields)
    return user, password, identity, registry


@pytest.mark.parametrize("image", [f"{HOST}/team/app:1", "octocat/app:1"])
@pytest.mark.parametrize("name", CONFIGS)
def test_the_login_is_the_one_that_docker_sends(name: str, image: str, helpers: Path, tmp_path: Path) -> None:
    require("docker")
    environ = plain_environment(str(tmp_path), DOCKER_CONFIG=str(tmp_path))
    environ["PATH"] = f"{helpers}{os.pathsep}{environ['PATH']}"
    if CONFIGS[name]:
        (tmp_path / "config.json").write_text(CONFIGS[name])

    config = DockerConfig(environ, Redactor(), Memory())
    host = HOST if image.startswith(HOST) else "docker.io"
    login = config.login_for(host, Deadline.after(20))

    read = ("", "", "", "")
    if login is not None:
        secrets = (login.password, login.identity_token, login.registry_token)
        read = (login.user, *(secret.reveal() for secret in secrets))  # type: ignore[assignment]
    assert read == sent_by_docker(image, environ)
