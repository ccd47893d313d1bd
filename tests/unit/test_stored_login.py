"""Docker's own login beside a set, where no registry has to be asked to tell."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from regdoctor.checks.case import Case
from regdoctor.checks.stored_login import stale_login
from regdoctor.discovery import discover
from regdoctor.probes.deadline import Deadline
from regdoctor.probes.world import World
from regdoctor.secret import Redactor
from regdoctor.settings import Settings
from tests.unit.support import a_set, secrets

ECR = "123456789012.dkr.ecr.eu-central-1.amazonaws.com"


def stale(folder: Path, config: object, *sets: dict[str, str]) -> bool:
    """Whether docker's login is stale for the first of some sets, of which the others share its registry."""
    (folder / "config.json").write_text(json.dumps(config))
    world = World(Settings(), {"DOCKER_CONFIG": str(folder)}, Redactor())
    variables = {name: value for each in sets for name, value in each.items()}
    first, *twins = discover(secrets(variables)).sets
    return stale_login(Case(first, None, Settings(), world, Deadline.after(60)), twins) is not None


def auth(user: str, password: str) -> dict[str, str]:
    return {"auth": base64.b64encode(f"{user}:{password}".encode()).decode()}


@pytest.mark.parametrize("server", [ECR, "public.ecr.aws"])
def test_for_aws_docker_holds_a_token_and_never_the_key(server: str, tmp_path: Path) -> None:
    key = a_set(server, "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYxx")
    assert not stale(tmp_path, {"auths": {server: auth("AWS", "eyJwYXlsb2FkIjoi")}}, key)


def test_the_login_of_a_twin_is_not_stale(tmp_path: Path) -> None:
    one, other = a_set(user="mona", identifier="A"), a_set(user="octocat", password="x" * 12, identifier="B")
    config = {"auths": {"registry.example.com": auth("octocat", "x" * 12)}}
    assert not stale(tmp_path, config, one, other)
    assert stale(tmp_path, config, one)


def test_blanks_around_the_values_make_no_other_login_as_docker_strips_them(tmp_path: Path) -> None:
    config = {"auths": {"registry.example.com": auth("octocat", "quartz-velvet")}}
    assert not stale(tmp_path, config, a_set(user="octocat ", password="quartz-velvet\n"))


@pytest.mark.parametrize(
    "server", ["https://registry.example.com/team", "REGISTRY.example.com", "registry.example.com:443"]
)
def test_the_servers_other_spellings_mean_the_same_login(server: str, tmp_path: Path) -> None:
    config = {"auths": {"registry.example.com": auth("octocat", "another-password")}}
    assert stale(tmp_path, config, a_set(server))


def test_a_ready_made_bearer_token_cannot_be_compared(tmp_path: Path) -> None:
    assert not stale(tmp_path, {"auths": {"registry.example.com": {"registrytoken": "x"}}}, a_set())
