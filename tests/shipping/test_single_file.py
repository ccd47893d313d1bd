"""The single file: what is in it, that it does what an installed regdoctor does and leaves nothing behind."""

from __future__ import annotations

import ast
import json
import os
import re
import signal
import subprocess
import sys
import zipfile
from dataclasses import replace
from email.parser import BytesParser
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from packaging.utils import canonicalize_name

from regdoctor import __version__
from tests.lab.aws import Ecr, EcrPublicRegistry, EcrRegistry, Key
from tests.lab.certificates import Authority
from tests.lab.engine import Engine
from tests.lab.peers import silent
from tests.lab.programs import program, require
from tests.lab.registry import USERS, Registry
from tests.lab.scripted import ScriptedRegistry
from tests.lab.terminal import Terminal
from tests.lab.waiting import wait_for
from tests.live.running import variables_of
from tests.shipping.conftest import ENVIRON
from tests.shipping.locked import pins_of
from tests.shipping.single_file import BUILD, SingleFile, build

DENIED = "Error response from daemon: Get https://ghcr.io/v2/: denied: denied\n"
FOLDERS = ("/tmp", "/var/tmp", "/dev/shm")
AS_IT_IS, ALONE = (), ("-I", "-S")
PATIENCE = 30.0


def names_in(archive: Path) -> list[str]:
    with zipfile.ZipFile(archive) as file:
        return file.namelist()


def outcomes(report: Any) -> dict[str, Any]:
    """What a report found of each set and image."""
    found = {each["id"]: each for each in report["sets"]}
    found |= {each["reference"]: each for each in report["images"]}
    return {
        name: (each["status"], [one["cause"] for one in each["findings"]]) for name, each in found.items()
    }


# What is in it


def test_it_is_the_same_to_the_byte_when_it_is_built_again(archive: Path, tmp_path: Path) -> None:
    again = build(tmp_path / "again.pyz", ENVIRON)
    assert again.read_bytes() == archive.read_bytes()


def test_nothing_in_it_is_compiled(archive: Path) -> None:
    endings = {os.path.splitext(name)[1] for name in names_in(archive)}
    assert not endings & {".so", ".pyd", ".pyc", ".dll"}
    assert os.access(archive, os.X_OK)


def test_of_aws_it_holds_what_regdoctor_speaks_to(archive: Path) -> None:
    data = [name.split("/") for name in names_in(archive) if name.startswith("botocore/data/")]
    assert {parts[2] for parts in data if len(parts) > 3} == {"ecr", "ecr-public", "sts"}


def test_it_holds_the_locked_packages_with_their_licences(archive: Path) -> None:
    with zipfile.ZipFile(archive) as file:
        folders = {name.split("/")[0] for name in file.namelist() if ".dist-info/" in name}
        told = [BytesParser().parsebytes(file.read(f"{folder}/METADATA")) for folder in folders]
        assert {"LICENSE", "THIRD-PARTY.md"} <= {*file.namelist()}
        for folder in folders:
            texts = [name for name in file.namelist() if name.startswith(folder) and "METADATA" not in name]
            assert any(re.search(r"licen[cs]e", name, re.I) for name in texts), f"{folder} has no licence"
    packed = {str(canonicalize_name(each["Name"])): each["Version"] for each in told}
    pins = {name: pin.version for name, pin in pins_of("regdoctor").items() if pin.needed_here}
    assert packed == pins
    assert packed["textual"] == version("textual")


# What it does


@pytest.mark.parametrize("options", [AS_IT_IS, ALONE], ids=["as it is", "alone"])
def test_it_runs_where_nothing_is_installed(single_file: SingleFile, options: tuple[str, ...]) -> None:
    single_file = replace(single_file, python=(*single_file.python, *options))
    assert single_file.run("--version").stdout == f"regdoctor {__version__}\n"
    explained = single_file.run("explain", text=DENIED)
    assert (explained.returncode, "bad-credentials" in explained.stdout) == (0, True)
    assert "tls-expired" in single_file.run("causes").stdout
    report = single_file.run("report")
    assert (report.returncode, "No secret set was found here" in report.stdout) == (0, True)
    assert single_file.is_tidy()


