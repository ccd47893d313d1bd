"""The demo: what a diagnosis says of its sets, and what their registries are asked meanwhile."""

from __future__ import annotations

import base64
import json
import os
import socket
import ssl
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from regdoctor.demo import TIMEOUT, Demo
from regdoctor.demo.conduct import LAYER, AsksForPassword, AsksForToken
from regdoctor.demo.demo_set import DemoSet
from regdoctor.demo.server import Request
from regdoctor.demo.sets import IMAGES, SETS, STRAYS
from regdoctor.diagnosis import Diagnosis
from regdoctor.model import Finding, Finished, Report
from regdoctor.registries import PLAIN, recognise
from regdoctor.secret import WINDOW
from regdoctor.settings import Settings, Target
from tests.unit.support import rendered

ASKED = ("GET", "/v2/", None)
PASSWORD_SENT = ("GET", "/v2/", "basic")
TOKEN_REQUEST = ("GET", "/token", "basic")
TOKEN_SENT = ("GET", "/v2/", "bearer")

API_ASKED = ("GET", "/user", "bearer")
RATE_ASKED = ("HEAD", "/v2/ratelimitpreview/test/manifests/latest", "bearer")
KEY_EXCHANGE = ("POST", "/", "aws4-hmac-sha256")


def login_at(path: str) -> list[tuple[str, str, str | None]]:
    """A login, the token service of which is not at the usual path."""
    return [ASKED, ("GET", path, "basic"), TOKEN_SENT]


REFUSED_ONCE = [ASKED, TOKEN_REQUEST]
BY_TOKEN = [ASKED, TOKEN_REQUEST, TOKEN_SENT]
"""One login, at once with the right values: a bad form of them would have cost a request more."""

IMAGE_PULLED = [
    TOKEN_REQUEST,
    ("GET", "/v2/octo-org/octo-app/manifests/1", "bearer"),
    ("GET", f"/v2/octo-org/octo-app/blobs/{LAYER}", "bearer"),
]
IMAGE_REFUSED = [TOKEN_REQUEST, ("GET", "/v2/octo-org/features/build-tools/manifests/1", "bearer")]
"""The two images of ghcr.io, each with a token of its own."""

REQUESTS: dict[str, list[tuple[str, str, str | None]]] = {
    "ACR_ADMIN_OFF": login_at("/oauth2/token")[:2],
    "ACR_WRONG_USER": login_at("/oauth2/token"),
    "DOCKERHUB": [*BY_TOKEN, RATE_ASKED],
    "ECR": [ASKED, KEY_EXCHANGE, PASSWORD_SENT],
    "ECR_KEY_NOT_ALLOWED": [ASKED, KEY_EXCHANGE],
    "ECR_KEY_WRONG_SECRET": [ASKED, KEY_EXCHANGE],
    "ECR_TOKEN_EXPIRED": [ASKED],
    "GAR_WRONG_USER": login_at("/v2/token"),
    "GCR": login_at("/v2/token"),
    "GCR_SHUT_DOWN": login_at("/v2/token")[:2],
    "GHCR": [*BY_TOKEN, API_ASKED, *IMAGE_PULLED, *IMAGE_REFUSED],
    "GHCR_EXPIRES_SOON": [*BY_TOKEN, API_ASKED],
    "GHCR_FINE_GRAINED": [ASKED],
    "GHCR_MISSING_SCOPE": [*REFUSED_ONCE, API_ASKED],
    "HEALTHY_BASIC": [ASKED, PASSWORD_SENT],
    "HEALTHY_BEARER": BY_TOKEN,
    "LOGIN_ACCOUNT_LOCKED": REFUSED_ONCE,
    "LOGIN_MISSING_SCOPE": REFUSED_ONCE,
    "LOGIN_NOT_ASKED_FOR": [ASKED],
    "LOGIN_STRANGE_TOKEN_HOST": [ASKED],
    "LOGIN_TOKEN_EXPIRED": REFUSED_ONCE,
    "LOGIN_WRONG_PASSWORD": REFUSED_ONCE,
    "NAME_INCOMPLETE": [ASKED],
    "NAME_MISSPELT": BY_TOKEN,
    "NAME_TWIN_1": [ASKED, PASSWORD_SENT, PASSWORD_SENT],
    "NAME_TWIN_2": [ASKED, PASSWORD_SENT, PASSWORD_SENT],
    "NETWORK_REFUSED": [],
    "NETWORK_SILENT": [],
    "REGISTRY_OUTAGE": [ASKED],
    "REGISTRY_RATE_LIMIT": [ASKED],
    "REGISTRY_SLOW": [ASKED],
    "REGISTRY_WEB_SITE": [ASKED],
    "TLS_EXPIRED": [],
    "TLS_OTHER_NAME": [],
    "TLS_PLAIN_HTTP": [ASKED],
    "TLS_UNKNOWN_AUTHORITY": [],
    "VALUE_PLACEHOLDER": [ASKED],
    "VALUE_QUOTED": BY_TOKEN,
    "VALUE_SERVER_URL": BY_TOKEN,
    "VALUE_SWAPPED": BY_TOKEN,
}


