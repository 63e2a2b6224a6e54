"""A search as JSON, with the metadata that all JSON of the site has."""

from __future__ import annotations

from typing import Any

from forms_catalog.exports.about import about
from forms_catalog.exports.columns import Table, date, number, parts, text, texts, yes_no
from forms_catalog.exports.links import full, links_of, page_links
from forms_catalog.queries.filters import address
from forms_catalog.twins.twin import Group, Twin, contribute
from mgsite.search.page import Search, as_data

SEARCH = Table(
    "search",
    "A search: what was asked, a direct answer, and results",
    (
        text("query", "The words asked for"),
        text("kind", "The kind of thing asked for; empty: any"),
        text("understood_as", "The words as they were mended; empty: they were not"),
        yes_no("holds_all_words", "Whether each result holds every word; else some of them"),
        number("count", "Matches of the kind asked for", "matches"),
        parts("counts", "Matches of each kind"),
        text("answer.title", "Of the catalog’s own answer; answer is null: there is none"),
        text("answer.url", "Where it leads, as an address within this site"),
        text("answer.text", "The answer"),
        text("answer.certainty", "How sure it is; empty: not graded"),
        text("answer.status", "What a study’s journal has said since; empty: nothing"),
        texts("answer.facts", "What else is known in a line"),
        text("results[].kind", "What sort of thing"),
        text("results[].key", "Its key"),
        text("results[].url", "Its page, as an address within this site"),
        text("results[].title", "Its title"),
        text("results[].passage", "The passage in which the words were found"),
        date("results[].updated", "When it last changed, for an article or a reply"),
        text("results[].fact", "Of a form, mechanism or outcome: a fact in a line"),
        text("results[].verdict", "Of a claim"),
        text("results[].certainty", "Of a claim or outcome"),
        yes_no("results[].safety", "Of a claim: whether it touches safety"),
        text("results[].citation", "Of a study"),
        text("results[].design", "Of a study"),
        text("results[].people", "Of a study"),
        text("results[].status", "Of a study: what its journal has said since; empty: nothing"),
        text("results[].sections[].title", "Of an article: a section in which the words were found"),
        text("results[].sections[].url", "Its address"),
        number("page", "Which page of results", "from 1"),
        number("pages", "How many there are", "pages"),
    ),
)
TWIN = Twin(
    "search",
    Group.TOOLS,
    "Search",
    "/search/",
    "What the page finds, 20 results at a time, best first",
    {"": SEARCH},
    example="/search.json?q=glycinate+sleep",
    comes_last=True,
)


def hand_in() -> None:
    """Let `/data/` know it."""
    contribute(TWIN)


def search_document(search: Search) -> dict[str, Any]:
    """A page of a search."""
    params, page = search.filters.to_params(), search.page
    here, html = _address("/search.json", params, page.number), _address("/search/", params, page.number)
    between = page_links(
        lambda each: _address("/search.json", params, each), number=page.number, last=page.paginator.num_pages
    )
    said = about(title="Search", address=here)
    said |= {
        "page": full(html),
        "notices": list(search.filters.notices),
        "links": links_of(address=here, page=html) | between,
    }
    return {"metadata": said, **as_data(search)}


def _address(path: str, params: dict[str, str], number: int) -> str:
    query = address({**params, "page": str(number) if number > 1 else ""})
    return f"{path}?{query}" if query else path
