"""The proxy that the environment prescribes."""

from __future__ import annotations

import socket
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdoctor.address import Endpoint
from regdoctor.probes.deadline import Deadline
from regdoctor.probes.proxy import Proxy, exception_for, open_tunnel, proxy_for
from regdoctor.secret import Secret

PROXY = "http://proxy.example.com:3128"


def through(host: str, port: int = 443, **environ: str) -> Proxy | None:
    return proxy_for(host, port, {"HTTPS_PROXY": PROXY, **environ})


def test_without_a_variable_there_is_no_proxy() -> None:
    assert proxy_for("ghcr.io", 443, {}) is None
    assert proxy_for("ghcr.io", 443, {"HTTPS_PROXY": "", "https_proxy": " "}) is None


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "FTP_PROXY"])
def test_other_variables_are_not_for_https(variable: str) -> None:
    assert proxy_for("ghcr.io", 443, {variable: PROXY}) is None


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy"])
def test_either_spelling_names_the_proxy(variable: str) -> None:
    proxy = proxy_for("ghcr.io", 443, {variable: PROXY})
    assert proxy == Proxy(variable, Endpoint("proxy.example.com", 3128), "http")


def test_capital_letters_come_first() -> None:
    proxy = proxy_for("ghcr.io", 443, {"https_proxy": "http://small:1", "HTTPS_PROXY": "http://large:2"})
    assert proxy is not None
    assert proxy.shown == "large:2"


@pytest.mark.parametrize(
    ("value", "scheme", "host", "port"),
    [
        ("http://proxy.example.com:3128", "http", "proxy.example.com", 3128),
        ("proxy.example.com:3128", "http", "proxy.example.com", 3128),
        ("proxy.example.com", "http", "proxy.example.com", 80),
        ("http://proxy.example.com/", "http", "proxy.example.com", 80),
        ("https://proxy.example.com", "https", "proxy.example.com", 443),
        ("socks5://proxy.example.com", "socks5", "proxy.example.com", 1080),
        ("http://[2001:db8::1]:3128", "http", "2001:db8::1", 3128),
        ("HTTP://Proxy.Example.COM.:3128", "http", "proxy.example.com", 3128),
        (" http://proxy.example.com:3128\n", "http", "proxy.example.com", 3128),
    ],
)
def test_the_address_of_a_proxy_is_read(value: str, scheme: str, host: str, port: int) -> None:
    proxy = proxy_for("ghcr.io", 443, {"HTTPS_PROXY": value})
    assert proxy is not None
    assert (proxy.scheme, proxy.endpoint.host, proxy.endpoint.port) == (scheme, host, port)


def test_the_credential_of_a_proxy_is_decoded_and_hidden() -> None:
    proxy = proxy_for("ghcr.io", 443, {"HTTPS_PROXY": "http://mona:p%40ss%3Aword@proxy.example.com:3128"})
    assert proxy is not None
    assert proxy.credential == Secret("mona:p@ss:word")
    assert proxy.shown == "proxy.example.com:3128"
    assert "p@ss" not in repr(proxy)
    assert "p%40ss" not in repr(proxy)


