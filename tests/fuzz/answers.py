"""The parsers of what servers and helpers answer: HTTP, challenges, tokens, manifests, refusals."""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Callable, Mapping
from functools import cache

from hypothesis import strategies as st

from regdoctor.address import Endpoint, endpoint_of
from regdoctor.challenge import LIMIT, read_challenges
from regdoctor.checks import login, pull, registry
from regdoctor.checks.answers import refusal_of_pull, refused, refused_at_the_door, words_of
from regdoctor.checks.case import Case
from regdoctor.checks.pull_case import Claim, PullCase
from regdoctor.checks.pull_rate import rate_in
from regdoctor.checks.realm import distrust
from regdoctor.codespace.facts import API_HOST
from regdoctor.codespace.levels import explain_absence, explain_set
from regdoctor.codespace.packages import explain_denied
from regdoctor.discovery import discover
from regdoctor.manifest import Manifest, read_config, read_manifest
from regdoctor.model import Image, SecretSet
from regdoctor.platforms import Platform
from regdoctor.probes.credential_helper import read_answer
from regdoctor.probes.deadline import Deadline
from regdoctor.probes.failure import ProbeFailure
from regdoctor.probes.github import GitHub
from regdoctor.probes.http import Channel, Response
from regdoctor.probes.proxy import Proxy, open_tunnel
from regdoctor.probes.tcp import Connection
from regdoctor.probes.tls import Handshake
from regdoctor.probes.world import World
from regdoctor.registries import recognise_answer, registries
from regdoctor.secret import Redactor, Secret
from regdoctor.settings import Settings
from tests.fuzz.parser import Parser
from tests.fuzz.promises import fit_to_be_shown, told_well
from tests.unit import examples
from tests.unit.support import PASSWORD, a_set, secrets

SETTINGS = Settings(engine="direct")
_HOST = "registry.example.com"
_ENDPOINT = endpoint_of(_HOST)
_DIGEST = "sha256:" + "0" * 64


# A registry that answers what the case holds


class _Answering(World):
    """Whatever is asked, it answers the next of some answers, and the last one from then on."""

    def __init__(self, answers: list[Response], environ: Mapping[str, str] | None = None) -> None:
        super().__init__(SETTINGS, environ or {}, Redactor([Secret(PASSWORD)]))
        self._answers = answers

    def resolve(self, endpoint: Endpoint, deadline: Deadline) -> tuple[str, ...]:
        return ("192.0.2.1",)

    def connect(self, endpoint: Endpoint, addresses: tuple[str, ...], deadline: Deadline) -> Connection:
        return Connection(_unused_socket(), addresses[0], ())

    def handshake(self, connection: Connection, endpoint: Endpoint, deadline: Deadline) -> Handshake:
        return Handshake(connection.sock, "TLS 1.3", None)  # type: ignore[arg-type]  # nobody uses it

    def adopt(self, done: Handshake, endpoint: Endpoint) -> None:
        pass

    def ask(
        self,
        endpoint: Endpoint,
        path: str,
        headers: Mapping[str, str],
        deadline: Deadline,
        *,
        method: str = "GET",
        body: bytes | None = None,
        plain_http: bool = False,
        limit: int | None = None,
        once: bool = False,
    ) -> Response:
        assert all(value.isprintable() for value in headers.values())
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        self._learn_clock(endpoint, answer)
        if limit is not None and len(answer.body) > limit:
            return answer.but(body=answer.body[:limit], cut=True)
        return answer


@cache
def _unused_socket() -> socket.socket:
    return socket.socket()


def _response(raw: bytes, status: int = 401) -> Response:
    """An answer, as it is written here: the status and the headers, an empty line, the body."""
    head, _, body = raw.partition(b"\n\n")
    first, *lines = head.decode("latin-1").split("\n")
    number = first[:3]
    pairs = (line.partition(":") for line in lines if line)
    return Response(
        int(number) if number.isdecimal() and number.isascii() and int(number) > 99 else status,
        first[3:].strip(),
        tuple((name, value.strip()) for name, _, value in pairs),
        body,
    )


def _the_set(server: str = _HOST) -> SecretSet:
    (found,) = discover(secrets(a_set(server))).sets
    return found


def _a_case(world: World, server: str = _HOST) -> Case:
    return Case(_the_set(server), None, SETTINGS, world, Deadline.after(60))


def _read_login(case: bytes) -> None:
    """What a registry and its token service answer to a login, a NUL between two."""
    world = _Answering([_response(raw) for raw in case.split(b"\0", 8)])
    at_hand = _a_case(world)
    outcome = registry.check(at_hand)
    told_well(outcome.findings)
    if outcome.status == "ok" and at_hand.challenges:
        logged_in = login.check(at_hand)
        told_well(logged_in.findings)
        fit_to_be_shown(outcome.detail or "", logged_in.detail or "")


