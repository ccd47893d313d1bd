"""The way in: `regdoctor` and `python -m regdoctor`."""

from __future__ import annotations

import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> int:
    """Run the command line; the result is the exit code."""
    began = time.monotonic()
    arguments = sys.argv[1:]
    try:
        if arguments in (["--version"], ["-V"]):
            # Asked by scripts on every start: answered before anything else is loaded.
            return _tell_version()
        from regdoctor.signals import leave_at_once

        leave_at_once()
        from regdoctor.cli import run

        return run(arguments, began)
    except KeyboardInterrupt:  # before anybody could see to it
        return 130


def _tell_version() -> int:
    from regdoctor import __version__

    try:
        sys.stdout.write(f"regdoctor {__version__}\n")
        sys.stdout.flush()
    except (OSError, AttributeError):
        from regdoctor.cli import FAILED
        from regdoctor.output import give_up

        give_up(sys.stdout)
        return FAILED
    return 0


def process() -> NoReturn:
    """Run the command line to the end of the process.

    Threads may still wait for a peer, or hold what the interpreter would want to tidy up: it is not asked to.
    """
    try:
        code = main()
    except SystemExit as leaving:  # argparse has printed its help
        code = leaving.code if isinstance(leaving.code, int) else 0
    from regdoctor.output import leave

    leave(code)


if __name__ == "__main__":
    process()
