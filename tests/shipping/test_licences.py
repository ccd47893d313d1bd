"""The list of licences is true, and every licence on it goes with the MIT licence."""

from __future__ import annotations

from importlib.metadata import metadata

import pytest

from tests.licences import ALLOWED, FILE, document, licences_of
from tests.shipping.locked import pins_of

LOCKED = [pin.name for pin in pins_of("development").values() if pin.needed_here]


def test_the_list_is_what_the_packages_say() -> None:
    assert FILE.read_text() == document(), "write it again: python -m tests.licences"


@pytest.mark.parametrize("name", LOCKED)
def test_a_package_may_be_used_under_a_licence_that_goes_with_ours(name: str) -> None:
    assert set(licences_of(metadata(name))) & ALLOWED
