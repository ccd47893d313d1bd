"""Runs in a codespace that is made up: its files in a folder, GitHub's API and a registry on loopback."""

from __future__ import annotations

import functools
import json
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import regdoctor.codespace.kept
from regdoctor import cli
from regdoctor.codespace.kept import Kept, read_kept
from regdoctor.diagnosis import Diagnosis
from regdoctor.inquiry import Inquiry
from regdoctor.model import Finished, Report
from regdoctor.probes.deadline import Deadline
from regdoctor.probes.world import World
from regdoctor.report import text
from regdoctor.report.anonymous import anonymized
from regdoctor.secret import Redactor, Secret
from regdoctor.settings import Override, Settings
from tests.codespace.test_kept import LINES, write
from tests.lab import handlers
from tests.lab.certificates import Authority
from tests.lab.scripted import ScriptedRegistry
from tests.lab.vendors import github_api as api
from tests.lab.vendors.vendor import Vendor, made_up
from tests.live.running import NO_ENGINE
from tests.schema import validate
from tests.unit.support import a_set, rendered, secrets, windows

HOST = "registry.example.com"
NEW, OLD = "Quartz+Velvet7-Onion", "kxq7-vnt2-zzpd-93wf"
PASSWORD_NAME = "TEAM_CONTAINER_REGISTRY_PASSWORD"
HERE = {
    "CODESPACES": "true",
    "CODESPACE_NAME": "fluffy-lamp-1",
    "GITHUB_REPOSITORY": "octo/app",
    "DOCKER_HOST": NO_ENGINE,
}
REPO = "/repos/octo/app"
NOTHING: dict[str, Any] = {}


@pytest.fixture
def registry(authority: Authority) -> Iterator[ScriptedRegistry]:
    """Takes octocat with the new password."""
    with ScriptedRegistry(handlers.basic({"octocat": NEW}), authority.issue(HOST)) as running:
        yield running


def run(
    variables: Mapping[str, str],
    registry: ScriptedRegistry,
    authority: Authority,
    *,
    github: Vendor | None = None,
    kept: Kept | None = None,
    environ: Mapping[str, str] = NOTHING,
    offline: bool = False,
) -> Report:
    """The report of a run; without an API of GitHub's, its host refuses connections."""
    routes = github.overrides if github else (Override(api.HOST, 443, "127.0.0.1", 1),)
    overrides = (Override(HOST, 443, registry.host, registry.port), *routes)
    settings = Settings(timeout=10, ca_file=authority.ca_file, overrides=overrides, offline=offline)
    token = {"REGDOCTOR_TOKEN": github.password} if github else {}
    *_, last = Diagnosis(secrets(variables), settings, {**HERE, **token, **environ}, kept=kept).run()
    assert isinstance(last, Finished)
    shown = rendered(last.report)
    for hidden in (NEW, OLD, *token.values()):
        assert not any(window in shown for window in windows(hidden))
    return last.report


def logins(registry: ScriptedRegistry) -> list[str]:
    """The passwords that the registry saw."""
    return [request.basic[1] for request in registry.requests if request.basic]


def paths(github: Vendor) -> list[str]:
    return [request.path for request in github.all_requests]


def causes(report: Report) -> list[tuple[str, str]]:
    """Cause and severity of the one set's findings."""
    (result,) = report.sets
    return [(finding.cause, finding.severity) for finding in result.findings]


def kept_in(folder: Path, variables: Mapping[str, str], environ: Mapping[str, str]) -> Kept:
    write(folder, LINES, variables)
    return read_kept({**HERE, **environ}, str(folder))


# What the files hold


def test_a_set_that_only_the_files_have_is_diagnosed_and_said_to_be_unseen(
    registry: ScriptedRegistry, authority: Authority, tmp_path: Path
) -> None:
    report = run({}, registry, authority, kept=kept_in(tmp_path, a_set(HOST, password=NEW), {}))
    assert causes(report) == [("secret-not-visible", "warning")]
    (result,) = report.sets
    assert (result.proved, result.status) == (True, "warning")
    assert all(str(tmp_path / LINES) in line for line in result.findings[0].evidence)
    assert logins(registry) == [NEW]


def test_one_part_that_only_the_files_have_completes_the_set(
    registry: ScriptedRegistry, authority: Authority, tmp_path: Path
) -> None:
    whole = a_set(HOST, password=NEW)
    here = {name: value for name, value in whole.items() if name != PASSWORD_NAME}
    report = run(here, registry, authority, kept=kept_in(tmp_path, whole, here))
    (finding,) = report.sets[0].findings
    assert (finding.cause, len(finding.evidence)) == ("secret-not-visible", 1)
    assert finding.also_possible == ("codespace-restart-needed",)
    assert report.sets[0].proved


