"""Compose projects: `docker compose config` of Compose 2 has the last word."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdoctor.workspace.compose import Loader, Project
from regdoctor.workspace.faults import Faults
from regdoctor.workspace.files import Files
from regdoctor.workspace.services import as_text
from regdoctor.workspace.tree import Node
from regdoctor.workspace.variables import Environment, InterpolationError, compose_text
from regdoctor.workspace.yaml_tree import YamlError, parse_yaml
from tests.workspace.laid_out import MAIN, errors, lay_out, read, references, unknown
from tests.workspace.oracle_programs import compose_config

ENVIRON = {"SET": "set", "EMPTY": "", "TAG": "7"}

PROJECTS: dict[str, dict[str, str]] = {
    "images": {"c.yml": "services:\n  a: {image: octo/a}\n  b:\n    image: 'octo/b:1'\n"},
    "old version": {"c.yml": 'version: "3.8"\nservices:\n  a:\n    image: octo/a\n'},
    "extensions and anchors": {
        "c.yml": "x-base: &base\n  image: octo/a\n  platform: linux/arm64\nservices:\n"
        "  a: *base\n  b:\n    <<: *base\n    image: octo/b\n  c:\n    <<: [*base]\n"
    },
    "variables": {
        "c.yml": "services:\n  a: {image: 'octo/a:$TAG'}\n  b: {image: 'octo/b:${TAG}'}\n"
        "  c: {image: 'octo/c:${EMPTY:-d}'}\n  d: {image: 'octo/d${EMPTY-x}'}\n"
        "  e: {image: 'octo/e:${NO-y}'}\n"
        "  f: {image: 'octo/f${SET:+-z}${NO+q}'}\n  g: {image: 'octo/g:${NO:-${TAG}-${SET}}'}\n"
        "  h: {image: 'octo/h:${TAG:?must}'}\n  i: {image: 'octo/i:${TAG:-{x}}${NO:-{}}'}\n"
    },
    "dollars": {"c.yml": "services:\n  a: {image: octo/a, command: 'echo $$HOME $${X} $1 $'}\n"},
    ".env": {
        ".env": "TAG=1\nFROM_FILE='a$b'\nDEEP=${TAG}-${FROM_FILE2:-x}\nexport EX=\"e\" # c\nSP = s\n",
        "c.yml": "services:\n  a: {image: 'octo/a:${TAG}-${DEEP}-${EX}'}\n  b: {image: 'octo/b-${SP}'}\n",
    },
    "two files": {
        "c.yml": "services:\n  a: {image: octo/a, profiles: [x]}\n  b: {build: ./b}\n",
        "d.yml": "services:\n  a: {image: octo/z, profiles: [y]}\n  b: {build: {dockerfile: D, target: t}}\n"
        "  c: {image: octo/c}\n",
    },
    "two folders": {
        "one/c.yml": "services:\n  a: {build: ./x}\n",
        "two/d.yml": "services:\n  b: {build: ./y}\n",
    },
    "reset and override": {
        "c.yml": "services:\n  a: {image: octo/a, build: ./a, profiles: [x]}\n"
        "  b: {build: {context: ., target: t}}\n",
        "d.yml": "services:\n  a: {build: !reset null, profiles: !override [z]}\n"
        "  b: {build: !override {context: ./q}}\n",
    },
    "build": {
        "c.yml": "services:\n  a:\n    image: octo/tag\n    build:\n      context: ./x\n"
        "      dockerfile: ../D\n      target: t\n      args: [A=1, SET, NOPE]\n"
        "      platforms: [linux/arm64]\n  b:\n    build:\n"
        "      args: {A: 1, B: true, C: null, SET: null, D: 1.5}\n"
        "      dockerfile_inline: |\n        FROM octo/in\n"
    },
    "additional contexts": {
        "c.yml": "services:\n  a:\n    build:\n      context: .\n      additional_contexts:\n"
        "        base: docker-image://octo/base:1\n        src: ../src\n"
        "  b:\n    build: {context: ., additional_contexts: ['base=docker-image://octo/x']}\n"
    },
    "extends in a file": {
        "c.yml": "services:\n  a: {extends: b, build: {target: t}}\n"
        "  b: {extends: {service: c}, build: ./b}\n"
        "  c: {image: octo/c, platform: linux/arm64}\n"
    },
    "extends of another file": {
        "c.yml": "services:\n  a: {extends: {file: sub/base.yml, service: base}, image: octo/a}\n",
        "sub/base.yml": "services:\n  base: {extends: root, build: ./ctx}\n  root: {platform: linux/arm64}\n",
    },
    "include": {
        "c.yml": "include:\n  - sub/c.yml\n  - path: [o/one.yml, o/two.yml]\n    env_file: o/my.env\n"
        "services:\n  a: {image: octo/a}\n",
        "sub/c.yml": "services:\n  b: {image: 'octo/b:${LOCAL}-${TAG}', build: ./x}\n",
        "sub/.env": "LOCAL=local\nTAG=0\n",
        "o/one.yml": "services:\n  c: {image: 'octo/c:${MY}'}\n",
        "o/two.yml": "services:\n  c: {build: .}\n",
        "o/my.env": "MY=mine\n",
    },
    "include in a row": {
        "c.yml": "include: [a/c.yml]\nservices: {x: {image: octo/x}}\n",
        "a/c.yml": "include: [b/c.yml]\nservices: {y: {build: .}}\n",
        "a/b/c.yml": "services: {z: {build: {context: ../q}}}\n",
    },
    "several documents": {
        "c.yml": "services:\n  a: {image: octo/a}\n---\n"
        "services:\n  a: {image: octo/b}\n  c: {image: octo/c}\n"
    },
    "YAML oddities": {
        "c.yml": '%YAML 1.1\n---\nservices: {"a": {image: "octo/\\u0061:1"}, '
        '"b" : {image: octo/b # c\n }}\n...\n'
    },
    "needs": {
        "c.yml": "services:\n  a: {image: octo/a, depends_on: [b]}\n  b: {image: octo/b, links: ['c:x']}\n"
        "  c: {image: octo/c, network_mode: 'service:d'}\n  d: {image: octo/d}\n"
    },
    # what Compose refuses
    "no YAML": {"c.yml": "services:\n  a: {image: octo/a\n"},
    "a tab": {"c.yml": "services:\n\ta: {image: octo/a}\n"},
    "a later YAML": {"c.yml": "%YAML 1.2\n---\nservices: {a: {image: octo/a}}\n"},
    "a key twice": {"c.yml": "services:\n  a: {image: octo/a}\n  a: {image: octo/b}\n"},
    "nothing": {"c.yml": "\n"},
    "a list": {"c.yml": "- a\n"},
    "no service": {"c.yml": "services:\n  a: octo/a\n"},
    "services are a list": {"c.yml": "services: [a]\n"},
    "version 1": {"c.yml": "a:\n  image: octo/a\n"},
    "an odd variable": {"c.yml": "services:\n  a: {image: 'octo/a:${TAG!x}'}\n"},
    "a variable without a name": {"c.yml": "services:\n  a: {image: octo/a, command: 'echo ${1}'}\n"},
    "an open variable": {"c.yml": "services:\n  a: {image: 'octo/a:${TAG:-x'}\n"},
    "extends nothing": {"c.yml": "services:\n  a: {extends: b, image: octo/a}\n"},
    "extends in circles": {"c.yml": "services:\n  a: {extends: b}\n  b: {extends: a}\n"},
    "include in circles": {"c.yml": "include: [d/e.yml]\n", "d/e.yml": "include: [../c.yml]\n"},
    "no file to extend": {"c.yml": "services:\n  a: {extends: {file: no.yml, service: b}, image: octo/a}\n"},
    "no file to include": {"c.yml": "include: [no.yml]\nservices:\n  a: {image: octo/a}\n"},
    "an alias of nothing": {"c.yml": "services:\n  a: *no\n"},
}


def project_of(folder: Path, names: list[str], environ: Mapping[str, str]) -> tuple[Project, Faults]:
    faults = Faults(str)
    paths = [str(folder / name) for name in names]
    where = Node("c.yml", "devcontainer.json", (1, 1))
    return Loader(Files(str(folder), str), faults).project(paths, where, Environment(environ)), faults


def top_files(files: Mapping[str, str]) -> list[str]:
    """The files that the project is made of; the others are included or extended."""
    named = [name for name in files if os.path.basename(name) in ("c.yml", "d.yml")]
    return [named[0], *(name for name in named[1:] if name.endswith("d.yml"))]


def in_short(service: Mapping[str, Any]) -> dict[str, Any]:
    """What is compared, of a service as Compose tells it."""
    build = service.get("build")
    found = {key: service[key] for key in ("image", "platform", "profiles") if service.get(key)}
    if build:
        found["build"] = {
            key: build[key]
            for key in ("context", "dockerfile", "dockerfile_inline", "target", "args", "additional_contexts")
            if build.get(key)
        }
        if found["build"].get("dockerfile") == "Dockerfile":
            del found["build"]["dockerfile"]
        found["build"].get("additional_contexts", {}).pop("src", None)
    return found


def told_in_short(service: Node, environ: Mapping[str, str], folder: str) -> dict[str, Any]:
    """The same of a service as it was read."""
    build = service.get("build")
    found: dict[str, Any] = {}
    for key in ("image", "platform"):
        node = service.get(key)
        if node is not None and node.text:
            found[key] = node.text
    profiles = service.get("profiles")
    if profiles is not None:
        found["profiles"] = [node.text for node in profiles.sequence]
    if build is not None:
        found["build"] = {"context": folder} | {
            key: node.text for key, node in build.mapping.items() if node.text and key != "platforms"
        }
        arguments = build.get("args")
        values = {
            name: environ.get(name) if node.value is None else as_text(node)
            for name, node in (arguments.mapping if arguments is not None else {}).items()
        }
        if kept := {name: value for name, value in values.items() if value is not None}:
            found["build"]["args"] = kept
        contexts = build.get("additional_contexts")
        if contexts is not None:
            found["build"]["additional_contexts"] = {
                name: node.text for name, node in contexts.mapping.items() if name != "src"
            }
    return found


@pytest.mark.parametrize("files", PROJECTS.values(), ids=PROJECTS)
def test_a_project_is_read_as_compose_reads_it(files: dict[str, str], oracles: None, tmp_path: Path) -> None:
    folder = lay_out(tmp_path, files)
    names = top_files(files)
    project, faults = project_of(folder, names, ENVIRON)

    theirs = compose_config([folder / name for name in names], profile="*", environ=ENVIRON)

    assert bool(faults.findings) == isinstance(theirs, str), (theirs, faults.findings)
    if not isinstance(theirs, str):
        top = os.path.dirname(folder / names[0])
        mine = {name: told_in_short(node, ENVIRON, top) for name, node in project.services.items()}
        assert mine == {name: in_short(service) for name, service in theirs.items()}


STARTED = {
    "all": ("services:\n  a: {image: octo/a}\n  b: {image: octo/b}\n", {}),
    "profiles": (
        "services:\n  a: {image: octo/a}\n  b: {image: octo/b, profiles: [p]}\n"
        "  c: {image: octo/c, profiles: [q]}\n",
        {"COMPOSE_PROFILES": "q,r"},
    ),
    "every profile": (
        "services:\n  a: {image: octo/a}\n  b: {image: octo/b, profiles: [p]}\n",
        {"COMPOSE_PROFILES": "*"},
    ),
    "a need that is held back": (
        "services:\n  a: {image: octo/a, depends_on: [b]}\n  b: {image: octo/b, profiles: [p]}\n",
        {},
    ),
    "a need that may be held back": (
        "services:\n  a: {image: octo/a, depends_on: {b: {required: false, condition: service_started}}}\n"
        "  b: {image: octo/b, profiles: [p]}\n",
        {},
    ),
    "a need that is not there": ("services:\n  a: {image: octo/a, depends_on: [no]}\n", {}),
    "neither image nor build": ("services:\n  a: {command: x}\n", {}),
}


@pytest.mark.parametrize(("text", "environ"), STARTED.values(), ids=STARTED)
def test_the_services_that_compose_starts_are_told(
    text: str, environ: dict[str, str], oracles: None, tmp_path: Path
) -> None:
    files = {MAIN: {"dockerComposeFile": "c.yml", "service": "a"}, ".devcontainer/c.yml": text}
    workspace = read(tmp_path, files, environ)

    theirs = compose_config([tmp_path / ".devcontainer" / "c.yml"], environ=environ)

    assert bool(errors(workspace)) == isinstance(theirs, str), theirs
    if not isinstance(theirs, str):
        assert sorted(references(workspace)) == sorted(service["image"] for service in theirs.values())


def test_run_services_start_what_they_need_and_nothing_else(tmp_path: Path) -> None:
    text = (
        "services:\n  a: {image: octo/a, depends_on: {c: {condition: service_started}}}\n"
        "  b: {image: octo/b}\n"
        "  c: {image: octo/c, volumes_from: ['d:ro']}\n  d: {image: octo/d}\n  e: {image: octo/e}\n"
    )
    config = {"dockerComposeFile": ["c.yml"], "service": "a", "runServices": ["e"]}
    workspace = read(tmp_path, {MAIN: config, ".devcontainer/c.yml": text})
    assert references(workspace) == ["octo/a", "octo/c", "octo/d", "octo/e"]


def test_builds_lead_to_their_dockerfiles(tmp_path: Path) -> None:
    files = {
        MAIN: {"dockerComposeFile": "../c.yml", "service": "a"},
        "c.yml": "services:\n  a:\n    image: octo/tag\n    platform: linux/arm64\n"
        "    build:\n      context: x\n"
        "      args: {V: '2'}\n      additional_contexts: {tools: 'docker-image://octo/tools:3'}\n"
        "  b:\n    build:\n      dockerfile_inline: |\n\n        FROM octo/inline\n",
        "x/Dockerfile": "ARG V=1\nFROM octo/a:$V\nCOPY --from=tools a b\n",
    }
    workspace = read(tmp_path, files)
    found = {
        image.reference: (image.source, image.platform, image.location and image.location.line)
        for image in workspace.images
    }
    assert found == {
        "octo/a:2": ("x/Dockerfile", "linux/arm64", 2),
        "octo/tools:3": ("c.yml", "linux/arm64", 8),
        "octo/inline": ("c.yml", None, 13),
    }


def test_a_dockerfile_that_is_elsewhere_is_told(tmp_path: Path) -> None:
    text = "services:\n  a: {build: 'https://example.com/octo/app.git#main'}\n"
    workspace = read(
        tmp_path, {".devcontainer.json": {"dockerComposeFile": "c.yml", "service": "a"}, "c.yml": text}
    )
    assert (references(workspace), errors(workspace)) == ([], [])
    assert len(unknown(workspace)) == 1


def test_a_variable_without_a_value_is_not_guessed(tmp_path: Path) -> None:
    text = (
        "services:\n  a: {image: 'octo/a:${TAG}'}\n  b: {build: {context: ., args: {T: '${TAG}', U: null}}}\n"
    )
    files = {
        MAIN: {"dockerComposeFile": "c.yml", "service": "a"},
        ".devcontainer/c.yml": text,
        ".devcontainer/Dockerfile": "ARG T=1\nARG U\nARG W=w\nFROM octo/t:$T AS t\nFROM octo/u:$U AS u\n"
        "FROM octo/w:$W\nCOPY --from=t a b\nCOPY --from=u a b\n",
    }
    workspace = read(tmp_path, files)
    assert references(workspace) == ["octo/w:w"]
    assert [line.split(": ")[0] for line in unknown(workspace)] == [
        ".devcontainer/c.yml:2:14",
        ".devcontainer/Dockerfile:4:6",
        ".devcontainer/Dockerfile:5:6",
    ]


def test_mistakes_have_their_line_and_column(tmp_path: Path) -> None:
    text = "services:\n  a:\n    image: octo/a\n    image: octo/b\n"
    files = {MAIN: {"dockerComposeFile": "c.yml", "service": "a"}, ".devcontainer/c.yml": text}
    assert errors(read(tmp_path, files))[0].startswith(".devcontainer/c.yml:4:5: ")


def test_default_files_are_found_as_the_cli_finds_them(tmp_path: Path) -> None:
    config = {"dockerComposeFile": [], "service": "a"}
    files = {
        MAIN: config,
        "docker-compose.yml": "services: {a: {image: octo/a}}\n",
        "docker-compose.override.yml": "services: {b: {image: octo/b}}\n",
        "other.yml": "services: {a: {image: 'octo/o:${T}'}}\n",
    }
    assert references(read(tmp_path, files)) == ["octo/a", "octo/b"]
    assert references(read(tmp_path, {".env": "COMPOSE_FILE=other.yml\nT=3\n"})) == ["octo/o:3"]
    assert references(read(tmp_path, {}, {"COMPOSE_FILE": "docker-compose.yml"})) == ["octo/a"]


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 10)}]\n" for i in range(9)
)


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        "[" * 100_000,
        "{a: " * 100_000,
        "- " * 100_000,
        "a: &a [*a]",
        "\x00",
        "? [a]\n: b",
        "<<: 1",
        "&a &a x",
    ],
)
def test_hostile_yaml_is_refused_or_read(text: str) -> None:
    try:
        parse_yaml(text, "f")
    except YamlError as error:
        assert error.problem


@given(st.text())
def test_no_text_breaks_the_yaml_reader(text: str) -> None:
    try:
        parse_yaml(text, "f")
    except YamlError as error:
        assert error.place >= (1, 1)


@given(
    st.lists(st.sampled_from(["$", "{", "}", ":-", "-", "?", "+", "A", "TAG", "$$", " ", "1"])).map("".join)
)
def test_no_text_breaks_the_variables(text: str) -> None:
    try:
        compose_text(text, Environment(ENVIRON))
    except InterpolationError as error:
        assert str(error)
