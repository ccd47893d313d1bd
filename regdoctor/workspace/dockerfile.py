"""A Dockerfile, as BuildKit splits it: its stages and what each of them takes from elsewhere.

The one pure parser for Python, dockerfile-parse, rests since 2023 and knows neither heredocs nor defaults of
variables; the others are compiled. This follows BuildKit's `frontend/dockerfile/parser`.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from regdoctor.record import Record
from regdoctor.regex import regex
from regdoctor.workspace.tree import Node
from regdoctor.workspace.words import quotes_are_closed, shell_words

STAGES = 200
"""Stages that are read."""

USES = 2000
"""What stages take from elsewhere, as far as it is read."""

_DIRECTIVE = regex(r"#[ \t]*([A-Za-z][A-Za-z0-9]*)[ \t]*=[ \t]*(\S.*)")
_HEREDOC = regex(r"[0-9]*<<(-?)([^<]+)")
_STAGE_NAME = regex(r"[a-z][a-z0-9._-]*")
_OF_STAGE = (
    *("ADD", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "HEALTHCHECK", "LABEL", "MAINTAINER"),
    *("ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"),
)
_WITH_HEREDOC = ("ADD", "COPY", "RUN")
_ESCAPED_OR_QUOTE = regex(r"""\\(.)|['"]""", re.DOTALL)
"""In options the escape character is the backslash, whatever the file says."""
_VARIABLE = regex(r"\$[A-Za-z_{]")


class Use(Record):
    """What a stage takes from another stage or from an image."""

    source: Node
    by_number: bool
    """Whether a number means a stage."""


class Stage(Record):
    """What a build makes from one FROM."""

    base: Node
    name: str | None = None
    """In lower case."""
    platform: Node | None = None
    uses: tuple[Use, ...] = ()
    triggers: tuple[Use, ...] = ()
    """What ONBUILD leaves to the stages that are FROM this one."""


class Argument(Record):
    """An ARG before the first stage."""

    name: str
    default: Node | None = None


class Dockerfile(Record):
    """What a Dockerfile says of images."""

    syntax: Node | None
    """The image of the program that reads the file instead of BuildKit itself."""
    escape: str
    arguments: tuple[Argument, ...]
    stages: tuple[Stage, ...]
    mistakes: tuple[tuple[Node, str], ...]
    """Where a build breaks off, and why."""
    cut: Node | None = None
    """Where there was more than is read: no image can be told from a part of the file."""


class _Line:
    """An instruction in one piece, which may stand on several lines."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._starts: list[int] = []
        self._places: list[tuple[int, int]] = []
        self._pieces: list[str] = []
        self._length = 0
        self.text = ""

    def add(self, piece: str, line: int, column: int) -> None:
        self._starts.append(self._length)
        self._places.append((line, column))
        self._pieces.append(piece)
        self._length += len(piece)

    def close(self) -> None:
        self.text = "".join(self._pieces)

    def node(self, text: str, offset: int) -> Node:
        """A text that stands in this instruction."""
        at = bisect_right(self._starts, offset) - 1
        line, column = self._places[at]
        return Node(text, self._file, (line, column + offset - self._starts[at]))

    def plain_words(self, offset: int) -> list[Node]:
        """What stands between blanks, from here on."""
        return [self.node(word[0], word.start()) for word in re.compile(r"\S+").finditer(self.text, offset)]

    def shell_words(self, offset: int, escape: str) -> list[Node]:
        """The same, but blanks in quotes part nothing."""
        return [self.node(word, offset + at) for at, word in shell_words(self.text[offset:], escape)]


def read_dockerfile(text: str, file: str, place: tuple[int, int] = (1, 1)) -> Dockerfile:
    """Splits a Dockerfile; `place` is where it begins in its file."""
    reader = _Reader(text, file, place)
    reader.read()
    if not reader.stages:
        reader.mistakes.append((Node("", file, place), "it has no FROM, so there is nothing to build on"))
    return Dockerfile(
        reader.syntax,
        reader.escape,
        tuple(reader.arguments),
        tuple(reader.stages),
        tuple(reader.mistakes),
        reader.cut,
    )


class _Reader:
    def __init__(self, text: str, file: str, place: tuple[int, int]) -> None:
        self._lines = text.removeprefix("\ufeff").split("\n")
        self._file = file
        self._first_line, self._first_column = place
        self._at = 0
        self.syntax: Node | None = None
        self.escape = "\\"
        self._uses_left = USES
        self.cut: Node | None = None
        self.arguments: list[Argument] = []
        self.stages: list[Stage] = []
        self.mistakes: list[tuple[Node, str]] = []

    def read(self) -> None:
        self._directives()
        while self._at < len(self._lines) and self.cut is None:
            line = _Line(self._file)
            goes_on, first = True, True
            while goes_on and self._at < len(self._lines):
                piece = self._lines[self._at].rstrip("\r")
                number = self._first_line + self._at
                self._at += 1
                bare = piece.lstrip()
                if not bare or bare.startswith("#"):
                    if first:
                        break
                    continue
                column = self._first_column + (len(piece) - len(bare) if first else 0)
                piece = bare if first else piece
                trimmed = piece.rstrip(" \t")
                goes_on = trimmed.endswith(self.escape) and not trimmed.endswith(self.escape * 2)
                line.add(trimmed[:-1] if goes_on else piece, number, column)
                first = False
            line.close()
            if line.text.strip():
                self._instruction(line)

    def _directives(self) -> None:
        seen = set()
        for number, line in enumerate(self._lines):
            match = _DIRECTIVE.fullmatch(line.strip())
            if match is None:
                break
            key, value = match[1].lower(), match[2].rstrip()
            where = Node(
                value.split()[0],
                self._file,
                (self._first_line + number, self._first_column + line.index(value)),
            )
            if key not in ("syntax", "escape", "check"):
                continue
            if key in seen:
                self.mistakes.append((where, f"the directive {key} may be there once"))
            seen.add(key)
            if key == "syntax":
                self.syntax = where
            elif key == "escape":
                if value in ("\\", "`"):
                    self.escape = value
                else:
                    self.mistakes.append((where, "only \\ and ` can be the escape character"))

    def _instruction(self, line: _Line) -> None:
        head = re.match(r"\s*(\S+)\s*", line.text)
        assert head is not None
        name, rest = head[1].upper(), head.end()
        start = line.node(head[1], head.start(1))
        if name in _WITH_HEREDOC or name == "ONBUILD":
            self._pass_heredocs(line, rest, start)
        if name == "FROM":
            self._from(line, rest, start)
        elif name == "ARG":
            if not self.stages:
                self._arg(line, rest)
        elif name not in _OF_STAGE:
            if self.syntax is None or "docker/dockerfile" in (self.syntax.text or ""):
                self.mistakes.append((start, f"there is no instruction {name}"))
        elif not self.stages:
            self.mistakes.append((start, f"{name} stands before the first FROM"))
        elif name == "ONBUILD":
            inner = re.compile(r"(\S+)\s*").match(line.text, rest)
            if inner is not None and inner[1].upper() in ("COPY", "RUN"):
                found = self._uses(inner[1].upper(), line, inner.end())
                last = self.stages[-1]
                self.stages[-1] = last.but(triggers=(*last.triggers, *found))
        elif name in ("COPY", "RUN"):
            found = self._uses(name, line, rest)
            last = self.stages[-1]
            self.stages[-1] = last.but(uses=(*last.uses, *found))

    def _pass_heredocs(self, line: _Line, rest: int, start: Node) -> None:
        """To the line after the documents that the instruction is followed by."""
        if "<<" not in line.text or line.text.startswith("[", rest):
            return
        if not quotes_are_closed(line.text[rest:], self.escape):
            return
        for word in line.shell_words(rest, self.escape):
            match = _HEREDOC.fullmatch(word.text or "")
            if match is None:
                continue
            end = re.sub(r"['\"]", "", match[2])
            while self._at < len(self._lines):
                found = self._lines[self._at].rstrip("\r")
                self._at += 1
                if (found.lstrip("\t") if match[1] else found) == end:
                    break
            else:
                self.mistakes.append((start, f"the text that is to end with {end} never ends"))

    def _from(self, line: _Line, rest: int, start: Node) -> None:
        words = line.plain_words(rest)
        flags, words = _flags(words)
        platform = None
        for flag in flags:
            option, _, value = (flag.text or "").partition("=")
            if option == "--platform" and value:
                place = (flag.place[0], flag.place[1] + len(option) + 1)
                platform = Node(value, flag.file, place)
            else:
                self.mistakes.append((flag, f"FROM has no option {flag.text}"))
        if len(words) not in (1, 3) or (len(words) == 3 and (words[1].text or "").lower() != "as"):
            self.mistakes.append((start, "FROM takes an image, or an image, AS and a name"))
            if not words:
                return
        name = (words[2].text or "").lower() if len(words) == 3 else None
        if name is not None and not _STAGE_NAME.fullmatch(name):
            self.mistakes.append((words[2], "a stage cannot have this name"))
        if len(self.stages) < STAGES:
            self.stages.append(Stage(words[0], name, platform))
        else:
            self.cut = words[0]

    def _arg(self, line: _Line, rest: int) -> None:
        for word in line.shell_words(rest, self.escape):
            name, equals, value = (word.text or "").partition("=")
            self.arguments.append(Argument(name, word.with_value(value) if equals else None))

    def _uses(self, name: str, line: _Line, rest: int) -> list[Use]:
        found: list[Use] = []
        flags, _ = _flags(line.shell_words(rest, self.escape))
        for flag in flags:
            option, _, value = (flag.text or "").partition("=")
            at = len(option) + 1
            if name == "COPY" and option == "--from":
                source: str | None = value
            elif name == "RUN" and option == "--mount":
                source, at = _mounted(value, at)
            else:
                continue
            node = Node(source, flag.file, (flag.place[0], flag.place[1] + at))
            if not source:
                continue
            if _VARIABLE.search(source):
                self.mistakes.append(
                    (
                        node,
                        f"{option} takes no variable; name a stage there that is FROM the variable's image",
                    )
                )
                continue
            found.append(Use(node, name == "COPY"))
        self._uses_left -= len(found)
        if self._uses_left < 0:
            self.cut = found[0].source
        return found


def _flags(words: list[Node]) -> tuple[list[Node], list[Node]]:
    """The options that an instruction begins with, without their quotes, and the rest."""
    count = next((at for at, word in enumerate(words) if not (word.text or "").startswith("--")), len(words))
    flags = [word.with_value(_ESCAPED_OR_QUOTE.sub(r"\1", word.text or "")) for word in words[:count]]
    return flags, words[count:]


def _mounted(mount: str, at: int) -> tuple[str | None, int]:
    """The source of a mount and where it stands; None where it is the build's own."""
    source, place, kind = None, at, "bind"
    for field in mount.split(","):
        key, _, value = field.partition("=")
        if key.strip("\"'").lower() == "from":
            source, place = value.strip("\"'"), at + len(key) + 1
        elif key.strip("\"'").lower() == "type":
            kind = value.strip("\"'").lower()
        at += len(field) + 1
    return (source if kind in ("bind", "cache") else None), place
