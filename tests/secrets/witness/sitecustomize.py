"""Loaded by the interpreter before the program: notes what it opens to write, starts and connects to.

Where LOUD is set it also does what a curious developer would do: every library logs at DEBUG, and HTTP is
printed as it is sent.
"""

import json
import os
import sys
from typing import Any


def _watch(path: str) -> None:
    log = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
    kinds: tuple[str, ...] = (
        "subprocess.Popen",
        "os.exec",
        "os.posix_spawn",
        "os.system",
        "os.putenv",
        "os.rename",
        "os.link",
    )
    kinds += ("os.symlink", "os.mkdir", "os.chmod", "os.truncate", "socket.connect", "socket.sendto")
    kinds += ("socket.bind", "socket.getaddrinfo", "ctypes.dlopen", "webbrowser.open", "syslog.syslog")

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        try:
            if event == "open":
                *_, flags = arguments
                if not isinstance(flags, int) or not flags & writing:
                    return
            elif event not in kinds:
                return
            told = json.dumps([event, [_shown(each) for each in arguments]])
            os.write(log, f"{told}\n".encode())
        except Exception as error:  # whatever it was, the test is to see it
            os.write(log, (json.dumps(["unreadable", [repr(error)]]) + "\n").encode())

    sys.addaudithook(note)


def _shown(value: object) -> object:
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    if isinstance(value, dict):
        return {str(_shown(name)): _shown(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_shown(each) for each in value]
    return value if isinstance(value, (str, int, float, type(None))) else repr(value)


def _be_loud() -> None:
    import http.client
    import logging

    logging.basicConfig(level=logging.NOTSET, stream=sys.stderr, force=True)
    for name in ("asyncio", "boto3", "botocore", "botocore.endpoint", "docker", "docker.auth", "urllib3"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.DEBUG)
        logger.addHandler(logging.StreamHandler(sys.stderr))
    logging.getLogger("urllib3.connectionpool").setLevel(logging.DEBUG)
    http.client.HTTPConnection.debuglevel = 2
    http.client.HTTPSConnection.debuglevel = 2


if path := os.environ.get("WITNESS"):
    _watch(path)
if os.environ.get("LOUD"):
    _be_loud()
