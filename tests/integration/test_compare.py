"""Forms side by side: whatever the address says, and nothing that the catalog does not hold."""

from __future__ import annotations

from urllib.parse import quote_from_bytes

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms_catalog.explorer.chosen_forms import ChosenForms
from forms_catalog.explorer.compare import comparison
from forms_catalog.models import Form, Outcome
from tests import factories as make

pytestmark = pytest.mark.django_db

URL = "/forms/compare/"
NAMES = {slug: f"Magnesium {slug}" for slug in ("citrate", "glycinate", "malate", "oxide", "taurate")}


@pytest.fixture
def forms() -> dict[str, Form]:
    formulas = {"citrate": "C12H10Mg3O14", "oxide": "MgO", "taurate": "C4H12MgN2O6S2"}
    return {
        slug: make.make_form(slug=slug, name=NAMES[slug], formula=formula, cautions=["Kidneys: ask first."])
        for slug, formula in formulas.items()
    }


@pytest.fixture
def sleep() -> Outcome:
    return make.make_outcome(slug="sleep", name="Sleep", is_main=True)


def give(form: Form, outcome: Outcome, *, mg: float | None = 300, days: float | None = 42, **fields):
    """A trial that gave people the form and measured the outcome."""
    study = make.make_study(**fields)
    trial = make.make_trial(study=study)
    make.make_arm(trial=trial, role="magnesium", form=form, dose_mg_elemental=mg, duration_days=days)
    make.make_result(study=study, outcome=outcome)
    return study


def said(*slugs: str) -> list[str]:
    return comparison(slugs)["differences"]


def words(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@given(st.lists(st.sampled_from([*NAMES, "", "quartz", "a\x00b", "\ud7ff"]), max_size=9))
def test_a_comparison_written_down_and_read_again_is_the_same(values: list[str]) -> None:
    params = QueryDict(mutable=True)
    params.setlist("form", values)
    chosen = ChosenForms.from_params(params, names=NAMES)
    again = ChosenForms.from_params(QueryDict(chosen.query_string), names=NAMES)
    assert again.slugs == chosen.slugs
    assert again.is_written_as(QueryDict(chosen.query_string))
    assert not again.notices


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60), st.booleans())
def test_no_address_breaks_the_page(client: Client, forms: dict[str, Form], raw: bytes, named: bool) -> None:
    query = f"form={quote_from_bytes(raw)}&form=oxide&form=citrate" if named else raw.decode("latin-1")
    assert client.get(URL, QUERY_STRING=query).status_code in {200, 302}


def test_ten_thousand_forms_are_refused(client: Client) -> None:
    assert client.get(URL, QUERY_STRING="&".join(["form=oxide"] * 10_000)).status_code == 400


def test_one_comparison_has_one_address(client: Client, forms: dict[str, Form]) -> None:
    response = client.get(f"{URL}?form=oxide&form=&form=citrate&form=oxide")
    assert (response.status_code, response["Location"]) == (302, f"{URL}?form=citrate&form=oxide")
    assert client.get(f"{URL}?form=").headers["Location"] == URL


@pytest.mark.parametrize("slugs", [[], ["citrate"]])
def test_fewer_than_two_are_asked_for_more_and_kept(client: Client, forms: dict[str, Form], slugs: list[str]) -> None:
    html = words(client, f"{URL}?{'&'.join(f'form={slug}' for slug in slugs)}")
    assert html.count('type="checkbox"') == len(forms)
    assert html.count(" checked") == len(slugs)
    assert "<table" not in html


def test_what_is_unknown_is_left_out_with_a_notice(client: Client, forms: dict[str, Form]) -> None:
    html = words(client, f"{URL}?form=quartz&form=oxide&form=%3Cb%3E&form=citrate")
    assert "No form is called “quartz” and “&lt;b&gt;”, so that was left out." in html
    assert "Magnesium oxide</a></th>" in html


def test_a_fifth_form_is_left_out_with_a_notice() -> None:
    chosen = ChosenForms.from_params(QueryDict("&".join(f"form={slug}" for slug in reversed(NAMES))), names=NAMES)
    assert chosen.slugs == ("glycinate", "malate", "oxide", "taurate")
    assert chosen.notices == ("Four forms fit side by side. Left out: Magnesium citrate.",)


def test_only_one_has_a_trial(forms: dict[str, Form], sleep: Outcome) -> None:
    give(forms["citrate"], sleep)
    assert "Only citrate has a trial in people on file for sleep." in said(*forms)


