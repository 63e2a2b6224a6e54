"""What pages tell machines (JSON-LD) and cards (Open Graph) is in known terms, and is what the page shows."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import html5lib
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from articles.mail_links import confirm_link, stop_link
from articles.writers import digest_of
from mgsite.templatetags.open_graph import PICTURE
from tests.contracts.test_pages import words_of
from tests.factories import make_published_article, make_sent_reply
from tests.linked_data import documents, faults, types_of
from tests.pages import FRAMED, KINDS, one_of

OWN_TITLE = ("headline", "claimReviewed", "name")
"""Where a node says what its page is called, the first that it has."""
TELLS = {
    "home": "WebSite",
    "explorer ": "Dataset",
    "explorer ?view=ladder": "Dataset",
    "explorer ?view=studies": "Dataset",
    "data": "Dataset",
    "safety check": "MedicalWebPage",
    "article": "Article",
    "form": "DietarySupplement",
    "mechanism": "MedicalWebPage",
    "outcome": "MedicalWebPage",
    "study": "MedicalScholarlyArticle",
    "claim": "ClaimReview",
    "glossary term": "DefinedTerm",
}
"""The kinds of pages that tell of something beside the way to them."""
NAMED_OTHERWISE = {"home", "explorer ", "explorer ?view=ladder", "explorer ?view=studies", "data"}
"""Kinds whose data is named apart from the page's heading."""
SECRET = "Tq-hKzn5kbuoEVvuvjsDJTzzeNJf9emuWoV_atqH4Xw"


class Seen:
    """A page as a reader, a machine and a card see it."""

    def __init__(self, html: str) -> None:
        page = html5lib.parse(html, namespaceHTMLElements=False)
        self.documents = documents(html)
        self.heading = words_of(next(page.iter("h1")))
        self.title = html.partition("<title>")[2].partition("</title>")[0]
        self.times = {element.get("datetime") for element in page.iter("time")}
        self.crumbs = [
            (words_of(link), link.get("href"))
            for nav in page.iter("nav")
            if "breadcrumbs" in (nav.get("class") or "").split()
            for link in nav.iter("a")
        ]
        self.tags = [
            (element.get("property"), element.get("content"))
            for element in page.iter("meta")
            if element.get("property")
        ]
        self.description = next(e.get("content") for e in page.iter("meta") if e.get("name") == "description")
        self.canonical = [link.get("href") for link in page.iter("link") if link.get("rel") == "canonical"]
        self.head_title = words_of(next(page.iter("title")))

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [document for document in self.documents if kind in types_of(document)]


def wrong_data(seen: Seen, kind: str) -> list[str]:
    found = [fault for document in seen.documents for fault in faults(document)]
    told = [document for document in seen.documents if "BreadcrumbList" not in types_of(document)]
    if len(told) != (kind in TELLS) or (told and TELLS[kind] not in types_of(told[0])):
        found.append(f"tells of {[types_of(document) for document in told]}")
    for document in told:
        name = next(document[name] for name in OWN_TITLE if name in document)
        if kind not in NAMED_OTHERWISE and name.lower() != (seen.heading or "").lower():
            found.append(f"{name!r} is headed {seen.heading!r}")
        said = {document.get(each, "") for each in ("datePublished", "dateModified")}
        found += [f"{date} is not shown" for date in said - seen.times if len(date) > len("2026")]
    return found


def wrong_trail(seen: Seen, kind: str) -> list[str]:
    shown = seen.crumbs if kind != "style guide" else []  # its breadcrumbs are an example
    wanted = [(name, f"{settings.SITE_URL}{href}") for name, href in shown]
    wanted += [(seen.heading, None)] if shown else []
    said = [
        (step["name"], step.get("item", {}).get("@id"))
        for trail in seen.of("BreadcrumbList")
        for step in trail["itemListElement"]
    ]
    return [] if said == wanted else [f"breadcrumbs are {said}, not {wanted}"]


def wrong_card(seen: Seen) -> list[str]:
    tags = dict(seen.tags)
    found = [f"{name} twice" for name in tags if [each for each, _ in seen.tags].count(name) > 1]
    site = f" · {settings.SITE_NAME}"
    wanted = {
        "og:title": (seen.head_title or "").removesuffix(site),
        "og:description": " ".join((seen.description or "").split()),
        "og:url": seen.canonical[0] if seen.canonical else None,
        "og:site_name": settings.SITE_NAME,
        "og:locale": "en_GB",
        "og:image": f"{settings.SITE_URL}{settings.STATIC_URL}{PICTURE}",
    }
    said = {name: " ".join(tags.get(name, "").split()) for name in wanted}
    return found + [f"{name} is {said[name]!r}, not {value!r}" for name, value in wanted.items() if said[name] != value]


def test_every_page_tells_what_it_shows_in_known_terms(client: Client, first_edition: None) -> None:
    wrong: dict[str, list[str]] = {}
    for kind in KINDS:
        if kind in FRAMED:
            continue
        # A paper by name: which study comes first is each database's own choice, and some are no papers.
        address = "/studies/tarleton2017/" if kind == "study" else one_of(kind)
        seen = Seen(client.get(address).content.decode())
        found = wrong_data(seen, kind) + wrong_trail(seen, kind) + wrong_card(seen)
        if (dict(seen.tags).get("og:type") == "article") != (kind == "article"):
            found.append("is not of its kind on a card")
        wrong |= {kind: found} if found else {}
    assert wrong == {}


def test_the_picture_of_a_card_is_there_at_the_size_it_says(client: Client, db: None) -> None:
    tags = dict(Seen(client.get("/").content.decode()).tags)
    path = finders.find(urlsplit(tags["og:image"]).path.removeprefix(settings.STATIC_URL))
    with Image.open(path) as picture, open(path, "rb") as file:
        assert (str(picture.width), str(picture.height)) == (tags["og:image:width"], tags["og:image:height"])
        assert picture.format == "PNG"
        assert len(file.read()) < 60_000
    assert settings.SITE_NAME in tags["og:image:alt"]


@pytest.mark.django_db
def test_pages_that_are_nobodys_to_share_have_no_card(client: Client) -> None:
    article = make_published_article(slug="sleep")
    reply = make_sent_reply(article=article, email="anna@example.org", writer=digest_of(SECRET))
    assert 'property="og:title"' in client.get("/articles/sleep/").content.decode()
    private = {
        "an address of nothing": "/nowhere/",
        "a page that looked for its article": "/articles/nothing/",
        "a page that looked for its form": "/forms/nothing/",
        "the form for a reply": "/articles/sleep/replies/",
        "a passport": f"/replies/passport/{SECRET}/",
        "no passport": f"/replies/passport/{SECRET[:-1]}A/",
        "a reply that waits": reply.get_absolute_url(),
        "a mail's question": urlsplit(confirm_link(reply.contact)).path,
        "the end of mails": urlsplit(stop_link(reply.contact)).path,
    }
    pages = {name: client.get(address).content.decode() for name, address in private.items()}
    assert [name for name, html in pages.items() if "<title>" not in html] == []
    assert [name for name, html in pages.items() if 'property="' in html or "twitter:" in html] == []
    assert {name: found for name, html in pages.items() if (found := documents(html))} == {}
