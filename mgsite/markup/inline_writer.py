"""Writes the inline tokens of one block as HTML: emphasis, links into the catalog, citations, claims, pictures."""

from collections.abc import Callable, Iterator

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from markdown_it.token import Token

from mgsite.markup import marks, pictures
from mgsite.markup.addresses import ToAddress, ToNowhere, ToRecord
from mgsite.markup.composition import Composition, line_at, line_of
from mgsite.markup.glossary import Found
from mgsite.markup.inline import Cited
from mgsite.markup.references import Kind, Reference, Target
from mgsite.markup.words import count_words, link_content, plain_words

NOTHING = mark_safe("")
_LINES = frozenset({"text", "softbreak"})
_TAGS = {
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "softbreak": "\n",
    "hardbreak": "<br>\n",
}


class InlineWriter:
    """Writes one inline token. Each opening link leaves behind how it ends."""

    def __init__(self, composition: Composition, inline: Token, *, explained: bool = True) -> None:
        self._composition = composition
        self._inline = inline
        self._explained = explained
        self._children = joined_lines(joined_citations(inline.children or []))
        self._endings: list[Callable[[], SafeString]] = []
        self._anchors = 0
        self._claims = 0

    def write(self) -> SafeString:
        """The HTML of the block's content."""
        self._composition.words += count_words(plain_words(self._children, self._composition.targets))
        html = "".join(self._write(place, token) for place, token in enumerate(self._children))
        return mark_safe(html)  # noqa: S308  every part below is a constant or escaped, and all is sanitised later

    def _write(self, place: int, token: Token) -> str:
        match token.type:
            case "text":
                return self._text(token.content)
            case "code_inline":
                return format_html("<code>{}</code>", token.content)
            case "citation":
                return self._citation(token)
            case "record_link":
                return self._record_link(token)
            case "link_open":
                return self._open_link(place, token)
            case "link_close":
                return self._endings.pop()()
            case "image":
                return pictures.inline_picture(self._composition, self._inline, token)
            case "footnote_ref":
                return self._composition.notes.marker(token.meta["id"] + 1, place=self._composition.outline.place)
            case _:
                return _TAGS[token.type]

    def _text(self, text: str) -> str:
        """Running text; the first use of each glossary term leads to its meaning."""
        parts, place = [], 0
        for found in self._terms_in(text):
            parts += [escape(text[place : found.start]), term_link(found.term.url)]
            parts += [escape(text[found.start : found.end]), mark_safe("</a>")]
            place = found.end
        return "".join([*parts, escape(text[place:])])

    def _terms_in(self, text: str) -> Iterator[Found]:
        """First uses. None inside a link: HTML has no link inside a link."""
        if not self._explained or self._anchors:
            return
        for found in self._composition.glossary.find(text):
            words = text[found.start : found.end]
            if self._composition.explain_term(found.term, line=self._line_of_words(words), text=words):
                yield found

    def _line_of_words(self, words: str) -> int:
        """Line of a term's first use; the block's first line where its source is spelled otherwise."""
        return line_at(self._inline, max(0, self._inline.content.find(words)))

    def _citation(self, token: Token) -> SafeString:
        found, missing = [], []
        for cited in dict.fromkeys(token.meta["cited"]):
            line = line_at(self._inline, cited.offset)
            target = self._composition.look_up(Reference(Kind.STUDY, cited.key, line, cited.source, cited.locator))
            if target:
                found.append((self._citation_link(cited, target),))
            elif self._composition.preview:
                missing.append(self._composition.missing(f"[@{cited.key}]"))
        links = format_html('<sup class="cite">{}</sup>', format_html_join(", ", "{}", found)) if found else NOTHING
        return format_html("{}{}", links, format_html_join("", "{}", ((words,) for words in missing)))

    def _citation_link(self, cited: Cited, target: Target) -> SafeString:
        number, marker_id, entry_id = self._composition.bibliography.cite(
            target, place=self._composition.outline.place, locator=cited.locator
        )
        return format_html(
            '<a id="{}" href="#{}"{} aria-label="Reference {}{}: {}">{}</a>',
            marker_id,
            entry_id,
            format_html(' title="{}"', cited.locator) if cited.locator else "",
            number,
            f", {cited.locator}" if cited.locator else "",
            target.title,
            number,
        )

    def _record_link(self, token: Token) -> SafeString:
        to: ToRecord = token.meta["to"]
        target = self._composition.look_up(self._reference(token, to, token.meta["source"]))
        if target is None:
            return self._composition.missing(to.key)
        return format_html("{}{}</a>", self._opening_to(target), target.title)

    def _open_link(self, place: int, token: Token) -> SafeString:
        opening, ending = self._link(place, token)
        self._endings.append(ending)
        return opening

    def _link(self, place: int, token: Token) -> tuple[SafeString, Callable[[], SafeString]]:
        words = plain_words(link_content(self._children, place), self._composition.targets)
        match token.meta["to"]:
            case _ if self._anchors:
                return NOTHING, _nothing  # HTML has no link inside a link
            case _ if not words:
                return self._refuse(token, "This link has no words.")
            case ToNowhere(reason):
                return self._refuse(token, reason)
            case ToAddress(href, external):
                rel = mark_safe(' rel="noopener"') if external else NOTHING
                return self._anchor(format_html('<a href="{}"{}>', href, rel))
            case to:
                return self._link_to_record(token, to, words)

    def _link_to_record(self, token: Token, to: ToRecord, words: str) -> tuple[SafeString, Callable[[], SafeString]]:
        if to.kind == Kind.CLAIM and self._claims:
            return self._refuse(token, "A claim cannot stand inside another.")
        target = self._composition.look_up(self._reference(token, to, words))
        if target is None:
            opening, ending = self._composition.missing_tags()
            return opening, lambda: ending
        if to.kind == Kind.CLAIM:
            return self._claim(target, words)
        return self._anchor(self._opening_to(target))

    def _opening_to(self, target: Target) -> SafeString:
        if target.kind != Kind.TERM:
            return format_html('<a class="to-{}" href="{}">', target.kind, target.url)
        self._composition.terms.setdefault(target.key, target.details["term"])
        return term_link(target.url)

    def _claim(self, target: Target, phrase: str) -> tuple[SafeString, Callable[[], SafeString]]:
        marking = self._composition.mark_claim(target, phrase)
        self._claims += 1

        def ending() -> SafeString:
            self._claims -= 1
            return marks.claim_closing(marking)

        return marks.claim_opening(marking), ending

    def _anchor(self, opening: SafeString) -> tuple[SafeString, Callable[[], SafeString]]:
        self._anchors += 1

        def ending() -> SafeString:
            self._anchors -= 1
            return mark_safe("</a>")

        return opening, ending

    def _refuse(self, token: Token, reason: str) -> tuple[SafeString, Callable[[], SafeString]]:
        self._composition.complain(line_of(self._inline, token), token.meta["source"], reason)
        return NOTHING, _nothing

    def _reference(self, token: Token, to: ToRecord, text: str) -> Reference:
        return Reference(to.kind, to.key, line_of(self._inline, token), text)


