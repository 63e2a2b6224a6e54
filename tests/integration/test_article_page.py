"""Around an article's text: who stands behind it, what it leads to, how to cite it, what a printed copy says."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.actions.articles import publish_article, save_draft
from articles.models import Article, SlugRedirect
from articles.rendering import sync_references
from tests import dom
from tests.editing import change, sign_in_editor
from tests.factories import make_form, make_mechanism, make_published_article, make_study, make_user

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def page_of(client, address: str = "/articles/a/") -> str:
    return client.get(address).content.decode()


def byline(client) -> str:
    return " ".join("".join(dom.find(page_of(client), ".//div[@class='bylines']").itertext()).split())


def test_what_nobody_stated_is_said_to_be_so(client) -> None:
    make_published_article(slug="a")

    said = byline(client)

    for words in (
        "The editors (credentials not stated)",
        "not yet reviewed by a clinician",
        "no check of the evidence is recorded",
        "next check: no date set",
        "No funding is recorded for this article. Conflicts of interest were not stated.",
    ):
        assert words in said


def test_what_was_stated_is_shown(client) -> None:
    make_published_article(
        slug="a",
        byline="A. Writer",
        credentials="registered dietitian",
        reviewer="B. Reader, MD",
        funding="None.",
        conflicts="A. Writer has advised a maker of tablets.",
        evidence_checked_on=TODAY,
        next_check_on=TODAY + dt.timedelta(days=180),
    )

    said = byline(client)

    assert "A. Writer, registered dietitian" in said
    assert "reviewed by B. Reader, MD" in said
    assert "Funding: None. Conflicts of interest: A. Writer has advised a maker of tablets." in said
    assert "next check due" in said
    assert "not stated" not in said


@pytest.mark.parametrize(("days", "words"), [(-1, "next check was due"), (0, "next check due"), (1, "next check due")])
def test_late_check_is_said_to_be_late(client, days: int, words: str) -> None:
    make_published_article(slug="a", next_check_on=TODAY + dt.timedelta(days=days))

    assert words in byline(client)


def test_next_check_comes_after_the_last_one() -> None:
    article = make_published_article(evidence_checked_on=TODAY)
    article.next_check_on = TODAY

    with pytest.raises(ValidationError, match="comes after the last one"):
        article.full_clean(exclude=["live"])


def test_readers_keep_the_interests_of_the_version_they_see(client) -> None:
    article = make_published_article(slug="a", funding="A grant.")
    article.funding, article.credentials = "Another grant.", "chemist"
    save_draft(article=article, by=None)
    assert "Funding: A grant." in byline(client)

    publish_article(article=article, by=make_user(), change_note="New grant.")

    assert "Funding: Another grant." in byline(client)
    assert article.revisions.get(number=1).funding == "A grant."


def test_date_of_the_next_check_shows_at_once(client) -> None:
    article = make_published_article(slug="a")
    before = client.get("/articles/a/").headers["ETag"]
    article.next_check_on = TODAY + dt.timedelta(days=30)
    save_draft(article=article, by=None)

    assert client.get("/articles/a/").headers["ETag"] != before
    assert "next check due" in byline(client)


# What the text leads to


def glances(html: str) -> dict[str, str]:
    items = dom.parse(html).findall(".//ul[@class='glances']/li")
    return {item.find("p/a").get("href"): " ".join(" ".join(item.itertext()).split()) for item in items}


def test_each_record_the_text_links_to_is_there_at_a_glance(client, first_edition) -> None:
    found = glances(page_of(client, "/articles/magnesium-for-depression-anxiety-and-your-memory/"))

    assert "7.8 % magnesium by weight (monohydrate)" in found["/forms/l-threonate/"]
    assert "Highest rung with a study: measured in people" in found["/mechanisms/gaba-a/"]
    # Its entry in the reference list says it already.
    assert "/studies/barragan2008/" not in found


def test_study_named_without_a_citation_is_listed_with_design_and_people(client) -> None:
    make_study(slug="s1", title="On sleep", design="rct", species="human", n=46)
    make_study(slug="s2", title="Cited", design="animal", species="mouse", n=24)
    article = make_published_article(slug="a", body="[A trial](study:s1) and a claim [@s2].")
    sync_references(article)

    html = page_of(client)

    assert "Randomised trial, 46 people On sleep" in glances(html)["/studies/s1/"]
    assert list(glances(html)) == ["/studies/s1/"]
    assert "Animal study, 24 mice" in dom.text(html)


def test_records_without_structures_or_ladder_have_a_glance_too(client) -> None:
    make_form(slug="f1", hydrate=False, name="Magnesium plain", absorption="Not measured. More.")
    make_mechanism(slug="m1", name="Guess", what_magnesium_does="Nobody knows. More.")
    sync_references(make_published_article(slug="a", body="[[form:f1]] [[mechanism:m1]]"))

    found = glances(page_of(client))

    assert found["/forms/f1/"] == "Magnesium plain Not measured."
    assert found["/mechanisms/m1/"] == "Guess No rung is reached by a study that stands Nobody knows."


def test_retracted_study_holds_up_no_rung_at_a_glance(client) -> None:
    study = make_study(slug="s1", publication_status="retracted", publication_note="Taken back.")
    mechanism = make_mechanism(slug="m1", name="Guess")
    mechanism.ladder.create(rung="human_symptom", study=study, note="Found it.")
    sync_references(make_published_article(slug="a", body="[[mechanism:m1]]"))

    assert "No rung is reached" in glances(page_of(client))["/mechanisms/m1/"]


def test_retracted_study_is_said_to_be_one_at_a_glance(client) -> None:
    make_study(slug="s1", title="A find", design="rct", publication_status="retracted", publication_note="Taken back.")
    sync_references(make_published_article(slug="a", body="[a trial](study:s1), since retracted"))

    assert "Retracted, Randomised trial" in glances(page_of(client))["/studies/s1/"]


def test_more_records_ask_nothing_more(client) -> None:
    counts = []
    for slug, number in (("few", 1), ("many", 5)):
        names = [f"{slug}{each}" for each in range(number)]
        for name in names:
            make_form(slug=name, name=f"Form {name}")
            make_mechanism(slug=name, name=f"Mechanism {name}")
        body = " ".join(f"[[form:{name}]] [[mechanism:{name}]]" for name in names)
        sync_references(make_published_article(slug=slug, body=body))
        client.get(f"/articles/{slug}/")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/articles/{slug}/")
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 12


# Citing it


def test_five_formats_stand_on_the_page_ready_to_copy(client) -> None:
    make_published_article(slug="a", title="On sleep & rest", published_at=dt.datetime(2026, 3, 4, tzinfo=dt.UTC))

    box = dom.find(page_of(client), ".//section[@class='cite-box']")

    assert [heading.text for heading in box.findall("details/h3")] == ["APA", "Vancouver", "BibTeX", "RIS", "CSL-JSON"]
    texts = ["".join(text.itertext()).strip() for text in box.findall("details/copy-text")]
    assert "The editors. (2026, March 4). On sleep & rest (Version 1)." in texts[0]
    assert "[Internet]" in texts[1]
    assert r"title = {{On sleep \& rest}}" in texts[2]
    assert texts[3].startswith("TY  - ELEC")
    assert json.loads(texts[4])[0]["title"] == "On sleep & rest"
    assert [link.get("href") for link in box.findall("details/p/a")] == [
        "/articles/a.bib",
        "/articles/a.ris",
        "/articles/a.csl.json",
    ]


@pytest.mark.parametrize("suffix", ["bib", "ris", "csl.json"])
def test_article_is_downloaded_as_the_page_shows_it(client, suffix: str) -> None:
    make_published_article(slug="a")

    response = client.get(f"/articles/a.{suffix}")

    assert response.headers["Content-Disposition"] == f'attachment; filename="a.{suffix}"'
    assert response.headers["ETag"]
    lines = response.content.decode().split()
    assert " ".join(lines) in " ".join(
        "".join(dom.find(page_of(client), ".//section[@class='cite-box']").itertext()).split()
    )


def test_former_address_of_a_citation_leads_to_the_present_one(client) -> None:
    article = make_published_article(slug="a")
    SlugRedirect.objects.create(slug="old", article=article)

    response = client.get("/articles/old.bib")

    assert (response.status_code, response.headers["Location"]) == (301, "/articles/a.bib")


def test_draft_has_no_citation(client) -> None:
    Article.objects.create(slug="draft", title="Draft", standfirst="x", body="x")

    assert client.get("/articles/draft.bib").status_code == 404


def test_printed_copy_says_where_and_when_it_was_taken(client) -> None:
    make_published_article(slug="a")

    said = " ".join("".join(dom.find(page_of(client), ".//p[@class='on-paper']").itertext()).split())

    assert "/articles/a/. Version 1, taken on" in said
    assert str(TODAY.year) in said
    assert "raised number" not in said


# For editors


def test_editors_see_the_reading_grade_and_readers_do_not(client) -> None:
    article = make_published_article(slug="a", body="Magnesium is a mineral. It is in nuts.")
    sign_in_editor(client)

    assert "SMOG" in client.get(change(article)).content.decode()
    assert "SMOG" not in page_of(client)


def test_picture_names_caption_credit_and_licence(client) -> None:
    from tests.factories import make_image

    image = make_image(alt="Seeds", caption="Pumpkin seeds.", credit="A. Photographer", licence="CC BY 4.0")
    make_published_article(slug="a", body=f"![]({image.file.url})")

    figure = dom.find(page_of(client), ".//figure")

    assert figure.find("img").get("alt") == "Seeds"
    assert " ".join("".join(figure.find("figcaption").itertext()).split()) == (
        "Pumpkin seeds. A. Photographer, CC BY 4.0"
    )