def _read_pull(case: bytes) -> None:
    """What a registry, its token service and its storage answer to a pull."""
    world = _Answering([_response(raw, 200) for raw in case.split(b"\0", 16)])
    for claim in (Claim(), Claim(None, "docker's entry", "octocat", Secret(PASSWORD))):
        image = Image(f"{_HOST}/octo/app:1", "--image")
        at_hand = PullCase(image, claim, SETTINGS, world, Deadline.after(60), "linux/amd64")
        result = pull.check(at_hand)
        told_well(result.findings)
        fit_to_be_shown(*(check.detail or "" for check in result.checks))


_challenges = st.builds(
    '{} realm="{}"{}{}'.format,
    st.sampled_from(("Bearer", "Basic", "Digest", "bearer")),
    st.sampled_from(
        (
            f"https://{_HOST}/token",
            "https://auth.docker.io/token",
            "http://[",
            f"https://{_HOST}:99999/",
            "octo",
        )
    ),
    st.sampled_from(("", ',service="registry"', ", service=registry", ',error="invalid_token"')),
    st.sampled_from(("", ',scope="repository:octo/app:pull"', ", Basic realm=x", ',a="\\"', ",")),
)
_challenged = _challenges.map(lambda challenge: f"401 Unauthorized\nWww-Authenticate: {challenge}\n\n{{}}")
_bodies = (
    json.dumps(
        {"token": examples.jwt({"access": [{"name": "octo/app", "actions": ["pull"]}]}), "expires_in": 300}
    ),
    json.dumps({"access_token": "x" * 40}),
    json.dumps({"errors": [{"code": "UNAUTHORIZED", "message": "authentication required", "detail": None}]}),
    json.dumps({"errors": [{"code": "MANIFEST_UNKNOWN", "message": "manifest unknown"}]}),
    json.dumps({"details": "incorrect username or password"}),
    json.dumps({"name": "octo/app", "tags": ["1", "latest", "1.0-alpine"]}),
    "<!DOCTYPE html><html><title>Sign in</title>",
    "{}",
    "denied: requested access to the resource is denied",
    '{"token":1e999}',
    "[" * 100,
)
_manifests = (
    json.dumps(
        {
            "schemaVersion": 2,
            "manifests": [
                {"digest": _DIGEST, "size": 1, "platform": {"os": "linux", "architecture": "amd64"}},
                {
                    "digest": _DIGEST,
                    "size": 1,
                    "platform": {"os": "linux", "architecture": "arm", "variant": "v7"},
                },
            ],
        }
    ),
    json.dumps(
        {
            "schemaVersion": 2,
            "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": _DIGEST, "size": 9},
            "layers": [{"digest": _DIGEST, "size": 3}, {"digest": _DIGEST, "size": 2}],
        }
    ),
    json.dumps({"schemaVersion": 1, "fsLayers": [{"blobSum": _DIGEST}]}),
    json.dumps({"os": "linux", "architecture": "arm64", "variant": "v8"}),
)
_answers = st.builds(
    "{}\n{}\n{}".format,
    st.sampled_from(
        (
            "200 OK",
            "401 Unauthorized",
            "403 Forbidden",
            "404 Not Found",
            "307 Temporary Redirect",
            "429 Slow",
            "503 Down",
        )
    ),
    st.sampled_from(
        (
            *(
                "",
                "Location: https://storage.example.com/a?b=c\n",
                "Location: http://[\n",
                "Location: /v2/\n",
            ),
            *("Location: //x:y/\n", "RateLimit-Limit: 100;w=21600\nRateLimit-Remaining: 0;w=21600\n"),
            *(
                "Content-Type: application/vnd.oci.image.index.v1+json\n",
                "Date: Sat, 01 Jan 2000 00:00:00 GMT\n",
            ),
        )
    ),
    st.sampled_from((*_bodies, *_manifests)),
)
_ANSWER_WORDS = (
    *("200", "401", "307", "404", "\n\n", "\n", "\0", ":", "Location: ", "Www-Authenticate: ", "Bearer "),
    *("Basic ", 'realm="', "service=", ",", '"', "\\", "https://", "http://", "[", "]", "@", "/v2/", "{"),
    *("}", '{"token": "', "=", '"errors": [', '"code": ', '"message": ', "denied", "unauthorized"),
    *("Date: ", "Docker-Distribution-Api-Version: a", '"manifests": [', '"layers": [', '"digest": "'),
    *(_DIGEST, '"size": ', '"tags": [', "a.b", "\\u0000", "1e999", "&"),
)
_conversations = st.builds(
    lambda first, rest: "\0".join((first, *rest)), _challenged | _answers, st.lists(_answers, max_size=4)
)