def test_without_pip_means_without_pip(single_file: SingleFile) -> None:
    done = subprocess.run([*single_file.python, "-c", "import pip"], capture_output=True, check=False)
    assert b"No module named 'pip'" in done.stderr


def test_it_finds_what_an_installed_regdoctor_finds(single_file: SingleFile) -> None:
    done = single_file.run("demo", "--report", "--format", "json")
    command = [sys.executable, "-m", "regdoctor", "demo", "--report", "--format", "json"]
    installed = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert (done.returncode, installed.returncode) == (1, 1)
    found, expected = outcomes(json.loads(done.stdout)), outcomes(json.loads(installed.stdout))
    in_time = [name for name in expected if not name.startswith("ECR")]
    """The demo gives the exchange of a key three seconds, in which a busy machine may not load botocore."""
    assert found.keys() == expected.keys()
    assert {name: found[name] for name in in_time} == {name: expected[name] for name in in_time}
    assert single_file.is_tidy()


@pytest.mark.parametrize("public", [False, True], ids=["ecr", "ecr-public"])
def test_the_keys_of_aws_are_exchanged(single_file: SingleFile, authority: Authority, public: bool) -> None:
    host = "public.ecr.aws" if public else "123456789012.dkr.ecr.us-east-1.amazonaws.com"
    api = f"api.ecr{'-public' if public else ''}.us-east-1.amazonaws.com"
    key = Key("AKIAQWERTYUIOPASDFGH", "Zbcd3fghijkabQdefghijkabRdefghijk12345678", account="123456789012")
    aws = Ecr([key], regions=("us-east-1",))
    registry = EcrPublicRegistry(aws) if public else EcrRegistry(host, aws)
    with (
        ScriptedRegistry(registry, authority.issue(host)) as peer,
        ScriptedRegistry(aws, authority.issue(api)) as exchange,
    ):
        places = {host: peer.port, api: exchange.port}
        options = [f"--resolve={name}:443:127.0.0.1:{port}" for name, port in places.items()]
        options += ["--ca-file", authority.ca_file, "--format", "json"]
        done = single_file.run("report", *options, **variables_of(host, key.id, key.secret, "ECR"))
    (found,) = json.loads(done.stdout)["sets"]
    assert (found["proved"], found["findings"]) == (True, [])
    assert single_file.is_tidy()


def test_the_engine_is_asked_too(single_file: SingleFile, engine: Engine, real_registry: Registry) -> None:
    values = variables_of(real_registry.address, "alice", USERS["alice"])
    done = single_file.run("report", "--format", "json", **values, DOCKER_HOST=engine.docker_host)
    (found,) = json.loads(done.stdout)["sets"]
    checks = {check["name"]: check["status"] for check in found["checks"]}
    assert (done.returncode, checks["login"], checks["engine"]) == (0, "ok", "ok")
    assert single_file.is_tidy()


def test_without_an_engine_it_says_so_and_does_the_rest(
    single_file: SingleFile, real_registry: Registry
) -> None:
    values = variables_of(real_registry.address, "alice", USERS["alice"])
    done = single_file.run("report", **values, PATH="/nonexistent")
    assert done.returncode == 0
    assert "i The Docker Engine" in done.stdout
    assert "✓ login" in done.stdout


