"""What the rule is fed: from rows of the catalog to sources, for claims and for forms and outcomes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forms_catalog.grading import compare_claims, grade_cells, grade_claim, grade_claims, grade_form_for_outcome
from forms_catalog.grading.cells import Lean
from forms_catalog.grading.facts import facts_of
from forms_catalog.grading.rule import Group, Source
from forms_catalog.grading.sources import source_of
from forms_catalog.models import FormEvidence, Study
from forms_catalog.models.vocabulary import Stance
from tests import factories as make

pytestmark = pytest.mark.django_db


def seen(study: Study, *outcomes: Any) -> Source:
    """The study as the rule sees it."""
    study = Study.objects.select_related("trial").get(pk=study.pk)
    wanted = frozenset(outcome.pk for outcome in outcomes)
    return source_of(study, facts_of([study.pk])[study.pk], stance=Stance.SUPPORTS, outcomes=wanted)


# Kinds


@pytest.mark.parametrize(
    ("fields", "group"),
    [
        ({"design": "rct"}, Group.RANDOMISED),
        ({"design": "crossover_rct"}, Group.RANDOMISED),
        ({"design": "equivalence_rct"}, Group.RANDOMISED),
        ({"design": "meta_analysis"}, Group.RANDOMISED),
        ({"design": "open_trial"}, Group.OBSERVATIONAL),
        ({"design": "controlled_trial"}, Group.OBSERVATIONAL),
        ({"design": "cohort"}, Group.OBSERVATIONAL),
        ({"design": "mendelian_randomisation"}, Group.OBSERVATIONAL),
        ({"design": "modelling"}, Group.OBSERVATIONAL),
        ({"design": "case_series"}, Group.INDIRECT),
        ({"design": "case_report"}, Group.INDIRECT),
        ({"design": "narrative_review"}, Group.INDIRECT),
        ({"design": "rct", "species": "rat"}, Group.INDIRECT),
        ({"design": "cohort", "species": ""}, Group.INDIRECT),
        ({"design": "in_vitro", "species": "cell"}, Group.INDIRECT),
        ({"design": "narrative_review", "kind": "guideline"}, Group.INDIRECT),
        ({"design": "", "kind": "news", "species": ""}, Group.INDIRECT),
    ],
)
def test_kind_of_evidence_follows_kind_species_and_design(fields: dict[str, str], group: Group) -> None:
    assert seen(make.make_study(**fields)).group == group


def test_trial_recorded_as_not_randomised_is_not_one() -> None:
    study = make.make_study(design="rct")
    make.make_trial(study=study, randomised=False)
    assert seen(study).group == Group.OBSERVATIONAL


def test_trial_whose_allocation_was_not_seen_keeps_its_design() -> None:
    study = make.make_study(design="rct")
    make.make_trial(study=study, randomised=None)
    assert seen(study).group == Group.RANDOMISED


@pytest.mark.parametrize(
    ("pools", "group"),
    [
        (["randomised", "uncontrolled"], Group.RANDOMISED),
        (["uncontrolled"], Group.OBSERVATIONAL),
        (["observational"], Group.OBSERVATIONAL),
    ],
)
def test_review_is_of_what_it_pooled(pools: list[str], group: Group) -> None:
    study, outcome = make.make_study(design="meta_analysis"), make.make_outcome()
    for evidence in pools:
        make.make_pooled_result(study=study, outcome=outcome, evidence=evidence)
    assert seen(study).group == group


@pytest.mark.parametrize(
    ("directions", "group"),
    [
        (["association", "not_applicable"], Group.OBSERVATIONAL),
        (["association", "mixed"], Group.RANDOMISED),
        (["not_applicable"], Group.RANDOMISED),
    ],
)
def test_review_of_nothing_but_associations_is_no_review_of_trials(directions: list[str], group: Group) -> None:
    study, outcome = make.make_study(design="systematic_review"), make.make_outcome()
    for direction in directions:
        make.make_result(study=study, outcome=outcome, direction=direction)
    assert seen(study).group == group


# Numbers


@pytest.mark.parametrize(
    ("n", "randomised", "analysed", "people"), [(126, 130, 120, 126), (None, 130, 120, 130), (None, None, 120, 120)]
)
def test_people_are_the_record_then_those_randomised_then_those_analysed(
    n: int | None, randomised: int | None, analysed: int | None, people: int
) -> None:
    study = make.make_study(n=n)
    make.make_trial(study=study, n_total_randomised=randomised, n_total_analysed=analysed)
    assert seen(study).people == people


def test_animals_are_no_people_and_unknown_stays_unknown() -> None:
    assert seen(make.make_study(species="rat", design="animal", n=80)).people is None
    assert seen(make.make_study()).people is None


@pytest.mark.parametrize(
    ("funding", "industry"), [("industry", True), ("mixed", True), ("public", False), ("not_stated", None)]
)
def test_industry_paid_where_it_paid_a_part(funding: str, industry: bool | None) -> None:
    study = make.make_study()
    make.make_trial(study=study, funding_type=funding)
    assert seen(study).industry is industry


def test_risk_of_bias_is_every_domain_and_none_where_none_was_judged() -> None:
    judged, unjudged = make.make_study(), make.make_study()
    trial = make.make_trial(study=judged)
    make.make_risk_of_bias(trial=trial, domain="randomisation", level="low")
    make.make_risk_of_bias(trial=trial, domain="measurement", level="high")
    make.make_trial(study=unjudged)
    assert sorted(seen(judged).bias or ()) == ["high", "low"]
    assert seen(unjudged).bias is None


@pytest.mark.parametrize(
    ("kind", "low", "high", "crosses"),
    [
        ("MD", -1.0, 1.0, True),
        ("MD", 0.5, 1.5, False),
        ("SMD", -0.9, -0.1, False),
        ("SMD", -0.9, 0.0, True),
        ("RR", 0.8, 1.2, True),
        ("RR", 1.1, 1.9, False),
        ("OR", 1.0, 2.0, True),
        ("OR", -0.5, 0.5, False),
        ("MD", -1.0, None, None),
    ],
)
def test_no_effect_is_nought_for_differences_and_one_for_ratios(
    kind: str, low: float, high: float | None, crosses: bool | None
) -> None:
    study, outcome = make.make_study(), make.make_outcome()
    make.make_result(study=study, outcome=outcome, effect_kind=kind, ci_low=low, ci_high=high)
    assert seen(study, outcome).crosses_no_effect is crosses


def test_intervals_of_other_outcomes_do_not_count_but_those_of_a_part_do() -> None:
    study, wide, other = make.make_study(), make.make_outcome(), make.make_outcome()
    part = make.make_outcome(broader=wide)
    make.make_result(study=study, outcome=other, effect_kind="MD", ci_low=-1, ci_high=1)
    assert seen(study, wide).crosses_no_effect is None
    make.make_result(study=study, outcome=part, effect_kind="MD", ci_low=1, ci_high=2)
    assert seen(study, wide).crosses_no_effect is False


def test_one_interval_of_several_that_includes_no_effect_decides() -> None:
    study, outcome = make.make_study(), make.make_outcome()
    for low in (1, -1):
        make.make_result(study=study, outcome=outcome, effect_kind="MD", ci_low=low, ci_high=2)
    assert seen(study, outcome).crosses_no_effect is True


def test_pool_is_asked_before_effects_and_effects_before_results() -> None:
    study, outcome = make.make_study(design="meta_analysis"), make.make_outcome()
    make.make_result(study=study, outcome=outcome, effect_kind="MD", ci_low=-1, ci_high=1)
    assert seen(study, outcome).crosses_no_effect is True
    make.make_effect(study=study, outcome=outcome, smd=-0.5, ci_low=-0.9, ci_high=-0.1)
    assert seen(study, outcome).crosses_no_effect is False
    make.make_pooled_result(study=study, outcome=outcome, effect=0, ci_low=-1, ci_high=1)
    assert seen(study, outcome).crosses_no_effect is True


def test_rows_beside_the_primary_one_do_not_count() -> None:
    study, outcome = make.make_study(), make.make_outcome()
    make.make_effect(study=study, outcome=outcome, primary_row=False)
    assert seen(study, outcome).crosses_no_effect is None


def test_pool_of_uncontrolled_studies_says_nothing_of_trials() -> None:
    study, outcome = make.make_study(design="meta_analysis"), make.make_outcome()
    make.make_pooled_result(study=study, outcome=outcome, ci_low=None, ci_high=None, effect=-0.2)
    make.make_pooled_result(study=study, outcome=outcome, evidence="uncontrolled", effect=0, ci_low=-1, ci_high=1)
    assert seen(study, outcome).crosses_no_effect is None


# Claims


def test_claim_counts_neither_hidden_nor_withdrawn_nor_background_sources() -> None:
    claim = make.make_claim()
    make.make_support(claim=claim, study=make.make_study(slug="counted"))
    make.make_support(claim=claim, study=make.make_study(is_public=False))
    make.make_support(claim=claim, study=make.make_study(publication_status="retracted", publication_note="Withdrawn."))
    make.make_support(claim=claim, study=make.make_study(slug="beside"), stance="background")
    graded = grade_claim(claim)
    assert graded
    assert [source.key for source in graded.counted] == ["counted"]
    assert [source.key for source in graded.background] == ["beside"]


def test_claim_takes_stance_and_fit_from_its_rows() -> None:
    claim = make.make_claim()
    fit = {"fit_population": "indirect", "fit_dose": "unknown", "fit_note": "mice"}
    make.make_support(claim=claim, study=make.make_study(), stance="contradicts", **fit)
    graded = grade_claim(claim)
    assert graded
    assert (graded.counted[0].stance, graded.counted[0].indirect) == ("contradicts", {"population"})


def test_claim_of_fact_and_claim_without_sources_have_no_grade() -> None:
    fact = make.make_claim(question="fact")
    make.make_support(claim=fact, study=make.make_study())
    assert grade_claims([fact, empty := make.make_claim()]) == {fact.pk: None, empty.pk: None}


def large_trial(**fields: Any) -> Study:
    study = make.make_study(n=500, **fields)
    make.make_risk_of_bias(trial=make.make_trial(study=study, funding_type="public"))
    return study


@pytest.mark.parametrize(
    ("certainty", "reason", "differs", "explained", "apart"),
    [
        ("high", "", False, True, "of one mind"),
        ("high", "Because.", False, False, "of one mind"),
        ("moderate", "", True, False, "less sure by 1 level"),
        ("very_low", "Because.", True, True, "less sure by 3 levels"),
    ],
)
def test_comparison_knows_difference_and_reason(
    certainty: str, reason: str, differs: bool, explained: bool, apart: str
) -> None:
    claim = make.make_claim(certainty=certainty, certainty_reason=reason)
    make.make_support(claim=claim, study=large_trial())
    row = compare_claims([claim])[0]
    assert (row.differs, row.is_explained, row.apart) == (differs, explained, apart)


def test_grading_many_claims_costs_as_much_as_grading_one() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            compare_claims(type(claim).objects.all())
        return len(captured)

    claim = make.make_claim(outcomes=[make.make_outcome()])
    make.make_support(claim=claim, study=large_trial())
    before = queries()
    for _ in range(4):
        more = make.make_claim(outcomes=[make.make_outcome()])
        for _ in range(3):
            make.make_support(claim=more, study=large_trial())
    assert queries() == before <= 6


# Forms and outcomes


def one_cell(*results: str, level: str = "", **trial: Any) -> Any:
    """The cell of a form with one trial whose results for the outcome point these ways."""
    form, outcome = make.make_form(name="Magnesium oxide"), make.make_outcome(name="Sleep")
    study = make.make_study(n=500, form=form)
    made = make.make_trial(study=study, funding_type="public", **trial)
    make.make_risk_of_bias(trial=made)
    for direction in results:
        make.make_result(study=study, outcome=outcome, direction=direction)
    make.make_form_evidence(form=form, outcome=outcome, study=study, level=level)
    return grade_form_for_outcome(form, outcome)


@pytest.mark.parametrize(
    ("results", "lean", "sentence"),
    [
        (["favours_magnesium"], Lean.BENEFIT, "Magnesium oxide results in an improvement in sleep"),
        (["no_difference"], Lean.NO_DIFFERENCE, "Magnesium oxide results in little or no difference in sleep"),
        (["favours_comparator"], Lean.NO_DIFFERENCE, "Magnesium oxide results in little or no difference in sleep"),
        (["mixed"], Lean.BOTH_WAYS, "Results of magnesium oxide for sleep are mixed"),
        (["favours_magnesium", "no_difference"], Lean.BOTH_WAYS, "Results of magnesium oxide for sleep are mixed"),
        (["favours_magnesium", "not_applicable"], Lean.BENEFIT, "Magnesium oxide results in an improvement in sleep"),
    ],
)
def test_sentence_says_which_way_the_results_point(results: list[str], lean: Lean, sentence: str) -> None:
    cell = one_cell(*results)
    assert (cell.lean, cell.sentence) == (lean, sentence)


@pytest.mark.parametrize("results", [[], ["association"], ["not_applicable"]])
def test_study_without_a_direction_gives_no_grade_and_no_sentence(results: list[str]) -> None:
    cell = one_cell(*results)
    assert (cell.grade, cell.lean, cell.sentence) == (None, None, "")
    assert cell.ungraded


@pytest.mark.parametrize("level", ["human_rct_null", "human_rct_null_vs_placebo", "secondary_outcome_null"])
def test_level_that_says_no_effect_speaks_where_no_direction_is_on_file(level: str) -> None:
    assert one_cell(level=level).lean == Lean.NO_DIFFERENCE


def test_trial_whose_figures_do_not_add_up_carries_no_sentence() -> None:
    cell = one_cell("favours_magnesium", level="human_rct_disputed")
    assert (cell.grade, cell.sentence) == (None, "")


def test_finding_no_difference_among_few_is_not_finding_that_there_is_none() -> None:
    form, outcome = make.make_form(name="Magnesium oxide"), make.make_outcome(name="Sleep")
    study = make.make_study(n=150)
    make.make_risk_of_bias(trial=make.make_trial(study=study))
    make.make_result(study=study, outcome=outcome, direction="no_difference")
    make.make_form_evidence(form=form, outcome=outcome, study=study)
    cell = grade_form_for_outcome(form, outcome)
    assert cell.grade
    assert cell.grade.certainty == "moderate"
    assert cell.sentence == "Studies of magnesium oxide found no clear difference in sleep, but cannot rule one out"


def test_no_difference_from_another_treatment_is_not_no_effect() -> None:
    form, outcome = make.make_form(), make.make_outcome()
    study = make.make_study(design="equivalence_rct")
    make.make_arm(trial=make.make_trial(study=study), role="active", label="Imipramine")
    make.make_result(study=study, outcome=outcome, direction="no_difference")
    make.make_form_evidence(form=form, outcome=outcome, study=study)
    cell = grade_form_for_outcome(form, outcome)
    assert cell.grade
    assert cell.lean == Lean.BOTH_WAYS
    assert cell.grade.counted[0].indirect == {"comparator"}


@pytest.mark.parametrize(
    ("fields", "trial", "level", "indirect"),
    [
        ({}, {"magnesium_alone": False}, "", {"form"}),
        ({}, {"magnesium_alone": None}, "", set()),
        ({"form": "another"}, {}, "", {"form"}),
        ({"design": "meta_analysis"}, None, "", {"form"}),
        ({}, {}, "human_rct_mixture", {"form"}),
        ({}, {}, "human_rct_very_small_iv", {"form", "dose"}),
        ({}, {}, "human_subgroup", {"population"}),
    ],
)
def test_cell_knows_what_does_not_fit(
    fields: dict[str, Any], trial: dict[str, Any] | None, level: str, indirect: set[str]
) -> None:
    form, outcome = make.make_form(), make.make_outcome()
    if "form" in fields:
        fields = {"form": make.make_form()}
    study = make.make_study(**fields)
    if trial is not None:
        make.make_trial(study=study, **trial)
    make.make_result(study=study, outcome=outcome)
    make.make_form_evidence(form=form, outcome=outcome, study=study, level=level)
    cell = grade_form_for_outcome(form, outcome)
    assert cell.grade
    assert cell.grade.counted[0].indirect == indirect


def test_people_of_a_row_stand_before_those_of_its_study() -> None:
    form, outcome, study = make.make_form(), make.make_outcome(), make.make_study(n=151)
    make.make_result(study=study, outcome=outcome)
    make.make_form_evidence(form=form, outcome=outcome, study=study, n=55)
    cell = grade_form_for_outcome(form, outcome)
    assert cell.grade
    assert cell.grade.counted[0].people == 55


def test_absorption_and_searches_that_found_nothing_are_not_graded() -> None:
    form, absorption, other = make.make_form(), make.make_outcome(slug="absorption"), make.make_outcome()
    study = make.make_study()
    make.make_result(study=study, outcome=absorption)
    make.make_form_evidence(form=form, outcome=absorption, study=study)
    make.make_form_evidence(form=form, outcome=other)
    compared, nothing = grade_form_for_outcome(form, absorption), grade_form_for_outcome(form, other)
    assert (compared.grade, nothing.grade) == (None, None)
    assert compared.ungraded
    assert nothing.ungraded == ""


@pytest.mark.parametrize(
    ("study", "why"),
    [
        ({"publication_status": "retracted", "publication_note": "Taken back."}, "every study on file was retracted."),
        ({"is_public": False}, ""),
    ],
)
def test_retracted_studies_are_not_a_search_that_found_none(study: dict[str, Any], why: str) -> None:
    row = make.make_form_evidence(form=make.make_form(), outcome=make.make_outcome(), study=make.make_study(**study))
    assert grade_form_for_outcome(row.form, row.outcome).ungraded == why


def test_all_cells_at_once_cost_two_queries() -> None:
    for _ in range(4):
        one_cell_of_its_own()
    with CaptureQueriesContext(connection) as captured:
        cells = grade_cells(FormEvidence.objects.select_related("form", "outcome", "study__trial"))
    assert len(cells) == 4
    assert len(captured) == 2


def one_cell_of_its_own() -> None:
    form, outcome, study = make.make_form(), make.make_outcome(), make.make_study()
    make.make_trial(study=study)
    make.make_result(study=study, outcome=outcome)
    make.make_form_evidence(form=form, outcome=outcome, study=study)
