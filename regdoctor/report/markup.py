"""GitHub's Markdown, in which no word from outside can act.

A word that is more than letters stands as code: it is no markup there, no link, and nobody is notified.
<https://github.github.com/gfm/>
"""

from __future__ import annotations

import re

from regdoctor.secret import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from regdoctor.model import Finding, Step

    Code = Callable[[str], str]

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d{1,6}(?:[.,]\d{1,6})?(?:-[^\W\d_]+)?|[–—…·/]")
"""What is no markup anywhere, nor a reference to an issue or a commit."""
_OPENING, _CLOSING = "(\"'“‘", ")\"'”’.,;:!?…"
_HEXADECIMAL = re.compile(r"[0-9a-f]{7,}")
"""What may be taken for a commit."""
_LIST_ITEM = re.compile(r"(\d+)([.)])")


def code(text: str) -> str:
    """A text as a code span: its fence is longer than any run of backticks in it."""
    text = visible(text, 500) or " "
    fence = _fence(text, 1)
    pad = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def cell_code(text: str) -> str:
    """A text as a code span in a table, where a pipe would end the cell: even there it has to be escaped."""
    return re.sub(r"(?<!\\)((?:\\\\)*)\|", r"\1\\|", code(text))


def html_code(text: str) -> str:
    """A text as code where Markdown is not read: between the tags of HTML."""
    text = visible(text, 500)
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(character, entity)
    return f"<code>{text}</code>"


def words(text: str, as_code: Code = code) -> str:
    """A text of sentences on one line; what is more than a word stands as code."""
    line = " ".join(_word(word, as_code) for word in visible(text).split())
    # Only at the start of a line would a number begin a list.
    return _LIST_ITEM.sub(r"\1\\\2", line, count=1) if _LIST_ITEM.match(line) else line


def _word(word: str, as_code: Code) -> str:
    bare = word.lstrip(_OPENING)
    opening, bare = word[: len(word) - len(bare)], bare.rstrip(_CLOSING)
    closing = word[len(opening) + len(bare) :]
    if not bare or (_WORD.fullmatch(bare) and not _HEXADECIMAL.fullmatch(bare)):
        return word
    return f"{opening}{as_code(bare)}{closing}"


def fenced(text: str, indent: str = "") -> Iterator[str]:
    """Lines as a block of code."""
    lines = [visible(line) for line in text.split("\n")]
    fence = _fence("\n".join(lines), 3)
    yield indent + fence
    for line in lines:
        yield (indent + line).rstrip()
    yield indent + fence


def _fence(text: str, least: int) -> str:
    runs = [len(run) for run in re.findall("`+", text)]
    return "`" * max(least, max(runs, default=0) + 1)


def apart(*blocks: Iterable[str]) -> Iterator[str]:
    """Blocks with an empty line between them; one without lines leaves no gap."""
    gap = False
    for block in blocks:
        for at, line in enumerate(block):
            if at == 0 and gap:
                yield ""
            yield line
            gap = True


def finding_body(finding: Finding) -> Iterator[str]:
    """What happened and why, how it is known, what else it may be, and the steps that mend it."""
    possible = ", ".join(map(code, finding.also_possible))
    return apart(
        [words(finding.explanation)],
        ["**Seen**"] if finding.evidence else (),
        fenced("\n".join(map(visible, finding.evidence))) if finding.evidence else (),
        [f"**Also possible:** {possible}"] if possible else (),
        ["✅ Tried in memory with this fixed: it works."] if finding.verified else (),
        ["**What to do**"] if finding.remediation else (),
        *(_step(number, step) for number, step in enumerate(finding.remediation, 1)),
    )


def _step(number: int, step: Step) -> Iterator[str]:
    """An item of a list, with its page and its command: inside it everything stands under its text."""
    marker = f"{number}. "
    indent = " " * len(marker)
    yield f"{marker}{words(step.text)}{_link(step.url) if step.url else ''}"
    if step.command:
        yield ""
        yield from fenced(step.command, indent)


def _link(url: str) -> str:
    """A page, as a link where it is surely no more than a web address."""
    address = re.fullmatch(r"https://(([A-Za-z0-9][\w.-]*)(?:/[\w.~%/?=&#:@+-]*)?)", url, re.ASCII)
    if address is None:
        return f" ({code(url)})"
    shown = address[1].rstrip("/")
    return f" ([{code(shown if len(shown) <= 60 else address[2])}](<{url}>))"


def details(summary: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines that a reader opens; the summary is HTML."""
    return apart([f"<details><summary>{summary}</summary>"], lines, ["</details>"])


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A table; its cells are Markdown."""
    heads = tuple(heads)
    yield f"| {' | '.join(heads)} |"
    yield "|" + " --- |" * len(heads)
    for row in rows:
        yield f"| {' | '.join(row)} |"
