"""Every constraint of the catalog's tables is broken once: in the database, in `full_clean`, in the edition's check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from forms_catalog import models as catalog
from forms_catalog.edition.constraints import holds
from forms_catalog.models.fields import validate_address, validate_doi, validate_issn, validate_pmcid, validate_pmid
from tests import factories as make

pytestmark = pytest.mark.django_db
ARRIVED = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)

MAKERS: dict[type[models.Model], Callable[..., models.Model]] = {
    catalog.Form: make.make_form,
    catalog.Hydrate: lambda **f: make.make_hydrate(**{"form": _form()} | f),
    catalog.FormEvidence: lambda **f: make.make_form_evidence(
        **{"form": _form(), "outcome": _outcome(), "study": _study()} | f
    ),
    catalog.CommonClaim: lambda **f: make.make_common_claim(form=_form(), **f),
    catalog.Mechanism: make.make_mechanism,
    catalog.AnalogousDrug: lambda **f: make.make_analogous_drug(**{"mechanism": _mechanism()} | f),
    catalog.LadderEntry: lambda **f: make.make_ladder_entry(**{"mechanism": _mechanism(), "study": _study()} | f),
    catalog.Outcome: make.make_outcome,
    catalog.OutcomeNote: lambda **f: make.make_outcome_note(**{"outcome": _outcome(), "study": _study()} | f),
    catalog.GlossaryTerm: make.make_term,
    catalog.Study: make.make_study,
    catalog.StudyIdentifier: lambda **f: make.make_identifier(**{"study": _study()} | f),
    catalog.StudyResult: lambda **f: make.make_result(study=_study(), outcome=_outcome(), **f),
    catalog.Trial: lambda **f: make.make_trial(study=_study(), **f),
    catalog.Arm: lambda **f: make.make_arm(trial=_trial(), **f),
    catalog.RiskOfBias: lambda **f: make.make_risk_of_bias(**{"trial": _trial()} | f),
    catalog.Effect: lambda **f: make.make_effect(**{"study": _study(), "outcome": _outcome()} | f),
    catalog.UnusableResult: lambda **f: make.make_unusable_result(study=_study(), outcome=_outcome(), **f),
    catalog.PooledResult: lambda **f: make.make_pooled_result(study=_study(), outcome=_outcome(), **f),
    catalog.NarrativeSynthesis: lambda **f: make.make_narrative_synthesis(study=_study(), outcome=_outcome(), **f),
    catalog.Recomputation: lambda **f: make.make_recomputation(study=_study(), **f),
    catalog.Claim: make.make_claim,
    catalog.Support: lambda **f: make.make_support(**{"claim": make.make_claim(), "study": _study()} | f),
    catalog.CounterSearch: lambda **f: make.make_counter_search(**{"claim": make.make_claim()} | f),
    catalog.Interaction: make.make_interaction,
    catalog.NamedMedicine: make.make_medicine,
    catalog.Gap: make.make_gap,
    catalog.UnverifiedMedicine: make.make_unverified_medicine,
    catalog.SafetyReview: make.make_safety_review,
    catalog.Caution: make.make_caution,
    catalog.AdverseEffect: make.make_adverse_effect,
    catalog.ToxicityThreshold: make.make_toxicity_threshold,
    catalog.PoisoningCase: make.make_poisoning_case,
    catalog.CrisisLine: make.make_crisis_line,
    catalog.ReferenceNote: make.make_reference_note,
    catalog.FoodSource: make.make_food_source,
    catalog.IntakeReference: make.make_intake_reference,
    catalog.UpperLevel: make.make_upper_level,
    catalog.EvidenceAlert: make.make_alert,
    catalog.ReviewTask: lambda **f: catalog.ReviewTask.objects.create(
        **({"alert": make.make_alert()} | ({} if f else {"form": _form()}) | f)
    ),
    catalog.VerdictChange: make.make_verdict_change,
    catalog.StudyArrival: lambda **f: catalog.StudyArrival.objects.create(
        **{"study": _study(), "at": ARRIVED, "changed_at": ARRIVED} | f
    ),
    catalog.PublicState: lambda **f: catalog.PublicState.objects.create(**f),
    catalog.EditionRecord: lambda **f: catalog.EditionRecord.objects.create(
        **{"kind": "forms", "slug": "oxide", "digest": "0"} | f
    ),
}


def _form() -> catalog.Form:
    return make.make_form(hydrate=False)


def _mechanism() -> catalog.Mechanism:
    return make.make_mechanism()


def _outcome() -> catalog.Outcome:
    return make.make_outcome()


def _study() -> catalog.Study:
    return make.make_study()


def _trial() -> catalog.Trial:
    return make.make_trial(study=_study())


def _constraints(kind: type[models.BaseConstraint]) -> list[tuple[type[models.Model], Any]]:
    return [
        (model, constraint)
        for model in apps.get_app_config("forms_catalog").get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, kind)
    ]


# What breaks a check whose name does not say so already.
BREAKS_CHECK: dict[str, dict[str, Any]] = {
    "hydrate_drawing_names_its_smiles": {"drawn_from": "[O-2].[Mg+2]"},
    "ladderentry_empty_rung_dated": {"searched_on": dt.date(2026, 11, 23)},
    "study_year_sane": {"year": 1492},
    "study_form_named": {"form_stated": "single", "form": None},
    "study_has_design": {"design": ""},
    "study_status_explained": {"publication_status": "retracted", "publication_note": ""},
    "studyresult_effect_has_kind": {"effect": -1.0, "effect_kind": ""},
    "claim_safety_explained": {"safety_flag": True, "safety_note": ""},
    "arm_form_named": {"form_stated": "single", "form": None},
    "effect_poolable_or_reason": {"poolable": True, "not_poolable_because": "a subgroup"},
    "effect_poolable_has_numbers": {"smd": None},
    "effect_flip_explained": {"sign_flipped": True, "sign_note": ""},
    "evidencealert_about_its_record": {"study": None},
    "reviewtask_exactly_one_target": {"form": None},
    "publicstate_one_row": {"id": 2},
    "safetyreview_one_row": {"id": 2},
    "verdictchange_of_one_record": {"claim": None},
    "verdictchange_is_a_change": {"former_verdict": "overstated"},
    "studyarrival_changed_later": {"changed_at": ARRIVED - dt.timedelta(days=1)},
    "gap_has_hours": {"before_low": None, "after_low": None},
}


# So that an interval upside down breaks only the check meant, not also the one on the estimate inside it.
NO_ESTIMATE: dict[type[models.Model], dict[str, Any]] = {
    catalog.Effect: {"smd": None, "poolable": False, "not_poolable_because": "No estimate."}
}


def _what_breaks(constraint: models.CheckConstraint, model: type[models.Model]) -> dict[str, Any]:
    name = constraint.name.removeprefix(f"forms_catalog_{model._meta.model_name}_")
    if name.endswith("_known"):
        return {name.removesuffix("_known"): "?"}
    if name.endswith("_positive"):
        return {name.removesuffix("_positive"): 0}
    if "_below_" in name:
        low, _, high = name.partition("_below_")
        return {low: 9, high: 8} | NO_ESTIMATE.get(model, {})
    if name.endswith("_in_interval"):
        kind = {"effect_kind": "MD"} if model is catalog.StudyResult else {}
        return {name.removesuffix("_in_interval"): 9.0, "ci_low": 1.0, "ci_high": 2.0} | kind
    return BREAKS_CHECK[constraint.name.removeprefix("forms_catalog_")]


CHECKS = [
    pytest.param(model, constraint, id=constraint.name.removeprefix("forms_catalog_"))
    for model, constraint in _constraints(models.CheckConstraint)
]


def _valid_row(model: type[models.Model]) -> models.Model:
    return MAKERS[model]()


@pytest.mark.parametrize(("model", "constraint"), CHECKS)
def test_row_that_breaks_a_check_is_refused_by_the_database(model: type[models.Model], constraint: Any) -> None:
    row = _valid_row(model)
    broken = _what_breaks(constraint, model)

    # PostgreSQL cuts names at 63 characters.
    with pytest.raises(IntegrityError, match=constraint.name[:63]), transaction.atomic():
        model._base_manager.filter(pk=row.pk).update(**broken)


@pytest.mark.parametrize(("model", "constraint"), CHECKS)
def test_row_that_breaks_a_check_is_refused_with_a_sentence(model: type[models.Model], constraint: Any) -> None:
    row = _valid_row(model)
    for name, value in _what_breaks(constraint, model).items():
        setattr(row, name, value)

    with pytest.raises(ValidationError):
        row.full_clean()


@pytest.mark.parametrize(("model", "constraint"), CHECKS)
def test_the_editions_own_check_agrees_with_the_database(model: type[models.Model], constraint: Any) -> None:
    row = _valid_row(model)
    values = {field.name: getattr(row, field.attname) for field in model._meta.concrete_fields}
    broken = values | _what_breaks(constraint, model)

    assert holds(constraint.condition, values) is not False
    assert holds(constraint.condition, broken) is False


@pytest.mark.parametrize("model", list(MAKERS), ids=lambda model: model.__name__)
def test_every_table_has_a_factory_that_makes_a_valid_row(model: type[models.Model]) -> None:
    _valid_row(model).full_clean()


def test_no_table_is_left_out() -> None:
    assert set(MAKERS) == set(apps.get_app_config("forms_catalog").get_models())


def _same_parent(model: type[models.Model], *names: str, **fields: Any) -> dict[str, Any]:
    """Values of a first row, for a second that repeats them."""
    first = MAKERS[model](**fields)
    return {name: getattr(first, name) for name in names}


def _task_about(**target: Any) -> dict[str, Any]:
    """Alert and record of a first task, for a second that repeats them."""
    return {"alert": MAKERS[catalog.ReviewTask](**target).alert, **target}  # type: ignore[attr-defined]


REPEATS: dict[str, Callable[[], dict[str, Any]]] = {
    "hydrate_state_once": lambda: _same_parent(catalog.Hydrate, "form", "state"),
    "hydrate_unii_unique": lambda: {"unii": MAKERS[catalog.Hydrate](unii="3A3U0GI71G").unii},  # type: ignore[attr-defined]
    "formevidence_once": lambda: _same_parent(catalog.FormEvidence, "form", "outcome", "study"),
    "formevidence_one_empty_row": lambda: _same_parent(catalog.FormEvidence, "form", "outcome", "study", study=None),
    "analogousdrug_once": lambda: _same_parent(catalog.AnalogousDrug, "mechanism", "drug"),
    "ladderentry_once": lambda: _same_parent(catalog.LadderEntry, "mechanism", "rung", "study"),
    "ladderentry_one_empty_row": lambda: _same_parent(catalog.LadderEntry, "mechanism", "rung", "study", study=None),
    "outcomenote_once": lambda: _same_parent(catalog.OutcomeNote, "outcome", "study"),
    "study_pmid_unique": lambda: {"pmid": make.make_study(pmid="28654669").pmid},
    "study_pmcid_unique": lambda: {"pmcid": make.make_study(pmcid="PMC5487054").pmcid},
    "study_doi_unique": lambda: {"doi": make.make_study(doi="10.1371/journal.pone.0180067").doi.upper()},
    "studyidentifier_leads_to_one_record": lambda: _same_parent(catalog.StudyIdentifier, "kind", "value"),
    "namedmedicine_once": lambda: _same_parent(catalog.NamedMedicine, "interaction", "name"),
    "support_once": lambda: _same_parent(catalog.Support, "claim", "study"),
    "countersearch_once": lambda: _same_parent(catalog.CounterSearch, "claim", "query"),
    "intakereference_once": lambda: _same_parent(catalog.IntakeReference, "authority", "kind", "age"),
    "upperlevel_once": lambda: _same_parent(catalog.UpperLevel, "authority", "age"),
    "editionrecord_once": lambda: _same_parent(catalog.EditionRecord, "kind", "slug"),
    "reviewtask_claim_once": lambda: _task_about(claim=make.make_claim()),
    "reviewtask_form_once": lambda: _task_about(form=_form()),
    "reviewtask_mechanism_once": lambda: _task_about(mechanism=_mechanism()),
    "studyarrival_once": lambda: _same_parent(catalog.StudyArrival, "study"),
    "riskofbias_once": lambda: _same_parent(catalog.RiskOfBias, "trial", "domain"),
    "effect_one_primary_row": lambda: _same_parent(catalog.Effect, "study", "outcome"),
}


@pytest.mark.parametrize(
    ("model", "constraint"),
    [
        pytest.param(model, constraint, id=constraint.name.removeprefix("forms_catalog_"))
        for model, constraint in _constraints(models.UniqueConstraint)
    ],
)
def test_second_row_with_what_must_be_unique_is_refused(model: type[models.Model], constraint: Any) -> None:
    repeated = REPEATS[constraint.name.removeprefix("forms_catalog_")]()

    with pytest.raises(IntegrityError), transaction.atomic():
        MAKERS[model](**repeated)


@pytest.mark.parametrize("field", ["pmid", "pmcid", "doi"])
def test_any_number_of_studies_may_lack_an_identifier(field: str) -> None:
    make.make_study(**{field: ""})
    make.make_study(**{field: ""}).full_clean()


@pytest.mark.parametrize(
    ("validate", "good", "bad"),
    [
        (validate_pmid, ["18799816", "461478"], ["", "1234", "0123456", "1234567890", "PMID 18799816", "18799816\n"]),
        (validate_pmcid, ["PMC5487054"], ["5487054", "PMC", "pmc5487054", "PMC05"]),
        (validate_doi, ["10.1038/307462a0"], ["https://doi.org/10.1038/307462a0", "10.1038", "10.1038/a b", "10.1/x"]),
        (validate_address, ["https://pubmed.ncbi.nlm.nih.gov/1/"], ["javascript:alert(1)", "//x.org", "ftp://x.org"]),
        (validate_issn, ["0378-5955", "2049-3630", "0317-8471", "1050-124X"], ["0378-5954", "03785955", "0378-595x"]),
    ],
)
def test_identifiers_are_checked_for_their_form(
    validate: Callable[[str], None], good: list[str], bad: list[str]
) -> None:
    for value in good:
        validate(value)
    for value in bad:
        with pytest.raises(ValidationError):
            validate(value)


@pytest.mark.parametrize(
    ("row", "changes", "field"),
    [
        (catalog.Study, {"kind": "regulator", "design": "", "authors": []}, "authors"),
        (catalog.Study, {"authors": ["Poleszak, Ewa", " "]}, "authors"),
        (catalog.Study, {"authors": ["Poleszak, Ewa", "Poleszak, Ewa"]}, "authors"),
        (catalog.Support, {"fit_form": "indirect", "fit_note": ""}, "fit_note"),
        (catalog.Mechanism, {"establishment": ["animal", "certain"]}, "establishment"),
        (catalog.Trial, {"conditions": ["sad"]}, "conditions"),
        (catalog.StudyIdentifier, {"kind": "pmid", "value": "https://example.org"}, "value"),
        (catalog.Hydrate, {"formula": "NaCl"}, "formula"),
        (catalog.Hydrate, {"formula": "Mg("}, "formula"),
        (catalog.Effect, {"comparator": "active"}, "comparator"),
        (catalog.Effect, {"inputs": {"p": None}}, "inputs"),
        (catalog.Effect, {"inputs": [1, 2]}, "inputs"),
        (catalog.Form, {"source_urls": ["ftp://example.org"]}, "source_urls"),
        (catalog.Form, {"source_urls": []}, "source_urls"),
    ],
)
def test_record_that_makes_no_sense_is_refused_at_its_field(
    row: type[models.Model], changes: dict[str, Any], field: str
) -> None:
    record = _valid_row(row)
    for name, value in changes.items():
        setattr(record, name, value)

    with pytest.raises(ValidationError) as refusal:
        record.full_clean()

    assert field in refusal.value.message_dict


@pytest.mark.parametrize(
    ("authors", "title", "year", "spoken"),
    [
        (["Poleszak, Ewa"], "A title", 2008, "Poleszak 2008"),
        (["Poleszak, Ewa", "Wlaź, Piotr"], "A title", 2008, "Poleszak and Wlaź 2008"),
        (["Barragán-Rodríguez, L", "B, C", "D, E"], "A title", 2008, "Barragán-Rodríguez and others 2008"),
        ([], "A title of no more than eight words", None, "“A title of no more than…” (no year seen)"),
        ([], "", 2008, "Source nct03601169 (author and title not seen)"),
    ],
)
def test_study_is_named_as_people_speak_of_it(authors: list[str], title: str, year: int | None, spoken: str) -> None:
    assert str(make.make_study(slug="nct03601169", authors=authors, title=title, year=year)) == spoken
