"""What pages of forms and studies tell machines is what their records say, in terms that schema.org has."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from forms_catalog.linked_data import written
from forms_catalog.linked_data.claims import review
from forms_catalog.linked_data.studies import PAPER, work
from forms_catalog.linked_data.topics import defined_term, mechanism_topic, outcome_topic
from forms_catalog.models import Claim, Form, GlossaryTerm, Mechanism, Outcome, Study
from forms_catalog.queries.forms import reached_by, studies_of
from tests.linked_data import document_of, faults

pytestmark = pytest.mark.django_db


def supplement_at(client: Client, form: Form) -> dict[str, Any]:
    return document_of(client.get(form.get_absolute_url()).content.decode(), "DietarySupplement")


def test_every_form_page_speaks_of_its_form_in_known_terms(client: Client, first_edition: None) -> None:
    found = {form: supplement_at(client, form) for form in Form.objects.all()}

    assert len(found) > 10
    assert {form.slug: wrong for form, document in found.items() if (wrong := faults(document))} == {}
    for form, document in found.items():
        assert document["@type"] == "DietarySupplement"
        assert document["url"] == f"{settings.SITE_URL}{form.get_absolute_url()}"
        assert (document["name"], document["activeIngredient"]) == (form.name, form.chemical_name)
        assert document.get("safetyConsideration", []) == form.cautions
        assert form.partner_name in document["description"]


def test_no_form_page_recommends_a_dose_or_names_a_brand_as_its_own(client: Client, first_edition: None) -> None:
    for form in Form.objects.all():
        document = supplement_at(client, form)
        assert document.keys().isdisjoint({"recommendedIntake", "maximumIntake", "proprietaryName", "offers"})


def test_mechanisms_are_those_of_the_page_each_with_its_certainty(client: Client, first_edition: None) -> None:
    some = 0
    for form in Form.objects.all():
        document = supplement_at(client, form)
        mechanisms = list(Mechanism.objects.filter(reached_by(studies_of(form))).distinct())
        said = document.get("mechanismOfAction", [])
        assert len(said) == len(mechanisms)
        for text, mechanism in zip(said, mechanisms, strict=True):
            assert text.startswith(f"Proposed: {mechanism.name}.")
            assert mechanism.human_evidence in text
            assert all(label[1:] in text for label in mechanism.get_establishment_labels())
        some += len(said)
    assert some > 10


def test_every_record_is_told_of_in_known_terms(first_edition: None) -> None:
    told = [
        *(work(study=study) for study in Study.objects.published()),
        *(review(claim=claim) for claim in Claim.objects.all()),
        *(mechanism_topic(mechanism=mechanism) for mechanism in Mechanism.objects.all()),
        *(outcome_topic(outcome=outcome) for outcome in Outcome.objects.all()),
        *(defined_term(term=term) for term in GlossaryTerm.objects.all()),
    ]
    assert len(told) > 350
    assert [(node, wrong) for node in told if (wrong := faults(json.loads(written(node))))] == []


def test_a_study_is_told_of_as_its_record_has_it(first_edition: None) -> None:
    papers = 0
    for study in Study.objects.published():
        told = work(study=study)
        papers += told["@type"] == PAPER
        assert told["mainEntityOfPage"].endswith(study.get_absolute_url())
        assert (told.get("headline", ""), told.get("datePublished")) == (study.title, study.year and str(study.year))
        assert [one["value"] for one in told.get("identifier", [])] == [
            value for value in (study.doi, study.pmid, study.pmcid) if value
        ]
        assert ("creativeWorkStatus" in told) == (study.publication_status != "as_published")
        said = " ".join(str(told.get(name)) for name in ("author", "creditText"))
        assert [author for author in study.authors if author.split(",")[0] not in said] == []
    assert papers > 150


def test_a_verdict_is_a_word_without_a_number_and_never_without_its_certainty(first_edition: None) -> None:
    for claim in Claim.objects.all():
        rating = review(claim=claim)["reviewRating"]
        assert rating.keys() == {"@type", "alternateName", "ratingExplanation"}
        assert rating["alternateName"] == claim.get_verdict_display()
        assert review(claim=claim)["reviewBody"].startswith(f"Safety: {claim.safety_note}") == claim.safety_flag
        assert f"evidence: {claim.get_certainty_display().lower()}." in rating["ratingExplanation"]
