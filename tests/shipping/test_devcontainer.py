"""The dev container of this repository, and the Feature: read by the official CLI, and installed for real."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from regdoctor import __version__
from regdoctor.arguments import SHELLS, report_parser
from tests.lab.programs import plain_environment, program, require
from tests.shipping.locked import ROOT
from tests.workspace.oracle_programs import HOME, require_oracles

FEATURE = ROOT / ".devcontainer" / "regdoctor"
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def cli(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    command = [program("node"), str(HOME / "node_modules/@devcontainers/cli/devcontainer.js"), *arguments]
    environ = plain_environment(str(home))
    return subprocess.run(
        command, env=environ, cwd=home, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def docker(tmp_path: Path) -> str:
    """A docker command that knows every image and no container."""
    image = {"Id": "x", "Os": "linux", "Architecture": "amd64", "Config": {"Labels": {}}}
    stub = tmp_path / "docker"
    stub.write_text(f"#!/bin/sh\n[ $1 = inspect ] && echo '{json.dumps([image])}'\nexit 0\n")
    stub.chmod(0o755)
    return str(stub)


@pytest.fixture
def feature(archive: Path, tmp_path: Path) -> Path:
    """The Feature's folder with the single file in it, as it is published."""
    folder = tmp_path / ".devcontainer" / "regdoctor"
    shutil.copytree(FEATURE, folder, ignore=shutil.ignore_patterns("*.pyz"))
    shutil.copy(archive, folder / "regdoctor.pyz")
    return folder


# The repository's own


def test_the_repositorys_own_is_read_and_ends_with_a_report(docker: str, tmp_path: Path) -> None:
    require_oracles()
    options = ("--workspace-folder", str(ROOT), "--docker-path", docker)
    done = cli("read-configuration", *options, home=tmp_path)
    assert done.returncode == 0, done.stderr
    configuration = json.loads(done.stdout)["configuration"]
    assert configuration["configFilePath"]["path"] == str(ROOT / ".devcontainer" / "devcontainer.json")
    words = configuration["postAttachCommand"].split()
    assert words[:2] == [".venv/bin/regdoctor", "report"]
    assert report_parser().parse_args(words[2:]).brief
    assert ".venv/bin/pip install" in configuration["postCreateCommand"]


# The Feature, as the official CLI sees it


def test_the_feature_has_the_version_of_the_program() -> None:
    assert json.loads((FEATURE / "devcontainer-feature.json").read_text())["version"] == __version__


