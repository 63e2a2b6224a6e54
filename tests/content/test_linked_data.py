"""What form pages tell machines is what their records say, in terms that schema.org has."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from forms_catalog.models import Form, Mechanism
from forms_catalog.queries.forms import reached_by, studies_of
from tests.linked_data import documents, faults

pytestmark = pytest.mark.django_db


def test_every_form_page_speaks_of_its_form_in_known_terms(client: Client, first_edition: None) -> None:
    found = {form: documents(client.get(form.get_absolute_url()).content.decode()) for form in Form.objects.all()}

    assert len(found) > 10
    assert {form.slug: wrong for form, (document,) in found.items() if (wrong := faults(document))} == {}
    for form, (document,) in found.items():
        assert document["@type"] == "DietarySupplement"
        assert document["url"] == f"{settings.SITE_URL}{form.get_absolute_url()}"
        assert (document["name"], document["activeIngredient"]) == (form.name, form.chemical_name)
        assert document.get("safetyConsideration", []) == form.cautions
        assert form.partner_name in document["description"]


def test_no_form_page_recommends_a_dose_or_names_a_brand_as_its_own(client: Client, first_edition: None) -> None:
    for form in Form.objects.all():
        (document,) = documents(client.get(form.get_absolute_url()).content.decode())
        assert document.keys().isdisjoint({"recommendedIntake", "maximumIntake", "proprietaryName", "offers"})


def test_mechanisms_are_those_of_the_page_each_with_its_certainty(client: Client, first_edition: None) -> None:
    some = 0
    for form in Form.objects.all():
        (document,) = documents(client.get(form.get_absolute_url()).content.decode())
        mechanisms = list(Mechanism.objects.filter(reached_by(studies_of(form))).distinct())
        said = document.get("mechanismOfAction", [])
        assert len(said) == len(mechanisms)
        for text, mechanism in zip(said, mechanisms, strict=True):
            assert text.startswith(f"Proposed: {mechanism.name}.")
            assert mechanism.human_evidence in text
            assert all(label[1:] in text for label in mechanism.get_establishment_labels())
        some += len(said)
    assert some > 10
