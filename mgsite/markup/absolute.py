"""HTML of ours for a reader who has it from elsewhere: a link that begins with / or # gets a full address."""

from __future__ import annotations

import re
from html import escape

TAG = re.compile(r"""<([a-z][a-z0-9]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""", re.IGNORECASE)
"""An opening tag with its attributes: what stands between tags is text, and stays as it is."""
LINK = re.compile(r"""(\s(?:href|src)=)(["'])(/(?!/)|#|\?)""")
INSIDE = frozenset({"/"})
"""How a link begins that any element may have. A drawing refers to its own parts by `#`, so that is for `a` alone."""


def absolute(html: str, *, site: str, page: str) -> str:
    """Our own HTML with full addresses. `site`: such as https://example.org; `page`: the address it stands at."""
    starts = {"/": f"{site}/", "#": f"{page}#", "?": f"{page}?"}

    def tag(found: re.Match[str]) -> str:
        name, attributes = found[1], found[2]
        return f"<{name}{LINK.sub(lambda link: _link(link, starts, anchor=name.lower() == 'a'), attributes)}>"

    return TAG.sub(tag, html)


def _link(found: re.Match[str], starts: dict[str, str], *, anchor: bool) -> str:
    if not anchor and found[3] not in INSIDE:
        return found[0]
    return f"{found[1]}{found[2]}{escape(starts[found[3]])}"
