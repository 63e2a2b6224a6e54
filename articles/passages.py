"""An article's text as its plain words: passage by passage, with lines, and with what each passage refers to.

For those who read a text rather than show it: the gate, and the search for sentences that lean on a source.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token

from mgsite.markup.addresses import ToRecord, read_image, read_link
from mgsite.markup.cleaning import clean_source
from mgsite.markup.dialect import parse_article
from mgsite.markup.outline import Outline
from mgsite.markup.references import Kind

_SENTENCE_END = re.compile(r"(?<=[.!?])[”’\")]*\s+(?=[A-Z“‘(\"])")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that refers to a record: how many characters of the words come before it."""

    kind: Kind
    key: str
    offset: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, heading, list item or table cell. `words` keeps its line breaks; citations are silent."""

    line: int
    words: str
    mentions: tuple[Mention, ...] = ()
    notes: tuple[int, ...] = ()
    """Numbers of the end notes it refers to."""
    heads: str | None = None
    """For a table's cell: the words at the head of its column."""

    def line_at(self, offset: int) -> int:
        """The line of the source at an offset in the words; 0 for words that are not part of the source."""
        return self.line + self.words.count("\n", 0, offset) if self.line else 0

    def sentences(self) -> Iterator[tuple[int, str]]:
        """Each sentence with the offset at which it begins."""
        start = 0
        for end in _SENTENCE_END.finditer(self.words):
            yield start, self.words[start : end.start()]
            start = end.end()
        yield start, self.words[start:]

    def sentence_at(self, offset: int) -> str:
        """The sentence that holds the character at an offset, on one line."""
        found = [words for start, words in self.sentences() if start == 0 or start <= offset]
        return " ".join(found[-1].split())


@dataclass(frozen=True, slots=True)
class Passage:
    """An outermost block of the text, such as a whole list or table. `note`: its number, if it is an end note."""

    pieces: tuple[Piece, ...]
    note: int | None = None

    @property
    def words(self) -> str:
        """All its words."""
        return "\n".join(piece.words for piece in self.pieces)


def passages(body: str) -> list[Passage]:
    """The passages of an article's Markdown, end notes last. Raises MarkupError for a text that is too long."""
    tokens, _ = parse_article(clean_source(body))
    found = [Passage(tuple(_pieces(block)), _note_number(block)) for block in _blocks(tokens)]
    return [passage for passage in found if passage.pieces]


def _blocks(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """Outermost blocks; of the end notes each is one."""
    block: list[Token] = []
    for token in tokens:
        if token.type in {"footnote_block_open", "footnote_block_close"}:
            continue
        block.append(token)
        if token.type == "footnote_close" or (token.level == 0 and token.nesting <= 0):
            yield block
            block = []


def _note_number(block: list[Token]) -> int | None:
    return int(block[0].meta["id"]) if block[0].type == "footnote_open" else None


def _pieces(block: list[Token]) -> Iterator[Piece]:
    heads: list[str] = []
    column = 0
    for place, token in enumerate(block):
        if token.type == "tr_open":
            column = 0
        if token.type != "inline":
            continue
        piece = _read(token)
        if block[place - 1].type == "th_open":
            heads.append(piece.words)
        elif block[place - 1].type == "td_open":
            head = heads[column] if column < len(heads) else ""
            piece = Piece(piece.line, piece.words, piece.mentions, piece.notes, heads=head)
            column += 1
        yield piece


@dataclass(slots=True)
class _Reader:
    """Collects words and mentions of one inline token."""

    words: str = ""
    mentions: list[Mention] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)

    def read(self, tokens: Iterable[Token]) -> None:
        for token in tokens:
            match token.type:
                case "text" | "code_inline":
                    self.words += token.content
                case "softbreak" | "hardbreak":
                    self.words += "\n"
                case "citation":
                    self.words = self.words.rstrip(" ")
                    for cited in token.meta["cited"]:
                        self._mention(ToRecord(Kind.STUDY, cited.key))
                case "record_link":
                    to = read_link(token.meta["href"])
                    self._mention(to)
                    self.words += to.key.replace("-", " ") if isinstance(to, ToRecord) else ""
                case "link_open":
                    self._mention(read_link(str(token.attrs["href"])))
                case "image":
                    self._mention(read_image(str(token.attrs["src"])))
                    self.read(token.children or [])
                case "footnote_ref":
                    self.notes.append(int(token.meta["id"]))

    def _mention(self, to: object) -> None:
        if isinstance(to, ToRecord):
            self.mentions.append(Mention(to.kind, to.key, len(self.words)))


def _read(inline: Token) -> Piece:
    reader = _Reader()
    reader.read(inline.children or [])
    return Piece(
        line=(inline.map or [0])[0] + 1,
        words=reader.words,
        mentions=tuple(reader.mentions),
        notes=tuple(reader.notes),
    )


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it, down to the next. The first has neither heading nor place."""

    heading: str
    anchor: str
    words: str


def sections(body: str) -> Iterator[Section]:
    """The sections of an article's Markdown, each with its place on the page. Raises MarkupError for one too long."""
    outline = Outline()
    heading, anchor, words = "", "", []
    tokens, _ = parse_article(clean_source(body))
    for block in _blocks(tokens):
        pieces = list(_pieces(block))
        if block[0].type != "heading_open":
            words += [" ".join(piece.words.split()) for piece in pieces]
        elif title := " ".join(Passage(tuple(pieces)).words.split()):
            yield Section(heading, anchor, "\n".join(words))
            heading, words = title, []
            anchor = outline.heading(level=int(block[0].tag[1]), text=title, listed=True).id
    yield Section(heading, anchor, "\n".join(words))
