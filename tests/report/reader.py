"""A reader of Markdown, and what it may find in a text that holds words from outside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

PARSER = MarkdownIt("gfm-like")
OUR_TAGS = re.compile(r"</?(details|summary|code|br)>")
NOTIFIES = re.compile(r"@\w|#\d|GH-\d|\b[0-9a-f]{7,40}\b")
"""What GitHub makes a link of, and tells somebody about."""


def tokens_of(text: str) -> Iterator[Token]:
    """Every token of a text, those in lines among them."""
    for token in PARSER.parse(text):
        yield token
        yield from token.children or ()


def assert_tame(text: str, links: tuple[str, ...]) -> None:
    """Fail if something of a text is markup, a link or a mention that is not ours."""
    inside_code = 0
    for token in tokens_of(text):
        if token.type in ("html_block", "html_inline"):
            inside_code += token.content.count("<code>") - token.content.count("</code>")
            outside = re.sub(r"<code>.*?</code>", "", token.content, flags=re.DOTALL)
            assert "<" not in OUR_TAGS.sub("", token.content), token.content
            assert NOTIFIES.search(outside) is None, outside
        elif token.type == "link_open":
            assert token.attrs["href"] in links
        elif token.type == "text" and not inside_code:
            assert NOTIFIES.search(token.content) is None, token.content
        assert token.type not in ("image", "hr", "blockquote_open", "s_open", "em_open")
