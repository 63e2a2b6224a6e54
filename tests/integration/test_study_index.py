"""What the index of studies counts and lists is what the database selects, made-up studies included."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from forms_catalog.explorer.counts import found_in, numbers_of
from forms_catalog.explorer.facets import read_names
from forms_catalog.explorer.state import ExplorerState
from forms_catalog.index.studies import study_index
from forms_catalog.models import Outcome
from forms_catalog.queries.study_counts import studies_found
from forms_catalog.queries.study_list import StudyFilter
from forms_catalog.synthetic import make_synthetic_studies
from tests import factories as make

pytestmark = pytest.mark.django_db

LISTS = [
    "",
    "order=oldest",
    "order=people&design=rct&species=human",
    "outcome=sleep&form=oxide",
    "outcome=depression&year=2010&q=synthetic",
    "q=magnesium+sleep&status=as_published",
    "year=none",
    "form=citrate&order=people&q=nothing+like+it",
]
STATES = [
    "",
    "form=citrate&form=oxide&outcome=sleep&design=rct",
    "outcome=depression&species=human&age=adults&sex=all&bias=not_judged&direction=favours_magnesium&from=1990",
    "direction=no_difference&direction=mixed&to=2015",
    "mechanism=nmda&species=rat&species=mouse",
    "condition=depression&age=older&magnesium=low&funding=industry",
    "sex=not_stated&bias=high&bias=low",
    "cell=oxide.sleep&rung=nmda.animal",
]


@pytest.fixture
def many(first_edition: None) -> None:
    """The first edition, made-up studies, and what lists must not trip over: hidden ones, some without a year."""
    make_synthetic_studies(number=400)
    make.make_study(slug="undated", year=None)
    make.make_result(study=make.make_study(slug="hidden", is_public=False), outcome=Outcome.objects.get(slug="sleep"))


def test_list_of_the_index_is_that_of_the_database(many: None) -> None:
    for query in LISTS:
        filters = StudyFilter.from_params(QueryDict(query))
        found, listing = studies_found(filters)
        expected = list(filters.select().values_list("pk", flat=True))
        assert list(found[0 : len(found) + 100]) == expected, query
        assert found[2:7] == expected[2:7], query
        slow = filters.listing(count=len(expected))
        assert (listing.said, listing.fields, listing.ways_on) == (slow.said, slow.fields, slow.ways_on), query


def test_explorer_by_the_index_is_that_of_the_database(many: None) -> None:
    index, names = study_index(), read_names()
    for query in STATES:
        state = ExplorerState.from_params(QueryDict(query), names=names)
        expected = list(state.select().values_list("pk", flat=True))
        assert index.keys_of(found_in(state, index)) == expected, query
        numbers = numbers_of(state, index)
        for facet in state.facets:
            others = state.without(facet.name).select()
            for value, number in numbers.by_value.get(facet.name, {}).items():
                assert number == facet.among(others, [value]).count(), (query, facet.name, value)