def test_it_reads_compose_files_without_the_compiled_part(single_file: SingleFile, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    (folder / ".devcontainer").mkdir(parents=True)
    configuration = {"dockerComposeFile": "compose.yaml", "service": "app"}
    (folder / ".devcontainer" / "devcontainer.json").write_text(json.dumps(configuration))
    (folder / ".devcontainer" / "compose.yaml").write_text(
        "services: {app: {image: '127.0.0.1:1/team/app:1'}}"
    )
    done = single_file.run("report", "--format", "json", "--workspace", str(folder))
    assert [image["reference"] for image in json.loads(done.stdout)["images"]] == ["127.0.0.1:1/team/app:1"]


def test_the_app_runs_in_a_terminal_of_80_by_24(
    single_file: SingleFile, tmp_path_factory: pytest.TempPathFactory
) -> None:
    require("tmux")
    terminal = Terminal(str(tmp_path_factory.mktemp("t")), cwd="/", environ=single_file.environ())
    try:
        terminal.type("PS1='shell> '", "Enter")
        terminal.until("\nshell>")
        terminal.type(f"clear; {' '.join(single_file.command('demo'))}; echo left with $?", "Enter")
        lines = terminal.until("checked in", "1 outside the sets", "ACR_ADMIN_OFF").splitlines()
        assert (len(lines), max(map(len, lines))) == (24, 80)
        terminal.type("?")
        terminal.until("Show every key")
        terminal.type("Escape")
        terminal.until("ACR_ADMIN_OFF", without="Show every key")
        terminal.type("q")
        terminal.until("left with 1")
    finally:
        terminal.close()
    assert single_file.is_tidy()


def test_an_unpacked_one_runs_as_a_folder(archive: Path, single_file: SingleFile, tmp_path: Path) -> None:
    folder = tmp_path / "regdoctor"
    command = [*single_file.python, "-m", "zipfile", "--extract", str(archive), str(folder)]
    subprocess.run(command, check=True)
    done = replace(single_file, archive=folder).run("demo", "--report")
    assert "40 sets and 3 images" in done.stdout
    assert single_file.is_tidy()


# Exit codes and signals


def test_exit_codes_pass_through(single_file: SingleFile) -> None:
    variables = variables_of("https://ghcr.io", "octocat", "quartz-Velvet7")
    told = [
        single_file.run("report", "--offline", "--fail-on", level, **variables).returncode
        for level in ("error", "warning")
    ]
    assert told == [0, 1]
    wrong = single_file.run("report", "--no-such-option")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
    with open("/dev/full", "w") as full:
        done = subprocess.run(single_file.command("causes"), stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, b"could not be written" in done.stderr) == (3, True)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_pass_through(single_file: SingleFile, number: signal.Signals, code: int) -> None:
    with silent() as peer:
        running = single_file.start("report", **variables_of(peer.address, "alice", "quartz-Velvet7"))
        wait_for("the registry is asked", lambda: bool(peer.connections), PATIENCE)
        running.send_signal(number)
        assert running.wait(PATIENCE) == code


# What it leaves


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_however_it_ends_nothing_is_left(single_file: SingleFile, number: signal.Signals) -> None:
    running = single_file.start("demo", "--report")
    wait_for("it unpacks", single_file.unpacks, PATIENCE)
    running.send_signal(number)
    running.wait(PATIENCE)
    wait_for("what it unpacked is gone", single_file.is_tidy, PATIENCE)


def test_what_is_unpacked_is_for_this_user_alone(single_file: SingleFile) -> None:
    running = single_file.start("demo", "--report")
    wait_for("it unpacks", single_file.unpacks, PATIENCE)
    modes = [folder.stat().st_mode & 0o7777 for folder in single_file.unpacked()]
    assert set(modes) == {0o700}
    running.kill()
    running.wait(PATIENCE)


def test_the_process_that_tidies_up_knows_no_secret(single_file: SingleFile) -> None:
    variables = variables_of("registry.example.com", "alice", "quartz-Velvet7")
    running = single_file.start("demo", "--report", **variables)

    def helpers() -> list[str]:
        return Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()

    wait_for("it unpacks", lambda: single_file.unpacks() and helpers(), PATIENCE)
    for process in helpers():
        seen = b"".join(Path(f"/proc/{process}/{file}").read_bytes() for file in ("environ", "cmdline"))
        assert seen
        assert b"quartz" not in seen
        assert b"CONTAINER_REGISTRY" not in seen
    running.kill()
    running.wait(PATIENCE)


def test_a_folder_that_others_may_change_is_passed_over(single_file: SingleFile) -> None:
    single_file.folder.chmod(0o777)
    running = single_file.start("demo", "--report")
    assert running.wait(120) == 1
    assert single_file.is_tidy()


PLANTED = """
import os, sys
sys.path.insert(0, sys.argv[1])
import unpacking
os.urandom = bytes
print(unpacking.Unpacker(sys.argv[2]).find_spec("certifi").origin)
"""


def test_what_was_planted_under_its_name_is_not_followed(
    single_file: SingleFile, archive: Path, tmp_path: Path
) -> None:
    trap = tmp_path / "trap"
    trap.mkdir()
    (single_file.folder / f"regdoctor-{bytes(12).hex()}").symlink_to(trap)
    command = [*single_file.python, "-c", PLANTED, str(BUILD), str(archive)]
    done = subprocess.run(command, env=single_file.environ(), capture_output=True, text=True, check=True)
    assert done.stdout.startswith(("/tmp/", "/var/tmp/", "/dev/shm/"))
    assert str(tmp_path) not in done.stdout
    assert list(trap.iterdir()) == []
    assert single_file.unpacks(), "what others planted is not ours to remove"


# Where there is nowhere to unpack to


def with_mounts(*mounts: str) -> list[str]:
    """What starts a command with mounts that it alone sees."""
    require("unshare", "mount", namespaces=True)
    script = " && ".join([*mounts, 'exec "$@"'])
    return [program("unshare"), "--mount", "--propagation", "private", "sh", "-c", script, "sh"]


def nowhere() -> list[str]:
    """Every temporary folder may be read only."""
    binds = [f"mount --bind {folder} {folder}" for folder in FOLDERS]
    return with_mounts(*binds, *(f"mount -o remount,bind,ro {folder}" for folder in FOLDERS))


def test_where_no_folder_can_be_written_to_it_says_so_without_a_traceback(single_file: SingleFile) -> None:
    done = single_file.run("demo", "--report", launch=nowhere())
    assert (done.returncode, done.stdout) == (3, "")
    each = ("TMPDIR", "/tmp", "/var/tmp", "/dev/shm")
    why = "; ".join(f"{folder}: Read-only file system" for folder in each)
    assert done.stderr.splitlines() == [
        f"regdoctor: no folder to unpack regdoctor.demo to ({why}); name one by TMPDIR",
        "regdoctor: a package that it needs cannot be loaded: regdoctor.demo",
    ]


def test_where_no_folder_can_be_written_to_all_else_works(
    single_file: SingleFile, real_registry: Registry
) -> None:
    values = variables_of(real_registry.address, "alice", USERS["alice"])
    done = single_file.run("report", launch=nowhere(), **values)
    assert (done.returncode, "✓ login" in done.stdout) == (0, True)
    explained = single_file.run("explain", text=DENIED, launch=nowhere())
    assert "bad-credentials" in explained.stdout


def test_where_no_folder_can_be_written_to_a_check_says_what_it_lacks(single_file: SingleFile) -> None:
    server = "123456789013.dkr.ecr.us-east-1.amazonaws.com"
    values = variables_of(server, "AKIAQWERTYUIOPASDFGH", "Zbcd3fghijkabQdefghijkabRdefghijk12345678")
    options = ("--resolve", f"{server}:443:127.0.0.1:1", "--format", "json")
    done = single_file.run("report", *options, launch=nowhere(), **values)
    (found,) = json.loads(done.stdout)["sets"]
    (missing,) = (each for each in found["findings"] if each["cause"] == "package-missing")
    assert missing["evidence"] == ["there is no package botocore"]
    assert done.stderr.startswith(
        "regdoctor: no folder to unpack botocore to (TMPDIR: Read-only file system; "
    )
    assert done.stderr.count("no folder to unpack") == 1
    assert "tcp-refused" in [each["cause"] for each in found["findings"]]
    assert done.returncode == 3


def test_a_full_disk_is_passed_over(single_file: SingleFile) -> None:
    full = with_mounts(f"mount -t tmpfs -o size=16k none {single_file.folder}")
    assert "40 sets and 3 images" in single_file.run("demo", "--report", launch=full).stdout


# Where Python is too old

OLD = """
import sys
sys.version_info = (3, 9, 2)
exec(compile(open(sys.argv[1]).read(), "__main__.py", "exec"))
"""


def test_a_python_that_is_too_old_is_told_so() -> None:
    start = BUILD / "start.py"
    ast.parse(start.read_text(), feature_version=(3, 4))
    done = subprocess.run(
        [sys.executable, "-c", OLD, str(start)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "regdoctor: it needs Python 3.11 or later, and this is 3.9\n"
