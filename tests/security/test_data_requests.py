"""No query string, whatever its bytes, breaks a download."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories as make

pytestmark = pytest.mark.django_db

ADDRESSES = [
    *(
        f"/{kind}.{suffix}"
        for kind in ("studies", "forms", "mechanisms", "outcomes", "claims")
        for suffix in ("csv", "json")
    ),
    *(f"/studies.{suffix}" for suffix in ("ris", "bib", "csl.json")),
]
NAMES = st.sampled_from(["q", "design", "outcome", "form", "year", "status", "order", "page", "verdict", "article"])
VALUES = st.text(max_size=20) | st.sampled_from(["rct", "none", "2020", "-1", "0", "9" * 30, "\x00", "people"])
PAIRS = st.lists(st.tuples(NAMES | st.text(max_size=5), VALUES), max_size=6)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(address=st.sampled_from(ADDRESSES), raw=st.binary(max_size=60), pairs=PAIRS)
def test_any_query_string_is_answered(client: Client, address: str, raw: bytes, pairs: list[tuple[str, str]]) -> None:
    make.make_study(slug="s1") if not make.Study.objects.exists() else None

    for query in (raw.decode("latin-1"), pairs):
        asked = {"query_params": pairs} if query is pairs else {"QUERY_STRING": query}
        response = client.get(address, **asked)
        assert response.status_code in {200, 400}
        response.getvalue()


def test_ten_thousand_keys_are_refused_clearly(client: Client) -> None:
    assert client.get("/studies.csv?" + "&".join(["design=rct"] * 10_000)).status_code == 400
