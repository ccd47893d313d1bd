"""Owns the hostile peers: what a registry does that is broken, or worse, each with the one right finding."""

from __future__ import annotations

from tests.lab.hostile import framing, leading, texts, tokens, wire
from tests.lab.hostile.script import DOMAIN, Ground, Hostile

__all__ = ["DOMAIN", "HOSTILE", "Ground", "Hostile"]

HOSTILE: tuple[Hostile, ...] = (*framing.PEERS, *leading.PEERS, *tokens.PEERS, *texts.PEERS, *wire.PEERS)
