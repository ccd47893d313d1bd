"""Manifests and indexes, whole, cut off and broken."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdoctor.manifest import Entry, Manifest, read_config, read_manifest
from regdoctor.platforms import Platform, read_platform

AMD64, ARM64 = Platform("linux", "amd64"), Platform("linux", "arm64")


def digest(number: int) -> str:
    return f"sha256:{number:064x}"


def entry(number: int, platform: object) -> dict[str, object]:
    kind = "application/vnd.oci.image.manifest.v1+json"
    return {"mediaType": kind, "digest": digest(number), "size": 500, "platform": platform}


def an_index(*entries: object) -> str:
    return json.dumps({"schemaVersion": 2, "manifests": list(entries)})


def a_manifest(layers: int) -> str:
    kind = "application/vnd.oci.image"
    return json.dumps(
        {
            "schemaVersion": 2,
            "config": {"mediaType": f"{kind}.config.v1+json", "digest": digest(0), "size": 300},
            "layers": [
                {"mediaType": f"{kind}.layer.v1.tar", "digest": digest(at + 1), "size": 10_000 - at}
                for at in range(layers)
            ],
            "annotations": {"org.opencontainers.image.title": "app"},
        }
    )


def read(text: str, cut: bool = False) -> Manifest:
    manifest = read_manifest(text, cut=cut)
    assert manifest is not None
    return manifest


def test_an_index_gives_a_machine_its_own_image_first() -> None:
    index = read(
        an_index(
            entry(1, {"os": "linux", "architecture": "386"}),
            entry(2, {"os": "linux", "architecture": "amd64"}),
            entry(3, {"os": "linux", "architecture": "arm64", "variant": "v8"}),
        )
    )
    assert index.entry_for(AMD64) == Entry(digest(2), AMD64)
    assert index.entry_for(ARM64) == Entry(digest(3), ARM64)
    assert index.entry_for(Platform("linux", "s390x")) is None
    assert index.platforms == ("linux/386", "linux/amd64", "linux/arm64")


def test_an_older_kind_is_taken_where_its_own_is_missing() -> None:
    index = read(an_index(entry(1, {"os": "linux", "architecture": "386"})))
    assert index.entry_for(AMD64) == Entry(digest(1), Platform("linux", "386"))


def test_how_an_image_was_built_is_no_image() -> None:
    index = read(an_index(entry(1, {"os": "unknown", "architecture": "unknown"})))
    assert (index.entries, index.platforms) == ((), ())


def test_an_image_without_a_platform_is_anybodys() -> None:
    index = read(an_index(entry(1, None), entry(2, {"os": "linux", "architecture": "arm64"})))
    assert index.entry_for(AMD64) == Entry(digest(1), None)
    assert index.entry_for(ARM64) == Entry(digest(2), ARM64)


def test_layers_that_lie_elsewhere_are_left_out() -> None:
    answer = json.loads(a_manifest(2))
    answer["layers"][0]["urls"] = ["https://example.com/layer"]
    assert [blob.digest for blob in read(json.dumps(answer)).layers] == [digest(2)]


def test_a_configuration_of_another_kind_says_nothing_of_platforms() -> None:
    answer = json.loads(a_manifest(1))
    answer["config"]["mediaType"] = "application/vnd.devcontainers"
    assert read(json.dumps(answer)).config is None


@pytest.mark.parametrize("length", [2000, 2010, 2050, 2100, 2150, 4000])
def test_of_a_manifest_that_is_cut_off_the_beginning_is_read(length: int) -> None:
    manifest = read(a_manifest(100)[:length], cut=True)
    assert manifest.cut
    assert manifest.config is not None
    assert 10 < len(manifest.layers) < 100


@pytest.mark.parametrize("length", range(2000, 2200, 7))
def test_of_an_index_that_is_cut_off_the_beginning_is_read(length: int) -> None:
    entries = [entry(at, {"os": "linux", "architecture": f"kind{at}"}) for at in range(100)]
    index = read(an_index(*entries)[:length], cut=True)
    assert index.is_index
    assert 8 < len(index.entries) < 15


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ('{"os": "linux", "architecture": "amd64"}', "linux/amd64"),
        ('{"os": "linux", "architecture": "arm", "variant": "v6"}', "linux/arm/v6"),
    ],
)
def test_a_configuration_names_its_platform(text: str, platform: str) -> None:
    assert read_config(text) == read_platform(platform)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"os": 1, "architecture": "amd64"}', '{"os": "linux"}', "[" * 9000]
)
def test_a_configuration_that_names_none_has_none(text: str) -> None:
    assert read_config(text) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "manifests",
                    "layers",
                    "fsLayers",
                    "config",
                    "digest",
                    "size",
                    "platform",
                    "os",
                    "schemaVersion",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(JSON, st.booleans())
def test_any_json_is_read_or_passed_over(answer: object, cut: bool) -> None:
    manifest = read_manifest(json.dumps(answer), cut=cut)
    assert manifest is None or isinstance(manifest.layers, tuple)


@given(st.text(max_size=200), st.booleans())
def test_any_text_is_read_or_passed_over(text: str, cut: bool) -> None:
    manifest = read_manifest(text, cut=cut)
    assert manifest is None or isinstance(manifest.entries, tuple)
