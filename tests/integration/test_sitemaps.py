"""The sitemap: valid after sitemaps.org 0.9, complete, dated only where a date is known, and cheap at any size."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from articles.actions.articles import archive_article
from forms_catalog.models import StudyArrival, VerdictChange
from forms_catalog.models.vocabulary import Verdict
from forms_catalog.synthetic import make_synthetic_studies
from mgsite import sitemaps as writing
from mgsite.pages import sitemaps
from tests import factories as make
from tests.pages import RECORD_PAGES, SINGLE_PAGES, all_of

pytestmark = pytest.mark.django_db

XMLNS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "http://127.0.0.1:8000"
W3C = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d\+00:00)?")


def read(client: Client, path: str) -> dict[str, str | None]:
    """Addresses of a file or of the index, each with its date. Fails where the protocol's schema would."""
    response = client.get(path)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/xml; charset=utf-8")
    root = ElementTree.fromstring(response.content)
    element = {f"{XMLNS}urlset": "url", f"{XMLNS}sitemapindex": "sitemap"}[root.tag]
    assert 1 <= len(root) <= 50_000
    assert len(response.content) <= 50 * 1024 * 1024
    found: dict[str, str | None] = {}
    for entry in root:
        assert entry.tag == f"{XMLNS}{element}"
        assert [child.tag for child in entry] in ([f"{XMLNS}loc"], [f"{XMLNS}loc", f"{XMLNS}lastmod"])
        address, changed = entry[0].text or "", entry[1].text if len(entry) > 1 else None
        assert 12 <= len(address) <= 2048
        assert address.startswith(f"{SITE}/")
        assert changed is None or W3C.fullmatch(changed)
        found[address.removeprefix(SITE)] = changed
    assert len(found) == len(root), "an address is named twice"
    return found


def whole(client: Client) -> dict[str, str | None]:
    return {path: changed for file in read(client, "/sitemap.xml") for path, changed in read(client, file).items()}


LEFT_OUT = {
    *("article history", "claim card", "outcome card", "comparison"),
    *("style guide", "search", "search unasked", "people like me", "dose answered", "dose mistaken"),
    "dose with kidney disease",
}
"""Kinds of pages that are not to be found from outside, or are found from their record."""


def test_every_kind_of_page_is_in_it_once_or_is_left_out_on_purpose(first_edition: None, client: Client) -> None:
    kinds = [kind for kind in (*SINGLE_PAGES, *RECORD_PAGES) if kind not in LEFT_OUT]
    assert set(whole(client)) == {path for kind in kinds for path in all_of(kind)}


def test_files_stay_small_and_every_address_is_in_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    slugs = {make.make_term(name=f"quokka {number}", slug=f"quokka-{number}").slug for number in range(5)}
    monkeypatch.setattr(sitemaps, "FILE_SIZE", 2)
    files = [file for file in read(client, "/sitemap.xml") if "glossary" in file]
    assert files == ["/sitemap-glossary.xml", "/sitemap-glossary/2.xml", "/sitemap-glossary/3.xml"]
    found = [path for file in files for path in read(client, file)]
    assert sorted(found) == sorted(f"/glossary/{slug}/" for slug in slugs)
    assert writing.FILE_SIZE <= 50_000


@pytest.mark.parametrize("path", ["studies", "nothing", "studies/0", "studies/2", "glossary/99999999999999999999"])
def test_a_file_without_addresses_is_not_there(path: str, client: Client) -> None:
    make.make_term(name="quokka", slug="quokka")
    assert client.get(f"/sitemap-{path}.xml").status_code == 404
    assert "/sitemap-studies.xml" not in read(client, "/sitemap.xml")


def test_dates_are_those_of_the_change_and_never_made_up(client: Client) -> None:
    article, term = make.make_published_article(slug="a"), make.make_term(name="quokka", slug="quokka")
    changed = datetime(2025, 3, 4, 5, 6, 7, 890, tzinfo=timezone.get_current_timezone())
    type(article).objects.update(updated_at=changed)
    assert whole(client)["/articles/a/"] == "2025-03-04T05:06:07+00:00"
    assert whole(client)["/glossary/quokka/"] is None
    assert whole(client)["/"] is None
    client.force_login(make.make_user(is_superuser=True))
    page = f"/admin/forms_catalog/glossaryterm/{term.pk}/change/"
    form = client.get(page).context["adminform"].form
    sent = {"name": "quokka", "slug": "quokka", "definition": term.definition, "opened": form["opened"].value()}
    client.post(page, sent)
    assert whole(client)["/glossary/quokka/"] is None  # saved as it was
    client.post(page, sent | {"definition": "Another animal."})
    LogEntry.objects.update(action_time=changed)
    assert whole(client)["/glossary/quokka/"] == "2025-03-04T05:06:07+00:00"


def test_a_claim_changes_with_its_verdict_and_a_study_with_whatever_wrote_it(client: Client) -> None:
    claim, study = make.make_claim(), make.make_study()
    at = datetime(2025, 3, 4, 5, 6, 7, tzinfo=timezone.get_current_timezone())
    found = whole(client)
    assert (found[claim.get_absolute_url()], found[study.get_absolute_url()]) == (None, None)
    former = Verdict.UNSUPPORTED if claim.verdict != Verdict.UNSUPPORTED else Verdict.OVERSTATED
    VerdictChange.objects.create(claim=claim, at=at, former_verdict=former, verdict=claim.verdict)
    StudyArrival.objects.update_or_create(study=study, defaults={"at": at, "changed_at": at})
    found = whole(client)
    assert found[claim.get_absolute_url()] == found[study.get_absolute_url()] == "2025-03-04T05:06:07+00:00"


def test_what_readers_cannot_see_is_not_in_it(client: Client) -> None:
    article = make.make_published_article(slug="a")
    make.make_study(is_public=False)
    archive_article(article=article, by=make.make_user())
    assert not [path for path in whole(client) if path.startswith(("/articles/a", "/studies/a"))]
    assert "/sitemap-articles.xml" not in read(client, "/sitemap.xml")


def test_it_is_public_and_asked_for_again_at_no_cost(first_edition: None, client: Client) -> None:
    for path in ("/sitemap.xml", "/sitemap-studies.xml"):
        response = client.get(path)
        assert response.headers["Cache-Control"].startswith("public")
        assert client.get(path, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_queries_stay_as_they_are_with_many_more_studies(first_edition: None, client: Client, settings) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return len(queries)

    paths = ("/sitemap.xml", "/sitemap-studies.xml")
    before = [asked(path) for path in paths]
    make_synthetic_studies(number=300)
    assert [asked(path) for path in paths] == before
    assert max(before) <= 12


def test_robots_are_told_of_it_and_kept_from_nothing_in_it(first_edition: None, client: Client) -> None:
    said = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {SITE}/sitemap.xml" in said
    robots = RobotFileParser()
    robots.parse(said.splitlines())
    # A page that asks not to be listed must be read for it to be known.
    unlisted = (
        "/search/?q=sleep",
        "/articles/a/replies/",
        "/replies/passport/x/",
        "/claims/c28/card/",
        "/explore/?form=x",
    )
    assert [path for path in [*whole(client), *unlisted] if not robots.can_fetch("*", f"{SITE}{path}")] == []
    assert not robots.can_fetch("*", f"{SITE}/admin/login/")
