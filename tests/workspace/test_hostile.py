"""Workspaces that were made to do harm: they are read within bounds, or not at all, and nothing is raised."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regdoctor.workspace.dotenv_file import LIMIT, dotenv_values
from regdoctor.workspace.faults import FAULTS
from regdoctor.workspace.files import FILE_LIMIT, FILES
from regdoctor.workspace.pulls import IMAGES
from regdoctor.workspace.reading import CONFIGURATIONS, read_workspace
from regdoctor.workspace.variables import LENGTH, Environment, compose_text
from tests.workspace.laid_out import MAIN, errors, lay_out, read, references, unknown

BUILD = {MAIN: {"build": {"dockerfile": "D"}}}
COMPOSE = {MAIN: {"dockerComposeFile": "D", "service": "a"}}


@pytest.mark.parametrize("config", [BUILD, COMPOSE], ids=["build", "compose"])
@pytest.mark.parametrize(
    "kind", ["pipe", "folder", "device", "loop", "dangling", "large", "binary", "socket"]
)
def test_what_is_no_readable_file_is_told(config: dict[str, Any], kind: str, tmp_path: Path) -> None:
    folder = lay_out(tmp_path, config)
    path = folder / ".devcontainer" / "D"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "loop":
        path.symlink_to(path)
    elif kind == "dangling":
        path.symlink_to("nowhere")
    elif kind == "large":
        path.write_bytes(b"#" * (FILE_LIMIT + 1))
    elif kind == "binary":
        path.write_bytes(bytes(range(256)))
    else:
        import socket

        with socket.socket(socket.AF_UNIX) as made:
            previous = Path.cwd()
            os.chdir(path.parent)
            try:
                made.bind("D")
            finally:
                os.chdir(previous)
    workspace = read_workspace(str(folder), {}, str)
    assert len(errors(workspace)) >= 1
    assert references(workspace) == []


@pytest.mark.parametrize("kind", ["pipe", "folder", "loop", "dangling"])
def test_a_configuration_that_is_no_file_is_told(kind: str, tmp_path: Path) -> None:
    path = tmp_path / ".devcontainer" / "devcontainer.json"
    path.parent.mkdir()
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(path if kind == "loop" else "nowhere")
    workspace = read_workspace(str(tmp_path), {}, str)
    assert (workspace.configurations, len(errors(workspace))) == ((), 1)


def test_a_file_outside_the_workspace_is_read_as_the_tools_do(tmp_path: Path) -> None:
    (tmp_path / "D").write_text("FROM octo/outside\n")
    workspace = read(tmp_path / "inner", {MAIN: {"build": {"dockerfile": "../../D"}}})
    assert [(image.reference, image.source) for image in workspace.images] == [("octo/outside", "../D")]


@pytest.mark.parametrize("name", ["a\x00b", "\ud800", "x" * 5000, "a/" * 3000, "\x1b[31m", "\n"])
def test_odd_names_of_files_are_told_and_not_obeyed(name: str, tmp_path: Path) -> None:
    def clean(text: str) -> str:
        return text.encode("ascii", "backslashreplace").decode().replace("\x1b", "?").replace("\n", "?")

    lay_out(tmp_path, {MAIN: {"build": {"dockerfile": name}}})
    workspace = read_workspace(str(tmp_path), {}, clean)
    assert len(errors(workspace)) == 1
    assert not {"\x1b", "\n", "\ud800"} & set(errors(workspace)[0])


def test_files_that_include_or_extend_themselves_come_to_an_end(tmp_path: Path) -> None:
    text = "include: [c.yml, ./c.yml]\nservices:\n  a: {image: octo/a, extends: {file: c.yml, service: b}}\n"
    text += "  b: {extends: {file: c.yml, service: a}}\n"
    workspace = read(
        tmp_path, {MAIN: {"dockerComposeFile": "c.yml", "service": "a"}, ".devcontainer/c.yml": text}
    )
    assert errors(workspace)


def test_a_lattice_of_includes_comes_to_an_end(tmp_path: Path) -> None:
    files: dict[str, Any] = {MAIN: {"dockerComposeFile": "0a.yml", "service": "a"}}
    for level in range(18):
        for side in "ab":
            services = f"services: {{s{level}{side}: {{image: octo/a}}}}\n"
            files[f".devcontainer/{level}{side}.yml"] = (
                f"include: [{level + 1}a.yml, {level + 1}b.yml]\n{services}"
            )
    workspace = read(tmp_path, files)
    assert any("far too much" in line for line in unknown(workspace))


def test_services_that_all_extend_a_large_one_come_to_an_end(tmp_path: Path) -> None:
    many = ", ".join(f"A{number}: x" for number in range(5000))
    text = f"services:\n  s: {{build: {{args: {{{many}}}}}}}\n"
    text += "".join(f"  s{number}: {{extends: {{file: c.yml, service: s}}}}\n" for number in range(2000))
    read(tmp_path, {MAIN: {"dockerComposeFile": "c.yml", "service": "s"}, ".devcontainer/c.yml": text})


def test_features_that_depend_on_one_another_by_many_names_come_to_an_end(tmp_path: Path) -> None:
    names: dict[str, Any] = {f"./{'./' * number}{feature}": {} for number in range(9) for feature in "fgh"}
    files: dict[str, Any] = {MAIN: {"image": "octo/a", "features": {"./f": {}}}}
    for feature in "fgh":
        needs = {**names, f"ghcr.io/octo/{feature}:1": {}}
        files[f".devcontainer/{feature}/devcontainer-feature.json"] = {"dependsOn": needs}
    workspace = read(tmp_path, files)
    assert sorted(references(workspace)) == [*(f"ghcr.io/octo/{feature}:1" for feature in "fgh"), "octo/a"]


def test_variables_that_double_come_to_an_end() -> None:
    text = "A=" + "x" * 1000 + "".join(f"\n{chr(66 + at)}={f'${chr(65 + at)}' * 1000}" for at in range(20))
    values = dotenv_values(text, Environment({}))
    assert values["B"] == values["A"] * (LENGTH // 1000) + values["A"][: LENGTH % 1000]
    assert sum(map(len, values.values())) <= LIMIT


def test_a_text_keeps_as_much_of_its_variables_as_is_read_of_it() -> None:
    text, missing = compose_text("${A:-$NONE}" * 10_000 + "end", Environment({"A": "x" * 40}))
    assert (text, missing) == ("x" * LENGTH + "end", ())


def test_arguments_that_double_what_they_lack_come_to_an_end(tmp_path: Path) -> None:
    lines = "".join(f"ARG {chr(66 + at)}={f'${chr(65 + at)}' * 1000}\n" for at in range(20))
    workspace = read(
        tmp_path,
        {
            MAIN: {"build": {"dockerfile": "D", "args": {"A": "${localEnv:NONE}"}}},
            ".devcontainer/D": f"ARG A\n{lines}FROM octo/$U\n",
        },
    )
    assert "depends on NONE, which has no value here" in unknown(workspace)[0]


def test_triggers_are_followed_once_for_all_stages(tmp_path: Path) -> None:
    text = "FROM octo/a AS a\n" + "ONBUILD COPY --from=octo/b /c /d\n" * 1000 + "FROM a\n" * 150
    assert references(read(tmp_path, {**BUILD, ".devcontainer/D": text})) == ["octo/a", "octo/b"]


def test_numbers_are_bounded(tmp_path: Path) -> None:
    files: dict[str, Any] = {
        f".devcontainer/{number:03}/devcontainer.json": {
            "dockerComposeFile": ["a.yml", "b.yml"],
            "service": "s0",
        }
        for number in range(CONFIGURATIONS + 20)
    }
    services = "".join(f"  s{number}: {{image: 'octo/a:{{}}-{number}'}}\n" for number in range(100))
    for number in range(CONFIGURATIONS + 20):
        for name in ("a", "b"):
            files[f".devcontainer/{number:03}/{name}.yml"] = "services:\n" + services.replace(
                "{}", f"{number}"
            )
    workspace = read(tmp_path, files)
    assert len(workspace.configurations) == CONFIGURATIONS
    assert len(workspace.images) == IMAGES


def test_faults_and_files_are_bounded(tmp_path: Path) -> None:
    names = [f"f{number}.yml" for number in range(FILES + 50)]
    files: dict[str, Any] = {MAIN: {"dockerComposeFile": names, "service": "a"}}
    files |= {f".devcontainer/{name}": "- x\n" for name in names}
    workspace = read(tmp_path, files)
    assert len(workspace.findings) == FAULTS


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=5), below, max_size=3),
    max_leaves=6,
)
PROPERTIES = (
    *("image", "build", "dockerFile", "dockerComposeFile", "service", "runServices", "features", "secrets"),
    *("customizations", "workspaceFolder", "name"),
)
texts = st.text(max_size=40) | st.sampled_from(
    [
        *("FROM a", "FROM $A\nCOPY --from=b c d", "ARG A=$A\nFROM ${A:-${A}}", "services: {a: {image: b}}"),
        *(
            "services: {a: {extends: a, build: {args: [1, {}], context: {}}}}",
            "include: [{}, [], D, {path: [D]}]",
        ),
        *("services: {a: {depends_on: {b: 1}, links: [{}], profiles: 1, build: {additional_contexts: 3}}}",),
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    config=st.dictionaries(
        st.sampled_from(PROPERTIES), json_values | st.sampled_from(["D", ["D"], {"dockerfile": "D"}])
    ),
    file=texts,
    dotenv=texts,
)
def test_no_workspace_breaks_the_reader(
    config: dict[str, Any], file: str, dotenv: str, tmp_path: Path
) -> None:
    text = json.dumps(config)
    lay_out(tmp_path, {MAIN: text})
    for name, content in ((".devcontainer/D", file), (".devcontainer/.env", dotenv)):
        (tmp_path / name).write_bytes(content.encode("utf-8", "surrogatepass"))
    workspace = read_workspace(str(tmp_path), {"A": "b"}, str)
    assert workspace.configurations == (MAIN,)
