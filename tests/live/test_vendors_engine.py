"""Every vendor's registry, logged in to by our own client and by the real Engine: do both say the same?

The Engine verifies certificates here: the registries listen at addresses that are not loopback.
"""

from __future__ import annotations

import base64
import contextlib
import functools
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal

import pytest

from regdoctor.model import SetResult
from regdoctor.settings import Override
from tests.lab import vendors
from tests.lab.aws import Ecr, EcrPublicRegistry, EcrRegistry, Key
from tests.lab.certificates import Authority
from tests.lab.engine import Engine
from tests.lab.namespace import Namespace
from tests.lab.programs import require
from tests.lab.vendors import HEALTHY, Vendor
from tests.lab.vendors.github import SSO_REQUIRED
from tests.lab.vendors.vendor import ALPHANUMERIC, UPPER, made_up
from tests.live.running import check_of, examine, run_program, variables_of, verdict

if TYPE_CHECKING:
    from regdoctor.model import EngineMode

Make = Callable[[Authority], Vendor]
of = functools.partial
ACCOUNT = "123456789012"


def ecr(authority: Authority, *, pair: Literal["key", "token"], public: bool = False) -> Vendor:
    """ECR with its API, or ECR Public with its own."""
    key = Key("AKIA" + made_up(16, UPPER), made_up(40, ALPHANUMERIC + "+/"), account=ACCOUNT)
    api = Ecr([key])
    service = "ecr-public" if public else "ecr"
    host = "public.ecr.aws" if public else f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com"
    registry = EcrPublicRegistry(api) if public else EcrRegistry(host, api)
    token = api.issue(ACCOUNT, "us-east-1", service=service).password
    # A token of another AWS is good until its time, and unknown here.
    wrong = {"key": made_up(40, ALPHANUMERIC + "+/"), "token": Ecr().issue(ACCOUNT, "us-east-1").password}
    return Vendor(
        authority,
        host,
        {host: registry, f"api.{service}.us-east-1.amazonaws.com": api},
        {"key": (key.id, key.secret), "token": ("AWS", token)},
        pair=pair,
        wrong=wrong[pair],
    )


ALL: dict[str, Make] = {
    **{getattr(make, "__name__", ""): make for make in HEALTHY},
    "ecr by key": of(ecr, pair="key"),
    "ecr by token": of(ecr, pair="token"),
    "ecr public by key": of(ecr, pair="key", public=True),
    "ecr public by token": of(ecr, pair="token", public=True),
}
WARNED = {
    "github_packages": "registry-retired",
    "gcr": "registry-retired",
    "ecr by token": "credential-expires-soon",
    "ecr public by token": "credential-expires-soon",
}
"""What is said of a set that is healthy otherwise."""


@pytest.fixture(scope="module")
def addresses(authority: Authority) -> dict[str, str]:
    """An address for every host of every vendor."""
    hosts = {
        host for make in (*ALL.values(), *(row[1] for row in REFUSALS)) for host in make(authority).hosts
    }
    return {host: f"198.51.100.{number}" for number, host in enumerate(sorted(hosts), 70)}


@pytest.fixture(scope="module")
def namespace(addresses: dict[str, str]) -> Iterator[Namespace]:
    require("ip", "mount", "nsenter", "unshare", namespaces=True)
    with Namespace(hosts=addresses) as namespace:
        yield namespace


@pytest.fixture(scope="module")
def engine(namespace: Namespace, authority: Authority) -> Iterator[Engine]:
    """One dockerd in the namespace, which knows the lab's authority."""
    require("dockerd", "containerd", "setpriv")
    with Engine(launch=namespace.launch, environment={"SSL_CERT_FILE": authority.ca_file}) as engine:
        yield engine


class Clients:
    """Both ways to log in: regdoctor's own client, and the Engine alone."""

    def __init__(self, namespace: Namespace, engine: Engine, addresses: dict[str, str]) -> None:
        self._namespace = namespace
        self._engine = engine
        self._addresses = addresses

    def at_home(self, vendor: Vendor) -> Vendor:
        """A vendor whose hosts listen where both look for them."""
        here = {host: self._addresses[host] for host in vendor.hosts}
        return vendor.at(here, listen=self._namespace.listen)

    def ours(self, vendor: Vendor, password: str) -> SetResult:
        return self._examine(vendor, password, "direct")

    def theirs(self, vendor: Vendor, password: str) -> SetResult:
        return self._examine(vendor, password, "docker")

    def _examine(self, vendor: Vendor, password: str, mode: EngineMode) -> SetResult:
        # Threads that are started in the namespace stay there; its names, however, are its processes' alone.
        overrides = tuple(Override(host, 443, self._addresses[host], 443) for host in vendor.hosts)
        return self._namespace.call(
            lambda: examine(
                vendor.server,
                vendor.user,
                password,
                environ={"DOCKER_HOST": self._engine.docker_host},
                timeout=10,
                ca_file=vendor.ca_file,
                overrides=overrides,
                engine=mode,
            )
        )


