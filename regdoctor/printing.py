"""What was asked for, on its way out: in its form, and to where it shall go."""

from __future__ import annotations

from regdoctor.output import append, print_lines, say, speaks_unicode, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping

    from regdoctor.model import Report, SecretSet
    from regdoctor.summary import Tally


def print_report(
    report: Report,
    options: argparse.Namespace,
    environ: Mapping[str, str],
    *,
    brief: bool,
    to_store: Iterable[SecretSet] = (),
) -> None:
    """Print a report, or as text a line of it; raises `OutputError` where it does not get out whole.

    As text, the commands come after it that store sets which were found to work.
    """
    if options.format == "text":
        from regdoctor.report.text import in_one_line, lay_out

        ascii_only = options.output is None and not speaks_unicode()
        line = [in_one_line(report, ascii_only=ascii_only)] if brief else []
        lines = line or list(lay_out(report, trace=options.trace, ascii_only=ascii_only))
        for each in to_store:
            from regdoctor.report.storing import how_to_store

            lines += how_to_store(each)
        print_lines(lines, options, environ)
        return
    from regdoctor.report.formats import render

    write(render(report, options.format, trace=options.trace), options.output)
    summary = environ.get("GITHUB_STEP_SUMMARY")
    if options.format == "github" and summary:
        from regdoctor.report.github import SUMMARY
        from regdoctor.report.markdown import render as as_page

        append(lambda room: as_page(report, trace=options.trace, limit=room), summary, SUMMARY)


def print_tally(tally: Tally, options: argparse.Namespace, environ: Mapping[str, str]) -> None:
    """Print what many reports add up to, and which files held none; raises `OutputError`."""
    from regdoctor.summary.rendering import as_json, as_markdown, as_text

    for line in tally.complaints():
        say(f"regdoctor: {line}")
    if not tally.read:
        return
    if options.format == "text":
        ascii_only = options.output is None and not speaks_unicode()
        print_lines(as_text(tally, ascii_only=ascii_only), options, environ)
        return
    write((as_json if options.format == "json" else as_markdown)(tally), options.output)


def print_completions(shell: str) -> None:
    """Print the script by which a shell completes regdoctor's words; raises `OutputError`."""
    from pkgutil import get_data

    from regdoctor.causes import CAUSES
    from regdoctor.report.formats import FORMATS

    script = (get_data("regdoctor", f"completions/regdoctor.{shell}") or b"").decode()
    for name, words in (("@CAUSES@", CAUSES), ("@FORMATS@", FORMATS)):
        script = script.replace(name, " ".join(words))
    write(script, None)
