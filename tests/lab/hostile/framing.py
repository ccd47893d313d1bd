"""Owns the peers that frame their answers wrongly: bodies, heads, chunks and lines that lie or do not end."""

from __future__ import annotations

import gzip
import zlib

from tests.lab.hostile.script import (
    BASIC,
    HOLD,
    answer,
    at_door,
    dripping,
    endless,
    head,
    scripted,
    without_end,
)

_NOT = "not-a-registry"
_LATE = "timeout-overall"
_NO_HTTP = "does not answer in HTTP"
_NO_END = "an answer without end"
_BROKEN_OFF = "closed the connection in mid-answer"
_REFUSED = b"HTTP/1.1 401 Unauthorized\r\n"
_PAGE = head("200 OK")
_CHUNKED = head("200 OK", "Transfer-Encoding: chunked")
_BOMB = b" " * (20 << 20)


def _of_length(length: object) -> bytes:
    return head("200 OK", f"Content-Length: {length}")


def _packed(coding: str, body: bytes) -> bytes:
    return answer(body, "200 OK", f"Content-Encoding: {coding}")


BODIES = (
    without_end("endless-body", _NOT, _PAGE, b"x" * 4096),
    without_end("endless-refusal", _NOT, head("401 Unauthorized"), b'"y":[' * 800),
    without_end("endless-outage", "registry-unavailable", head("503 Service Unavailable"), b"z" * 4096),
    scripted(
        "endless-after-a-challenge",
        "bad-credentials",
        lambda asked: endless(head("401 Unauthorized", BASIC), b"w" * 4096),
        "login",
        received=384 << 10,
        sent=True,
    ),
    scripted("dripping-body", _LATE, lambda asked: (_of_length(4000), *dripping(b"v" * 4000))),
    scripted("dripping-head", _LATE, lambda asked: dripping(head("401 Unauthorized", BASIC))),
    scripted("dripping-status", _LATE, lambda asked: dripping(b"HTTP/1.1 200 " + b"u" * 4000)),
    without_end("length-without-end", _NOT, _of_length(10**18), b"t" * 4096),
    at_door("length-that-never-comes", _LATE, _of_length(10**18), b"{}", HOLD),
    scripted(
        "length-too-short",
        "bad-credentials",
        lambda asked: (head("401 Unauthorized", BASIC, "Content-Length: 0") + answer() * 3,),
        "login",
        sent=True,
    ),
    at_door("length-too-long", "tcp-reset", _of_length(500), b"{}", says=_BROKEN_OFF),
    at_door("length-negative", _NOT, _of_length(-1), b"{}", says=_NO_HTTP),
    at_door("length-no-number", _NOT, _of_length("lots"), b"{}", says=_NO_HTTP),
    at_door("length-of-many-digits", _NOT, _of_length("9" * 9000), b"{}", says=_NO_HTTP),
    at_door(
        "length-twice", _NOT, head("200 OK", "Content-Length: 2", "Content-Length: 9"), b"{}", says=_NO_HTTP
    ),
    at_door("gzip-bomb", _NOT, _packed("gzip", gzip.compress(_BOMB)), says="compressed as gzip"),
    at_door("deflate-bomb", _NOT, _packed("deflate", zlib.compress(_BOMB)), says="compressed as deflate"),
    at_door("brotli-garbage", _NOT, _packed("br", b"\x0b\x02\x80" * 5000), says="compressed as br"),
    at_door("no-utf-8-at-all", _NOT, answer(bytes(range(256)) * 40, "404 \xff\xfe", "Server: \xc3\x28")),
)

CHUNKS = (
    at_door("chunk-no-number", _NOT, _CHUNKED, b"zz\r\n{}\r\n0\r\n\r\n", HOLD, says=_NO_HTTP),
    without_end("chunk-negative", _NOT, _CHUNKED + b"-1\r\n", b"s" * 4096, says=_NO_END),
    without_end("chunk-without-end", _NOT, _CHUNKED + b"f" * 16 + b"\r\n", b"r" * 4096),
    without_end("chunks-without-end", _NOT, _CHUNKED, b"1000\r\n" + b"q" * 4096 + b"\r\n"),
    without_end("chunk-extensions", _NOT, _CHUNKED, b"1;" + b"x" * 30000 + b"\r\np\r\n", says=_NO_END),
    without_end("chunk-line-without-end", _NOT, _CHUNKED, b"0" * 4096, says=_NO_HTTP),
    without_end("chunk-trailers", _NOT, _CHUNKED + b"2\r\n{}\r\n0\r\n", b"X-Lab: o\r\n" * 400, says=_NO_END),
    at_door("chunk-that-never-comes", _LATE, _CHUNKED, b"ff\r\n{", HOLD),
    at_door("chunk-that-breaks-off", "tcp-reset", _CHUNKED, b"ff\r\n{", says=_BROKEN_OFF),
)

HEADS = (
    without_end("many-headers", _NOT, _REFUSED, b"X-Lab: n\r\n" * 200, says=_NO_HTTP),
    without_end("long-header", _NOT, _REFUSED + b"X-Lab: ", b"m" * 4096, says=_NO_HTTP),
    without_end("long-headers", _NOT, _REFUSED, b"X-Lab: " + b"l" * 30000 + b"\r\n", says=_NO_END),
    without_end("folded-header", _NOT, _REFUSED + b"X-Lab: k\r\n", b" folded\r\n" * 300, says=_NO_HTTP),
    at_door(
        "header-names-with-nul", _NOT, answer(b"{}", "401 Unauthorized", "\0: j", "Www-\0Authenticate: Basic")
    ),
    at_door("header-without-colon", _NOT, answer(b"{}", "401 Unauthorized", "no colon here", BASIC)),
    without_end("endless-continue", _NOT, b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100, says=_NO_END),
    without_end("endless-hints", _NOT, b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100, says=_NO_HTTP),
    at_door(
        "switching-protocols", _NOT, head("101 Switching Protocols", "Upgrade: h2c"), HOLD, says=_NO_HTTP
    ),
    at_door("http-0-9", _NOT, b"<html>hello</html>\n", says=_NO_HTTP),
    at_door("http-2-frames", _NOT, b"\0\0\x12\x04\0\0\0\0\0" + b"\0\x03\0\0\0\x80" * 3, says=_NO_HTTP),
    at_door("http-9-9", _NOT, b"HTTP/9.9 200 OK\r\n\r\n{}", says=_NO_HTTP),
    at_door("status-no-number", _NOT, head("abc OK"), says=_NO_HTTP),
    at_door("status-of-four-digits", _NOT, head("2000 OK"), says=_NO_HTTP),
    at_door("status-unknown", _NOT, answer(b"{}", "799 Whatever"), says="HTTP 799"),
    without_end("status-line-without-end", _NOT, b"HTTP/1.1 200 ", b"i" * 4096, says=_NO_HTTP),
    without_end("empty-lines", _NOT, b"", b"\r\n" * 2048, says=_NO_HTTP),
)

PEERS = (*BODIES, *CHUNKS, *HEADS)
