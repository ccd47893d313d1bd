"""Breaks the program on purpose, to be run as a program: `breaking.py PLAN`.

The plan is a JSON file: the arguments of the program (`argv`), what to say when it breaks (`words`), a folder
for what is printed (`into`), an address to ask before each run (`forget`), and the functions to break at
(`places`: file and qualified name), one run for each. With `watch` instead of places it is noted which
functions of the package are called. The runs are forks of one process, so that the packages are loaded once;
each ends as a program does.
"""

from __future__ import annotations

import builtins
import importlib
import json
import os
import sys
import threading
import time
import urllib.request
from types import FrameType, FunctionType
from typing import Any

PACKAGE = os.sep + "regdoctor" + os.sep


class Broken(RuntimeError):
    """What breaks it, full of words that nobody may see."""


def place_of(frame: FrameType) -> tuple[str, str] | None:
    """File and name of a function of the package."""
    _, inside, name = frame.f_code.co_filename.rpartition(PACKAGE)
    return (
        (name, frame.f_code.co_qualname)
        if inside and "site-packages" not in frame.f_code.co_filename
        else None
    )


def break_at(place: tuple[str, str], kind: str, words: str) -> None:
    """Have a function fail whenever it is called, with the words in all that a failure can carry."""

    def fail() -> None:
        if kind == "interrupt":
            raise KeyboardInterrupt
        passphrase = words
        error = Broken(passphrase)
        error.add_note(passphrase)
        error.__cause__ = ValueError(passphrase)
        raise error

    builtins.break_now = fail  # type: ignore[attr-defined]
    function(place).__code__ = (lambda *_, **__: break_now()).__code__  # type: ignore[name-defined]  # noqa: F821


def function(place: tuple[str, str]) -> Any:
    """The function of a place, whatever it is wrapped in; AttributeError where it has no name of its own."""
    module, name = place
    found: Any = importlib.import_module(f"regdoctor.{module.removesuffix('.py').replace(os.sep, '.')}")
    for part in name.split("."):
        found = vars(found)[part] if isinstance(found, type) else getattr(found, part)
    found = getattr(found, "fget", None) or getattr(found, "__func__", found)
    found = getattr(found, "__wrapped__", found)
    if found.__code__.co_freevars:
        raise AttributeError(name)
    return found


def can_be_broken(place: tuple[str, str]) -> bool:
    """Whether a function is one by itself: not the body of a module or a class, and in no other function."""
    try:
        return isinstance(function(place), FunctionType)
    except (AttributeError, KeyError, ImportError):
        return False


def watch(path: str) -> None:
    """Note which functions are called, and whether in the main thread."""
    seen: set[tuple[str, str, bool]] = set()

    def profile(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and (place := place_of(frame)) is not None:
            seen.add((*place, threading.current_thread() is threading.main_thread()))

    import atexit

    @atexit.register
    def write() -> None:
        sys.setprofile(None)
        with open(path, "w") as file:
            json.dump(sorted(place for place in seen if can_be_broken(place[:2])), file)

    sys.setprofile(profile)
    threading.setprofile(profile)


def run(plan: dict[str, Any]) -> int:
    """The program, as if it had been started."""
    from regdoctor.__main__ import main

    if plan.get("kept"):
        from regdoctor.codespace import kept

        kept.read_kept.__defaults__ = (plan["kept"],)
    sys.argv = ["regdoctor", *plan["argv"]]
    return main()


def fork(into: str, number: int, forget: str) -> bool:
    """Whether this is the child, whose output goes into files of its own.

    Before it is born the peers are told to forget what they heard of others.
    """
    with urllib.request.urlopen(forget):
        pass
    start = time.monotonic()
    child = os.fork()
    if child == 0:
        for descriptor, name in ((1, "out"), (2, "err")):
            path = os.path.join(into, f"{number}.{name}")
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
        return True
    _, status = os.waitpid(child, 0)
    told = {"code": os.waitstatus_to_exitcode(status), "seconds": time.monotonic() - start}
    with open(os.path.join(into, f"{number}.end"), "w") as file:
        json.dump(told, file)
    return False


def start() -> int:
    """All runs of the plan; in a child the one run that is its own."""
    with open(sys.argv[1]) as file:
        plan = json.load(file)
    import boto3  # noqa: F401 - loaded once for all runs
    import docker  # noqa: F401

    import regdoctor.diagnosis  # noqa: F401

    if path := plan.get("watch"):
        if fork(plan["into"], 0, plan["forget"]):
            watch(path)
            return run(plan)
        return 0
    for number, (file_name, name) in enumerate(plan["places"]):
        if fork(plan["into"], number, plan["forget"]):
            break_at((file_name, name), plan.get("kind", "crash"), plan["words"])
            return run(plan)
    return 0


if __name__ == "__main__":
    sys.exit(start())
