"""`python -m tests.fuzz [--cases N] [--engine ENGINE] [--seed N] [PARSER ...]`: many cases for every parser.

With atheris (Linux on x86-64, CPython 3.11 to 3.13) the cases are led by the code that they
reach, and begin with hypothesis' own; without it all of them are hypothesis' own. Ends with 1 where a parser
crashed or took too long.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.examples import examples_of
from tests.fuzz.outcome import Outcome
from tests.fuzz.parser import LIMIT, Parser
from tests.fuzz.parsers import PARSERS

CASES = 100_000


def main(arguments: list[str]) -> int:
    """Run the cases, and print a table."""
    options = _options(arguments)
    print(f"{options.engine}, seed {options.seed}; at most {LIMIT * 1000:.0f} ms of processor time a case")
    print(f"{'parser':<18}{'cases':>9}{'crashes':>9}{'slowest':>11}{'took':>8}", flush=True)
    run = _guided if options.engine == "atheris" else _unguided
    failed = False
    for name in options.parser or PARSERS:
        parser, start = PARSERS[name], time.monotonic()
        outcome = run(parser, options.cases, options.seed)
        longest = outcome.judge(parser)
        took = time.monotonic() - start
        print(
            f"{name:<18}{outcome.cases:>9,}{len(outcome.crashes):>9}{longest * 1000:>8.1f} ms{took:>6.0f} s",
            flush=True,
        )
        for what, case in outcome.crashes.items():
            print(f"    {what}: {_kept(name, case)}", flush=True)
        failed = failed or bool(outcome.crashes) or outcome.cases < options.cases
    return int(failed)


def _options(arguments: list[str]) -> argparse.Namespace:
    has_atheris = importlib.util.find_spec("atheris") is not None
    options = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    options.add_argument("--cases", type=int, default=CASES, help="cases for each parser")
    options.add_argument(
        "--engine", choices=("atheris", "hypothesis"), default="atheris" if has_atheris else "hypothesis"
    )
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1, 1 << 31))
    options.add_argument(
        "parser", nargs="*", metavar="PARSER", choices=[*PARSERS, []], help=", ".join(PARSERS)
    )
    return options.parse_args(arguments)


def _guided(parser: Parser, cases: int, seed: int) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "outcome")
        told = (parser.name, ",".join(parser.code), str(cases), str(seed), str(file))
        command = [sys.executable, "-m", "tests.fuzz.guided", *told]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        if file.exists():
            return Outcome.load(file.read_text())
    # What took the whole process with it is shown as it was said.
    print(done.stderr[-3000:], file=sys.stderr)
    return Outcome(crashes={f"the process ended with {done.returncode}": b""})


def _unguided(parser: Parser, cases: int, seed: int) -> Outcome:
    outcome = Outcome()
    for case in examples_of(parser.cases, cases, seed):
        outcome.run(parser, case)
    return outcome


def _kept(name: str, case: bytes) -> str:
    """A case, or the file that it was put into because it is long."""
    if len(case) <= 300:
        return repr(case)
    with tempfile.NamedTemporaryFile("wb", prefix=f"{name}-", suffix=".case", delete=False) as file:
        file.write(case)
    return f"{len(case)} bytes in {file.name}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