def test_the_feature_is_packaged_with_the_single_file(feature: Path, tmp_path: Path) -> None:
    require_oracles()
    out = tmp_path / "out"
    done = cli("features", "package", str(feature), "--output-folder", str(out), home=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    with tarfile.open(out / "devcontainer-feature-regdoctor.tgz") as package:
        files = {name.removeprefix("./"): package.getmember(name).mode for name in package.getnames()}
    assert {"devcontainer-feature.json", "install.sh", "regdoctor.pyz"} <= set(files)
    assert files["install.sh"] & 0o111
    (told,) = json.loads((out / "devcontainer-collection.json").read_text())["features"]
    assert (told["id"], told["version"]) == ("regdoctor", __version__)


def test_the_feature_is_taken_into_a_configuration(feature: Path, docker: str, tmp_path: Path) -> None:
    require_oracles()
    # What it is installed after is looked for in a registry; there is none here.
    metadata = json.loads((feature / "devcontainer-feature.json").read_text())
    assert metadata.pop("installsAfter")
    (feature / "devcontainer-feature.json").write_text(json.dumps(metadata))
    configuration = {"image": "debian:12", "features": {"./regdoctor": {}}}
    (feature.parent / "devcontainer.json").write_text(json.dumps(configuration))
    options = ("--include-features-configuration", "--docker-path", docker)
    done = cli("read-configuration", "--workspace-folder", str(tmp_path), *options, home=tmp_path)
    assert done.returncode == 0, done.stderr
    (found,) = json.loads(done.stdout)["featuresConfiguration"]["featureSets"]
    assert [each["id"] for each in found["features"]] == ["regdoctor"]


# The Feature, installed


def on_a_copy_of_this_machine(feature: Path, script: str, path: str = SYSTEM_PATH) -> str:
    """What a script prints that runs as root with the Feature at /feature; nothing that it changes lasts."""
    require("unshare", "mount", "chroot", namespaces=True)
    place = feature.parents[1] / "machine"
    place.mkdir()
    root = f"{place}/root"
    start = (
        f"mount -t tmpfs none {place} && mkdir {place}/upper {place}/work {root} "
        f"&& mount -t overlay -o lowerdir=/,upperdir={place}/upper,workdir={place}/work none {root} "
        f"&& mkdir {root}/feature && cp {feature}/* {root}/feature && mount --bind /dev {root}/dev "
        f'&& exec chroot {root} env -i PATH="$1" HOME=/nonexistent LANG=C.UTF-8 /bin/sh -c "$2"'
    )
    command = [
        program("unshare"),
        "--mount",
        "--propagation",
        "private",
        "sh",
        "-c",
        start,
        "sh",
        path,
        script,
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    return done.stdout + done.stderr


INSTALL_AND_USE = """
sh /feature/install.sh
regdoctor --version
regdoctor report --brief
regdoctor demo --report --format json >/dev/null; echo "demo ended with $?"
for file in bash-completion/completions/regdoctor zsh/site-functions/_regdoctor \\
    fish/vendor_completions.d/regdoctor.fish
do test -s /usr/local/share/$file && echo "there is $file"; done
find /usr/local/lib/regdoctor -name '__main__.*.pyc'
"""


def test_the_feature_installs_regdoctor_for_everybody(feature: Path) -> None:
    said = on_a_copy_of_this_machine(feature, INSTALL_AND_USE)
    lines = said.splitlines()
    assert lines[0].startswith(f"regdoctor: installed regdoctor {__version__}, with /"), said
    assert lines[1:4] == [
        f"regdoctor {__version__}",
        "✓ regdoctor: no secret set was found here",
        "demo ended with 1",
    ]
    assert [line for line in lines if line.startswith("there is ")] == lines[4:7]
    assert len(lines[4:7]) == len(SHELLS)
    assert lines[7:], "it was not compiled"


MANAGERS = {
    "apt-get": ["update", "install --yes --no-install-recommends ca-certificates python3"],
    "apk": ["add --no-cache ca-certificates python3"],
    "dnf": ["install --assumeyes ca-certificates python3"],
}

BARE = """
mkdir /bare && for tool in cat chmod dirname mkdir rm; do ln -s "$(command -v $tool)" /bare/; done
cat >/bare/{manager} <<'EOF'
#!/bin/sh
echo "asked: $*"
case "$*" in *python3) {offers} ;; esac
EOF
chmod 755 /bare/{manager}
PATH=/bare /bin/sh /feature/install.sh; echo "ended with $?"
"""
"""A machine without Python, and what its package manager does when it is asked for one."""

NEW = "/bin/ln -s /usr/bin/python3 /bare/python3"
OLD = "/bin/ln -s /bin/false /bare/python3"


@pytest.mark.parametrize("manager", MANAGERS)
def test_the_feature_has_each_distribution_install_python(feature: Path, manager: str) -> None:
    if not os.access("/usr/bin/python3", os.X_OK):
        pytest.skip("this machine has no Python of its distribution")
    said = on_a_copy_of_this_machine(feature, BARE.format(manager=manager, offers=NEW)).splitlines()
    assert [line[7:] for line in said if line.startswith("asked: ")] == MANAGERS[manager]
    assert said[-2:] == [
        f"regdoctor: installed regdoctor {__version__}, with /bare/python3",
        "ended with 0",
    ]


def test_the_feature_asks_for_a_newer_python_where_the_usual_one_is_old(feature: Path) -> None:
    said = on_a_copy_of_this_machine(feature, BARE.format(manager="apt-get", offers=OLD)).splitlines()
    assert "asked: install --yes --no-install-recommends python3.11" in said
    assert said[-1] == "ended with 1"
    assert "it needs Python 3.11 or later, which this image does not offer" in said[-2]


def test_the_feature_says_where_it_cannot_install_python(feature: Path) -> None:
    said = on_a_copy_of_this_machine(feature, BARE.format(manager="nothing", offers=NEW)).splitlines()
    assert said[-2:] == [
        "regdoctor: this image has neither apt-get nor apk nor dnf to install Python with",
        "ended with 1",
    ]


def test_the_feature_without_the_single_file_says_how_to_build_it(tmp_path: Path) -> None:
    shutil.copy(FEATURE / "install.sh", tmp_path)
    done = subprocess.run(["sh", str(tmp_path / "install.sh")], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    command = done.stdout.splitlines()[1].removeprefix("regdoctor: ").split()
    assert (ROOT / command[1]).is_file()
    assert command[2] == ".devcontainer/regdoctor/regdoctor.pyz"
