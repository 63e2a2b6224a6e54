"""The page on diet: safety first, every figure beside whose it is, and the same as data."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from forms_catalog.diet.foods import bar_of, foods_page, scale_of
from forms_catalog.diet.intakes import adult_range, advice, first_year, limits, said_of
from forms_catalog.diet.notes import notes_by_place
from forms_catalog.models import Caution, FoodSource
from tests import factories as make
from tests.dom import parse, text
from tests.downloads import csv_rows, document

pytestmark = pytest.mark.django_db

PAGE = "/diet/"


def html_of(client: Client, query: str = "") -> str:
    return client.get(f"{PAGE}{query}").content.decode()


def rows_of(html: str, table: str) -> list[list[str]]:
    """The cells of each row, white space made single."""
    found = next(each for each in parse(html).iter("table") if table in (each.get("class") or ""))
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in found.find("tbody").iter("tr")]


def test_cautions_come_gravest_first(client: Client, first_edition: None) -> None:
    html = html_of(client)
    listed = html[html.index('id="cautions"') :]
    named = {c.condition: listed.index(c.condition[1:]) for c in Caution.objects.all()}
    major = [named[c.condition] for c in Caution.objects.filter(severity="major")]
    other = [named[c.condition] for c in Caution.objects.exclude(severity="major")]
    assert max(major) < min(other)


def foods_shown(client: Client, query: str = "") -> list[str]:
    return [row[0] for row in rows_of(html_of(client, query), "food-table")]


# Order of things


def test_what_could_harm_stands_before_what_could_help(client: Client) -> None:
    make.make_caution(condition="any kidney disease", rule="ask a doctor first")
    make.make_upper_level()
    make.make_intake_reference()
    make.make_food_source()
    shown = text(html_of(client))
    main = shown[shown.index("Before you take a supplement") :]
    order = ("ask a doctor first", "The most to add", "How much a day", "Magnesium in a serving of food")
    assert sorted(order, key=main.index) == list(order)


def test_the_take_away_is_the_first_thing_said(client: Client) -> None:
    make.make_intake_reference(age="19-30 years", male=400, female=310)
    make.make_food_source(food="Pumpkin seeds", serving="1 ounce", magnesium_mg=156)
    lead = parse(html_of(client)).find(".//p[@class='standfirst']")
    assert "".join(lead.itertext()) == (
        "Adults are advised to get 310 to 400 mg of magnesium a day, food included. "
        "The richest food on file (pumpkin seeds, 1 ounce) holds 156 mg."
    )


def test_an_empty_catalog_has_a_page_and_files(client: Client) -> None:
    html = html_of(client)
    assert "No food is on file." in html
    assert "No upper level is on file." in html
    assert "No recommended intake is on file." in html
    assert csv_rows(client, "/diet.csv") == []
    assert document(client, "/diet.json")["rows"] == []


@pytest.mark.parametrize("address", ["/", "/forms/citrate/", "/data/", "/nowhere/"])
def test_other_pages_lead_to_it(client: Client, first_edition: None, address: str) -> None:
    links = [link.get("href") or "" for link in parse(client.get(address).content.decode()).iter("a")]
    assert links.count("/diet/") >= 2  # sections above, reading below
    ways = {"/": "/diet/", "/forms/citrate/": "/diet/#upper-levels", "/data/": "/diet.csv"}
    assert address not in ways or ways[address] in links


# Foods


def test_foods_come_in_the_order_asked_for_and_the_files_with_them(client: Client) -> None:
    for name, mg, group in (("Beans", 60, "legumes"), ("Apple", 9, "fruit"), ("Chia", 111, "seeds")):
        make.make_food_source(food=name, serving="", magnesium_mg=mg, group=group)
    orders = {"": ["Chia", "Beans", "Apple"], "name": ["Apple", "Beans", "Chia"], "group": ["Apple", "Beans", "Chia"]}
    for order, wanted in orders.items():
        query = f"?order={order}" if order else ""
        assert foods_shown(client, query) == wanted
        assert [row["food"] for row in csv_rows(client, f"/diet.csv{query}")] == wanted
        assert [row["food"] for row in document(client, f"/diet.json{query}")["rows"]] == wanted


def test_the_column_in_force_says_so_and_every_head_leads_back_to_the_table(client: Client) -> None:
    make.make_food_source()
    heads = [
        head for head in parse(html_of(client, "?order=name")).iter("th") if head.find("a[@class='sort']") is not None
    ]
    assert [head.get("aria-sort") for head in heads] == ["ascending", None, None]
    links = [head.find("a").get("href") for head in heads]
    assert links == ["/diet/?order=name#foods", "/diet/#foods", "/diet/?order=group#foods"]


@pytest.mark.parametrize("query", ["?order=kcal", "?order=%00", "?order=" + "x" * 5000, "?page=-1&order=", "?x[]=1"])
def test_an_address_that_means_nothing_gives_the_page_and_the_files(client: Client, query: str) -> None:
    make.make_food_source(food="Beans")
    for address in ("/diet/", "/diet.csv", "/diet.json", "/diet/intakes.csv"):
        assert client.get(f"{address}{query}").status_code == 200
    assert ("was left out" in html_of(client, query)) is ("order=" in query and not query.endswith("order="))


def test_magnesium_by_energy_is_shown_only_where_a_source_gives_it(client: Client) -> None:
    spinach = make.make_food_source(food="Spinach", magnesium_mg=78)
    make.make_food_source(food="Apple", magnesium_mg=9)
    before = html_of(client)
    assert "per 100\xa0kcal is not stated" in before.replace("&nbsp;", "\xa0")
    assert all(len(row) == 4 for row in rows_of(before, "food-table"))

    FoodSource.objects.filter(pk=spinach.pk).update(magnesium_mg_per_100_kcal=340.5)
    cells = {row[0]: row[2] for row in rows_of(html_of(client, "?order=name"), "food-table")}
    assert cells["Spinach1 ounce"] == "340.5 mg"
    assert cells["Apple1 ounce"] == "not stated"
    by_food = {
        row["food"]: row["magnesium_mg_per_100_kcal"] for row in document(client, "/diet.json?order=name")["rows"]
    }
    assert by_food == {"Spinach": 340.5, "Apple": None}


@pytest.mark.parametrize("figure", [0, -1])
def test_magnesium_by_energy_is_above_zero(figure: float) -> None:
    food = make.make_food_source()
    food.magnesium_mg_per_100_kcal = figure
    with pytest.raises(ValidationError, match="above zero"):
        food.full_clean()


def test_a_range_is_drawn_from_its_low_to_its_high_end() -> None:
    bar = bar_of(FoodSource(magnesium_mg=24, magnesium_mg_low=24, magnesium_mg_high=27), top=100)
    assert (bar.length, bar.starts, bar.beyond) == (24, 24, 3)
    plain = bar_of(FoodSource(magnesium_mg=24), top=100)
    assert (plain.length, plain.beyond) == (24, 0)


@given(st.lists(st.tuples(st.integers(1, 5000), st.none() | st.integers(0, 5000)), min_size=1, max_size=20))
def test_no_bar_leaves_its_scale_and_longer_means_more(amounts: list[tuple[int, int | None]]) -> None:
    foods = [
        FoodSource(magnesium_mg=mg, magnesium_mg_low=mg, magnesium_mg_high=None if more is None else mg + more)
        for mg, more in amounts
    ]
    top = scale_of(foods)
    bars = [bar_of(food, top=top) for food in foods]
    assert all(0 < bar.length <= 100 and bar.starts + bar.beyond <= 100.0001 for bar in bars)
    ordered = sorted(bars, key=lambda bar: bar.length)
    assert [bar.food.magnesium_mg for bar in ordered] == sorted(food.magnesium_mg for food in foods)


# Authorities


def test_each_authority_keeps_its_own_figures_and_sources(client: Client) -> None:
    make.make_upper_level(authority="North", age="adults 18 and over", mg=350, source_urls=["https://north.example/a"])
    make.make_upper_level(authority="South", age="under 4 years", mg=None, note="No value; no data.")
    make.make_upper_level(
        authority="South", age="4 years and over", mg=250, rank=1, applies_to="salts", reason="safe so far"
    )
    north, south = limits()
    assert [row.mg for row in south.rows] == [None, 250]
    assert (north.source_urls, south.covers) == (["https://north.example/a"], ["supplements", "salts"])
    html = html_of(client)
    assert ["Under 4 years", "No value; no data."] in rows_and_groups(html)
    assert ["4 years and over", "250 mg"] in rows_and_groups(html)
    assert 'href="https://north.example/a"' in html


def rows_and_groups(html: str) -> list[list[str]]:
    return [
        [" ".join("".join(cell.itertext()).split()) for cell in row]
        for table in parse(html).iter("table")
        if "diet-table" in (table.get("class") or "")
        for row in table.iter("tr")
    ]


def test_a_figure_that_was_not_seen_is_not_stated_and_never_naught(client: Client) -> None:
    make.make_intake_reference(age="0-6 months", male=30, female=None)
    assert ["0-6 months", "30 mg", "not stated"] in rows_and_groups(html_of(client))
    (row,) = csv_rows(client, "/diet/intakes.csv")
    assert (row["male_mg_per_day"], row["female_mg_per_day"]) == ("30", "")


def test_only_rows_with_a_figure_for_mothers_stand_in_their_table() -> None:
    make.make_intake_reference(authority="One panel", age="9-13 years", rank=0)
    make.make_intake_reference(authority="One panel", age="14-18 years", rank=1, pregnancy=400)
    (only,) = advice()
    assert [row.age for row in only.for_mothers] == ["14-18 years"]


@pytest.mark.parametrize(
    ("age", "year"),
    [
        ("19-30 years", 19),
        ("51 years and over", 51),
        ("adults 18 and over", 18),
        ("10 to under 18 years", 10),
        ("1 to under 3 years", 1),
        ("7-11 months", None),
        ("under 4 years", None),
        ("", None),
    ],
)
def test_age_band_starts_with_its_first_year(age: str, year: int | None) -> None:
    assert first_year(age) == year


def test_what_adults_are_advised_leaves_out_children_and_planning_targets() -> None:
    for age, kind, male, female in (
        ("10 to under 18 years", "AI", 300, 250),
        ("18 years and over", "AI", 350, 300),
        ("31 years and over", "EAR", 350, 265),
    ):
        make.make_intake_reference(age=age, kind=kind, male=male, female=female)
    assert adult_range(advice()) == (300, 350)
    assert adult_range([]) is None


def test_what_is_said_of_every_age_is_said_once() -> None:
    said = said_of([("1-3", "Too little data. Draft said 160."), ("4-8", "Too little data.")])
    assert [(each.text, each.ages) for each in said] == [("Too little data.", ()), ("Draft said 160.", ("1-3",))]


# Notes, queries


def test_a_note_that_fits_nowhere_is_shown_all_the_same(client: Client) -> None:
    make.make_reference_note(slug="brand-new", topic="diet", title="Brand new", text="Seen nowhere else.")
    make.make_reference_note(slug="of-safety", topic="safety", title="Other", text="Of another topic.")
    make.make_reference_note(slug="risk-group-x", topic="diet", title="At risk of low magnesium: sailors", text="Salt.")
    assert [note.title for note in notes_by_place()["rest"]] == ["Brand new"]
    shown = text(html_of(client))
    assert "Seen nowhere else." in shown
    assert "Of another topic." not in shown
    assert "SailorsSalt." in shown


@pytest.mark.parametrize(
    "address", ["/diet/", "/diet.csv", "/diet.json", "/diet/intakes.csv", "/diet/upper-levels.csv"]
)
def test_queries_stay_the_same_as_rows_grow(client: Client, address: str) -> None:
    counts = []
    for _ in range(2):
        for _ in range(3):
            grow()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12


def grow() -> None:
    for maker in (make.make_food_source, make.make_intake_reference, make.make_upper_level, make.make_caution):
        maker()
    make.make_reference_note(topic="diet", title="n")


@pytest.mark.parametrize("address", ["/diet.csv", "/diet.json", "/diet/intakes.csv", "/diet/upper-levels.csv"])
def test_files_may_be_read_by_other_sites_and_carry_no_cookie(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in answer.headers
    assert not answer.cookies
    assert re.match(r"text/csv|application/json", answer.headers["Content-Type"])


def test_all_foods_are_read_with_one_query() -> None:
    for _ in range(3):
        make.make_food_source()
    with CaptureQueriesContext(connection) as captured:
        found: Any = foods_page({})
    assert (len(captured), len(found.bars)) == (1, 3)
