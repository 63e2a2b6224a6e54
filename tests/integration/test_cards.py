"""Cards for other sites: what they carry, and the lines that show them."""

import html

import html5lib
import pytest
from django.conf import settings
from django.test import Client

from forms_catalog.actions import public_content_changed
from forms_catalog.models import Claim, PublicState, ReviewTask
from tests import factories as make

pytestmark = pytest.mark.django_db


def page(client: Client, address: str):
    return html5lib.parse(client.get(address).content.decode(), namespaceHTMLElements=False)


def words(element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_card_of_a_claim_carries_verdict_certainty_caution_and_date(client) -> None:
    claim = make.make_claim(
        slug="c1", verdict="overstated", certainty="low", safety_flag=True, safety_note="Not with kidney disease."
    )
    public_content_changed()
    said = words(page(client, "/claims/c1/card/").find(".//main"))

    day = PublicState.objects.get().changed_at
    assert claim.statement in said
    assert "Overstated" in said
    assert "Low certainty" in said
    assert claim.in_brief in said
    assert f"As of {day.day} {day:%B %Y}" in said
    assert "Not medical advice" in said
    assert said.index("Not with kidney disease.") < said.index("Overstated")


def test_card_tells_of_evidence_that_changed(client) -> None:
    claim = make.make_claim(slug="c1")
    assert "the evidence changed" not in words(page(client, "/claims/c1/card/"))

    ReviewTask.objects.create(alert=make.make_alert(), claim=claim)
    public_content_changed()

    assert "the evidence changed" in words(page(client, "/claims/c1/card/"))


def test_card_of_an_outcome_says_what_its_page_says(first_edition, client) -> None:
    for slug in ("depression", "sleep", "anxiety"):
        card = words(page(client, f"/outcomes/{slug}/card/").find(".//main"))
        answer = page(client, f"/outcomes/{slug}/").find(".//div[@class='answer-sentence']")
        assert answer is not None
        assert words(answer) in card
        assert "certainty" in card
        assert card.index("Not medical advice") < card.index(words(answer))


def test_card_of_an_outcome_without_a_grade_says_so(client) -> None:
    make.make_outcome(slug="taste")

    assert "Not graded" in words(page(client, "/outcomes/taste/card/"))


@pytest.mark.parametrize("address", ["/claims/c28/card/", "/outcomes/sleep/card/"])
def test_card_has_no_script_and_its_links_leave_the_frame(first_edition, client, address: str) -> None:
    card = page(client, address)

    assert list(card.iter("script")) == list(card.iter("form")) == []
    links = list(card.iter("a"))
    assert links
    assert {link.get("target") for link in links} == {"_blank"}


@pytest.mark.parametrize(("name", "kind"), [("c28", "claims"), ("sleep", "outcomes")])
def test_page_offers_the_lines_that_show_its_card(first_edition, client, name: str, kind: str) -> None:
    lines = words(page(client, f"/{kind}/{name}/").find(".//details[@class='more embed-more']//pre"))
    (frame,) = html5lib.parse(lines, namespaceHTMLElements=False).iter("iframe")

    assert frame.get("src") == f"{settings.SITE_URL}/{kind}/{name}/card/"
    assert client.get(f"/{kind}/{name}/card/").status_code == 200
    if kind == "claims":
        assert frame.get("title") == Claim.objects.get(slug=name).statement


def test_a_quote_in_a_name_stays_inside_the_lines(client) -> None:
    statement = 'It is "safe" <b>for all</b> & more'
    make.make_claim(slug="c1", statement=statement)

    lines = "".join(page(client, "/claims/c1/").find(".//details[@class='more embed-more']//pre").itertext())
    (frame,) = html5lib.parse(lines, namespaceHTMLElements=False).iter("iframe")

    assert html.escape(statement) in lines
    assert frame.get("title") == statement
