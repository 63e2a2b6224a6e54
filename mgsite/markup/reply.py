"""From a reply's Markdown to HTML: emphasis, links, lists, quotations, code, and nothing else."""

from dataclasses import dataclass

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from markdown_it.token import Token

from mgsite.markup.addresses import SCHEMES, ToAddress, host_of, read_link
from mgsite.markup.cleaning import clean_readers_text
from mgsite.markup.dialect import REPLY_LIMIT, check_length, parse_reply
from mgsite.markup.sanitise import REPLY, sanitize_html
from mgsite.markup.words import link_content

REL = "ugc nofollow noopener"
_TAGS = {
    # Headings are not for replies: their words stay, as a paragraph.
    "heading_open": "<p>",
    "heading_close": "</p>\n",
    "paragraph_open": "<p>",
    "paragraph_close": "</p>\n",
    "bullet_list_open": "<ul>\n",
    "bullet_list_close": "</ul>\n",
    "ordered_list_close": "</ol>\n",
    "list_item_open": "<li>",
    "list_item_close": "</li>\n",
    "blockquote_open": "<blockquote>\n",
    "blockquote_close": "</blockquote>\n",
    "hr": "",
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "softbreak": "<br>\n",
    "hardbreak": "<br>\n",
}


@dataclass(frozen=True, slots=True)
class RenderedReply:
    """A rendered reply. `html` is sanitised."""

    html: str
    links: tuple[str, ...]
    """Addresses on other sites it links to, in order."""


def render_reply(source: str) -> RenderedReply:
    """Render a reply. Raises MarkupError when it is longer than REPLY_LIMIT characters."""
    check_length(source, limit=REPLY_LIMIT)
    text = clean_readers_text(source)
    tokens = parse_reply(text)
    if tokens is None:
        return RenderedReply(html=sanitize_html(_as_typed(text), policy=REPLY), links=())
    writer = ReplyWriter()
    return RenderedReply(html=sanitize_html(writer.write(tokens), policy=REPLY), links=tuple(writer.links))


def _as_typed(text: str) -> SafeString:
    """Plain paragraphs, so that nothing is lost of a text that is not read as Markdown."""
    paragraphs = [paragraph for paragraph in text.split("\n\n") if paragraph.strip()]
    return format_html_join("", "<p>{}</p>\n", ((paragraph,) for paragraph in paragraphs))


class ReplyWriter:
    """Writes the tokens of one reply."""

    def __init__(self) -> None:
        self.links: list[str] = []
        self._open: list[SafeString | None] = []

    def write(self, tokens: list[Token]) -> str:
        """HTML of a token stream, before sanitising."""
        return "".join(self._write(tokens, place) for place in range(len(tokens)))

    def _write(self, tokens: list[Token], place: int) -> str:
        token = tokens[place]
        match token.type:
            case "inline":
                return self.write(token.children or [])
            case "text":
                return escape(token.content)
            case "image":
                return escape(_words(token.children or []))
            case "code_inline":
                return format_html("<code>{}</code>", token.content)
            case "fence" | "code_block":
                return format_html("<pre><code>{}</code></pre>\n", token.content)
            case "paragraph_open" | "paragraph_close" if token.hidden:
                return ""
            case "ordered_list_open":
                start = token.attrs.get("start")
                return format_html('<ol start="{}">\n', start) if start is not None else "<ol>\n"
            case "link_open":
                return self._open_link(token, words=_words(link_content(tokens, place)))
            case "link_close":
                ending = self._open.pop()
                return "" if ending is None else ending
            case _:
                return _TAGS[token.type]

    def _open_link(self, token: Token, *, words: str) -> SafeString:
        to = read_link(str(token.attrs["href"]))
        if not isinstance(to, ToAddress) or not words or any(ending is not None for ending in self._open):
            self._open.append(None)
            return SafeString("")
        if to.external:
            self.links.append(to.href)
        self._open.append(format_html("</a>{}", _shown(to, words)))
        return format_html('<a href="{}" rel="{}">', to.href, REL)


def _shown(to: ToAddress, words: str) -> SafeString:
    """Where a link really leads, in plain text, unless its words say so already."""
    place = _place(to)
    if not place or words == place or _says_so(words, to, place):
        return SafeString("")
    return format_html(' <span class="link-host">({})</span>', place)


def _place(to: ToAddress) -> str:
    """A host, an e-mail address or a number; nothing for a link within this site."""
    if to.external:
        return host_of(to.href)
    scheme, _, rest = to.href.partition(":")
    return rest.partition("?")[0] if scheme in SCHEMES else ""


def _says_so(words: str, to: ToAddress, place: str) -> bool:
    """Whether the words are the address, with the host in its place and not behind a user name."""
    start = f"{to.href.partition(':')[0]}://{place}"
    return words == to.href and words.startswith(start) and words[len(start) : len(start) + 1] in {"", "/", "?", "#"}


def _words(tokens: list[Token]) -> str:
    """Plain words of inline tokens."""
    return "".join(token.content or _words(token.children or []) for token in tokens).strip()
