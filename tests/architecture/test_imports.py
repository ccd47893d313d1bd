"""Imports point one way, and heavy packages are loaded only by what uses them."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import regdoctor

PACKAGE = Path(regdoctor.__file__).parent

LAYERS: tuple[tuple[str, ...], ...] = (
    ("record", "regex", "secret", "crash"),
    ("model", "settings", "address", "challenge", "reference", "platforms", "manifest"),
    ("registries", "causes", "names", "codespace"),
    ("discovery", "bystanders", "probes", "workspace"),
    ("checks",),
    ("cases", "examination", "strays", "explain", "inquiry", "workers"),
    ("healing", "images", "ledger", "machine"),
    ("diagnosis",),
    ("report", "tui", "demo", "argument_types", "env_file", "environment", "output", "progress", "signals"),
    ("arguments",),
    ("inputs", "password", "summary"),
    ("printing",),
    ("cli",),
    ("__main__",),
)
"""From the ground up. A module may import what stands in its own layer's room or below."""

HEIGHT = {name: height for height, names in enumerate(LAYERS) for name in names}

HEAVY = ("textual", "docker", "boto3", "botocore", "requests", "rich", "publicsuffixlist", "dotenv", "yaml")

ONLY_IN_PROBES = ("socket", "ssl", "http.client", "docker", "boto3", "requests")


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> list[str]:
    """The modules that a file imports at run time, wherever in it."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = [ast.Pass()]
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return found


def test_every_module_has_a_place_in_the_layers() -> None:
    assert {room_of(path) for path in modules()} - {"__init__"} == set(HEIGHT)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_import_points_up(path: Path) -> None:
    room = room_of(path)
    for name in imports_of(path):
        parts = name.split(".")
        if parts[0] != "regdoctor" or len(parts) < 2 or parts[1] not in HEIGHT or room == "__init__":
            continue
        target = parts[1]
        assert target == room or HEIGHT[target] <= HEIGHT[room], f"{room} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_probes_reach_outside(path: Path) -> None:
    if room_of(path) in ("probes", "demo", "cli"):
        return
    assert not set(imports_of(path)) & set(ONLY_IN_PROBES)


def loaded_by(*arguments: str, env: dict[str, str] | None = None) -> set[str]:
    """The top-level packages that a command had loaded when it ended."""
    code = (
        "import sys; from regdoctor.__main__ import main\n"
        f"sys.argv = ['regdoctor', *{list(arguments)!r}]\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "sys.stderr.write('LOADED ' + ' '.join(sys.modules))\n"
    )
    environment = {"PATH": os.environ["PATH"], **(env or {})}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, env=environment, check=False
    )
    return set(done.stderr.rpartition("LOADED ")[2].split())


SLOW = "asyncio dataclasses http.client logging pathlib ssl string subprocess typing".split()  # noqa: SIM905
"""What takes longer to load than most commands take."""
SET = {
    "ACR_CONTAINER_REGISTRY_SERVER": "mycompany.azurecr.io",
    "ACR_CONTAINER_REGISTRY_USER": "acr-user",
    "ACR_CONTAINER_REGISTRY_PASSWORD": "not-a-real-one",
}


def test_the_version_loads_next_to_nothing() -> None:
    loaded = loaded_by("--version")
    assert not loaded & {*HEAVY, "argparse", "json", "ssl", "asyncio", "dataclasses", "typing"}


def test_the_help_loads_the_parser_alone() -> None:
    loaded = loaded_by("--help")
    assert "regdoctor.arguments" in loaded
    assert not loaded & {*HEAVY, *SLOW, "json", "regdoctor.diagnosis", "regdoctor.causes"}


def test_explaining_a_text_loads_what_it_is_explained_by_alone(tmp_path: Path) -> None:
    text = tmp_path / "build.log"
    text.write_text('Error response from daemon: Get "https://ghcr.io/v2/": unauthorized\n')
    loaded = loaded_by("explain", str(text))
    assert "regdoctor.explain.verdicts" in loaded
    assert not loaded & {*HEAVY, *SLOW, "json", "string", "regdoctor.diagnosis", "regdoctor.checks"}


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_offline_report_loads_no_heavy_package(form: str) -> None:
    loaded = loaded_by("report", "--offline", "--format", form, env=SET)
    assert "regdoctor.diagnosis" in loaded
    assert not loaded & {*HEAVY, *SLOW, "regdoctor.workspace.reading"}


@pytest.mark.parametrize("form", ["markdown", "junit", "sarif", "github"])
def test_the_other_forms_load_no_heavy_package(form: str) -> None:
    loaded = loaded_by("report", "--offline", "--format", form, env=SET)
    assert f"regdoctor.report.{form}" in loaded
    assert not loaded & {*HEAVY, "asyncio", "dataclasses", "ssl", "http.client"}


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_offline_report_loads_no_form_but_its_own(form: str) -> None:
    loaded = loaded_by("report", "--offline", "--format", form, env=SET)
    assert not loaded & {
        "xml",
        *(f"regdoctor.report.{other}" for other in ("markup", "junit", "sarif", "log")),
    }


def test_the_list_of_causes_loads_no_heavy_package() -> None:
    assert not loaded_by("causes") & {*HEAVY, "ssl", "asyncio"}


def test_a_live_report_without_an_engine_loads_no_docker_package() -> None:
    env = {**SET, "ACR_CONTAINER_REGISTRY_SERVER": "127.0.0.1:9", "DOCKER_HOST": "unix:///nonexistent.sock"}
    loaded = loaded_by("report", "--format", "json", env=env)
    assert "regdoctor.probes.tcp" in loaded
    assert not loaded & set(HEAVY)
