"""What was written in a file of the workspace, with its place: what every notation is read into."""

from __future__ import annotations

from bisect import bisect_right

from regdoctor.model import Location

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self

    Value = dict[str, "Node"] | list["Node"] | str | float | bool | None

DEPTH = 100
"""Levels of a file that are read: far more than any configuration has."""


class Node:
    """A value and where it stands; a mapping's values also know where their keys stand."""

    __slots__ = ("file", "key_place", "missing", "place", "tag", "value")

    def __init__(
        self,
        value: Value,
        file: str,
        place: tuple[int, int],
        *,
        key_place: tuple[int, int] | None = None,
        missing: tuple[str, ...] = (),
        tag: str | None = None,
    ) -> None:
        self.value = value
        self.file = file
        """The file's name as it is shown."""
        self.place = place
        """Line and column, counted from 1."""
        self.key_place = key_place
        self.missing = missing
        """The variables that the text depends on and whose values are not known here."""
        self.tag = tag
        """A tag of YAML, such as !reset."""

    def with_value(self, value: Value, missing: tuple[str, ...] = ()) -> Self:
        """The same place with another value."""
        same = (*self.missing, *missing)
        return type(self)(value, self.file, self.place, key_place=self.key_place, missing=same, tag=self.tag)

    @property
    def location(self) -> Location:
        """Where the value begins."""
        return Location(self.file, *self.place)

    @property
    def key_location(self) -> Location:
        """Where the key of the value begins, or the value where it has none."""
        return Location(self.file, *(self.key_place or self.place))

    @property
    def mapping(self) -> dict[str, Node]:
        """The value as a mapping; empty where it is none."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def sequence(self) -> list[Node]:
        """The value as a sequence; empty where it is none."""
        return self.value if isinstance(self.value, list) else []

    @property
    def text(self) -> str | None:
        """The value as a text; None where it is none."""
        return self.value if isinstance(self.value, str) else None

    def get(self, *path: str) -> Node | None:
        """What stands under these keys, one below the other."""
        node: Node | None = self
        for key in path:
            node = node.mapping.get(key) if node is not None else None
        return node

    def __repr__(self) -> str:
        return f"Node({self.value!r})"


class Lines:
    """Where the lines of a text begin. They end with a line feed, a carriage return, or both."""

    def __init__(self, text: str) -> None:
        import re

        self._starts = [0, *(end.end() for end in re.finditer("\r\n?|\n", text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both counted from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
