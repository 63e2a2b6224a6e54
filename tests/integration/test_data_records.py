"""A record's address with .json is the record with all its parts."""

import pytest
from django.conf import settings
from django.test import Client

from forms_catalog.models import Claim, Form, Mechanism, Outcome, Study
from tests import factories as make
from tests.downloads import body, document

pytestmark = pytest.mark.django_db

RECORDS = {"studies": Study, "forms": Form, "mechanisms": Mechanism, "outcomes": Outcome, "claims": Claim}


@pytest.mark.parametrize("kind", RECORDS)
def test_record_is_its_row_of_the_list(first_edition, client, kind: str) -> None:
    for row in document(client, f"/{kind}.json")["rows"][:5]:
        found = document(client, row["address"].removeprefix(settings.SITE_URL).rstrip("/") + ".json")
        assert found["record"] == row
        assert list(found["metadata"]["columns"]) == [kind, *found["parts"]]


def test_trial_brings_its_results_effects_and_arms(first_edition, client) -> None:
    study = Study.objects.get(slug="tarleton2017")
    found = document(client, "/studies/tarleton2017.json")["parts"]

    assert [row["outcome"] for row in found["study_results"]] == [r.outcome.slug for r in study.results.all()]
    assert [row["smd"] for row in found["effects"]] == [effect.smd for effect in study.effects.all()]
    assert [row["people_randomised"] for row in found["trial_arms"]] == [
        arm.n_randomised for arm in study.trial.arms.all()
    ]
    assert found["study_results"]
    assert found["effects"]
    assert found["trial_arms"]
    assert found["risk_of_bias"]


def test_claim_brings_its_sources_and_searches(first_edition, client) -> None:
    claim = Claim.objects.get(slug="c28")
    found = document(client, "/claims/c28.json")

    assert {row["study"]: row["shows"] for row in found["parts"]["claim_sources"]} == {
        support.study.slug: support.shows for support in claim.supports.filter(study__is_public=True)
    }
    assert len(found["parts"]["claim_searches"]) == claim.counter_searches.count()
    assert found["record"]["safety_note"] == claim.safety_note


@pytest.fixture
def secret() -> Study:
    """A study readers may not see, with everything that could give it away."""
    kept, shown, outcome, form = (
        make.make_study(slug="secret2020", title="Secret title", authors=["Secret, S"], is_public=False),
        make.make_study(slug="shown2020"),
        make.make_outcome(slug="sleep"),
        make.make_form(slug="oxide"),
    )
    mechanism, claim = make.make_mechanism(slug="nmda"), make.make_claim(slug="c1")
    kept.mechanisms.add(mechanism)
    shown.named_by = kept
    shown.save()
    make.make_result(study=kept, outcome=outcome, effect_text="Secret result")
    make.make_effect(study=kept, outcome=outcome, quality_note="Secret effect")
    make.make_effect(study=shown, outcome=outcome, via=kept)
    make.make_form_evidence(form=form, outcome=outcome, study=kept, note="Secret evidence")
    make.make_ladder_entry(mechanism=mechanism, study=kept, note="Secret rung")
    make.make_outcome_note(outcome=outcome, study=kept, note="Secret note")
    make.make_support(claim=claim, study=kept, shows="Secret support")
    make.make_counter_search(claim=claim, found=[kept])
    form.common_claims.create(statement="s", evidence="e", verdict="mixed").studies.add(kept)
    return kept


ADDRESSES = [
    *(f"/{kind}.{suffix}" for kind in RECORDS for suffix in ("csv", "json")),
    *(f"/studies.{suffix}" for suffix in ("ris", "bib", "csl.json")),
    "/studies.csv?q=secret",
    "/studies/shown2020.json",
    "/forms/oxide.json",
    "/mechanisms/nmda.json",
    "/outcomes/sleep.json",
    "/claims/c1.json",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_study_kept_for_editors_is_in_no_download(client: Client, secret: Study, address: str) -> None:
    found = body(client, address).decode().lower().replace("“secret”", "")

    assert "secret" not in found


def test_study_made_public_is_in_every_download(client: Client, secret: Study) -> None:
    """So that the test before this one looks for what would be there."""
    Study.objects.filter(pk=secret.pk).update(is_public=True)

    assert [address for address in ADDRESSES if "secret" not in body(client, address).decode().lower()] == [
        "/forms.csv",
        "/forms.json",
        "/mechanisms.csv",
        "/mechanisms.json",
    ]


def test_study_kept_for_editors_is_not_found(client: Client, secret: Study) -> None:
    assert client.get("/studies/secret2020.json").status_code == 404
    assert client.get("/studies/shown2020.json").status_code == 200