@pytest.fixture(scope="module")
def clients(namespace: Namespace, engine: Engine, addresses: dict[str, str]) -> Clients:
    return Clients(namespace, engine, addresses)


def lead(result: SetResult) -> str | None:
    """The cause that leads; that the lab's sets are not called after their registry is no matter here."""
    return next((each.cause for each in result.findings if each.cause not in NAMES), None)


NAMES = ("ecr-name-unusual",)


def credentials_by(vendor: Vendor, ours: bool) -> set[str]:
    """The Basic credentials that came to the registry from our client, or from the Engine."""
    return {
        base64.b64encode(":".join(request.basic).encode()).decode()
        for request in vendor.all_requests
        if request.basic and request.headers.get("user-agent", "").startswith("regdoctor/") == ours
    }


# The healthy pair


@pytest.mark.parametrize("name", ALL)
def test_both_accept_a_pair_that_is_right(clients: Clients, authority: Authority, name: str) -> None:
    with clients.at_home(ALL[name](authority)) as vendor:
        ours = clients.ours(vendor, vendor.password)
        assert credentials_by(vendor, ours=True)
        assert not credentials_by(vendor, ours=False)
        vendor.all_requests.clear()
        theirs = clients.theirs(vendor, vendor.password)
        assert credentials_by(vendor, ours=False)
        assert not credentials_by(vendor, ours=True)
    for result, check in ((ours, "login"), (theirs, "engine")):
        assert check_of(result, check).status in ("ok", "warning"), result.checks
        assert result.status in ("ok", "warning"), result.findings
        assert result.proved
        assert lead(result) == WARNED.get(name)


# A wrong password

REFUSED = {
    "github_packages": "registry-retired",
    "gcr": "registry-retired",
    "ecr by key": "aws-signature-mismatch",
    "ecr public by key": "aws-signature-mismatch",
}
"""What leads where it is not bad-credentials."""
BODY_LOST = ("github_packages", "nexus", "ecr by token")
"""Of a refusal by Basic authentication the Engine shows the status and throws the words away."""


@pytest.mark.parametrize("name", ALL)
def test_both_refuse_a_wrong_password_for_the_same_cause(
    clients: Clients, authority: Authority, name: str
) -> None:
    with clients.at_home(ALL[name](authority)) as vendor:
        ours = clients.ours(vendor, vendor.wrong)
        theirs = clients.theirs(vendor, vendor.wrong)
    for result in (ours, theirs):
        assert (lead(result), result.status, result.proved) == (
            REFUSED.get(name, "bad-credentials"),
            "error",
            False,
        )
    if name in BODY_LOST:
        assert "failed with status: 4" in " ".join(theirs.findings[0].evidence)
    else:
        assert theirs.findings[0].also_possible == ours.findings[0].also_possible


@pytest.mark.parametrize("name", ALL)
def test_the_engine_is_not_asked_for_what_our_client_was_refused(
    clients: Clients, authority: Authority, name: str
) -> None:
    """Neither in the other way: each sends a wrong password once, through one client."""
    with clients.at_home(ALL[name](authority)) as vendor:
        clients.ours(vendor, vendor.wrong)
        assert not credentials_by(vendor, ours=False)
        vendor.all_requests.clear()
        clients.theirs(vendor, vendor.wrong)
        assert not credentials_by(vendor, ours=True)
        sent = [request for request in vendor.all_requests if request.basic]
        assert len(sent) == (0 if name in ("ecr by key", "ecr public by key") else 1)


# Pairs that are right, and refused

