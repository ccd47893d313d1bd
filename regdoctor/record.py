"""Immutable values with named fields.

What `dataclasses.dataclass(frozen=True)` makes, without its import: that module loads inspect, ast
and tokenize, which more than doubles the time in which a one-line report starts.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Self, dataclass_transform
else:

    def dataclass_transform(**_: object):
        return lambda decorated: decorated


@dataclass_transform(frozen_default=True, eq_default=True)
class Record:
    """Base of the model's nouns: fields are the annotations, defaults the class attributes.

    Compared and hashed by value. A default is shared by all instances, so it must be immutable.
    """

    _fields: ClassVar[tuple[str, ...]] = ()
    _names: ClassVar[frozenset[str]] = frozenset()
    _required: ClassVar[int] = 0
    """How many of the fields have no default; those come first."""

    def __init_subclass__(cls) -> None:
        own = tuple(
            name for name, kind in vars(cls).get("__annotations__", {}).items() if "ClassVar" not in str(kind)
        )
        cls._fields = (*cls._fields, *(name for name in own if name not in cls._fields))
        cls._names = frozenset(cls._fields)
        cls._required = sum(not hasattr(cls, name) for name in cls._fields)

    def __init__(self, *values: Any, **named: Any) -> None:
        # Tables of hundreds of records are made at a start: what is not given is left to the class.
        state = self.__dict__
        state.update(zip(self._fields, values, strict=False))
        if named:
            state.update(named)
        given = len(values)
        if len(state) != given + len(named) or given < self._required or not self._names.issuperset(named):
            self._check(given, named)

    def _check(self, given: int, named: dict[str, Any]) -> None:
        """Refuse fields that there are not, and the lack of those that there must be."""
        fields = self._fields
        if given > len(fields):
            raise TypeError(f"{type(self).__name__} takes {len(fields)} fields, not {given}")
        for name in named:
            if name not in fields[given:]:
                raise TypeError(f"{type(self).__name__} has no field {name!r}")
        for name in fields[given : self._required]:
            if name not in named:
                raise TypeError(f"{type(self).__name__} needs the field {name!r}")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and type(self) is type(other) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), *self._values()))

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self._fields)

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._fields)
        return f"{type(self).__name__}({inside})"

    def but(self, **changed: Any) -> Self:
        """The same value with some fields changed."""
        return type(self)(**{**self.__dict__, **changed})
