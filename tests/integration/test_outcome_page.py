"""An outcome's page answers first, and keeps everything else within reach."""

from __future__ import annotations

import pytest
from django.test import Client

from forms_catalog.models import Outcome
from tests import dom
from tests import factories as make
from tests.integration.test_catalog_pages import assert_well_made, read
from tests.unit.test_grading_outcomes import trial

pytestmark = pytest.mark.django_db

DEPRESSION = "/outcomes/depression/"
MAIN = ["depression", "anxiety", "sleep", "cognition", "memory"]


def test_page_goes_from_answer_through_cautions_to_studies(client: Client, first_edition: None) -> None:
    html = read(client, DEPRESSION)
    ids = ["answer", "cautions", "pooled", "by-form", "claims", "results"]
    places = [html.index(f'id="{name}"') for name in ids]
    assert places == sorted(places)
    assert_well_made(html)


@pytest.mark.parametrize(
    ("slug", "said"), [("depression", "Before you act on any"), ("absorption", "Before you take any")]
)
def test_a_line_on_safety_stands_above_the_answer(client: Client, first_edition: None, slug: str, said: str) -> None:
    html = read(client, f"/outcomes/{slug}/")

    assert html.index(said) < min(html.find(f'id="{name}"') % len(html) for name in ("answer", "results"))


@pytest.mark.parametrize("slug", MAIN)
def test_answer_says_direction_certainty_trials_and_people(client: Client, first_edition: None, slug: str) -> None:
    from forms_catalog.grading.outcomes import picture_outcomes

    outcome = Outcome.objects.get(slug=slug)
    found = picture_outcomes([outcome])[outcome.pk]
    assert found.grade
    page = dom.text(read(client, outcome.get_absolute_url()))
    for words in (found.sentence, found.direction, found.in_words, f"{found.grade.certainty.label} certainty"):
        assert words in page


@pytest.mark.parametrize("slug", MAIN)
def test_nothing_about_an_outcome_is_lost(client: Client, first_edition: None, slug: str) -> None:
    outcome = Outcome.objects.get(slug=slug)
    html = read(client, outcome.get_absolute_url())
    public = {"study__is_public": True}
    for rows in (outcome.results, outcome.pooled_results, outcome.notes, outcome.narrative_syntheses):
        for row in rows.filter(**public).select_related("study"):
            assert row.study.get_absolute_url() in html
    for claim in outcome.claims.all():
        assert claim.get_absolute_url() in html
    for row in outcome.form_evidence.filter(**public).select_related("form"):
        assert row.form.get_absolute_url() in html


def test_every_jump_has_a_place_to_land(client: Client, first_edition: None) -> None:
    html = read(client, DEPRESSION)
    jumps = [link.get("href") for link in dom.parse(html).iter("a") if (link.get("href") or "").startswith("#")]
    assert len(jumps) > 4
    assert all(f'id="{jump[1:]}"' in html for jump in jumps)


def test_claim_that_touches_safety_is_a_caution_above_the_results(client: Client) -> None:
    outcome = make.make_outcome()
    trial(outcome)
    make.make_claim(outcomes=[outcome], safety_flag=True, safety_note="Do not stop your medicine.")
    html = read(client, outcome.get_absolute_url())
    assert html.index("Do not stop your medicine.") < html.index('id="claims"')


def test_studies_the_answer_weighed_stand_before_the_fold(client: Client) -> None:
    outcome = make.make_outcome()
    weighed = trial(outcome, year=1999)
    other = make.make_study(design="cohort", species="human", year=2025)
    make.make_result(study=other, outcome=outcome, direction="association")
    html = read(client, outcome.get_absolute_url())
    results = html[html.index('id="results"') :]
    fold = results.index("1 result of other studies and sources")
    assert results.index(weighed.get_absolute_url()) < fold < results.index(other.get_absolute_url())


def test_outcome_without_an_answer_still_leads_on(client: Client) -> None:
    outcome = make.make_outcome()
    html = read(client, outcome.get_absolute_url())
    assert 'id="answer"' not in html
    assert "No study on file measured this." in html
    assert_well_made(html)