@pytest.mark.parametrize("host", ["localhost", "x.localhost", "127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_is_never_asked_through_a_proxy(host: str) -> None:
    assert through(host, 5000) is None


@pytest.mark.parametrize(
    ("exceptions", "host", "port", "direct"),
    [
        ("*", "ghcr.io", 443, True),
        ("a.example,*", "ghcr.io", 443, True),
        ("ghcr.io", "ghcr.io", 443, True),
        ("GHCR.io", "ghcr.io", 443, True),
        ("quay.io, ghcr.io", "ghcr.io", 443, True),
        ("quay.io", "ghcr.io", 443, False),
        ("", "ghcr.io", 443, False),
        (",, ,", "ghcr.io", 443, False),
        ("example.com", "registry.example.com", 443, True),
        ("example.com", "notexample.com", 443, False),
        ("example.com", "example.com.evil.example", 443, False),
        (".example.com", "registry.example.com", 443, True),
        (".example.com", "example.com", 443, False),
        ("*.example.com", "registry.example.com", 443, True),
        ("*.example.com", "example.com", 443, False),
        ("registry.example.com:5000", "registry.example.com", 5000, True),
        ("registry.example.com:5000", "registry.example.com", 443, False),
        ("example.com:443", "registry.example.com", 443, True),
        ("10.1.2.3", "10.1.2.3", 443, True),
        ("10.1.2.3", "10.1.2.33", 443, False),
        ("10.1.2.3:5000", "10.1.2.3", 5000, True),
        ("10.1.2.3:5000", "10.1.2.3", 443, False),
        ("10.0.0.0/8", "10.1.2.3", 443, True),
        ("10.0.0.0/8", "11.1.2.3", 443, False),
        ("10.0.0.0/8", "ghcr.io", 443, False),
        ("10.0.0.0/99", "10.1.2.3", 443, False),
        ("2001:db8::/32", "2001:db8::7", 443, True),
        ("2001:db8::1", "2001:db8::1", 443, True),
        ("[2001:db8::1]:5000", "2001:db8::1", 5000, True),
        ("[2001:db8::1]:5000", "2001:db8::1", 443, False),
    ],
)
def test_exceptions_are_read_as_go_reads_them(exceptions: str, host: str, port: int, direct: bool) -> None:
    assert (through(host, port, NO_PROXY=exceptions) is None) is direct


def test_either_spelling_lists_the_exceptions() -> None:
    assert through("ghcr.io", no_proxy="ghcr.io") is None
    assert exception_for({"no_proxy": "x"}) == "no_proxy"
    assert exception_for({"NO_PROXY": "x", "no_proxy": "y"}) == "NO_PROXY"
    assert exception_for({"NO_PROXY": ""}) is None


def test_the_first_spelling_of_the_exceptions_counts() -> None:
    assert through("ghcr.io", NO_PROXY="quay.io", no_proxy="ghcr.io") is not None


@given(
    value=st.text(), exceptions=st.text(), host=st.sampled_from(["ghcr.io", "10.1.2.3", "2001:db8::1", ""])
)
@settings(max_examples=120, deadline=None)
def test_no_variable_breaks_the_reader(value: str, exceptions: str, host: str) -> None:
    proxy = proxy_for(host, 443, {"HTTPS_PROXY": value, "NO_PROXY": exceptions})
    assert proxy is None or 0 <= proxy.endpoint.port < 65536


@pytest.mark.parametrize(
    "value",
    [
        "http://proxy.example.com:port",
        "http://[::1",
        "http://[x]:1",
        "http://\u2100.example",
        "http://" + "ä" * 70 + ".example",
    ],
)
def test_a_proxy_that_cannot_be_read_breaks_nothing(value: str) -> None:
    proxy_for("ghcr.io", 443, {"HTTPS_PROXY": value})


@pytest.mark.parametrize("size", [1, 3, 1000, 100_000])
def test_what_follows_a_proxys_answer_is_left_to_the_host(size: int) -> None:
    answer, rest = b"HTTP/1.1 200 OK\r\nX-Padding: " + b"x" * 2000 + b"\r\n\r\n", b"\r\n\r\nof the host"
    ours, theirs = socket.socketpair()
    with ours, theirs:

        def answer_in_pieces() -> None:
            said = answer + rest
            for at in range(0, len(said), size):
                theirs.sendall(said[at : at + size])

        answering = threading.Thread(target=answer_in_pieces)
        answering.start()
        proxy = Proxy("HTTPS_PROXY", Endpoint("proxy.example.com", 3128))
        open_tunnel(ours, proxy, Endpoint("ghcr.io"), Deadline.after(20))
        answering.join()
        assert ours.recv(1000) == rest
