"""The command line: arguments and environment → a front end → an exit code.

Data goes to standard output, progress and notices to standard error. The only module that knows every layer.
"""

from __future__ import annotations

import os
import sys
import time

from regdoctor.arguments import (
    OVERVIEW,
    UsageError,
    causes_parser,
    demo_parser,
    explain_parser,
    report_parser,
    try_parser,
)
from regdoctor.inputs import PIPED, creation_log_from, settings_from, text_to_explain, variables_from
from regdoctor.output import (
    OutputError,
    has_terminal,
    is_terminal,
    print_lines,
    say,
    speaks_unicode,
    write,
)
from regdoctor.probes.deadline import Deadline
from regdoctor.probes.refusals import Refusals
from regdoctor.settings import Settings, Target
from regdoctor.signals import INTERRUPTED, TERMINATED, Terminated, broken_off_by_signals, leave_at_once

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence
    from typing import BinaryIO

    from regdoctor.diagnosis import Diagnosis
    from regdoctor.explain import Explained
    from regdoctor.model import Report, Variables

OK, FOUND, USAGE, FAILED = 0, 1, 2, 3


def run(arguments: list[str], began: float | None = None) -> int:
    """Run one command; the result is the exit code. `began` is when the program did, by `time.monotonic`."""
    try:
        return _dispatch(arguments, os.environ, time.monotonic() if began is None else began)
    except UsageError as error:
        say(f"regdoctor: {error}")
        return USAGE
    except OutputError as error:
        say(f"regdoctor: the output could not be written: {error}")
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Terminated:
        return TERMINATED


def _dispatch(arguments: list[str], environ: Mapping[str, str], began: float) -> int:
    commands: dict[str, Callable[[list[str], Mapping[str, str]], int]] = {
        "try": _try,
        "explain": _explain,
        "causes": _causes,
        "demo": _demo,
    }
    first = arguments[0] if arguments else ""
    if first == "report":
        return _report(arguments[1:], environ, began)
    if first in commands:
        return commands[first](arguments[1:], environ)
    if first in ("-h", "--help"):
        write(OVERVIEW, None)
        return OK
    if first and not first.startswith("-"):
        raise UsageError(f"there is no command {first!r}; see regdoctor --help")
    if has_terminal():
        return _app(arguments, environ)
    return _report(arguments, environ, began)


# Commands


def _report(arguments: list[str], environ: Mapping[str, str], began: float) -> int:
    options = report_parser().parse_args(arguments)
    deadline = Deadline(began + options.timeout)
    _, diagnose = _prepared(options, environ, deadline, Refusals())
    return _diagnose_and_print(diagnose(Target(), deadline), options)


def _app(arguments: list[str], environ: Mapping[str, str]) -> int:
    options = report_parser().parse_args(arguments)
    refusals = Refusals()
    variables, diagnose = _prepared(options, environ, Deadline.after(options.timeout), refusals)
    return _open_app(diagnose, variables, options, refusals, "regdoctor")


def _try(arguments: list[str], environ: Mapping[str, str]) -> int:
    from regdoctor.diagnosis import Diagnosis
    from regdoctor.discovery import suggested_identifier
    from regdoctor.model import variable_name
    from regdoctor.secret import Secret

    options = try_parser().parse_args(arguments)
    settings = settings_from(options, Deadline.after(options.timeout)).but(stored=False)
    password = _password(options)
    identifier = suggested_identifier(options.server)
    variables = {
        variable_name(identifier, "server"): Secret(options.server),
        variable_name(identifier, "user"): Secret(options.user),
        variable_name(identifier, "password"): Secret(password),
    }
    return _diagnose_and_print(Diagnosis(variables, settings, environ), options, how_to_store=True)


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
    from regdoctor.secret import Secret

    options = explain_parser().parse_args(arguments)
    servers, clean = known_to({name: Secret(value) for name, value in environ.items()})
    with text_to_explain(options.file) as text:
        try:
            found = explain(text, servers=servers, clean=clean)
        except OSError as error:
            raise UsageError(f"{options.file} cannot be read: {error.strerror}") from None
        if text.cut:
            say(f"regdoctor: it did not end; the first {PIPED >> 20} MB were looked through")
    if options.format == "json":
        write(as_json(found), options.output)
    elif options.format == "markdown":
        write(as_markdown(found), options.output)
    else:
        ascii_only = options.output is None and not speaks_unicode()
        print_lines(tuple(as_text(found, ascii_only=ascii_only)), options, environ)
    return OK if found and found[0].finding.cause != "unknown" else FOUND


