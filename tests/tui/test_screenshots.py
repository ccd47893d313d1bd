"""The pictures are those that the demo makes now, to the byte."""

from __future__ import annotations

import pytest

from tests.screenshots import FOLDER, SCENES, pictures


@pytest.fixture(scope="module")
def fresh() -> dict[str, str]:
    return pictures()


def test_there_are_no_other_pictures() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.svg" for name in SCENES}


@pytest.mark.parametrize("name", SCENES)
def test_a_picture_is_what_the_app_shows(name: str, fresh: dict[str, str]) -> None:
    kept = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert kept == fresh[name], "make it anew: python -m tests.screenshots"


def test_a_picture_holds_no_password(fresh: dict[str, str]) -> None:
    from regdoctor.demo.sets import SETS

    for demo_set in SETS:
        for name, value in demo_set.variables().items():
            if name.endswith("_PASSWORD") and len(value) >= 8:
                assert all(value[:8] not in picture for picture in fresh.values()), name
