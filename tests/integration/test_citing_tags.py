"""Zotero's own rules, turned on our pages, give back what the records say."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from django.db.models import Q
from django.test import Client

from articles.citing import work_of as work_of_article
from articles.models import Article
from forms_catalog.bibliography import Medium, Name, Work
from forms_catalog.bibliography.studies import work_of
from forms_catalog.bibliography.work import page_range, tidy
from forms_catalog.models import Claim, Form, Mechanism, Study
from forms_catalog.queries.study_list import listed
from forms_catalog.templatetags.citing import coins, study_tags
from mgsite.templatetags.ui import host
from tests.factories import make_claim, make_study, make_support
from tests.zotero import Item, Page, offered
from tests.zotero.names import Creator

HOST = "http://testserver"
GRAPH = """<meta property="og:type" content="{type}"><meta property="og:site_name" content="Magnesium &amp; Mind">
<meta property="og:title" content="Our page"><meta property="og:description" content="Our words">
<meta property="og:url" content="http://testserver/ours/"><meta property="og:image" content="/ours.png">
<script type="application/ld+json">{{"@type": "MedicalWebPage", "name": "Our page", "datePublished": "1999"}}</script>
</head>"""


def page_at(client: Client, address: str, *, og: str = "") -> Page:
    """A page, with Open Graph and JSON-LD beside whatever it has if `og` names a type."""
    response = client.get(address)
    assert response.status_code == 200
    return Page(with_graph(response.content.decode(), og), f"{HOST}{address}")


def with_graph(html: str, og: str) -> str:
    assert "</head>" in html
    return html.replace("</head>", GRAPH.format(type=og), 1) if og else html


def only(items: list[Item]) -> Item:
    (item,) = items
    return item


def plain(given: str) -> str:
    """A given name without the dots and spaces that Zotero puts after initials."""
    return re.sub(r"[\s.]", "", given)


def names_in(creators: Iterable[Creator]) -> list[Name]:
    return [Name(creator.last, plain(creator.first)) for creator in creators]


def names_of(work: Work) -> list[Name]:
    """The record's. A group has no commas, which would part it; in 'Drugs.com' Zotero puts a space behind the dot."""
    return [
        Name(name.family, plain(name.given)) if name.given else Name(as_group(name.family)) for name in work.authors
    ]


def as_group(name: str) -> str:
    name = name.replace(",", "")
    return re.sub(r"\.(?=\S)", ". ", name, count=1) if " " in name else name


def said_by(work: Work) -> dict[str, str]:
    """What any item of the work has to say: nothing that is not known, either."""
    journal = work.medium == Medium.JOURNAL
    return {
        "title": work.title,
        "date": "/".join(f"{part:02}" for part in work.issued),
        "publicationTitle": work.container if journal else "",
        "volume": work.volume,
        "issue": work.issue,
        "pages": "-".join(filter(None, page_range(work.pages))),
        "DOI": work.doi if journal else "",
        "ISSN": work.issn,
    }


def agrees(item: Item, work: Work) -> bool:
    """Whether a study's page says what the record says, of the work and not of the page."""
    work = tidy(work)
    wanted = said_by(work)
    if work.url or work.doi:
        wanted["url"] = work.url or f"https://doi.org/{work.doi}"
    if work.medium == Medium.WEB:
        wanted["websiteTitle"] = host(work.url)
    for label, value in (("PMID", work.pmid), ("DOI", "" if work.medium == Medium.JOURNAL else work.doi)):
        assert (f"{label}: {value}" in item["extra"]) if value else (label not in item["extra"])
    assert item.type == ("journalArticle" if work.medium == Medium.JOURNAL else "webpage")
    assert {name: item[name] for name in wanted} == wanted
    assert names_in(item.creators) == names_of(work)
    return True


def agrees_in_list(item: Item, work: Work) -> bool:
    """The same of a list, where dates have hyphens, no page is a website, and a plus is lost on the way."""
    work = tidy(work)
    wanted = said_by(work) | {"date": said_by(work)["date"].replace("/", "-")}
    if work.medium == Medium.WEB or not work.doi:
        wanted["url"] = work.url
    wanted = {name: value.replace("+", " ") for name, value in wanted.items()}
    assert item.type == ("journalArticle" if work.medium == Medium.JOURNAL else "document")
    assert {name: item[name] for name in wanted} == wanted
    assert names_in(item.creators) == names_of(work)
    return True


def test_every_study_is_offered_as_its_record_has_it(first_edition: None) -> None:
    studies = list(Study.objects.published())
    assert len(studies) > 200
    for study in studies:
        for og in ("", "article", "website"):
            head = with_graph(f"<!doctype html><html lang=en-GB><head>{study_tags(study)}</head>", og)
            assert agrees(only(offered(Page(head, HOST))), work_of(study)), study.slug


def test_study_pages_offer_the_study_and_nothing_of_the_page(client: Client, first_edition: None) -> None:
    """Those above all where something is not known, for which Zotero would look around in the page."""
    studies = Study.objects.published().order_by("slug")
    gaps = list(studies.filter(Q(authors=[]) | Q(year=None) | Q(title="") | Q(source_url="")))
    assert len(gaps) > 10
    for study in [*gaps, *studies[::20]]:
        page = page_at(client, study.get_absolute_url(), og="article")
        assert agrees(only(offered(page)), work_of(study)), study.slug


