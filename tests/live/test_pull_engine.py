"""The verdict on an image and what a real Engine then does with it: a real registry with scoped tokens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from regdoctor.reference import read_reference
from tests.lab.engine import Engine
from tests.lab.images import push_image
from tests.lab.programs import require
from tests.lab.registry import USERS, Registry
from tests.lab.tokens import Grants, TokenServer
from tests.live.pulling import NOBODY, ask, docker_has

OWNER, READER = "alice", "bob"
FOR_READERS = ("team/open", "team/app", "team/arm", "team/arms", "team/both")
GRANTS: Grants = {
    OWNER: dict.fromkeys((*FOR_READERS, "team/closed", "team/gone"), ("pull", "push")),
    READER: dict.fromkeys(FOR_READERS, ("pull",)),
    "": {"team/open": ("pull",)},
}
NOT_A_PASSWORD = "kxq7-vnt2-zzpd-93wf"


@dataclass(frozen=True)
class Row:
    """An image, who asks for it, what is said, and whether an Engine gets it."""

    name: str
    image: str
    user: str
    verdict: str | None
    pulled: bool
    password: str | None = None
    platform: str | None = None


MATRIX = (
    Row("granted", "team/app:1.0", READER, None, True),
    Row("granted to everybody", "team/open:1.0", "", None, True),
    Row("granted to everybody, asked for with a login", "team/open:1.0", READER, None, True),
    Row("denied", "team/closed:1.0", READER, "pull-denied", False),
    Row("denied, and not there either", "team/nowhere:1.0", READER, "pull-denied", False),
    Row("without a login", "team/app:1.0", "", "no-credentials-sent", False),
    Row("with a wrong password", "team/app:1.0", READER, "bad-credentials", False, NOT_A_PASSWORD),
    Row("public, with a wrong password", "team/open:1.0", READER, "bad-credentials", False, NOT_A_PASSWORD),
    Row("missing repository", "team/gone:1.0", OWNER, "repository-not-found", False),
    Row("missing tag", "team/app:1.1", READER, "tag-not-found", False),
    Row("index with this platform", "team/both:1.0", READER, None, True),
    Row("index for other platforms", "team/arms:1.0", READER, "image-platform-mismatch", False),
    Row("index, asked for another platform", "team/both:1.0", READER, None, True, platform="linux/arm64"),
    Row(
        "index, asked for a platform that it lacks",
        "team/both:1.0",
        READER,
        "image-platform-mismatch",
        False,
        platform="linux/s390x",
    ),
    # An Engine takes what it cannot run, where nothing tells it beforehand: that is the warning.
    Row("image for another platform", "team/arm:1.0", READER, "image-platform-mismatch", True),
    Row("no name", "Team/App:1.0", READER, "invalid-reference", False),
)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """A real registry whose tokens open what GRANTS says, with an image in each repository but one."""
    require("docker-registry", "setpriv", "skopeo")
    folder = tmp_path_factory.mktemp("tokens")
    with TokenServer(folder, USERS, grants=GRANTS) as tokens, Registry(tokens=tokens) as registry:
        owner = (OWNER, USERS[OWNER])
        for name in ("team/open", "team/app", "team/closed"):
            push_image(registry.address, f"{name}:1.0", owner)
        push_image(registry.address, "team/arm:1.0", owner, architecture="arm64")
        push_image(registry.address, "team/arms:1.0", owner, index_of=["arm64", "s390x"])
        push_image(registry.address, "team/both:1.0", owner, index_of=["amd64", "arm64"])
        yield registry


@pytest.mark.parametrize("row", MATRIX, ids=lambda row: row.name)
def test_the_verdict_is_what_a_real_engine_then_does(registry: Registry, engine: Engine, row: Row) -> None:
    reference = f"{registry.address}/{row.image}"
    password = row.password or USERS.get(row.user, "")
    pull = ask(reference, docker_has(row.user, password) if row.user else NOBODY, platform=row.platform)
    assert pull.verdict == row.verdict, pull.evidence
    assert (pull.result.status != "error") is row.pulled
    assert _engine_pulls(engine, reference, row.user, password, row.platform) is row.pulled


def _engine_pulls(engine: Engine, reference: str, user: str, password: str, platform: str | None) -> bool:
    import docker.errors

    name, _, tag = reference.rpartition(":")
    login = {"username": user, "password": password} if user else None
    with engine.client() as client:
        try:
            client.images.pull(name, tag=tag, auth_config=login, platform=platform)
        except docker.errors.APIError:
            return False
        client.images.remove(reference, force=True)
    return True


NAMES = (
    "app",
    "app:1.0",
    "octo/app",
    "docker.io/app:1",
    "docker.io/library/app",
    "index.docker.io/octo/app:1",
    "GHCR.io/octo/app",
    "localhost/app",
    "localhost:5000/app:v1_2.3-x",
    "a__b/c.d/e-----f",
    "App",
    "octo/App",
    "octo/app:-1",
    "octo/app:" + "a" * 128,
    "octo/app:" + "a" * 129,
    "octo/",
    "octo//app",
    "octo/-app",
    "octo/a..b",
    "octo/a___b",
    "-ghcr.io/app",
    "ghcr.io:/app",
    "ghcr.io/" + "a" * 247,
    "ghcr.io/" + "a" * 256,
    "octo/äpp",
    "0123456789abcdef" * 4,
    "https://ghcr.io/octo/app",
)
"""Names of which all Engines think the same: the rules for capitals in hosts, IPv6 and lengths came later."""


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_right_where_a_real_engine_takes_it(engine: Engine, name: str) -> None:
    import docker.errors

    reference = read_reference(name)
    with engine.client() as client:
        id_of = json.loads(client.api.import_image_from_data(b""))["status"]
        path, colon, tag = name.rpartition(":")
        split = (path, tag) if colon and "/" not in tag else (name, None)
        try:
            client.api.tag(id_of, *split)
            (shown,) = client.images.get(id_of).tags
        except docker.errors.APIError:
            shown = None
        client.images.remove(id_of, force=True)
    assert (shown is not None) is (reference is not None)
    if reference is not None:
        whole = f"{reference.name}:{reference.tag}"
        assert shown == whole.removeprefix("docker.io/").removeprefix("library/")
