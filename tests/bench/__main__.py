"""All figures in one table: `python -m tests.bench [WORDS]`, of the rows that hold some words alone.

Each figure is a ratio to a baseline that is measured in turns with it, so that it says the same on a slow
machine and on a fast one. The processes are those of an installed, compiled regdoctor; their output is piped.
"""

from __future__ import annotations

import datetime
import os
import platform
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from tests.bench import app
from tests.bench.processes import Process, installed, measure, measure_memory, run
from tests.bench.registries import PASSWORD, Registries, registries
from tests.lab.aws import Ecr, EcrRegistry, Key
from tests.lab.certificates import Authority
from tests.lab.engine import Engine
from tests.lab.programs import program
from tests.lab.registry import USERS, Registry
from tests.lab.scripted import Answer, Handler, Request, ScriptedRegistry

SLOW = 0.1
"""Seconds that a request takes where the network is to be felt."""
HOSTS = 20
REFUSAL = "unauthorized: authentication required"


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    against: str
    target: str
    limit: float
    figure: Callable[[Bench], float]
    unit: str = "×"


class Bench:
    """What the rows share: the program, and the folder for what they need."""

    def __init__(self, python: str, script: str, folder: str, stack: ExitStack) -> None:
        self.python = python
        self.script = script
        self.folder = folder
        self._stack = stack
        self._lab: Registries | None = None

    @property
    def bare(self) -> Process:
        """An interpreter that does nothing."""
        return Process([self.python, "-c", "pass"])

    @property
    def lab(self) -> Registries:
        """Twenty registries that take their time."""
        if self._lab is None:
            self._lab = self._stack.enter_context(registries(self.new_folder("lab"), HOSTS, SLOW))
        return self._lab

    def new_folder(self, name: str) -> str:
        """A folder that goes when the bench ends."""
        path = os.path.join(self.folder, name)
        os.makedirs(path, exist_ok=True)
        return path

    def ours(self, *arguments: str, **environment: str) -> Process:
        """regdoctor, from its console script."""
        return Process([self.script, *arguments], environment)

    def report(self, sets: int) -> Process:
        """A report over so many sets on the registries that take their time."""
        return Process(
            [self.script, "report", "--format", "json", *self.lab.options()], self.lab.environment(sets)
        )


# What the rows measure


def version(bench: Bench) -> float:
    return _ratio(bench.ours("--version"), bench.bare)


def help_text(bench: Bench) -> float:
    return _ratio(bench.ours("--help"), bench.bare)


def offline_json(bench: Bench) -> float:
    return _ratio(bench.ours("report", "--offline", "--format", "json", **_sets(3)), bench.bare)


def offline_text(bench: Bench) -> float:
    return _ratio(bench.ours("report", "--offline", **_sets(3)), bench.bare)


def explain_a_line(bench: Bench) -> float:
    line = f'Error response from daemon: Get "https://ghcr.io/v2/": denied: {REFUSAL}\n'
    return _ratio(Process([bench.script, "explain"], stdin=line), bench.bare)


def first_paint(bench: Bench) -> float:
    return app.first_paint()


def one_set(bench: Bench) -> float:
    authority = Authority(bench.new_folder("one"))
    with Registry(USERS, certificate=authority.issue("127.0.0.1")) as registry:
        user, password = next(iter(USERS.items()))
        login = [program("skopeo"), "login", "--username", user, "--password-stdin", registry.address]
        authority_file, stored = {"SSL_CERT_FILE": authority.ca_file}, bench.new_folder("one/skopeo")
        skopeo = Process([*login, "--authfile", f"{stored}/auth.json"], authority_file, stdin=password)
        options = ["--format", "json", "--engine", "direct", "--no-images", "--ca-file", authority.ca_file]
        ours = bench.ours("report", *options, **_set("ONE", registry.address, user, password))
        mine, theirs, bare = measure(ours, skopeo, bench.bare)
    return mine / (theirs + bare)


def many_against_docker(bench: Bench) -> float:
    with Engine() as engine:
        environment = {"DOCKER_HOST": engine.docker_host, "DOCKER_CONFIG": bench.new_folder("docker")}
        docker = program("docker")
        logins = " && ".join(
            f"{docker} login --username octocat{at} --password-stdin 127.0.0.1:{port} <<<{PASSWORD}"
            for at, port in enumerate(bench.lab.ports)
        )
        return _ratio(bench.report(HOSTS), Process(["bash", "-c", logins], environment), rounds=5)


def many_against_one(bench: Bench) -> float:
    return _ratio(bench.report(HOSTS), bench.report(1))


def ten_times_as_many(bench: Bench) -> float:
    return _ratio(bench.report(10 * HOSTS), bench.report(HOSTS))


def memory_of_a_set(bench: Bench) -> float:
    many, few = measure_memory(bench.report(10 * HOSTS), bench.report(HOSTS))
    return (many - few) / (9 * HOSTS)


def connections_to_a_host(bench: Bench) -> float:
    bench.lab.count()
    run(bench.report(10 * HOSTS))
    return bench.lab.count()[1]


