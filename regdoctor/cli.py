"""The command line: arguments and environment → a front end → an exit code.

Data goes to standard output, progress and notices to standard error. The only module that knows every layer.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading

from regdoctor.arguments import (
    OVERVIEW,
    UsageError,
    causes_parser,
    demo_parser,
    explain_parser,
    report_parser,
    settings_of,
    try_parser,
)
from regdoctor.output import (
    OutputError,
    has_terminal,
    is_terminal,
    print_lines,
    say,
    speaks_unicode,
    write,
)
from regdoctor.settings import Settings, Target

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence
    from types import FrameType
    from typing import BinaryIO

    from regdoctor.diagnosis import Diagnosis
    from regdoctor.explain import Explained
    from regdoctor.model import Finding, Report, Variables

OK, FOUND, USAGE, FAILED, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 130, 143

_SLOW = 5.0
"""Seconds after which a run says what it waits for."""


class _Terminated(BaseException):
    """SIGTERM came."""


def run(arguments: list[str]) -> int:
    """Run one command; the result is the exit code."""
    try:
        return _dispatch(arguments, os.environ)
    except UsageError as error:
        say(f"regdoctor: {error}")
        return USAGE
    except OutputError as error:
        say(f"regdoctor: the output could not be written: {error}")
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except _Terminated:
        return TERMINATED


def _dispatch(arguments: list[str], environ: Mapping[str, str]) -> int:
    commands: dict[str, Callable[[list[str], Mapping[str, str]], int]] = {
        "report": _report,
        "try": _try,
        "explain": _explain,
        "causes": _causes,
        "demo": _demo,
    }
    first = arguments[0] if arguments else ""
    if first in commands:
        return commands[first](arguments[1:], environ)
    if first in ("-h", "--help"):
        write(OVERVIEW, None)
        return OK
    if first and not first.startswith("-"):
        raise UsageError(f"there is no command {first!r}; see regdoctor --help")
    if has_terminal():
        return _app(arguments, environ)
    return _report(arguments, environ)


# Commands


def _report(arguments: list[str], environ: Mapping[str, str]) -> int:
    options = report_parser().parse_args(arguments)
    _, diagnose = _prepared(options, environ)
    return _diagnose_and_print(diagnose(Target()), options)


def _app(arguments: list[str], environ: Mapping[str, str]) -> int:
    options = report_parser().parse_args(arguments)
    variables, diagnose = _prepared(options, environ)
    return _open_app(diagnose, variables, options, "regdoctor")


def _try(arguments: list[str], environ: Mapping[str, str]) -> int:
    from regdoctor.discovery import suggested_identifier
    from regdoctor.model import variable_name
    from regdoctor.secret import Secret

    options = try_parser().parse_args(arguments)
    settings = _settings(options)
    password = _password(options)
    identifier = suggested_identifier(options.server)
    variables = {
        variable_name(identifier, "server"): Secret(options.server),
        variable_name(identifier, "user"): Secret(options.user),
        variable_name(identifier, "password"): Secret(password),
    }
    return _diagnose_and_print(_diagnosis(variables, settings, environ), options, how_to_store=True)


def _causes(arguments: list[str], environ: Mapping[str, str]) -> int:
    from regdoctor.causes import CAUSES
    from regdoctor.report.reference import cause_in_full, list_of_causes

    options = causes_parser().parse_args(arguments)
    if options.id is None:
        print_lines(list_of_causes(), options, environ)
        return OK
    cause = CAUSES.get(options.id)
    if cause is None:
        import difflib

        near = difflib.get_close_matches(options.id, CAUSES, n=1)
        hint = f"; did you mean {near[0]}?" if near else "; see regdoctor causes"
        raise UsageError(f"there is no cause {options.id!r}{hint}")
    print_lines(cause_in_full(cause), options, environ)
    return OK


def _explain(arguments: list[str], environ: Mapping[str, str]) -> int:
    from regdoctor.explain import explain, known_to
    from regdoctor.report.explanation import as_json, as_markdown, as_text

    options = explain_parser().parse_args(arguments)
    servers, clean = known_to(_as_secrets(environ))
    with _text_to_explain(options.file) as stream:
        try:
            found = explain(stream, servers=servers, clean=clean)
        except OSError as error:
            raise UsageError(f"{options.file} cannot be read: {error.strerror}") from None
    if options.format == "json":
        write(as_json(found), options.output)
    elif options.format == "markdown":
        write(as_markdown(found), options.output)
    else:
        ascii_only = options.output is None and not speaks_unicode()
        print_lines(tuple(as_text(found, ascii_only=ascii_only)), options, environ)
    return OK if found and found[0].finding.cause != "unknown" else FOUND


def _text_to_explain(name: str) -> contextlib.AbstractContextManager[BinaryIO]:
    if name != "-":
        try:
            return open(name, "rb")
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or "this is no file name"
            raise UsageError(f"{name} cannot be read: {why}") from None
    if sys.stdin is None:
        raise UsageError("there is no standard input to read")
    if is_terminal(sys.stdin):
        say("Paste the text, and end it with Ctrl+D on a line of its own:")
    return contextlib.nullcontext(sys.stdin.buffer)


def _as_secrets(environ: Mapping[str, str]) -> Variables:
    from regdoctor.secret import Secret

    return {name: Secret(value) for name, value in environ.items()}


def _demo(arguments: list[str], environ: Mapping[str, str]) -> int:
    from regdoctor.demo import Demo
    from regdoctor.diagnosis import Diagnosis
    from regdoctor.model import named

    options = demo_parser().parse_args(arguments)
    with Demo() as demo:
        base = demo.settings(Settings())

        def diagnose(target: Target) -> Diagnosis:
            variables = named(target.values) if target.values else demo.variables
            return Diagnosis(variables, base.but(only=target.only), demo.environ)

        if options.report or not has_terminal():
            return _diagnose_and_print(diagnose(Target()), options)
        return _open_app(diagnose, demo.variables, options, "regdoctor demo")


# What the commands share


def _settings(options: argparse.Namespace) -> Settings:
    settings = settings_of(options)
    if settings.ca_file is not None:
        import ssl

        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(settings.ca_file)
        except ssl.SSLError:
            raise UsageError(f"--ca-file: {settings.ca_file} holds no certificate in PEM form") from None
        except OSError as error:
            raise UsageError(f"--ca-file: {settings.ca_file} cannot be read: {error.strerror}") from None
    return settings


def _diagnosis(
    variables: Variables,
    settings: Settings,
    environ: Mapping[str, str],
    besides: tuple[Finding, ...] = (),
) -> Diagnosis:
    from regdoctor.diagnosis import Diagnosis

    return Diagnosis(variables, settings, environ, besides)


def _prepared(
    options: argparse.Namespace, environ: Mapping[str, str]
) -> tuple[Variables, Callable[[Target], Diagnosis]]:
    """The variables at hand, and what makes a run over a target, or over what the options name."""
    from regdoctor.discovery import discover
    from regdoctor.env_file import EnvFileError, read_env_file
    from regdoctor.model import named

    settings = _settings(options)
    if options.env_file is None:
        variables = _as_secrets(environ)
    else:
        try:
            variables = read_env_file(options.env_file)
        except EnvFileError as error:
            raise UsageError(f"--env-file: {error}") from None
    known = [found.id for found in discover(variables).sets]
    for wanted in settings.only:
        if wanted not in known:
            there = f"there are {', '.join(known)}" if known else "there is none"
            raise UsageError(f"--only: there is no set {wanted!r}; {there}")
    besides = _told_by_creation_log(options, variables, environ)

    def diagnose(target: Target) -> Diagnosis:
        if target.values:
            return _diagnosis(named(target.values), settings.but(only=()), environ)
        return _diagnosis(variables, settings.but(only=target.only or settings.only), environ, besides)

    return variables, diagnose


def _told_by_creation_log(
    options: argparse.Namespace, variables: Variables, environ: Mapping[str, str]
) -> tuple[Finding, ...]:
    from regdoctor.codespace import environment_of

    environment = environment_of(environ)
    if options.creation_log is None and not environment.codespace:
        return ()
    from regdoctor.explain import known_to
    from regdoctor.explain.creation_log import PATH, findings_in

    servers, clean = known_to(variables)
    path = options.creation_log or PATH
    try:
        return findings_in(path, servers, clean, failed=environment.recovery_container)
    except (OSError, ValueError) as error:
        if options.creation_log is None:
            return ()  # many codespaces show it to nobody but the one who made them
        why = getattr(error, "strerror", None) or "this is no file name"
        raise UsageError(f"--creation-log: {path} cannot be read: {why}") from None


def _password(options: argparse.Namespace) -> str:
    """The password, as docker login takes it: without its line end."""
    if options.password_stdin:
        raw = sys.stdin.buffer.read(1 << 20)
        text = raw.decode("utf-8", "surrogateescape")
        return text.removesuffix("\n").removesuffix("\r")
    if not is_terminal(sys.stdin):
        raise UsageError("there is no terminal to ask for the password; use --password-stdin")
    import getpass

    try:
        return getpass.getpass("Password: ", sys.stderr)
    except EOFError:
        raise UsageError("no password was given") from None


def _open_app(
    diagnose: Callable[[Target], Diagnosis], variables: Variables, options: argparse.Namespace, title: str
) -> int:
    from regdoctor.tui.app import RegdoctorApp

    def explained(stream: BinaryIO) -> Sequence[Explained]:
        from regdoctor.explain import explain, known_to

        servers, clean = known_to(variables)
        return explain(stream, servers=servers, clean=clean)

    app = RegdoctorApp(diagnose, explained, title=title)
    app.run()
    if app.return_code:
        # Textual ends with 1 when the app itself crashed; that must not read as "something was found".
        return FAILED
    if app.report is None:
        return OK
    return _exit_code(app.report, options.fail_on)


def _diagnose_and_print(
    diagnosis: Diagnosis, options: argparse.Namespace, *, how_to_store: bool = False
) -> int:
    code = None
    signal.signal(signal.SIGTERM, _terminate)
    try:
        with _Progress(diagnosis) as progress:
            for event in diagnosis.run():
                progress.show(event)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except _Terminated:
        code = TERMINATED
    report = diagnosis.report() if code is None else diagnosis.interrupted()
    if options.anonymize:
        from regdoctor.report.anonymous import anonymized

        report = anonymized(report)
    _print_report(report, options)
    if how_to_store and code is None and options.format == "text":
        from regdoctor.report.storing import how_to_store as commands

        for working in diagnosis.working.values():
            print_lines(tuple(commands(working)), options, os.environ)
    return _exit_code(report, options.fail_on) if code is None else code


def _terminate(number: int, frame: FrameType | None) -> None:
    raise _Terminated


def _exit_code(report: Report, fail_on: str) -> int:
    checks = [check for result in report.sets for check in result.checks]
    if any(check.status == "crashed" for check in checks):
        return FAILED
    found = {finding.severity for finding in report.findings}
    found |= {finding.severity for result in report.sets for finding in result.findings}
    bad = {"error": {"error"}, "warning": {"error", "warning"}, "never": set()}[fail_on]
    return FOUND if found & bad else OK


def _print_report(report: Report, options: argparse.Namespace) -> None:
    if options.format == "json":
        from regdoctor.report.json_report import render

        write(render(report, trace=options.trace), options.output)
        return
    from regdoctor.report.text import lay_out

    plain_file = options.output is not None
    lines = lay_out(report, trace=options.trace, ascii_only=not plain_file and not speaks_unicode())
    print_lines(lines, options, os.environ)


class _Progress:
    """What a run says of itself on standard error: how far it is, and what keeps it."""

    def __init__(self, diagnosis: Diagnosis) -> None:
        self._diagnosis = diagnosis
        self._live = is_terminal(sys.stderr)
        self._done: set[str] = set()
        self._timer = threading.Timer(_SLOW, self._name_the_slow)
        self._timer.daemon = True

    def __enter__(self) -> _Progress:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self._live:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def show(self, event: object) -> None:
        """Redraw the one line that a terminal shows."""
        from regdoctor.model import CheckStarted, SetFinished

        if isinstance(event, SetFinished):
            self._done.add(event.result.secret_set.id)
        if self._live and isinstance(event, CheckStarted | SetFinished):
            doing = ", ".join(self._diagnosis.waiting_for())[:50]
            sets = len(self._diagnosis.sets)
            with contextlib.suppress(OSError, ValueError):
                sys.stderr.write(f"\r\x1b[K{len(self._done)} of {sets} sets checked  {doing}")
                sys.stderr.flush()

    def _name_the_slow(self) -> None:
        waiting = self._diagnosis.waiting_for()
        if waiting:
            start = "\r\x1b[K" if self._live else ""
            say(f"{start}regdoctor: still waiting for {', '.join(waiting)[:400]}")
