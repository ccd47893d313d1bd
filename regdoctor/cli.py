"""The command line: arguments and environment → a front end → an exit code.

Data goes to standard output, progress and notices to standard error. The only module that knows every layer.
"""

from __future__ import annotations

import contextlib
import functools
import os
import signal
import sys

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
from regdoctor.crash import crash_report, keep_silent
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
    from regdoctor.secret import Redactor

OK, FOUND, USAGE, FAILED, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 130, 143


class _Terminated(BaseException):
    """SIGTERM came."""


def run(arguments: list[str]) -> int:
    """Run one command; the result is the exit code."""
    keep_silent()
    try:
        return _dispatch(arguments, os.environ)
    except UsageError as error:
        say(f"regdoctor: {_without_secrets(str(error), os.environ)}")
        return USAGE
    except OutputError as error:
        say(f"regdoctor: the output could not be written: {error}")
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except _Terminated:
        return TERMINATED
    except Exception as error:  # whatever it is, its words and variables are not for the screen
        say(crash_report(error))
        return FAILED


def _without_secrets(text: str, environ: Mapping[str, str]) -> str:
    """Words that repeat what stood on the command line, where a secret may have been put by mistake."""
    from regdoctor.explain import known_to
    from regdoctor.registries.masking import masked
    from regdoctor.secret import visible

    _, clean = known_to(_as_secrets(environ), environ)
    return visible(masked(clean(text)))


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
    *_, diagnose = _prepared(options, environ)
    return _diagnose_and_print(diagnose(Target()), options)


def _app(arguments: list[str], environ: Mapping[str, str]) -> int:
    options = report_parser().parse_args(arguments)
    variables, redactor, diagnose = _prepared(options, environ)
    return _open_app(diagnose, variables, options, "regdoctor", redactor)


def _try(arguments: list[str], environ: Mapping[str, str]) -> int:
    from regdoctor.diagnosis import Diagnosis
    from regdoctor.discovery import suggested_identifier
    from regdoctor.model import variable_name
    from regdoctor.secret import Secret

    options = try_parser().parse_args(arguments)
    settings = _settings(options).but(stored=False)
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

    options = explain_parser().parse_args(arguments)
    servers, clean = known_to(_as_secrets(environ), environ)
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
    from regdoctor.secret import Redactor

    options = demo_parser().parse_args(arguments)
    redactor = Redactor()
    with Demo() as demo:
        base = demo.settings(Settings())

        def diagnose(target: Target) -> Diagnosis:
            variables = named(target.values) if target.values else demo.variables
            return Diagnosis(variables, demo.aimed(base, target), demo.environ, redactor=redactor)

        if options.report or not has_terminal():
            return _diagnose_and_print(diagnose(Target()), options)
        return _open_app(diagnose, demo.variables, options, "regdoctor demo", redactor)


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
    return settings.but(workspace=_workspace(options))


def _workspace(options: argparse.Namespace) -> str | None:
    """The folder whose images are asked for, if any are."""
    if not hasattr(options, "workspace"):
        return None
    if options.workspace is not None and not os.path.isdir(options.workspace):
        raise UsageError(f"--workspace: {options.workspace} is no folder")
    if options.no_images or options.workspace is not None:
        return None if options.no_images else str(options.workspace)
    from regdoctor.workspace.place import find_workspace

    try:
        return find_workspace(os.getcwd())
    except OSError:
        return None  # the current folder was removed


def _prepared(
    options: argparse.Namespace, environ: Mapping[str, str]
) -> tuple[Variables, Redactor, Callable[[Target], Diagnosis]]:
    """The variables at hand, what hides all that any run learns, and what makes a run over a target, or over
    what the options name.
    """
    from regdoctor.codespace.kept import Kept, read_kept
    from regdoctor.env_file import EnvFileError, read_env_file
    from regdoctor.model import named
    from regdoctor.secret import Redactor

    settings, kept, redactor = _settings(options), Kept(), Redactor()
    if options.env_file is None:
        if not options.no_secret_files:
            kept = read_kept(environ)
        variables = kept.added_to(_as_secrets(environ))
    else:
        try:
            variables = read_env_file(options.env_file)
        except EnvFileError as error:
            raise UsageError(f"--env-file: {error}") from None
    if settings.only:
        _check_sets(settings.only, variables)
    if options.creation_log is not None:
        _check_readable("--creation-log", options.creation_log)
    # Read when the first run begins: the app does not wait for it.
    told = functools.cache(lambda: _told_by_creation_log(options, variables, environ, redactor))

    def diagnose(target: Target) -> Diagnosis:
        from regdoctor.diagnosis import Diagnosis

        aimed = settings.aimed_at(target)
        if target.values:
            return Diagnosis(named(target.values), aimed, environ, redactor=redactor)
        return Diagnosis(variables, aimed, environ, told, kept, redactor)

    return variables, redactor, diagnose


def _check_sets(wanted: tuple[str, ...], variables: Variables) -> None:
    from regdoctor.discovery import discover

    known = [found.id for found in discover(variables).sets]
    for each in wanted:
        if each not in known:
            there = f"there are {', '.join(known)}" if known else "there is none"
            raise UsageError(f"--only: there is no set {each!r}; {there}")


def _check_readable(option: str, path: str) -> None:
    try:
        open(path, "rb").close()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "this is no file name"
        raise UsageError(f"{option}: {path} cannot be read: {why}") from None


def _told_by_creation_log(
    options: argparse.Namespace, variables: Variables, environ: Mapping[str, str], redactor: Redactor
) -> tuple[Finding, ...]:
    from regdoctor.codespace import environment_of

    environment = environment_of(environ)
    if options.creation_log is None and not environment.codespace:
        return ()
    from regdoctor.explain import known_to
    from regdoctor.explain.creation_log import PATH, findings_in

    servers, _ = known_to(variables, environ)
    path = options.creation_log or PATH
    try:
        return findings_in(path, servers, redactor, failed=environment.recovery_container)
    except OSError:
        return ()  # many codespaces show it to nobody but the one who made them


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
    diagnose: Callable[[Target], Diagnosis],
    variables: Variables,
    options: argparse.Namespace,
    title: str,
    redactor: Redactor,
) -> int:
    from regdoctor.tui.app import RegdoctorApp

    def explained(stream: BinaryIO) -> Sequence[Explained]:
        from regdoctor.explain import explain, known_to

        servers, clean = known_to(variables, os.environ)
        return explain(stream, servers=servers, clean=lambda text: redactor(clean(text)))

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
    from regdoctor.progress import Progress

    signal.signal(signal.SIGTERM, _terminate)
    try:
        with Progress(diagnosis) as progress:
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
