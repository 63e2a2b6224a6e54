"""The Markdown dialect: CommonMark, and one idea: a link can point into the catalog.

One parser reads articles (with tables, notes and references), one replies (without). HTML is text in both.
"""

from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import autolink, image, link
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

from mgsite.markup import inline, unread

ARTICLE_LIMIT = 200_000
REPLY_LIMIT = 10_000
"""Longest texts, in characters."""
ARTICLE_NESTING = 30
REPLY_NESTING = 12
"""Deepest nesting of lists and quotations. What lies deeper is left unread, so callers ask `first_too_deep`."""


BLOCK_LIMIT = 10_000
"""Most tokens in one block of an article, such as a table: what is read and checked in one piece."""
BRACKET_LIMIT = 3_000
"""Most opening brackets between two empty lines of an article: each may begin a link, so each is tried."""
NOTE_LIMIT = 500
REPLY_TOKEN_LIMIT = 2_000
"""Most tokens in a reply that is read as Markdown. The longest honest one has a few hundred."""


class MarkupError(ValueError):
    """A text that cannot be rendered at all, with a sentence for the person who wrote it."""


class Dialect(MarkdownIt):
    """Keeps destinations as written: mgsite.markup.addresses judges them, and says why when it refuses one."""

    def __init__(self, *, nesting: int) -> None:
        super().__init__("commonmark", {"html": False, "maxNesting": nesting})
        self.disable(["html_block", "html_inline"])

    def validateLink(self, url: str) -> bool:
        """Accept every destination for now."""
        return True

    def normalizeLink(self, url: str) -> str:
        """Leave a destination as it is."""
        return url

    def normalizeLinkText(self, link: str) -> str:
        """Show an address in angle brackets as it is."""
        return link


@cache
def article_parser() -> Dialect:
    """The parser of articles. It keeps nothing between texts, so one serves all."""
    parser = Dialect(nesting=ARTICLE_NESTING)
    parser.enable("table")
    parser.use(footnote_plugin, inline=False)
    rules = parser.inline.ruler
    for name, rule in {"link": link, "image": image, "autolink": autolink, "footnote_ref": footnote_ref}.items():
        rules.at(name, inline.placed(rule))
    for name, rule in {"citation": inline.citation, "record_link": inline.record_link, "claim": inline.claim}.items():
        rules.before("link", name, rule)
    # Before escaped characters are joined with their neighbours: `\\[@x]` is meant as text.
    parser.core.ruler.before("text_join", "unread_references", unread.note_unread_references)
    parser.core.ruler.before("footnote_tail", "unread_notes", unread.note_unused_notes)
    return parser


@cache
def reply_parser() -> Dialect:
    """The parser of replies."""
    return Dialect(nesting=REPLY_NESTING)


def parse_article(source: str) -> tuple[list[Token], dict[str, Any]]:
    """The tokens of an article and what the parser noted beside them.

    Raises MarkupError when it is too long, or when reading it would take too long.
    """
    check_length(source, limit=ARTICLE_LIMIT)
    _check_brackets(source)
    env: dict[str, Any] = {}
    tokens = article_parser().parse(source, env)
    _check_blocks(tokens)
    return tokens, env


def parse_reply(source: str) -> list[Token] | None:
    """The tokens of a reply; None when it is nested too deep or has too many marks to be read as Markdown."""
    tokens = reply_parser().parse(source)
    size = sum(1 + len(token.children or []) for token in tokens)
    return None if size > REPLY_TOKEN_LIMIT or first_too_deep(tokens, limit=REPLY_NESTING) else tokens


def check_length(source: str, *, limit: int) -> None:
    """Raise MarkupError for a text of more than `limit` characters."""
    if len(source) > limit:
        raise MarkupError(f"This text has {len(source):,} characters; at most {limit:,} are allowed.")


def _check_brackets(source: str) -> None:
    line = 1
    for paragraph in source.split("\n\n"):
        if paragraph.count("[") > BRACKET_LIMIT:
            raise MarkupError(
                f"The text at line {line} has more than {BRACKET_LIMIT:,} brackets without an empty line."
            )
        line += paragraph.count("\n") + 2


def _check_blocks(tokens: list[Token]) -> None:
    size, line, notes = 0, 1, 0
    for token in tokens:
        line = token.map[0] + 1 if token.map and token.level == 0 else line
        size = (0 if token.level == 0 and token.nesting >= 0 else size) + 1 + len(token.children or [])
        notes += token.type == "footnote_open"
        if size > BLOCK_LIMIT:
            raise MarkupError(f"The block at line {line} is too large; split it in two.")
    if notes > NOTE_LIMIT:
        raise MarkupError(f"There are {notes:,} notes; at most {NOTE_LIMIT} are allowed.")


def first_too_deep(tokens: list[Token], *, limit: int) -> Token | None:
    """The first block that lies so deep in lists and quotations that the parser stopped reading; None is usual."""
    return next((token for token in tokens if token.block and token.level >= limit - 1), None)