def joined_citations(children: list[Token]) -> list[Token]:
    """The same tokens, with neighbouring citations made one and no space before a citation's raised number."""
    joined: list[Token] = []
    for token in children:
        if token.type == "citation":
            while joined and _is_space(joined[-1]):
                joined.pop()
            if joined and joined[-1].type == "citation":
                joined[-1].meta["cited"].extend(token.meta["cited"])
                continue
            if joined and joined[-1].type == "text":
                joined[-1].content = joined[-1].content.rstrip()
        joined.append(token)
    return joined


def joined_lines(children: list[Token]) -> list[Token]:
    """The same tokens, with neighbouring lines of text made one: a term may stand across a line's end."""
    joined: list[Token] = []
    for token in children:
        if token.type in _LINES and joined and joined[-1].type == "text":
            joined[-1] = Token("text", "", 0, content=joined[-1].content + (token.content or "\n"))
        else:
            joined.append(token)
    return joined


def term_link(url: str) -> SafeString:
    """The start of a link to a term's page, which a script lets open the term's card: the address names it."""
    return format_html('<a class="term" href="{}">', url)


def _is_space(token: Token) -> bool:
    return token.type == "softbreak" or (token.type == "text" and not token.content.strip())


def _nothing() -> SafeString:
    return NOTHING
