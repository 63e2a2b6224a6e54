"""Texts that are made to be expensive: refused in words, or read with bounded work."""

from __future__ import annotations

from contextlib import suppress

import pytest

from mgsite.markup import ARTICLE_LIMIT, REPLY_LIMIT, MarkupError, render_article, render_reply
from mgsite.markup.dialect import (
    BLOCK_LIMIT,
    BRACKET_LIMIT,
    NOTE_LIMIT,
    REPLY_TOKEN_LIMIT,
    parse_article,
    parse_reply,
)
from tests import dom
from tests.resolvers import FakeResolver

PATTERNS = [
    "> ", "* ", "- ", "1. ", "> - ", "[", "![", "`", "*_", "_a_*", "**a ", "a*b_", "<", "<a ", "<!--", "&", "&amp;",
    "&#x41;", "](", "[](", "[a](", "![a](", "[a][", "[x[", "[[", "[@", "[@a;", "[@a, ", "[[form:", "[a](claim:c1)",
    "[a [b](claim:c1) ", "[^a]", "[^a]: ", "[a]: b\n", "# ", "x\n-\n", "|a", "|a|b|\n|-|-|\n", "``` ", "a`b``c```",
    "\\", "\n> ", "> a\n\n", "a\n", "- a\n", "<http://a.b>", "[a](http://b.c)", "\u202e", "\u0301", "\U0001f468\u200d",
    "\0", "\x0b", "\ud800",
]  # fmt: skip


def filled(pattern: str, size: int) -> str:
    return (pattern * (size // len(pattern) + 1))[:size]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_pathological_reply_is_answered_with_bounded_output(pattern: str) -> None:
    source = filled(pattern, REPLY_LIMIT)

    tokens = parse_reply(source)
    html = render_reply(source).html

    assert tokens is None or sum(1 + len(token.children or []) for token in tokens) <= REPLY_TOKEN_LIMIT
    assert len(html) <= 12 * REPLY_LIMIT
    dom.parse_strictly(html)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_pathological_article_is_refused_or_rendered_with_bounded_output(pattern: str) -> None:
    source = filled(pattern, REPLY_LIMIT)

    with suppress(MarkupError):
        tokens, _ = parse_article(source)
        html = render_article(source, resolver=FakeResolver()).html

        assert len(tokens) <= 3 * len(source)
        assert len(html) <= 60 * len(source)


@pytest.mark.parametrize("pattern", ["[", "> ", "* ", "[@", "`[", "[a](claim:"])
def test_deep_nesting_never_exhausts_the_stack(pattern: str) -> None:
    for source in (filled(pattern, 3000), filled(pattern, 3000) + "x" + "]" * 1500):
        render_reply(source)
        render_article(source, resolver=FakeResolver())


def test_too_long_a_text_is_refused_in_words() -> None:
    with pytest.raises(MarkupError, match="This text has 200,001 characters; at most 200,000 are"):
        render_article("a" * (ARTICLE_LIMIT + 1), resolver=FakeResolver())
    with pytest.raises(MarkupError, match="at most 10,000"):
        render_reply("a" * (REPLY_LIMIT + 1))


def test_longest_texts_are_rendered() -> None:
    assert render_article("a" * ARTICLE_LIMIT, resolver=FakeResolver()).words == 1
    assert len(render_reply("a" * REPLY_LIMIT).html) == REPLY_LIMIT + len("<p></p>\n")


def test_paragraph_of_brackets_is_refused_with_its_line() -> None:
    with pytest.raises(MarkupError, match="The text at line 3 has more than 3,000 brackets"):
        render_article("one\n\n" + "[" * (BRACKET_LIMIT + 1), resolver=FakeResolver())


def test_block_that_is_too_large_is_refused_with_its_line() -> None:
    with pytest.raises(MarkupError, match="The block at line 3 is too large"):
        render_article("one\n\n" + "*a* " * BLOCK_LIMIT, resolver=FakeResolver())


def test_too_many_notes_are_refused() -> None:
    source = "".join(f"a[^{n}]\n\n[^{n}]: b\n\n" for n in range(NOTE_LIMIT + 1))

    with pytest.raises(MarkupError, match="There are 501 notes; at most 500 are"):
        render_article(source, resolver=FakeResolver())


@pytest.mark.parametrize("source", ["> " * 40 + "deep *words*\n\nand more", "*a* " * 1500])
def test_reply_that_is_not_read_as_markdown_loses_nothing(source: str) -> None:
    reply = render_reply(source)

    assert dom.text(reply.html) == " ".join(source.split())
    assert {element.tag for element in dom.elements(reply.html)} == {"p"}
    assert reply.links == ()
