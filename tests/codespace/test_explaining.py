"""What the facts of a codespace explain: denied packages, withheld secrets, levels."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from regdoctor.causes import CAUSES
from regdoctor.codespace.facts import Package, Repository, StoredSecret, Told
from regdoctor.codespace.injection import secrets_not_injected
from regdoctor.codespace.levels import explain_absence, explain_set
from regdoctor.codespace.packages import asks_for_packages, explain_denied
from regdoctor.codespace.start import as_github_says, started_at
from regdoctor.discovery import discover
from regdoctor.model import Finding, SecretSet
from tests.unit.support import a_set, secrets

if TYPE_CHECKING:
    from regdoctor.codespace.facts import Level

HERE = {"CODESPACES": "true", "GITHUB_REPOSITORY": "octo/app"}
OURS = Repository("octo/app", 77, "private", owner_kind="Organization", may_write=True)
ASKING: dict[str, object] = {"octo/base": {"permissions": {"packages": "read"}}}


def denied(
    package: Package | None = None,
    repository: str = "octo/base",
    workspace: dict[str, object] | None = None,
    ours: Repository | None = None,
    host: str = "ghcr.io",
    environ: dict[str, str] | None = None,
) -> Finding | None:
    return explain_denied(
        host, repository, package, workspace or {}, HERE if environ is None else environ, ours
    )


def said(found: Finding | None) -> str:
    """All that a finding says."""
    assert found is not None
    assert found.cause in CAUSES
    steps = [f"{step.text} {step.command} {step.url}" for step in found.remediation]
    return "\n".join((found.title, found.explanation, *found.evidence, *steps))


# Packages


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ({"package": Package("private", "octo/app")}, "Inherit access from source repository"),
        ({"package": Package("private", "octo/other")}, "belongs to another repository"),
        ({"package": Package("private", None)}, "linked to no repository"),
        ({"package": Package("internal", "octo/other")}, "internal package is not open"),
        (
            {"package": Package("internal", "octo/other"), "ours": OURS.but(visibility="public")},
            "must be let into the package by hand",
        ),
        ({"workspace": ASKING}, "may be older than its right"),
        ({"package": Package("private", "octo/other"), "workspace": ASKING}, "may be older than its right"),
        ({"repository": "hubot/base"}, "belongs to another owner"),
        ({"repository": "hubot/base", "workspace": ASKING}, "belongs to another owner"),
        ({}, "not open to this repository or codespace"),
    ],
)
def test_each_rule_of_github_is_said_where_it_applies(case: dict[str, Any], words: str) -> None:
    found = denied(**case)
    text = said(found)
    assert words in text
    assert found is not None and found.cause == "package-not-linked"
    assert "Manage Codespaces access" in text
    assert "this codespace belongs to octo/app" in found.evidence[0]


def test_the_permission_that_a_workspace_can_ask_for_is_said_to_need_a_new_codespace() -> None:
    text = said(denied(Package("private", "octo/other")))
    assert "customizations.codespaces.repositories" in text
    assert "create a new codespace" in text


def test_a_public_package_is_refused_for_no_reason_of_access() -> None:
    assert denied(Package("public", "octo/other")) is None


@pytest.mark.parametrize(
    "case",
    [
        {"host": "quay.io"},
        {"environ": {}},
        {"environ": {"CODESPACES": "true"}},
        {"environ": {**HERE, "GITHUB_REPOSITORY": "\x1b[31m/x"}},
        {"repository": "octo"},
        {"repository": "octo/\u202e"},
        {"repository": ""},
    ],
)
def test_where_the_rules_do_not_apply_nothing_is_said(case: dict[str, Any]) -> None:
    assert denied(**case) is None


def test_what_github_did_not_tell_may_be_a_package_that_is_not_there() -> None:
    for package, more in ((None, ("repository-not-found",)), (Package("private"), ())):
        found = denied(package)
        assert found is not None and found.also_possible == more


@pytest.mark.parametrize(
    ("package", "ours", "page"),
    [
        (
            Package("private", None, "Organization"),
            None,
            "https://github.com/orgs/octo/packages/container/base%2Fx/settings",
        ),
        (
            Package("private", None, "User"),
            None,
            "https://github.com/users/octo/packages/container/base%2Fx/settings",
        ),
        (None, OURS, "https://github.com/orgs/octo/packages/container/base%2Fx/settings"),
    ],
)
def test_the_page_of_the_settings_is_named_where_it_is_known(
    package: Package | None, ours: Repository | None, page: str
) -> None:
    found = denied(package, "octo/base/x", ours=ours)
    assert found is not None
    assert page in [step.url for step in found.remediation if "Package settings" in step.text]
    unknown = denied(None, "octo/base/x")
    assert page not in said(unknown)


@pytest.mark.parametrize(
    ("wanted", "asks"),
    [
        ({"octo/x": {"permissions": {"packages": "read"}}}, True),
        ({"Octo/x": {"permissions": "read-all"}}, True),
        ({"octo/x": {"permissions": "write-all"}}, True),
        ({"octo/x": {"permissions": {"contents": "read"}}}, False),
        ({"hubot/x": {"permissions": "read-all"}}, False),
        ({"octo/x": {"permissions": [["packages"]]}}, False),
        ({"octo/x": None, "octo/y": "read-all"}, False),
        ({}, False),
    ],
)
def test_what_a_workspace_asks_for_is_read(wanted: dict[str, object], asks: bool) -> None:
    assert asks_for_packages(wanted, "octo") is asks


# Codespaces without secrets


def injected(told: Told, **environ: str) -> Finding | None:
    return secrets_not_injected({**HERE, **environ}, ("quay.io/octo/app:1",), told, str)


@pytest.mark.parametrize(
    ("told", "environ", "words"),
    [
        (Told(OURS.but(may_write=False)), {}, "you cannot write to this repository"),
        (Told(OURS.but(fork=True)), {}, "belongs to a fork"),
        (Told(), {"CODESPACES_RECOVERY_CONTAINER": "true"}, "recovery container"),
        (
            Told(OURS.but(may_write=False, fork=True)),
            {"CODESPACES_RECOVERY_CONTAINER": "true"},
            "you cannot write to this repository",
        ),
    ],
)
def test_a_codespace_that_is_given_no_secrets_says_why(
    told: Told, environ: dict[str, str], words: str
) -> None:
    found = injected(told, **environ)
    assert found is not None and found.cause == "secrets-not-injected"
    assert words in found.title
    assert "quay.io/octo/app:1 needs a login" in found.evidence[0]


def test_a_prebuild_is_mentioned_where_it_is_one() -> None:
    assert "prebuild" in said(injected(Told(OURS.but(fork=True), prebuilt=True)))
    assert "prebuild" not in said(injected(Told(OURS.but(fork=True), prebuilt=False)))


def test_a_codespace_that_explains_nothing_says_nothing() -> None:
    assert injected(Told()) is None
    assert injected(Told(OURS)) is None
    assert injected(Told(prebuilt=True)) is None
    recovery = {"CODESPACES_RECOVERY_CONTAINER": "true"}
    assert secrets_not_injected({**HERE, **recovery}, (), Told(), str) is None
    assert secrets_not_injected(recovery, ("quay.io/octo/app:1",), Told(), str) is None


# Levels


def stored(part: str, level: Level, *, granted: bool | None = True, policy: str = "selected") -> StoredSecret:
    name = f"TEAM_CONTAINER_REGISTRY_{part}"
    return StoredSecret(name, level, policy, "2026-01-10 14:59 UTC", granted)


def the_set(*missing: str) -> SecretSet:
    variables = {name: value for name, value in a_set().items() if not name.endswith(missing or ("-",))}
    (found,) = discover(secrets(variables)).sets
    return found


def causes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.cause for finding in findings]


def test_a_part_that_is_stored_for_other_repositories_is_not_granted() -> None:
    told = Told(OURS, secrets=(stored("PASSWORD", "user", granted=False),))
    (found,) = explain_set(the_set("PASSWORD"), told)
    assert (found.cause, found.severity) == ("secret-not-granted", "error")
    text = said(found)
    assert "TEAM_CONTAINER_REGISTRY_PASSWORD for your own account" in text
    assert "https://github.com/settings/codespaces" in text
    assert "gh api -X PUT /user/codespaces/secrets/TEAM_CONTAINER_REGISTRY_PASSWORD/repositories/77" in text


def test_an_organisations_secret_is_granted_on_its_own_page() -> None:
    told = Told(OURS, secrets=(stored("USER", "organization", granted=False),))
    text = said(explain_set(the_set("USER"), told)[0])
    assert "https://github.com/organizations/octo/settings/secrets/codespaces" in text
    assert "gh api -X PUT /orgs/octo/codespaces/secrets/TEAM_CONTAINER_REGISTRY_USER/repositories/77" in text


def test_a_policy_that_leaves_public_repositories_out_has_no_list_to_add_to() -> None:
    secret = stored("USER", "user", granted=False, policy="private")
    text = said(explain_set(the_set("USER"), Told(OURS, secrets=(secret,)))[0])
    assert "gh api" not in text


def test_a_part_that_is_stored_for_this_repository_and_not_here_takes_a_restart() -> None:
    told = Told(OURS, secrets=(stored("PASSWORD", "repository"), stored("PASSWORD", "user", granted=False)))
    (found,) = explain_set(the_set("PASSWORD"), told)
    assert (found.cause, found.severity) == ("codespace-restart-needed", "warning")
    assert "2026-01-10 14:59 UTC" in found.evidence[0]


def test_no_restart_gives_secrets_to_those_who_may_not_write() -> None:
    told = Told(OURS.but(may_write=False), secrets=(stored("PASSWORD", "repository"),))
    assert explain_set(the_set("PASSWORD"), told) == ()


def test_what_github_did_not_tell_is_not_guessed() -> None:
    unknown = (stored("PASSWORD", "user", granted=None),)
    for told in (Told(), Told(OURS), Told(OURS, secrets=unknown), Told(secrets=(stored("USER", "user"),))):
        assert explain_set(the_set("PASSWORD"), told) == ()


def test_a_name_at_two_levels_is_shadowed() -> None:
    listed = (
        stored("PASSWORD", "repository"),
        stored("PASSWORD", "organization"),
        stored("USER", "repository"),
    )
    (found,) = explain_set(the_set(), Told(OURS, secrets=listed))
    assert (found.cause, found.severity) == ("secret-shadowed", "warning")
    assert "gh secret delete TEAM_CONTAINER_REGISTRY_PASSWORD --app codespaces" in said(found)


def test_a_level_that_does_not_reach_here_shadows_nothing() -> None:
    listed = (stored("PASSWORD", "repository"), stored("PASSWORD", "user", granted=False))
    assert explain_set(the_set(), Told(OURS, secrets=listed)) == ()


def test_parts_from_two_levels_are_a_mixed_set() -> None:
    listed = (stored("SERVER", "repository"), stored("USER", "repository"), stored("PASSWORD", "user"))
    (found,) = explain_set(the_set(), Told(OURS, secrets=listed))
    assert (found.cause, found.severity) == ("set-mixed-levels", "warning")
    (line,) = [line for line in found.evidence if "your own account" in line]
    assert line.startswith("GitHub lists TEAM_CONTAINER_REGISTRY_PASSWORD for your own account")


def test_a_set_of_one_level_has_nothing_to_explain() -> None:
    listed = tuple(stored(part, "user") for part in ("SERVER", "USER", "PASSWORD"))
    assert explain_set(the_set(), Told(OURS, secrets=listed)) == ()


@pytest.mark.parametrize(
    ("started", "known", "new"),
    [
        ("2026-01-10 14:58 UTC", (), True),
        ("2026-01-10 14:59 UTC", (), False),
        ("2026-01-11 00:00 UTC", (), False),
        (None, (), False),
        ("2026-01-10 14:58 UTC", ("TEAM_CONTAINER_REGISTRY_PASSWORD",), False),
    ],
)
def test_a_secret_that_is_newer_than_the_codespace_takes_a_restart(
    started: str | None, known: tuple[str, ...], new: bool
) -> None:
    told = Told(OURS, secrets=(stored("PASSWORD", "user"),))
    found = explain_set(the_set(), told, started, known)
    assert causes(found) == ["codespace-restart-needed"] * new


def test_the_start_of_this_machine_is_known_and_past() -> None:
    moment = started_at()
    assert moment is not None
    assert 0 < moment <= time.time()
    assert started_at("/nonexistent") is None
    assert as_github_says(1_768_057_140.0) == "2026-01-10 14:59 UTC"


@pytest.mark.parametrize("stat", ["", "1 (x) S", "1 (a) b) S" + " 7" * 18 + " x", "\xff"])
def test_a_start_that_makes_no_sense_is_none(tmp_path: Path, stat: str) -> None:
    (tmp_path / "1").mkdir()
    (tmp_path / "1" / "stat").write_text(stat)
    (tmp_path / "stat").write_text("cpu 1\nbtime 1768057000\n")
    assert started_at(str(tmp_path)) is None


def test_a_programs_name_does_not_shift_the_fields(tmp_path: Path) -> None:
    (tmp_path / "1").mkdir()
    (tmp_path / "1" / "stat").write_text(
        "1 (odd) name) S" + " 7" * 18 + f" {140 * os.sysconf('SC_CLK_TCK')} 9"
    )
    (tmp_path / "stat").write_text("cpu 1\nbtime 1768057000\n")
    assert started_at(str(tmp_path)) == 1768057140


def test_without_any_set_the_stored_ones_are_named() -> None:
    parts = ("SERVER", "USER", "PASSWORD")
    away = tuple(stored(part, "user", granted=False) for part in parts)
    (found,) = explain_absence(Told(OURS, secrets=away))
    assert (found.cause, found.severity, len(found.evidence)) == ("secret-not-granted", "warning", 3)
    here = tuple(stored(part, "repository") for part in parts)
    assert causes(explain_absence(Told(OURS, secrets=here))) == ["codespace-restart-needed"]
    assert explain_absence(Told(OURS)) == ()
