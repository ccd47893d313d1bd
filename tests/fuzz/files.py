"""The parsers of files: docker's, those that Codespaces keeps, and the workspace's."""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import shutil
import tempfile
from functools import cache

from hypothesis import strategies as st

from regdoctor.codespace.kept import read_kept
from regdoctor.model import Image
from regdoctor.probes.deadline import Deadline
from regdoctor.probes.docker_config import VARIABLE, DockerConfig
from regdoctor.probes.engine import find_engine
from regdoctor.probes.world import Memory
from regdoctor.secret import Redactor, visible
from regdoctor.workspace.build import Build, pulled
from regdoctor.workspace.dockerfile import read_dockerfile
from regdoctor.workspace.dotenv_file import dotenv_values
from regdoctor.workspace.faults import FAULTS, Faults
from regdoctor.workspace.jsonc import SLIPS, TooDeepError, parse_jsonc
from regdoctor.workspace.pulls import IMAGES
from regdoctor.workspace.reading import read_workspace
from regdoctor.workspace.tree import DEPTH, Node
from regdoctor.workspace.variables import Environment
from regdoctor.workspace.yaml_tree import YamlError, parse_yaml
from tests.fuzz.parser import SHORT, Parser
from tests.fuzz.promises import fit_to_be_shown, told_well

_HOST = "registry.example.com"
_ENVIRON = {"A": "octo", "B": "x" * 64, "EMPTY": ""}


@cache
def _folder() -> str:
    """A folder in memory, where the machine has such, for what is read from files alone."""
    memory = "/dev/shm"
    folder = tempfile.mkdtemp(prefix="regdoctor-fuzz-", dir=memory if os.access(memory, os.W_OK) else None)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return os.path.realpath(folder)


def laid_out(part: str, names: tuple[str, ...], case: bytes) -> str:
    """A folder whose files hold the parts of a case, a NUL between two; the others are not there."""
    folder = os.path.join(_folder(), part)
    parts = case.split(b"\0", len(names) - 1)
    for at, name in enumerate(names):
        path = os.path.join(folder, name)
        if at < len(parts):
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(parts[at])
        elif os.path.exists(path):
            os.unlink(path)
    return folder


# Docker's configuration

_docker = st.sampled_from(
    (
        json.dumps({"auths": {_HOST: {"auth": "b2N0b2NhdDpodW50ZXIyaHVudGVyMg=="}}}),
        json.dumps(
            {
                "auths": {"https://index.docker.io/v1/": {"auth": "b2N0b2NhdDo="}, "a:1/b": {}},
                "credsStore": "x",
            }
        ),
        json.dumps(
            {
                "auths": {_HOST: {"identitytoken": "x" * 20, "username": "u"}},
                "credHelpers": {_HOST: "ecr-login"},
            }
        ),
        json.dumps(
            {"proxies": {"default": {"httpProxy": "a"}}, "HttpHeaders": {"a": "b"}, "currentContext": "octo"}
        ),
        '{"auths":{"a":{"password":"\\ud800aaaaaaaaa","auth":"eDp5"}}} trailing',
    )
)
_DOCKER_WORDS = (
    *('{"auths":{', '"auth":"', '"password":"', '"username":"', '"identitytoken":"'),
    *("b2N0b2NhdDpodW50ZXIy", '"}}', "{", "}", "[", "]", '"', ":", ",", "\\ud800", "1e999", "null"),
    *("https://", '"credsStore":"', '"credHelpers":{', _HOST, "=", '"AUTHS"', '"aliases":{'),
    *('"currentContext":"octo"', "\\u0000", "\ufeff"),
)


def _read_docker_config(case: bytes) -> None:
    """The file; the variable holds the same."""
    folder = laid_out("docker", ("config.json",), case)
    redactor = Redactor()
    environ = {"DOCKER_CONFIG": folder, "PATH": "/nonexistent"}
    if b"\0" not in case:
        environ[VARIABLE] = os.fsdecode(case)
    config = DockerConfig(environ, redactor, Memory())
    for host in (_HOST, "docker.io", "a:1"):
        login = config.login_for(host, Deadline.after(60))
        if login is not None:
            secret = login.password.reveal()
            assert len(secret) < 8 or secret not in redactor(f"it is {secret}.")
        config.hindrance(host)
    for fault in config.faults((_HOST,)):
        fit_to_be_shown(*(visible(redactor(line)) for line in fault.failure.evidence))


