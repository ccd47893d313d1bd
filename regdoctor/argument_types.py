"""What the words after an option mean; a word without sense raises `argparse.ArgumentTypeError`."""

from __future__ import annotations

import argparse

from regdoctor.address import is_host, is_ip_address, normal_host
from regdoctor.settings import Override

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST = 1_000_000


def place(text: str) -> str | None:
    """A file to be written; none is standard output, which other programs call `-`."""
    return None if text == "-" else text


def _number(text: str) -> float:
    digits = text.replace(".", "", 1)
    if not (text.isascii() and digits.isdigit() and len(text) <= 20 and float(text) <= _MOST):
        raise ValueError
    return float(text)


def positive(text: str) -> float:
    """A number of seconds."""
    try:
        number = _number(text)
    except ValueError:
        number = 0
    if number <= 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds, above 0 and up to {_MOST}")
    return number


def days(text: str) -> float:
    """A number of days."""
    try:
        return _number(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of days, up to {_MOST}") from None


def count(text: str) -> int:
    """A number of things done at the same time."""
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) <= 10_000):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 10000")
    return int(text)


def ignored(text: str) -> str:
    """A cause, or one of a set: CAUSE[@ID]."""
    from regdoctor.causes import CAUSES

    cause, at, identifier = text.partition("@")
    if cause not in CAUSES:
        raise argparse.ArgumentTypeError(f"there is no cause {cause!r}{hint(cause, CAUSES)}")
    if at and not identifier:
        raise argparse.ArgumentTypeError(f"{text!r} names no set behind its @")
    return text


def hint(wrong: str, known: Iterable[str], otherwise: str = "; regdoctor causes lists them") -> str:
    """What may have been meant by a word that is not known, as the end of a sentence."""
    import difflib

    names = {each.lower(): each for each in known}
    near = difflib.get_close_matches(wrong.lower(), names, n=1)
    return f"; did you mean {names[near[0]]}?" if near else otherwise


def image(text: str) -> str:
    """The name of an image."""
    if not text.strip():
        raise argparse.ArgumentTypeError("an empty text is no image")
    return text


def override(text: str) -> Override:
    """HOST:PORT:ADDRESS[:PORT], with IPv6 addresses in brackets."""
    refused = argparse.ArgumentTypeError(f"{text!r} is not of the form HOST:PORT:ADDRESS[:PORT]")
    host, _, rest = text.partition(":")
    port, _, target = rest.partition(":")
    if target.startswith("["):
        address, _, to_port = target[1:].partition("]")
        to_port = to_port.removeprefix(":")
    else:
        address, _, to_port = target.partition(":")
    ports = [port, to_port or port]
    if not (is_host(host) and _is_address(address) and all(_is_port(number) for number in ports)):
        raise refused
    return Override(normal_host(host), int(ports[0]), address, int(ports[1]))


def _is_address(text: str) -> bool:
    return is_ip_address(text) and (":" in text or is_host(text))


def _is_port(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65536
