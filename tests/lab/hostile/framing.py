"""Owns the peers that frame their answers wrongly: bodies, heads, chunks and lines that lie or do not end."""

from __future__ import annotations

import gzip
import zlib

from tests.lab.hostile.script import (
    BASIC,
    HOLD,
    Hostile,
    answer,
    door,
    dripping,
    endless_door,
    head,
    over_tls,
)

_CHUNKED = "Transfer-Encoding: chunked"
_MEGABYTE = 1 << 20
_NO_HTTP = "does not answer in HTTP"

BODIES = (
    Hostile("endless-body", "not-a-registry", endless_door(head(), b"x" * 4096)),
    Hostile("endless-refusal", "not-a-registry", endless_door(head("401 Unauthorized"), b'"y":[' * 800)),
    Hostile(
        "endless-outage", "registry-unavailable", endless_door(head("503 Service Unavailable"), b"z" * 4096)
    ),
    Hostile(
        "endless-after-a-challenge",
        "bad-credentials",
        endless_door(head("401 Unauthorized", BASIC), b"w" * 4096),
        check="login",
        logins=1,
        received=384 << 10,
    ),
    Hostile(
        "dripping-body",
        "timeout-overall",
        over_tls(lambda asked: (head("200 OK", "Content-Length: 4000"), *dripping(b"v" * 4000))),
        says="did not answer in time",
    ),
    Hostile(
        "dripping-head",
        "timeout-overall",
        over_tls(lambda asked: dripping(head("401 Unauthorized", BASIC, "X-Lab: " + "u" * 4000))),
    ),
    Hostile(
        "length-without-end",
        "not-a-registry",
        endless_door(head("200 OK", f"Content-Length: {10**18}"), b"t" * 4096),
    ),
    Hostile(
        "length-that-never-comes",
        "timeout-overall",
        door(head("200 OK", f"Content-Length: {10**18}"), b"{}", HOLD),
    ),
    Hostile(
        "length-too-short",
        "bad-credentials",
        door(head("401 Unauthorized", BASIC, "Content-Length: 0"), answer() * 3),
        check="login",
        logins=1,
    ),
    Hostile(
        "length-too-long",
        "tcp-reset",
        door(head("200 OK", "Content-Length: 500", "Docker-Distribution-Api-Version: registry/2.0"), b"{}"),
        says="in mid-answer",
    ),
    Hostile("length-negative", "not-a-registry", door(head("200 OK", "Content-Length: -1"), b"{}")),
    Hostile("length-no-number", "not-a-registry", door(head("200 OK", "Content-Length: lots"), b"{}")),
    Hostile(
        "length-twice",
        "not-a-registry",
        door(head("200 OK", "Content-Length: 2", "Content-Length: 4000"), b"{}"),
        says="Content-Length",
    ),
    Hostile("gzip-bomb", "not-a-registry", door(answer(gzip.compress(b" " * 20 * _MEGABYTE), "200 OK", "Content-Encoding: gzip")), says="gzip"),
    Hostile("deflate-bomb", "not-a-registry", door(answer(zlib.compress(b" " * 20 * _MEGABYTE), "200 OK", "Content-Encoding: deflate")), says="deflate"),
    Hostile("brotli-garbage", "not-a-registry", door(answer(b"\x0b\x02\x80" * 5000, "200 OK", "Content-Encoding: br")), says="br"),
    Hostile(
        "no-utf-8-at-all",
        "not-a-registry",
        door(answer(bytes(range(256)) * 40, "404 \xff\xfe\x80", "X-Lab: \x80\xff", "Server: \xc3\x28")),
    ),
)

