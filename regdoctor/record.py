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

    def __init_subclass__(cls) -> None:
        own = tuple(
            name for name, kind in vars(cls).get("__annotations__", {}).items() if "ClassVar" not in str(kind)
        )
        cls._fields = (*cls._fields, *(name for name in own if name not in cls._fields))

    def __init__(self, *values: Any, **named: Any) -> None:
        fields = self._fields
        if len(values) > len(fields):
            raise TypeError(f"{type(self).__name__} takes {len(fields)} fields, not {len(values)}")
        state = self.__dict__
        state.update(zip(fields, values, strict=False))
        for name in fields[len(values) :]:
            if name in named:
                state[name] = named.pop(name)
            elif hasattr(type(self), name):
                state[name] = getattr(type(self), name)
            else:
                raise TypeError(f"{type(self).__name__} needs the field {name!r}")
        if named:
            raise TypeError(f"{type(self).__name__} has no field {next(iter(named))!r}")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={self.__dict__[name]!r}" for name in self._fields)
        return f"{type(self).__name__}({inside})"

    def but(self, **changed: Any) -> Self:
        """The same value with some fields changed."""
        return type(self)(**{**self.__dict__, **changed})
