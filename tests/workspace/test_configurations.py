"""Whole configurations: the official dev container CLI has the last word on what it reads, and how."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from regdoctor.workspace.place import find_workspace
from regdoctor.workspace.reading import read_workspace
from tests.workspace.laid_out import MAIN, errors, lay_out, read, references, told, unknown, warnings
from tests.workspace.oracle_programs import DevContainerCli

ENVIRON = {"REGISTRY": "ghcr.io", "IMAGE_TAG": "3", "EMPTY": ""}
DOCKERFILE = "ARG V=1\nARG BASE=octo/base:$V\nFROM octo/tools AS tools\nFROM ${BASE} AS dev\n"

CONFIGURATIONS: dict[str, dict[str, Any]] = {
    "an image": {MAIN: '{"image": "octo/a:1"}'},
    "in the root": {".devcontainer.json": '{"image": "octo/a"}'},
    "the folder before the root": {MAIN: '{"image": "octo/a"}', ".devcontainer.json": '{"image": "octo/b"}'},
    "comments and commas": {MAIN: '// a\n{\n  /* b */ "image": "octo/a", // c\n}\n'},
    "a byte order mark": {MAIN: '\ufeff{"image": "octo/a"}'},
    "a name that comes twice": {MAIN: '{"image": "octo/a", "image": "octo/b"}'},
    "commas left out": {MAIN: '{"image": "octo/a"\n"name": "x"}'},
    "an end left out": {MAIN: '{"image": "octo/a"'},
    "something after the end": {MAIN: '{"image": "octo/a"} }'},
    "single quotes": {MAIN: "{'name': 'x', \"image\": \"octo/a\"}"},
    "escapes": {MAIN: '{"image": "octo\\/\\u0061"}'},
    "localEnv": {MAIN: {"image": "${localEnv:REGISTRY}/octo/a:${env:IMAGE_TAG}"}},
    "a default": {MAIN: {"image": "octo/a:${localEnv:NOT_THERE:dflt}"}},
    "an empty variable has no default": {MAIN: {"image": "octo/a${localEnv:EMPTY:x}"}},
    "a default that ends at a colon": {MAIN: {"image": "${localEnv:NOT_THERE:octo/a:7}"}},
    "the folder's name": {MAIN: {"image": "octo/${localWorkspaceFolderBasename}"}},
    "the folder in the container": {
        MAIN: {
            "workspaceFolder": "/w/${localEnv:REGISTRY}",
            "image": "octo/${containerWorkspaceFolderBasename}",
        }
    },
    "no variable": {MAIN: {"image": "octo/a:$TAG"}},
    "a Dockerfile": {MAIN: {"build": {"dockerfile": "Dockerfile"}}, ".devcontainer/Dockerfile": DOCKERFILE},
    "an old Dockerfile": {MAIN: {"dockerFile": "../D"}, "D": DOCKERFILE},
    "build arguments": {
        MAIN: {"build": {"dockerfile": "D", "args": {"V": "${localEnv:IMAGE_TAG}"}}},
        ".devcontainer/D": DOCKERFILE,
    },
    "a target": {MAIN: {"build": {"dockerfile": "D", "target": "tools"}}, ".devcontainer/D": DOCKERFILE},
    "a Dockerfile elsewhere": {
        MAIN: {"build": {"dockerfile": "${localWorkspaceFolder}/x/D", "context": ".."}},
        "x/D": "FROM octo/x\n",
    },
    "a Dockerfile and an image": {
        MAIN: {"image": "octo/tag", "build": {"dockerfile": "D"}},
        ".devcontainer/D": DOCKERFILE,
    },
    "a Compose file": {
        MAIN: {"dockerComposeFile": "c.yml", "service": "app"},
        ".devcontainer/c.yml": "services: {app: {image: octo/app}}\n",
    },
    "Compose files": {
        MAIN: {"dockerComposeFile": ["../c.yml", "d.yml"], "service": "app"},
        "c.yml": "services:\n  app: {image: 'octo/app:${IMAGE_TAG}'}\n",
        ".devcontainer/d.yml": "services:\n  app: {image: 'octo/b:${LOCAL}'}\n",
        ".env": "LOCAL=here\n",
    },
    "a Compose build": {
        MAIN: {"dockerComposeFile": "c.yml", "service": "app"},
        ".devcontainer/c.yml": "services:\n  app: {build: {context: .., dockerfile: D, target: tools}}\n",
        "D": DOCKERFILE,
    },
    "no Compose file is named": {
        MAIN: {"dockerComposeFile": [], "service": "app"},
        "docker-compose.yml": "services: {app: {image: octo/app}}\n",
        "docker-compose.override.yml": "services: {app: {image: octo/b}}\n",
    },
    # what the CLI refuses
    "nothing": {MAIN: ""},
    "a list": {MAIN: '["octo/a"]'},
    "a text": {MAIN: '"octo/a"'},
    "a word": {MAIN: "image"},
    "a variable without a name": {MAIN: {"image": "octo/a", "remoteEnv": {"X": "${localEnv}"}}},
    "no Dockerfile there": {MAIN: {"build": {"dockerfile": "D"}}},
    "build is a text": {MAIN: {"build": "D"}},
    "no Compose file there": {MAIN: {"dockerComposeFile": "c.yml", "service": "app"}},
    "a broken Compose file": {
        MAIN: {"dockerComposeFile": "c.yml", "service": "app"},
        ".devcontainer/c.yml": "services: {app: {image: octo/app}\n",
    },
    "no such service": {
        MAIN: {"dockerComposeFile": "c.yml", "service": "db"},
        ".devcontainer/c.yml": "services: {app: {image: octo/app}}\n",
    },
    "no service": {
        MAIN: {"dockerComposeFile": "c.yml"},
        ".devcontainer/c.yml": "services: {app: {image: octo/app}}\n",
    },
    "an image without a name": {MAIN: {"image": ""}},
}


@pytest.mark.parametrize("files", CONFIGURATIONS.values(), ids=CONFIGURATIONS)
def test_a_configuration_is_read_as_the_cli_reads_it(
    files: Mapping[str, Any], cli: DevContainerCli, tmp_path: Path
) -> None:
    folder = lay_out(tmp_path / "project", files)
    workspace = read_workspace(str(folder), ENVIRON, str)

    theirs = cli.read(folder, environ=ENVIRON)

    assert bool(errors(workspace)) == theirs.refused, theirs.words
    if not theirs.refused:
        assert workspace.configurations == (theirs.file,)
        assert set(theirs.looked_up) <= set(references(workspace))
        image = theirs.configuration.get("image")
        is_built = "dockerfile" in theirs.configuration.get("build", {})
        assert image is None or is_built or references(workspace) == [image]


def test_an_image_goes_before_compose_files(tmp_path: Path) -> None:
    # `devcontainer up` does so; `read-configuration` looks at both, and at the service's image in the end
    config = {"image": "octo/a", "dockerComposeFile": "c.yml", "service": "app"}
    workspace = read(tmp_path, {MAIN: config, ".devcontainer/c.yml": "services: {app: {image: octo/app}}\n"})
    assert references(workspace) == ["octo/a"]
    assert len(warnings(workspace)) == 1


def test_what_the_cli_forgives_is_a_warning_at_its_place(tmp_path: Path) -> None:
    workspace = read(tmp_path, {MAIN: '{\n  "image": "octo/a"\n  "name": "x"\n}'})
    assert references(workspace) == ["octo/a"]
    assert warnings(workspace) == [
        f"{MAIN}:3:3: a comma is missing before this; the dev container tools pass over it"
    ]
    location = workspace.findings[0].location
    assert location is not None
    assert (location.file, location.line, location.column) == (MAIN, 3, 3)


def test_every_configuration_of_a_workspace_is_read(tmp_path: Path) -> None:
    files = {
        MAIN: {"image": "octo/a"},
        ".devcontainer/zz/devcontainer.json": {"image": "octo/z"},
        ".devcontainer/python/devcontainer.json": {"build": {"dockerfile": "D"}},
        ".devcontainer/python/D": "FROM octo/a\nCOPY --from=octo/b a b\n",
        ".devcontainer/python/deep/devcontainer.json": {"image": "octo/deep"},
        ".devcontainer/other/config.json": {"image": "octo/other"},
    }
    workspace = read(tmp_path, files)
    assert workspace.configurations == (
        MAIN,
        ".devcontainer/python/devcontainer.json",
        ".devcontainer/zz/devcontainer.json",
    )
    # the first place that names an image is the one that is told
    assert [(image.reference, image.source) for image in workspace.images] == [
        ("octo/a", MAIN),
        ("octo/b", ".devcontainer/python/D"),
        ("octo/z", ".devcontainer/zz/devcontainer.json"),
    ]


def test_the_configuration_in_a_folder_is_the_one_that_the_cli_reads(
    cli: DevContainerCli, tmp_path: Path
) -> None:
    name = ".devcontainer/python/devcontainer.json"
    files = {name: {"build": {"dockerfile": "../../D"}}, "D": "FROM octo/a\n"}
    folder = lay_out(tmp_path, files)
    assert cli.read(folder).refused
    theirs = cli.read(folder, config=name)
    workspace = read_workspace(str(folder), {}, str)
    assert (theirs.file, theirs.looked_up) == (name, ("octo/a",))
    assert (workspace.configurations, references(workspace)) == ((name,), ["octo/a"])


def test_one_image_for_two_platforms_is_two_images(tmp_path: Path) -> None:
    text = "FROM octo/a AS a\nFROM --platform=linux/s390x octo/a\nCOPY --from=a a b\n"
    workspace = read(tmp_path, {MAIN: {"build": {"dockerfile": "D"}}, ".devcontainer/D": text})
    assert [(i.reference, i.platform) for i in workspace.images] == [
        ("octo/a", None),
        ("octo/a", "linux/s390x"),
    ]


def test_options_of_the_build_count(tmp_path: Path) -> None:
    options = ["--build-arg", "V=2", "--target=dev", "--build-context=x=docker-image://octo/x", "--no-cache"]
    text = "ARG V=1\nFROM octo/a:$V AS dev\nCOPY --from=x a b\nFROM octo/b\n"
    workspace = read(
        tmp_path, {MAIN: {"build": {"dockerfile": "D", "options": options}}, ".devcontainer/D": text}
    )
    assert references(workspace) == ["octo/a:2", "octo/x"]


def test_features_of_a_registry_are_told(tmp_path: Path) -> None:
    features = {
        "ghcr.io/devcontainers/features/node:1": {},
        "registry.example.com:5000/team/features/x": {},
        "./local": {},
        "https://example.com/devcontainer-feature-x.tgz": {},
        "octo/features/old@v1": {},
        "golang": "latest",
    }
    files = {
        MAIN: {"image": "octo/a", "features": features},
        ".devcontainer/local/devcontainer-feature.json": {
            "id": "local",
            "dependsOn": {"ghcr.io/octo/f/dep:2": {}},
        },
    }
    workspace = read(tmp_path, files)
    assert [(i.reference, i.source) for i in workspace.images if i.is_feature] == [
        ("ghcr.io/devcontainers/features/node:1", MAIN),
        ("registry.example.com:5000/team/features/x", MAIN),
        ("ghcr.io/octo/f/dep:2", ".devcontainer/local/devcontainer-feature.json"),
        ("ghcr.io/devcontainers/features/go:1", MAIN),
    ]
    assert errors(workspace) == []
    assert len(warnings(workspace)) == 1


@pytest.mark.parametrize("name", ["fish", "/abs", "./not-there", "../outside", "a/b", "a/b/c/d"])
def test_features_that_cannot_be_are_refused(name: str, tmp_path: Path) -> None:
    workspace = read(tmp_path, {MAIN: f'{{"image": "octo/a",\n "features": {{"{name}": {{}}}}}}'})
    assert [line.split(" ")[0] for line in errors(workspace)] == [f"{MAIN}:2:15:"]


def test_without_an_image_codespaces_takes_its_own(tmp_path: Path) -> None:
    workspace = read(tmp_path, {MAIN: {"name": "x"}})
    assert (references(workspace), errors(workspace), len(unknown(workspace))) == ([], [], 1)


@pytest.mark.parametrize(
    "text", ["${localEnv:NOT_THERE}/a", "octo/a:${devcontainerId}", "octo/a:${containerEnv:X}"]
)
def test_a_name_that_depends_on_what_is_not_known_is_left_out(text: str, tmp_path: Path) -> None:
    workspace = read(tmp_path, {MAIN: {"image": text}})
    assert references(workspace) == []
    assert [finding.cause for finding in workspace.findings] == ["image-name-unknown"]


def test_an_unknown_argument_is_not_replaced_by_a_default(tmp_path: Path) -> None:
    build = {"dockerfile": "D", "args": {"V": "${localEnv:NOT_THERE}"}}
    workspace = read(tmp_path, {MAIN: {"build": build}, ".devcontainer/D": "ARG V=1\nFROM octo/a:$V\n"})
    assert (references(workspace), len(unknown(workspace))) == ([], 1)


CREDENTIALS = {"ACR_CONTAINER_REGISTRY_PASSWORD": "hunter22", "X": "ghp_" + "Aa1" * 12, "SHORT": "tiny"}


@pytest.mark.parametrize("name", CREDENTIALS)
def test_no_credential_gets_into_a_name(name: str, tmp_path: Path) -> None:
    def clean(text: str) -> str:
        return text.replace("tiny", "***")

    files = {
        MAIN: {"image": f"evil.example.com/x:${{localEnv:{name}}}", "features": {"./x": {}}},
        ".devcontainer/c/devcontainer.json": {"dockerComposeFile": "c.yml", "service": "a"},
        ".devcontainer/c/c.yml": f"services:\n  a: {{image: 'evil.example.com/y:${{{name}}}'}}\n"
        f"  b: {{build: {{context: ., args: {{A: null, B: '${{{name}}}', {name}: null}}}}}}\n",
        ".devcontainer/c/Dockerfile": f"ARG A\nARG B\nARG {name}\nFROM evil.example.com/z:$B\n"
        f"COPY --from=x a b\nFROM evil.example.com/z:${name}\n",
    }
    workspace = read(tmp_path, files, CREDENTIALS, clean)
    assert references(workspace) == []
    assert CREDENTIALS[name] not in repr(workspace)


def test_initialize_command_is_neither_run_nor_read(tmp_path: Path) -> None:
    marker = tmp_path / "was-run"
    command = f"touch {marker}; docker pull octo/no"
    workspace = read(tmp_path, {MAIN: {"image": "octo/a", "initializeCommand": command}})
    assert references(workspace) == ["octo/a"]
    assert not marker.exists()


def test_repositories_and_secrets_are_told(tmp_path: Path) -> None:
    repositories = {
        "octo/a": {"permissions": {"contents": "read", "packages": "read"}},
        "octo/b": {"permissions": "write-all"},
        "octo/c": {"permissions": {"contents": "read"}},
        "octo/d": {},
    }
    config = {
        "image": "octo/a",
        "customizations": {"codespaces": {"repositories": repositories}},
        "secrets": {"ACR_CONTAINER_REGISTRY_PASSWORD": {"description": "x"}, "OTHER": {}},
    }
    workspace = read(tmp_path, {MAIN: config})
    assert workspace.repositories == (
        ("octo/a", "read"),
        ("octo/b", "write-all"),
        ("octo/c", ""),
        ("octo/d", ""),
    )
    assert workspace.secrets == ("ACR_CONTAINER_REGISTRY_PASSWORD", "OTHER")


def test_the_nearest_folder_with_a_configuration_is_the_workspace(tmp_path: Path) -> None:
    lay_out(tmp_path, {"a/.devcontainer/x/devcontainer.json": {}, "a/b/.git/config": "", "a/b/c/file": ""})
    assert find_workspace(str(tmp_path / "a" / "b" / "c")) == str(tmp_path / "a")
    assert find_workspace(str(tmp_path / "a")) == str(tmp_path / "a")
    (tmp_path / "a" / "b" / ".devcontainer.json").write_text("{}")
    assert find_workspace(str(tmp_path / "a" / "b" / "c")) == str(tmp_path / "a" / "b")


def test_a_folder_without_a_configuration_is_no_workspace(tmp_path: Path) -> None:
    assert find_workspace(str(tmp_path)) is None
    workspace = read_workspace(str(tmp_path / "not" / "there"), {}, str)
    assert (workspace.configurations, workspace.images, workspace.findings) == ((), (), ())


def test_the_severities_are_those_of_the_findings(tmp_path: Path) -> None:
    workspace = read(tmp_path, {MAIN: '{"image": "octo/${localEnv:N}" "build": {"dockerfile": "D"}}'})
    assert [len(told(workspace, severity)) for severity in ("error", "warning", "info")] == [1, 1, 0]
