"""Owns the official programs that say how a workspace is to be read; tests/run installs them."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.lab.programs import give_up, plain_environment, program, require

HOME = Path(__file__).parents[2] / ".venv" / "oracles"

_STUB = """#!/bin/sh
case "$1" in
    compose) shift; exec '{compose}' "$@" ;;
    inspect) echo "$4" >>'{log}'
        echo '[{{"Id": "x", "Os": "linux", "Architecture": "amd64", "Config": {{"Labels": {{}}}}}}]' ;;
esac
"""

_PARSE = """
const {parse} = require(process.argv[1]);
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(texts.map(text => {
    const errors = [];
    const value = parse(text, errors, {allowTrailingComma: true});
    return [value === undefined ? [] : [value], errors.length > 0];
})));
"""


def require_oracles() -> None:
    """Fails the test in CI, and skips it elsewhere, where they are not installed."""
    require("node")
    if not (HOME / "installed").exists():
        give_up("no oracles in .venv/oracles (tests/run installs them)")


def parse_jsonc(texts: Sequence[str]) -> list[tuple[list[Any], bool]]:
    """What the parser of the dev container CLI makes of texts: a value or none, and if it found faults."""
    command = [program("node"), "--eval", _PARSE, str(HOME / "node_modules" / "jsonc-parser")]
    done = subprocess.run(
        command, input=json.dumps(texts), capture_output=True, text=True, timeout=60, check=True
    )
    return [(value, faulty) for value, faulty in json.loads(done.stdout)]


@dataclass(frozen=True)
class Reading:
    """What the dev container CLI read: the configuration, and the images that it looked up."""

    file: str | None
    configuration: Mapping[str, Any] = field(default_factory=dict)
    looked_up: tuple[str, ...] = ()
    words: str = ""

    @property
    def refused(self) -> bool:
        return self.file is None


class DevContainerCli:
    """`devcontainer read-configuration`, with a docker command that knows every image."""

    def __init__(self, folder: Path) -> None:
        self._log = folder / "looked-up"
        self._docker = folder / "docker"
        self._docker.write_text(_STUB.format(compose=HOME / "docker-compose", log=self._log))
        self._docker.chmod(0o755)
        self._home = folder

    def read(
        self, workspace: Path, *, config: str | None = None, environ: Mapping[str, str] | None = None
    ) -> Reading:
        self._log.write_text("")
        cli = HOME / "node_modules" / "@devcontainers" / "cli" / "devcontainer.js"
        command = [program("node"), str(cli), "read-configuration", "--include-merged-configuration"]
        command += ["--workspace-folder", str(workspace), "--docker-path", str(self._docker)]
        command += ["--config", str(workspace / config)] if config else []
        done = subprocess.run(
            command,
            env=plain_environment(str(self._home), **(environ or {})),
            cwd=workspace,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        looked_up = tuple(dict.fromkeys(self._log.read_text().split()))
        if done.returncode:
            return Reading(None, {}, looked_up, done.stdout + done.stderr)
        configuration = json.loads(done.stdout)["configuration"]
        file = os.path.relpath(configuration["configFilePath"]["path"], workspace)
        return Reading(file, configuration, looked_up, done.stderr)


def compose_config(
    paths: Iterable[Path], *, profile: str | None = None, environ: Mapping[str, str] | None = None
) -> dict[str, Any] | str:
    """The services as `docker compose config` names them, or why it refuses the files."""
    paths = list(paths)
    command = [str(HOME / "docker-compose")]
    for path in paths:
        command += ["--file", str(path)]
    command += ["--profile", profile] if profile else []
    done = subprocess.run(
        [*command, "config", "--format", "json"],
        env=plain_environment(str(paths[0].parent), **(environ or {})),
        cwd=paths[0].parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if done.returncode:
        return done.stderr
    services: dict[str, Any] = json.loads(done.stdout).get("services") or {}
    return services
