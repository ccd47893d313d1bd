"""Words about an answer that takes too long.

Go's net and net/http, Node, Python, Java, curl and Windows.
"""

from __future__ import annotations

from regdoctor.causes.signatures.signature import Signature
from regdoctor.causes.signatures.wording import SLOW

TIMEOUTS: tuple[Signature, ...] = (
    Signature(
        "tcp-timeout",
        "failed to connect to ",
        r"curl: \(28\) failed to connect to \S{1,200} port \d{1,5}",
        ("proxy-error", "registry-unavailable", "network-unreachable"),
        common=True,
        apart=SLOW,
        program="curl",
    ),
    Signature(
        "tcp-timeout",
        "i/o timeout",
        r"(dial|read|write) tcp.{0,160}i/o timeout",
        common=True,
        program="Go",
        also_possible=("proxy-error", "registry-unavailable"),
        apart=SLOW,
    ),
    Signature(
        "tcp-timeout",
        "timed out",
        r"(connection|operation|connect) timed out|connection attempt timed out",
        common=True,
        also_possible=("proxy-error", "registry-unavailable"),
        apart=SLOW,
    ),
    Signature(
        "tcp-timeout",
        "etimedout",
        common=True,
        program="Node",
        also_possible=("proxy-error", "registry-unavailable"),
        apart=SLOW,
    ),
    Signature(
        "tcp-timeout",
        "did not properly respond after a period of time",
        common=True,
        program="Windows",
        also_possible=("proxy-error", "registry-unavailable"),
        apart=SLOW,
    ),
    Signature(
        "timeout-overall",
        "408 request time",
        "",
        ("mtu-blackhole", "proxy-error", "registry-unavailable"),
        apart="The request began to arrive and never ended: if small requests pass, the packet size is too large for the way.",
        common=True,
    ),
    Signature(
        "timeout-overall",
        "client.timeout",
        r"client\.timeout (or context cancellation )?(exceeded )?while|client\.timeout exceeded",
        ("tcp-timeout", "proxy-error", "registry-unavailable"),
        apart=SLOW,
        program="Go",
        common=True,
    ),
    Signature(
        "timeout-overall",
        "request canceled",
        r"request canceled( while waiting for connection)?",
        ("tcp-timeout", "proxy-error"),
        common=True,
        apart=SLOW,
        program="Go",
    ),
    Signature(
        "timeout-overall",
        "context deadline exceeded",
        "",
        ("tcp-timeout", "registry-unavailable", "proxy-error"),
        common=True,
        apart=SLOW,
        program="Go",
    ),
    Signature(
        "timeout-overall",
        "deadlineexceeded",
        r"code = deadlineexceeded",
        ("tcp-timeout", "registry-unavailable"),
        common=True,
        apart=SLOW,
        program="gRPC",
    ),
    Signature(
        "timeout-overall",
        "timed out",
        r"read timed out",
        ("tcp-timeout", "registry-unavailable"),
        common=True,
        apart=SLOW,
        program="Python, Java",
    ),
    *(
        Signature(
            "tcp-timeout",
            words,
            "",
            ("proxy-error", "registry-unavailable"),
            common=True,
            apart=SLOW,
            program=program,
        )
        for words, program in (("connecttimeout", "Python, Java"), ("connection timeout", "tools"))
    ),
    *(
        Signature(
            "timeout-overall",
            words,
            "",
            ("tcp-timeout", "registry-unavailable"),
            common=True,
            apart=SLOW,
            program=program,
        )
        for words, program in (("readtimeout", "Python"), ("an http request took too long", "compose 1"))
    ),
    Signature(
        "timeout-overall",
        "httpclient.timeout",
        "",
        ("tcp-timeout", "registry-unavailable"),
        common=True,
        apart=SLOW,
        program=".NET",
    ),
    Signature(
        "timeout-overall",
        "timeout awaiting response headers",
        "",
        ("registry-unavailable", "proxy-error"),
        common=True,
        apart=SLOW,
        program="Go",
    ),
    Signature(
        "timeout-overall",
        "context canceled",
        r"(failed to do request|failed to copy|httpreadseeker|failed to pull).{0,800}: context canceled",
        ("tcp-timeout", "registry-unavailable"),
        level="symptom",
        apart="Something gave up waiting: a step that failed beside this one, a time limit, or a person.",
        program="containerd, BuildKit",
        common=True,
    ),
)
"""In the order of the table: the more telling first."""