_contexts = st.sampled_from(
    (
        json.dumps(
            {"Name": "octo", "Endpoints": {"docker": {"Host": "unix:///nonexistent", "SkipTLSVerify": False}}}
        ),
        json.dumps({"Endpoints": {"docker": []}}),
        json.dumps({"Endpoints": None}),
    )
)


def _read_docker_context(case: bytes) -> None:
    """The file of a context, and config.json, which names it, a NUL between the two."""
    identifier = hashlib.sha256(b"octo").hexdigest()
    folder = laid_out("contexts", (f"contexts/meta/{identifier}/meta.json", "config.json"), case)
    environ = {"DOCKER_CONFIG": folder}
    if b"\0" not in case:
        environ["DOCKER_CONTEXT"] = "octo"
    # No other socket is there than one that the case names, and those it cannot reach within no time.
    find_engine(environ, Deadline.after(0))


# What Codespaces keeps

_NAMES = (".user-secrets.json", "user-secrets-envs.json", ".env-secrets")
_kept = st.sampled_from(
    (
        '{"ACR_CONTAINER_REGISTRY_SERVER":"octo.azurecr.io"}\0',
        '[{"name":"ACR_CONTAINER_REGISTRY_USER","value":"octocat"}]\0{}\0ACR_CONTAINER_REGISTRY_PASSWORD=aHVudGVyMg==\n',
        "\0\0A=b\nACR_CONTAINER_REGISTRY_USER=b2N0b2NhdA==\nexport X=y\n",
    )
)
_KEPT_WORDS = (
    *('{"', '":"', '","', '"}', "[", "]", "ACR_CONTAINER_REGISTRY_USER", "CONTAINER_REGISTRY_TOKEN", "="),
    *("\n", "aHVudGVyMg==", '"name":"', '"value":"', "\\ud800", "\0", "{", "1e999"),
)


def _read_kept(case: bytes) -> None:
    folder = laid_out("kept", _NAMES, case)
    kept = read_kept({"CODESPACES": "true", "ACR_CONTAINER_REGISTRY_SERVER": "octo.azurecr.io"}, folder)
    for each in (*kept.unseen, *kept.changed):
        each.value.reveal().encode("utf-8", "surrogateescape")
        assert "CONTAINER" in each.name.upper() or "REGISTRY" in each.name.upper() or len(each.name) > 8
    kept.renewing(kept.added_to({}))


# The workspace: its notations


def _levels(node: Node) -> int:
    """How deep a tree is, by the first values of each level; also that they have a place."""
    assert min(node.place) >= 1
    return 1 + max(map(_levels, (*node.mapping.values(), *node.sequence)[:2]), default=0)


_configurations = st.sampled_from(
    (
        '{\n// a comment\n"image": "ghcr.io/octo/app:1", /* b */ "features": {"ghcr.io/octo/f:1": {}},}',
        '{"build": {"dockerfile": "D", "args": {"V": "${localEnv:A:b}"}, "options": ["--build-arg=X=y"]}}',
        '{"build": {"dockerfile": "D", "target": "app"}, "workspaceFolder": "/w/${localEnv:B}"}',
        '{"dockerComposeFile": ["c.yml"], "service": "app", "runServices": ["app"]}',
        '{"image": "${localEnv:A}/app", "customizations": {"codespaces": {"repositories": {"octo/a": {}}}}}',
        '{"features": {"./f": {}, "node": {}, "./f/": {}}, "image": "a", "secrets": {"TOKEN": {}}}',
    )
)
_JSON_WORDS = (
    *("{", "}", "[", "]", ":", ",", '"', "//", "/*", "*/", "\n", "\r", "\\u00", "\\ud83d\\ude00", "1."),
    *("1e", "-", "true", "null", '"a":', '"image": "', '"build": {"dockerfile": "D"}', '"features": {'),
    *('"./f": {}', "${localEnv:A}", "${", '"dockerComposeFile": "c.yml"', '"service": "app"', '"args": {'),
    *('"options": [', "\\", "\ufeff", "\0"),
)


