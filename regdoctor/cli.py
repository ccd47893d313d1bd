"""The command line: arguments and environment → a front end → an exit code.

Data goes to standard output, progress and notices to standard error. The only module that knows every layer.
"""

from __future__ import annotations

import os
import sys
import time

from regdoctor.argument_types import hint
from regdoctor.arguments import (
    OVERVIEW,
    UsageError,
    causes_parser,
    completions_parser,
    demo_parser,
    explain_parser,
    report_parser,
    summarize_parser,
    try_parser,
)
from regdoctor.crash import crash_report, keep_silent
from regdoctor.environment import as_utf8, variables_of
from regdoctor.inputs import PIPED, creation_log_from, settings_from, text_to_explain, variables_from
from regdoctor.output import (
    OutputError,
    has_terminal,
    is_terminal,
    print_lines,
    say,
    speaks_unicode,
    would_overwrite,
    write,
)
from regdoctor.password import read_password
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
    from regdoctor.model import Report, Severity, Variables
    from regdoctor.secret import Redactor

_FEW = 10
"""Sets that a sentence names."""
OK, FOUND, USAGE, FAILED = 0, 1, 2, 3
BAD: dict[str, set[Severity]] = {"error": {"error"}, "warning": {"error", "warning"}, "never": set()}
"""The severities that --fail-on names."""


def run(arguments: list[str], began: float | None = None) -> int:
    """Run one command; the result is the exit code. `began` is when the program did, by `time.monotonic`."""
    keep_silent()
    try:
        return _dispatch(arguments, os.environ, time.monotonic() if began is None else began)
    except UsageError as error:
        say(f"regdoctor: {_without_secrets(str(error), os.environ)}")
        return USAGE
    except OutputError as error:
        say(f"regdoctor: the output could not be written: {_without_secrets(str(error), os.environ)}")
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Terminated:
        return TERMINATED
    except ImportError as error:
        say(f"regdoctor: a package that it needs cannot be loaded: {error.name}")
        return FAILED
    except Exception as error:  # whatever it is, its words and variables are not for the screen
        say(crash_report(error))
        return FAILED


def _without_secrets(text: str, environ: Mapping[str, str]) -> str:
    """Words that repeat what stood on the command line, where a secret may have been put by mistake."""
    from regdoctor.explain import known_to
    from regdoctor.registries.masking import masked
    from regdoctor.secret import visible

    _, clean = known_to(variables_of(environ), environ)
    return visible(clean(masked(text)))