def _demo(arguments: list[str], environ: Mapping[str, str]) -> int:
    from regdoctor.demo import Demo
    from regdoctor.diagnosis import Diagnosis
    from regdoctor.model import named

    options = demo_parser().parse_args(arguments)
    with Demo() as demo:
        base, refusals = demo.settings(Settings()), Refusals()

        def diagnose(target: Target) -> Diagnosis:
            variables = named(target.values) if target.values else demo.variables
            return Diagnosis(variables, demo.aimed(base, target), demo.environ, refusals=refusals)

        if options.report or not has_terminal():
            return _diagnose_and_print(diagnose(Target()), options)
        return _open_app(diagnose, demo.variables, options, refusals, "regdoctor demo")


# What the commands share


def _prepared(
    options: argparse.Namespace, environ: Mapping[str, str], deadline: Deadline, refusals: Refusals
) -> tuple[Variables, Callable[..., Diagnosis]]:
    """The variables at hand, read before a deadline, and what makes a run over a target, or over what the
    options name.

    What the runs learn of refused credentials is added to the `refusals`.
    """
    from regdoctor.model import named

    settings = settings_from(options, deadline)
    variables, kept = variables_from(options, environ, deadline)
    if settings.only:
        _check_sets(settings.only, variables)
    log = creation_log_from(options, environ, variables, deadline)

    def diagnose(target: Target, deadline: Deadline | None = None) -> Diagnosis:
        from regdoctor.diagnosis import Diagnosis

        aimed = settings.aimed_at(target)
        if target.values:
            return Diagnosis(named(target.values), aimed, environ, refusals=refusals)
        return Diagnosis(variables, aimed, environ, log, kept, refusals, deadline)

    return variables, diagnose


def _check_sets(wanted: tuple[str, ...], variables: Variables) -> None:
    from regdoctor.discovery import discover

    known = [found.id for found in discover(variables).sets]
    for each in wanted:
        if each not in known:
            there = f"there are {', '.join(known)}" if known else "there is none"
            raise UsageError(f"--only: there is no set {each!r}; {there}")


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
        with broken_off_by_signals():  # else the terminal would go on hiding what is typed
            return getpass.getpass("Password: ", sys.stderr)
    except EOFError:
        raise UsageError("no password was given") from None


def _open_app(
    diagnose: Callable[[Target], Diagnosis],
    variables: Variables,
    options: argparse.Namespace,
    refusals: Refusals,
    title: str,
) -> int:
    from regdoctor.tui.app import RegdoctorApp

    def explained(stream: BinaryIO) -> Sequence[Explained]:
        from regdoctor.explain import explain, known_to

        servers, clean = known_to(variables)
        return explain(stream, servers=servers, clean=clean)

    app = RegdoctorApp(diagnose, explained, title=title, refusals=refusals)
    app.run()
    leave_at_once()
    if app.ended_by is not None:
        return app.ended_by
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
    from regdoctor.progress import Progress

    try:
        with broken_off_by_signals(), Progress(diagnosis) as progress:
            for event in diagnosis.run():
                progress.show(event)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Terminated:
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


def _exit_code(report: Report, fail_on: str) -> int:
    if any(check.status == "crashed" for result in report.results for check in result.checks):
        return FAILED
    found = {finding.severity for finding in report.findings}
    found |= {finding.severity for result in report.results for finding in result.findings}
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
