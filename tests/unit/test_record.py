"""Immutable values with named fields."""

from __future__ import annotations

from typing import ClassVar

import pytest

from regdoctor.record import Record
from regdoctor.secret import Secret


class Point(Record):
    x: int
    y: int = 2
    unit: ClassVar[str] = "mm"


class Named(Point):
    name: str = "nameless"


def test_fields_are_given_by_position_or_by_name() -> None:
    assert Point(1, 3) == Point(x=1, y=3) == Point(1, y=3)


def test_a_field_that_is_not_given_has_its_default() -> None:
    assert (Point(1).x, Point(1).y) == (1, 2)


def test_a_subclass_has_the_fields_of_its_base_first() -> None:
    named = Named(1, 3, "home")
    assert (named.x, named.y, named.name) == (1, 3, "home")


def test_a_class_variable_is_no_field() -> None:
    assert "unit" not in repr(Point(1))


@pytest.mark.parametrize(
    ("values", "named", "words"),
    [
        ((), {}, "needs the field 'x'"),
        ((1, 2, 3), {}, "takes 2 fields, not 3"),
        ((1,), {"z": 1}, "no field 'z'"),
        ((1,), {"x": 1}, "no field 'x'"),
    ],
)
def test_wrong_fields_are_refused(values: tuple[int, ...], named: dict[str, int], words: str) -> None:
    with pytest.raises(TypeError, match=words):
        Point(*values, **named)


def test_fields_can_be_neither_set_nor_deleted() -> None:
    point = Point(1)
    with pytest.raises(AttributeError, match="immutable"):
        point.x = 5  # type: ignore[misc]  # that is the point
    with pytest.raises(AttributeError, match="immutable"):
        del point.x
    assert point.x == 1


def test_records_are_compared_by_class_and_value() -> None:
    assert Point(1) == Point(1)
    assert Point(1) != Point(2)
    assert Named(1) != Point(1)
    assert Point(1) != (1, 2)


def test_equal_records_have_one_hash() -> None:
    assert len({Point(1), Point(1), Point(2), Named(1)}) == 3


def test_but_changes_a_copy() -> None:
    point = Point(1)
    assert point.but(y=9) == Point(1, 9)
    assert point == Point(1)
    assert type(Named(1).but(x=2)) is Named


def test_but_refuses_what_is_no_field() -> None:
    with pytest.raises(TypeError, match="no field 'z'"):
        Point(1).but(z=1)


def test_the_representation_names_class_and_fields() -> None:
    assert repr(Named(1)) == "Named(x=1, y=2, name='nameless')"


def test_the_representation_masks_a_secret() -> None:
    class Login(Record):
        password: Secret

    assert repr(Login(Secret("maple-finch-38"))) == "Login(password=***)"
