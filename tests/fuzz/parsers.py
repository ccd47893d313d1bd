"""All parsers of what comes from outside, by name."""

from __future__ import annotations

from tests.fuzz import answers, files, texts, values

PARSERS = {each.name: each for each in (*values.PARSERS, *answers.PARSERS, *files.PARSERS, *texts.PARSERS)}
