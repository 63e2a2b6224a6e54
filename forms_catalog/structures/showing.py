"""A stored drawing as a page shows it: cleaned again, with its name and its description."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from forms_catalog.structures.cleaning import DrawingRefused, clean_drawing


def drawing_for_page(svg: str, *, key: str, title: str, description: str) -> SafeString:
    """The drawing with its words, which come from the record as it is now; empty where it must not be shown.

    `key` makes its identifiers, once on a page.
    """
    try:
        drawing = clean_drawing(svg) if svg else ""
    except DrawingRefused:
        return SafeString()
    opening, _, rest = drawing.partition(">\n")
    if not rest:
        return SafeString()
    # Both halves are what clean_drawing lets through: a list of lines and letters.
    head, body = mark_safe(opening), mark_safe(rest)  # noqa: S308
    return format_html(
        '{head} class="structure-drawing" role="img" focusable="false" aria-labelledby="{key}-t" '
        'aria-describedby="{key}-d"><title id="{key}-t">{title}</title><desc id="{key}-d">{description}</desc>\n{body}',
        head=head,
        body=body,
        key=key,
        title=title,
        description=description,
    )
