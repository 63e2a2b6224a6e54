"""The source a reply names: read for its form, never fetched."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from articles.sources import LONGEST, read_source

DOI = "https://doi.org/10.1371/journal.pone.0180067"
PUBMED = "https://pubmed.ncbi.nlm.nih.gov/28654669/"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("10.1371/journal.pone.0180067", DOI),
        (" doi: 10.1371/journal.pone.0180067. ", DOI),
        ("DOI:10.1371/journal.pone.0180067", DOI),
        ("http://dx.doi.org/10.1371/journal.pone.0180067", DOI),
        ("10.1016/0006-8993(95)00815-v", "https://doi.org/10.1016/0006-8993(95)00815-v"),
        ("10.1000/a?b#c", "https://doi.org/10.1000/a%3Fb%23c"),
        ("28654669", PUBMED),
        ("PMID: 28654669", PUBMED),
        ("pmid28654669", PUBMED),
        ("https://pubmed.ncbi.nlm.nih.gov/28654669", PUBMED),
        ("https://www.ncbi.nlm.nih.gov/pubmed/28654669/", PUBMED),
        ("pmc5487054", "https://pmc.ncbi.nlm.nih.gov/articles/PMC5487054/"),
        ("https://www.example.org/a-study?id=1", "https://www.example.org/a-study?id=1"),
    ],
)
def test_a_source_is_read_into_one_address(typed, address) -> None:
    assert read_source(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "a book I read",
        "10.1/x",
        "1234",
        "1234567890",
        "ftp://example.org/x",
        "javascript:alert(1)",
        "https://",
        "https://localhost/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://2130706433/x",
        "https://user@example.org/",
        "https://example.org\\@evil.example/",
        "https://example.org:8443/",
        "https://example.org:port/",
        "https://exаmple.org/",
        'https://example.org/"onclick="x',
        "https://example.org/ and more",
        "https://example.org/\nx",
        "١٢٣٤٥٦٧",
        "https://example.org/" + "x" * LONGEST,
    ],
)
def test_what_is_no_source_is_refused_in_words(typed) -> None:
    with pytest.raises(ValidationError) as refusal:
        read_source(typed)
    assert refusal.value.messages[0].endswith((".", "https://."))


@given(st.text())
def test_any_text_gives_a_web_address_or_a_refusal(typed) -> None:
    try:
        address = read_source(typed)
    except ValidationError:
        return
    assert address.startswith(("https://", "http://"))
    assert not set(address) & set('<>" \n\\')
    assert len(address) <= LONGEST