# Their parts, each alone


def _read_challenges(case: bytes) -> None:
    """Headers, one a line."""
    headers = [line[: LIMIT * 2] for line in case.decode("latin-1").split("\n")]
    challenges = read_challenges(headers)
    assert len(challenges) <= 17
    for challenge in challenges:
        assert challenge.scheme == challenge.scheme.lower()
        distrust(challenge.realm, _ENDPOINT, registries()[0])
    recognise_answer([(challenge.realm, challenge.service) for challenge in challenges])


def _read_token(case: bytes) -> None:
    """The answer of a token service, and of the registry to the token."""
    token = Response(200, "OK", (), case)
    challenge = Response(401, "", (("www-authenticate", f'Bearer realm="https://{_HOST}/token"'),), b"")
    at_hand = _a_case(_Answering([challenge, token, Response(200, "OK", (), b"{}")]))
    assert registry.check(at_hand).status == "ok"
    told_well(login.check(at_hand).findings)


def _read_refusal(case: bytes) -> None:
    """An answer that is no good, to a login, at the door and to a pull."""
    response = _response(case)
    case_at_hand = _a_case(World(SETTINGS, {}, Redactor()))
    found = (refused(case_at_hand, response, _HOST), refused_at_the_door(case_at_hand, response))
    told_well(found)
    refusal_of_pull(case_at_hand, response)
    recognise_answer([], response.headers)
    rate_in(response)
    assert len(words_of(response)) <= 500
    named = {name.lower(): value for name, value in response.headers}
    for each in registries():
        if each.token_api is not None:
            facts = each.token_api.read(response.status, named, response.text)
            if facts is not None:
                each.token_api.weigh(facts, case_at_hand.values, None)


def _read_manifest(case: bytes) -> None:
    text = case.decode("utf-8", "replace")
    for cut in (False, True):
        manifest = read_manifest(text, cut=cut)
        if isinstance(manifest, Manifest):
            manifest.entry_for(Platform("linux", "arm64"))
            assert all(platform for platform in manifest.platforms)
            assert all(isinstance(blob.size, int) for blob in manifest.layers)
    read_config(text)