REFUSALS: list[tuple[str, Make, str]] = [
    ("Hub, a password", of(vendors.docker_hub, requires_token=True), "token-kind-unsupported"),
    ("Hub, locked", of(vendors.docker_hub, locked=True), "account-locked"),
    ("Hub, expired", of(vendors.docker_hub, expired=True), "token-expired"),
    ("Hub, an organization's", of(vendors.docker_hub, expired=True, organization=True), "token-expired"),
    ("Hub, unverified", of(vendors.docker_hub, unverified=True), "account-locked"),
    ("Hub, without a scope", of(vendors.docker_hub, insufficient_scopes=True), "missing-scope"),
    ("GHCR, dead", of(vendors.ghcr, dead=True), "bad-credentials"),
    ("GHCR, SSO", of(vendors.ghcr, sso=SSO_REQUIRED), "sso-not-authorized"),
    (
        "GHCR, fine-grained",
        of(vendors.ghcr, token="github_pat_" + made_up(22) + "_" + made_up(59)),
        "token-kind-unsupported",
    ),
    ("ACR, admin disabled", of(vendors.acr, admin_disabled=True), "admin-user-disabled"),
    ("ACR, principal expired", of(vendors.acr, pair="principal", sp_expired=True), "token-expired"),
    ("ACR, Entra's words", of(vendors.acr, pair="principal", sp_expired_words=True), "token-expired"),
    (
        "ACR, unknown application",
        of(vendors.acr, pair="principal", unknown_application=True),
        "azure-token-error",
    ),
    ("ACR, firewall", of(vendors.acr, firewall=True), "firewall-denied"),
    ("ACR, firewall at the token", of(vendors.acr, firewall="token"), "firewall-denied"),
    ("GAR, deleted key", of(vendors.gar, deleted_key=True), "bad-credentials"),
    ("GAR, token expired", of(vendors.gar, pair="access_token", token_expired=True), "token-expired"),
    ("GAR, API disabled", of(vendors.gar, api_disabled=True), "gcp-api-disabled"),
    ("gcr.io, shut down", of(vendors.gcr, retired=True), "registry-retired"),
    ("Quay, locked", of(vendors.quay, locked=True), "account-locked"),
    (
        "Quay, plain password",
        of(vendors.quay, pair="user", encrypted_only=True),
        "token-kind-unsupported",
    ),
    ("Quay, disabled", of(vendors.quay, pair="app", disabled=True), "account-locked"),
    ("Quay, owner disabled", of(vendors.quay, owner_disabled=True), "account-locked"),
    ("GitLab, 2FA", of(vendors.gitlab, pair="password", two_factor=True), "token-kind-unsupported"),
    ("GitLab, forbidden", of(vendors.gitlab, forbidden=True), "bad-credentials"),
    ("ICR, private only", of(vendors.icr, private_only=True), "firewall-denied"),
]
"""What refuses the pair of the set, and the cause of it."""


@pytest.mark.parametrize(("make", "cause"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS])
def test_both_name_the_vendor_s_own_reason(
    clients: Clients, authority: Authority, make: Make, cause: str
) -> None:
    with clients.at_home(make(authority)) as vendor:
        ours = clients.ours(vendor, vendor.password)
        theirs = clients.theirs(vendor, vendor.password)
    assert [(verdict(each), each.status, each.proved) for each in (ours, theirs)] == [
        (cause, "error", False)
    ] * 2


def test_a_refusal_without_a_word_is_bad_credentials_by_both(clients: Clients, authority: Authority) -> None:
    with clients.at_home(vendors.harbor(authority, silent=True)) as vendor:
        both = clients.ours(vendor, vendor.wrong), clients.theirs(vendor, vendor.wrong)
    assert [verdict(each) for each in both] == ["bad-credentials"] * 2


def test_our_client_knows_more_of_a_dead_token_of_github(clients: Clients, authority: Authority) -> None:
    """GitHub's API is asked by our login alone, and says that the token may be any that does not exist."""
    with clients.at_home(vendors.ghcr(authority, dead=True, unauthenticated=True)) as vendor:
        ours, theirs = clients.ours(vendor, vendor.password), clients.theirs(vendor, vendor.password)
    assert (verdict(ours), verdict(theirs)) == ("bad-credentials", "token-expired")
    assert "token-expired" in ours.findings[0].also_possible
    assert "bad-credentials" in theirs.findings[0].also_possible


# All at once


def test_all_vendors_in_one_run_are_logged_in_to_by_both(
    clients: Clients, namespace: Namespace, engine: Engine, authority: Authority
) -> None:
    made = {name: make(authority) for name, make in ALL.items() if "by token" not in name}
    variables: dict[str, str] = {}
    with contextlib.ExitStack() as stack:
        for name, vendor in made.items():
            stack.enter_context(clients.at_home(vendor))
            set_id = f"MY_{name.upper().replace(' ', '_')}"
            variables |= variables_of(vendor.server, vendor.user, vendor.password, set_id)
        run = run_program(
            variables,
            *("--engine", "auto", "--ca-file", authority.ca_file),
            environ={"DOCKER_HOST": engine.docker_host},
            launch=namespace.launch,
        )
    assert len(run.report["sets"]) == len(made)
    for each in run.report["sets"]:
        statuses = {check["name"]: check["status"] for check in each["checks"]}
        assert each["proved"], each
        assert statuses["login"] in ("ok", "warning")
        assert statuses["engine"] == "ok"
    assert run.code == 0
