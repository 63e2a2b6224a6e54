"""Pathways: each band is as thick as the studies that a reader would count, and leads to them."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from urllib.parse import quote_from_bytes

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms_catalog.explorer.pathways import PathwayFilter, Pathways, pathway_facets, pathways, short
from forms_catalog.explorer.pathways_drawing import draw_pathways
from forms_catalog.models import Form, Mechanism, Outcome, Study
from tests import factories as make

pytestmark = pytest.mark.django_db

URL = "/explore/pathways/"


def series(**chosen: str) -> Pathways:
    return pathways(PathwayFilter.read(chosen, facets=pathway_facets()))


def counted(found: Pathways) -> list[tuple[str, int]]:
    return [(band.words.partition(":")[0], band.number) for band in (*found.left, *found.right)]


@pytest.fixture
def records() -> tuple[Form, Mechanism, Outcome]:
    return (
        make.make_form(slug="oxide", name="Magnesium oxide"),
        make.make_mechanism(slug="nmda", name="NMDA receptor (block)"),
        make.make_outcome(slug="sleep", name="Sleep"),
    )


def tie(records: tuple[Form, Mechanism, Outcome], *, named: bool = True, **fields) -> Study:
    """A study on the path."""
    form, mechanism, outcome = records
    study = make.make_study(form=form if named else None, **fields)
    study.mechanisms.add(mechanism)
    make.make_result(study=study, outcome=outcome)
    return study


def test_people_and_animals_are_drawn_apart(records: tuple[Form, Mechanism, Outcome]) -> None:
    tie(records)
    tie(records, species="mouse", design="animal")
    tie(records, species="cell", design="in_vitro")
    assert [band.words for band in series().left] == [
        "Oxide to NMDA receptor: 1 study in people",
        "Oxide to NMDA receptor: 2 studies in animals or the laboratory",
    ]
    assert series().finding == "3 studies on these paths: 1 in people, 2 in animals or the laboratory."


@pytest.mark.parametrize(
    "fields",
    [
        {"design": "meta_analysis"},
        {"design": "hypothesis", "species": "none"},
        {"is_public": False},
        {"publication_status": "retracted", "publication_note": "Withdrawn."},
        {"kind": "regulator", "species": "none"},
    ],
)
def test_texts_and_what_readers_cannot_read_or_trust_are_left_out(
    records: tuple[Form, Mechanism, Outcome], fields: dict
) -> None:
    tie(records, **fields)
    assert series().number == 0


def test_a_study_on_the_ladder_and_on_the_list_of_a_mechanism_is_one(
    records: tuple[Form, Mechanism, Outcome],
) -> None:
    make.make_ladder_entry(mechanism=records[1], study=tie(records))
    on_ladder_only = make.make_study(form=records[0])
    make.make_ladder_entry(mechanism=records[1], study=on_ladder_only)
    assert counted(series()) == [("Oxide to NMDA receptor", 2), ("NMDA receptor to Sleep", 1)]


def test_a_form_is_known_by_an_arm_and_a_study_without_one_has_its_place(
    records: tuple[Form, Mechanism, Outcome],
) -> None:
    study = tie(records, named=False)
    assert counted(series())[0] == ("No single form named to NMDA receptor", 1)
    make.make_arm(trial=make.make_trial(study=study), role="magnesium", form=records[0])
    assert counted(series())[0] == ("Oxide to NMDA receptor", 1)


def test_narrowed_by_form_and_outcome_only_their_studies_are_left(records: tuple[Form, Mechanism, Outcome]) -> None:
    tie(records)
    tie((make.make_form(slug="citrate"), records[1], records[2]))
    tie((records[0], records[1], make.make_outcome(slug="anxiety")))
    assert series(form="oxide").number == 2
    assert counted(series(form="oxide", outcome="sleep")) == [
        ("Oxide to NMDA receptor", 1),
        ("NMDA receptor to Sleep", 1),
    ]


def test_the_first_edition_agrees_with_slow_counting(first_edition: None) -> None:
    expected: dict[tuple[str, str], set[str]] = defaultdict(set)
    texts = {"meta_analysis", "systematic_review", "narrative_review", "hypothesis", "commentary", "modelling"}
    for study in Study.objects.filter(is_public=True, kind="study").exclude(publication_status="retracted"):
        watched = study.species not in {"", "none"} or study.design in {"animal", "in_vitro"}
        if study.design in texts or not watched:
            continue
        on = {*study.mechanisms.all(), *(entry.mechanism for entry in study.ladder_entries.all())}
        for mechanism in on:
            for result in study.results.all():
                expected[short(mechanism.name), short(result.outcome.name)].add(study.slug)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for band in series().right:
        found[band.start.name, band.end.name] |= {study.slug for study in band.studies}
    assert found == expected
    assert expected


def test_bars_have_room_for_their_ribbons_and_stand_apart(first_edition: None) -> None:
    found = series()
    drawing = draw_pathways(found)
    thickness = {ribbon.band: ribbon.thickness for ribbon in drawing.ribbons}
    unit = {round(value / band.number, 2) for band, value in thickness.items()}
    assert len(unit) == 1
    for column in drawing.columns:
        for bar in column:
            into = sum(value for band, value in thickness.items() if band.end == bar.node)
            out = sum(value for band, value in thickness.items() if band.start == bar.node)
            assert bar.height == pytest.approx(max(into, out), abs=0.2)
        for upper, lower in pairwise(column):
            assert upper.y + upper.height < lower.y
            assert upper.lines[-1][1] + 12 <= lower.lines[0][1]
        assert column[-1].y + column[-1].height < drawing.height


def test_ribbons_lie_side_by_side_on_their_bars(first_edition: None) -> None:
    drawing = draw_pathways(series())
    bars = {bar.node: bar for column in drawing.columns for bar in column}
    spans: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for ribbon in drawing.ribbons:
        start_y, end_y = re.fullmatch(r"M\S+ (\S+?)C.* \S+ (\S+)", ribbon.path).groups()
        for side, node, middle in (("out", ribbon.band.start, start_y), ("in", ribbon.band.end, end_y)):
            low, high = float(middle) - ribbon.thickness / 2, float(middle) + ribbon.thickness / 2
            assert bars[node].y - 0.2 <= low
            assert high <= bars[node].y + bars[node].height + 0.2
            spans[side, node.key].append((low, high))
    for found in spans.values():
        assert all(upper[1] <= lower[0] + 0.2 for upper, lower in pairwise(sorted(found)))


def test_each_band_of_the_picture_leads_to_its_studies(client: Client, first_edition: None) -> None:
    html = client.get(URL).content.decode()
    found = series()
    for band in (*found.left, *found.right):
        assert f'<a href="#{band.key}" tabindex="-1"><title>{band.words}' in html
        item = html.partition(f'<li id="{band.key}">')[2].partition("</li>")[0]
        assert len(re.findall(r'href="/studies/', item)) == min(band.number, 20)


def test_a_long_band_lists_the_newest_and_counts_the_rest(
    client: Client, records: tuple[Form, Mechanism, Outcome]
) -> None:
    for _ in range(22):
        tie(records)
    html = " ".join(client.get(URL).content.decode().split())
    assert "<strong>22</strong> in people" in html
    assert html.count("and 2 more") == 2


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["form", "outcome", "order", "q"]), st.binary(max_size=60))
def test_no_address_breaks_the_page(client: Client, name: str, raw: bytes) -> None:
    for query in (raw.decode("latin-1"), f"{name}={quote_from_bytes(raw)}"):
        assert client.get(URL, QUERY_STRING=query).status_code in {200, 302}


def test_one_view_has_one_address(client: Client, records: tuple[Form, Mechanism, Outcome]) -> None:
    assert client.get(f"{URL}?outcome=sleep&form=oxide")["Location"] == f"{URL}?form=oxide&outcome=sleep"
    assert client.get(f"{URL}?form=&outcome=")["Location"] == URL


def test_no_path_says_so_and_leads_on(client: Client, records: tuple[Form, Mechanism, Outcome]) -> None:
    assert "No study ties a form to a mechanism yet" in client.get(URL).content.decode()
    assert f'<a href="{URL}">All paths</a>' in client.get(f"{URL}?form=oxide").content.decode()


def test_the_page_keeps_its_queries(client: Client, records: tuple[Form, Mechanism, Outcome]) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(URL).status_code == 200
        return len(captured)

    tie(records)
    before = asked()
    for _ in range(3):
        tie((make.make_form(), make.make_mechanism(), make.make_outcome()))
    assert asked() == before <= 12
