"""What an address that leads nowhere may have been meant for: its words, searched for."""

from __future__ import annotations

import logging
import re
from typing import Any

from django.db import DatabaseError
from django.http import QueryDict

from forms_catalog.queries.filters import clean_text
from mgsite.search.page import search_for

MOST = 5
_FORMAT = re.compile(r"\.[a-z0-9.]{1,8}$", re.IGNORECASE)
_SEPARATORS = re.compile(r"[^\w]+|_+")
SECTIONS = {
    "articles",
    "forms",
    "mechanisms",
    "outcomes",
    "studies",
    "claims",
    "glossary",
    "replies",
    "www",
    "index",
    "html",
}
"""Parts of addresses that tell where, not what."""

logger = logging.getLogger(__name__)


def words_of(path: str) -> str:
    """The words in an address, without its section and format: "/forms/magnesim-oxide.html" is "magnesim oxide".

    An address that begins with a point, such as "/.well-known/", is asked for by programs and means none of ours.
    """
    if path.startswith("/."):
        return ""
    words = clean_text(_SEPARATORS.sub(" ", _FORMAT.sub("", path))).split()
    return " ".join(word for word in words if word.lower() not in SECTIONS)


def meant_by(path: str) -> dict[str, Any]:
    """The best results for an address's words, for the page that says that it leads nowhere.

    While the database cannot answer there are none: that page has fixed ways on, and must not fail itself.
    """
    words = words_of(path)
    query = QueryDict(mutable=True)
    query["q"] = words
    try:
        search = search_for(query) if words else None
        return {"words": words, "answer": search and search.answer, "results": search.results[:MOST] if search else []}
    except DatabaseError:
        logger.warning("An address that leads nowhere could not be searched for.")
        return {"words": words, "answer": None, "results": []}
