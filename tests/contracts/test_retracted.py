"""A study that its journal took back is said to be one wherever a page of the catalog leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve

from forms_catalog.actions import public_content_changed
from forms_catalog.models import Study
from forms_catalog.models.vocabulary import PublicationStatus
from tests import dom
from tests.pages import all_of

PLACES = {"li", "tr", "dd"}
"""What a link stands in, together with the words about it."""


@pytest.fixture
def everything_retracted(first_edition: None) -> None:
    """All of them, so that no link goes untried."""
    with transaction.atomic():
        Study.objects.update(publication_status=PublicationStatus.RETRACTED, publication_note="Taken back.")
        public_content_changed()


@pytest.mark.parametrize("kind", ["form", "mechanism", "outcome", "claim", "study", "study list"])
def test_a_retracted_study_is_named_as_one(kind: str, everything_retracted: None, client: Client) -> None:
    places = [place for address in all_of(kind) for place in places_of_studies(client, address)]
    assert places
    assert not [words for words in places if "Retracted" not in words]


def places_of_studies(client: Client, address: str) -> Iterator[str]:
    """The words around each link to another study, as the page has them."""
    page = dom.parse(client.get(address).content.decode())
    around = {child: parent for parent in page.iter() for child in parent}
    for link in page.iter("a"):
        if link.get("href") != address and leads_to_a_study(link):
            place = link
            while place.tag not in PLACES:
                place = around[place]
            yield " ".join("".join(place.itertext()).split())


def leads_to_a_study(link: Element) -> bool:
    href = link.get("href") or ""
    return href.startswith("/studies/") and "?" not in href and resolve(href).url_name == "study"
