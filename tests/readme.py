"""The parts of the README that are made from the code: `python -m tests.readme` renews them."""

from __future__ import annotations

from pathlib import Path

from regdoctor.causes import families
from regdoctor.causes.cause import finding
from tests.protections import PROTECTIONS

README = Path(__file__).parent.parent / "README.md"


def causes() -> str:
    """Every cause under its heading, with its title."""
    lines = ["| cause | what it says |", "| --- | --- |"]
    for heading, found in families():
        lines.append(f"| **{heading}** | |")
        lines += [f"| `{cause.id}` | {_title(finding(cause, {}).title)} |" for cause in found]
    return _folded("All causes", lines)


def protections() -> str:
    """Every promise, with its test."""
    lines = ["| promise | test |", "| --- | --- |"]
    lines += [f"| {each.promise} | `{each.test.replace('::', '` `')}` |" for each in PROTECTIONS]
    return _folded("All promises, each with its test", lines)


def _folded(summary: str, lines: list[str]) -> str:
    return "\n".join((f"<details><summary>{summary}</summary>", "", *lines, "", "</details>"))


def renewed(readme: str) -> str:
    """The README with its parts as they are to be."""
    for name, part in (("causes", causes()), ("protections", protections())):
        before, mark, rest = readme.partition(f"<!-- {name} -->\n")
        readme = f"{before}{mark}{part}\n<!-- end -->{rest.partition('<!-- end -->')[2]}"
    return readme


def _title(title: str) -> str:
    return title.replace("<", "\\<").replace("|", "\\|")


if __name__ == "__main__":
    README.write_text(renewed(README.read_text()))
