"""The forest plot: its series, where its marks lie, what its words say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.rendering import render
from forms_catalog import charts
from forms_catalog.actions import public_content_changed
from forms_catalog.charts.geometry import MARGIN, MOST_REACH, WIDTH, marks_for, scale_for
from forms_catalog.charts.series import Comparison, Estimate, forest_series
from forms_catalog.charts.view import finding, in_words, printed
from forms_catalog.models import Study
from forms_catalog.references import CatalogResolver
from mgsite.markup.references import Kind
from tests import dom
from tests.factories import make_effect, make_form, make_outcome, make_study, make_unusable_result

KEY = "forest?outcome=depression"


def estimate(effect: float, low: float | None = None, high: float | None = None) -> Estimate:
    return Estimate(effect, None if low is None or high is None else (low, high))


def row(effect: float | None, low: float | None = None, high: float | None = None, *, study: int = 1) -> Comparison:
    return Comparison(
        study=Study(pk=study, slug=f"s{study}", authors=["Author, A"], year=2020),
        measure="",
        people="",
        treatment="",
        comparator="",
        estimate=None if effect is None else estimate(effect, low, high),
        reason="" if effect is not None else "No number.",
        flag="",
    )


def test_finding_only_counts() -> None:
    rows = [
        row(-0.6, -1.0, -0.2),
        row(-0.1, -0.4, 0.2, study=2),
        row(0.5, 0.1, 0.9, study=3),
        row(-0.2, study=3),
        row(None, study=4),
    ]

    assert finding(rows) == (
        "4 comparisons from 3 trials; 1 interval lies wholly on magnesium’s side, 1 wholly on the other, 1 on both; "
        "1 row has no number that could be drawn."
    )


def test_a_side_that_was_inferred_is_counted_on_none_and_said() -> None:
    guessed = replace(row(-1.06, -1.69, -0.43), estimate=Estimate(-1.06, (-1.69, -0.43), is_inferred=True))

    assert finding([guessed, row(-0.6, -1.0, -0.2, study=2)]) == (
        "2 comparisons from 2 trials; 1 interval lies wholly on magnesium’s side, 0 wholly on the other, 0 on both; "
        "1 interval is counted on no side: whom it favours was not seen."
    )
    assert in_words(guessed.estimate).endswith("; whom it favours was not seen, so the side is inferred")


def test_finding_of_one_row_reads_well() -> None:
    assert finding([row(-0.6, -1.0, 0.2)]) == (
        "1 comparison from 1 trial; 0 intervals lie wholly on magnesium’s side, 0 wholly on the other, 1 on both."
    )


@pytest.mark.parametrize(
    ("shown", "figures", "words"),
    [
        (estimate(-0.615, -1.159, -0.072), "−0.615 (−1.159 to −0.072)", "; the whole interval favours magnesium"),
        (estimate(0.365, 0.015, 0.715), "0.365 (0.015 to 0.715)", "; the whole interval favours the comparison"),
        (estimate(-0.001, -0.5, 0.5), "−0.001 (−0.5 to 0.5)", "; the interval includes no difference"),
        (estimate(0.02), "0.02 (interval not seen)", ""),
    ],
)
def test_effect_is_said_in_figures_and_in_words(shown: Estimate, figures: str, words: str) -> None:
    assert printed(shown) == figures
    assert in_words(shown) == figures + words


def test_marks_lie_on_the_axis_that_all_rows_share() -> None:
    scale = scale_for([-1.0, 0.5])
    marks = marks_for(effect=-1.0, interval=(-1.0, 0.5), scale=scale)

    assert marks.line == (MARGIN, WIDTH - MARGIN)
    assert marks.zero == scale.place(0) == 131.3
    assert marks.arrows == ()


def test_interval_beyond_the_axis_becomes_an_arrow() -> None:
    scale = scale_for([-9.0, 9.0])

    assert (scale.low, scale.high) == (-MOST_REACH, MOST_REACH)
    assert len(marks_for(effect=0, interval=(-9.0, 9.0), scale=scale).arrows) == 2
    assert marks_for(effect=-9.0, interval=(-9.5, -8.0), scale=scale).point is None


def test_effect_without_interval_is_a_point_alone() -> None:
    marks = marks_for(effect=0.1, interval=None, scale=scale_for([]))

    assert (marks.line, marks.arrows) == (None, ())
    assert marks.point is not None


@given(st.lists(st.floats(-20, 20), max_size=20), st.floats(-20, 20))
def test_nothing_is_drawn_outside_the_strip(values: list[float], value: float) -> None:
    scale = scale_for(values)

    assert scale.low <= -0.5 < 0.5 <= scale.high
    assert MARGIN <= scale.place(value) <= WIDTH - MARGIN


@pytest.fixture
def depression(db: None) -> None:
    outcome = make_outcome(slug="depression", name="Depression")
    oxide = make_form(slug="oxide", name="Magnesium oxide")
    flagged = make_study(slug="rajizadeh2017", year=2017, form=oxide, dose_mg_elemental=500.0, authors=["Rajizadeh, A"])
    make_effect(study=flagged, outcome=outcome, flag="integrity", measure="BDI-II", n_mg=26, n_control=27)
    drug = make_study(slug="barragan2008", year=2008, authors=["Barragán, L"])
    make_effect(
        study=drug, outcome=outcome, comparator="active:imipramine", n_basis="equal_split_assumed", n_total_seen=23
    )
    hidden = make_study(slug="hidden2020", is_public=False, authors=["Hidden, H"])
    make_effect(study=hidden, outcome=outcome)
    make_unusable_result(study=make_study(slug="fard2017", n=99, authors=["Fard, F"]), outcome=outcome)


@pytest.mark.usefixtures("depression")
def test_row_says_what_the_journal_said_of_its_study_since() -> None:
    changed = {"publication_status": "retracted", "publication_note": "Withdrawn."}
    Study.objects.filter(slug__in=["rajizadeh2017", "fard2017"]).update(**changed)
    rows = forest_series(["depression"])["depression"].rows

    assert [row.flag.partition(";")[0] for row in rows] == ["Retracted", "", "Retracted"]
    assert rows[0].flag != "Retracted"


@pytest.mark.usefixtures("depression")
def test_rows_come_placebo_first_and_without_unpublished_studies() -> None:
    rows = forest_series(["depression"])["depression"].rows

    assert [(r.study.slug, r.people, r.treatment, r.comparator) for r in rows] == [
        ("rajizadeh2017", "26 and 27", "oxide, 500 mg", "placebo"),
        ("barragan2008", "23 in all", "form not stated, dose not seen", "imipramine"),
        ("fard2017", "99", "form not stated, dose not seen", "not seen"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("effect", "people", "treatment"),
    [
        ({"design": "crossover", "n_mg": 12, "n_control": 12}, "12, each in both arms", "several forms, dose not seen"),
        ({"n_mg": None, "n_control": None, "n_basis": "not_seen"}, "not seen", "several forms, dose not seen"),
        ({"n_mg": None, "n_total_seen": 90}, "90", "several forms, dose not seen"),
        ({"n_basis": "equal_split_assumed"}, "60 in all", "several forms, dose not seen"),
        ({"intervention": "combination"}, "30 and 30", "several forms, dose not seen, with something else"),
        ({"given_to_both_arms": "an SSRI"}, "30 and 30", "several forms, dose not seen, both arms took an SSRI"),
    ],
)
def test_row_says_who_and_what(effect: dict[str, object], people: str, treatment: str) -> None:
    study = make_study(form_stated="mixed")
    make_effect(study=study, outcome=make_outcome(slug="sleep"), **effect)

    comparison = forest_series(["sleep"])["sleep"].rows[0]

    assert (comparison.people, comparison.treatment) == (people, treatment)


@pytest.mark.usefixtures("depression")
def test_chart_is_a_table_with_a_drawn_column() -> None:
    html = charts.draw([KEY])[KEY].html

    dom.parse_strictly(html)
    rows = dom.parse(html).findall(".//tbody/tr")
    assert [" ".join("".join(row.find("th").itertext()).split()) for row in rows] == [
        "Rajizadeh 2017 BDI-II Some printed figures do not add up",
        "Barragán 2008 A questionnaire",
        "Fard 2008",
    ]
    assert [len(row.findall(".//{*}svg[@role='img']/{*}title")) for row in rows] == [1, 1, 0]
    assert rows[0].find("th/a").get("href") == "/studies/rajizadeh2017/"
    missing = rows[2].find("td[@class='forest-missing']")
    assert "".join(missing.itertext()) == "Direction not seen. No difference. Missing: means and spread."
    assert "style=" not in html
    assert " id=" not in html


@pytest.mark.usefixtures("depression")
def test_chart_says_title_finding_directions_and_source() -> None:
    public_content_changed()
    words = dom.text(charts.draw([KEY])[KEY].html)

    for expected in (
        "Depression: magnesium, trial by trial",
        "2 comparisons from 2 trials; 0 intervals lie wholly on magnesium’s side, 0 wholly on the other, 2 on both; "
        "1 row has no number that could be drawn.",
        "← favours magnesium favours the comparison →",
        "Source: the catalog of Magnesium & Mind, as of ",
    ):
        assert expected in words


@pytest.mark.django_db
def test_effect_without_a_number_keeps_its_row_with_the_reason() -> None:
    outcome = make_outcome(slug="sleep")
    nothing = {"smd": None, "se": None, "ci_low": None, "ci_high": None, "poolable": False}
    make_effect(study=make_study(), outcome=outcome, not_poolable_because="direction not stated", **nothing)
    make_effect(study=make_study(), outcome=outcome, smd=-9.0, ci_low=-12.0, ci_high=-8.0)

    html = charts.draw(["forest?outcome=sleep"])["forest?outcome=sleep"].html

    assert "Direction not seen. Direction not stated" in dom.text(html)
    assert len(dom.parse(html).findall(".//{*}path[@class='forest-arrow']")) == 2
    assert "as of" not in dom.text(html)


@pytest.mark.usefixtures("depression")
def test_charts_take_three_queries_however_many(django_assert_num_queries) -> None:
    make_effect(study=make_study(), outcome=make_outcome(slug="sleep"))

    with django_assert_num_queries(3):
        assert len(CatalogResolver().resolve(Kind.CHART, [KEY, "forest?outcome=sleep", "forest?outcome=none"])) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "key",
    [
        "funnel?outcome=depression",
        "forest",
        "forest?outcome=a&b=c",
        "forest?outcome=a&comparator=sugar",
        "forest?outcome=a&outcome=b",
        "forest?comparator=placebo",
        "forest?outcome=a" + "&without=flagged" * 50,
    ],
)
def test_unknown_chart_asks_nothing_and_is_not_found(key: str, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert charts.draw([key]) == {}


@pytest.mark.usefixtures("depression")
def test_chart_stands_in_the_article_and_a_wrong_one_is_reported() -> None:
    result = render(f"![Trials on depression](chart:{KEY})\n\n![x](chart:forest?outcome=depresion)")

    assert dom.find(result.html, "div[@class='chart-block']").get("aria-label") == "Trials on depression"
    assert [(p.line, p.message, p.suggestions) for p in result.problems] == [
        (3, "There is no chart “forest?outcome=depresion”, or nothing to draw in it.", (KEY,))
    ]


@pytest.mark.usefixtures("depression")
def test_narrowed_chart_stands_in_the_article_under_its_own_title() -> None:
    result = render(f"![](chart:{KEY}&comparator=active)\n\n![x](chart:{KEY}&comparator=no_treatment)")

    block = dom.find(result.html, "div[@class='chart-block']")
    assert block.get("aria-label") == "Depression: magnesium, trial by trial, compared with another treatment"
    assert [row.find("td[@class='forest-comparator']").text for row in block.findall(".//tbody/tr")] == ["imipramine"]
    assert [(problem.line, problem.message) for problem in result.problems] == [
        (3, f"There is no chart “{KEY}&comparator=no_treatment”, or nothing to draw in it.")
    ]
