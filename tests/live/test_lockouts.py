"""Nobody is locked out: how often a credential is sent, counted by the registries that get it."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from regdoctor.codespace.kept import Kept, KeptVariable
from regdoctor.diagnosis import Diagnosis
from regdoctor.model import Finished, Report
from regdoctor.probes.refusals import Refusals
from regdoctor.registries import Registry, registries
from regdoctor.secret import Secret
from regdoctor.settings import Override, Settings
from tests.lab import handlers
from tests.lab.certificates import Authority, Certificate
from tests.lab.engine import Engine
from tests.lab.handlers import Bearer
from tests.lab.peers import Peer, Session
from tests.lab.scripted import Answer, Handler, ScriptedRegistry
from tests.lab.vendors import github_api as api
from tests.lab.vendors.vendor import made_up
from tests.live.running import NO_ENGINE, NOBODYS, variables_of

if TYPE_CHECKING:
    from regdoctor.model import EngineMode

HOST, OTHER = "registry.example.com", "mirror.example.com"
USER, PASSWORD = "octocat", "quartz-Velvet7+Onion"
GOOD, BAD = (USER, PASSWORD), (USER, NOBODYS)
IMAGES = ("team/app:1", "team/web:1", "team/db:1")

SPELLINGS = (
    HOST,
    HOST.upper(),
    f"https://{HOST}",
    f"https://{HOST}/",
    f"{HOST}/team/app",
    f"{HOST}/v2/",
    f"{HOST}:443",
    f"{HOST}.",
    f"  {HOST}\n",
)
"""Ways to write one server, which people do."""

Gate = Callable[[], Handler]
GATES: dict[str, Gate] = {
    "basic": lambda: handlers.basic({USER: PASSWORD}, images=IMAGES),
    "token": lambda: Bearer({USER: PASSWORD}, images=IMAGES),
}


@pytest.fixture(params=GATES)
def registry(request: pytest.FixtureRequest, authority: Authority) -> Iterator[ScriptedRegistry]:
    """Lets one user in, by Basic and by tokens."""
    with ScriptedRegistry(GATES[request.param](), authority.issue(HOST, OTHER)) as running:
        yield running


def run(
    registry: ScriptedRegistry | Peer,
    authority: Authority,
    variables: Mapping[str, str],
    *,
    environ: Mapping[str, str] | None = None,
    kept: Kept | None = None,
    refusals: Refusals | None = None,
    routes: tuple[Override, ...] = (),
    **more: Any,
) -> Report:
    """The report of a run in which both names lead to the registry."""
    overrides = (*(Override(name, 443, registry.host, registry.port) for name in (HOST, OTHER)), *routes)
    settings = Settings(timeout=10, ca_file=authority.ca_file, overrides=overrides).but(**more)
    secrets = {name: Secret(value) for name, value in variables.items()}
    around = {"DOCKER_HOST": NO_ENGINE, **(environ or {})}
    *_, last = Diagnosis(secrets, settings, around, kept=kept, refusals=refusals).run()
    assert isinstance(last, Finished)
    return last.report


def sent(*registries: ScriptedRegistry) -> Counter[tuple[str, str]]:
    """How often each user and password was shown to registries and their token services."""
    return Counter(request.basic for each in registries for request in each.requests if request.basic)


def many_sets(user: str, password: str, servers: tuple[str, ...] = SPELLINGS) -> dict[str, str]:
    """A set for each spelling of the server, all with one credential."""
    variables: dict[str, str] = {}
    for number, server in enumerate(servers):
        variables |= variables_of(server, user, password, f"SET{number}")
    return variables


def docker_has(folder: Path, host: str, user: str, password: str) -> dict[str, str]:
    """The environment in which docker keeps this login."""
    auth = base64.b64encode(f"{user}:{password}".encode()).decode()
    (folder / "config.json").write_text(json.dumps({"auths": {host: {"auth": auth}}}))
    return {"DOCKER_CONFIG": str(folder)}


def all_images(host: str = HOST) -> tuple[str, ...]:
    return tuple(f"{host}/{image}" for image in IMAGES)


# Refused


def test_a_refused_credential_is_sent_once_for_all_sets_spellings_and_images(
    registry: ScriptedRegistry, authority: Authority
) -> None:
    report = run(registry, authority, many_sets(*BAD), images=all_images())
    for result in report.sets:
        assert "bad-credentials" in [finding.cause for finding in result.findings]
    assert [image.checks[0].status for image in report.images] == ["skipped"] * len(IMAGES)
    assert sent(registry) == {BAD: 1}


@pytest.mark.parametrize(("user", "password"), [(f" {USER}", NOBODYS), (USER, f"{NOBODYS}\r\n")])
def test_what_docker_trims_makes_no_other_credential(
    registry: ScriptedRegistry, authority: Authority, user: str, password: str
) -> None:
    variables = variables_of(HOST, *BAD, "ONE") | variables_of(HOST, user, password, "TWO")
    run(registry, authority, variables)
    assert sent(registry) == {BAD: 1}


def test_a_mend_that_leaves_the_credential_as_it_is_sends_nothing_more(
    registry: ScriptedRegistry, authority: Authority
) -> None:
    report = run(registry, authority, variables_of(f"https://{HOST}/team/app", *BAD))
    assert report.sets[0].findings[0].cause == "bad-credentials"
    assert sent(registry) == {BAD: 1}


def test_a_mend_of_the_password_is_sent_once_and_so_is_the_password_as_it_was_given(
    registry: ScriptedRegistry, authority: Authority
) -> None:
    quoted = f'"{NOBODYS}"'
    variables = variables_of(HOST, USER, quoted, "ONE") | variables_of(HOST, USER, quoted, "TWO")
    run(registry, authority, variables | variables_of(HOST, *BAD, "BARE"))
    assert sent(registry) == {BAD: 1, (USER, quoted): 1}


def test_near_misses_do_not_send_it_again(registry: ScriptedRegistry, authority: Authority) -> None:
    variables = {
        **variables_of(HOST, *BAD, "WHOLE"),
        "TEAM_CONTAINER_REGISTRY_SERVER": HOST,
        "TEAM_CONTAINER_REGISTRY_USERNAME": USER,
        "TEAM_CONTAINER_REGISTRY_TOKEN": NOBODYS,
        "STRAY_CONTAINERREGISTRY_SERVER": HOST,
        "STRAY_CONTAINERREGISTRY_USER": USER,
        "STRAY_CONTAINERREGISTRY_PASSWORD": NOBODYS,
    }
    run(registry, authority, variables)
    assert sent(registry) == {BAD: 1}


def test_near_misses_alone_are_tried_once(registry: ScriptedRegistry, authority: Authority) -> None:
    variables = {
        "TEAM_CONTAINER_REGISTRY_SERVER": HOST,
        "TEAM_CONTAINER_REGISTRY_USERNAME": USER,
        "TEAM_CONTAINER_REGISTRY_TOKEN": NOBODYS,
        "STRAY_CONTAINERREGISTRY_SERVER": HOST.upper(),
        "STRAY_CONTAINERREGISTRY_USER": USER,
        "STRAY_CONTAINERREGISTRY_PASSWORD": NOBODYS,
    }
    run(registry, authority, variables)
    assert sent(registry) == {BAD: 1}


def test_dockers_own_login_is_not_sent_where_it_is_the_same(
    registry: ScriptedRegistry, authority: Authority, tmp_path: Path
) -> None:
    # The set lacks its password's right name, so that images are pulled with docker's login.
    variables = {
        "TEAM_CONTAINER_REGISTRY_SERVER": f"https://{HOST}",
        "TEAM_CONTAINER_REGISTRY_USER": USER,
        "TEAM_CONTAINER_REGISTRY_TOKEN": NOBODYS,
    }
    stored = docker_has(tmp_path, f"https://{HOST}/v1/", *BAD)
    report = run(registry, authority, variables, environ=stored, images=all_images())
    assert [image.findings[0].cause for image in report.images] == ["bad-credentials"] * len(IMAGES)
    assert "docker's login" in report.images[0].findings[0].evidence[-1]
    assert sent(registry) == {BAD: 1}


def test_a_kept_value_is_not_sent_where_it_is_the_same_credential(
    registry: ScriptedRegistry, authority: Authority
) -> None:
    given = variables_of(HOST, *BAD)
    newer = variables_of(f"https://{HOST}/", USER, f" {NOBODYS} ")
    kept = Kept(changed=tuple(KeptVariable(name, Secret(value), "file") for name, value in newer.items()))
    run(registry, authority, given, kept=kept)
    assert sent(registry) == {BAD: 1}


def test_registries_that_share_a_token_service_send_it_once(authority: Authority) -> None:
    gate = Bearer({USER: PASSWORD}, realm=f"https://{HOST}/token")
    with ScriptedRegistry(gate, authority.issue(HOST, OTHER)) as registry:
        variables = variables_of(HOST, *BAD, "ONE") | variables_of(OTHER, *BAD, "TWO")
        report = run(registry, authority, variables)
        assert [result.findings[0].cause for result in report.sets] == ["bad-credentials"] * 2
        assert sent(registry) == {BAD: 1}
        good = run(registry, authority, variables_of(HOST, *GOOD, "ONE") | variables_of(OTHER, *GOOD, "TWO"))
    assert [result.proved for result in good.sets] == [True, True]
    # The registry that did not hand out the token was asked what it is worth there.
    hosts = [request.headers["host"] for request in registry.requests if request.bearer]
    assert sorted(hosts) == [OTHER, HOST]


CHALLENGES = {
    "basic": b'Basic realm="lab"',
    "token": f'Bearer realm="https://{HOST}/token",service="lab"'.encode(),
}


def answer_of(status: bytes, *headers: bytes) -> bytes:
    """An answer without a body, after which the connection stays open as far as anybody is told."""
    return b"\r\n".join((b"HTTP/1.1 " + status, *headers, b"Content-Length: 0", b"", b""))


def conversation(
    certificate: Certificate, logins: list[bytes], reply: Callable[[bytes], tuple[bytes, bool]]
) -> Peer:
    """Answers each request with some bytes, and hangs up where it is told to, without saying so.

    The requests that show it a user and a password are noted among the `logins`.
    """
    context = certificate.server_context()

    def behave(session: Session) -> None:
        session.start_tls(context)
        received, stays = session.connection.received, True
        while stays:
            received.clear()
            session.receive_request()
            if not received:
                return
            if b"Authorization: Basic " in received:
                logins.append(bytes(received))
            answer, stays = reply(bytes(received))
            session.send(answer)

    return Peer(behave)


@pytest.mark.parametrize("way", CHALLENGES)
def test_a_host_that_hangs_up_on_a_credential_does_not_get_it_again(authority: Authority, way: str) -> None:
    """It may have counted: the same request over a new connection would be a second attempt."""
    challenge = answer_of(b"401 Unauthorized", b"WWW-Authenticate: " + CHALLENGES[way])

    def reply(request: bytes) -> tuple[bytes, bool]:
        return (b"", False) if b"Authorization: Basic " in request else (challenge, True)

    logins: list[bytes] = []
    with conversation(authority.issue(HOST), logins, reply) as peer:
        report = run(peer, authority, variables_of(HOST, *BAD))
    assert report.sets[0].findings[0].cause == "tcp-reset"
    assert len(logins) == 1


def test_a_connection_that_was_closed_unannounced_costs_no_login(authority: Authority) -> None:
    challenge = answer_of(b"401 Unauthorized", b"WWW-Authenticate: " + CHALLENGES["basic"])

    def reply(request: bytes) -> tuple[bytes, bool]:
        if b"Authorization: Basic " in request:
            return answer_of(b"200 OK", b"Docker-Distribution-Api-Version: registry/2.0"), False
        return challenge, False

    logins: list[bytes] = []
    with conversation(authority.issue(HOST), logins, reply) as peer:
        report = run(peer, authority, variables_of(HOST, *GOOD))
    assert report.sets[0].proved
    assert len(logins) == 1


def test_a_token_that_github_does_not_know_is_shown_once_for_all_packages(authority: Authority) -> None:
    images, own = tuple(f"ghcr.io/octo/app{number}:1" for number in range(8)), "ghu_" + made_up(36)
    with (
        api.github_api(authority, {}) as github,
        ScriptedRegistry(
            Bearer({"codespace": own}, grants={"codespace": ()}), authority.issue("ghcr.io")
        ) as registry,
    ):
        routes = (*github.overrides, Override("ghcr.io", 443, registry.host, registry.port))
        environ = {"CODESPACES": "true", "REGDOCTOR_TOKEN": "ghp_" + made_up(36), "GITHUB_TOKEN": own}
        run(registry, authority, {}, environ=environ, routes=routes, images=images)
        assert len(github.all_requests) == 1


# Good


def test_a_good_credential_is_used_once_for_the_login_and_as_needed_for_each_image(
    registry: ScriptedRegistry, authority: Authority
) -> None:
    report = run(registry, authority, many_sets(*GOOD), images=all_images())
    assert all(result.status != "error" for result in report.sets[:-1])
    assert all(image.proved for image in report.images)
    shown: Counter[str] = Counter()
    for request in registry.requests:
        if request.basic:
            assert request.basic == GOOD
            shown[request.path] += 1
    if "/token" in shown:
        # One token for the login, and one for each repository.
        assert shown == {"/token": 1 + len(IMAGES)}
    else:
        # Basic credentials go with every request: the login, and what is asked of each image, once.
        assert shown["/v2/"] == 1
        assert set(shown.values()) == {1}


def test_a_mend_that_makes_it_good_is_sent_once(registry: ScriptedRegistry, authority: Authority) -> None:
    report = run(registry, authority, variables_of(HOST, USER, f"'{PASSWORD}'"))
    assert (report.sets[0].findings[0].cause, report.sets[0].findings[0].verified) == ("value-quoted", True)
    assert sent(registry) == {GOOD: 1}


# The real Engine


@pytest.fixture(params=GATES)
def plain_registry(request: pytest.FixtureRequest) -> Iterator[ScriptedRegistry]:
    """The same without TLS, which an Engine speaks to this machine alone."""
    with ScriptedRegistry(GATES[request.param]()) as running:
        yield running


def with_engine(
    engine: Engine,
    registry: ScriptedRegistry,
    variables: Mapping[str, str],
    mode: EngineMode,
    refusals: Refusals | None = None,
) -> Report:
    secrets = {name: Secret(value) for name, value in variables.items()}
    environ = {"DOCKER_HOST": engine.docker_host}
    *_, last = Diagnosis(secrets, Settings(engine=mode, timeout=10), environ, refusals=refusals).run()
    assert isinstance(last, Finished)
    return last.report


def test_the_engine_uses_a_good_credential_once_more(
    engine: Engine, plain_registry: ScriptedRegistry
) -> None:
    here = plain_registry.address
    spellings = (here, f"http://{here}", f"{here}/team")
    report = with_engine(engine, plain_registry, many_sets(*GOOD, spellings), "auto")
    assert [result.checks[-1].status for result in report.sets] == ["ok"] * 3
    assert sent(plain_registry) == {GOOD: 2}
    ours = [r for r in plain_registry.with_credentials if "regdoctor" in r.headers["user-agent"] and r.basic]
    assert len(ours) == 1


def test_the_engine_does_not_get_a_refused_credential(
    engine: Engine, plain_registry: ScriptedRegistry
) -> None:
    here = plain_registry.address
    report = with_engine(engine, plain_registry, many_sets(*BAD, (here, f"http://{here}")), "auto")
    assert [result.checks[-1].status for result in report.sets] == ["skipped"] * 2
    assert sent(plain_registry) == {BAD: 1}


def test_the_engine_alone_gets_it_once_however_the_server_is_written(
    engine: Engine, plain_registry: ScriptedRegistry
) -> None:
    here = plain_registry.address
    spellings = (here, f"http://{here}", f"{here}/team", f" {here} ")
    report = with_engine(engine, plain_registry, many_sets(*BAD, spellings), "docker")
    for result in report.sets:
        assert "bad-credentials" in [finding.cause for finding in result.findings]
    assert sent(plain_registry) == {BAD: 1}


# From one run to the next


HUB, HUB_TOKENS = "registry-1.docker.io", "auth.docker.io"


@pytest.fixture
def hub_gate() -> Bearer:
    return Bearer({USER: PASSWORD}, realm=f"https://{HUB_TOKENS}/token", service="registry.docker.io")


@pytest.fixture
def hub(hub_gate: Bearer, authority: Authority) -> Iterator[ScriptedRegistry]:
    """Docker Hub, which locks accounts."""
    with ScriptedRegistry(hub_gate, authority.issue(HUB, HUB_TOKENS)) as running:
        yield running


def run_at_hub(
    hub: ScriptedRegistry,
    authority: Authority,
    password: str,
    refusals: Refusals,
    *,
    environ: Mapping[str, str] | None = None,
    server: str = "https://index.docker.io/v1/",
    **more: Any,
) -> Report:
    routes = tuple(Override(name, 443, hub.host, hub.port) for name in (HUB, HUB_TOKENS))
    variables = variables_of(server, USER, password, "HUB") if password else {}
    return run(
        hub, authority, variables, environ=environ, refusals=refusals, routes=routes, engine="direct", **more
    )


def test_a_registry_that_locks_is_not_sent_a_refused_credential_in_a_later_run(
    hub: ScriptedRegistry, authority: Authority
) -> None:
    refusals = Refusals()
    first = run_at_hub(hub, authority, NOBODYS, refusals).sets[0]
    for server in ("https://index.docker.io/v1/", "docker.io", "index.docker.io"):
        later = run_at_hub(hub, authority, NOBODYS, refusals, server=server).sets[0]
        assert later.findings[0].cause == first.findings[0].cause == "bad-credentials"
        assert later.findings[0].evidence[:-1] == first.findings[0].evidence
        assert "not sent to it again: Docker Hub locks" in later.findings[0].evidence[-1]
        assert not later.proved
    assert sent(hub) == {BAD: 1}


def test_a_mend_that_was_refused_is_not_sent_in_a_later_run(
    hub: ScriptedRegistry, authority: Authority
) -> None:
    refusals, quoted = Refusals(), f'"{NOBODYS}"'
    for _ in range(2):
        run_at_hub(hub, authority, quoted, refusals)
    assert sent(hub) == {BAD: 1, (USER, quoted): 1}


def test_an_image_does_not_get_it_sent_in_a_later_run(
    hub: ScriptedRegistry, authority: Authority, tmp_path: Path
) -> None:
    refusals = Refusals()
    run_at_hub(hub, authority, NOBODYS, refusals)
    run_at_hub(hub, authority, NOBODYS, refusals, images=("octo/app:1",), images_alone=True)
    stored = docker_has(tmp_path, "https://index.docker.io/v1/", *BAD)
    report = run_at_hub(hub, authority, "", refusals, environ=stored, images=("octo/app:1",))
    assert report.images[0].findings[0].cause == "bad-credentials"
    assert sent(hub) == {BAD: 1}


def test_it_is_sent_again_where_that_is_wanted_and_forgotten_once_it_is_accepted(
    hub: ScriptedRegistry, hub_gate: Bearer, authority: Authority
) -> None:
    refusals = Refusals()
    run_at_hub(hub, authority, NOBODYS, refusals)
    again = run_at_hub(hub, authority, NOBODYS, refusals, resend=True).sets[0]
    assert "not sent" not in "".join(again.findings[0].evidence)
    assert sent(hub) == {BAD: 2}
    hub_gate.users[USER] = NOBODYS
    assert not run_at_hub(hub, authority, NOBODYS, refusals).sets[0].proved
    assert run_at_hub(hub, authority, NOBODYS, refusals, resend=True).sets[0].proved
    assert run_at_hub(hub, authority, NOBODYS, refusals).sets[0].proved
    assert sent(hub) == {BAD: 4}


def test_another_credential_is_sent(hub: ScriptedRegistry, authority: Authority) -> None:
    refusals = Refusals()
    run_at_hub(hub, authority, NOBODYS, refusals)
    assert run_at_hub(hub, authority, PASSWORD, refusals).sets[0].proved
    assert sent(hub) == {BAD: 1, GOOD: 1}


def test_a_registry_that_is_not_known_to_lock_is_asked_in_every_run(
    registry: ScriptedRegistry, authority: Authority
) -> None:
    refusals = Refusals()
    for _ in range(2):
        run(registry, authority, variables_of(HOST, *BAD), refusals=refusals)
    assert sent(registry) == {BAD: 2}


def test_a_registry_that_has_just_locked_is_not_asked_again(authority: Authority) -> None:
    locked = handlers.error(429, "TOOMANYREQUESTS", "too many failed login attempts for username")
    refusals = Refusals()
    with ScriptedRegistry(handlers.basic({}, refusal=locked), authority.issue(HOST)) as registry:
        reports = [run(registry, authority, variables_of(HOST, *BAD), refusals=refusals) for _ in range(2)]
    assert [report.sets[0].findings[0].cause for report in reports] == ["account-locked"] * 2
    assert sent(registry) == {BAD: 1}


def test_trouble_of_the_registry_is_no_refusal(authority: Authority) -> None:
    gate = handlers.basic({}, realm="Artifactory Realm", refusal=Answer(503))
    refusals = Refusals()
    with ScriptedRegistry(gate, authority.issue(HOST)) as registry:
        for _ in range(2):
            run(registry, authority, variables_of(HOST, *BAD), refusals=refusals)
    assert sent(registry) == {BAD: 2}


def test_the_engine_does_not_send_it_in_a_later_run(engine: Engine) -> None:
    refusals = Refusals()
    with ScriptedRegistry(handlers.basic({}, realm="Artifactory Realm")) as registry:
        for _ in range(2):
            report = with_engine(engine, registry, variables_of(registry.address, *BAD), "docker", refusals)
            assert report.sets[0].findings[0].cause == "bad-credentials"
    assert "not sent to it again: JFrog Artifactory suspends" in report.sets[0].findings[0].evidence[-1]
    assert sent(registry) == {BAD: 1}


def test_githubs_api_is_not_shown_a_refused_token_in_a_later_run(authority: Authority) -> None:
    refusals, token = Refusals(), "ghp_" + made_up(36)
    variables = variables_of("ghcr.io", USER, token, "GHCR")
    with (
        api.github_api(authority, {}) as github,
        ScriptedRegistry(Bearer({}), authority.issue("ghcr.io")) as registry,
    ):
        routes = (*github.overrides, Override("ghcr.io", 443, registry.host, registry.port))
        for _ in range(2):
            run(registry, authority, variables, routes=routes, refusals=refusals)
        assert [request.path for request in github.all_requests] == ["/user"]
    assert sent(registry) == {(USER, token): 1}


@pytest.mark.parametrize("known", registries(), ids=lambda known: known.id)
def test_what_a_registry_does_after_failed_logins_ends_a_sentence(known: Registry) -> None:
    if known.locks is not None:
        assert not known.locks.endswith(".")
        assert known.locks[0].islower()
