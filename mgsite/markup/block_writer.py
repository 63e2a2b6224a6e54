"""Writes the block tokens of an article as HTML, and beside each block what its claims need."""

import re
from collections.abc import Iterator
from itertools import takewhile

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from markdown_it.token import Token

from mgsite.markup import marks, pictures
from mgsite.markup.composition import Composition
from mgsite.markup.inline_writer import InlineWriter
from mgsite.markup.notes import note_label
from mgsite.markup.words import count_words, plain_words

_TAGS = {
    "paragraph_open": "<p>",
    "paragraph_close": "</p>\n",
    "bullet_list_open": "<ul>\n",
    "bullet_list_close": "</ul>\n",
    "ordered_list_close": "</ol>\n",
    "list_item_open": "<li>",
    "list_item_close": "</li>\n",
    "blockquote_open": "<blockquote>\n",
    "blockquote_close": "</blockquote>\n",
    "hr": "<hr>\n",
    "table_close": "</table></div>\n",
    "thead_open": "<thead>",
    "thead_close": "</thead>\n",
    "tbody_open": "<tbody>\n",
    "tbody_close": "</tbody>",
    "tr_open": "<tr>",
    "tr_close": "</tr>\n",
    "footnote_close": "</div>\n",
}
_ALIGNMENTS = {
    "text-align:left": "align-left",
    "text-align:center": "align-center",
    "text-align:right": "align-right",
}