REAL_HOSTS = {
    "registry-1.docker.io",
    "auth.docker.io",
    "ghcr.io",
    "api.github.com",
    "octoteam.azurecr.io",
    "111122223333.dkr.ecr.eu-west-1.amazonaws.com",
    "api.ecr.eu-west-1.amazonaws.com",
    "gcr.io",
    "europe-west1-docker.pkg.dev",
}
"""Some of the names that belong to somebody: nobody there may notice the demo."""

HEALTHY = {"DOCKERHUB", "ECR", "GHCR", "HEALTHY_BASIC", "HEALTHY_BEARER"}

_listeners: list[list[tuple[str, Any]]] = []
_readers: list[list[str]] = []


def _overhear(event: str, details: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        for listener in _listeners:
            listener.append((event, details[1] if event == "socket.connect" else details[0]))


def _see_opened(event: str, details: tuple[Any, ...]) -> None:
    if event == "open":
        for reader in _readers:
            reader.append(os.fsdecode(details[0]) if isinstance(details[0], str | bytes) else "")


sys.addaudithook(_overhear)
sys.addaudithook(_see_opened)


class Run:
    """A diagnosis of the demo, and what can be known of it once the demo is over."""

    def __init__(self) -> None:
        self.reached: list[tuple[str, Any]] = []
        """All that this process asked the network for meanwhile: the call of the socket, and the address."""
        with Demo() as demo:
            _listeners.append(self.reached)
            start = time.monotonic()
            self.report = diagnose(demo)
            self.seconds = time.monotonic() - start
            _listeners.remove(self.reached)
            self.variables = demo.variables
            self.overrides = demo.settings(Settings()).overrides
            self.requests = {demo_set.id: demo.requests(demo_set.id) for demo_set in SETS}


def diagnose(demo: Demo) -> Report:
    *_, last = Diagnosis(demo.variables, demo.settings(Settings()), demo.environ).run()
    assert isinstance(last, Finished)
    return last.report


def verdicts(report: Report) -> dict[str, str | None]:
    return {
        result.secret_set.id: result.findings[0].cause if result.findings else None for result in report.sets
    }


def findings(run: Run, set_id: str) -> tuple[Finding, ...]:
    return next(result.findings for result in run.report.sets if result.secret_set.id == set_id)


def said_of(run: Run, set_id: str) -> list[str]:
    result = next(result for result in run.report.sets if result.secret_set.id == set_id)
    return [check.detail for check in result.checks if check.detail]


def without_hosts(requests: tuple[Request, ...]) -> list[tuple[str, str, str | None]]:
    return [(request.method, request.path, request.credential) for request in requests]


def secret_parts(password: str) -> tuple[str, ...]:
    """What of a password is secret: of a key file no more than the key, for the rest are ordinary words."""
    if not password.startswith("{"):
        return (password,)
    key = json.loads(password)
    return (*key["private_key"].splitlines()[1:-1], key["private_key_id"])


def passwords(run: Run) -> Iterator[tuple[str, str]]:
    """Every user name and password of the demo, those that its registries take included."""
    for result in run.report.sets:
        yield result.secret_set.text("user"), result.secret_set.text("password")
    for demo_set in SETS:
        conduct = demo_set.peer.conduct
        if isinstance(conduct, AsksForPassword | AsksForToken):
            yield from conduct.accounts.items()


@pytest.fixture(scope="module")
def run() -> Run:
    return Run()


@pytest.mark.parametrize("demo_set", SETS, ids=lambda demo_set: demo_set.id)
def test_the_diagnosis_gives_every_set_the_verdict_that_the_table_says(run: Run, demo_set: DemoSet) -> None:
    result = next(result for result in run.report.sets if result.secret_set.id == demo_set.id)
    assert verdicts(run.report)[demo_set.id] == demo_set.verdict
    assert any(finding.verified for finding in result.findings) == demo_set.mended
    assert [check.name for check in result.checks if check.status == "crashed"] == []


def test_the_healthy_sets_are_proved_to_log_in(run: Run) -> None:
    proved = {result.secret_set.id for result in run.report.sets if result.proved and not result.findings}
    assert proved == {demo_set.id for demo_set in SETS if demo_set.verdict is None} == HEALTHY


def test_the_registries_that_the_documentation_names_are_there_under_their_own_names(run: Run) -> None:
    shown = {result.registry for result in run.report.sets}
    assert {"dockerhub", "ghcr", "acr", "ecr", "gcr", "gar"} <= shown
    kinds = {result.credential.kind for result in run.report.sets if result.credential}
    assert {"aws-access-key", "ecr-token"} <= kinds
    assert {override.host for override in run.overrides} >= REAL_HOSTS


def test_the_sets_of_a_vendor_are_named_after_it() -> None:
    vendors = {demo_set.id: recognise(demo_set.peer.host) for demo_set in SETS}
    for set_id, registry in vendors.items():
        assert registry is PLAIN or set_id.split("_")[0] == registry.identifier


def test_the_pulls_that_docker_hub_has_left_are_shown(run: Run) -> None:
    assert "76 of 100 pulls left in 6 h" in "\n".join(said_of(run, "DOCKERHUB"))


def test_the_registry_at_azure_whose_user_is_wrong_would_take_the_right_one(run: Run) -> None:
    fixes = [fix for finding in findings(run, "ACR_WRONG_USER") for fix in finding.fixes]
    assert [(fix.action, fix.value) for fix in fixes] == [("set", "00000000-0000-0000-0000-000000000000")]


def test_the_token_that_ends_soon_ends_two_days_after_the_demo_began(run: Run) -> None:
    assert "in 2 days" in findings(run, "GHCR_EXPIRES_SOON")[0].title


def test_a_retired_registry_that_still_takes_the_login_is_worth_a_remark_only(run: Run) -> None:
    assert [finding.severity for finding in findings(run, "GCR")] == ["info"]
    assert findings(run, "GCR_SHUT_DOWN")[0].severity == "error"


def test_the_variable_of_no_set_is_a_finding_of_its_own(run: Run) -> None:
    assert [finding.cause for finding in run.report.findings] == ["name-no-identifier"] * len(STRAYS)


@pytest.mark.parametrize("set_id", REQUESTS)
def test_no_registry_is_asked_more_often_than_needed(run: Run, set_id: str) -> None:
    asked = without_hosts(run.requests[set_id])
    assert sorted(map(str, asked)) == sorted(map(str, REQUESTS[set_id]))
    # Images come after their set, beside one another.
    of_the_set = [request for request in REQUESTS[set_id] if request not in (*IMAGE_PULLED, *IMAGE_REFUSED)]
    assert [request for request in asked if request in of_the_set][: len(of_the_set)] == of_the_set


def test_every_image_of_the_workspace_is_told_as_promised(run: Run) -> None:
    told = {
        result.image.reference: (result.set_id, result.findings[0].cause if result.findings else None)
        for result in run.report.images
    }
    assert told == IMAGES
    assert {result.proved for result in run.report.images if not result.findings} == {True}
    assert all(result.image.location for result in run.report.images)


def test_an_image_of_any_other_registry_stays_on_this_machine() -> None:
    reached: list[tuple[str, Any]] = []
    with Demo() as demo:
        target = Target(images=("quay.io/octo/app:1", "localhost:5000/x:1"), images_alone=True)
        settings = demo.aimed(demo.settings(Settings()), target)
        _listeners.append(reached)
        try:
            *_, last = Diagnosis(demo.variables, settings, demo.environ).run()
        finally:
            _listeners.remove(reached)
    assert isinstance(last, Finished)
    assert [result.findings[0].cause for result in last.report.images] == ["tcp-refused"] * 2
    assert last.report.sets == ()
    assert {entry[0] for entry in reached} == {"socket.connect"}
    assert {entry[1][0] for entry in reached} == {"127.0.0.1"}
    assert 5000 not in {entry[1][1] for entry in reached}


def test_neither_workspace_nor_home_nor_docker_of_the_user_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".devcontainer.json").write_text('{"image": "ghcr.io/mona/private:1"}')
    (tmp_path / "config.json").write_text(
        '{"auths": {"ghcr.io": {"auth": "b2N0b2NhdDpvdGhlci1wYXNzd29yZA=="}}}'
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    opened: list[str] = []
    _readers.append(opened)
    try:
        with Demo() as demo:
            report = diagnose(demo)
    finally:
        _readers.remove(opened)
    assert {result.image.reference for result in report.images} == IMAGES.keys()
    assert opened
    assert [path for path in opened if path.startswith(str(tmp_path))] == []


def test_the_requests_of_every_set_are_counted() -> None:
    assert REQUESTS.keys() == {demo_set.id for demo_set in SETS}


def test_a_token_service_on_another_host_of_the_same_site_is_asked_under_its_name(run: Run) -> None:
    asked = [(request.host, request.path) for request in run.requests["HEALTHY_BEARER"]]
    assert ("auth.example.com", "/token") in asked


def test_a_token_service_on_a_strange_host_is_asked_nothing(run: Run) -> None:
    assert [request.host for request in run.requests["LOGIN_STRANGE_TOKEN_HOST"]] == ["strange.example.com"]


def test_a_key_of_aws_is_exchanged_at_the_api_of_its_region(run: Run) -> None:
    exchanges = [request.host for request in run.requests["ECR"] if request.method == "POST"]
    assert exchanges == ["api.ecr.eu-west-1.amazonaws.com"]


def test_github_is_asked_of_a_token_at_the_api_of_its_site(run: Run) -> None:
    asked = {
        set_id: next(request.host for request in run.requests[set_id] if request.path == "/user")
        for set_id in ("GHCR", "GHCR_MISSING_SCOPE")
    }
    assert asked == {"GHCR": "api.github.com", "GHCR_MISSING_SCOPE": "api.octo-team.ghe.com"}


def test_nothing_leaves_the_machine(run: Run) -> None:
    assert len(run.reached) > len(SETS)
    elsewhere = [entry for entry in run.reached if entry[0] != "socket.connect" or entry[1][0] != "127.0.0.1"]
    assert elsewhere == []


def test_no_password_of_the_demo_is_in_the_report(run: Run) -> None:
    shown = rendered(run.report)
    for user, password in set(passwords(run)):
        encoded = base64.b64encode(f"{user}:{password}".encode()).decode()
        assert encoded not in shown
        if password:
            assert f'"{password}"' not in shown
        for secret in secret_parts(password):
            for at in range(len(secret) - WINDOW + 1):
                assert secret[at : at + WINDOW] not in shown


def test_a_run_ends_soon_after_the_timeout(run: Run) -> None:
    assert run.seconds < TIMEOUT + 1


def test_the_table_is_in_the_order_of_the_report(run: Run) -> None:
    assert [demo_set.id for demo_set in SETS] == [result.secret_set.id for result in run.report.sets]


def test_every_host_belongs_to_one_registry() -> None:
    owners = {(host, demo_set.peer.host) for demo_set in SETS for host in demo_set.peer.hosts}
    peers = {demo_set.peer.host: demo_set.peer for demo_set in SETS}
    assert len(owners) == len({host for host, _ in owners})
    assert all(demo_set.peer is peers[demo_set.peer.host] for demo_set in SETS)


def test_two_demos_run_at_once_without_meeting() -> None:
    with Demo() as one, Demo() as other, ThreadPoolExecutor(2) as pool:
        reports = tuple(pool.map(diagnose, (one, other)))
        asked = [without_hosts(demo.requests("HEALTHY_BEARER")) for demo in (one, other)]
    expected = {demo_set.id: demo_set.verdict for demo_set in SETS}
    assert [verdicts(report) for report in reports] == [expected, expected]
    assert asked == [BY_TOKEN, BY_TOKEN]


def test_the_demo_needs_no_name_service_and_no_address_but_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("a name was looked up")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with Demo() as demo:
        overrides = demo.settings(Settings()).overrides
        assert {override.address for override in overrides} == {"127.0.0.1"}
        assert {override.host for override in overrides} == {host for s in SETS for host in s.peer.hosts}
        only = Settings(only=("HEALTHY_BEARER",))
        *_, last = Diagnosis(demo.variables, demo.settings(only), demo.environ).run()
    assert isinstance(last, Finished)
    assert last.report.sets[0].proved


def test_a_shorter_timeout_of_the_user_is_kept() -> None:
    with Demo() as demo:
        assert demo.settings(Settings(timeout=1.0)).timeout == 1.0
        assert demo.settings(Settings(timeout=60.0)).timeout == TIMEOUT
        assert demo.settings(Settings(engine="docker")).engine == "direct"


def test_the_demo_starts_at_once() -> None:
    def seconds_to_start() -> float:
        start = time.monotonic()
        with Demo():
            return time.monotonic() - start

    # The first one also loads modules, and a busy machine may pause any of them.
    assert min(seconds_to_start() for _ in range(4)) < 0.1


@pytest.mark.parametrize("set_id", ["HEALTHY_BASIC", "TLS_PLAIN_HTTP", "NETWORK_SILENT", "REGISTRY_SLOW"])
def test_the_demo_stops_at_once_while_a_client_hangs(set_id: str) -> None:
    with Demo() as demo:
        settings = demo.settings(Settings())
        host = next(demo_set.peer.host for demo_set in SETS if demo_set.id == set_id)
        override = next(override for override in settings.overrides if override.host == host)
        client = socket.create_connection((override.address, override.to_port), timeout=2)
        if set_id == "REGISTRY_SLOW":
            client = ssl.create_default_context(cafile=settings.ca_file).wrap_socket(
                client, server_hostname=host
            )
            client.sendall(b"GET /v2/ HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.05)
        start = time.monotonic()
    assert time.monotonic() - start < 0.5
    assert client.recv(1) == b""
    client.close()


def test_a_request_whose_body_comes_later_is_answered_once_it_is_whole() -> None:
    with Demo() as demo:
        settings = demo.settings(Settings())
        api = "api.ecr.eu-west-1.amazonaws.com"
        override = next(override for override in settings.overrides if override.host == api)
        context = ssl.create_default_context(cafile=settings.ca_file)
        with (
            socket.create_connection((override.address, override.to_port), timeout=2) as plain,
            context.wrap_socket(plain, server_hostname=api) as client,
        ):
            client.sendall(f"POST / HTTP/1.1\r\nHost: {api}\r\nContent-Length: 4\r\n\r\n{{".encode())
            time.sleep(0.1)
            assert demo.requests("ECR") == ()
            client.sendall(b"  }HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
            answers = b""
            while answers.count(b"\r\n\r\n") < 2:
                answers += client.recv(65536)
    assert [request.method for request in demo.requests("ECR")] == ["POST", "HEAD"]
    assert b"UnknownOperationException" in answers
    assert answers.endswith(b"\r\n\r\n"), "HEAD has no body"


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="open files are counted by /proc")
def test_the_demo_leaves_no_thread_and_no_open_file_behind() -> None:
    before = len(os.listdir("/proc/self/fd"))
    with Demo() as demo:
        *_, _last = Diagnosis(
            demo.variables, demo.settings(Settings(only=("HEALTHY_BASIC",))), demo.environ
        ).run()
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("regdoctor-demo")] == []
    assert len(os.listdir("/proc/self/fd")) == before
