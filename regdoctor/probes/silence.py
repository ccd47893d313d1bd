"""Libraries that would tell what passes through their hands are kept from it."""

from __future__ import annotations


def silence_logs() -> None:
    """Have no library log anything, whatever the environment has set up: at DEBUG some log what they send."""
    import logging
    import sys

    logging.disable(sys.maxsize)


def silence_http() -> None:
    """Have no connection print what it sends, as a switch of the standard library makes all of them do."""
    import http.client

    http.client.HTTPConnection.debuglevel = 0