_http = st.builds(
    "{}\r\n{}\r\n{}".format,
    st.sampled_from(
        ("HTTP/1.1 200 OK", "HTTP/1.1 401 Unauthorized", "HTTP/1.0 200", "HTTP/2 200", "HTTP/1.1 100 C\r\n")
    ),
    st.lists(
        st.sampled_from(
            (
                *(
                    "Content-Length: 5\r\n",
                    "Transfer-Encoding: chunked\r\n",
                    "Connection: close\r\n",
                    " folded\r\n",
                ),
                *(
                    'Www-Authenticate: Basic realm="a"\r\n',
                    "Content-Length: -1\r\n",
                    "X: \xff\r\n",
                    "no colon\r\n",
                ),
            )
        ),
        max_size=4,
    ).map("".join),
    st.sampled_from(
        ("", "hello", "5\r\nhello\r\n0\r\n\r\n", "ffffffff\r\nhello", "-5\r\n", "5;a=b\r\nhello\r\n")
    ),
)
_HTTP_WORDS = (
    *("HTTP/1.1 200 OK\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.0 ", "\r\n", "\r\n\r\n"),
    *("Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "0\r\n\r\n", "1\r\na\r\n", "ffff\r\n"),
    *(": ", " x\r\n", "a:b\r\n", "204", "99999"),
)


def _spoken(case: bytes, listen: Callable[[socket.socket], None]) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(case)
        theirs.shutdown(socket.SHUT_WR)
        listen(ours)


def _read_http(case: bytes) -> None:
    def listen(sock: socket.socket) -> None:
        channel = Channel(sock, _ENDPOINT, tls=True)
        with contextlib.closing(channel), contextlib.suppress(ProbeFailure):
            for _ in range(3):
                response = channel.request("GET", "/v2/", {}, Deadline.after(60), limit=1 << 10)
                assert len(response.body) <= 1 << 10
                assert all(isinstance(text, str) for pair in response.headers for text in pair)
                if not channel.is_open:
                    break

    _spoken(case, listen)


def _read_tunnel(case: bytes) -> None:
    proxy = Proxy(
        "HTTPS_PROXY", endpoint_of("proxy.example.com", 3128), credential=Secret("octocat:hunter2hunter2")
    )

    def listen(sock: socket.socket) -> None:
        try:
            open_tunnel(sock, proxy, _ENDPOINT, Deadline.after(60))
        except ProbeFailure:
            return
        # What follows the empty line is the host's.
        rest = sock.recv(1 << 16)
        assert case.endswith(rest)
        assert b"\r\n\r\n" in case[: len(case) - len(rest)] or not rest

    _spoken(case, listen)


_kept = st.sampled_from(
    (
        *(
            '{"ServerURL":"a","Username":"octocat","Secret":"hunter2"}',
            '{"Username":"<token>","Secret":"x"}\n',
        ),
        *(
            '{"username":1,"secret":null}',
            "credentials not found in native keychain\n",
            '{"Secret":"\\ud800aaaaaaaa"}',
        ),
    )
)
_HELPER_WORDS = (
    *('{"Username":"', '"Secret":"', '","', '"}', "<token>", "\\ud800", "[", "{", "1e999", "null", ":"),
)


def _read_helper(case: bytes) -> None:
    kept = read_answer(case)
    if kept is not None:
        Redactor([kept.secret])("text")


_api = st.sampled_from(
    (
        json.dumps(
            {
                "full_name": "octo/app",
                "id": 1,
                "visibility": "private",
                "fork": False,
                "permissions": {"push": True},
                "owner": {"type": "User"},
            }
        ),
        json.dumps(
            {"package_type": "container", "visibility": "internal", "repository": {"full_name": "octo/app"}}
        ),
        json.dumps(
            {
                "total_count": 1,
                "secrets": [
                    {
                        "name": "ACR_CONTAINER_REGISTRY_SERVER",
                        "updated_at": "2026-01-31T12:00:00Z",
                        "visibility": "selected",
                    }
                ],
            }
        ),
        json.dumps({"total_count": 1, "repositories": [{"full_name": "octo/app"}]}),
        json.dumps({"prebuild": True}),
    )
)
_API_WORDS = (
    *('"full_name": "', '"secrets": [', '"name": "', "CONTAINER_REGISTRY_USER", '"visibility": '),
    *('"private"', "[", "]", "{", "}", ",", '"total_count": ', "null", "true", "1"),
    *('"updated_at": "2026-01-31T12:00:00Z"', '"owner": {"type":'),
)


_CODESPACE = {"CODESPACES": "true", "GITHUB_REPOSITORY": "octo/app", "CODESPACE_NAME": "octo-1"}


def _read_github(case: bytes) -> None:
    """What GitHub's API answers, a NUL between two."""
    answers = [Response(200, "OK", (), raw) for raw in case.split(b"\0", 8)]
    world = _Answering(answers, _CODESPACE)
    github = GitHub(world, API_HOST, Secret(examples.CLASSIC))
    told = github.told_of_codespace(Deadline.after(60))
    told_well(explain_absence(told))
    told_well(explain_set(_the_set(), told, "2026-01-31 12:00 UTC"))
    package = github.package("octo/app", Deadline.after(60))
    denied = explain_denied("ghcr.io", "octo/app", package, {}, _CODESPACE, told.repository)
    told_well([denied] if denied else [])


PARSERS = (
    Parser(
        "login",
        _read_login,
        _conversations,
        _ANSWER_WORDS,
        ("checks.registry", "checks.login", "checks.token", "checks.realm", "checks.answers", "challenge"),
    ),
    Parser(
        "pull",
        _read_pull,
        _conversations,
        _ANSWER_WORDS,
        ("checks.pull", "checks.repository", "checks.token", "checks.pull_refusal", "manifest"),
    ),
    Parser("challenge", _read_challenges, _challenges, _ANSWER_WORDS, ("challenge", "checks.realm")),
    Parser("token", _read_token, st.sampled_from(_bodies), _ANSWER_WORDS, ("checks.token", "checks.login")),
    Parser(
        "refusal",
        _read_refusal,
        _answers | _challenged,
        _ANSWER_WORDS,
        ("checks.answers", "checks.pull_rate", "registries.github"),
    ),
    Parser("manifest", _read_manifest, st.sampled_from(_manifests), _ANSWER_WORDS, ("manifest", "platforms")),
    Parser("http", _read_http, _http, _HTTP_WORDS, ("probes.http",)),
    Parser("tunnel", _read_tunnel, _http, _HTTP_WORDS, ("probes.proxy",)),
    Parser("credential-helper", _read_helper, _kept, _HELPER_WORDS, ("probes.credential_helper",)),
    Parser(
        "github-api",
        _read_github,
        st.lists(_api, min_size=1, max_size=4).map("\0".join),
        _API_WORDS,
        ("codespace", "probes.github"),
    ),
)
