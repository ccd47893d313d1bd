"""May an image be pulled: what is asked, what is sent to whom, and what becomes of each answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from regdoctor.checks.pull_case import Claim
from regdoctor.model import CheckResult, Finding, SecretSet, SetResult
from regdoctor.secret import Secret
from regdoctor.settings import Settings
from tests.lab import handlers, peers, vendors
from tests.lab.certificates import Authority
from tests.lab.handlers import Bearer
from tests.lab.scripted import Answer, Request, ScriptedRegistry
from tests.lab.shelf import DOCKER_LIST_TYPE, SIGNED_TYPE, Shelf, guarded
from tests.lab.vendors.vendor import made_up
from tests.live.provoked import web_token
from tests.live.proxies import meter
from tests.live.pulling import NOBODY, Pull, a_world, ask, docker_has
from tests.live.running import NOBODYS, SET
from tests.unit.support import PASSWORD, windows

USER = "octopuller"
CLAIM = docker_has(USER, PASSWORD)
APP = "octo/app"
LIMIT = 64 << 10
"""Bytes that may be received for an image that is there."""


class Lab:
    """A registry with tokens and one repository, and a storage host that is another server."""

    def __init__(self, stack: ExitStack) -> None:
        self.bearer = Bearer({USER: PASSWORD})
        self.shelf = Shelf(APP)
        self.registry = stack.enter_context(ScriptedRegistry(guarded(self.bearer, self.shelf)))
        self.storage = stack.enter_context(ScriptedRegistry(lambda r: self.shelf.blob(r.path, r)))

    def pull(self, version: str = "1.0", claim: Claim = CLAIM, **options: object) -> Pull:
        return ask(f"{self.registry.address}/{APP}:{version}", claim, **options)  # type: ignore[arg-type]

    @property
    def asked(self) -> list[tuple[str, str]]:
        """Method and path of each request for something in a repository."""
        return [(each.method, each.path) for each in self.registry.requests if re.match("/v2/.+", each.path)]

    @property
    def token_requests(self) -> list[Request]:
        return [each for each in self.registry.requests if each.path == "/token"]


@pytest.fixture
def lab() -> Iterator[Lab]:
    with ExitStack() as stack:
        yield Lab(stack)


# An image that is there


def test_an_image_that_is_there_is_ok_and_proved(lab: Lab) -> None:
    lab.shelf.image("1.0")
    pull = lab.pull()
    assert (pull.verdict, pull.result.status, pull.result.proved) == (None, "ok", True)
    assert [(row.name, row.status) for row in pull.result.checks] == [
        ("dns", "ok"),
        ("tcp", "ok"),
        ("tls", "skipped"),
        ("registry", "ok"),
        ("login", "ok"),
        ("pull", "ok"),
    ]
    assert "linux/amd64" in (pull.row("pull").detail or "")


def test_an_index_is_followed_to_the_image_of_this_machine(lab: Lab) -> None:
    own, other = lab.shelf.image(layers=2), lab.shelf.image(architecture="arm64")
    lab.shelf.index("1.0", {"linux/arm64": other, "linux/amd64": own}, attested=True)
    pull = lab.pull()
    assert (pull.verdict, pull.result.proved) == (None, True)
    assert ("GET", f"/v2/{APP}/manifests/{own}") in lab.asked
    assert ("GET", f"/v2/{APP}/manifests/{other}") not in lab.asked


def test_a_digest_is_asked_for_and_not_the_tag_beside_it(lab: Lab) -> None:
    digest = lab.shelf.image("1.0")
    assert lab.pull(f"2.0@{digest}").verdict is None
    assert lab.asked[0] == ("GET", f"/v2/{APP}/manifests/{digest}")


def test_an_old_manifest_without_a_platform_is_taken(lab: Lab) -> None:
    lab.shelf.put("1.0", SIGNED_TYPE, {"schemaVersion": 1, "name": APP, "tag": "1.0", "fsLayers": []})
    assert (lab.pull().verdict, lab.pull().result.proved) == (None, True)


@pytest.mark.parametrize("machine", ["linux/amd64", "linux/s390x"])
def test_a_feature_is_of_no_platform(lab: Lab, machine: str) -> None:
    lab.shelf.feature("1.0")
    pull = lab.pull(is_feature=True, machine=machine)
    assert (pull.verdict, pull.result.proved) == (None, True)


def test_the_layers_are_asked_for_one_byte_where_they_are_stored_without_the_right_to_them(lab: Lab) -> None:
    lab.shelf.image("1.0", layers=3)
    lab.shelf.storage = lab.storage.url
    pull = lab.pull()
    assert pull.verdict is None
    assert f"layers come from {lab.storage.address}" in (pull.row("pull").detail or "")
    assert lab.storage.requests
    assert not lab.storage.with_credentials
    assert lab.storage.requests[0].headers["range"] == "bytes=0-0"


def test_a_registry_with_a_basic_challenge_is_asked_with_the_password() -> None:
    shelf = Shelf(APP)
    shelf.image("1.0")
    door = handlers.basic({USER: PASSWORD})

    def answer(request: Request) -> Answer:
        reply = door(request)
        return reply if reply.status == 401 else shelf(request) or reply

    with ScriptedRegistry(answer) as registry:
        assert ask(f"{registry.address}/{APP}:1.0", CLAIM).verdict is None
        assert ask(f"{registry.address}/{APP}:1.0", NOBODY).verdict == "no-credentials-sent"


def test_where_there_is_no_login_the_steps_make_one() -> None:
    with ScriptedRegistry(handlers.basic({USER: PASSWORD})) as registry:
        (finding,) = ask(f"{registry.address}/{APP}:1.0", NOBODY).result.findings
        commands = [step.command for step in finding.remediation if step.command]
        assert commands[0] == f"regdoctor try \"{registry.address}\" --user '<USER>'"
        assert "regdoctor report" not in commands


def test_a_registry_open_to_all_is_asked_without_the_password() -> None:
    with ScriptedRegistry(handlers.anonymous([f"{APP}:1.0"])) as registry:
        pull = ask(f"{registry.address}/{APP}:1.0", CLAIM)
        assert (pull.verdict, pull.result.proved) == (None, True)
        assert pull.row("login").reason == "the registry asks for no credential"
        assert not registry.with_credentials


# What is sent, to whom, and how often


def test_one_login_and_one_token_serve_all_tags_of_a_repository(lab: Lab) -> None:
    lab.shelf.image("1.0")
    lab.shelf.image("2.0", layers=2)
    world = a_world(Settings(timeout=10.0))
    assert [lab.pull(version, world=world).verdict for version in ("1.0", "2.0")] == [None, None]
    scopes = [request.query.get("scope") for request in lab.token_requests]
    assert scopes == [None, [f"repository:{APP}:pull"]]


def test_a_refused_password_is_sent_once_for_all_images(lab: Lab) -> None:
    world = a_world(Settings(timeout=10.0))
    pulls = [lab.pull(version, docker_has(USER, NOBODYS), world=world) for version in ("1.0", "2.0")]
    assert [pull.verdict for pull in pulls] == ["bad-credentials"] * 2
    assert [request.basic for request in lab.registry.with_credentials] == [(USER, NOBODYS)]
    assert pulls[0].row("pull").reason == "login failed"


def test_without_a_credential_nothing_is_sent_that_says_who_asks(lab: Lab) -> None:
    lab.bearer.grants[""] = [APP]
    lab.shelf.image("1.0")
    pull = lab.pull(claim=NOBODY)
    assert (pull.verdict, pull.result.proved) == (None, True)
    (token,) = lab.token_requests
    assert token.authorization is None
    assert "account" not in token.query


def test_a_token_goes_to_no_other_host_when_a_manifest_is_redirected(lab: Lab) -> None:
    digest = lab.shelf.image("1.0")
    mirror = Shelf(APP)
    mirror.tags["1.0"] = digest
    with ScriptedRegistry(lambda request: lab.shelf(request) or Answer(404)) as elsewhere:
        lab.registry.handler = lambda request: (
            Answer(307, {"Location": f"{elsewhere.url}{request.path}"})
            if "/manifests/" in request.path
            else guarded(lab.bearer, lab.shelf)(request)
        )
        pull = lab.pull()
        assert (pull.verdict, pull.result.proved) == (None, True)
        assert elsewhere.requests
        assert not elsewhere.with_credentials


def test_a_redirect_within_the_registry_keeps_the_token(lab: Lab) -> None:
    lab.shelf.image("1.0")
    inner = guarded(lab.bearer, lab.shelf)
    lab.registry.handler = lambda request: (
        Answer(307, {"Location": request.path.replace("1.0", "renamed")})
        if request.path.endswith("/manifests/1.0")
        else inner(request)
    )
    lab.shelf.tags["renamed"] = lab.shelf.tags["1.0"]
    assert lab.pull().verdict is None


def test_redirects_in_a_circle_come_to_an_end(lab: Lab) -> None:
    inner = guarded(lab.bearer, lab.shelf)
    lab.registry.handler = lambda request: (
        Answer(307, {"Location": request.path}) if "/manifests/" in request.path else inner(request)
    )
    pull = lab.pull()
    assert pull.result.status == "error"
    assert len(lab.asked) < 10


def test_no_password_goes_to_a_realm_that_is_not_trusted(lab: Lab) -> None:
    lab.bearer.realm = "http://tokens.example.net/token"
    pull = lab.pull()
    assert (pull.verdict, pull.row("pull").status) == ("realm-not-trusted", "skipped")
    assert not lab.registry.with_credentials


class Identity:
    """A registry whose token service takes one identity token, as that of Azure does."""

    TOKEN = "Zk3-identity-Qw8-token-Xp5"

    def __init__(self, shelf: Shelf) -> None:
        self.bearer = Bearer({})
        self.shelf = shelf

    def __call__(self, request: Request) -> Answer:
        if request.path != "/token":
            return guarded(self.bearer, self.shelf)(request)
        form = request.form()
        if (form.get("grant_type"), form.get("refresh_token")) != (["refresh_token"], [self.TOKEN]):
            return handlers.error(401, "UNAUTHORIZED", "authentication required")
        access = f"access-{len(self.bearer.issued)}"
        scopes = [part.split(":")[1] for scope in form.get("scope", []) for part in scope.split()]
        self.bearer.issued[access] = (USER, scopes)
        return Answer(body={"access_token": access})


def test_an_identity_token_is_posted_as_oauth_has_it() -> None:
    shelf = Shelf(APP)
    shelf.image("1.0")
    with ScriptedRegistry(Identity(shelf)) as registry:
        claim = Claim(None, "docker's entry", "<token>", identity_token=Secret(Identity.TOKEN))
        pull = ask(f"{registry.address}/{APP}:1.0", claim)
        assert (pull.verdict, pull.result.proved) == (None, True)
        posted = [request for request in registry.requests if request.path == "/token"]
        assert {request.method for request in posted} == {"POST"}
        assert not any(Identity.TOKEN in f"{request.path}{request.query}" for request in registry.requests)
        assert pull.world.clean(Identity.TOKEN) == "***"


def test_a_refused_identity_token_is_sent_once(lab: Lab) -> None:
    with ScriptedRegistry(Identity(Shelf(APP))) as registry:
        claim = Claim(None, "docker's entry", "<token>", identity_token=Secret("no-longer-good-" + NOBODYS))
        world = a_world(Settings(timeout=10.0))
        pulls = [ask(f"{registry.address}/{APP}:{tag}", claim, world=world) for tag in ("1.0", "2.0")]
        assert [pull.verdict for pull in pulls] == ["bad-credentials"] * 2
        assert sum(request.method == "POST" for request in registry.requests) == 1


def test_no_secret_is_shown_of_a_registry_that_spells_it_back(lab: Lab) -> None:
    inner = guarded(lab.bearer, lab.shelf)

    def telling(request: Request) -> Answer:
        if "/manifests/" in request.path:
            return handlers.error(403, "DENIED", f"{PASSWORD} and {request.bearer} may not")
        return inner(request)

    lab.registry.handler = telling
    pull = lab.pull()
    assert pull.verdict == "pull-denied"
    (token,) = [each for each in lab.bearer.issued if lab.bearer.issued[each][1]]
    shown = repr(pull.result)
    assert [window for secret in (PASSWORD, token) for window in windows(secret) if window in shown] == []


@pytest.mark.parametrize(
    "body",
    [b"[" * 60_000, b'{"token": [' + b",".join(b'"%012d"' % (at * 7919) for at in range(4000)) + b"]}"],
    ids=["brackets", "thousands"],
)
def test_of_a_hostile_token_service_no_more_is_remembered_than_is_of_use(lab: Lab, body: bytes) -> None:
    inner = guarded(lab.bearer, lab.shelf)
    lab.registry.handler = lambda request: (
        Answer(200, body=body) if request.path == "/token" else inner(request)
    )
    pull = lab.pull(claim=NOBODY)
    assert pull.verdict == "not-a-registry"
    kept = pull.world.redactor
    assert sum(map(len, kept._haystack._forms)) + 8 * len(kept._windows) < 1 << 20


def test_an_identity_token_goes_to_token_services_alone() -> None:
    with ScriptedRegistry(handlers.basic({USER: PASSWORD})) as registry:
        claim = Claim(None, "docker's entry", "<token>", identity_token=Secret(Identity.TOKEN))
        pull = ask(f"{registry.address}/{APP}:1.0", claim)
        assert (pull.verdict, pull.row("login").status) == ("no-credentials-sent", "skipped")
        assert not registry.with_credentials


def test_an_identity_token_that_says_it_has_expired_is_not_sent() -> None:
    with ScriptedRegistry(Identity(Shelf(APP))) as registry:
        claim = Claim(None, "docker's entry", "<token>", identity_token=Secret(web_token(-60)))
        pull = ask(f"{registry.address}/{APP}:1.0", claim)
        assert (pull.verdict, pull.row("login").status) == ("token-expired", "error")
        assert "docker's entry" in pull.result.findings[0].title
        assert all(request.method == "GET" for request in registry.requests)


def test_a_password_that_the_registry_never_takes_is_not_sent(authority: Authority) -> None:
    with vendors.ghcr(authority) as vendor:
        claim = docker_has("octocat", "github_pat_" + made_up(82))
        pull = ask("ghcr.io/octo/app", claim, ca_file=vendor.ca_file, overrides=vendor.overrides)
        assert pull.verdict == "token-kind-unsupported"
        assert all(request.authorization is None for request in vendor.all_requests)


# What is not asked


def test_a_name_that_docker_refuses_is_not_asked_for(lab: Lab) -> None:
    pull = ask(f"{lab.registry.address}/Octo/App:1.0", CLAIM)
    assert pull.verdict == "invalid-reference"
    assert "a capital letter" in pull.evidence
    assert lab.registry.requests == []


def test_the_verdict_of_a_set_that_was_refused_is_that_of_its_images(lab: Lab) -> None:
    refused = Finding("bad-credentials", "error", "refused", "refused by the registry")
    result = SetResult(SecretSet(SET), "other", checks=(CheckResult("login", "error"),), findings=(refused,))
    pull = lab.pull(claim=Claim(SET, f"the set {SET}", USER, Secret(NOBODYS)), set_result=result)
    assert (pull.verdict, pull.result.set_id, pull.result.proved) == ("bad-credentials", SET, False)
    assert pull.row("pull").reason == f"set {SET}: bad-credentials"
    assert lab.registry.requests == []


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        (Settings(offline=True), "--offline"),
        (Settings(engine="docker"), "--engine docker: the Engine alone logs in"),
    ],
)
def test_what_the_options_leave_out_is_not_asked(lab: Lab, settings: Settings, reason: str) -> None:
    pull = lab.pull(world=a_world(settings))
    assert (pull.verdict, pull.row("pull").reason) == (None, reason)
    assert lab.registry.requests == []


# An image that cannot be pulled


def test_a_missing_tag_comes_with_those_nearest_to_it(lab: Lab) -> None:
    for tag in ("1.2.3", "1.2.4", "nightly"):
        lab.shelf.image(tag)
    pull = lab.pull("1.2.5")
    assert (pull.verdict, pull.also_possible, pull.result.proved) == ("tag-not-found", (), False)
    assert "tags there, the nearest first: 1.2.4, 1.2.3" in pull.evidence


def test_the_nearest_tag_is_found_on_a_later_page(lab: Lab) -> None:
    lab.shelf.more_tags = [f"build-{number:05d}" for number in range(5000)] + ["v2.7.1"]
    pull = lab.pull("v2.7.2")
    assert pull.verdict == "tag-not-found"
    assert "v2.7.1" in pull.evidence


def test_a_missing_digest_has_no_tags_near_to_it(lab: Lab) -> None:
    lab.shelf.image("1.0")
    pull = lab.pull(f"1.0@sha256:{'0' * 64}")
    assert pull.verdict == "tag-not-found"
    assert "nearest" not in pull.evidence
    assert "no tags" not in pull.evidence
    (finding,) = pull.result.findings
    assert finding.title == f"No image with that digest in {APP}"
    assert finding.remediation[0].command == (
        f"docker buildx imagetools inspect '{lab.registry.address}/{APP}:1.0'"
    )


def test_where_tags_are_not_listed_the_repository_may_be_missing_as_well(lab: Lab) -> None:
    lab.shelf.image("1.0")
    lab.shelf.lists_tags = False
    pull = lab.pull("2.0")
    assert (pull.verdict, pull.also_possible) == ("tag-not-found", ("repository-not-found",))


def test_a_missing_repository_is_named(lab: Lab) -> None:
    pull = ask(f"{lab.registry.address}/octo/nothing:1.0", CLAIM)
    assert pull.verdict == "repository-not-found"
    assert "octo/nothing" in pull.result.findings[0].explanation


def test_of_an_empty_404_it_is_not_known_what_is_missing(lab: Lab) -> None:
    inner = guarded(lab.bearer, lab.shelf)
    lab.registry.handler = lambda request: (
        Answer(404) if re.match("/v2/.+", request.path) and request.bearer else inner(request)
    )
    pull = lab.pull()
    assert pull.verdict == "unknown"
    assert {"tag-not-found", "repository-not-found"} <= set(pull.also_possible)


def test_a_token_that_opens_nothing_is_told_of(lab: Lab) -> None:
    lab.bearer.grants[USER] = []
    pull = lab.pull()
    assert pull.verdict == "pull-denied"
    assert "repository-not-found" in pull.also_possible
    assert "bad-credentials" not in pull.also_possible
    assert "Its own pages" in pull.result.findings[0].explanation


def test_a_registry_whose_door_is_open_gets_no_login_and_so_refuses() -> None:
    refusal = handlers.error(401, "UNAUTHORIZED", "authentication required")
    door = handlers.routes({"/v2/": Answer(headers=handlers.API_VERSION, body={})}, lambda request: refusal)
    with ScriptedRegistry(door) as registry:
        pull = ask(f"{registry.address}/{APP}:1.0", CLAIM)
        assert pull.verdict == "no-credentials-sent"
        assert "nothing was sent: the registry asks for no credential" in pull.evidence
        assert not registry.with_credentials


def test_a_remote_registry_leads_to_no_server_of_this_machine(authority: Authority) -> None:
    here = ScriptedRegistry(handlers.always(Answer(200)))
    with here, vendors.harbor(authority) as vendor:
        lead = Answer(307, {"Location": f"{here.url}/internal"})
        vendor.telling(lambda request: lead if "/manifests/" in request.path else None)
        claim = docker_has(vendor.user, vendor.password)
        ask(f"{vendor.server}/{APP}", claim, ca_file=vendor.ca_file, overrides=vendor.overrides)
        assert here.requests == []


def test_a_web_page_is_no_manifest(lab: Lab) -> None:
    inner, page = guarded(lab.bearer, lab.shelf), handlers.web_page()
    lab.registry.handler = lambda request: (page if "/manifests/" in request.path else inner)(request)
    pull = lab.pull()
    assert (pull.verdict, pull.result.proved) == ("not-a-registry", False)


@pytest.mark.parametrize(("status", "cause"), [(429, "rate-limited"), (503, "registry-unavailable")])
def test_trouble_of_the_registry_is_not_blamed_on_the_image(lab: Lab, status: int, cause: str) -> None:
    inner = guarded(lab.bearer, lab.shelf)
    lab.registry.handler = lambda request: Answer(status) if "/manifests/" in request.path else inner(request)
    assert lab.pull().verdict == cause


@pytest.mark.parametrize(
    "answer", [b"{", b"[]", b'"x"', b"{}", b'{"manifests": 1}', b"\xff" * 100, b"[" * 5000]
)
def test_any_body_for_a_manifest_is_survived(lab: Lab, answer: bytes) -> None:
    inner = guarded(lab.bearer, lab.shelf)
    lab.registry.handler = lambda request: (
        Answer(200, {"Content-Type": "application/json"}, answer)
        if "/manifests/" in request.path
        else inner(request)
    )
    assert lab.pull().verdict == "not-a-registry"


@pytest.mark.parametrize("kind", ["manifests", "blobs"])
@pytest.mark.parametrize(
    "location",
    [
        "https://[::1/v2/",
        "https://x.test:99999/",
        "https://x.test:0/",
        "https:///v2/",
        "https://\xe2\x84\x80@x/",
        "//",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://x.test/" + "y" * 40000,
        "https://010.0.0.1/",
        "https://[::ffff:169.254.169.254]/",
    ],
)
def test_any_redirect_is_survived(lab: Lab, location: str, kind: str) -> None:
    lab.shelf.image("1.0")
    inner = guarded(lab.bearer, lab.shelf)
    lab.registry.handler = lambda request: (
        Answer(307, {"Location": location}) if f"/{kind}/" in request.path else inner(request)
    )
    pull = lab.pull(timeout=3.0)
    assert not any(row.status == "crashed" for row in pull.result.checks)
    assert pull.result.status == "error" or "layers are sent on" in (pull.row("pull").detail or "")


# Platforms


def test_an_index_for_others_is_an_error_that_names_them(lab: Lab) -> None:
    image = lab.shelf.image(architecture="arm64")
    lab.shelf.index(
        "1.0", {"linux/arm64": image, "linux/arm/v7": image}, attested=True, kind=DOCKER_LIST_TYPE
    )
    pull = lab.pull()
    assert (pull.verdict, pull.result.status) == ("image-platform-mismatch", "error")
    assert "it is made for: linux/arm64, linux/arm/v7" in pull.evidence
    assert "unknown" not in pull.evidence


def test_a_single_image_for_others_is_a_warning_since_it_can_be_pulled(lab: Lab) -> None:
    lab.shelf.image("1.0", architecture="arm64")
    pull = lab.pull()
    assert (pull.verdict, pull.result.status, pull.result.proved) == (
        "image-platform-mismatch",
        "warning",
        True,
    )


def test_a_single_image_for_others_than_were_asked_for_is_an_error(lab: Lab) -> None:
    lab.shelf.image("1.0")
    other = lab.pull(platform="linux/arm64")
    assert (other.result.status, "run here" in other.evidence) == ("error", False)
    assert lab.pull(platform="linux/amd64").result.status == "ok"


# The storage


def test_a_storage_that_cannot_be_reached_is_told_apart_from_the_registry(lab: Lab) -> None:
    lab.shelf.image("1.0")
    with peers.refused() as gone:
        lab.shelf.storage = f"http://{gone.host}:{gone.port}"
        pull = lab.pull()
    assert (pull.verdict, pull.also_possible) == ("redirect-blob-blocked", ("tcp-refused",))
    assert pull.result.proved
    assert f"sends on to {gone.host}:{gone.port}" in pull.evidence


def test_a_storage_that_refuses_is_no_fault_of_the_login(lab: Lab) -> None:
    lab.shelf.image("1.0")
    with ScriptedRegistry(handlers.failing(403, "blocked by the firewall")) as storage:
        lab.shelf.storage = storage.url
        assert lab.pull().verdict == "redirect-blob-blocked"


def test_a_storage_without_encryption_is_not_asked(lab: Lab) -> None:
    lab.shelf.image("1.0")
    lab.shelf.storage = "http://198.51.100.66"
    calls: list[str] = []
    pull = lab.pull(world=a_world(Settings(timeout=10.0), calls=calls))
    assert (pull.verdict, pull.result.proved) == (None, True)
    assert "not encrypted" in (pull.row("pull").detail or "")
    assert not any("198.51.100.66" in call for call in calls)


def test_a_layer_that_is_gone_from_the_registry_is_an_error(lab: Lab) -> None:
    lab.shelf.image("1.0")
    lab.shelf.blobs.clear()
    pull = lab.pull()
    assert (pull.verdict, pull.result.status) == ("registry-unavailable", "error")
    assert "BLOB_UNKNOWN" in pull.evidence


# Bytes


def many_layers(shelf: Shelf) -> None:
    shelf.image("1.0", layers=120)


def large_layers(shelf: Shelf) -> None:
    shelf.image("1.0", layers=2, layer_bytes=20_000_000)


def large_layers_that_come_whole(shelf: Shelf) -> None:
    large_layers(shelf)
    shelf.ranges = False


def endless_manifest(shelf: Shelf) -> None:
    shelf.image("1.0", layers=4000)


def large_index(shelf: Shelf) -> None:
    image = shelf.image(layers=100)
    images = {f"linux/{kind}{at}": image for at in range(60) for kind in ("mips", "ppc")}
    shelf.index("1.0", {"linux/amd64": image, **images}, attested=True)


def large_index_with_this_machine_at_its_end(shelf: Shelf) -> None:
    image = shelf.image(layers=100)
    images = {f"linux/{kind}{at}": image for at in range(400) for kind in ("mips", "ppc")}
    shelf.index("1.0", {**images, "linux/amd64": image}, attested=True)


def many_tags(shelf: Shelf) -> None:
    shelf.image("1.0")
    shelf.more_tags = [f"sha-{number:040x}" for number in range(5000)]


@pytest.mark.parametrize(
    "fill",
    [
        many_layers,
        large_layers,
        large_layers_that_come_whole,
        endless_manifest,
        large_index,
        large_index_with_this_machine_at_its_end,
        many_tags,
    ],
)
def test_less_than_64_kb_are_received_for_an_image_that_is_there(
    lab: Lab, fill: object, authority: Authority
) -> None:
    assert callable(fill)
    fill(lab.shelf)
    certificate = authority.issue("localhost", "127.0.0.1")
    inner = guarded(lab.bearer, lab.shelf)
    with (
        ScriptedRegistry(inner, certificate) as registry,
        ScriptedRegistry(lambda r: lab.shelf.blob(r.path, r), certificate) as storage,
        meter(registry.host, registry.port) as front,
        meter(storage.host, storage.port) as behind,
    ):
        lab.shelf.storage = f"https://localhost:{behind.port}"
        lab.bearer.realm = f"https://localhost:{front.port}/token"
        pull = ask(f"localhost:{front.port}/{APP}:1.0", CLAIM, ca_file=authority.ca_file)
        received = sum(each.sent for peer in (front, behind) for each in peer.connections)
        asked = len(storage.requests)
    assert (pull.verdict, pull.result.proved) == (None, True), pull.evidence
    assert 0 < received < LIMIT
    assert asked or fill is large_index_with_this_machine_at_its_end


def test_less_than_64_kb_are_received_for_a_missing_tag_among_5000(lab: Lab) -> None:
    many_tags(lab.shelf)
    with meter(lab.registry.host, lab.registry.port) as front:
        pull = ask(f"{front.address}/{APP}:sha-1", CLAIM)
        received = sum(each.sent for each in front.connections)
    assert pull.verdict == "tag-not-found"
    assert 0 < received < LIMIT