@pytest.mark.parametrize(
    "fields",
    [
        {"species": "rat"},
        {"is_public": False},
        {"design": "cohort"},
        {"publication_status": "retracted", "publication_note": "W."},
    ],
)
def test_what_is_no_trial_in_people_or_cannot_be_read_is_not_one(
    forms: dict[str, Form], sleep: Outcome, fields: dict[str, object]
) -> None:
    give(forms["citrate"], sleep, **fields)
    assert "None of them has a trial in people on file for sleep." in said(*forms)


def test_a_trial_without_arms_and_one_only_filed_count_too(forms: dict[str, Form], sleep: Outcome) -> None:
    make.make_result(study=make.make_study(form=forms["oxide"]), outcome=sleep)
    make.make_form_evidence(form=forms["taurate"], outcome=sleep, study=make.make_study())
    assert "Oxide and taurate have trials in people on file for sleep; citrate has none." in said(*forms)


def test_a_part_of_an_outcome_counts_for_the_whole(forms: dict[str, Form], sleep: Outcome) -> None:
    give(forms["oxide"], make.make_outcome(slug="naps", broader=sleep))
    assert "Only oxide has a trial in people on file for sleep." in said(*forms)


def test_the_share_of_magnesium_is_said_with_its_figures(forms: dict[str, Form]) -> None:
    assert (
        "Oxide holds the most magnesium by weight: 60.3 %, against 16.2 % for citrate and 8.9 % for taurate. "
        "That says nothing of how much the body takes up." in said(*forms)
    )


def test_results_that_point_different_ways_are_said_with_their_certainty(
    forms: dict[str, Form], sleep: Outcome
) -> None:
    for slug, direction in (("citrate", "no_difference"), ("oxide", "favours_magnesium")):
        study = make.make_study(n=100)
        make.make_arm(trial=make.make_trial(study=study))
        make.make_result(study=study, outcome=sleep, direction=direction)
        make.make_form_evidence(form=forms[slug], outcome=sleep, study=study)
    (sentence,) = [words for words in said("citrate", "oxide") if words.startswith("For sleep")]
    assert "studies of citrate found no clear difference (" in sentence
    assert "studies of oxide point to a benefit (" in sentence


def test_cautions_are_counted_beyond_the_shared_one(forms: dict[str, Form]) -> None:
    Form.objects.filter(slug="oxide").update(cautions=["Kidneys: ask first.", "Loose stools."])
    assert said("citrate", "oxide")[0] == "Cautions that they do not all share: none for citrate and 1 for oxide."


def test_a_single_test_dose_is_no_daily_dose(client: Client, forms: dict[str, Form], sleep: Outcome) -> None:
    give(forms["citrate"], sleep, mg=248)
    give(forms["citrate"], sleep, mg=450)
    give(forms["citrate"], sleep, mg=None)
    give(forms["oxide"], sleep, mg=900, days=1)
    html = words(client, f"{URL}?form=citrate&form=oxide")
    assert "248 to 450 mg a day" in html
    assert "2 trials; in 1 more, given less than a week or not seen" in html
    assert "900" not in html
    assert "No daily dose from a trial in people is on file for oxide." in html


def test_cautions_stand_above_doses(client: Client, first_edition: None) -> None:
    html = words(client, f"{URL}?form=citrate&form=oxide")
    assert html.index("Before you take it") < html.index("Share that is magnesium") < html.index("Doses in trials")


def test_the_page_keeps_its_queries(client: Client, forms: dict[str, Form], sleep: Outcome) -> None:
    def asked(slugs: list[str]) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{URL}?{'&'.join(f'form={slug}' for slug in slugs)}").status_code == 200
        return len(captured)

    give(forms["oxide"], sleep)
    make.make_form_evidence(form=forms["oxide"], outcome=sleep, study=make.make_study())
    before = asked(["citrate", "oxide"])
    for form in forms.values():
        make.make_form_evidence(form=form, outcome=make.make_outcome(), study=give(form, sleep))
    assert asked(["citrate", "oxide", "taurate"]) == before <= 12


@pytest.mark.parametrize("address", ["/forms/", "/forms/oxide/"])
def test_lists_and_forms_lead_to_the_comparison(client: Client, forms: dict[str, Form], address: str) -> None:
    assert f'href="{URL}' in words(client, address)


def test_the_first_edition_says_that_only_citrate_of_two_has_a_sleep_trial(first_edition: None) -> None:
    assert any("Only citrate" in words and "sleep" in words for words in said("citrate", "taurate"))
