"""What is said of our pages elsewhere, in cards and lists of results: whole words, and no result without its limits."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from forms_catalog.citations import in_a_line
from forms_catalog.models import Claim, Study
from forms_catalog.models.vocabulary import PublicationStatus
from mgsite.templatetags.ui import clipped
from tests import factories as make
from tests.dom import parse

pytestmark = pytest.mark.django_db


def told(client: Client, path: str) -> dict[str, str]:
    """Title and description of a page's card."""
    document = parse(client.get(path).content.decode())
    tags = {tag.get("property", ""): tag.get("content", "") for tag in document.iter("meta")}
    return {name: tags[f"og:{name}"] for name in ("title", "description")}


def test_an_open_trial_is_not_shared_by_its_result_alone(first_edition: None, client: Client) -> None:
    card = told(client, "/studies/tarleton2017/")
    said = card["description"]
    assert said.index("no treatment (open label)") < said.index("improved")
    assert said.startswith("Randomised crossover trial, 126 people")


def test_linked_data_says_the_limits_before_the_result_too(first_edition: None, client: Client) -> None:
    document = parse(client.get("/studies/tarleton2017/").content.decode())
    scripts = [
        json.loads(each.text or "") for each in document.iter("script") if each.get("type", "").endswith("ld+json")
    ]
    work = next(each for each in scripts if "description" in each)
    assert work["description"].startswith(
        "Randomised crossover trial, 126 people, against: no treatment (open label). "
    )


def test_a_retracted_study_says_so_first() -> None:
    study = make.make_study(
        summary="It works.", publication_status=PublicationStatus.RETRACTED, publication_note="Its data."
    )
    assert in_a_line(study).startswith("Retracted. ")


def test_a_false_claim_is_never_shared_without_its_verdict_before_it(first_edition: None, client: Client) -> None:
    for claim in Claim.objects.all():
        assert told(client, claim.get_absolute_url())["title"].startswith(f"{claim.get_verdict_display()}: "), (
            claim.slug
        )


def test_titles_and_descriptions_of_studies_are_cut_between_words(first_edition: None) -> None:
    cut = 0
    for study in Study.objects.published():
        for text, most in ((study.title_or_description, 90), (in_a_line(study), 240)):
            kept = clipped(text, most)
            assert len(kept) <= most
            if kept != text:
                cut += 1
                assert text[len(kept) - 1] in " ,;:"
    assert cut > 40


def test_the_card_of_a_study_is_what_is_cut_so(first_edition: None, client: Client) -> None:
    study = next(each for each in Study.objects.published() if len(each.title) > 100)
    assert told(client, study.get_absolute_url())["title"].endswith(clipped(study.title, 90))
