"""Views ask as many questions of two thousand studies as of a hundred, with nothing remembered."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forms_catalog.synthetic import make_synthetic_studies
from tests.bench.scale import REQUESTS

pytestmark = pytest.mark.django_db

MOST = 12


def queries(client) -> dict[str, int]:
    found = {}
    for name, (path, query) in REQUESTS.items():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{path}?{query}").status_code == 200, name
        found[name] = len(captured)
    return found


def test_no_view_asks_more_of_two_thousand_studies_than_of_a_hundred(client, first_edition: None) -> None:
    make_synthetic_studies(number=100)
    before = queries(client)
    make_synthetic_studies(number=2000)

    assert queries(client) == before
    assert {name: number for name, number in before.items() if number > MOST} == {}
