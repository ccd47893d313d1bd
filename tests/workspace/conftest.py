"""The oracles, started once a session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.lab.engine import Engine
from tests.lab.programs import require
from tests.workspace.builds import Builds
from tests.workspace.oracle_programs import DevContainerCli, require_oracles


@pytest.fixture(scope="session")
def builds() -> Iterator[Builds]:
    """BuildKit, and a registry that has every image; in an Engine of its own, since builds can end it."""
    require("docker", "dockerd", "containerd", "setpriv", namespaces=True)
    with Engine() as engine, Builds(engine) as builds:
        yield builds


@pytest.fixture(scope="session")
def oracles() -> None:
    """The programs from npm and PyPI are there."""
    require_oracles()


@pytest.fixture
def cli(oracles: None, tmp_path_factory: pytest.TempPathFactory) -> DevContainerCli:
    """The official dev container CLI."""
    return DevContainerCli(tmp_path_factory.mktemp("cli"))
