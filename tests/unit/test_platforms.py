"""Platforms: their normal forms, and which images a machine runs, as containerd has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdoctor.platforms import Platform, read_platform


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("linux/amd64", "linux/amd64"),
        ("linux/x86_64", "linux/amd64"),
        ("Linux/AMD64", "linux/amd64"),
        ("linux/amd64/v1", "linux/amd64"),
        ("linux/amd64/v3", "linux/amd64/v3"),
        ("amd64", "linux/amd64"),
        ("linux/aarch64", "linux/arm64"),
        ("linux/arm64/v8", "linux/arm64"),
        ("linux/arm64/8", "linux/arm64"),
        ("linux/arm64/v9", "linux/arm64/v9"),
        ("linux/arm", "linux/arm/v7"),
        ("linux/arm/6", "linux/arm/v6"),
        ("linux/armhf", "linux/arm/v7"),
        ("linux/armel", "linux/arm/v6"),
        ("linux/i386", "linux/386"),
        ("windows/amd64", "windows/amd64"),
    ],
)
def test_a_platform_has_one_normal_form(text: str, normal: str) -> None:
    assert str(read_platform(text)) == normal
    assert read_platform(normal) == read_platform(text)


@pytest.mark.parametrize("text", ["", "/", "linux/", "/amd64", "linux/arm/v7/x", "linux//v7"])
def test_what_is_no_platform_is_none(text: str) -> None:
    assert read_platform(text) is None


def runs(machine: str, image: str) -> bool:
    here, there = read_platform(machine), read_platform(image)
    assert here is not None
    assert there is not None
    return here.runs(there)


@pytest.mark.parametrize(
    ("machine", "image"),
    [
        ("linux/amd64", "linux/amd64"),
        ("linux/amd64", "linux/386"),
        ("linux/amd64/v3", "linux/amd64"),
        ("linux/amd64/v3", "linux/amd64/v2"),
        ("linux/arm64", "linux/arm64/v8"),
        ("linux/arm64/v8", "linux/arm64"),
        ("linux/arm64/v8.2", "linux/arm64/v8.1"),
        ("linux/arm64/v9", "linux/arm64/v8.5"),
        ("linux/arm64/v9", "linux/arm64"),
        ("linux/arm64", "linux/arm/v7"),
        ("linux/arm64", "linux/arm/v5"),
        ("linux/arm/v7", "linux/arm/v6"),
        ("linux/arm", "linux/arm/v7"),
        ("linux/s390x", "linux/s390x"),
    ],
)
def test_a_machine_runs_its_own_kind_and_what_came_before(machine: str, image: str) -> None:
    assert runs(machine, image)


@pytest.mark.parametrize(
    ("machine", "image"),
    [
        ("linux/amd64", "linux/arm64"),
        ("linux/amd64", "windows/amd64"),
        ("linux/amd64", "linux/amd64/v2"),
        ("linux/386", "linux/amd64"),
        ("linux/arm64", "linux/amd64"),
        ("linux/arm64", "linux/arm64/v9"),
        ("linux/arm64", "linux/arm64/v8.1"),
        ("linux/arm64/v8.2", "linux/arm64/v9"),
        ("linux/arm/v6", "linux/arm/v7"),
        ("linux/arm/v7", "linux/arm64"),
        ("linux/s390x", "linux/ppc64le"),
        ("linux/amd64", "linux/amd64/strange"),
        ("linux/arm64", "linux/arm64/v8.x"),
    ],
)
def test_a_machine_runs_nothing_else(machine: str, image: str) -> None:
    assert not runs(machine, image)


TEXTS = st.text(max_size=12)


@given(TEXTS, TEXTS, TEXTS)
def test_any_platform_runs_itself(system: str, architecture: str, variant: str) -> None:
    platform = read_platform("/".join(filter(None, (system, architecture, variant))))
    if platform is not None and platform.architecture not in ("amd64", "arm", "arm64"):
        assert platform.runs(platform)
    assert Platform(system, architecture, variant).runs(Platform(f"{system}-", architecture)) is False