def requests_of_a_set(bench: Bench) -> float:
    bench.lab.count()
    run(bench.report(1))
    return bench.lab.count()[0]


def ecr_key(bench: Bench) -> float:
    host, region = "123456789012.dkr.ecr.us-east-1.amazonaws.com", "us-east-1"
    key = Key("AKIAIOSFODNN7BENCH01", "bench+Secret+Key+of+forty+characters+000")
    ecr, authority = Ecr([key], regions=(region,)), Authority(bench.new_folder("ecr"))
    with (
        ScriptedRegistry(_slowly(ecr)) as api,
        ScriptedRegistry(EcrRegistry(host, ecr), authority.issue(host)) as registry,
    ):
        where = {"AWS_ENDPOINT_URL": api.url, "AWS_DEFAULT_REGION": region}
        resolve = f"--resolve={host}:443:127.0.0.1:{registry.port}"
        options = ["--format", "json", "--engine", "direct", "--no-images", "--ca-file", authority.ca_file]
        ours = bench.ours("report", resolve, *options, **where, **_set("ECR", host, key.id, key.secret))
        keys = {"AWS_ACCESS_KEY_ID": key.id, "AWS_SECRET_ACCESS_KEY": key.secret}
        call = "import boto3; boto3.client('ecr').get_authorization_token()"
        return _ratio(ours, Process([bench.python, "-c", call], {**where, **keys}))


def memory_of_twelve(bench: Bench) -> float:
    console = Process([bench.python, "-c", "import rich.console"])
    ours, theirs = measure_memory(bench.report(12), console)
    return ours / theirs


ROWS = (
    Row("`regdoctor --version`", "a bare interpreter", "≤ 2.0 ×", 2.0, version),
    Row("`regdoctor --help`", "a bare interpreter", "≤ 3 ×", 3.0, help_text),
    Row("`report --offline --format json`, 3 sets", "a bare interpreter", "≤ 4.5 ×", 4.5, offline_json),
    Row("`report --offline`, 3 sets", "a bare interpreter", "≤ 8 ×", 8.0, offline_text),
    Row("`explain` of one line", "a bare interpreter", "≤ 5 ×", 5.0, explain_a_line),
    Row("first paint of the app, 3 sets", "a bare Textual app with one table", "≤ 1.3 ×", 1.3, first_paint),
    Row("`report`, 1 set", "`skopeo login` and a bare interpreter", "≤ 4 ×", 4.0, one_set),
    Row(
        "`report`, 20 sets on 20 hosts that take 100 ms a request",
        "20 × `docker login`, one after another",
        "≤ 0.125 ×",
        0.125,
        many_against_docker,
    ),
    Row("the same", "one of its sets alone", "≤ 1.3 ×", 1.3, many_against_one),
    Row("200 sets on those hosts", "20 sets", "≤ 3 ×", 3.0, ten_times_as_many),
    Row("memory of each of these sets", "", "≤ 0.15 MB", 0.15, memory_of_a_set, "MB"),
    Row("connections to one of these hosts, with 10 sets", "", "≤ 6", 6.0, connections_to_a_host, ""),
    Row(
        "requests of one healthy set",
        "what the protocol needs",
        "3",
        3.0,
        requests_of_a_set,
        "",
    ),
    Row("an ECR set by access key", "one boto3 client and its exchange", "≤ 1.2 ×", 1.2, ecr_key),
    Row("peak memory, 12 sets", "`import rich.console`", "≤ 2.5 ×", 2.5, memory_of_twelve),
)


def _ratio(ours: Process, baseline: Process, rounds: int = 7) -> float:
    mine, theirs = measure(ours, baseline, rounds=rounds)
    return mine / theirs


def _set(name: str, server: str, user: str, password: str) -> dict[str, str]:
    prefix = f"{name}_CONTAINER_REGISTRY_"
    return {f"{prefix}SERVER": server, f"{prefix}USER": user, f"{prefix}PASSWORD": password}


def _sets(count: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for number in range(count):
        found |= _set(f"SET{number}", f"registry{number}.example.test", "octocat", PASSWORD)
    return found


def _slowly(handler: Handler) -> Handler:
    import time

    def answer(request: Request) -> Answer:
        time.sleep(SLOW)
        return handler(request)

    return answer


@contextmanager
def _bench() -> Iterator[Bench]:
    import tempfile

    with ExitStack() as stack:
        python, script = stack.enter_context(installed())
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-"))
        yield Bench(python, script, folder, stack)


def main() -> None:
    """Measure and print a table in Markdown."""
    wanted = " ".join(sys.argv[1:])
    day = datetime.date.today().isoformat()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {day}:\n")
    print("| what | against | target | measured |\n| --- | --- | --- | --- |")
    with _bench() as bench:
        for row in ROWS:
            if wanted in row.what or wanted in row.figure.__name__:
                found = row.figure(bench)
                mark = "" if found <= row.limit else " (above)"
                print(
                    f"| {row.what} | {row.against} | {row.target} | {found:.3g} {row.unit}{mark} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