def test_an_old_value_that_fails_while_the_new_one_works_takes_a_restart(
    registry: ScriptedRegistry, authority: Authority, tmp_path: Path
) -> None:
    old = a_set(HOST, password=OLD)
    report = run(old, registry, authority, kept=kept_in(tmp_path, a_set(HOST, password=NEW), old))
    assert causes(report) == [("codespace-restart-needed", "error"), ("bad-credentials", "info")]
    assert report.sets[0].findings[0].evidence[-1].endswith("keeps now: it works")
    assert logins(registry) == [OLD, NEW]


def test_an_old_value_that_works_is_the_only_one_that_is_sent(
    registry: ScriptedRegistry, authority: Authority, tmp_path: Path
) -> None:
    works = a_set(HOST, password=NEW)
    report = run(works, registry, authority, kept=kept_in(tmp_path, a_set(HOST, password=OLD), works))
    assert causes(report) == [("codespace-restart-needed", "warning")]
    assert report.sets[0].proved
    assert logins(registry) == [NEW]


def test_where_both_values_fail_each_is_sent_once(
    registry: ScriptedRegistry, authority: Authority, tmp_path: Path
) -> None:
    other = "vbn3-mmq8-wwzz-11aa"
    old = a_set(HOST, password=OLD)
    report = run(old, registry, authority, kept=kept_in(tmp_path, a_set(HOST, password=other), old))
    assert causes(report) == [("bad-credentials", "error"), ("codespace-restart-needed", "warning")]
    assert "keeps now: " in report.sets[0].findings[1].evidence[-1]
    assert logins(registry) == [OLD, other]


def test_a_misnamed_variable_of_the_files_says_where_it_stands(
    registry: ScriptedRegistry, authority: Authority, tmp_path: Path
) -> None:
    report = run({}, registry, authority, kept=kept_in(tmp_path, {"ACR_CONTAINERREGISTRY_SERVER": HOST}, {}))
    (finding,) = [found for found in report.findings if found.cause == "name-near-miss"]
    assert str(tmp_path / LINES) in finding.evidence[-1]


# What GitHub tells


def test_a_healthy_run_asks_github_nothing(registry: ScriptedRegistry, authority: Authority) -> None:
    with api.github_api(authority, {REPO: api.repository()}) as github:
        report = run(a_set(HOST, password=NEW), registry, authority, github=github)
    assert causes(report) == []
    assert paths(github) == []


def test_outside_a_codespace_github_is_asked_nothing(
    registry: ScriptedRegistry, authority: Authority
) -> None:
    with api.github_api(authority, {}) as github:
        for environ in ({"CODESPACES": ""}, {"GITHUB_API_URL": "https://api.github.com.example"}):
            run(a_set(HOST, password=OLD), registry, authority, github=github, environ=environ)
    assert paths(github) == []


def test_offline_github_is_asked_nothing(registry: ScriptedRegistry, authority: Authority) -> None:
    here = a_set(HOST, password=OLD)
    del here[PASSWORD_NAME]
    with api.github_api(authority, {}) as github:
        run(here, registry, authority, github=github, offline=True)
    assert paths(github) == []


def test_a_failure_on_the_way_to_the_registry_is_none_of_githubs(
    registry: ScriptedRegistry, authority: Authority
) -> None:
    with api.github_api(authority, {}) as github:
        report = run(a_set("127.0.0.1:1", password=NEW), registry, authority, github=github)
    assert causes(report)[0] == ("tcp-refused", "error")
    assert paths(github) == []


def test_a_part_that_is_not_granted_is_the_verdict(registry: ScriptedRegistry, authority: Authority) -> None:
    here = a_set(HOST, password=NEW)
    del here[PASSWORD_NAME]
    answers = {
        REPO: api.repository(),
        "/user/codespaces/secrets": api.secrets(PASSWORD_NAME, "DATABASE_URL", visibility="selected"),
        f"/user/codespaces/secrets/{PASSWORD_NAME}/repositories": api.selected("octo/other"),
    }
    with api.github_api(authority, answers) as github:
        report = run(here, registry, authority, github=github)
    assert causes(report) == [("secret-not-granted", "error"), ("set-incomplete", "error")]
    assert "/settings/codespaces" in text.render(report)
    asked = paths(github)
    assert len(asked) == len(set(asked))
    assert not any("DATABASE_URL" in path for path in asked)
    assert not any(path.startswith("/orgs/") for path in asked)