def _dispatch(arguments: list[str], environ: Mapping[str, str], began: float) -> int:
    commands: dict[str, Callable[[list[str], Mapping[str, str]], int]] = {
        "try": _try,
        "explain": _explain,
        "causes": _causes,
        "summarize": _summarize,
        "demo": _demo,
        "completions": _completions,
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
    if has_terminal() and "--schema" not in arguments:
        return _app(arguments, environ)
    return _report(arguments, environ, began)


# Commands


def _report(arguments: list[str], environ: Mapping[str, str], began: float) -> int:
    options = report_parser().parse_args(arguments)
    if options.schema:
        from regdoctor.report.schema import schema_text

        write(schema_text(), options.output)
        return OK
    deadline = Deadline(began + options.timeout)
    *_, diagnose = _prepared(options, environ, deadline, Refusals())
    return _diagnose_and_print(diagnose(Target(), deadline), options)


def _app(arguments: list[str], environ: Mapping[str, str]) -> int:
    options = report_parser().parse_args(arguments)
    refusals = Refusals()
    deadline = Deadline.after(options.timeout)
    variables, redactor, diagnose = _prepared(options, environ, deadline, refusals)
    return _open_app(diagnose, variables, options, refusals, redactor, "regdoctor")


def _try(arguments: list[str], environ: Mapping[str, str]) -> int:
    from regdoctor.diagnosis import Diagnosis
    from regdoctor.discovery import suggested_identifier
    from regdoctor.model import variable_name
    from regdoctor.secret import Secret

    options = try_parser().parse_args(arguments)
    settings = settings_from(options, Deadline.after(options.timeout)).but(stored=False)
    password = read_password(from_stdin=options.password_stdin)
    server = as_utf8(options.server)
    identifier = suggested_identifier(server)
    variables = {
        variable_name(identifier, "server"): Secret(server),
        variable_name(identifier, "user"): Secret(as_utf8(options.user)),
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
        raise UsageError(f"there is no cause {options.id!r}{hint(options.id, CAUSES)}")
    print_lines(cause_in_full(cause, ascii_only=not speaks_unicode()), options, environ)
    return OK


def _summarize(arguments: list[str], environ: Mapping[str, str]) -> int:
    from regdoctor.printing import print_tally
    from regdoctor.summary import tally_of

    options = summarize_parser().parse_args(arguments)
    _check_output(options.output, *options.files)
    tally = tally_of(options.files, sys.stdin.buffer if sys.stdin else None)
    print_tally(tally, options, environ)
    return USAGE if tally.refused else FOUND if tally.holds(BAD[options.fail_on]) else OK


def _explain(arguments: list[str], environ: Mapping[str, str]) -> int:
    from regdoctor.explain import explain, known_to
    from regdoctor.report.explanation import as_json, as_markdown, as_text

    options = explain_parser().parse_args(arguments)
    servers, clean = known_to(variables_of(environ), environ)
    _check_output(options.output, options.file)
    with text_to_explain(options.file) as text:
        try:
            found = explain(text, servers=servers, clean=clean)
        except OSError as error:
            what = "standard input" if options.file == "-" else options.file
            raise UsageError(f"{what} cannot be read: {error.strerror}") from None
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
    from regdoctor.secret import Redactor

    options = demo_parser().parse_args(arguments)
    redactor = Redactor()
    with Demo() as demo:
        base, refusals = demo.settings(Settings()), Refusals()

        def diagnose(target: Target) -> Diagnosis:
            variables = named(target.values) if target.values else demo.variables
            aimed = demo.aimed(base, target)
            return Diagnosis(variables, aimed, demo.environ, refusals=refusals, redactor=redactor)

        if options.report or not has_terminal():
            return _diagnose_and_print(diagnose(Target()), options)
        return _open_app(diagnose, demo.variables, options, refusals, redactor, "regdoctor demo")


def _completions(arguments: list[str], environ: Mapping[str, str]) -> int:
    from regdoctor.printing import print_completions

    print_completions(completions_parser().parse_args(arguments).shell)
    return OK


# What the commands share


def _prepared(
    options: argparse.Namespace, environ: Mapping[str, str], deadline: Deadline, refusals: Refusals
) -> tuple[Variables, Redactor, Callable[..., Diagnosis]]:
    """The variables at hand, read before a deadline, what hides all that any run learns, and what makes a run
    over a target, or over what the options name.

    What the runs learn of refused credentials is added to the `refusals`.
    """
    from regdoctor.model import named
    from regdoctor.secret import Redactor

    settings, redactor = settings_from(options, deadline), Redactor()
    variables, kept = variables_from(options, environ, deadline)
    _check_sets(settings, variables)
    log = creation_log_from(options, environ, variables, deadline)
    _check_output(options.output, options.env_file, options.creation_log, options.ca_file)

    def diagnose(target: Target, deadline: Deadline | None = None) -> Diagnosis:
        from regdoctor.diagnosis import Diagnosis

        aimed = settings.aimed_at(target)
        if target.values:
            values = named(target.values)
            return Diagnosis(values, aimed, environ, refusals=refusals, redactor=redactor)
        return Diagnosis(variables, aimed, environ, log, kept, refusals, deadline, redactor)

    return variables, redactor, diagnose


def _check_sets(settings: Settings, variables: Variables) -> None:
    """That the sets are there which the options name: one to be ignored can do no harm if it is not."""
    spared = [identifier for each in settings.ignore if (identifier := each.partition("@")[2])]
    if not settings.only and not spared:
        return
    from regdoctor.discovery import discover

    known = {found.id: None for found in discover(variables).sets}
    few = ", ".join((*list(known)[:_FEW], "and others") if len(known) > _FEW else known)
    there = f"; there are {few}" if known else "; there is none"
    for each in settings.only:
        if each not in known:
            raise UsageError(f"--only: there is no set {each!r}{hint(each, known, there)}")
    for each in spared:
        if each not in known:
            say(f"regdoctor: --ignore: there is no set {each!r}{hint(each, known, there)}")


def _check_output(output: str | None, *sources: str | None) -> None:
    if output is not None and would_overwrite(output, filter(None, sources)):
        raise UsageError(f"--output: {output} is also the file to be read, and would be overwritten")


def _open_app(
    diagnose: Callable[[Target], Diagnosis],
    variables: Variables,
    options: argparse.Namespace,
    refusals: Refusals,
    redactor: Redactor,
    title: str,
) -> int:
    from regdoctor.tui.app import RegdoctorApp

    def explained(stream: BinaryIO) -> Sequence[Explained]:
        from regdoctor.explain import explain, known_to

        servers, clean = known_to(variables, os.environ)
        return explain(stream, servers=servers, clean=lambda text: redactor(clean(text)))

    if not is_terminal(sys.__stderr__):
        # Textual draws there, and nobody would see it.
        sys.__stderr__ = sys.__stdout__  # type: ignore[misc]
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
    to_store = list(diagnosis.working.values()) if how_to_store and code is None else []
    if options.anonymize:
        from regdoctor.report.anonymous import anonymized

        report = anonymized(report)
        to_store = [each.but(shown_server=None, shown_user=None) for each in to_store]
    exit_code = _exit_code(report, options.fail_on) if code is None else code
    from regdoctor.printing import print_report

    print_report(report, options, os.environ, brief=options.brief and exit_code == OK, to_store=to_store)
    return exit_code


def _exit_code(report: Report, fail_on: str) -> int:
    if any(check.status == "crashed" for result in report.results for check in result.checks):
        return FAILED
    found = [finding for result in report.results for finding in result.findings]
    return FOUND if any(each.severity in BAD[fail_on] for each in (*found, *report.findings)) else OK