def test_what_zotero_keeps_as_the_abstract_is_said_to_be_ours(client: Client, db: None) -> None:
    withdrawn = {"publication_status": "retracted", "publication_note": "The journal withdrew it."}
    study = make_study(summary="People slept\nno better.", **withdrawn)

    item = only(offered(page_at(client, study.get_absolute_url(), og="article")))

    assert item["abstractNote"] == (
        "Retracted. The journal withdrew it. In short, by Magnesium & Mind and not its authors: People slept no better."
    )


LISTS = {
    "study list": lambda: ["/studies/", "/studies/?page=2"],
    "explorer": lambda: ["/explore/?view=studies"],
    "form": lambda: [form.get_absolute_url() for form in Form.objects.all()],
    "mechanism": lambda: [mechanism.get_absolute_url() for mechanism in Mechanism.objects.all()],
    "claim": lambda: [claim.get_absolute_url() for claim in Claim.objects.order_by("slug")[::5]],
}


@pytest.mark.parametrize("kind", LISTS)
def test_every_list_offers_the_studies_it_shows(kind: str, client: Client, first_edition: None) -> None:
    works = {study.get_absolute_url(): work_of(study) for study in Study.objects.published()}
    for address in LISTS[kind]():
        page = page_at(client, address, og="website")
        shown, items = listed_on(page), offered(page)
        assert shown or kind != "study list"
        assert len(items) == len(shown) or not shown
        for study, item in zip(shown, items, strict=False):
            assert agrees_in_list(item, works[study])


def listed_on(page: Page) -> list[str]:
    """Addresses of the studies in the page's lists, in their order."""
    titles = [*page.document.iterfind(".//li/p[@class='row-title']/a"), *page.document.iterfind(".//li/h3/a")]
    hrefs = [title.get("href") or "" for title in titles]
    return [href for href in hrefs if re.fullmatch(r"/studies/[^/?]+/", href)]


def test_every_article_is_offered_as_a_page_of_this_site(client: Client, first_edition: None) -> None:
    articles = list(Article.objects.published().select_related("live"))
    assert articles
    for article in articles:
        for og in ("", "article", "website"):
            item = only(offered(page_at(client, article.get_absolute_url(), og=og)))
            work = work_of_article(article, article.live)
            assert (item.type, item["websiteTitle"], item["language"]) == ("webpage", "Magnesium & Mind", "en-GB")
            assert (item["title"], item["url"], item["date"]) == (work.title, work.url, said_by(work)["date"])
            assert item.creators == [Creator("The editors")], "one field: nobody is called Editors"


HOSTILE = [
    """"><script>alert(1)</script> 'Mg' & <sub>2</sub>""",
    "&quot;&amp; &#x27; %26 %3D a=b&c;d",
    "β-Endorphin – α₂ “quoted” «Žižek» 😀",
    "Journal of Trials",
    "line\r\nbreak\ttab \u2028 end",
    "{{ study.pk }} {% now 'Y' %}",
]
NAMES = ["O'Brien, Éamon", "de la Cruz, Ana María", "<b>Bold & Co</b>; Sons, Ltd", "Wang, Y", "Wang, Ying", "Žižek"]


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_texts_arrive_as_they_are(title: str, client: Client, db: None) -> None:
    study = make_study(title=title, authors=NAMES, journal=title, summary=title, doi="10.1000/a&b<c>'d\"(1)")
    page, in_list = page_at(client, study.get_absolute_url()), page_at(client, "/studies/")

    for item in (only(offered(page)), only(offered(in_list))):
        assert (item["title"], item["publicationTitle"], item["DOI"]) == (tidy(work_of(study)).title,) * 2 + (
            study.doi,
        )
    assert [name.last for name in only(offered(in_list)).creators] == [
        *("O'Brien", "de la Cruz", "<b>Bold & Co</b> Sons Ltd", "Wang", "Wang", "Žižek")
    ]
    assert only(offered(page)).creators == only(offered(in_list)).creators


def test_address_that_no_browser_opens_breaks_no_page(client: Client, db: None) -> None:
    study = make_study(kind="news", design="", journal="", source_url="https://[x/")

    assert f'<meta name="DC.source" content="{study.source_url}">' in page_at(client, study.get_absolute_url()).html


@pytest.mark.parametrize("name", ["de la Cruz, Ana María", "van den Berg, J W", "Poleszak, E"])
def test_single_author_stays_one_person(name: str, client: Client, db: None) -> None:
    study = make_study(authors=[name])

    assert names_in(only(offered(page_at(client, study.get_absolute_url()))).creators) == names_of(work_of(study))


def test_page_of_a_study_offers_no_other(client: Client, db: None) -> None:
    """COinS of what stands beside it would go before the study itself."""
    study = make_study()
    make_support(claim=make_claim(), study=study)

    assert "Z3988" not in page_at(client, study.get_absolute_url()).html


def test_list_asks_nothing_more_for_each_study(client: Client, db: None, django_assert_num_queries) -> None:
    for _ in range(3):
        make_study()
    deferred = list(listed(Study.objects.all()))

    with django_assert_num_queries(0):
        assert all("Z3988" in coins(study) for study in deferred)