def test_a_report_for_a_public_ticket_names_no_repository_and_no_page_of_an_owner(
    registry: ScriptedRegistry, authority: Authority
) -> None:
    here = a_set(HOST, password=NEW)
    del here[PASSWORD_NAME]
    secret = f"/orgs/octo/codespaces/secrets/{PASSWORD_NAME}/repositories"
    answers = {
        REPO: api.repository(kind="Organization"),
        "/orgs/octo/codespaces/secrets": api.secrets(PASSWORD_NAME, visibility="selected"),
        secret: api.selected("octo/other"),
    }
    with api.github_api(authority, answers) as github:
        report = run(here, registry, authority, github=github)
    assert "/organizations/octo/settings" in text.render(report)
    assert "octo/" not in text.render(anonymized(report)).replace("octocat", "")


def test_a_set_that_is_refused_and_mixed_from_levels_says_so(
    registry: ScriptedRegistry, authority: Authority
) -> None:
    server, user, password = a_set()
    answers = {
        REPO: api.repository(kind="Organization"),
        f"{REPO}/codespaces/secrets": api.secrets(server),
        "/orgs/octo/codespaces/secrets": api.secrets(user, visibility="all"),
        "/user/codespaces/secrets": api.secrets(password, visibility="all"),
    }
    with api.github_api(authority, answers) as github:
        report = run(a_set(HOST, password=OLD), registry, authority, github=github)
    assert causes(report) == [("bad-credentials", "error"), ("set-mixed-levels", "warning")]
    assert logins(registry) == [OLD]


def test_a_secret_that_was_changed_after_the_start_takes_a_restart(
    registry: ScriptedRegistry, authority: Authority, tmp_path: Path
) -> None:
    here = a_set(HOST, password=OLD)
    listed = api.secrets(*a_set(), changed="2999-01-01T00:00:00Z")
    with api.github_api(authority, {REPO: api.repository(), f"{REPO}/codespaces/secrets": listed}) as github:
        report = run(here, registry, authority, github=github)
        kept = kept_in(tmp_path, here, here)
        synchronised = run(here, registry, authority, github=github, kept=kept)
    assert causes(report) == [("bad-credentials", "error"), ("codespace-restart-needed", "warning")]
    assert causes(synchronised) == [("bad-credentials", "error")]


def test_a_codespace_without_sets_learns_which_are_withheld(
    registry: ScriptedRegistry, authority: Authority
) -> None:
    answers = {
        REPO: api.repository(visibility="public"),
        "/user/codespaces/secrets": api.secrets(*a_set(), visibility="private"),
    }
    with api.github_api(authority, answers) as github:
        report = run({}, registry, authority, github=github)
    assert [
        (found.cause, found.severity) for found in report.findings if found.cause.startswith("secret")
    ] == [("secret-not-granted", "warning")]


@pytest.mark.parametrize("status", [403, 404, 500])
def test_an_api_that_tells_nothing_changes_nothing(
    registry: ScriptedRegistry, authority: Authority, status: int
) -> None:
    answers = dict.fromkeys((REPO, "/user/codespaces/secrets", f"{REPO}/codespaces/secrets"), status)
    with api.github_api(authority, answers) as github:
        report = run(a_set(HOST, password=OLD), registry, authority, github=github)
    assert causes(report) == [("bad-credentials", "error")]
    assert len(paths(github)) == len(set(paths(github))) == 4


def test_a_token_that_is_not_known_is_shown_once(registry: ScriptedRegistry, authority: Authority) -> None:
    dead = "ghp_" + made_up(36)
    with api.github_api(authority, {REPO: api.repository()}) as github:
        here = a_set(HOST, password=OLD)
        report = run(here, registry, authority, github=github, environ={"REGDOCTOR_TOKEN": dead})
    assert causes(report) == [("bad-credentials", "error")]
    assert paths(github) == [REPO]


def test_an_api_that_cannot_be_reached_changes_nothing(
    registry: ScriptedRegistry, authority: Authority
) -> None:
    report = run(
        a_set(HOST, password=OLD), registry, authority, environ={"GITHUB_TOKEN": "ghu_" + made_up(36)}
    )
    assert causes(report) == [("bad-credentials", "error")]
    assert ("TCP", api.HOST) in {(call.method, call.host) for call in report.calls}


@pytest.mark.parametrize(
    "body", [b"", b"<!doctype html>", b"[" * 100_000, b'{"full_name": 7}', b"\xff\xfe", [], "text", None]
)
def test_an_answer_that_makes_no_sense_changes_nothing(
    registry: ScriptedRegistry, authority: Authority, body: object
) -> None:
    with api.github_api(authority, {REPO: body, "/user/codespaces/secrets": body}) as github:
        report = run(a_set(HOST, password=OLD), registry, authority, github=github)
    assert causes(report) == [("bad-credentials", "error")]


