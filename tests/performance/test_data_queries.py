"""Downloads ask a fixed number of questions, however many rows they hold."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.downloads import body
from tests.performance.test_catalog_queries import grow, join

pytestmark = pytest.mark.django_db

MOST = 12
KINDS = {"studies": "study", "forms": "form", "mechanisms": "mechanism", "outcomes": "outcome", "claims": "claim"}
LISTS = [*(f"/{kind}.{suffix}" for kind in KINDS for suffix in ("csv", "json")), "/studies.ris", "/studies.csl.json"]


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        body(client, address)
    return len(captured)


@pytest.fixture
def centre() -> dict:
    """One record of each kind, joined to the others, the study with a trial."""
    found = {
        "form": make.make_form(),
        "mechanism": make.make_mechanism(),
        "outcome": make.make_outcome(),
        "study": make.make_study(),
        "claim": make.make_claim(),
    }
    join(found)
    return found


def test_download_keeps_its_number_of_queries_as_rows_grow(client, centre: dict) -> None:
    addresses = [*LISTS, *(f"/{kind}/{centre[name].slug}.json" for kind, name in KINDS.items())]
    before = {address: queries(client, address) for address in addresses}
    for _ in range(3):
        grow(centre)

    assert {address: queries(client, address) for address in addresses} == before
    assert {address: number for address, number in before.items() if number > MOST} == {}
