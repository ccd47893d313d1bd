"""Whatever text comes: it is read in bounded time and memory, and what is shown of it is harmless."""

from __future__ import annotations

import io
import random
import tracemalloc

import pytest

from regdoctor.explain import Explained, explain
from regdoctor.explain.logs import OVERLAP, PIECE, blocks_of, plain
from regdoctor.registries.masking import masked_in_log

REFUSED = 'Error response from daemon: Get "https://ghcr.io/v2/": denied: denied'


def told(text: str | bytes, **known: str) -> tuple[Explained, ...]:
    data = text if isinstance(text, bytes) else text.encode()
    return explain(io.BytesIO(data), servers=known)


def verdict(text: str | bytes) -> tuple[str, str, str | None, int]:
    first = told(text)[0]
    return first.finding.cause, first.registry, first.host, first.line


@pytest.mark.parametrize(
    "text",
    [
        REFUSED,
        f"{REFUSED}\r\n",
        f"\x1b[31;1m{REFUSED}\x1b[0m",
        f"2026-01-31T12:00:00.0000000Z ##[error]{REFUSED}",
        f"::error::{REFUSED}",
        '{"level":"error","msg":"Error response from daemon: Get \\"https://ghcr.io/v2/\\": denied: denied"}',
        '{"error":"Get \\\\\\"https:\\/\\/ghcr.io\\/v2\\/\\\\\\": denied: denied"}',
        "pulling 10%\rpulling 50%\r" + REFUSED,
        f"some words before it on this line of about eighty characters {REFUSED[:18]}\n{REFUSED[19:]}",
        f"\ufeff{REFUSED}".encode(),
        f"\ufeff{REFUSED}".encode("utf-16-le"),
        f"\ufeff{REFUSED}".encode("utf-16-be"),
    ],
    ids=[
        "bare", "Windows", "colours", "Actions", "annotation", "JSON", "JSON in JSON", "progress", "wrapped",
        "UTF-8 mark", "UTF-16", "UTF-16 big-endian",
    ],
)  # fmt: skip
def test_a_failure_is_recognised_in_every_dress(text: str | bytes) -> None:
    cause, registry, host, _ = verdict(text)
    assert (cause, registry, host) == ("bad-credentials", "ghcr", "ghcr.io")


@pytest.mark.parametrize("columns", [78, 80, 132])
def test_a_failure_that_a_terminal_broke_in_the_midst_of_a_word_is_recognised(columns: int) -> None:
    text = (
        'Error response from daemon: Get "https://registry.example.com:5000/v2/": tls: failed to verify '
        + ("certificate: x509: certificate signed by unknown authority")
    )
    broken = "\n".join(text[at : at + columns] for at in range(0, len(text), columns))
    assert verdict(broken)[:3] == ("tls-unknown-ca", "other", "registry.example.com:5000")


def test_a_line_of_source_that_would_raise_is_no_failure() -> None:
    source = "def pull(image):\n    # docker pull\n    raise timeout('The read operation timed out')\n"
    assert told(source.replace("'", '"')) == () or verdict(source)[0] == "unknown"


@pytest.mark.parametrize(
    "beside",
    ["curl: (6) Could not resolve host: example.net", "wget: unable to resolve host address: no such host"],
)
def test_what_another_program_failed_of_comes_after_what_the_registry_says(beside: str) -> None:
    assert verdict(f"{beside}\n{REFUSED}")[0] == "bad-credentials"


def test_of_a_push_and_a_pull_in_one_text_the_nearer_decides() -> None:
    pull = "$ docker pull octo/app:1\n1: Pulling from octo/app\nStatus: Downloaded newer image\n"
    push = "$ docker push octo/app:2\nThe push refers to repository [docker.io/octo/app]\n"
    denied = "denied: requested access to the resource is denied\n"
    assert verdict(pull + push + denied)[0] == "push-denied"
    head = 'Head "https://registry-1.docker.io/v2/octo/app/manifests/1": denied\n'
    assert verdict(push + "2: digest: sha256:ab size: 9\n" + pull[:25] + head)[0] == "pull-denied"


def test_how_long_a_step_took_does_not_hide_its_words() -> None:
    line = ' ✘ web Error Head "https://registry.example.com/v2/octo/web/manifests/1": unauthorized   0.6s'
    assert verdict(line)[0] == "no-credentials-sent"


def test_the_line_is_that_of_an_editor() -> None:
    text = "Step 1\nStep 2\r\n\nprogress 1%\rprogress 2%\n" + REFUSED + "\nmore\n"
    assert verdict(text)[3] == 5


def test_the_same_failure_again_and_again_is_one_finding() -> None:
    found = told("\n".join([REFUSED] * 50))
    assert len(found) == 1
    assert found[0].line == 1
    assert "at least 30 lines say so" in found[0].finding.evidence


