"""The way in: `regdoctor` and `python -m regdoctor`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; the result is the exit code."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        # Asked by scripts on every start: answered before anything else is loaded.
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
    from regdoctor.cli import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
