"""A text that tells of a failure, and the causes that it shows."""

from __future__ import annotations

from regdoctor.explain.surroundings import known_to
from regdoctor.explain.verdicts import Explained, explain

__all__ = ["Explained", "explain", "known_to"]
