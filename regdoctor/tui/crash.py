"""A failure of regdoctor itself, told without anything that it held.

An exception's words and a frame's variables may hold a credential. So only the kind and the places of a
failure are told: enough to report it, nothing to leak.
"""

from __future__ import annotations

import os
import traceback

_FRAMES = 12
"""The innermost frames; the outer ones are the event loop's."""


def kind_and_place(error: BaseException) -> str:
    """A failure in one phrase: "KeyError at engine.py:12"."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return type(error).__name__
    return f"{type(error).__name__} at {os.path.basename(frames[-1].filename)}:{frames[-1].lineno}"


def crash_report(error: BaseException) -> str:
    """A failure as the lines to be shown after the app is gone."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    return "\n".join(
        (
            f"regdoctor crashed: {type(error).__name__}. This is a bug in regdoctor, not in your secrets.",
            "Where it happened; values are left out, since they may be secret:",
            *places,
            "`regdoctor report` does the same diagnosis without the app.",
        )
    )