class BlockWriter:
    """Writes a whole token stream, block by block."""

    def __init__(self, composition: Composition) -> None:
        self._composition = composition
        self._cell_end = ""
        self._notes: dict[int, list[Token]] = {}

    def write(self, tokens: list[Token]) -> Iterator[str]:
        """The article's HTML, block by block, before sanitising. A note stands beside the block that calls it first."""
        body, notes = _split_notes(tokens)
        self._notes = {_number(note[0]): note for note in notes}
        blocks = [self._write_block(block) for block in _top_level(body)]
        blocks += [self._beside("", list(self._notes), block="")] if self._notes else []
        # Only now is every mark written that a note leads back to.
        yield from (self._with_ways_back(html) for html in blocks)

    def _write_block(self, block: list[Token]) -> str:
        if block[0].type != "heading_open":
            self._composition.outline.enter_block(block[0].type)
        html = self._write_tokens(block)
        html = self._beside(html, self._composition.notes.take_called(), block=block[0].type)
        self._composition.block += 1
        return html

    def _beside(self, html: str, numbers: list[int], *, block: str) -> str:
        """A block with its notes, and what its claims and theirs need. `block` is the type of its first token."""
        notes = "".join(self._write_notes(numbers))
        markings = self._composition.take_markings()
        return marks.passage(html, markings, notes=notes, block=block, trusted=self._composition.trusted_slot)

    def _write_notes(self, numbers: list[int]) -> Iterator[str]:
        """The notes that are not written yet, and those that they call in turn."""
        waiting = list(numbers)
        while waiting:
            note = self._notes.pop(waiting.pop(0), None)
            if note:
                yield self._write_tokens(note)
                waiting += self._composition.notes.take_called()

    def _with_ways_back(self, html: str) -> str:
        slots = re.compile(rf"{self._composition.slot('back-')}(\d+)\.")
        return slots.sub(lambda slot: self._composition.notes.ways_back(int(slot[1])), html)

    def _write_tokens(self, tokens: list[Token]) -> str:
        parts, place = [], 0
        while place < len(tokens):
            html, length = self._write_token(tokens, place)
            parts.append(html)
            place += length
        return "".join(parts)

    def _write_token(self, tokens: list[Token], place: int) -> tuple[str, int]:
        """The HTML at a place, and how many tokens it is made of."""
        token = tokens[place]
        match token.type:
            case "inline":
                return self._write_inline(token, explained=tokens[place - 1].type != "th_open"), 1
            case "heading_open":
                return self._write_heading(token, tokens[place + 1]), 3
            case "paragraph_open":
                return self._write_paragraph(tokens, place)
            case "paragraph_close" if token.hidden:
                return "", 1
            case "ordered_list_open":
                start = token.attrs.get("start")
                return format_html('<ol start="{}">\n', start) if start is not None else "<ol>\n", 1
            case "fence" | "code_block":
                self._composition.words += count_words(token.content)
                return format_html("<pre><code>{}</code></pre>\n", token.content), 1
            case "table_open":
                return self._open_table(tokens, place), 1
            case "th_open" | "td_open":
                return self._open_cell(token, tokens[place + 1]), 1
            case "th_close" | "td_close":
                return self._cell_end, 1
            case "footnote_open":
                return self._open_note(token), 1
            case "footnote_anchor":
                return "" if token.meta["subId"] else self._slot_for_ways_back(token), 1
            case _:
                return _TAGS[token.type], 1

    def _write_inline(self, inline: Token, *, explained: bool) -> SafeString:
        """`explained`: running text, in which the first use of a term opens its meaning."""
        return InlineWriter(self._composition, inline, explained=explained).write()

    def _write_paragraph(self, tokens: list[Token], place: int) -> tuple[str, int]:
        # Where a note's way back stands before the paragraph's end, the image is not alone.
        image = pictures.lone_image(tokens[place + 1]) if tokens[place + 2].type == "paragraph_close" else None
        if image:
            return pictures.figure(self._composition, tokens[place + 1], image), 3
        return "" if tokens[place].hidden else "<p>", 1

    def _write_heading(self, opening: Token, inline: Token) -> str:
        text = plain_words(inline.children or [], self._composition.targets)
        line = (opening.map or [0])[0] + 1
        if not text:
            self._composition.complain(line, inline.content or "#", "This heading has no words.")
            return ""
        level = int(opening.tag[1])
        if level == 1:
            self._composition.complain(line, text, "Begin headings with ##; the article's title is its only # heading.")
        heading = self._composition.outline.heading(level=level, text=text, listed=opening.level == 0)
        return format_html(
            '<h{} id="{}">{} <a class="permalink" href="#{}" aria-label="Link to this section: {}">#</a></h{}>\n',
            heading.level,
            heading.id,
            self._write_inline(inline, explained=False),
            heading.id,
            text,
            heading.level,
        )

    def _open_table(self, tokens: list[Token], place: int) -> SafeString:
        head = takewhile(lambda token: token.type != "thead_close", tokens[place:])
        heads = [plain_words(token.children or [], self._composition.targets) for token in head]
        words = ", ".join(filter(None, heads)) or self._composition.outline.place
        return format_html(
            '<div class="table-scroll" role="region" tabindex="0" aria-label="{}"><table>\n',
            self._composition.outline.new_label(f"Table: {Truncator(words).chars(100)}"),
        )

    def _open_cell(self, token: Token, inline: Token) -> SafeString:
        alignment = _ALIGNMENTS.get(str(token.attrs.get("style")))
        align = format_html(' class="{}"', alignment) if alignment else ""
        # A header without words would be announced as an empty header.
        is_head = token.type == "th_open" and bool(inline.content.strip())
        self._cell_end = "</th>" if is_head else "</td>"
        return format_html('<th scope="col"{}>' if is_head else "<td{}>", align)

    def _open_note(self, token: Token) -> SafeString:
        label = note_label(_number(token))
        self._composition.outline.enter_note(label)
        note_id = self._composition.notes.note_id(_number(token))
        return format_html(
            '<div class="side-note" id="{}"><span class="side-note-label">'
            '<span class="visually-hidden">Note </span>{}</span>\n',
            note_id,
            label,
        )

    def _slot_for_ways_back(self, token: Token) -> str:
        return self._composition.slot(f"back-{_number(token)}.")


def _number(token: Token) -> int:
    """Number of a note, from 1."""
    return int(token.meta["id"]) + 1


def _top_level(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens of each outermost block."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def _split_notes(tokens: list[Token]) -> tuple[list[Token], list[list[Token]]]:
    """The text, and the tokens of each note."""
    types = [token.type for token in tokens]
    if "footnote_block_open" not in types:
        return tokens, []
    start = types.index("footnote_block_open")
    notes: list[list[Token]] = []
    for token in tokens[start + 1 : -1]:
        if token.type == "footnote_open":
            notes.append([])
        notes[-1].append(token)
    return tokens[:start], notes