# Packages


@pytest.mark.parametrize(
    ("place", "answered"), [("/orgs/octo", True), ("/users/octo", True), ("/orgs/hubot", False)]
)
def test_a_package_is_looked_for_at_its_owner(authority: Authority, place: str, answered: bool) -> None:
    path = f"{place}/packages/container/base/tool"
    with api.github_api(authority, {path: api.package("internal", "octo/base")}) as github:
        settings = Settings(ca_file=authority.ca_file, overrides=github.overrides)
        environ = {**HERE, "REGDOCTOR_TOKEN": github.password}
        world = World(settings, environ, Redactor())
        inquiry = Inquiry(world, Deadline.after(5))
        found = [inquiry.package("octo/base/tool") for _ in range(2)]
        assert inquiry.package("octo") is inquiry.package("../octo/x") is None
        world.close()
    assert [package is not None for package in found] == [answered, answered]
    assert len(github.all_requests) == (1 if place == "/orgs/octo" else 2)


def test_a_package_that_github_knows_is_not_said_to_be_missing(authority: Authority) -> None:
    closed = handlers.always(handlers.error(403, "DENIED", "denied"))
    door = handlers.Bearer({"octocat": NEW}, grants={"octocat": []})
    gate = handlers.routes({"/token": door, "/v2/": door}, closed)
    path = "/orgs/octo/packages/container/base"
    environ = {**HERE, "GITHUB_TOKEN": NEW, "GITHUB_USER": "octocat"}
    for answers, missing in (({}, True), ({path: api.package("private", "octo/base")}, False)):
        with (
            Vendor(authority, "ghcr.io", {"ghcr.io": gate}, {"": ("", "")}, wrong="") as ghcr,
            api.github_api(authority, answers, token=NEW) as github,
        ):
            overrides = (*ghcr.overrides, *github.overrides)
            settings = Settings(
                ca_file=authority.ca_file, overrides=overrides, images=("ghcr.io/octo/base:1",)
            )
            *_, last = Diagnosis({}, settings, environ).run()
        assert isinstance(last, Finished)
        (finding,) = last.report.images[0].findings
        assert finding.cause == "package-not-linked"
        assert ("repository-not-found" in finding.also_possible) is missing


# The program


def test_the_report_reads_the_files_unless_it_is_told_not_to(
    registry: ScriptedRegistry,
    authority: Authority,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    planted = "planted-Database-7731"
    write(tmp_path, LINES, {**a_set(HOST, password=NEW), "DATABASE_PASSWORD": planted})
    reading = functools.partial(read_kept, folder=str(tmp_path))
    monkeypatch.setattr(regdoctor.codespace.kept, "read_kept", reading)
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)
    for name, value in HERE.items():
        monkeypatch.setenv(name, value)
    route = ("--resolve", f"{HOST}:443:{registry.host}:{registry.port}", "--ca-file", authority.ca_file)
    base = ["report", "--format", "json", "--trace", *route]
    shown = []
    for options, sets in ([], ["TEAM"]), (["--only", "TEAM"], ["TEAM"]), (["--no-secret-files"], []):
        assert cli.run([*base, *options]) == 0
        output, notices = capfd.readouterr()
        report = json.loads(output)
        validate(report)
        assert [found["id"] for found in report["sets"]] == sets
        shown += [output, notices]
    assert not any(window in part for part in shown for value in (planted, NEW) for window in windows(value))


def test_an_env_file_is_read_instead_of_the_codespaces_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, LINES, a_set(identifier="KEPT"))
    monkeypatch.setattr(
        regdoctor.codespace.kept, "read_kept", functools.partial(read_kept, folder=str(tmp_path))
    )
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)
    monkeypatch.setenv("CODESPACES", "true")
    given = tmp_path / "given.env"
    given.write_text("".join(f"{name}={value}\n" for name, value in a_set(identifier="GIVEN").items()))
    cli.run(["report", "--offline", "--format", "json", "--env-file", str(given)])
    assert [found["id"] for found in json.loads(capfd.readouterr().out)["sets"]] == ["GIVEN"]


def test_what_is_kept_is_hidden_like_what_is_given(tmp_path: Path) -> None:
    old = a_set(HOST, password=OLD)
    diagnosis = Diagnosis(
        secrets(old), Settings(offline=True), HERE, kept=kept_in(tmp_path, a_set(HOST, password=NEW), old)
    )
    assert diagnosis.world.clean(f"they said {NEW} and {OLD}") == "they said *** and ***"
    assert Secret(NEW) not in diagnosis.variables.values()
