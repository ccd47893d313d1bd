"""The parsers of what registries, token services and GitHub answer."""

from __future__ import annotations

import json

from hypothesis import strategies as st

from regdoctor.challenge import LIMIT, read_challenges
from regdoctor.checks import login, pull, registry
from regdoctor.checks.answers import refusal_of_pull, refused, refused_at_the_door, words_of
from regdoctor.checks.pull_case import Claim, PullCase
from regdoctor.checks.pull_rate import rate_in
from regdoctor.checks.realm import distrust
from regdoctor.codespace.facts import API_HOST
from regdoctor.codespace.levels import explain_absence, explain_set
from regdoctor.codespace.packages import explain_denied
from regdoctor.manifest import Manifest, read_config, read_manifest
from regdoctor.model import Image
from regdoctor.platforms import Platform
from regdoctor.probes.deadline import Deadline
from regdoctor.probes.github import GitHub
from regdoctor.probes.http import Response
from regdoctor.probes.world import World
from regdoctor.registries import recognise_answer, registries
from regdoctor.secret import Redactor, Secret
from tests.fuzz.answering import ENDPOINT, HOST, SETTINGS, Answering, a_case, response_in, the_set
from tests.fuzz.parser import SHORT, Parser
from tests.fuzz.promises import fit_to_be_shown, told_well
from tests.unit import examples
from tests.unit.support import PASSWORD

_DIGEST = "sha256:" + "0" * 64


def _read_login(case: bytes) -> None:
    """What a registry and its token service answer to a login, a NUL between two."""
    world = Answering([response_in(raw) for raw in case.split(b"\0", 8)])
    at_hand = a_case(world)
    outcome = registry.check(at_hand)
    told_well(outcome.findings)
    if outcome.status == "ok" and at_hand.challenges:
        logged_in = login.check(at_hand)
        told_well(logged_in.findings)
        fit_to_be_shown(outcome.detail or "", logged_in.detail or "")


def _read_pull(case: bytes) -> None:
    """What a registry, its token service and its storage answer to a pull."""
    world = Answering([response_in(raw, 200) for raw in case.split(b"\0", 16)])
    for claim in (Claim(), Claim(None, "docker's entry", "octocat", Secret(PASSWORD))):
        image = Image(f"{HOST}/octo/app:1", "--image")
        at_hand = PullCase(image, claim, SETTINGS, world, Deadline.after(60), "linux/amd64")
        result = pull.check(at_hand)
        told_well(result.findings)
        fit_to_be_shown(*(check.detail or "" for check in result.checks))


_challenges = st.builds(
    '{} realm="{}"{}{}'.format,
    st.sampled_from(("Bearer", "Basic", "Digest", "bearer")),
    st.sampled_from(
        (
            f"https://{HOST}/token",
            "https://auth.docker.io/token",
            "http://[",
            f"https://{HOST}:99999/",
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
        distrust(challenge.realm, ENDPOINT, registries()[0])
    recognise_answer([(challenge.realm, challenge.service) for challenge in challenges])


def _read_token(case: bytes) -> None:
    """The answer of a token service, and of the registry to the token."""
    token = Response(200, "OK", (), case)
    challenge = Response(401, "", (("www-authenticate", f'Bearer realm="https://{HOST}/token"'),), b"")
    at_hand = a_case(Answering([challenge, token, Response(200, "OK", (), b"{}")]))
    assert registry.check(at_hand).status == "ok"
    told_well(login.check(at_hand).findings)


def _read_refusal(case: bytes) -> None:
    """An answer that is no good, to a login, at the door and to a pull."""
    response = response_in(case)
    case_at_hand = a_case(World(SETTINGS, {}, Redactor()))
    found = (refused(case_at_hand, response, HOST), refused_at_the_door(case_at_hand, response))
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
    world = Answering(answers, _CODESPACE)
    github = GitHub(world, API_HOST, Secret(examples.CLASSIC))
    told = github.told_of_codespace(Deadline.after(60))
    told_well(explain_absence(told))
    told_well(explain_set(the_set(), told, "2026-01-31 12:00 UTC"))
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
        largest=SHORT,
    ),
    Parser(
        "pull",
        _read_pull,
        _conversations,
        _ANSWER_WORDS,
        ("checks.pull", "checks.repository", "checks.token", "checks.pull_refusal", "manifest"),
        largest=SHORT,
    ),
    Parser("challenge", _read_challenges, _challenges, _ANSWER_WORDS, ("challenge", "checks.realm")),
    Parser(
        "token",
        _read_token,
        st.sampled_from(_bodies),
        _ANSWER_WORDS,
        ("checks.token", "checks.login"),
        largest=SHORT,
    ),
    Parser(
        "refusal",
        _read_refusal,
        _answers | _challenged,
        _ANSWER_WORDS,
        ("checks.answers", "checks.pull_rate", "registries.github"),
    ),
    Parser("manifest", _read_manifest, st.sampled_from(_manifests), _ANSWER_WORDS, ("manifest", "platforms")),
    Parser(
        "github-api",
        _read_github,
        st.lists(_api, min_size=1, max_size=4).map("\0".join),
        _API_WORDS,
        ("codespace", "probes.github"),
    ),
)
