"""The server value, read as a person meant it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdoctor.address import (
    Address,
    Endpoint,
    endpoint_of,
    is_host,
    is_inward,
    is_ip_address,
    is_loopback,
    normal_host,
    read_address,
)


@pytest.mark.parametrize(
    ("server", "address"),
    [
        ("ghcr.io", Address(None, None, "ghcr.io", None, "")),
        ("GHCR.io", Address(None, None, "GHCR.io", None, "")),
        ("ghcr.io:443", Address(None, None, "ghcr.io", 443, "")),
        ("ghcr.io:000443", Address(None, None, "ghcr.io", 443, "")),
        ("https://index.docker.io/v1/", Address("https", None, "index.docker.io", None, "/v1/")),
        (
            "registry.example.com:5000/team/app",
            Address(None, None, "registry.example.com", 5000, "/team/app"),
        ),
        ("ghcr.io/octo/app:latest", Address(None, None, "ghcr.io", None, "/octo/app:latest")),
        ("ghcr.io?x=1", Address(None, None, "ghcr.io", None, "?x=1")),
        ("u:p@registry.example.com", Address(None, "u:p", "registry.example.com", None, "")),
        ("https://u@registry.example.com:5000/x", Address("https", "u", "registry.example.com", 5000, "/x")),
        ("u:p@ss@registry.example.com", Address(None, "u:p@ss", "registry.example.com", None, "")),
        ("[::1]:5000", Address(None, None, "[::1]", 5000, "")),
        ("[2001:db8::1]", Address(None, None, "[2001:db8::1]", None, "")),
        ("127.0.0.1:5000", Address(None, None, "127.0.0.1", 5000, "")),
        ("localhost", Address(None, None, "localhost", None, "")),
        ("bücher.example", Address(None, None, "bücher.example", None, "")),
        ("ghcr.io.", Address(None, None, "ghcr.io.", None, "")),
        ("my_host.example.com", Address(None, None, "my_host.example.com", None, "")),
    ],
)
def test_a_server_is_taken_apart(server: str, address: Address) -> None:
    assert read_address(server) == address


@pytest.mark.parametrize(
    "server",
    [
        "",
        " ",
        "my registry",
        "https://",
        "://x",
        "ghcr.io:0",
        "ghcr.io:65536",
        "ghcr.io:99999999999999999999",
        "ghcr.io:0004430000",
        "ghcr.io:000443" + "0" * 5000,
        "ghcr.io:x/y",
        "-a.example",
        "a-.example",
        "a..b",
        ".",
        "256.1.1.1",
        "[::1",
        "[gg::1]",
        "[::1]x",
        "[::1x",
        "[127.0.0.1\udcdd",
        "a" * 64,
        ".".join(["a" * 60] * 5),
        "ghcr.io\n",
        "ghcr.io:5000:5000 x",
        "\0",
        "ä" * 70 + ".example",
        "ä." * 200,
    ],
)
def test_what_names_no_host_is_none(server: str) -> None:
    assert read_address(server) is None


@pytest.mark.parametrize(
    ("server", "shown"),
    [("https://GHCR.io/x", "GHCR.io"), ("ghcr.io:5000/x", "ghcr.io:5000"), ("[::1]:5000", "[::1]:5000")],
)
def test_host_and_port_are_what_a_login_is_made_to(server: str, shown: str) -> None:
    address = read_address(server)
    assert address is not None
    assert address.host_and_port == shown


@pytest.mark.parametrize(
    ("host", "port", "endpoint", "authority"),
    [
        ("GHCR.io.", None, Endpoint("ghcr.io", 443, False), "ghcr.io"),
        ("ghcr.io", 5000, Endpoint("ghcr.io", 5000, False), "ghcr.io:5000"),
        ("[::1]", 5000, Endpoint("::1", 5000, True), "[::1]:5000"),
        ("[2001:DB8::1]", None, Endpoint("2001:db8::1", 443, False), "[2001:db8::1]"),
        ("127.0.0.9", None, Endpoint("127.0.0.9", 443, True), "127.0.0.9"),
        ("Localhost", 80, Endpoint("localhost", 80, True), "localhost:80"),
        ("bücher.example", None, Endpoint("xn--bcher-kva.example", 443, False), "xn--bcher-kva.example"),
    ],
)
def test_an_endpoint_has_one_form(host: str, port: int | None, endpoint: Endpoint, authority: str) -> None:
    assert endpoint_of(host, port) == endpoint
    assert endpoint.authority == authority


@pytest.mark.parametrize("host", ["localhost", "x.localhost", "::1", "127.0.0.1", "127.255.0.3"])
def test_these_hosts_are_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "localhost.example.com",
        "127.0.0.1.example.com",
        "127.example.com",
        "notlocalhost",
        "10.0.0.1",
        "127.999.0.1",
        "::2",
        "",
    ],
)
def test_these_hosts_are_not_this_machine(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("host", "inward"),
    [
        ("localhost", True),
        ("127.8.8.8", True),
        ("169.254.169.254", True),
        ("::ffff:169.254.169.254", True),
        ("::ffff:127.0.0.1", True),
        ("fe80::1", True),
        ("0.0.0.0", True),
        ("::", True),
        ("010.0.0.1", True),
        ("10.0.0.1", False),
        ("192.0.2.7", False),
        ("2001:db8::1", False),
        ("169.254.example.com", False),
        ("ghcr.io", False),
    ],
)
def test_what_leads_into_a_machine_or_no_further_than_its_cable(host: str, inward: bool) -> None:
    assert is_inward(host) is inward


@pytest.mark.parametrize("host", ["straße.example", "σας.example", "Σ.example", "a\u200db.example"])
def test_a_name_of_which_others_make_another_is_none(host: str) -> None:
    assert not is_host(host)
    with pytest.raises(UnicodeError):
        normal_host(host)


@pytest.mark.parametrize("host", ["1.2.3.4", "::1", "2001:db8::1", "fe80::1"])
def test_these_hosts_are_addresses(host: str) -> None:
    assert is_ip_address(host)


@pytest.mark.parametrize("host", ["1.2.3", "1.2.3.4.5", "1.2.3.256", "ghcr.io", "a:b", "", "[::1]"])
def test_these_hosts_are_no_addresses(host: str) -> None:
    assert not is_ip_address(host)


anything = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            [
                "https://",
                "ghcr.io",
                ":",
                "5000",
                "/",
                "@",
                "[",
                "]",
                "::1",
                "u:p@",
                "?",
                "#",
                ".",
                "-",
                "ß",
                "İ",
            ]
        )
    ).map("".join),
)


@given(anything)
@settings(max_examples=120, deadline=None)
def test_no_server_breaks_the_reader(server: str) -> None:
    address = read_address(server)
    if address is None:
        return
    assert is_host(address.host)
    assert address.port is None or 0 < address.port < 65536
    endpoint = endpoint_of(address.host, address.port)
    assert endpoint.host == normal_host(endpoint.host)
    assert endpoint.host.isascii()
    assert endpoint.host == endpoint.host.lower() != ""
    assert read_address(address.host_and_port) is not None


@pytest.mark.parametrize(
    "server",
    ["a." * (1 << 19), "a@" * (1 << 19), ":" * (1 << 20), "x" * (1 << 20), "/" * (1 << 20), "ä" * 20_000],
)
def test_a_long_server_is_read_in_no_time(server: str) -> None:
    start = time.perf_counter()
    read_address(server)
    assert time.perf_counter() - start < 5.0


@pytest.mark.parametrize("host", ["[::1]", "[0:0:0:0:0:0:0:1]", "[0000::0001]", "::1"])
def test_an_address_of_ip_version_6_is_one_however_it_is_written(host: str) -> None:
    assert endpoint_of(host, 5000) == Endpoint("::1", 5000, loopback=True)
