"""Finds out why a private container registry refuses a codespace, and how to mend it."""

__version__ = "0.1.0"
