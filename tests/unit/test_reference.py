"""An image's name, read as docker reads it (https://pkg.go.dev/github.com/distribution/reference)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdoctor.reference import Reference, fault_of, read_reference

SHA256, SHA512 = "sha256:" + "0123456789abcdef" * 4, "sha512:" + "0123456789abcdef" * 8


@pytest.mark.parametrize(
    ("text", "domain", "repository", "tag", "digest"),
    [
        ("app", "docker.io", "library/app", "latest", None),
        ("app:1.0", "docker.io", "library/app", "1.0", None),
        ("octo/app", "docker.io", "octo/app", "latest", None),
        ("docker.io/app", "docker.io", "library/app", "latest", None),
        ("docker.io/octo/app", "docker.io", "octo/app", "latest", None),
        ("index.docker.io/app", "docker.io", "library/app", "latest", None),
        ("registry-1.docker.io/octo/app", "registry-1.docker.io", "octo/app", "latest", None),
        ("ghcr.io/app", "ghcr.io", "app", "latest", None),
        ("ghcr.io/octo/deep/er/app:v1_2.3-x", "ghcr.io", "octo/deep/er/app", "v1_2.3-x", None),
        ("GHCR.io/octo/app", "GHCR.io", "octo/app", "latest", None),
        ("Registry/app", "Registry", "app", "latest", None),
        ("localhost/app", "localhost", "app", "latest", None),
        ("localhost:5000/app:1", "localhost:5000", "app", "1", None),
        ("registry:5000/app", "registry:5000", "app", "latest", None),
        ("127.0.0.1:5000/app", "127.0.0.1:5000", "app", "latest", None),
        ("[2001:db8::1]:5000/app", "[2001:db8::1]:5000", "app", "latest", None),
        ("[2001:db8::1]/app:1", "[2001:db8::1]", "app", "1", None),
        ("app:5000", "docker.io", "library/app", "5000", None),
        ("octo/a__b.c-----d", "docker.io", "octo/a__b.c-----d", "latest", None),
        ("xn--7o8h.com/octo/app", "xn--7o8h.com", "octo/app", "latest", None),
        (f"octo/app@{SHA256}", "docker.io", "octo/app", None, SHA256),
        (f"ghcr.io/octo/app:1.0@{SHA256}", "ghcr.io", "octo/app", "1.0", SHA256),
        (f"app@{SHA512}", "docker.io", "library/app", None, SHA512),
    ],
)
def test_a_name_is_put_into_dockers_normal_form(
    text: str, domain: str, repository: str, tag: str | None, digest: str | None
) -> None:
    assert read_reference(text) == Reference(domain, repository, tag, digest)
    assert fault_of(text) is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "is empty"),
        ("  ", "is empty"),
        ("octo/app:1.0 ", "white space"),
        ("octo/my app", "white space"),
        ("https://ghcr.io/octo/app", "begins with https://"),
        ("docker://octo/app", "begins with docker://"),
        ("${IMAGE}:1.0", "a variable"),
        ("octo/app:$TAG", "a variable"),
        ("App", "capital letter"),
        ("octo/App:1.0", "capital letter"),
        ("ghcr.io/Octo/app", "capital letter"),
        ("octo/app:", "a colon without a tag"),
        ("octo/app:-1", "has -1 for a tag"),
        ("octo/app:" + "a" * 129, "for a tag"),
        ("octo/", "empty in places"),
        ("/app", "empty in places"),
        ("octo//app", "empty in places"),
        ("octo/-app", "no path may have"),
        ("octo/app-", "no path may have"),
        ("octo/a..b", "no path may have"),
        ("octo/a___b", "no path may have"),
        ("octo/äpp", "no path may have"),
        ("ghcr.io/", "empty in places"),
        ("-ghcr.io/octo/app", "no host name"),
        ("ghcr.io:/octo/app", "no host name"),
        ("ghcr.io:port/octo/app", "no host name"),
        ("under_score.example/app", "no host name"),
        ("[fe80::1%eth0]:5000/app", "no host name"),
        ("ghcr.io/" + "a" * 256, "more than 255 characters"),
        ("a" * 3000, "more than 2048 characters"),
        ("0123456789abcdef" * 4, "an image's id"),
        ("octo/app@", "a digest"),
        ("octo/app@sha256:abc", "64 hexadecimal digits"),
        ("octo/app@sha256:" + "A" * 64, "64 hexadecimal digits"),
        ("octo/app@md5:" + "a" * 32, "docker does not know"),
        (f"octo/app@{SHA256}:1.0", "hexadecimal digits"),
    ],
)
def test_why_a_name_is_refused_is_said(text: str, fault: str) -> None:
    assert read_reference(text) is None
    assert fault in (fault_of(text) or "")


def test_a_digest_says_more_than_a_tag() -> None:
    assert Reference("ghcr.io", "octo/app", "1.0", SHA256).version == SHA256
    assert Reference("ghcr.io", "octo/app", "1.0").version == "1.0"


PARTS = st.from_regex(r"[a-z0-9]{1,8}([._-][a-z0-9]{1,8})?", fullmatch=True)
TAGS = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}", fullmatch=True)
DOMAINS = st.sampled_from(
    ["ghcr.io", "localhost:5000", "127.0.0.1:5000", "Registry.example.com", "docker.io"]
)


@given(DOMAINS, st.lists(PARTS, min_size=2, max_size=4), TAGS, st.sampled_from(["", f"@{SHA256}"]))
def test_a_whole_name_is_its_own_normal_form(domain: str, parts: list[str], tag: str, digest: str) -> None:
    path = "/".join(parts)
    read = read_reference(f"{domain}/{path}:{tag}{digest}")
    assert read == Reference(domain, path, tag, digest.removeprefix("@") or None)
    assert read is not None
    assert read_reference(f"{read.name}:{tag}{digest}") == read


@given(st.text(max_size=300))
def test_any_text_is_a_name_or_has_a_fault(text: str) -> None:
    assert (read_reference(text) is None) is (fault_of(text) is not None)


@given(st.text(alphabet="aA0./:@_-[]", max_size=40))
def test_any_mixture_of_a_names_characters_is_a_name_or_has_a_fault(text: str) -> None:
    assert (read_reference(text) is None) is (fault_of(text) is not None)
