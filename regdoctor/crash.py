"""A failure of regdoctor itself, told without anything that it held.

An exception's words and a frame's variables may hold a credential. So only the kind and the places of a
failure are told: enough to report it, nothing to leak.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

_FRAMES = 12
"""The innermost frames; the outer ones tell little."""


def kind_and_place(error: BaseException) -> str:
    """A failure in one phrase: "KeyError at engine.py:12"."""
    places = _places(error.__traceback__)
    if not places:
        return type(error).__name__
    file, line, _ = places[-1]
    return f"{type(error).__name__} at {file.replace(chr(92), '/').rpartition('/')[2]}:{line}"


def crash_report(error: BaseException) -> str:
    """A failure as the lines to be shown when the program has ended by it."""
    places = [f"  {file}:{line} in {name}" for file, line, name in _places(error.__traceback__)[-_FRAMES:]]
    return "\n".join(
        (
            f"regdoctor crashed: {type(error).__name__}. This is a bug in regdoctor, not in your secrets.",
            "Where it happened; values are left out, since they may be secret:",
            *places,
        )
    )


def keep_silent() -> None:
    """Have the interpreter tell no more of a failure, in any thread, and write out no memory and no keys."""
    import threading

    # Every library would write the keys of its connections there, which open what was sent.
    os.environ.pop("SSLKEYLOGFILE", None)
    sys.excepthook = lambda kind, error, trace: _say(crash_report(error))
    threading.excepthook = lambda failed: _tell(failed.exc_value)
    # What cannot be raised, as in a destructor, is told with the object that it happened to.
    sys.unraisablehook = lambda failed: _tell(failed.exc_value)
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    except (ImportError, OSError, ValueError):
        pass  # another system, which has other ways


def _tell(error: BaseException | None) -> None:
    if error is not None and not isinstance(error, SystemExit):
        _say(f"regdoctor: a part of it failed: {kind_and_place(error)}")


def _say(text: str) -> None:
    try:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        pass  # nobody listens


def _places(trace: TracebackType | None) -> list[tuple[str, int, str]]:
    """File, line and function of each frame; the module `traceback` would read the source as well."""
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append((code.co_filename, trace.tb_lineno, code.co_name))
        trace = trace.tb_next
    return places
