"""Docker's own login beside a set that logs in at its registry: what is stale, and what only looks so."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from regdoctor.model import Report
from regdoctor.settings import Settings
from tests.lab import vendors
from tests.lab.certificates import Authority
from tests.lab.vendors import Vendor
from tests.live.running import diagnose, variables_of

HUB_KEY = "https://index.docker.io/v1/"
OTHER = "an-older-Passphrase-9"
OWN_TOKEN = "ghu_0123456789abcdefghijABCDEFGHIJ012345"
STALE = "config-stale-credentials"


def auth(user: str, password: str) -> dict[str, str]:
    return {"auth": base64.b64encode(f"{user}:{password}".encode()).decode()}


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Report]:
    """Diagnoses the set of a vendor beside a docker configuration."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)

    def run(vendor: Vendor, config: Any, *, settings: Any = None, **environ: str) -> Report:
        (tmp_path / "config.json").write_text(json.dumps(config))
        with vendor:
            options = Settings(
                engine="direct", timeout=10, ca_file=vendor.ca_file, overrides=vendor.overrides
            ).but(**(settings or {}))
            variables = variables_of(vendor.server, vendor.user, vendor.password)
            return diagnose(variables, options, {"DOCKER_CONFIG": str(tmp_path), **environ})

    return run


def stale_in(report: Report) -> list[str]:
    """What is said of docker's login, in the one set, which logged in."""
    (result,) = report.sets
    assert result.proved
    assert report.findings == () or all(each.cause.startswith("docker-") for each in report.findings)
    return [each.evidence[0] for each in result.findings if each.cause == STALE]


def test_the_same_login_is_in_order(beside: Callable[..., Report], authority: Authority) -> None:
    vendor = vendors.ghcr(authority)
    assert stale_in(beside(vendor, {"auths": {"ghcr.io": auth(vendor.user, vendor.password)}})) == []


def test_no_login_is_in_order(beside: Callable[..., Report], authority: Authority) -> None:
    assert stale_in(beside(vendors.ghcr(authority), {"auths": {"quay.io": auth("mona", OTHER)}})) == []


def test_another_password_is_stale(beside: Callable[..., Report], authority: Authority) -> None:
    vendor = vendors.ghcr(authority)
    report = beside(vendor, {"auths": {"ghcr.io": auth(vendor.user, OTHER)}})
    (words,) = stale_in(report)
    assert "another password for the same user" in words
    (result,) = report.sets
    assert result.status == "warning"
    finding = next(each for each in result.findings if each.cause == STALE)
    assert 'docker logout "ghcr.io"' in [step.command for step in finding.remediation]


def test_another_user_is_stale_and_is_not_named(beside: Callable[..., Report], authority: Authority) -> None:
    report = beside(vendors.quay(authority), {"auths": {"https://quay.io/v1/": auth("mona-somebody", OTHER)}})
    (words,) = stale_in(report)
    assert "another user" in words
    assert "mona-somebody" not in str(report)


def test_what_docker_takes_from_its_variable_is_stale_too(
    beside: Callable[..., Report], authority: Authority
) -> None:
    vendor = vendors.ghcr(authority)
    variable = json.dumps({"auths": {"ghcr.io": auth("mona", OTHER)}})
    kept = {"auths": {"ghcr.io": auth(vendor.user, vendor.password)}}
    report = beside(vendor, kept, DOCKER_AUTH_CONFIG=variable)
    (words,) = stale_in(report)
    assert "DOCKER_AUTH_CONFIG" in words
    finding = next(each for each in report.sets[0].findings if each.cause == STALE)
    assert not any("docker logout" in (step.command or "") for step in finding.remediation)


def test_a_login_to_docker_hub_is_found_under_its_old_name(
    beside: Callable[..., Report], authority: Authority
) -> None:
    vendor = vendors.docker_hub(authority)
    assert stale_in(beside(vendor, {"auths": {HUB_KEY: auth(vendor.user, vendor.password)}})) == []
    vendor = vendors.docker_hub(authority)
    assert stale_in(beside(vendor, {"auths": {HUB_KEY: auth(vendor.user, OTHER)}})) != []


def test_a_token_that_the_registry_gave_for_a_password_is_not_stale(
    beside: Callable[..., Report], authority: Authority
) -> None:
    vendor = vendors.acr(authority)
    entry = {**auth(vendor.user, ""), "identitytoken": "a-refresh-token-of-acr"}
    assert stale_in(beside(vendor, {"auths": {vendor.server: entry}})) == []


@pytest.mark.parametrize("token", [OWN_TOKEN, "ghs_0123456789abcdefghijABCDEFGHIJ012345"])
def test_the_codespaces_own_login_is_not_stale(
    token: str, beside: Callable[..., Report], authority: Authority
) -> None:
    config = {"auths": {"ghcr.io": auth("octocat-in-codespace", token)}}
    assert stale_in(beside(vendors.ghcr(authority), config, CODESPACES="true")) == []
    assert stale_in(beside(vendors.ghcr(authority), config)) != []


def test_the_codespaces_own_token_is_known_by_its_variable_whatever_its_form(
    beside: Callable[..., Report], authority: Authority
) -> None:
    config = {"auths": {"ghcr.io": auth("octocat", OTHER)}}
    environ = {"CODESPACES": "true", "GITHUB_TOKEN": OTHER}
    assert stale_in(beside(vendors.ghcr(authority), config, **environ)) == []


def test_at_another_registry_the_codespaces_own_token_is_stale(
    beside: Callable[..., Report], authority: Authority
) -> None:
    config = {"auths": {"quay.io": auth("octocat", OWN_TOKEN)}}
    assert stale_in(beside(vendors.quay(authority), config, CODESPACES="true")) != []


def test_a_set_that_is_not_stored_yet_is_not_compared(
    beside: Callable[..., Report], authority: Authority
) -> None:
    vendor = vendors.ghcr(authority)
    config = {"auths": {"ghcr.io": auth(vendor.user, OTHER)}}
    assert stale_in(beside(vendor, config, settings={"stored": False})) == []


def test_a_set_that_does_not_log_in_says_nothing_of_dockers_login(
    beside: Callable[..., Report], authority: Authority
) -> None:
    vendor = vendors.ghcr(authority, dead=True)
    (result,) = beside(vendor, {"auths": {"ghcr.io": auth(vendor.user, OTHER)}}).sets
    assert STALE not in [finding.cause for finding in result.findings]


def test_dockers_password_shows_nowhere(beside: Callable[..., Report], authority: Authority) -> None:
    report = beside(vendors.ghcr(authority), {"auths": {"ghcr.io": auth("mona", OTHER)}})
    assert OTHER not in str(report)
