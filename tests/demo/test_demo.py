"""The demo: what a diagnosis says of its sets, and what their registries are asked meanwhile."""

from __future__ import annotations

import base64
import os
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from regdoctor.demo import TIMEOUT, Demo
from regdoctor.demo.conduct import AsksForPassword, AsksForToken
from regdoctor.demo.server import Request
from regdoctor.demo.sets import SETS, STRAYS, DemoSet
from regdoctor.diagnosis import Diagnosis
from regdoctor.model import Finished, Report
from regdoctor.report import json_report
from regdoctor.secret import WINDOW
from regdoctor.settings import Settings

ASKED = ("GET", "/v2/", None)
PASSWORD_SENT = ("GET", "/v2/", "basic")
TOKEN_REQUEST = ("GET", "/token", "basic")
TOKEN_SENT = ("GET", "/v2/", "bearer")

REFUSED_ONCE = [ASKED, TOKEN_REQUEST]
BY_TOKEN = [ASKED, TOKEN_REQUEST, TOKEN_SENT]
"""One login, at once with the right values: a bad form of them would have cost a request more."""

REQUESTS: dict[str, list[tuple[str, str, str | None]]] = {
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


class Run:
    """A diagnosis of the demo, and what can be known of it once the demo is over."""

    def __init__(self) -> None:
        with Demo() as demo:
            start = time.monotonic()
            self.report = diagnose(demo)
            self.seconds = time.monotonic() - start
            self.requests = {demo_set.id: demo.requests(demo_set.id) for demo_set in SETS}


def diagnose(demo: Demo) -> Report:
    *_, last = Diagnosis(demo.variables, demo.settings(Settings()), demo.environ).run()
    assert isinstance(last, Finished)
    return last.report


def verdicts(report: Report) -> dict[str, str | None]:
    return {
        result.secret_set.id: result.findings[0].cause if result.findings else None for result in report.sets
    }


def without_hosts(requests: tuple[Request, ...]) -> list[tuple[str, str, str | None]]:
    return [(request.method, request.path, request.credential) for request in requests]


def passwords() -> Iterator[tuple[str, str]]:
    """Every user name and password of the demo, those that its registries take included."""
    for demo_set in SETS:
        yield demo_set.values.get("USER", ""), demo_set.values.get("PASSWORD", "")
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
    assert proved == {demo_set.id for demo_set in SETS if demo_set.verdict is None}


def test_the_variable_of_no_set_is_a_finding_of_its_own(run: Run) -> None:
    assert [finding.cause for finding in run.report.findings] == ["name-no-identifier"] * len(STRAYS)


@pytest.mark.parametrize("set_id", REQUESTS)
def test_no_registry_is_asked_more_often_than_needed(run: Run, set_id: str) -> None:
    assert without_hosts(run.requests[set_id]) == REQUESTS[set_id]


def test_the_requests_of_every_set_are_counted() -> None:
    assert REQUESTS.keys() == {demo_set.id for demo_set in SETS}


def test_a_token_service_on_another_host_of_the_same_site_is_asked_under_its_name(run: Run) -> None:
    asked = [(request.host, request.path) for request in run.requests["HEALTHY_BEARER"]]
    assert ("auth.example.com", "/token") in asked


def test_a_token_service_on_a_strange_host_is_asked_nothing(run: Run) -> None:
    assert [request.host for request in run.requests["LOGIN_STRANGE_TOKEN_HOST"]] == ["strange.example.com"]


def test_no_password_of_the_demo_is_in_the_report(run: Run) -> None:
    rendered = json_report.render(run.report, trace=True)
    for user, password in set(passwords()):
        encoded = base64.b64encode(f"{user}:{password}".encode()).decode()
        assert encoded not in rendered
        if password:
            assert f'"{password}"' not in rendered
        for at in range(len(password) - WINDOW + 1):
            assert password[at : at + WINDOW] not in rendered


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


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="open files are counted by /proc")
def test_the_demo_leaves_no_thread_and_no_open_file_behind() -> None:
    before = len(os.listdir("/proc/self/fd"))
    with Demo() as demo:
        *_, _last = Diagnosis(
            demo.variables, demo.settings(Settings(only=("HEALTHY_BASIC",))), demo.environ
        ).run()
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("regdoctor-demo")] == []
    assert len(os.listdir("/proc/self/fd")) == before
