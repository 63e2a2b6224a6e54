"""Pictures and charts: what an image in the Markdown becomes."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from markdown_it.token import Token

from mgsite.markup.addresses import ToNowhere, ToRecord
from mgsite.markup.composition import Composition, line_of
from mgsite.markup.references import Kind, Reference, Target
from mgsite.markup.words import plain_words

MOST_CHARTS = 20
UNDESCRIBED = "Describe this picture in the brackets."


def lone_image(inline: Token) -> Token | None:
    """The image that is all a paragraph holds, or None."""
    content = [child for child in inline.children or [] if child.type != "text" or child.content.strip()]
    return content[0] if len(content) == 1 and content[0].type == "image" else None


def figure(composition: Composition, inline: Token, image: Token) -> SafeString:
    """An image that stands alone: a picture with its caption, or a chart."""
    words = plain_words(image.children or [], composition.targets)
    target = _target(composition, inline, image, words)
    if target is None:
        return format_html("<p>{}</p>\n", composition.missing(words)) if words else SafeString("")
    if target.kind == Kind.CHART:
        if composition.charts == MOST_CHARTS:
            composition.complain(
                line_of(inline, image), image.meta["source"], f"An article holds at most {MOST_CHARTS} charts."
            )
            return format_html("<p>{}</p>\n", composition.missing(words))
        return format_html(
            '<div class="chart-block" role="group" aria-label="{}">{}</div>\n',
            words or target.title,
            composition.chart_slot(target.details["html"]),
        )
    caption = _caption(image, target)
    return format_html(
        '<figure class="picture">{}{}</figure>\n',
        _img(composition, inline, image, target),
        format_html("<figcaption>{}</figcaption>", caption) if caption else "",
    )


def inline_picture(composition: Composition, inline: Token, image: Token) -> SafeString:
    """An image among words."""
    words = plain_words(image.children or [], composition.targets)
    target = _target(composition, inline, image, words)
    if target is None:
        return composition.missing(words)
    if target.kind == Kind.CHART:
        composition.complain(
            line_of(inline, image), image.meta["source"], "A chart stands alone, with empty lines around it."
        )
        return composition.missing(words)
    return _img(composition, inline, image, target)


def _target(composition: Composition, inline: Token, image: Token, words: str) -> Target | None:
    to: ToRecord | ToNowhere = image.meta["to"]
    if isinstance(to, ToNowhere):
        composition.complain(line_of(inline, image), image.meta["source"], to.reason)
        return None
    return composition.look_up(Reference(to.kind, to.key, line_of(inline, image), words or image.meta["source"]))


def _img(composition: Composition, inline: Token, image: Token, target: Target) -> SafeString:
    details = target.details
    # A description of the text's own wins; else the record's, which can be bettered for every text at once.
    alt = plain_words(image.children or [], composition.targets) or details["alt"]
    if not alt.strip() and not details["decorative"]:
        composition.complain(line_of(inline, image), image.meta["source"], UNDESCRIBED)
    return format_html(
        '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy" decoding="async">',
        target.url,
        alt,
        details["width"],
        details["height"],
    )


def _caption(image: Token, target: Target) -> SafeString:
    """Caption, credit and licence, as far as there are any."""
    caption = image.attrs.get("title") or target.details["caption"]
    credit = ", ".join(part for part in (target.details["credit"], target.details["licence"]) if part)
    return format_html(
        "{}{}{}",
        caption,
        " " if caption and credit else "",
        format_html('<span class="credit">{}</span>', credit) if credit else "",
    )
