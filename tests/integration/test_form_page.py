"""A form's page: what it is, how much of it is magnesium, what was found; cautions above doses; the structure."""

from typing import Any

import pytest

from forms_catalog.models import Form
from forms_catalog.queries.forms import OutcomeEvidence, counted_in_words, form_page
from tests import factories as make
from tests.dom import parse, text

pytestmark = pytest.mark.django_db


def html_of(client: Any, form: Form) -> str:
    return client.get(form.get_absolute_url()).content.decode()


def evidence_of(form: Form) -> OutcomeEvidence:
    (evidence,) = form_page(form=form)["evidence"]
    return evidence


def add_trial(form: Form, outcome: Any, *, people: int | None, design: str = "rct") -> None:
    study = make.make_study(form=form, n=people, design=design, species="human")
    make.make_result(study=study, outcome=outcome)
    make.make_form_evidence(form=form, outcome=outcome, study=study)


# Order


def test_sections_come_in_the_order_a_reader_needs(client: Any) -> None:
    form = make.make_form(cautions=["Ask first."], study_doses=["248 mg a day"])
    headings = [" ".join("".join(each.itertext()).split()) for each in parse(html_of(client, form)).iter("h2")]
    assert headings[:5] == [
        "What was found, outcome by outcome",
        "Absorption and tolerability",
        "Before you take it",
        "Doses",
        "The structure",
    ]


def test_head_leads_to_the_cautions(client: Any) -> None:
    html = html_of(client, make.make_form(cautions=["Ask first.", "Not with antibiotics."]))
    assert html.index('<a href="#cautions">2 cautions</a>') < html.index('id="evidence"')


def test_form_without_cautions_promises_nothing(client: Any) -> None:
    html = html_of(client, make.make_form(cautions=[]))
    assert "That is no promise that it suits you." in html
    assert 'href="#cautions"' not in html


def test_head_does_not_say_the_name_twice(client: Any) -> None:
    form = make.make_form(name="Magnesium oxide", chemical_name="magnesium oxide", synonyms=["magnesia", "periclase"])
    assert "To chemists" not in html_of(client, form)
    assert "Also called magnesia, periclase." in html_of(client, form)


# Share


def test_share_is_said_in_words_and_hydrates_are_compared(client: Any) -> None:
    form = make.make_form(formula="C4H8MgN2O4")
    make.make_hydrate(form=form, state="dihydrate", formula="C4H12MgN2O6")
    words = text(html_of(client, form))
    assert "141 mg of magnesium in 1,000 mg of compound" in words
    assert "117 mg in 1,000 mg" in words


def test_form_without_a_structure_has_no_picture_of_its_share(client: Any) -> None:
    html = html_of(client, make.make_form(hydrate=False))
    assert "share-picture" not in html


# Evidence


def test_evidence_counts_trials_and_people_once(client: Any) -> None:
    form, outcome = make.make_form(), make.make_outcome(name="Sleep")
    add_trial(form, outcome, people=40)
    add_trial(form, outcome, people=60)
    add_trial(form, outcome, people=90, design="meta_analysis")
    evidence = evidence_of(form)
    assert (evidence.sources, evidence.people) == ("2 trials, 1 review", "100 people")
    assert evidence.effect == "Results point to a benefit"
    row = text(html_of(client, form))
    assert "Sleep Results point to a benefit" in row
    assert "2 trials, 1 review 100 people" in row


def test_evidence_from_animals_counts_no_people() -> None:
    form, outcome = make.make_form(), make.make_outcome()
    study = make.make_study(form=form, n=30, design="animal", species="rat")
    make.make_result(study=study, outcome=outcome)
    make.make_form_evidence(form=form, outcome=outcome, study=study)
    assert (evidence_of(form).sources, evidence_of(form).people) == ("1 study", "no groups of people watched")


def test_number_of_people_that_was_not_seen_is_said_to_be() -> None:
    form, outcome = make.make_form(), make.make_outcome()
    add_trial(form, outcome, people=None)
    assert evidence_of(form).people == "number of people not seen"


def test_search_that_found_nothing_says_so(client: Any) -> None:
    form, outcome = make.make_form(), make.make_outcome(name="Sleep")
    make.make_form_evidence(form=form, outcome=outcome)
    assert (evidence_of(form).effect, evidence_of(form).sources) == ("No study found", "")
    assert "Sleep No study found no grade nothing" in text(html_of(client, form))


def test_studies_without_a_direction_are_not_graded() -> None:
    form, outcome = make.make_form(), make.make_outcome()
    make.make_form_evidence(form=form, outcome=outcome, study=make.make_study(form=form))
    assert (evidence_of(form).effect, evidence_of(form).sources) == ("Not graded", "1 source")


def test_form_without_evidence_says_so(client: Any) -> None:
    html = html_of(client, make.make_form())
    assert "No study of this form for any outcome is on file." in html
    assert "evidence-table" not in html


@pytest.mark.parametrize(("number", "words"), [(0, ""), (1, "1 study"), (3, "3 studies")])
def test_numbers_of_studies_in_words(number: int, words: str) -> None:
    assert counted_in_words(number, "study") == words


def test_each_row_leads_to_its_sources_and_its_outcome(client: Any) -> None:
    form, outcome = make.make_form(), make.make_outcome(slug="sleep")
    add_trial(form, outcome, people=40)
    html = html_of(client, form)
    assert '<a href="#on-sleep">' in html
    assert html.index('<a href="#on-sleep">') < html.index('<h3 id="on-sleep">')
    assert html.count(f'href="{outcome.get_absolute_url()}"') >= 2
