"""The forest plot of an outcome's page: picture, table and download say the same, cell by cell."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms_catalog.charts.forest_csv import COLUMNS
from forms_catalog.charts.query import ForestQuery
from forms_catalog.charts.series import forest_series
from forms_catalog.charts.view import scale_of
from forms_catalog.models import Arm, PooledResult, Study
from mgsite.templatetags.ui import figure
from tests import dom
from tests import factories as make
from tests.downloads import csv_rows

pytestmark = pytest.mark.django_db
PAGE, FILE = "/outcomes/depression/", "/outcomes/depression/forest.csv"


@pytest.fixture
def depression() -> None:
    outcome = make.make_outcome(slug="depression", name="Depression")
    figures = [(-0.615, 0.277, -1.159, -0.072), (-0.78, 0.301, -1.37, -0.19), (-0.495, 0.212, -0.911, -0.079)]
    for number, (smd, se, low, high) in enumerate(figures):
        study = make.make_study(slug=f"trial{number}", year=2015 + number, authors=[f"Trial{number}, A"])
        numbers = {"smd": smd, "se": se, "ci_low": low, "ci_high": high, "n_mg": 20 + number}
        make.make_effect(study=study, outcome=outcome, flag="integrity" if number == 0 else "", **numbers)
    drug = make.make_study(slug="drug", authors=["Drug, D"])
    make.make_effect(study=drug, outcome=outcome, comparator="active:imipramine")
    silent = make.make_study(slug="silent", n=99, authors=["=cmd()", "Silent, S"], comparator="Placebo")
    make.make_unusable_result(study=silent, outcome=outcome)
    make.make_result(study=silent, outcome=outcome, direction="no_difference")
    Arm.objects.create(trial=make.make_trial(study=silent), label="Placebo", role="placebo", form_stated="none")
    PooledResult.objects.create(
        study=make.make_study(slug="review", authors=["Review, R"]),
        outcome=outcome,
        source_url=make.SOURCE,
        **{
            "key": "p",
            "measure": "Scores",
            "evidence": "randomised",
            "effect_kind": "SMD",
            "effect": -0.9,
            "note": "n",
        },
    )


def lines(client: Client, query: str = "") -> list[dict[str, str]]:
    return csv_rows(client, FILE + query)


def cell(row: Element, name: str) -> str:
    return " ".join("".join(row.find(f"td[@class='forest-{name}']").itertext()).split())


def shown(value: str) -> str:
    return figure(float(value)) if value else ""


@pytest.mark.usefixtures("depression")
def test_picture_table_and_download_agree_cell_by_cell(client: Client) -> None:
    query = "?comparator=placebo"
    data = lines(client, query)
    table = dom.find(client.get(PAGE + query).content.decode(), ".//table[@class='forest forest-weighed']")
    scale = scale_of(forest_series(["depression"])["depression"].narrowed(ForestQuery("depression", "placebo")))
    rows = [*table.findall("tbody/tr"), *table.findall("tfoot/tr")]

    assert [line["row"] for line in data] == ["trial"] * 4 + ["pool", "published"]
    for line, row in zip(data[:5], rows, strict=True):
        assert cell(row, "people") == line["people"]
        assert cell(row, "comparator") == line["comparator"]
        if line["row"] == "trial":
            assert cell(row, "form") == line["treatment"]
            assert line["citation"].removeprefix("'") in "".join(row.find("th").itertext())
        if not line["effect"]:
            assert cell(row, "missing") == f"{line['direction']}. {line['not_drawn_because']}"
            continue
        expected = f"{shown(line['effect'])} ({shown(line['low'])} to {shown(line['high'])})"
        assert cell(row, "effect") == expected
        assert cell(row, "weight") == (f"{float(line['weight_percent']):.1f} %".replace("100.0", "100"))
        assert f": {shown(line['effect'])}" in row.find(".//{*}title").text
        assert drawn(row) == [scale.place(float(line[name])) for name in ("low", "effect", "high")]


def drawn(row: Element) -> list[float]:
    """Where the low end, the effect and the high end lie in the picture."""
    diamond = row.find(".//{*}path[@class='forest-diamond']")
    if diamond is not None:
        left, top, right = (part.split()[0] for part in diamond.get("d").removeprefix("M").split("L")[:3])
        return [float(left), float(top), float(right)]
    line = next(one for one in row.iter() if "forest-interval" in (one.get("class") or ""))
    square = row.find(".//{*}rect")
    middle = round(float(square.get("x")) + float(square.get("width")) / 2, 1)
    return [float(line.get("x1")), pytest.approx(middle, abs=0.11), float(line.get("x2"))]


@pytest.mark.usefixtures("depression")
def test_page_shows_placebo_first_where_that_can_be_pooled_and_links_the_other_views(client: Client) -> None:
    html = client.get(PAGE).content.decode()
    ways = dom.find(html, ".//ul[@class='forest-ways']").findall("li/a")

    assert [(way.text, way.get("aria-current")) for way in ways] == [
        ("Compared with placebo (4 rows)", "true"),
        ("Compared with another treatment (1 row)", None),
        ("All comparisons (5 rows)", None),
        ("Leave out trials whose printed figures do not add up", None),
    ]
    for way in ways:
        assert client.get(way.get("href")).status_code == 200
    every = dom.text(client.get(ways[2].get("href")).content.decode())
    assert "compare magnesium with different things, imipramine and placebo" in every
    assert len(dom.parse(html).findall(".//dl[@class='forest-columns']/div")) == len(COLUMNS)


@pytest.mark.usefixtures("depression")
def test_pool_of_a_retracted_trial_is_gone(client: Client) -> None:
    assert "Pooled from 3 of the 4 trials in view" in dom.text(client.get(PAGE).content.decode())
    Study.objects.filter(slug="trial1").update(publication_status="retracted", publication_note="Withdrawn.")

    row = next(line for line in lines(client, "?comparator=placebo") if line["study"] == "trial1")

    assert (row["not_pooled_because"], row["flag"], row["weight_percent"]) == (
        "the study was retracted",
        "Retracted",
        "",
    )


@pytest.mark.usefixtures("depression")
def test_download_holds_no_formula_and_says_what_was_asked(client: Client) -> None:
    response = client.get(f"{FILE}?comparator=no_treatment")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="depression-no-treatment.csv"'
    assert [line["row"] for line in lines(client, "?comparator=no_treatment")] == ["pool", "published"]
    assert next(line for line in lines(client) if line["study"] == "silent")["citation"].startswith("'=cmd()")


@pytest.mark.parametrize("address", [f"{PAGE}?comparator=sugar", f"{PAGE}?without=doubt&comparator=%00"])
@pytest.mark.usefixtures("depression")
def test_what_is_not_known_is_ignored_with_a_notice(address: str, client: Client) -> None:
    words = dom.text(client.get(address).content.decode())

    assert "The chart cannot be narrowed to" in words
    assert "Pooled from 3 of the 4 trials in view" in words


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["comparator", "without", "x"]), st.binary(max_size=30)))
@pytest.mark.usefixtures("depression")
def test_no_query_string_is_an_error(client: Client, params: dict[str, bytes]) -> None:
    assert client.get(PAGE, params).status_code == client.get(FILE, params).status_code == 200


def test_outcome_without_trials_has_no_chart_and_no_download(client: Client) -> None:
    make.make_outcome(slug="depression")

    assert 'id="forest"' not in client.get(PAGE).content.decode()
    assert client.get(FILE).status_code == 404


@pytest.mark.usefixtures("depression")
def test_page_and_download_keep_to_their_queries(client: Client) -> None:
    for address, most in ((PAGE, 12), (FILE, 4)):
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        assert len(captured) <= most, address


@pytest.mark.usefixtures("depression")
def test_rows_are_cut_by_the_database_and_the_picture_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("forms_catalog.charts.series", "forms_catalog.queries.sayings"):
        monkeypatch.setattr(f"{module}.MOST_ROWS", 3)
    with CaptureQueriesContext(connection) as captured:
        words = dom.text(client.get(PAGE).content.decode())

    assert sum("LIMIT 3" in query["sql"] for query in captured) == 2
    assert "Only 4 rows are loaded here; there may be more on file." in words
    assert "imipramine" not in words