def _read_jsonc(case: bytes) -> None:
    try:
        node, slips = parse_jsonc(case.decode("utf-8", "replace"), "f")
    except TooDeepError:
        return
    assert len(slips) <= SLIPS
    assert node is None or _levels(node) <= DEPTH + 1


_composes = st.sampled_from(
    (
        "services:\n  app:\n    image: a:${TAG:-1}\n    depends_on: [db]\n  db:\n    image: postgres\n",
        "services: {app: {build: {context: ., dockerfile: D, args: {V: $A}}}, x: {image: y}}\n",
        "services: {app: {extends: {file: c.yml, service: x}}, x: {image: y}}\n",
        "x-a: &a {image: b, platform: linux/arm64}\nservices:\n  app: {<<: *a}\n  s: {<<: [*a, *a]}\n",
        "include: [c.yml, {path: [c.yml], env_file: .env}]\nservices: {app: {profiles: [p], image: a}}\n",
        "services:\n  app:\n    build:\n      dockerfile_inline: |\n        FROM $A\n        RUN x\n",
    )
)
_YAML_WORDS = (
    *("services:\n", "  app:\n", "    image: ", "  ", "- ", ": ", "{", "}", "[", "]", ", ", "&a ", "*a"),
    *("<<: ", "|\n", ">\n", "!reset ", "!override ", "%YAML 1.2\n", "---\n", "...\n", "? "),
    *("include: [c.yml]\n", "extends: ", "${A:-", "}", "$", "build: ", "dockerfile_inline: "),
    *("depends_on: ", "'", '"', "\t", "~", "#", "\0", "c.yml", "app", "!!binary "),
)


def _read_yaml(case: bytes) -> None:
    try:
        documents = parse_yaml(case.decode("utf-8", "replace"), "f")
    except YamlError as error:
        assert min(error.place) >= 1 and error.problem
        return
    assert all(_levels(document) <= DEPTH + 2 for document in documents)


_dotenvs = st.lists(
    st.sampled_from(
        ("A=b", "B='$A'", 'C="${A:-x}"', "D=$A$B$C", "E=${A", "# x", "F: g", "G", "H=${A:?no}", "I=$I$I")
    ),
    max_size=5,
).map("\n".join)
_DOTENV_WORDS = (
    *("A=", "B=", "$A", "${A:-", "${B:+", "}", "'", '"', "\\", "\n", " ", "#", "export ", "$$", "x"),
    *("COMPOSE_FILE=",),
)


def _read_dotenv(case: bytes) -> None:
    values = dotenv_values(case.decode("utf-8", "replace"), Environment(_ENVIRON))
    assert sum(map(len, values.values())) < 1 << 22


_instructions = st.sampled_from(
    (
        *(
            "FROM golang AS build",
            "FROM --platform=$BUILDPLATFORM a/b:1@sha256:" + "0" * 64,
            "FROM build",
            "FROM scratch",
        ),
        *(
            "ARG V=1",
            "ARG A",
            "FROM octo/app:${V:-2} AS app",
            "COPY --from=build a b",
            "COPY --from=0 a b",
            "FROM $A$A$A",
        ),
        *(
            "RUN --mount=type=bind,from=build,target=/x true",
            "RUN <<EOF\necho\nEOF",
            "ONBUILD COPY --from=app a b",
        ),
        *(
            "# syntax=docker/dockerfile:1",
            "# escape=`",
            "ENV A=b \\\n  C=d",
            "COPY <<'E' /a\nE",
            "LABEL \"a b\"='c'",
            "FRM x",
        ),
    )
)
_dockerfiles = st.lists(_instructions, max_size=6).map("\n".join)
_DOCKERFILE_WORDS = (
    *("FROM ", "FROM a AS b\n", " AS ", "ARG ", "COPY --from=", "RUN --mount=from=", "ONBUILD ", "<<EOF"),
    *("EOF\n", "\\\n", "`\n", "# syntax=", "# escape=`\n", "${", "}", "$A", ":-", "'", '"', "\n", " ", "="),
    *("--platform=", "ARG A=$A$A\n", "a", "/", "#"),
)


