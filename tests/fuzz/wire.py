"""The parsers of what comes over a connection or a pipe: HTTP, a proxy's answer, a credential helper's."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable

from hypothesis import strategies as st

from regdoctor.address import endpoint_of
from regdoctor.probes.credential_helper import read_answer
from regdoctor.probes.deadline import Deadline
from regdoctor.probes.failure import ProbeFailure
from regdoctor.probes.http import Channel
from regdoctor.probes.proxy import Proxy, open_tunnel
from regdoctor.secret import Redactor, Secret
from tests.fuzz.answering import ENDPOINT
from tests.fuzz.parser import Parser

_http = st.builds(
    "{}\r\n{}\r\n{}".format,
    st.sampled_from(
        ("HTTP/1.1 200 OK", "HTTP/1.1 401 Unauthorized", "HTTP/1.0 200", "HTTP/2 200", "HTTP/1.1 100 C\r\n")
    ),
    st.lists(
        st.sampled_from(
            (
                *(
                    "Content-Length: 5\r\n",
                    "Transfer-Encoding: chunked\r\n",
                    "Connection: close\r\n",
                    " folded\r\n",
                ),
                *(
                    'Www-Authenticate: Basic realm="a"\r\n',
                    "Content-Length: -1\r\n",
                    "X: \xff\r\n",
                    "no colon\r\n",
                ),
            )
        ),
        max_size=4,
    ).map("".join),
    st.sampled_from(
        ("", "hello", "5\r\nhello\r\n0\r\n\r\n", "ffffffff\r\nhello", "-5\r\n", "5;a=b\r\nhello\r\n")
    ),
)
_HTTP_WORDS = (
    *("HTTP/1.1 200 OK\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.0 ", "\r\n", "\r\n\r\n"),
    *("Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "0\r\n\r\n", "1\r\na\r\n", "ffff\r\n"),
    *(": ", " x\r\n", "a:b\r\n", "204", "99999"),
)


def _spoken(case: bytes, listen: Callable[[socket.socket], None]) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(case)
        theirs.shutdown(socket.SHUT_WR)
        listen(ours)


def _read_http(case: bytes) -> None:
    def listen(sock: socket.socket) -> None:
        channel = Channel(sock, ENDPOINT, tls=True)
        with contextlib.closing(channel), contextlib.suppress(ProbeFailure):
            for _ in range(3):
                response = channel.request("GET", "/v2/", {}, Deadline.after(60), limit=1 << 10)
                assert len(response.body) <= 1 << 10
                assert all(isinstance(text, str) for pair in response.headers for text in pair)
                if not channel.is_open:
                    break

    _spoken(case, listen)


def _read_tunnel(case: bytes) -> None:
    proxy = Proxy(
        "HTTPS_PROXY", endpoint_of("proxy.example.com", 3128), credential=Secret("octocat:hunter2hunter2")
    )

    def listen(sock: socket.socket) -> None:
        try:
            open_tunnel(sock, proxy, ENDPOINT, Deadline.after(60))
        except ProbeFailure:
            return
        # What follows the empty line is the host's.
        rest = sock.recv(1 << 16)
        assert case.endswith(rest)
        assert b"\r\n\r\n" in case[: len(case) - len(rest)] or not rest

    _spoken(case, listen)


_kept = st.sampled_from(
    (
        *(
            '{"ServerURL":"a","Username":"octocat","Secret":"hunter2"}',
            '{"Username":"<token>","Secret":"x"}\n',
        ),
        *(
            '{"username":1,"secret":null}',
            "credentials not found in native keychain\n",
            '{"Secret":"\\ud800aaaaaaaa"}',
        ),
    )
)
_HELPER_WORDS = (
    *('{"Username":"', '"Secret":"', '","', '"}', "<token>", "\\ud800", "[", "{", "1e999", "null", ":"),
)


def _read_helper(case: bytes) -> None:
    kept = read_answer(case)
    if kept is not None:
        Redactor([kept.secret])("text")


PARSERS = (
    Parser("http", _read_http, _http, _HTTP_WORDS, ("probes.http",)),
    Parser("tunnel", _read_tunnel, _http, _HTTP_WORDS, ("probes.proxy",)),
    Parser("credential-helper", _read_helper, _kept, _HELPER_WORDS, ("probes.credential_helper",)),
)
