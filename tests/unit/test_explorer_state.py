"""The explorer's state: what an address means, its one spelling, and its words."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from forms_catalog.explorer.facets import Names, Place, explorer_facets
from forms_catalog.explorer.state import MOST_VALUES, STUDIES, VIEWS, ExplorerState, TooMuchError

NAMES = Names(
    forms={"taurate": "Taurate", "citrate": "Citrate", "glycinate": "Glycinate", "oxide": "Oxide"},
    outcomes={"anxiety": "Anxiety", "sleep": "Sleep"},
    mechanisms={"nmda": "NMDA receptor"},
)
FACETS = explorer_facets(NAMES)


def read(query: str) -> ExplorerState:
    return ExplorerState.from_params(QueryDict(query), names=NAMES)


def some_of(options: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    chosen = st.sets(st.sampled_from(options), max_size=4)
    return chosen.map(lambda values: tuple(value for value in options if value in values))


@st.composite
def states(draw: st.DrawFn) -> ExplorerState:
    chosen = {facet.name: draw(some_of(list(facet.options))) for facet in FACETS}
    years = st.none() | st.integers(1800, 2100)
    first, last = draw(years), draw(years)
    if first and last:
        first, last = sorted((first, last))
    view = draw(st.sampled_from(list(VIEWS)))
    return ExplorerState(
        names=NAMES,
        view=view,
        chosen={name: values for name, values in chosen.items() if values},
        first=first,
        last=last,
        page=draw(st.integers(1, 99)) if view == STUDIES else 1,
    )


@given(states())
def test_what_is_written_is_read_back_the_same(state: ExplorerState) -> None:
    again = read(state.query_string)

    assert again == state
    assert again.notices == ()
    assert again.query_string == state.query_string


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_any_text_is_read_and_its_spelling_is_stable(query: str) -> None:
    try:
        state = read(query.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
    except TooMuchError:
        return

    assert read(state.query_string) == state
    assert state.sentence(count=2, studies=2, randomised=1).startswith("2 studies")


@given(st.lists(st.tuples(st.sampled_from([facet.name for facet in FACETS] + ["view", "from", "page"]), st.text())))
def test_a_value_nobody_knows_leaves_nothing_behind_but_a_notice(pairs: list[tuple[str, str]]) -> None:
    params = QueryDict(mutable=True)
    for name, value in pairs:
        params.appendlist(name, f"~{value}")
    try:
        state = ExplorerState.from_params(params, names=NAMES)
    except TooMuchError:
        assert len(pairs) > MOST_VALUES
        return

    assert state == ExplorerState(names=NAMES)
    assert bool(state.notices) == any(name != "page" for name, _ in pairs)


def test_order_and_doubles_of_an_address_do_not_matter() -> None:
    asked = "outcome=sleep&form=oxide&form=citrate&form=taurate&form=oxide&form=glycinate"

    assert read(asked).query_string == "form=taurate&form=citrate&form=glycinate&form=oxide&outcome=sleep"


def test_years_the_wrong_way_round_are_turned() -> None:
    assert read("from=2020&to=2010") == read("from=2010&to=2020")


def test_more_values_than_a_view_takes_are_refused() -> None:
    assert read("&".join(["form=citrate"] * MOST_VALUES)).chosen == {"form": ("citrate",)}
    with pytest.raises(TooMuchError):
        read("&".join(["form=citrate"] * (MOST_VALUES + 1)))


def test_query_is_said_in_one_sentence() -> None:
    state = read("form=glycinate&form=taurate&outcome=anxiety&age=adults&from=2010")

    assert state.sentence(count=12, studies=12, randomised=3) == (
        "12 studies of taurate or glycinate for anxiety in adults of 18 to 59, since 2010, 3 randomised."
    )
    assert read("").sentence(count=1, studies=0, randomised=0) == "1 study or source, 0 randomised."


def test_dropping_a_value_keeps_the_others_and_starts_at_the_first_page() -> None:
    state = read("view=studies&form=citrate&form=taurate&outcome=sleep&page=3")

    assert state.without("form", "taurate").query_string == "view=studies&form=citrate&outcome=sleep"
    assert state.without("form").query_string == "view=studies&outcome=sleep"


def test_a_place_is_put_where_an_address_has_it() -> None:
    state = read("from=2010&outcome=sleep").at("cell", "taurate.sleep")

    assert state.query_string == "view=studies&outcome=sleep&cell=taurate.sleep&from=2010"
    assert read(state.query_string) == state


def test_every_facet_but_the_places_is_offered() -> None:
    assert [facet.name for facet in FACETS if isinstance(facet, Place)] == ["cell", "rung"]
