"""The JSON report keeps what it promises, and the promise is checked by something that can fail."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from regdoctor.causes import CAUSES
from tests.unit import contract
from tests.unit.examples import AWS_KEY_ID, AWS_SECRET, CLASSIC, ends_in
from tests.unit.support import PASSWORD, a_set, run_program, windows

Report = dict[str, Any]

FAULTY = {
    **a_set(identifier="GOOD"),
    **a_set(identifier="GOOD_TWIN"),
    **a_set("ghcr.io", CLASSIC, "octocat", "SWAPPED"),
    **a_set(f"https://mona:{PASSWORD}@registry.example.com/x", identifier="LOGIN_IN_SERVER"),
    **a_set("https://mycompany.azurecr.io/app", "acr-user", f'"{PASSWORD}"', "ACR"),
    **a_set("hub.docker.com", "<user>", f"{PASSWORD}\u200b", "HUB"),
    **a_set("not a host", "octo:cat", f"{PASSWORD}\n", "BAD"),
    **a_set("github.com", " octocat", "", "EMPTY"),
    **a_set("quay.io", PASSWORD, PASSWORD, "EQUAL"),
    **a_set("registry.gitlab.com", "mona", ends_in(-3600), "OLD"),
    **a_set("registry.redhat.io", "mona", ends_in(3600), "SOON"),
    **a_set("123456789012.dkr.ecr.eu-central-1.amazonaws.com", AWS_KEY_ID, AWS_SECRET, "ECR"),
    **a_set(identifier="GITHUB"),
    "LONELY_CONTAINER_REGISTRY_SERVER": "lonely.example.com",
    "SOLITARY_CONTAINER_REGISTRY_SERVER": "solitary.example.com",
    "HALF_CONTAINER_REGISTRY_SERVER": "half.example.com",
    "HALF_CONTAINER_REGISTRY_USERNAME": "octocat",
    "HALF_PASSWORD": PASSWORD,
    "OTHER_CONTAINER_REGISTRY_TOKEN": PASSWORD,
    "CONTAINER_REGISTRY_USER": "octocat",
}
CODESPACE = {"CODESPACES": "true", "GITHUB_REPOSITORY": "octo-org/octo-app"}

RUNS: dict[str, tuple[list[str], dict[str, str]]] = {
    "nothing": (["report", "--offline"], {}),
    "faults": (["report", "--offline"], FAULTY),
    "faults in a codespace": (["report", "--offline"], FAULTY | CODESPACE),
    "recovery": (["report", "--offline"], CODESPACE | {"CODESPACES_RECOVERY_CONTAINER": "true"}),
    "traced": (["report", "--offline", "--trace"], FAULTY),
    "ignored": (["report", "--offline", "--ignore", "value-empty", "--ignore", "value-quoted@ACR"], FAULTY),
    "anonymous": (["report", "--offline", "--anonymize"], FAULTY | CODESPACE),
    "one set": (["report", "--offline", "--only", "ACR"], FAULTY),
    "unreachable": (
        [
            "report",
            "--engine",
            "direct",
            "--resolve",
            "registry.example.com:443:127.0.0.1:1",
            "--only",
            "GOOD",
        ],
        FAULTY,
    ),
    "images": (["report", "--offline", "--image", "ghcr.io/o/a:1", "--image", "No/Name"], a_set("ghcr.io")),
    "demo": (["demo", "--report"], {}),
}


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    """The report of every run."""
    with ThreadPoolExecutor(8) as pool:
        outcomes = {
            name: pool.submit(run_program, *arguments, "--format", "json", variables=variables)
            for name, (arguments, variables) in RUNS.items()
        }
    assert {outcome.result().returncode for outcome in outcomes.values()} <= {0, 1}
    return {name: json.loads(outcome.result().stdout) for name, outcome in outcomes.items()}


def findings_of(report: Report) -> Iterator[dict[str, Any]]:
    yield from report["findings"]
    for judged in (*report["sets"], *report["images"]):
        yield from judged["findings"]


@pytest.mark.parametrize("run", RUNS)
def test_a_report_is_what_was_promised(reports: dict[str, Report], run: str) -> None:
    contract.report(reports[run])


@pytest.mark.parametrize("run", RUNS)
def test_every_cause_in_a_report_can_be_looked_up(reports: dict[str, Report], run: str) -> None:
    for finding in findings_of(reports[run]):
        assert {finding["cause"], *finding["also_possible"]} <= CAUSES.keys()


@pytest.mark.parametrize("run", [run for run in RUNS if run != "demo"])
def test_no_password_is_in_a_report(reports: dict[str, Report], run: str) -> None:
    shown = json.dumps(reports[run], ensure_ascii=False)
    for secret in (PASSWORD, CLASSIC, AWS_SECRET):
        assert [window for window in windows(secret) if window in shown] == []


def test_the_faulty_sets_are_all_there_with_their_verdicts(reports: dict[str, Report]) -> None:
    verdicts = {
        found["id"]: found["findings"][0]["cause"] if found["findings"] else None
        for found in reports["faults"]["sets"]
    }
    assert verdicts["SWAPPED"] == "user-password-swapped"
    assert verdicts["LOGIN_IN_SERVER"] == "server-has-credentials"
    assert verdicts["ACR"] == "value-quoted"
    assert verdicts["BAD"] in ("server-invalid", "user-wrong-form")
    assert verdicts["EMPTY"] in ("value-empty", "server-alias")
    assert verdicts["OLD"] == "token-expired"
    assert verdicts["SOON"] == "credential-expires-soon"
    assert verdicts["ECR"] is None
    assert verdicts["GITHUB"] == "name-not-allowed"
    assert verdicts["LONELY"] == "set-incomplete"
    assert verdicts["HALF"] == "name-near-miss"


def test_what_looks_like_a_credential_is_masked(reports: dict[str, Report]) -> None:
    sets = {found["id"]: found for found in reports["faults"]["sets"]}
    assert sets["SWAPPED"]["user"] == "***"
    assert sets["LOGIN_IN_SERVER"]["server"] == "***"
    assert sets["EQUAL"]["user"] == "***"
    assert sets["ECR"]["user"] == AWS_KEY_ID
    assert sets["EMPTY"]["user"] == " octocat"


def test_findings_of_no_set_stand_at_the_top(reports: dict[str, Report]) -> None:
    causes = [finding["cause"] for finding in reports["faults"]["findings"]]
    assert set(causes) == {"name-near-miss", "name-no-identifier"}


def test_nothing_was_asked_offline(reports: dict[str, Report]) -> None:
    assert reports["traced"]["trace"] == []
    assert "trace" not in reports["faults"]
    for found in reports["faults"]["sets"]:
        assert {check["status"] for check in found["checks"] if check["name"] not in ("name", "value")} == {
            "skipped"
        }
        assert found["proved"] is False
    assert reports["faults"]["environment"]["docker"] == {"status": "not-asked", "version": None}


def test_an_ignored_finding_stays_as_information(reports: dict[str, Report]) -> None:
    found = {one["id"]: one for one in reports["ignored"]["sets"]}
    severities = {finding["cause"]: finding["severity"] for finding in found["ACR"]["findings"]}
    assert severities["value-quoted"] == "info"
    severities = {finding["cause"]: finding["severity"] for finding in found["EMPTY"]["findings"]}
    assert severities["value-empty"] == "info"


def test_the_environment_is_told(reports: dict[str, Report]) -> None:
    environment = reports["faults in a codespace"]["environment"]
    assert (environment["codespace"], environment["repository"]) == (True, "octo-org/octo-app")
    assert reports["faults"]["environment"]["codespace"] is False
    assert reports["recovery"]["environment"]["recovery_container"] is True


def test_a_failed_check_skips_what_depends_on_it_and_says_so(reports: dict[str, Report]) -> None:
    (found,) = reports["unreachable"]["sets"]
    checks = {check["name"]: check for check in found["checks"]}
    assert checks["tcp"]["status"] == "error"
    assert found["findings"][0]["cause"] == "tcp-refused"
    for name in ("tls", "registry", "login"):
        assert checks[name]["status"] == "skipped"
        assert "tcp" in checks[name]["reason"]


# The validator itself


def objects_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every object inside a value."""
    if isinstance(value, dict):
        yield path
        for key, inner in value.items():
            yield from objects_in(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from objects_in(inner, (*path, at))


def inside(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def shape(path: tuple[Any, ...]) -> tuple[Any, ...]:
    """A path without the numbers of list items."""
    return tuple("*" if isinstance(step, int) else step for step in path)


def place(value: Any, path: tuple[Any, ...], key: str) -> tuple[Any, ...]:
    """What kind of key of what kind of object this is."""
    found = inside(value, path)
    return (*shape(path), found.get("action"), found.get("how"), key)


@pytest.fixture(scope="module")
def sample(reports: dict[str, Report]) -> Report:
    """A report that holds every kind of thing."""
    report = copy.deepcopy(reports["demo"])
    sets, kinds = [*report["sets"], *reports["faults in a codespace"]["sets"]], set[object]()
    report["sets"] = []
    for found in sets:
        own = {place(found, path, key) for path in objects_in(found) for key in inside(found, path)}
        own |= {
            ("status", found["status"]),
            ("severities", len({one["severity"] for one in found["findings"]})),
        }
        if not own <= kinds:
            kinds |= own
            report["sets"].append(found)
    report["findings"] += reports["faults in a codespace"]["findings"]
    report["findings"].sort(key=lambda found: -contract.SEVERITIES.index(found["severity"]))
    statuses = [judged["status"] for judged in (*report["sets"], *report["images"])]
    report["summary"] = {status: statuses.count(status) for status in ("ok", "warning", "error")}
    contract.report(report)
    return report


def mutants(report: Report) -> Iterator[tuple[str, Report, dict[str, Any], str]]:
    """For each key of each kind of object: the way to it, a copy of the report, the object in it, the key."""
    seen = set()
    for path in objects_in(report):
        original = inside(report, path)
        for key in original:
            if place(report, path, key) in seen:
                continue
            seen.add(place(report, path, key))
            mutant = copy.deepcopy(report)
            yield ".".join(map(str, (*path, key))), mutant, inside(mutant, path), key


def test_the_validator_misses_every_key_that_is_taken_away(sample: Report) -> None:
    unnoticed = []
    for where, mutant, changed, key in mutants(sample):
        del changed[key]
        try:
            contract.report(mutant)
        except contract.Broken:
            continue
        unnoticed.append(where)
    assert unnoticed == []


@pytest.mark.parametrize(
    "bad", [7.5, "Bogus Value", True, ["x"], {"x": 1}], ids=["number", "text", "flag", "list", "object"]
)
def test_the_validator_refuses_values_of_another_type(sample: Report, bad: Any) -> None:
    unnoticed = []
    for where, mutant, changed, key in mutants(sample):
        before = changed[key]
        same_type = isinstance(before, type(bad)) or before is None or (key == "duration_ms" and bad == 7.5)
        if same_type:
            continue
        changed[key] = copy.deepcopy(bad)
        try:
            contract.report(mutant)
        except contract.Broken:
            continue
        unnoticed.append(where)
    assert unnoticed == []


VOCABULARIES = {"status", "severity", "registry", "action", "how", "cause", "kind", "name"}


def test_the_validator_refuses_words_that_were_not_agreed_on(sample: Report) -> None:
    tried, unnoticed = set(), []
    for where, mutant, changed, key in mutants(sample):
        if key in VOCABULARIES:
            tried.add(key)
            changed[key] = "Unheard Of"
            try:
                contract.report(mutant)
            except contract.Broken:
                continue
            unnoticed.append(where)
    assert unnoticed == []
    assert tried == VOCABULARIES


@pytest.mark.parametrize("verdict", ["ok", "warning", "error"])
def test_the_validator_refuses_another_verdict_than_the_findings_give(sample: Report, verdict: str) -> None:
    for at, found in enumerate(sample["sets"]):
        if found["status"] != verdict:
            mutant = copy.deepcopy(sample)
            mutant["sets"][at]["status"] = verdict
            with pytest.raises(contract.Broken):
                contract.report(mutant)


def test_the_validator_refuses_sums_that_are_wrong(sample: Report) -> None:
    for verdict in ("ok", "warning", "error"):
        mutant = copy.deepcopy(sample)
        mutant["summary"][verdict] += 1
        with pytest.raises(contract.Broken):
            contract.report(mutant)


def test_the_validator_refuses_findings_out_of_order(sample: Report) -> None:
    mixed = [
        at
        for at, found in enumerate(sample["sets"])
        if len({one["severity"] for one in found["findings"]}) > 1
    ]
    assert mixed
    for at in mixed:
        mutant = copy.deepcopy(sample)
        mutant["sets"][at]["findings"].reverse()
        with pytest.raises(contract.Broken):
            contract.report(mutant)


def test_the_validator_takes_what_was_added(sample: Report) -> None:
    mutant = copy.deepcopy(sample)
    for path in list(objects_in(sample)):
        if shape(path)[-1:] != ("summary",) and shape(path)[-1:] != ("variables",):
            inside(mutant, path)["added_later"] = 1
    contract.report(mutant)
