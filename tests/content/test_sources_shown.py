"""Every figure's source can be followed from the page that shows the figure."""

from __future__ import annotations

import pytest
from django.db.models import CharField, Model
from django.test import Client

from forms_catalog.models import (
    Effect,
    NarrativeSynthesis,
    PooledResult,
    Recomputation,
    Study,
    Trial,
    UnusableResult,
)
from tests import dom

CHILDREN: list[type[Model]] = [Effect, PooledResult, NarrativeSynthesis, UnusableResult, Recomputation, Trial]


def rows_read_somewhere() -> set[tuple[str, str]]:
    """(page, address) for each address that a row of a public study keeps."""
    return {
        (f"/studies/{slug}/", address)
        for model in CHILDREN
        for field in model._meta.fields
        if isinstance(field, CharField) and field.name.endswith("source_url")
        for slug, address in model._base_manager.filter(study__is_public=True).values_list("study__slug", field.name)
        if address
    }


def test_nothing_else_below_a_study_keeps_an_address() -> None:
    """A new kind of row with a source joins the list above."""
    below = {relation.related_model for relation in Study._meta.related_objects if relation.related_model}

    assert {model for model in below if any(f.name.endswith("source_url") for f in model._meta.fields)} == {
        *CHILDREN,
        Study,
    }


@pytest.mark.django_db
def test_every_row_links_to_where_it_was_read(client: Client, first_edition: None) -> None:
    wanted = rows_read_somewhere()
    pages = {page for page, _ in wanted}
    linked = {
        (page, link.get("href")) for page in pages for link in dom.parse(client.get(page).content.decode()).iter("a")
    }

    assert len(pages) > 60
    assert wanted - linked == set()
