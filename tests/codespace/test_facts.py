"""What is read from the answers of GitHub's API, and which API is asked with which token."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdoctor.codespace.facts import (
    Package,
    Repository,
    StoredSecret,
    api_host,
    by_policy,
    read_package,
    read_prebuilt,
    read_repository,
    read_secrets,
    read_selected,
    token_of,
)
from tests.lab.vendors import github_api as api

HERE = {"CODESPACES": "true"}
PASSWORD = "ACR_CONTAINER_REGISTRY_PASSWORD"


# Where, and with what


@pytest.mark.parametrize(
    "environ",
    [
        HERE,
        {**HERE, "GITHUB_SERVER_URL": "https://github.com", "GITHUB_API_URL": "https://api.github.com"},
        {**HERE, "GITHUB_SERVER_URL": "https://github.com/", "GITHUB_API_URL": ""},
    ],
)
def test_a_codespace_of_github_asks_its_api(environ: dict[str, str]) -> None:
    assert api_host(environ) == "api.github.com"


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"GITHUB_ACTIONS": "true", "GITHUB_API_URL": "https://api.github.com"},
        {**HERE, "GITHUB_SERVER_URL": "https://octo.ghe.com", "GITHUB_API_URL": "https://api.octo.ghe.com"},
        {**HERE, "GITHUB_API_URL": "https://api.github.com.example"},
        {**HERE, "GITHUB_API_URL": "http://api.github.com"},
        {**HERE, "GITHUB_API_URL": "https://api.github.com:8443"},
        {**HERE, "GITHUB_API_URL": "https://api.github.com@example.com"},
        {**HERE, "GITHUB_SERVER_URL": "https://github.example.com"},
    ],
)
def test_no_host_is_asked_that_a_variable_alone_names(environ: dict[str, str]) -> None:
    assert api_host(environ) is None


def test_the_token_that_is_offered_goes_before_the_codespaces_own() -> None:
    tokens = {"GITHUB_CODESPACE_TOKEN": "third", "GITHUB_TOKEN": "second", "REGDOCTOR_TOKEN": "first"}
    seen = []
    while (token := token_of(tokens)) is not None:
        seen.append(token.reveal())
        tokens = {name: value for name, value in tokens.items() if value != seen[-1]}
    assert seen == ["first", "second", "third"]


@pytest.mark.parametrize("value", ["", " ", "two words", "a\r\nX-Other: 1", "ghp_ü", "x" * 2000])
def test_what_no_header_can_carry_is_no_token(value: str) -> None:
    assert token_of({"REGDOCTOR_TOKEN": value}) is None
    told = token_of({"REGDOCTOR_TOKEN": value, "GITHUB_TOKEN": "ghu_good"})
    assert told is not None and told.reveal() == "ghu_good"


# What it says


def test_a_repository_is_read() -> None:
    answer = api.repository("octo/app", visibility="internal", push=False, fork=True, kind="Organization")
    assert read_repository(answer) == Repository(
        "octo/app", 1296269, "internal", fork=True, may_write=False, owner_kind="Organization"
    )


def test_an_old_answer_tells_visibility_by_private_alone() -> None:
    for private, visibility in ((True, "private"), (False, "public")):
        found = read_repository({"full_name": "octo/app", "private": private})
        assert found is not None and found.visibility == visibility


@pytest.mark.parametrize(
    "name", [None, 7, "octo", "octo/app/x", "../app x", "octo/\u202eapp", "o" * 200 + "/a"]
)
def test_what_names_no_repository_is_none(name: object) -> None:
    assert read_repository({"full_name": name}) is None


def test_a_package_is_read() -> None:
    assert read_package(api.package("internal", "octo/other")) == Package(
        "internal", "octo/other", "Organization"
    )
    assert read_package(api.package("private")) == Package("private", None, "Organization")
    assert read_package({"message": "Not Found"}) is None


def test_whether_a_codespace_was_prebuilt_is_read() -> None:
    assert (read_prebuilt({"prebuild": True}), read_prebuilt({"prebuild": False})) == (True, False)
    assert read_prebuilt({"prebuild": "yes"}) is None


def test_only_registry_secrets_are_read_from_a_list() -> None:
    listed = api.secrets(
        PASSWORD, "DATABASE_PASSWORD", "ACR_CONTAINER_REGISTRY_USERNAME", visibility="selected"
    )
    assert read_secrets(listed, "user") == (
        StoredSecret(PASSWORD, "user", "selected", "2026-01-10 14:59 UTC"),
        StoredSecret("ACR_CONTAINER_REGISTRY_USERNAME", "user", "selected", "2026-01-10 14:59 UTC"),
    )


def test_a_secret_of_the_repository_is_for_it() -> None:
    (secret,) = read_secrets(api.secrets(PASSWORD), "repository")
    assert secret.granted is True


@pytest.mark.parametrize(
    ("answer", "granted"),
    [
        (api.selected("octo/other", "Octo/App"), True),
        (api.selected("octo/other"), False),
        (api.selected(), False),
        (api.selected("octo/other", total=101), None),
        (None, None),
        ({"repositories": [{"full_name": "octo/app"}]}, True),
        ({"repositories": []}, None),
    ],
)
def test_whether_a_secret_is_given_to_a_repository(answer: object, granted: bool | None) -> None:
    assert read_selected(answer, "octo/app") is granted


@pytest.mark.parametrize(
    ("policy", "visibility", "granted"),
    [
        ("all", "public", True),
        ("all", None, True),
        ("private", "public", False),
        ("private", "private", True),
        ("private", "internal", True),
        ("private", None, None),
        ("selected", "private", None),
        ("unknown", "private", None),
    ],
)
def test_what_a_policy_says_of_a_repository(
    policy: str, visibility: str | None, granted: bool | None
) -> None:
    ours = Repository("octo/app", visibility=visibility)  # type: ignore[arg-type]
    assert by_policy(StoredSecret(PASSWORD, "user", policy), ours).granted is granted


def test_a_list_of_repositories_counts_before_the_policy() -> None:
    for granted in (True, False):
        secret = StoredSecret(PASSWORD, "user", "selected", granted=granted)
        assert by_policy(secret, None).granted is granted


FIELDS = (
    *("full_name", "id", "visibility", "private", "fork", "owner", "type", "permissions", "push", "prebuild"),
    *("package_type", "repository", "repositories", "total_count", "secrets", "name", "updated_at"),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(FIELDS) | st.text(max_size=5),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@given(JSON)
@settings(max_examples=200, deadline=None)
def test_no_answer_breaks_the_reading(answer: object) -> None:
    json.dumps(answer)
    repository = read_repository(answer)
    read_package(answer)
    read_prebuilt(answer)
    read_selected(answer, "octo/app")
    for secret in read_secrets(answer, "user"):
        by_policy(secret, repository)
