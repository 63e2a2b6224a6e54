"""What a claim's card says: the sources counted and listed fairly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_catalog.models import Claim, Study, Support
from forms_catalog.models.claims import FIT_DIMENSIONS
from forms_catalog.models.vocabulary import Certainty, Fit, Stance
from forms_catalog.queries.claim_cards import MOST_ROWS, balance, card_html, listed, with_sources
from tests import dom
from tests.factories import make_claim, make_study, make_support


def source(stance: str, *indirect: str, status: str = "as_published", **fits: str) -> Support:
    values = {
        f"fit_{name}": Fit.INDIRECT if name in indirect else fits.get(name, Fit.DIRECT) for name in FIT_DIMENSIONS
    }
    return Support(stance=stance, study=Study(slug="s", publication_status=status), **values)


def sources(**counts: int) -> list[Support]:
    return [source(stance) for stance, count in counts.items() for _ in range(count)]


@pytest.mark.parametrize(
    ("supports", "words"),
    [
        ([], "no source on file"),
        (sources(supports=1), "1 supports, none against"),
        (sources(supports=2, contradicts=1), "2 support, 1 against"),
        (sources(contradicts=2), "none supports, 2 against"),
        (sources(supports=1, qualifies=1, background=2), "1 supports, none against, 1 limits it, 2 background"),
        (sources(qualifies=2), "none supports, none against, 2 limit it"),
        (
            [*sources(supports=1, contradicts=1), source("supports", "population")],
            "2 support, 1 against; 1 indirect: different population",
        ),
        (
            [source("supports", "dose", "outcome"), source("contradicts", "outcome")],
            "1 supports, 1 against; 2 indirect: different outcome",
        ),
        (
            [source("supports", "form"), source("supports", "dose")],
            "2 support, none against; 2 indirect: different form or dose",
        ),
        ([source("background", "form")], "none supports, none against, 1 background"),
        ([source("supports", form=Fit.UNKNOWN, dose=Fit.NOT_APPLICABLE)], "1 supports, none against"),
        (
            [*sources(supports=1, contradicts=1), source("supports", "dose", status="retracted")],
            "1 supports, 1 against; 1 retracted, not counted",
        ),
        ([source("supports", status="retracted")], "none supports, none against; 1 retracted, not counted"),
        ([source("supports", status="concern"), source("supports", status="corrected")], "2 support, none against"),
    ],
)
def test_sources_are_counted_in_words(supports: list[Support], words: str) -> None:
    assert balance(supports) == words


fits = st.builds(
    lambda stance, indirect: source(stance, *indirect),
    st.sampled_from(Stance.values),
    st.sets(st.sampled_from(FIT_DIMENSIONS)),
)


@given(st.lists(fits, min_size=1, max_size=12))
def test_every_indirect_source_differs_in_one_of_the_dimensions_named(supports: list[Support]) -> None:
    said = balance(supports)
    indirect = [
        {dimension for dimension, value in support.fit() if value == Fit.INDIRECT}
        for support in supports
        if support.stance != Stance.BACKGROUND
    ]
    indirect = [dimensions for dimensions in indirect if dimensions]
    named = set(said.partition("different ")[2].split(" or ")) - {""}

    assert all(dimensions & named for dimensions in indirect)
    assert (f"{len(indirect)} indirect" in said) == bool(indirect)


@given(
    st.lists(st.sampled_from(Stance.values), max_size=20),
    st.sampled_from(Certainty.values),
)
def test_list_is_short_and_no_stance_is_crowded_out(stances: list[str], certainty: str) -> None:
    supports = [Support(pk=number, stance=stance) for number, stance in enumerate(stances)]
    chosen = listed(supports, certainty=certainty)
    bearing = [support for support in supports if support.stance != Stance.BACKGROUND]

    assert len(chosen) == min(MOST_ROWS, len(bearing))
    assert {support.stance for support in chosen} == {support.stance for support in bearing}


def test_contrary_evidence_is_listed_first_when_certainty_is_low() -> None:
    supports = [Support(pk=1, stance="supports"), Support(pk=2, stance="contradicts")]

    assert [support.pk for support in listed(supports, certainty="low")] == [2, 1]
    assert [support.pk for support in listed(supports, certainty="high")] == [1, 2]


def loaded(claim: Claim) -> Claim:
    return with_sources(Claim.objects.filter(pk=claim.pk)).get()


@pytest.mark.django_db
def test_card_shows_verdict_certainty_reason_wording_and_sources() -> None:
    claim = make_claim(
        slug="c1", statement="It works.", why="One. Two. Three. Four. Five.", suggested_wording="It may."
    )
    study = make_study(slug="poleszak2008", authors=["Poleszak, Ewa"], year=2008)
    make_support(
        claim=claim, study=study, shows="Mice were calmer. So were rats.", fit_population="indirect", fit_note="mice"
    )

    html = card_html(loaded(claim))

    assert "Overstated · low certainty · 1 supports, none against; 1 indirect: different population" in dom.text(html)
    assert "One. Two. Three. Four. A careful" in dom.text(html)
    assert "A careful editor would write: It may." in dom.text(html)
    assert [" ".join("".join(cell.itertext()).split()) for cell in dom.find(html, ".//tbody/tr")] == [
        "Poleszak 2008 Supports",
        "Mice were calmer.",
        "Indirect: mice",
    ]
    assert [link.get("href") for link in dom.parse(html).findall(".//a")] == [
        "/studies/poleszak2008/",
        "/claims/c1/",
        "/claims/c1/replies/",
    ]


@pytest.mark.django_db
def test_card_says_when_a_source_was_retracted() -> None:
    claim = make_claim()
    make_support(claim=claim, study=make_study(publication_status="retracted", publication_note="Withdrawn in 2024."))

    assert dom.find(card_html(loaded(claim)), ".//tbody//strong").text == "Retracted"


@pytest.mark.django_db
def test_card_leaves_out_sources_kept_for_editors() -> None:
    claim = make_claim()
    make_support(claim=claim, study=make_study(title="Hidden title", authors=[], is_public=False))

    html = card_html(loaded(claim))

    assert "Hidden" not in html
    assert "no source on file" in dom.text(html)
    assert "<table" not in html


@pytest.mark.django_db
def test_card_escapes_what_editors_typed_and_holds_no_id() -> None:
    hostile = "<script>alert(1)</script> \"quoted\" 'too' & <b>"
    claim = make_claim(statement=hostile, why=hostile, suggested_wording=hostile)
    make_support(claim=claim, study=make_study(authors=[hostile]), shows=hostile, fit_note=hostile)

    html = card_html(loaded(claim))

    assert dom.parse(html).findall(".//script") == dom.parse(html).findall(".//b") == []
    assert "id" not in {name for element in dom.elements(html) for name in element.attrib}


@pytest.mark.django_db
def test_sources_of_many_claims_take_one_query_more_than_none(django_assert_num_queries) -> None:
    for _ in range(3):
        claim = make_claim()
        for _ in range(4):
            make_support(claim=claim, study=make_study())

    with django_assert_num_queries(2):
        assert [len(card_html(claim)) > 0 for claim in with_sources(Claim.objects.all())] == [True] * 3
