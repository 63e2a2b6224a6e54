"""The explorer's pictures in an article: the same cells as in the explorer, and mistakes that are named by line."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.gate import complaints_about
from articles.models import Article
from articles.rendering import render
from forms_catalog import charts
from forms_catalog.actions import public_content_changed
from forms_catalog.models import FormEvidence, LadderEntry
from tests import dom
from tests import factories as make

pytestmark = pytest.mark.django_db

KEYS = {
    "matrix?form=citrate&form=glycinate&outcome=sleep&outcome=anxiety": "/explore/",
    "ladder?mechanism=nmda&mechanism=gaba-a": "/explore/?view=ladder",
    "matrix?age=adults&from=2010": "/explore/",
    "pathways?form=oxide": "/explore/pathways/",
}


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def drawn(key: str) -> Element:
    return dom.parse(charts.draw([key])[key].html)


def asked(key: str, base: str) -> str:
    return f"{base}{'&' if '?' in base else '?'}{key.partition('?')[2]}"


def links(tree: Element, base: str) -> list[str]:
    """Addresses, whole, that lead on from cells or bands."""
    found = [link.get("href") for cell in tree.iter("td") for link in cell.iter("a")]
    found += [link.get("href") for link in tree.findall(".//{*}g[@class='pathways-bands']/{*}a")]
    return [base + href if href.startswith(("?", "#")) else href for href in found]


@pytest.mark.parametrize("key", KEYS)
def test_picture_holds_the_cells_bands_and_links_of_the_explorer(client: Client, first_edition: None, key: str) -> None:
    address = asked(key, KEYS[key])
    page, chart = dom.parse(client.get(address, follow=True).content.decode()), drawn(key)
    base = address if "pathways" in key else address.partition("?")[0]

    cells = [[words(cell) for cell in tree.iter("td")] for tree in (page, chart)]
    bands = [
        [words(title) for title in tree.findall(".//{*}g[@class='pathways-bands']//{*}title")] for tree in (page, chart)
    ]
    assert cells[0] == cells[1]
    assert bands[0] == bands[1]
    assert len(cells[1]) + len(bands[1]) > 3
    assert links(chart, "") == links(page, base)
    assert all(client.get(href.partition("#")[0]).status_code == 200 for href in set(links(chart, "")))


@pytest.mark.parametrize("key", [*KEYS, "matrix", "ladder", "pathways"])
def test_picture_is_static_and_says_title_finding_source_and_edition(first_edition: None, key: str) -> None:
    public_content_changed()
    html = charts.draw([key])[key].html
    tree = dom.parse(html)

    dom.parse_strictly(html)
    assert not re.search(r"<script|style=|\sid=|<form|<iframe", html)
    assert words(tree.find(".//figcaption/strong"))
    assert re.search(r"\d+ stud", words(tree.find(".//figcaption/span")))
    assert re.search(r"Source: the catalog of Magnesium & Mind, as of \d+ \w+ \d{4}\.", words(tree))


def test_pathways_bring_their_lists(first_edition: None) -> None:
    tree = drawn("pathways?form=oxide")
    titles = [words(title) for title in tree.findall(".//{*}g[@class='pathways-bands']//{*}title")]
    items = [item for item in tree.iter("li") if item.find("strong") is not None]

    assert len(items) == len(titles) > 3
    assert words(tree.find(".//figcaption/strong")) == "From form to mechanism to outcome, form: Magnesium oxide"


def test_picture_stands_in_an_article_and_twice_is_no_harm(first_edition: None, client: Client) -> None:
    key = "pathways?form=oxide"
    result = render(f"![Paths of oxide](chart:{key})\n\n![](chart:{key})\n\n![](chart:matrix?outcome=sleep)")

    blocks = [
        block.get("aria-label") for block in dom.parse(result.html).iter("div") if block.get("class") == "chart-block"
    ]
    assert blocks == ["Paths of oxide", "From form to mechanism to outcome, form: Magnesium oxide", "Forms by outcome"]
    assert not result.problems
    ids = re.findall(r'\sid="([^"]*)"', result.html)
    assert len(ids) == len(set(ids))


@pytest.fixture
def catalog() -> None:
    citrate, sleep = make.make_form(slug="citrate", name="Magnesium citrate"), make.make_outcome(slug="sleep")
    nmda = make.make_mechanism(slug="nmda", name="NMDA receptor")
    study = make.make_study(form=citrate)
    study.mechanisms.add(nmda)
    make.make_result(study=study, outcome=sleep)
    FormEvidence.objects.create(form=citrate, outcome=sleep, study=study, note="one")
    LadderEntry.objects.create(mechanism=nmda, rung="animal", study=study, note="one")


@pytest.mark.usefixtures("catalog")
@pytest.mark.parametrize(
    ("key", "message", "better"),
    [
        ("matrix?form=citrat", "The filter “form” has no value “citrat”.", ("matrix?form=citrate",)),
        (
            "matrix?form=citrate&outcom=sleep",
            "There is no filter “outcom”.",
            ("matrix?form=citrate&outcome=sleep",),
        ),
        ("ladder?mechanism=nmdar", "The filter “mechanism” has no value “nmdar”.", ("ladder?mechanism=nmda",)),
        ("matrix?view=ladder", "There is no filter “view”.", ()),
        ("matrix?cell=citrate.sleep", "There is no filter “cell”.", ()),
        ("matrix?from=soon", "The filter “from” has no value “soon”.", ()),
        ("pathways?outcome=sleeep", "The filter “outcome” has no value “sleeep”.", ("pathways?outcome=sleep",)),
        ("pathways?form=citrate&form=citrate", "The filter “form” may stand once.", ()),
        ("pathways?form=", "The filter “form” has no value “”.", ()),
    ],
)
def test_mistake_is_named_with_its_line_and_the_nearest_that_is_right(
    key: str, message: str, better: tuple[str, ...]
) -> None:
    (problem,) = render(f"One\n\n![x](chart:{key})").problems

    assert (problem.line, problem.message) == (3, f"The chart “{key}” is not understood. {message}")
    assert problem.suggestions[: len(better)] == better


@pytest.mark.usefixtures("catalog")
@pytest.mark.parametrize(
    ("key", "suggestions"),
    [("matrx?form=citrate", ()), ("patways", ("pathways",)), ("matrix?form=citrate&from=2100", None)],
)
def test_what_is_no_picture_or_shows_nothing_is_an_error_too(key: str, suggestions: tuple[str, ...] | None) -> None:
    (problem,) = render(f"![x](chart:{key})").problems

    assert problem.message == f"There is no chart “{key}”, or nothing to draw in it."
    assert suggestions is None or problem.suggestions[:1] == suggestions[:1]


@pytest.mark.usefixtures("catalog")
def test_the_gate_stops_an_article_with_a_mistaken_picture_and_lets_a_right_one_pass() -> None:
    fields = {"title": "T", "slug": "t", "standfirst": "S.", "byline": "B"}
    right, wrong = "![x](chart:matrix?form=citrate)", "One\n\n![x](chart:matrix?form=citrat)"

    assert complaints_about(Article(body=right, **fields)) == []
    (complaint,) = complaints_about(Article(body=wrong, **fields))
    assert (complaint.check, complaint.line, complaint.blocks) == ("unresolved reference", 3, True)
    assert complaint.suggestions == ("matrix?form=citrate",)


@pytest.mark.usefixtures("catalog")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["matrix", "ladder", "pathways"]),
    st.sampled_from(["", "?", "?form=", "?form=citrate&", "?from=", "?"]),
    st.text(max_size=60),
)
def test_no_text_breaks_a_picture(name: str, start: str, rest: str) -> None:
    key = name + start + rest

    chart = charts.draw([key]).get(key)
    assert chart is None or dom.parse(chart.html) is not None
    assert charts.explain(key)
    assert all(charts.mistakes(better) == [] for better in charts.better(key) if len(charts.mistakes(key)) == 1)


@pytest.mark.usefixtures("catalog")
@pytest.mark.parametrize("key", ["matrix", "ladder", "pathways"])
def test_picture_asks_nothing_more_for_more_rows(key: str) -> None:
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert charts.draw([key])
        counts.append(len(captured))
        for _ in range(3):
            form, outcome, study = make.make_form(), make.make_outcome(), make.make_study()
            make.make_result(study=study, outcome=outcome)
            FormEvidence.objects.create(form=form, outcome=outcome, study=study, note="one")

    assert counts[0] == counts[1] <= 13


@pytest.mark.usefixtures("catalog")
def test_what_is_offered_instead_never_names_a_filter_twice_where_it_may_stand_once() -> None:
    assert charts.better("pathways?form=citrate&from=citrate") == []
    assert charts.better("pathways?from=citrate") == ["pathways?form=citrate"]
    assert charts.better("matrix?form=citrate&fom=citrate") == ["matrix?form=citrate&form=citrate"]
