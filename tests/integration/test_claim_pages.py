"""A claim's page: verdict and certainty apart, the rule with its numbers, the evidence with its fit."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms_catalog.models import Claim, Study
from tests import factories as make
from tests.dom import find, parse, text

pytestmark = pytest.mark.django_db

RULE = "admin:forms_catalog_claim_rule"


def read(client: Client, claim: Claim) -> str:
    return client.get(claim.get_absolute_url()).content.decode()


def large_trial(**fields: Any) -> Study:
    """A trial that the rule finds nothing against."""
    study = make.make_study(n=500, **fields)
    make.make_risk_of_bias(trial=make.make_trial(study=study, funding_type="public"))
    return study


# The rule on the page


def test_page_prints_the_rule_with_this_claims_numbers(client: Client) -> None:
    claim = make.make_claim(certainty="high")
    make.make_support(claim=claim, study=large_trial())
    make.make_support(claim=claim, study=make.make_study(species="rat", design="animal", slug="rats"))
    html = read(client, claim)
    table = find(html, ".//table[@class='data-table data-table-stack grade-working']")
    cells = [["".join(cell.itertext()).strip() for cell in row] for row in table.iter("tr")]
    assert cells[1][:2] == ["Start", "High"]
    assert ["Imprecision", "0", "500 people; no interval is on file."] in cells
    assert cells[-1] == ["Result", "High", "High, nothing taken off."]
    assert "Left out, because stronger evidence is on file: Poleszak and Wlaź 2008" in text(html)


def test_levels_taken_off_and_the_floor_are_said(client: Client) -> None:
    claim = make.make_claim(certainty="very_low")
    make.make_support(claim=claim, study=make.make_study(n=23), fit_dose="indirect", fit_form="indirect", fit_note="x")
    html = text(read(client, claim))
    assert "23 people: fewer than 100." in html
    assert "High, less 5 levels; there is nothing below very low." in html


def test_difference_stands_with_both_certainties_and_the_reason(client: Client) -> None:
    claim = make.make_claim(certainty="low", certainty_reason="All of it comes from one house.")
    make.make_support(claim=claim, study=large_trial())
    html = read(client, claim)
    assert 'class="certainty certainty-low"' in html
    assert 'class="certainty certainty-high"' in html
    assert "Why the editors differ from the rule" in html
    assert "All of it comes from one house." in html


def test_difference_without_a_reason_is_said_plainly(client: Client) -> None:
    claim = make.make_claim(certainty="low")
    make.make_support(claim=claim, study=large_trial())
    assert "differ here, and no reason is on file yet" in text(read(client, claim))


def test_reason_that_is_no_longer_needed_is_not_shown(client: Client) -> None:
    claim = make.make_claim(certainty="high", certainty_reason="An old reason.")
    make.make_support(claim=claim, study=large_trial())
    assert "An old reason." not in read(client, claim)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("fact", "This is a question of fact"),
        ("effect", "No source that counts speaks for or against this claim, so there is nothing to grade."),
    ],
)
def test_page_says_plainly_why_the_rule_gives_no_certainty(client: Client, question: str, words: str) -> None:
    html = read(client, make.make_claim(question=question))
    assert "gives none" in html
    assert words in text(html)
    assert "grade-working" not in html


@pytest.mark.parametrize(
    ("question", "words"),
    [("effect", "what something does to people."), ("association", "what goes together, or how common something is.")],
)
def test_page_says_how_the_rule_reads_the_question(client: Client, question: str, words: str) -> None:
    claim = make.make_claim(question=question)
    make.make_support(claim=claim, study=large_trial())
    assert f"The rule reads this as a question of {words}" in text(read(client, claim))


def test_rule_in_full_names_its_sources_and_thresholds(client: Client) -> None:
    html = read(client, make.make_claim())
    links = {link.get("href") for link in parse(html).iter("a")}
    assert {
        "https://doi.org/10.1016/j.jclinepi.2010.07.015",
        "https://doi.org/10.1136/bmj.h870",
        "https://doi.org/10.1016/j.jclinepi.2019.12.023",
        "https://doi.org/10.1016/j.jclinepi.2019.10.014",
    } <= links
    assert "Two levels with fewer than 100 people; one with fewer than 400" in text(html)
    assert "high with randomised trials, low with other studies of people, very low with anything else" in text(html)


# The evidence


def test_source_shows_how_it_fits_in_a_table_with_its_note(client: Client) -> None:
    claim = make.make_claim()
    fit = {"fit_population": "indirect", "fit_dose": "unknown", "fit_note": "older people"}
    make.make_support(claim=claim, study=make.make_study(), locator="table 2", **fit)
    html = read(client, claim)
    table = find(html, ".//table[@class='fit-table']")
    head, row = [["".join(cell.itertext()) for cell in line] for line in table.iter("tr")]
    assert head == ["Population", "Form", "Dose", "Outcome", "Comparator"]
    assert row == ["indirect", "–does not apply", "unknown", "direct", "direct"]
    assert "Older people." in text(html)
    assert "read as: abstract · table 2" in text(html)


def test_source_to_which_no_dimension_applies_has_no_table(client: Client) -> None:
    claim = make.make_claim()
    names = ("population", "form", "dose", "outcome", "comparator")
    make.make_support(claim=claim, study=make.make_study(), **{f"fit_{name}": "not_applicable" for name in names})
    assert "fit-table" not in read(client, claim)


def test_hidden_source_is_neither_shown_nor_counted(client: Client) -> None:
    claim = make.make_claim()
    make.make_support(claim=claim, study=large_trial(slug="hidden-2020", is_public=False))
    assert "hidden-2020" not in (html := read(client, claim))
    assert "nothing to grade" in html


def test_withdrawn_source_is_shown_as_such_and_not_counted(client: Client) -> None:
    claim = make.make_claim()
    make.make_support(claim=claim, study=large_trial(publication_status="retracted", publication_note="Withdrawn."))
    html = read(client, claim)
    assert "Retracted, not counted" in html
    assert "nothing to grade" in html


def test_search_says_what_became_of_a_study_that_it_found(client: Client) -> None:
    claim = make.make_claim()
    found = [make.make_study(slug="gone2001", publication_status="retracted", publication_note="Withdrawn.")]
    make.make_counter_search(claim=claim, found=found)
    assert find(read(client, claim), ".//section[@aria-labelledby='searches']//strong").text == "Retracted"


@pytest.mark.parametrize(("number", "words"), [(0, "found nothing that is on file here."), (2, "found 2.")])
def test_search_is_told_as_a_sentence(client: Client, number: int, words: str) -> None:
    claim = make.make_claim()
    found = [make.make_study() for _ in range(number)]
    where = "stored pages; the first eight were read"
    make.make_counter_search(claim=claim, searched_on=dt.date(2026, 11, 23), where=where, found=found)
    html = text(read(client, claim))
    assert f"Looked for evidence against this on 23 November 2026 in stored pages: {words}" in html
    assert "the first eight were read" in html


def test_page_says_what_would_change_the_verdict(client: Client) -> None:
    assert "A larger trial." in read(client, make.make_claim(what_would_change="A larger trial."))
    assert "What would change" not in read(client, make.make_claim(what_would_change=""))


def test_words_lead_to_their_place_in_the_article(client: Client) -> None:
    claim = make.make_claim(slug="c07")
    article = make.make_published_article(slug="on-sleep", body="## Forms\n\nSleep [comes](claim:c07) at night.\n")
    article.references.create(claim=claim, phrase="comes")
    html = read(client, claim)
    assert "/articles/on-sleep/#claim-c07" in {link.get("href") for link in parse(html).iter("a")}
    assert "section “Forms”, on the words “comes”" in text(html)


def test_text_of_editors_is_escaped(client: Client) -> None:
    claim = make.make_claim(certainty="low", certainty_reason="<b>bold</b>", what_would_change="<i>trial</i>")
    make.make_support(claim=claim, study=large_trial())
    html = read(client, claim)
    assert "<b>bold</b>" not in html
    assert "<i>trial</i>" not in html


def test_claim_page_costs_the_same_however_many_sources(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(client, claim)
        return len(captured)

    claim = make.make_claim(outcomes=[make.make_outcome()])
    make.make_support(claim=claim, study=large_trial())
    make.make_counter_search(claim=claim, found=[large_trial()])
    before = queries()
    for _ in range(4):
        make.make_support(claim=claim, study=large_trial())
        make.make_counter_search(claim=claim, found=[large_trial()])
    assert queries() == before <= 12


# Forms and outcomes


def test_form_and_outcome_show_the_sentence_the_marks_and_the_working(client: Client) -> None:
    form, outcome = make.make_form(name="Magnesium oxide"), make.make_outcome(name="Sleep")
    study = make.make_study(n=150, form=form)
    make.make_risk_of_bias(trial=make.make_trial(study=study, funding_type="public"))
    make.make_result(study=study, outcome=outcome)
    make.make_form_evidence(form=form, outcome=outcome, study=study)
    for record in (form, outcome):
        html = client.get(record.get_absolute_url()).content.decode()
        assert "Magnesium oxide likely results in an improvement in sleep." in html
        assert "Results point to a benefit" in html
        assert 'class="certainty certainty-moderate"' in html
        assert "150 people: fewer than 400." in html


def test_form_says_when_an_outcome_is_not_graded(client: Client) -> None:
    form, outcome, study = make.make_form(), make.make_outcome(), make.make_study()
    make.make_form_evidence(form=form, outcome=outcome, study=study)
    html = text(client.get(form.get_absolute_url()).content.decode())
    assert "Not graded: no result that points either way is on file." in html


# The editors' table


def test_table_lists_differences_and_reasons_that_are_missing_or_left_over(admin_client: Client) -> None:
    for slug, fields in {
        "c01": {"certainty": "low", "certainty_reason": "Because of this."},
        "c02": {"certainty": "low"},
        "c03": {"certainty": "high", "certainty_reason": "Left over."},
        "c04": {"certainty": "high"},
    }.items():
        make.make_support(claim=make.make_claim(slug=slug, **fields), study=large_trial())
    page = admin_client.get(reverse(RULE)).content.decode()
    lines = find(page, ".//div[@class='module results']").findall(".//tbody/tr")
    rows = {line[0][0].text: " ".join("".join(line.itertext()).split()) for line in lines}
    assert list(rows) == ["c01", "c02", "c03"]
    assert rows["c01"].endswith("less sure by 2 levels Because of this.")
    assert rows["c02"].endswith("Missing")
    assert "Not needed any more: Left over." in rows["c03"]
    assert "2 without the reason it needs" in text(page)


@pytest.mark.parametrize(("group", "status"), [("Editor", 200), ("Moderator", 403), (None, 403)])
def test_table_is_for_those_who_may_see_claims(client: Client, group: str | None, status: int) -> None:
    client.force_login(make.make_user(groups=(group,) if group else ()))
    assert client.get(reverse(RULE)).status_code == status


def test_table_sends_everyone_else_to_sign_in(client: Client) -> None:
    assert client.get(reverse(RULE)).status_code == 302


def test_list_of_claims_leads_to_the_table(admin_client: Client) -> None:
    assert reverse(RULE) in admin_client.get(reverse("admin:forms_catalog_claim_changelist")).content.decode()


def test_claim_in_the_admin_shows_the_rule_and_words_that_say_too_much(admin_client: Client) -> None:
    claim = make.make_claim(certainty="low", suggested_wording="It cures sleeplessness and is proven.")
    make.make_support(claim=claim, study=large_trial())
    page = text(admin_client.get(reverse("admin:forms_catalog_claim_change", args=[claim.pk])).content.decode())
    assert "“cures”, “proven”" in page
    assert "High. Start high: randomised trials, or reviews of them. Say below why you differ." in page
    assert admin_client.get(reverse("admin:forms_catalog_claim_add")).status_code == 200