def test_a_failure_at_the_end_of_a_huge_log_is_found() -> None:
    noise = "".join(f"2026-01-31 12:00:00 step {number} done, all is well\n" for number in range(200_000))
    assert verdict(noise + REFUSED)[3] == 200_001


def test_words_that_two_blocks_share_are_found() -> None:
    for before in (398, 399, 400, 401):
        split = 'this is a line of about seventy characters: Get "https://ghcr.io/v2/":\ndenied: denied\n'
        text = "ok\n" * before + split
        assert verdict(text)[0] == "bad-credentials", before


@pytest.mark.parametrize("at", [0, PIECE - 40, PIECE - 8, PIECE, 3 * PIECE - OVERLAP, 1_000_000])
def test_words_anywhere_in_one_endless_line_are_found(at: int) -> None:
    text = "x " * (at // 2) + REFUSED + " x" * 1000
    assert verdict(text)[0] == "bad-credentials"


def test_memory_stays_bounded_while_a_log_streams_by() -> None:
    class Stream(io.BytesIO):
        left = 20_000_000

        def read(self, size: int | None = -1) -> bytes:
            size = min(size or 0, self.left)
            line = b"error: something failed at step 12345 of the build\n"
            self.left -= size
            return (line * (size // len(line) + 1))[:size]

    tracemalloc.start()
    explain(Stream())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize("seed", range(20))
def test_random_bytes_and_broken_texts_do_no_harm(seed: int) -> None:
    chance = random.Random(seed)
    pieces = [
        REFUSED.encode(),
        b"\x00",
        b"\xff\xfe",
        b"\x1b[",
        b"\\u00",
        b"\r",
        b"\n",
        b"{",
        b'"',
        bytes(range(256)),
    ]
    data = b"".join(chance.choice(pieces)[: chance.randrange(1, 90)] for _ in range(2000))
    for each in told(data):
        assert all(character.isprintable() for evidence in each.finding.evidence for character in evidence)


@pytest.mark.parametrize("text", ["", "\n\n\n", "All done.\n", "0 errors, 0 failures\n", "\x00" * 100])
def test_a_text_without_a_failure_gives_nothing(text: str) -> None:
    assert told(text) == ()


def test_a_failure_of_no_known_cause_is_unknown() -> None:
    found = told("Step 4/9: compiling\nfatal: the frobnicator is upside down\n")
    assert [(each.finding.cause, each.confidence, each.line) for each in found] == [("unknown", "low", 2)]


def test_a_masked_host_is_that_of_the_one_set_at_hand() -> None:
    line = (
        "Error response from daemon: pull access denied for ********/team/app, repository does not exist "
        "or may require 'docker login': denied: requested access to the resource is denied"
    )
    first = told(line, ACR="mycompany.azurecr.io")[0]
    assert (first.host, first.registry) == ("mycompany.azurecr.io", "acr")
    several = told(line, ACR="mycompany.azurecr.io", OTHER="registry.example.com")[0]
    assert several.host is None


SECRETS = [
    ("docker login -u octocat -p Sup3rGeheim! ghcr.io", "Sup3rGeheim!"),
    ("docker login --password=Sup3rGeheim! ghcr.io", "Sup3rGeheim!"),
    ("curl https://octocat:Sup3rGeheim@registry.example.com/v2/", "Sup3rGeheim"),
    ("Authorization: Basic b2N0b2NhdDpTdXAzckdlaGVpbQ==", "b2N0b2NhdDpTdXAzckdlaGVpbQ"),
    ("Authorization: Bearer abcdefghijklmnop.qrstuv", "abcdefghijklmnop"),
    ('"auth": "b2N0b2NhdDpTdXAzckdlaGVpbQ=="', "b2N0b2NhdDpTdXAzckdlaGVpbQ"),
    ("GHCR_CONTAINER_REGISTRY_PASSWORD=Sup3rGeheim", "Sup3rGeheim"),
    ("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz", "wJalrXUtnFEMI"),
    ("using ghp_0123456789abcdefghij0123456789abcdefgh now", "0123456789abcdefghij"),
    ("identitytoken: eyJhbGciOiJSUzI1NiJ9.eyJleHAiOjE3MDB9.c2ln", "eyJhbGciOiJSUzI1NiJ9"),
]


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_a_credential_in_a_pasted_line_is_masked(text: str, secret: str) -> None:
    assert secret not in masked_in_log(text)
    found = told(f"{text} {REFUSED}")
    assert found
    assert all(secret not in evidence for each in found for evidence in each.finding.evidence)


@pytest.mark.parametrize(
    "text",
    [
        REFUSED,
        "unauthorized: authentication required, visit https://aka.ms/acr/authorization for more information.",
        "no basic auth credentials",
        "unauthorized: incorrect username or password",
        "the token was refused by the basic authorization server",
        "docker login -u octocat --password-stdin ghcr.io",
    ],
)
def test_a_line_without_a_credential_is_left_alone(text: str) -> None:
    assert masked_in_log(text) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a  b\t c", "a b c"),
        ("\x1b]0;title\x07x", "x"),
        ('say \\"yes\\"', 'say "yes"'),
        ("\\u0027x\\u0027", "'x'"),
    ],
)
def test_a_line_is_made_plain(raw: str, text: str) -> None:
    assert plain(raw) == text


def test_no_line_is_lost_between_blocks() -> None:
    data = "".join(f"line {number}\n" for number in range(1, 2001)).encode()
    numbers = {line.number for block in blocks_of(io.BytesIO(data)) for line in block}
    assert numbers == set(range(1, 2001))


# Whom a text speaks of


@pytest.mark.parametrize(
    ("text", "registry", "host"),
    [
        # the request that failed, and not the image's name before it
        (
            'Failed to pull image "docker.io/octo/app:1": Get '
            '"https://production.cloudflare.docker.com/registry-v2/blobs/data": EOF',
            "dockerhub",
            "production.cloudflare.docker.com",
        ),
        # a registry of which only the host of its tokens is named otherwise
        (
            'failed to pull "registry.gitlab.com/octo/app": unexpected status from GET request to '
            "https://gitlab.com/jwt/auth?scope=repository%3Aocto%2Fapp%3Apull: 403 Forbidden",
            "gitlab",
            "registry.gitlab.com",
        ),
        (
            "failed to fetch anonymous token: unexpected status from GET request to "
            "https://auth.docker.io/token?scope=repository%3Aocto%2Fapp%3Apull: 401 Unauthorized",
            "dockerhub",
            "auth.docker.io",
        ),
        # as it is written, with what stands in the place of a name
        ('Head "https://Contoso.azurecr.io/v2/app/manifests/1": unauthorized', "acr", "Contoso.azurecr.io"),
        ('Head "https://<name>.azurecr.io/v2/app/manifests/1": unauthorized', "acr", "<name>.azurecr.io"),
        (
            "Get https://{account}.dkr.ecr.{region}.amazonaws.com/v2/app/manifests/1: "
            "no basic auth credentials",
            "ecr",
            "{account}.dkr.ecr.{region}.amazonaws.com",
        ),
        ("Get https://my_registry:5000/v2/: EOF", "other", "my_registry:5000"),
        ("Get https://REGISTRY/v2/app/manifests/1: no basic auth credentials", "other", "REGISTRY"),
        (
            "HTTPConnectionPool(host='registry.example.com', port=5000): Read timed out.",
            "other",
            "registry.example.com:5000",
        ),
        ("Error: getaddrinfo ENOTFOUND ghcr.oi", "other", "ghcr.oi"),
        # names without a host, and what only looks like one
        ("docker pull -q octo/app:1\nError: ENOSPC: no space left on device", "dockerhub", "docker.io"),
        ("pull access denied for python3.6, repository does not exist", "dockerhub", "docker.io"),
        ('Pulling image "octo/app:1"\nError: manifest unknown', "dockerhub", "docker.io"),
        ("docker run --name web ghcr.io/octo/app\nError: manifest unknown", "ghcr", "ghcr.io"),
        ("4.30: Pulling from octo/app\nmanifest unknown", "other", None),
        ("manifest unknown, see https://docs.example.com/v2/help", "other", None),
        # a vendor's own words, and the Engine's
        ("Bad props auth token: invalid", "artifactory", None),
        (
            "docker login -u octocat ghcr.io\n"
            "Cannot connect to the Docker daemon at unix:///var/run/docker.sock.",
            "other",
            None,
        ),
        # no cause, and yet a host
        ("fatal: registry.example.com/octo/app:1 is upside down", "other", "registry.example.com"),
    ],
)  # fmt: skip
def test_the_registry_and_the_host_are_those_that_the_text_names(
    text: str, registry: str, host: str | None
) -> None:
    assert verdict(text)[1:3] == (registry, host)


def test_where_a_scanner_looked_before_is_not_why_it_failed() -> None:
    text = (
        "FATAL image scan error: 3 errors occurred:\n"
        "* docker error: unable to inspect the image (octo/app:1): Cannot connect to the Docker daemon at "
        "unix:///var/run/docker.sock. Is the docker daemon running?\n"
        "* podman error: unable to initialize Podman client: no podman socket found\n"
        "* remote error: GET https://index.docker.io/v2/octo/app/manifests/1: MANIFEST_UNKNOWN: gone\n"
    )
    assert verdict(text)[0] == "tag-not-found"


@pytest.mark.parametrize(
    "line",
    [
        "`Get https://registry.example.com/v2/app/manifests/1: no basic auth credentials`",
        'docker pull fails "Error response from daemon: no basic auth credentials"',
    ],
)
def test_a_message_that_was_pasted_in_marks_is_one(line: str) -> None:
    assert verdict(line)[0] == "no-credentials-sent"
