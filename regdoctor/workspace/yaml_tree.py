"""YAML, read from PyYAML's events: without objects, in bounded size, and with the place of every value.

The composer of PyYAML recurses, and its constructor forgets the places.
"""

from __future__ import annotations

from regdoctor.workspace.tree import DEPTH, Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

NODES = 50_000
"""Values of a file that are read, those that aliases repeat among them."""


class YamlError(Exception):
    """A text is no YAML, or more than is read. Arguments: the place and what is wrong there."""

    @property
    def place(self) -> tuple[int, int]:
        """Line and column."""
        place: tuple[int, int] = self.args[0]
        return place

    @property
    def problem(self) -> str:
        """What is wrong there."""
        return str(self.args[1])


def parse_yaml(text: str, file: str) -> tuple[Node, ...]:
    """The documents of a text that hold anything. Raises `YamlError`."""
    import yaml

    # libyaml reads twenty times as fast; either gives the same events
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return tuple(_Reader(yaml.parse(text, Loader=loader), file, text).documents())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise YamlError(place, error.problem or error.context or "it makes no sense") from None
    except yaml.YAMLError:
        raise YamlError((1, 1), "it holds characters that no YAML may hold") from None


class _Reader:
    def __init__(self, events: Iterator[Any], file: str, text: str) -> None:
        self._events = events
        self._lines = text.split("\n")
        self._file = file
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._count = 0

    def documents(self) -> Iterator[Node]:
        for event in self._events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent":
                if event.version not in (None, (1, 1)):
                    # so does the reader that Compose uses
                    place = (event.start_mark.line + 1, event.start_mark.column + 1)
                    raise YamlError(place, "only %YAML 1.1 is understood")
                self._anchors = {}
                node = self._read(next(self._events), 0)
                if node.value is not None:
                    yield node

    def _read(self, event: Any, depth: int) -> Node:
        place = (event.start_mark.line + 1, event.start_mark.column + 1)
        if depth > DEPTH:
            raise YamlError(place, f"more than {DEPTH} levels are not read")
        before = self._count
        kind = type(event).__name__
        if kind == "AliasEvent":
            if event.anchor not in self._anchors:
                raise YamlError(place, "there is no anchor of this name before it")
            node, size = self._anchors[event.anchor]
            self._grow(size, place)
            return _copy(node)
        self._grow(1, place)
        if kind == "ScalarEvent":
            if event.style == "|":
                place = self._block(place[0])
            node = Node(_scalar(event), self._file, place, tag=event.tag)
        elif kind == "SequenceStartEvent":
            node = Node(self._sequence(depth), self._file, place, tag=event.tag)
        else:
            node = Node(self._mapping(depth), self._file, place, tag=event.tag)
        if event.anchor is not None:
            self._anchors[event.anchor] = (node, self._count - before)
        return node

    def _grow(self, count: int, place: tuple[int, int]) -> None:
        self._count += count
        if self._count > NODES:
            raise YamlError(place, f"more than {NODES} values are not read")

    def _block(self, line: int) -> tuple[int, int]:
        """Where a block begins whose mark stands in this line: it is told without its indentation."""
        first = next((text for text in self._lines[line : line + 100] if text.strip()), "")
        return line + 1, len(first) - len(first.lstrip(" ")) + 1

    def _sequence(self, depth: int) -> list[Node]:
        found = []
        while type(event := next(self._events)).__name__ != "SequenceEndEvent":
            found.append(self._read(event, depth + 1))
        return found

    def _mapping(self, depth: int) -> dict[str, Node]:
        found: dict[str, Node] = {}
        merged: dict[str, Node] = {}
        while type(event := next(self._events)).__name__ != "MappingEndEvent":
            key = self._read(event, depth + 1)
            value = self._read(next(self._events), depth + 1)
            name = "" if isinstance(key.value, dict | list) or key.value is None else str(key.value)
            value.key_place = key.place
            if name == "<<":
                for source in value.sequence or [value]:
                    for inherited, node in source.mapping.items():
                        merged.setdefault(inherited, node)
                continue
            if name in found:
                raise YamlError(key.place, f"the key {name} is there twice")
            found[name] = value
        return {**merged, **found}


def _copy(node: Node) -> Node:
    """The same value for another key; what stands below it is shared, as nobody changes it."""
    return Node(node.value, node.file, node.place, key_place=node.key_place, tag=node.tag)


def _scalar(event: Any) -> str | bool | None:
    """A text, or what a bare word means in YAML 1.2, as Compose reads it; numbers stay as they are spelt."""
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    lowered = text.lower()
    if lowered in ("true", "false") and text in (lowered, lowered.title(), lowered.upper()):
        return lowered == "true"
    return text
