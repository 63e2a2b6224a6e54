"""HTML of our pages made fit for feed readers, which know neither our styles nor where a text came from.

Every address becomes a whole one, a jump within the page a link to the page's place. What only works there goes:
pictures drawn for our style sheet, controls, anchors. What a style makes a mark on the page becomes words.
"""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin

import nh3

from mgsite.atom.text import legal

VOID = {"br", "hr", "img", "wbr", "input", "col", "source", "meta", "link", "area", "embed", "track"}
LEFT_OUT = {"svg", "script", "style", "form", "button", "input", "select", "textarea", "iframe", "object", "template"}
"""Elements that go with all they hold."""
LEFT_OUT_CLASSES = {
    *("permalink", "returns", "claim-card-body"),
    *("gap-key", "explorer-note", "forest-axis", "forest-strip"),
}
"""Ways back, the long form of a claim's card (its page has it), and what is or explains a drawing."""
INSTEAD = {"summary": "p", "aside": "blockquote", "details": "div", "section": "div", "header": "div"}
QUOTED = {"ledger"}
"""What stands in the margin of the page: set apart from the words of the text."""
PLAIN = (
    *("p", "div", "blockquote", "h2", "h3", "h4", "h5", "h6", "ul", "li", "dl", "dt", "dd", "pre", "hr", "br"),
    *("em", "strong", "b", "i", "sup", "sub", "small", "code", "cite", "time", "figure", "figcaption"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr"),
)
KEPT: dict[str, set[str]] = {
    **{tag: set() for tag in PLAIN},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"scope", "colspan", "rowspan"},
}


def for_readers(html: str, *, page: str) -> str:
    """The HTML as a feed reader may have it. `page`: the whole address of the page it stands on."""
    writer = _Writer(page)
    writer.feed(legal(html))
    writer.close()
    # The last word: whatever the writer let through, only these elements and attributes leave.
    return nh3.clean("".join(writer.parts).strip(), tags=set(KEPT), attributes=KEPT, link_rel=None)


class _Writer(HTMLParser):
    """Writes sound HTML again, element by element."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._page = page
        self._ends: list[str] = []
        self._inside = 0
        """How many elements deep inside something that is left out."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write it, or begin to leave out."""
        attributes = {name: value or "" for name, value in attrs}
        if self._inside or _is_left_out(tag, attributes):
            self._inside += tag not in VOID
        elif "mark" in attributes.get("class", "").split():
            self._write_mark(attributes)
        else:
            self._open(tag, attributes)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One that ends at once, as those of drawings do."""
        if tag in VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Write the end of what was begun last."""
        if tag in VOID:
            return
        if self._inside:
            self._inside -= 1
        elif self._ends:
            self.parts.append(self._ends.pop())

    def handle_data(self, data: str) -> None:
        """Write text."""
        if not self._inside:
            self.parts.append(escape(data, quote=False))

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        tag = "blockquote" if QUOTED & set(attributes.get("class", "").split()) else INSTEAD.get(tag, tag)
        kept = {name: value for name, value in attributes.items() if name in KEPT.get(tag, ())}
        for name in ("href", "src"):
            if name in kept:
                kept[name] = urljoin(self._page, kept[name])
        written = "".join(f' {name}="{escape(value)}"' for name, value in kept.items())
        self.parts.append(f"<{tag}{written}>")
        if tag not in VOID:
            self._ends.append(f"</{tag}>")

    def _write_mark(self, attributes: dict[str, str]) -> None:
        """An evidence mark: on the page a shape and a word in the flow of a sentence, here the word in brackets."""
        self._open("a", attributes)
        self.parts.append(f"[{escape(attributes.get('data-verdict', '').replace('_', ' '))}]")
        self.parts.append(self._ends.pop())
        self._inside = 1


def _is_left_out(tag: str, attributes: dict[str, str]) -> bool:
    return (
        tag in LEFT_OUT
        or attributes.get("aria-hidden") == "true"
        or bool(LEFT_OUT_CLASSES & set(attributes.get("class", "").split()))
    )