CHUNKS = (
    Hostile("chunk-no-number", "not-a-registry", door(head("200 OK", _CHUNKED), b"zz\r\n{}\r\n0\r\n\r\n"), says=_NO_HTTP),
    Hostile("chunk-negative", "not-a-registry", endless_door(head("200 OK", _CHUNKED) + b"-1\r\n", b"s" * 4096)),
    Hostile("chunk-without-end", "not-a-registry", endless_door(head("200 OK", _CHUNKED) + b"f" * 16 + b"\r\n", b"r" * 4096)),
    Hostile("chunks-without-end", "not-a-registry", endless_door(head("200 OK", _CHUNKED), b"1000\r\n" + b"q" * 4096 + b"\r\n")),
    Hostile("chunk-extensions", "not-a-registry", endless_door(head("200 OK", _CHUNKED), b"1;" + b"x" * 30000 + b"\r\np\r\n")),
    Hostile("chunk-line-without-end", "not-a-registry", endless_door(head("200 OK", _CHUNKED), b"0" * 4096)),
    Hostile("chunk-trailers", "not-a-registry", endless_door(head("200 OK", _CHUNKED) + b"2\r\n{}\r\n0\r\n", b"X-Lab: trailer\r\n" * 200)),
    Hostile("chunk-that-never-comes", "timeout-overall", door(head("200 OK", _CHUNKED), b"ff\r\n{", HOLD)),
    Hostile("chunk-that-breaks-off", "tcp-reset", door(head("200 OK", _CHUNKED), b"ff\r\n{"), says="in mid-answer"),
)

HEADS = (
    Hostile("many-headers", "not-a-registry", endless_door(b"HTTP/1.1 401 Unauthorized\r\n", b"X-Lab: 1\r\n" * 200)),
    Hostile("long-header", "not-a-registry", endless_door(b"HTTP/1.1 401 Unauthorized\r\nX-Lab: ", b"o" * 4096)),
    Hostile("long-headers", "not-a-registry", door(head("401 Unauthorized", *(f"X-Lab-{at}: {'n' * 60000}" for at in range(90))))),
    Hostile("folded-header", "not-a-registry", endless_door(b"HTTP/1.1 401 Unauthorized\r\nX-Lab: m\r\n", b" folded\r\n" * 300)),
    Hostile("header-names-with-nul", "not-a-registry", door(answer(b"{}", "401 Unauthorized", "X-\0Lab: l", "\0: k", "Www-Auth\0enticate: Basic"))),
    Hostile("header-without-colon", "not-a-registry", door(answer(b"{}", "401 Unauthorized", "no colon here", BASIC))),
    Hostile("endless-continue", "not-a-registry", endless_door(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100)),
    Hostile("endless-hints", "not-a-registry", endless_door(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 100)),
    Hostile("switching-protocols", "not-a-registry", door(head("101 Switching Protocols", "Upgrade: h2c"), HOLD)),
    Hostile("http-0-9", "not-a-registry", door(b"<html>hello</html>\n"), says=_NO_HTTP),
    Hostile("http-2-frames", "not-a-registry", door(b"\0\0\x12\x04\0\0\0\0\0" + b"\0\x03\0\0\0\x80" * 3), says=_NO_HTTP),
    Hostile("http-9-9", "not-a-registry", door(b"HTTP/9.9 200 OK\r\n\r\n{}"), says=_NO_HTTP),
    Hostile("status-no-number", "not-a-registry", door(head("abc OK")), says=_NO_HTTP),
    Hostile("status-of-four-digits", "not-a-registry", door(head("2000 OK")), says=_NO_HTTP),
    Hostile("status-unknown", "not-a-registry", door(answer(b"{}", "799 Whatever"))),
    Hostile("status-line-without-end", "not-a-registry", endless_door(b"HTTP/1.1 200 ", b"j" * 4096), says=_NO_HTTP),
    Hostile("empty-lines", "not-a-registry", endless_door(b"", b"\r\n" * 2048), says=_NO_HTTP),
    Hostile("dripping-status", "timeout-overall", over_tls(lambda asked: dripping(b"HTTP/1.1 200 " + b"i" * 4000))),
)

PEERS = (*BODIES, *CHUNKS, *HEADS)