def _read_dockerfile(case: bytes) -> None:
    text = case.decode("utf-8", "replace")
    faults = Faults(visible)
    found: list[Image] = []
    dockerfile = read_dockerfile(text, "Dockerfile")
    arguments = {"A": ("octo", ()), "MISSING": ("", ("MISSING",))}
    for target in (None, Node("app", "f", (1, 1))):
        build = Build(dockerfile, arguments, target, open_arguments=frozenset("B"))
        found += pulled(build, faults, lambda node, missing: faults.unknown(node.location, "it is not known"))
    assert all(isinstance(image, Image) and image.reference for image in found)
    told_well(faults.findings)


# The workspace as a whole

_FILES = (
    *(".devcontainer/devcontainer.json", ".devcontainer/D", ".devcontainer/c.yml", ".devcontainer/.env"),
    *(".devcontainer/f/devcontainer-feature.json",),
)
_features = st.sampled_from(
    (
        '{"dependsOn": {"./../f": {}, "ghcr.io/octo/f:1": {}}}',
        '{"dependsOn": {"./f": {}, "./f/": {}, "../.devcontainer/f": {}}}',
        "",
    )
)
_workspaces = st.builds(
    "{}\0{}\0{}\0{}\0{}".format, _configurations, _dockerfiles, _composes, _dotenvs, _features
)
_compose_workspaces = st.builds(
    '{{"dockerComposeFile": "c.yml", "service": "app"}}\0{}\0{}\0{}'.format, _dockerfiles, _composes, _dotenvs
)


def _read_workspace(case: bytes) -> None:
    """The configuration, a Dockerfile, a Compose file, its variables and a Feature, a NUL between two."""
    folder = laid_out("workspace", _FILES, case)
    workspace = read_workspace(folder, _ENVIRON, visible)
    assert workspace.configurations == (_FILES[0],)
    assert len(workspace.images) <= IMAGES and len(workspace.findings) <= FAULTS
    told_well(workspace.findings)
    fit_to_be_shown(*workspace.secrets, *(image.reference for image in workspace.images))


def _read_compose(case: bytes) -> None:
    """A Compose file, and then the others that it may name."""
    compose, *others = case.split(b"\0", 2)
    rest = (*others, b"", b"")
    main = b'{"dockerComposeFile": "c.yml", "service": "app"}'
    _read_workspace(b"\0".join((main, rest[0], compose, rest[1])))


PARSERS = (
    Parser(
        "docker-config",
        _read_docker_config,
        _docker,
        _DOCKER_WORDS,
        ("probes.config_json", "probes.docker_config"),
        largest=SHORT,
    ),
    Parser("docker-context", _read_docker_context, _contexts, _DOCKER_WORDS, ("probes.engine",)),
    Parser("kept-secrets", _read_kept, _kept, _KEPT_WORDS, ("codespace.kept", "names")),
    Parser("jsonc", _read_jsonc, _configurations, _JSON_WORDS, ("workspace.jsonc", "workspace.tree")),
    Parser("yaml", _read_yaml, _composes, _YAML_WORDS, ("workspace.yaml_tree",)),
    Parser("dotenv", _read_dotenv, _dotenvs, _DOTENV_WORDS, ("workspace.dotenv_file", "workspace.variables")),
    Parser(
        "dockerfile",
        _read_dockerfile,
        _dockerfiles,
        _DOCKERFILE_WORDS,
        ("workspace.dockerfile", "workspace.words", "workspace.build"),
    ),
    Parser(
        "compose",
        _read_compose,
        st.builds("{}\0{}\0{}".format, _composes, _dockerfiles, _dotenvs),
        _YAML_WORDS,
        ("workspace.compose", "workspace.services", "workspace.yaml_tree", "workspace.variables"),
    ),
    Parser(
        "devcontainer",
        _read_workspace,
        _workspaces,
        (*_JSON_WORDS, *_YAML_WORDS[:20], *_DOCKERFILE_WORDS[:12]),
        ("workspace",),
    ),
)
