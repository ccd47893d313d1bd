"""All parsers of what comes from outside, by name."""

from __future__ import annotations

from tests.fuzz import answers, files, texts, values, wire

PARSERS = {
    parser.name: parser for module in (values, answers, wire, files, texts) for parser in module.PARSERS
}
