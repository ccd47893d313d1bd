"""Cases that are led by what they reach in the code.

`python -m tests.fuzz.guided PARSER MODULES CASES SEED FILE` is a process of its own, which libFuzzer takes
over; what came of it is written into the file.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import atheris

_SEEDS = 300
"""Cases of the grammar to begin with."""
_LENGTH = 1000
"""Bytes of a case that is made by chance: what is new in one is seen in a short one as well."""
_STRETCHED = 20
"""Of so many cases one is stretched to some greater length."""


def _spelt(word: str) -> str:
    """A word as a dictionary of libFuzzer has it."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in word.encode("utf-8", "surrogatepass")[:60]) + '"\n'


def main(name: str, code: str, cases: str, seed: str, file: str) -> None:
    """Run so many cases of a parser, led through these modules. Does not return."""
    # What is loaded by then is not followed, so this stands around everything.
    with atheris.instrument_imports(include=[f"regdoctor.{module}" for module in code.split(",")]):
        from tests.fuzz.examples import examples_of
        from tests.fuzz.found import FOUND
        from tests.fuzz.outcome import Outcome
        from tests.fuzz.parser import stretched
        from tests.fuzz.parsers import PARSERS

        parser, outcome, wanted = PARSERS[name], Outcome(), int(cases)
        turn = random.Random(seed)

        def run(case: bytes) -> None:
            if outcome.cases % _STRETCHED == _STRETCHED - 1:
                start, end, length = (turn.randint(0, parser.largest) for _ in range(3))
                case = stretched(case, start, end, b"", length)
            outcome.run(parser, case[: parser.largest])
            if outcome.cases >= wanted:
                Path(file).write_text(outcome.dump())
                os._exit(0)

        # Beside the outcome, in a folder of the caller's: this process does not get to tidy up.
        folder = Path(file).parent / "cases"
        folder.mkdir()
        known = [case for found, case in FOUND.values() if found == name]
        made = examples_of(parser.well_formed, min(_SEEDS, wanted), int(seed))
        for at, example in enumerate((*known, *made)):
            (folder / str(at)).write_bytes(example)
        words = folder.parent / "words.dict"
        words.write_text("".join(map(_spelt, parser.words)))
        options = (
            f"-max_len={_LENGTH}",
            f"-seed={seed}",
            f"-dict={words}",
            "-runs=-1",
            f"-artifact_prefix={folder.parent}/",
            "-verbosity=0",
        )
        atheris.Setup([sys.argv[0], *options, str(folder)], run)
        atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
