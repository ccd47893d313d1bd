"""GitHub's REST API, asked about the codespace at hand.

Every question is asked once, and whatever comes but an answer (a refusal, a page, silence) tells nothing. A
token that the API does not know is not shown again: after several of those it refuses good ones as well.
https://docs.github.com/rest/authentication/authenticating-to-the-rest-api
"""

from __future__ import annotations

import threading
from contextlib import nullcontext

from regdoctor.address import endpoint_of
from regdoctor.codespace.facts import (
    Told,
    api_host,
    by_policy,
    is_repository,
    read_package,
    read_prebuilt,
    read_repository,
    read_secrets,
    read_selected,
    token_of,
)
from regdoctor.probes.failure import ProbeFailure
from regdoctor.probes.world import Memory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from regdoctor.codespace.facts import Level, Package, Repository, StoredSecret
    from regdoctor.probes.deadline import Deadline
    from regdoctor.probes.world import World
    from regdoctor.secret import Secret

SECONDS = 5.0
"""What GitHub can tell is worth waiting for, and no more than that."""

_HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}


class GitHub:
    """The API, asked with one token. Its methods may be called from any thread, and raise nothing."""

    def __init__(self, world: World, host: str, token: Secret) -> None:
        self._world = world
        self._endpoint = endpoint_of(host)
        self._token = token
        self._answers = Memory()
        self._silent = threading.Event()
        """The API could not be reached, or does not know the token."""
        self._known = threading.Event()
        """The API has answered the token."""
        self._first = threading.Lock()
        world.redactor.add(token)

    def told_of_codespace(self, deadline: Deadline) -> Told:
        """What the API tells of this codespace, its repository, and the secrets that both may have."""
        environ = self._world.environ
        name, codespace = environ.get("GITHUB_REPOSITORY", ""), environ.get("CODESPACE_NAME", "")
        if not is_repository(name):
            return Told()
        repository = read_repository(self._get(f"/repos/{name}", deadline))
        places: list[tuple[Level, str]] = [("user", "/user"), ("repository", f"/repos/{name}")]
        if repository is not None and repository.owner_kind == "Organization":
            places.append(("organization", _organization(name)))
        secrets: list[StoredSecret] = []
        for level, place in places:
            listed = self._get(f"{place}/codespaces/secrets?per_page=100", deadline)
            secrets += read_secrets(listed, level)
        prebuilt = None
        if codespace.isascii() and codespace.replace("-", "").isalnum():
            prebuilt = read_prebuilt(self._get(f"/user/codespaces/{codespace}", deadline))
        granted = tuple(self._with_policy(secret, name, repository, deadline) for secret in secrets)
        return Told(repository, prebuilt, granted)

    def package(self, repository: str, deadline: Deadline) -> Package | None:
        """What the API tells of the package behind a repository of the registry, such as octo/app at ghcr.io.

        It takes a token with read:packages, as a rule a classic one.
        """
        from urllib.parse import quote

        owner, _, name = repository.partition("/")
        if not owner.replace("-", "").replace("_", "").isalnum() or not owner.isascii() or not name:
            return None
        path = f"packages/container/{quote(name, safe='')}"
        answers = (self._get(f"/{kind}/{owner}/{path}", deadline) for kind in ("orgs", "users"))
        return next(filter(None, map(read_package, answers)), None)

    def _with_policy(
        self, secret: StoredSecret, name: str, repository: Repository | None, deadline: Deadline
    ) -> StoredSecret:
        if secret.policy == "selected":
            above = "/user" if secret.level == "user" else _organization(name)
            path = f"{above}/codespaces/secrets/{secret.name}/repositories?per_page=100"
            secret = secret.but(granted=read_selected(self._get(path, deadline), name))
        return by_policy(secret, repository)

    def _get(self, path: str, deadline: Deadline) -> object:
        """The JSON that a path answers with; None where it does not."""
        # Until it is known what the token is worth, one question at a time.
        with nullcontext() if self._known.is_set() else self._first:
            if self._silent.is_set():
                return None
            try:
                return self._answers.once(path, deadline, lambda: self._ask(path, deadline))
            except (ProbeFailure, TimeoutError):
                self._silent.set()
                return None

    def _ask(self, path: str, deadline: Deadline) -> object:
        import json

        headers = {**_HEADERS, "Authorization": f"Bearer {self._token.reveal()}"}
        response = self._world.ask(self._endpoint, path, headers, deadline.within(SECONDS), once=True)
        (self._silent if response.status == 401 else self._known).set()
        if response.status != 200:
            return None
        try:
            return json.loads(response.body)
        except (ValueError, RecursionError):
            return None


def _organization(repository: str) -> str:
    return f"/orgs/{repository.partition('/')[0]}"


def github_of(world: World) -> GitHub | None:
    """The API of this codespace's GitHub; None outside of one, and where there is no token to ask with."""
    host, token = api_host(world.environ), token_of(world.environ)
    return None if host is None or token is None else GitHub(world, host, token)
